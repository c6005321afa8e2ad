#include "ui/runs/runs_page.h"

#include "ui/charts/history_cache.h"
#include "ui/runs/charts_column.h"
#include "ui/runs/filter_bar.h"
#include "ui/runs/filter_field.h"
#include "ui/runs/runs_actions.h"
#include "ui/runs/runs_bar.h"
#include "ui/runs/runs_inspector.h"
#include "ui/runs/runs_table_view.h"
#include "ui/shell/brush_chips.h"
#include "ui/shell/view_picker.h"
#include "ui/shell/workspace_edits.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sextant {

namespace {

constexpr int kSelectionDelay = 60;
constexpr int kNarrow = 760; // below: charts stand under the table, so that it keeps its columns

} // namespace

RunsPage::RunsPage(PageContext context, QWidget* parent)
    : Page(parent), m_context(std::move(context)), m_controller(new RunsController(m_context, this)),
      m_writer(new RunWriter(m_context.session, this)),
      m_histories(new HistoryCache(m_context.session, this)), m_bar(new RunsBar(*m_controller)),
      m_filterBar(new FilterBar(*m_controller)), m_banner(new Banner),
      m_table(new RunsTableView(m_controller->model())), m_statePanel(new StatePanel),
      m_stack(new QStackedWidget), m_splitter(new QSplitter(Qt::Horizontal)),
      m_charts(new ChartsColumn(*m_controller, *m_histories)),
      m_inspector(new RunsInspector(m_context, *m_controller, *m_histories))
{
    build();
    connectTable();
    connectController();
    m_actions = std::make_unique<RunsActions>(*this, m_context);
    updateState();
    applyLayout();
}

RunsPage::~RunsPage()
{
    if (m_inspector && !m_inspector->parent())
        delete m_inspector;
}

void RunsPage::build()
{
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_statePanel);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_charts);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({704, Theme::of(this).length("panel.charts")});
    m_charts->setMinimumWidth(240);
    m_banner->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_filterBar);
    layout->addWidget(m_brushes = new BrushChips(m_context));
    layout->addWidget(m_banner);
    layout->addWidget(m_splitter, 1);
    m_bar->addViews(new ViewPicker(m_context, *this));
    m_table->installEventFilter(this);
    setFocusProxy(m_table);
}

void RunsPage::connectTable()
{
    auto& controller = *m_controller;
    auto change = [this](const QString& what, Workspace next) {
        m_controller->change(what, std::move(next));
    };
    connect(m_table, &RunsTableView::eyeToggled, this,
            [this, change](const std::vector<std::string>& runs, bool shown) {
                change(shown ? tr("show runs in charts") : tr("hide runs in charts"),
                       withShown(m_controller->workspace(), runs, shown));
            });
    connect(m_table, &RunsTableView::foldToggled, this, [this](const std::string& run, bool open) {
        m_context.workspaces.replace(withFold(m_controller->workspace(), run, open));
    });
    connect(m_table, &RunsTableView::groupToggled, this, [this](const std::string& key, bool open) {
        m_context.workspaces.replace(withGroupFold(m_controller->workspace(), key, open));
    });
    connect(m_table, &RunsTableView::bestRequested, this, &RunsPage::goToBest);
    connect(m_table, &RunsTableView::pinToggled, this, [this, change](const std::string& run) {
        const auto& now = m_controller->workspace();
        change(tr("pin run"),
               now.baseline == run ? withBaselineToggled(now, run) : withPinsToggled(now, {run}));
    });
    connect(m_table, &RunsTableView::openRequested, this, &RunsPage::openRun);
    connect(m_table, &RunsTableView::cellFilterRequested, this,
            [this](int row, int column) { filterByCell(row, column, CellFilter::Only); });
    connect(m_table, &RunsTableView::selectedRunsChanged, this, [this] { m_selectionDelay.start(); });
    connect(m_table, &RunsTableView::widthsChanged, this, &RunsPage::saveWidths);
    connect(m_table, &RunsTableView::hoveredRunChanged, m_charts, &ChartsColumn::highlightRun);
    connect(m_charts, &ChartsColumn::runHovered, m_table, &RunsTableView::highlightRun);
    connect(m_charts, &ChartsColumn::runPicked, this, [this](const std::string& run) { revealRun(run); });
    connect(&m_table->header(), &RunsHeader::columnsMoved, this, &RunsPage::saveColumnOrder);
    connect(&m_table->header(), &RunsHeader::sortRequested, this,
            [this, change, &controller](int section, bool additional) {
                const auto& column = controller.model().columns()[static_cast<std::size_t>(section)];
                auto ref = column.kind == RunsColumnKind::Name ? ColumnRef{ColumnKind::Attribute, "run_name"}
                           : column.kind == RunsColumnKind::Status
                               ? ColumnRef{ColumnKind::Attribute, "status"}
                               : column.ref;
                auto numeric =
                    column.numeric && (ref.kind == ColumnKind::Param || ref.kind == ColumnKind::Tag);
                change(tr("sort by %1").arg(column.title),
                       withSortClick(m_controller->workspace(), ref, numeric, additional));
            });
    m_selectionDelay.setSingleShot(true);
    m_selectionDelay.setInterval(kSelectionDelay);
    connect(&m_selectionDelay, &QTimer::timeout, this, &RunsPage::updateSelection);
}

