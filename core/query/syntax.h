// The syntax tree of a filter. Plain immutable values; positions are byte offsets into the filter's text.
#pragma once

#include "core/base/error.h"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace sextant {

enum class FieldKind { Attribute, Metric, Param, Tag, Dataset, Anything };

/// Which number of a metric's history is meant. Best is the least or the greatest, see lowerIsBetter().
enum class MetricAspect { Latest, Min, Max, First, Best };

/// What stands left of an operator: `params.lr`, `num(params.lr)`, `max(metrics.acc)`.
/// Attribute keys are canonical ("start_time" for `created`).
struct Field
{
    FieldKind kind = FieldKind::Attribute;
    std::string key;
    bool numeric = false; // num(): the text as a number
    MetricAspect aspect = MetricAspect::Latest;
    TextRange range;
};

/// In its order the ones that deny stand behind the one they deny. Contains is free text, on
/// FieldKind::Anything only.
enum class Comparison {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Like,
    NotLike,
    ILike,
    NotILike,
    RLike,
    NotRLike,
    In,
    NotIn,
    IsNull,
    IsNotNull,
    Contains,
};

/// Times are milliseconds since 1970, durations milliseconds.
using Literal = std::variant<double, std::string>;

struct Condition;
using ConditionPtr = std::shared_ptr<const Condition>;

struct Compare
{
    Field field;
    Comparison comparison = Comparison::Equal;
    std::vector<Literal> values; // one, several for IN, none for NULL tests
    TextRange range;             // from the field to the last value
};
struct And
{
    std::vector<ConditionPtr> parts;
};
struct Or
{
    std::vector<ConditionPtr> parts;
};
struct Not
{
    ConditionPtr part;
};

struct Condition
{
    std::variant<Compare, And, Or, Not> node;
};

/// Equal but for the positions.
bool sameMeaning(const Condition& left, const Condition& right);

} // namespace sextant
