// The inspector of the Runs page: the selected run at a glance, and what it says of what is missing.
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/widgets/fact_rows.h"
#include "ui/runs/runs_inspector.h"
#include "ui/runs/runs_table_view.h"
#include "ui/shell/workspace_edits.h"
#include "ui/widgets/label.h"
#include "ui/widgets/section.h"

#include <QPushButton>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

class RunsInspectorTest : public QObject
{
    Q_OBJECT

    static RunTablePtr table()
    {
        ToldRun many{"many metrics", 0, {}, {{"lr", "0.2"}, {"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}}};
        for (int i = 0; i < 12; ++i)
            many.metrics["metric" + std::to_string(i)] = i;
        return tellRuns({{"baseline", 0, {{"loss", 1}}, {{"lr", "0.1"}, {"a", "1"}, {"gone", "x"}}},
                         many,
                         {"going on",
                          0,
                          {{"loss", 2}},
                          {},
                          RunStatus::Running,
                          {{"phase", "old"},
                           {"mlflow.source.name", "/home/me/train.py"},
                           {"mlflow.source.git.commit", "9b31f0c8aaaa"}}}});
    }
    static void select(RunsPageFixture& fixture, std::size_t run)
    {
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(fixture.runs->settled());
        fixture.runs->inspector()->resize(320, 700);
        fixture.runs->inspector()->show();
        fixture.runs->table().selectRun(toldId(run));
        QTRY_COMPARE(inspector(fixture)->runId(), toldId(run));
        QTRY_VERIFY(fixture.runs->settled() && fixture.jobs.idle());
    }
    static RunsInspector* inspector(RunsPageFixture& fixture)
    {
        return qobject_cast<RunsInspector*>(fixture.runs->inspector());
    }
    static FactRows* rows(RunsPageFixture& fixture, int which)
    {
        // The first are of the group that would be shown.
        return inspector(fixture)->findChildren<FactRows*>().at(1 + which);
    }
    static QPushButton* button(RunsPageFixture& fixture, const QString& text)
    {
        for (auto* one : inspector(fixture)->findChildren<QPushButton*>()) {
            if (one->text() == text && one->isVisible())
                return one;
        }
        return nullptr;
    }
    static const Fact* fact(const FactRows* rows, const QString& label)
    {
        for (const auto& one : rows->facts()) {
            if (one.label == label)
                return &one;
        }
        return nullptr;
    }

private slots:
    void theOverviewComesFromTheSnapshot()
    {
        RunsPageFixture fixture(table());
        select(fixture, 2);
        auto* overview = rows(fixture, 0);
        QCOMPARE(fact(overview, QStringLiteral("Experiment"))->value, QStringLiteral("first"));
        QCOMPARE(fact(overview, QStringLiteral("User"))->value, QStringLiteral("j.lindqvist"));
        QCOMPARE(fact(overview, QStringLiteral("Source"))->value, QStringLiteral("train.py"));
        QCOMPARE(fact(overview, QStringLiteral("Source"))->whole, QStringLiteral("/home/me/train.py"));
        QVERIFY(fact(overview, QStringLiteral("Commit"))->mono);
        QCOMPARE(fact(overview, QStringLiteral("Commit"))->value.left(7), QStringLiteral("9b31f0c"));
    }

    void fiveMetricsAndTheRestOnDemand()
    {
        RunsPageFixture fixture(table());
        select(fixture, 1);
        QCOMPARE(rows(fixture, 1)->facts().size(), std::size_t{5});
        auto* all = button(fixture, QStringLiteral("Show all 12"));
        QVERIFY(all);
        all->click();
        QCOMPARE(rows(fixture, 1)->facts().size(), std::size_t{12});
        QTRY_VERIFY(fixture.jobs.idle());
        for (const auto& one : rows(fixture, 1)->facts())
            QVERIFY2(one.line.drawable(), qPrintable(one.label));
        auto* fewer = button(fixture, QStringLiteral("Show fewer"));
        QVERIFY(fewer);
        fewer->click();
        QCOMPARE(rows(fixture, 1)->facts().size(), std::size_t{5});
        QVERIFY(rows(fixture, 1)->facts().front().line.drawable()); // its line stays
    }

    void whatDiffersFromTheBaselineComesFirst()
    {
        RunsPageFixture fixture(table());
        select(fixture, 1);
        fixture.workspaces.change(QStringLiteral("baseline"),
                                  withBaselineToggled(fixture.workspace(), toldId(0)));
        const auto* lr = fact(rows(fixture, 2), QStringLiteral("lr"));
        QVERIFY(lr);
        QCOMPARE(lr->remark, QStringLiteral("was 0.1"));
        const auto* gone = fact(rows(fixture, 2), QStringLiteral("gone"));
        QVERIFY(gone);
        QCOMPARE(gone->value, QStringLiteral("—"));
        const auto* added = fact(rows(fixture, 2), QStringLiteral("b"));
        QVERIFY(added);
        QCOMPARE(added->remark, QStringLiteral("not in baseline"));
        const auto* same = fact(rows(fixture, 2), QStringLiteral("a"));
        QVERIFY(!same || same->remark.isEmpty());
    }

    void itsButtonsOpenAndSetTheBaseline()
    {
        RunsPageFixture fixture(table());
        select(fixture, 1);
        auto* open = button(fixture, QStringLiteral("Open run"));
        QVERIFY(open);
        open->click();
        QCOMPARE(fixture.navigated, QStringLiteral("run/") + QString::fromStdString(toldId(1)));
        auto* baseline = button(fixture, QStringLiteral("Set as baseline"));
        QVERIFY(baseline);
        baseline->click();
        QCOMPARE(fixture.workspace().baseline, toldId(1));
    }

    void artifactsAreCountedOrTheReasonIsSaid()
    {
        RunsPageFixture fixture(table());
        fixture.state->artifacts = {{"a.txt", false, 110}};
        select(fixture, 1);
        auto says = [&](const QString& text) {
            for (auto* label : inspector(fixture)->findChildren<QLabel*>()) {
                if (label->text().contains(text))
                    return true;
            }
            for (auto* section : inspector(fixture)->findChildren<Section*>()) {
                if (section->accessibleName().contains(text))
                    return true;
            }
            return false;
        };
        QVERIFY(says(QStringLiteral("Open the run to see them")));
        {
            std::lock_guard lock(fixture.state->mutex);
            fixture.state->artifactsFail = true;
        }
        select(fixture, 2);
        QTRY_VERIFY(says(QStringLiteral("s3://bucket")));
        {
            std::lock_guard lock(fixture.state->mutex);
            fixture.state->artifactsFail = false;
            fixture.state->artifacts.clear();
        }
        select(fixture, 0);
        QTRY_VERIFY(says(QStringLiteral("The run logged no files")));
    }

    void holdingAnArrowKeyReadsNothingOnTheWay()
    {
        RunsPageFixture fixture({.runs = 60});
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(fixture.runs->settled() && fixture.jobs.idle());
        auto shown = fixture.workspace().shown;
        auto before = fixture.state->readings();
        for (int i = 0; i < 30; ++i)
            QTest::keyClick(&fixture.runs->table(), Qt::Key_Down);
        QTRY_VERIFY(fixture.runs->settled() && fixture.jobs.idle());
        QVERIFY(fixture.state->readings() - before <= 5); // the metrics of the last one
    }

    void severalSelectedShowTheCurrentOne()
    {
        RunsPageFixture fixture(table());
        select(fixture, 1);
        fixture.runs->table().selectAll();
        QTRY_VERIFY(fixture.runs->settled());
        QCOMPARE(inspector(fixture)->runId(), fixture.runs->table().currentRun());
        QVERIFY(fixture.runs->status().contains(QStringLiteral("3 selected")));
    }
};

QTEST_MAIN(RunsInspectorTest)
#include "runs_inspector_test.moc"
