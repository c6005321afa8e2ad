// Filters made by chance and torn by chance, for a bounded time: no crash, no hang, every problem inside its
// text, every mend a change, every tree the same after printing it. Usage: filter_fuzz [SECONDS [SEED]]
#include "core/query/complete.h"
#include "core/query/evaluate.h"
#include "core/query/order_by.h"
#include "core/query/print.h"
#include "core/query/tokens.h"
#include "tests/query/sample_runs.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

using namespace sextant;
using Clock = std::chrono::steady_clock;

namespace {

[[noreturn]] void broken(const char* what, const std::string& text)
{
    std::printf("BROKEN: %s\n", what);
    for (unsigned char c : text.substr(0, 2000))
        c >= 32 && c < 127 ? std::printf("%c", c) : std::printf("\\x%02x", c);
    std::printf("\n");
    std::exit(1);
}

class Maker
{
public:
    explicit Maker(std::uint64_t seed) : m_random(seed) {}

    std::size_t below(std::size_t count) { return m_random() % count; }

    std::string text()
    {
        std::string made = condition(0);
        for (auto cuts = below(4) == 0 ? below(4) : 0; cuts > 0; --cuts)
            tear(made);
        return made;
    }

private:
    const char* word(std::initializer_list<const char*> words) { return words.begin()[below(words.size())]; }

    std::string field()
    {
        static constexpr auto keys = {"x",    "acc", "`val/loss`", "\"a b\"",  "'c d'", "größe",
                                      "a.b",  "in",  "`a\"b`",     "\"a`b\"",  "1a",    "lr",
                                      "\xFF", "a/b", "",           "optimizer"};
        if (below(3) == 0)
            return word({"status", "run_id", "start_time", "duration", "`run name`", "created",
                         "experiment_name", "foo", "name"});
        std::string path =
            std::string(word({"metrics", "params", "tags", "attributes", "dataset", "`params`", "Metrics"})) +
            "." + word(keys);
        return below(5) == 0
                   ? std::string(word({"num", "max", "min", "best", "last", "sum"})) + "(" + path + ")"
                   : path;
    }

    std::string value()
    {
        return word({"'x'",
                     "\"x\"",
                     "1",
                     "-.5",
                     "1e5",
                     "1e+5",
                     "'it''s'",
                     "'a\\'b'",
                     "'\\'",
                     "('a', 'b')",
                     "('a\\'', \"\\x41\",)",
                     "(1, 2)",
                     "'2025-11-01'",
                     "'7d ago'",
                     "'2h'",
                     "NULL",
                     "nan",
                     "x",
                     "''",
                     "'%_'",
                     "'(a|b)*c'",
                     "'ω\n'",
                     "1e999",
                     "'[[:alpha:]'"});
    }

    std::string clause()
    {
        if (below(12) == 0)
            return word({"adam", "'free text'", "\"both 'kinds'\"", "4f1c", "12"});
        return field() + " " +
               word({"=", "!=", "<", "<=", ">", ">=", "LIKE", "NOT LIKE", "ILIKE", "RLIKE", "IN", "NOT IN",
                     "==", "IS NULL AND params.x =", "IS NOT NULL OR tags.a ="}) +
               " " + value();
    }

    std::string condition(int depth)
    {
        switch (depth > 4 ? 0 : below(8)) {
        case 0:
        case 1:
        case 2:
            return clause();
        case 3:
            return "NOT " + condition(depth + 1);
        case 4:
            return "(" + condition(depth + 1) + ")";
        case 5:
            return condition(depth + 1) + " OR " + condition(depth + 1);
        default:
            return condition(depth + 1) + " AND " + condition(depth + 1);
        }
    }

    void tear(std::string& text)
    {
        static constexpr std::string_view bytes = "'\"`() =<>!.,;-#\\a1\n\xC3\xFF&|%";
        auto at = below(text.size() + 1);
        switch (below(5)) {
        case 0:
            text.erase(at, below(4));
            break;
        case 1:
            text.insert(at, 1, bytes[below(bytes.size())]);
            break;
        case 2:
            text = text.substr(at) + text.substr(0, at);
            break;
        case 3:
            text.insert(at, text.substr(below(text.size() + 1), below(30)));
            break;
        default:
            text.resize(at);
        }
    }

