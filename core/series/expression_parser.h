// The syntax tree of metric expressions and its parser.
#pragma once

#include "core/series/expression.h"

namespace sextant {

struct MetricExpression::Node
{
    enum class Kind {
        Number,
        Metric,
        Negate,
        Abs,
        Exp,
        Log,
        Log10,
        Sqrt,
        Add,
        Subtract,
        Multiply,
        Divide,
        Min,
        Max,
    };
    Kind kind = Kind::Number;
    double number = 0;
    std::size_t metric = 0; // index of the names
    std::vector<std::shared_ptr<const Node>> children;
};

/// Appends the metrics that are named to `names`, each once. Errors: Syntax.
Result<std::shared_ptr<const MetricExpression::Node>>
parseExpression(std::string_view text, std::span<const std::string> known, std::vector<std::string>& names);

} // namespace sextant
