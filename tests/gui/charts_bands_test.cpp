// Bands, clipped outliers, labels at the ends of lines, many lines: what is drawn and what is said.
#include "tests/gui/charts_data.h"
#include "ui/charts/chart_tooltip.h"
#include "ui/charts/end_labels.h"
#include "ui/charts/line_panel.h"
#include "ui/charts/plot_marks.h"
#include "ui/theme/theme_control.h"

#include "ui/widgets/label.h"

#include <QAction>
#include <QTest>

namespace sextant {
namespace {

using namespace test;

constexpr QSize kSize{400, 240};

LineSeries groupOf(int index, const QString& name, const std::vector<HistoryPtr>& histories, BandKind kind)
{
    LineSeries mean;
    std::vector<CurvePtr> curves;
    for (const HistoryPtr& history : histories) {
        mean.hidden.push_back(makeSeries(index, name, history));
        curves.push_back(mean.hidden.back().curve);
    }
    mean.band = *makeBand(curves, kind);
    mean.curve = mean.band->mean;
    mean.runId = QStringLiteral("group:") + name;
    mean.name = mean.endLabel = name;
    mean.color = Theme::current().series(index);
    return mean;
}

std::vector<HistoryPtr> levels(std::initializer_list<double> values, std::size_t count = 50)
{
    std::vector<HistoryPtr> histories;
    for (double value : values)
        histories.push_back(makeHistory(std::vector<double>(count, value)));
    return histories;
}

LinePicture pictureOf(std::vector<LineSeries> series, std::optional<AxisRange> clip = {},
                      const QString& hovered = {}, const LineSettings& settings = {})
{
    LinePicture picture;
    picture.start({std::move(series), settings, {}, clip, hovered, kSize, 1}, Theme::current());
    picture.advance(Theme::current(), QDeadlineTimer(QDeadlineTimer::Forever));
    return picture;
}

QColor at(const LinePicture& picture, double x, double y)
{
    return picture.image().pixelColor(qRound(picture.frame().x.toPixel(x)),
                                      qRound(picture.frame().y.toPixel(y)));
}

class ChartsBandsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_theme = std::make_unique<ThemeControl>(ThemeControl::Choice::Light, Theme::Families::bundled());
    }
    void fillReachesFromLowToHigh();
    void fillIsExactInEveryColumn();
    void noFillWhereFewerThanTwo();
    void axisHoldsTheBand();
    void clippedValuesAreMarkedAndCounted();
    void clipGivesWayWhereNothingElseIsVisible();
    void endLabelsDoNotOverlap();
    void hundredsOfLinesLetTheHoveredOneStandOut();
    void tooltipTellsDistanceFromTheBaseline();
    void tooltipTellsSpreadAndCount();
    void clickPinsTheTooltip();
    void headSaysWhatIsShown();
    void menuOffersWhatTheOwnerCan();

private:
    std::unique_ptr<ThemeControl> m_theme;
};

void ChartsBandsTest::fillReachesFromLowToHigh()
{
    const LinePicture picture =
        pictureOf({groupOf(0, QStringLiteral("g"), levels({1, 2, 6}), BandKind::Extremes)});
    const QColor ground = Theme::current().color("bg.1"), fill = at(picture, 25, 4.7);
    QVERIFY(fill != ground);
    QCOMPARE(at(picture, 25, 1.4), fill);
    QCOMPARE(at(picture, 25, 5.8), fill);
    QCOMPARE(at(picture, 25, 6.15), ground);
    const QColor line = at(picture, 25, 3);
    QVERIFY(line != fill && line != ground);
}

