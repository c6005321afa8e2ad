// CurvesGrid: scrolls over the panels of the Curves tab. Only what is in sight has a widget, made a few at a
// time; what went out of sight lets its points go. Keeps zoom, crosshair and the stressed run of all panels
// together. GUI thread only.
#pragma once

#include "ui/charts/metric_chart.h"
#include "ui/compare/compare_tab.h"
#include "ui/compare/curve_layout.h"

#include <QAbstractScrollArea>
#include <QTimer>

namespace sextant {

class CurvePanel;
class GridPanel;
class ParallelPanel;
class SectionHead;
enum class SettingsLevel;

class CurvesGrid final : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit CurvesGrid(CompareContext& context, QWidget* parent = nullptr);
    ~CurvesGrid() override;

    void showScene(const CompareScenePtr& scene);
    /// Takes the workspace's panels, search, folds and settings again.
    void takeView();
    /// Panels to show while the user has chosen none.
    void setDefaults(std::vector<ComparePanel> panels);
    const std::vector<ComparePanel>& board() const;
    void highlightRun(const std::string& runId);

    /// Fills the tab with one panel; nothing brings the others back.
    void maximize(const std::optional<PanelId>& panel);
    void maximize(const std::string& metric);
    const std::optional<PanelId>& maximized() const { return m_maximized; }
    /// The next or previous panel, maximised or focused.
    void step(int by);
    /// The panel with the focus, else the one used last; nothing without panels.
    std::optional<PanelId> current() const;
    /// The same where it is a line chart; else null.
    CurvePanel* currentPanel() const;
    /// Null while it is not in sight.
    ParallelPanel* parallelPanel() const;
    void moveCurrent(int by);
    void resizeCurrent(int columns, int rows);

    bool settled() const;
    std::size_t points() const;  // in sight
    std::size_t leftOut() const; // compared runs beyond the most that one panel draws
    bool zoomed() const { return m_window.x.has_value(); }
    const CurveLayout& layout() const { return m_layout; }
    std::vector<CurvePanel*> panelsInSight() const;

signals:
    void runHovered(const std::string& runId);
    void runPicked(const std::string& runId);
    void changed();                                // points, zoom, what is maximised
    void xMetricWanted(const std::string& metric); // for this panel
    void sectionMenuWanted(const std::string& section, QPoint global);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    // curves_grid_panels.cpp
    CurvePanel* makePanel(const CurveItem& item);
    void connectCanvas(CurvePanel* panel);
    void makeParallel();
    void connectFrame(GridPanel* panel, const PanelId& id);
    GridPanel* frameOf(const PanelId& id) const;
    void onDragged(const PanelId& id, QPoint global, bool finished);
    void showDrop(int boardPlace); // -1: nowhere
    void onResized(const PanelId& id, QSize size, bool finished);
    void reset(CurvePanel* panel, SettingsLevel level);
    void spread(CurvePanel* panel, SettingsLevel level);
    void syncWindow(CurvePanel* source, const ViewWindow& window);

    void relayout();
    void place();
    bool placeItem(const CurveItem& item, const QRect& rect);
    void placeHead(const CurveItem& item, const QRect& rect);
    void build();
    void drop(std::map<std::string, CurvePanel*>::iterator panel);
    void dress(CurvePanel* panel, const CurveItem& item);
    void wakeNext(); // in reading order
    void trim();
    void limitHistories();
    void paintBack(QPaintEvent* event);
    void editBoard(const QString& what, const std::function<void(std::vector<ComparePanel>&)>& edit);

    CompareContext& m_context;
    CompareScenePtr m_scene = std::make_shared<CompareScene>();
    std::vector<ComparePanel> m_defaults;
    CurveLayout m_layout;
    std::map<std::string, CurvePanel*> m_panels; // by metric; more than are in sight
    std::map<std::string, SectionHead*> m_heads; // in sight
    std::vector<ChartLine> m_lines;
    ParallelPanel* m_parallel = nullptr; // made when it comes into sight
    std::optional<PanelId> m_maximized;
    PanelId m_current;
    QString m_hoveredRun;
    ViewWindow m_window; // of all panels, when they zoom together
    int m_windowAxis = 0;
    bool m_syncing = false;
    QWidget* m_drop; // marks where a dragged panel would come
    QTimer m_build;
    QTimer m_wake;
    QTimer m_next;
    bool m_waking = false;
};

} // namespace sextant
