// What charts of columns compute before they draw: scales, what is left out, bars, boxes, bins, triangles,
// bands.
#include "tests/gui/charts_columns_data.h"
#include "ui/charts/axis_fit.h"
#include "ui/charts/chart_text_table.h"
#include "ui/charts/contour_chart.h"
#include "ui/charts/histogram_chart.h"
#include "ui/charts/ink.h"
#include "ui/charts/row_content.h"
#include "ui/charts/scatter_scene.h"
#include "ui/charts/swarm.h"
#include "ui/charts/triangulation.h"

#include <QTest>

#include <algorithm>
#include <numeric>
#include <set>

namespace sextant {
namespace {

using namespace test;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN(),
                 kInfinity = std::numeric_limits<double>::infinity();
constexpr double kHuge = 1e308, kTiny = 1e-308;

class ChartsColumnsTest : public QObject
{
    Q_OBJECT

private slots:
    void scalesHoldAnyValues_data();
    void scalesHoldAnyValues();
    void whatIsLeftOutIsSaid();
    void barsBeginAtZero();
    void groupBarsCarryTheirError();
    void boxesFollowTheRule();
    void histogramCountsEveryValue_data();
    void histogramCountsEveryValue();
    void histogramBinsAreFreedmanDiaconis();
    void histogramGroupsAddUp();
    void categoriesAreCounted();
    void trianglesCoverTheHull();
    void pointsOnALineHaveNoTriangles();
    void trianglesAreDelaunay();
    void bandsCutTriangles();
    void contourMeansCoincidingRuns();
    void contourStaysInsideTheHull();
    void scatterFitIsOfTheDrawnPairs();
    void swarmKeepsDotsApart();
    void cellsHoldTheirDots();
    void scatterSpreadsCategories();
    void inkCoversWhatItDraws();
    void tablesQuoteTheirCells();
};

void ChartsColumnsTest::scalesHoldAnyValues_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::newRow("usual") << 2.5 << 3.1;
    QTest::newRow("constant") << 0.7 << 0.7;
    QTest::newRow("zero") << 0.0 << 0.0;
    QTest::newRow("negative") << -5.0 << -1.0;
    QTest::newRow("tiny and huge") << kTiny << kHuge;
    QTest::newRow("all there is") << -kHuge << kHuge;
    QTest::newRow("last digits") << 1.0 << std::nextafter(1.0, 2.0);
    QTest::newRow("denormal") << 5e-324 << 1e-320;
}

void ChartsColumnsTest::scalesHoldAnyValues()
{
    QFETCH(double, low);
    QFETCH(double, high);
    std::vector<AxisScale> scales{linearScale(low, high, 6), scaleFromZero(low, high, 6)};
    if (low > 0) {
        scales.push_back(positiveLogScale(low, high));
        scales.push_back(closeLogScale(low, high));
    }
    scales.push_back(symmetricLogScale({low, high, std::max(std::abs(low), 1e-300)}));
    for (AxisScale& scale : scales) {
        scale.setPixels(0, 300);
        QVERIFY(std::isfinite(scale.range().low) && std::isfinite(scale.range().high));
        QVERIFY(scale.range().length() > 0);
        for (double value : {low, high, 0.0, kHuge, -kHuge})
            QVERIFY(std::isfinite(scale.toPixel(value)));
        QVERIFY(scale.toPixel(low) <= scale.toPixel(high));
        QVERIFY(ticksOf(scale, 6).size() <= 400);
    }
    QVERIFY(scales[1].range().low <= 0 && scales[1].range().high >= 0);
}

void ChartsColumnsTest::whatIsLeftOutIsSaid()
{
    LeftOut left;
    QVERIFY(left.admits(1));
    QVERIFY(left.admits(-1));
    QVERIFY(left.text().isEmpty());
    for (double value : {kMissing, kMissing, kNaN, kInfinity, -kInfinity})
        QVERIFY(!left.admits(value));
    QVERIFY(!left.admits(0, true));
    QCOMPARE(left.total(), 6);
    QCOMPARE(left.text(), QStringLiteral("2 missing, 1 NaN, 2 infinite, 1 ≤ 0 on a log axis not drawn"));
}

void ChartsColumnsTest::barsBeginAtZero()
{
    const RowContentPtr content = barContent(*columnTable({5, 7, kNaN, kMissing, 6, kInfinity}), 0, {});
    QCOMPARE(content->lanes[0].low, 0.0);
    QCOMPARE(content->lanes[0].high, 7.0);
    QVERIFY(content->lanes[0].fromZero);
    // Highest first, NaN last, runs without a value not at all.
    QStringList names;
    for (const RowEntry& entry : content->entries)
        names << entry.name;
    QCOMPARE(names, QStringList({QStringLiteral("run 5"), QStringLiteral("run 1"), QStringLiteral("run 4"),
                                 QStringLiteral("run 0"), QStringLiteral("run 2")}));
    QVERIFY(content->entries[0].marks[0].odd);
    QCOMPARE(content->entries[0].marks[0].text, QStringLiteral("Inf"));
    QVERIFY(content->entries[4].marks[0].odd);
    QVERIFY(content->note.contains(QStringLiteral("1 missing, 1 NaN, 1 infinite not drawn")));
}

void ChartsColumnsTest::groupBarsCarryTheirError()
{
    auto table = std::make_shared<ChartTable>(*columnTable({1, 3, kNaN, 10, kMissing}));
    table->groups = {{QStringLiteral("a"), Qt::red, {}}, {QStringLiteral("b"), Qt::blue, {}}};
    table->groupedBy = QStringLiteral("seed");
    for (std::size_t row = 0; row < 5; ++row)
        table->rows[row].group = row < 3 ? 0 : 1;
    const auto bars = [&](ErrorKind kind) { return barContent(*table, 0, {true, kind, RowOrder::AsGiven}); };
    const RowMark mean = bars(ErrorKind::Deviation)->entries[0].marks[0];
    QCOMPARE(mean.value, 2.0);
    QVERIFY(std::abs(mean.error->high - (2 + std::sqrt(2.0))) < 1e-12);
    QVERIFY(std::abs(bars(ErrorKind::StandardError)->entries[0].marks[0].error->high - 3) < 1e-12);
    // Student's factor for two values.
    QVERIFY(std::abs(bars(ErrorKind::Confidence)->entries[0].marks[0].error->high - (2 + 12.7062)) < 1e-3);
    QCOMPARE(bars(ErrorKind::MinMax)->entries[0].marks[0].error->low, 1.0);
    QVERIFY(!bars(ErrorKind::None)->entries[0].marks[0].error);
    // One value has no spread, and that is said.
    const RowContentPtr content = bars(ErrorKind::Deviation);
    QVERIFY(!content->entries[1].marks[0].error);
    QVERIFY(content->entries[1].marks[0].text.contains(QStringLiteral("no error")));
    QCOMPARE(content->entries[1].detail, QStringLiteral("n = 1"));
}

void ChartsColumnsTest::boxesFollowTheRule()
{
    const std::vector<double> sorted{1, 2, 3, 4, 5, 6, 7, 8, 9, 30};
    const BoxShape box = boxOf(sorted);
    QCOMPARE(box.median, 5.5);
    QCOMPARE(box.lower, 3.25);
    QCOMPARE(box.upper, 7.75);
    QCOMPARE(box.whiskerLow, 1.0);
    QCOMPARE(box.whiskerHigh, 9.0); // 30 lies beyond 7.75 + 1.5 * 4.5
    const RowContentPtr content = boxContent(*columnTable({1, 2, 3, 4, 5, 6, 7, 8, 9, 30, kNaN}), 0, false);
    QCOMPARE(content->entries.size(), std::size_t{1});
    QCOMPARE(content->entries[0].marks[0].dots.size(), std::size_t{10});
    QVERIFY(content->note.contains(QStringLiteral("1 NaN")));
    // Of many points the outliers alone.
    std::vector<double> many(200);
    std::iota(many.begin(), many.end(), 0.0);
    many.push_back(9999);
    QCOMPARE(boxContent(*columnTable(many), 0, false)->entries[0].marks[0].dots, std::vector<double>{9999});
}

void ChartsColumnsTest::histogramCountsEveryValue_data()
{
    QTest::addColumn<std::vector<double>>("values");
    QTest::addColumn<bool>("logarithmic");
    QTest::newRow("one") << std::vector<double>{3} << false;
    QTest::newRow("constant") << std::vector<double>(50, 0.1) << false;
    QTest::newRow("zeros") << std::vector<double>(5, 0.0) << false;
    QTest::newRow("mostly one value") << std::vector<double>{1, 1, 1, 1, 1, 1, 1, 2, 9} << false;
    QTest::newRow("huge and tiny") << std::vector<double>{kHuge, -kHuge, kTiny, 0, 1} << false;
    QTest::newRow("huge and tiny, log") << std::vector<double>{kHuge, kTiny, 1, 2, 3} << true;
    QTest::newRow("far outlier") << std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 1e12} << false;
    QTest::newRow("odd ones") << std::vector<double>{1, 2, kNaN, kInfinity, kMissing, -3} << false;
}

