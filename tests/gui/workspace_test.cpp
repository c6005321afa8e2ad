// Workspaces: JSON and back, files from anywhere, undo and redo, one file a store.
#include "ui/shell/settings.h"
#include "ui/shell/workspace_edits.h"
#include "ui/shell/workspace_store.h"

#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sextant;

namespace {

Workspace rich()
{
    Workspace workspace;
    workspace.experimentIds = {"1", "2"};
    workspace.view = ViewType::All;
    workspace.filter = "metrics.`val/loss` < 3 AND tags.x = 'größe'";
    workspace.order = {{{ColumnKind::Metric, "val/loss"}, false, false},
                       {{ColumnKind::Param, "lr"}, true, true}};
    workspace.columns = {{{ColumnKind::Attribute, "run_name"}, 200}, {{ColumnKind::Tag, "mlflow.user"}, 0}};
    workspace.charts = {{"val/loss", 1, true, 2, 0.9}};
    workspace.layout = Workspace::Layout::Charts;
    workspace.nested = false;
    workspace.absoluteTimes = true;
    workspace.collapsed = {"a"};
    workspace.shown = {"b", "c"};
    workspace.pinned = {"d", "a"};
    workspace.baseline = "d";
    workspace.colors = {{"b", 3}};
    auto& compare = workspace.compare;
    compare.source = CompareView::Source::Filter;
    compare.runs = {"b", "a"};
    compare.filter = "params.lr = '0.1'";
    compare.hidden = {"c"};
    compare.grouping = {{ColumnKind::Param, "optimizer"}, {ColumnKind::Attribute, "user_id"}};
    compare.colorBy = ColumnRef{ColumnKind::Metric, "val/loss"};
    compare.dashBy = ColumnRef{ColumnKind::Tag, "größe"};
    compare.foldedGroups = {"=muon\n"};
    compare.sortMetric = "val/loss";
    compare.sortDescending = true;
    compare.tab = "scatter";
    compare.arranged = true;
    compare.panels = {{"line", "train/loss - val/loss", 4, 8}, {"parallel", "", 6, 7}};
    compare.search = "^val/.*<b>";
    compare.folded = {"train"};
    compare.settings.smoothing = 1;
    compare.settings.smoothingAmount = 0.9;
    compare.sectionSettings["train"].yScale = 2;
    compare.panelSettings["val/loss"].xMetric = "epoch";
    compare.syncZoom = false;
    compare.tabs["scatter"] = QJsonObject{{"x", "lr"}};
    workspace.groups = {{{ColumnKind::Param, "optimizer"}, {ColumnKind::Attribute, "dataset"}},
                        GroupFigure::Median,
                        false,
                        false,
                        {"=muon\n-\n"}};
    workspace.deltas = Deltas::Every;
    workspace.deltaPercent = true;
    workspace.columns.front().frozen = true;
    return workspace;
}

} // namespace

class WorkspaceTest : public QObject
{
    Q_OBJECT
private slots:
    void jsonAndBack();
    void groupsFromStrangers();
    void groupsOpenAndClose();
    void strangeFiles_data();
    void strangeFiles();
    void undoAndRedo();
    void onePerStore();
    void settingsAreTyped();
};

void WorkspaceTest::jsonAndBack()
{
    for (const Workspace& workspace : {Workspace{}, rich()}) {
        auto back = workspaceFromJson(toJson(workspace));
        QVERIFY(back.has_value());
        QVERIFY(*back == workspace);
    }
}

