// The parts that SextantStyle draws, one function a control. Internal to the theme.
#pragma once

#include "ui/theme/theme.h"

#include <QStyleOption>

namespace sextant::parts {

/// A box with a one pixel border on the pixel grid; an invalid colour leaves out fill or border.
void box(QPainter* painter, const QRectF& rect, qreal radius, const QColor& fill, const QColor& border,
         qreal width = 1);
/// The ring of the keyboard focus around `rect`, outside of it.
void focusRing(const Theme& theme, QPainter* painter, const QRectF& rect, qreal radius);
bool keyboardFocus(const QStyleOption& option);

void pushButton(const Theme& theme, const QStyleOptionButton& option, QPainter* painter,
                const QWidget* widget);
void pushButtonLabel(const Theme& theme, const QStyleOptionButton& option, QPainter* painter,
                     const QWidget* widget);
void toolButton(const Theme& theme, const QStyleOptionToolButton& option, QPainter* painter,
                const QWidget* widget);
void checkBox(const Theme& theme, const QStyleOption& option, QPainter* painter);
void radioButton(const Theme& theme, const QStyleOption& option, QPainter* painter);
void switchTrack(const Theme& theme, const QStyleOption& option, QPainter* painter);

void fieldFrame(const Theme& theme, const QStyleOption& option, QPainter* painter, const QWidget* widget);
void comboBox(const Theme& theme, const QStyleOptionComboBox& option, QPainter* painter,
              const QWidget* widget);
void slider(const Theme& theme, const QStyleOptionSlider& option, QPainter* painter, const QStyle& style,
            const QWidget* widget);
void progressBar(const Theme& theme, const QStyleOptionProgressBar& option, QPainter* painter);

void popupFrame(const Theme& theme, const QRect& rect, QPainter* painter, bool translucent);
void menuItem(const Theme& theme, const QStyleOptionMenuItem& option, QPainter* painter);

void scrollBar(const Theme& theme, const QStyleOptionSlider& option, QPainter* painter, const QStyle& style,
               const QWidget* widget);
void headerSection(const Theme& theme, const QStyleOptionHeader& option, QPainter* painter);
void headerLabel(const Theme& theme, const QStyleOptionHeader& option, QPainter* painter);
void tab(const Theme& theme, const QStyleOptionTab& option, QPainter* painter);
void itemBackground(const Theme& theme, const QStyleOptionViewItem& option, QPainter* painter);
void branch(const Theme& theme, const QStyleOption& option, QPainter* painter);

/// Space around a pop-up in which its shadow is drawn; 0 where pop-ups are opaque.
int popupMargin();

} // namespace sextant::parts
