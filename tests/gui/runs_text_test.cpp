// How numbers, times and texts of the Runs pages are written, and what the actions do to a workspace.
#include "core/query/filter.h"
#include "tests/gui/runs_data.h"
#include "ui/charts/run_colors.h"
#include "ui/widgets/sparkline.h"
#include "ui/shell/workspace_edits.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QTest>

#include <set>

using namespace sextant;

class RunsTextTest : public QObject
{
    Q_OBJECT

private slots:
    void columnsHaveOneNumberOfDecimals_data()
    {
        QTest::addColumn<QList<double>>("values");
        QTest::addColumn<QStringList>("texts");
        QTest::newRow("losses") << QList<double>{2.91372, 2.86711, 3.0}
                                << QStringList{"2.9137", "2.8671", "3.0000"};
        QTest::newRow("counts") << QList<double>{411927, 50, 1000} << QStringList{"411,927", "50", "1,000"};
        QTest::newRow("percent") << QList<double>{18.42, 17.66} << QStringList{"18.42", "17.66"};
        QTest::newRow("tiny") << QList<double>{1.5e-7, 2.25e-7} << QStringList{"1.500e−07", "2.250e−07"};
        QTest::newRow("negative") << QList<double>{-0.5, -0.25} << QStringList{"−0.50", "−0.25"};
        QTest::newRow("close") << QList<double>{100.00012, 100.00034}
                               << QStringList{"100.00012", "100.00034"};
        QTest::newRow("none") << QList<double>{std::nan("")} << QStringList{"NaN"};
    }
    void columnsHaveOneNumberOfDecimals()
    {
        QFETCH(QList<double>, values);
        QFETCH(QStringList, texts);
        auto format = chooseFormat({values.constData(), static_cast<std::size_t>(values.size())});
        for (qsizetype i = 0; i < values.size(); ++i)
            QCOMPARE(formatNumber(values[i], format), texts[i]);
    }

    void notANumberIsSaidInWords()
    {
        NumberFormat format;
        QCOMPARE(formatNumber(kMissing, format), QStringLiteral("—"));
        QCOMPARE(formatNumber(std::nan(""), format), QStringLiteral("NaN"));
        QCOMPARE(formatNumber(HUGE_VAL, format), QStringLiteral("∞"));
        QCOMPARE(formatNumber(-HUGE_VAL, format), QStringLiteral("−∞"));
        QCOMPARE(formatNumber(0.0, format), QStringLiteral("0.0000"));
        QCOMPARE(formatNumber(-0.0, format), QStringLiteral("0.0000"));
        QCOMPARE(formatNumber(1e-9, format), QStringLiteral("1.00e−09")); // not nought
        QVERIFY(!formatNumber(1e300, format).isEmpty());
    }

    void differencesHaveASign()
    {
        QCOMPARE(formatDifference(0.0124, {}), QStringLiteral("+0.0124"));
        QCOMPARE(formatDifference(-0.0448, {}), QStringLiteral("−0.0448"));
        QCOMPARE(formatDifference(0, {}), QStringLiteral("= 0"));
    }

