#include "core/query/completer.h"

#include "core/query/path.h"
#include "core/query/print.h"

namespace sextant {

namespace {

std::string grouped(std::size_t number)
{
    auto text = std::to_string(number);
    for (auto at = static_cast<int>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

} // namespace

std::string counted(std::size_t number, std::string_view noun)
{
    return grouped(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

Completer::Completer(std::string_view text, std::size_t cursor, FilterTarget target, const RunTable* table)
    : m_text(text), m_cursor(std::min(cursor, text.size())), m_target(target),
      m_table(target == FilterTarget::Runs ? table : nullptr), m_tokens(tokenize(text))
{
    findWord();
}

std::vector<Completion> Completer::run(std::size_t limit)
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

void Completer::findWord()
{
    m_replace = {m_cursor, 0};
    for (std::size_t i = 0; i < m_tokens.size() && m_tokens[i].range.begin < m_cursor; ++i) {
        const auto& token = m_tokens[i];
        bool word = token.type == TokenType::Word || token.type == TokenType::Symbol ||
                    token.type == TokenType::Text || token.type == TokenType::Unclosed ||
                    token.type == TokenType::Number || token.type == TokenType::BadNumber;
        bool symbol =
            token.type == TokenType::Operator && m_tracker.place() == Place::Operator && token.text == "!";
        if (token.end() >= m_cursor && (word || symbol)) {
            bool open = token.type ==
                        TokenType::Unclosed; // what stands behind the cursor may be the rest of the filter
            m_replace = {token.range.begin, (open ? m_cursor : token.end()) - token.range.begin};
            m_typed = m_text.substr(token.range.begin, m_cursor - token.range.begin);
            return;
        }
        m_tracker.take(token, i + 1 < m_tokens.size() ? &m_tokens[i + 1] : nullptr);
    }
}

void Completer::offer()
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

void Completer::add(std::string text, CompletionKind kind, std::string type, std::string detail, int score,
                    std::size_t count, std::vector<TextRange> matched)
{
    m_offers.push_back(
        {{std::move(text), m_replace, kind, std::move(type), std::move(detail), std::move(matched)},
         score,
         count});
}

void Completer::offerWords(std::initializer_list<std::string_view> words, CompletionKind kind)
{
    int order = 100;
    for (auto word : words) {
        auto match = fuzzyMatch(word, m_typed);
        if (match && (m_typed.empty() || match->parts.front().begin == 0))
            add(std::string(word), kind, {}, {}, --order, 0, match->parts);
    }
}

void Completer::offerOperand()
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
            offerField(std::string(prefix.name) + ".", CompletionKind::Prefix, {}, prefixDetail(prefix.kind),
                       60);
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

std::string Completer::prefixDetail(FieldKind kind) const
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

void Completer::offerField(std::string_view name, CompletionKind kind, std::string_view type,
                           std::string_view detail, int base)
{
    if (auto match = fuzzyMatch(name, m_typed))
        add(std::string(name), kind, std::string(type), std::string(detail),
            match->score + (m_typed.empty() ? base : base / 10), 0, match->parts);
}

void Completer::offerKeys(std::optional<FieldKind> kind, std::string_view prefix)
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
                key(column.key, "number", column.count, counted(column.count, "run"), CompletionKind::Metric);
            });
        break;
    case FieldKind::Param:
    case FieldKind::Tag:
        if (m_table)
            offerColumns(*kind == FieldKind::Param ? m_table->data().params : m_table->data().tags, pattern,
                         [&](const TextColumn& column) {
                             key(column.key, "text", column.count,
                                 counted(column.count, "run") + ", " + counted(column.values.size(), "value"),
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

void Completer::offerArgument()
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

std::optional<Field> Completer::currentField() const
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

void Completer::offerOperators()
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

std::vector<Completion> complete(std::string_view text, std::size_t cursor, FilterTarget target,
                                 const RunTable* table, std::size_t limit)
{
    return Completer(text, cursor, target, table).run(limit);
}

} // namespace sextant
