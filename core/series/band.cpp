#include "core/series/band.h"

#include "core/statistics/summary.h"

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kStopInterval = 1 << 12;

/// One member while the places are walked from left to right.
class Walker
{
public:
    explicit Walker(const Curve& curve) : m_curve(curve) { advance(); }

    bool atEnd() const { return m_begin == m_curve.size(); }
    double nextX() const { return m_curve.x(m_begin); }

    /// What the member says at x, which is not beyond its next point; NaN: nothing.
    double read(double x, Band& band)
    {
        if (!atEnd() && nextX() == x) {
            m_previousX = x;
            m_previous = m_next;
            m_begin = m_end;
            band.notFinite += !std::isfinite(m_previous);
            advance();
            return std::isfinite(m_previous) ? m_previous : kNaN;
        }
        if (atEnd() || !std::isfinite(m_previous) || !std::isfinite(m_next))
            return kNaN;
        ++band.interpolated;
        const double share = (x - m_previousX) / (nextX() - m_previousX);
        return m_previous * (1 - share) + m_next * share;
    }

private:
    /// Points of equal x are one place; the last one counts.
    void advance()
    {
        m_end = m_begin;
        while (m_end < m_curve.size() && m_curve.x(m_end) == nextX())
            ++m_end;
        if (m_end > m_begin)
            m_next = m_curve.value(m_end - 1);
    }

    const Curve& m_curve;
    std::size_t m_begin = 0, m_end = 0; // the points of the next place
    double m_next = kNaN;
    double m_previousX = 0, m_previous = kNaN; // NaN before the first point
};

/// Half the width of a 95 % interval around a mean of `count` values, in standard errors; each worked out
/// once.
class StudentFactors
{
public:
    double of(std::size_t count)
    {
        while (m_factors.size() <= count)
            m_factors.push_back(studentFactor(m_factors.size(), 0.95));
        return m_factors[count];
    }

private:
    std::vector<double> m_factors;
};

struct Spread
{
    double mean = kNaN, low = kNaN, high = kNaN;
};

/// Long double: sums and squares of the largest doubles must not overflow.
Spread summarise(std::span<const double> values, BandKind kind, StudentFactors& factors)
{
    if (values.empty())
        return {};
    long double sum = 0, squares = 0;
    for (double value : values)
        sum += static_cast<long double>(value);
    const auto count = static_cast<long double>(values.size());
    const long double mean = sum / count;
    Spread spread;
    spread.mean = static_cast<double>(mean);
    if (kind == BandKind::Extremes) {
        const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
        spread.low = *least;
        spread.high = *greatest;
        return spread;
    }
    if (values.size() < 2)
        return spread;
    for (double value : values)
        squares += (static_cast<long double>(value) - mean) * (static_cast<long double>(value) - mean);
    long double half = std::sqrt(squares / (count - 1));
    if (kind != BandKind::Deviation)
        half /= std::sqrt(count);
    if (kind == BandKind::Confidence)
        half *= static_cast<long double>(factors.of(values.size()));
    spread.low = static_cast<double>(mean - half);
    spread.high = static_cast<double>(mean + half);
    return spread;
}

/// The band's x along the axis of its members: whole steps stay whole.
CurvePtr curveOver(const FrozenArray<double>& x, const FrozenArray<std::int64_t>& steps, XAxis axis,
                   std::vector<double> values)
{
    const FrozenArray<EpochMs> times(std::vector<EpochMs>(values.size(), kNoTime));
    return std::make_shared<const Curve>(
        std::make_shared<History>(History{steps, times, FrozenArray<double>(std::move(values))}), axis, x);
}

} // namespace

std::string describe(BandKind kind)
{
    switch (kind) {
    case BandKind::None:
        break;
    case BandKind::Deviation:
        return "mean ± std";
    case BandKind::StandardError:
        return "mean ± stderr";
    case BandKind::Confidence:
        return "mean with 95 % CI";
    case BandKind::Extremes:
        return "mean, min to max";
    }
    return {};
}

Result<BandPtr> makeBand(std::span<const CurvePtr> members, BandKind kind, const Operation& operation)
{
    auto band = std::make_shared<Band>();
    band->kind = kind;
    band->members = members.size();
    std::vector<Walker> walkers;
    for (const CurvePtr& member : members)
        walkers.emplace_back(*member);
    const XAxis axis = members.empty() ? XAxis::Step : members.front()->axis();

    StudentFactors factors;
    std::vector<double> x, mean, low, high, values;
    std::vector<std::int64_t> steps;
    for (;;) {
        double next = std::numeric_limits<double>::infinity();
        for (const Walker& walker : walkers)
            next = walker.atEnd() ? next : std::min(next, walker.nextX());
        if (std::isinf(next))
            break;
        if (x.size() % kStopInterval == 0 && operation.cancelled())
            return cancelledError();
        values.clear();
        for (Walker& walker : walkers) {
            if (const double value = walker.read(next, *band); !std::isnan(value))
                values.push_back(value);
        }
        const Spread spread = summarise(values, kind, factors);
        x.push_back(next);
        steps.push_back(axis == XAxis::Step ? static_cast<std::int64_t>(next) : 0);
        mean.push_back(spread.mean);
        low.push_back(spread.low);
        high.push_back(spread.high);
        const auto count = static_cast<std::uint32_t>(values.size());
        band->counts.push_back(count);
        band->most = std::max(band->most, count);
        if (count > 0)
            band->fewest = band->fewest == 0 ? count : std::min(band->fewest, count);
    }
    const FrozenArray<double> places(std::move(x));
    const FrozenArray<std::int64_t> wholeSteps(std::move(steps));
    band->mean = curveOver(places, wholeSteps, axis, std::move(mean));
    band->low = curveOver(places, wholeSteps, axis, std::move(low));
    band->high = curveOver(places, wholeSteps, axis, std::move(high));
    return band;
}

} // namespace sextant
