// The line canvas under a real mouse and real keys.
#include "tests/gui/charts_data.h"
#include "ui/charts/chart_tooltip.h"
#include "ui/charts/line_canvas.h"
#include "ui/theme/theme_control.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

namespace sextant {
namespace {

using namespace test;

/// A window with one canvas, as pages have it.
struct Fixture
{
    QWidget window;
    LineCanvas* canvas = new LineCanvas(&window);

    explicit Fixture(std::vector<LineSeries> series = lossSeries(3, 1000))
    {
        window.resize(700, 420);
        canvas->setGeometry(20, 20, 640, 380);
        canvas->setTitle(QStringLiteral("val/loss"));
        canvas->setSeries(std::move(series));
        window.show();
        canvas->setFocus();
        canvas->frame();
    }

    QPoint at(double x, double y)
    {
        return {qRound(canvas->frame().x.toPixel(x)), qRound(canvas->frame().y.toPixel(y))};
    }
    /// A share of the plot's width and height.
    QPoint in(double right, double down)
    {
        const QRect plot = canvas->frame().plot;
        return {plot.left() + qRound(right * plot.width()), plot.top() + qRound(down * plot.height())};
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(canvas, Qt::LeftButton, modifiers, from);
        QTest::mouseMove(canvas, (from + to) / 2);
        QTest::mouseMove(canvas, to);
        QTest::mouseRelease(canvas, Qt::LeftButton, modifiers, to);
    }
    bool wheel(QPoint place, int turn, Qt::KeyboardModifiers modifiers)
    {
        QWheelEvent event(place, canvas->mapToGlobal(place), {}, {0, turn}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(canvas, &event);
        return event.isAccepted();
    }
    ChartTooltip* tooltip() { return window.findChild<ChartTooltip*>(); }
    bool tooltipShown() { return tooltip() && tooltip()->isVisible(); }
};

class ChartsCanvasTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_theme = std::make_unique<ThemeControl>(ThemeControl::Choice::Light, Theme::Families::bundled());
    }
    void dragZoomsAndBackspaceGoesBack();
    void flatDragZoomsOneAxis();
    void doubleClickShowsEverything();
    void controlWheelZoomsAroundTheCursor();
    void bareWheelIsLeftToThePage();
    void shiftDragPans();
    void crosshairSnapsToALoggedPoint();
    void crosshairDoesNotRedrawTheLines();
    void tooltipIsSortedByValue();
    void tooltipCountsWhatItLeavesOut();
    void tooltipStaysWhenPinned();
    void runsThatEndedSayNothing();
    void arrowsStepThroughPoints();
    void keysZoom();
    void escapeHidesTheCrosshair();
    void hoverNamesTheRun();
    void otherXAxisResetsTheZoom();
    void messagesReplaceAnEmptyChart();
    void describesItselfForScreenReaders();
    void everyColumnReachesItsExtremes();
    void drawsInSlices();
    void runsOfOnePointAreDots();
    void sharpAtEveryScale();

private:
    std::unique_ptr<ThemeControl> m_theme;
};

void ChartsCanvasTest::dragZoomsAndBackspaceGoesBack()
{
    Fixture chart;
    QSignalSpy changed(chart.canvas, &LineCanvas::visibleWindowChanged);
    const AxisScale x = chart.canvas->frame().x, y = chart.canvas->frame().y;
    const QPoint from = chart.in(0.25, 0.2), to = chart.in(0.75, 0.9);
    chart.drag(from, to);
    QCOMPARE(changed.count(), 1);
    const ViewWindow first = chart.canvas->visibleWindow();
    QVERIFY(first.x && first.y);
    QVERIFY(std::abs(first.x->low - x.toValue(from.x())) < x.range().length() * 0.005);
    QVERIFY(std::abs(first.x->high - x.toValue(to.x())) < x.range().length() * 0.005);
    QVERIFY(std::abs(first.y->high - y.toValue(from.y())) < y.range().length() * 0.01);
    chart.drag(chart.in(0.3, 0.3), chart.in(0.5, 0.6));
    QVERIFY(chart.canvas->visibleWindow() != first);
    QTest::keyClick(chart.canvas, Qt::Key_Backspace);
    QCOMPARE(chart.canvas->visibleWindow(), first);
    QTest::keyClick(chart.canvas, Qt::Key_Backspace);
    QVERIFY(chart.canvas->visibleWindow().isFull());
    QVERIFY(!chart.canvas->canZoomBack());
}

void ChartsCanvasTest::flatDragZoomsOneAxis()
{
    Fixture chart;
    chart.drag(chart.in(0.2, 0.5), chart.in(0.6, 0.51));
    QVERIFY(chart.canvas->visibleWindow().x && !chart.canvas->visibleWindow().y);
    // The height follows what is visible: the falling part is gone, so the range is smaller.
    Fixture whole;
    QVERIFY(chart.canvas->frame().y.range().length() < whole.canvas->frame().y.range().length());
    chart.canvas->resetZoom();
    chart.drag(chart.in(0.5, 0.2), chart.in(0.505, 0.6));
    QVERIFY(!chart.canvas->visibleWindow().x && chart.canvas->visibleWindow().y);
}

void ChartsCanvasTest::doubleClickShowsEverything()
{
    Fixture chart;
    chart.drag(chart.in(0.2, 0.2), chart.in(0.6, 0.6));
    const ViewWindow zoomed = chart.canvas->visibleWindow();
    QTest::mouseDClick(chart.canvas, Qt::LeftButton, {}, chart.in(0.5, 0.5));
    QVERIFY(chart.canvas->visibleWindow().isFull());
    chart.canvas->zoomBack(); // a double click by accident loses nothing
    QCOMPARE(chart.canvas->visibleWindow(), zoomed);
}

void ChartsCanvasTest::controlWheelZoomsAroundTheCursor()
{
    Fixture chart;
    const QPoint place = chart.in(0.25, 0.5);
    const double before = chart.canvas->frame().x.toValue(place.x());
    QVERIFY(chart.wheel(place, 120, Qt::ControlModifier));
    QVERIFY(chart.wheel(place, 120, Qt::ControlModifier));
    QVERIFY(chart.canvas->visibleWindow().x.has_value());
    QVERIFY(std::abs(chart.canvas->frame().x.toValue(place.x()) - before) < 1e-6 * before);
    chart.canvas->zoomBack(); // both turns were one gesture
    QVERIFY(chart.canvas->visibleWindow().isFull());
    chart.wheel(place, 120, Qt::ControlModifier);
    chart.wheel(place, -240, Qt::ControlModifier);
    QVERIFY(chart.canvas->visibleWindow().isFull()); // never further out than everything
}

void ChartsCanvasTest::bareWheelIsLeftToThePage()
{
    Fixture chart;
    QVERIFY(!chart.wheel(chart.in(0.5, 0.5), 120, {}));
    QVERIFY(chart.canvas->visibleWindow().isFull());
}

void ChartsCanvasTest::shiftDragPans()
{
    Fixture chart;
    chart.canvas->setVisibleWindow({AxisRange{20'000, 40'000}, {}});
    const int width = chart.canvas->frame().plot.width();
    const QPoint from = chart.in(0.6, 0.5);
    chart.drag(from, from - QPoint(width / 4, 0), Qt::ShiftModifier);
    const AxisRange moved = *chart.canvas->visibleWindow().x;
    QVERIFY(std::abs(moved.low - 25'000) < 100);
    QVERIFY(std::abs(moved.length() - 20'000) < 1e-6);
    chart.canvas->zoomBack();
    QCOMPARE(*chart.canvas->visibleWindow().x, (AxisRange{20'000, 40'000}));
}

void ChartsCanvasTest::crosshairSnapsToALoggedPoint()
{
    Fixture chart(lossSeries(2, 20));
    QSignalSpy moved(chart.canvas, &LineCanvas::crosshairMoved);
    QTest::mouseMove(chart.canvas, chart.at(21'000, 3.5));
    QCOMPARE(chart.canvas->crosshair().value(), 20'000.0);
    QCOMPARE(moved.count(), 1);
    const CrosshairReading reading = chart.canvas->reading();
    QCOMPARE(reading.rows.size(), 2U);
    for (const CrosshairRow& row : reading.rows)
        QCOMPARE(row.point.value, chart.canvas->series()[row.series].curve->value(4));
    QVERIFY(chart.tooltipShown());
    QCOMPARE(chart.tooltip()->table().title, QStringLiteral("Step 20,000"));
    QTest::mouseMove(&chart.window, {2, 2});
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(chart.canvas, &leave);
    QVERIFY(!chart.tooltipShown());
    QVERIFY(!chart.canvas->crosshair());
}

void ChartsCanvasTest::crosshairDoesNotRedrawTheLines()
{
    Fixture chart;
    QVERIFY(QTest::qWaitForWindowExposed(&chart.window));
    chart.window.grab();
    QSignalSpy drawn(chart.canvas, &LineCanvas::pictureFinished);
    for (double right : {0.5, 0.6, 0.7, 0.8}) {
        QTest::mouseMove(chart.canvas, chart.in(right, 0.05)); // far from all lines
        chart.window.grab();
    }
    QCOMPARE(drawn.count(), 0);
}

void ChartsCanvasTest::tooltipIsSortedByValue()
{
    std::vector<LineSeries> series{makeSeries(0, QStringLiteral("low"), makeHistory({1, 1, 1})),
                                   makeSeries(1, QStringLiteral("gone"), makeHistory({2, kNaN, 2})),
                                   makeSeries(2, QStringLiteral("high"), makeHistory({3, 3, 3})),
                                   makeSeries(3, QStringLiteral("endless"), makeHistory({2, kInf, 2}))};
    Fixture chart(std::move(series));
    QTest::mouseMove(chart.canvas, chart.at(1, 2));
    QStringList names, values;
    for (const auto& row : chart.tooltip()->table().rows) {
        names << row.name;
        values << row.cells.first();
    }
    QCOMPARE(names, QStringList({"endless", "high", "low", "gone"}));
    QCOMPARE(values, QStringList({"Inf", "3.0000", "1.0000", "NaN"}));
    QVERIFY(chart.tooltip()->accessibleDescription().contains(QStringLiteral("high: value 3.0000")));
}

void ChartsCanvasTest::tooltipCountsWhatItLeavesOut()
{
    std::vector<LineSeries> series;
    for (int run = 0; run < 20; ++run)
        series.push_back(
            makeSeries(run, QStringLiteral("run %1").arg(run), makeHistory({double(run), double(run)})));
    Fixture chart(std::move(series));
    QTest::mouseMove(chart.canvas, chart.in(0.02, 0.01));
    const TooltipTable& table = chart.tooltip()->table();
    QCOMPARE(table.rows.size(), 8U);
    QCOMPARE(table.moreAbove + table.moreBelow, 12);
    QVERIFY(table.footer().contains(QStringLiteral("more below")));
    // The run under the cursor is always among those shown.
    QTest::mouseMove(chart.canvas, chart.at(0, 3));
    const auto& rows = chart.tooltip()->table().rows;
    const auto stressed =
        std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.stressed; });
    QVERIFY(stressed != rows.end());
    QCOMPARE(stressed->name, QStringLiteral("run 3"));
}

void ChartsCanvasTest::tooltipStaysWhenPinned()
{
    Fixture chart(lossSeries(2, 20));
    QTest::mouseMove(chart.canvas, chart.at(20'000, 3.5));
    QTest::mouseClick(chart.canvas, Qt::LeftButton, {}, chart.at(20'000, 3.5));
    QTest::mouseMove(chart.canvas, chart.at(80'000, 3.5));
    QCOMPARE(chart.canvas->crosshair().value(), 20'000.0);
    QVERIFY(chart.tooltipShown());
    QTest::keyClick(chart.canvas, Qt::Key_Escape);
    QVERIFY(!chart.tooltipShown());
}

void ChartsCanvasTest::runsThatEndedSayNothing()
{
    Fixture chart({makeSeries(0, QStringLiteral("short"), makeHistory(std::vector<double>(10, 1.0))),
                   makeSeries(1, QStringLiteral("long"), makeHistory(std::vector<double>(1000, 2.0)))});
    QTest::mouseMove(chart.canvas, chart.at(700, 1.5));
    QCOMPARE(chart.canvas->reading().rows.size(), 1U);
    QCOMPARE(chart.tooltip()->table().rows.front().name, QStringLiteral("long"));
}

void ChartsCanvasTest::arrowsStepThroughPoints()
{
    Fixture chart(lossSeries(2, 20));
    QTest::keyClick(chart.canvas, Qt::Key_Right);
    QCOMPARE(chart.canvas->crosshair().value(), 0.0);
    QTest::keyClick(chart.canvas, Qt::Key_Right);
    QTest::keyClick(chart.canvas, Qt::Key_Right);
    QCOMPARE(chart.canvas->crosshair().value(), 10'000.0);
    QTest::keyClick(chart.canvas, Qt::Key_Left);
    QCOMPARE(chart.canvas->crosshair().value(), 5'000.0);
    QTest::keyClick(chart.canvas, Qt::Key_End);
    QCOMPARE(chart.canvas->crosshair().value(), 95'000.0);
    QTest::keyClick(chart.canvas, Qt::Key_Right); // stays in the picture
    QCOMPARE(chart.canvas->crosshair().value(), 95'000.0);
    QVERIFY(chart.tooltipShown());
    QVERIFY(chart.canvas->accessibleDescription().startsWith(QStringLiteral("Step 95,000")));
    QTest::keyClick(chart.canvas, Qt::Key_Down);
    QVERIFY(!chart.canvas->hoveredRun().isEmpty());
}

void ChartsCanvasTest::keysZoom()
{
    Fixture chart;
    QTest::keyClick(chart.canvas, Qt::Key_Plus);
    QVERIFY(!chart.canvas->visibleWindow().isFull());
    QTest::keyClick(chart.canvas, Qt::Key_Minus);
    QVERIFY(chart.canvas->visibleWindow().isFull());
    for (int press = 0; press < 200; ++press) // down to what numbers can hold, never beyond
        QTest::keyClick(chart.canvas, Qt::Key_Plus);
    QVERIFY(chart.canvas->frame().x.range().length() >= 1);
    QTest::keyClick(chart.canvas, Qt::Key_0);
    QVERIFY(chart.canvas->visibleWindow().isFull());
}

void ChartsCanvasTest::escapeHidesTheCrosshair()
{
    Fixture chart;
    QTest::keyClick(chart.canvas, Qt::Key_Home);
    QVERIFY(chart.canvas->crosshair());
    QTest::keyClick(chart.canvas, Qt::Key_Escape);
    QVERIFY(!chart.canvas->crosshair());
    QKeyEvent again(QEvent::KeyPress, Qt::Key_Escape, {});
    QApplication::sendEvent(chart.canvas, &again); // the next Esc belongs to the page
    QVERIFY(!again.isAccepted());
}

void ChartsCanvasTest::hoverNamesTheRun()
{
    Fixture chart({makeSeries(0, QStringLiteral("low"), makeHistory(std::vector<double>(50, 1.0))),
                   makeSeries(1, QStringLiteral("high"), makeHistory(std::vector<double>(50, 2.0)))});
    QSignalSpy hovered(chart.canvas, &LineCanvas::runHovered);
    QTest::mouseMove(chart.canvas, chart.at(20, 2.0));
    QCOMPARE(chart.canvas->hoveredRun(), QStringLiteral("run1"));
    QTest::mouseMove(chart.canvas, chart.at(20, 1.5));
    QVERIFY(chart.canvas->hoveredRun().isEmpty());
    QCOMPARE(hovered.count(), 2);
    QSignalSpy clicked(chart.canvas, &LineCanvas::runClicked);
    QTest::mouseClick(chart.canvas, Qt::LeftButton, {}, chart.at(20, 1.0));
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(clicked.front().front().toString(), QStringLiteral("run0"));
}

void ChartsCanvasTest::otherXAxisResetsTheZoom()
{
    Fixture chart;
    chart.canvas->setVisibleWindow({AxisRange{100, 200}, {}});
    chart.canvas->setSeries(lossSeries(3, 1000));
    QVERIFY(!chart.canvas->visibleWindow().isFull()); // new points of the same axis keep it
    chart.canvas->setSeries(lossSeries(3, 1000, {XAxis::WallTime, {}, kNoTime, 0}));
    QVERIFY(chart.canvas->visibleWindow().isFull());
    QVERIFY(!chart.canvas->canZoomBack());
}

void ChartsCanvasTest::messagesReplaceAnEmptyChart()
{
    Fixture chart(std::vector<LineSeries>{});
    chart.canvas->setEmptyText(QStringLiteral("No shown run has logged val/loss"));
    QCOMPARE(chart.canvas->accessibleDescription(), QStringLiteral("No shown run has logged val/loss"));
    const QImage empty = chart.window.grab().toImage();
    chart.canvas->showLoading(3, 8);
    QCOMPARE(chart.canvas->accessibleDescription(), QStringLiteral("Reading histories, 3 of 8"));
    QVERIFY(chart.window.grab().toImage() != empty);
    chart.canvas->showError(QStringLiteral("The store is locked"),
                            QStringLiteral("Try again when the training has ended"));
    QCOMPARE(chart.canvas->accessibleDescription(), QStringLiteral("The store is locked"));
    chart.window.grab();
    chart.canvas->setSeries(lossSeries(1, 100));
    QVERIFY(chart.canvas->accessibleDescription().startsWith(QStringLiteral("1 run by step, 100 points")));
}

void ChartsCanvasTest::describesItselfForScreenReaders()
{
    Fixture chart({makeSeries(0, QStringLiteral("adamw"), makeHistory({3, 2, 1.5}))});
    QCOMPARE(chart.canvas->accessibleName(), QStringLiteral("Line chart of val/loss"));
    QCOMPARE(chart.canvas->accessibleDescription(),
             QStringLiteral("1 run by step, 3 points. adamw: last 1.5 at step 2"));
}

void ChartsCanvasTest::everyColumnReachesItsExtremes()
{
    // One dense run, with spikes that any sampling would lose.
    std::vector<double> values = noisyValues(300'000, 11);
    for (std::size_t place = 1234; place < values.size(); place += 29'771)
        values[place] = place % 2 == 0 ? 25 : -20;
    Fixture chart({makeSeries(0, QStringLiteral("spiky"), makeHistory(values))});
    const LineSeries& series = chart.canvas->series().front();
    for (const ViewWindow& window : {ViewWindow{}, ViewWindow{AxisRange{50'000, 260'000}, {}}}) {
        chart.canvas->setVisibleWindow(window);
        const QImage image = chart.canvas->render(chart.canvas->size(), 1);
        const PlotFrame& frame = chart.canvas->frame();
        const auto columns =
            series.curve->columns(frame.x.range().low, frame.x.range().high, frame.plot.width());
        for (int column = 1; column + 1 < frame.plot.width(); ++column) {
            const ValueRange& range = columns[static_cast<std::size_t>(column)].range;
            for (double value : {range.minimum, range.maximum, (range.minimum + range.maximum) / 2}) {
                const int row = static_cast<int>(std::floor(frame.y.toPixel(value)));
                const QRgb pixel = image.pixel(frame.plot.left() + column, row);
                QVERIFY2(std::abs(qRed(pixel) - series.color.red()) < 110 && pixel != 0xffffffff,
                         qPrintable(QStringLiteral("column %1 value %2").arg(column).arg(value)));
            }
        }
    }
}

void ChartsCanvasTest::drawsInSlices()
{
    LinePicture picture;
    const auto series = lossSeries(6, 10'000);
    picture.start({series, {}, {}, {}, {}, {500, 300}, 1}, Theme::current());
    int slices = 1;
    while (!picture.advance(Theme::current(), QDeadlineTimer(0)))
        ++slices;
    QCOMPARE(slices, 6); // a curve a slice when there is no time
    LinePicture whole;
    whole.start({series, {}, {}, {}, {}, {500, 300}, 1}, Theme::current());
    QVERIFY(whole.advance(Theme::current(), QDeadlineTimer(QDeadlineTimer::Forever)));
    QCOMPARE(picture.image(), whole.image());
}

void ChartsCanvasTest::runsOfOnePointAreDots()
{
    std::vector<LineSeries> series;
    for (int run = 0; run < 40; ++run)
        series.push_back(
            makeSeries(run, QStringLiteral("run %1").arg(run), makeHistory({run == 7 ? kNaN : 0.1 * run})));
    QVERIFY(DotPlot::suits(series));
    QVERIFY(!DotPlot::suits({}));
    QVERIFY(!DotPlot::suits(lossSeries(1, 2)));
    Fixture chart(std::move(series));
    QSignalSpy hovered(chart.canvas, &LineCanvas::runHovered), clicked(chart.canvas, &LineCanvas::runClicked);
    chart.window.grab();
    QTest::mouseMove(chart.canvas, {300, 12}); // the first row is the highest value
    QCOMPARE(chart.canvas->hoveredRun(), QStringLiteral("run39"));
    QCOMPARE(hovered.count(), 1);
    QTest::mouseClick(chart.canvas, Qt::LeftButton, {}, {300, 12});
    QCOMPARE(clicked.count(), 1);
    // There is nothing to zoom into or to read between.
    QVERIFY(!chart.wheel({300, 100}, 120, Qt::ControlModifier));
    chart.drag({200, 50}, {400, 150});
    QTest::keyClick(chart.canvas, Qt::Key_Plus);
    QTest::keyClick(chart.canvas, Qt::Key_Right);
    QVERIFY(chart.canvas->visibleWindow().isFull());
    QVERIFY(!chart.canvas->crosshair());
    QVERIFY(!chart.tooltipShown());
}

void ChartsCanvasTest::sharpAtEveryScale()
{
    Fixture chart;
    for (double scale : {1.0, 1.25, 1.5, 2.0, 3.0}) {
        const QImage image = chart.canvas->render({401, 283}, scale);
        QCOMPARE(image.size(), (QSizeF(401, 283) * scale).toSize());
        QCOMPARE(image.devicePixelRatio(), scale);
    }
    QVERIFY(!chart.canvas->render({1, 1}, 1).isNull());
    QVERIFY(!chart.canvas->render({30, 4000}, 1).isNull());
}

} // namespace
} // namespace sextant

QTEST_MAIN(sextant::ChartsCanvasTest)
#include "charts_canvas_test.moc"
