#include "core/series/band.h"

#include "tests/series/series_data.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace sextant {
namespace {

using namespace test;

CurvePtr curveOf(std::vector<std::int64_t> steps, std::vector<double> values)
{
    std::vector<EpochMs> times(steps.size(), 1000);
    return std::make_shared<Curve>(makeHistory(std::move(steps), std::move(times), std::move(values)),
                                   XAxis::Step);
}

BandPtr bandOf(const std::vector<CurvePtr>& members, BandKind kind)
{
    auto band = makeBand(members, kind);
    EXPECT_TRUE(band);
    return *band;
}

std::vector<double> valuesOf(const CurvePtr& curve)
{
    return {curve->values().begin(), curve->values().end()};
}

void expectNear(const std::vector<double>& values, const std::vector<double>& wanted)
{
    ASSERT_EQ(values.size(), wanted.size());
    for (std::size_t index = 0; index < values.size(); ++index) {
        if (std::isnan(wanted[index]))
            EXPECT_TRUE(std::isnan(values[index])) << index;
        else
            EXPECT_NEAR(values[index], wanted[index], 1e-12 * std::max(1.0, std::abs(wanted[index])))
                << index;
    }
}

// Figures of numpy.std(ddof=1) and scipy.stats.t.interval(0.95, 2, ...).
TEST(Band, SpreadsOfThreeSeeds)
{
    const std::vector<CurvePtr> seeds{curveOf({0, 1}, {1, 4}), curveOf({0, 1}, {2, 4}),
                                      curveOf({0, 1}, {6, 4})};
    const BandPtr deviation = bandOf(seeds, BandKind::Deviation);
    const double s = std::sqrt(7.0);
    expectNear(valuesOf(deviation->mean), {3, 4});
    expectNear(valuesOf(deviation->low), {3 - s, 4});
    expectNear(valuesOf(deviation->high), {3 + s, 4});
    EXPECT_EQ(deviation->counts, (std::vector<std::uint32_t>{3, 3}));
    expectNear(valuesOf(bandOf(seeds, BandKind::StandardError)->high), {3 + s / std::sqrt(3.0), 4});
    expectNear(valuesOf(bandOf(seeds, BandKind::Confidence)->high),
               {3 + 4.302652729749462 * s / std::sqrt(3.0), 4});
    const BandPtr extremes = bandOf(seeds, BandKind::Extremes);
    expectNear(valuesOf(extremes->low), {1, 4});
    expectNear(valuesOf(extremes->high), {6, 4});
}

TEST(Band, OtherStepsAreInterpolatedInsideAMemberOnly)
{
    const BandPtr band =
        bandOf({curveOf({0, 10, 20}, {0, 10, 20}), curveOf({5, 15}, {100, 200})}, BandKind::Extremes);
    std::vector<double> x;
    for (std::size_t index = 0; index < band->mean->size(); ++index)
        x.push_back(band->mean->x(index));
    EXPECT_EQ(x, (std::vector<double>{0, 5, 10, 15, 20}));
    expectNear(valuesOf(band->low), {0, 5, 10, 15, 20});
    expectNear(valuesOf(band->high), {0, 100, 150, 200, 20}); // nothing beyond the second one's ends
    EXPECT_EQ(band->counts, (std::vector<std::uint32_t>{1, 2, 2, 2, 1}));
    EXPECT_EQ(band->fewest, 1U);
    EXPECT_EQ(band->most, 2U);
    EXPECT_EQ(band->interpolated, 3U);
}

TEST(Band, ValuesThatAreNotFiniteAreGapsOfTheirMember)
{
    const BandPtr band =
        bandOf({curveOf({0, 2, 4}, {1, kNaN, 5}), curveOf({0, 1, 2, 3, 4}, {3, 3, 3, 3, kInf})},
               BandKind::Deviation);
    EXPECT_EQ(band->counts, (std::vector<std::uint32_t>{2, 1, 1, 1, 1}));
    expectNear(valuesOf(band->mean), {2, 3, 3, 3, 5});
    EXPECT_EQ(band->notFinite, 2U);
}

TEST(Band, OneMemberHasAMeanAndNoSpread)
{
    const std::vector<CurvePtr> one{curveOf({0, 1}, {7, 8})};
    for (BandKind kind : {BandKind::Deviation, BandKind::StandardError, BandKind::Confidence}) {
        const BandPtr band = bandOf(one, kind);
        expectNear(valuesOf(band->mean), {7, 8});
        expectNear(valuesOf(band->low), {kNaN, kNaN});
    }
    expectNear(valuesOf(bandOf(one, BandKind::Extremes)->low), {7, 8});
}

TEST(Band, NoMemberAndEmptyMembers)
{
    EXPECT_TRUE(bandOf({}, BandKind::Deviation)->mean->empty());
    EXPECT_TRUE(bandOf({curveOf({}, {})}, BandKind::Deviation)->mean->empty());
}

TEST(Band, AllNaNIsAGap)
{
    const BandPtr band =
        bandOf({curveOf({0, 1}, {kNaN, 1}), curveOf({0, 1}, {kNaN, 3})}, BandKind::Deviation);
    EXPECT_EQ(band->counts.front(), 0U);
    expectNear(valuesOf(band->mean), {kNaN, 2});
    EXPECT_EQ(band->fewest, 2U);
}

TEST(Band, LastOfRepeatedSteps)
{
    const BandPtr band =
        bandOf({curveOf({0, 0, 0, 1}, {5, 6, 7, 8}), curveOf({0, 1}, {1, 2})}, BandKind::Extremes);
    expectNear(valuesOf(band->mean), {4, 5});
}

TEST(Band, HugeValuesDoNotOverflow)
{
    const BandPtr band = bandOf({curveOf({0}, {1.7e308}), curveOf({0}, {1.5e308})}, BandKind::Deviation);
    expectNear(valuesOf(band->mean), {1.6e308});
    EXPECT_TRUE(std::isfinite(band->low->value(0)));
}

TEST(Band, RunsAlongTimeAndCancels)
{
    const auto a = std::make_shared<Curve>(makeHistory({0, 1}, {1000, 3000}, {0, 2}), XAxis::RelativeTime);
    const auto b = std::make_shared<Curve>(makeHistory({0, 1}, {5000, 6000}, {10, 20}), XAxis::RelativeTime);
    const BandPtr band = bandOf({a, b}, BandKind::Extremes);
    ASSERT_EQ(band->mean->size(), 3U);
    EXPECT_EQ(band->mean->x(1), 1.0);
    EXPECT_EQ(band->mean->axis(), XAxis::RelativeTime);
    expectNear(valuesOf(band->high), {10, 20, 2});
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(makeBand(std::vector<CurvePtr>{a, b}, BandKind::Deviation, {stop.get_token(), {}}).error().code,
              ErrorCode::Cancelled);
}

// The rule as it reads: a member counts with its own last value at x, else with the line between its
// neighbours.
double plainRead(const Curve& curve, double x)
{
    const std::size_t after = curve.upperBound(x);
    if (after > 0 && curve.x(after - 1) == x)
        return curve.value(after - 1);
    if (after == 0 || after == curve.size())
        return kNaN;
    const double left = curve.x(after - 1), right = curve.x(after);
    const double next = curve.value(curve.upperBound(right) - 1), share = (x - left) / (right - left);
    return curve.value(after - 1) * (1 - share) + next * share;
}

CurvePtr uneven(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<std::int64_t> steps, times;
    std::vector<double> values;
    std::int64_t time = static_cast<std::int64_t>(random() % 1000);
    for (std::size_t index = 0; index < count; ++index) {
        steps.push_back(static_cast<std::int64_t>(index));
        times.push_back(time);
        values.push_back(random() % 50 == 0 ? kNaN : static_cast<double>(random() % 1000));
        time += static_cast<std::int64_t>(random() % 9);
    }
    return std::make_shared<Curve>(makeHistory(std::move(steps), std::move(times), std::move(values)),
                                   XAxis::WallTime);
}

TEST(Band, EqualsThePlainRuleAtEveryPlace)
{
    std::vector<CurvePtr> members;
    for (unsigned seed = 1; seed <= 7; ++seed)
        members.push_back(uneven(700 + 40 * seed, seed));
    const BandPtr band = bandOf(members, BandKind::Extremes);
    EXPECT_EQ(band->every, 1U);
    std::set<double> places;
    for (const CurvePtr& member : members)
        for (std::size_t index = 0; index < member->size(); ++index)
            places.insert(member->x(index));
    ASSERT_EQ(band->mean->size(), places.size());
    for (std::size_t index = 0; index < band->mean->size(); ++index) {
        double sum = 0, low = kInf, high = -kInf;
        std::uint32_t count = 0;
        for (const CurvePtr& member : members) {
            const double value = plainRead(*member, band->mean->x(index));
            if (!std::isfinite(value))
                continue;
            sum += value;
            low = std::min(low, value);
            high = std::max(high, value);
            ++count;
        }
        ASSERT_EQ(band->counts[index], count) << index;
        if (count == 0)
            continue;
        EXPECT_NEAR(band->mean->value(index), sum / count, 1e-9);
        EXPECT_NEAR(band->low->value(index), low, 1e-9);
        EXPECT_NEAR(band->high->value(index), high, 1e-9);
    }
}

TEST(Band, OfVeryManyPlacesSomeAreWorkedOutAndNoPointIsLost)
{
    std::vector<CurvePtr> members;
    for (unsigned seed = 1; seed <= 4; ++seed)
        members.push_back(uneven(200'000, seed));
    const BandPtr band = bandOf(members, BandKind::Extremes);
    EXPECT_GT(band->every, 1U);
    EXPECT_LE(band->mean->size(), 262'145U);
    EXPECT_EQ(band->mean->firstX(), std::min({members[0]->firstX(), members[1]->firstX(),
                                              members[2]->firstX(), members[3]->firstX()}));
    EXPECT_EQ(band->mean->lastX(),
              std::max({members[0]->lastX(), members[1]->lastX(), members[2]->lastX(), members[3]->lastX()}));
    std::size_t outside = 0;
    for (const CurvePtr& member : members) {
        for (std::size_t index = 0; index < member->size(); ++index) {
            const double x = member->x(index), value = member->value(index);
            const double low = plainRead(*band->low, x), high = plainRead(*band->high, x);
            const bool counts =
                index + 1 == member->size() || member->x(index + 1) != x; // the last of its place
            outside += counts && std::isfinite(value) && (value < low - 1e-9 || value > high + 1e-9);
        }
    }
    EXPECT_EQ(outside, 0U);
    for (std::size_t index = 0; index < band->mean->size(); index += 997) {
        double sum = 0;
        std::uint32_t count = 0;
        for (const CurvePtr& member : members)
            if (const double value = plainRead(*member, band->mean->x(index)); std::isfinite(value)) {
                sum += value;
                ++count;
            }
        ASSERT_EQ(band->counts[index], count);
        if (count > 0) {
            EXPECT_NEAR(band->mean->value(index), sum / count, 1e-9);
        }
    }
}

} // namespace
} // namespace sextant
