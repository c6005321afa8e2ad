// A line of a chart from what was logged: the metric or expression, what lies along x, smoothing.
#pragma once

#include "core/series/curve.h"
#include "core/series/expression.h"

namespace sextant {

/// The histories of one run.
struct LineSource
{
    std::vector<HistoryPtr> operands; // as the expression's metrics
    HistoryPtr x;                     // with XAxis::Metric, else null
};

/// As prepareCurve. Along another metric, points are joined by step (overMetric).
Result<PreparedCurve> prepareLine(const MetricExpression& expression, const LineSource& source,
                                  const CurveRequest& request, const Operation& operation = {});

} // namespace sextant
