// RunsController: keeps the runs model in step with the store and the workspace. Filters and orders in jobs,
// the newest request wins; meanwhile the rows before stay. Chooses columns, charts and visible runs for a
// store seen first. GUI thread only.
#pragma once

#include "ui/runs/runs_model.h"
#include "ui/shell/page.h"

#include <optional>

namespace sextant {

class RunsController final : public QObject
{
    Q_OBJECT
public:
    enum class State { NoStore, Loading, Failed, NoRuns, NoMatch, Ready };

    RunsController(PageContext& context, QObject* parent);

    RunsModel& model() { return m_model; }
    const PageContext& context() const { return m_context; }
    const Workspace& workspace() const { return m_context.workspaces.current(); }
    void change(const QString& what, Workspace next) { m_context.workspaces.change(what, std::move(next)); }

    State state() const { return m_state; }
    bool busy() const { return m_busy || m_choosing; }
    /// Why the runs could not be arranged or read.
    const Error& error() const { return m_error; }

    std::size_t totalRuns() const;     // of the store
    std::size_t candidateRuns() const; // of the chosen experiments and view
    std::size_t matchingRuns() const;

    /// Takes what is typed. A text that does not parse changes nothing but filterError(). `finished`: the
    /// text stands for itself as one step to undo; while typing, steps flow together.
    void setFilterText(const QString& text, bool finished);
    const std::optional<Error>& filterError() const { return m_filterError; }
    const std::string& filterText() const { return m_typed; }
    bool filterIsPortable() const { return m_filter.portable(); }

    /// Metric keys worth charting next, besides those charted.
    RunTablePtr table() const { return m_context.session.table(); }

signals:
    void stateChanged();  // state, counts
    void filterChanged(); // text, error, or portability
    void arranged();      // the model has new rows

private:
    struct Outcome;
    void onTableChanged();
    void onWorkspaceChanged(const Workspace& before);
    bool needsArranging(const Workspace& before) const;
    void arrange();
    void onArranged(Result<Outcome> result);
    void takeDefaults(const Outcome& outcome);
    void chooseWhatIsDrawn();
    void setState(State state);
    void updateState();
    void parseWorkspaceFilter();

    PageContext& m_context;
    RunsModel m_model;
    State m_state = State::NoStore;
    Error m_error;
    std::optional<Error> m_arrangeError;
    Filter m_filter; // the last valid one
    std::string m_typed;
    std::optional<Error> m_filterError;
    bool m_typing = false;
    bool m_busy = false;
    bool m_choosing = false;
    std::vector<std::string> m_drawnFor; // the experiments that the visible runs were chosen from
};

} // namespace sextant
