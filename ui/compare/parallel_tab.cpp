#include "ui/compare/parallel_tab.h"

#include "ui/charts/chart_panel.h"
#include "ui/charts/parallel_chart.h"
#include "ui/charts/value_text.h"
#include "ui/compare/compare_controller.h"
#include "ui/widgets/icon_button.h"

#include <QHBoxLayout>

#include <algorithm>
#include <numeric>

namespace sextant {
namespace {

constexpr int kMostAxes = 16;
constexpr std::size_t kFirstParams = 5;

} // namespace

ParallelTab::ParallelTab(CompareContext& context, QWidget* parent)
    : ChartTab(context, QStringLiteral("parallel"), tr("Parallel"), parent), m_chart(new ParallelChart),
      m_panel(makePanel(m_chart)),
      m_keep(new BorderedButton(QStringLiteral("eye-off"), tr("Hide runs outside"))),
      m_clear(new BorderedButton(QStringLiteral("x"), tr("Clear brushes")))
{
    m_panel->setTitle(tr("Parallel coordinates"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
    addColumns(QStringLiteral("columns"), tr("Axes"), kMostAxes);
    addChoice(QStringLiteral("colors"), tr("Colour"), {tr("by run"), tr("by last axis")}, 0);
    barLayout()->addWidget(m_keep);
    barLayout()->addWidget(m_clear);
    endBar();
    connect(m_chart, &ParallelChart::rowsBrushed, this, &ParallelTab::syncButtons);
    connect(m_chart, &ParallelChart::axesChanged, this, [this](const QStringList&) {
        std::vector<ColumnRef> order;
        for (int axis = 0; axis < m_chart->axisCount(); ++axis)
            order.push_back(m_drawn[static_cast<std::size_t>(m_chart->axis(axis).column())]);
        if (order != columns(QStringLiteral("columns")))
            keepColumns(QStringLiteral("columns"), order);
    });
    connect(m_clear, &QToolButton::clicked, m_chart, &ParallelChart::clearBrushes);
    connect(m_keep, &QToolButton::clicked, this, &ParallelTab::hideOutside);
    syncButtons();
}

std::vector<ColumnRef> ParallelTab::firstColumns() const
{
    // The params that differ, then the metric that counts.
    std::vector<ColumnRef> found;
    std::vector<ColumnRef> metrics;
    for (const int worth : {3, 2, 1})
        for (const ColumnChoice& one : choices()) {
            if (one.worth != worth)
                continue;
            if (one.column.kind == ColumnKind::Param && found.size() < kFirstParams)
                found.push_back(one.column);
            else if (one.column.kind == ColumnKind::Metric && one.column.key == scene()->mainMetric)
                metrics.insert(metrics.begin(), one.column);
            else if (one.column.kind == ColumnKind::Metric && metrics.size() < 2)
                metrics.push_back(one.column);
        }
    metrics.resize(std::min<std::size_t>(metrics.size(), 2));
    found.insert(found.end(), metrics.rbegin(), metrics.rend());
    return found;
}

void ParallelTab::draw()
{
    m_drawn = columns(QStringLiteral("columns"));
    m_chart->setColors(choice(QStringLiteral("colors")) == 1 ? ParallelChart::Colors::ByLastAxis
                                                             : ParallelChart::Colors::ByRow);
    setTable(tableOf(m_drawn));
    std::vector<int> all(m_drawn.size());
    std::iota(all.begin(), all.end(), 0);
    m_chart->setEmptyText(scene()->visibleCount() == 0
                              ? tr("No run is shown")
                              : tr("No column differs between these runs: choose axes above"));
    m_chart->setData(table(), all);
    syncButtons();
}

void ParallelTab::hideOutside()
{
    std::vector<char> inside(table()->rows.size());
    for (int row : m_chart->rowsInside())
        inside[static_cast<std::size_t>(row)] = 1;
    std::vector<std::string> outside;
    for (std::size_t row = 0; row < inside.size(); ++row)
        if (inside[row] == 0)
            outside.push_back(table()->rows[row].id.toStdString());
    m_chart->clearBrushes();
    context().controller.setHidden(outside, true);
}

void ParallelTab::syncButtons()
{
    m_clear->setEnabled(m_chart->isBrushed());
    m_keep->setEnabled(m_chart->isBrushed() && m_chart->rowsInside().size() < table()->rows.size());
    emit statusChanged();
}

QStringList ParallelTab::status() const
{
    if (!m_chart->isBrushed())
        return {};
    return {tr("%1 inside the brushes").arg(groupedText(std::ssize(m_chart->rowsInside())))};
}

} // namespace sextant
