#include "ui/charts/histogram_chart.h"

#include "core/statistics/histogram.h"
#include "ui/charts/plot_axes.h"
#include "ui/charts/value_text.h"
#include "ui/widgets/number_painter.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

constexpr std::size_t kMostBins = 200;

/// `share` of one colour over another, opaque: the grid does not shine through a bar.
QColor over(const QColor& color, const QColor& ground, double share)
{
    const auto part = [share](int above, int below) {
        return static_cast<int>(std::lround(below + (above - below) * share));
    };
    return {part(color.red(), ground.red()), part(color.green(), ground.green()),
            part(color.blue(), ground.blue())};
}

QString ruleText(const HistogramBins& bins)
{
    if (bins.rule == HistogramBins::Rule::OneValue)
        return QStringLiteral("one value");
    QString rule = bins.rule == HistogramBins::Rule::FreedmanDiaconis
                       ? QStringLiteral("Freedman–Diaconis")
                       : QStringLiteral("Sturges, half of the values are the same");
    if (bins.wanted > static_cast<double>(kMostBins))
        rule += QStringLiteral(" would take %1")
                    .arg(bins.wanted < 1e6 ? groupedText(static_cast<std::int64_t>(bins.wanted))
                                           : QStringLiteral("over a million"));
    return rule;
}

class HistogramScene final : public ChartScene
{
public:
    HistogramScene(HistogramContentPtr content, const ChartSpace& space)
        : m_content(std::move(content)), m_space(space)
    {
        std::size_t most = 1;
        for (const auto& rows : m_content->rows)
            most = std::max(most, rows.size());
        ValueExtent extent;
        for (double edge : {m_content->edges.front(), m_content->edges.back()})
            extent.add(edge);
        m_axes.x = PlotAxis::of(extent, m_content->logarithmic, m_content->column);
        m_axes.y.title = QStringLiteral("Runs");
        m_axes.y.scale = scaleFromZero(0, static_cast<double>(most), 5);
        m_axes.layOut(space.size, space.style, true);
        std::erase_if(m_axes.y.ticks, [](const Tick& tick) { return tick.value != std::floor(tick.value); });
    }

    QRectF rectOf(int bin) const
    {
        const auto at = static_cast<std::size_t>(bin);
        const double count = static_cast<double>(m_content->rows[at].size());
        const QPointF corner = m_axes.place(m_content->edges[at], count);
        return {corner, QPointF(m_axes.place(m_content->edges[at + 1], count).x(), m_axes.plot.bottom())};
    }
    const QRectF& plot() const { return m_axes.plot; }

    void paintBack(QPainter& painter) override
    {
        m_axes.paint(painter, m_space.size, m_space.style);
        if (!m_content->groupCounts.empty()) {
            std::vector<LegendEntry> legend;
            for (const ChartGroup& group : m_content->table->groups)
                legend.push_back({group.name, colorOf(group), group.dash});
            m_axes.paintLegend(painter, legend, m_space.style);
        }
        painter.setRenderHint(QPainter::Antialiasing, m_space.style.onPaper);
        QColor fill = m_content->groupCounts.empty() ? m_space.style.categorical[0] : m_space.style.mutedText;
        fill = over(fill, m_space.style.background, m_content->groupCounts.empty() ? 0.85 : 0.25);
        for (int bin = 0; bin < std::ssize(m_content->rows); ++bin) {
            QRectF bar = rectOf(bin);
            if (bar.width() > 4)
                bar.adjust(0.5, 0, -0.5, 0);
            painter.fillRect(bar, fill);
        }
    }
    std::size_t pieces() const override { return m_content->groupCounts.size(); }
    /// The outline of one group's own histogram.
    void paintPiece(QPainter& painter, std::size_t group) override
    {
        QPolygonF outline;
        outline << QPointF(rectOf(0).left(), m_axes.plot.bottom());
        for (int bin = 0; bin < std::ssize(m_content->rows); ++bin) {
            const QRectF bar = rectOf(bin);
            const double y =
                m_axes.y.scale.toPixel(m_content->groupCounts[group][static_cast<std::size_t>(bin)]);
            outline << QPointF(bar.left(), y) << QPointF(bar.right(), y);
        }
        outline << QPointF(outline.back().x(), m_axes.plot.bottom());
        const ChartGroup& one = m_content->table->groups[group];
        QPen pen(colorOf(one), m_space.style.line);
        if (!one.dash.isEmpty()) {
            QList<qreal> dash = one.dash;
            for (qreal& length : dash)
                length /= pen.widthF();
            pen.setDashPattern(dash);
        }
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(outline);
    }

private:
    QColor colorOf(const ChartGroup& group) const
    {
        return m_space.style.onPaper ? m_space.style.seriesColor(group.color) : group.color;
    }

