#include "ui/charts/metric_chart.h"

#include "ui/charts/run_colors.h"
#include "ui/widgets/store_text.h"

#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace sextant {

namespace {

constexpr std::size_t kFirstBatch = 24;         // histories read before what is there is drawn
constexpr std::size_t kBatchPoints = 8'000'000; // about so many points at a time after that

bool sameCurves(const LineSettings& a, const LineSettings& b)
{
    return a.xAxis == b.xAxis && a.smoothing == b.smoothing &&
           (a.xAxis != XAxis::Metric || a.xMetric == b.xMetric);
}

} // namespace

MetricChart::MetricChart(Session& session, Jobs& jobs, HistoryCache& histories, const std::string& metric,
                         QWidget* parent)
    : QWidget(parent), m_session(session), m_jobs(jobs), m_histories(histories), m_metric(metric),
      m_lane(QStringLiteral("chart.%1").arg(reinterpret_cast<quintptr>(this))),
      m_panel(new LinePanel(oneLine(metric)))
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
        return std::none_of(m_lines.begin(), m_lines.end(),
                            [&](const ChartLine& line) { return line.runId == entry.first; });
    });
    m_stale = true;
    wake();
}

void MetricChart::setSettings(const LineSettings& settings)
{
    auto same = sameCurves(m_preparedFor, settings);
    m_preparedFor = settings;
    m_panel->setSettings(settings);
    if (same && !m_stale && !m_busy)
        return arrange();
    if (same)
        return;
    m_curves.clear();
    m_stale = true;
    wake();
}

void MetricChart::readAgain()
{
    auto formula = expression();
    auto metrics = formula ? formula->metrics() : std::vector<std::string>{m_metric};
    if (m_panel->settings().xAxis == XAxis::Metric)
        metrics.push_back(m_panel->settings().xMetric);
    for (const auto& [run, curve] : m_curves) {
        if (!std::all_of(metrics.begin(), metrics.end(), [&](const auto& metric) {
                return m_histories.find({run, metric}) != nullptr;
            }))
            m_outgrown.insert(run);
    }
    m_stale = m_stale || m_busy || !m_outgrown.empty();
    wake();
}

void MetricChart::rest()
{
    m_jobs.cancelLane(m_lane);
    m_busy = false;
    if (!m_curves.empty())
        m_panel->setSeries({});
    m_curves.clear();
    m_arrangement = {};
    m_arrangedFor = {};
    m_stale = true;
}

void MetricChart::wakeLater()
{
    QMetaObject::invokeMethod(this, &MetricChart::wake, Qt::QueuedConnection);
}

void MetricChart::wake()
{
    if (isWaiting() && (!m_mayRead || m_mayRead()))
        load();
}

bool MetricChart::isWaiting() const
{
    return m_stale && isVisible() && !visibleRegion().isEmpty();
}

std::vector<std::string> MetricChart::missing() const
{
    std::vector<std::string> runs;
    for (const auto& line : m_lines) {
        if (!m_curves.contains(line.runId) || m_outgrown.contains(line.runId))
            runs.push_back(line.runId);
    }
    return runs;
}

/// The first lines are drawn before the last are read, unless the store reads all to read them; the others
/// come together, for reading them together is cheaper.
std::size_t MetricChart::batch() const
{
    if (m_panel->settings().band != BandKind::None)
        return m_lines.size();
    std::size_t points = 0;
    for (const auto& [run, curve] : m_curves)
        points += curve.raw ? curve.raw->size() : 0;
    const std::size_t each = m_curves.empty() ? 0 : points / m_curves.size();
    return m_curves.empty() ? kFirstBatch : std::max(kFirstBatch, kBatchPoints / (each + 1));
}

/// Text that is no metric of the store and no sum of metrics is taken for a metric that is not there any
/// more.
Result<MetricExpression> MetricChart::expression() const
{
    const auto table = m_session.table();
    if (!table || m_metric.find_first_of(" +*()`\"") == std::string::npos || table->metric(m_metric))
        return MetricExpression::metric(m_metric);
    std::vector<std::string> known;
    for (const auto& column : table->data().metrics)
        known.push_back(column.key);
    std::sort(known.begin(), known.end());
    return MetricExpression::parse(m_metric, known);
}

