// Stroke: an antialiased line that runs from left to right, drawn without QPainter, whose wide polylines
// stall on dense data. The line is kept as one vertical extent for each quarter of a pixel column, widened by
// a round pen, and blended by coverage.
#pragma once

#include <QImage>

#include <vector>

namespace sextant {

class Stroke
{
public:
    /// Prepares for images of this size (device pixels). The line may leave the image on all sides.
    void resize(int width, int height);

    /// Adds a straight piece; x must not decrease from piece to piece, coordinates in device pixels, finite.
    void addLine(double x0, double y0, double x1, double y1);
    /// Adds everything between two heights over [x0, x1].
    void addExtent(double x0, double x1, double top, double bottom);

    /// Cuts dashes out of what was added; lengths in device pixels, on and off by turns. Steep parts stay
    /// whole.
    void dash(const std::vector<double>& pattern, double width);

    /// Blends the line into a 32-bit opaque image and starts anew.
    void paint(QImage& image, const QColor& color, double width);

private:
    struct Extent
    {
        float top;
        float bottom;
    };
    void extend(std::ptrdiff_t slot, double top, double bottom);
    void widen(double width);
    void paintColumn(QImage& image, int column, QRgb color, int alpha) const;

    static constexpr int kSlots = 4;    // per pixel
    static constexpr int kMargin = 128; // slots kept beyond both edges, so that pens reach into the image
    int m_width = 0;
    int m_height = 0;
    std::ptrdiff_t m_first = 0; // slots in use
    std::ptrdiff_t m_last = -1;
    std::vector<Extent> m_extents;
    std::vector<Extent> m_widened;
};

} // namespace sextant
