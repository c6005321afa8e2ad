#include "ui/charts/parallel_chart.h"

#include "ui/charts/parallel_scene.h"
#include "ui/charts/value_text.h"
#include "ui/widgets/number_painter.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace sextant {

ParallelChart::ParallelChart(QWidget* parent)
    : ChartCanvas(parent), m_cache(std::make_shared<ParallelCache>())
{
    setEmptyText(QStringLiteral("Choose columns to compare runs along"));
}

ParallelChart::~ParallelChart() = default;

void ParallelChart::setData(ChartTablePtr table, const std::vector<int>& columns)
{
    std::vector<ParallelAxis> axes;
    for (int column : columns) {
        if (!table || column < 0 || column >= std::ssize(table->columns))
            continue;
        const QString& name = table->columns[static_cast<std::size_t>(column)].name;
        const auto kept = std::find_if(m_axes.begin(), m_axes.end(),
                                       [&](const ParallelAxis& axis) { return axis.name() == name; });
        ParallelAxis axis(*table, column);
        if (kept != m_axes.end()) {
            if (kept->mayBeLogarithmic() && axis.mayBeLogarithmic() &&
                kept->isLogarithmic() != axis.isLogarithmic())
                axis = ParallelAxis(*table, column, kept->isLogarithmic());
            axis.setFlipped(kept->isFlipped());
            // The brush is kept by its values: the scale may have changed.
            if (kept->brush)
                axis.brush = axis.spanOf(kept->partOf(*kept->brush));
        }
        axes.push_back(std::move(axis));
    }
    m_table = std::move(table);
    m_axes = std::move(axes);
    m_current = std::min(m_current, axisCount() - 1);
    m_gesture = Gesture::None;
    m_brushesUnsaid = false;
    *m_cache = {};
    countInside();
    contentChanged();
}

void ParallelChart::setColors(Colors colors)
{
    if (colors == m_colors)
        return;
    m_colors = colors;
    restyle();
}

bool ParallelChart::isBrushed() const
{
    return std::any_of(m_axes.begin(), m_axes.end(),
                       [](const ParallelAxis& axis) { return axis.brush.has_value(); });
}

void ParallelChart::countInside()
{
    const std::size_t rows = m_table ? m_table->rows.size() : 0;
    m_inside.assign(rows, 1);
    for (const ParallelAxis& axis : m_axes) {
        if (!axis.brush)
            continue;
        for (std::size_t row = 0; row < rows; ++row)
            m_inside[row] = static_cast<char>(m_inside[row] & static_cast<char>(axis.takes(row)));
    }
    m_insideCount = static_cast<int>(std::accumulate(m_inside.begin(), m_inside.end(), std::size_t{0}));
}

std::vector<int> ParallelChart::rowsInside() const
{
    std::vector<int> rows;
    rows.reserve(static_cast<std::size_t>(m_insideCount));
    for (std::size_t row = 0; row < m_inside.size(); ++row)
        if (m_inside[row] != 0)
            rows.push_back(static_cast<int>(row));
    return rows;
}

std::vector<ParallelChart::Brush> ParallelChart::brushes() const
{
    std::vector<Brush> found;
    for (const ParallelAxis& axis : m_axes) {
        if (!axis.brush)
            continue;
        Brush brush{axis.column(), axis.partOf(*axis.brush), axis.textOf(*axis.brush)};
        found.push_back(std::move(brush));
    }
    return found;
}

void ParallelChart::setBrushes(const std::vector<Brush>& brushes)
{
    bool changed = false;
    for (ParallelAxis& axis : m_axes) {
        const auto wanted = std::find_if(brushes.begin(), brushes.end(),
                                         [&](const Brush& brush) { return brush.column == axis.column(); });
        // A brush on values that no row here has takes nothing.
        const BrushSpan nothing{axis.highest() + 0.02, axis.highest() + 0.02};
        const auto span = wanted == brushes.end()
                              ? std::nullopt
                              : std::optional(axis.spanOf(wanted->part).value_or(nothing));
        changed |= axis.brush != span;
        axis.brush = span;
    }
    m_brushesUnsaid = false;
    if (!changed)
        return;
    countInside();
    restyle();
}

void ParallelChart::brushesEdited()
{
    countInside();
    restyle();
    m_brushesUnsaid = true;
    emit rowsBrushed(rowsInside());
}

void ParallelChart::finishBrushes()
{
    if (std::exchange(m_brushesUnsaid, false))
        emit brushesFinished();
}

void ParallelChart::axesEdited()
{
    countInside();
    restyle();
    QStringList names;
    for (const ParallelAxis& axis : m_axes)
        names << axis.name();
    emit axesChanged(names);
}

void ParallelChart::setBrush(int axis, std::optional<BrushSpan> span)
{
    if (axis < 0 || axis >= axisCount())
        return;
    ParallelAxis& one = m_axes[static_cast<std::size_t>(axis)];
    if (span) {
        span->low = std::clamp(span->low, one.lowest(), one.highest());
        span->high = std::clamp(span->high, span->low, one.highest());
    }
    if (one.brush == span)
        return;
    one.brush = span;
    brushesEdited();
}

void ParallelChart::clearBrushes()
{
    if (!isBrushed())
        return;
    for (ParallelAxis& axis : m_axes)
        axis.brush.reset();
    brushesEdited();
    finishBrushes();
}