void MetricChart::load()
{
    m_stale = false;
    auto runs = missing();
    if (runs.empty()) {
        m_jobs.cancelLane(m_lane);
        m_busy = false;
        return arrange();
    }
    auto formula = expression();
    if (!formula)
        return showFailure(formula.error());
    m_busy = true;
    const auto& settings = m_panel->settings();
    const std::size_t each = formula->metrics().size() + (settings.xAxis == XAxis::Metric);
    const std::size_t most = std::min(batch(), runs.size());
    if (!m_curves.empty())
        runs.resize(most);
    std::vector<HistoryKey> keys;
    for (const auto& run : runs) {
        for (const auto& metric : formula->metrics())
            keys.push_back({run, metric});
        if (settings.xAxis == XAxis::Metric)
            keys.push_back({run, settings.xMetric});
    }
    auto progress = [this](int done, int total) {
        if (m_curves.empty())
            m_panel->canvas()->showLoading(done, total);
    };
    auto done = [this, runs, each, formula = *formula](Result<std::vector<HistoryPtr>> histories) {
        if (!histories)
            return showFailure(histories.error());
        auto read = runs;
        read.resize(histories->size() / each);
        prepare(std::move(read), formula, std::move(*histories));
    };
    m_histories.loadFirst(most * each, m_lane, this, std::move(keys), progress, done);
}

void MetricChart::prepare(std::vector<std::string> runs, const MetricExpression& formula,
                          std::vector<HistoryPtr> histories)
{
    using Curves = std::vector<PreparedCurve>;
    auto request = m_panel->settings().request();
    auto work = [histories = std::move(histories), formula,
                 request](const Operation& operation) -> Result<Curves> {
        Curves curves;
        const std::size_t operands = formula.metrics().size();
        const bool overMetric = request.axis == XAxis::Metric;
        for (std::size_t at = 0; at < histories.size(); at += operands + overMetric) {
            const auto first = histories.begin() + static_cast<std::ptrdiff_t>(at);
            const auto last = first + static_cast<std::ptrdiff_t>(operands);
            LineSource source{{first, last}, overMetric ? *last : nullptr};
            SEXTANT_TRY(auto curve, prepareLine(formula, source, request, operation));
            curves.push_back(std::move(curve));
        }
        return curves;
    };
    m_jobs.start<Curves>(
        tr("Preparing curves"), m_lane, this, work, [this, runs = std::move(runs)](Result<Curves> curves) {
            if (!curves)
                return showFailure(curves.error());
            for (std::size_t i = 0; i < runs.size(); ++i) {
                m_curves[runs[i]] = std::move((*curves)[i]);
                m_outgrown.erase(runs[i]);
            }
            if (missing().empty())
                return arrange();
            if (m_panel->settings().band == BandKind::None) // a mean of some of the runs would mislead
                apply();
            load();
        });
}

MetricChart::ArrangementKey MetricChart::arrangementKey() const
{
    const auto& settings = m_panel->settings();
    ArrangementKey key{settings.band, settings.clipOutliers, settings.clipOutliers && settings.logY, {}};
    if (key.band == BandKind::None && !key.clips)
        return key;
    for (const auto& line : m_lines) {
        auto found = m_curves.find(line.runId);
        if (found != m_curves.end() && found->second.raw)
            key.curves.emplace_back(line.group,
                                    found->second.smoothed ? found->second.smoothed : found->second.raw);
    }
    return key;
}

Result<MetricChart::Arrangement>
MetricChart::work(const ArrangementKey& key, const std::vector<CurvePtr>& raw, const Operation& operation)
{
    Arrangement arrangement;
    std::map<QString, std::vector<CurvePtr>> groups;
    for (const auto& [group, curve] : key.curves)
        if (!group.isEmpty() && !curve->empty())
            groups[group].push_back(curve);
    for (const auto& [group, members] : groups) {
        if (key.band != BandKind::None) {
            SEXTANT_TRY(arrangement.bands[group], makeBand(members, key.band, operation));
        }
    }
    if (key.clips) {
        SEXTANT_TRY(arrangement.clip, clipRange(raw, {0.01, 0.25, key.logarithmic}, operation));
    }
    return arrangement;
}

