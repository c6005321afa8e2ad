// The menus of the Runs page: what they offer where, and why an entry can't be chosen.
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/runs/runs_bar.h"
#include "ui/runs/runs_table_view.h"

#include <QMenu>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

class RunsMenusTest : public QObject
{
    Q_OBJECT

    static void ready(RunsPageFixture& fixture)
    {
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(fixture.runs->settled() && !fixture.workspace().columns.empty());
    }
    static QMenu* openMenu(RunsPageFixture& fixture)
    {
        for (auto* menu : fixture.runs->findChildren<QMenu*>()) {
            if (menu->isVisible())
                return menu;
        }
        return nullptr;
    }
    static QAction* entry(QMenu* menu, const QString& text)
    {
        for (auto* action : menu->actions()) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    }
    static QMenu* headerMenu(RunsPageFixture& fixture, const ColumnRef& column)
    {
        emit fixture.runs->table().header().menuRequested(fixture.model().columnOf(column), QPoint(10, 10));
        return openMenu(fixture);
    }

private slots:
    void aLockedStoreSaysWhyNothingCanBeWritten()
    {
        RunsPageFixture fixture({.runs = 5});
        ready(fixture);
        emit fixture.runs->table().menuRequested(2, int(RunsColumnKind::Name), QPoint(10, 10));
        auto* menu = openMenu(fixture);
        QVERIFY(menu);
        QVERIFY(menu->toolTipsVisible());
        for (auto id : {"runs.rename", "runs.setTag", "runs.editNote", "runs.delete"}) {
            auto* action = fixture.action(id);
            QVERIFY2(menu->actions().contains(action) && !action->isEnabled(), id);
            QVERIFY2(action->toolTip().contains(QStringLiteral("unlock it first")),
                     qPrintable(action->toolTip()));
            QVERIFY2(ActionRegistry::reason(action).contains(QStringLiteral("unlock it first")), id);
        }
        QVERIFY(!menu->actions().contains(fixture.action("runs.restore")));
        menu->close();
        fixture.session.unlock();
        QTRY_VERIFY(fixture.action("runs.rename")->isEnabled());
        QVERIFY(ActionRegistry::reason(fixture.action("runs.rename")).isEmpty());
    }

    void theRowUnderTheMenuIsTheOneMeant()
    {
        RunsPageFixture fixture({.runs = 9});
        ready(fixture);
        auto& table = fixture.runs->table();
        table.selectRow(1);
        emit table.menuRequested(6, int(RunsColumnKind::Name), QPoint(10, 10));
        QCOMPARE(table.selectedRows(), std::vector<int>{6});
        openMenu(fixture)->close();
        table.selectAll(); // within a selection the menu is about all of it
        emit table.menuRequested(3, int(RunsColumnKind::Name), QPoint(10, 10));
        QCOMPARE(table.selectedCount(), 9);
        openMenu(fixture)->close();
    }

    void onlyCellsWithValuesFilter()
    {
        RunsPageFixture fixture({.runs = 9});
        ready(fixture);
        emit fixture.runs->table().menuRequested(0, int(RunsColumnKind::Eye), QPoint(10, 10));
        QVERIFY(!openMenu(fixture)->actions().contains(fixture.action("runs.onlyThis")));
        openMenu(fixture)->close();
        emit fixture.runs->table().menuRequested(0, int(RunsColumnKind::Status), QPoint(10, 10));
        QVERIFY(openMenu(fixture)->actions().contains(fixture.action("runs.onlyThis")));
        openMenu(fixture)->close();
        fixture.action("runs.onlyThis")->trigger();
        QTRY_VERIFY(fixture.workspace().filter.find("status") != std::string::npos);
    }

    void aColumnSortsHidesAndFilters()
    {
        RunsPageFixture fixture({.runs = 30});
        ready(fixture);
        const ColumnRef loss{ColumnKind::Metric, "val/loss"};
        auto* menu = headerMenu(fixture, loss);
        QVERIFY(menu);
        entry(menu, QStringLiteral("Sort descending"))->trigger();
        menu->close();
        QCOMPARE(fixture.workspace().order.size(), std::size_t{1});
        QVERIFY(!fixture.workspace().order.front().ascending);
        menu = headerMenu(fixture, loss);
        entry(menu, QStringLiteral("Hide column"))->trigger();
        menu->close();
        QCOMPARE(fixture.model().columnOf(loss), -1);
        fixture.workspaces.undo();
        QTRY_VERIFY(fixture.model().columnOf(loss) > 0);
    }

