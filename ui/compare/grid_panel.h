// GridPanel: the frame of a panel of the Curves tab: a head to drag it by and a corner to resize it. GUI
// thread only.
#pragma once

#include <QWidget>

namespace sextant {

class GridPanel : public QWidget
{
    Q_OBJECT
public:
    GridPanel(QWidget* content, QWidget* parent);

    /// Among the panels that the user arranges: it can be resized.
    void setOnBoard(bool onBoard);
    bool onBoard() const { return m_onBoard; }

signals:
    void boardWanted(bool onBoard);
    void dragged(QPoint global, bool finished); // the head, to another place
    void resized(QSize size, bool finished);    // the wanted size

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    class Grip;

    Grip* m_grip;
    bool m_onBoard = false;
    QPoint m_pressed;
    enum class Drag { None, Pressed, Moving } m_drag = Drag::None;
};

} // namespace sextant