void WorkspaceTest::groupsFromStrangers()
{
    const auto json = QJsonDocument::fromJson(
        R"({"schema":"sextant.workspace/1","deltas":"some","columns":[{"kind":"metric","key":"a","frozen":3}],
        "groups":{"by":[{"kind":"metric","key":"loss"},{"kind":"attribute","key":"start_time"},{"kind":"param","key":"lr"},
                        {"kind":"param","key":"lr"},{"kind":"attribute","key":"dataset"},7],"figure":"mode","open":"no","turned":[1,"x"]}})");
    auto read = workspaceFromJson(json.object());
    QVERIFY(read.has_value());
    // A metric or a time divides nothing, and twice the same is once.
    QCOMPARE(read->groups.columns,
             (std::vector<ColumnRef>{{ColumnKind::Param, "lr"}, {ColumnKind::Attribute, "dataset"}}));
    QCOMPARE(read->groups.figure, GroupFigure::MeanDeviation);
    QVERIFY(read->groups.open && read->groups.turned == std::set<std::string>{"x"});
    QVERIFY(read->deltas == Deltas::Sorted && !read->columns.front().frozen);
}

void WorkspaceTest::groupsOpenAndClose()
{
    Workspace workspace = withGrouping({}, {{ColumnKind::Param, "lr"}}, 20);
    QVERIFY(workspace.groups.isOpen("=0.1\n"));
    workspace = withGroupFold(workspace, "=0.1\n", false);
    QVERIFY(!workspace.groups.isOpen("=0.1\n") && workspace.groups.isOpen("-\n"));
    QVERIFY(withAllGroups(workspace, true).groups.isOpen("=0.1\n"));
    QVERIFY(withGrouping(workspace, workspace.groups.columns, 20) ==
            workspace); // the same columns: nothing is forgotten
    QVERIFY(!withGrouping(workspace, {{ColumnKind::Param, "optimizer"}}, 5000).groups.open);
    auto frozen = withFrozen({}, {ColumnKind::Metric, "loss"}, true);
    QVERIFY(isFrozen(frozen, {ColumnKind::Metric, "loss"}) && frozen.columns.size() == 1);
    QVERIFY(!isFrozen(withFrozen(frozen, {ColumnKind::Metric, "loss"}, false), {ColumnKind::Metric, "loss"}));
}

void WorkspaceTest::strangeFiles_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("readable");
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("array") << QByteArray("[]") << false;
    QTest::newRow("other schema") << QByteArray(R"({"schema":"sextant.workspace/9"})") << false;
    QTest::newRow("only schema") << QByteArray(R"({"schema":"sextant.workspace/1"})") << true;
    QTest::newRow("wrong types")
        << QByteArray(
               R"({"schema":"sextant.workspace/1","columns":7,"order":{"a":1},"filter":[],"charts":[1,"x",null],
                          "shown":[1,2],"layout":"spiral","view":3,"colors":[],"experiments":{"a":"b"}})")
        << true;
    QTest::newRow("wild numbers")
        << QByteArray(
               R"({"schema":"sextant.workspace/1","columns":[{"kind":"metric","key":"a","width":1e300}],
                          "charts":[{"metric":"a","x":99,"smoothing":-4}],"colors":{"a":-5},
                          "compare":{"source":9,"panels":[{"metric":"a","columns":99,"rows":-1},{"metric":"a"},7,{}],
                                     "settings":{"x":77,"smoothingAmount":-1e300,"band":"wide"},"tabs":[],"hidden":{"a":1}}})")
        << true;
}

void WorkspaceTest::strangeFiles()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, readable);
    auto workspace = workspaceFromJson(QJsonDocument::fromJson(json).object());
    QCOMPARE(workspace.has_value(), readable);
    if (!readable)
        return;
    QVERIFY(workspace->shown.empty());
    for (const ColumnView& column : workspace->columns)
        QVERIFY(column.width >= 0 && column.width <= 4000);
    for (const ComparePanel& panel : workspace->compare.panels)
        QVERIFY(panel.columns >= 1 && panel.columns <= 6 && panel.rows >= 3);
    QVERIFY(workspace->compare.panels.size() <= 1);
    QVERIFY(workspace->compare.hidden.empty() && workspace->compare.tab == "curves" &&
            workspace->compare.syncZoom);
    for (const ChartView& chart : workspace->charts)
        QVERIFY(chart.xAxis >= 0 && chart.xAxis <= 2 && chart.smoothing >= 0);
}

