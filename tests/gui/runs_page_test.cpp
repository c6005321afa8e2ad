// The Runs page driven as a user does: keys, clicks and action ids on a store in memory.
#include "tests/gui/runs_page_fixture.h"
#include "ui/runs/completion_popup.h"
#include "ui/runs/filter_bar.h"
#include "ui/runs/filter_field.h"
#include "ui/runs/run_edit_popup.h"
#include "ui/runs/runs_bar.h"
#include "ui/runs/runs_inspector.h"
#include "ui/runs/runs_table_view.h"
#include "ui/widgets/check_list.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

class RunsPageTest : public QObject
{
    Q_OBJECT

    static void ready(RunsPageFixture& fixture)
    {
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(fixture.runs->settled() && !fixture.workspace().columns.empty());
    }
    static QPoint cellCenter(RunsPageFixture& fixture, int row, int column)
    {
        return fixture.runs->table().visualRect(fixture.model().index(row, column)).center();
    }
    static void clickCell(RunsPageFixture& fixture, int row, int column, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(fixture.runs->table().viewport(), Qt::LeftButton, modifiers,
                          cellCenter(fixture, row, column));
    }
    static void type(RunsPageFixture& fixture, const QString& text)
    {
        auto& field = fixture.runs->filterBar().field();
        field.setFocus();
        QTest::keyClicks(&field, text);
    }

private slots:
    void choosesColumnsChartsAndRunsForANewStore()
    {
        RunsPageFixture fixture({.runs = 60});
        ready(fixture);
        QTRY_COMPARE(fixture.workspace().shown.size(), std::size_t{8});
        QCOMPARE(fixture.workspace().charts.size(), std::size_t{3});
        QVERIFY(!fixture.workspaces.canUndo());
        QCOMPARE(fixture.runs->status().first(), QStringLiteral("60 runs"));
    }

    void eyesToggleAndRangesFollowTheFirst()
    {
        RunsPageFixture fixture({.runs = 60});
        ready(fixture);
        QTRY_COMPARE(fixture.workspace().shown.size(), std::size_t{8});
        clickCell(fixture, 10, int(RunsColumnKind::Eye));
        QVERIFY(fixture.model().shown(10));
        clickCell(fixture, 14, int(RunsColumnKind::Eye), Qt::ShiftModifier);
        clickCell(fixture, 20, int(RunsColumnKind::Eye)); // lets go of Shift for what follows
        for (int row = 10; row <= 14; ++row)
            QVERIFY(fixture.model().shown(row));
        fixture.action("runs.showNone")->trigger();
        QVERIFY(fixture.workspace().shown.empty());
        fixture.action("runs.showFirst10")->trigger();
        QCOMPARE(fixture.workspace().shown.size(), std::size_t{10});
        fixture.workspaces.undo();
        QVERIFY(fixture.workspace().shown.empty());
    }

    void sortsByHeaderAndKeepsTheSelection()
    {
        RunsPageFixture fixture({.runs = 60});
        ready(fixture);
        auto& table = fixture.runs->table();
        table.selectRow(7);
        auto run = std::string(fixture.model().runId(7));
        auto section = fixture.model().columnOf({ColumnKind::Metric, "val/loss"});
        QVERIFY(section > 0);
        QSignalSpy arranged(&fixture.runs->controller(), &RunsController::arranged);
        emit table.header().sortRequested(section, false);
        QTRY_VERIFY(arranged.count() > 0);
        QTRY_VERIFY(fixture.runs->settled());
        QCOMPARE(fixture.workspace().order.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(table.currentRun()), QString::fromStdString(run));
        QCOMPARE(table.selectedRuns().size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(table.selectedRuns().front()), QString::fromStdString(run));
        double before = -HUGE_VAL;
        for (int row = 0; row < 55; ++row) {
            auto value = fixture.model().columns()[static_cast<std::size_t>(section)].metric->at(
                fixture.model().tableRow(row));
            if (std::isfinite(value))
                QVERIFY(value >= std::exchange(before, value));
        }
    }

