// RunCharts: the Metrics tab of a run's page: every metric as a chart, found by name, read when it comes into
// sight. GUI thread only.
#pragma once

#include "core/tracking/run.h"
#include "ui/charts/history_cache.h"

#include <QWidget>

class QGridLayout;
class QPushButton;
class QScrollArea;

namespace sextant {

class MetricChart;
class SearchField;
class StatePanel;
class TextLabel;
struct ChartLine;

class RunCharts final : public QWidget
{
    Q_OBJECT
public:
    RunCharts(Session& session, Jobs& jobs, HistoryCache& histories, QWidget* parent = nullptr);

    void showRun(const Run& run, int color);
    bool settled() const;
    std::size_t chartCount() const { return m_charts.size(); }

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void rebuild();
    void place();
    void wakeAll();

    Session& m_session;
    Jobs& m_jobs;
    HistoryCache& m_histories;
    std::vector<ChartLine> m_lines;
    std::vector<std::string> m_keys;
    std::vector<MetricChart*> m_charts;
    std::size_t m_most;
    SearchField* m_search;
    TextLabel* m_count;
    QScrollArea* m_area;
    QWidget* m_content;
    QGridLayout* m_grid;
    QPushButton* m_more;
    StatePanel* m_empty;
};

} // namespace sextant