void WorkspaceTest::undoAndRedo()
{
    WorkspaceHistory history;
    QSignalSpy changes(&history, &WorkspaceHistory::historyChanged);
    Workspace next = history.current();
    history.change("nothing", next);
    QVERIFY(!history.canUndo());
    next.filter = "a";
    history.change("filter", next);
    next.baseline = "r";
    history.change("set baseline", next);
    QCOMPARE(history.undoText(), QString("Undo: set baseline"));
    history.undo();
    QCOMPARE(history.current().baseline, std::string());
    QCOMPARE(history.current().filter, std::string("a"));
    QCOMPARE(history.redoText(), QString("Redo: set baseline"));
    history.redo();
    QCOMPARE(history.current().baseline, std::string("r"));
    history.undo();
    next = history.current();
    next.nested = false;
    history.change("flatten", next);
    QVERIFY(!history.canRedo());
    next.columns.push_back({{ColumnKind::Metric, "m"}, 10});
    history.replace(next);
    history.undo();
    QCOMPARE(history.current().filter, std::string("a"));
    QVERIFY(changes.count() >= 6);
    for (int i = 0; i < 500; ++i) {
        next.filter = std::to_string(i);
        history.change("type", next);
    }
    int steps = 0;
    for (; history.canUndo(); ++steps)
        history.undo();
    QCOMPARE(steps, 200);
}

void WorkspaceTest::onePerStore()
{
    QTemporaryDir folder;
    {
        WorkspaceHistory history;
        WorkspaceStore store(history, folder.path());
        store.open("/a.db");
        history.change("all", rich());
        store.open("/b.db");
        QVERIFY(history.current() == Workspace{});
        store.open("/a.db");
        QVERIFY(history.current() == rich());
        QVERIFY(!history.canUndo());
        Workspace next = rich();
        next.filter = "last";
        history.change("filter", next);
    }
    auto kept = WorkspaceStore::load(WorkspaceStore::fileFor(folder.path(), "/a.db"));
    QVERIFY(kept.has_value());
    QCOMPARE(kept->filter, std::string("last"));
    QFile broken(WorkspaceStore::fileFor(folder.path(), "/a.db"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{ torn");
    broken.close();
    WorkspaceHistory history;
    WorkspaceStore store(history, folder.path());
    store.open("/a.db");
    QVERIFY(history.current() == Workspace{});
}

void WorkspaceTest::settingsAreTyped()
{
    QTemporaryDir folder;
    {
        Settings settings(folder.path());
        QCOMPARE(settings.theme(), ThemeControl::Choice::System);
        settings.setTheme(ThemeControl::Choice::Dark);
        settings.setSplitter("runs", {100, 200});
        for (int i = 0; i < 14; ++i)
            settings.addRecentStore({QString("/%1, with comma.db").arg(i), "x"});
        settings.addRecentStore({"/5, with comma.db", "x"});
        settings.addRecentAction("a");
        settings.addRecentAction("b");
        settings.addRecentAction("a");
    }
    Settings settings(folder.path());
    QCOMPARE(settings.theme(), ThemeControl::Choice::Dark);
    QCOMPARE(settings.splitter("runs"), (QList<int>{100, 200}));
    QCOMPARE(settings.recentStores().size(), std::size_t(10));
    QCOMPARE(settings.recentStores()[0].path, QString("/5, with comma.db"));
    QCOMPARE(settings.recentStores()[1].path, QString("/13, with comma.db"));
    QCOMPARE(settings.recentActions(), (QStringList{"a", "b"}));
    settings.removeRecentStore("/13, with comma.db");
    QCOMPARE(settings.recentStores().size(), std::size_t(9));
}

QTEST_GUILESS_MAIN(WorkspaceTest)
#include "workspace_test.moc"
