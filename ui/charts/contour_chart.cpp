#include "ui/charts/contour_chart.h"

#include "ui/charts/value_text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <tuple>

namespace sextant {
namespace {

constexpr double kHoverDistance = 10, kBar = 14, kBarGap = 14;
/// More samples than this are smaller dots.
constexpr std::size_t kManySamples = 400;

class ContourScene final : public ChartScene
{
public:
    ContourScene(ContourContentPtr content, const ChartSpace& space)
        : m_content(std::move(content)), m_space(space)
    {
        const QFontMetricsF metrics(space.style.font);
        m_ticks = linearTicks({m_content->levels.front(), m_content->levels.back()}, 8);
        double labels = 0;
        for (const Tick& tick : m_ticks)
            labels = std::max(labels, metrics.horizontalAdvance(tick.label));
        m_axes.x = m_content->xAxis;
        m_axes.y = m_content->yAxis;
        m_axes.layOut(space.size, space.style, true, kBarGap + kBar + 6 + labels);
        for (const auto& sample : m_content->samples)
            m_places.push_back(m_axes.place(sample.x, sample.y));
    }

    const std::vector<QPointF>& places() const { return m_places; }

    void paintBack(QPainter& painter) override { m_axes.paint(painter, m_space.size, m_space.style); }
    std::size_t pieces() const override { return m_content->triangles.size() + m_places.size(); }
    void paintPiece(QPainter& painter, std::size_t index) override
    {
        painter.setRenderHint(QPainter::Antialiasing);
        if (index < m_content->triangles.size())
            paintTriangle(painter, index);
        else
            paintSample(painter, index - m_content->triangles.size());
    }
    void paintFront(QPainter& painter) override { paintScale(painter); }

private:
    void paintTriangle(QPainter& painter, std::size_t index) const
    {
        std::array<QPointF, 3> corners;
        std::array<double, 3> values{};
        for (std::size_t corner = 0; corner < 3; ++corner) {
            const auto sample = static_cast<std::size_t>(m_content->triangles[index][corner]);
            corners[corner] = m_places[sample];
            values[corner] = m_content->samples[sample].value;
        }
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        for (std::size_t band = 0; band + 1 < m_content->levels.size(); ++band) {
            if (m_content->levels[band + 1] < *low || m_content->levels[band] > *high)
                continue;
            const QPolygonF part =
                bandOf(corners, values, m_content->levels[band], m_content->levels[band + 1]);
            if (part.size() < 3)
                continue;
            // A seam of its own colour: neighbours meet without a gap.
            painter.setPen(QPen(colorOf(band), 1.5));
            painter.setBrush(colorOf(band));
            painter.drawPolygon(part);
        }
    }
    void paintSample(QPainter& painter, std::size_t index) const
    {
        const bool many = m_places.size() > kManySamples;
        const double radius = many ? 1.5 : m_space.style.markerSize / 2;
        painter.setPen(QPen(m_space.style.text, many ? 0.5 : 1));
        painter.setBrush(colorOfValue(m_content->samples[index].value));
        painter.drawEllipse(m_places[index], radius, radius);
    }
    QColor colorOf(std::size_t band) const
    {
        const auto bands = static_cast<double>(m_content->levels.size() - 1);
        return rampColor(m_space.style, bands <= 1 ? 0.5 : static_cast<double>(band) / (bands - 1));
    }
    QColor colorOfValue(double value) const
    {
        const auto next = std::upper_bound(m_content->levels.begin(), m_content->levels.end() - 1, value);
        return colorOf(
            static_cast<std::size_t>(std::max<std::ptrdiff_t>(next - m_content->levels.begin() - 1, 0)));
    }
    void paintScale(QPainter& painter) const
    {
        const ChartStyle& style = m_space.style;
        const QRectF bar(m_axes.plot.right() + kBarGap, m_axes.plot.top(), kBar, m_axes.plot.height());
        AxisScale scale(AxisScale::Kind::Linear, {m_content->levels.front(), m_content->levels.back()});
        scale.setPixels(bar.bottom(), bar.top());
        for (std::size_t band = 0; band + 1 < m_content->levels.size(); ++band)
            painter.fillRect(QRectF(QPointF(bar.left(), scale.toPixel(m_content->levels[band + 1])),
                                    QPointF(bar.right(), scale.toPixel(m_content->levels[band]))),
                             colorOf(band));
        painter.setRenderHint(QPainter::Antialiasing, style.onPaper);
        painter.setPen(QPen(style.axis, style.hairline));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bar);
        painter.setFont(style.font);
        const double height = QFontMetricsF(style.font).height();
        for (const Tick& tick : m_ticks) {
            painter.setPen(style.mutedText);
            painter.drawText(QRectF(bar.right() + 5, scale.toPixel(tick.value) - height / 2, 200, height),
                             Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, tick.label);
        }
        painter.setFont(style.strongFont);
        painter.setPen(style.text);
        paintElided(painter, QRectF(m_space.size.width() / 2, 2, m_space.size.width() / 2 - 8, height + 2),
                    Qt::AlignRight | Qt::AlignVCenter,
                    m_content->table->columns[static_cast<std::size_t>(m_content->metric)].name);
    }

    ContourContentPtr m_content;
    ChartSpace m_space;
    PlotAxes m_axes;
    std::vector<Tick> m_ticks;
    std::vector<QPointF> m_places;
};

} // namespace

ContourChart::ContourChart(QWidget* parent) : ChartCanvas(parent)
{
    setEmptyText(QStringLiteral("No run has both parameters and the metric"));
}

