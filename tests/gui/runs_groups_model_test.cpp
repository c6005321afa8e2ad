// Groups of runs in the table's model, under QAbstractItemModelTester: their order, figures, best runs, eyes
// and folding.
#include "tests/gui/runs_data.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/runs/group_text.h"
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

const ColumnRef kLoss{ColumnKind::Metric, "loss"};
const ColumnRef kOptimizer{ColumnKind::Param, "optimizer"};
const ColumnRef kLr{ColumnKind::Param, "lr"};

/// Three optimizers: muon with three values, adam with two of which one is NaN, sgd with one; and a run
/// without any.
RunTablePtr sweep()
{
    return tellRuns({{"muon-a", 0, {{"loss", 1.0}}, {{"optimizer", "muon"}, {"lr", "0.1"}}},
                     {"muon-b", 0, {{"loss", 2.0}}, {{"optimizer", "muon"}, {"lr", "0.1"}}},
                     {"muon-c", 0, {{"loss", 3.0}}, {{"optimizer", "muon"}, {"lr", "0.2"}}},
                     {"adam-a", 0, {{"loss", 5.0}}, {{"optimizer", "adam"}, {"lr", "0.1"}}},
                     {"adam-b", 0, {{"loss", std::nan("")}}, {{"optimizer", "adam"}, {"lr", "0.1"}}},
                     {"sgd-a", 1, {{"loss", 0.5}}, {{"optimizer", "sgd"}, {"lr", "0.1"}}},
                     {"lost", 1, {}, {}}});
}

Workspace grouped(std::vector<ColumnRef> by, std::vector<SortKey> order = {})
{
    Workspace workspace;
    workspace.columns = {
        {kLoss}, {kLr}, {{ColumnKind::Attribute, "start_time"}}, {{ColumnKind::Attribute, "user_id"}}};
    workspace.groups.columns = std::move(by);
    workspace.order = std::move(order);
    return workspace;
}

RunArrangementPtr arranged(const RunTablePtr& table, const Workspace& workspace)
{
    ArrangeRequest request;
    request.table = table;
    request.order = workspace.order;
    request.nested = workspace.nested;
    for (const auto& view : workspace.columns)
        request.columns.push_back(view.column);
    auto metric = mainMetric(workspace);
    request.groups = {workspace.groups.columns, workspace.groups.figure, metric, betterOf(workspace, metric)};
    return *arrangeRuns(request);
}

/// A model that shows the table as the workspace says.
struct Shown
{
    Shown(const RunTablePtr& runs, const Workspace& wanted) : table(runs), workspace(wanted) { show(wanted); }
    void show(const Workspace& wanted)
    {
        workspace = wanted;
        model.setArrangement(arranged(table, workspace), workspace);
    }
    QStringList names() const
    {
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row)
            names << model.cell(row, int(RunsColumnKind::Name)).text;
        return names;
    }
    RunCell cell(int row, const ColumnRef& column) const { return model.cell(row, model.columnOf(column)); }
    int columnOf(RunsColumnKind kind) const
    {
        for (int column = 0; column < model.columnCount(); ++column) {
            if (model.columns()[static_cast<std::size_t>(column)].kind == kind)
                return column;
        }
        return -1;
    }

    RunTablePtr table;
    Workspace workspace;
    RunsModel model;
    QAbstractItemModelTester tester{&model, Reporting::QtTest};
};

} // namespace

