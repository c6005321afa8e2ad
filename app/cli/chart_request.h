// ChartRequest: a figure as the command line hands it over to be drawn.
#pragma once

#include "core/series/band.h"
#include "core/series/curve.h"

#include <string>
#include <vector>

namespace sextant::cli {

struct ChartRequest
{
    struct Line
    {
        std::string runId, name;
        int color = 0; // one of ten
        int dash = 0;  // 0: solid
        PreparedCurve curve;
        BandPtr band;             // the mean of a group
        std::vector<Line> hidden; // its runs that are not drawn
        bool member = false;      // its runs that are
    };
    std::vector<Line> lines;
    std::string title;
    std::string format = "pdf"; // svg, png, csv
    XAxis axis = XAxis::Step;
    std::string xMetric;
    Smoothing smoothing;
    BandKind band = BandKind::None;
    bool logY = false;
    bool clipOutliers = false;
    bool showMembers = false;
    bool everyPoint = false; // of csv
    double widthMm = 85;
    double heightMm = 60;
    int dotsPerInch = 300;
    bool onPaper = true;
    bool serif = false;
    int fontSize = 8;
    double lineWidth = 1;
};

} // namespace sextant::cli
