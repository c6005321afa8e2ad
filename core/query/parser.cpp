#include "core/query/parser.h"

namespace sextant {

namespace {

constexpr int kMaxDepth = 100;
constexpr std::size_t kMaxPortableTokens =
    4000; // MLflow's reader stops at 10,000 with the blanks between them

ConditionPtr make(std::variant<Compare, And, Or, Not> node)
{
    return std::make_shared<const Condition>(Condition{std::move(node)});
}

bool isKeyword(const Token& token)
{
    for (auto word : {"AND", "OR", "NOT", "IN", "IS", "NULL", "LIKE", "ILIKE", "RLIKE", "BETWEEN", "REGEXP"})
        if (isWord(token, word))
            return true;
    return false;
}

} // namespace

Parser::Parser(std::string_view text, FilterTarget target, EpochMs now)
    : m_text(text), m_target(target), m_now(now)
{
    m_tokens = tokenize(text);
    if (m_tokens.size() > kMaxPortableTokens)
        local("length");
    m_tokens.push_back({TokenType::End, {text.size(), 0}, {}});
}

ConditionPtr Parser::parse()
{
    if (atEnd())
        return nullptr;
    auto root = parseOr();
    if (!root || m_problem)
        return nullptr;
    if (atEnd())
        return root;
    if (peek().type == TokenType::RightParen)
        return problem(peek().range, "This parenthesis closes nothing", "Open it before, or take it away",
                       Fix{peek().range, ""});
    checkJoin();
    return nullptr;
}

ConditionPtr Parser::parseOr()
{
    std::vector<ConditionPtr> parts;
    do {
        auto part = parseAnd();
        if (!part)
            return nullptr;
        parts.push_back(std::move(part));
        if (!isWord(peek(), "OR"))
            break;
        local("OR");
        auto word = take();
        if (endsOperand())
            return problem(word.range, "A condition is missing after OR", "Such as status = 'FINISHED'");
    } while (true);
    return parts.size() == 1 ? parts.front() : make(Or{std::move(parts)});
}

ConditionPtr Parser::parseAnd()
{
    std::vector<ConditionPtr> parts;
    do {
        auto part = parseUnary();
        if (!part)
            return nullptr;
        parts.push_back(std::move(part));
        if (!isWord(peek(), "AND")) {
            if (endsOperand())
                break;
            if (!checkJoin())
                return nullptr;
        }
        auto word = take();
        if (endsOperand()) {
            auto before = m_tokens[m_at - 2].end();
            return problem(word.range, "A condition is missing after AND",
                           "Such as status = 'FINISHED'; or take AND away",
                           Fix{{before, word.end() - before}, ""});
        }
    } while (true);
    return parts.size() == 1 ? parts.front() : make(And{std::move(parts)});
}

/// Nothing more belongs to this chain of ANDs.
bool Parser::endsOperand() const
{
    return atEnd() || peek().type == TokenType::RightParen || isWord(peek(), "OR");
}

/// Something stands where AND or OR should.
bool Parser::checkJoin()
{
    const auto& token = peek();
    if (token.text == "&&" || token.text == "||") {
        auto word = token.text == "&&" ? "AND" : "OR";
        problem(token.range, "Conditions are joined with AND or OR", "Write " + std::string(word),
                Fix{token.range, word});
    } else if (token.type == TokenType::Unknown || token.type == TokenType::Unclosed ||
               token.type == TokenType::Comma) {
        unknownToken(token);
    } else {
        auto at = m_at > 0 ? m_tokens[m_at - 1].end() : 0;
        auto gap = token.range.begin == at ? " AND " : " AND";
        bool torn = m_tokens[m_tokens.size() - 2].type ==
                    TokenType::Unclosed; // a quote too many or too few: joining won't mend it
        auto fix = torn ? std::nullopt : std::optional(Fix{{at, 0}, gap});
        problem(token.range, "AND or OR is missing before " + std::string(token.text.substr(0, 40)),
                torn ? "A quote stands too many or too few" : "Conditions are joined with AND or OR",
                std::move(fix));
    }
    return false;
}

ConditionPtr Parser::parseUnary()
{
    if (++m_depth > kMaxDepth)
        return problem(peek().range, "Conditions are nested too deeply", "At most 100 levels are read");
    ConditionPtr result;
    if (isWord(peek(), "NOT")) {
        local("NOT");
        auto word = take();
        if (endsOperand())
            return problem(word.range, "A condition is missing after NOT", "Such as NOT status = 'FAILED'");
        if (auto part = parseUnary())
            result = make(Not{std::move(part)});
    } else if (peek().type == TokenType::LeftParen) {
        result = parseGroup();
    } else {
        result = parseOperand();
    }
    --m_depth;
    return result;
}

ConditionPtr Parser::parseGroup()
{
    local("parentheses");
    auto open = take();
    if (peek().type == TokenType::RightParen)
        return problem({open.range.begin, peek().end() - open.range.begin},
                       "A condition is missing between the parentheses", "Such as (status = 'FINISHED')");
    auto inside = atEnd() ? problem(open.range, "A condition is missing after the parenthesis",
                                    "Such as (status = 'FINISHED')")
                          : parseOr();
    if (!inside)
        return nullptr;
    if (peek().type != TokenType::RightParen)
        return problem(open.range, "This parenthesis is not closed", "Close it with )",
                       Fix{{m_tokens[m_at - 1].end(), 0}, ")"});
    take();
    return inside;
}

/// An operator, or a word that stands for one, is next but one.
bool Parser::startsComparison(std::size_t at) const
{
    const auto& token = peek(at);
    if (token.type == TokenType::Operator)
        return true;
    for (auto word : {"LIKE", "ILIKE", "RLIKE", "REGEXP", "IN", "IS", "BETWEEN"})
        if (isWord(token, word))
            return true;
    const auto& next = peek(at + 1);
    return isWord(token, "NOT") && (isWord(next, "IN") || isWord(next, "LIKE") || isWord(next, "ILIKE") ||
                                    isWord(next, "RLIKE") || isWord(next, "BETWEEN"));
}

ConditionPtr Parser::parseOperand()
{
    const auto& token = peek();
    switch (token.type) {
    case TokenType::Word:
        if (peek(1).type == TokenType::LeftParen && !isKeyword(token)) {
            auto field = parseFunction();
            return field ? parseComparison(std::move(*field)) : nullptr;
        }
        if (isKeyword(token) && !startsComparison(1))
            return missingBefore(token);
        if (!startsComparison(1) && !knowsAsField(token))
            return parseFreeText();
        break;
    case TokenType::Symbol:
        if (!startsComparison(1))
            return parseFreeText();
        break;
    case TokenType::Text:
    case TokenType::Number:
    case TokenType::BadNumber:
        return startsComparison(1) ? parseReversed() : parseFreeText();
    case TokenType::Operator:
        return problem(token.range, "A field is missing before " + std::string(token.text),
                       "Such as metrics.acc > 0.9");
    default:
        return unknownToken(token);
    }
    auto field = parseField();
    return field ? parseComparison(std::move(*field)) : nullptr;
}

/// A word that joins or tests stands where a condition should.
std::nullptr_t Parser::missingBefore(const Token& token)
{
    std::optional<Fix> fix;
    if (isWord(token, "AND") || isWord(token, "OR"))
        fix = Fix{{token.range.begin, peek(1).range.begin - token.range.begin}, ""};
    return problem(token.range, "A condition is missing before " + std::string(token.text),
                   "Such as status = 'FINISHED'", std::move(fix));
}

/// A word or a quoted text alone is looked for in names, ids, params and tags.
ConditionPtr Parser::parseFreeText()
{
    local("free text");
    const auto& token = take();
    bool quoted = token.type == TokenType::Text || token.type == TokenType::Symbol;
    std::string needle(quoted ? token.text.substr(1, token.text.size() - 2) : token.text);
    Field field{FieldKind::Anything, {}, false, MetricAspect::Latest, token.range};
    return make(Compare{std::move(field), Comparison::Contains, {std::move(needle)}, token.range});
}

/// 0.9 < metrics.acc
ConditionPtr Parser::parseReversed()
{
    const auto& value = peek();
    const auto& operation = peek(1);
    const auto& field = peek(2);
    std::optional<Fix> fix;
    if (operation.type == TokenType::Operator && field.type == TokenType::Word) {
        std::string turned(operation.text);
        for (char& c : turned)
            c = c == '<' ? '>' : c == '>' ? '<' : c;
        fix = Fix{{value.range.begin, field.end() - value.range.begin},
                  std::string(field.text) + " " + turned + " " + std::string(value.text)};
    }
    return problem(value.range, "A field stands before an operator, a value after it",
                   "Such as metrics.acc > 0.9", std::move(fix));
}

std::nullptr_t Parser::problem(TextRange range, std::string message, std::string hint, std::optional<Fix> fix)
{
    if (!m_problem)
        m_problem =
            Problem{{ErrorCode::Syntax, std::move(message), std::move(hint), {}, range}, std::move(fix)};
    return nullptr;
}

std::nullptr_t Parser::unknownToken(const Token& token)
{
    if (token.type == TokenType::End)
        return problem(token.range, "Something is missing at the end", "A condition reads metrics.acc > 0.9");
    if (token.type == TokenType::Unclosed) {
        auto quote = token.text.find_first_of("'\"`");
        auto mark = token.text.substr(quote, 1);
        std::optional<Fix> fix;
        if (quote == 0 &&
            mark != "`") // the end of a value is likely the end of the text, that of a key is not
            fix = Fix{{m_text.size(), 0}, std::string(mark)};
        return problem({token.range.begin + quote, token.range.length - quote}, "This quote is not closed",
                       "Close it with " + std::string(mark), std::move(fix));
    }
    auto shown = std::string(token.text.substr(0, 40));
    if (token.text == ";" || token.text == ",") {
        bool last = m_at + 2 >= m_tokens.size();
        return problem(token.range, "Conditions are joined with AND or OR, not with " + shown,
                       last ? "Take it away" : "Write AND", Fix{token.range, last ? "" : " AND"});
    }
    if (token.type == TokenType::LeftParen || token.type == TokenType::RightParen)
        return problem(token.range, "A condition is missing before " + shown, "Such as status = 'FINISHED'");
    return problem(token.range, shown + " is not understood here",
                   "Texts with such characters stand in quotes");
}

void Parser::local(std::string_view reason)
{
    if (m_localReason.empty())
        m_localReason = reason;
}

} // namespace sextant