class RunsGroupsModelTest : public QObject
{
    Q_OBJECT

private slots:
    void headsStandOverTheirRuns()
    {
        Shown shown(sweep(), grouped({kOptimizer}));
        QCOMPARE(shown.names(), QStringList({"adam", "adam-b", "adam-a", "muon", "muon-c", "muon-b", "muon-a",
                                             "sgd", "sgd-a", "no optimizer", "lost"}));
        QVERIFY(shown.model.isHead(0) && !shown.model.isHead(1));
        QCOMPARE(shown.model.depth(0), 0);
        QCOMPARE(shown.model.depth(1), 1);
        QCOMPARE(shown.model.tableRow(0), kNoRow);
        QCOMPARE(shown.model.runId(0), std::string_view());
        QCOMPARE(shown.model.runsAt(3).size(), std::size_t{3});
        QCOMPARE(shown.model.groupOf(6), 1);
        QCOMPARE(shown.model.descendants(3), 3);
        QVERIFY(shown.model.data(shown.model.index(3, int(RunsColumnKind::Name)), Qt::AccessibleTextRole)
                    .toString()
                    .startsWith("Group muon, 3 runs, open"));
        QVERIFY(shown.model.data(shown.model.index(3, int(RunsColumnKind::Name)), Qt::ToolTipRole)
                    .toString()
                    .contains("optimizer = muon"));
    }

    void figuresStandInTheColumns()
    {
        auto workspace = grouped({kOptimizer});
        Shown shown(sweep(), workspace);
        auto muon = shown.cell(3, kLoss);
        QCOMPARE(muon.text, QStringLiteral("2.0"));
        QCOMPARE(muon.spread, QStringLiteral("± 1.0"));
        QCOMPARE(shown.cell(0, kLoss).spread, QStringLiteral("n = 1")); // one of two is NaN
        QCOMPARE(shown.cell(7, kLoss).spread, QStringLiteral("n = 1"));
        QCOMPARE(shown.cell(9, kLoss).text, QStringLiteral("—"));
        QCOMPARE(shown.cell(9, kLoss).spread, QString());
        const std::pair<GroupFigure, const char*> figures[] = {{GroupFigure::Mean, "2.0"},
                                                               {GroupFigure::Deviation, "1.0"},
                                                               {GroupFigure::Min, "1.0"},
                                                               {GroupFigure::Max, "3.0"},
                                                               {GroupFigure::Median, "2.0"}};
        for (auto [figure, text] : figures) {
            workspace.groups.figure = figure;
            shown.show(workspace);
            QCOMPARE(shown.cell(3, kLoss).text, QLatin1String(text));
            QVERIFY(shown.cell(3, kLoss).spread.isEmpty());
        }
        workspace.groups.figure = GroupFigure::MeanConfidence;
        shown.show(workspace);
        QCOMPARE(shown.cell(3, kLoss).spread,
                 QStringLiteral("± 2.5")); // t(2) 4.303 / sqrt(3), at the column's one decimal
        workspace.groups.figure = GroupFigure::StandardError;
        shown.show(workspace);
        QCOMPARE(shown.cell(7, kLoss).text, QStringLiteral("n = 1"));
    }

    void settingsAreSharedOrCounted()
    {
        auto workspace = grouped({kOptimizer});
        Shown shown(sweep(), workspace);
        QCOMPARE(shown.cell(0, kLr).text, QStringLiteral("0.1"));
        QCOMPARE(shown.cell(3, kLr).text, QStringLiteral("2 values"));
        QCOMPARE(shown.cell(9, kLr).text, QStringLiteral("—"));
        QCOMPARE(shown.cell(3, {ColumnKind::Attribute, "user_id"}).text, QStringLiteral("j.lindqvist"));
        workspace.groups.figure = GroupFigure::Max;
        shown.show(workspace);
        QCOMPARE(shown.cell(3, kLr).text, QStringLiteral("0.2"));
    }

    void incompleteGroupsSaySo()
    {
        Shown shown(sweep(), grouped({kOptimizer}));
        bool incomplete = false;
        QCOMPARE(shown.model.groupRemark(0, &incomplete), QStringLiteral("n = 1 of 2"));
        QVERIFY(incomplete);
        QCOMPARE(shown.model.groupRemark(1), QStringLiteral("3 runs"));
        QCOMPARE(shown.model.groupRemark(2), QStringLiteral("1 run"));
        auto tip =
            shown.model.data(shown.model.index(0, shown.model.columnOf(kLoss)), Qt::ToolTipRole).toString();
        QVERIFY2(tip.contains("1 NaN"), qPrintable(tip));
        tip = shown.model.data(shown.model.index(3, shown.model.columnOf(kLoss)), Qt::ToolTipRole).toString();
        for (auto part : {"n 3", "mean 2.0", "std 1.0", "95 % CI", "min 1.0", "median 2.0", "max 3.0"})
            QVERIFY2(tip.contains(QLatin1String(part)), part);
    }

