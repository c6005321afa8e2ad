// Differences from the baseline, frozen columns and filters from a cell on the Runs page, by keys and mouse,
// with undo.
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/runs/filter_bar.h"
#include "ui/runs/filter_field.h"
#include "ui/runs/frozen_columns.h"
#include "ui/runs/runs_table_view.h"
#include "ui/shell/workspace_edits.h"

#include <QAbstractItemModelTester>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

namespace {

const ColumnRef kLoss{ColumnKind::Metric, "loss"};
const ColumnRef kAcc{ColumnKind::Metric, "acc"};
const ColumnRef kLr{ColumnKind::Param, "lr"};
const ColumnRef kDuration{ColumnKind::Attribute, "duration"};

RunTablePtr runs()
{
    return tellRuns({{"base", 0, {{"loss", 2.0}, {"acc", 0.0}}, {{"lr", "0.1"}}},
                     {"better", 0, {{"loss", 1.0}, {"acc", 0.5}}, {{"lr", "0.2"}}},
                     {"worse", 0, {{"loss", 3.0}, {"acc", 0.25}}, {{"lr", "0.1"}}},
                     {"lost", 0, {{"loss", std::nan("")}}, {{"lr", "big"}}, RunStatus::Running}});
}

} // namespace

class RunsColumnsPageTest : public QObject
{
    Q_OBJECT

