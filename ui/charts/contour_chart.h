// ContourChart: a metric over two parameters as filled bands: linear interpolation between the runs, over
// Delaunay triangles; nothing outside their hull. Every run is a dot. Arrows walk from run to run, click or
// Enter chooses one.
#pragma once

#include "ui/charts/chart_canvas.h"
#include "ui/charts/chart_columns.h"
#include "ui/charts/plot_axes.h"

#include <array>

namespace sextant {

struct ContourSettings
{
    bool logX = false, logY = false;
    bool operator==(const ContourSettings&) const = default;
};

struct ContourContent
{
    /// Runs with the same two parameters are one sample: their mean.
    struct Sample
    {
        double x, y, value;
        std::vector<int> rows;
    };
    ChartTablePtr table;
    int x = -1, y = -1, metric = -1;
    ContourSettings settings;
    std::vector<Sample> samples;
    std::vector<std::array<int, 3>> triangles;
    PlotAxis xAxis, yAxis;
    std::vector<double> levels; // bounds of the bands, ascending
    LeftOut left;

    QString note() const;
};
using ContourContentPtr = std::shared_ptr<const ContourContent>;

/// Places on a log axis are those of the logarithm. Columns of categories stand at 0, 1, 2 … Any thread.
ContourContentPtr contourOf(const ChartTablePtr& table, int x, int y, int metric,
                            const ContourSettings& settings);

/// The part of a triangle where its value, linear between the corners, lies in [low, high]; at most five
/// corners.
QPolygonF bandOf(const std::array<QPointF, 3>& corners, const std::array<double, 3>& values, double low,
                 double high);

class ContourChart : public ChartCanvas
{
    Q_OBJECT
public:
    explicit ContourChart(QWidget* parent = nullptr);

    void setContent(ContourContentPtr content);
    const ContourContent& content() const { return *m_content; }
    int sampleNear(QPointF place);
    QPointF placeOf(int sample);

    QString note() const override { return m_content->note(); }
    ChartTextTable table() const override;

protected:
    bool hasContent() const override { return !m_content->samples.empty(); }
    SceneMaker sceneMaker() const override;
    void paintOverlay(QPainter& painter) override;
    QString kindName() const override { return QStringLiteral("Contour"); }

    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void setCurrent(int sample);

    ContourContentPtr m_content = std::make_shared<ContourContent>();
    int m_current = -1;
};

} // namespace sextant
