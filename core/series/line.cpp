#include "core/series/line.h"

namespace sextant {

Result<PreparedCurve> prepareLine(const MetricExpression& expression, const LineSource& source,
                                  const CurveRequest& request, const Operation& operation)
{
    SEXTANT_TRY(const MetricExpression::Value value, expression.evaluate(source.operands, operation));
    PreparedCurve prepared;
    if (request.axis == XAxis::Metric) {
        if (!source.x)
            return fail(ErrorCode::InvalidArgument, "No metric was chosen for the x axis", "Choose one");
        SEXTANT_TRY(const MetricOverMetric over, overMetric(value.history, source.x, operation));
        prepared.raw = std::make_shared<const Curve>(over.history, request.axis, over.x);
        prepared.unmatched = over.unmatched;
        prepared.withoutPlace = over.notFinite;
        SEXTANT_CHECK(addSmoothed(prepared, request, operation));
    } else {
        SEXTANT_TRY(prepared, prepareCurve(value.history, request, operation));
    }
    prepared.unmatched += value.unmatched;
    return prepared;
}

} // namespace sextant
