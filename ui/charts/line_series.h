// LineSeries: one curve of a line chart and how it is drawn. LineSettings: how a line chart shows all of its
// curves.
#pragma once

#include "core/series/band.h"
#include "core/series/clip.h"

#include <QColor>
#include <QList>
#include <QString>

#include <string>
#include <vector>

namespace sextant {

struct LineSeries
{
    QString runId;
    QString name;
    QColor color;
    QList<qreal> dash;              // in line widths, as Theme::dash gives it; empty: solid
    CurvePtr curve;                 // raw
    CurvePtr smoothed;              // null without smoothing: then the raw curve is the line, else its ghost
    BandPtr band;                   // the line is the mean of a group: its spread is filled
    QString endLabel;               // written at the right end; empty: nothing
    bool highlighted = false;       // wider and on top: selected, pinned, baseline
    bool faded = false;             // context only
    bool member = false;            // of a group whose mean is drawn: thin, behind it
    bool baseline = false;          // the tooltip tells how far the others are from it
    std::vector<LineSeries> hidden; // with a band: the runs that are not drawn
    std::size_t unmatched = 0;      // steps that take no part: another metric was not logged there

    const CurvePtr& line() const { return smoothed ? smoothed : curve; }
    /// Logged ones behind the line.
    std::size_t points() const
    {
        std::size_t count = band || !curve ? 0 : curve->size();
        for (const LineSeries& one : hidden)
            count += one.points();
        return count;
    }
};

struct LineSettings
{
    XAxis xAxis = XAxis::Step;
    bool logY = false;       // linear around zero where values ask for it
    bool symmetricY = false; // with logY: around zero in any case, zero in sight
    Smoothing smoothing;
    bool showRaw = true;            // the ghost behind a smoothed line
    std::string xMetric;            // with XAxis::Metric
    BandKind band = BandKind::None; // runs of a group as their mean; the owner makes the bands
    bool showMembers = false;       // with a band: the runs as well
    bool clipOutliers = false;      // the owner finds the range

    /// What the curves of the chart have to be prepared with.
    CurveRequest request() const { return {xAxis, smoothing, kNoTime, 0}; }
    bool operator==(const LineSettings&) const = default;
};

} // namespace sextant
