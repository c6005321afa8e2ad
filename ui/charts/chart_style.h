// ChartStyle: all that a chart's painting takes from where it is painted: the screen's theme, or paper.
#pragma once

#include "ui/theme/theme.h"

#include <array>

namespace sextant {

/// How a figure for a paper looks; sizes in points.
struct PaperOptions
{
    bool serif = false;
    int fontSize = 8;
    double lineWidth = 1;
    bool operator==(const PaperOptions&) const = default;
};

struct ChartStyle
{
    bool onPaper = false;
    QColor background, text, mutedText, axis, grid;
    QColor nonFinite, baseline, threshold, accent;
    std::array<QColor, 10> categorical;
    std::array<QColor, 9> sequential; // low to high
    std::array<QColor, 9> diverging;
    QFont font, strongFont; // of labels and legends
    double line = 1.6;
    double thinLine = 1; // raw values behind a smoothed line, members behind a mean
    double wideLine = 2.6;
    double hairline = 1;
    double markerSize = 6;
    double bandOpacity = 0.16;
    double rawOpacity = 0.28;
    double fadedOpacity = 0.25;

    static ChartStyle screen(const Theme& theme);
    /// White, black text, the light theme's colours whatever theme is in force.
    static ChartStyle paper(const PaperOptions& options);

    /// The colour of a series here: one that was picked for the other theme is replaced by its counterpart.
    QColor seriesColor(const QColor& color) const;
};

} // namespace sextant