    std::mt19937_64 m_random;
};

constexpr FilterTarget kTargets[] = {FilterTarget::Runs, FilterTarget::Experiments,
                                     FilterTarget::RegisteredModels, FilterTarget::ModelVersions,
                                     FilterTarget::LoggedModels};

void checkProblem(const std::string& text, const Problem& problem)
{
    const auto& error = problem.error;
    if (!error.range || error.range->begin + error.range->length > text.size())
        broken("problem outside of the text", text);
    if (error.message.empty() || error.hint.empty() || error.code != ErrorCode::Syntax)
        broken("problem without words", text);
    if (problem.fix && (problem.fix->range.begin + problem.fix->range.length > text.size() ||
                        applied(text, *problem.fix) == text))
        broken("mend that changes nothing", text);
}

MetricSummaries allSummaries(const Filter& filter)
{
    MetricSummaries summaries;
    for (const auto& key : filter.historyMetrics())
        summaries[key] = {{"aa01", 0, 1, 0, 1, 2}};
    return summaries;
}

/// print() can write all texts for IN, and for = where a list of one says the same, but not for the others.
bool isPrintable(const Condition& condition, FilterTarget target)
{
    auto printable = [&](const ConditionPtr& part) { return isPrintable(*part, target); };
    if (auto all = std::get_if<And>(&condition.node))
        return std::ranges::all_of(all->parts, printable);
    if (auto any = std::get_if<Or>(&condition.node))
        return std::ranges::all_of(any->parts, printable);
    if (auto denied = std::get_if<Not>(&condition.node))
        return printable(denied->part);
    const auto& compare = std::get<Compare>(condition.node);
    bool listOfOne = compare.field.kind != FieldKind::Dataset && target != FilterTarget::LoggedModels;
    bool escapes = (compare.comparison <= Comparison::NotEqual && listOfOne) ||
                   compare.comparison == Comparison::In || compare.comparison == Comparison::NotIn;
    auto text = compare.values.empty() ? nullptr : std::get_if<std::string>(&compare.values.front());
    return escapes || !text || quoteText(*text);
}

void checkFilter(const std::string& text, const Filter& filter, const RunTable& table)
{
    if (!filter.root() || !isPrintable(*filter.root(), filter.target()))
        return;
    auto printed = print(*filter.root());
    auto again = Filter::parse(printed, filter.target(), 0);
    if (!again || !again->root() || !sameMeaning(*filter.root(), *again->root()))
        broken(("printed tree differs: " + printed).c_str(), text);
    if (filter.target() != FilterTarget::Runs)
        return;
    auto rows = selectRows(table, filter, allSummaries(filter));
    auto same = selectRows(table, *again, allSummaries(*again));
    if (!rows || !same || *rows != *same)
        broken("printed tree selects others", text);
    if (!filter.historyMetrics().empty())
        return;
    static const auto runs = sampleRuns();
    static const auto experiments = sampleExperiments();
    for (RowIndex row = 0; row < runs.size(); ++row) {
        const auto& experiment = experiments[runs[row].info.experimentId == "2" ? 1 : 0];
        bool selected = std::ranges::binary_search(*rows, row);
        if (selected != matches(filter, *fieldsOf(runs[row], &experiment)))
            broken("table and single run differ", text);
    }
}

void check(const std::string& text, FilterTarget target, std::size_t cursor, const RunTable& table)
{
    std::size_t end = 0;
    for (auto token : syntaxTokens(text, target)) {
        if (token.range.begin < end || token.range.length == 0)
            broken("colours overlap", text);
        end = token.range.begin + token.range.length;
    }
    if (end > text.size())
        broken("colours outside of the text", text);
    for (const auto& completion : complete(text, cursor, target, &table))
        if (completion.replace.begin + completion.replace.length > text.size())
            broken("completion outside of the text", text);
    auto problem = Filter::explain(text, target);
    auto filter = Filter::parse(text, target, 0);
    if (problem.has_value() == filter.has_value())
        broken("explain and parse differ", text);
    if (problem)
        checkProblem(text, *problem);
    else
        checkFilter(text, *filter, table);
    if (auto wrong = explainOrderBy(text, target))
        checkProblem(text, *wrong);
    repair(text, target);
}

/// Of the processor: other programs must not count.
double secondsOf(const std::string& text, const RunTable& table)
{
    auto start = std::clock();
    check(text, FilterTarget::Runs, text.size() / 2, table);
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// Four times the text must not take sixteen times as long; what takes no time at all is not compared.
void checkGrowth(const char* unit, const RunTable& table)
{
    std::string small;
    while (small.size() < 250'000)
        small += unit;
    std::string large = small + small + small + small;
    auto before = secondsOf(small, table);
    auto after = secondsOf(large, table);
    std::printf("%8zu bytes of %-28.28s %.3f s\n", large.size(), unit, after);
    if (after > 1 && after > before * 10)
        broken("time grows faster than the text", unit);
}

} // namespace

int main(int argc, char** argv)
{
    auto seconds = argc > 1 ? std::atof(argv[1]) : 5.0;
    Maker maker(argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1);
    auto table = sampleTable();
    for (auto unit : {"(",
                      "NOT ",
                      "metrics.x > 1 AND ",
                      "metrics.x > 1 OR ",
                      "'",
                      "\"",
                      "`",
                      "a",
                      ".",
                      "a.",
                      "''",
                      "\\'",
                      "'a' ",
                      "params.`a` = 'x' AND ",
                      "run_id IN ('a', ",
                      "1",
                      "- ",
                      "<",
                      "\xFF",
                      "ω",
                      "params.a = 'x' ",
                      ",",
                      "a b ",
                      "-a",
                      "`a`.",
                      "\"a\".",
                      "'\\",
                      "e1e",
                      "num("})
        checkGrowth(unit, *table);
    auto until = Clock::now() + std::chrono::duration<double>(seconds);
    std::size_t count = 0;
    for (; Clock::now() < until; ++count) {
        auto text = maker.text();
        check(text, kTargets[maker.below(8) % 5], maker.below(text.size() + 1), *table);
    }
    std::printf("%zu filters, nothing broken\n", count);
}