void ChartsBandsTest::fillIsExactInEveryColumn()
{
    // A spike of one point among a hundred thousand reaches its height in the fill.
    std::vector<double> calm(100'000, 1.0), spiky = calm;
    spiky[61'803] = 9;
    const LinePicture picture = pictureOf(
        {groupOf(0, QStringLiteral("g"), {makeHistory(calm), makeHistory(spiky)}, BandKind::Extremes)});
    const QColor ground = Theme::current().color("bg.1");
    const int y = qRound(picture.frame().y.toPixel(8.3));
    int filled = 0;
    for (int x = picture.frame().plot.left(); x < picture.frame().plot.right(); ++x)
        filled += picture.image().pixelColor(x, y) != ground;
    QVERIFY(filled >= 1 && filled <= 3);
}

void ChartsBandsTest::noFillWhereFewerThanTwo()
{
    const LinePicture picture = pictureOf(
        {groupOf(0, QStringLiteral("g"),
                 {makeHistory(std::vector<double>(100, 1.0)), makeHistory(std::vector<double>(50, 3.0))},
                 BandKind::Deviation)});
    const QColor ground = Theme::current().color("bg.1");
    QVERIFY(at(picture, 20, 2.6) != ground);
    QCOMPARE(at(picture, 80, 2.6), ground);
    QVERIFY(at(picture, 80, 1) != ground); // the mean goes on
}

void ChartsBandsTest::axisHoldsTheBand()
{
    const LinePicture picture =
        pictureOf({groupOf(0, QStringLiteral("g"), levels({-10, 30}), BandKind::Extremes)});
    QVERIFY(picture.frame().y.range().low <= -10 && picture.frame().y.range().high >= 30);
}

void ChartsBandsTest::clippedValuesAreMarkedAndCounted()
{
    std::vector<double> values(1000, 1.0);
    for (std::size_t index = 0; index < values.size(); ++index)
        values[index] += 0.001 * static_cast<double>(index);
    values[300] = values[301] = 500;
    values[700] = -80;
    const std::vector<LineSeries> series{makeSeries(0, QStringLiteral("spiky"), makeHistory(values))};
    const ClipRange clip = *clipRange(std::vector{series[0].curve});
    QVERIFY(clip.clips());
    const LinePicture picture = pictureOf(series, AxisRange{clip.low, clip.high});
    QVERIFY(picture.frame().y.range().high < 5);
    const PlotMarks& marks = picture.marks();
    QCOMPARE(marks.above.points, 2U);
    QCOMPARE(marks.above.places.size(), 1U);
    QCOMPARE(marks.below.points, 1U);
    QCOMPARE(beyondText(marks.above, true, QStringLiteral("3")), QStringLiteral("2 above 3"));
    PlotMarks::Beyond many;
    many.counted = false;
    many.series = {0, 1};
    QCOMPARE(beyondText(many, false, QStringLiteral("0")), QStringLiteral("2 runs below 0"));
}

void ChartsBandsTest::clipGivesWayWhereNothingElseIsVisible()
{
    LinePicture picture;
    picture.start({{makeSeries(0, QStringLiteral("high"), makeHistory(std::vector<double>(10, 100.0)))},
                   {},
                   {},
                   AxisRange{0, 1},
                   {},
                   kSize,
                   1},
                  Theme::current());
    QVERIFY(picture.frame().y.range().high >= 100);
}

void ChartsBandsTest::endLabelsDoNotOverlap()
{
    std::vector<LineSeries> series;
    for (int group = 0; group < 6; ++group) {
        const double level = group == 5 ? 40 : 1 + 0.001 * group;
        series.push_back(makeSeries(group, QStringLiteral("group %1").arg(group),
                                    makeHistory(std::vector<double>(20, level))));
        series.back().endLabel = series.back().name;
    }
    const LinePicture picture = pictureOf(series);
    QVERIFY(kSize.width() - picture.frame().plot.right() > 50); // room was made
    const auto labels = placeEndLabels(series, picture.frame(), 14);
    QCOMPARE(labels.size(), 6U);
    for (std::size_t index = 1; index < labels.size(); ++index)
        QVERIFY(labels[index].y - labels[index - 1].y >= 13.99);
    QCOMPARE(labels.front().series, 5U);
    QVERIFY(labels.back().y <= picture.frame().plot.bottom() + 10);
    // Where there is no room for all, those on top stay.
    LinePicture low;
    low.start({series, {}, {}, {}, {}, {300, 70}, 1}, Theme::current());
    QVERIFY(placeEndLabels(series, low.frame(), 14).size() < 6);
}

void ChartsBandsTest::hundredsOfLinesLetTheHoveredOneStandOut()
{
    std::vector<LineSeries> series;
    for (int run = 0; run < 400; ++run)
        series.push_back(makeSeries(run, QStringLiteral("run"),
                                    lossHistory(300, static_cast<unsigned>(run), 2 + 0.001 * run)));
    for (LineSeries& one : series)
        one.color = Qt::gray;
    series[200].color = Theme::current().series(0);
    const LinePicture picture = pictureOf(series, {}, QStringLiteral("run200"));
    int own = 0;
    for (int x = picture.frame().plot.left() + 5; x < picture.frame().plot.right() - 5; ++x)
        for (int y = 0; y < kSize.height(); ++y)
            own += picture.image().pixelColor(x, y) == series[200].color;
    QVERIFY(own > picture.frame().plot.width());
}

void ChartsBandsTest::tooltipTellsDistanceFromTheBaseline()
{
    std::vector<LineSeries> series{makeSeries(0, QStringLiteral("a"), makeHistory({3, 3})),
                                   makeSeries(1, QStringLiteral("base"), makeHistory({2, 2})),
                                   makeSeries(2, QStringLiteral("c"), makeHistory({1.5, 1.5})),
                                   makeSeries(3, QStringLiteral("d"), makeHistory({2, kNaN}))};
    series[1].baseline = true;
    const TooltipTable table = tooltipTable(readAt(series, 1, 1), series, {}, 8);
    QCOMPARE(table.columns.last(), QStringLiteral("Δ baseline"));
    QStringList deltas;
    for (const auto& row : table.rows)
        deltas << row.cells.last();
    QCOMPARE(deltas, QStringList({QStringLiteral("▲ +1.0000"), QStringLiteral("baseline"),
                                  QStringLiteral("▼ −0.5000"), QStringLiteral("—")}));
    QVERIFY(table.rows[1].baseline);
    series[1].baseline = false;
    QCOMPARE(tooltipTable(readAt(series, 1, 1), series, {}, 8).columns.last(), QStringLiteral("Time"));
}

void ChartsBandsTest::tooltipTellsSpreadAndCount()
{
    const std::vector<LineSeries> series{
        groupOf(0, QStringLiteral("three"), levels({1, 2, 3}), BandKind::Deviation),
        groupOf(1, QStringLiteral("one"), levels({7}), BandKind::Deviation),
        groupOf(2, QStringLiteral("all"), levels({4, 6}), BandKind::Extremes)};
    const TooltipTable table = tooltipTable(readAt(series, 10, 1), series, {}, 8);
    QCOMPARE(table.rows[0].cells.mid(1, 2), QStringList({QStringLiteral("n < 2"), QStringLiteral("1")}));
    QCOMPARE(table.rows[1].cells.mid(1, 2),
             QStringList({QStringLiteral("4.0000 to 6.0000"), QStringLiteral("2")}));
    QCOMPARE(table.rows[2].cells.mid(1, 2), QStringList({QStringLiteral("± 1.0000"), QStringLiteral("3")}));
    QVERIFY(table.subtitle.isEmpty()); // a mean has no time of its own
}

void ChartsBandsTest::clickPinsTheTooltip()
{
    QWidget window;
    window.resize(760, 380);
    LinePanel panel(QStringLiteral("val/loss"), &window);
    panel.setGeometry(0, 0, 760, 380);
    LineSettings settings;
    settings.smoothing = {SmoothingKind::ExponentialAverage, 0.9};
    panel.setSettings(settings);
    std::vector<LineSeries> series = lossSeries(6, 2000, settings.request());
    series[3].baseline = series[3].highlighted = true;
    panel.setSeries(std::move(series));
    window.show();
    LineCanvas* canvas = panel.canvas();
    const QPoint place = canvas->frame().plot.center();
    QTest::mouseMove(canvas, place);
    auto* tooltip = window.findChild<ChartTooltip*>();
    QVERIFY(tooltip && tooltip->isVisible() && !tooltip->table().pinned);
    QTest::mouseClick(canvas, Qt::LeftButton, {}, place);
    QVERIFY(tooltip->table().pinned);
    QTest::mouseMove(canvas, place + QPoint(60, 0));
    QVERIFY(tooltip->isVisible());
    if (const QString folder = qEnvironmentVariable("SEXTANT_PICTURES"); !folder.isEmpty())
        window.grab().save(folder + QStringLiteral("/tooltip.png"));
    QTest::mouseClick(canvas, Qt::LeftButton, {}, place);
    QVERIFY(!tooltip->table().pinned);
}

void ChartsBandsTest::headSaysWhatIsShown()
{
    LinePanel panel(QStringLiteral("val/loss"));
    panel.resize(900, 300);
    LineSettings settings;
    settings.band = BandKind::Confidence;
    settings.xAxis = XAxis::Metric;
    settings.xMetric = "epoch";
    settings.clipOutliers = true;
    panel.setSettings(settings);
    LineSeries group = groupOf(0, QStringLiteral("g"), levels({1, 2, 3}), BandKind::Confidence);
    group.unmatched = 12;
    panel.setSeries({group, groupOf(1, QStringLiteral("h"), levels({1, 2}), BandKind::Confidence)});
    QCOMPARE(panel.canvas()->pointCount(), 250U); // of the runs, not of their means
    QStringList texts;
    for (ElidedLabel* label : panel.findChildren<ElidedLabel*>())
        texts << label->text();
    QVERIFY2(texts.contains(QStringLiteral(
                 "epoch, mean with 95 % CI, n = 3, 2, outliers clipped, 12 steps not in all metrics")),
             qPrintable(texts.join(QLatin1Char('|'))));
}

void ChartsBandsTest::menuOffersWhatTheOwnerCan()
{
    LinePanel panel(QStringLiteral("val/loss"));
    const auto find = [&](const QString& text) {
        for (QAction* action : panel.findChildren<QAction*>())
            if (action->text() == text)
                return action;
        return static_cast<QAction*>(nullptr);
    };
    QVERIFY(!find(QStringLiteral("Another metric…"))->isVisible());
    panel.setOffersMetrics(true);
    panel.setOffersBands(true);
    QVERIFY(find(QStringLiteral("Another metric…"))->isVisible());
    find(QStringLiteral("mean ± std"))->trigger();
    QCOMPARE(panel.settings().band, BandKind::Deviation);
    find(QStringLiteral("Clip outliers"))->trigger();
    QVERIFY(panel.settings().clipOutliers);
}

} // namespace
} // namespace sextant

QTEST_MAIN(sextant::ChartsBandsTest)
#include "charts_bands_test.moc"
