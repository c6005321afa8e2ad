// Everything of the Runs page by keys alone, and what a screen reader is told.
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/runs/charts_column.h"
#include "ui/runs/completion_popup.h"
#include "ui/runs/filter_bar.h"
#include "ui/runs/filter_field.h"
#include "ui/runs/runs_bar.h"
#include "ui/runs/runs_table_view.h"
#include "ui/widgets/check_list.h"

#include <QAction>
#include <QMenu>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

class RunsKeysTest : public QObject
{
    Q_OBJECT

    static void ready(RunsPageFixture& fixture)
    {
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(fixture.runs->settled() && !fixture.workspace().columns.empty());
        fixture.window.activateWindow();
        fixture.runs->table().setFocus(Qt::TabFocusReason);
    }
    static void press(RunsPageFixture& fixture, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&fixture.runs->table(), key, modifiers);
    }

private slots:
    void arrowsMoveAndSpaceSelects()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        auto& table = fixture.runs->table();
        QCOMPARE(table.currentIndex().row(), 0);
        press(fixture, Qt::Key_Down);
        QCOMPARE(table.currentIndex().row(), 1);
        QCOMPARE(table.selectedRows(), std::vector<int>{1});
        press(fixture, Qt::Key_Down, Qt::ControlModifier);
        QCOMPARE(table.currentIndex().row(), 2);
        QCOMPARE(table.selectedRows(), std::vector<int>{1});
        press(fixture, Qt::Key_Space);
        QCOMPARE(table.selectedRows(), (std::vector<int>{1, 2}));
        press(fixture, Qt::Key_Space);
        QCOMPARE(table.selectedRows(), std::vector<int>{1});
        press(fixture, Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(table.currentIndex().row(), 19);
    }

    void enterOpensTheCurrentRun()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        press(fixture, Qt::Key_Down);
        auto run = QString::fromStdString(fixture.runs->table().currentRun());
        press(fixture, Qt::Key_Return);
        QCOMPARE(fixture.navigated, QStringLiteral("run/") + run);
        fixture.navigated.clear();
        press(fixture, Qt::Key_Enter, Qt::KeypadModifier);
        QVERIFY(fixture.navigated.isEmpty() || fixture.navigated == QStringLiteral("run/") + run);
    }

    void everyCommandHasItsKey()
    {
        RunsPageFixture fixture({.runs = 5});
        ready(fixture);
        const std::pair<const char*, QKeySequence> keys[] = {
            {"runs.hide", QKeySequence(Qt::Key_H)},
            {"runs.pin", QKeySequence(Qt::Key_P)},
            {"runs.baseline", QKeySequence(Qt::Key_B)},
            {"runs.rename", QKeySequence(Qt::Key_F2)},
            {"runs.filter", QKeySequence(Qt::Key_Slash)},
            {"runs.copy", QKeySequence(QKeySequence::Copy)},
            {"run.previous", QKeySequence(Qt::Key_BracketLeft)},
            {"run.next", QKeySequence(Qt::Key_BracketRight)}};
        for (const auto& [id, key] : keys) {
            auto* action = fixture.action(id);
            QVERIFY2(action, id);
            QVERIFY2(fixture.actions.spec(action).keys.contains(key), id);
        }
    }

    void hideShowsAgainAndCanBeUndone()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        QTRY_COMPARE(fixture.workspace().shown.size(), std::size_t{8});
        auto& table = fixture.runs->table();
        table.selectRow(19);
        QVERIFY(!fixture.model().shown(19));
        fixture.action("runs.hide")->trigger();
        QVERIFY(fixture.model().shown(19));
        fixture.action("runs.hide")->trigger();
        QVERIFY(!fixture.model().shown(19));
        table.selectAll();
        fixture.action("runs.hide")->trigger(); // any shown: all are hidden
        QVERIFY(fixture.workspace().shown.empty());
        fixture.action("runs.hide")->trigger();
        QCOMPARE(fixture.workspace().shown.size(), std::size_t{20});
        fixture.workspaces.undo();
        QVERIFY(fixture.workspace().shown.empty());
        QCOMPARE(fixture.workspaces.redoText().isEmpty(), false);
    }

    void leftAndRightFoldParents()
    {
        RunsPageFixture fixture({.runs = 20, .parents = true});
        ready(fixture);
        auto& table = fixture.runs->table();
        int parent = 0;
        while (fixture.model().fold(parent) == RunsModel::Fold::None)
            ++parent;
        auto children = fixture.model().descendants(parent);
        QVERIFY(children > 0);
        auto rows = fixture.model().rowCount();
        table.setCurrentIndex(fixture.model().index(parent, int(RunsColumnKind::Name)));
        press(fixture, Qt::Key_Left);
        QCOMPARE(fixture.model().rowCount(), rows - children);
        QCOMPARE(fixture.model().fold(parent), RunsModel::Fold::Closed);
        press(fixture, Qt::Key_Right);
        QCOMPARE(fixture.model().rowCount(), rows);
        fixture.action("runs.nested")->trigger();
        QTRY_COMPARE(fixture.model().fold(parent), RunsModel::Fold::None);
        QVERIFY(!fixture.workspace().nested);
    }

    void theMenuKeyOpensTheRowsMenu()
    {
        RunsPageFixture fixture({.runs = 5});
        ready(fixture);
        auto& table = fixture.runs->table();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(3, 3), table.mapToGlobal(QPoint(3, 3)));
        QApplication::sendEvent(table.viewport(), &event);
        QMenu* menu = nullptr;
        for (auto* one : fixture.runs->findChildren<QMenu*>()) {
            if (one->isVisible())
                menu = one;
        }
        QVERIFY(menu);
        QVERIFY(menu->actions().contains(fixture.action("runs.open")));
        menu->close();
    }

    void slashGoesToTheFilterAndEscapeBack()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        fixture.action("runs.filter")->trigger();
        auto& field = fixture.runs->filterBar().field();
        QCOMPARE(fixture.window.focusWidget(), static_cast<QWidget*>(&field));
        if (field.popup().isOpen())
            QTest::keyClick(&field, Qt::Key_Escape);
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(fixture.window.focusWidget(), static_cast<QWidget*>(&fixture.runs->table()));
    }

    void completionIsChosenByKeys()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        auto& field = fixture.runs->filterBar().field();
        field.setFocus();
        QTest::keyClicks(&field, QStringLiteral("metrics.v"));
        QVERIFY(field.popup().isOpen());
        QVERIFY(field.popup().count() >= 2);
        auto first = field.popup().current()->text;
        QTest::keyClick(&field, Qt::Key_Down);
        QVERIFY(field.popup().current()->text != first);
        QTest::keyClick(&field, Qt::Key_Up);
        QCOMPARE(field.popup().current()->text, first);
        QTest::keyClick(&field, Qt::Key_Up); // around the end
        QVERIFY(field.popup().current()->text != first);
        QTest::keyClick(&field, Qt::Key_Escape);
        QVERIFY(!field.popup().isOpen());
        QCOMPARE(field.text(), QStringLiteral("metrics.v"));
    }

    void columnsAreMovedByKeys()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        fixture.action("runs.columns")->trigger();
        auto& list = fixture.runs->bar().columnList();
        QVERIFY(list.isVisible());
        auto first = fixture.workspace().columns[0].column, second = fixture.workspace().columns[1].column;
        emit list.moveRequested(0, 1);
        QCOMPARE(fixture.workspace().columns[0].column, second);
        QCOMPARE(fixture.workspace().columns[1].column, first);
        emit list.moveRequested(0, -1); // there is no place before the first
        QCOMPARE(fixture.workspace().columns[0].column, second);
        list.hide();
        fixture.workspaces.undo();
        QCOMPARE(fixture.workspace().columns[0].column, first);
    }

    void layoutsAreActions()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        fixture.action("runs.layoutTable")->trigger();
        QVERIFY(!fixture.runs->charts().isVisible());
        fixture.action("runs.layoutCharts")->trigger();
        QVERIFY(fixture.runs->charts().isVisible());
        QVERIFY(!fixture.runs->table().isVisible());
        fixture.action("runs.layoutSplit")->trigger();
        QVERIFY(fixture.runs->charts().isVisible());
        QVERIFY(fixture.runs->table().isVisible());
    }

    void cellsAreReadOut()
    {
        RunsPageFixture fixture(tellRuns({{"a", 0, {{"loss", 0.5}}}, {"b", 0, {{"loss", std::nan("")}}}}));
        ready(fixture);
        auto& model = fixture.model();
        QTRY_COMPARE(fixture.workspace().shown.size(), std::size_t{1}); // the one that diverged is left out
        auto eye = [&](int row) {
            return model.index(row, int(RunsColumnKind::Eye)).data(Qt::AccessibleTextRole).toString();
        };
        QCOMPARE(eye(0), QStringLiteral("hidden in charts"));
        QCOMPARE(eye(1), QStringLiteral("shown in charts"));
        QCOMPARE(model.index(0, int(RunsColumnKind::Status)).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Finished"));
        auto loss = model.columnOf({ColumnKind::Metric, "loss"});
        QCOMPARE(model.index(0, loss).data(Qt::AccessibleTextRole).toString(), QStringLiteral("NaN"));
        for (int column = 0; column < model.columnCount(); ++column)
            QVERIFY2(!model.headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString().isEmpty(),
                     QByteArray::number(column).constData());
    }
};

QTEST_MAIN(RunsKeysTest)
#include "runs_keys_test.moc"
