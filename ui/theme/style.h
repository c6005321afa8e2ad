// SextantStyle: draws every standard control as the design sheet shows it. Fusion supplies the behaviour and
// what is not drawn here. Holds the theme in force. GUI thread only.
#pragma once

#include "ui/theme/theme.h"

#include <QProxyStyle>

class QHelpEvent;
class QMenu;

namespace sextant {

class SextantStyle final : public QProxyStyle
{
    Q_OBJECT
public:
    explicit SextantStyle(Theme theme);

    const Theme& theme() const { return m_theme; }
    /// The caller sets the palette afterwards, which repaints everything.
    void setTheme(Theme theme) { m_theme = std::move(theme); }

    /// Whether pop-ups may have rounded corners and a shadow: not where a window manager without compositing
    /// would show black.
    static bool translucentPopups();
    /// Cuts the corners off an opaque pop-up; to be called when its size has changed.
    static void roundCorners(QWidget* popup);

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl subControl,
                         const QWidget* widget) const override;
    QIcon standardIcon(StandardPixmap pixmap, const QStyleOption* option,
                       const QWidget* widget) const override;
    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    static bool showReason(QMenu* menu, const QHelpEvent* event);

    Theme m_theme;
};

} // namespace sextant
