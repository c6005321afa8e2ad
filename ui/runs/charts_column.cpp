#include "ui/runs/charts_column.h"

#include "ui/charts/metric_chart.h"
#include "ui/charts/run_colors.h"
#include "ui/shell/workspace_edits.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/check_list.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QGridLayout>
#include <QPushButton>
#include <QScrollBar>

namespace sextant {

namespace {

constexpr int kLowestPanel = 220;
constexpr int kGridPanelWidth = 420;
constexpr int kGridPanelHeight = 280;
constexpr int kPanelsInSight = 3;

ChartView chartOf(const std::string& metric, const LineSettings& settings)
{
    return {metric, static_cast<int>(settings.xAxis), settings.logY,
            static_cast<int>(settings.smoothing.kind), settings.smoothing.amount};
}

BandKind bandOf(GroupFigure figure)
{
    switch (figure) {
    case GroupFigure::MeanError:
    case GroupFigure::StandardError:
        return BandKind::StandardError;
    case GroupFigure::MeanConfidence:
        return BandKind::Confidence;
    case GroupFigure::Min:
    case GroupFigure::Max:
        return BandKind::Extremes;
    default:
        return BandKind::Deviation;
    }
}

} // namespace

ChartsColumn::ChartsColumn(RunsController& controller, HistoryCache& histories, QWidget* parent)
    : QScrollArea(parent), m_controller(controller), m_histories(histories), m_content(new QWidget),
      m_grid(new QGridLayout(m_content)), m_add(new QPushButton(tr("Add chart…"))),
      m_metricList(new CheckList(tr("Charts"), tr("Find metric"), this)), m_empty(new StatePanel)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Charts"));
    viewport()->setBackgroundRole(QPalette::Base);
    m_content->setBackgroundRole(QPalette::Base);
    m_content->setAutoFillBackground(true);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(0);
    setControlRole(m_add, ControlRole::Link);
    setWidget(m_content);
    connect(m_add, &QPushButton::clicked, this, &ChartsColumn::openMetricList);
    connect(m_metricList, &CheckList::toggled, this, [this](int entry, bool checked) {
        const auto& metric = m_metrics[static_cast<std::size_t>(entry)];
        m_controller.change(checked ? tr("add chart") : tr("remove chart"),
                            withChart(m_controller.workspace(), metric, checked));
    });
    connect(&controller, &RunsController::arranged, this, [this] {
        syncCharts(); // groups have come, or gone
        syncLines();
    });
    connect(&controller.context().workspaces, &WorkspaceHistory::changed, this, [this] {
        syncCharts();
        syncLines();
    });
    connect(&histories, &HistoryCache::outdated, this, [this] {
        for (auto* chart : m_charts)
            chart->readAgain();
    });
    syncCharts();
    syncLines();
}

bool ChartsColumn::drawsGroups() const
{
    return m_controller.model().groups() && m_controller.workspace().groups.bands;
}

LineSettings ChartsColumn::settingsFor(const ChartView& view) const
{
    auto settings = settingsOf(view.xAxis, view.logY, view.smoothing, view.smoothingAmount);
    if (drawsGroups())
        settings.band = bandOf(m_controller.workspace().groups.figure);
    return settings;
}

