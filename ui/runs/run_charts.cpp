#include "ui/runs/run_charts.h"

#include "ui/charts/metric_chart.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace sextant {

namespace {

constexpr std::size_t kChartsAtOnce = 24;
constexpr int kChartWidth = 380;
constexpr int kChartHeight = 250;

} // namespace

RunCharts::RunCharts(Session& session, Jobs& jobs, HistoryCache& histories, QWidget* parent)
    : QWidget(parent), m_session(session), m_jobs(jobs), m_histories(histories), m_most(kChartsAtOnce),
      m_search(new SearchField(tr("Find metric"))),
      m_count(new TextLabel({}, Theme::Text::Small, "text.muted")), m_area(new QScrollArea),
      m_content(new QWidget), m_grid(new QGridLayout(m_content)),
      m_more(new QPushButton(tr("Show more"), m_content)), m_empty(new StatePanel(m_content))
{
    const auto& theme = Theme::of(this);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(theme.length("space.3"), 6, theme.length("space.3"), 6);
    head->setSpacing(theme.length("space.2"));
    m_search->setFixedWidth(260);
    head->addWidget(m_search);
    head->addWidget(m_count);
    head->addStretch(1);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(0);
    m_area->setWidget(m_content);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_content->setBackgroundRole(QPalette::Base);
    m_content->setAutoFillBackground(true);
    setControlRole(m_more, ControlRole::Link);
    m_more->hide();
    m_empty->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_area, 1);
    connect(m_search, &QLineEdit::textChanged, this, [this] {
        m_most = kChartsAtOnce;
        rebuild();
    });
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_most += kChartsAtOnce;
        rebuild();
    });
    connect(m_area->verticalScrollBar(), &QScrollBar::valueChanged, this, &RunCharts::wakeAll);
    connect(&histories, &HistoryCache::outdated, this, [this] {
        for (auto* chart : m_charts)
            chart->readAgain();
    });
}

void RunCharts::showRun(const Run& run, int color)
{
    m_keys.clear();
    auto metrics = run.metrics;
    // What was logged along the way is a curve; results that were logged once come after them.
    std::stable_partition(metrics.begin(), metrics.end(),
                          [](const Metric& metric) { return metric.step > 0; });
    for (const auto& metric : metrics)
        m_keys.push_back(metric.key);
    m_lines = {{run.info.id, oneLine(run.info.name, 120), color, 0, false}};
    m_most = kChartsAtOnce;
    for (auto* chart : m_charts)
        chart->deleteLater();
    m_charts.clear();
    rebuild();
}

void RunCharts::rebuild()
{
    std::vector<std::string> wanted;
    for (const auto& key : m_keys) {
        if (oneLine(key).contains(m_search->text(), Qt::CaseInsensitive))
            wanted.push_back(key);
    }
    auto matching = wanted.size();
    wanted.resize(std::min(matching, m_most));
    std::vector<MetricChart*> charts;
    for (const auto& key : wanted) {
        auto found = std::find_if(m_charts.begin(), m_charts.end(),
                                  [&](auto* chart) { return chart && chart->metric() == key; });
        if (found != m_charts.end()) {
            charts.push_back(std::exchange(*found, nullptr));
            continue;
        }
        charts.push_back(new MetricChart(m_session, m_jobs, m_histories, key, m_content));
        charts.back()->setLines(m_lines);
    }
    for (auto* chart : m_charts) {
        if (chart)
            chart->deleteLater();
    }
    m_charts = std::move(charts);
    m_count->setText(matching == m_keys.size()
                         ? counted(matching, tr("1 metric"), tr("%1 metrics"))
                         : tr("%1 of %2 metrics").arg(formatCount(matching), formatCount(m_keys.size())));
    m_more->setVisible(matching > m_charts.size());
    m_more->setText(
        counted(matching - m_charts.size(), tr("Show more, 1 is left"), tr("Show more, %1 are left")));
    place();
}

void RunCharts::place()
{
    while (auto* item = m_grid->takeAt(0))
        delete item;
    auto columns = std::max(1, width() / kChartWidth);
    int at = 0;
    for (auto* chart : m_charts) {
        chart->setFixedHeight(kChartHeight);
        m_grid->addWidget(chart, at / columns, at % columns);
        chart->show();
        ++at;
    }
    auto rows = (at + columns - 1) / columns;
    m_empty->setVisible(m_charts.empty());
    if (m_charts.empty()) {
        m_empty->showEmpty(QStringLiteral("chart-spline"),
                           m_keys.empty() ? tr("The run logged no metric") : tr("No metric matches"));
        m_grid->addWidget(m_empty, rows++, 0, 1, columns);
    }
    m_grid->addWidget(m_more, rows, 0, 1, columns, Qt::AlignCenter);
    for (int row = 0; row <= rows + 1; ++row)
        m_grid->setRowStretch(row, row == rows + 1 ? 1 : 0);
    for (int column = 0; column < 12; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    wakeAll();
}

void RunCharts::wakeAll()
{
    for (auto* chart : m_charts)
        chart->wakeLater();
}

bool RunCharts::settled() const
{
    return std::none_of(m_charts.begin(), m_charts.end(), [](auto* chart) { return chart->busy(); });
}

void RunCharts::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    wakeAll();
}

void RunCharts::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

} // namespace sextant