    HistogramContentPtr m_content;
    ChartSpace m_space;
    PlotAxes m_axes;
};

QString binText(const HistogramContent& content, int bin)
{
    const auto at = static_cast<std::size_t>(bin);
    return QStringLiteral("%1 to %2").arg(valueText(content.edges[at]), valueText(content.edges[at + 1]));
}

} // namespace

HistogramContentPtr histogramOf(const ChartTablePtr& table, int column, bool logarithmic)
{
    auto content = std::make_shared<HistogramContent>();
    if (!table || column < 0 || column >= std::ssize(table->columns) ||
        table->columns[static_cast<std::size_t>(column)].kind != ChartColumn::Kind::Numbers)
        return content;
    const ChartColumn& source = table->columns[static_cast<std::size_t>(column)];
    content->table = table;
    content->column = source.name;
    content->logarithmic = logarithmic;
    std::vector<std::pair<double, int>> placed; // half of the value, or its logarithm; the row
    for (std::size_t row = 0; row < source.values.size(); ++row)
        if (content->left.admits(source.values[row], logarithmic))
            placed.emplace_back((logarithmic ? std::log10(source.values[row]) : source.values[row]) / 2,
                                static_cast<int>(row));
    if (placed.empty())
        return content;
    std::sort(placed.begin(), placed.end());
    std::vector<double> halves; // their differences don't overflow
    for (const auto& [half, row] : placed)
        halves.push_back(half);
    const HistogramBins bins = histogramBins(halves, kMostBins);
    content->rule =
        QStringLiteral("%1 %2, %3")
            .arg(bins.count())
            .arg(bins.count() == 1 ? QStringLiteral("bin") : QStringLiteral("bins"), ruleText(bins));
    content->values = static_cast<int>(placed.size());
    for (double edge : bins.edges)
        content->edges.push_back(logarithmic ? std::pow(10, 2 * edge)
                                             : std::clamp(2 * edge, std::numeric_limits<double>::lowest(),
                                                          std::numeric_limits<double>::max()));
    content->rows.resize(bins.count());
    if (!table->groups.empty())
        content->groupCounts.assign(table->groups.size(), std::vector<int>(bins.count()));
    std::size_t bin = 0;
    for (const auto& [half, row] : placed) {
        while (bin + 1 < content->rows.size() && half >= bins.edges[bin + 1])
            ++bin;
        content->rows[bin].push_back(row);
        if (const int group = table->rows[static_cast<std::size_t>(row)].group;
            group >= 0 && !table->groups.empty())
            ++content->groupCounts[static_cast<std::size_t>(group)][bin];
    }
    return content;
}

HistogramChart::HistogramChart(QWidget* parent) : ChartCanvas(parent)
{
    setEmptyText(QStringLiteral("No run has a number in this column"));
}

void HistogramChart::setContent(HistogramContentPtr content)
{
    m_content = content ? std::move(content) : std::make_shared<HistogramContent>();
    m_current = -1;
    contentChanged();
}

SceneMaker HistogramChart::sceneMaker() const
{
    return [content = m_content](const ChartSpace& space) {
        return std::make_shared<HistogramScene>(content, space);
    };
}