void RunsPage::connectController()
{
    connect(m_controller, &RunsController::stateChanged, this, &RunsPage::updateState);
    connect(m_controller, &RunsController::arranged, this, [this] {
        if (m_controller->table()->complete())
            m_table->selectFirst();
        m_selectionDelay.start();
        emit statusChanged();
    });
    connect(&m_context.workspaces, &WorkspaceHistory::changed, this, [this] {
        std::map<ColumnRef, int> widths;
        for (const auto& view : m_controller->workspace().columns)
            widths[view.column] = view.width;
        m_table->setWidths(std::move(widths));
        m_table->header().setOrder(m_controller->workspace().order);
        applyLayout();
    });
    connect(m_filterBar, &FilterBar::leaveRequested, this,
            [this] { m_table->setFocus(Qt::ShortcutFocusReason); });
    connect(m_charts, &ChartsColumn::statusChanged, this, &Page::statusChanged);
    connect(m_inspector, &RunsInspector::bestOfGroupWanted, this, &RunsPage::goToBest);
    connect(m_writer, &RunWriter::failed, this, &RunsPage::say);
    connect(m_writer, &RunWriter::written, this, [this] { m_banner->hide(); });
    m_table->header().setOrder(m_controller->workspace().order);
}

void RunsPage::updateState()
{
    using State = RunsController::State;
    auto state = m_controller->state();
    m_stack->setCurrentIndex(state == State::Ready ? 0 : 1);
    auto clearFilter = [this] { m_filterBar->field().replaceText({}); };
    switch (state) {
    case State::Ready:
        break;
    case State::NoStore:
        m_statePanel->showEmpty(QStringLiteral("database"), tr("No store is open"));
        break;
    case State::Loading:
        m_statePanel->showLoading(tr("Reading runs"), storeName());
        break;
    case State::Failed:
        m_statePanel->showError(m_controller->error());
        m_statePanel->setAction(tr("Try again"), [this] { m_context.session.refresh(true); });
        break;
    case State::NoMatch:
        m_statePanel->showEmpty(QStringLiteral("funnel"), tr("No run matches"),
                                (m_controller->workspace().brushes.empty()
                                     ? tr("%1 of %1 hidden by the filter")
                                     : tr("%1 of %1 outside of the filter and brushes"))
                                    .arg(formatCount(m_controller->candidateRuns())));
        if (m_controller->workspace().filter.empty())
            m_statePanel->setAction(tr("Clear brushes"), [this] { m_brushes->clear(); });
        else
            m_statePanel->setAction(tr("Clear filter"), clearFilter);
        break;
    case State::NoRuns:
        auto deletedOnly = m_controller->workspace().view == ViewType::DeletedOnly;
        m_statePanel->showEmpty(
            QStringLiteral("flask-conical"), deletedOnly ? tr("No deleted runs") : tr("No runs here yet"),
            deletedOnly ? QString()
                        : tr("Runs appear as soon as a training logs one to %1").arg(storeName()));
        break;
    }
    emit statusChanged();
}

void RunsPage::updateSelection()
{
    if (auto group = m_table->selectedGroup(); !group.empty()) {
        m_inspector->showGroup(group);
        emit statusChanged();
        return;
    }
    auto current = m_table->currentRun();
    auto selected = m_table->selectedRuns(2);
    m_inspector->showRun(selected.size() == 1 ? selected.front() : current);
    emit statusChanged();
}

