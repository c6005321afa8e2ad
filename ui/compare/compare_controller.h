// CompareController: keeps the scene of the Compare page in step with store and workspace, and is where all
// of the page's changes of the workspace go through. Scenes are made in jobs, the newest request wins. GUI
// thread only.
#pragma once

#include "ui/compare/compare_scene.h"
#include "ui/shell/page.h"

namespace sextant {

class CompareController final : public QObject
{
    Q_OBJECT
public:
    enum class State { NoStore, Loading, Failed, NoRuns, Ready };

    CompareController(PageContext& context, QObject* parent);

    const CompareScenePtr& scene() const { return m_scene; } // never null
    const Workspace& workspace() const { return m_context.workspaces.current(); }
    const CompareView& view() const { return workspace().compare; }
    State state() const { return m_state; }
    const Error& error() const { return m_error; }
    bool busy() const { return m_busy; }

    /// Scenes are made only while somebody looks.
    void setActive(bool active);

    /// One step to undo; `what` names it: "hide run".
    void change(const QString& what, const std::function<void(CompareView&)>& edit);
    void changeWorkspace(const QString& what, const std::function<void(Workspace&)>& edit);
    /// The same without a step to undo.
    void replace(const std::function<void(CompareView&)>& edit);

    /// What a tab keeps; empty when it keeps nothing.
    QJsonObject tabState(const QString& tab) const;
    void setTabState(const QString& tab, const QString& what, const QJsonObject& state);

    void setHidden(const std::vector<std::string>& runIds, bool hidden);
    /// Makes the run the baseline; none when it is that already.
    void toggleBaseline(const std::string& runId);

signals:
    void sceneChanged();
    void stateChanged();
    void workspaceChanged(const sextant::Workspace& before);

private:
    void onWorkspaceChanged(const Workspace& before);
    void refresh();
    void onScene(Result<CompareScenePtr> scene);
    void setState(State state);

    PageContext& m_context;
    CompareScenePtr m_scene;
    State m_state = State::NoStore;
    Error m_error;
    bool m_active = false;
    bool m_stale = true;
    bool m_busy = false;
};

} // namespace sextant
