// Draws line charts in the situations that matter, in both themes and at two scales, and checks what can be
// checked in pixels. With SEXTANT_PICTURES=FOLDER the pictures are kept to be looked at.
#include "tests/gui/charts_data.h"
#include "ui/charts/line_canvas.h"
#include "ui/theme/theme_control.h"

#include <QDir>
#include <QTest>

namespace sextant {
namespace {

using namespace test;

class ChartsPicturesTest : public QObject
{
    Q_OBJECT

private slots:
    void situations_data();
    void situations();
};

/// The colour itself, or a good part of it at the soft edge of a line.
bool isNear(QRgb pixel, QRgb color)
{
    return std::abs(qRed(pixel) - qRed(color)) + std::abs(qGreen(pixel) - qGreen(color)) +
               std::abs(qBlue(pixel) - qBlue(color)) <
           120;
}

struct Situation
{
    std::vector<LineSeries> series;
    LineSettings settings;
    ViewWindow window;
    QString hovered;
    QSize size{360, 230};
    std::optional<ClipRange> clip;
};

/// Three groups of seeds: their means with bands, and the seeds themselves when asked for.
std::vector<LineSeries> groupedSeries(BandKind kind, bool members, std::size_t points)
{
    const char* names[] = {"muon", "adamw", "lion"};
    const int sizes[] = {3, 5, 2};
    std::vector<LineSeries> series;
    for (int group = 0; group < 3; ++group) {
        std::vector<CurvePtr> curves;
        for (int seed = 0; seed < sizes[group]; ++seed) {
            const auto number = static_cast<unsigned>(10 * group + seed + 1);
            LineSeries one =
                makeSeries(group, QStringLiteral("%1-s%2").arg(QLatin1String(names[group])).arg(seed),
                           lossHistory(points, number, 2.85 + 0.06 * group + 0.015 * seed,
                                       static_cast<std::int64_t>(100'000 / points), 0.01));
            one.runId = QStringLiteral("run%1").arg(number);
            one.member = true;
            curves.push_back(one.curve);
            if (members)
                series.push_back(std::move(one));
        }
        LineSeries mean;
        mean.runId = QStringLiteral("group%1").arg(group);
        mean.name = mean.endLabel = QString::fromLatin1(names[group]);
        mean.color = Theme::current().series(group);
        mean.dash = Theme::current().dash(10 * group);
        mean.band = *makeBand(curves, kind);
        mean.curve = mean.band->mean;
        series.push_back(std::move(mean));
    }
    return series;
}

Situation situation(const QString& name)
{
    Situation one;
    if (name == QLatin1String("few")) {
        one.series = lossSeries(4, 400, {}, 0.015);
    } else if (name == QLatin1String("dense")) {
        one.series = lossSeries(6, 100'000);
    } else if (name == QLatin1String("smoothed")) {
        one.settings.smoothing = {SmoothingKind::ExponentialAverage, 0.995};
        one.series = lossSeries(6, 100'000, one.settings.request());
        for (int index = 2; index < 6; ++index)
            one.series[static_cast<std::size_t>(index)].dash = Theme::current().dash(index < 4 ? 10 : 20);
        one.size = {700, 260};
    } else if (name == QLatin1String("markers")) {
        one.series = lossSeries(3, 20, {}, 0.05);
    } else if (name == QLatin1String("log")) {
        one.settings.logY = true;
        for (int run = 0; run < 4; ++run) {
            HistoryPtr base = lossHistory(300, static_cast<unsigned>(run) + 1, 0, 333, 0);
            std::vector<double> values(base->values.begin(), base->values.end());
            for (double& value : values)
                value = std::pow(10, 1.5 * value - 1.5 - 0.4 * run);
            one.series.push_back(
                makeSeries(run, QStringLiteral("run %1").arg(run),
                           makeHistory({base->steps.begin(), base->steps.end()},
                                       {base->timestamps.begin(), base->timestamps.end()}, values)));
            one.series.back().dash = Theme::current().dash(run * 10);
        }
    } else if (name == QLatin1String("symlog")) {
        one.settings.logY = true;
        std::vector<double> values;
        for (int index = 0; index < 500; ++index)
            values.push_back(100 * std::sin(index / 30.0) * std::exp(-index / 90.0));
        one.series = {makeSeries(0, QStringLiteral("swing"), makeHistory(values))};
    } else if (name == QLatin1String("odd")) {
        HistoryPtr base = lossHistory(2000, 3, 1, 50);
        std::vector<double> values(base->values.begin(), base->values.end());
        values[480] = values[481] = values[482] = kInf;
        for (std::size_t index = 1200; index < 1300; ++index)
            values[index] = kNaN;
        values[1700] = -kInf;
        one.series = {makeSeries(0, QStringLiteral("diverged"),
                                 makeHistory({base->steps.begin(), base->steps.end()},
                                             {base->timestamps.begin(), base->timestamps.end()}, values)),
                      makeSeries(1, QStringLiteral("calm"), lossHistory(2000, 4, 1.3, 50))};
    } else if (name == QLatin1String("zoomed")) {
        one.series = lossSeries(6, 100'000);
        one.window = {AxisRange{20'000, 60'000}, AxisRange{2.92, 3.0}};
    } else if (name == QLatin1String("hovered")) {
        one.series = lossSeries(6, 400);
        one.hovered = QStringLiteral("run2");
    } else if (name == QLatin1String("wall") || name == QLatin1String("relative")) {
        one.settings.xAxis = name == QLatin1String("wall") ? XAxis::WallTime : XAxis::RelativeTime;
        one.series = lossSeries(4, 5000, one.settings.request());
    } else if (name == QLatin1String("constant")) {
        one.series = {makeSeries(0, QStringLiteral("flat"), makeHistory(std::vector<double>(50, 0.001)))};
    } else if (name == QLatin1String("single")) {
        one.series = {makeSeries(0, QStringLiteral("one"), makeHistory({0.731}))};
    }
    if (name == QLatin1String("band")) {
        one.series = groupedSeries(BandKind::Deviation, false, 2000);
        one.size = {420, 260};
    } else if (name == QLatin1String("band-dense")) {
        one.series = groupedSeries(BandKind::Extremes, false, 50'000);
        one.window.x = AxisRange{30'000, 100'000};
    } else if (name == QLatin1String("band-members")) {
        one.series = groupedSeries(BandKind::Confidence, true, 400);
        one.hovered = QStringLiteral("group1");
        one.window.x = AxisRange{20'000, 100'000};
        one.size = {420, 260};
    } else if (name == QLatin1String("many") || name == QLatin1String("many-hovered")) {
        for (int run = 0; run < 300; ++run) {
            one.series.push_back(
                makeSeries(run, QStringLiteral("run %1").arg(run),
                           lossHistory(500, static_cast<unsigned>(run), 2.6 + 0.003 * run, 200)));
            one.series.back().dash = Theme::current().dash(run);
        }
        one.hovered = name == QLatin1String("many") ? QString() : QStringLiteral("run120");
        one.size = {560, 300};
    } else if (name == QLatin1String("clipped")) {
        HistoryPtr base = lossHistory(3000, 3, 1, 33);
        std::vector<double> values(base->values.begin(), base->values.end());
        values[2000] = 40;
        values[700] = values[701] = -30;
        one.series = {makeSeries(5, QStringLiteral("spiky"),
                                 makeHistory({base->steps.begin(), base->steps.end()},
                                             {base->timestamps.begin(), base->timestamps.end()}, values)),
                      makeSeries(1, QStringLiteral("calm"), lossHistory(3000, 4, 1.3, 33))};
        one.settings.clipOutliers = true;
        one.clip = *clipRange(std::vector{one.series[0].curve, one.series[1].curve});
    } else if (name == QLatin1String("metric")) {
        one.settings.xAxis = XAxis::Metric;
        for (int run = 0; run < 3; ++run) {
            HistoryPtr loss = lossHistory(200, static_cast<unsigned>(run) + 1, 1 + 0.1 * run, 100);
            std::vector<double> x;
            for (std::size_t index = 0; index < loss->size(); ++index)
                x.push_back(0.05 * (run + 1) * static_cast<double>(index));
            one.series.push_back(makeSeries(run, QStringLiteral("run %1").arg(run), loss));
            one.series.back().curve =
                std::make_shared<Curve>(loss, XAxis::Metric, FrozenArray<double>(std::move(x)));
        }
    }
    if (name == QLatin1String("dots")) {
        const double values[] = {0.9556, 0.9778, 1, 0.9778, 0.9333, kNaN};
        const char* names[] = {"svm-rbf",     "nearest-centroid", "logistic-strong",
                               "naive-bayes", "tree-depth-3",     "a-run-with-a-very-long-name-indeed"};
        for (int run = 0; run < 6; ++run)
            one.series.push_back(
                makeSeries(run, QString::fromLatin1(names[run]), makeHistory({values[run]})));
        one.series[1].highlighted = true;
    }
    return one;
}

void ChartsPicturesTest::situations_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<double>("scale");
    for (const char* name :
         {"few",    "dense",      "smoothed",     "markers",  "log",          "symlog",  "odd",
          "zoomed", "hovered",    "wall",         "relative", "constant",     "single",  "dots",
          "band",   "band-dense", "band-members", "many",     "many-hovered", "clipped", "metric"})
        for (bool dark : {false, true})
            for (double scale : {1.0, 2.0})
                QTest::addRow("%s-%s-%g", name, dark ? "dark" : "light", scale)
                    << QString::fromLatin1(name) << dark << scale;
}

void ChartsPicturesTest::situations()
{
    QFETCH(QString, name);
    QFETCH(bool, dark);
    QFETCH(double, scale);
    ThemeControl control(dark ? ThemeControl::Choice::Dark : ThemeControl::Choice::Light,
                         Theme::Families::bundled());
    const Situation one = situation(name);
    LineCanvas canvas;
    canvas.setSettings(one.settings);
    canvas.setSeries(one.series);
    canvas.setClip(one.clip);
    canvas.setVisibleWindow(one.window);
    canvas.setHoveredRun(one.hovered);
    const QImage image = canvas.render(one.size, scale);
    QCOMPARE(image.size(), one.size * scale);

    // Every run that is not hidden behind others leaves pixels of its own colour.
    if (one.hovered.isEmpty() && name != QLatin1String("dense") && name != QLatin1String("zoomed") &&
        name != QLatin1String("dots") && !name.startsWith(QLatin1String("many"))) {
        for (const LineSeries& series : one.series) {
            int pixels = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    pixels += isNear(image.pixel(x, y), series.color.rgb());
            QVERIFY2(pixels > 5, qPrintable(series.name));
        }
    }
    if (const QString folder = qEnvironmentVariable("SEXTANT_PICTURES"); !folder.isEmpty()) {
        QDir().mkpath(folder);
        QVERIFY(image.save(
            QStringLiteral("%1/chart-%2.png").arg(folder, QString::fromLatin1(QTest::currentDataTag()))));
    }
}

} // namespace
} // namespace sextant

QTEST_MAIN(sextant::ChartsPicturesTest)
#include "charts_pictures_test.moc"
