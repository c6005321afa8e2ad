#include "core/series/expression_parser.h"

#include "core/query/fields.h"

#include <algorithm>
#include <charconv>

namespace sextant {
namespace {

using Node = MetricExpression::Node;
using NodePtr = std::shared_ptr<const Node>;

constexpr int kDeepest = 100;
constexpr std::size_t kMostSuggested = 20'000; // names that are looked through for a similar one

struct Function
{
    std::string_view name;
    Node::Kind kind;
    bool takesMore;
};
constexpr Function kFunctions[] = {
    {"abs", Node::Kind::Abs, false},     {"exp", Node::Kind::Exp, false},   {"log", Node::Kind::Log, false},
    {"log10", Node::Kind::Log10, false}, {"sqrt", Node::Kind::Sqrt, false}, {"min", Node::Kind::Min, true},
    {"max", Node::Kind::Max, true},
};

bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

/// Of names that need no quotes beyond those that are known; bytes of other scripts included.
bool isNameCharacter(char character)
{
    return isDigit(character) || (character >= 'a' && character <= 'z') ||
           (character >= 'A' && character <= 'Z') || character == '_' || character == '.' ||
           static_cast<unsigned char>(character) >= 0x80;
}

/// A metric of such a name needs quotes.
bool isNumber(std::string_view name)
{
    return name.find_first_not_of("0123456789.") == std::string_view::npos;
}

class Parser
{
public:
    Parser(std::string_view text, std::span<const std::string> known, std::vector<std::string>& names)
        : m_text(text), m_known(known), m_names(names)
    {
    }

    Result<NodePtr> parse()
    {
        SEXTANT_TRY(NodePtr root, sum());
        if (m_at < m_text.size())
            return unexpected(m_text[m_at] == ')' ? "There is no ( for this )"
                                                  : "An operator is missing here",
                              m_text[m_at] == ')' ? "Leave it out" : "Write + - * or / between two values");
        return root;
    }

private:
    tl::unexpected<Error> unexpected(std::string message, std::string hint, std::size_t begin,
                                     std::size_t length)
    {
        return tl::unexpected(
            Error{ErrorCode::Syntax, std::move(message), std::move(hint), {}, TextRange{begin, length}});
    }
    tl::unexpected<Error> unexpected(std::string message, std::string hint)
    {
        return unexpected(std::move(message), std::move(hint), m_at, m_at < m_text.size() ? 1 : 0);
    }

    void skipBlanks()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n'))
            ++m_at;
    }
    bool take(char character)
    {
        skipBlanks();
        if (m_at == m_text.size() || m_text[m_at] != character)
            return false;
        ++m_at;
        return true;
    }

    Result<NodePtr> sum()
    {
        return chain([this] { return product(); }, {{'+', Node::Kind::Add}, {'-', Node::Kind::Subtract}});
    }
    Result<NodePtr> product()
    {
        return chain([this] { return factor(); }, {{'*', Node::Kind::Multiply}, {'/', Node::Kind::Divide}});
    }

    template <class Operand>
    Result<NodePtr> chain(Operand operand, std::initializer_list<std::pair<char, Node::Kind>> operators)
    {
        SEXTANT_TRY(NodePtr left, operand());
        for (bool more = true; more;) {
            more = false;
            for (const auto& [character, kind] : operators) {
                if (!take(character))
                    continue;
                SEXTANT_TRY(NodePtr right, operand());
                left = make(kind, {std::move(left), std::move(right)});
                more = true;
                break;
            }
        }
        skipBlanks();
        return left;
    }

    Result<NodePtr> factor()
    {
        if (++m_depth > kDeepest)
            return unexpected("The expression is nested too deeply", "Take it apart");
        SEXTANT_TRY(NodePtr node, signedValue());
        --m_depth;
        return node;
    }

    Result<NodePtr> signedValue()
    {
        if (take('-')) {
            SEXTANT_TRY(NodePtr value, factor());
            return make(Node::Kind::Negate, {std::move(value)});
        }
        if (take('+'))
            return factor();
        if (take('('))
            return rest(m_at - 1);
        skipBlanks();
        if (m_at == m_text.size())
            return unexpected("A metric, a number or ( is missing here", "Finish the expression");
        const char next = m_text[m_at];
        if (next == '`' || next == '"' || next == '\'')
            return quoted(next);
        if (const std::size_t length = knownLength())
            return metric(std::string(m_text.substr(m_at, length)), m_at, length);
        if (isDigit(next) || next == '.')
            return number();
        return word();
    }

    /// The inside of a parenthesis that was opened at `open`.
    Result<NodePtr> rest(std::size_t open)
    {
        SEXTANT_TRY(NodePtr inner, sum());
        if (!take(')'))
            return unexpected("The ( has no )", "Close it", open, 1);
        return inner;
    }

