// The tabs of the Compare page with one chart of columns each: what they draw of the compared runs, what they
// keep, undo, brushes that hide runs, and scenes without anything to draw.
#include "tests/gui/compare_fixture.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/contour_chart.h"
#include "ui/charts/histogram_chart.h"
#include "ui/charts/parallel_chart.h"
#include "ui/charts/row_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/compare/parallel_tab.h"
#include "ui/compare/scatter_tab.h"
#include "ui/compare/search_tabs.h"
#include "ui/compare/spread_tabs.h"
#include "ui/shell/workspace_parts.h"

#include <QAbstractButton>
#include <QSignalSpy>

#include <set>

using namespace sextant;
using namespace sextant::test;

namespace {

template <class Tab>
Tab& open(CompareFixture& fixture, const char* id)
{
    fixture.change([id](CompareView& view) { view.tab = id; });
    return *qobject_cast<Tab*>(fixture.page->tab(QString::fromLatin1(id)));
}

QJsonObject column(ColumnKind kind, const char* key)
{
    return columnToJson({kind, key});
}

} // namespace

class CompareChartTabsTest : public QObject
{
    Q_OBJECT
private slots:
    void columnsKnowTheirKind();
    void parallelShowsWhatVaries();
    void brushesHideRuns();
    void axesAreKeptAndUndone();
    void scatterFollowsItsColumns();
    void pointsAndRunsAreOne();
    void spreadFollowsGroups();
    void contourAndImportance();
    void nothingToDraw_data();
    void nothingToDraw();
    void everyTabExports();
    void everyControlHasAName();
};

void CompareChartTabsTest::columnsKnowTheirKind()
{
    CompareFixture fixture({40}, 40);
    QTRY_COMPARE(fixture.scene().runs.size(), std::size_t(40));
    const auto choices = columnChoices(fixture.scene());
    const auto find = [&](const char* key) {
        return *std::find_if(choices.begin(), choices.end(),
                             [&](const ColumnChoice& one) { return one.column.key == key; });
    };
    QVERIFY(!find("optimizer").numeric);
    QVERIFY(find("lr").numeric); // texts that are all numbers
    QVERIFY(find("val/loss").varies);
    QCOMPARE(find("val/ppl").count, std::size_t(38)); // two runs lack it
    const ChartTablePtr table =
        chartTable(fixture.scene(), {find("optimizer").column, find("lr").column, find("val/ppl").column},
                   Theme::current());
    QCOMPARE(table->rows.size(), std::size_t(40));
    QCOMPARE(table->columns[0].categories.size(), 4);
    for (std::size_t row = 0; row < 40; ++row) {
        const RowIndex source = fixture.scene().runs[row].row;
        QCOMPARE(table->rows[row].id.toStdString(), std::string(fixture.scene().table->runId(source)));
        QVERIFY(std::abs(table->columns[1].values[row] - (source % 9 + 1) * 1e-4) < 1e-12);
        QCOMPARE(table->columns[2].isMissing(row), source % 31 == 7);
    }
}

void CompareChartTabsTest::parallelShowsWhatVaries()
{
    CompareFixture fixture({40}, 12);
    auto& tab = open<ParallelTab>(fixture, "parallel");
    QTRY_VERIFY(fixture.rests() && tab.chart()->axisCount() > 0);
    QStringList names;
    for (int axis = 0; axis < tab.chart()->axisCount(); ++axis)
        names << tab.chart()->axis(axis).name();
    QVERIFY(names.contains(QStringLiteral("optimizer")) && names.contains(QStringLiteral("lr")));
    QCOMPARE(tab.chart()->rowsInside().size(), std::size_t(12));
    // A closed eye is no line.
    fixture.page->controller().setHidden({fixture.scene().runs[0].runId}, true);
    QTRY_COMPARE(tab.chart()->rowsInside().size(), std::size_t(11));
}

void CompareChartTabsTest::brushesHideRuns()
{
    CompareFixture fixture({40}, 12);
    auto& tab = open<ParallelTab>(fixture, "parallel");
    QTRY_VERIFY(fixture.rests() && tab.chart()->axisCount() > 0);
    int optimizer = 0;
    while (tab.chart()->axis(optimizer).name() != QLatin1String("optimizer"))
        ++optimizer;
    tab.chart()->setBrush(optimizer, BrushSpan{0.9, 1}); // sophia-g
    QCOMPARE(tab.chart()->rowsInside().size(), std::size_t(3));
    QVERIFY(tab.status().value(0).startsWith(u'3'));
    for (auto* button : tab.bar()->findChildren<QAbstractButton*>())
        if (button->text() == QLatin1String("Hide runs outside"))
            button->click();
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(3));
    QVERIFY(!tab.chart()->isBrushed());
    fixture.workspaces.undo();
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(12));
}

