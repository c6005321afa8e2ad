// Groups on the Runs page: chosen, folded, sorted, shown in charts and undone, by mouse and by keys.
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/charts/line_panel.h"
#include "ui/charts/metric_chart.h"
#include "ui/runs/charts_column.h"
#include "ui/runs/filter_bar.h"
#include "ui/runs/filter_field.h"
#include "ui/runs/group_picker.h"
#include "ui/runs/runs_bar.h"
#include "ui/runs/runs_table_view.h"
#include "ui/shell/workspace_edits.h"
#include "ui/widgets/check_list.h"
#include "ui/widgets/picker_button.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

namespace {

const ColumnRef kLoss{ColumnKind::Metric, "val/loss"};
const ColumnRef kOptimizer{ColumnKind::Param, "optimizer"};

} // namespace

class RunsGroupsPageTest : public QObject
{
    Q_OBJECT

    static void ready(RunsPageFixture& fixture)
    {
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(fixture.runs->settled() && !fixture.workspace().columns.empty());
        fixture.window.activateWindow();
        fixture.runs->table().setFocus(Qt::TabFocusReason);
    }
    static void group(RunsPageFixture& fixture, std::vector<ColumnRef> columns)
    {
        fixture.runs->bar().groups().setColumns(std::move(columns));
        rest(fixture);
    }
    static void rest(RunsPageFixture& fixture) { QTRY_VERIFY(fixture.runs->settled()); }
    static void press(RunsPageFixture& fixture, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&fixture.runs->table(), key, modifiers);
    }
    static int head(RunsPageFixture& fixture, const QString& name)
    {
        for (int row = 0; row < fixture.model().rowCount(); ++row) {
            if (fixture.model().isHead(row) &&
                fixture.model().cell(row, int(RunsColumnKind::Name)).text == name)
                return row;
        }
        return -1;
    }
    static void click(RunsPageFixture& fixture, int row, int column, Qt::KeyboardModifiers modifiers = {})
    {
        auto& table = fixture.runs->table();
        QTest::mouseClick(table.viewport(), Qt::LeftButton, modifiers,
                          table.visualRect(fixture.model().index(row, column)).center());
    }
    static PickerButton* button(RunsPageFixture& fixture, const QString& start)
    {
        for (auto* one : fixture.runs->findChildren<PickerButton*>()) {
            if (one->accessibleName().startsWith(start))
                return one;
        }
        return nullptr;
    }