QString HistogramChart::note() const
{
    QStringList parts{counted(static_cast<quint64>(m_content->values), QStringLiteral("1 value"),
                              QStringLiteral("%1 values")),
                      m_content->rule};
    if (m_content->logarithmic)
        parts << QStringLiteral("equal widths of the logarithm");
    if (!m_content->left.text().isEmpty())
        parts << m_content->left.text();
    return parts.join(QStringLiteral(" · "));
}

ChartTextTable HistogramChart::table() const
{
    ChartTextTable table;
    table.columns = {QStringLiteral("From"), QStringLiteral("To"), QStringLiteral("Runs")};
    for (std::size_t group = 0; group < m_content->groupCounts.size(); ++group)
        table.columns << m_content->table->groups[group].name;
    table.numeric.assign(static_cast<std::size_t>(table.columns.size()), true);
    table.rows = static_cast<int>(m_content->rows.size());
    table.summary = note();
    table.cell = [content = m_content](int row, int column) {
        const auto bin = static_cast<std::size_t>(row);
        if (column < 2)
            return valueText(content->edges[bin + static_cast<std::size_t>(column)]);
        return groupedText(column == 2 ? std::ssize(content->rows[bin])
                                       : content->groupCounts[static_cast<std::size_t>(column) - 3][bin]);
    };
    return table;
}

QRectF HistogramChart::rectOfBin(int bin)
{
    return hasContent() ? static_cast<HistogramScene*>(scene())->rectOf(bin) : QRectF();
}

void HistogramChart::paintOverlay(QPainter& painter)
{
    if (m_current < 0 || !scene())
        return;
    const auto* drawn = static_cast<HistogramScene*>(scene());
    QRectF column = drawn->rectOf(m_current);
    column.setTop(drawn->plot().top());
    QColor color = Theme::of(this).color("text");
    color.setAlphaF(0.08F);
    painter.fillRect(column, color);
}

void HistogramChart::setCurrent(int bin)
{
    m_current = bin;
    update();
    if (bin < 0)
        return hideTooltip();
    const auto at = static_cast<std::size_t>(bin);
    TooltipTable table;
    table.title = binText(*m_content, bin);
    table.columns = {m_content->column, QStringLiteral("Runs")};
    table.rows.push_back(
        {Qt::transparent, {}, QStringLiteral("all"), {groupedText(std::ssize(m_content->rows[at]))}});
    constexpr std::size_t kMost = 10;
    for (std::size_t group = 0; group < m_content->groupCounts.size(); ++group) {
        if (table.rows.size() > kMost) {
            table.moreBelow = static_cast<int>(m_content->groupCounts.size() - group);
            break;
        }
        const ChartGroup& one = m_content->table->groups[group];
        table.rows.push_back(
            {one.color, one.dash, one.name, {groupedText(m_content->groupCounts[group][at])}});
    }
    showTooltip(std::move(table), rectOfBin(bin).topRight().toPoint());
}

void HistogramChart::mouseMoveEvent(QMouseEvent* event)
{
    if (!hasContent())
        return;
    int found = -1;
    for (int bin = 0; bin < std::ssize(m_content->rows) && found < 0; ++bin) {
        const QRectF bar = rectOfBin(bin);
        if (event->position().x() >= bar.left() && event->position().x() < bar.right())
            found = bin;
    }
    if (found != m_current)
        setCurrent(found);
}

void HistogramChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_current >= 0)
        emit rowsSelected(m_content->rows[static_cast<std::size_t>(m_current)]);
}

void HistogramChart::keyPressEvent(QKeyEvent* event)
{
    const int bins = static_cast<int>(m_content->rows.size());
    if (hasContent() && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        return setCurrent(std::clamp(m_current < 0 ? 0 : m_current + (event->key() == Qt::Key_Right ? 1 : -1),
                                     0, bins - 1));
    if (m_current >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        emit rowsSelected(m_content->rows[static_cast<std::size_t>(m_current)]);
        return;
    }
    ChartCanvas::keyPressEvent(event);
}

void HistogramChart::leaveEvent(QEvent* event)
{
    setCurrent(-1);
    ChartCanvas::leaveEvent(event);
}

} // namespace sextant