void RunsPage::applyLayout()
{
    auto layout = m_controller->workspace().layout;
    m_stack->setVisible(layout != Workspace::Layout::Charts);
    m_charts->setVisible(layout != Workspace::Layout::Table);
    m_charts->setGrid(layout == Workspace::Layout::Charts);
}

void RunsPage::placeCharts()
{
    auto wanted = width() < kNarrow ? Qt::Vertical : Qt::Horizontal;
    if (m_splitter->orientation() == wanted)
        return;
    m_splitter->setOrientation(wanted);
    auto charts = Theme::of(this).length("panel.charts");
    m_splitter->setSizes(wanted == Qt::Vertical ? QList<int>{height() / 2, height() / 2}
                                                : QList<int>{width() - charts, charts});
}

void RunsPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    placeCharts();
}

void RunsPage::saveWidths()
{
    auto next = m_controller->workspace();
    auto widths = m_table->widths();
    for (auto& view : next.columns) {
        if (auto found = widths.find(view.column); found != widths.end())
            view.width = found->second;
    }
    m_context.workspaces.replace(std::move(next));
}

void RunsPage::saveColumnOrder()
{
    const auto& header = m_table->header();
    const auto& columns = m_controller->model().columns();
    std::vector<ColumnRef> order;
    for (int visual = 0; visual < header.count(); ++visual) {
        const auto& column = columns[static_cast<std::size_t>(header.logicalIndex(visual))];
        if (column.kind == RunsColumnKind::Value)
            order.push_back(column.ref);
    }
    auto next = withColumnOrder(m_controller->workspace(), order);
    if (next == m_controller->workspace())
        m_table->setWidths(m_table->widths()); // a fixed column was dragged: everything back to its place
    else
        m_controller->change(tr("move column"), std::move(next));
}

QString RunsPage::storeName() const
{
    return QString::fromStdString(m_context.session.info().name);
}

void RunsPage::revealRun(const std::string& runId)
{
    const auto& model = m_controller->model();
    const auto* groups = model.groups();
    auto row = groups ? model.arrangement()->table->find(runId) : std::nullopt;
    if (auto group = row && model.rowOf(*row) < 0 ? model.groupOfRun(*row) : -1; group >= 0)
        m_context.workspaces.replace(withGroupFold(
            m_controller->workspace(), groups->groups[static_cast<std::size_t>(group)].key, true));
    m_table->selectRun(runId);
}

void RunsPage::goToBest(int group)
{
    const auto& model = m_controller->model();
    if (!model.groups() || group < 0)
        return;
    auto best = model.groups()->groups[static_cast<std::size_t>(group)].best;
    if (best != kNoRow)
        revealRun(std::string(model.arrangement()->table->runId(best)));
}

std::vector<std::string> RunsPage::chosenRuns() const
{
    auto runs = m_table->selectedRuns();
    if (auto current = m_table->currentIndex(); runs.empty() && current.isValid()) {
        for (auto run : m_controller->model().runsAt(current.row()))
            runs.emplace_back(m_controller->model().arrangement()->table->runId(run));
    }
    return runs;
}

QWidget* RunsPage::inspector()
{
    return m_inspector;
}

void RunsPage::open(const QString& subject)
{
    if (!subject.isEmpty())
        revealRun(toStdString(subject));
    m_table->setFocus(Qt::OtherFocusReason);
}

void RunsPage::openRun(const std::string& runId)
{
    if (m_context.navigate)
        m_context.navigate(QStringLiteral("run"), QString::fromStdString(runId));
}

QStringList RunsPage::status() const
{
    if (!m_controller->table())
        return {};
    auto total = m_controller->totalRuns();
    QStringList parts{total == 1 ? tr("1 run") : tr("%1 runs").arg(formatCount(total))};
    if (!m_controller->table()->complete())
        parts.front() += tr(", values are being read");
    if (m_controller->matchingRuns() != total)
        parts << tr("%1 match").arg(formatCount(m_controller->matchingRuns()));
    parts << m_charts->status();
    if (auto selected = m_table->selectedCount(); selected > 0)
        parts << tr("%1 selected").arg(formatCount(static_cast<quint64>(selected)));
    parts.removeAll(QString());
    return parts;
}

bool RunsPage::settled() const
{
    return !m_context.session.reading() && !m_controller->busy() && !m_selectionDelay.isActive() &&
           m_filterBar->settled() && m_charts->settled();
}

bool RunsPage::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_table && event->type() == QEvent::FocusIn)
        emit statusChanged();
    return Page::eventFilter(object, event);
}

} // namespace sextant
