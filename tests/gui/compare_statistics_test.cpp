// Statistics of groups on the Compare page: figures, the reference group, tests between groups, and what is
// undefined.
#include "tests/gui/compare_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/compare/statistics_model.h"
#include "ui/compare/statistics_tab.h"
#include "ui/shell/workspace_parts.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QTableView>

#include <cmath>

using namespace sextant;
using namespace sextant::test;

class CompareStatisticsTest : public QObject
{
    Q_OBJECT
private slots:
    void figuresOfGroups();
    void withoutGroups();
    void theBaselineNamesTheReference();
    void oneRunAndNone();
    void copies();
    void pairsBySeed();
    void pairsNeedAColumn();
    void anotherReference();
    void columnsShowTheirTextsWhole();
};

namespace {

StatisticsTab& open(CompareFixture& fixture)
{
    fixture.change([](CompareView& view) { view.tab = "statistics"; });
    return *qobject_cast<StatisticsTab*>(fixture.page->tab(QStringLiteral("statistics")));
}

} // namespace

void CompareStatisticsTest::figuresOfGroups()
{
    CompareFixture fixture({40}, 24);
    QTRY_VERIFY(fixture.rests());
    auto& tab = open(fixture);
    QAbstractItemModelTester tester(&tab.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    fixture.change([](CompareView& view) { view.grouping = {{ColumnKind::Param, "optimizer"}}; });
    QTRY_VERIFY(tab.model().rowCount() > 1);
    QCOMPARE(tab.model().rowCount(), static_cast<int>(fixture.scene().groups.size()));
    const auto& table = tab.model().table();
    std::size_t runs = 0;
    for (const auto& group : table.groups) {
        runs += group.runs;
        QVERIFY(group.summary.count + group.summary.nan + group.summary.missing + group.summary.infinite ==
                group.runs);
    }
    QCOMPARE(runs, std::size_t(24));
    QCOMPARE(table.reference, std::size_t(0));
    QVERIFY(!table.groups[0].test && table.groups[1].test);
    QCOMPARE(tab.model().data(tab.model().index(0, StatisticsModel::Difference), Qt::DisplayRole).toString(),
             QStringLiteral("reference"));
    QVERIFY(tab.model()
                .data(tab.model().index(1, StatisticsModel::PValue), Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("Welch")));
}

void CompareStatisticsTest::withoutGroups()
{
    CompareFixture fixture({40}, 12);
    QTRY_VERIFY(fixture.rests());
    auto& tab = open(fixture);
    QTRY_COMPARE(tab.model().rowCount(), 1);
    QCOMPARE(tab.model().table().groups[0].runs, std::size_t(12));
    fixture.change([](CompareView& view) { view.hidden.insert(runIdOf(0)); });
    QTRY_COMPARE(tab.model().table().groups[0].runs, std::size_t(11));
}

void CompareStatisticsTest::theBaselineNamesTheReference()
{
    CompareFixture fixture({40}, 24);
    QTRY_VERIFY(fixture.rests());
    auto& tab = open(fixture);
    fixture.change([](CompareView& view) { view.grouping = {{ColumnKind::Param, "optimizer"}}; });
    QTRY_VERIFY(tab.model().rowCount() > 1);
    const auto& last = fixture.scene().groups.back();
    auto run = fixture.scene().runs[last.runs.front()].runId;
    fixture.page->controller().toggleBaseline(run);
    QTRY_COMPARE(tab.model().table().reference, fixture.scene().groups.size() - 1);
    fixture.page->controller().changeWorkspace(QStringLiteral("direction"), [&](Workspace& workspace) {
        workspace.directions[tab.model().table().column.toStdString()] = -1;
    });
    QTRY_VERIFY(!tab.model().table().groups[0].bestId.empty());
    QCOMPARE(tab.model().table().groups[0].bestValue, tab.model().table().groups[0].summary.min);
}

void CompareStatisticsTest::oneRunAndNone()
{
    CompareFixture one({1}, 1);
    QTRY_VERIFY(one.rests());
    auto& tab = open(one);
    QTRY_COMPARE(tab.model().rowCount(), 1);
    auto cell = [&](int column) {
        return tab.model().data(tab.model().index(0, column), Qt::DisplayRole).toString();
    };
    QCOMPARE(cell(StatisticsModel::Count), QStringLiteral("1"));
    QCOMPARE(cell(StatisticsModel::Deviation), QStringLiteral("—"));
    QVERIFY(tab.model()
                .data(tab.model().index(0, StatisticsModel::Deviation), Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("need two")));
    CompareFixture none({3}, 0);
    QTRY_VERIFY(none.rests());
    QCOMPARE(open(none).model().rowCount(), 0);
}

void CompareStatisticsTest::copies()
{
    CompareFixture fixture({40}, 24);
    QTRY_VERIFY(fixture.rests());
    auto& tab = open(fixture);
    fixture.change([](CompareView& view) { view.grouping = {{ColumnKind::Param, "optimizer"}}; });
    QTRY_VERIFY(tab.model().rowCount() > 1);
    auto items = tab.exportItems();
    items[0].run();
    auto csv = QGuiApplication::clipboard()->text();
    QCOMPARE(csv.count(u'\n'), tab.model().rowCount() + 1);
    QVERIFY(csv.startsWith(QStringLiteral("group,metric,n,mean,std")));
    items[1].run();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("\\toprule")));
}

