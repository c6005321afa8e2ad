// The matrix of differences as a model: what its cells say, in words and in colours, and what leaves it as
// text.
#include "tests/gui/compare_diff_fixture.h"
#include "ui/compare/diff_copy.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

namespace {

std::vector<RunLook> looksOf(const RunTable& table, bool chosen)
{
    std::vector<RunLook> looks;
    for (RowIndex row = 0; row < table.size(); ++row) {
        RunLook look;
        look.runId = table.runId(row);
        look.row = row;
        look.name = QString::fromUtf8(table.name(row).data(), static_cast<qsizetype>(table.name(row).size()));
        look.baseline = chosen && row == 0;
        looks.push_back(look);
    }
    return looks;
}

DiffContentPtr contentOf(const RunTablePtr& table, const DiffSettings& settings)
{
    auto content = makeDiffContent({table, table->allRows(), settings, nullptr}, {});
    return content ? *content : nullptr;
}

struct ShownModel
{
    explicit ShownModel(DiffSettings settings = {}, std::map<std::string, int> directions = {},
                        RunTablePtr runs = makeDiffRuns())
        : table(std::move(runs))
    {
        model.show(contentOf(table, settings), looksOf(*table, true), std::move(directions), settings);
    }
    int rowOf(const QString& field) const
    {
        for (int row = 0; row < model.rowCount(); ++row)
            if (!model.head(row) && model.index(row, 0).data().toString() == field)
                return row;
        return -1;
    }
    DiffCell cell(const QString& field, int run) const
    {
        return model.cell(rowOf(field), DiffModel::FirstRun + run);
    }
    QString tip(const QString& field, int run) const
    {
        return model.index(rowOf(field), DiffModel::FirstRun + run).data(Qt::ToolTipRole).toString();
    }

    RunTablePtr table;
    DiffModel model;
};

DiffSettings everything()
{
    DiffSettings settings;
    settings.onlyDifferences = false;
    return settings;
}

} // namespace

