// MetricExpression: a chart's line worked out from several metrics: `train/loss - val/loss`.
// Immutable once parsed; may be used from any number of threads.
#pragma once

#include "core/series/join.h"

#include <memory>
#include <string>
#include <string_view>

namespace sextant {

/// + - * / ( ), numbers, metrics, and abs, exp, log (natural), log10, sqrt of one, min, max of two or more.
///
/// A name is read as the longest metric there is: `train/loss - val/loss` is a difference of two metrics, and
/// `a/b` is the metric of that name where there is one, else a divided by b. Names that hold anything else
/// are written in `backticks` or "quotes" (doubled inside).
class MetricExpression
{
public:
    /// `known`: the metrics there are, sorted. Errors: Syntax, with the place and a hint.
    static Result<MetricExpression> parse(std::string_view text, std::span<const std::string> known);
    /// The metric itself, whatever characters its name holds.
    static MetricExpression metric(std::string name);

    /// In the order of their first use; never empty.
    const std::vector<std::string>& metrics() const { return m_metrics; }
    /// No arithmetic: the metric as it was logged.
    bool isMetric() const;

    /// `operands`: of one run, as metrics(). Joined by step as joinBySteps says; arithmetic as IEEE 754 has
    /// it, so what is undefined (0/0, log of a negative number) is NaN, a gap. min and max of a NaN are NaN.
    /// A metric itself is returned as it is, repeated steps included. Errors: Cancelled.
    struct Value
    {
        HistoryPtr history;
        std::size_t unmatched = 0; // steps that some operand has and another lacks
    };
    Result<Value> evaluate(std::span<const HistoryPtr> operands, const Operation& operation = {}) const;

    struct Node;

private:
    std::vector<std::string> m_metrics;
    std::shared_ptr<const Node> m_root;
};

} // namespace sextant
