// ChartPicture: a finished chart as a value, painted at any size on a screen, an image, a page.
#pragma once

#include <QRectF>
#include <QString>

class QPainter;

namespace sextant {

struct ChartStyle;

class ChartPicture
{
public:
    virtual ~ChartPicture() = default;

    /// The whole chart with axes, labels and legend, inside `area`; the painter's unit is a pixel of the
    /// screen or a point (1/72 inch) of paper. Colours, fonts and widths come from the style. May be called
    /// from any thread that may paint.
    virtual void paint(QPainter& painter, const QRectF& area, const ChartStyle& style) const = 0;

    /// "val/loss": names files and windows.
    virtual QString title() const = 0;
    /// "3 runs, all 300,000 points": what a reader should know beside the picture; may be empty.
    virtual QString note() const { return {}; }

    /// What the picture shows, or everything behind it, with a line of names.
    virtual QString dataAsCsv(bool everything) const = 0;
};

} // namespace sextant
