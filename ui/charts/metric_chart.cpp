#include "ui/charts/metric_chart.h"

#include "ui/widgets/store_text.h"

#include <QPainter>
#include <QVBoxLayout>

namespace sextant {

namespace {

bool sameCurves(const LineSettings& a, const LineSettings& b)
{
    return a.xAxis == b.xAxis && a.smoothing == b.smoothing;
}

} // namespace

MetricChart::MetricChart(Session& session, Jobs& jobs, HistoryCache& histories, const std::string& metric, QWidget* parent)
    : QWidget(parent), m_session(session), m_jobs(jobs), m_histories(histories), m_metric(metric),
      m_lane(QStringLiteral("chart.%1").arg(reinterpret_cast<quintptr>(this))), m_panel(new LinePanel(oneLine(metric)))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 1);
    layout->addWidget(m_panel);
    connect(m_panel, &LinePanel::settingsChanged, this, [this](const LineSettings& settings) {
        setSettings(settings);
        emit settingsChanged(settings);
    });
}

void MetricChart::setLines(std::vector<ChartLine> lines)
{
    if (lines == m_lines && !m_stale)
        return;
    m_lines = std::move(lines);
    std::erase_if(m_curves, [&](const auto& entry) {
        return std::none_of(m_lines.begin(), m_lines.end(), [&](const ChartLine& line) { return line.runId == entry.first; });
    });
    m_stale = true;
    wake();
}

void MetricChart::setSettings(const LineSettings& settings)
{
    auto same = sameCurves(m_preparedFor, settings);
    m_preparedFor = settings;
    m_panel->setSettings(settings);
    if (same)
        return;
    m_curves.clear();
    m_stale = true;
    wake();
}

void MetricChart::readAgain()
{
    m_curves.clear();
    m_stale = true;
    wake();
}

void MetricChart::rest()
{
    m_jobs.cancelLane(m_lane);
    m_busy = false;
    if (!m_curves.empty())
        m_panel->setSeries({});
    m_curves.clear();
    m_stale = true;
}

void MetricChart::wake()
{
    if (m_stale && isVisible() && !visibleRegion().isEmpty())
        load();
}

std::vector<std::string> MetricChart::missing() const
{
    std::vector<std::string> runs;
    for (const auto& line : m_lines) {
        if (!m_curves.contains(line.runId))
            runs.push_back(line.runId);
    }
    return runs;
}

void MetricChart::load()
{
    m_stale = false;
    auto runs = missing();
    if (runs.empty()) {
        m_jobs.cancelLane(m_lane);
        m_busy = false;
        return apply();
    }
    m_busy = true;
    std::vector<HistoryKey> keys;
    for (const auto& run : runs)
        keys.push_back({run, m_metric});
    auto progress = [this](int done, int total) {
        if (m_curves.empty())
            m_panel->canvas()->showLoading(done, total);
    };
    m_histories.load(m_lane, this, std::move(keys), progress, [this, runs](Result<std::vector<HistoryPtr>> histories) {
        if (histories)
            prepare(runs, std::move(*histories));
        else
            showFailure(histories.error());
    });
}

void MetricChart::prepare(std::vector<std::string> runs, std::vector<HistoryPtr> histories)
{
    using Curves = std::vector<PreparedCurve>;
    auto request = m_panel->settings().request();
    auto work = [histories = std::move(histories), request](const Operation& operation) -> Result<Curves> {
        Curves curves;
        for (const auto& history : histories) {
            SEXTANT_TRY(auto curve, prepareCurve(history, request, operation));
            curves.push_back(std::move(curve));
        }
        return curves;
    };
    m_jobs.start<Curves>(tr("Preparing curves"), m_lane, this, work, [this, runs = std::move(runs)](Result<Curves> curves) {
        if (!curves)
            return showFailure(curves.error());
        for (std::size_t i = 0; i < runs.size(); ++i)
            m_curves[runs[i]] = std::move((*curves)[i]);
        m_busy = false;
        apply();
    });
}

void MetricChart::showFailure(const Error& error)
{
    m_busy = false;
    if (error.code != ErrorCode::Cancelled)
        m_panel->canvas()->showError(QString::fromStdString(error.message), QString::fromStdString(error.hint));
    emit drawn();
}

void MetricChart::apply()
{
    const auto& theme = Theme::of(this);
    std::vector<LineSeries> series;
    for (const auto& line : m_lines) {
        auto found = m_curves.find(line.runId);
        if (found == m_curves.end() || !found->second.raw || found->second.raw->empty())
            continue;
        LineSeries one;
        one.runId = QString::fromStdString(line.runId);
        one.name = line.name;
        one.color = theme.series(line.color);
        one.dash = theme.dash(line.dash * 10);
        one.curve = found->second.raw;
        one.smoothed = found->second.smoothed;
        one.highlighted = line.highlighted;
        series.push_back(std::move(one));
    }
    m_panel->setSeries(std::move(series));
    emit drawn();
}

void MetricChart::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    QMetaObject::invokeMethod(this, &MetricChart::wake, Qt::QueuedConnection); // once it has its place
}

void MetricChart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    wake();
}

void MetricChart::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_curves.empty())
        apply();
}

void MetricChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, Theme::of(this).color("border.hairline"));
}

LineSettings settingsOf(int xAxis, bool logY, int smoothing, double amount)
{
    LineSettings settings;
    settings.xAxis = static_cast<XAxis>(xAxis);
    settings.logY = logY;
    settings.smoothing = {static_cast<SmoothingKind>(smoothing), amount};
    return settings;
}

} // namespace sextant