    void groupsAreSortedByTheirFigure()
    {
        auto heads = [](const Shown& shown) {
            QStringList found;
            for (int row = 0; row < shown.model.rowCount(); ++row) {
                if (shown.model.isHead(row))
                    found << shown.model.cell(row, int(RunsColumnKind::Name)).text;
            }
            return found;
        };
        Shown shown(sweep(), grouped({kOptimizer}, {{kLoss, true, false}}));
        QCOMPARE(heads(shown), QStringList({"sgd", "muon", "adam", "no optimizer"}));
        QCOMPARE(shown.names().mid(2, 4), QStringList({"muon", "muon-a", "muon-b", "muon-c"}));
        shown.show(grouped({kOptimizer}, {{kLoss, false, false}}));
        QCOMPARE(heads(shown), QStringList({"adam", "muon", "sgd", "no optimizer"}));
        shown.show(grouped({kOptimizer}, {{kOptimizer, false, false}}));
        QCOMPARE(heads(shown), QStringList({"sgd", "muon", "adam", "no optimizer"}));
        shown.show(grouped({kOptimizer}, {{{ColumnKind::Attribute, "start_time"}, false, false}}));
        QCOMPARE(heads(shown), QStringList({"no optimizer", "sgd", "adam", "muon"}));
        shown.show(grouped({kOptimizer}, {{{ColumnKind::Attribute, "run_name"}, true, false}}));
        QCOMPARE(heads(shown), QStringList({"adam", "no optimizer", "muon", "sgd"}));
        auto workspace = grouped({kOptimizer}, {{kLoss, true, false}});
        workspace.groups.figure = GroupFigure::Max;
        shown.show(workspace);
        QCOMPARE(heads(shown), QStringList({"sgd", "muon", "adam", "no optimizer"}));
    }

    void theBestRunNeedsADirection()
    {
        auto workspace = grouped({kOptimizer}, {{kLoss, true, false}});
        Shown shown(sweep(), workspace);
        QCOMPARE(shown.columnOf(RunsColumnKind::Best), -1);
        QCOMPARE(shown.model.bestRun(0), kNoRow);
        workspace.directions["loss"] = -1;
        shown.show(workspace);
        auto best = shown.columnOf(RunsColumnKind::Best);
        QVERIFY(best > shown.model.columnOf(kLoss));
        QCOMPARE(shown.model.cell(2, best).text, QStringLiteral("muon-a"));
        QVERIFY(shown.model.cell(3, best).kind == RunCell::Kind::Best); // muon-a itself
        QCOMPARE(shown.model.cell(4, best).text, QString());
        workspace.directions["loss"] = 1;
        shown.show(workspace);
        QCOMPARE(shown.model.cell(2, best).text, QStringLiteral("muon-c"));
        QCOMPARE(shown.model.cell(shown.model.rowCount() - 2, best).text,
                 QStringLiteral("—")); // nobody has a loss there
    }

    void groupsFoldWithoutAReset()
    {
        auto workspace = grouped({kOptimizer});
        Shown shown(sweep(), workspace);
        QSignalSpy reset(&shown.model, &QAbstractItemModel::modelReset),
            removed(&shown.model, &QAbstractItemModel::rowsRemoved);
        const auto& key = shown.model.groups()->groups[1].key;
        workspace = withGroupFold(workspace, key, false);
        shown.model.applyWorkspace(workspace);
        QCOMPARE(shown.model.rowCount(), 8);
        QCOMPARE(shown.model.fold(3), RunsModel::Fold::Closed);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(shown.model.rowOf(toldId(0)), -1);
        QVERIFY(shown.model.listed(*shown.table->find(toldId(0))));
        shown.model.applyWorkspace(withGroupFold(workspace, key, true));
        QCOMPARE(shown.model.rowCount(), 11);
        shown.model.applyWorkspace(withAllGroups(workspace, false));
        QCOMPARE(shown.names(), QStringList({"adam", "muon", "sgd", "no optimizer"}));
    }

