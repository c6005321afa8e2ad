// The Diff tab driven as a user does: keys, clicks, action ids and menus on a store in memory.
#include "tests/gui/compare_diff_fixture.h"
#include "ui/compare/diff_bar.h"
#include "ui/compare/diff_view.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/picker_button.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/state_panel.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace sextant;
using namespace sextant::test;

namespace {

QAction* actionNamed(QMenu& menu, const QString& text)
{
    for (auto* action : menu.actions())
        if (action->text() == text)
            return action;
    return nullptr;
}

QPushButton* stateButton(DiffTab& tab)
{
    for (auto* panel : tab.findChildren<StatePanel*>())
        if (panel->isVisible())
            for (auto* button : panel->findChildren<QPushButton*>())
                if (button->isVisible())
                    return button;
    return nullptr;
}

RunTablePtr wideRuns(std::size_t runs, std::size_t metrics)
{
    return makeRuns({.runs = runs, .metrics = metrics, .params = 10});
}

} // namespace

class CompareDiffTabTest : public QObject
{
    Q_OBJECT

    static bool waitReady(DiffFixture& fixture)
    {
        return QTest::qWaitFor([&] { return fixture.ready() && fixture.model().content(); }, 20'000);
    }
    static bool waitSettled(DiffFixture& fixture)
    {
        return QTest::qWaitFor([&] { return fixture.ready(); }, 20'000);
    }

private slots:
    void showsTheMatrixOverTheWholeWidth()
    {
        DiffFixture fixture;
        QAbstractItemModelTester tester(&fixture.model(),
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
        QVERIFY(waitReady(fixture));
        QCOMPARE(fixture.page->currentTab(), static_cast<CompareTab*>(&fixture.tab()));
        QCOMPARE(fixture.model().columnCount(), DiffModel::FirstRun + 4);
        QVERIFY(!fixture.tab().showsRunList());
        auto status = fixture.page->status();
        QCOMPARE(status.value(0), QStringLiteral("4 runs"));
        QVERIFY2(status.value(1).endsWith(QStringLiteral("fields differ")), qPrintable(status.join(u'|')));
        QVERIFY(!fixture.workspaces.canUndo());
        QVERIFY(fixture.model().baselineChosen());
        QVERIFY(fixture.model().run(DiffModel::FirstRun)->runId == "a0");
    }

    void withoutABaselineTheFirstRunServesAsOne()
    {
        DiffFixture fixture(makeDiffRuns(), 4, "");
        QVERIFY(waitReady(fixture));
        QVERIFY(!fixture.model().baselineChosen());
        auto head =
            fixture.model().headerData(DiffModel::FirstRun, Qt::Horizontal, Qt::ToolTipRole).toString();
        QVERIFY(head.contains(QStringLiteral("No baseline is set")));
        auto* picker = fixture.tab().bar()->findChildren<PickerButton*>().value(1);
        QCOMPARE(picker->value(), fixture.model().runs().front().name);
        auto* menu = fixture.tab().bar()->findChildren<QMenu*>().value(1);
        emit menu->aboutToShow();
        QCOMPARE(menu->actions().size(), qsizetype{4});
        menu->actions().value(2)->trigger();
        auto wanted = fixture.workspace().baseline;
        QVERIFY(!wanted.empty());
        QTRY_VERIFY(fixture.model().run(DiffModel::FirstRun)->runId == wanted);
        QVERIFY(fixture.model().baselineChosen());
    }

    void fieldsAndBaselineStayInSight()
    {
        DiffFixture fixture(wideRuns(60, 20));
        QVERIFY(waitReady(fixture));
        auto& view = fixture.view();
        auto& frozen = view.frozen();
        QVERIFY(frozen.isVisible());
        QVERIFY(!frozen.isColumnHidden(DiffModel::FirstRun) &&
                frozen.isColumnHidden(DiffModel::FirstRun + 1));
        QVERIFY(view.horizontalScrollBar()->maximum() > 0);
        view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->maximum());
        QCOMPARE(frozen.horizontalScrollBar()->value(), 0);
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
        QCOMPARE(frozen.verticalScrollBar()->value(), view.verticalScrollBar()->value());
        auto frozenRight = view.columnWidth(0) + view.columnWidth(1) + view.columnWidth(2);
        view.goTo(fixture.model().index(1, DiffModel::FirstRun + 1));
        QVERIFY(view.columnViewportPosition(DiffModel::FirstRun + 1) >= frozenRight);
        QCOMPARE(frozen.selectionModel(), view.selectionModel());
        view.goTo(fixture.model().index(1, 0));
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.currentIndex().column(), 1);
    }

    void onlyDifferencesByKeySwitchAndUndo()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        QCOMPARE(fixture.rowOf(QStringLiteral("layers")), -1);
        fixture.view().setFocus();
        QTest::keyClick(&fixture.view(), Qt::Key_X);
        QVERIFY(waitSettled(fixture));
        QVERIFY(fixture.rowOf(QStringLiteral("layers")) > 0);
        auto* only = fixture.tab().bar()->findChild<QCheckBox*>();
        QVERIFY(!only->isChecked());
        QTest::mouseClick(only, Qt::LeftButton, {}, QPoint(8, only->height() / 2));
        QVERIFY(waitSettled(fixture));
        QCOMPARE(fixture.rowOf(QStringLiteral("layers")), -1);
        fixture.workspaces.undo();
        QVERIFY(waitSettled(fixture));
        QVERIFY(fixture.rowOf(QStringLiteral("layers")) > 0 && !only->isChecked());
        fixture.workspaces.undo();
        QVERIFY(waitSettled(fixture));
        QVERIFY(fixture.tab().settings() == DiffSettings());
        fixture.workspaces.redo();
        QVERIFY(waitSettled(fixture));
        QVERIFY(!fixture.tab().settings().onlyDifferences);
    }

