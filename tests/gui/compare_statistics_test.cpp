// Statistics of groups on the Compare page: figures, the reference group, tests between groups, and what is
// undefined.
#include "tests/gui/compare_fixture.h"
#include "ui/compare/statistics_model.h"
#include "ui/compare/statistics_tab.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>

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

QTEST_MAIN(CompareStatisticsTest)
#include "compare_statistics_test.moc"
