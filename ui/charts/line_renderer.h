// LineRenderer: draws the curves of a line chart into an image, a slice of time after the other, and collects
// what can't be drawn as a line: values that are not finite, runs that leave the visible range, points that
// deserve a marker. Work depends on the pixels, not on the number of points.
#pragma once

#include "ui/charts/axis_scale.h"
#include "ui/charts/chart_style.h"
#include "ui/charts/line_series.h"
#include "ui/charts/stroke.h"

#include <QDeadlineTimer>
#include <QImage>
#include <QPointF>

#include <array>
#include <vector>

namespace sextant {

/// What stands beside the lines; positions in device pixels of the plot.
struct PlotMarks
{
    enum Kind { NaN, PositiveInfinity, NegativeInfinity, KindCount };

    /// Values that are not finite, in neighbouring columns.
    struct Cluster
    {
        Kind kind;
        int firstColumn;
        int lastColumn;
        std::size_t count; // 0: many, not counted
    };
    struct Marker
    {
        QPointF place;
        std::size_t series;
    };
    /// What lies beyond the visible range, above or below it, within the visible x.
    struct Place // neighbouring columns
    {
        int firstColumn;
        int lastColumn;
        std::size_t series; // the first one there
    };
    struct Beyond
    {
        std::vector<Place> places;
        std::vector<std::size_t> series;
        std::size_t points = 0;
        bool counted = true; // else there were too many points to look at
    };
    std::vector<Cluster> clusters;
    std::vector<Marker> markers;
    Beyond above, below;
};

class LineRenderer
{
public:
    /// Of a stressed run there are two parts: all curves faded, and over them those of the run alone.
    enum class Part { All, Faded, Stressed };

    /// Starts a picture of `size` device pixels; both scales are in its pixels. The series are kept until the
    /// next start.
    void start(std::vector<LineSeries> series, Part part, const QString& stressedRun, bool showRaw,
               const AxisScale& x, const AxisScale& y, QSize size, double devicePixelRatio,
               const ChartStyle& style, int markerMaxPoints);

    /// Draws on until the deadline, at least one curve. True when all is drawn; then marks() are complete.
    bool advance(QImage& image, QDeadlineTimer deadline);

    bool finished() const { return m_next >= m_tasks.size(); }
    const PlotMarks& marks() const { return m_marks; }

private:
    struct Task
    {
        std::size_t series;
        CurvePtr curve;
        CurvePtr lower; // of a band: filled from there up to the curve
        double width;
        double opacity;
        bool isLine; // not a ghost nor a fill: has marks, markers and dashes
    };
    struct Pen // where the line that is being followed stands
    {
        bool down = false;
        double x = 0, y = 0;
    };

    void addTasks(Part part, const QString& stressedRun, bool showRaw, const ChartStyle& style);
    void addTasksOf(std::size_t index, bool context, bool stressed, bool behind, const ChartStyle& style);
    void draw(const Task& task, QImage& image);
    void trace(const Task& task);
    bool haveRoom(const Curve& curve, std::size_t begin, std::size_t end) const;
    void drawPoints(const Task& task, std::size_t begin, std::size_t end);
    void drawColumns(const Task& task, std::size_t begin, std::size_t end);
    void addPoint(const Task& task, std::size_t index, Pen& pen);
    void addColumn(const Task& task, const CurveColumn& column, Pen& pen);
    void noteOdd(int column, double value);
    void noteOdd(int column, const Curve& curve, const CurveColumn& points);
    void noteBeyond(const Task& task, std::size_t begin, std::size_t end, const ValueRange& range);
    void collectClusters();
    void collectPlaces(const std::vector<std::int32_t>& columns, PlotMarks::Beyond& beyond) const;

    std::vector<LineSeries> m_series;
    std::vector<Task> m_tasks;
    std::size_t m_next = 0;
    AxisScale m_x, m_y;
    int m_width = 0;
    double m_ratio = 1;
    int m_markerMaxPoints = 60;
    Stroke m_stroke;
    PlotMarks m_marks;
    struct Odd
    {
        bool seen = false;
        bool many = false;
        std::size_t count = 0;
    };
    std::array<std::vector<Odd>, PlotMarks::KindCount> m_odd; // by column
    std::size_t m_scanned = 0;
    std::vector<std::int32_t> m_above, m_below; // by column: a series that lies beyond there, or -1
    bool m_showRaw = true;
    double m_contextOpacity = 0.25; // less where there are many lines
    double m_lineOpacity = 1;
};

} // namespace sextant