void MetricChart::arrange()
{
    m_busy = false;
    auto key = arrangementKey();
    if (key == m_arrangedFor)
        return apply();
    if (key.curves.empty()) {
        m_arrangement = {};
        m_arrangedFor = std::move(key);
        return apply();
    }
    m_busy = true;
    std::vector<CurvePtr> raw;
    for (const auto& line : m_lines) {
        auto found = m_curves.find(line.runId);
        if (found != m_curves.end() && found->second.raw)
            raw.push_back(found->second.raw);
    }
    auto job = [key, raw = std::move(raw)](const Operation& operation) { return work(key, raw, operation); };
    m_jobs.start<Arrangement>(tr("Joining curves"), m_lane, this, job,
                              [this, key](Result<Arrangement> arrangement) {
                                  if (!arrangement)
                                      return showFailure(arrangement.error());
                                  m_busy = false;
                                  m_arrangement = std::move(*arrangement);
                                  m_arrangedFor = key;
                                  apply();
                              });
}

void MetricChart::showFailure(const Error& error)
{
    m_busy = false;
    if (error.code != ErrorCode::Cancelled)
        m_panel->canvas()->showError(QString::fromStdString(error.message),
                                     QString::fromStdString(error.hint));
    emit drawn();
}

LineSeries MetricChart::seriesOf(const ChartLine& line, const PreparedCurve& curve) const
{
    const auto& theme = Theme::of(this);
    LineSeries one;
    one.runId = QString::fromStdString(line.runId);
    one.name = line.name;
    one.color = line.shade < 0 ? theme.series(line.color) : rampColor(line.shade, theme);
    one.dash = theme.dash(line.dash * 10);
    one.curve = curve.raw;
    one.smoothed = curve.smoothed;
    one.highlighted = line.highlighted;
    one.faded = line.faded;
    one.baseline = line.baseline;
    one.unmatched = curve.unmatched + curve.withoutPlace;
    return one;
}

/// The mean of the group, behind it the runs that are to be seen.
void MetricChart::addGroup(const QString& group, std::vector<LineSeries>& series) const
{
    auto band = m_arrangement.bands.find(group);
    if (band == m_arrangement.bands.end())
        return;
    LineSeries mean;
    mean.band = band->second;
    mean.curve = mean.band->mean;
    mean.runId = QStringLiteral("group:") + group;
    mean.endLabel = group;
    mean.name = tr("%1, n = %2").arg(group).arg(mean.band->members);
    mean.faded = true;
    for (const auto& line : m_lines) {
        auto found = m_curves.find(line.runId);
        if (line.group != group || found == m_curves.end() || !found->second.raw ||
            found->second.raw->empty())
            continue;
        auto one = seriesOf(line, found->second);
        if (!mean.color.isValid()) {
            mean.color = line.groupColor < 0 ? one.color : Theme::of(this).series(line.groupColor);
            mean.dash = one.dash;
        }
        mean.faded = mean.faded && one.faded;
        mean.unmatched += one.unmatched;
        one.member = true;
        one.baseline = false;
        if (m_panel->settings().showMembers || one.highlighted)
            series.push_back(std::move(one));
        else
            mean.hidden.push_back(std::move(one));
    }
    series.push_back(std::move(mean));
}

void MetricChart::apply()
{
    std::vector<LineSeries> series;
    const bool grouped = m_panel->settings().band != BandKind::None;
    std::set<QString> seen;
    for (const auto& line : m_lines) {
        auto found = m_curves.find(line.runId);
        if (found == m_curves.end() || !found->second.raw || found->second.raw->empty())
            continue;
        if (!grouped || line.group.isEmpty())
            series.push_back(seriesOf(line, found->second));
        else if (seen.insert(line.group).second)
            addGroup(line.group, series);
    }
    m_panel->canvas()->setClip(m_arrangement.clip);
    if (series.empty())
        m_panel->canvas()->setEmptyText(whyEmpty());
    m_panel->setSeries(std::move(series));
    emit drawn();
}

QString MetricChart::whyEmpty() const
{
    if (m_lines.empty())
        return tr("No run is shown");
    auto table = m_session.table();
    const auto* column = table ? table->metric(m_metric) : nullptr;
    auto hasLast = [&](const ChartLine& line) {
        auto row = table->find(line.runId);
        return row && !isMissing(column->at(*row));
    };
    return column && std::any_of(m_lines.begin(), m_lines.end(), hasLast)
               ? tr("The store has last values of %1, but no points").arg(oneLine(m_metric))
               : tr("No shown run has logged %1").arg(oneLine(m_metric));
}

void MetricChart::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    wakeLater();
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
