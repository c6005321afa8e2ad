// The charts beside the table: which there are, what they draw, how they and the table point at each other.
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/charts/line_panel.h"
#include "ui/charts/metric_chart.h"
#include "ui/runs/charts_column.h"
#include "ui/runs/runs_table_view.h"
#include "ui/shell/workspace_edits.h"
#include "ui/widgets/check_list.h"

#include <QMenu>
#include <QPushButton>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

class RunsChartsTest : public QObject
{
    Q_OBJECT

    static void ready(RunsPageFixture& fixture)
    {
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(!fixture.workspace().charts.empty());
        QTRY_VERIFY(fixture.runs->settled());
    }
    static void show(RunsPageFixture& fixture, const std::vector<std::string>& runs)
    {
        fixture.workspaces.change(QStringLiteral("show"), withOnlyShown(fixture.workspace(), runs));
        QTRY_VERIFY(fixture.runs->settled());
    }

private slots:
    void chartsFollowTheEyes()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        auto* chart = fixture.runs->charts().panels().front();
        QTRY_COMPARE(chart->points(), std::size_t{8 * 500});
        show(fixture, {runIdOf(0), runIdOf(1)});
        QTRY_COMPARE(chart->points(), std::size_t{2 * 500});
        show(fixture, {});
        QTRY_COMPARE(chart->points(), std::size_t{0});
        QVERIFY(fixture.runs->charts().status().isEmpty());
        fixture.workspaces.undo();
        QTRY_COMPARE(chart->points(), std::size_t{2 * 500});
    }

    void aFilteredRunLeavesTheCharts()
    {
        RunsPageFixture fixture(tellRuns({{"a", 0, {{"loss", 1}}}, {"b", 0, {{"loss", 2}}}}));
        ready(fixture);
        auto* chart = fixture.runs->charts().panels().front();
        QTRY_COMPARE(chart->points(), std::size_t{1000});
        auto next = fixture.workspace();
        next.filter = "metrics.loss < 1.5";
        fixture.workspaces.change(QStringLiteral("filter"), next);
        QTRY_COMPARE(chart->points(), std::size_t{500});
        QCOMPARE(fixture.workspace().shown.size(), std::size_t{2}); // its eye stays open
    }

    void aHistoryIsReadOnce()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        QTRY_VERIFY(fixture.jobs.idle());
        auto shown = fixture.workspace().shown;
        auto before = fixture.state->readings();
        show(fixture, {});
        fixture.workspaces.undo();
        QTRY_VERIFY(fixture.runs->settled() && fixture.jobs.idle());
        QCOMPARE(fixture.state->readings(), before);
    }

    void atMostAHundredLinesAreDrawn()
    {
        RunsPageFixture fixture({.runs = 130});
        ready(fixture);
        fixture.runs->table().selectAll();
        fixture.action("runs.showSelected")->trigger();
        QCOMPARE(fixture.workspace().shown.size(), std::size_t{130});
        QCOMPARE(fixture.model().plotted().size(), RunsModel::kMostLines);
        QTRY_VERIFY(fixture.runs->settled());
        QVERIFY2(fixture.runs->charts().status().startsWith(QStringLiteral("the first 100 plotted")),
                 qPrintable(fixture.runs->charts().status()));
    }

    void oneFillsTheColumnAndComesBack()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        const auto& panels = fixture.runs->charts().panels();
        QCOMPARE(panels.size(), std::size_t{3});
        emit panels[1]->panel().maximizeRequested();
        QVERIFY(!panels[0]->isVisible() && panels[1]->isVisible() && !panels[2]->isVisible());
        emit panels[1]->panel().maximizeRequested();
        for (auto* panel : panels)
            QVERIFY(panel->isVisible());
    }

    void aGridHasSeveralInARow()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        fixture.action("runs.layoutCharts")->trigger();
        QTRY_VERIFY(fixture.runs->settled());
        const auto& panels = fixture.runs->charts().panels();
        QTRY_COMPARE(panels[0]->y(), panels[1]->y());
        QVERIFY(panels[1]->x() > panels[0]->x());
        fixture.action("runs.layoutSplit")->trigger();
        QTRY_VERIFY(panels[1]->y() > panels[0]->y());
    }

    void settingsAreKeptAndUndone()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        auto* chart = fixture.runs->charts().panels().front();
        auto settings = chart->panel().settings();
        settings.logY = true;
        emit chart->settingsChanged(settings);
        QVERIFY(fixture.workspace().charts.front().logY);
        fixture.workspaces.undo();
        QVERIFY(!fixture.workspace().charts.front().logY);
        QVERIFY(!chart->panel().settings().logY);
    }

    void anotherViewIsTakenAtOnce()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        int asked = 0;
        connect(fixture.runs, &Page::statusChanged, this,
                [&] { asked += fixture.runs->status().isEmpty() ? 0 : 1; });
        auto next = fixture.workspace();
        std::reverse(next.charts.begin(), next.charts.end());
        for (auto& chart : next.charts) {
            chart.logY = true;
            chart.smoothing = 1;
        }
        fixture.workspaces.reset(next);
        QTRY_VERIFY(fixture.runs->settled());
        QVERIFY(asked > 0); // while charts were being arranged, too
        QVERIFY(fixture.runs->charts().panels().front()->panel().settings().logY);
    }

    void chartsAreAddedByNameAndRemoved()
    {
        RunsPageFixture fixture({.runs = 20, .metrics = 6});
        ready(fixture);
        fixture.runs->charts().openMetricList();
        auto* list = fixture.runs->charts().findChild<CheckList*>();
        QVERIFY(list && list->isVisible());
        const auto& entries = list->model().entries();
        QCOMPARE(entries.size(), std::size_t{6});
        int unchecked = 0;
        while (entries[static_cast<std::size_t>(unchecked)].checked)
            ++unchecked;
        auto added = entries[static_cast<std::size_t>(unchecked)].text.toStdString();
        emit list->toggled(unchecked, true);
        list->hide();
        QCOMPARE(fixture.workspace().charts.size(), std::size_t{4});
        QCOMPARE(fixture.workspace().charts.back().metric, added);
        auto* menu = fixture.runs->charts().panels().back()->panel().menu();
        menu->actions().last()->trigger();
        QCOMPARE(fixture.workspace().charts.size(), std::size_t{3});
    }

    void tableAndChartsPointAtEachOther()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        auto run = fixture.model().plotted().front();
        auto* canvas = fixture.runs->charts().panels().front()->panel().canvas();
        emit canvas->runHovered(QString::fromStdString(run));
        QCOMPARE(fixture.runs->table().painting().hoveredRow, fixture.model().rowOf(run));
        emit canvas->runHovered({});
        QCOMPARE(fixture.runs->table().painting().hoveredRow, -1);
        emit canvas->runClicked(QString::fromStdString(run));
        QCOMPARE(fixture.runs->table().currentRun(), run);
    }

    void pointsThatTheStoreLostAreNotCalledUnlogged()
    {
        RunsPageFixture fixture(tellRuns({{"a", 0, {{"loss", 1}}}}));
        fixture.state->values = [](const std::string&, const std::string&) { return std::vector<double>(); };
        ready(fixture);
        auto* chart = fixture.runs->charts().panels().front();
        QTRY_VERIFY(!chart->busy());
        QCOMPARE(chart->points(), std::size_t{0});
    }
};

QTEST_MAIN(RunsChartsTest)
#include "runs_charts_test.moc"
