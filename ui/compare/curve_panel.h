// CurvePanel: one panel of the Curves tab: the chart of a metric, its frame, a handle to resize it, and what
// its menu says of the levels its settings come from. GUI thread only.
#pragma once

#include "ui/charts/metric_chart.h"
#include "ui/compare/curve_cascade.h"
#include "ui/compare/grid_panel.h"
#include "ui/shell/page.h"

namespace sextant {

class CurvePanel final : public GridPanel
{
    Q_OBJECT
public:
    CurvePanel(PageContext& context, HistoryCache& histories, const std::string& metric,
               const std::string& section, QWidget* parent);

    const std::string& metric() const { return m_metric; }
    const std::string& section() const { return m_section; }
    MetricChart& chart() { return *m_chart; }
    LineCanvas& canvas() { return *m_chart->panel().canvas(); }

    void setResolved(const ResolvedCurve& resolved);
    /// On the board: can be resized; off it, the menu offers to put it there.
    void setPlace(bool onBoard);

signals:
    void choiceMade(const sextant::CurveChoice& changes);
    void resetWanted(sextant::SettingsLevel level); // to what this level says
    void
    spreadWanted(sextant::SettingsLevel level); // use this panel's settings for the whole section or page
    void xMetricWanted();

private:
    CurvePanel(MetricChart* chart, const std::string& metric, const std::string& section, QWidget* parent);
    void addToMenu();
    void fillLevels();

    std::string m_metric, m_section;
    MetricChart* m_chart;
    QMenu* m_levels;
    QAction* m_toBoard;
    ResolvedCurve m_resolved;
};

} // namespace sextant