    void filtersAsOneTypesAndKeepsTheLastValidResult()
    {
        RunsPageFixture fixture({.runs = 60});
        ready(fixture);
        type(fixture, QStringLiteral("params.optimizer = 'muon'"));
        QTRY_COMPARE(fixture.runs->controller().matchingRuns(), std::size_t{15});
        type(fixture, QStringLiteral(" AND params.lr >"));
        QTRY_VERIFY(fixture.runs->filterBar().errorShown());
        QCOMPARE(fixture.runs->controller().matchingRuns(), std::size_t{15});
        type(fixture, QStringLiteral(" 0.001"));
        fixture.action("runs.applyFix")->trigger();
        QTRY_VERIFY(!fixture.runs->controller().filterError());
        QVERIFY(fixture.runs->filterBar().field().text().contains(QStringLiteral("num(params.lr)")));
        QVERIFY(!fixture.runs->controller().filterIsPortable());
        fixture.action("runs.clearFilter")->trigger();
        QTRY_COMPARE(fixture.runs->controller().matchingRuns(), std::size_t{60});
    }

    void completesWhileTyping()
    {
        RunsPageFixture fixture({.runs = 60});
        ready(fixture);
        type(fixture, QStringLiteral("params.opt"));
        auto& field = fixture.runs->filterBar().field();
        QVERIFY(field.popup().isOpen());
        QCOMPARE(field.popup().current()->text, std::string("params.optimizer"));
        QTest::keyClick(&field, Qt::Key_Tab);
        QCOMPARE(field.text().trimmed(), QStringLiteral("params.optimizer"));
        QVERIFY(!field.popup().isOpen());
        QVERIFY(field.hasFocus() || !fixture.window.isActiveWindow());
    }

    void anEmptyResultOffersToClearTheFilter()
    {
        RunsPageFixture fixture({.runs = 10});
        ready(fixture);
        type(fixture, QStringLiteral("params.optimizer = 'none'"));
        QTRY_COMPARE(fixture.runs->controller().state(), RunsController::State::NoMatch);
        QPushButton* clear = nullptr;
        for (auto* button : fixture.runs->findChildren<QPushButton*>()) {
            if (button->text() == QStringLiteral("Clear filter"))
                clear = button;
        }
        QVERIFY(clear);
        clear->click();
        QTRY_COMPARE(fixture.runs->controller().state(), RunsController::State::Ready);
    }

    void aCellBecomesAFilter()
    {
        RunsPageFixture fixture({.runs = 60});
        ready(fixture);
        auto column = fixture.model().columnOf({ColumnKind::Param, "optimizer"});
        QVERIFY(column > 0);
        fixture.runs->filterByCell(0, column, RunsPage::CellFilter::Not);
        QTRY_COMPARE(fixture.runs->controller().matchingRuns(), std::size_t{45});
        QVERIFY(fixture.runs->controller().filterIsPortable());
    }

    void pinsAndBaselineByKey()
    {
        RunsPageFixture fixture({.runs = 60});
        ready(fixture);
        fixture.runs->table().selectRow(5);
        fixture.action("runs.pin")->trigger();
        QCOMPARE(fixture.model().pinnedRows(), 1);
        fixture.runs->table().selectRow(9);
        fixture.action("runs.baseline")->trigger();
        QCOMPARE(fixture.model().pinnedRows(), 2);
        QCOMPARE(fixture.model().pin(0), RunsModel::Pin::Baseline);
        QVERIFY(std::any_of(fixture.model().columns().begin(), fixture.model().columns().end(),
                            [](const RunsColumn& column) { return column.kind == RunsColumnKind::Delta; }));
    }

