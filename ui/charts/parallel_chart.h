// ParallelChart: parallel coordinates. One axis a column, one line a row; a brush on an axis keeps the rows
// inside it. Drag along an axis makes a brush, its ends resize it, its middle moves it, a click beside it
// clears it; drag a name moves the axis, a double click on it turns the axis over. Keys: left and right
// choose an axis (with Ctrl move it), up and down move its brush (with Shift its top, with Ctrl its bottom),
// Space makes one, Delete clears it, Escape all, F turns the axis over, L switches its logarithm.
#pragma once

#include "ui/charts/chart_canvas.h"
#include "ui/charts/parallel_axis.h"

#include <optional>

namespace sextant {

class ParallelScene;
struct ParallelCache;

class ParallelChart : public ChartCanvas
{
    Q_OBJECT
public:
    explicit ParallelChart(QWidget* parent = nullptr);
    ~ParallelChart() override;

    /// Axes by these columns, in this order. Brushes, flips and logarithms of columns that stay are kept.
    void setData(ChartTablePtr table, const std::vector<int>& columns);
    enum class Colors { ByRow, ByLastAxis };
    void setColors(Colors colors);

    /// What narrows the rows, one entry for each brushed axis.
    struct Brush
    {
        int column = -1; // of the table
        ParallelAxis::Part part;
        QString text = {}; // "≤ 2.918", "adamw, lion", "missing"
    };
    std::vector<Brush> brushes() const;
    /// These brushes alone; says nothing of it.
    void setBrushes(const std::vector<Brush>& brushes);
    bool isBrushed() const;
    bool isBrushing() const { return m_gesture != Gesture::None; } // by the mouse, now
    /// Brushes an axis between two shares of its length (0 at the bottom); nothing ends its brush.
    void setBrush(int axis, std::optional<BrushSpan> span);
    void clearBrushes();
    /// The rows inside all brushes; all rows without one.
    std::vector<int> rowsInside() const;

    int axisCount() const { return static_cast<int>(m_axes.size()); }
    const ParallelAxis& axis(int index) const { return m_axes[static_cast<std::size_t>(index)]; }
    void moveAxis(int from, int to);
    void flipAxis(int index);
    void setLogarithmic(int index, bool logarithmic);
    /// How an axis is drawn; says nothing of it. Without a logarithmic: as its values ask for.
    void dressAxis(int index, bool flipped, std::optional<bool> logarithmic);
    int currentAxis() const { return m_current; }

    /// Where axis `index` meets that share of its length, in the widget.
    QPointF placeAt(int index, double share);

    QString note() const override;
    ChartTextTable table() const override;

signals:
    /// After every change of a brush, also while it is dragged.
    void rowsBrushed(const std::vector<int>& rows);
    /// The user is done with a change of brushes.
    void brushesFinished();
    /// The order, direction or scale was changed by the user; names of columns from left to right.
    void axesChanged(const QStringList& columns);

protected:
    bool hasContent() const override;
    SceneMaker sceneMaker() const override;
    void paintOverlay(QPainter& painter) override;
    QString description() const override;
    QString kindName() const override { return QStringLiteral("Parallel coordinates"); }

    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Gesture { None, Making, Moving, Top, Bottom, Axis, Line };

    void axesEdited();
    void brushesEdited();
    void finishBrushes();
    void rescale(ParallelAxis& axis, bool logarithmic);
    void countInside();
    ParallelScene* parallel();

    // parallel_input.cpp
    double shareAt(int axis, double y);
    int axisNear(double x);
    void pressOnAxis(int axis, QPoint place);
    void dragBrush(QPoint place);
    void hoverAt(QPoint place);
    void chooseCursor(QPoint place);
    void stepBrush(double by, Qt::KeyboardModifiers modifiers);
    void showRowTip(int row, QPoint place);
    void paintMovedAxis(QPainter& painter);
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);

    ChartTablePtr m_table;
    std::vector<ParallelAxis> m_axes;
    Colors m_colors = Colors::ByRow;
    std::vector<char> m_inside; // one a row
    int m_insideCount = 0;
    std::shared_ptr<ParallelCache> m_cache;

    int m_current = -1;           // axis of the keys
    bool m_brushesUnsaid = false; // changed since brushesFinished
    Gesture m_gesture = Gesture::None;
    int m_dragged = -1;
    QPoint m_pressed, m_cursor;
    BrushSpan m_before;
    double m_grip = 0;
};

} // namespace sextant