void CompareChartTabsTest::axesAreKeptAndUndone()
{
    CompareFixture fixture({40}, 12);
    auto& tab = open<ParallelTab>(fixture, "parallel");
    QTRY_VERIFY(fixture.rests() && tab.chart()->axisCount() > 2);
    const QString first = tab.chart()->axis(0).name();
    tab.chart()->moveAxis(0, 2);
    QTRY_COMPARE(tab.chart()->axis(2).name(), first);
    QCOMPARE(fixture.view().tabs.at("parallel")["columns"].toArray().size(), tab.chart()->axisCount());
    fixture.workspaces.undo();
    QTRY_COMPARE(tab.chart()->axis(0).name(), first);
}

void CompareChartTabsTest::scatterFollowsItsColumns()
{
    CompareFixture fixture({60}, 60);
    auto& tab = open<ScatterTab>(fixture, "scatter");
    QTRY_VERIFY(fixture.rests() && !tab.chart()->note().isEmpty());
    fixture.page->controller().setTabState(QStringLiteral("scatter"), QStringLiteral("columns"),
                                           {{"x", column(ColumnKind::Param, "lr")},
                                            {"y", column(ColumnKind::Metric, "val/loss")},
                                            {"logX", true}});
    QTRY_COMPARE(tab.chart()->title(), QStringLiteral("val/loss against lr"));
    QVERIFY(tab.chart()->settings().logX);
    QVERIFY(tab.chart()->note().contains(QStringLiteral("Spearman")));
    QVERIFY(tab.chart()->note().contains(QStringLiteral("1 NaN not drawn"))); // run 13
    QVERIFY(tab.chart()->note().contains(QStringLiteral("59 of 60 runs")));
    // Categories have places, but no correlation.
    fixture.page->controller().setTabState(
        QStringLiteral("scatter"), QStringLiteral("columns"),
        {{"x", column(ColumnKind::Param, "optimizer")}, {"y", column(ColumnKind::Metric, "val/loss")}});
    QTRY_COMPARE(tab.chart()->title(), QStringLiteral("val/loss against optimizer"));
    QVERIFY(!tab.chart()->note().contains(QStringLiteral("Spearman")));
    fixture.workspaces.undo();
    QTRY_COMPARE(tab.chart()->title(), QStringLiteral("val/loss against lr"));
}

void CompareChartTabsTest::pointsAndRunsAreOne()
{
    CompareFixture fixture({40}, 12);
    auto& tab = open<ScatterTab>(fixture, "scatter");
    QTRY_VERIFY(fixture.rests() && !tab.chart()->note().isEmpty());
    QSignalSpy hovered(&tab, &CompareTab::runHovered), picked(&tab, &CompareTab::runPicked);
    tab.highlightRun(fixture.scene().runs[5].runId);
    QCOMPARE(tab.chart()->hoveredRow(), 5);
    emit tab.chart()->rowHovered(3);
    QCOMPARE(hovered.last()[0].value<std::string>(), fixture.scene().runs[3].runId);
    emit tab.chart()->rowClicked(4);
    QCOMPARE(fixture.page->list().chosenRuns(), std::vector<std::string>{fixture.scene().runs[4].runId});
    tab.highlightRun({});
    QCOMPARE(tab.chart()->hoveredRow(), -1);
}

void CompareChartTabsTest::spreadFollowsGroups()
{
    CompareFixture fixture({40}, 20);
    fixture.change([](CompareView& view) { view.grouping = {{ColumnKind::Param, "optimizer"}}; });
    auto& bars = open<BarsTab>(fixture, "bars");
    QTRY_COMPARE(bars.chart()->content().entries.size(), std::size_t(4));
    QVERIFY(bars.chart()->note().contains(QStringLiteral("mean by optimizer")));
    fixture.page->controller().setTabState(QStringLiteral("bars"), QStringLiteral("runs"), {{"of", 1}});
    QTRY_COMPARE(bars.chart()->content().entries.size(), std::size_t(20));
    auto& box = open<BoxTab>(fixture, "box");
    QTRY_COMPARE(box.chart()->content().entries.size(), std::size_t(4));
    QCOMPARE(box.chart()->content().entries[0].detail, QStringLiteral("n = 5"));
    auto& histogram = open<HistogramTab>(fixture, "histogram");
    QTRY_VERIFY(histogram.chart()->content().values > 0);
    QCOMPARE(histogram.chart()->content().groupCounts.size(), std::size_t(4));
    fixture.page->controller().setTabState(QStringLiteral("histogram"), QStringLiteral("column"),
                                           {{"column", column(ColumnKind::Param, "optimizer")}});
    QTRY_COMPARE(histogram.counts()->content().entries.size(), std::size_t(4));
}