    void foldingIsRememberedInANewSnapshot()
    {
        auto workspace = grouped({kOptimizer});
        Shown shown(sweep(), workspace);
        workspace = withGroupFold(workspace, shown.model.groups()->groups[1].key, false);
        shown.show(workspace);
        shown.table = tellRuns({{"muon-z", 0, {{"loss", 9.0}}, {{"optimizer", "muon"}}},
                                {"new", 0, {{"loss", 1.0}}, {{"optimizer", "lamb"}}}});
        shown.show(workspace);
        QCOMPARE(shown.names(), QStringList({"lamb", "new", "muon"}));
    }

    void eyesOfAGroupAreNoneSomeOrAll()
    {
        auto workspace = grouped({kOptimizer});
        Shown shown(sweep(), workspace);
        QVERIFY(shown.model.eyes(3) == RunsModel::Eyes::None && !shown.model.shown(3));
        workspace = withShown(workspace, {toldId(0)}, true);
        QSignalSpy changed(&shown.model, &QAbstractItemModel::dataChanged);
        shown.model.applyWorkspace(workspace);
        QVERIFY(shown.model.eyes(3) == RunsModel::Eyes::Some && shown.model.shown(3));
        QCOMPARE(changed.count(), 1);
        shown.model.applyWorkspace(withShown(workspace, {toldId(1), toldId(2)}, true));
        QVERIFY(shown.model.eyes(3) == RunsModel::Eyes::All);
        QCOMPARE(shown.model.data(shown.model.index(3, int(RunsColumnKind::Eye)), Qt::AccessibleTextRole)
                     .toString(),
                 QStringLiteral("all shown in charts"));
    }

    void severalFieldsAndDatasetsAndNothing()
    {
        Shown shown(sweep(), grouped({kOptimizer, kLr}));
        QVERIFY(shown.names().contains(QStringLiteral("muon · lr 0.1")));
        QVERIFY(shown.names().contains(QStringLiteral("no optimizer · no lr")));
        shown.show(grouped({{ColumnKind::Attribute, "experiment_id"}}));
        QCOMPARE(shown.names().first(), QStringLiteral("first"));
        shown.show(grouped({{ColumnKind::Attribute, "dataset"}}));
        QCOMPARE(shown.names().first(), QStringLiteral("no Dataset"));
        QCOMPARE(shown.model.rowCount(), 8);
        shown.table = tellRuns({});
        shown.show(grouped({kOptimizer}));
        QCOMPARE(shown.model.rowCount(), 0);
    }

    void pinnedRunsStayOutsideTheGroups()
    {
        auto workspace = grouped({kOptimizer});
        workspace.baseline = toldId(0);
        workspace.pinned = {toldId(5)};
        Shown shown(sweep(), workspace);
        QCOMPARE(shown.model.pinnedRows(), 2);
        QCOMPARE(shown.model.groupOf(0), -1);
        QVERIFY(shown.model.isHead(2));
        QCOMPARE(shown.model.nextRun(1, 1), 3); // past the head
        QCOMPARE(shown.model.nextRun(3, -1), -1);
        auto delta = shown.columnOf(RunsColumnKind::Delta);
        QCOMPARE(shown.model.cell(5, delta).text, QStringLiteral("+1.0")); // muon's mean against muon-a
        QVERIFY(shown.model.cell(5, delta).kind == RunCell::Kind::Neutral);
        workspace.directions["loss"] = -1;
        shown.show(workspace);
        QVERIFY(shown.model.cell(5, delta).kind == RunCell::Kind::Worse);
    }

    void partialTablesAreNotGroupedByWhatIsUnread()
    {
        Shown shown(makeRuns({.runs = 12, .partial = true}), grouped({kOptimizer}));
        QVERIFY(!shown.model.groups());
        QCOMPARE(shown.model.rowCount(), 12);
        shown.show(grouped({{ColumnKind::Attribute, "status"}}));
        QVERIFY(shown.model.groups());
        QVERIFY(shown.cell(0, kLoss).kind == RunCell::Kind::Loading);
    }

