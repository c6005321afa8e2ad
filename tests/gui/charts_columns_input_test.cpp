// Charts of columns under a real mouse and real keys: brushes, axes, choices, tooltips, slices.
#include "tests/gui/charts_columns_data.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/chart_tooltip.h"
#include "ui/charts/contour_chart.h"
#include "ui/charts/histogram_chart.h"
#include "ui/charts/parallel_chart.h"
#include "ui/charts/row_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/theme/theme_control.h"

#include <QAbstractItemModelTester>
#include <QDialog>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QWheelEvent>

#include <numeric>

namespace sextant {
namespace {

using namespace test;

/// A window with one chart.
template <class Chart>
struct Shown
{
    QWidget window;
    Chart* chart = new Chart(&window);

    explicit Shown(QSize size = {800, 320})
    {
        window.resize(size);
        chart->resize(size);
        window.show();
        static_cast<void>(QTest::qWaitForWindowExposed(&window));
        chart->setFocus(Qt::TabFocusReason);
    }
    void move(QPoint place)
    {
        QMouseEvent event(QEvent::MouseMove, QPointF(place), chart->mapToGlobal(QPointF(place)), Qt::NoButton,
                          Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(chart, &event);
    }
    void drag(QPoint from, QPoint to)
    {
        QTest::mousePress(chart, Qt::LeftButton, {}, from);
        QTest::mouseMove(chart, (from + to) / 2);
        QTest::mouseMove(chart, to);
        QTest::mouseRelease(chart, Qt::LeftButton, {}, to);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(chart, key, modifiers); }
    ChartTooltip* tooltip() { return window.template findChild<ChartTooltip*>(); }
    bool tooltipShown() { return tooltip() && tooltip()->isVisible(); }
};

struct Parallel : Shown<ParallelChart>
{
    ChartTablePtr table;

