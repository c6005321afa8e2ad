#include "ui/charts/ink.h"

#include <QColor>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

/// Each channel times a / 255, two channels at once.
QRgb scaled(QRgb color, unsigned a)
{
    unsigned odd = (color & 0xff00ff) * a;
    odd = ((odd + ((odd >> 8) & 0xff00ff) + 0x800080) >> 8) & 0xff00ff;
    unsigned even = ((color >> 8) & 0xff00ff) * a;
    even = (even + ((even >> 8) & 0xff00ff) + 0x800080) & 0xff00ff00;
    return odd | even;
}

} // namespace

Ink::Ink(QSizeF size, double ratio)
    : m_image((size * ratio).toSize().expandedTo({1, 1}), QImage::Format_ARGB32_Premultiplied), m_ratio(ratio)
{
    m_image.setDevicePixelRatio(ratio);
    m_image.fill(Qt::transparent);
    m_bits = reinterpret_cast<QRgb*>(m_image.bits());
    m_stride = m_image.bytesPerLine() / 4;
}

void Ink::blend(int x, int y, QRgb opaque, int alpha)
{
    QRgb& pixel = m_bits[y * m_stride + x];
    pixel = scaled(opaque, static_cast<unsigned>(alpha)) + scaled(pixel, static_cast<unsigned>(255 - alpha));
}

void Ink::prepareDot(double radius)
{
    m_radius = radius;
    m_reach = static_cast<int>(std::ceil(radius + 0.5));
    const int side = 2 * m_reach + 1;
    m_mask.resize(static_cast<std::size_t>(side * side));
    for (int y = -m_reach; y <= m_reach; ++y)
        for (int x = -m_reach; x <= m_reach; ++x)
            m_mask[static_cast<std::size_t>((y + m_reach) * side + x + m_reach)] =
                static_cast<unsigned char>(255 * std::clamp(radius + 0.5 - std::hypot(x, y), 0.0, 1.0));
}

void Ink::dot(double x, double y, double radius, const QColor& color)
{
    if (m_radius != radius * m_ratio)
        prepareDot(radius * m_ratio);
    const int column = static_cast<int>(std::floor(x * m_ratio)),
              row = static_cast<int>(std::floor(y * m_ratio));
    const QRgb opaque = color.rgb() | 0xff000000;
    const int alpha = color.alpha(), side = 2 * m_reach + 1;
    const int left = std::max(-m_reach, -column), right = std::min(m_reach, m_image.width() - 1 - column);
    const int top = std::max(-m_reach, -row), bottom = std::min(m_reach, m_image.height() - 1 - row);
    for (int dy = top; dy <= bottom; ++dy) {
        const unsigned char* mask = m_mask.data() + (dy + m_reach) * side + m_reach;
        for (int dx = left; dx <= right; ++dx)
            if (mask[dx] != 0)
                blend(column + dx, row + dy, opaque, mask[dx] * alpha / 255);
    }
}

void Ink::prepareCurve(int columns)
{
    if (static_cast<int>(m_rise.size()) == columns + 1)
        return;
    m_rise.resize(static_cast<std::size_t>(columns + 1));
    for (int edge = 0; edge <= columns; ++edge) {
        const float t = static_cast<float>(edge) / static_cast<float>(columns);
        m_rise[static_cast<std::size_t>(edge)] = t * t * (3 - 2 * t);
    }
}

void Ink::curve(double x0, double y0, double x1, double y1, double width, const QColor& color)
{
    const int first = static_cast<int>(std::lround(x0 * m_ratio));
    const int columns = static_cast<int>(std::lround(x1 * m_ratio)) - first;
    if (columns <= 0)
        return;
    prepareCurve(columns);
    const auto from = static_cast<float>(y0 * m_ratio), height = static_cast<float>((y1 - y0) * m_ratio);
    const auto half = static_cast<float>(width * m_ratio / 2);
    const QRgb opaque = color.rgb() | 0xff000000;
    const auto alpha = static_cast<float>(color.alpha());
    const int last = std::min(columns, m_image.width() - first), bottom = m_image.height() - 1;
    for (int column = std::max(0, -first); column < last; ++column) {
        const float left = from + height * m_rise[static_cast<std::size_t>(column)];
        const float right = from + height * m_rise[static_cast<std::size_t>(column) + 1];
        // Across the column the line covers a box with slanted ends.
        const float slope = std::abs(right - left), middle = (left + right) / 2;
        const float ramp = std::max(1.0F, slope), reach = half * std::sqrt(1 + slope * slope) + ramp / 2;
        const int begin = std::max(0, static_cast<int>(middle - reach));
        const int end = std::min(bottom, static_cast<int>(middle + reach));
        for (int y = begin; y <= end; ++y) {
            const float share = (reach - std::abs(static_cast<float>(y) + 0.5F - middle)) / ramp;
            if (share > 0)
                blend(first + column, y, opaque, static_cast<int>(alpha * std::min(share, 1.0F)));
        }
    }
}

} // namespace sextant
