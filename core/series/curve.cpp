#include "core/series/curve.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sextant {
namespace {

/// The smallest index in [begin, end] from which on `reached` holds. Looks near `guess` first: columns of
/// evenly spaced points are found in a step or two, without walking over memory.
template <class Predicate>
std::size_t findBoundary(std::size_t begin, std::size_t end, std::size_t guess, Predicate reached)
{
    guess = std::clamp(guess, begin, end);
    std::size_t low = begin, high = end;
    if (guess < end && !reached(guess)) {
        low = guess + 1;
        for (std::size_t stride = 1; low < end; stride *= 2) {
            const std::size_t probe = std::min(guess + stride, end - 1);
            if (reached(probe)) {
                high = probe;
                break;
            }
            low = probe + 1;
        }
    } else {
        high = guess;
        for (std::size_t stride = 1; high > begin; stride *= 2) {
            const std::size_t probe = guess - begin > stride ? guess - stride : begin;
            if (!reached(probe)) {
                low = probe + 1;
                break;
            }
            high = probe;
        }
    }
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (reached(middle))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

template <class T>
FrozenArray<T> permuted(const FrozenArray<T>& items, std::span<const std::uint32_t> order)
{
    std::vector<T> result;
    result.reserve(order.size());
    for (std::uint32_t index : order)
        result.push_back(items[index]);
    return FrozenArray<T>(std::move(result));
}

} // namespace

Curve::Curve(HistoryPtr history, XAxis axis, EpochMs origin) : m_history(std::move(history)), m_axis(axis)
{
    m_x.keys = sortBy(m_axis == XAxis::Step ? m_history->steps : m_history->timestamps);
    if (m_axis == XAxis::RelativeTime) {
        const EpochMs earliest = m_x.keys.empty() ? 0 : m_x.keys[0];
        m_x.origin = static_cast<double>(isKnown(origin) ? origin : earliest);
        m_x.unit = 1000;
    }
    measure();
}

Curve::Curve(HistoryPtr history, XAxis axis, FrozenArray<double> x)
    : m_history(std::move(history)), m_axis(axis)
{
    m_x.numbers = sortBy(x);
    measure();
}

Curve::Curve(const Curve& base, std::vector<double> values)
    : m_history(base.m_history), m_order(base.m_order), m_axis(base.m_axis), m_x(base.m_x),
      m_pyramid(FrozenArray<double>(std::move(values)))
{
    measure();
}

template <class Key>
FrozenArray<Key> Curve::sortBy(const FrozenArray<Key>& keys)
{
    const auto& steps = m_history->steps;
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        return keys[a] != keys[b] ? keys[a] < keys[b] : steps[a] < steps[b];
    };
    bool sorted = true;
    for (std::size_t index = 1; sorted && index < keys.size(); ++index)
        sorted = !before(static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index - 1));
    if (sorted) {
        m_pyramid = Pyramid(m_history->values);
        return keys;
    }
    std::vector<std::uint32_t> order(keys.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), before);
    m_pyramid = Pyramid(permuted(m_history->values, order));
    FrozenArray<Key> result = permuted(keys, order);
    m_order = FrozenArray<std::uint32_t>(std::move(order));
    return result;
}

void Curve::measure()
{
    m_range = m_pyramid.range(0, size());
    if (!m_range.hasFinite())
        return;
    if (m_range.minimum > 0 || m_range.maximum < 0) {
        m_smallestMagnitude = std::min(std::abs(m_range.minimum), std::abs(m_range.maximum));
        return;
    }
    double smallest = std::numeric_limits<double>::infinity();
    for (double value : values()) {
        const double magnitude = std::abs(value);
        smallest = magnitude > 0 && magnitude < smallest ? magnitude : smallest;
    }
    m_smallestMagnitude = std::isfinite(smallest) ? smallest : 0;
}

CurvePoint Curve::point(std::size_t index) const
{
    const std::size_t source = m_order.empty() ? index : m_order[index];
    return {index, x(index), value(index), m_history->steps[source], m_history->timestamps[source]};
}

std::size_t Curve::lowerBound(double x) const
{
    return findBoundary(0, size(), size() / 2, [&](std::size_t index) { return m_x[index] >= x; });
}

std::size_t Curve::upperBound(double x) const
{
    return findBoundary(0, size(), size() / 2, [&](std::size_t index) { return m_x[index] > x; });
}

CurveColumn Curve::column(std::size_t begin, std::size_t end) const
{
    CurveColumn column;
    column.begin = begin;
    column.end = end;
    if (begin < end) {
        column.first = value(begin);
        column.last = value(end - 1);
        column.range = m_pyramid.range(begin, end);
    }
    return column;
}

std::vector<CurveColumn> Curve::columns(double x0, double x1, int count) const
{
    std::vector<CurveColumn> columns;
    if (!(x1 > x0) || count <= 0)
        return columns;
    columns.reserve(static_cast<std::size_t>(count));
    // Columns of long curves lie far apart in memory: what is needed next is fetched while the columns before
    // are at work.
    constexpr std::size_t kAhead = 4;
    const double scale = count / (x1 - x0);
    const std::size_t end = upperBound(x1);
    std::vector<std::size_t> borders{std::min(lowerBound(x0), end)};
    borders.reserve(static_cast<std::size_t>(count) + 1);
    std::size_t width = (end - borders[0]) / static_cast<std::size_t>(count);
    for (int index = 1; index <= count; ++index) {
        const std::size_t begin = borders.back();
        const auto reached = [&](std::size_t point) {
            return std::floor((m_x[point] - x0) * scale) >= index;
        };
        borders.push_back(index == count ? end : findBoundary(begin, end, begin + width, reached));
        width = borders.back() - begin;
    }
    for (std::size_t index = 0; index + 1 < borders.size(); ++index) {
        if (index + kAhead < borders.size())
            m_pyramid.prefetch(borders[index + kAhead]);
        columns.push_back(column(borders[index], borders[index + 1]));
    }
    return columns;
}

std::optional<CurvePoint> Curve::nearest(double x) const
{
    if (empty() || std::isnan(x))
        return std::nullopt;
    const std::size_t after = upperBound(x); // points before it have x <= the given one
    if (after == size())
        return point(size() - 1);
    const double right = m_x[after];
    if (after > 0 && x - m_x[after - 1] <= right - x)
        return point(after - 1);
    return point(upperBound(right) - 1);
}

Result<PreparedCurve> prepareCurve(HistoryPtr history, const CurveRequest& request,
                                   const Operation& operation)
{
    if (history->size() > std::numeric_limits<std::uint32_t>::max())
        return fail(ErrorCode::Unsupported, "The metric has more than 4,294,967,295 points");
    PreparedCurve prepared;
    prepared.raw = std::make_shared<const Curve>(std::move(history), request.axis, request.origin);
    if (operation.cancelled())
        return cancelledError();
    SEXTANT_CHECK(addSmoothed(prepared, request, operation));
    return prepared;
}

Result<void> addSmoothed(PreparedCurve& prepared, const CurveRequest& request, const Operation& operation)
{
    if (request.smoothing.kind == SmoothingKind::None)
        return {};
    SEXTANT_TRY(auto values, smooth(prepared.raw->values(), prepared.raw->xValues(), request.smoothing,
                                    request.xRange, operation));
    prepared.smoothed = std::make_shared<const Curve>(*prepared.raw, std::move(values));
    return {};
}

} // namespace sextant
