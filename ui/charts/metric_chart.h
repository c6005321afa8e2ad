// MetricChart: one metric of some runs, or an expression of metrics, as a line panel. Reads the histories
// when it can first be seen and prepares the curves in jobs; lines that are there stay while others are read.
// GUI thread only.
#pragma once

#include "core/series/line.h"
#include "ui/charts/history_cache.h"
#include "ui/charts/line_panel.h"

#include <map>
#include <optional>
#include <set>

namespace sextant {

/// One line: a run and how it looks. With a band, runs of one group become their mean, which looks as the
/// first.
struct ChartLine
{
    std::string runId;
    QString name;
    int color = 0;
    int dash = 0;
    bool highlighted = false;
    QString group; // its name; empty: a line of its own
    bool faded = false;
    bool baseline = false;
    double shade = -1;   // 0..1: a place on the sequential ramp instead of `color`
    int groupColor = -1; // of the group's mean; -1: as its first run
    bool operator==(const ChartLine&) const = default;
};

class MetricChart final : public QWidget
{
    Q_OBJECT
public:
    MetricChart(Session& session, Jobs& jobs, HistoryCache& histories, const std::string& metric,
                QWidget* parent = nullptr);

    const std::string& metric() const { return m_metric; }
    LinePanel& panel() { return *m_panel; }

    void setLines(std::vector<ChartLine> lines);
    void setSettings(const LineSettings& settings);
    /// To be called when it may have come into sight.
    void wake();
    /// wake() once layouts have placed the chart.
    void wakeLater();
    /// It is in sight and has something to read.
    bool isWaiting() const;
    /// Asked before reading; an owner of many charts lets them read one after the other and calls wake() when
    /// it is their turn.
    void setTurn(std::function<bool()> mayRead) { m_mayRead = std::move(mayRead); }
    /// Reads again what the cache no longer holds; what is drawn stays until then.
    void readAgain();
    /// Lets go of all points, for a chart that is out of sight; wake() reads them again.
    void rest();

    std::size_t points() const { return m_panel->canvas()->pointCount(); }
    bool busy() const { return m_busy; }

signals:
    void settingsChanged(const sextant::LineSettings& settings);
    void drawn(); // other lines than before

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void load();
    void prepare(std::vector<std::string> runs, const MetricExpression& formula,
                 std::vector<HistoryPtr> histories);
    void arrange();
    void apply();
    void addGroup(const QString& group, std::vector<LineSeries>& series) const;
    LineSeries seriesOf(const ChartLine& line, const PreparedCurve& curve) const;
    Result<MetricExpression> expression() const;
    void showFailure(const Error& error);
    QString whyEmpty() const;
    std::vector<std::string> missing() const;
    std::size_t batch() const;

    Session& m_session;
    Jobs& m_jobs;
    HistoryCache& m_histories;
    std::string m_metric;
    QString m_lane;
    LinePanel* m_panel;
    std::vector<ChartLine> m_lines;
    std::map<std::string, PreparedCurve> m_curves;
    std::set<std::string> m_outgrown; // runs whose curves have got new points
    LineSettings m_preparedFor;       // the settings that the curves fit

    /// What is worked out from all curves together.
    struct Arrangement
    {
        std::map<QString, BandPtr> bands; // by group
        std::optional<ClipRange> clip;
    };
    struct ArrangementKey
    {
        BandKind band = BandKind::None;
        bool clips = false;
        bool logarithmic = false;
        std::vector<std::pair<QString, CurvePtr>> curves; // group and line
        bool operator==(const ArrangementKey&) const = default;
    };
    ArrangementKey arrangementKey() const;
    static Result<Arrangement> work(const ArrangementKey& key, const std::vector<CurvePtr>& raw,
                                    const Operation& operation);

    Arrangement m_arrangement;
    ArrangementKey m_arrangedFor;
    std::function<bool()> m_mayRead;
    bool m_stale = false;
    bool m_busy = false;
};

LineSettings settingsOf(int xAxis, bool logY, int smoothing, double amount);

} // namespace sextant
