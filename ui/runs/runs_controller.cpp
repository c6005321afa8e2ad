#include "ui/runs/runs_controller.h"

#include "ui/runs/first_view.h"
#include "ui/shell/workspace_edits.h"
#include "ui/widgets/store_text.h"

namespace sextant {

namespace {

const QString kLane = QStringLiteral("runs.arrange");
const QString kFirstViewLane = QStringLiteral("runs.firstView");

GroupRequest groupRequestOf(const Workspace& workspace)
{
    if (workspace.groups.columns.empty())
        return {};
    auto metric = mainMetric(workspace);
    return {workspace.groups.columns, workspace.groups.figure, metric, betterOf(workspace, metric)};
}

std::vector<ColumnRef> columnsOf(const Workspace& workspace)
{
    std::vector<ColumnRef> columns;
    for (const auto& view : workspace.columns)
        columns.push_back(view.column);
    return columns;
}

} // namespace

struct RunsController::Outcome
{
    RunArrangementPtr arrangement;
    // For a store seen first.
    std::vector<ColumnRef> columns;
};

RunsController::RunsController(PageContext& context, QObject* parent)
    : QObject(parent), m_context(context), m_model(this)
{
    connect(&context.session, &Session::tableChanged, this, &RunsController::onTableChanged);
    connect(&context.session, &Session::stateChanged, this, &RunsController::updateState);
    connect(&context.workspaces, &WorkspaceHistory::changed, this, &RunsController::onWorkspaceChanged);
    parseWorkspaceFilter();
    onTableChanged();
}

std::size_t RunsController::totalRuns() const
{
    auto runs = table();
    return runs ? runs->size() : 0;
}

std::size_t RunsController::candidateRuns() const
{
    return m_model.arrangement() ? m_model.arrangement()->candidates : 0;
}

std::size_t RunsController::matchingRuns() const
{
    return m_model.arrangement() ? m_model.arrangement()->rows.size() : 0;
}

void RunsController::setFilterText(const QString& text, bool finished)
{
    auto typed = toStdString(text);
    if (typed != m_typed || finished) {
        m_typed = typed;
        auto parsed = Filter::parse(m_typed, FilterTarget::Runs);
        m_filterError = parsed ? std::nullopt : std::optional(parsed.error());
        if (parsed && m_typed != workspace().filter) {
            auto next = workspace();
            next.filter = m_typed;
            if (std::exchange(m_typing, true))
                m_context.workspaces.replace(std::move(next));
            else
                change(tr("change filter"), std::move(next));
        }
    }
    if (finished)
        m_typing = false;
    emit filterChanged();
}

void RunsController::parseWorkspaceFilter()
{
    auto parsed = Filter::parse(workspace().filter, FilterTarget::Runs);
    if (parsed)
        m_filter = std::move(*parsed);
    m_filterError = parsed ? std::nullopt : std::optional(parsed.error());
    m_typed = workspace().filter;
}

void RunsController::onTableChanged()
{
    if (table())
        arrange();
    updateState();
}

bool RunsController::needsArranging(const Workspace& before) const
{
    const auto& now = workspace();
    if (now.order != before.order || now.filter != before.filter || now.brushes != before.brushes ||
        now.experimentIds != before.experimentIds || now.view != before.view || now.nested != before.nested ||
        groupRequestOf(now) != groupRequestOf(before))
        return true;
    const auto& arrangement = m_model.arrangement();
    return std::any_of(now.columns.begin(), now.columns.end(), [&](const ColumnView& view) {
        return !arrangement || !arrangement->facts(view.column);
    });
}

void RunsController::onWorkspaceChanged(const Workspace& before)
{
    if (workspace().filter != before.filter) {
        auto typed = m_typed;
        parseWorkspaceFilter();
        if (typed != m_typed)
            m_typing = false; // undone or restored: not what is being typed
        emit filterChanged();
    }
    if (needsArranging(before))
        arrange();
    else
        m_model.applyWorkspace(workspace());
    emit stateChanged();
}

void RunsController::arrange()
{
    if (!table())
        return;
    const auto& now = workspace();
    ArrangeRequest request{table(),           m_filter,           now.brushes, {},
                           now.experimentIds, now.view,           now.order,   now.nested,
                           columnsOf(now),    groupRequestOf(now)};
    auto first = now.columns.empty();
    auto finish = [first](Result<RunArrangementPtr> arranged) -> Result<Outcome> {
        if (!arranged)
            return tl::unexpected(std::move(arranged).error());
        Outcome outcome{std::move(*arranged), {}};
        const auto& runs = *outcome.arrangement->table;
        if (first && runs.complete())
            outcome.columns = defaultColumns(runs, outcome.arrangement->rows);
        return outcome;
    };
    auto done = [this](Result<Outcome> result) { onArranged(std::move(result)); };
    m_busy = true;
    if (m_filter.historyMetrics().empty()) {
        m_context.jobs.start<Outcome>(
            tr("Filtering runs"), kLane, this,
            [request, finish](const Operation& operation) { return finish(arrangeRuns(request, operation)); },
            done);
    } else {
        m_context.session.read<Outcome>(
            tr("Reading histories for the filter"), kLane, this,
            [request, finish](Store& store, const Operation& operation) {
                return finish(arrangeWithHistories(store, request, operation));
            },
            done);
    }
}

void RunsController::onArranged(Result<Outcome> result)
{
    m_busy = false;
    if (!result) {
        if (result.error().code != ErrorCode::Cancelled)
            m_arrangeError = result.error();
        return updateState();
    }
    m_arrangeError.reset();
    m_model.setArrangement(result->arrangement, workspace());
    if (!result->columns.empty() && workspace().columns.empty())
        takeDefaults(*result);
    chooseWhatIsDrawn();
    updateState();
    emit arranged();
}

void RunsController::takeDefaults(const Outcome& outcome)
{
    auto next = workspace();
    for (const auto& column : outcome.columns)
        next.columns.push_back({column, 0});
    m_context.workspaces.replace(std::move(next));
}

void RunsController::chooseWhatIsDrawn()
{
    // Once for a store seen first, and again when another choice of experiments leaves nothing of what was
    // drawn.
    const auto& arrangement = m_model.arrangement();
    const auto& now = workspace();
    auto untouched = now.shown.empty() && now.charts.empty();
    auto moved = m_drawnFor != now.experimentIds;
    m_drawnFor = now.experimentIds;
    auto anyListed = std::any_of(now.shown.begin(), now.shown.end(), [&](const std::string& run) {
        auto row = arrangement->table->find(run);
        return row && m_model.listed(*row);
    });
    if (arrangement->rows.empty() || !arrangement->table->complete() || !(untouched || (moved && !anyListed)))
        return;
    m_choosing = true;
    m_context.session.read<FirstView>(
        tr("Looking for curves"), kFirstViewLane, this,
        [arrangement](Store& store, const Operation& operation) {
            return chooseFirstView(*store.tracking, *arrangement, operation);
        },
        [this](Result<FirstView> view) {
            m_choosing = false;
            if (!view)
                return;
            auto next = workspace();
            next.charts.clear();
            for (auto& metric : view->charts)
                next.charts.push_back({std::move(metric)});
            next.shown = {view->shown.begin(), view->shown.end()};
            m_context.workspaces.replace(std::move(next));
        });
}

void RunsController::updateState()
{
    const auto& session = m_context.session;
    const bool unread =
        !session.reading() && !session.error().message.empty(); // the first reading failed or was stopped
    if (!table() &&
        (session.state() == Session::State::Failed || (session.state() == Session::State::Open && unread))) {
        m_error = session.error();
        return setState(State::Failed);
    }
    if (m_arrangeError) {
        m_error = *m_arrangeError;
        return setState(State::Failed);
    }
    if (!table())
        return setState(session.state() == Session::State::Closed ? State::NoStore : State::Loading);
    if (!m_model.arrangement())
        return setState(State::Loading);
    if (m_model.arrangement()->rows.empty())
        return setState(candidateRuns() > 0   ? State::NoMatch
                        : table()->complete() ? State::NoRuns
                                              : State::Loading);
    setState(State::Ready);
}

void RunsController::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

} // namespace sextant