    void manySmallGroupsAreNoBurden()
    {
        auto workspace = grouped({{ColumnKind::Attribute, "run_name"}});
        workspace.columns = {{{ColumnKind::Metric, "val/loss"}}};
        Shown shown(makeRuns({.runs = 2000}), workspace);
        QCOMPARE(shown.model.rowCount(), 4000);
        shown.model.applyWorkspace(withAllGroups(workspace, false));
        QCOMPARE(shown.model.rowCount(), 2000);
        QCOMPARE(shown.model.rowOfGroup("no such group"), -1);
    }

    void hostileValuesMakeSafeNames()
    {
        auto table = tellRuns({{"<b>x</b>", 0, {{"loss", 1}}, {{"optimizer", "<img src=x>\nline\u202e"}}},
                               {"y", 0, {{"loss", 1}}, {{"optimizer", ""}}}});
        Shown shown(table, grouped({kOptimizer}));
        QVERIFY(shown.names().contains(QStringLiteral("empty optimizer")));
        for (const auto& name : shown.names())
            QVERIFY(!name.contains(QLatin1Char('\n')) && !name.contains(QChar(0x202e)));
        auto tip =
            shown.model.data(shown.model.index(2, int(RunsColumnKind::Name)), Qt::ToolTipRole).toString();
        QVERIFY(!tip.contains(QLatin1String("<img")));
    }

    void copiesFigures()
    {
        auto workspace = grouped({kOptimizer}, {{kLoss, true, false}});
        workspace.columns.resize(2);
        workspace.directions["loss"] = -1;
        Shown shown(sweep(), withAllGroups(workspace, false));
        auto csv = copyRuns(shown.model, {0, 1, 2}, CopyFormat::Csv).split(QLatin1Char('\n'));
        QCOMPARE(csv[0], QStringLiteral("optimizer,n,loss mean,loss std,Best run,lr"));
        QCOMPARE(csv[1], QStringLiteral("sgd,1,0.5,,sgd-a,0.1"));
        QCOMPARE(csv[2], QStringLiteral("muon,3,2.0,1.0,muon-a,2 values"));
        auto markdown = copyRuns(shown.model, {1}, CopyFormat::Markdown);
        QVERIFY2(markdown.contains(QStringLiteral("| muon | 3 | 2.0 ± 1.0 | muon-a | 2 values |")),
                 qPrintable(markdown));
        auto latex = copyRuns(shown.model, {1}, CopyFormat::Latex);
        QVERIFY2(latex.contains(QStringLiteral("2.0 \\pm 1.0")), qPrintable(latex));
        workspace.groups.figure = GroupFigure::Median;
        shown.show(withAllGroups(workspace, false));
        QVERIFY(copyRuns(shown.model, {1}, CopyFormat::Tsv)
                    .startsWith(
                        QStringLiteral("optimizer\tn\tloss median\tBest run\tlr median\nmuon\t3\t2.0\t")));
    }

    void copiesGroupsTogetherWithTheirRuns()
    {
        auto workspace = grouped({kOptimizer}, {{kLoss, true, false}});
        workspace.columns.resize(1);
        Shown shown(sweep(), workspace);
        auto lines = copyRuns(shown.model, {2, 3, 4}, CopyFormat::Csv).split(QLatin1Char('\n'));
        QCOMPARE(lines[0], QStringLiteral("optimizer,Run,n,loss mean,loss std"));
        QCOMPARE(lines[1], QStringLiteral("muon,,3,2.0,1.0"));
        QCOMPARE(lines[2], QStringLiteral("muon,muon-a,,1.0,"));
        QVERIFY(copyRuns(shown.model, {3}, CopyFormat::Csv)
                    .startsWith(QStringLiteral("Name,Status,loss"))); // runs alone as ever
    }
};

QTEST_GUILESS_MAIN(RunsGroupsModelTest)
#include "runs_groups_model_test.moc"
