// The syntax tree of a filter. Plain values; positions are byte offsets into the filter's text.
#pragma once

#include "core/base/error.h"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace sextant {

enum class FieldKind { Attribute, Metric, Param, Tag, DatasetAttribute, Anything };

/// Which number of a metric's history is meant.
enum class MetricAspect { Latest, Min, Max, First, Best };

/// What stands left of an operator: `params.lr`, `num(params.lr)`, `max(metrics.acc)`.
struct Field
{
    FieldKind kind = FieldKind::Attribute;
    std::string key;
    bool numeric = false; // num(): the text as a number
    MetricAspect aspect = MetricAspect::Latest;
    TextRange range;
};

enum class Comparison { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, Like, ILike, RLike, In, NotIn, IsNull, IsNotNull, Contains };

using Literal = std::variant<double, std::string>;

struct Condition;
using ConditionPtr = std::shared_ptr<const Condition>;

struct Compare
{
    Field field;
    Comparison comparison = Comparison::Equal;
    std::vector<Literal> values; // one, several for IN, none for NULL tests
};
struct And { std::vector<ConditionPtr> parts; };
struct Or { std::vector<ConditionPtr> parts; };
struct Not { ConditionPtr part; };

struct Condition
{
    std::variant<Compare, And, Or, Not> node;
};

} // namespace sextant
