#include "ui/compare/grid_panel.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <utility>

namespace sextant {

namespace {
constexpr int kHead = 30;
constexpr int kGrip = 14;
} // namespace

/// The lower right corner: dragging it resizes the panel.
class GridPanel::Grip final : public QWidget
{
public:
    explicit Grip(GridPanel& panel) : QWidget(&panel), m_panel(panel)
    {
        setFixedSize(kGrip, kGrip);
        setCursor(Qt::SizeFDiagCursor);
        setToolTip(tr("Drag to resize the panel"));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::of(this).color("border.control"), 1));
        for (int i : {4, 8})
            painter.drawLine(QPointF(kGrip - 2.5, kGrip - 2.5 - i), QPointF(kGrip - 2.5 - i, kGrip - 2.5));
    }
    void mousePressEvent(QMouseEvent* event) override
    {
        m_offset = m_panel.size() - QSize(mapToParent(event->pos()).x(), mapToParent(event->pos()).y());
    }
    void mouseMoveEvent(QMouseEvent* event) override { tell(event, false); }
    void mouseReleaseEvent(QMouseEvent* event) override { tell(event, true); }

private:
    void tell(QMouseEvent* event, bool finished)
    {
        auto place = mapToParent(event->pos());
        emit m_panel.resized(QSize(place.x(), place.y()) + m_offset, finished);
    }

    GridPanel& m_panel;
    QSize m_offset;
};

GridPanel::GridPanel(QWidget* content, QWidget* parent) : QWidget(parent), m_grip(new Grip(*this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 1, 0);
    layout->addWidget(content);
    m_grip->hide();
}

void GridPanel::setOnBoard(bool onBoard)
{
    m_onBoard = onBoard;
    m_grip->setVisible(onBoard);
    m_grip->raise();
}

void GridPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_grip->move(width() - kGrip - 1, height() - kGrip - 1);
}

void GridPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const auto& theme = Theme::of(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    painter.fillRect(width() - 1, 0, 1, height(), theme.color("border.hairline"));
}

void GridPanel::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || event->pos().y() > kHead)
        return QWidget::mousePressEvent(event);
    m_pressed = event->globalPosition().toPoint();
    m_drag = Drag::Pressed;
}

void GridPanel::mouseMoveEvent(QMouseEvent* event)
{
    auto place = event->globalPosition().toPoint();
    if (m_drag == Drag::Pressed &&
        (place - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_drag = Drag::Moving;
        setCursor(Qt::ClosedHandCursor);
    }
    if (m_drag == Drag::Moving)
        emit dragged(place, false);
}

void GridPanel::mouseReleaseEvent(QMouseEvent* event)
{
    if (std::exchange(m_drag, Drag::None) != Drag::Moving)
        return;
    unsetCursor();
    emit dragged(event->globalPosition().toPoint(), true);
}

} // namespace sextant
