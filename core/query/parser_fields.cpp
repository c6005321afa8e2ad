#include "core/query/parser.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace sextant {

namespace {

struct Function
{
    std::string_view name;
    bool numeric;
    MetricAspect aspect;
};
constexpr std::array<Function, 6> kFunctions{{{"num", true, MetricAspect::Latest},
                                              {"min", false, MetricAspect::Min},
                                              {"max", false, MetricAspect::Max},
                                              {"first", false, MetricAspect::First},
                                              {"last", false, MetricAspect::Latest},
                                              {"best", false, MetricAspect::Best}}};

template <class Range, class Name>
std::string listed(const Range& range, Name nameOf)
{
    std::string list;
    for (const auto& item : range)
        if (auto name = nameOf(item); !name.empty())
            list += (list.empty() ? "" : ", ") + std::string(name);
    return list;
}

std::string attributeList(FilterTarget target)
{
    return listed(specOf(target).attributes,
                  [](const AttributeSpec& spec) { return spec.about.empty() ? "" : spec.name; });
}

std::string prefixList(FilterTarget target)
{
    FieldKind last = FieldKind::Anything;
    return listed(specOf(target).prefixes, [&last](const PrefixSpec& spec) {
        bool usual = spec.kind != last;
        last = spec.kind;
        return usual ? spec.name : std::string_view();
    });
}

std::string sentence(std::string_view word)
{
    std::string text(word);
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

/// What people write for a field that is called otherwise.
std::string_view otherName(FilterTarget target, std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> words{
        {{"name", "run_name"},
         {"id", "run_id"},
         {"run", "run_name"},
         {"user", "user_id"},
         {"experiment", "experiment_name"},
         {"stage", "lifecycle_stage"},
         {"state", "status"},
         {"started", "start_time"},
         {"ended", "end_time"},
         {"time", "start_time"}}};
    auto folded = foldCase(word);
    for (auto [from, to] : words)
        if (from == folded && findAttribute(target, to))
            return to;
    return {};
}

} // namespace

std::optional<Field> Parser::parseField()
{
    auto field = resolve(take());
    if (!field)
        return std::nullopt;
    if (peek().text == ":" || peek().text == ".") {
        problem(peek().range, "Blanks and colons do not stand in a key without quotes",
                "Put the key in backticks");
        return std::nullopt;
    }
    return field;
}

std::optional<Field> Parser::parseSoleField()
{
    const auto& token = peek();
    if (token.type != TokenType::Word && token.type != TokenType::Symbol) {
        if (token.type == TokenType::Unclosed || token.type == TokenType::Unknown)
            unknownToken(token);
        else
            problem(token.range, "A field is missing", "Such as metrics.acc DESC");
        return std::nullopt;
    }
    auto field = peek(1).type == TokenType::LeftParen ? parseFunction() : parseField();
    if (!field)
        return std::nullopt;
    if (field->aspect != MetricAspect::Latest)
        problem(field->range, "Orderings know the latest value of a metric only", "Such as metrics.acc DESC");
    else if (!atEnd())
        problem(peek().range, "ASC or DESC stands after the field", "Each field is an ordering of its own");
    return field;
}

/// A field whose operator is missing, rather than free text.
bool Parser::knowsAsField(const Token& token) const
{
    auto path = parsePath(token.text);
    if (path.hasDot)
        return findPrefix(m_target, path.prefix).has_value();
    return findAttribute(m_target, path.key) || (!path.quoted && findPrefix(m_target, path.key));
}

std::optional<Field> Parser::resolve(const Token& token)
{
    Field field;
    field.range = token.range;
    char quote = token.text.front();
    if ((quote == '"' || quote == '`') && token.text.find('.') < token.text.find(quote, 1)) {
        auto inside = parsePath(token.text.substr(1, token.text.find(quote, 1) - 1));
        problem(token.range, "Quotes stand around the name only, not before the dot",
                "Such as metrics.`val/loss`",
                Fix{token.range, std::string(inside.prefix) + "." + quoteKey(inside.key)});
        return std::nullopt;
    }
    auto path = parsePath(token.text);
    if (path.hasDot && quote == '`' && m_target != FilterTarget::Runs)
        local("a quoted prefix");
    bool known = path.hasDot ? resolvePrefixed(token, path, field) : resolveAttribute(token, path, field);
    if (!known)
        return std::nullopt;
    if (!path.plain) {
        auto keyAt = token.text.find('.') + 1;
        auto key = quoteKey(token.text.substr(keyAt));
        if (key.size() == token.text.size() - keyAt)
            key = "`" + key + "`";
        problem(token.range, "This key needs quotes",
                "Keys of more than letters, digits, _ and . stand in backticks",
                Fix{{token.range.begin + keyAt, token.range.length - keyAt}, key});
        return std::nullopt;
    }
    return field;
}

bool Parser::resolvePrefixed(const Token& token, const FieldPath& path, Field& field)
{
    auto kind = findPrefix(m_target, path.prefix);
    if (!kind) {
        std::vector<std::string_view> names;
        for (const auto& prefix : specOf(m_target).prefixes)
            names.push_back(prefix.name);
        auto near = nearest(path.prefix, names);
        auto prefixRange = TextRange{token.range.begin, token.text.find('.')};
        auto hint = "Fields begin with " + prefixList(m_target);
        if (near.empty())
            problem(prefixRange,
                    sentence(specOf(m_target).object) + "s have no " + std::string(path.prefix.substr(0, 40)),
                    hint);
        else
            problem(prefixRange, "'" + std::string(path.prefix) + "' is not a kind of field",
                    "Did you mean " + std::string(near) + "?", Fix{prefixRange, std::string(near)});
        return false;
    }
    field.kind = *kind;
    field.key = path.key;
    if (field.kind == FieldKind::Attribute)
        return resolveAttribute(token, path, field);
    if (field.kind == FieldKind::Dataset &&
        std::ranges::find(datasetKeys(), field.key) == datasetKeys().end()) {
        problem(token.range, "Datasets have no " + field.key,
                "dataset.name, dataset.digest or dataset.context");
        return false;
    }
    // MLflow's logged models keep double quotes as a part of the key and strip backticks from its ends,
    // matched or not.
    bool otherKey = path.quoted ? token.text.back() != '`' : field.key.find('`') != std::string::npos;
    if (m_target == FilterTarget::LoggedModels && otherKey)
        local("quotes");
    return true;
}

bool Parser::resolveAttribute(const Token& token, const FieldPath& path, Field& field)
{
    if (auto spec = findAttribute(m_target, path.key); spec && (path.plain || path.quoted)) {
        bool registry = m_target == FilterTarget::RegisteredModels || m_target == FilterTarget::ModelVersions;
        if (path.quoted && registry)
            local("a quoted field name");
        bool logged = m_target == FilterTarget::LoggedModels;
        if (path.quoted && logged && token.text.back() != '`')
            local("quotes");
        if (path.hasDot && logged && spec->valueClass == ValueClass::Time && !spec->name.ends_with("_ms"))
            local("a prefix here"); // MLflow knows these names without one only
        field.kind = FieldKind::Attribute;
        field.key = spec->key;
        if (!spec->portable.has(Comparison::Equal))
            local(spec->name);
        return true;
    }
    std::vector<std::string_view> names;
    for (const auto& spec : specOf(m_target).attributes)
        names.push_back(spec.name);
    auto near = otherName(m_target, path.key);
    if (near.empty())
        near = nearest(path.key, names);
    auto hint = "Fields are " + attributeList(m_target) + "; the others are written " + prefixList(m_target) +
                " with a dot and a name";
    auto message = sentence(specOf(m_target).object) + "s have no field '" + path.key.substr(0, 60) + "'";
    bool number = peek().type == TokenType::Operator && peek(1).type == TokenType::Number;
    if (!near.empty())
        problem(token.range, message, "Did you mean " + std::string(near) + "?",
                Fix{token.range, std::string(near)});
    else if (!path.hasDot && number && findPrefix(m_target, "metrics"))
        problem(token.range, message, "A metric is written metrics.NAME",
                Fix{token.range, "metrics." + quoteKey(path.key)});
    else if (findPrefix(m_target, path.key) && !path.hasDot)
        problem(token.range, "A name is missing after " + path.key, "Write " + path.key + ".NAME");
    else
        problem(token.range, message, hint);
    return false;
}

/// num(params.lr), max(metrics.acc)
std::optional<Field> Parser::parseFunction()
{
    auto word = take();
    auto function = std::ranges::find(kFunctions, foldCase(word.text), &Function::name);
    auto functionList = listed(kFunctions, [](const Function& known) { return known.name; });
    if (function == kFunctions.end()) {
        problem(word.range, "There is no function " + std::string(word.text.substr(0, 40)),
                "Functions are " + functionList);
        return std::nullopt;
    }
    local(std::string(function->name) + "()");
    take();
    if (peek().type != TokenType::Word) {
        problem(peek().range, "A field is missing in " + std::string(word.text) + "()",
                function->numeric ? "Such as num(params.lr)" : "Such as max(metrics.acc)");
        return std::nullopt;
    }
    auto inner = take();
    auto field = resolve(inner);
    if (!field)
        return std::nullopt;
    if (peek().type != TokenType::RightParen) {
        problem(peek().range, "The parenthesis of " + std::string(word.text) + "( is not closed",
                "Close it with )", Fix{{m_tokens[m_at - 1].end(), 0}, ")"});
        return std::nullopt;
    }
    auto close = take();
    TextRange range{word.range.begin, close.end() - word.range.begin};
    bool metric = field->kind == FieldKind::Metric;
    if (function->numeric == metric) {
        auto message = metric ? "Metrics are numbers already" : std::string(word.text) + "() is for metrics";
        auto fix = metric ? std::optional(Fix{range, std::string(inner.text)}) : std::nullopt;
        problem(range, message, metric ? "Leave num() away" : "Such as max(metrics.acc)", std::move(fix));
        return std::nullopt;
    }
    if (field->kind == FieldKind::Attribute && classOf(m_target, *field) != ValueClass::Text) {
        problem(range, field->key + " is a number already", "Leave num() away",
                Fix{range, std::string(inner.text)});
        return std::nullopt;
    }
    field->numeric = function->numeric;
    field->aspect = function->aspect;
    field->range = range;
    return field;
}

} // namespace sextant
