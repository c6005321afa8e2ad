// ScatterScene: a scatter plot laid out for one size. Internal to ScatterChart.
#pragma once

#include "ui/charts/ink.h"
#include "ui/charts/plot_axes.h"
#include "ui/charts/scatter_chart.h"

namespace sextant {

class ScatterScene final : public ChartScene
{
public:
    ScatterScene(std::shared_ptr<const ScatterContent> content, const ChartSpace& space);

    void paintBack(QPainter& painter) override;
    std::size_t pieces() const override { return m_places.size(); }
    void paintPiece(QPainter& painter, std::size_t index) override;
    void paintFront(QPainter& painter) override;

    const PlotAxes& axes() const { return m_axes; }
    const std::vector<QPointF>& places() const { return m_places; } // of the rows drawn
    int rowOf(std::size_t place) const { return m_rows[place]; }
    QColor colorOf(int row) const;

private:
    bool isFaded(int row) const;
    void spreadCategories();
    double radius() const;
    void paintTrend(QPainter& painter) const;
    std::vector<LegendEntry> legend() const;

    std::shared_ptr<const ScatterContent> m_content;
    ChartSpace m_space;
    PlotAxes m_axes;
    std::vector<QPointF> m_places;
    std::vector<int> m_rows;
    std::unique_ptr<Ink> m_ink; // when there are too many for shapes of their own
    double m_opacity = 1;
};

} // namespace sextant
