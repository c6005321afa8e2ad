// Curve: one metric's points sorted along x, ready to be drawn at any zoom and read at any place, exactly.
// Immutable once built; may be read from any number of threads.
#pragma once

#include "core/base/operation.h"
#include "core/series/history.h"
#include "core/series/pyramid.h"
#include "core/series/smoothing.h"
#include "core/series/x_values.h"

#include <memory>
#include <optional>
#include <vector>

namespace sextant {

/// One point, exactly as logged.
struct CurvePoint
{
    std::size_t index = 0; // in the curve
    double x = 0;
    double value = 0;
    std::int64_t step = 0;
    EpochMs time = 0;
};

/// What one pixel column holds: the points [begin, end) of the curve. `first` and `last` may be NaN or
/// infinite.
struct CurveColumn
{
    std::size_t begin = 0;
    std::size_t end = 0;
    double first = 0;
    double last = 0;
    ValueRange range;

    bool empty() const { return begin == end; }
    std::size_t count() const { return end - begin; }
};

class Curve
{
public:
    /// Points sorted by x; points of equal x by step, then in the store's order. Nothing is copied when the
    /// history is sorted already. `origin`: where relative time starts, by default the earliest point.
    Curve(HistoryPtr history, XAxis axis, EpochMs origin = kNoTime);
    /// Points with an x of their own: as many finite numbers as the history has points. Sorted as above.
    Curve(HistoryPtr history, XAxis axis, FrozenArray<double> x);
    /// The same points with other values (smoothed ones), in the order of `base`.
    Curve(const Curve& base, std::vector<double> values);

    std::size_t size() const { return m_pyramid.size(); }
    bool empty() const { return size() == 0; }
    double x(std::size_t index) const { return m_x[index]; }
    double value(std::size_t index) const { return m_pyramid.values()[index]; }
    CurvePoint point(std::size_t index) const;
    const XValues& xValues() const { return m_x; }
    XAxis axis() const { return m_axis; }
    const FrozenArray<double>& values() const { return m_pyramid.values(); }
    const Pyramid& pyramid() const { return m_pyramid; }
    double firstX() const { return empty() ? 0 : m_x[0]; }
    double lastX() const { return empty() ? 0 : m_x[size() - 1]; }

    /// The range of all values, and the smallest magnitude of a finite value that is not 0 (0 when there is
    /// none).
    const ValueRange& range() const { return m_range; }
    double smallestMagnitude() const { return m_smallestMagnitude; }

    /// Index of the first point with x >= the given one; of the first with x > it.
    std::size_t lowerBound(double x) const;
    std::size_t upperBound(double x) const;

    /// The columns that split [x0, x1] into `count` equal parts; x1 itself belongs to the last one. A point
    /// at x lies in column floor((x - x0) * (count / (x1 - x0))). Empty when the window is.
    std::vector<CurveColumn> columns(double x0, double x1, int count) const;

    /// The point nearest to x; among points of equal x the last one.
    std::optional<CurvePoint> nearest(double x) const;

private:
    template <class Key>
    FrozenArray<Key> sortBy(const FrozenArray<Key>& keys);
    void measure();
    CurveColumn column(std::size_t begin, std::size_t end) const;

    HistoryPtr m_history;
    FrozenArray<std::uint32_t> m_order; // history index of each point; empty: the same
    XAxis m_axis = XAxis::Step;
    XValues m_x;
    Pyramid m_pyramid;
    ValueRange m_range;
    double m_smallestMagnitude = 0;
};

using CurvePtr = std::shared_ptr<const Curve>;

struct CurveRequest
{
    XAxis axis = XAxis::Step;
    Smoothing smoothing;
    EpochMs origin = kNoTime; // where relative time starts; kNoTime: at the curve's own first point
    double xRange = 0;        // length of x that time-weighted smoothing refers to; 0: the curve's own
};

/// A curve and, when smoothing was asked for, the smoothed one over the same points.
struct PreparedCurve
{
    CurvePtr raw;
    CurvePtr smoothed;            // null without smoothing
    std::size_t unmatched = 0;    // steps that took part in no point: another metric was not logged there
    std::size_t withoutPlace = 0; // points whose x is not finite
};

/// All work that a curve needs before it can be drawn. Lasts: 0.1 s for 10,000,000 sorted points, more when
/// they must be sorted or smoothed. Fails only when cancelled or when a history has more points than fit
/// (2^32 - 1).
Result<PreparedCurve> prepareCurve(HistoryPtr history, const CurveRequest& request,
                                   const Operation& operation = {});

/// The smoothed curve beside a raw one. Errors: Cancelled.
Result<void> addSmoothed(PreparedCurve& prepared, const CurveRequest& request, const Operation& operation);

} // namespace sextant
