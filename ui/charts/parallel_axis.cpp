#include "ui/charts/parallel_axis.h"

#include "ui/charts/value_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace sextant {
namespace {

constexpr double kPlaceStep = 0.09; // of the axis' length, between places beyond the scale
constexpr int kUsualTicks = 7;

/// Kinds of values without a number, from the scale outwards.
enum Odd { NotPositive, Missing, NotANumber, NegativeInfinity, PositiveInfinity, OddKinds, Usual = -1 };
constexpr std::array<const char*, OddKinds> kOddNames{"≤ 0", "missing", "NaN", "−Inf", "Inf"};

int oddKind(double value, bool logarithmic)
{
    if (isMissing(value))
        return Missing;
    if (std::isnan(value))
        return NotANumber;
    if (std::isinf(value))
        return value > 0 ? PositiveInfinity : NegativeInfinity;
    return logarithmic && !(value > 0) ? NotPositive : Usual;
}

} // namespace

ParallelAxis::ParallelAxis(const ChartTable& table, int column)
    : ParallelAxis(table, column, spansDecades(table.columns[static_cast<std::size_t>(column)]))
{
}

ParallelAxis::ParallelAxis(const ChartTable& table, int column, bool logarithmic) : m_column(column)
{
    const ChartColumn& data = table.columns[static_cast<std::size_t>(column)];
    m_name = data.name;
    m_better = data.better;
    if (data.kind == ChartColumn::Kind::Categories)
        m_categories = data.categories;
    place(data, logarithmic && data.kind == ChartColumn::Kind::Numbers);
}

void ParallelAxis::place(const ChartColumn& column, bool logarithmic)
{
    const std::size_t rows =
        column.kind == ChartColumn::Kind::Numbers ? column.values.size() : column.codes.size();
    ValueExtent extent;
    bool whole = true;
    std::array<int, OddKinds> counts{};
    for (std::size_t row = 0; row < rows; ++row) {
        const double value = column.at(row);
        m_hasPositive |= std::isfinite(value) && value > 0;
        const int odd = oddKind(value, logarithmic);
        if (odd == Usual) {
            extent.add(value);
            whole &= value == std::floor(value);
        } else {
            ++counts[static_cast<std::size_t>(odd)];
        }
    }
    m_smallestStep = whole ? 1 : 0;
    if (!m_categories.isEmpty())
        m_scale = AxisScale(AxisScale::Kind::Linear, {0, std::max<double>(1, m_categories.size() - 1.0)});
    else if (extent.isEmpty())
        m_scale = logarithmic ? AxisScale(AxisScale::Kind::Logarithmic, {1, 10}) : AxisScale();
    else
        m_scale = logarithmic ? closeLogScale(extent.low, extent.high)
                              : linearScale(extent.low, extent.high, kUsualTicks);
    m_scale.setPixels(0, 1);

    std::array<float, OddKinds> shares{};
    for (int odd = NotPositive; odd < OddKinds; ++odd) {
        const auto at = static_cast<std::size_t>(odd);
        if (counts[at] == 0)
            continue;
        double& end = odd == PositiveInfinity ? m_highest : m_lowest;
        end += odd == PositiveInfinity ? kPlaceStep : -kPlaceStep;
        shares[at] = static_cast<float>(end);
        m_places.push_back({QString::fromUtf8(kOddNames[at]), end, counts[at]});
    }
    auto all = std::make_shared<std::vector<float>>(rows);
    const bool single = m_categories.size() == 1;
    for (std::size_t row = 0; row < rows; ++row) {
        const double value = column.at(row);
        const int odd = oddKind(value, logarithmic);
        (*all)[row] = odd != Usual ? shares[static_cast<std::size_t>(odd)]
                      : single     ? 0.5F
                                   : static_cast<float>(std::clamp(m_scale.toPixel(value), 0.0, 1.0));
    }
    m_shares = std::move(all);
}

void ParallelAxis::setFlipped(bool flipped)
{
    if (flipped == m_flipped)
        return;
    m_flipped = flipped;
    // What stands on the scale is mirrored; places beyond keep theirs.
    auto all = std::make_shared<std::vector<float>>(*m_shares);
    for (float& share : *all)
        if (share >= 0 && share <= 1)
            share = 1 - share;
    m_shares = std::move(all);
    if (brush && brush->low >= 0 && brush->high <= 1)
        brush = BrushSpan{1 - brush->high, 1 - brush->low};
    else
        brush.reset();
}

QString ParallelAxis::subtitle() const
{
    QStringList parts;
    if (isLogarithmic())
        parts << QStringLiteral("log");
    if (m_better != Better::Unsaid)
        parts << (m_better == Better::Lower ? QStringLiteral("low is better")
                                            : QStringLiteral("high is better"));
    if (m_flipped)
        parts << QStringLiteral("flipped");
    return parts.join(QStringLiteral(", "));
}

