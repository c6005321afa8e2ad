// LineCanvas: the drawing of a line chart and everything the mouse and the keys do on it. Draws any number of
// points exactly and in the time its pixels take. Drag zooms into a rectangle, Shift+drag pans, Ctrl+wheel
// zooms, a double click shows everything, Backspace goes back; arrows move the crosshair. The bare wheel is
// left to the page. GUI thread only.
#pragma once

#include "ui/charts/chart_picture.h"
#include "ui/charts/crosshair.h"
#include "ui/charts/line_picture.h"
#include "ui/charts/paint_turn.h"

#include <QPointer>
#include <QWidget>

#include <memory>
#include <optional>

namespace sextant {

class ChartTooltip;

class LineCanvas : public QWidget, private PaintTurn::Member
{
    Q_OBJECT
public:
    explicit LineCanvas(QWidget* parent = nullptr);
    ~LineCanvas() override;

    /// The metric: names the chart for screen readers and in messages.
    void setTitle(const QString& title);
    const QString& title() const { return m_title; }

    /// New curves; the zoom stays unless they have another x axis. Ends loading and errors.
    void setSeries(std::vector<LineSeries> series);
    const std::vector<LineSeries>& series() const { return m_series; }
    void setSettings(const LineSettings& settings);
    const LineSettings& settings() const { return m_settings; }
    /// The range of y that leaves outliers out, while the settings ask for it; what lies beyond is marked.
    void setClip(std::optional<ClipRange> clip);

    /// "Reading histories, 3 of 8", in the place of lines; `total` 0: unknown.
    void showLoading(int done, int total);
    void showError(const QString& sentence, const QString& hint);
    /// What is said when there is nothing to draw.
    void setEmptyText(const QString& sentence);

    const ViewWindow& visibleWindow() const { return m_zoom.current(); }
    /// Shows another part, as one step that can be gone back; visibleWindowChanged is not emitted.
    void setVisibleWindow(const ViewWindow& window);
    bool canZoomBack() const { return m_zoom.canGoBack(); }
    void zoomBack();
    void resetZoom();

    /// That of another chart or of a row elsewhere, without the tooltip.
    void setCrosshair(std::optional<double> x);
    std::optional<double> crosshair() const { return m_crosshair; }
    CrosshairReading reading() const;
    /// The run to stress while others fade; empty: none.
    void setHoveredRun(const QString& runId);
    const QString& hoveredRun() const { return m_hoveredRun; }

    /// The chart alone at any size, drawn at once; as lines and words, for export.
    QImage render(QSize size, double devicePixelRatio) const;
    std::shared_ptr<const ChartPicture> figure() const;
    /// The layout in force, brought up to date.
    const PlotFrame& frame();
    /// What the axes of the last picture need said: "linear within ±0.001"; mostly empty.
    QString axisNote() const;
    /// No run has more than one point: dots instead of lines, without an x axis.
    bool showsDots() const { return DotPlot::suits(m_series); }
    /// All points of all curves, visible or not.
    std::size_t pointCount() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void visibleWindowChanged(const sextant::ViewWindow& window);
    void zoomChanged(); // canZoomBack() or visibleWindow() may have changed, by whatever means
    void crosshairMoved(std::optional<double> x);
    void runHovered(const QString& runId);
    void runClicked(const QString& runId);
    void pictureFinished();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    enum class Gesture { None, Pressed, Zooming, Panning };

    LinePicture::Request request() const;
    void invalidate();
    bool needsDrawing() const;
    void layOutAnew(); // where something has changed; the image stays as it is
    bool drawUntil(QDeadlineTimer deadline) override;
    void describe();
    bool hasPoints() const;
    bool hasLines() const; // at least one curve of two points: what can be zoomed and read by a crosshair
    // line_canvas_paint.cpp
    bool isTaken(const QPainter& painter) const;
    void paintImage(QPainter& painter, QRect rect);
    void paintCrosshair(QPainter& painter);
    void paintRubberBand(QPainter& painter);
    void paintMessage(QPainter& painter);
    QRect crosshairStrip(double x);
    QRect zoomRect();

    // line_canvas_input.cpp
    void changeWindow(const ViewWindow& window, int gesture = 0);
    void zoomAround(QPointF place, double factor, int gesture);
    void zoomInto(QRect rect);
    void panTo(QPoint place);
    void moveCrosshair(double x, QPoint cursor);
    void stepCrosshair(int direction, bool far);
    void cycleRun(int direction);
    void placeCrosshair(std::optional<double> x);
    void showTooltip(QPoint anchor);
    void hideTooltip();
    QString runNear(QPointF place);
    void hoverDot(QPoint place);

    QString m_title;
    QString m_emptyText;
    QString m_message, m_hint; // loading or error
    bool m_failed = false;
    std::vector<LineSeries> m_series;
    LineSettings m_settings;
    std::optional<ClipRange> m_clip;
    ZoomHistory m_zoom;
    QString m_hoveredRun;

    LinePicture m_picture;
    bool m_stale = true;
    bool m_told = false; // that the picture is finished

    std::optional<double> m_crosshair;
    bool m_ownCrosshair = false; // moved here, not by another chart
    bool m_pinned = false;
    bool m_focusShown = false; // the focus came by keys
    QPointer<ChartTooltip> m_tooltip;

    Gesture m_gesture = Gesture::None;
    QPoint m_pressed, m_current;
    PlotFrame m_panStart;
    int m_gestureId = 0; // tells zoom steps of one gesture from those of the next
    int m_wheelDirection = 0;
};

} // namespace sextant