MetricChart* ChartsColumn::makeChart(const ChartView& view)
{
    const auto& context = m_controller.context();
    auto* chart = new MetricChart(context.session, context.jobs, m_histories, view.metric, m_content);
    auto metric = view.metric;
    chart->setSettings(settingsFor(view));
    auto* remove = chart->panel().menu()->addAction(tr("Remove chart"));
    connect(remove, &QAction::triggered, this, [this, metric] {
        m_controller.change(tr("remove chart"), withChart(m_controller.workspace(), metric, false));
    });
    connect(chart, &MetricChart::settingsChanged, this,
            [this, metric](const LineSettings& settings) { saveSettings(metric, settings); });
    connect(chart, &MetricChart::drawn, this, &ChartsColumn::statusChanged);
    connect(&chart->panel(), &LinePanel::maximizeRequested, this,
            [this, metric] { toggleMaximized(metric); });
    auto* canvas = chart->panel().canvas();
    connect(canvas, &LineCanvas::runHovered, this, [this](const QString& run) {
        emit runHovered(toStdString(run));
        for (auto* other : m_charts)
            other->panel().canvas()->setHoveredRun(run);
    });
    connect(canvas, &LineCanvas::runClicked, this,
            [this](const QString& run) { emit runPicked(toStdString(run)); });
    connect(canvas, &LineCanvas::crosshairMoved, this, [this, chart](std::optional<double> x) {
        for (auto* other : m_charts) {
            if (other != chart && other->panel().settings().xAxis == chart->panel().settings().xAxis)
                other->panel().canvas()->setCrosshair(x);
        }
    });
    return chart;
}

void ChartsColumn::saveSettings(const std::string& metric, const LineSettings& settings)
{
    auto next = m_controller.workspace();
    for (auto& view : next.charts) {
        if (view.metric == metric)
            view = chartOf(metric, settings);
    }
    m_controller.change(tr("change chart"), std::move(next));
}

void ChartsColumn::syncCharts()
{
    const auto& wanted = m_controller.workspace().charts;
    auto before =
        m_charts; // while settings are set, charts already tell what they draw: m_charts stays whole
    std::vector<MetricChart*> charts;
    for (const auto& view : wanted) {
        auto found = std::find_if(before.begin(), before.end(),
                                  [&](auto* chart) { return chart && chart->metric() == view.metric; });
        auto* chart = found == before.end() ? makeChart(view) : std::exchange(*found, nullptr);
        if (chart->panel().settings() != settingsFor(view))
            chart->setSettings(settingsFor(view));
        charts.push_back(chart);
    }
    auto changed = charts != m_charts || m_grid->count() == 0;
    m_charts = std::move(charts);
    for (auto* chart : before) {
        if (chart)
            chart->deleteLater();
    }
    if (changed)
        placeCharts();
}

std::vector<ChartLine> ChartsColumn::lines() const
{
    std::vector<ChartLine> lines;
    const auto& model = m_controller.model();
    const auto& workspace = m_controller.workspace();
    if (!model.arrangement())
        return lines;
    const auto& table = *model.arrangement()->table;
    const auto& runs = model.plotted();
    const auto& dashes = model.plottedDashes();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto name = oneLine(table.name(*table.find(runs[i])), 120);
        lines.push_back({runs[i], name.trimmed().isEmpty() ? shortId(runs[i]) : name,
                         runColor(runs[i], workspace.colors), dashes[i], runs[i] == workspace.baseline});
        if (auto group = drawsGroups() ? model.groupOfRun(*table.find(runs[i])) : -1; group >= 0) {
            lines.back().group = model.groupName(group);
            lines.back().color = model.groupColor(group);
            lines.back().dash = model.groupDash(group);
        }
    }
    return lines;
}

void ChartsColumn::syncLines()
{
    auto wanted = lines();
    for (auto* chart : m_charts)
        chart->setLines(wanted);
    emit statusChanged();
}