    void aMetricIsToldWhichWayIsBetter()
    {
        RunsPageFixture fixture({.runs = 30});
        ready(fixture);
        const ColumnRef loss{ColumnKind::Metric, "val/loss"};
        fixture.runs->table().selectRow(3);
        fixture.action("runs.baseline")->trigger();
        auto delta = [&] {
            for (const auto& column : fixture.model().columns()) {
                if (column.kind == RunsColumnKind::Delta)
                    return column.better;
            }
            return Better::Unsaid;
        };
        QCOMPARE(delta(), Better::Unsaid);
        for (auto [text, direction] :
             {std::pair("Lower is better", Better::Lower), std::pair("Higher is better", Better::Higher),
              std::pair("Neither is better", Better::Unsaid)}) {
            auto* menu = headerMenu(fixture, loss);
            entry(menu, QLatin1String(text))->trigger();
            menu->close();
            QVERIFY(fixture.workspace().directions.contains("val/loss") == (direction != Better::Unsaid));
        }
    }

    void aColumnBecomesAChart()
    {
        RunsPageFixture fixture({.runs = 30, .metrics = 6});
        ready(fixture);
        QTRY_COMPARE(fixture.workspace().charts.size(), std::size_t{3});
        auto metrics = fixture.workspace().charts;
        auto before = fixture.workspace();
        before.charts.clear();
        fixture.workspaces.change(QStringLiteral("remove charts"), before);
        auto* menu = headerMenu(fixture, {ColumnKind::Metric, "val/loss"});
        entry(menu, QStringLiteral("Show as chart"))->trigger();
        menu->close();
        QCOMPARE(fixture.workspace().charts.size(), std::size_t{1});
        QCOMPARE(fixture.workspace().charts.front().metric, std::string("val/loss"));
    }

    void timesAreDatesOrHowLongAgo()
    {
        RunsPageFixture fixture({.runs = 5});
        ready(fixture);
        const ColumnRef started{ColumnKind::Attribute, "start_time"};
        auto text = [&] {
            return fixture.model().index(0, fixture.model().columnOf(started)).data().toString();
        };
        QVERIFY(!text().contains(QStringLiteral("2025 ")));
        auto* menu = headerMenu(fixture, started);
        QVERIFY(menu && entry(menu, QStringLiteral("Show dates")));
        entry(menu, QStringLiteral("Show dates"))->trigger();
        menu->close();
        QVERIFY(fixture.workspace().absoluteTimes);
        QVERIFY2(text().contains(QStringLiteral("Nov 2025")), qPrintable(text()));
        QVERIFY2(text().contains(u':'), qPrintable(text()));
        fixture.workspaces.undo();
        QVERIFY(!text().contains(QStringLiteral("Nov 2025")) || !text().contains(u':'));
    }

    void aColourIsChosenAndForgotten()
    {
        RunsPageFixture fixture({.runs = 5});
        ready(fixture);
        auto run = std::string(fixture.model().runId(0));
        auto own = fixture.model().color(0);
        emit fixture.runs->table().dotClicked(run, QPoint(10, 10));
        auto* menu = openMenu(fixture);
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 12);
        menu->actions().at((own + 1) % 10)->trigger();
        menu->close();
        QCOMPARE(fixture.model().color(0), (own + 1) % 10);
        emit fixture.runs->table().dotClicked(run, QPoint(10, 10));
        openMenu(fixture)->actions().last()->trigger();
        QCOMPARE(fixture.model().color(0), own);
        QVERIFY(fixture.workspace().colors.empty());
    }

    void sameColoursGetOtherDashes()
    {
        RunsPageFixture fixture({.runs = 30});
        ready(fixture);
        fixture.action("runs.showFirst20")->trigger();
        std::map<std::pair<int, int>, int> looks;
        for (int row = 0; row < 20; ++row)
            ++looks[{fixture.model().color(row), fixture.model().dash(row)}];
        for (const auto& [look, count] : looks)
            QVERIFY2(count == 1 || look.second == 3, "two runs look the same while dashes are left");
        QCOMPARE(fixture.model().plotted().size(), std::size_t{20});
        auto dashed = -1;
        for (int row = 0; row < 20; ++row)
            dashed = fixture.model().dash(row) > 0 ? row : dashed;
        QVERIFY(dashed >= 0);
        auto dot = fixture.model().index(dashed, int(RunsColumnKind::Dot));
        QVERIFY(dot.data(Qt::ToolTipRole).toString().contains(QStringLiteral("dashed")));
        fixture.runs->table().selectRow(dashed);
        fixture.action("runs.showSelected")->trigger();
        QCOMPARE(fixture.model().dash(dashed), 0); // alone it needs none
        QCOMPARE(fixture.model().dash(25), 0);     // nor does one that is not drawn
    }

    void theMoreMenuKnowsTheSameCommands()
    {
        RunsPageFixture fixture({.runs = 5});
        ready(fixture);
        auto* menu = fixture.runs->bar().moreMenu();
        QVERIFY(menu->toolTipsVisible());
        for (auto id :
             {"runs.nested", "runs.absoluteTimes", "runs.showFirst10", "runs.copyCsv", "runs.copyIds"})
            QVERIFY2(menu->actions().contains(fixture.action(id)), id);
    }
};

QTEST_MAIN(RunsMenusTest)
#include "runs_menus_test.moc"
