#include "ui/widgets/icon_view.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace sextant {

IconView::IconView(const QString& icon, int size, const char* colorToken, QWidget* parent)
    : QWidget(parent), m_icon(icon), m_colorToken(colorToken)
{
    setFixedSize(size, size);
}

void IconView::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    theme.drawIcon(&painter, rect(), m_icon, width(), theme.color(m_colorToken.constData()));
}

} // namespace sextant
