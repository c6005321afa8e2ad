// CurvePanel: one panel of the Curves tab: the chart of a metric, its frame, a handle to resize it, and what
// its menu says of the levels its settings come from. GUI thread only.
#pragma once

#include "ui/charts/metric_chart.h"
#include "ui/compare/curve_cascade.h"
#include "ui/shell/page.h"

namespace sextant {

class CurvePanel final : public QWidget
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
    void setOnBoard(bool onBoard);

signals:
    void choiceMade(const sextant::CurveChoice& changes);
    void resetWanted(sextant::SettingsLevel level); // to what this level says
    void
    spreadWanted(sextant::SettingsLevel level); // use this panel's settings for the whole section or page
    void boardWanted(bool onBoard);
    void xMetricWanted();
    void dragged(QPoint global, bool finished); // the head, to another place
    void resized(QSize size, bool finished);    // the wanted size

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    class Grip;
    void addToMenu();
    void fillLevels();

    std::string m_metric, m_section;
    MetricChart* m_chart;
    Grip* m_grip;
    QMenu* m_levels;
    QAction* m_toBoard;
    ResolvedCurve m_resolved;
    bool m_onBoard = false;
    QPoint m_pressed;
    enum class Drag { None, Pressed, Moving } m_drag = Drag::None;
};

} // namespace sextant
