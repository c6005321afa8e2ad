#include "ui/compare/compare_controller.h"

#include "ui/shell/workspace_edits.h"

namespace sextant {

namespace {

const QString kLane = QStringLiteral("compare.scene");

/// What scenes are made of.
bool sameScene(const Workspace& a, const Workspace& b)
{
    const auto& x = a.compare;
    const auto& y = b.compare;
    return x.source == y.source && x.runs == y.runs && x.filter == y.filter && x.hidden == y.hidden &&
           x.grouping == y.grouping && x.colorBy == y.colorBy && x.dashBy == y.dashBy &&
           x.foldedGroups == y.foldedGroups && x.sortMetric == y.sortMetric &&
           x.sortDescending == y.sortDescending && x.panels == y.panels && a.shown == b.shown &&
           a.pinned == b.pinned && a.baseline == b.baseline && a.colors == b.colors &&
           a.directions == b.directions && a.filter == b.filter && a.brushes == b.brushes &&
           a.order == b.order && a.experimentIds == b.experimentIds && a.view == b.view;
}

} // namespace

CompareController::CompareController(PageContext& context, QObject* parent)
    : QObject(parent), m_context(context), m_scene(std::make_shared<CompareScene>())
{
    connect(&context.session, &Session::tableChanged, this, &CompareController::refresh);
    connect(&context.session, &Session::stateChanged, this, &CompareController::refresh);
    connect(&context.workspaces, &WorkspaceHistory::changed, this, &CompareController::onWorkspaceChanged);
}

void CompareController::setActive(bool active)
{
    m_active = active;
    if (active && m_stale)
        refresh();
}

void CompareController::change(const QString& what, const std::function<void(CompareView&)>& edit)
{
    changeWorkspace(what, [&](Workspace& workspace) { edit(workspace.compare); });
}

void CompareController::changeWorkspace(const QString& what, const std::function<void(Workspace&)>& edit)
{
    auto next = workspace();
    edit(next);
    m_context.workspaces.change(what, std::move(next));
}

void CompareController::replace(const std::function<void(CompareView&)>& edit)
{
    auto next = workspace();
    edit(next.compare);
    m_context.workspaces.replace(std::move(next));
}

QJsonObject CompareController::tabState(const QString& tab) const
{
    auto found = view().tabs.find(tab.toStdString());
    return found == view().tabs.end() ? QJsonObject() : found->second;
}

void CompareController::setTabState(const QString& tab, const QString& what, const QJsonObject& state)
{
    change(what, [&](CompareView& view) { view.tabs[tab.toStdString()] = state; });
}

void CompareController::setHidden(const std::vector<std::string>& runIds, bool hidden)
{
    auto what = runIds.size() == 1 ? (hidden ? tr("hide run") : tr("show run"))
                                   : (hidden ? tr("hide runs") : tr("show runs"));
    change(what, [&](CompareView& view) {
        for (const auto& run : runIds) {
            if (hidden)
                view.hidden.insert(run);
            else
                view.hidden.erase(run);
        }
    });
}

void CompareController::toggleBaseline(const std::string& runId)
{
    changeWorkspace(tr("set baseline"), [&](Workspace& workspace) {
        workspace = withBaselineToggled(std::move(workspace), runId);
    });
}

void CompareController::onWorkspaceChanged(const Workspace& before)
{
    if (!sameScene(before, workspace()))
        refresh();
    emit workspaceChanged(before);
}

void CompareController::refresh()
{
    m_stale = true;
    if (!m_active)
        return;
    auto table = m_context.session.table();
    if (!table) {
        m_scene = std::make_shared<CompareScene>();
        m_busy = false;
        m_context.jobs.cancelLane(kLane);
        auto failed = m_context.session.state() == Session::State::Failed;
        m_error = m_context.session.error();
        setState(failed                                              ? State::Failed
                 : m_context.session.state() == Session::State::Open ? State::Loading
                                                                     : State::NoStore);
        return emit sceneChanged();
    }
    m_stale = false;
    m_busy = true;
    SceneRequest request{table, workspace(), {}};
    auto make = [request](Store* store, const Operation& operation) -> Result<CompareScenePtr> {
        SEXTANT_TRY(auto rows, comparedRows(request, store, operation));
        return makeScene(request, std::move(rows));
    };
    auto done = [this](Result<CompareScenePtr> scene) { onScene(std::move(scene)); };
    if (needsStore(request))
        m_context.session.read<CompareScenePtr>(
            tr("Reading histories for the filter"), kLane, this,
            [make](Store& store, const Operation& operation) { return make(&store, operation); }, done);
    else
        m_context.jobs.start<CompareScenePtr>(
            tr("Comparing runs"), kLane, this,
            [make](const Operation& operation) { return make(nullptr, operation); }, done);
}

void CompareController::onScene(Result<CompareScenePtr> scene)
{
    m_busy = false;
    if (!scene) {
        if (scene.error().code == ErrorCode::Cancelled)
            return;
        m_error = scene.error();
        m_scene = std::make_shared<CompareScene>();
        setState(State::Failed);
        return emit sceneChanged();
    }
    m_scene = std::move(*scene);
    setState(m_scene->runs.empty() ? State::NoRuns : State::Ready);
    emit sceneChanged();
}

void CompareController::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

} // namespace sextant