void ContourChart::setContent(ContourContentPtr content)
{
    m_content = content ? std::move(content) : std::make_shared<ContourContent>();
    m_current = -1;
    contentChanged();
}

SceneMaker ContourChart::sceneMaker() const
{
    return [content = m_content](const ChartSpace& space) {
        return std::make_shared<ContourScene>(content, space);
    };
}

ChartTextTable ContourChart::table() const
{
    if (!hasContent())
        return {};
    const auto& columns = m_content->table->columns;
    ChartTextTable table;
    table.columns = {columns[static_cast<std::size_t>(m_content->x)].name,
                     columns[static_cast<std::size_t>(m_content->y)].name,
                     columns[static_cast<std::size_t>(m_content->metric)].name, QStringLiteral("Runs")};
    table.numeric = {true, true, true, true};
    table.rows = static_cast<int>(m_content->samples.size());
    table.summary = note();
    table.cell = [content = m_content](int row, int column) {
        const auto& sample = content->samples[static_cast<std::size_t>(row)];
        const auto first = static_cast<std::size_t>(sample.rows.front());
        if (column < 2)
            return content->table->columns[static_cast<std::size_t>(column == 0 ? content->x : content->y)]
                .textAt(first);
        return column == 2 ? valueText(sample.value) : groupedText(std::ssize(sample.rows));
    };
    return table;
}

QPointF ContourChart::placeOf(int sample)
{
    return static_cast<ContourScene*>(scene())->places()[static_cast<std::size_t>(sample)];
}

int ContourChart::sampleNear(QPointF place)
{
    if (!hasContent())
        return -1;
    double nearest = kHoverDistance * kHoverDistance;
    int found = -1;
    const auto& places = static_cast<ContourScene*>(scene())->places();
    for (std::size_t index = 0; index < places.size(); ++index) {
        const QPointF away = places[index] - place;
        if (const double distance = QPointF::dotProduct(away, away); distance <= nearest) {
            nearest = distance;
            found = static_cast<int>(index);
        }
    }
    return found;
}

void ContourChart::paintOverlay(QPainter& painter)
{
    int stressed = m_current;
    // The run stressed in another chart or list.
    for (int sample = 0; stressed < 0 && hoveredRow() >= 0 && sample < std::ssize(m_content->samples);
         ++sample) {
        const std::vector<int>& rows = m_content->samples[static_cast<std::size_t>(sample)].rows;
        if (std::find(rows.begin(), rows.end(), hoveredRow()) != rows.end())
            stressed = sample;
    }
    if (stressed < 0)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::of(this).color("text"), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(placeOf(stressed), 6, 6);
}

void ContourChart::setCurrent(int sample)
{
    if (sample != m_current) {
        m_current = sample;
        const int row = sample < 0 ? -1 : m_content->samples[static_cast<std::size_t>(sample)].rows.front();
        setHoveredRow(row);
        emit rowHovered(row);
        update();
    }
    if (sample < 0)
        return hideTooltip();
    const auto& one = m_content->samples[static_cast<std::size_t>(sample)];
    const auto first = static_cast<std::size_t>(one.rows.front());
    const auto& columns = m_content->table->columns;
    TooltipTable table;
    table.title = m_content->table->rows[first].name;
    if (one.rows.size() > 1)
        table.subtitle = QStringLiteral("and %1 more, their mean").arg(groupedText(std::ssize(one.rows) - 1));
    table.columns = {QStringLiteral("Column"), QStringLiteral("Value")};
    const QColor color = m_content->table->rows[first].color;
    for (int column : {m_content->x, m_content->y})
        table.rows.push_back({color,
                              {},
                              columns[static_cast<std::size_t>(column)].name,
                              {columns[static_cast<std::size_t>(column)].textAt(first)}});
    table.rows.push_back(
        {color, {}, columns[static_cast<std::size_t>(m_content->metric)].name, {valueText(one.value)}});
    showTooltip(std::move(table), placeOf(sample).toPoint());
}

void ContourChart::mouseMoveEvent(QMouseEvent* event)
{
    setCurrent(sampleNear(event->position()));
}

void ContourChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_current >= 0)
        emit rowClicked(m_content->samples[static_cast<std::size_t>(m_current)].rows.front());
}

void ContourChart::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    const bool vertical = key == Qt::Key_Up || key == Qt::Key_Down;
    if (m_current >= 0 && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        emit rowClicked(m_content->samples[static_cast<std::size_t>(m_current)].rows.front());
        return;
    }
    if (!hasContent() || (!vertical && key != Qt::Key_Left && key != Qt::Key_Right))
        return ChartCanvas::keyPressEvent(event);
    const bool ahead = key == Qt::Key_Right || key == Qt::Key_Up;
    const auto rank = [&](int sample) {
        const auto& one = m_content->samples[static_cast<std::size_t>(sample)];
        return vertical ? std::tuple(one.y, one.x) : std::tuple(one.x, one.y);
    };
    int best = -1;
    for (int sample = 0; sample < std::ssize(m_content->samples); ++sample) {
        if (m_current >= 0 && (ahead ? rank(sample) <= rank(m_current) : rank(sample) >= rank(m_current)))
            continue;
        if (best < 0 || (ahead ? rank(sample) < rank(best) : rank(sample) > rank(best)))
            best = sample;
    }
    if (best >= 0)
        setCurrent(best);
}

void ContourChart::leaveEvent(QEvent* event)
{
    m_current = -1;
    ChartCanvas::leaveEvent(event);
    update();
}

} // namespace sextant
