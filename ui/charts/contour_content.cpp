#include "ui/charts/contour_chart.h"

#include "ui/charts/triangulation.h"
#include "ui/charts/value_text.h"
#include "ui/widgets/number_painter.h"

#include <algorithm>
#include <map>

namespace sextant {
namespace {

constexpr int kBands = 9;
/// Beyond, the runs are shown as dots alone: triangles would take seconds.
constexpr std::size_t kMostSamples = 20'000;

/// Round bounds around all values: at most kBands bands.
std::vector<double> levelsOf(double low, double high)
{
    const AxisScale scale = linearScale(low, high, kBands - 1);
    const double step = linearStep({low, high}, kBands - 1);
    if (!(high > low) || !(step > 0))
        return {scale.range().low, scale.range().high};
    std::vector<double> levels;
    for (double k = std::floor(low / step); levels.size() < 2 * kBands; ++k) {
        levels.push_back(k * step);
        if (k * step >= high)
            break;
    }
    return levels;
}

} // namespace

QString ContourContent::note() const
{
    if (samples.empty())
        return {};
    std::size_t runs = 0;
    for (const Sample& sample : samples)
        runs += sample.rows.size();
    QStringList parts;
    if (triangles.empty())
        parts << (samples.size() > kMostSamples
                      ? QStringLiteral("too many runs for an interpolation, runs alone")
                  : samples.size() < 3 ? QStringLiteral("too few runs for an interpolation, runs alone")
                                       : QStringLiteral("all runs lie on one line, nothing between them"));
    else
        parts << QStringLiteral("linear between runs (Delaunay), nothing outside them");
    parts << QStringLiteral("%1 at %2%3")
                 .arg(counted(runs, QStringLiteral("1 run"), QStringLiteral("%1 runs")),
                      counted(samples.size(), QStringLiteral("1 place"), QStringLiteral("%1 places")),
                      runs > samples.size() ? QStringLiteral(", mean where they coincide") : QString());
    if (!left.text().isEmpty())
        parts << left.text();
    return parts.join(QStringLiteral(" · "));
}

ContourContentPtr contourOf(const ChartTablePtr& table, int x, int y, int metric,
                            const ContourSettings& settings)
{
    auto content = std::make_shared<ContourContent>();
    const int columns = table ? static_cast<int>(table->columns.size()) : 0;
    if (std::min({x, y, metric}) < 0 || std::max({x, y, metric}) >= columns)
        return content;
    content->table = table;
    content->x = x;
    content->y = y;
    content->metric = metric;
    content->settings = settings;
    const ChartColumn& first = table->columns[static_cast<std::size_t>(x)];
    const ChartColumn& second = table->columns[static_cast<std::size_t>(y)];
    const ChartColumn& values = table->columns[static_cast<std::size_t>(metric)];
    ValueExtent xExtent, yExtent, extent;
    std::map<std::pair<double, double>, std::size_t> places;
    for (std::size_t row = 0; row < table->rows.size(); ++row) {
        const double a = first.at(row), b = second.at(row), value = values.at(row);
        if (!content->left.admits(a, settings.logX) || !content->left.admits(b, settings.logY) ||
            !content->left.admits(value))
            continue;
        xExtent.add(a);
        yExtent.add(b);
        const auto [found, isNew] = places.emplace(std::pair(a, b), content->samples.size());
        if (isNew)
            content->samples.push_back({a, b, 0, {}});
        ContourContent::Sample& sample = content->samples[found->second];
        sample.rows.push_back(static_cast<int>(row));
        const auto n = static_cast<double>(sample.rows.size());
        sample.value = sample.value * ((n - 1) / n) + value / n;
    }
    for (const ContourContent::Sample& sample : content->samples)
        extent.add(sample.value);
    if (content->samples.empty())
        return content;
    const auto axis = [](const ChartColumn& column, const ValueExtent& range, bool logarithmic) {
        return column.kind == ChartColumn::Kind::Categories ? PlotAxis::of(column, false)
                                                            : PlotAxis::of(range, logarithmic, column.name);
    };
    content->xAxis = axis(first, xExtent, settings.logX);
    content->yAxis = axis(second, yExtent, settings.logY);
    content->levels = levelsOf(extent.low, extent.high);
    std::vector<PlanePoint> points;
    AxisScale xScale = content->xAxis.scale, yScale = content->yAxis.scale;
    xScale.setPixels(0, 1);
    yScale.setPixels(0, 1);
    for (const ContourContent::Sample& sample : content->samples)
        points.push_back({xScale.toPixel(sample.x), yScale.toPixel(sample.y)});
    if (points.size() <= kMostSamples)
        content->triangles = delaunayTriangles(points);
    return content;
}

QPolygonF bandOf(const std::array<QPointF, 3>& corners, const std::array<double, 3>& values, double low,
                 double high)
{
    QPolygonF inside;
    for (std::size_t from = 0; from < 3; ++from) {
        const std::size_t to = (from + 1) % 3;
        const double a = values[from], b = values[to];
        if (a >= low && a <= high)
            inside << corners[from];
        // Where the side crosses the bounds, in the order met.
        const double bounds[] = {a < b ? low : high, a < b ? high : low};
        for (double bound : bounds) {
            if ((a < bound && b > bound) || (a > bound && b < bound)) {
                const double share = (bound / 2 - a / 2) / (b / 2 - a / 2);
                inside << corners[from] + (corners[to] - corners[from]) * share;
            }
        }
    }
    return inside;
}

} // namespace sextant