private slots:
    void theListChoosesColumnsAndUndoTakesThemBack()
    {
        RunsPageFixture fixture({.runs = 40});
        QAbstractItemModelTester tester(&fixture.model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        ready(fixture);
        fixture.action("runs.groupBy")->trigger();
        auto& list = fixture.runs->bar().groups().list();
        QVERIFY(list.isVisible());
        const auto& entries = list.model().entries();
        auto at = std::find_if(entries.begin(), entries.end(), [](const CheckEntry& entry) {
            return entry.text == QLatin1String("optimizer");
        });
        QVERIFY(at != entries.end());
        QCOMPARE(at->detail, QStringLiteral("4 values"));
        emit list.toggled(static_cast<int>(at - entries.begin()), true);
        list.hide();
        rest(fixture);
        QCOMPARE(fixture.workspace().groups.columns, std::vector<ColumnRef>{kOptimizer});
        QCOMPARE(fixture.model().groups()->groups.size(), std::size_t{4});
        QVERIFY(button(fixture, QStringLiteral("Group by optimizer")));
        QVERIFY(button(fixture, QStringLiteral("mean ± std"))->isVisible());
        QCOMPARE(fixture.workspaces.undoText(), QStringLiteral("Undo: group by optimizer"));
        fixture.workspaces.undo();
        rest(fixture);
        QVERIFY(!fixture.model().groups());
        QCOMPARE(fixture.model().rowCount(), 40);
        fixture.workspaces.redo();
        rest(fixture);
        QVERIFY(fixture.model().groups());
        fixture.action("runs.ungroup")->trigger();
        rest(fixture);
        QVERIFY(!fixture.model().groups() && button(fixture, QStringLiteral("Group by nothing")));
    }

    void fewRunsOpenManyBeginClosed()
    {
        RunsPageFixture few({.runs = 40});
        ready(few);
        group(few, {kOptimizer});
        QCOMPARE(few.model().rowCount(), 44);
        RunsPageFixture many({.runs = 400});
        ready(many);
        group(many, {kOptimizer});
        QCOMPARE(many.model().rowCount(), 4);
    }

    void leftAndRightFoldAndEnterToggles()
    {
        RunsPageFixture fixture({.runs = 40});
        ready(fixture);
        group(fixture, {kOptimizer});
        auto& table = fixture.runs->table();
        table.setCurrentIndex(fixture.model().index(0, int(RunsColumnKind::Name)));
        press(fixture, Qt::Key_Left);
        QCOMPARE(fixture.model().rowCount(), 34);
        press(fixture, Qt::Key_Right);
        QCOMPARE(fixture.model().rowCount(), 44);
        press(fixture, Qt::Key_Return);
        QCOMPARE(fixture.model().fold(0), RunsModel::Fold::Closed);
        press(fixture, Qt::Key_Enter);
        QCOMPARE(fixture.model().fold(0), RunsModel::Fold::Open);
        press(fixture, Qt::Key_Down);
        press(fixture, Qt::Key_Down);
        QCOMPARE(table.currentIndex().row(), 2);
        press(fixture, Qt::Key_Left); // from a run to its head
        QCOMPARE(table.currentIndex().row(), 0);
        fixture.action("runs.closeGroups")->trigger();
        QCOMPARE(fixture.model().rowCount(), 4);
        fixture.workspaces.undo();
        QCOMPARE(fixture.model().rowCount(), 44);
        QVERIFY(fixture.navigated.isEmpty());
    }

    void foldsBySingleAndDoubleClick()
    {
        RunsPageFixture fixture({.runs = 40});
        ready(fixture);
        group(fixture, {kOptimizer});
        click(fixture, 0, int(RunsColumnKind::Fold));
        QCOMPARE(fixture.model().rowCount(), 34);
        auto& table = fixture.runs->table();
        auto place = table.visualRect(fixture.model().index(0, int(RunsColumnKind::Name))).center();
        QTest::mouseDClick(table.viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(fixture.model().rowCount(), 44);
        QVERIFY(fixture.workspace().groups.turned.empty());
    }

    void theEyeOfAGroupShowsAndHidesItsRuns()
    {
        RunsPageFixture fixture({.runs = 40});
        ready(fixture);
        group(fixture, {kOptimizer});
        fixture.action("runs.showNone")->trigger();
        auto row = head(fixture, QStringLiteral("lion"));
        click(fixture, row, int(RunsColumnKind::Eye));
        QCOMPARE(fixture.workspace().shown.size(), std::size_t{10});
        QVERIFY(fixture.model().eyes(row) == RunsModel::Eyes::All);
        auto* chart = fixture.runs->charts().panels().front();
        QTRY_VERIFY(fixture.runs->settled() && chart->panel().settings().band == BandKind::Deviation);
        QTRY_COMPARE(chart->panel().canvas()->series().size(), std::size_t{1}); // the mean
        QCOMPARE(chart->panel().canvas()->series().front().runId, QStringLiteral("group:lion"));
        fixture.action("runs.groupBands")->trigger();
        QTRY_COMPARE(chart->panel().canvas()->series().size(), std::size_t{10});
        fixture.workspaces.undo();
        QTRY_COMPARE(chart->panel().canvas()->series().size(), std::size_t{1});
        click(fixture, row, int(RunsColumnKind::Eye));
        QVERIFY(fixture.workspace().shown.empty());
        fixture.runs->table().selectGroup(
            fixture.model().groups()->groups[static_cast<std::size_t>(fixture.model().groupOf(row))].key);
        fixture.action("runs.hide")->trigger();
        QCOMPARE(fixture.workspace().shown.size(), std::size_t{10});
    }

    void aLineAndItsHeadLightEachOther()
    {
        RunsPageFixture fixture({.runs = 40});
        ready(fixture);
        group(fixture, {kOptimizer});
        fixture.runs->table().highlightRun("group:muon");
        QCOMPARE(fixture.runs->table().painting().hoveredRow, head(fixture, QStringLiteral("muon")));
        fixture.runs->table().highlightRun("group:nobody");
        QCOMPARE(fixture.runs->table().painting().hoveredRow, -1);
    }

    void goesToTheBestRunOfAClosedGroup()
    {
        RunsPageFixture fixture({.runs = 400});
        ready(fixture);
        group(fixture, {kOptimizer});
        auto next = fixture.workspace();
        next.order = {{kLoss, true, false}};
        fixture.workspaces.change(QStringLiteral("sort"), next);
        rest(fixture);
        auto& table = fixture.runs->table();
        table.setCurrentIndex(fixture.model().index(1, int(RunsColumnKind::Name)));
        fixture.action("runs.bestOfGroup")->trigger(); // nobody has said what is better
        QVERIFY(fixture.model().isHead(table.currentIndex().row()));
        next.directions["val/loss"] = -1;
        fixture.workspaces.change(QStringLiteral("better"), next);
        rest(fixture);
        auto best = fixture.model().bestRun(1);
        QVERIFY(best != kNoRow && fixture.model().rowOf(best) < 0);
        fixture.action("runs.bestOfGroup")->trigger();
        QCOMPARE(table.currentRun(), std::string(fixture.state->table->runId(best)));
        QCOMPARE(fixture.model().fold(1), RunsModel::Fold::Open);
        auto column = 0;
        while (fixture.model().columns()[static_cast<std::size_t>(column)].kind != RunsColumnKind::Best)
            ++column;
        best = fixture.model().bestRun(0);
        click(fixture, 0, column);
        QCOMPARE(table.currentRun(), std::string(fixture.state->table->runId(best)));
    }

    void aGroupStandsForItsRuns()
    {
        RunsPageFixture fixture({.runs = 40});
        ready(fixture);
        group(fixture, {kOptimizer});
        auto& table = fixture.runs->table();
        table.selectRow(0);
        QCOMPARE(table.selectedCount(), 10);
        QCOMPARE(table.selectedRuns().size(), std::size_t{10});
        QCOMPARE(table.currentRun(), std::string());
        table.selectAll();
        QCOMPARE(table.selectedCount(), 40); // heads and runs together are each run once
        QCOMPARE(table.selectedRuns(7).size(), std::size_t{7});
        table.selectRow(0);
        fixture.action("runs.copyIds")->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 9);
        fixture.action("runs.copyCsv")->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("optimizer,n,")));
        fixture.action("runs.compare")->trigger();
        QCOMPARE(fixture.workspace().compare.runs.size(), std::size_t{10});
    }

    void selectionSurvivesRegrouping()
    {
        RunsPageFixture fixture({.runs = 40});
        ready(fixture);
        group(fixture, {kOptimizer});
        auto& table = fixture.runs->table();
        table.selectGroup(fixture.model().groups()->groups[2].key);
        auto next = fixture.workspace();
        next.order = {{kLoss, false, false}};
        fixture.workspaces.change(QStringLiteral("sort"), next);
        rest(fixture);
        QVERIFY(fixture.model().isHead(table.currentIndex().row()));
        QCOMPARE(table.selectedCount(), 10);
        table.selectRow(head(fixture, QStringLiteral("muon")) + 3);
        auto run = table.currentRun();
        group(fixture, {});
        QCOMPARE(table.currentRun(), run);
    }

    void figuresAreChosenAndUndone()
    {
        RunsPageFixture fixture({.runs = 40});
        ready(fixture);
        group(fixture, {kOptimizer});
        auto column = fixture.model().columnOf(kLoss);
        QVERIFY(fixture.model().cell(0, column).spread.startsWith(QStringLiteral("± ")));
        auto wide = fixture.runs->table().columnWidth(column);
        fixture.action("runs.figure.8")->trigger();
        rest(fixture);
        QCOMPARE(fixture.workspace().groups.figure, GroupFigure::Median);
        QVERIFY(fixture.model().cell(0, column).spread.isEmpty());
        QVERIFY(fixture.runs->table().columnWidth(column) < wide);
        fixture.workspaces.undo();
        rest(fixture);
        QCOMPARE(fixture.runs->table().columnWidth(column), wide);
    }

    void aCellOrItsHeaderGroups()
    {
        RunsPageFixture fixture({.runs = 40});
        ready(fixture);
        auto& table = fixture.runs->table();
        auto optimizer = fixture.model().columnOf(kOptimizer);
        QVERIFY(optimizer > 0);
        table.setCurrentIndex(fixture.model().index(3, optimizer));
        fixture.action("runs.groupByColumn")->trigger();
        rest(fixture);
        QCOMPARE(fixture.workspace().groups.columns, std::vector<ColumnRef>{kOptimizer});
        table.setCurrentIndex(fixture.model().index(3, fixture.model().columnOf(kLoss)));
        fixture.action("runs.groupByColumn")->trigger(); // a metric divides nothing
        QCOMPARE(fixture.workspace().groups.columns.size(), std::size_t{1});
    }

    void onlyThisGroupFilters()
    {
        RunsPageFixture fixture({.runs = 40});
        ready(fixture);
        group(fixture, {kOptimizer, {ColumnKind::Attribute, "status"}});
        fixture.runs->table().setCurrentIndex(fixture.model().index(0, int(RunsColumnKind::Name)));
        auto runs = fixture.model().runsAt(0).size();
        QVERIFY(!fixture.runs->canFilterBy(0, int(RunsColumnKind::Name), RunsPage::CellFilter::Not));
        fixture.action("runs.onlyThis")->trigger();
        rest(fixture);
        QCOMPARE(fixture.runs->controller().matchingRuns(), runs);
        QVERIFY(fixture.workspace().filter.find(" AND ") != std::string::npos);
    }

    void nothingMatchesAndOneRun()
    {
        RunsPageFixture fixture({.runs = 1});
        ready(fixture);
        group(fixture, {kOptimizer});
        QCOMPARE(fixture.model().rowCount(), 2);
        QCOMPARE(fixture.model().cell(0, fixture.model().columnOf(kLoss)).spread, QStringLiteral("n = 1"));
        fixture.runs->filterBar().field().replaceText(QStringLiteral("metrics.`val/loss` > 1e9"));
        rest(fixture);
        QCOMPARE(fixture.runs->controller().state(), RunsController::State::NoMatch);
    }

    void aNewSnapshotKeepsGroupsAndPlace()
    {
        RunsPageFixture fixture({.runs = 40});
        ready(fixture);
        group(fixture, {kOptimizer});
        auto& table = fixture.runs->table();
        table.selectGroup(fixture.model().groups()->groups[1].key);
        fixture.state->replace(makeRuns({.runs = 44}));
        fixture.session.refresh(true);
        QTRY_COMPARE(fixture.model().rowCount(), 48);
        QCOMPARE(table.currentIndex().row(), head(fixture, QStringLiteral("lion")));
    }
};

QTEST_MAIN(RunsGroupsPageTest)
#include "runs_groups_page_test.moc"
