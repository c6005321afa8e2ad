// Rows on the clipboard: full precision, the columns as shown, safe in each format; large copies do not hold
// up the window.
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/runs/run_copy.h"
#include "ui/runs/runs_table_view.h"
#include "ui/shell/workspace_edits.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

class RunsCopyTest : public QObject
{
    Q_OBJECT

    static RunTablePtr table()
    {
        return tellRuns({{"a,b", 0, {{"loss", 0.1}}, {{"text", "tab\there"}}},
                         {"say \"hi\"", 0, {{"loss", std::nan("")}}, {{"text", "two\nlines"}}},
                         {"pipe|d \\", 0, {}, {{"text", "cr\rlf"}}},
                         {"", 0, {{"loss", -HUGE_VAL}}, {}}});
    }
    struct Copied
    {
        Copied()
        {
            workspace.columns = {{{ColumnKind::Metric, "loss"}, 0}, {{ColumnKind::Param, "text"}, 0}};
            ArrangeRequest request;
            request.table = table();
            for (const auto& view : workspace.columns)
                request.columns.push_back(view.column);
            model.setArrangement(*arrangeRuns(request), workspace);
        }
        QStringList lines(std::size_t run, CopyFormat format)
        {
            return copyRuns(model, {model.rowOf(toldId(run))}, format).split(QLatin1Char('\n'));
        }
        RunsModel model;
        Workspace workspace;
    };
    static void ready(RunsPageFixture& fixture)
    {
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(fixture.runs->settled() && !fixture.workspace().columns.empty());
    }
    static QString clipboard() { return QGuiApplication::clipboard()->text(); }

private slots:
    void tabsAndLinesStayOneCell()
    {
        Copied copied;
        QCOMPARE(copied.lines(0, CopyFormat::Tsv)[0], QStringLiteral("Name\tStatus\tloss\ttext"));
        QCOMPARE(copied.lines(0, CopyFormat::Tsv)[1], QStringLiteral("a,b\tFinished\t0.1\ttab here"));
        QCOMPARE(copied.lines(1, CopyFormat::Tsv)[1], QStringLiteral("say \"hi\"\tFinished\tNaN\ttwo lines"));
        for (auto run : {0, 1, 2, 3}) {
            auto lines = copied.lines(static_cast<std::size_t>(run), CopyFormat::Tsv);
            QCOMPARE(lines.size(), 3); // head, row, and the end of the last line
            QCOMPARE(lines[1].count(u'\t'), 3);
            QVERIFY(!lines[1].contains(u'\r'));
        }
    }

    void csvQuotesWhatItMust()
    {
        Copied copied;
        QCOMPARE(copied.lines(0, CopyFormat::Csv)[1], QStringLiteral("\"a,b\",Finished,0.1,tab\there"));
        QVERIFY(copied.lines(1, CopyFormat::Csv)[1].startsWith(QStringLiteral("\"say \"\"hi\"\"\",")));
        QVERIFY(!copyRuns(copied.model, {copied.model.rowOf(toldId(2))}, CopyFormat::Csv)
                     .contains(QStringLiteral(",cr\r")));
    }

    void markdownEscapesItsBars()
    {
        Copied copied;
        QCOMPARE(copied.lines(2, CopyFormat::Markdown)[0], QStringLiteral("| Name | Status | loss | text |"));
        QCOMPARE(copied.lines(2, CopyFormat::Markdown)[1], QStringLiteral("| --- | --- | ---: | --- |"));
        QVERIFY(copied.lines(2, CopyFormat::Markdown)[2].startsWith(QStringLiteral("| pipe\\|d \\\\ |")));
        QCOMPARE(copied.lines(1, CopyFormat::Markdown).size(), 4);
    }

    void numbersKeepAllTheirDigits()
    {
        RunsModel model;
        Workspace workspace;
        workspace.columns = {{{ColumnKind::Metric, "x"}, 0}};
        ArrangeRequest request;
        request.table = tellRuns({{"a", 0, {{"x", 0.1 + 0.2}}}, {"b", 0, {{"x", 123456789.125}}}});
        request.columns = {{ColumnKind::Metric, "x"}};
        model.setArrangement(*arrangeRuns(request), workspace);
        auto text = copyRuns(model, {0, 1}, CopyFormat::Csv);
        QVERIFY2(text.contains(QStringLiteral("0.30000000000000004")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("123456789.125")), qPrintable(text));
    }