namespace {

/// adam and sgd over four seeds each, sgd a little worse at every seed; a fifth seed of adam alone, a seed of
/// sgd twice.
RunTablePtr seededRuns()
{
    std::vector<ToldRun> runs;
    auto add = [&](const char* optimizer, const char* seed, double loss) {
        runs.push_back(
            {std::string(optimizer) + seed, 0, {{"loss", loss}}, {{"optimizer", optimizer}, {"seed", seed}}});
    };
    const char* seeds[] = {"1", "2", "3", "4"};
    const double adam[] = {1, 2, 3, 4}, sgd[] = {1.5, 2.4, 3.9, 4.6};
    for (int i = 0; i < 4; ++i) {
        add("adam", seeds[i], adam[i]);
        add("sgd", seeds[i], sgd[i]);
    }
    add("adam", "5", 100);
    add("adam", "6", 7);
    add("sgd", "6", 8);
    add("sgd", "6", 9);
    return tellRuns(runs);
}

void group(CompareFixture& fixture, StatisticsTab& tab)
{
    fixture.change([](CompareView& view) { view.grouping = {{ColumnKind::Param, "optimizer"}}; });
    QTRY_COMPARE(tab.model().rowCount(), 2);
}

const GroupStatistics& tested(StatisticsTab& tab)
{
    const auto& table = tab.model().table();
    return table.groups[table.reference == 0 ? 1 : 0];
}

QString said(StatisticsTab& tab)
{
    for (auto* label : tab.findChildren<QLabel*>())
        if (label->accessibleName() == QLatin1String("Test of the selected group"))
            return label->isVisible() ? label->text() : QString();
    return {};
}

} // namespace

void CompareStatisticsTest::pairsBySeed()
{
    CompareFixture fixture(seededRuns(), 12);
    QTRY_VERIFY(fixture.rests());
    auto& tab = open(fixture);
    group(fixture, tab);
    QVERIFY(said(tab).contains(QStringLiteral("Welch's t-test of")));
    const double welch = tested(tab).test->pValue;
    fixture.page->controller().setTabState(QStringLiteral("statistics"), QStringLiteral("test"),
                                           {{"test", 1}});
    QTRY_COMPARE(tab.model().table().kind, MeanTestKind::Paired);
    // The seed is found by its name; runs without a partner and seeds that a group has twice take no part.
    const auto& test = *tested(tab).test;
    QCOMPARE(tab.model().table().pairedBy, QStringLiteral("seed"));
    QCOMPARE(test.pairs, std::size_t(4));
    QCOMPARE(test.left, std::size_t(4));
    QVERIFY(std::abs(std::abs(test.difference) - 0.6) < 1e-12);
    QVERIFY(std::abs(std::abs(test.statistic) - 5.554920598635309) < 1e-9);
    QVERIFY(std::abs(test.pValue - 0.011531) < 1e-4 && welch > 0.1);
    const auto text = said(tab);
    QVERIFY(text.contains(QStringLiteral("n = 4 pairs")) && text.contains(QStringLiteral("paired by seed")));
    QVERIFY(text.contains(QStringLiteral("d_z")) && text.contains(QStringLiteral("independent")));
    QVERIFY(text.contains(QStringLiteral("4 runs without a finite partner")));
    QCOMPARE(tab.model().headerData(StatisticsModel::PValue, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("p (paired t)"));
    tab.exportItems()[0].run();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral(",paired t,4")));
    fixture.page->controller().setTabState(QStringLiteral("statistics"), QStringLiteral("test"),
                                           {{"test", 2}});
    QTRY_COMPARE(tab.model().table().kind, MeanTestKind::SignedRank);
    QCOMPARE(tested(tab).test->pValue, 0.125); // four pairs of one sign
    QVERIFY(said(tab).contains(QStringLiteral("Wilcoxon's signed-rank test")));
    QVERIFY(said(tab).contains(QStringLiteral("rank-biserial r")));
    fixture.workspaces.undo();
    fixture.workspaces.undo();
    QTRY_COMPARE(tab.model().table().kind, MeanTestKind::Welch);
}

