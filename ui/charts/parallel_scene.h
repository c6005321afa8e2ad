// ParallelScene: parallel coordinates laid out for one size. Internal to ParallelChart.
#pragma once

#include "ui/charts/ink.h"
#include "ui/charts/parallel_chart.h"
#include "ui/charts/plot_axes.h"

class QPainterPath;

namespace sextant {

/// The drawing of all rows behind the brushed ones: it doesn't change while a brush does.
struct ParallelCache
{
    QSizeF size;
    double ratio = 0;
    QRgb color = 0;
    std::vector<ParallelAxis> axes;
    std::shared_ptr<const Ink> ink;
};

/// What a scene draws.
struct ParallelContent
{
    ChartTablePtr table;
    std::vector<ParallelAxis> axes;
    ParallelChart::Colors colors = ParallelChart::Colors::ByRow;
    std::vector<int> inside;
    bool isBrushed = false;
};

class ParallelScene final : public ChartScene
{
public:
    ParallelScene(ParallelContent content, const ChartSpace& space, std::shared_ptr<ParallelCache> cache);

    void paintBack(QPainter& painter) override;
    std::size_t pieces() const override { return m_behind + m_content.inside.size(); }
    void paintPiece(QPainter& painter, std::size_t index) override;
    void paintFront(QPainter& painter) override;

    double axisX(int axis) const;
    double top() const { return m_top; }
    double bottom() const { return m_bottom; }
    double toY(int axis, double share) const;
    double toShare(int axis, double y) const;
    /// The row whose line is nearest, at most `distance` away; brushed ones alone.
    int rowNear(QPointF place, double distance) const;
    QPainterPath pathOf(int row) const;
    QColor colorOf(int row) const;
    /// A brush with its handles and what it says.
    void paintBrush(QPainter& painter, int axis, BrushSpan span, bool current, const QColor& words) const;

private:
    const ParallelAxis& at(int axis) const { return m_content.axes[static_cast<std::size_t>(axis)]; }
    int last() const { return static_cast<int>(m_content.axes.size()) - 1; }
    bool cacheFits() const;
    void paintLine(QPainter& painter, Ink* ink, int row, const QColor& color, double width);
    void paintAxis(QPainter& painter, int axis) const;
    void paintHead(QPainter& painter, int axis) const;
    void paintLabel(QPainter& painter, int axis, double y, const QString& text, const QColor& color) const;

    ParallelContent m_content;
    ChartSpace m_space;
    std::shared_ptr<ParallelCache> m_cache;
    double m_left = 0, m_right = 0, m_top = 0, m_bottom = 0;
    std::size_t m_behind = 0; // rows still to be drawn behind
    bool m_manyLines = false;
    double m_behindOpacity = 1, m_opacity = 1;
    std::shared_ptr<Ink> m_behindInk;
    std::unique_ptr<Ink> m_ink;
};

} // namespace sextant
