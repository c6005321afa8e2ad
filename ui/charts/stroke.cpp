#include "ui/charts/stroke.h"

#include <QColor>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace sextant {
namespace {

constexpr float kNowhere = std::numeric_limits<float>::infinity();

/// `under` with `color` laid over it; alpha of 256 covers. Two channels at once in each half of the
/// arithmetic.
QRgb blend(QRgb under, QRgb color, unsigned alpha)
{
    const unsigned keep = 256 - alpha;
    const unsigned redBlue = ((color & 0xff00ff) * alpha + (under & 0xff00ff) * keep) >> 8;
    const unsigned green = ((color & 0x00ff00) * alpha + (under & 0x00ff00) * keep) >> 8;
    return 0xff000000 | (redBlue & 0xff00ff) | (green & 0x00ff00);
}

} // namespace

void Stroke::resize(int width, int height)
{
    m_width = width;
    m_height = height;
    const auto slotCount = static_cast<std::size_t>(width * kSlots + 2 * kMargin);
    m_extents.assign(slotCount, {kNowhere, -kNowhere});
    m_widened.assign(slotCount, {kNowhere, -kNowhere});
    m_first = static_cast<std::ptrdiff_t>(slotCount);
    m_last = -1;
}

void Stroke::extend(std::ptrdiff_t slot, double top, double bottom)
{
    Extent& extent = m_extents[static_cast<std::size_t>(slot)];
    extent.top = std::min(extent.top, static_cast<float>(top));
    extent.bottom = std::max(extent.bottom, static_cast<float>(bottom));
    m_first = std::min(m_first, slot);
    m_last = std::max(m_last, slot);
}

void Stroke::addLine(double x0, double y0, double x1, double y1)
{
    const auto slotCount = std::ssize(m_extents);
    const double begin = x0 * kSlots + kMargin, end = x1 * kSlots + kMargin;
    if (end < 0 || begin >= static_cast<double>(slotCount))
        return;
    const auto first = static_cast<std::ptrdiff_t>(std::floor(std::max(begin, 0.0)));
    const auto last = std::min(static_cast<std::ptrdiff_t>(std::floor(std::min(end, 1e9))), slotCount - 1);
    if (first >= last) {
        extend(std::min(first, slotCount - 1), std::min(y0, y1), std::max(y0, y1));
        return;
    }
    const double slope = (y1 - y0) / (end - begin);
    double y = y0 + slope * (std::max(begin, 0.0) - begin);
    for (std::ptrdiff_t slot = first; slot <= last; ++slot) {
        const double next = y0 + slope * (std::min(static_cast<double>(slot + 1), end) - begin);
        extend(slot, std::min(y, next), std::max(y, next));
        y = next;
    }
}

void Stroke::addExtent(double x0, double x1, double top, double bottom)
{
    const double end = static_cast<double>(std::ssize(m_extents) - 1);
    const auto first = static_cast<std::ptrdiff_t>(std::clamp(std::floor(x0 * kSlots + kMargin), 0.0, end));
    const auto last = static_cast<std::ptrdiff_t>(std::clamp(std::floor(x1 * kSlots + kMargin), 0.0, end));
    for (std::ptrdiff_t slot = first; slot <= last; ++slot)
        extend(slot, top, bottom);
}

void Stroke::dash(const std::vector<double>& pattern, double width)
{
    if (pattern.empty() || m_last < m_first)
        return;
    // The round pen adds half its width to both ends of a dash.
    std::vector<double> lengths = pattern;
    for (std::size_t index = 0; index < lengths.size(); ++index)
        lengths[index] = std::max(lengths[index] + (index % 2 == 0 ? -width : width), 1.0 / kSlots);
    std::size_t phase = 0;
    double left = lengths[0], previous = std::numeric_limits<double>::quiet_NaN();
    for (std::ptrdiff_t slot = m_first; slot <= m_last; ++slot) {
        Extent& extent = m_extents[static_cast<std::size_t>(slot)];
        if (extent.top > extent.bottom)
            continue;
        const double middle = (static_cast<double>(extent.top) + static_cast<double>(extent.bottom)) / 2;
        const double rise = std::isnan(previous) ? 0 : middle - previous;
        previous = middle;
        const bool steep = static_cast<double>(extent.bottom - extent.top) > pattern[0];
        if (phase % 2 == 1 && !steep)
            extent = {kNowhere, -kNowhere};
        left -= std::min(std::hypot(1.0 / kSlots, rise), pattern[0]);
        if (left <= 0) {
            phase = (phase + 1) % lengths.size();
            left = lengths[phase];
        }
    }
}

