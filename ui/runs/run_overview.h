// RunOverview: the first tab of a run's page: its metrics, its parameters beside the baseline's, and what it
// came from and left behind. GUI thread only.
#pragma once

#include "ui/runs/run_tables.h"
#include "ui/shell/page.h"

class QPushButton;
class QTableView;
class QTreeView;

namespace sextant {

class ArtifactModel;
class FactRows;
class NoteView;
class TagChips;
class TextLabel;

class RunOverview final : public QWidget
{
    Q_OBJECT
public:
    RunOverview(const PageContext& context, ArtifactModel& artifacts, QWidget* parent = nullptr);

    void showRun(const Run& run, const std::optional<TagMap>& baselineParams);
    /// Reads all histories of the run's metrics, part by part.
    void loadFacts();
    bool loading() const { return m_loading; }
    RunMetricsModel& metrics() { return *m_metrics; }
    RunParamsModel& params() { return *m_params; }

signals:
    void chartsRequested();
    void noteEditRequested();
    void tagEditRequested(const QString& key, const QString& value);
    void artifactRequested(const std::string& path);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitMetrics();
    QWidget* buildMetrics();
    QWidget* buildParams();
    QWidget* buildRest();
    /// `inset` from the left: a space of the theme, so that a heading stands above the text below it.
    QWidget* heading(const QString& title, TextLabel** detail, QWidget* action,
                     const char* inset = "space.3");
    void updateMetricsDetail();

    PageContext m_context;
    ArtifactModel& m_artifacts;
    std::string m_runId;
    RunMetricsModel* m_metrics;
    RunParamsModel* m_params;
    QTableView* m_metricsView = nullptr;
    QTableView* m_paramsView = nullptr;
    QTreeView* m_artifactView = nullptr;
    QPushButton* m_openCharts = nullptr;
    TextLabel* m_noMetrics = nullptr;
    TextLabel* m_noParams = nullptr;
    TextLabel* m_metricsDetail = nullptr;
    TextLabel* m_paramsDetail = nullptr;
    TextLabel* m_dataDetail = nullptr;
    TextLabel* m_tagsDetail = nullptr;
    TextLabel* m_artifactsDetail = nullptr;
    TextLabel* m_noteEmpty = nullptr;
    NoteView* m_note = nullptr;
    QPushButton* m_editNote = nullptr;
    QPushButton* m_openFiles = nullptr;
    FactRows* m_data = nullptr;
    FactRows* m_code = nullptr;
    TagChips* m_tags = nullptr;
    bool m_loading = false;
};

} // namespace sextant
