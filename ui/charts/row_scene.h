// RowScene: a chart of rows laid out for one size. Internal to RowChart.
#pragma once

#include "ui/charts/axis_fit.h"
#include "ui/charts/chart_canvas.h"
#include "ui/charts/row_content.h"

namespace sextant {

class RowScene final : public ChartScene
{
public:
    RowScene(RowContentPtr content, int first, const ChartSpace& space);

    void paintBack(QPainter& painter) override;
    std::size_t pieces() const override { return static_cast<std::size_t>(m_shown); }
    void paintPiece(QPainter& painter, std::size_t index) override;
    void paintFront(QPainter& painter) override;

    int shown() const { return m_shown; }
    QRectF rectOf(int entry) const;
    /// -1 outside the rows.
    int entryAt(QPointF place) const;
    /// Where a value of a lane stands.
    double toX(std::size_t lane, double value) const;

private:
    struct Lane
    {
        double left = 0, right = 0; // of the scale
        double textRight = 0;
        AxisScale scale;
        std::vector<Tick> ticks;
    };
    void layOutLanes(double left);
    void paintLaneAxis(QPainter& painter, const Lane& lane) const;
    void paintBar(QPainter& painter, std::size_t lane, const RowMark& mark, const QRectF& line,
                  const QColor& color);
    void paintBox(QPainter& painter, std::size_t lane, const RowMark& mark, const QRectF& line,
                  const QColor& color);
    QColor colorOf(const RowEntry& entry) const;

    RowContentPtr m_content;
    ChartSpace m_space;
    int m_first = 0, m_shown = 0;
    double m_top = 0, m_row = 22, m_names = 0, m_details = 0;
    std::vector<Lane> m_lanes;
};

} // namespace sextant