void ChartsColumnsTest::histogramCountsEveryValue()
{
    QFETCH(std::vector<double>, values);
    QFETCH(bool, logarithmic);
    const HistogramContentPtr content = histogramOf(columnTable(values), 0, logarithmic);
    int finite = 0;
    for (double value : values)
        finite += std::isfinite(value) && (!logarithmic || value > 0);
    int counted = 0;
    for (std::size_t bin = 0; bin < content->rows.size(); ++bin) {
        counted += static_cast<int>(content->rows[bin].size());
        for (int row : content->rows[bin]) {
            const double value = values[static_cast<std::size_t>(row)], slack = 1e-9 * std::abs(value);
            QVERIFY(value >= content->edges[bin] - slack && value <= content->edges[bin + 1] + slack);
        }
    }
    QCOMPARE(counted, finite);
    QCOMPARE(content->values, finite);
    QCOMPARE(content->left.total() + finite, static_cast<int>(values.size()));
    QVERIFY(std::is_sorted(content->edges.begin(), content->edges.end()));
    QVERIFY(content->rows.size() <= 200);
}

void ChartsColumnsTest::histogramBinsAreFreedmanDiaconis()
{
    // NumPy: np.histogram_bin_edges(np.arange(1000), "fd") has 10 bins.
    std::vector<double> values(1000);
    std::iota(values.begin(), values.end(), 0.0);
    const HistogramContentPtr content = histogramOf(columnTable(values), 0, false);
    QCOMPARE(content->rows.size(), std::size_t{10});
    QVERIFY(content->rule.contains(QStringLiteral("Freedman")));
}

