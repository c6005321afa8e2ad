// Scales, ticks and the words of values: the parts of charts that need no window.
#include "tests/gui/charts_data.h"
#include "ui/charts/plot_frame.h"
#include "ui/charts/value_text.h"

#include <QTest>
#include <QTimeZone>

namespace sextant {
namespace {

QStringList labels(const std::vector<Tick>& ticks)
{
    QStringList result;
    for (const Tick& tick : ticks)
        result << tick.label;
    return result;
}

class ChartsAxesTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void scalesGoThereAndBack();
    void zoomKeepsTheAnchor();
    void linearTicksAreRound();
    void linearTicksHoldExtremes();
    void logTicksAreDecades();
    void timeTicksAreRound();
    void valuesReadWell();
    void durationsReadWell();
    void windowGoesBackStepByStep();
    void frameShowsEverythingByDefault();
    void frameHoldsExtremes();
};

void ChartsAxesTest::scalesGoThereAndBack()
{
    using Kind = AxisScale::Kind;
    for (const auto& [kind, range] :
         {std::pair{Kind::Linear, AxisRange{-5, 20}}, std::pair{Kind::Logarithmic, AxisRange{1e-6, 1e3}},
          std::pair{Kind::SymmetricLogarithmic, AxisRange{-1e4, 1e2}}}) {
        AxisScale scale(kind, range, 0.01);
        scale.setPixels(400, 10);
        QCOMPARE(scale.toPixel(range.low), 400.0);
        QCOMPARE(scale.toPixel(range.high), 10.0);
        double before = scale.toPixel(range.low);
        for (double pixel = 399; pixel >= 10; pixel -= 7.3) {
            QVERIFY(std::abs(scale.toPixel(scale.toValue(pixel)) - pixel) < 1e-6);
            QVERIFY(pixel < before);
            before = pixel;
        }
    }
    AxisScale symmetric(Kind::SymmetricLogarithmic, {-100, 100}, 1);
    symmetric.setPixels(0, 100);
    QCOMPARE(symmetric.toPixel(0), 50.0);
    AxisScale logarithmic(Kind::Logarithmic, {1, 10});
    logarithmic.setPixels(0, 100);
    QVERIFY(logarithmic.toPixel(-3) < -1000); // far below, never NaN
    QVERIFY(logarithmic.toPixel(0) < -1000);
}

void ChartsAxesTest::zoomKeepsTheAnchor()
{
    AxisScale scale(AxisScale::Kind::Logarithmic, {1, 10'000});
    scale.setPixels(0, 100);
    const AxisRange zoomed = scale.zoomed(0.5, 100);
    QVERIFY(std::abs(zoomed.low - 10) < 1e-9);
    QVERIFY(std::abs(zoomed.high - 1000) < 1e-6);
    const AxisRange moved = scale.moved(0.25);
    QVERIFY(std::abs(moved.low - 10) < 1e-9);
}

void ChartsAxesTest::linearTicksAreRound()
{
    QCOMPARE(labels(linearTicks({0, 100'000}, 4, 1)), QStringList({"0", "25k", "50k", "75k", "100k"}));
    QCOMPARE(labels(linearTicks({2.8, 3.6}, 4)), QStringList({"2.8", "3.0", "3.2", "3.4", "3.6"}));
    QCOMPARE(labels(linearTicks({0, 3}, 6, 1)), QStringList({"0", "1", "2", "3"}));
    QCOMPARE(labels(linearTicks({-1, 1}, 4)), QStringList({"−1.0", "−0.5", "0", "0.5", "1.0"}));
    QCOMPARE(labels(linearTicks({0, 0.0004}, 4)), QStringList({"0", "1e-4", "2e-4", "3e-4", "4e-4"}));
    QCOMPARE(labels(linearTicks({38'001, 38'009}, 4, 1)),
             QStringList({"38,002", "38,004", "38,006", "38,008"}));
    QCOMPARE(labels(linearTicks({0, 2'000'000}, 4)), QStringList({"0", "0.5M", "1.0M", "1.5M", "2.0M"}));
}

void ChartsAxesTest::linearTicksHoldExtremes()
{
    QVERIFY(linearTicks({-8e307, 8e307}, 4).size() < 20);
    QVERIFY(linearTicks({0, 5e-324}, 4).size() < 300);
    QVERIFY(linearTicks({1e15, 1e15 + 1}, 4).size() < 20);
    QVERIFY(linearTicks({0, 0}, 4).size() < 20);
}

void ChartsAxesTest::logTicksAreDecades()
{
    using Kind = AxisScale::Kind;
    QCOMPARE(labels(logTicks({Kind::Logarithmic, {0.1, 10}}, 4)), QStringList({"0.1", "1", "10"}));
    QCOMPARE(labels(logTicks({Kind::Logarithmic, {1e-5, 1e-1}}, 6)),
             QStringList({"1e-5", "1e-4", "1e-3", "1e-2", "1e-1"}));
    QCOMPARE(labels(logTicks({Kind::Logarithmic, {1, 8}}, 5)), QStringList({"1", "2", "5"}));
    QVERIFY(logTicks({Kind::Logarithmic, {1e-300, 1e300}}, 5).size() <= 8);
    const QStringList symmetric = labels(logTicks({Kind::SymmetricLogarithmic, {-120, 120}, 1}, 8));
    QCOMPARE(symmetric, QStringList({"−100", "−10", "−1", "0", "1", "10", "100"}));
}

void ChartsAxesTest::timeTicksAreRound()
{
    QCOMPARE(labels(durationTicks({0, 62}, 4)), QStringList({"0", "15 s", "30 s", "45 s", "60 s"}));
    QCOMPARE(labels(durationTicks({0, 3.7 * 3600}, 4)), QStringList({"0", "1 h", "2 h", "3 h"}));
    QCOMPARE(labels(durationTicks({0, 90 * 86'400.0}, 4)).last(), QStringLiteral("75 d"));
    const double noon = 1'763'380'800'000; // 17 Nov 2025 12:00 UTC
    QCOMPARE(labels(momentTicks({noon, noon + 3'600'000}, 4)),
             QStringList({"17 Nov 12:00", "12:15", "12:30", "12:45", "13:00"}));
    const QStringList days = labels(momentTicks({noon, noon + 3 * 86'400'000.0}, 4));
    QVERIFY2(days.contains(QStringLiteral("18 Nov")), qPrintable(days.join(' ')));
    const QStringList months = labels(momentTicks({noon, noon + 200 * 86'400'000.0}, 5));
    QVERIFY2(months.contains(QStringLiteral("Jan 2026")), qPrintable(months.join(' ')));
    QVERIFY(momentTicks({-9.2e18, 9.2e18}, 5).size() < 300); // hostile clocks
}

void ChartsAxesTest::valuesReadWell()
{
    QCOMPARE(valueText(2.8689), QStringLiteral("2.8689"));
    QCOMPARE(valueText(411'927), QStringLiteral("411,927"));
    QCOMPARE(valueText(-0.5), QStringLiteral("−0.5"));
    QCOMPARE(valueText(1.25e-7), QStringLiteral("1.25e-07"));
    QCOMPARE(valueText(0), QStringLiteral("0"));
    QCOMPARE(valueText(test::kNaN), QStringLiteral("NaN"));
    QCOMPARE(valueText(-test::kInf), QStringLiteral("−Inf"));
    QCOMPARE(fixedText(3.14159, 4), QStringLiteral("3.1416"));
    QCOMPARE(fixedText(1e-7, 4), QStringLiteral("1e-07")); // never a 0 that is none
    QCOMPARE(decimalsFor(3.1), 4);
    QCOMPARE(decimalsFor(412.5), 2);
    QCOMPARE(decimalsFor(1e6), 0);
}

void ChartsAxesTest::durationsReadWell()
{
    QCOMPARE(durationText(0.25), QStringLiteral("0.25 s"));
    QCOMPARE(durationText(38), QStringLiteral("38 s"));
    QCOMPARE(durationText(725), QStringLiteral("12m 05s"));
    QCOMPARE(durationText(7440), QStringLiteral("2h 04m"));
    QCOMPARE(durationText(266'400), QStringLiteral("3d 02h"));
    QCOMPARE(durationText(-60), QStringLiteral("−1m 00s"));
}

void ChartsAxesTest::windowGoesBackStepByStep()
{
    ZoomHistory zoom;
    const ViewWindow first{AxisRange{0, 10}, {}}, second{AxisRange{2, 4}, {}}, third{AxisRange{3, 4}, {}};
    QVERIFY(!zoom.goBack());
    QVERIFY(zoom.show(first));
    QVERIFY(!zoom.show(first));
    QVERIFY(zoom.show(second, 7)); // one gesture …
    QVERIFY(zoom.show(third, 7));  // … is one step
    QVERIFY(zoom.goBack());
    QCOMPARE(zoom.current(), first);
    QVERIFY(zoom.goBack());
    QVERIFY(zoom.current().isFull());
    QVERIFY(!zoom.canGoBack());
}

PlotFrame frameOf(std::vector<double> values, const LineSettings& settings = {})
{
    const std::vector<LineSeries> series{
        test::makeSeries(0, QStringLiteral("run"), test::makeHistory(std::move(values)))};
    return layOut(series, settings, {}, {400, 300}, QFontMetricsF(QFont()));
}

void ChartsAxesTest::frameShowsEverythingByDefault()
{
    const PlotFrame linear = frameOf({1, -3, 7});
    QVERIFY(linear.y.range().low <= -3 && linear.y.range().high >= 7);
    QCOMPARE(linear.x.range(), (AxisRange{0, 2}));
    LineSettings logarithmic;
    logarithmic.logY = true;
    QCOMPARE(frameOf({1, 100}, logarithmic).y.kind(), AxisScale::Kind::Logarithmic);
    // Zero and negative values must show on a logarithmic axis.
    const PlotFrame symmetric = frameOf({0, -3, 100}, logarithmic);
    QCOMPARE(symmetric.y.kind(), AxisScale::Kind::SymmetricLogarithmic);
    QVERIFY(symmetric.y.range().low < -3 && symmetric.y.range().high > 100);
    QCOMPARE(frameOf({0, 0}, logarithmic).y.kind(), AxisScale::Kind::SymmetricLogarithmic);
}

void ChartsAxesTest::frameHoldsExtremes()
{
    using test::kInf;
    using test::kNaN;
    LineSettings logarithmic;
    logarithmic.logY = true;
    for (const std::vector<double>& values : {std::vector<double>{},
                                              {kNaN},
                                              {kInf, -kInf},
                                              {1e308, -1e308},
                                              {5e-324, 1e308},
                                              {-5e-324, 0},
                                              {1, std::nextafter(1, 2)}}) {
        for (const LineSettings& settings : {LineSettings(), logarithmic}) {
            const PlotFrame frame = frameOf(values, settings);
            QVERIFY2(frame.y.range().high > frame.y.range().low,
                     qPrintable(QString::number(values.empty() ? 0 : values.back())));
            QVERIFY(std::isfinite(frame.y.range().length()));
            QVERIFY(frame.yTicks.size() < 50);
            for (double value : values)
                QVERIFY(!std::isfinite(value) || std::isfinite(frame.y.toPixel(value)));
        }
    }
}

} // namespace
} // namespace sextant

QTEST_MAIN(sextant::ChartsAxesTest)
#include "charts_axes_test.moc"