    void durationsAndSizes()
    {
        QCOMPARE(formatDuration(0, (5 * 3600 + 41 * 60 + 8) * 1000, DurationDetail::Full),
                 QStringLiteral("5h 41m 08s"));
        QCOMPARE(formatDuration(0, (5 * 3600 + 41 * 60 + 8) * 1000, DurationDetail::Short),
                 QStringLiteral("5h 41m"));
        QCOMPARE(formatDuration(0, 90'000, DurationDetail::Short), QStringLiteral("1m 30s"));
        QCOMPARE(formatDuration(0, 250, DurationDetail::Short), QStringLiteral("0.25s"));
        QCOMPARE(formatDuration(5, kNoTime, DurationDetail::Short), QStringLiteral("—"));
        QCOMPARE(formatSize(1), QStringLiteral("1 byte"));
        QCOMPARE(formatSize(999), QStringLiteral("999 bytes"));
        QCOMPARE(formatSize(1'400'000'000), QStringLiteral("1.4 GB"));
        QCOMPARE(formatSize(184'000), QStringLiteral("184 KB"));
    }

    void relativeTimes()
    {
        EpochMs now = 1'763'000'000'000;
        QCOMPARE(formatRelativeTime(now - 5'000, now), QStringLiteral("just now"));
        QCOMPARE(formatRelativeTime(now - 3'600'000, now), QStringLiteral("1 hour ago"));
        QCOMPARE(formatRelativeTime(now - 7'200'000, now), QStringLiteral("2 hours ago"));
        QCOMPARE(formatRelativeTime(kNoTime, now), QStringLiteral("—"));
    }

    void coloursAreStable()
    {
        auto id = std::string("4f1c9e07b2d84ac6a1530f77c2be9d18");
        QCOMPARE(runColor(id, {}), runColor(id, {}));
        QCOMPARE(runColor(id, {{id, 7}}), 7);
        QCOMPARE(runColor(id, {{id, -3}}), 7);
        std::vector<std::string> runs;
        for (std::size_t i = 0; i < 30; ++i)
            runs.push_back(test::runIdOf(1000 + 7 * i));
        auto dashes = runDashes(runs, {});
        std::set<std::pair<int, int>> looks; // colour and dash together tell forty runs apart at best
        for (std::size_t i = 0; i < 10; ++i)
            looks.emplace(runColor(runs[i], {}), runDashes({runs.begin(), runs.begin() + 10}, {})[i]);
        QCOMPARE(looks.size(), std::size_t{10});
        auto reversed = std::vector(runs.rbegin(), runs.rend());
        auto backwards = runDashes(reversed, {});
        QCOMPARE(backwards.front(), dashes.back()); // the order of the table does not matter
    }

    void sortClicks()
    {
        ColumnRef loss{ColumnKind::Metric, "loss"}, start{ColumnKind::Attribute, "start_time"};
        auto sorted = withSortClick({}, loss, false, false);
        QCOMPARE(sorted.order.size(), std::size_t{1});
        QVERIFY(sorted.order[0].ascending);
        sorted = withSortClick(sorted, loss, false, false);
        QVERIFY(!sorted.order[0].ascending);
        sorted = withSortClick(sorted, start, false, true);
        QCOMPARE(sorted.order.size(), std::size_t{2});
        QVERIFY(!sorted.order[1].ascending); // times begin with the newest
        sorted = withSortClick(sorted, loss, false, false);
        QCOMPARE(sorted.order.size(), std::size_t{1});
    }

    void cellsBecomeClauses()
    {
        QCOMPARE(withClause("", {FieldKind::Metric, "val/loss", 0.5, false}),
                 std::string("metrics.`val/loss` = 0.5"));
        auto text = withClause("a = 'x' OR a = 'y'", {FieldKind::Param, "model", std::string("it's"), true});
        QVERIFY(text.find("AND params.model") != std::string::npos);
        auto hostile = withClause("", {FieldKind::Tag, "k", std::string("' OR 1=1 --\" "), false});
        auto parsed = Filter::parse(hostile, FilterTarget::Runs);
        QVERIFY(parsed.has_value());
        QVERIFY(std::holds_alternative<Compare>(parsed->root()->node));
        QCOMPARE(withClause("", {FieldKind::Tag, "k", {}, true}), std::string("tags.k IS NOT NULL"));
    }

    void sparklinesKeepTheExtremes()
    {
        History history;
        std::vector<double> values(10'000, 1.0);
        std::vector<std::int64_t> steps(values.size());
        for (std::size_t i = 0; i < steps.size(); ++i)
            steps[i] = static_cast<std::int64_t>(i);
        values[5'000] = 9;
        values[7'001] = -3;
        values[2] = std::nan("");
        history.values = FrozenArray<double>(values);
        history.steps = FrozenArray<std::int64_t>(steps);
        history.timestamps = FrozenArray<EpochMs>(std::vector<EpochMs>(values.size()));
        auto facts = factsOf(history);
        QCOMPARE(facts.lowest, -3.0);
        QCOMPARE(facts.highest, 9.0);
        QCOMPARE(facts.last, 1.0);
        QVERIFY(std::find(facts.line.values.begin(), facts.line.values.end(), 9.F) !=
                facts.line.values.end());
        QVERIFY(facts.line.values.size() <= 2 * Sparkline::kSlots);
    }
};

QTEST_GUILESS_MAIN(RunsTextTest)
#include "runs_text_test.moc"