void ChartsColumnsTest::histogramGroupsAddUp()
{
    const HistogramContentPtr content = histogramOf(searchTable(500), 4, false);
    for (std::size_t bin = 0; bin < content->rows.size(); ++bin) {
        int sum = 0;
        for (const auto& counts : content->groupCounts)
            sum += counts[bin];
        QCOMPARE(sum, static_cast<int>(content->rows[bin].size()));
    }
}

void ChartsColumnsTest::categoriesAreCounted()
{
    const ChartTablePtr table = searchTable(90);
    const RowContentPtr content = countContent(*table, 0);
    double sum = 0;
    for (const RowEntry& entry : content->entries)
        sum += entry.marks[0].value;
    QCOMPARE(sum, 90.0);
    QVERIFY(countContent(*table, 1)->entries.empty());   // numbers have bins
    QVERIFY(barContent(*table, 0, {})->entries.empty()); // names have no height
}

double areaOf(const std::vector<PlanePoint>& points, const std::vector<std::array<int, 3>>& triangles)
{
    double area = 0;
    for (const auto& [a, b, c] : triangles) {
        const PlanePoint p = points[static_cast<std::size_t>(a)], q = points[static_cast<std::size_t>(b)],
                         r = points[static_cast<std::size_t>(c)];
        area += std::abs((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)) / 2;
    }
    return area;
}

void ChartsColumnsTest::trianglesCoverTheHull()
{
    // A grid, where every four neighbours lie on one circle.
    std::vector<PlanePoint> grid;
    for (int x = 0; x < 9; ++x)
        for (int y = 0; y < 7; ++y)
            grid.push_back({x * 1000.0, y * 0.001});
    const auto triangles = delaunayTriangles(grid);
    QCOMPARE(triangles.size(), std::size_t{2 * 8 * 6});
    QVERIFY(std::abs(areaOf(grid, triangles) / (8000 * 0.006) - 1) < 1e-9);
}

