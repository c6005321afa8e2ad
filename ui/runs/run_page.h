// RunPage: everything one run logged, in tabs. Reads the run from the store; steps to the runs before and
// after it in the table. GUI thread only.
#pragma once

#include "core/tracking/run.h"
#include "ui/shell/page.h"

class QTabBar;
class QStackedWidget;
class QTreeView;

namespace sextant {

class ArtifactModel;
class ArtifactPreview;
class BadgeLabel;
class Banner;
class ElidedLabel;
class IconButton;
class IdLabel;
class RunCharts;
class RunOverview;
class RunsPage;
class RunVersions;
class RunWriter;
class StatePanel;
class TextLabel;
struct RunEdit;

class RunPage final : public Page
{
    Q_OBJECT
public:
    enum Tab { Overview, Metrics, Artifacts };

    RunPage(PageContext context, RunsPage& list, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("run"); }
    QString title() const override { return tr("Run"); }
    QString icon() const override { return {}; }
    void open(const QString& subject) override;
    QStringList status() const override;
    bool settled() const override;

    const std::string& runId() const { return m_runId; }
    void showTab(Tab tab);
    void step(int by);
    RunOverview& overview() { return *m_overview; }
    ArtifactModel& artifacts() { return *m_artifacts; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildBar();
    QWidget* buildHead();
    QWidget* buildArtifacts();
    void addActions();
    void connectParts();
    void load();
    void present();
    void presentHead();
    void loadArtifacts();
    void updatePlace();
    void startEdit(const RunEdit& edit);
    int placeInView() const;

    PageContext m_context;
    RunsPage& m_list;
    RunWriter* m_writer;
    std::string m_runId;
    Run m_run;
    bool m_loading = false, m_listing = false;

    ArtifactModel* m_artifacts;
    RunOverview* m_overview;
    RunCharts* m_charts;
    ArtifactPreview* m_preview = nullptr;
    QTreeView* m_tree = nullptr;
    Banner* m_banner = nullptr;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_stack = nullptr;
    QStackedWidget* m_outer = nullptr;
    StatePanel* m_state = nullptr;
    ElidedLabel* m_crumb = nullptr;
    TextLabel* m_place = nullptr;
    IconButton* m_previous = nullptr;
    IconButton* m_next = nullptr;
    ElidedLabel* m_name = nullptr;
    BadgeLabel* m_status = nullptr;
    IdLabel* m_idLabel = nullptr;
    ElidedLabel* m_line = nullptr;
    IconButton* m_rename = nullptr;
    RunVersions* m_versions = nullptr;
    class Dot;
    Dot* m_dot = nullptr;
};

} // namespace sextant
