// What the editor of filters shows: colours, completions, mends. Half-typed text is the normal case.
#include "core/query/complete.h"
#include "core/query/fuzzy.h"
#include "core/query/tokens.h"
#include "sample_runs.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace sextant {
namespace {

constexpr auto kRuns = FilterTarget::Runs;

/// One letter for each kind: f field, u function, o operator, s string, n number, k keyword, . other, !
/// error.
std::string colors(const std::string& text, FilterTarget target = kRuns)
{
    std::string letters;
    for (auto token : syntaxTokens(text, target))
        letters += "fuosnk.!"[static_cast<int>(token.kind)];
    return letters;
}

TEST(SyntaxTokens, ColoursOfWholeFilters)
{
    EXPECT_EQ(colors("tags.phase = 'ablation' AND metrics.`val/loss` < 3.5"), "foskfon");
    EXPECT_EQ(colors("NOT (num(params.lr) >= 0.1 or status in ('A', \"B\"))"), "k.u.f.onkfk.s.s..");
    EXPECT_EQ(colors("params.a IS NOT NULL"), "fkkk");
    EXPECT_EQ(colors("adam AND 'large'"), ".ks");
    EXPECT_EQ(colors("\"Run Name\" = \"x\""), "fos");
    EXPECT_EQ(colors("name = 'x'", FilterTarget::Experiments), "fos");
}

TEST(SyntaxTokens, HalfTypedTextIsColouredToo)
{
    EXPECT_EQ(colors("params.optimizer = 'ad"), "fos");
    EXPECT_EQ(colors("metrics.`val/lo"), "f");
    EXPECT_EQ(colors("stat"), ".");
    EXPECT_EQ(colors("metrics.x >"), "fo");
    EXPECT_EQ(colors("metrics.x > 1e+5"), "fo!");
    EXPECT_EQ(colors("metrics.x == 1 ; foo > 2"), "f!n!!on");
    EXPECT_EQ(colors("metrics.a/b < 1"), "!on");
    EXPECT_EQ(colors(""), "");
}

TEST(SyntaxTokens, RangesAscendAndStayInside)
{
    std::string text = "größe = 'ω' \xFF AND (";
    std::size_t end = 0;
    for (auto token : syntaxTokens(text, kRuns)) {
        EXPECT_GE(token.range.begin, end);
        EXPECT_GT(token.range.length, 0u);
        end = token.range.begin + token.range.length;
    }
    EXPECT_LE(end, text.size());
}

/// The completions where | stands, as texts.
std::vector<std::string> offered(std::string text, FilterTarget target = kRuns, std::size_t limit = 50)
{
    auto cursor = text.find('|');
    text.erase(cursor, 1);
    std::vector<std::string> texts;
    for (const auto& completion : complete(text, cursor, target, sampleTable().get(), limit))
        texts.push_back(completion.text);
    return texts;
}

/// The text after the first completion was taken.
std::string taken(std::string text, FilterTarget target = kRuns)
{
    auto cursor = text.find('|');
    text.erase(cursor, 1);
    auto completions = complete(text, cursor, target, sampleTable().get(), 1);
    if (completions.empty())
        return "nothing";
    return applied(text, {completions.front().replace, completions.front().text});
}

bool has(const std::vector<std::string>& list, const std::string& text)
{
    return std::ranges::find(list, text) != list.end();
}

TEST(Complete, KeysAreFoundByAnyPart)
{
    EXPECT_EQ(taken("params.op|"), "params.optimizer");
    EXPECT_EQ(taken("param.op|"), "param.optimizer");
    EXPECT_EQ(taken("metrics.lo|"), "metrics.loss");
    EXPECT_EQ(taken("metrics.vl|"), "metrics.`val/loss`");
    EXPECT_EQ(taken("metrics.`val|"), "metrics.`val/loss`");
    EXPECT_EQ(taken("optim|"), "params.optimizer");
    EXPECT_EQ(taken("stat|"), "status");
    EXPECT_EQ(taken("metrics.acc > 0.9 AND params.l|"), "metrics.acc > 0.9 AND params.lr");
    EXPECT_EQ(taken("num(params.l|"), "num(params.lr");
    EXPECT_EQ(taken("max(ac|"), "max(metrics.acc");
    EXPECT_EQ(taken("dataset.di|"), "dataset.digest");
    EXPECT_EQ(taken("me|trics.acc > 1"), "metrics. > 1");
    EXPECT_TRUE(offered("params.zzz|").empty());
}

TEST(Complete, CountsAndMatchedPartsAreTold)
{
    auto table = sampleTable();
    auto completion = complete("params.opt", 10, kRuns, table.get()).front();
    EXPECT_EQ(completion.type, "text");
    EXPECT_EQ(completion.detail, "4 runs, 4 values");
    EXPECT_EQ(completion.kind, CompletionKind::Param);
    EXPECT_EQ(completion.matched, (std::vector<TextRange>{{7, 3}}));
    completion = complete("metrics.loss", 12, kRuns, table.get())[1];
    EXPECT_EQ(completion.text, "metrics.`val/loss`");
    EXPECT_EQ(completion.detail, "1 run");
    EXPECT_EQ(completion.matched, (std::vector<TextRange>{{13, 4}}));
}

TEST(Complete, OperatorsFitTheField)
{
    EXPECT_TRUE(has(offered("metrics.acc |"), ">="));
    EXPECT_FALSE(has(offered("metrics.acc |"), "LIKE"));
    EXPECT_TRUE(has(offered("params.lr |"), "LIKE"));
    EXPECT_FALSE(has(offered("params.lr |"), ">"));
    EXPECT_TRUE(has(offered("num(params.lr) |"), ">"));
    EXPECT_EQ(offered("params.lr NOT |").front(), "IN");
    EXPECT_EQ(taken("params.lr l|"), "params.lr LIKE");
    EXPECT_EQ(offered("params.lr IS |"), (std::vector<std::string>{"NULL", "NOT NULL"}));
    EXPECT_EQ(offered("status = 'A' |"), (std::vector<std::string>{"AND", "OR"}));
    EXPECT_TRUE(has(offered("(status = 'A' |"), ")"));
    EXPECT_EQ(offered("adam |"), (std::vector<std::string>{"AND", "OR"}));
}

TEST(Complete, ValuesComeWithQuotes)
{
    EXPECT_EQ(taken("status = |"), "status = 'FINISHED'");
    EXPECT_EQ(taken("status = 'ru|"), "status = 'RUNNING'");
    EXPECT_EQ(taken("status = 'ru| AND metrics.acc > 1"), "status = 'RUNNING' AND metrics.acc > 1");
    EXPECT_EQ(taken("params.optimizer != sg|"), "params.optimizer != 'sgd'");
    EXPECT_EQ(taken("params.optimizer IN ('adam', 's|"), "params.optimizer IN ('adam', 'sgd'");
    EXPECT_EQ(taken("dataset.name = 'ev|"), "dataset.name = 'Eval Set'");
    EXPECT_EQ(taken("experiment_name = gro|"), "experiment_name = 'Große Suche'");
    EXPECT_EQ(taken("start_time > |"), "start_time > '1d ago'");
    EXPECT_TRUE(offered("metrics.acc > |").empty());
    EXPECT_EQ(taken("current_stage = |", FilterTarget::ModelVersions), "current_stage = 'Production'");
    auto counts = complete("user_id = ", 10, kRuns, sampleTable().get());
    EXPECT_EQ(counts.front().detail, "3 runs");
}

TEST(Complete, WorksWithoutTableAndAtOddPlaces)
{
    EXPECT_FALSE(complete("", 0, kRuns, nullptr).empty());
    EXPECT_FALSE(complete("na", 2, FilterTarget::RegisteredModels, nullptr).empty());
    for (auto target : {kRuns, FilterTarget::Experiments, FilterTarget::LoggedModels})
        for (std::string text : {"params.", "params.a = '", ")(", "NOT NOT ", "IS NULL", "'", "a b c d",
                                 "num(", "max(metrics.x", "= =", "\xFF"})
            for (std::size_t cursor = 0; cursor <= text.size() + 1; ++cursor)
                for (const auto& completion : complete(text, cursor, target, sampleTable().get()))
                    EXPECT_LE(completion.replace.begin + completion.replace.length, text.size()) << text;
}

TEST(Complete, TheLimitHolds)
{
    EXPECT_EQ(offered("|", kRuns, 3).size(), 3u);
}

TEST(FuzzyMatch, PrefersBeginningsAndClosePairs)
{
    auto score = [](std::string_view name, std::string_view pattern) {
        auto match = fuzzyMatch(name, pattern);
        return match ? match->score : -1'000'000;
    };
    EXPECT_GT(score("weight_decay", "we"), score("loss_weights", "we"));
    EXPECT_GT(score("loss_weights", "we"), score("warmup_epochs", "we"));
    EXPECT_GT(score("warmup_epochs", "we"), score("power", "we"));
    EXPECT_FALSE(fuzzyMatch("abc", "cb"));
    EXPECT_TRUE(fuzzyMatch("abc", ""));
    EXPECT_EQ(fuzzyMatch("Val/Loss", "vl")->parts, (std::vector<TextRange>{{0, 1}, {4, 1}}));
}

TEST(Repair, OffersTheMendedFilter)
{
    auto mended = repair("tags.phase = 'ablation' AND params.lr > 0.001", kRuns);
    ASSERT_TRUE(mended);
    EXPECT_EQ(mended->text, "tags.phase = 'ablation' AND num(params.lr) > 0.001");
    EXPECT_EQ(mended->shown, "num(params.lr) > 0.001");
    EXPECT_EQ(mended->note, "Evaluated in Sextant, not in the store");
    mended = repair("metrics.val/loss < 3", kRuns);
    ASSERT_TRUE(mended);
    EXPECT_EQ(mended->shown, "metrics.`val/loss` < 3");
    EXPECT_EQ(mended->note, "");
    mended = repair("params.a = 'x' params.b = 'y'", kRuns);
    ASSERT_TRUE(mended);
    EXPECT_EQ(mended->shown, "params.a = 'x' AND params.b =");
    EXPECT_FALSE(repair("params.a = 'x'", kRuns));
    EXPECT_FALSE(repair("metrics.x >", kRuns));
}

} // namespace
} // namespace sextant
