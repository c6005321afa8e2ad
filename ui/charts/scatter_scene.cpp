#include "ui/charts/scatter_scene.h"

#include "ui/charts/swarm.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <map>

namespace sextant {
namespace {

/// More points than this are stamped into an image, and smaller.
constexpr std::size_t kMostShapes = 2000;
constexpr double kManyShrink = 0.7;
constexpr int kTrendPieces = 64;
/// Of a category's band on either side of its middle; the rest keeps bands apart.
constexpr double kBandShare = 0.42;

/// Many points shine through each other, few don't.
double opacityFor(std::size_t count)
{
    return count <= 300 ? 0.9
                        : std::clamp(0.9 * std::pow(300.0 / static_cast<double>(count), 0.36), 0.1, 0.9);
}

} // namespace

ScatterScene::ScatterScene(std::shared_ptr<const ScatterContent> content, const ChartSpace& space)
    : m_content(std::move(content)), m_space(space)
{
    const ChartTable& table = *m_content->table;
    const ChartColumn& x = table.columns[static_cast<std::size_t>(m_content->x)];
    const ChartColumn& y = table.columns[static_cast<std::size_t>(m_content->y)];
    const ScatterSettings& settings = m_content->settings;
    // Scales are of the pairs that are drawn alone.
    ValueExtent xExtent, yExtent;
    LeftOut left;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const double xValue = x.at(row), yValue = y.at(row);
        if (!left.admits(xValue, settings.logX) || !left.admits(yValue, settings.logY))
            continue;
        xExtent.add(xValue);
        yExtent.add(yValue);
        m_rows.push_back(static_cast<int>(row));
    }
    const auto axis = [](const ChartColumn& column, const ValueExtent& extent, bool logarithmic) {
        return column.kind == ChartColumn::Kind::Categories ? PlotAxis::of(column, false)
                                                            : PlotAxis::of(extent, logarithmic, column.name);
    };
    m_axes.x = axis(x, xExtent, settings.logX);
    m_axes.y = axis(y, yExtent, settings.logY);
    m_axes.layOut(space.size, space.style, settings.byGroup);
    m_places.reserve(m_rows.size());
    for (int row : m_rows)
        m_places.push_back(
            m_axes.place(x.at(static_cast<std::size_t>(row)), y.at(static_cast<std::size_t>(row))));
    m_opacity = opacityFor(m_places.size());
    if (m_places.size() > kMostShapes)
        m_ink = std::make_unique<Ink>(space.size, space.ratio);
    spreadCategories();
}

double ScatterScene::radius() const
{
    return m_space.style.markerSize / 2 * (m_ink ? kManyShrink : 1);
}

/// Runs of one category would cover each other.
void ScatterScene::spreadCategories()
{
    const bool byX = !m_axes.x.categories.isEmpty(), byY = !m_axes.y.categories.isEmpty();
    if (!byX && !byY)
        return;
    const double distance = 2 * radius() + 1;
    const auto reachOf = [&](const AxisScale& scale) {
        return std::max(kBandShare * std::abs(scale.toPixel(1) - scale.toPixel(0)) - radius(), 0.0);
    };
    std::map<std::pair<double, double>, std::vector<std::size_t>> bands; // by the middles of categories
    for (std::size_t index = 0; index < m_places.size(); ++index)
        bands[{byX ? m_places[index].x() : 0, byY ? m_places[index].y() : 0}].push_back(index);
    for (const auto& [middle, dots] : bands) {
        if (byX && byY) {
            const auto cell =
                gridInCell(dots.size(), distance, reachOf(m_axes.x.scale), reachOf(m_axes.y.scale));
            for (std::size_t dot = 0; dot < dots.size(); ++dot)
                m_places[dots[dot]] += QPointF(cell[dot].across, cell[dot].along);
            continue;
        }
        std::vector<double> along;
        for (std::size_t index : dots)
            along.push_back(byX ? m_places[index].y() : m_places[index].x());
        const auto offsets = swarm(along, distance, reachOf(byX ? m_axes.x.scale : m_axes.y.scale));
        for (std::size_t dot = 0; dot < dots.size(); ++dot)
            m_places[dots[dot]] += byX ? QPointF(offsets[dot], 0) : QPointF(0, offsets[dot]);
    }
}

