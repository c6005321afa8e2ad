// RunsInspector: what stands at the right of the Runs page: the selected run at a glance. Values come from
// the snapshot at once; lines and the size of the artifacts follow from jobs. GUI thread only.
#pragma once

#include "ui/charts/history_cache.h"
#include "ui/widgets/fact_rows.h"
#include "ui/runs/runs_controller.h"

class QPushButton;
class QStackedWidget;

namespace sextant {

class BadgeLabel;
class ElidedLabel;
class GroupInspector;
class IdLabel;
class Section;
class StatePanel;
class TextLabel;

class RunsInspector final : public QWidget
{
    Q_OBJECT
public:
    RunsInspector(const PageContext& context, RunsController& controller, HistoryCache& histories,
                  QWidget* parent = nullptr);

    /// Empty: nothing is selected.
    void showRun(const std::string& runId);
    /// All figures of a group of runs, by its key.
    void showGroup(const std::string& key);
    const std::string& runId() const { return m_runId; }

signals:
    void bestOfGroupWanted(int group);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Dot;
    QWidget* buildHead();
    QWidget* buildBody();
    void refresh(bool anotherRun);
    void fillMetrics(const RunTable& table, RowIndex row);
    void fillParams(const RunTable& table, RowIndex row);
    void loadLines();
    void loadArtifacts();

    PageContext m_context;
    RunsController& m_controller;
    HistoryCache& m_histories;
    std::string m_runId;
    std::string m_groupKey;
    bool m_allMetrics = false, m_allParams = false;

    QStackedWidget* m_stack;
    StatePanel* m_empty;
    GroupInspector* m_group;
    Dot* m_dot = nullptr;
    ElidedLabel* m_name = nullptr;
    BadgeLabel* m_status = nullptr;
    IdLabel* m_id = nullptr;
    Section* m_overview = nullptr;
    Section* m_metrics = nullptr;
    Section* m_params = nullptr;
    Section* m_tags = nullptr;
    Section* m_artifacts = nullptr;
    FactRows* m_overviewRows = nullptr;
    FactRows* m_metricRows = nullptr;
    FactRows* m_paramRows = nullptr;
    TagChips* m_chips = nullptr;
    QPushButton* m_moreMetrics = nullptr;
    QPushButton* m_moreParams = nullptr;
    TextLabel* m_artifactText = nullptr;
};

} // namespace sextant
