// AxisScale: from values to pixels and back along one axis: linear, logarithmic, or logarithmic on both sides
// of zero.
#pragma once

#include <cmath>

namespace sextant {

/// Values from `low` to `high`.
struct AxisRange
{
    double low = 0;
    double high = 1;

    double length() const { return high - low; }
    bool operator==(const AxisRange&) const = default;
};

class AxisScale
{
public:
    enum class Kind { Linear, Logarithmic, SymmetricLogarithmic };

    AxisScale() = default;
    /// `linearWithin`: SymmetricLogarithmic is linear between minus this and this, and takes one decade's
    /// room for it.
    AxisScale(Kind kind, AxisRange range, double linearWithin = 1);

    /// Where the range lies: `atLow` is the pixel of range().low. Vertical axes have atLow > atHigh.
    void setPixels(double atLow, double atHigh);

    Kind kind() const { return m_kind; }
    const AxisRange& range() const { return m_range; }
    double linearWithin() const { return m_linearWithin; }
    double pixelLength() const { return std::abs(m_atHigh - m_atLow); }

    /// Never NaN for a finite value: what a logarithm can't show lies far below the axis.
    double toPixel(double value) const;
    double toValue(double pixel) const;

    /// The value on a scale where equal lengths are equal pixels, and back.
    double transform(double value) const;
    double restore(double transformed) const;

    /// The range that is `factor` times as long on the screen around `anchor`; that is moved by a share of
    /// its length.
    AxisRange zoomed(double factor, double anchor) const;
    AxisRange moved(double share) const;

private:
    Kind m_kind = Kind::Linear;
    AxisRange m_range;
    double m_linearWithin = 1;
    double m_low = 0;  // transformed
    double m_high = 1; // transformed
    double m_atLow = 0;
    double m_atHigh = 1;
};

} // namespace sextant