    void theNoteCountsWhatIsHidden()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        auto& bar = static_cast<DiffBar&>(*fixture.tab().bar());
        auto hidden = fixture.model().content()->hidden;
        QVERIFY(hidden > 1);
        QCOMPARE(bar.note(), QStringLiteral("%1 constant fields hidden").arg(hidden));
        fixture.action("compare.diff.only")->trigger();
        QVERIFY(waitSettled(fixture));
        QCOMPARE(bar.note(), QString());
    }

    void sectionsFoldByClickAndKey()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        auto& view = fixture.view();
        auto rows = fixture.model().rowCount();
        QVERIFY(fixture.model().head(0));
        QTest::mouseClick(view.frozen().viewport(), Qt::LeftButton, {},
                          view.frozen().visualRect(fixture.model().index(0, 0)).center());
        QCOMPARE(fixture.model().rowCount(), rows - 2);
        QVERIFY(fixture.tab().settings().folded.contains(DifferenceSection::Metrics));
        view.setFocus();
        view.goTo(fixture.model().index(0, 0));
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(fixture.model().rowCount(), rows);
        view.goTo(fixture.model().index(0, 0));
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(fixture.model().rowCount(), rows - 2);
        fixture.workspaces.undo();
        QCOMPARE(fixture.model().rowCount(), rows);
    }

    void searchIsARegularExpressionAndKeepsTheLastResult()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        auto* field = fixture.tab().bar()->findChild<SearchField*>();
        fixture.view().setFocus();
        QTest::keyClick(&fixture.view(), Qt::Key_Slash);
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("^val/"));
        QVERIFY(waitSettled(fixture));
        QCOMPARE(fixture.model().rowCount(), 3);
        QVERIFY(!fixture.workspaces.canUndo()); // typing is no step
        QTest::keyClicks(field, QStringLiteral("("));
        QVERIFY(waitSettled(fixture));
        QVERIFY(isInError(field));
        QVERIFY(field->toolTip().contains(QStringLiteral("Not a regular expression")));
        QCOMPARE(fixture.model().rowCount(), 3);
        field->clear();
        QTest::keyClicks(field, QStringLiteral("no such field"));
        QVERIFY(waitSettled(fixture));
        QVERIFY(!isInError(field));
        auto* all = stateButton(fixture.tab());
        QVERIFY(all);
        all->click();
        QVERIFY(waitSettled(fixture));
        QVERIFY(fixture.model().rowCount() > 3);
        QVERIFY(field->text().isEmpty());
    }

    void kindsHaveCountsAndChoose()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        auto* kinds = fixture.tab().bar()->findChild<SegmentedControl*>();
        QStringList texts;
        for (auto* button : kinds->findChildren<QToolButton*>())
            texts << button->text();
        QCOMPARE(texts.value(0), QStringLiteral("All"));
        QCOMPARE(texts.value(2), QStringLiteral("Metrics 3"));
        QTest::mouseClick(kinds->findChildren<QToolButton*>().value(2), Qt::LeftButton);
        QVERIFY(waitSettled(fixture));
        QCOMPARE(fixture.model().content()->sections.size(), std::size_t{1});
        fixture.workspaces.undo();
        QVERIFY(waitSettled(fixture));
        QCOMPARE(kinds->current(), 0);
    }

    void baselineIsTheCurrentColumnByKey()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        auto& view = fixture.view();
        view.setFocus();
        view.goTo(fixture.cell(QStringLiteral("val/loss"), "c2"));
        QCOMPARE(fixture.tab().chosenRuns(), std::vector<std::string>{"c2"});
        QTest::keyClick(&view, Qt::Key_B);
        QTRY_COMPARE(QString::fromStdString(fixture.workspace().baseline), QStringLiteral("c2"));
        QTRY_VERIFY(fixture.model().run(DiffModel::FirstRun)->runId == "c2");
        QVERIFY(waitSettled(fixture));
        QVERIFY(fixture.model().baselineChosen());
        // The reader stays at the same field and run.
        QVERIFY(view.currentRun() && view.currentRun()->runId == "c2");
        QCOMPARE(view.currentIndex().row(), fixture.rowOf(QStringLiteral("val/loss")));
        QVERIFY(fixture.model().cell(view.currentIndex().row(), fixture.model().columnOf("a0")).change > 0);
        fixture.workspaces.undo();
        QTRY_VERIFY(fixture.model().run(DiffModel::FirstRun)->runId == "a0");
    }

    void bracketsGoFromDifferenceToDifference()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        auto& view = fixture.view();
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_BracketRight);
        auto first = view.currentIndex();
        QVERIFY(first.isValid() && fixture.model().cell(first.row(), first.column()).differs);
        QTest::keyClick(&view, Qt::Key_BracketRight);
        QVERIFY(view.currentIndex() != first);
        QTest::keyClick(&view, Qt::Key_BracketLeft);
        QCOMPARE(view.currentIndex(), first);
        QTest::keyClick(&view, Qt::Key_BracketLeft);
        QCOMPARE(view.currentIndex(), first);
        QVERIFY(fixture.page->status().contains(QStringLiteral("No difference before this one")));
    }

    void directionsAreSetByMenuAndKept()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        auto index = fixture.cell(QStringLiteral("val/loss"), "b1");
        std::unique_ptr<QMenu> menu(fixture.tab().cellMenu(index));
        auto* lower = actionNamed(*menu, QStringLiteral("Lower is better"));
        QVERIFY(lower && !lower->isChecked());
        QVERIFY(actionNamed(*menu, QStringLiteral("Neither is better"))->isChecked());
        lower->trigger();
        QCOMPARE(fixture.workspace().directions.at("val/loss"), -1);
        QTRY_VERIFY(fixture.model().cell(index.row(), index.column()).verdict == Verdict::Worse);
        menu.reset(fixture.tab().cellMenu(index));
        QVERIFY(actionNamed(*menu, QStringLiteral("Lower is better"))->isChecked());
        actionNamed(*menu, QStringLiteral("Neither is better"))->trigger();
        QVERIFY(fixture.workspace().directions.empty());
        menu.reset(fixture.tab().cellMenu(fixture.cell(QStringLiteral("optimizer"), "c2")));
        QVERIFY(!actionNamed(*menu, QStringLiteral("Lower is better")));
        QVERIFY(!fixture.tab().cellMenu(fixture.model().index(0, 0))); // a head has none
    }

    void runsOpenHideAndLeaveByMenu()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        auto menuOf = [&](const char* run) {
            return std::unique_ptr<QMenu>(fixture.tab().runMenu(fixture.model().columnOf(run)));
        };
        actionNamed(*menuOf("b1"), QStringLiteral("Open run"))->trigger();
        QCOMPARE(fixture.navigated, QStringLiteral("run/b1"));
        actionNamed(*menuOf("b1"), QStringLiteral("Hide run"))->trigger();
        QTRY_COMPARE(fixture.model().columnCount(), DiffModel::FirstRun + 3);
        fixture.workspaces.undo();
        QTRY_COMPARE(fixture.model().columnCount(), DiffModel::FirstRun + 4);
        actionNamed(*menuOf("d3"), QStringLiteral("Remove from comparison"))->trigger();
        QTRY_COMPARE(fixture.model().columnCount(), DiffModel::FirstRun + 3);
        QCOMPARE(fixture.model().columnOf("d3"), -1);
        actionNamed(*menuOf("c2"), QStringLiteral("Set as baseline"))->trigger();
        QTRY_VERIFY(fixture.model().run(DiffModel::FirstRun)->runId == "c2");
        fixture.view().setFocus();
        fixture.view().goTo(fixture.cell(QStringLiteral("val/loss"), "b1"));
        QTest::keyClick(&fixture.view(), Qt::Key_Delete);
        QTRY_COMPARE(fixture.model().columnCount(), DiffModel::FirstRun + 2);
        QCOMPARE(fixture.model().columnOf("b1"), -1);
    }

    void fewerThanTwoRunsSayWhatToDo()
    {
        DiffFixture fixture(makeDiffRuns(), 1);
        QVERIFY(waitSettled(fixture));
        QTRY_VERIFY(stateButton(fixture.tab()));
        QCOMPARE(stateButton(fixture.tab())->text(), QStringLiteral("Go to Runs"));
        stateButton(fixture.tab())->click();
        QCOMPARE(fixture.navigated, QStringLiteral("runs/"));
        DiffFixture hidden;
        QVERIFY(waitReady(hidden));
        hidden.page->controller().setHidden({"a0", "b1", "c2", "d3"}, true);
        QTRY_VERIFY(stateButton(hidden.tab()));
        stateButton(hidden.tab())->click();
        QTRY_COMPARE(hidden.model().columnCount(), DiffModel::FirstRun + 4);
        for (auto id : {"compare.diff.only", "compare.diff.next", "compare.diff.previous",
                        "compare.diff.texts", "compare.diff.files", "compare.diff.copy",
                        "compare.diff.copyCsv", "compare.diff.copyMarkdown", "compare.diff.deltas"})
            fixture.action(id)->trigger(); // none of them minds that there is nothing
    }

    void runsThatDoNotDifferSaySo()
    {
        RunTableBuilder builder;
        builder.setExperiments({Experiment{}});
        for (auto id : {"a", "b"})
            builder.addRun({id, id, "ada", ""});
        for (RowIndex row = 0; row < 2; ++row)
            builder.setParam(row, "lr", "0.1");
        DiffFixture fixture(builder.finish());
        QVERIFY(waitReady(fixture));
        QCOMPARE(fixture.model().rowCount(), 0);
        QVERIFY(stateButton(fixture.tab()));
        QCOMPARE(stateButton(fixture.tab())->text(), QStringLiteral("Show constant fields"));
        stateButton(fixture.tab())->click();
        QVERIFY(waitSettled(fixture));
        QTRY_COMPARE(fixture.model().rowCount(), 2);
    }

    void copiesTheSelectionOrEverything()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        auto& view = fixture.view();
        view.goTo(fixture.cell(QStringLiteral("optimizer"), "c2"));
        fixture.action("compare.diff.copy")->trigger();
        QTRY_COMPARE(QGuiApplication::clipboard()->text(),
                     QStringLiteral("kind\tfield\tmuon-lr2e-3-s1\nparam\toptimizer\tmuon\n"));
        QTRY_VERIFY(fixture.page->status().contains(QStringLiteral("Copied 1 field of 1 run")));
        view.clearSelection();
        fixture.action("compare.diff.copyMarkdown")->trigger();
        QTRY_VERIFY(
            QGuiApplication::clipboard()->text().contains(QStringLiteral("| metric | val/acc | 0.5 |")));
        auto items = fixture.tab().exportItems();
        QCOMPARE(items.size(), std::size_t{4});
        items[2].run();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("kind,field,")));
    }

    void numbersAsDifferencesAreAStepToUndo()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        auto index = fixture.cell(QStringLiteral("val/loss"), "c2");
        fixture.view().setFocus();
        QTest::keyClick(&fixture.view(), Qt::Key_D);
        QCOMPARE(index.data().toString(), QStringLiteral("−0.0448"));
        fixture.workspaces.undo();
        QCOMPARE(index.data().toString(), QStringLiteral("2.8689"));
    }

    void aNewSnapshotKeepsTheReadersPlace()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        fixture.view().goTo(fixture.cell(QStringLiteral("optimizer"), "d3"));
        {
            std::lock_guard lock(fixture.state->mutex);
            fixture.state->table = makeDiffRuns();
            ++fixture.state->version;
        }
        auto before = fixture.model().content();
        fixture.session.refresh(true);
        QTRY_VERIFY(fixture.model().content() && fixture.model().content() != before);
        QCOMPARE(fixture.view().currentIndex(), fixture.cell(QStringLiteral("optimizer"), "d3"));
    }

    void hundredsOfRunsWithThousandsOfMetrics()
    {
        DiffFixture fixture(wideRuns(300, 2261));
        QVERIFY(waitReady(fixture));
        QCOMPARE(fixture.model().columnCount(), DiffModel::FirstRun + 300);
        QVERIFY(fixture.model().rowCount() > 2261);
        auto picture = fixture.view().grab();
        QVERIFY(!picture.isNull());
        fixture.view().goTo(
            fixture.model().index(fixture.model().rowCount() - 1, fixture.model().columnCount() - 1));
        QVERIFY(fixture.view().visualRect(fixture.view().currentIndex()).isValid());
    }

    void everyControlHasAName()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        for (auto* root : {static_cast<QWidget*>(&fixture.tab()), fixture.tab().bar()}) {
            for (auto* widget : root->findChildren<QWidget*>()) {
                if (widget->focusPolicy() == Qt::NoFocus || widget->accessibleName().size() > 0 ||
                    qobject_cast<QAbstractButton*>(widget) || qobject_cast<QLabel*>(widget))
                    continue;
                auto* parent = widget->parentWidget();
                QVERIFY2(parent && !parent->accessibleName().isEmpty(), widget->metaObject()->className());
            }
        }
        auto said = fixture.cell(QStringLiteral("val/loss"), "c2").data(Qt::AccessibleTextRole).toString();
        QVERIFY2(said.startsWith(QStringLiteral("val/loss, muon-lr2e-3-s1: 2.8689. ▼ −0.0448")),
                 qPrintable(said));
    }
};

QTEST_MAIN(CompareDiffTabTest)
#include "compare_diff_tab_test.moc"