void ChartsColumnsTest::pointsOnALineHaveNoTriangles()
{
    QVERIFY(delaunayTriangles({}).empty());
    QVERIFY(delaunayTriangles({{0, 0}, {1, 1}}).empty());
    QVERIFY(delaunayTriangles({{0, 0}, {1, 1}, {2, 2}, {7, 7}}).empty());
    QVERIFY(delaunayTriangles({{3, 0}, {3, 1}, {3, 5}}).empty());
    QCOMPARE(delaunayTriangles({{0, 0}, {1, 0}, {0, 1}}).size(), std::size_t{1});
}

void ChartsColumnsTest::trianglesAreDelaunay()
{
    std::mt19937 random(3);
    std::vector<PlanePoint> points{{0, 0}, {1, 1}}; // a unit square, which is not stretched before
    for (int index = 0; index < 120; ++index)
        points.push_back({uniform(random), uniform(random)});
    std::size_t wrong = 0;
    for (const auto& [a, b, c] : delaunayTriangles(points)) {
        const PlanePoint p = points[static_cast<std::size_t>(a)], q = points[static_cast<std::size_t>(b)],
                         r = points[static_cast<std::size_t>(c)];
        const double area = 2 * ((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
        const double qq = std::pow(q.x - p.x, 2) + std::pow(q.y - p.y, 2),
                     rr = std::pow(r.x - p.x, 2) + std::pow(r.y - p.y, 2);
        const double x = p.x + ((r.y - p.y) * qq - (q.y - p.y) * rr) / area,
                     y = p.y + ((q.x - p.x) * rr - (r.x - p.x) * qq) / area;
        const double radius = std::hypot(p.x - x, p.y - y);
        for (const PlanePoint& other : points)
            wrong += std::hypot(other.x - x, other.y - y) < radius * (1 - 1e-4);
    }
    QCOMPARE(wrong, std::size_t{0});
}

double areaOf(const QPolygonF& polygon)
{
    double sum = 0;
    for (qsizetype index = 0; index < polygon.size(); ++index) {
        const QPointF a = polygon[index], b = polygon[(index + 1) % polygon.size()];
        sum += a.x() * b.y() - b.x() * a.y();
    }
    return std::abs(sum) / 2;
}

void ChartsColumnsTest::bandsCutTriangles()
{
    const std::array<QPointF, 3> corners{QPointF(0, 0), QPointF(10, 0), QPointF(0, 10)};
    // The bands of any triangle together are the triangle.
    for (const std::array<double, 3>& values :
         {std::array<double, 3>{0, 1, 2}, {0.3, 0.3, 0.3}, {5, -5, 0}, {1, 0, 1}}) {
        double sum = 0;
        for (double low = -6; low < 6; low += 0.5) {
            const QPolygonF part = bandOf(corners, values, low, low + 0.5);
            QVERIFY(part.size() <= 5);
            sum += areaOf(part);
        }
        QVERIFY(std::abs(sum - 50) < 1e-9);
    }
    QVERIFY(bandOf(corners, {0, 1, 2}, 3, 4).isEmpty());
    QVERIFY(areaOf(bandOf(corners, {-kHuge, kHuge, 0}, -1, kHuge)) > 0);
}

void ChartsColumnsTest::contourMeansCoincidingRuns()
{
    auto table = std::make_shared<ChartTable>(*columnTable({1, 1, 2, 3, kNaN}, QStringLiteral("x")));
    table->columns.push_back(table->columns[0]);
    table->columns.push_back(table->columns[0]);
    table->columns[1].values = {5, 5, 9, 5, 5};
    table->columns[2].values = {10, 20, 7, 8, 9};
    const ContourContentPtr content = contourOf(table, 0, 1, 2, {});
    QCOMPARE(content->samples.size(), std::size_t{3});
    QCOMPARE(content->samples[0].value, 15.0);
    QCOMPARE(content->samples[0].rows, (std::vector<int>{0, 1}));
    QCOMPARE(content->triangles.size(), std::size_t{1});
    QVERIFY(content->note().contains(QStringLiteral("4 runs at 3 places, mean where they coincide")));
    QVERIFY(content->note().contains(QStringLiteral("1 NaN not drawn")));
    QVERIFY(content->levels.front() <= 7 && content->levels.back() >= 15);
    // One parameter alone is a line: runs, and nothing between them.
    const ContourContentPtr line = contourOf(table, 0, 0, 2, {});
    QVERIFY(line->triangles.empty());
    QVERIFY(line->note().contains(QStringLiteral("one line")));
}

void ChartsColumnsTest::contourStaysInsideTheHull()
{
    // Only half of the plot has runs; the other half stays ground.
    auto table = std::make_shared<ChartTable>(*columnTable({0, 0, 10}, QStringLiteral("x")));
    table->columns.push_back(table->columns[0]);
    table->columns.push_back(table->columns[0]);
    table->columns[1].values = {0, 10, 0};
    table->columns[2].values = {1, 2, 3};
    ContourChart chart;
    chart.resize(400, 300);
    chart.setContent(contourOf(table, 0, 1, 2, {}));
    const QImage image = chart.grab().toImage();
    const QPointF a = chart.placeOf(0), b = chart.placeOf(1), c = chart.placeOf(2);
    const QColor ground = Theme::current().color("bg.1");
    QVERIFY(image.pixelColor(((2 * a + b + c) / 4).toPoint()) != ground);
    QPoint outside = ((b + c) / 2 + QPointF(c.x() - a.x(), b.y() - a.y()) * 0.3).toPoint();
    // Off the lines of the grid.
    while (image.pixelColor(outside) == Theme::current().color("chart.grid"))
        outside.ry() += 2;
    QCOMPARE(image.pixelColor(outside), ground);
}

void ChartsColumnsTest::swarmKeepsDotsApart()
{
    std::mt19937 random(5);
    std::vector<double> along;
    for (int dot = 0; dot < 60; ++dot)
        along.push_back(300 * uniform(random));
    const auto offsets = swarm(along, 7, 70);
    QCOMPARE(offsets.size(), along.size());
    QCOMPARE(offsets, swarm(along, 7, 70));
    for (std::size_t one = 0; one < along.size(); ++one) {
        QVERIFY(std::abs(offsets[one]) <= 70);
        for (std::size_t other = 0; other < one; ++other)
            QVERIFY(std::hypot(along[one] - along[other], offsets[one] - offsets[other]) >= 7 - 1e-9);
    }
    QCOMPARE(swarm(std::vector<double>{10, 30, 50}, 7, 70), std::vector<double>(3, 0.0)); // no need to move
    QCOMPARE(swarm(std::vector<double>{10, 10, 10}, 7, 70), (std::vector<double>{0, 7, -7}));
    QCOMPARE(swarm(std::vector<double>{10, 10}, 7, 3), std::vector<double>(2, 0.0)); // no room to move
    for (double offset : swarm(std::vector<double>(1'000, 10), 7, 20))               // full
        QVERIFY(std::abs(offset) <= 20);
    QVERIFY(swarm({}, 7, 70).empty());
}

void ChartsColumnsTest::cellsHoldTheirDots()
{
    for (std::size_t count : {1U, 2U, 5U, 40U, 3'000U}) {
        std::set<std::pair<double, double>> places;
        for (const CellPlace& place : gridInCell(count, 7, 60, 30)) {
            QVERIFY(std::abs(place.across) <= 60 + 1e-9 && std::abs(place.along) <= 30 + 1e-9);
            places.emplace(place.across, place.along);
        }
        QCOMPARE(places.size(), count); // none stands where another does
    }
    QCOMPARE(gridInCell(1, 7, 60, 30).front().across, 0.0);
    QCOMPARE(gridInCell(3, 7, 0, 0).size(), 3U);
}

void ChartsColumnsTest::scatterSpreadsCategories()
{
    const auto table = searchTable(120, false);
    const auto sceneOf = [&](int x, int y) {
        auto content = std::make_shared<ScatterContent>();
        content->table = table;
        content->x = x;
        content->y = y;
        return ScatterScene(content, {{600, 400}, 1, ChartStyle::screen(Theme::current())});
    };
    const ScatterScene byX = sceneOf(0, 4), byY = sceneOf(4, 0), both = sceneOf(0, 0);
    const double band = byX.axes().x.scale.toPixel(1) - byX.axes().x.scale.toPixel(0);
    for (std::size_t dot = 0; dot < byX.places().size(); ++dot) {
        const auto row = static_cast<std::size_t>(byX.rowOf(dot));
        const double loss = table->columns[4].at(row), code = table->columns[0].at(row);
        QCOMPARE(byX.places()[dot].y(), byX.axes().place(code, loss).y()); // the number stays where it is
        QVERIFY(std::abs(byX.places()[dot].x() - byX.axes().place(code, loss).x()) < band / 2);
        QCOMPARE(byY.places()[dot].x(), byY.axes().place(loss, code).x());
        for (std::size_t other = 0; other < dot; ++other) {
            QVERIFY(QLineF(byX.places()[dot], byX.places()[other]).length() > 5);
            QVERIFY(QLineF(both.places()[dot], both.places()[other]).length() > 1);
        }
    }
    ScatterChart chart;
    chart.setData(table, 0, 4, {});
    QVERIFY(chart.note().contains(QStringLiteral("side by side")));
    chart.setData(table, 1, 4, {});
    QVERIFY(!chart.note().contains(QStringLiteral("side by side")));
}

void ChartsColumnsTest::scatterFitIsOfTheDrawnPairs()
{
    auto table = std::make_shared<ChartTable>(*columnTable({1, 10, 100, 1000, 0, kNaN}, QStringLiteral("x")));
    table->columns.push_back(table->columns[0]);
    table->columns[1].values = {1, 2, 3, 4, 77, 5};
    const ScatterFit plain = fitScatter(*table, 0, 1, {});
    QCOMPARE(plain.spearman.pairs, std::size_t{5});
    const ScatterFit logged = fitScatter(*table, 0, 1, {true, false});
    QCOMPARE(logged.pearson.pairs, std::size_t{4});
    QVERIFY(std::abs(logged.pearson.coefficient - 1) < 1e-12);
    QVERIFY(std::abs(logged.trend.slope - 1) < 1e-12);
    QVERIFY(logged.text({true, false}).contains(QStringLiteral("on log x")));
    // A constant has no correlation, and it is said why.
    table->columns[1].values.assign(6, 2.0);
    QVERIFY(fitScatter(*table, 0, 1, {}).text({}).contains(QStringLiteral("undefined")));
}

void ChartsColumnsTest::inkCoversWhatItDraws()
{
    Ink ink({40, 20}, 2);
    ink.dot(10, 10, 3, QColor(255, 0, 0));
    QCOMPARE(ink.image().size(), QSize(80, 40));
    QCOMPARE(ink.image().pixelColor(20, 20), QColor(255, 0, 0));
    QCOMPARE(ink.image().pixelColor(40, 20).alpha(), 0);
    ink.curve(0, 5, 40, 15, 1, QColor(0, 0, 255, 128));
    QVERIFY(std::abs(ink.image().pixelColor(78, 29).alpha() - 128) < 6);
    // As much ink in every column of a slanted line as its width asks for, and none at the other end.
    QCOMPARE(ink.image().pixelColor(78, 10).alpha(), 0);
    // Beyond all edges nothing happens.
    ink.dot(-100, 1e6, 3, Qt::red);
    ink.dot(0, 0, 50, Qt::red);
    ink.curve(-50, -1e5, 90, 1e5, 2, Qt::red);
    ink.curve(10, 5, 10, 8, 2, Qt::red);
}

void ChartsColumnsTest::tablesQuoteTheirCells()
{
    ChartTextTable table;
    table.columns = {QStringLiteral("name"), QStringLiteral("a,b")};
    table.rows = 1;
    table.cell = [](int, int column) {
        return column == 0 ? QStringLiteral("say \"hi\"") : QStringLiteral("<b>1</b>");
    };
    QCOMPARE(table.toCsv(), QStringLiteral("name,\"a,b\"\r\n\"say \"\"hi\"\"\",<b>1</b>\r\n"));
}

} // namespace
} // namespace sextant

QTEST_MAIN(sextant::ChartsColumnsTest)
#include "charts_columns_test.moc"