    explicit Parallel(int runs = 60, bool odd = true) : table(searchTable(runs, odd))
    {
        chart->setData(table, {0, 1, 2, 3, 4});
    }
    QPoint at(int axis, double share) { return chart->placeAt(axis, share).toPoint(); }
};

class ChartsColumnsInputTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_theme = std::make_unique<ThemeControl>(ThemeControl::Choice::Light, Theme::Families::bundled());
    }
    void brushIsMadeMovedResizedAndCleared();
    void brushKeepsTheRowsInside();
    void brushTakesMissingValues();
    void brushSpeaksInValues();
    void keysBrush();
    void axesMoveAndFlip();
    void logarithmIsChosenBySpan();
    void newDataKeepsBrushesByValue();
    void oddAxesDoNotBreak_data();
    void oddAxesDoNotBreak();
    void lineIsHoveredAndClicked();
    void brushingNeverHoldsTheThread();
    void brushedPictureEndsUpToDate();
    void dotIsHoveredAndClicked();
    void rectangleChooses();
    void keysWalkThroughDots();
    void manyDotsAreDrawnInSlices();
    void rowsScrollAndAreChosen();
    void histogramBinsAreChosen();
    void contourSamplesAreFound();
    void messagesStandInPlace();
    void everyChartHasItsTable();
    void namesAreNoMarkup();

private:
    std::unique_ptr<ThemeControl> m_theme;
};

void ChartsColumnsInputTest::brushIsMadeMovedResizedAndCleared()
{
    Parallel shown;
    QSignalSpy brushed(shown.chart, &ParallelChart::rowsBrushed);
    shown.drag(shown.at(2, 0.2), shown.at(2, 0.6));
    QVERIFY(brushed.count() > 0);
    const auto span = [&] { return *shown.chart->axis(2).brush; };
    QVERIFY(std::abs(span().low - 0.2) < 0.02 && std::abs(span().high - 0.6) < 0.02);
    shown.drag(shown.at(2, 0.4), shown.at(2, 0.5)); // its middle
    QVERIFY(std::abs(span().low - 0.3) < 0.03 && std::abs(span().high - 0.7) < 0.03);
    shown.drag(shown.at(2, span().high), shown.at(2, 0.9)); // its top
    QVERIFY(std::abs(span().low - 0.3) < 0.03 && std::abs(span().high - 0.9) < 0.03);
    shown.drag(shown.at(2, span().low), shown.at(2, 0.95)); // its bottom over its top
    QVERIFY(span().low < span().high && std::abs(span().low - 0.9) < 0.03);
    QTest::mouseClick(shown.chart, Qt::LeftButton, {}, shown.at(2, 0.1));
    QVERIFY(!shown.chart->isBrushed());
    QCOMPARE(shown.chart->rowsInside().size(), std::size_t{60});
}

void ChartsColumnsInputTest::brushKeepsTheRowsInside()
{
    Parallel shown(200, false);
    shown.chart->setBrush(4, BrushSpan{0, 0.5});
    shown.chart->setBrush(0, BrushSpan{0.9, 1});
    const double limit = shown.chart->axis(4).valuesIn({0, 0.5}).high;
    std::vector<int> expected;
    for (int row = 0; row < 200; ++row)
        if (shown.table->columns[4].values[static_cast<std::size_t>(row)] <= limit &&
            shown.table->columns[0].codes[static_cast<std::size_t>(row)] == 2)
            expected.push_back(row);
    QCOMPARE(shown.chart->rowsInside(), expected);
    QVERIFY(shown.chart->note().contains(
        QStringLiteral("%1 of 200 runs inside the brushes").arg(expected.size())));
    QCOMPARE(shown.chart->table().rows, static_cast<int>(expected.size()));
}

void ChartsColumnsInputTest::brushTakesMissingValues()
{
    Parallel shown;
    const auto& places = shown.chart->axis(3).places();
    QCOMPARE(places.size(), std::size_t{1});
    QCOMPARE(places[0].name, QStringLiteral("missing"));
    QVERIFY(places[0].share < 0);
    shown.chart->setBrush(3, BrushSpan{places[0].share - 0.02, places[0].share + 0.02});
    QCOMPARE(static_cast<int>(shown.chart->rowsInside().size()), places[0].count);
    QCOMPARE(shown.chart->brushes()[0].text, QStringLiteral("missing"));
    QVERIFY(shown.chart->brushes()[0].part.places.contains(QStringLiteral("missing")));
    // NaN and infinity are two other words.
    QStringList names;
    for (const auto& place : shown.chart->axis(4).places())
        names << place.name;
    QCOMPARE(names, QStringList({QStringLiteral("NaN"), QStringLiteral("Inf")}));
}

void ChartsColumnsInputTest::brushSpeaksInValues()
{
    Parallel shown(200, false);
    shown.chart->setBrush(4, BrushSpan{0, 0.5});
    QVERIFY(shown.chart->brushes()[0].text.startsWith(QStringLiteral("≤ 2.")));
    QVERIFY(std::isinf(shown.chart->brushes()[0].part.low));
    shown.chart->setBrush(4, BrushSpan{0.5, 1});
    QVERIFY(shown.chart->brushes()[0].text.startsWith(QStringLiteral("≥ 2.")));
    shown.chart->setBrush(4, std::nullopt);
    shown.chart->setBrush(0, BrushSpan{-0.1, 0.6});
    QCOMPARE(shown.chart->brushes()[0].text, QStringLiteral("adamw, lion"));
    QCOMPARE(shown.chart->brushes()[0].part.categories,
             QStringList({QStringLiteral("adamw"), QStringLiteral("lion")}));
}

void ChartsColumnsInputTest::keysBrush()
{
    Parallel shown;
    shown.key(Qt::Key_Right);
    shown.key(Qt::Key_Right);
    QCOMPARE(shown.chart->currentAxis(), 1);
    shown.key(Qt::Key_Space);
    QVERIFY(shown.chart->axis(1).brush.has_value());
    const BrushSpan before = *shown.chart->axis(1).brush;
    shown.key(Qt::Key_Down);
    QVERIFY(shown.chart->axis(1).brush->low < before.low);
    shown.key(Qt::Key_Down, Qt::ShiftModifier);
    shown.key(Qt::Key_Up, Qt::ControlModifier);
    const BrushSpan after = *shown.chart->axis(1).brush;
    QVERIFY(after.high - after.low < before.high - before.low);
    QVERIFY(shown.chart->accessibleDescription().contains(QStringLiteral("lr")));
    shown.key(Qt::Key_Delete);
    QVERIFY(!shown.chart->isBrushed());
    shown.key(Qt::Key_Space);
    shown.key(Qt::Key_Escape);
    QVERIFY(!shown.chart->isBrushed());
    shown.key(Qt::Key_L);
    QVERIFY(!shown.chart->axis(1).isLogarithmic());
    shown.key(Qt::Key_F);
    QVERIFY(shown.chart->axis(1).isFlipped());
    shown.key(Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(shown.chart->axis(2).name(), QStringLiteral("lr"));
    QCOMPARE(shown.chart->currentAxis(), 2);
}

void ChartsColumnsInputTest::axesMoveAndFlip()
{
    Parallel shown;
    QSignalSpy changed(shown.chart, &ParallelChart::axesChanged);
    const QPoint head(shown.at(0, 0).x(), 10);
    shown.drag(head, QPoint(shown.at(2, 0).x(), 10));
    QCOMPARE(changed.last()[0].toStringList(),
             QStringList({QStringLiteral("lr"), QStringLiteral("width"), QStringLiteral("optimizer"),
                          QStringLiteral("dropout"), QStringLiteral("val/loss")}));
    const float share = shown.chart->axis(0).shareOf(5);
    shown.chart->setBrush(0, BrushSpan{0, 0.3});
    const std::vector<int> inside = shown.chart->rowsInside();
    QTest::mouseDClick(shown.chart, Qt::LeftButton, {}, QPoint(shown.at(0, 0).x(), 10));
    QVERIFY(shown.chart->axis(0).isFlipped());
    QVERIFY(std::abs(shown.chart->axis(0).shareOf(5) - (1 - share)) < 1e-6);
    QCOMPARE(shown.chart->rowsInside(), inside); // the brush goes with its values
}

void ChartsColumnsInputTest::logarithmIsChosenBySpan()
{
    Parallel shown;
    QVERIFY(shown.chart->axis(1).isLogarithmic());
    QVERIFY(!shown.chart->axis(2).isLogarithmic()); // 64 … 1024
    QVERIFY(shown.chart->axis(0).isCategorical());
    QVERIFY(shown.chart->axis(4).subtitle().contains(QStringLiteral("low is better")));
    // What a logarithm can't show has a place of its own.
    ParallelChart chart;
    chart.setData(columnTable({-1, 0, 1, 10}), {0});
    QVERIFY(!chart.axis(0).isLogarithmic());
    chart.setLogarithmic(0, true);
    QCOMPARE(chart.axis(0).places().size(), std::size_t{1});
    QCOMPARE(chart.axis(0).places()[0].name, QStringLiteral("≤ 0"));
    QCOMPARE(chart.axis(0).places()[0].count, 2);
}

void ChartsColumnsInputTest::newDataKeepsBrushesByValue()
{
    Parallel shown(200, false);
    shown.chart->flipAxis(4);
    shown.chart->setBrush(4, BrushSpan{0.4, 1}); // flipped: up to a limit
    const double limit = shown.chart->brushes()[0].part.high;
    QVERIFY(std::isfinite(limit) && std::isinf(shown.chart->brushes()[0].part.low));
    // Other runs, so other scales.
    auto other = std::make_shared<ChartTable>(*searchTable(300, false, 99));
    other->columns[4].values[0] = 9;
    shown.chart->setData(other, {4, 0});
    QVERIFY(shown.chart->axis(0).isFlipped());
    QCOMPARE(shown.chart->brushes().size(), std::size_t{1});
    QVERIFY(std::abs(shown.chart->brushes()[0].part.high - limit) < 0.02);
}

void ChartsColumnsInputTest::oddAxesDoNotBreak_data()
{
    QTest::addColumn<std::vector<double>>("values");
    const double infinity = std::numeric_limits<double>::infinity();
    QTest::newRow("one") << std::vector<double>{1};
    QTest::newRow("constant") << std::vector<double>(9, 3.5);
    QTest::newRow("nothing") << std::vector<double>(4, kMissing);
    QTest::newRow("no number") << std::vector<double>{std::nan(""), infinity, -infinity, kMissing};
    QTest::newRow("huge and tiny") << std::vector<double>{1e308, 1e-308, 5};
    QTest::newRow("huge both ways") << std::vector<double>{1e308, -1e308, 0};
    QTest::newRow("none at all") << std::vector<double>{};
}

void ChartsColumnsInputTest::oddAxesDoNotBreak()
{
    QFETCH(std::vector<double>, values);
    const ChartTablePtr table = columnTable(values);
    ParallelChart parallel;
    parallel.setData(table, {0, 0});
    parallel.setBrush(0, BrushSpan{0, 0.5});
    QCOMPARE(parallel.render({300, 200}, 1).size(), QSize(300, 200));
    for (int row = 0; row < std::ssize(values); ++row)
        QVERIFY(std::isfinite(parallel.axis(0).shareOf(static_cast<std::size_t>(row))));
    for (bool logarithmic : {false, true}) {
        ScatterChart scatter;
        scatter.setData(table, 0, 0, {logarithmic, logarithmic});
        scatter.setFit(fitScatter(*table, 0, 0, scatter.settings()));
        HistogramChart histogram;
        histogram.setContent(histogramOf(table, 0, logarithmic));
        RowChart box;
        box.setContent(boxContent(*table, 0, logarithmic));
        ContourChart contour;
        contour.setContent(contourOf(table, 0, 0, 0, {logarithmic, logarithmic}));
        for (ChartCanvas* chart : {static_cast<ChartCanvas*>(&scatter), static_cast<ChartCanvas*>(&histogram),
                                   static_cast<ChartCanvas*>(&box), static_cast<ChartCanvas*>(&contour)})
            for (const QSize size : {QSize(300, 200), QSize(20, 20), QSize(1, 1)})
                QCOMPARE(chart->render(size, 1).size(), size);
    }
    RowChart bars;
    bars.setContent(barContent(*table, 0, {}));
    QCOMPARE(bars.render({300, 200}, 2).size(), QSize(600, 400));
}

void ChartsColumnsInputTest::lineIsHoveredAndClicked()
{
    Parallel shown(1, false);
    QSignalSpy hovered(shown.chart, &ChartCanvas::rowHovered), clicked(shown.chart, &ChartCanvas::rowClicked);
    const float share = shown.chart->axis(4).shareOf(0);
    const QPoint place = shown.at(4, static_cast<double>(share)) - QPoint(14, 0);
    shown.move(place);
    QCOMPARE(shown.chart->hoveredRow(), 0);
    QCOMPARE(hovered.last()[0].toInt(), 0);
    QVERIFY(shown.tooltipShown());
    QCOMPARE(shown.tooltip()->table().title, shown.table->rows[0].name);
    QCOMPARE(shown.tooltip()->table().rows.size(), std::size_t{5});
    QTest::mouseClick(shown.chart, Qt::LeftButton, {}, place);
    QCOMPARE(clicked.last()[0].toInt(), 0);
    shown.move(QPoint(2, 200));
    QCOMPARE(shown.chart->hoveredRow(), -1);
    QVERIFY(!shown.tooltipShown());
}

void ChartsColumnsInputTest::brushingNeverHoldsTheThread()
{
    // The picture of many runs follows in slices: while the brush moves, the old one stays.
    Parallel shown(10'000, false);
    QTRY_VERIFY(shown.chart->isFinished());
    shown.chart->setBrush(4, BrushSpan{0, 0.6});
    shown.chart->grab();
    QVERIFY(!shown.chart->isFinished());
    QVERIFY(shown.chart->rowsInside().size() < 10'000); // the rows are known at once
    QSignalSpy finished(shown.chart, &ChartCanvas::pictureFinished);
    QTRY_VERIFY(shown.chart->isFinished());
    QVERIFY(finished.count() > 0);
}

void ChartsColumnsInputTest::brushedPictureEndsUpToDate()
{
    Parallel shown(2000, false);
    for (double top = 0.9; top > 0.3; top -= 0.05) {
        shown.chart->setBrush(4, BrushSpan{0, top});
        shown.chart->grab();
    }
    QTRY_VERIFY(shown.chart->isFinished());
    QWidget window;
    auto* other = new ParallelChart(&window);
    other->resize(shown.chart->size());
    other->setData(shown.table, {0, 1, 2, 3, 4});
    other->setBrush(4, shown.chart->axis(4).brush);
    other->grab();
    QTRY_VERIFY(other->isFinished());
    shown.chart->clearFocus();
    QCOMPARE(shown.chart->grab().toImage(), other->grab().toImage());
}

void ChartsColumnsInputTest::dotIsHoveredAndClicked()
{
    Shown<ScatterChart> shown;
    shown.chart->setData(searchTable(40, false), 1, 4, {true, false, true, true});
    QSignalSpy clicked(shown.chart, &ChartCanvas::rowClicked);
    const QPoint place = shown.chart->placeOf(7)->toPoint();
    shown.move(place);
    QVERIFY(shown.tooltipShown());
    QCOMPARE(shown.tooltip()->table().rows.size(), std::size_t{2});
    QTest::mouseClick(shown.chart, Qt::LeftButton, {}, place);
    QCOMPARE(clicked.last()[0].toInt(), shown.chart->hoveredRow());
    QVERIFY((*shown.chart->placeOf(clicked.last()[0].toInt()) - place).manhattanLength() < 12);
}

void ChartsColumnsInputTest::rectangleChooses()
{
    Shown<ScatterChart> shown;
    shown.chart->setData(columnTable({1, 2, 3, 4}), 0, 0, {});
    QSignalSpy chosen(shown.chart, &ChartCanvas::rowsSelected);
    const QPoint low = shown.chart->placeOf(1)->toPoint(), high = shown.chart->placeOf(2)->toPoint();
    shown.drag(low + QPoint(-12, 12), high + QPoint(12, -12));
    QCOMPARE(chosen.last()[0].value<std::vector<int>>(), (std::vector<int>{1, 2}));
    QCOMPARE(shown.chart->selectedRows(), (std::vector<int>{1, 2}));
    shown.key(Qt::Key_Escape);
    QVERIFY(shown.chart->selectedRows().empty());
}

void ChartsColumnsInputTest::keysWalkThroughDots()
{
    Shown<ScatterChart> shown;
    auto table = std::make_shared<ChartTable>(*columnTable({3, 1, 2, std::nan("")}));
    table->columns.push_back(table->columns[0]);
    table->columns[1].values = {10, 30, 20, 1};
    shown.chart->setData(table, 0, 1, {});
    QList<int> walked;
    for (int step = 0; step < 4; ++step) {
        shown.key(Qt::Key_Right);
        walked << shown.chart->hoveredRow();
    }
    QCOMPARE(walked, QList<int>({1, 2, 0, 0})); // by x, and it stays at the end
    shown.key(Qt::Key_Up);
    QCOMPARE(shown.chart->hoveredRow(), 2);
    QSignalSpy clicked(shown.chart, &ChartCanvas::rowClicked);
    shown.key(Qt::Key_Return);
    QCOMPARE(clicked.last()[0].toInt(), 2);
    QVERIFY(shown.chart->note().contains(QStringLiteral("1 NaN")));
}

void ChartsColumnsInputTest::manyDotsAreDrawnInSlices()
{
    Shown<ScatterChart> shown;
    shown.chart->setData(searchTable(100'000, false), 1, 4, {true});
    shown.chart->grab();
    QTRY_VERIFY(shown.chart->isFinished());
    const QImage image = shown.chart->grab().toImage();
    QVERIFY(image.pixelColor(shown.chart->placeOf(5)->toPoint()) != Theme::current().color("bg.1"));
}

void ChartsColumnsInputTest::rowsScrollAndAreChosen()
{
    Shown<RowChart> shown({400, 200});
    std::vector<double> values(100);
    std::iota(values.begin(), values.end(), 1.0);
    shown.chart->setContent(barContent(*columnTable(values), 0, {}));
    QSignalSpy clicked(shown.chart, &ChartCanvas::rowClicked);
    shown.key(Qt::Key_Down);
    shown.key(Qt::Key_Return);
    QCOMPARE(clicked.last()[0].toInt(), 99); // the highest stands first
    shown.key(Qt::Key_End);
    QCOMPARE(shown.chart->currentEntry(), 99);
    QVERIFY(shown.chart->firstEntry() > 80 && shown.chart->firstEntry() < 100);
    shown.key(Qt::Key_Home);
    QCOMPARE(shown.chart->firstEntry(), 0);
    const auto wheel = [&](int turn) {
        QWheelEvent event(QPointF(100, 100), shown.chart->mapToGlobal(QPointF(100, 100)), {}, {0, turn},
                          Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(shown.chart, &event);
        return event.isAccepted();
    };
    QVERIFY(wheel(-120));
    QCOMPARE(shown.chart->firstEntry(), 3);
    QVERIFY(wheel(240));
    QVERIFY(!wheel(120)); // at its end the page scrolls
    shown.move(QPoint(100, 60));
    QVERIFY(shown.tooltipShown());
    QVERIFY(shown.chart->accessibleDescription().contains(QStringLiteral("run 99: 100")));
}

void ChartsColumnsInputTest::histogramBinsAreChosen()
{
    Shown<HistogramChart> shown;
    shown.chart->setContent(histogramOf(searchTable(400, false), 4, false));
    QSignalSpy chosen(shown.chart, &ChartCanvas::rowsSelected);
    const QPoint place = shown.chart->rectOfBin(2).center().toPoint();
    shown.move(place);
    QCOMPARE(shown.chart->currentBin(), 2);
    QVERIFY(shown.tooltipShown());
    QTest::mouseClick(shown.chart, Qt::LeftButton, {}, place);
    QCOMPARE(chosen.last()[0].value<std::vector<int>>(), shown.chart->content().rows[2]);
    shown.key(Qt::Key_Right);
    QCOMPARE(shown.chart->currentBin(), 3);
}

void ChartsColumnsInputTest::contourSamplesAreFound()
{
    Shown<ContourChart> shown;
    shown.chart->setContent(contourOf(searchTable(50, false), 1, 2, 4, {true, true}));
    QSignalSpy clicked(shown.chart, &ChartCanvas::rowClicked);
    shown.move(shown.chart->placeOf(4).toPoint());
    QVERIFY(shown.tooltipShown());
    QCOMPARE(shown.tooltip()->table().rows.size(), std::size_t{3});
    shown.key(Qt::Key_Right);
    shown.key(Qt::Key_Return);
    QCOMPARE(clicked.count(), 1);
}

void ChartsColumnsInputTest::messagesStandInPlace()
{
    Shown<ScatterChart> shown;
    QCOMPARE(shown.chart->accessibleDescription(), QStringLiteral("No run has both columns"));
    shown.chart->showLoading(QStringLiteral("Reading"));
    QCOMPARE(shown.chart->accessibleDescription(), QStringLiteral("Reading"));
    shown.chart->showError(QStringLiteral("The store is gone"), QStringLiteral("Open it again"));
    const QImage failed = shown.chart->grab().toImage();
    QCOMPARE(shown.chart->accessibleDescription(), QStringLiteral("The store is gone"));
    shown.chart->setData(searchTable(10, false), 1, 4, {});
    QVERIFY(shown.chart->accessibleDescription().contains(QStringLiteral("val/loss against lr")));
    QVERIFY(shown.chart->grab().toImage() != failed);
    // Nothing to draw says why.
    shown.chart->setData(columnTable({std::nan(""), kMissing}), 0, 0, {});
    QVERIFY(shown.chart->accessibleDescription().contains(QStringLiteral("1 missing, 1 NaN")));
}

void ChartsColumnsInputTest::everyChartHasItsTable()
{
    auto* chart = new ParallelChart;
    chart->setData(searchTable(30), {0, 3, 4});
    ChartPanel panel(QStringLiteral("Parallel coordinates"), chart);
    QPointer<QDialog> dialog = chart->showTable();
    auto* view = dialog->findChild<QTableView*>();
    QAbstractItemModelTester tester(view->model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest); // TextTableModel
    QCOMPARE(view->model()->rowCount(), 30);
    QCOMPARE(view->model()->columnCount(), 5);
    QCOMPARE(view->model()->index(4, 3).data().toString(), QStringLiteral("missing"));
    QVERIFY(!view->accessibleName().isEmpty());
    dialog->close();
    QTRY_VERIFY(!dialog);
    QVERIFY(!panel.accessibleName().isEmpty());
    QVERIFY(panel.menu()->actions().size() >= 3);
}

void ChartsColumnsInputTest::namesAreNoMarkup()
{
    // A name with markup and line breaks takes the room of its letters, and is drawn as it is.
    auto table = std::make_shared<ChartTable>(*columnTable({2, 1}, QStringLiteral("<h1>x</h1>\n&amp;")));
    table->rows[0].name = QStringLiteral("<img src=x>");
    Shown<RowChart> shown;
    shown.chart->setContent(barContent(*table, 0, {}));
    shown.move(QPoint(100, 60));
    QCOMPARE(shown.tooltip()->table().title, QStringLiteral("<img src=x>"));
    QVERIFY(!shown.chart->grab().isNull());
}

} // namespace
} // namespace sextant

QTEST_MAIN(sextant::ChartsColumnsInputTest)
#include "charts_columns_input_test.moc"
