// LineFigure: a line chart as a picture of lines and words: for pages, files and previews of any size.
#pragma once

#include "ui/charts/chart_picture.h"
#include "ui/charts/chart_style.h"
#include "ui/charts/plot_frame.h"

#include <memory>

namespace sextant {

/// What a chart shows, as a value.
struct LineFigureSource
{
    QString title; // of y: the metric
    std::vector<LineSeries> series;
    LineSettings settings;
    ViewWindow window;
    std::optional<AxisRange> clip;
};

class LineFigure final : public ChartPicture
{
public:
    explicit LineFigure(LineFigureSource source);

    void paint(QPainter& painter, const QRectF& area, const ChartStyle& style) const override;
    QString title() const override { return m_source.title; }
    QString note() const override;
    /// As shown: what lies in the visible window, with smoothed values and bands. Everything: every logged
    /// point of every run.
    QString dataAsCsv(bool everything) const override;

private:
    struct Parts; // where everything stands
    Parts layOut(const QRectF& area, const ChartStyle& style) const;
    void paintLegend(QPainter& painter, const Parts& parts, const ChartStyle& style) const;
    void paintTitles(QPainter& painter, const Parts& parts, const ChartStyle& style) const;
    void paintLines(QPainter& painter, const PlotFrame& frame, const ChartStyle& style) const;

    LineFigureSource m_source;
};

/// "step", "hours since start"…: the words below the x axis.
QString axisTitle(const LineSettings& settings);

} // namespace sextant
