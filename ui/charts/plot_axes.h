// PlotAxes: the frame of charts in two directions (scatter plot, histogram, contour): plot area, axes of
// numbers or categories, their titles and labels, a legend. A value.
#pragma once

#include "ui/charts/axis_fit.h"
#include "ui/charts/chart_columns.h"
#include "ui/charts/chart_style.h"

#include <QRectF>

#include <optional>

class QPainter;

namespace sextant {

struct PlotAxis
{
    AxisScale scale;
    std::vector<Tick> ticks;
    QString title;
    QStringList categories; // of a category axis: what stands at 0, 1, 2 …

    /// For the finite values of a column, for one of its categories.
    static PlotAxis of(const ChartColumn& column, bool logarithmic);
    static PlotAxis of(const ValueExtent& extent, bool logarithmic, QString title);
};

struct LegendEntry
{
    QString name;
    QColor color;
    std::optional<QList<qreal>> dash = {}; // in px, of lines; none: the marks are dots
};

struct PlotAxes
{
    PlotAxis x, y;
    QRectF plot;

    /// Places everything for this size; `right` is kept free beside the plot.
    void layOut(QSizeF size, const ChartStyle& style, bool legend, double right = 0);
    /// Inside the plot, whatever the size of the number.
    QPointF place(double xValue, double yValue) const;
    /// Grid, axes, labels, titles.
    void paint(QPainter& painter, QSizeF size, const ChartStyle& style) const;
    /// In the line above the plot, from the right; says how many have no room.
    void paintLegend(QPainter& painter, const std::vector<LegendEntry>& entries,
                     const ChartStyle& style) const;

private:
    void paintXLabels(QPainter& painter, QSizeF size, const ChartStyle& style) const;
    void paintYLabels(QPainter& painter, const ChartStyle& style) const;
};

/// Text cut to `width` and drawn inside `box`, never as markup.
void paintElided(QPainter& painter, const QRectF& box, int alignment, const QString& text,
                 Qt::TextElideMode mode = Qt::ElideMiddle);

/// The colour at a share from 0 to 1 of the ramp.
QColor rampColor(const ChartStyle& style, double share);

} // namespace sextant