class CompareDiffModelTest : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheRulesOfModels()
    {
        DiffModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.columnCount(), int(DiffModel::FirstRun));
        auto table = makeDiffRuns();
        DiffSettings settings;
        model.show(contentOf(table, settings), looksOf(*table, true), {}, settings);
        settings.folded = {DifferenceSection::Metrics};
        model.fold(settings);
        model.dress(looksOf(*table, false), {{"val/loss", -1}}, settings);
        model.show(contentOf(table, everything()), looksOf(*table, true), {}, everything());
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void sectionsCountAndHideConstants()
    {
        ShownModel shown;
        const auto& content = *shown.model.content();
        QCOMPARE(content.sections.size(), std::size_t{4});
        QCOMPARE(content.sections[0].count.differ, std::size_t{2});
        QCOMPARE(content.sections[0].count.constant, std::size_t{1});
        QCOMPARE(DiffModel::sectionTitle(content.sections[2].section), QStringLiteral("Code and data"));
        QCOMPARE(content.hidden, content.count.constant);
        QCOMPARE(shown.rowOf(QStringLiteral("sys/gpus")), -1);
        QCOMPARE(shown.rowOf(QStringLiteral("layers")), -1);
        ShownModel all(everything());
        QVERIFY(all.rowOf(QStringLiteral("layers")) > 0);
        QCOMPARE(all.model.content()->hidden, std::size_t{0});
        auto head = all.model.index(0, 0);
        QVERIFY(all.model.head(0));
        QCOMPARE(head.data().toString(), QStringLiteral("Metrics"));
        QCOMPARE(head.data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Metrics, 2 differ, 1 constant, open"));
    }

    void missingEmptyAndNotANumberAreDifferentWords()
    {
        ShownModel shown;
        QCOMPARE(shown.cell(QStringLiteral("momentum"), 0).text, QString(QChar(0x2014)));
        QVERIFY(shown.cell(QStringLiteral("momentum"), 0).kind == DiffCell::Kind::Missing);
        QCOMPARE(shown.cell(QStringLiteral("momentum"), 2).text, QStringLiteral("empty"));
        QVERIFY(shown.cell(QStringLiteral("momentum"), 2).kind == DiffCell::Kind::Empty);
        QVERIFY(shown.cell(QStringLiteral("momentum"), 2).differs);
        QVERIFY(!shown.cell(QStringLiteral("momentum"), 1).differs);
        QCOMPARE(shown.cell(QStringLiteral("val/loss"), 3).text, QStringLiteral("NaN"));
        QVERIFY(shown.cell(QStringLiteral("val/loss"), 3).kind == DiffCell::Kind::NotFinite);
        QCOMPARE(shown.cell(QStringLiteral("val/loss"), 3).change, 0.0);
        QVERIFY(shown.tip(QStringLiteral("momentum"), 0).contains(QStringLiteral("Not logged")));
        QVERIFY(shown.tip(QStringLiteral("momentum"), 2).contains(QStringLiteral("Logged, but empty")));
    }

    void numbersShareTheirDecimalsAndSayHowTheyDiffer()
    {
        ShownModel shown;
        auto greatest = shown.cell(QStringLiteral("val/loss"), 2),
             small = shown.cell(QStringLiteral("val/loss"), 1);
        QCOMPARE(greatest.text, QStringLiteral("2.8689"));
        QCOMPARE(small.text, QStringLiteral("2.9151"));
        QCOMPARE(greatest.change, -1.0);
        QVERIFY(small.change > 0 && small.change < 0.05);
        QVERIFY(greatest.verdict == Verdict::Neutral);
        auto tip = shown.tip(QStringLiteral("val/loss"), 2);
        QVERIFY2(tip.contains(QStringLiteral("▼ −0.0448 (−1.5 %) from the baseline")), qPrintable(tip));
        QVERIFY(!tip.contains(QStringLiteral("better")));
        QCOMPARE(shown.cell(QStringLiteral("val/loss"), 0).change, 0.0);
        QVERIFY(shown.tip(QStringLiteral("val/loss"), 0).contains(QStringLiteral("The baseline")));
    }

    void aDirectionMakesAVerdict()
    {
        ShownModel shown({}, {{"val/loss", -1}, {"val/acc", 1}});
        QVERIFY(shown.cell(QStringLiteral("val/loss"), 2).verdict == Verdict::Better);
        QVERIFY(shown.cell(QStringLiteral("val/loss"), 1).verdict == Verdict::Worse);
        QVERIFY(shown.cell(QStringLiteral("val/acc"), 2).verdict == Verdict::Better);
        QVERIFY(shown.tip(QStringLiteral("val/loss"), 1).contains(QStringLiteral("worse")));
        QCOMPARE(shown.model.direction(shown.rowOf(QStringLiteral("val/acc"))), 1);
        auto field =
            shown.model.index(shown.rowOf(QStringLiteral("val/loss")), 0).data(Qt::ToolTipRole).toString();
        QVERIFY(field.contains(QStringLiteral("Lower is better")));
    }

    void oneNumberInTwoSpellingsIsNoDifference()
    {
        ShownModel shown;
        auto cell = shown.cell(QStringLiteral("lr"), 1);
        QCOMPARE(cell.text, QStringLiteral("0.10"));
        QVERIFY(!cell.differs);
        QVERIFY(shown.tip(QStringLiteral("lr"), 1).contains(QStringLiteral("written differently")));
        QVERIFY(shown.cell(QStringLiteral("lr"), 2).differs);
    }

    void idsAreShortButWholeInTipAndCopy()
    {
        ShownModel shown;
        auto cell = shown.cell(QStringLiteral("git commit"), 2);
        QCOMPARE(cell.text, QStringLiteral("41d7f02"));
        QVERIFY(cell.mono && cell.differs);
        QVERIFY(shown.tip(QStringLiteral("git commit"), 2).contains(QStringLiteral("41d7f02bbb")));
        QCOMPARE(shown.model.exactText(shown.rowOf(QStringLiteral("git commit")), DiffModel::FirstRun + 2),
                 QStringLiteral("41d7f02bbb"));
    }

    void markupStaysInert()
    {
        ShownModel shown;
        QVERIFY(shown.rowOf(QStringLiteral("<i>x</i>")) > 0);
        QVERIFY(shown.tip(QStringLiteral("<i>x</i>"), 0).contains(QStringLiteral("&lt;b&gt;1&lt;/b&gt;")));
        auto head =
            shown.model.headerData(DiffModel::FirstRun + 3, Qt::Horizontal, Qt::ToolTipRole).toString();
        QVERIFY(head.contains(QStringLiteral("&lt;b&gt;bold")));
    }

    void longValuesAreBounded()
    {
        RunTableBuilder builder;
        builder.setExperiments({Experiment{}});
        for (auto id : {"a", "b"})
            builder.addRun({id, id, "ada", ""});
        builder.setTag(0, "diff", std::string(100'000, 'x'));
        builder.setTag(1, "diff", std::string(100'000, 'y'));
        ShownModel shown({}, {}, builder.finish());
        QVERIFY(shown.cell(QStringLiteral("diff"), 1).text.size() <= 301);
        QVERIFY(shown.tip(QStringLiteral("diff"), 1).size() < 2000);
        QCOMPARE(shown.model.exactText(shown.rowOf(QStringLiteral("diff")), DiffModel::FirstRun).size(),
                 qsizetype{100'000});
    }

    void numbersCanBeShownAsDifferences()
    {
        auto settings = DiffSettings();
        settings.deltas = true;
        ShownModel shown(settings);
        QCOMPARE(shown.cell(QStringLiteral("val/loss"), 0).text, QStringLiteral("2.9137"));
        QCOMPARE(shown.cell(QStringLiteral("val/loss"), 2).text, QStringLiteral("−0.0448"));
        QCOMPARE(shown.cell(QStringLiteral("val/loss"), 3).text, QStringLiteral("NaN"));
        QCOMPARE(shown.cell(QStringLiteral("optimizer"), 2).text, QStringLiteral("muon"));
    }

    void kindsAndSearchChooseRows()
    {
        auto settings = DiffSettings();
        settings.kind = DiffKind::Data;
        ShownModel data(settings);
        QCOMPARE(data.model.content()->sections.size(), std::size_t{1});
        settings = {};
        settings.search = QStringLiteral("^VAL/");
        ShownModel found(settings);
        QCOMPARE(found.model.content()->count.differ, std::size_t{2});
        QCOMPARE(found.model.content()->count.constant, std::size_t{0});
        settings.search = QStringLiteral("source.git.commit"); // the key behind "git commit"
        ShownModel byKey(settings);
        QVERIFY(byKey.rowOf(QStringLiteral("git commit")) > 0);
        settings.search = QStringLiteral("(");
        auto wrong = makeDiffContent(
            {found.table, found.table->allRows(), settings, found.model.content()->matrix}, {});
        QVERIFY(!wrong && wrong.error().code == ErrorCode::InvalidArgument);
        QVERIFY(searchProblem(QStringLiteral("(")).startsWith(QStringLiteral("Not a regular expression")));
        QVERIFY(searchProblem(QStringLiteral("a.b")).isEmpty());
    }

    void variationOrKeyOrdersTheRows()
    {
        ShownModel varied;
        QVERIFY(varied.rowOf(QStringLiteral("optimizer")) < varied.rowOf(QStringLiteral("lr")));
        auto settings = DiffSettings();
        settings.order = DifferenceOrder::Key;
        ShownModel byKey(settings);
        QVERIFY(byKey.rowOf(QStringLiteral("lr")) < byKey.rowOf(QStringLiteral("optimizer")));
    }

    void differencesAreWalkedColumnByColumn()
    {
        ShownModel shown;
        auto& model = shown.model;
        QVector<QModelIndex> seen;
        for (auto place = model.nextDifference({}, 1); place.isValid() && seen.size() < 100;
             place = model.nextDifference(place, 1)) {
            QVERIFY(place.column() > DiffModel::FirstRun);
            QVERIFY(!model.head(place.row()));
            QVERIFY(model.cell(place.row(), place.column()).differs);
            seen.append(place);
        }
        auto differing = 0;
        for (int row = 0; row < model.rowCount(); ++row)
            for (int column = DiffModel::FirstRun + 1; !model.head(row) && column < model.columnCount();
                 ++column)
                differing += model.cell(row, column).differs;
        QCOMPARE(int(seen.size()), differing);
        for (auto place = seen.size() - 1; place > 0; --place)
            QCOMPARE(model.nextDifference(seen[place], -1), seen[place - 1]);
        QVERIFY(!model.nextDifference(seen.first(), -1).isValid());
    }

    void copiesKeepValuesWholeAndSafe()
    {
        ShownModel shown;
        auto copy = copyOf(shown.model);
        QCOMPARE(copy.columns.size(), std::size_t{4});
        auto csv = *diffText(copy, DiffTextFormat::Csv);
        QVERIFY(csv.startsWith(
            QStringLiteral("kind,field,adamw-lr1e-3-s1,adamw-lr2e-3-s1,muon-lr2e-3-s1,<b>bold</b> & co\n")));
        QVERIFY(csv.contains(QStringLiteral("metric,val/loss,2.9137,2.9151,2.8689,NaN\n")));
        QVERIFY(csv.contains(QStringLiteral("metric,val/acc,0.5,0.25,0.75,\n")));
        QVERIFY(csv.contains(QStringLiteral("\"first line\nsecond line\nthird\"")));
        auto tsv = *diffText(copy, DiffTextFormat::Tsv);
        QCOMPARE(tsv.count(QLatin1Char('\n')), int(copy.rows.size()) + 1);
        QVERIFY(tsv.contains(QStringLiteral("param\toptimizer\tadamw\tadamw\tmuon\tsgd\n")));
        auto markdown = *diffText(copy, DiffTextFormat::Markdown);
        QVERIFY(markdown.contains(QStringLiteral("| --- | --- | ---: |")));
        auto row = shown.rowOf(QStringLiteral("lr"));
        auto part = copyOf(shown.model, QItemSelection(shown.model.index(row, 3), shown.model.index(row, 4)));
        QCOMPARE(*diffText(part, DiffTextFormat::Tsv),
                 QStringLiteral("kind\tfield\tadamw-lr2e-3-s1\tmuon-lr2e-3-s1\nparam\tlr\t0.10\t0.2\n"));
        auto fieldOnly =
            copyOf(shown.model, QItemSelection(shown.model.index(row, 0), shown.model.index(row, 0)));
        QCOMPARE(fieldOnly.columns.size(), std::size_t{4});
        QVERIFY(diffText(copy, DiffTextFormat::Csv, {}).has_value());
    }

    void settingsSurviveSavingAndNonsense()
    {
        DiffSettings settings;
        settings.kind = DiffKind::Code;
        settings.search = QStringLiteral("lr|wd");
        settings.onlyDifferences = false;
        settings.order = DifferenceOrder::Key;
        settings.deltas = true;
        settings.folded = {DifferenceSection::Tags, DifferenceSection::Metrics};
        QVERIFY(diffSettingsFromJson(toJson(settings)) == settings);
        QVERIFY(diffSettingsFromJson({}) == DiffSettings());
        QJsonObject nonsense{{"kind", 7},
                             {"folded", "all"},
                             {"order", "up"},
                             {"search", QJsonArray()},
                             {"onlyDifferences", "no"}};
        QVERIFY(diffSettingsFromJson(nonsense) == DiffSettings());
    }

    void namesSplitIntoTwoLines()
    {
        using Split = std::pair<QString, QString>;
        QCOMPARE(DiffDelegate::splitName(QStringLiteral("adamw-lr6e-4-s1")),
                 Split(QStringLiteral("adamw"), QStringLiteral("lr6e-4-s1")));
        QCOMPARE(DiffDelegate::splitName(QStringLiteral("baseline")),
                 Split(QStringLiteral("baseline"), QString()));
        QCOMPARE(DiffDelegate::splitName(QStringLiteral("tree-")), Split(QStringLiteral("tree-"), QString()));
        QCOMPARE(DiffDelegate::splitName(QString()), Split(QString(), QString()));
    }

    void extremeNumbersStayOrdered()
    {
        RunTableBuilder builder;
        builder.setExperiments({Experiment{}});
        for (auto id : {"a", "b", "c", "d"})
            builder.addRun({id, id, "ada", ""});
        const double values[] = {-1e308, 1e308, HUGE_VAL, 1e-308};
        for (RowIndex row = 0; row < 4; ++row)
            builder.setMetric(row, "m", values[row]);
        ShownModel shown({}, {}, builder.finish());
        for (int run = 0; run < 4; ++run) {
            auto cell = shown.cell(QStringLiteral("m"), run);
            QVERIFY(std::isfinite(cell.change) && std::abs(cell.change) <= 1);
            QVERIFY(!shown.tip(QStringLiteral("m"), run).isEmpty());
        }
        QCOMPARE(shown.cell(QStringLiteral("m"), 2).text, QString(QChar(0x221E)));
        QVERIFY(shown.cell(QStringLiteral("m"), 1).differs);
    }
};

QTEST_MAIN(CompareDiffModelTest)
#include "compare_diff_model_test.moc"
