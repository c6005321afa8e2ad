#include "core/series/band.h"

#include "core/statistics/summary.h"

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
/// More than any screen shows; the mean of hundreds of runs along time has a place for every one of their
/// points.
constexpr std::size_t kMostPlaces = 1 << 18;
/// So many places are worked out together: one member after the other, each from left to right.
constexpr std::size_t kBlock = 256;

/// The least and the greatest that was seen.
struct Extent
{
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void add(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

/// One member while the places are walked from left to right.
class Walker
{
public:
    explicit Walker(const Curve& curve) : m_curve(curve) { advance(); }

    /// What the member says at x, which is right of all asked for before; NaN: nothing. `passed` gets the
    /// values of points up to x.
    double read(double x, Band& band, Extent& passed)
    {
        while (!atEnd() && m_nextX <= x)
            take(band, passed);
        if (m_previousX == x && m_any)
            return m_previous;
        if (atEnd() || std::isnan(m_previous) || std::isnan(m_next))
            return kNaN;
        ++band.interpolated;
        const double share = (x - m_previousX) / (m_nextX - m_previousX);
        return m_previous * (1 - share) + m_next * share;
    }

private:
    bool atEnd() const { return m_begin == m_curve.size(); }

    void take(Band& band, Extent& passed)
    {
        m_any = true;
        m_previousX = m_nextX;
        m_previous = m_next;
        m_begin = m_end;
        if (std::isnan(m_previous))
            ++band.notFinite;
        else
            passed.add(m_previous);
        advance();
    }

    /// Points of equal x are one place; the last one counts.
    void advance()
    {
        m_end = m_begin;
        if (atEnd())
            return;
        m_nextX = m_curve.x(m_begin);
        while (m_end < m_curve.size() && m_curve.x(m_end) == m_nextX)
            ++m_end;
        const double value = m_curve.value(m_end - 1);
        m_next = std::isfinite(value) ? value : kNaN;
    }

    const Curve& m_curve;
    std::size_t m_begin = 0, m_end = 0; // the points of the next place
    bool m_any = false;                 // the first point has been passed
    double m_nextX = 0, m_next = kNaN;  // NaN: not finite
    double m_previousX = 0, m_previous = kNaN;
};

bool sameX(const XValues& a, const XValues& b)
{
    return a.numbers.empty() && b.numbers.empty() && a.origin == b.origin && a.unit == b.unit &&
           a.keys.size() == b.keys.size() && std::equal(a.keys.begin(), a.keys.end(), b.keys.begin());
}

/// All x of the members, each once, ascending; with `every` > 1 only each so-manyth and the last.
std::vector<double> placesOf(std::span<const CurvePtr> members, std::size_t& every)
{
    std::vector<double> places;
    for (std::size_t member = 0; member < members.size(); ++member) {
        const Curve& curve = *members[member];
        if (member > 0 && sameX(curve.xValues(), members[member - 1]->xValues()))
            continue;
        for (std::size_t index = 0; index < curve.size(); ++index)
            places.push_back(curve.x(index));
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    every = (places.size() + kMostPlaces - 1) / kMostPlaces;
    if (every <= 1) {
        every = 1;
        return places;
    }
    const double last = places.back();
    std::size_t count = 0;
    for (std::size_t index = 0; index < places.size(); index += every)
        places[count++] = places[index];
    places.resize(count);
    if (places.back() != last)
        places.push_back(last);
    places.shrink_to_fit();
    return places;
}

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

/// The sum of what `part` makes of each value. Long double: sums and squares of the largest doubles must not
/// overflow. Four sums beside each other, for one alone would wait for itself at every value.
template <class Part>
long double sumOf(std::span<const double> values, const Part& part)
{
    long double first = 0, second = 0, third = 0, fourth = 0;
    std::size_t index = 0;
    for (; index + 4 <= values.size(); index += 4) {
        first += part(static_cast<long double>(values[index]));
        second += part(static_cast<long double>(values[index + 1]));
        third += part(static_cast<long double>(values[index + 2]));
        fourth += part(static_cast<long double>(values[index + 3]));
    }
    for (; index < values.size(); ++index)
        first += part(static_cast<long double>(values[index]));
    return (first + second) + (third + fourth);
}

Spread summarise(std::span<const double> values, BandKind kind, StudentFactors& factors)
{
    if (values.empty())
        return {};
    const long double sum = sumOf(values, [](long double value) { return value; });
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
    const long double squares =
        sumOf(values, [mean](long double value) { return (value - mean) * (value - mean); });
    long double half = std::sqrt(squares / (count - 1));
    if (kind != BandKind::Deviation)
        half /= std::sqrt(count);
    if (kind == BandKind::Confidence)
        half *= static_cast<long double>(factors.of(values.size()));
    spread.low = static_cast<double>(mean - half);
    spread.high = static_cast<double>(mean + half);
    return spread;
}

/// The figures of a band while they are worked out.
class Figures
{
public:
    Figures(Band& band, std::size_t places) : m_band(band)
    {
        for (auto* values : {&m_mean, &m_low, &m_high})
            values->reserve(places);
        band.counts.reserve(places);
    }

    /// `passed`: all points since the place before.
    void add(std::span<const double> values, const Extent& passed)
    {
        const Spread spread = summarise(values, m_band.kind, m_factors);
        m_mean.push_back(spread.mean);
        m_low.push_back(spread.low);
        m_high.push_back(spread.high);
        const auto count = static_cast<std::uint32_t>(values.size());
        m_band.counts.push_back(count);
        m_band.most = std::max(m_band.most, count);
        if (count > 0)
            m_band.fewest = m_band.fewest == 0 ? count : std::min(m_band.fewest, count);
        if (m_band.every > 1 && m_band.kind == BandKind::Extremes)
            widen(passed);
    }

    void finish(std::vector<double> places, XAxis axis)
    {
        std::vector<std::int64_t> whole(places.size(), 0);
        if (axis == XAxis::Step)
            std::transform(places.begin(), places.end(), whole.begin(),
                           [](double x) { // the greatest step rounds up to a number beyond all steps
                               return x < 0x1p63 ? static_cast<std::int64_t>(x)
                                                 : std::numeric_limits<std::int64_t>::max();
                           });
        const FrozenArray<double> x(std::move(places));
        const FrozenArray<std::int64_t> steps(std::move(whole));
        const FrozenArray<EpochMs> times(std::vector<EpochMs>(x.size(), kNoTime));
        const auto curve = [&](std::vector<double> values) {
            History history{steps, times, FrozenArray<double>(std::move(values))};
            return std::make_shared<const Curve>(std::make_shared<History>(std::move(history)), axis, x);
        };
        m_band.mean = curve(std::move(m_mean));
        m_band.low = curve(std::move(m_low));
        m_band.high = curve(std::move(m_high));
    }

private:
    /// The straight edges from the place before to this one must leave no point outside.
    void widen(const Extent& passed)
    {
        const std::size_t last = m_low.size() - 1;
        for (std::size_t index = last > 0 ? last - 1 : 0; index <= last; ++index) {
            if (std::isnan(m_low[index]))
                continue;
            m_low[index] = std::min(m_low[index], passed.low);
            m_high[index] = std::max(m_high[index], passed.high);
        }
    }

    Band& m_band;
    StudentFactors m_factors;
    std::vector<double> m_mean, m_low, m_high;
};

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
    if (operation.cancelled())
        return cancelledError();
    std::vector<double> places = placesOf(members, band->every);
    std::vector<Walker> walkers;
    for (const CurvePtr& member : members)
        walkers.emplace_back(*member);
    Figures figures(*band, places.size());
    const std::size_t width = members.size();
    std::vector<double> block(kBlock * width), values;
    std::vector<Extent> passed(kBlock);
    for (std::size_t begin = 0; begin < places.size(); begin += kBlock) {
        if (operation.cancelled())
            return cancelledError();
        const std::size_t count = std::min(kBlock, places.size() - begin);
        std::fill(passed.begin(), passed.end(), Extent());
        for (std::size_t member = 0; member < width; ++member)
            for (std::size_t place = 0; place < count; ++place)
                block[place * width + member] =
                    walkers[member].read(places[begin + place], *band, passed[place]);
        for (std::size_t place = 0; place < count; ++place) {
            values.clear();
            for (std::size_t member = 0; member < width; ++member)
                if (const double value = block[place * width + member]; !std::isnan(value))
                    values.push_back(value);
            figures.add(values, passed[place]);
        }
    }
    figures.finish(std::move(places), members.empty() ? XAxis::Step : members.front()->axis());
    return band;
}

} // namespace sextant