std::vector<Tick> ParallelAxis::ticks(int count) const
{
    if (m_categories.isEmpty())
        return isLogarithmic() ? logTicks(m_scale, count)
                               : linearTicks(m_scale.range(), count, m_smallestStep);
    std::vector<Tick> ticks;
    const int total = static_cast<int>(m_categories.size()),
              stride = std::max(1, (total + count - 1) / std::max(count, 1));
    for (int code = 0; code < total; code += stride)
        ticks.push_back({static_cast<double>(code), m_categories[code]});
    return ticks;
}

double ParallelAxis::shareOfTick(double value) const
{
    return inner(m_categories.size() == 1 ? 0.5 : m_scale.toPixel(value));
}

/// No more digits than a pixel of the axis is worth.
double ParallelAxis::rounded(double value) const
{
    if (isLogarithmic())
        return QString::number(value, 'g', 3).toDouble();
    const double step = std::pow(10, std::floor(std::log10(m_scale.range().length())) - 2);
    const double found = QString::number(std::round(value / step) * step, 'g', 12).toDouble();
    return std::isfinite(found) ? found : value;
}

AxisRange ParallelAxis::valuesIn(BrushSpan span) const
{
    const double infinity = std::numeric_limits<double>::infinity();
    double low = span.low <= 0 ? 0 : span.low, high = span.high >= 1 ? 1 : span.high;
    if (m_flipped)
        std::tie(low, high) = std::pair(1 - high, 1 - low);
    return {low <= 0 ? -infinity : rounded(m_scale.toValue(low)),
            high >= 1 ? infinity : rounded(m_scale.toValue(high))};
}

ParallelAxis::Part ParallelAxis::partOf(BrushSpan span) const
{
    Part part;
    part.places = placesIn(span);
    if (isCategorical()) {
        part.categories = categoriesIn(span);
        return part;
    }
    const bool notPositive = part.places.removeOne(QString::fromUtf8(kOddNames[NotPositive]));
    const bool onScale = span.high >= 0 && span.low <= 1;
    part.numbers = onScale || notPositive;
    if (onScale) {
        const AxisRange values = valuesIn(span);
        part.low = values.low;
        part.high = values.high;
        if (isLogarithmic())
            part.low = notPositive ? -std::numeric_limits<double>::infinity()
                                   : std::max(part.low, std::numeric_limits<double>::denorm_min());
    } else if (notPositive) {
        part.low = -std::numeric_limits<double>::infinity();
    }
    return part;
}

QStringList ParallelAxis::categoriesIn(BrushSpan span) const
{
    QStringList found;
    for (int code = 0; code < m_categories.size(); ++code) {
        const double share = shareOfTick(code);
        if (share >= span.low && share <= span.high)
            found << m_categories[code];
    }
    return found;
}

QStringList ParallelAxis::placesIn(BrushSpan span) const
{
    QStringList found;
    for (const Place& place : m_places)
        if (place.share >= span.low && place.share <= span.high)
            found << place.name;
    return found;
}

std::optional<BrushSpan> ParallelAxis::spanOf(const Part& part) const
{
    constexpr double kAround = 0.01; // a category
    BrushSpan found{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    const auto take = [&](double share) {
        found = {std::min(found.low, share), std::max(found.high, share)};
    };
    for (const QString& category : part.categories)
        if (const auto code = m_categories.indexOf(category); code >= 0) {
            take(shareOfTick(static_cast<double>(code)) - kAround);
            take(shareOfTick(static_cast<double>(code)) + kAround);
        }
    const bool numbers = part.numbers && !isCategorical();
    if (numbers && (!isLogarithmic() || part.high > 0)) {
        const auto share = [&](double value, double end) {
            const bool onScale = std::isfinite(value) && (!isLogarithmic() || value > 0);
            return inner(onScale ? std::clamp(m_scale.toPixel(value), 0.0, 1.0) : end);
        };
        take(share(part.low, 0));
        take(share(part.high, 1));
    }
    for (const Place& place : m_places) {
        const bool notPositive = place.name == QString::fromUtf8(kOddNames[NotPositive]);
        if (notPositive ? numbers && part.low <= 0 : part.places.contains(place.name))
            take(place.share);
    }
    return found.low <= found.high ? std::optional(found) : std::nullopt;
}

QString ParallelAxis::textOf(BrushSpan span) const
{
    QStringList parts = isCategorical() ? categoriesIn(span) : QStringList();
    if (!isCategorical() && span.high >= 0 && span.low <= 1) {
        const AxisRange values = valuesIn(span);
        const bool low = std::isfinite(values.low), high = std::isfinite(values.high);
        const auto text = [&](double value) {
            if (isLogarithmic())
                return valueText(value);
            const double digits = 2 - std::floor(std::log10(m_scale.range().length()));
            return fixedText(value, static_cast<int>(std::clamp(digits, 0.0, 8.0)));
        };
        if (low && high)
            parts << QStringLiteral("%1 to %2").arg(text(values.low), text(values.high));
        else if (low || high)
            parts << (low ? QStringLiteral("≥ ") + text(values.low)
                          : QStringLiteral("≤ ") + text(values.high));
        else
            parts << QStringLiteral("any number");
    }
    parts += placesIn(span);
    return parts.isEmpty() ? QStringLiteral("nothing") : parts.join(QStringLiteral(", "));
}

} // namespace sextant
