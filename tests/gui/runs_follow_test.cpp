// The Runs page beside a training that goes on: what is drawn stays until there is something newer, and only
// what grew is read again.
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/charts/history_cache.h"
#include "ui/charts/metric_chart.h"
#include "ui/runs/charts_column.h"
#include "ui/runs/runs_inspector.h"
#include "ui/runs/runs_table_view.h"

#include <QSignalSpy>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

namespace {

/// Two runs that are done and one that goes on.
RunTablePtr training(double last)
{
    return tellRuns({{"done 1", 0, {{"loss", 0.5}}},
                     {"done 2", 0, {{"loss", 0.4}}},
                     {"going on", 0, {{"loss", last}}, {}, RunStatus::Running}});
}

} // namespace

class RunsFollowTest : public QObject
{
    Q_OBJECT

    static void ready(RunsPageFixture& fixture)
    {
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(!fixture.workspace().charts.empty());
        QTRY_VERIFY(fixture.runs->settled() && fixture.jobs.idle());
    }
    static void snapshot(RunsPageFixture& fixture, RunTablePtr table)
    {
        QSignalSpy changed(&fixture.session, &Session::tableChanged);
        fixture.state->replace(std::move(table));
        fixture.session.refresh();
        QTRY_VERIFY(changed.count() > 0);
        QTRY_VERIFY(fixture.runs->settled() && fixture.jobs.idle());
    }
    static void grow(RunsPageFixture& fixture, std::size_t run)
    {
        std::lock_guard lock(fixture.state->mutex);
        ++fixture.state->marks[toldId(run)];
    }

private slots:
    void aSnapshotWithoutNewPointsReadsNoHistory()
    {
        RunsPageFixture fixture(training(0.9));
        ready(fixture);
        auto before = fixture.state->readings();
        QVERIFY(before >= 3);
        snapshot(fixture, training(0.9));
        QCOMPARE(fixture.state->readings(), before);
    }

    void onlyTheRunThatGrewIsReadAgain()
    {
        RunsPageFixture fixture(training(0.9));
        ready(fixture);
        auto before = fixture.state->readings();
        grow(fixture, 2);
        snapshot(fixture, training(0.8));
        QTRY_VERIFY(fixture.state->readings() > before);
        QTRY_VERIFY(fixture.runs->settled());
        for (auto i = before; i < fixture.state->readings(); ++i)
            QCOMPARE(QString::fromStdString(fixture.state->historiesRead[i]),
                     QString::fromStdString(toldId(2) + " loss"));
        QVERIFY(fixture.state->readings() <= before + 2); // for the chart and for the inspector
    }

    void runsThatAreDoneAreNeverReadAgain()
    {
        RunsPageFixture fixture(training(0.9));
        ready(fixture);
        auto before = fixture.state->readings();
        grow(fixture, 0); // says the store, but the run was finished before and is finished now
        snapshot(fixture, training(0.9));
        QCOMPARE(fixture.state->readings(), before);
    }

    void theLastPointsOfARunThatEndedAreRead()
    {
        RunsPageFixture fixture(training(0.9));
        ready(fixture);
        auto before = fixture.state->readings();
        grow(fixture, 2);
        snapshot(fixture, tellRuns({{"done 1", 0, {{"loss", 0.5}}},
                                    {"done 2", 0, {{"loss", 0.4}}},
                                    {"going on", 0, {{"loss", 0.7}}}}));
        QTRY_VERIFY(fixture.state->readings() > before);
    }

    void linesStayWhileNewerOnesAreRead()
    {
        RunsPageFixture fixture(training(0.9));
        ready(fixture);
        auto* chart = fixture.runs->charts().panels().front();
        auto points = chart->points();
        QVERIFY(points > 0);
        // From the snapshot on, at no moment is there less to see than before.
        std::size_t fewest = points;
        connect(chart, &MetricChart::drawn, chart, [&] { fewest = std::min(fewest, chart->points()); });
        fixture.state->values = [](const std::string&, const std::string&) {
            return std::vector<double>(700, 1.0);
        };
        grow(fixture, 2);
        snapshot(fixture, training(0.8));
        QTRY_VERIFY(chart->points() > points);
        QVERIFY(fewest >= points);
    }

    void theInspectorsLineGrowsToo()
    {
        RunsPageFixture fixture(training(0.9));
        ready(fixture);
        fixture.runs->table().selectRun(toldId(2));
        QTRY_VERIFY(fixture.runs->settled() && fixture.jobs.idle());
        auto* rows = fixture.runs->inspector()->findChildren<FactRows*>().at(2);
        QTRY_VERIFY(!rows->facts().empty() && rows->facts().front().line.drawable());
        auto before = fixture.state->readings();
        grow(fixture, 2);
        snapshot(fixture, training(0.8));
        QTRY_VERIFY(fixture.state->readings() > before);
        QTRY_VERIFY(rows->facts().front().line.drawable());
    }

    void newRunsComeOnTopAndTheSelectionStays()
    {
        RunsPageFixture fixture(training(0.9));
        ready(fixture);
        auto& table = fixture.runs->table();
        table.selectRun(toldId(1));
        auto next = tellRuns({{"done 1", 0, {{"loss", 0.5}}},
                              {"done 2", 0, {{"loss", 0.4}}},
                              {"going on", 0, {{"loss", 0.9}}, {}, RunStatus::Running},
                              {"new", 0, {}, {}, RunStatus::Running}});
        snapshot(fixture, next);
        QTRY_COMPARE(fixture.model().rowCount(), 4);
        QCOMPARE(QString::fromUtf8(fixture.model().runId(0).data(), 32), QString::fromStdString(toldId(3)));
        QCOMPARE(table.selectedRuns(), std::vector<std::string>{toldId(1)});
        QCOMPARE(table.currentRun(), toldId(1));
    }

    void aRunThatWasRemovedForGoodLeavesQuietly()
    {
        RunsPageFixture fixture(training(0.9));
        ready(fixture);
        auto& table = fixture.runs->table();
        table.selectRun(toldId(2));
        fixture.action("runs.pin")->trigger();
        snapshot(fixture, tellRuns({{"done 1", 0, {{"loss", 0.5}}}, {"done 2", 0, {{"loss", 0.4}}}}));
        QTRY_COMPARE(fixture.model().rowCount(), 2);
        QCOMPARE(fixture.model().pinnedRows(), 0);
        QTRY_COMPARE(table.currentRun(), toldId(1)); // the first one, so that something is shown
    }

    void valuesChangeWithoutAMovingRow()
    {
        RunsPageFixture fixture(training(0.9));
        ready(fixture);
        QSignalSpy reset(&fixture.model(), &QAbstractItemModel::modelReset);
        QSignalSpy changed(&fixture.model(), &QAbstractItemModel::dataChanged);
        snapshot(fixture, training(0.123));
        QCOMPARE(reset.count(), 0);
        QVERIFY(changed.count() > 0);
        auto column = fixture.model().columnOf({ColumnKind::Metric, "loss"});
        QCOMPARE(fixture.model().index(0, column).data().toString(), QStringLiteral("0.123"));
    }

    void anotherStoreForgetsTheHistories()
    {
        RunsPageFixture fixture(training(0.9));
        ready(fixture);
        QVERIFY(fixture.runs->histories().bytes() > 0);
        fixture.session.close();
        QCOMPARE(fixture.runs->histories().bytes(), std::size_t{0});
        QTRY_COMPARE(fixture.runs->controller().state(), RunsController::State::NoStore);
    }
};

QTEST_MAIN(RunsFollowTest)
#include "runs_follow_test.moc"
