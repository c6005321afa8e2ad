// LineSeries: one curve of a line chart and how it is drawn. LineSettings: how a line chart shows all of its
// curves.
#pragma once

#include "core/series/curve.h"

#include <QColor>
#include <QList>
#include <QString>

#include <vector>

namespace sextant {

struct LineSeries
{
    QString runId;
    QString name;
    QColor color;
    QList<qreal> dash;        // in line widths, as Theme::dash gives it; empty: solid
    CurvePtr curve;           // raw
    CurvePtr smoothed;        // null without smoothing: then the raw curve is the line, else its ghost
    bool highlighted = false; // wider and on top: selected, pinned, baseline
    bool faded = false;       // context only

    const CurvePtr& line() const { return smoothed ? smoothed : curve; }
};

struct LineSettings
{
    XAxis xAxis = XAxis::Step;
    bool logY = false;
    Smoothing smoothing;
    bool showRaw = true; // the ghost behind a smoothed line

    /// What the curves of the chart have to be prepared with.
    CurveRequest request() const { return {xAxis, smoothing, kNoTime, 0}; }
    bool operator==(const LineSettings&) const = default;
};

} // namespace sextant