    void rowsAreCopiedInTheOrderShown()
    {
        RunsPageFixture fixture({.runs = 9});
        ready(fixture);
        auto& view = fixture.runs->table();
        view.clearSelection();
        for (auto row : {7, 2, 5})
            view.selectionModel()->select(fixture.model().index(row, 0),
                                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
        fixture.action("runs.copyIds")->trigger();
        QStringList wanted;
        for (auto row : {2, 5, 7})
            wanted << fixture.model().index(row, 0).data(RunsModel::RunIdRole).toString();
        QCOMPARE(clipboard().trimmed().split(QLatin1Char('\n')), wanted);
    }

    void aPinnedRunIsCopiedOnce()
    {
        RunsPageFixture fixture({.runs = 9});
        ready(fixture);
        fixture.runs->table().selectRow(4);
        fixture.action("runs.pin")->trigger();
        fixture.runs->table().selectAll();
        QCOMPARE(fixture.runs->table().selectedCount(), 10);
        QCOMPARE(fixture.runs->table().selectedRows().size(), std::size_t{9});
        fixture.action("runs.copy")->trigger();
        QCOMPARE(clipboard().count(u'\n'), 10);
    }

    void withoutASelectionTheCurrentRowIsCopied()
    {
        RunsPageFixture fixture({.runs = 9});
        ready(fixture);
        auto& view = fixture.runs->table();
        view.selectionModel()->setCurrentIndex(fixture.model().index(3, 3), QItemSelectionModel::Clear);
        fixture.action("runs.copyMarkdown")->trigger();
        QCOMPARE(clipboard().count(u'\n'), 3);
        QVERIFY(clipboard().contains(fixture.model().index(3, int(RunsColumnKind::Name)).data().toString()));
    }

    void aLargeCopyIsAJob()
    {
        RunsPageFixture fixture({.runs = 3000});
        ready(fixture);
        fixture.runs->table().selectAll();
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
        fixture.action("runs.copyCsv")->trigger();
        QCOMPARE(clipboard(), QStringLiteral("before")); // written when it is whole
        QTRY_COMPARE(clipboard().count(u'\n'), 3001);
    }

    void aLargeCopyCanBeStopped()
    {
        RunsPageFixture fixture({.runs = 3000});
        ready(fixture);
        auto request = copyRequest(fixture.model(), {0, 1, 2}, CopyFormat::Tsv);
        std::stop_source source;
        source.request_stop();
        auto text = copyRuns(request, Operation{source.get_token(), {}});
        QVERIFY(!text && text.error().code == ErrorCode::Cancelled);
    }

    void aCopyOutlivesTheSnapshotItIsOf()
    {
        RunsModel model;
        Workspace workspace;
        workspace.columns = {{{ColumnKind::Metric, "loss"}, 0}};
        auto arranged = [&](double value) {
            ArrangeRequest request;
            request.table = tellRuns({{"a", 0, {{"loss", value}}}});
            request.columns = {{ColumnKind::Metric, "loss"}};
            return *arrangeRuns(request);
        };
        model.setArrangement(arranged(1.25), workspace);
        auto request = copyRequest(model, {0}, CopyFormat::Csv);
        model.setArrangement(arranged(7), workspace);
        QVERIFY(copyRuns(request).value_or(QString()).contains(QStringLiteral("1.25")));
    }

    void pinningTogglesTogether()
    {
        Workspace workspace;
        workspace = withPinsToggled(workspace, {"a", "b", "a"});
        QCOMPARE(workspace.pinned, (std::vector<std::string>{"a", "b"}));
        workspace = withPinsToggled(workspace, {"b", "c"}); // one is not yet pinned: all are
        QCOMPARE(workspace.pinned, (std::vector<std::string>{"a", "b", "c"}));
        workspace = withPinsToggled(workspace, {"c", "a"});
        QCOMPARE(workspace.pinned, std::vector<std::string>{"b"});
        std::vector<std::string> many;
        for (int i = 0; i < 100'000; ++i)
            many.push_back(std::to_string(i));
        QCOMPARE(withPinsToggled(withPinsToggled(workspace, many), many).pinned,
                 std::vector<std::string>{"b"});
    }
};

QTEST_MAIN(RunsCopyTest)
#include "runs_copy_test.moc"