void ParallelChart::moveAxis(int from, int to)
{
    to = std::clamp(to, 0, axisCount() - 1);
    if (from < 0 || from >= axisCount() || from == to)
        return;
    const auto first = m_axes.begin();
    if (from < to)
        std::rotate(first + from, first + from + 1, first + to + 1);
    else
        std::rotate(first + to, first + from, first + from + 1);
    if (m_current == from)
        m_current = to;
    axesEdited();
}

void ParallelChart::flipAxis(int index)
{
    if (index < 0 || index >= axisCount())
        return;
    ParallelAxis& axis = m_axes[static_cast<std::size_t>(index)];
    axis.setFlipped(!axis.isFlipped());
    axesEdited();
}

void ParallelChart::setLogarithmic(int index, bool logarithmic)
{
    if (index < 0 || index >= axisCount())
        return;
    ParallelAxis& axis = m_axes[static_cast<std::size_t>(index)];
    if (axis.isCategorical() || !axis.mayBeLogarithmic() || axis.isLogarithmic() == logarithmic)
        return;
    rescale(axis, logarithmic);
    axesEdited();
}

void ParallelChart::rescale(ParallelAxis& axis, bool logarithmic)
{
    ParallelAxis other(*m_table, axis.column(), logarithmic);
    other.setFlipped(axis.isFlipped());
    if (axis.brush)
        other.brush = other.spanOf(axis.partOf(*axis.brush));
    axis = std::move(other);
}

void ParallelChart::dressAxis(int index, bool flipped, std::optional<bool> logarithmic)
{
    ParallelAxis& axis = m_axes[static_cast<std::size_t>(index)];
    const bool wanted = logarithmic.value_or(ParallelAxis(*m_table, axis.column()).isLogarithmic());
    const bool rescaled = !axis.isCategorical() && axis.mayBeLogarithmic() && axis.isLogarithmic() != wanted;
    if (!rescaled && axis.isFlipped() == flipped)
        return;
    if (rescaled)
        rescale(axis, wanted);
    axis.setFlipped(flipped);
    countInside();
    restyle();
}

ParallelScene* ParallelChart::parallel()
{
    return static_cast<ParallelScene*>(scene());
}

QPointF ParallelChart::placeAt(int index, double share)
{
    const ParallelScene* drawn = parallel();
    return drawn ? QPointF(drawn->axisX(index), drawn->toY(index, share)) : QPointF();
}

bool ParallelChart::hasContent() const
{
    return m_table && !m_axes.empty() && !m_table->rows.empty();
}

SceneMaker ParallelChart::sceneMaker() const
{
    return [content = ParallelContent{m_table, m_axes, m_colors, rowsInside(), isBrushed()},
            cache = m_cache](const ChartSpace& space) {
        // Only the screen's drawing is worth keeping; others may be made on other threads.
        return std::make_shared<ParallelScene>(content, space, space.live ? cache : nullptr);
    };
}

QString ParallelChart::note() const
{
    if (!hasContent())
        return {};
    const QString total = groupedText(std::ssize(m_table->rows));
    QStringList parts{
        isBrushed() ? QStringLiteral("%1 of %2 runs inside the %3")
                          .arg(groupedText(m_insideCount), total,
                               brushes().size() == 1 ? QStringLiteral("brush") : QStringLiteral("brushes"))
                    : counted(static_cast<quint64>(m_table->rows.size()), QStringLiteral("1 run"),
                              QStringLiteral("%1 runs"))};
    int odd = 0;
    for (const ParallelAxis& axis : m_axes)
        for (const ParallelAxis::Place& place : axis.places())
            odd += place.count;
    if (odd > 0)
        parts << counted(static_cast<quint64>(odd),
                         QStringLiteral("1 value without a number in a place of its own"),
                         QStringLiteral("%1 values without a number in places of their own"));
    return parts.join(QStringLiteral(" · "));
}

QString ParallelChart::description() const
{
    QStringList parts{note()};
    QStringList names;
    for (const ParallelAxis& axis : m_axes)
        names << axis.name();
    parts << QStringLiteral("Axes: %1").arg(names.join(QStringLiteral(", ")));
    for (const Brush& brush : brushes())
        parts << QStringLiteral("%1: %2").arg(m_table->columns[static_cast<std::size_t>(brush.column)].name,
                                              brush.text);
    return parts.join(QStringLiteral(". "));
}

ChartTextTable ParallelChart::table() const
{
    if (!hasContent())
        return {};
    ChartTextTable table;
    table.columns << QStringLiteral("Run") << QStringLiteral("Id");
    table.numeric = {false, false};
    std::vector<std::size_t> columns;
    for (const ParallelAxis& axis : m_axes) {
        columns.push_back(static_cast<std::size_t>(axis.column()));
        table.columns << axis.name();
        table.numeric.push_back(!axis.isCategorical());
    }
    table.summary = note();
    const std::vector<int> rows = rowsInside();
    table.rows = static_cast<int>(rows.size());
    table.cell = [source = m_table, columns, rows](int line, int column) {
        const auto row = static_cast<std::size_t>(rows[static_cast<std::size_t>(line)]);
        return column == 0   ? source->rows[row].name
               : column == 1 ? source->rows[row].id
                             : source->columns[columns[static_cast<std::size_t>(column) - 2]].textAt(row);
    };
    return table;
}

} // namespace sextant
