#include "ui/charts/axis_scale.h"

#include <algorithm>

namespace sextant {
namespace {

/// So far off any screen that it is clipped, and near enough for exact arithmetic.
constexpr double kFar = 1e9;

} // namespace

AxisScale::AxisScale(Kind kind, AxisRange range, double linearWithin)
    : m_kind(kind), m_range(range), m_linearWithin(linearWithin), m_low(transform(range.low)),
      m_high(transform(range.high))
{
    if (!(m_high > m_low))
        m_high = m_low + 1;
}

void AxisScale::setPixels(double atLow, double atHigh)
{
    m_atLow = atLow;
    m_atHigh = atHigh;
}

double AxisScale::transform(double value) const
{
    switch (m_kind) {
    case Kind::Linear:
        break;
    case Kind::Logarithmic:
        return value > 0 ? std::log10(value) : -kFar;
    case Kind::SymmetricLogarithmic: {
        const double size = std::abs(value) / m_linearWithin;
        return std::copysign(size <= 1 ? size : 1 + std::log10(size), value);
    }
    }
    return value;
}

double AxisScale::restore(double transformed) const
{
    switch (m_kind) {
    case Kind::Linear:
        break;
    case Kind::Logarithmic:
        return std::pow(10, transformed);
    case Kind::SymmetricLogarithmic: {
        const double size = std::abs(transformed);
        return std::copysign(m_linearWithin * (size <= 1 ? size : std::pow(10, size - 1)), transformed);
    }
    }
    return transformed;
}

double AxisScale::toPixel(double value) const
{
    const double share = (transform(value) - m_low) / (m_high - m_low);
    return std::clamp(m_atLow + share * (m_atHigh - m_atLow), -kFar, kFar);
}

double AxisScale::toValue(double pixel) const
{
    return restore(m_low + (pixel - m_atLow) / (m_atHigh - m_atLow) * (m_high - m_low));
}

AxisRange AxisScale::zoomed(double factor, double anchor) const
{
    const double fixed = transform(anchor);
    return {restore(fixed + (m_low - fixed) * factor), restore(fixed + (m_high - fixed) * factor)};
}

AxisRange AxisScale::moved(double share) const
{
    const double distance = share * (m_high - m_low);
    return {restore(m_low + distance), restore(m_high + distance)};
}

} // namespace sextant
