#include "ui/charts/line_canvas.h"

#include "ui/charts/chart_tooltip.h"
#include "ui/charts/line_figure.h"
#include "ui/charts/value_text.h"

#include <QAccessible>

#include <algorithm>

namespace sextant {
namespace {

constexpr std::size_t kMostDescribed = 10;

XAxis axisOf(const std::vector<LineSeries>& series, XAxis otherwise)
{
    return series.empty() || !series.front().curve ? otherwise : series.front().curve->axis();
}

QString axisName(XAxis axis)
{
    switch (axis) {
    case XAxis::Step:
        return QStringLiteral("step");
    case XAxis::RelativeTime:
        return QStringLiteral("relative time");
    case XAxis::Metric:
        return QStringLiteral("another metric");
    case XAxis::WallTime:
        break;
    }
    return QStringLiteral("wall time");
}

} // namespace

LineCanvas::LineCanvas(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setCursor(Qt::CrossCursor);
    describe();
}

LineCanvas::~LineCanvas()
{
    PaintTurn::ofApplication().leave(*this);
    delete m_tooltip;
}

void LineCanvas::setTitle(const QString& title)
{
    m_title = title;
    describe();
    update();
}

void LineCanvas::setSeries(std::vector<LineSeries> series)
{
    std::erase_if(series, [](const LineSeries& one) { return !one.curve; });
    if (axisOf(series, m_settings.xAxis) != axisOf(m_series, m_settings.xAxis)) {
        m_zoom.clear();
        placeCrosshair(std::nullopt);
        emit zoomChanged();
    }
    m_series = std::move(series);
    m_message.clear();
    m_failed = false;
    if (m_crosshair && m_tooltip && m_tooltip->isVisible())
        showTooltip(m_current);
    describe();
    invalidate();
}

void LineCanvas::setSettings(const LineSettings& settings)
{
    if (settings == m_settings)
        return;
    if ((settings.logY != m_settings.logY || settings.symmetricY != m_settings.symmetricY) &&
        visibleWindow().y)
        setVisibleWindow({visibleWindow().x, std::nullopt});
    m_settings = settings;
    describe();
    invalidate();
}

void LineCanvas::setClip(std::optional<ClipRange> clip)
{
    m_clip = clip;
    invalidate();
}

void LineCanvas::showLoading(int done, int total)
{
    m_failed = false;
    m_hint.clear();
    m_message = total > 0
                    ? QStringLiteral("Reading histories, %1 of %2").arg(groupedText(done), groupedText(total))
                    : QStringLiteral("Reading histories");
    describe();
    update();
}

void LineCanvas::showError(const QString& sentence, const QString& hint)
{
    m_failed = true;
    m_message = sentence;
    m_hint = hint;
    describe();
    update();
}

void LineCanvas::setEmptyText(const QString& sentence)
{
    m_emptyText = sentence;
    describe();
    update();
}

void LineCanvas::setVisibleWindow(const ViewWindow& window)
{
    if (!m_zoom.show(window))
        return;
    emit zoomChanged();
    invalidate();
}

void LineCanvas::zoomBack()
{
    if (!m_zoom.goBack())
        return;
    emit visibleWindowChanged(visibleWindow());
    emit zoomChanged();
    invalidate();
}

void LineCanvas::resetZoom()
{
    changeWindow({});
}

void LineCanvas::setCrosshair(std::optional<double> x)
{
    if (m_pinned)
        return;
    hideTooltip();
    m_ownCrosshair = false;
    placeCrosshair(x);
}

CrosshairReading LineCanvas::reading() const
{
    if (!m_crosshair)
        return {};
    const AxisScale& x = m_picture.frame().x;
    const double tolerance = x.pixelLength() > 0 ? x.range().length() / x.pixelLength() * 8 : 0;
    return readAt(m_series, *m_crosshair, tolerance);
}

void LineCanvas::setHoveredRun(const QString& runId)
{
    if (runId == m_hoveredRun)
        return;
    m_hoveredRun = runId;
    update();
}

QImage LineCanvas::render(QSize size, double devicePixelRatio) const
{
    LinePicture::Request asked = request();
    asked.size = size;
    asked.devicePixelRatio = devicePixelRatio;
    LinePicture picture;
    picture.start(std::move(asked), Theme::of(this));
    picture.advance(Theme::of(this), QDeadlineTimer(QDeadlineTimer::Forever));
    return picture.image();
}

std::shared_ptr<const ChartPicture> LineCanvas::figure() const
{
    LinePicture::Request now = request();
    return std::make_shared<LineFigure>(
        LineFigureSource{m_title, std::move(now.series), now.settings, now.window, now.clip});
}

const PlotFrame& LineCanvas::frame()
{
    layOutAnew();
    return m_picture.frame();
}

QString LineCanvas::axisNote() const
{
    const AxisScale& y = m_picture.frame().y;
    return y.kind() == AxisScale::Kind::SymmetricLogarithmic
               ? QStringLiteral("linear within ±%1").arg(y.linearWithin())
               : QString();
}

std::size_t LineCanvas::pointCount() const
{
    std::size_t count = 0;
    for (const LineSeries& one : m_series)
        count += one.points();
    return count;
}

QSize LineCanvas::sizeHint() const
{
    return {Theme::of(this).length("panel.charts"), 240};
}

QSize LineCanvas::minimumSizeHint() const
{
    return {160, Theme::of(this).length("plot.minHeight")};
}

bool LineCanvas::hasPoints() const
{
    return std::any_of(m_series.begin(), m_series.end(),
                       [](const LineSeries& one) { return !one.curve->empty(); });
}

bool LineCanvas::hasLines() const
{
    return std::any_of(m_series.begin(), m_series.end(),
                       [](const LineSeries& one) { return one.curve->size() > 1; });
}

LinePicture::Request LineCanvas::request() const
{
    std::optional<AxisRange> clip;
    if (m_settings.clipOutliers && m_clip && m_clip->clips())
        clip = AxisRange{m_clip->low, m_clip->high};
    return {m_series, m_settings, visibleWindow(), clip, m_hoveredRun, size(), devicePixelRatioF()};
}

void LineCanvas::invalidate()
{
    m_stale = true;
    if (m_picture.underWay()) // those that have not been drawn at all come first
        PaintTurn::ofApplication().leave(*this);
    if (m_series.empty())
        m_picture.clear();
    update();
}

bool LineCanvas::needsDrawing() const
{
    return hasPoints() && (m_stale || !m_picture.finished() || m_picture.stressedRun() != m_hoveredRun);
}

void LineCanvas::layOutAnew()
{
    const Theme& theme = Theme::of(this);
    if (std::exchange(m_stale, false)) {
        m_told = false;
        m_picture.start(request(), theme);
    } else if (m_picture.stressedRun() != m_hoveredRun) {
        m_picture.stress(m_hoveredRun, theme);
    }
}

bool LineCanvas::drawUntil(QDeadlineTimer deadline)
{
    layOutAnew();
    const bool whole = m_picture.advance(Theme::of(this), deadline);
    if (!testAttribute(Qt::WA_WState_InPaintEvent))
        update();
    if (whole && !std::exchange(m_told, true))
        emit pictureFinished();
    return whole;
}

void LineCanvas::describe()
{
    setAccessibleName(m_title.isEmpty() ? QStringLiteral("Line chart")
                                        : QStringLiteral("Line chart of %1").arg(m_title));
    QString text = m_message;
    if (!hasPoints()) {
        text = text.isEmpty() ? m_emptyText : text;
    } else {
        QStringList parts{QStringLiteral("%1 %2 by %3, %4 points")
                              .arg(groupedText(std::ssize(m_series)),
                                   m_series.size() == 1 ? QStringLiteral("run") : QStringLiteral("runs"),
                                   axisName(axisOf(m_series, m_settings.xAxis)),
                                   groupedText(static_cast<std::int64_t>(pointCount())))};
        for (std::size_t index = 0; index < std::min(m_series.size(), kMostDescribed); ++index) {
            const LineSeries& one = m_series[index];
            if (one.curve->empty())
                continue;
            const CurvePoint last = one.curve->point(one.curve->size() - 1);
            parts << QStringLiteral("%1: last %2 at step %3")
                         .arg(one.name, valueText(last.value), groupedText(last.step));
        }
        if (m_series.size() > kMostDescribed)
            parts << QStringLiteral("%1 more").arg(m_series.size() - kMostDescribed);
        text = parts.join(QStringLiteral(". "));
    }
    setAccessibleDescription(text);
}

bool LineCanvas::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::StyleChange:
    case QEvent::FontChange:
        invalidate();
        break;
    case QEvent::ShortcutOverride:
        // The keys of the chart win over shortcuts of the page while it has the focus.
        if (const int key = static_cast<QKeyEvent*>(event)->key();
            key == Qt::Key_Backspace || (key == Qt::Key_Escape && m_crosshair))
            event->accept();
        break;
    default:
        break;
    }
    return QWidget::event(event);
}

void LineCanvas::resizeEvent(QResizeEvent*)
{
    hideTooltip();
    invalidate();
}

} // namespace sextant