    Result<NodePtr> number()
    {
        double value = 0;
        const char* begin = m_text.data() + m_at;
        const auto [end, problem] = std::from_chars(begin, m_text.data() + m_text.size(), value);
        const auto length = static_cast<std::size_t>(end - begin);
        if (problem != std::errc())
            return unexpected("This is not a number", "Write it as 0.5 or 1e-3");
        m_at += length;
        auto node = std::make_shared<Node>();
        node->number = value;
        return node;
    }

    Result<NodePtr> quoted(char quote)
    {
        const std::size_t begin = m_at++;
        std::string name;
        for (; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] != quote) {
                name += m_text[m_at];
                continue;
            }
            ++m_at;
            if (m_at == m_text.size() || m_text[m_at] != quote)
                return metric(std::move(name), begin, m_at - begin);
            name += quote;
        }
        return unexpected("The quote has no end", "Close it", begin, 1);
    }

    /// The longest known name that stands here and ends where a name can end; 0: none.
    std::size_t knownLength() const
    {
        const std::string_view here = m_text.substr(m_at);
        std::size_t longest = 0;
        for (const std::string& name : m_known) {
            if (name.size() <= longest || !here.starts_with(name) || isNumber(name))
                continue;
            const bool ends = name.size() == here.size() || !isNameCharacter(here[name.size()]) ||
                              !isNameCharacter(name.back());
            if (ends && !isCall(name))
                longest = name.size();
        }
        return longest;
    }

    /// A function's name before its arguments is no metric, though there be one of that name.
    bool isCall(std::string_view name) const
    {
        const bool function = std::any_of(std::begin(kFunctions), std::end(kFunctions),
                                          [&](const Function& one) { return one.name == name; });
        const std::size_t after = m_text.find_first_not_of(" \t", m_at + name.size());
        return function && after != std::string_view::npos && m_text[after] == '(';
    }

    Result<NodePtr> word()
    {
        const std::size_t begin = m_at;
        std::size_t end = m_at;
        while (end < m_text.size() && isNameCharacter(m_text[end]))
            ++end;
        if (end == begin)
            return unexpected("A metric, a number or ( is missing here",
                              "Names with other characters stand in `backticks`");
        const std::string_view name = m_text.substr(begin, end - begin);
        if (isCall(name)) {
            m_at = end;
            return call(*std::find_if(std::begin(kFunctions), std::end(kFunctions),
                                      [&](const Function& one) { return one.name == name; }));
        }
        // Said of all that belongs to the word for a reader: train/los, not train.
        while (end < m_text.size() && (isNameCharacter(m_text[end]) || m_text[end] == '/'))
            ++end;
        return metric(std::string(m_text.substr(begin, end - begin)), begin, end - begin);
    }

    Result<NodePtr> call(const Function& function)
    {
        const std::size_t name = m_at - function.name.size();
        take('(');
        std::vector<NodePtr> arguments;
        do {
            SEXTANT_TRY(NodePtr argument, sum());
            arguments.push_back(std::move(argument));
        } while (take(','));
        if (!take(')'))
            return unexpected("The ( has no )", "Close it", name, function.name.size() + 1);
        if (function.takesMore ? arguments.size() < 2 : arguments.size() != 1)
            return unexpected(std::string(function.name) +
                                  (function.takesMore ? " takes two values or more" : " takes one value"),
                              function.takesMore ? "Write " + std::string(function.name) + "(a, b)"
                                                 : "Write " + std::string(function.name) + "(a)",
                              name, m_at - name);
        return make(function.kind, std::move(arguments));
    }

    Result<NodePtr> metric(std::string name, std::size_t begin, std::size_t length)
    {
        if (!std::binary_search(m_known.begin(), m_known.end(), name))
            return unexpected("There is no metric " + name, suggestion(name), begin, length);
        m_at = begin + length;
        const auto found = std::find(m_names.begin(), m_names.end(), name);
        auto node = std::make_shared<Node>();
        node->kind = Node::Kind::Metric;
        node->metric = static_cast<std::size_t>(found - m_names.begin());
        if (found == m_names.end())
            m_names.push_back(std::move(name));
        return node;
    }

    std::string suggestion(const std::string& name) const
    {
        const std::vector<std::string_view> candidates(
            m_known.begin(),
            m_known.begin() + static_cast<std::ptrdiff_t>(std::min(m_known.size(), kMostSuggested)));
        const std::string_view near = nearest(name, candidates);
        return near.empty() ? "Names with other characters stand in `backticks`"
                            : "Did you mean " + std::string(near) + "?";
    }

    static NodePtr make(Node::Kind kind, std::vector<NodePtr> children)
    {
        auto node = std::make_shared<Node>();
        node->kind = kind;
        node->children = std::move(children);
        return node;
    }

    std::string_view m_text;
    std::span<const std::string> m_known;
    std::vector<std::string>& m_names;
    std::size_t m_at = 0;
    int m_depth = 0;
};

} // namespace

Result<NodePtr> parseExpression(std::string_view text, std::span<const std::string> known,
                                std::vector<std::string>& names)
{
    return Parser(text, known, names).parse();
}

} // namespace sextant
