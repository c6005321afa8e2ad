// Ink: dots and S-curves by the hundred thousand, blended into an image by coverage, one at a time, so that a
// drawing can stop between any two of them. Dots cost a fraction of QPainter's.
#pragma once

#include <QImage>

#include <vector>

namespace sextant {

class Ink
{
public:
    /// A transparent image of this size; `ratio` dots for each unit of the coordinates.
    Ink(QSizeF size, double ratio);

    /// A disc around (x, y).
    void dot(double x, double y, double radius, const QColor& color);
    /// From (x0, y0) to (x1, y1) to the right of it, level at both ends.
    void curve(double x0, double y0, double x1, double y1, double width, const QColor& color);

    const QImage& image() const { return m_image; }

private:
    void prepareDot(double radius);
    void prepareCurve(int columns);
    void blend(int x, int y, QRgb opaque, int alpha);

    QImage m_image;
    QRgb* m_bits;
    std::ptrdiff_t m_stride;
    double m_ratio;
    double m_radius = -1; // of the mask
    int m_reach = 0;
    std::vector<unsigned char> m_mask;
    std::vector<float> m_rise; // share of the height at each column's edge
};

} // namespace sextant