void CompareStatisticsTest::pairsNeedAColumn()
{
    CompareFixture fixture({40}, 24); // no column is called a seed
    QTRY_VERIFY(fixture.rests());
    auto& tab = open(fixture);
    fixture.change([](CompareView& view) { view.grouping = {{ColumnKind::Param, "optimizer"}}; });
    fixture.page->controller().setTabState(QStringLiteral("statistics"), QStringLiteral("test"),
                                           {{"test", 1}});
    QTRY_VERIFY(tab.model().rowCount() > 1 && tab.model().table().kind == MeanTestKind::Paired);
    QVERIFY(std::isnan(tested(tab).test->pValue));
    QVERIFY(said(tab).contains(QStringLiteral("no column says which runs belong together")));
    fixture.page->controller().setTabState(QStringLiteral("statistics"), QStringLiteral("pair"),
                                           {{"test", 1}, {"pair", columnToJson({ColumnKind::Param, "lr"})}});
    QTRY_COMPARE(tab.model().table().pairedBy, QStringLiteral("lr"));
    QVERIFY(tested(tab).test->pairs > 1);
}

void CompareStatisticsTest::anotherReference()
{
    CompareFixture fixture(seededRuns(), 12);
    QTRY_VERIFY(fixture.rests());
    auto& tab = open(fixture);
    group(fixture, tab);
    const auto before = tested(tab).test->difference;
    const auto key = tested(tab).key;
    fixture.page->controller().setTabState(QStringLiteral("statistics"), QStringLiteral("reference"),
                                           {{"reference", QString::fromStdString(key)}});
    QTRY_COMPARE(tab.model().table().groups[tab.model().table().reference].key, key);
    QVERIFY(std::abs(tested(tab).test->difference + before) < 1e-12);
}

void CompareStatisticsTest::columnsShowTheirTextsWhole()
{
    CompareFixture fixture({40}, 24);
    QTRY_VERIFY(fixture.rests());
    auto& tab = open(fixture);
    QTRY_VERIFY(tab.model().rowCount() > 0);
    auto* view = tab.findChild<QTableView*>();
    const QFontMetrics metrics(view->font());
    const int padding = Theme::current().length("space.2");
    for (int column = 0; column < StatisticsModel::ColumnCount; ++column) {
        const QString text = tab.model().text(tab.model().table().groups[0], column);
        QVERIFY2(view->columnWidth(column) >= metrics.horizontalAdvance(text) + 2 * padding,
                 qPrintable(text));
    }
    QCOMPARE(view->rowHeight(0), Theme::current().length("row.table"));
    const int widened = view->columnWidth(StatisticsModel::Mean) + 40;
    view->setColumnWidth(StatisticsModel::Mean, widened);
    fixture.change([](CompareView& changed) { changed.sortMetric = "val/loss"; });
    QTRY_VERIFY(fixture.rests());
    QCOMPARE(view->columnWidth(StatisticsModel::Mean), widened); // as the user left it
}

QTEST_MAIN(CompareStatisticsTest)
#include "compare_statistics_test.moc"