QColor ScatterScene::colorOf(int row) const
{
    const ChartRow& one = m_content->table->rows[static_cast<std::size_t>(row)];
    // Ten colours for thousands of runs would mix to grey and tell nothing.
    QColor color = m_ink ? m_space.style.categorical[0] : one.color;
    if (m_content->settings.byGroup)
        color = one.group >= 0 ? m_content->table->groups[static_cast<std::size_t>(one.group)].color
                               : m_space.style.mutedText;
    return m_space.style.onPaper ? m_space.style.seriesColor(color) : color;
}

bool ScatterScene::isFaded(int row) const
{
    return !m_content->selected.empty() && m_content->selected[static_cast<std::size_t>(row)] == 0;
}

void ScatterScene::paintBack(QPainter& painter)
{
    m_axes.paint(painter, m_space.size, m_space.style);
    if (m_content->settings.byGroup)
        m_axes.paintLegend(painter, legend(), m_space.style);
}

std::vector<LegendEntry> ScatterScene::legend() const
{
    std::vector<LegendEntry> entries;
    for (const ChartGroup& group : m_content->table->groups)
        entries.push_back(
            {group.name, m_space.style.onPaper ? m_space.style.seriesColor(group.color) : group.color});
    if (std::any_of(m_rows.begin(), m_rows.end(),
                    [&](int row) { return m_content->table->rows[static_cast<std::size_t>(row)].group < 0; }))
        entries.push_back({QStringLiteral("no group"), m_space.style.mutedText});
    return entries;
}

void ScatterScene::paintPiece(QPainter& painter, std::size_t index)
{
    const int row = m_rows[index];
    QColor color = colorOf(row);
    color.setAlphaF(static_cast<float>(m_opacity * (isFaded(row) ? m_space.style.fadedOpacity : 1)));
    if (m_ink) {
        m_ink->dot(m_places[index].x(), m_places[index].y(), radius(), color);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_space.style.background, m_space.style.hairline));
    painter.setBrush(color);
    painter.drawEllipse(m_places[index], radius() + 0.5, radius() + 0.5);
}

void ScatterScene::paintFront(QPainter& painter)
{
    if (m_ink)
        painter.drawImage(QRectF(QPointF(0, 0), m_space.size), m_ink->image());
    if (m_content->settings.trend && m_content->fit)
        paintTrend(painter);
}

void ScatterScene::paintTrend(QPainter& painter) const
{
    const TrendLine& trend = m_content->fit->trend;
    if (!std::isfinite(trend.slope) || m_places.empty())
        return;
    // Over the points' own stretch: beyond it the line would claim what nobody measured.
    const auto [first, last] = std::minmax_element(m_places.begin(), m_places.end(),
                                                   [](QPointF a, QPointF b) { return a.x() < b.x(); });
    const auto shown = [](const AxisScale& scale, double value) {
        return scale.kind() == AxisScale::Kind::Logarithmic ? std::pow(10, value) : value;
    };
    QPolygonF line, upper, lower;
    for (int piece = 0; piece <= kTrendPieces; ++piece) {
        const double pixel = first->x() + (last->x() - first->x()) * piece / kTrendPieces;
        const double value = m_axes.x.scale.toValue(pixel);
        const double x = m_axes.x.scale.kind() == AxisScale::Kind::Logarithmic ? std::log10(value) : value;
        const Interval band = trend.band(x);
        const auto add = [&](QPolygonF& to, double y) {
            to << QPointF(pixel, m_axes.y.scale.toPixel(shown(m_axes.y.scale, y)));
        };
        if (!std::isfinite(trend.at(x)))
            return;
        add(line, trend.at(x));
        if (std::isfinite(band.low) && std::isfinite(band.high)) {
            add(upper, band.high);
            add(lower, band.low);
        }
    }
    painter.save();
    painter.setClipRect(m_axes.plot);
    painter.setRenderHint(QPainter::Antialiasing);
    std::reverse(lower.begin(), lower.end());
    QColor fill = m_space.style.text;
    fill.setAlphaF(static_cast<float>(m_space.style.bandOpacity * 0.6));
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(upper + lower);
    painter.setPen(QPen(m_space.style.text, m_space.style.line));
    painter.drawPolyline(line);
    painter.restore();
}

} // namespace sextant
