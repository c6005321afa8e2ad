// Budgets of charts: redraw against raw Qt Charts in the same process, independence of the number of points,
// speed of the pyramid against a plain sum, exactness of every pixel column. Prints a line each; exits 1 when
// one is broken.
#include "core/series/curve.h"
#include "tests/bench/measure.h"
#include "ui/charts/line_canvas.h"
#include "ui/theme/theme_control.h"

#include <QApplication>
#include <QChart>
#include <QChartView>
#include <QLineSeries>
#include <QValueAxis>

#include <cstdio>
#include <limits>
#include <random>

namespace sextant {
namespace {

constexpr int kWidth = 1200, kHeight = 700, kRuns = 10;

bench::Budgets g_budgets;

double median(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

std::vector<double> noisyDecay(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<double> values(count);
    for (std::size_t index = 0; index < count; ++index) {
        const double noise = static_cast<double>(random()) / 4294967296.0 - 0.5;
        values[index] = 2 * std::exp(-5.0 * static_cast<double>(index) / static_cast<double>(count)) +
                        0.2 * noise + 0.02 * seed;
    }
    return values;
}

/// Runs of the same steps share them, as histories of one training script would compress anyway.
std::vector<LineSeries> makeRuns(std::size_t count, int runs = kRuns)
{
    std::vector<std::int64_t> steps(count);
    for (std::size_t index = 0; index < count; ++index)
        steps[index] = static_cast<std::int64_t>(index);
    const FrozenArray<std::int64_t> shared(std::move(steps));
    std::vector<LineSeries> series;
    for (int run = 0; run < runs; ++run) {
        LineSeries one;
        one.runId = QString::number(run);
        one.name = QStringLiteral("run %1").arg(run);
        one.color = Theme::current().series(run);
        const HistoryPtr history = std::make_shared<History>(
            History{shared, shared, FrozenArray<double>(noisyDecay(count, static_cast<unsigned>(run)))});
        one.curve = prepareCurve(history, {})->raw;
        series.push_back(std::move(one));
    }
    return series;
}

std::vector<ViewWindow> panAndZoom(std::size_t count)
{
    const auto length = static_cast<double>(count);
    std::vector<ViewWindow> windows{{}};
    for (double at : {0.1, 0.2, 0.35, 0.5})
        for (double part : {0.5, 0.3, 0.11})
            windows.push_back({AxisRange{at * length, (at + part) * length}, {}});
    return windows;
}

/// Median time of a whole new picture after a pan or a zoom, and the longest that the event loop had to wait
/// for a slice of it.
struct Redraw
{
    double median = 0;
    double longestSlice = 0;
};

Redraw measureRedraw(const std::vector<LineSeries>& series, std::size_t count)
{
    constexpr int kRepeats = 3; // the fastest counts: other programs only ever make it slower
    Redraw redraw{0, 0};
    std::vector<double> times, slices;
    LinePicture picture;
    for (const ViewWindow& window : panAndZoom(count)) {
        double fastest = std::numeric_limits<double>::infinity(), shortest = fastest;
        for (int repeat = 0; repeat < kRepeats; ++repeat) {
            double total = 0, longest = 0;
            bool finished = false;
            for (bool first = true; !finished; first = false) {
                const double slice = bench::timed([&] {
                    if (first)
                        picture.start({series, {}, window, {}, {}, {kWidth, kHeight}, 1}, Theme::current());
                    finished = picture.advance(Theme::current(), QDeadlineTimer(24));
                });
                longest = std::max(longest, slice);
                total += slice;
            }
            fastest = std::min(fastest, total);
            shortest = std::min(shortest, longest);
        }
        times.push_back(fastest);
        redraw.longestSlice = std::max(redraw.longestSlice, shortest);
    }
    redraw.median = median(times);
    return redraw;
}

/// The same curves in Qt Charts as they come: every point appended, one zoom by the axis, painted.
double measureQtCharts(const std::vector<LineSeries>& series, std::size_t count)
{
    QChart chart;
    chart.legend()->hide();
    chart.setAnimationOptions(QChart::NoAnimation);
    auto* x = new QValueAxis;
    auto* y = new QValueAxis;
    chart.addAxis(x, Qt::AlignBottom);
    chart.addAxis(y, Qt::AlignLeft);
    x->setRange(0, static_cast<double>(count));
    y->setRange(-0.2, 2.5);
    for (const LineSeries& one : series) {
        QList<QPointF> points;
        points.reserve(static_cast<qsizetype>(count));
        for (std::size_t index = 0; index < count; ++index)
            points.append({one.curve->x(index), one.curve->value(index)});
        auto* line = new QLineSeries;
        line->setPen(QPen(one.color, 1));
        line->replace(points);
        chart.addSeries(line);
        line->attachAxis(x);
        line->attachAxis(y);
    }
    QChartView view(&chart);
    view.resize(kWidth, kHeight);
    view.grab();
    const double time = bench::timed([&] {
        x->setRange(0.2 * static_cast<double>(count), 0.7 * static_cast<double>(count));
        view.grab();
    });
    view.setChart(new QChart); // the chart above lives on the stack
    return time;
}

void redraws()
{
    const auto small = makeRuns(100'000);
    const Redraw at1e5 = measureRedraw(small, 100'000);
    const double qtAt1e5 = measureQtCharts(small, 100'000);
    g_budgets.atMost("B1", "redraw 10 x 1e5 after a zoom", at1e5.median / qtAt1e5, 0.05, "of raw Qt Charts",
                     bench::milliseconds(at1e5.median, qtAt1e5));
    {
        const auto middle = makeRuns(1'000'000);
        const Redraw at1e6 = measureRedraw(middle, 1'000'000);
        const double qt = measureQtCharts(middle, 1'000'000);
        g_budgets.atMost("B1", "redraw 10 x 1e6 after a zoom", at1e6.median / qt, 0.01, "of raw Qt Charts",
                         bench::milliseconds(at1e6.median, qt));
    }
    const auto large = makeRuns(10'000'000);
    const Redraw at1e7 = measureRedraw(large, 10'000'000);
    // Measured again beside the large one: the machine may have changed its pace.
    const double base = (at1e5.median + measureRedraw(small, 100'000).median) / 2;
    g_budgets.atMost("B2", "redraw 10 x 1e7", at1e7.median / base, 2, "of 10 x 1e5",
                     bench::milliseconds(at1e7.median, base));
    const double one = measureRedraw({large.front()}, 10'000'000).median,
                 oneSmall = measureRedraw({small.front()}, 100'000).median;
    g_budgets.atMost("B4", "redraw 1 x 1e7", one / oneSmall, 2, "of 1 x 1e5",
                     bench::milliseconds(one, oneSmall));
    g_budgets.atMost("B18", "longest slice while drawing 10 x 1e7", at1e7.longestSlice, 50, "ms", "");
}

/// What a picture of many lines costs at least: the spans of all pixel columns, known beforehand, laid into
/// it.
double measureSpans(const std::vector<LineSeries>& series, const PlotFrame& frame)
{
    const QSize size = frame.plot.size();
    const AxisScale y = frame.imageY(size, 1);
    const AxisRange x = frame.x.range();
    std::vector<std::vector<CurveColumn>> lines;
    for (const LineSeries& one : series)
        lines.push_back(one.curve->columns(x.low, x.high, size.width()));
    QImage image(size, QImage::Format_RGB32);
    Stroke stroke;
    return bench::timed([&] {
        image.fill(Qt::white);
        stroke.resize(size.width(), size.height());
        for (std::size_t line = 0; line < lines.size(); ++line) {
            for (std::size_t column = 0; column < lines[line].size(); ++column) {
                const ValueRange& range = lines[line][column].range;
                const auto left = static_cast<double>(column);
                stroke.addExtent(left, left + 1, y.toPixel(range.maximum), y.toPixel(range.minimum));
            }
            stroke.paint(image, series[line].color, ChartStyle::screen(Theme::current()).line);
        }
    });
}

void manyLines()
{
    constexpr int kLines = 1000;
    constexpr std::size_t kPoints = 10'000;
    const auto series = makeRuns(kPoints, kLines);
    double redraw = std::numeric_limits<double>::infinity(), spans = redraw, slice = redraw;
    for (int round = 0; round < 3; ++round) {
        LinePicture picture;
        double total = 0, longest = 0;
        bool finished = false;
        for (bool first = true; !finished; first = false) {
            const double time = bench::timed([&] {
                if (first)
                    picture.start({series, {}, {}, {}, {}, {kWidth, kHeight}, 1}, Theme::current());
                finished = picture.advance(Theme::current(), QDeadlineTimer(24));
            });
            total += time;
            longest = std::max(longest, time);
        }
        redraw = std::min(redraw, total);
        slice = std::min(slice, longest);
        spans = std::min(spans, measureSpans(series, picture.frame()));
    }
    g_budgets.atMost("many", "redraw 1,000 lines of 1e4", redraw / spans, 2, "of their column spans",
                     bench::milliseconds(redraw, spans));
    g_budgets.atMost("B18", "longest slice while drawing 1,000 lines", slice, 50, "ms", "");
}

void pyramidSpeed()
{
    const FrozenArray<double> values(noisyDecay(10'000'000, 1));
    std::vector<double> sums, builds;
    volatile double sink = 0;
    std::size_t memory = 0;
    for (int round = 0; round < 9; ++round) {
        sums.push_back(bench::timed([&] {
            double sum = 0;
            for (double value : values)
                sum += value;
            sink = sum;
        }));
        builds.push_back(bench::timed([&] { memory = Pyramid(values).memory(); }));
    }
    const double sum = median(sums), build = median(builds);
    g_budgets.atMost("B3", "pyramid of 1e7 values", build / sum, 2, "of a plain sum",
                     bench::milliseconds(build, sum));
    g_budgets.atMost("B3", "memory of the pyramid", static_cast<double>(memory) / (1e7 * sizeof(double)),
                     0.06, "of the values", "");
}

void exactness()
{
    std::vector<double> values = noisyDecay(10'000'000, 1);
    std::mt19937 random(2);
    const double odd[] = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                          -std::numeric_limits<double>::infinity(), 1e9, -1e9};
    for (int index = 0; index < 2000; ++index)
        values[random() % values.size()] = odd[random() % 5];
    std::vector<std::int64_t> steps(values.size());
    for (std::size_t index = 0; index < steps.size(); ++index)
        steps[index] = static_cast<std::int64_t>(index / 2 * 3); // repeated and uneven
    const FrozenArray<std::int64_t> keys(std::move(steps));
    const Curve curve(std::make_shared<History>(History{keys, keys, FrozenArray<double>(std::move(values))}),
                      XAxis::Step);
    std::size_t columns = 0, wrong = 0;
    for (int trial = 0; trial < 40; ++trial) {
        double x0 = curve.lastX() * (static_cast<double>(random()) / 4294967296.0),
               x1 = curve.lastX() * (static_cast<double>(random()) / 4294967296.0);
        if (x0 > x1)
            std::swap(x0, x1);
        for (const CurveColumn& column : curve.columns(x0, x1, kWidth)) {
            ValueRange plain;
            for (std::size_t index = column.begin; index < column.end; ++index)
                plain.add(curve.value(index));
            ++columns;
            wrong += !(plain == column.range);
        }
    }
    g_budgets.atMost("B5", "pixel columns that differ from the raw data", static_cast<double>(wrong), 0,
                     "columns", "of " + std::to_string(columns));
}

} // namespace
} // namespace sextant

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const sextant::ThemeControl theme(sextant::ThemeControl::Choice::Light);
    sextant::pyramidSpeed();
    sextant::exactness();
    sextant::manyLines();
    sextant::redraws();
    return sextant::g_budgets.exitCode();
}
