#include "core/series/expression.h"

#include "core/series/expression_parser.h"

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

using Node = MetricExpression::Node;
using Values = std::vector<double>;

constexpr std::size_t kLongest = 4000;

double applyOne(Node::Kind kind, double value)
{
    switch (kind) {
    case Node::Kind::Negate:
        return -value;
    case Node::Kind::Abs:
        return std::abs(value);
    case Node::Kind::Exp:
        return std::exp(value);
    case Node::Kind::Log:
        return std::log(value);
    case Node::Kind::Log10:
        return std::log10(value);
    default:
        return std::sqrt(value);
    }
}

double applyTwo(Node::Kind kind, double left, double right)
{
    switch (kind) {
    case Node::Kind::Add:
        return left + right;
    case Node::Kind::Subtract:
        return left - right;
    case Node::Kind::Multiply:
        return left * right;
    case Node::Kind::Divide:
        return left / right;
    default:
        break;
    }
    if (std::isnan(left) || std::isnan(right))
        return std::numeric_limits<double>::quiet_NaN();
    return kind == Node::Kind::Min ? std::min(left, right) : std::max(left, right);
}

Values valuesOf(const Node& node, const StepJoin& join)
{
    const std::size_t count = join.steps.size();
    if (node.kind == Node::Kind::Number)
        return Values(count, node.number);
    if (node.kind == Node::Kind::Metric)
        return {join.values[node.metric].begin(), join.values[node.metric].end()};
    Values values = valuesOf(*node.children.front(), join);
    if (node.children.size() == 1) {
        for (double& value : values)
            value = applyOne(node.kind, value);
        return values;
    }
    for (std::size_t child = 1; child < node.children.size(); ++child) {
        const Values other = valuesOf(*node.children[child], join);
        for (std::size_t index = 0; index < count; ++index)
            values[index] = applyTwo(node.kind, values[index], other[index]);
    }
    return values;
}

} // namespace

Result<MetricExpression> MetricExpression::parse(std::string_view text, std::span<const std::string> known)
{
    if (std::binary_search(known.begin(), known.end(), text, std::less<>()))
        return metric(std::string(text));
    if (text.size() > kLongest)
        return fail(ErrorCode::Syntax, "The expression is longer than 4,000 characters",
                    "Write a shorter one");
    MetricExpression expression;
    SEXTANT_TRY(expression.m_root, parseExpression(text, known, expression.m_metrics));
    if (!expression.m_metrics.empty())
        return expression;
    Error error{
        ErrorCode::Syntax, "The expression names no metric", "Name at least one: train/loss / 2", {}, {}};
    error.range = TextRange{0, text.size()};
    return tl::unexpected(std::move(error));
}

MetricExpression MetricExpression::metric(std::string name)
{
    MetricExpression expression;
    expression.m_metrics.push_back(std::move(name));
    auto node = std::make_shared<Node>();
    node->kind = Node::Kind::Metric;
    expression.m_root = std::move(node);
    return expression;
}

bool MetricExpression::isMetric() const
{
    return m_root->kind == Node::Kind::Metric;
}

Result<MetricExpression::Value> MetricExpression::evaluate(std::span<const HistoryPtr> operands,
                                                           const Operation& operation) const
{
    if (operands.size() != m_metrics.size())
        return fail(ErrorCode::InvalidArgument, "An expression needs one history for each of its metrics");
    if (isMetric())
        return Value{operands.front(), 0};
    SEXTANT_TRY(const StepJoin join, joinBySteps(operands, operation));
    Value value;
    for (std::size_t unmatched : join.unmatched)
        value.unmatched += unmatched;
    if (operation.cancelled())
        return cancelledError();
    value.history = std::make_shared<History>(
        History{join.steps, join.timestamps, FrozenArray<double>(valuesOf(*m_root, join))});
    return value;
}

} // namespace sextant