    static void ready(RunsPageFixture& fixture,
                      std::vector<ColumnView> columns = {{kLoss}, {kAcc}, {kLr}, {kDuration}})
    {
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(fixture.runs->settled() && !fixture.workspace().columns.empty());
        auto next = fixture.workspace();
        next.columns = std::move(columns);
        next.layout = Workspace::Layout::Table;
        fixture.workspaces.replace(next);
        QTRY_VERIFY(fixture.runs->settled());
        fixture.window.activateWindow();
        fixture.runs->table().setFocus(Qt::TabFocusReason);
    }
    static std::vector<int> deltas(RunsPageFixture& fixture)
    {
        std::vector<int> found;
        for (int column = 0; column < fixture.model().columnCount(); ++column) {
            if (fixture.model().columns()[static_cast<std::size_t>(column)].kind == RunsColumnKind::Delta)
                found.push_back(column);
        }
        return found;
    }
    static RunCell cell(RunsPageFixture& fixture, std::size_t run, int column)
    {
        return fixture.model().cell(fixture.model().rowOf(toldId(run)), column);
    }
    static void baseline(RunsPageFixture& fixture)
    {
        fixture.runs->table().selectRun(toldId(0));
        fixture.action("runs.baseline")->trigger();
    }
    static void makeNarrow(RunsPageFixture& fixture)
    {
        fixture.window.resize(760, 500);
        QTRY_VERIFY(fixture.runs->table().horizontalScrollBar()->maximum() > 100);
    }
    static std::vector<ColumnView> many()
    {
        std::vector<ColumnView> columns;
        for (int metric = 4; metric < 14; ++metric)
            columns.push_back({{ColumnKind::Metric, "metric" + std::to_string(metric)}});
        return columns;
    }

private slots:
    void differencesOfOneColumnOrOfAll()
    {
        RunsPageFixture fixture(runs());
        QAbstractItemModelTester tester(&fixture.model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        ready(fixture);
        QVERIFY(deltas(fixture).empty());
        baseline(fixture);
        QCOMPARE(deltas(fixture).size(), std::size_t{1});
        fixture.action("runs.deltas")->trigger();
        auto columns = deltas(fixture);
        QCOMPARE(columns.size(), std::size_t{3}); // lr is no number in every run
        QCOMPARE(columns[0], fixture.model().columnOf(kLoss) + 1);
        QCOMPARE(cell(fixture, 1, columns[0]).text, QStringLiteral("−1"));
        QVERIFY(cell(fixture, 1, columns[0]).kind == RunCell::Kind::Neutral); // nobody said what is better
        QVERIFY(fixture.model().cell(0, columns[0]).kind == RunCell::Kind::Baseline);
        QCOMPARE(cell(fixture, 3, columns[0]).text, QStringLiteral("—"));
        QCOMPARE(cell(fixture, 1, columns[2]).text, QStringLiteral("= 0")); // all took half a minute
        QCOMPARE(cell(fixture, 3, columns[2]).text, QStringLiteral("—"));
        fixture.workspaces.undo();
        QCOMPARE(deltas(fixture).size(), std::size_t{1});
        fixture.workspaces.redo();
        QCOMPARE(deltas(fixture).size(), std::size_t{3});
        fixture.action("runs.noDeltas")->trigger();
        QVERIFY(deltas(fixture).empty() && fixture.workspace().baseline == toldId(0));
    }

    void directionColoursAndPercentCounts()
    {
        RunsPageFixture fixture(runs());
        ready(fixture);
        baseline(fixture);
        auto next = fixture.workspace();
        next.deltas = Deltas::Every;
        next.directions = {{"loss", -1}, {"acc", 1}};
        fixture.workspaces.change(QStringLiteral("better"), next);
        auto columns = deltas(fixture);
        QVERIFY(cell(fixture, 1, columns[0]).kind == RunCell::Kind::Better);
        QVERIFY(cell(fixture, 2, columns[0]).kind == RunCell::Kind::Worse);
        QVERIFY(cell(fixture, 1, columns[1]).kind == RunCell::Kind::Better);
        fixture.action("runs.deltaPercent")->trigger();
        QCOMPARE(cell(fixture, 1, columns[0]).text, QStringLiteral("−50.0 %"));
        QCOMPARE(cell(fixture, 2, columns[0]).text, QStringLiteral("+50.0 %"));
        QCOMPARE(cell(fixture, 1, columns[1]).text, QStringLiteral("—")); // of nothing
        auto title =
            fixture.model().headerData(columns[0], Qt::Horizontal, Qt::AccessibleTextRole).toString();
        QCOMPARE(title, QStringLiteral("loss, difference from the baseline"));
        fixture.workspaces.undo();
        QCOMPARE(cell(fixture, 1, columns[0]).text, QStringLiteral("−1"));
    }

    void numbersAmongParametersHaveDifferencesToo()
    {
        RunsPageFixture fixture(
            tellRuns({{"a", 0, {{"loss", 1}}, {{"lr", "0.1"}}}, {"b", 0, {{"loss", 1}}, {{"lr", "0.3"}}}}));
        ready(fixture, {{kLr}, {kLoss}});
        baseline(fixture);
        fixture.action("runs.deltas")->trigger();
        QCOMPARE(deltas(fixture).size(), std::size_t{2});
        QVERIFY(cell(fixture, 1, deltas(fixture)[0]).text.startsWith(QStringLiteral("+0.2")));
    }

    void frozenColumnsComeFirstAndStay()
    {
        RunsPageFixture fixture({.runs = 60, .metrics = 14});
        ready(fixture, many());
        makeNarrow(fixture);
        auto& table = fixture.runs->table();
        auto& frozen = table.frozen();
        QVERIFY(!frozen.isVisible());
        table.horizontalScrollBar()->setValue(120);
        QVERIFY(frozen.isVisible());
        QCOMPARE(frozen.count(), 5); // up to the status
        const ColumnRef last{ColumnKind::Metric, "metric13"};
        table.setCurrentIndex(fixture.model().index(2, fixture.model().columnOf(last)));
        fixture.action("runs.freezeColumn")->trigger();
        QCOMPARE(fixture.model().columnOf(last), 5);
        QCOMPARE(frozen.count(), 6);
        QVERIFY(isFrozen(fixture.workspace(), last));
        table.horizontalScrollBar()->setValue(table.horizontalScrollBar()->maximum());
        QVERIFY(frozen.isVisible() && frozen.width() >= frozen.frozenWidth());
        fixture.workspaces.undo();
        QCOMPARE(frozen.count(), 5);
        table.horizontalScrollBar()->setValue(0);
        QVERIFY(!frozen.isVisible());
    }

    void whatHappensOnFrozenColumnsHappensToTheTable()
    {
        RunsPageFixture fixture({.runs = 60, .metrics = 14});
        ready(fixture, many());
        makeNarrow(fixture);
        auto& table = fixture.runs->table();
        auto& frozen = table.frozen();
        table.horizontalScrollBar()->setValue(150);
        auto head = table.header().height();
        auto shown = fixture.workspace().shown.size();
        QPoint eye(24 + 13, head + table.rowViewportPosition(4) + 10);
        QTest::mouseClick(&frozen, Qt::LeftButton, {}, eye);
        QVERIFY(fixture.workspace().shown.size() != shown);
        QTest::mouseClick(&frozen, Qt::LeftButton, {}, QPoint(150, head + table.rowViewportPosition(7) + 10));
        QCOMPARE(table.currentIndex().row(), 7);
        QCOMPARE(table.horizontalScrollBar()->value(), 150);
        QTest::mouseDClick(&frozen, Qt::LeftButton, {},
                           QPoint(150, head + table.rowViewportPosition(7) + 10));
        QVERIFY(fixture.navigated.startsWith(QStringLiteral("run/")));
        QTest::mouseClick(&frozen, Qt::LeftButton, {}, QPoint(150, head / 2));
        QTRY_VERIFY(fixture.runs->settled());
        QCOMPARE(fixture.workspace().order.front().column.key, std::string("run_name"));
        QContextMenuEvent menu(QContextMenuEvent::Mouse, QPoint(150, head + 20),
                               frozen.mapToGlobal(QPoint(150, head + 20)));
        QSignalSpy asked(&table, &RunsTableView::menuRequested);
        QApplication::sendEvent(&frozen, &menu);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.front()[1].toInt(), int(RunsColumnKind::Name));
        for (auto* one : fixture.runs->findChildren<QMenu*>())
            one->close();
    }