void Stroke::widen(double width)
{
    // What a round pen of radius r covers above a slot is reached from slotCount up to r away, by the height
    // of the circle there.
    const double radius = width / 2;
    const auto reach = static_cast<std::ptrdiff_t>(std::floor(std::max(radius - 0.5 / kSlots, 0.0) * kSlots));
    const auto slotCount = std::ssize(m_extents);
    m_first = std::max<std::ptrdiff_t>(m_first - reach, 0);
    m_last = std::min(m_last + reach, slotCount - 1);
    for (std::ptrdiff_t slot = m_first; slot <= m_last; ++slot)
        m_widened[static_cast<std::size_t>(slot)] = {kNowhere, -kNowhere};
    for (std::ptrdiff_t distance = -reach; distance <= reach; ++distance) {
        const double across = static_cast<double>(distance) / kSlots;
        const auto height = static_cast<float>(std::sqrt(std::max(radius * radius - across * across, 0.0)));
        const std::ptrdiff_t from = std::max(m_first, -distance),
                             to = std::min(m_last, slotCount - 1 - distance);
        for (std::ptrdiff_t slot = from; slot <= to; ++slot) {
            const Extent source = m_extents[static_cast<std::size_t>(slot + distance)];
            Extent& target = m_widened[static_cast<std::size_t>(slot)];
            target.top = std::min(target.top, source.top - height);
            target.bottom = std::max(target.bottom, source.bottom + height);
        }
    }
}

void Stroke::paintColumn(QImage& image, int column, QRgb color, int alpha) const
{
    std::array<Extent, kSlots> extents;
    int count = 0;
    const auto limit = static_cast<float>(m_height);
    for (int slot = 0; slot < kSlots; ++slot) {
        Extent extent = m_widened[static_cast<std::size_t>(column * kSlots + slot + kMargin)];
        extent.top = std::max(extent.top, 0.0F);
        extent.bottom = std::min(extent.bottom, limit);
        if (extent.top < extent.bottom)
            extents[static_cast<std::size_t>(count++)] = extent;
    }
    if (count == 0)
        return;
    Extent all = extents[0], common = extents[0];
    for (int slot = 1; slot < count; ++slot) {
        const Extent& extent = extents[static_cast<std::size_t>(slot)];
        all = {std::min(all.top, extent.top), std::max(all.bottom, extent.bottom)};
        common = {std::max(common.top, extent.top), std::min(common.bottom, extent.bottom)};
    }
    const int begin = static_cast<int>(all.top),
              end = std::min(static_cast<int>(std::ceil(all.bottom)), m_height);
    const int wholeBegin = static_cast<int>(std::ceil(common.top)),
              wholeEnd = static_cast<int>(common.bottom);
    const auto stride = image.bytesPerLine() / 4;
    QRgb* pixel = reinterpret_cast<QRgb*>(image.bits()) + begin * stride + column;
    const int wholeAlpha = alpha * count / kSlots;
    for (int row = begin; row < end; ++row, pixel += stride) {
        int cover = wholeAlpha;
        if (row < wholeBegin || row >= wholeEnd) {
            float sum = 0;
            const auto top = static_cast<float>(row);
            for (int slot = 0; slot < count; ++slot) {
                const Extent& extent = extents[static_cast<std::size_t>(slot)];
                sum += std::max(0.0F, std::min(extent.bottom, top + 1) - std::max(extent.top, top));
            }
            cover = static_cast<int>(static_cast<float>(alpha) * sum / kSlots + 0.5F);
        }
        *pixel = cover >= 256 ? color : blend(*pixel, color, static_cast<unsigned>(cover));
    }
}

void Stroke::paint(QImage& image, const QColor& color, double width)
{
    Q_ASSERT(image.depth() == 32 && image.width() >= m_width && image.height() >= m_height);
    if (m_last >= m_first) {
        widen(width);
        const int alpha = static_cast<int>(std::lround(256 * color.alphaF()));
        const auto firstColumn = static_cast<int>(std::max<std::ptrdiff_t>(m_first - kMargin, 0) / kSlots);
        const auto lastColumn =
            static_cast<int>(std::min<std::ptrdiff_t>((m_last - kMargin) / kSlots, m_width - 1));
        for (int column = firstColumn; column <= lastColumn && m_last >= kMargin; ++column)
            paintColumn(image, column, color.rgb(), alpha);
        std::fill(m_extents.begin() + m_first, m_extents.begin() + m_last + 1, Extent{kNowhere, -kNowhere});
    }
    m_first = std::ssize(m_extents);
    m_last = -1;
}

} // namespace sextant