void CompareChartTabsTest::contourAndImportance()
{
    CompareFixture fixture({80}, 80);
    QTRY_COMPARE(fixture.scene().runs.size(), std::size_t(80));
    const auto choices = columnChoices(fixture.scene());
    const auto pair = spreadingPair(fixture.scene(), choices);
    QVERIFY(pair && pair->first != pair->second);
    const auto placesOf = [&](const ColumnRef& x, const ColumnRef& y) {
        const ChartTablePtr table = chartTable(fixture.scene(), {x, y}, Theme::current());
        std::set<std::pair<double, double>> places;
        for (std::size_t row = 0; row < table->rows.size(); ++row)
            places.emplace(table->columns[0].at(row), table->columns[1].at(row));
        return places.size();
    };
    QVERIFY(placesOf(pair->first, pair->second) >=
            placesOf({ColumnKind::Param, "lr"}, {ColumnKind::Param, "optimizer"}));
    fixture.page->controller().setTabState(QStringLiteral("contour"), QStringLiteral("columns"),
                                           {{"x", column(ColumnKind::Param, "lr")},
                                            {"y", column(ColumnKind::Param, "param3")},
                                            {"metric", column(ColumnKind::Metric, "train/loss")}});
    auto& contour = open<ContourTab>(fixture, "contour");
    QTRY_VERIFY(fixture.rests() && !contour.chart()->content().triangles.empty());
    QVERIFY(contour.chart()->note().contains(QStringLiteral("Delaunay")));
    auto& importance = open<ImportanceTab>(fixture, "importance");
    QTRY_VERIFY_WITH_TIMEOUT(fixture.rests() && !importance.chart()->content().entries.empty(), 60'000);
    QVERIFY(importance.chart()->note().contains(QStringLiteral("out-of-bag R²")));
    QCOMPARE(importance.chart()->content().lanes.size(), std::size_t(2));
}

void CompareChartTabsTest::nothingToDraw_data()
{
    QTest::addColumn<std::size_t>("runs");
    QTest::addColumn<std::size_t>("columns");
    QTest::newRow("one run") << std::size_t(1) << std::size_t(4);
    QTest::newRow("no column") << std::size_t(3) << std::size_t(0);
}

void CompareChartTabsTest::nothingToDraw()
{
    QFETCH(std::size_t, runs);
    QFETCH(std::size_t, columns);
    RunsSpec spec{runs};
    spec.metrics = spec.params = columns;
    CompareFixture fixture(spec, runs);
    for (const char* id : {"parallel", "scatter", "bars", "box", "histogram", "contour", "importance"}) {
        fixture.change([id](CompareView& view) { view.tab = id; });
        QTRY_VERIFY_WITH_TIMEOUT(fixture.rests(), 20'000);
        QVERIFY(!fixture.page->grab().isNull());
        for (auto* canvas : fixture.page->tab(QString::fromLatin1(id))->findChildren<ChartCanvas*>())
            QVERIFY2(!canvas->accessibleDescription().isEmpty(), id);
    }
}

void CompareChartTabsTest::everyTabExports()
{
    CompareFixture fixture({40}, 12);
    for (const char* id : {"parallel", "scatter", "bars", "box", "histogram"}) {
        auto& tab = open<ChartTab>(fixture, id);
        QTRY_VERIFY(fixture.rests());
        QCOMPARE(tab.exportItems().size(), std::size_t(2));
        int pictures = 0;
        for (auto* canvas : tab.findChildren<ChartCanvas*>())
            pictures += canvas->picture() != nullptr;
        QVERIFY2(pictures == 1, id);
    }
}

void CompareChartTabsTest::everyControlHasAName()
{
    CompareFixture fixture({40}, 12);
    for (const char* id : {"parallel", "scatter", "bars", "box", "histogram", "contour", "importance"}) {
        auto& tab = open<ChartTab>(fixture, id);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.rests(), 20'000);
        for (auto* button : tab.bar()->findChildren<QAbstractButton*>())
            QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(), id);
        for (auto* canvas : tab.findChildren<ChartCanvas*>())
            QVERIFY2(!canvas->accessibleName().isEmpty(), id);
    }
}

QTEST_MAIN(CompareChartTabsTest)
#include "compare_chart_tabs_test.moc"