    void choosesColumnsByName()
    {
        RunsPageFixture fixture({.runs = 60, .sparseMetrics = 12'000});
        ready(fixture);
        fixture.action("runs.columns")->trigger();
        auto& list = fixture.runs->bar().columnList();
        QVERIFY(list.model().rowCount() > 12'000);
        auto* field = list.findChild<QLineEdit*>();
        QVERIFY(field);
        field->setText(QStringLiteral("layer11999"));
        auto matching = list.model().matching();
        QCOMPARE(matching.size(), std::size_t{1});
        auto before = fixture.workspace().columns.size();
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(fixture.workspace().columns.size(), before + 1);
        QTRY_VERIFY(fixture.model().columnOf({ColumnKind::Metric, "layer11999/norm"}) > 0);
        list.hide();
    }

    void copiesTheSelection()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        fixture.runs->table().selectAll();
        fixture.action("runs.copy")->trigger();
        auto text = QGuiApplication::clipboard()->text();
        QCOMPARE(text.count(u'\n'), 21); // the head and a line for each run
    }

    void writesOnlyWhenUnlockedAndAfterAPreview()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        fixture.runs->table().selectRow(3);
        QVERIFY(!fixture.action("runs.rename")->isEnabled());
        fixture.session.unlock();
        QTRY_VERIFY(fixture.action("runs.rename")->isEnabled());
        fixture.action("runs.rename")->trigger();
        auto* popup = fixture.runs->findChild<RunEditPopup*>();
        QVERIFY(popup);
        auto* name = popup->findChild<QLineEdit*>();
        name->setText(QStringLiteral("better <b>name</b>"));
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(fixture.state->written.size(), std::size_t{1});
        QCOMPARE(fixture.state->written[0].what, std::string("rename"));
        QCOMPARE(fixture.state->written[0].value, std::string("better <b>name</b>"));

        fixture.runs->table().selectRow(4);
        fixture.action("runs.delete")->trigger();
        auto* box = fixture.runs->findChild<QMessageBox*>();
        QVERIFY(box);
        QVERIFY(box->text().contains(
            QString::fromStdString(std::string(fixture.state->table->name(fixture.model().tableRow(4))))));
        for (auto* button : box->buttons()) {
            if (box->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        }
        QTRY_COMPARE(fixture.state->written.size(), std::size_t{2});
        QCOMPARE(fixture.state->written[1].what, std::string("delete"));
    }

    void opensARunAndStepsThroughTheView()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        auto run = std::string(fixture.model().runId(2));
        fixture.runs->table().selectRow(2);
        fixture.action("runs.open")->trigger();
        QCOMPARE(fixture.navigated, QStringLiteral("run/") + QString::fromStdString(run));
        QCOMPARE(fixture.run->runId(), run);
        fixture.run->step(1);
        QCOMPARE(fixture.run->runId(), std::string(fixture.model().runId(3)));
        fixture.run->step(-1);
        fixture.run->step(-1);
        QCOMPARE(fixture.run->runId(), std::string(fixture.model().runId(1)));
        QTRY_VERIFY(fixture.run->settled());
    }

    void everyControlHasAName()
    {
        RunsPageFixture fixture({.runs = 20});
        ready(fixture);
        for (QWidget* root : {static_cast<QWidget*>(fixture.runs), fixture.runs->inspector(),
                              static_cast<QWidget*>(fixture.run)}) {
            for (auto* button : root->findChildren<QAbstractButton*>()) {
                auto name = button->accessibleName().isEmpty() ? button->text() : button->accessibleName();
                auto kind = QLatin1String(button->metaObject()->className());
                auto unused = button->isHidden() && name.isEmpty(); // an empty state offers something or not
                auto inner = unused || qobject_cast<QTableView*>(button->parent()) ||
                             kind == QLatin1String("QLineEditIconButton");
                QVERIFY2(
                    inner || !name.isEmpty() || button->objectName().startsWith(QLatin1String("qt_")),
                    qPrintable(kind + QLatin1String(" in ") + button->parent()->metaObject()->className()));
            }
            for (auto* field : root->findChildren<QLineEdit*>())
                QVERIFY2(!field->accessibleName().isEmpty() ||
                             field->objectName().startsWith(QLatin1String("qt_")),
                         qPrintable(field->objectName()));
            for (auto* view : root->findChildren<QAbstractItemView*>())
                QVERIFY2(qobject_cast<QHeaderView*>(view) || !view->accessibleName().isEmpty(),
                         view->metaObject()->className());
        }
    }
};

QTEST_MAIN(RunsPageTest)
#include "runs_page_test.moc"
