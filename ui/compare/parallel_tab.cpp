#include "ui/compare/parallel_tab.h"

#include "ui/charts/chart_panel.h"
#include "ui/charts/value_text.h"
#include "ui/compare/compare_controller.h"
#include "ui/shell/workspace_parts.h"
#include "ui/widgets/icon_button.h"

#include <QHBoxLayout>

#include <algorithm>
#include <numeric>

namespace sextant {
namespace {

constexpr int kMostAxes = 16;
constexpr std::size_t kFirstParams = 5;

/// Places beyond an axis, as the axis names them.
constexpr std::pair<const char*, bool Brush::*> kPlaces[] = {{"missing", &Brush::missing},
                                                             {"NaN", &Brush::notANumber},
                                                             {"−Inf", &Brush::negativeInfinity},
                                                             {"Inf", &Brush::positiveInfinity}};

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
    buildMenu();
    connect(m_chart, &ParallelChart::rowsBrushed, this, &ParallelTab::syncButtons);
    connect(m_chart, &ParallelChart::brushesFinished, this, &ParallelTab::keepBrushes);
    connect(m_chart, &ParallelChart::axesChanged, this, &ParallelTab::keepAxes);
    connect(m_clear, &QToolButton::clicked, m_chart, &ParallelChart::clearBrushes);
    connect(m_keep, &QToolButton::clicked, this, &ParallelTab::hideOutside);
    syncButtons();
}

void ParallelTab::buildMenu()
{
    QMenu* menu = m_panel->menu();
    menu->addSeparator();
    QAction* flip = menu->addAction(QString());
    connect(flip, &QAction::triggered, this, [this] { m_chart->flipAxis(m_chart->currentAxis()); });
    QAction* logarithm = menu->addAction(QString());
    logarithm->setCheckable(true);
    connect(logarithm, &QAction::triggered, this,
            [this](bool on) { m_chart->setLogarithmic(m_chart->currentAxis(), on); });
    QAction* clear = menu->addAction(tr("Clear brushes"), m_chart, &ParallelChart::clearBrushes);
    menu->addAction(tr("Axes…"), this, [this] { openList(QStringLiteral("columns"), m_panel); });
    connect(menu, &QMenu::aboutToShow, this, [this, flip, logarithm, clear] {
        const int current = m_chart->currentAxis();
        const bool chosen = current >= 0 && current < m_chart->axisCount();
        const QString name = chosen ? m_chart->axis(current).name() : tr("an axis");
        flip->setText(tr("Flip %1").arg(name));
        flip->setEnabled(chosen);
        logarithm->setText(tr("Logarithmic %1").arg(name));
        logarithm->setEnabled(chosen && !m_chart->axis(current).isCategorical() &&
                              m_chart->axis(current).mayBeLogarithmic());
        logarithm->setChecked(chosen && m_chart->axis(current).isLogarithmic());
        clear->setEnabled(m_chart->isBrushed());
    });
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
    const std::vector<ColumnRef> wanted = columns(QStringLiteral("columns"));
    m_chart->setColors(choice(QStringLiteral("colors")) == 1 ? ParallelChart::Colors::ByLastAxis
                                                             : ParallelChart::Colors::ByRow);
    const ChartTablePtr next = tableOf(wanted, wanted);
    // Brushing alone changes no line: the drawing and a brush that is being dragged stay.
    const bool same = m_source == scene()->table && wanted == m_drawn && next->rows == table()->rows &&
                      std::equal(next->columns.begin(), next->columns.end(), table()->columns.begin(),
                                 table()->columns.end(), [](const ChartColumn& a, const ChartColumn& b) {
                                     return a.name == b.name && a.better == b.better;
                                 });
    if (!same) {
        m_source = scene()->table;
        m_drawn = wanted;
        setTable(next);
        std::vector<int> all(m_drawn.size());
        std::iota(all.begin(), all.end(), 0);
        m_chart->setEmptyText(scene()->visibleCount() == 0
                                  ? tr("No run is shown")
                                  : tr("No column differs between these runs: choose axes above"));
        m_chart->setData(table(), all);
    }
    dressAxes();
    if (!m_chart->isBrushing())
        m_chart->setBrushes(drawnBrushes());
    syncButtons();
}

void ParallelTab::dressAxes()
{
    const QJsonArray looks = state()[QStringLiteral("axes")].toArray();
    for (int axis = 0; axis < m_chart->axisCount(); ++axis) {
        const ColumnRef& column = m_drawn[static_cast<std::size_t>(m_chart->axis(axis).column())];
        QJsonObject look;
        for (const QJsonValue& one : looks)
            if (ColumnRef kept; columnFromJson(one, kept) && kept == column)
                look = one.toObject();
        const QJsonValue logarithmic = look[QStringLiteral("logarithmic")];
        m_chart->dressAxis(axis, look[QStringLiteral("flipped")].toBool(),
                           logarithmic.isBool() ? std::optional(logarithmic.toBool()) : std::nullopt);
    }
}

void ParallelTab::keepAxes()
{
    QJsonArray order, looks;
    for (int axis = 0; axis < m_chart->axisCount(); ++axis) {
        const ParallelAxis& one = m_chart->axis(axis);
        QJsonObject look = columnToJson(m_drawn[static_cast<std::size_t>(one.column())]);
        order.append(look);
        look[QStringLiteral("flipped")] = one.isFlipped();
        look[QStringLiteral("logarithmic")] = one.isLogarithmic();
        looks.append(look);
    }
    QJsonObject next = state();
    next[QStringLiteral("columns")] = order;
    next[QStringLiteral("axes")] = looks;
    keepState(next, tr("change axes"));
}

Brush ParallelTab::toBrush(const ParallelChart::Brush& drawn) const
{
    const auto index = static_cast<std::size_t>(drawn.column);
    const ChartColumn& column = table()->columns[index];
    Brush brush;
    brush.column = m_drawn[index];
    brush.categorical = column.kind == ChartColumn::Kind::Categories;
    for (int code = 0; code < column.categories.size(); ++code)
        if (drawn.part.categories.contains(column.categories[code]))
            brush.values.push_back(column.texts[static_cast<std::size_t>(code)]);
    brush.numbers = drawn.part.numbers;
    if (brush.numbers) {
        brush.low = drawn.part.low;
        brush.high = drawn.part.high;
    }
    for (const auto& [name, flag] : kPlaces)
        brush.*flag = drawn.part.places.contains(QString::fromUtf8(name));
    return brush;
}

std::vector<ParallelChart::Brush> ParallelTab::drawnBrushes() const
{
    std::vector<ParallelChart::Brush> drawn;
    for (const Brush& brush : context().controller.workspace().brushes) {
        const auto place = std::find(m_drawn.begin(), m_drawn.end(), brush.column);
        if (place == m_drawn.end())
            continue;
        ParallelChart::Brush one;
        one.column = static_cast<int>(place - m_drawn.begin());
        const ChartColumn& column = table()->columns[static_cast<std::size_t>(one.column)];
        for (std::size_t code = 0; code < column.texts.size(); ++code)
            if (std::find(brush.values.begin(), brush.values.end(), column.texts[code]) != brush.values.end())
                one.part.categories << column.categories[static_cast<int>(code)];
        one.part.numbers = brush.numbers;
        one.part.low = brush.low;
        one.part.high = brush.high;
        for (const auto& [name, flag] : kPlaces)
            if (brush.*flag)
                one.part.places << QString::fromUtf8(name);
        drawn.push_back(std::move(one));
    }
    return drawn;
}

void ParallelTab::keepBrushes()
{
    std::vector<Brush> now;
    for (const ParallelChart::Brush& drawn : m_chart->brushes())
        now.push_back(toBrush(drawn));
    const std::vector<Brush>& before = context().controller.workspace().brushes;
    // Others stay: they are on columns without an axis here.
    std::vector<Brush> next;
    for (const Brush& kept : before)
        if (std::find(m_drawn.begin(), m_drawn.end(), kept.column) == m_drawn.end())
            next.push_back(kept);
    next.insert(next.end(), now.begin(), now.end());
    context().controller.changeWorkspace(next.size() < before.size() ? tr("remove brush") : tr("brush runs"),
                                         [&](Workspace& workspace) { workspace.brushes = next; });
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
    // The eyes take over from the brushes.
    context().controller.changeWorkspace(tr("hide runs outside"), [&](Workspace& workspace) {
        workspace.compare.hidden.insert(outside.begin(), outside.end());
        std::erase_if(workspace.brushes, [&](const Brush& brush) {
            return std::find(m_drawn.begin(), m_drawn.end(), brush.column) != m_drawn.end();
        });
    });
    m_chart->setBrushes({});
    syncButtons();
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