    void theSameRowsAreDrawnTwice()
    {
        RunsPageFixture fixture({.runs = 60, .metrics = 14});
        ready(fixture, many());
        makeNarrow(fixture);
        auto& table = fixture.runs->table();
        table.verticalScrollBar()->setValue(37);
        auto before = table.grab().copy(0, 0, 250, 400).toImage();
        table.horizontalScrollBar()->setValue(300);
        QCOMPARE(table.grab().copy(0, 0, 250, 400).toImage(), before);
    }

    void keysBringAColumnOutFromUnderFrozenOnes()
    {
        RunsPageFixture fixture({.runs = 60, .metrics = 14});
        ready(fixture, many());
        makeNarrow(fixture);
        auto& table = fixture.runs->table();
        auto columns = fixture.model().columnCount();
        table.setCurrentIndex(fixture.model().index(3, 5));
        for (int i = 5; i + 1 < columns; ++i)
            QTest::keyClick(&table, Qt::Key_Right);
        QCOMPARE(table.currentIndex().column(), columns - 1);
        QVERIFY(table.horizontalScrollBar()->value() > 0);
        for (int i = columns - 1; i > 5; --i) {
            QTest::keyClick(&table, Qt::Key_Left);
            auto left = table.columnViewportPosition(table.currentIndex().column());
            QVERIFY2(left >= table.frozen().frozenWidth() || table.horizontalScrollBar()->value() == 0,
                     qPrintable(QString::number(left)));
        }
        for (int i = 0; i < 40; ++i)
            QTest::keyClick(&table, Qt::Key_Down);
        QVERIFY(table.viewport()->rect().intersects(table.visualRect(table.currentIndex())));
    }

