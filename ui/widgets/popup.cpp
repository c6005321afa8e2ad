#include "ui/widgets/popup.h"

#include "ui/theme/style.h"
#include "ui/theme/style_parts.h"

#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>

namespace sextant {

Popup::Popup(const QString& name, QWidget* parent)
    : QWidget(parent, Qt::Popup | Qt::FramelessWindowHint | Qt::NoDropShadowWindowHint)
{
    setAccessibleName(name);
    setWindowTitle(name);
    if (SextantStyle::translucentPopups())
        setAttribute(Qt::WA_TranslucentBackground);
    const int margin = parts::popupMargin() + 1;
    m_body = new QVBoxLayout(this);
    m_body->setContentsMargins(margin, margin, margin, margin);
    m_body->setSpacing(0);
}

void Popup::openBelow(const QWidget* anchor)
{
    ensurePolished();
    adjustSize();
    const int margin = parts::popupMargin();
    const QPoint below = anchor->mapToGlobal(QPoint(0, anchor->height() + 2));
    const QRect room = anchor->screen()->availableGeometry();
    QPoint place = below - QPoint(margin, margin);
    if (place.y() + height() > room.bottom())
        place.setY(anchor->mapToGlobal(QPoint(0, -2)).y() - height() + margin);
    place.setX(std::clamp(place.x(), room.left(), std::max(room.left(), room.right() - width() + margin)));
    move(place);
    show();
}

void Popup::openAt(const QPoint& globalPosition)
{
    ensurePolished();
    adjustSize();
    move(globalPosition - QPoint(parts::popupMargin(), parts::popupMargin()));
    show();
}

void Popup::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    parts::popupFrame(Theme::of(this), rect(), &painter, SextantStyle::translucentPopups());
}

void Popup::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    emit closed();
}

} // namespace sextant