void ChartsColumn::placeCharts()
{
    while (auto* item = m_grid->takeAt(0))
        delete item;
    auto columns = m_inGrid && m_maximized.empty() ? std::max(1, viewport()->width() / kGridPanelWidth) : 1;
    std::vector<MetricChart*> visible;
    for (auto* chart : m_charts) {
        auto show = m_maximized.empty() || chart->metric() == m_maximized;
        chart->setVisible(show);
        chart->panel().setMaximized(!m_maximized.empty() && show);
        if (show)
            visible.push_back(chart);
    }
    auto inSight = std::clamp(static_cast<int>(visible.size()), 1, kPanelsInSight);
    auto room = viewport()->height() - m_add->sizeHint().height() - 12;
    auto height = m_inGrid && m_maximized.empty() ? kGridPanelHeight
                                                  : std::max(kLowestPanel, std::min(room / inSight, 420));
    if (!m_maximized.empty())
        height = std::max(kLowestPanel, room);
    int place = 0;
    for (auto* chart : visible) {
        chart->setFixedHeight(height);
        m_grid->addWidget(chart, place / columns, place % columns);
        ++place;
    }
    auto rows = (place + columns - 1) / columns;
    m_empty->setVisible(visible.empty());
    if (visible.empty()) {
        m_empty->showEmpty(QStringLiteral("chart-spline"), tr("No chart is shown"));
        m_grid->addWidget(m_empty, rows++, 0, 1, columns);
    }
    m_grid->addWidget(m_add, rows, 0, 1, columns, Qt::AlignCenter);
    m_grid->setRowMinimumHeight(rows, m_add->sizeHint().height() + 12);
    for (int row = 0; row <= rows + 1; ++row)
        m_grid->setRowStretch(row, row == rows + 1 ? 1 : 0);
    for (int column = 0; column < 12; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    wakeAll();
}

void ChartsColumn::wakeAll()
{
    for (auto* chart : m_charts)
        chart->wakeLater();
}

void ChartsColumn::setGrid(bool grid)
{
    if (grid == m_inGrid)
        return;
    m_inGrid = grid;
    placeCharts();
}

void ChartsColumn::toggleMaximized(const std::string& metric)
{
    m_maximized = m_maximized == metric ? std::string() : metric;
    placeCharts();
    verticalScrollBar()->setValue(0);
}

void ChartsColumn::highlightRun(const std::string& runId)
{
    for (auto* chart : m_charts)
        chart->panel().canvas()->setHoveredRun(QString::fromStdString(runId));
}

QString ChartsColumn::status() const
{
    auto plotted = lines().size();
    std::size_t points = 0;
    for (auto* chart : m_charts)
        points += chart->points();
    auto shown = m_controller.workspace().shown.size();
    if (plotted == 0 || m_charts.empty() || !isVisible())
        return {};
    auto count = plotted == RunsModel::kMostLines && shown > plotted
                     ? tr("the first %1 plotted").arg(formatCount(plotted))
                     : tr("%1 plotted").arg(formatCount(plotted));
    return points == 0 ? count
                       : count + QLatin1String(", ") + counted(points, tr("1 point"), tr("%1 points"));
}

bool ChartsColumn::settled() const
{
    return std::none_of(m_charts.begin(), m_charts.end(), [](auto* chart) { return chart->busy(); });
}

void ChartsColumn::openMetricList()
{
    fillMetricList();
    m_metricList->openBelow(m_add);
}

void ChartsColumn::fillMetricList()
{
    m_metrics.clear();
    std::vector<CheckEntry> entries;
    auto table = m_controller.table();
    const auto& charts = m_controller.workspace().charts;
    // Prefixes become groups; the keys without one come first.
    for (auto withPrefix : {false, true}) {
        if (!table)
            break;
        for (const auto& column : table->data().metrics) {
            if ((column.key.find('/') != std::string::npos) != withPrefix)
                continue;
            auto shown = std::any_of(charts.begin(), charts.end(),
                                     [&](const ChartView& view) { return view.metric == column.key; });
            auto slash = column.key.find('/');
            auto group = slash == std::string::npos ? tr("Metrics") : oneLine(column.key.substr(0, slash));
            auto runs = column.count == 1 ? tr("1 run") : tr("%1 runs").arg(formatCount(column.count));
            entries.push_back({group, oneLine(column.key), runs, shown});
            m_metrics.push_back(column.key);
        }
    }
    m_metricList->setEntries(std::move(entries));
}

void ChartsColumn::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    placeCharts();
}

void ChartsColumn::scrollContentsBy(int dx, int dy)
{
    QScrollArea::scrollContentsBy(dx, dy);
    wakeAll();
}

void ChartsColumn::showEvent(QShowEvent* event)
{
    QScrollArea::showEvent(event);
    wakeAll();
}

} // namespace sextant