    void tooNarrowATableFreezesLess()
    {
        RunsPageFixture fixture({.runs = 20, .metrics = 14});
        auto columns = many();
        for (auto& column : columns)
            column.frozen = true;
        ready(fixture, columns);
        makeNarrow(fixture);
        auto& table = fixture.runs->table();
        table.horizontalScrollBar()->setValue(50);
        QCOMPARE(table.frozen().count(), 5); // all would leave no room
    }

    void filtersFromACell()
    {
        RunsPageFixture fixture(runs());
        ready(fixture);
        auto& field = fixture.runs->filterBar().field();
        auto filter = [&](const char* action, std::size_t run, const ColumnRef& column) {
            field.replaceText({});
            (void)QTest::qWaitFor([&] { return fixture.runs->settled(); });
            fixture.runs->table().setCurrentIndex(
                fixture.model().index(fixture.model().rowOf(toldId(run)), fixture.model().columnOf(column)));
            fixture.action(action)->trigger();
            (void)QTest::qWaitFor([&] { return fixture.runs->settled(); });
            return field.text();
        };
        auto matching = [&] { return fixture.runs->controller().matchingRuns(); };
        QCOMPARE(filter("runs.atLeastThis", 0, kLoss), QStringLiteral("metrics.loss >= 2"));
        QCOMPARE(matching(), std::size_t{2});
        QCOMPARE(filter("runs.atMostThis", 0, kLoss), QStringLiteral("metrics.loss <= 2"));
        QCOMPARE(matching(), std::size_t{2});
        QVERIFY(filter("runs.atLeastThis", 1, kLoss).contains(QLatin1String("loss")));
        QCOMPARE(filter("runs.onlyThis", 1, kLr), QStringLiteral("params.lr = '0.2'"));
        QCOMPARE(matching(), std::size_t{1});
        QCOMPARE(filter("runs.notThis", 1, kLr), QStringLiteral("params.lr != '0.2'"));
        QVERIFY(filter("runs.atLeastThis", 3, kLoss).isEmpty()); // NaN has no beyond
        QVERIFY(filter("runs.atMostThis", 0, kDuration).startsWith(QStringLiteral("duration <= ")));
        QCOMPARE(matching(), std::size_t{3});
        QVERIFY(filter("runs.onlyThis", 0, kDuration).startsWith(QStringLiteral("duration = ")));
        QCOMPARE(matching(), std::size_t{3});
        QVERIFY(fixture.workspaces.canUndo());
    }

    void keysFilterByTheCell()
    {
        RunsPageFixture fixture(
            tellRuns({{"a", 0, {{"loss", 1}}, {{"lr", "0.1"}}}, {"b", 0, {{"loss", 1}}, {{"lr", "0.3"}}}}));
        ready(fixture, {{kLr}, {kLoss}});
        auto& table = fixture.runs->table();
        table.setCurrentIndex(fixture.model().index(0, fixture.model().columnOf(kLr)));
        QTest::keyClick(&table, Qt::Key_Less);
        QTRY_VERIFY(
            fixture.runs->filterBar().field().text().startsWith(QStringLiteral("num(params.lr) <= 0.3")));
        QTRY_COMPARE(fixture.runs->controller().matchingRuns(), std::size_t{2});
        auto texts = QStringList();
        table.setCurrentIndex(fixture.model().index(0, fixture.model().columnOf(kLr)));
        QContextMenuEvent menu(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(table.viewport(), &menu);
        for (auto* one : fixture.runs->findChildren<QMenu*>()) {
            if (!one->isVisible())
                continue;
            for (auto* action : one->actions())
                texts << action->text();
            one->close();
        }
        for (auto* wanted : {"Only this value", "Not this value", "At least this", "At most this"})
            QVERIFY2(texts.contains(QLatin1String(wanted)), wanted);
    }
};

QTEST_MAIN(RunsColumnsPageTest)
#include "runs_columns_page_test.moc"
