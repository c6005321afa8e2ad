#include "core/query/complete.h"

#include "core/query/fields.h"
#include "core/query/fuzzy.h"
#include "core/query/path.h"
#include "core/query/place.h"
#include "core/query/print.h"

#include <algorithm>
#include <tuple>

namespace sextant {

namespace {

struct Scored
{
    Completion completion;
    int score = 0;
    std::size_t count = 0; // runs, for equal scores
};

std::string grouped(std::size_t number)
{
    auto text = std::to_string(number);
    for (auto at = static_cast<int>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::string counted(std::size_t number, std::string_view noun)
{
    return grouped(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

class Completer
{
public:
    Completer(std::string_view text, std::size_t cursor, FilterTarget target, const RunTable* table)
        : m_text(text), m_cursor(std::min(cursor, text.size())), m_target(target),
          m_table(target == FilterTarget::Runs ? table : nullptr), m_tokens(tokenize(text))
    {
        findWord();
    }

    std::vector<Completion> run(std::size_t limit)
    {
        m_limit = limit;
        offer();
        std::ranges::stable_sort(m_offers, [](const Scored& left, const Scored& right) {
            if (left.score != right.score)
                return left.score > right.score;
            return left.count > right.count;
        });
        std::vector<Completion> best;
        for (std::size_t i = 0; i < m_offers.size() && i < limit; ++i)
            best.push_back(std::move(m_offers[i].completion));
        return best;
    }

private:
    /// The word that touches the cursor, and the place it stands at.
    void findWord()
    {
        m_replace = {m_cursor, 0};
        for (std::size_t i = 0; i < m_tokens.size() && m_tokens[i].range.begin < m_cursor; ++i) {
            const auto& token = m_tokens[i];
            bool word = token.type == TokenType::Word || token.type == TokenType::Symbol ||
                        token.type == TokenType::Text || token.type == TokenType::Unclosed ||
                        token.type == TokenType::Number || token.type == TokenType::BadNumber;
            bool symbol = token.type == TokenType::Operator && m_tracker.place() == Place::Operator &&
                          token.text == "!";
            if (token.end() >= m_cursor && (word || symbol)) {
                bool open =
                    token.type ==
                    TokenType::Unclosed; // what stands behind the cursor may be the rest of the filter
                m_replace = {token.range.begin, (open ? m_cursor : token.end()) - token.range.begin};
                m_typed = m_text.substr(token.range.begin, m_cursor - token.range.begin);
                return;
            }
            m_tracker.take(token, i + 1 < m_tokens.size() ? &m_tokens[i + 1] : nullptr);
        }
    }

    void offer()
    {
        switch (m_tracker.place()) {
        case Place::Operand:
            return offerOperand();
        case Place::Argument:
            return offerArgument();
        case Place::Operator:
            return offerOperators();
        case Place::Null:
            offerWords({"NULL", "NOT NULL"}, CompletionKind::Keyword);
            return;
        case Place::ListStart:
            return add("(", CompletionKind::Keyword);
        case Place::Value:
        case Place::ListValue:
            return offerValues();
        case Place::Join:
            offerWords({"AND", "OR"}, CompletionKind::Keyword);
            if (m_tracker.openParentheses() > 0 && m_typed.empty())
                add(")", CompletionKind::Keyword);
            return;
        case Place::ListNext:
            return offerWords({",", ")"}, CompletionKind::Keyword);
        default:
            return;
        }
    }

    void add(std::string text, CompletionKind kind, std::string type = {}, std::string detail = {},
             int score = 0, std::size_t count = 0, std::vector<TextRange> matched = {})
    {
        m_offers.push_back(
            {{std::move(text), m_replace, kind, std::move(type), std::move(detail), std::move(matched)},
             score,
             count});
    }

    void offerWords(std::initializer_list<std::string_view> words, CompletionKind kind)
    {
        int order = 100;
        for (auto word : words) {
            auto match = fuzzyMatch(word, m_typed);
            if (match && (m_typed.empty() || match->parts.front().begin == 0))
                add(std::string(word), kind, {}, {}, --order, 0, match->parts);
        }
    }

    void offerOperand()
    {
        auto path = parsePath(m_typed);
        if (path.hasDot)
            return offerKeys(findPrefix(m_target, path.prefix), m_typed.substr(0, m_typed.find('.') + 1));
        for (const auto& spec : specOf(m_target).attributes)
            if (!spec.about.empty())
                offerField(spec.name, CompletionKind::Attribute, toText(spec.valueClass), spec.about, 50);
        FieldKind last = FieldKind::Anything;
        for (const auto& prefix : specOf(m_target).prefixes) {
            if (prefix.kind != last && prefix.kind != FieldKind::Attribute)
                offerField(std::string(prefix.name) + ".", CompletionKind::Prefix, {},
                           prefixDetail(prefix.kind), 60);
            last = prefix.kind;
        }
        if (!m_typed.empty())
            for (auto kind : {FieldKind::Metric, FieldKind::Param, FieldKind::Tag})
                offerKeys(kind, {});
        if (m_target == FilterTarget::Runs)
            for (auto [name, about] : {std::pair{"num(", "a param or tag as a number"},
                                       std::pair{"max(", "the greatest of a metric's history"},
                                       std::pair{"min(", "the least of a metric's history"},
                                       std::pair{"first(", "the first of a metric's history"},
                                       std::pair{"best(", "the least or greatest, as the name says"}})
                offerField(name, CompletionKind::Function, {}, about, 10);
        offerField("NOT", CompletionKind::Keyword, {}, {}, 0);
    }

    std::string prefixDetail(FieldKind kind) const
    {
        if (!m_table)
            return {};
        const auto& data = m_table->data();
        switch (kind) {
        case FieldKind::Metric:
            return counted(data.metrics.size(), "metric");
        case FieldKind::Param:
            return counted(data.params.size(), "param");
        case FieldKind::Tag:
            return counted(data.tags.size(), "tag");
        default:
            return counted(data.datasets.size(), "dataset");
        }
    }

    void offerField(std::string_view name, CompletionKind kind, std::string_view type,
                    std::string_view detail, int base)
    {
        if (auto match = fuzzyMatch(name, m_typed))
            add(std::string(name), kind, std::string(type), std::string(detail),
                match->score + (m_typed.empty() ? base : base / 10), 0, match->parts);
    }

    /// Builds completions of the best of many names only.
    template <class NameOf, class CountOf, class Build>
    void offerBest(std::size_t count, std::string_view pattern, const NameOf& nameOf, const CountOf& countOf,
                   const Build& build)
    {
        struct Candidate
        {
            int score;
            std::size_t runs;
            std::size_t index;
        };
        std::vector<Candidate> candidates;
        for (std::size_t i = 0; i < count; ++i)
            if (auto score = fuzzyScore(nameOf(i), pattern))
                candidates.push_back({*score, countOf(i), i});
        auto best = candidates.begin() + static_cast<std::ptrdiff_t>(std::min(m_limit, candidates.size()));
        std::partial_sort(candidates.begin(), best, candidates.end(),
                          [](const Candidate& left, const Candidate& right) {
                              return std::tuple(-left.score, right.runs, left.index) <
                                     std::tuple(-right.score, left.runs, right.index);
                          });
        for (auto candidate = candidates.begin(); candidate != best; ++candidate)
            build(candidate->index);
    }

    template <class Column, class Build>
    void offerColumns(const std::vector<Column>& columns, std::string_view pattern, const Build& build)
    {
        offerBest(
            columns.size(), pattern, [&](std::size_t i) { return std::string_view(columns[i].key); },
            [&](std::size_t i) { return columns[i].count; }, [&](std::size_t i) { build(columns[i]); });
    }

    /// `prefix` is the spelling to keep, with its dot; empty for the usual one.
    void offerKeys(std::optional<FieldKind> kind, std::string_view prefix)
    {
        if (!kind)
            return;
        auto pattern = m_typed.substr(prefix.size());
        while (!pattern.empty() && (pattern.front() == '`' || pattern.front() == '"'))
            pattern.remove_prefix(1);
        auto key = [&](std::string_view name, std::string_view type, std::size_t runs, std::string detail,
                       CompletionKind completion) {
            auto match = fuzzyMatch(name, pattern);
            if (!match)
                return;
            auto full = prefix.empty() ? quoteField(*kind, name) : std::string(prefix) + quoteKey(name);
            auto shift = full.size() - name.size() - (isPlainKey(name) ? 0 : 1);
            for (auto& part : match->parts)
                part.begin += shift;
            add(std::move(full), completion, std::string(type), std::move(detail),
                match->score - (prefix.empty() ? 5 : 0), runs, std::move(match->parts));
        };
        switch (*kind) {
        case FieldKind::Metric:
            if (m_table)
                offerColumns(m_table->data().metrics, pattern, [&](const MetricColumn& column) {
                    key(column.key, "number", column.count, counted(column.count, "run"),
                        CompletionKind::Metric);
                });
            break;
        case FieldKind::Param:
        case FieldKind::Tag:
            if (m_table)
                offerColumns(*kind == FieldKind::Param ? m_table->data().params : m_table->data().tags,
                             pattern, [&](const TextColumn& column) {
                                 key(column.key, "text", column.count,
                                     counted(column.count, "run") + ", " +
                                         counted(column.values.size(), "value"),
                                     *kind == FieldKind::Param ? CompletionKind::Param : CompletionKind::Tag);
                             });
            break;
        case FieldKind::Dataset:
            for (auto name : datasetKeys())
                key(name, "text", 0, {}, CompletionKind::Dataset);
            break;
        case FieldKind::Attribute:
            for (const auto& spec : specOf(m_target).attributes)
                if (!spec.about.empty())
                    key(spec.name, toText(spec.valueClass), 0, std::string(spec.about),
                        CompletionKind::Attribute);
            break;
        case FieldKind::Anything:
            break;
        }
    }

    void offerArgument()
    {
        bool number = m_tracker.function() && isWord(*m_tracker.function(), "num");
        auto dot = m_typed.find('.');
        if (dot != std::string_view::npos)
            return offerKeys(findPrefix(m_target, parsePath(m_typed).prefix), m_typed.substr(0, dot + 1));
        if (!number)
            return offerKeys(FieldKind::Metric, {});
        offerKeys(FieldKind::Param, {});
        offerKeys(FieldKind::Tag, {});
    }

    /// The field before the cursor; nullopt when it is none.
    std::optional<Field> currentField() const
    {
        auto token = m_tracker.field();
        if (!token)
            return std::nullopt;
        auto path = parsePath(token->text);
        Field field;
        field.key = path.key;
        field.numeric = m_tracker.function() && isWord(*m_tracker.function(), "num");
        auto kind = path.hasDot ? findPrefix(m_target, path.prefix) : std::optional(FieldKind::Attribute);
        if (!kind)
            return std::nullopt;
        field.kind = *kind;
        if (field.kind != FieldKind::Attribute)
            return field;
        auto spec = findAttribute(m_target, path.key);
        if (!spec)
            return std::nullopt;
        field.key = spec->key;
        return field;
    }

    void offerOperators()
    {
        auto field = currentField();
        if (!field)
            return offerWords({"AND", "OR"}, CompletionKind::Keyword); // free text stands before
        if (m_tracker.negated())
            return offerWords({"IN", "LIKE", "ILIKE", "RLIKE"}, CompletionKind::Operator);
        if (classOf(m_target, *field) == ValueClass::Text)
            offerWords(
                {"=", "!=", "LIKE", "ILIKE", "IN", "NOT IN", "RLIKE", "NOT LIKE", "IS NULL", "IS NOT NULL"},
                CompletionKind::Operator);
        else
            offerWords({"=", "!=", "<", "<=", ">", ">=", "IN", "NOT IN", "IS NULL", "IS NOT NULL"},
                       CompletionKind::Operator);
    }

    void offerValues();
    void offerValue(std::string_view value, std::size_t runs);
    void offerColumn(const TextColumn* column);
    template <class TextOf, class CodeOf>
    void offerCoded(std::size_t count, const TextOf& textOf, const CodeOf& codeOf);
    void offerAttributeValues(const std::string& key);
    void offerDatasetValues(const std::string& key);
    void offerTimes(ValueClass valueClass);

    std::string_view m_text;
    std::size_t m_cursor;
    FilterTarget m_target;
    const RunTable* m_table;
    std::vector<Token> m_tokens;
    PlaceTracker m_tracker;
    TextRange m_replace;
    std::string_view m_typed;
    std::vector<Scored> m_offers;
    std::size_t m_limit = 0;
};

void Completer::offerValues()
{
    auto field = currentField();
    if (!field)
        return;
    auto valueClass = classOf(m_target, *field);
    if (valueClass == ValueClass::Time || valueClass == ValueClass::Duration)
        return offerTimes(valueClass);
    if (valueClass != ValueClass::Text)
        return;
    while (!m_typed.empty() && (m_typed.front() == '\'' || m_typed.front() == '"'))
        m_typed.remove_prefix(1);
    switch (field->kind) {
    case FieldKind::Param:
        return offerColumn(m_table ? m_table->param(field->key) : nullptr);
    case FieldKind::Tag:
        return offerColumn(m_table ? m_table->tag(field->key) : nullptr);
    case FieldKind::Dataset:
        return offerDatasetValues(field->key);
    default:
        return offerAttributeValues(field->key);
    }
}

void Completer::offerValue(std::string_view value, std::size_t runs)
{
    constexpr std::size_t longest = 200; // what nobody can read in a list
    if (value.size() > longest)
        return;
    auto match = fuzzyMatch(value, m_typed);
    auto quoted = quoteText(value);
    if (!match || !quoted)
        return;
    for (auto& part : match->parts)
        ++part.begin;
    add(std::move(*quoted), CompletionKind::Value, {}, runs ? counted(runs, "run") : std::string(),
        match->score, runs, std::move(match->parts));
}

template <class TextOf, class CodeOf>
void Completer::offerCoded(std::size_t count, const TextOf& textOf, const CodeOf& codeOf)
{
    std::vector<std::size_t> runs(count);
    for (RowIndex row = 0; row < m_table->size(); ++row)
        if (auto code = codeOf(row); code < count)
            ++runs[code];
    offerBest(
        count, m_typed, textOf, [&](std::size_t code) { return runs[code]; },
        [&](std::size_t code) {
            if (runs[code])
                offerValue(textOf(code), runs[code]);
        });
}

void Completer::offerColumn(const TextColumn* column)
{
    if (!column)
        return;
    std::vector<std::size_t> runs(column->values.size());
    for (auto code : column->codes)
        if (code < runs.size())
            ++runs[code];
    offerBest(
        runs.size(), m_typed, [&](std::size_t code) { return column->values[code]; },
        [&](std::size_t code) { return runs[code]; },
        [&](std::size_t code) { offerValue(column->values[code], runs[code]); });
}

void Completer::offerDatasetValues(const std::string& key)
{
    if (!m_table)
        return;
    const auto& data = m_table->data();
    std::vector<std::string_view> values;
    if (key == "context")
        values.assign(data.contexts.begin(), data.contexts.end());
    else
        for (const auto& dataset : data.datasets)
            values.push_back(key == "digest" ? dataset.digest : dataset.name);
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    for (auto value : values)
        offerValue(value, 0);
}

void Completer::offerAttributeValues(const std::string& key)
{
    if (m_target == FilterTarget::LoggedModels && key == "status")
        for (auto status : {"READY", "PENDING", "FAILED"})
            offerValue(status, 0);
    if (m_target == FilterTarget::ModelVersions && key == "current_stage")
        for (auto stage : {"Production", "Staging", "Archived", "None"})
            offerValue(stage, 0);
    if (!m_table)
        return;
    const auto& data = m_table->data();
    if (key == "status")
        return offerCoded(
            6, [](std::size_t code) { return code ? toText(RunStatus(code)) : std::string_view(); },
            [&](RowIndex row) { return static_cast<std::size_t>(data.statuses[row]); });
    if (key == "lifecycle_stage")
        return offerCoded(
            2, [](std::size_t code) { return toText(Lifecycle(code)); },
            [&](RowIndex row) { return static_cast<std::size_t>(data.lifecycles[row]); });
    if (key == "user_id")
        return offerCoded(
            data.userNames.size(), [&](std::size_t code) { return std::string_view(data.userNames[code]); },
            [&](RowIndex row) { return data.users[row]; });
    if (key == "experiment_name" || key == "experiment_id")
        return offerCoded(
            data.experimentList.size(),
            [&](std::size_t code) {
                const auto& experiment = data.experimentList[code];
                return std::string_view(key == "experiment_id" ? experiment.id : experiment.name);
            },
            [&](RowIndex row) { return data.experiments[row]; });
    if (key == "run_name" || key == "run_id") {
        auto nameOf = [&](std::size_t row) { return key == "run_name" ? data.names[row] : data.runIds[row]; };
        offerBest(
            m_table->size(), m_typed, nameOf, [](std::size_t) { return std::size_t{0}; },
            [&](std::size_t row) { offerValue(nameOf(row), 0); });
    }
}

void Completer::offerTimes(ValueClass valueClass)
{
    if (valueClass == ValueClass::Duration)
        return offerWords({"'1m'", "'10m'", "'1h'", "'12h'", "'1d'"}, CompletionKind::Value);
    auto today = formatIso(now()).substr(0, 10);
    auto quoted = "'" + today + "'";
    offerWords({"'1d ago'", "'7d ago'", "'30d ago'", quoted}, CompletionKind::Value);
}

} // namespace

std::vector<Completion> complete(std::string_view text, std::size_t cursor, FilterTarget target,
                                 const RunTable* table, std::size_t limit)
{
    return Completer(text, cursor, target, table).run(limit);
}

} // namespace sextant
