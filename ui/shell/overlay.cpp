#include "ui/shell/overlay.h"

#include "ui/theme/style_parts.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace sextant {

namespace {
constexpr int kLeastMargin = 24;
}

Overlay::Overlay(QWidget* window, const QString& name, const QSize& panel, int top)
    : QWidget(window), m_panel(new QWidget(this)), m_body(new QVBoxLayout(m_panel)), m_size(panel), m_top(top)
{
    setAccessibleName(name);
    setFocusPolicy(Qt::ClickFocus);
    m_body->setContentsMargins(1, 1, 1, 1);
    m_body->setSpacing(0);
    window->installEventFilter(this);
    hide();
}

void Overlay::open()
{
    if (isVisible())
        return;
    // One at a time; the focus goes back to where it was before the first.
    for (auto* other : parentWidget()->findChildren<Overlay*>(Qt::FindDirectChildrenOnly))
        other->close();
    m_focusBefore = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    raise();
    show();
}

void Overlay::close()
{
    if (!isVisible())
        return;
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    emit closed();
}

void Overlay::setPanelHeight(int height)
{
    m_size.setHeight(height);
    place();
}

void Overlay::place()
{
    const int height =
        std::min(m_size.height(), this->height() - std::max(m_top, kLeastMargin) - kLeastMargin);
    const int width = std::min(m_size.width(), this->width() - 2 * kLeastMargin);
    const int top = m_top > 0 ? m_top : std::max(kLeastMargin, (this->height() - height) / 2);
    const QRect before = m_panel->geometry();
    m_panel->setGeometry((this->width() - width) / 2, top, width, height);
    if (before != m_panel->geometry())
        update();
}

bool Overlay::event(QEvent* event)
{
    // No key reaches the page behind, as a shortcut neither.
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

bool Overlay::eventFilter(QObject* object, QEvent* event)
{
    if (object == parentWidget() && event->type() == QEvent::Resize && isVisible())
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(object, event);
}

void Overlay::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    // Other keys stay here: the page behind must not act on them.
}

void Overlay::mousePressEvent(QMouseEvent* event)
{
    if (!m_panel->geometry().contains(event->pos()))
        close();
}

void Overlay::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("scrim"));
    parts::box(&painter, m_panel->geometry(), theme.number("radius.popup"), theme.color("bg.popup"),
               theme.color("border.hairline"));
}

void Overlay::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

void Overlay::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    place();
    setFocus(Qt::OtherFocusReason);
}

bool Overlay::focusNextPrevChild(bool next)
{
    // The focus goes round inside the panel.
    QWidget* widget = focusWidget() ? focusWidget() : m_panel;
    for (int guard = 0; guard < 1000; ++guard) {
        widget = next ? widget->nextInFocusChain() : widget->previousInFocusChain();
        if (m_panel->isAncestorOf(widget) && widget->isVisible() && widget->isEnabled() &&
            (widget->focusPolicy() & Qt::TabFocus)) {
            widget->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    }
    return true;
}

} // namespace sextant
