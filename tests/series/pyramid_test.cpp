#include "core/series/pyramid.h"

#include "tests/series/series_data.h"

#include <gtest/gtest.h>

namespace sextant {
namespace {

using namespace test;

/// The plain way, written apart from the code under test.
ValueRange plainRange(std::span<const double> values)
{
    ValueRange range;
    for (double value : values) {
        if (std::isnan(value)) {
            range.hasNaN = true;
        } else if (std::isinf(value)) {
            (value > 0 ? range.hasPositiveInfinity : range.hasNegativeInfinity) = true;
        } else {
            if (value < range.minimum)
                range.minimum = value;
            if (value > range.maximum)
                range.maximum = value;
        }
    }
    return range;
}

void expectExact(const std::vector<double>& values, unsigned seed, int trials)
{
    const Pyramid pyramid{FrozenArray<double>(values)};
    std::mt19937 random(seed);
    for (int trial = 0; trial < trials; ++trial) {
        std::size_t begin = random() % (values.size() + 1);
        std::size_t end = random() % (values.size() + 1);
        if (begin > end)
            std::swap(begin, end);
        ASSERT_EQ(pyramid.range(begin, end), plainRange(std::span(values).subspan(begin, end - begin)))
            << begin << " to " << end << " of " << values.size();
    }
}

TEST(PyramidTest, EveryStretchIsExactAroundAllBlockBorders)
{
    for (std::size_t size :
         {0, 1, 2, 63, 64, 65, 127, 128, 1023, 1024, 1025, 1088, 16383, 16384, 16385, 20000})
        expectExact(noisyValues(size, 1), static_cast<unsigned>(size), 300);
}

TEST(PyramidTest, OddValuesAreMarkedAndNotCounted)
{
    expectExact(noisyValues(30'000, 2, 0.0005), 3, 1500);
    expectExact(noisyValues(5'000, 4, 0.3), 5, 1000);
    expectExact(std::vector<double>(3000, kNaN), 6, 100);
    expectExact(std::vector<double>(3000, kInf), 7, 100);
    expectExact(std::vector<double>(3000, -kInf), 8, 100);
}

TEST(PyramidTest, OneExtremeIsFoundWhereverItIs)
{
    std::vector<double> values(40'000, 1.0);
    for (std::size_t place : {0, 1, 63, 64, 1000, 16384, 39'999}) {
        values[place] = -7;
        const Pyramid pyramid{FrozenArray<double>(values)};
        EXPECT_EQ(pyramid.range(0, values.size()).minimum, -7);
        EXPECT_EQ(pyramid.range(place, place + 1).maximum, -7);
        EXPECT_EQ(pyramid.range(0, place).hasFinite() ? pyramid.range(0, place).minimum : 1, 1);
        EXPECT_EQ(pyramid.range(place + 1, values.size()).hasFinite()
                      ? pyramid.range(place + 1, 99'999).minimum
                      : 1,
                  1);
        values[place] = 1;
    }
}

TEST(PyramidTest, TakesLittleMemory)
{
    const Pyramid pyramid{FrozenArray<double>(noisyValues(100'000, 9))};
    EXPECT_LT(pyramid.memory(), pyramid.size() * sizeof(double) * 6 / 100);
}

TEST(PyramidTest, ScanIsTheSameFromEveryAlignment)
{
    const std::vector<double> values = noisyValues(200, 10, 0.05);
    for (std::size_t begin = 0; begin < 20; ++begin) {
        for (std::size_t count = 0; count < 40; ++count) {
            const auto part = std::span(values).subspan(begin, count);
            ASSERT_EQ(scanRange(part), plainRange(part));
        }
    }
}

} // namespace
} // namespace sextant
