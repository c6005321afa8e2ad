// RunsModel under QAbstractItemModelTester: rows, nesting, pins, eyes, deltas, new snapshots, hostile names.
#include "tests/gui/runs_data.h"
#include "ui/runs/run_copy.h"
#include "ui/runs/runs_model.h"
#include "ui/shell/workspace_edits.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

namespace {

using Reporting = QAbstractItemModelTester::FailureReportingMode;

RunArrangementPtr arranged(const RunTablePtr& table, const Workspace& workspace, const char* filter = "")
{
    ArrangeRequest request;
    request.table = table;
    request.filter = *Filter::parse(filter, FilterTarget::Runs);
    request.order = workspace.order;
    request.nested = workspace.nested;
    request.view = workspace.view;
    for (const auto& view : workspace.columns)
        request.columns.push_back(view.column);
    return *arrangeRuns(request);
}

Workspace workspaceFor(const RunTablePtr& table)
{
    Workspace workspace;
    for (const auto& column : defaultColumns(*table, table->allRows()))
        workspace.columns.push_back({column, 0});
    return workspace;
}

RunTablePtr namedRuns(const std::vector<std::string>& names)
{
    RunTableBuilder builder;
    Experiment experiment;
    experiment.id = "1";
    experiment.name = "names";
    builder.setExperiments({experiment});
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto id = runIdOf(i);
        RunTableBuilder::RunRow row{id, names[i], "u", "a"};
        row.startTime = 1'000'000 + static_cast<EpochMs>(i);
        builder.setTag(builder.addRun(row), "note", names[i]);
    }
    return builder.finish();
}

} // namespace

