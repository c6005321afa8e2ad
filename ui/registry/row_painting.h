// What the lists and tables of the Registry page draw alike: the ground of a row, and texts that are cut.
#pragma once

#include "ui/theme/theme.h"

#include <QStyleOptionViewItem>

class QPainter;

namespace sextant {

/// Ground and hairline of one cell; `hovered`: the mouse is on its row. `focused` draws the ring of the
/// keyboard focus around the whole of `option.rect`.
void paintRowGround(QPainter* painter, const Theme& theme, const QStyleOptionViewItem& option, bool hovered);
void paintRowFocus(QPainter* painter, const Theme& theme, const QStyleOptionViewItem& option);

/// One line, cut at the right with …; returns the width taken.
int paintText(QPainter* painter, const QRect& area, const QString& text, const QFont& font,
              const QColor& color, Qt::Alignment alignment = Qt::AlignLeft,
              Qt::TextElideMode mode = Qt::ElideRight);

} // namespace sextant
