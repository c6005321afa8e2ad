#include "ui/widgets/popup.h"

#include "ui/theme/style.h"
#include "ui/theme/style_parts.h"

#include <QGuiApplication>
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
    const QRect room = anchor->screen()->availableGeometry();
    QPoint place = anchor->mapToGlobal(QPoint(0, anchor->height() + 2)) - QPoint(margin, margin);
    if (place.y() + height() - margin > room.bottom() + 1)
        place.setY(anchor->mapToGlobal(QPoint(0, -2)).y() - height() + margin);
    openIn(room, place);
}

void Popup::openAt(const QPoint& globalPosition)
{
    ensurePolished();
    adjustSize();
    const QScreen* screen = QGuiApplication::screenAt(globalPosition);
    openIn((screen ? screen : this->screen())->availableGeometry(),
           globalPosition - QPoint(parts::popupMargin(), parts::popupMargin()));
}

void Popup::openIn(const QRect& room, QPoint place)
{
    // The panel stays on the screen; its shadow need not.
    const int margin = parts::popupMargin();
    const QRect corners = room.adjusted(-margin, -margin, margin - width() + 1, margin - height() + 1);
    place.setX(std::clamp(place.x(), corners.left(), std::max(corners.left(), corners.right())));
    place.setY(std::clamp(place.y(), corners.top(), std::max(corners.top(), corners.bottom())));
    move(place);
    show();
}

void Popup::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (!SextantStyle::translucentPopups())
        SextantStyle::roundCorners(this);
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