class RunsModelTest : public QObject
{
    Q_OBJECT

private slots:
    void showsNothingBeforeTheFirstArrangement()
    {
        RunsModel model;
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.rowOf("nobody"), -1);
    }

    void showsNoRunsAndOneRun()
    {
        for (std::size_t count : {0, 1}) {
            RunsModel model;
            QAbstractItemModelTester tester(&model, Reporting::QtTest);
            auto table = makeRuns({count});
            auto workspace = workspaceFor(table);
            model.setArrangement(arranged(table, workspace), workspace);
            QCOMPARE(model.rowCount(), static_cast<int>(count));
            QVERIFY(model.columnCount() >= 5);
        }
    }

    void foldsChildrenUnderTheirParents()
    {
        RunsModel model;
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        auto table = makeRuns({.runs = 20, .parents = true});
        auto workspace = workspaceFor(table);
        model.setArrangement(arranged(table, workspace), workspace);
        QCOMPARE(model.rowCount(), 20);
        QCOMPARE(model.fold(0), RunsModel::Fold::Open);
        QCOMPARE(model.descendants(0), 4);
        QCOMPARE(model.depth(1), 1);

        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        auto parent = std::string(model.runId(0));
        workspace = withFold(workspace, parent, false);
        model.applyWorkspace(workspace);
        QCOMPARE(model.rowCount(), 16);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(model.fold(0), RunsModel::Fold::Closed);
        model.applyWorkspace(withFold(workspace, parent, true));
        QCOMPARE(model.rowCount(), 20);
    }

    void survivesCirclesOfParents()
    {
        RunTableBuilder builder;
        Experiment experiment;
        experiment.id = "1";
        builder.setExperiments({experiment});
        for (std::size_t i = 0; i < 4; ++i) {
            auto id = runIdOf(i);
            builder.addRun({id, "run", "u", "a"});
        }
        builder.setTag(0, "mlflow.parentRunId", runIdOf(1));
        builder.setTag(1, "mlflow.parentRunId", runIdOf(0));
        builder.setTag(2, "mlflow.parentRunId", runIdOf(2));
        auto table = builder.finish();
        RunsModel model;
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        Workspace workspace;
        model.setArrangement(arranged(table, workspace), workspace);
        QCOMPARE(model.rowCount(), 4);
    }

    void pinsStandOnTopAndInTheirPlace()
    {
        RunsModel model;
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        auto table = makeRuns({30});
        auto workspace = workspaceFor(table);
        model.setArrangement(arranged(table, workspace), workspace);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        auto run = std::string(model.runId(12));
        workspace = withPinsToggled(workspace, {run});
        model.applyWorkspace(workspace);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(model.rowCount(), 31);
        QCOMPARE(model.pinnedRows(), 1);
        QCOMPARE(std::string(model.runId(0)), run);
        QCOMPARE(model.rowOf(run), 13);
        // A filter that leaves it out does not unpin it.
        model.setArrangement(arranged(table, workspace, "metrics.`val/loss` > 1e9"), workspace);
        QCOMPARE(model.rowCount(), 1);
    }

    void deltasKnowTheirDirection()
    {
        RunsModel model;
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        auto table = makeRuns({30});
        Workspace workspace;
        workspace.columns = {{{ColumnKind::Metric, "val/loss"}, 0}};
        model.setArrangement(arranged(table, workspace), workspace);
        workspace = withBaselineToggled(workspace, std::string(model.runId(3)));
        model.applyWorkspace(workspace);
        auto delta = model.columnCount() - 1;
        QCOMPARE(model.columns()[static_cast<std::size_t>(delta)].kind, RunsColumnKind::Delta);
        QCOMPARE(model.cell(0, delta).kind, RunCell::Kind::Baseline);
        QCOMPARE(model.cell(2, delta).kind, RunCell::Kind::Neutral);
        workspace.directions["val/loss"] = -1;
        model.applyWorkspace(workspace);
        auto cell = model.cell(2, delta);
        QCOMPARE(cell.kind, cell.text.startsWith(u'+') ? RunCell::Kind::Worse : RunCell::Kind::Better);
    }

    void eyesChangeOnlyTheirRows()
    {
        RunsModel model;
        auto table = makeRuns({50});
        auto workspace = workspaceFor(table);
        model.setArrangement(arranged(table, workspace), workspace);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.applyWorkspace(withShown(workspace, {std::string(model.runId(7))}, true));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().at(0).toModelIndex().row(), 7);
        QCOMPARE(changed.first().at(1).toModelIndex().row(), 7);
        QVERIFY(model.shown(7));
    }

    void aSnapshotWithTheSameRunsMovesNothing()
    {
        RunsModel model;
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        auto table = makeRuns({40});
        auto workspace = workspaceFor(table);
        model.setArrangement(arranged(table, workspace), workspace);
        QPersistentModelIndex kept(model.index(5, 3));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setArrangement(arranged(makeRuns({40}), workspace), workspace);
        QCOMPARE(reset.count(), 0);
        QVERIFY(kept.isValid());
        model.setArrangement(arranged(makeRuns({41}), workspace), workspace);
        QCOMPARE(reset.count(), 1);
    }

    void aPartialTableShowsPlaceholders()
    {
        RunsModel model;
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        Workspace workspace;
        workspace.columns = {{{ColumnKind::Metric, "val/loss"}, 0}, {{ColumnKind::Attribute, "user_id"}, 0}};
        model.setArrangement(arranged(makeRuns({.runs = 5, .partial = true}), workspace), workspace);
        QCOMPARE(model.cell(0, 5).kind, RunCell::Kind::Loading);
        QCOMPARE(model.cell(0, 6).text, QStringLiteral("j.lindqvist"));
    }

    void wordsForWhatIsNotANumberDiffer()
    {
        RunsModel model;
        auto table = makeRuns({200});
        Workspace workspace;
        workspace.nested = false;
        workspace.columns = {{{ColumnKind::Metric, "val/loss"}, 0},
                             {{ColumnKind::Metric, "train/loss"}, 0},
                             {{ColumnKind::Metric, "val/ppl"}, 0}};
        model.setArrangement(arranged(table, workspace), workspace);
        auto text = [&](std::size_t run, int column) {
            return model.cell(model.rowOf(runIdOf(run)), column).text;
        };
        QCOMPARE(text(13, 5), QStringLiteral("NaN"));
        QCOMPARE(text(13, 6), QStringLiteral("∞"));
        QCOMPARE(text(7, 7), QStringLiteral("—"));
    }

    void hostileNamesAreShownAsTheyAre()
    {
        auto table = namedRuns({"<b>bold</b><img src=x>", "two\nlines",
                                "\xE2\x80\xAE"
                                "desrever",
                                "🧪 emoji", std::string(5000, 'x'), "\xFF\xFE broken"});
        RunsModel model;
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        Workspace workspace;
        workspace.columns = {{{ColumnKind::Tag, "note"}, 0}};
        model.setArrangement(arranged(table, workspace), workspace);
        auto name = [&](std::size_t run) {
            return model.index(model.rowOf(runIdOf(run)), 3).data().toString();
        };
        auto tip = [&](std::size_t run) {
            return model.index(model.rowOf(runIdOf(run)), 3).data(Qt::ToolTipRole).toString();
        };
        QCOMPARE(name(0), QStringLiteral("<b>bold</b><img src=x>"));
        QVERIFY(!tip(0).contains(QStringLiteral("<img")));
        QVERIFY(!name(1).contains(u'\n'));
        QVERIFY(!name(2).contains(QChar(0x202E)));
        QVERIFY(name(4).size() <= 401);
        QVERIFY(tip(4).size() < 2000);
        auto csv = copyRuns(model, {model.rowOf(runIdOf(1))}, CopyFormat::Csv);
        QCOMPARE(csv.count(u'\n'), 3); // the head, the row, and the line break inside its quoted cell
        auto markdown = copyRuns(model, {model.rowOf(runIdOf(1))}, CopyFormat::Markdown);
        QCOMPARE(markdown.count(u'\n'), 3);
    }
};

QTEST_MAIN(RunsModelTest)
#include "runs_model_test.moc"
