// Confusion: what predictions did to a group of rows, in rows and in weights. A value.
#pragma once

#include <array>
#include <cstdint>

namespace sextant::fairness {

enum Cell : std::uint8_t { kTrueNegative, kFalsePositive, kFalseNegative, kTruePositive };

/// The cell of a row: the label is its upper bit, the prediction the lower.
inline Cell cellOf(bool label, bool prediction)
{
    return static_cast<Cell>((label ? 2 : 0) + (prediction ? 1 : 0));
}

struct Confusion
{
    std::array<std::uint64_t, 4> rows{};
    std::array<double, 4> weights{}; // as many as rows where there are no weights

    double tn() const { return weights[kTrueNegative]; }
    double fp() const { return weights[kFalsePositive]; }
    double fn() const { return weights[kFalseNegative]; }
    double tp() const { return weights[kTruePositive]; }
    double positives() const { return tp() + fn(); }
    double negatives() const { return tn() + fp(); }
    double selected() const { return tp() + fp(); }
    double notSelected() const { return tn() + fn(); }
    double weight() const { return positives() + negatives(); }
    std::uint64_t count() const { return rows[0] + rows[1] + rows[2] + rows[3]; }

    void add(Cell cell, std::uint64_t count, double weight)
    {
        rows[cell] += count;
        weights[cell] += weight;
    }
    Confusion& operator+=(const Confusion& other)
    {
        for (auto cell : {kTrueNegative, kFalsePositive, kFalseNegative, kTruePositive})
            add(cell, other.rows[cell], other.weights[cell]);
        return *this;
    }
};

} // namespace sextant::fairness
