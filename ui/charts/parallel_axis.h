// ParallelAxis: one axis of parallel coordinates: where each row meets it as a share of its length, with
// places of their own for missing values, NaN, infinities and what a logarithm can't show. A value.
#pragma once

#include "ui/charts/axis_fit.h"
#include "ui/charts/chart_columns.h"

#include <memory>
#include <optional>

namespace sextant {

/// Part of an axis, as shares of its length from its lower end: 0 … 1, or in the places beyond.
struct BrushSpan
{
    double low = 0, high = 0;
    bool operator==(const BrushSpan&) const = default;
};

class ParallelAxis
{
public:
    /// A place beyond the scale: "missing", "NaN", "Inf", "−Inf", "≤ 0".
    struct Place
    {
        QString name;
        double share = 0; // below 0 or above 1
        int count = 0;
    };

    ParallelAxis() = default;
    /// Logarithmic from the start where positive numbers span two decades or more.
    ParallelAxis(const ChartTable& table, int column);
    ParallelAxis(const ChartTable& table, int column, bool logarithmic);

    int column() const { return m_column; }
    const QString& name() const { return m_name; }
    bool isCategorical() const { return !m_categories.isEmpty(); }
    bool isLogarithmic() const { return m_scale.kind() == AxisScale::Kind::Logarithmic; }
    /// Whether a logarithm would show any of its values.
    bool mayBeLogarithmic() const { return m_hasPositive; }
    bool isFlipped() const { return m_flipped; }
    void setFlipped(bool flipped);
    /// "log, low is better"
    QString subtitle() const;

    /// Whether both place every row alike.
    bool sharesWith(const ParallelAxis& other) const { return m_shares == other.m_shares; }
    /// Where a row meets the axis: 0 … 1, or a place beyond; upwards, flipped or not.
    float shareOf(std::size_t row) const { return (*m_shares)[row]; }
    const std::vector<Place>& places() const { return m_places; }
    /// The lowest and highest share in use.
    double lowest() const { return m_lowest; }
    double highest() const { return m_highest; }
    /// About `count` ticks of numbers; of categories as many as that.
    std::vector<Tick> ticks(int count) const;
    double shareOfTick(double value) const;

    std::optional<BrushSpan> brush;
    bool takes(std::size_t row) const
    {
        const float share = (*m_shares)[row];
        return !brush ||
               (share >= static_cast<float>(brush->low) && share <= static_cast<float>(brush->high));
    }
    /// What a span holds, whatever the scale: finite numbers, categories, places beyond.
    struct Part
    {
        bool numbers = false;
        double low = 0, high = 0; // infinite where the span reaches the end; the smallest number above 0
                                  // where it leaves out "≤ 0"
        QStringList categories;
        QStringList places; // without "≤ 0", which is of the numbers
        bool operator==(const Part&) const = default;
    };
    Part partOf(BrushSpan span) const;
    /// The span that holds a part; nothing when this axis has none of it.
    std::optional<BrushSpan> spanOf(const Part& part) const;
    /// The numbers of a span, to about a pixel.
    AxisRange valuesIn(BrushSpan span) const;
    /// "≤ 2.918", "0.01 to 0.1", "adamw, lion", "missing".
    QString textOf(BrushSpan span) const;

private:
    void place(const ChartColumn& column, bool logarithmic);
    QStringList categoriesIn(BrushSpan span) const;
    QStringList placesIn(BrushSpan span) const;
    double rounded(double value) const;
    double inner(double share) const { return m_flipped ? 1 - share : share; }

    int m_column = -1;
    QString m_name;
    Better m_better = Better::Unsaid;
    QStringList m_categories;
    AxisScale m_scale;
    bool m_flipped = false, m_hasPositive = false;
    double m_smallestStep = 0; // between ticks: 1 for whole numbers
    double m_lowest = 0, m_highest = 1;
    std::vector<Place> m_places;
    std::shared_ptr<const std::vector<float>> m_shares; // one a row
};

} // namespace sextant
