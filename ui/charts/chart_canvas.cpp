#include "ui/charts/chart_canvas.h"

#include <QDeadlineTimer>
#include <QEvent>
#include <QFocusEvent>
#include <QPainter>

namespace sextant {
namespace {

/// What one look at the event loop may cost; pieces beyond it follow in the next slice.
constexpr int kFirstSliceMs = 10, kSliceMs = 8;
constexpr std::size_t kPiecesBetweenLooks = 8;
/// Dots for each unit of paper, of what is too much for vectors.
constexpr double kDotsOnPaper = 4;

class ScenePicture final : public ChartPicture
{
public:
    ScenePicture(SceneMaker maker, QString title, QString note, ChartTextTable table)
        : m_maker(std::move(maker)), m_title(std::move(title)), m_note(std::move(note)),
          m_table(std::move(table))
    {
    }

    void paint(QPainter& painter, const QRectF& area, const ChartStyle& style) const override
    {
        const double ratio = style.onPaper ? kDotsOnPaper : painter.device()->devicePixelRatioF();
        painter.save();
        painter.translate(area.topLeft());
        m_maker({area.size(), ratio, style})->paint(painter);
        painter.restore();
    }
    QString title() const override { return m_title; }
    QString note() const override { return m_note; }
    QString dataAsCsv(bool) const override { return m_table.toCsv(); }

private:
    SceneMaker m_maker;
    QString m_title, m_note;
    ChartTextTable m_table;
};

} // namespace

/// A scene and the image that it is being painted into.
struct ChartCanvas::Drawing
{
    std::shared_ptr<ChartScene> scene;
    QImage image;
    std::size_t done = 0;
};

void ChartScene::paint(QPainter& painter)
{
    paintBack(painter);
    for (std::size_t piece = 0, count = pieces(); piece < count; ++piece)
        paintPiece(painter, piece);
    paintFront(painter);
}

ChartCanvas::ChartCanvas(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_slice.setSingleShot(true);
    m_slice.setInterval(0);
    connect(&m_slice, &QTimer::timeout, this, [this] {
        advance(kSliceMs);
        update();
    });
}

ChartCanvas::~ChartCanvas()
{
    delete m_tooltip;
}

void ChartCanvas::setTitle(const QString& title)
{
    m_title = title;
    describe();
    update();
}

void ChartCanvas::showLoading(const QString& sentence)
{
    m_failed = false;
    m_message = sentence;
    m_hint.clear();
    describe();
    update();
}

void ChartCanvas::showError(const QString& sentence, const QString& hint)
{
    m_failed = true;
    m_message = sentence;
    m_hint = hint;
    describe();
    update();
}

void ChartCanvas::setEmptyText(const QString& sentence)
{
    m_emptyText = sentence;
    describe();
    update();
}

void ChartCanvas::setHoveredRow(int row)
{
    if (row == m_hovered)
        return;
    m_hovered = row;
    update();
}

ChartSpace ChartCanvas::space() const
{
    return {size(), devicePixelRatioF(), ChartStyle::screen(Theme::of(this)), true};
}

QImage ChartCanvas::render(QSize size, double devicePixelRatio) const
{
    const ChartStyle style = ChartStyle::screen(Theme::of(this));
    QImage image((QSizeF(size) * devicePixelRatio).toSize().expandedTo({1, 1}), QImage::Format_RGB32);
    image.setDevicePixelRatio(devicePixelRatio);
    image.fill(style.background);
    if (hasContent()) {
        QPainter painter(&image);
        sceneMaker()({size, devicePixelRatio, style})->paint(painter);
    }
    return image;
}

void ChartCanvas::paintChart(QPainter& painter, const QRectF& area, const ChartStyle& style) const
{
    if (!hasContent())
        return;
    ScenePicture(sceneMaker(), m_title, {}, {}).paint(painter, area, style);
}

std::shared_ptr<const ChartPicture> ChartCanvas::picture() const
{
    return hasContent() ? std::make_shared<ScenePicture>(sceneMaker(), m_title, note(), table()) : nullptr;
}

QDialog* ChartCanvas::showTable()
{
    return showTextTable(m_title.isEmpty() ? kindName() : m_title, table(), this);
}

QSize ChartCanvas::sizeHint() const
{
    return {Theme::of(this).length("panel.charts"), 260};
}

QSize ChartCanvas::minimumSizeHint() const
{
    return {200, Theme::of(this).length("plot.minHeight")};
}

void ChartCanvas::contentChanged()
{
    m_message.clear();
    m_hint.clear();
    m_failed = false;
    m_hovered = -1;
    hideTooltip();
    m_shown.reset();
    m_next.reset();
    m_stale = true;
    describe();
    emit noteChanged();
    update();
}

void ChartCanvas::restyle()
{
    m_stale = true;
    describe();
    emit noteChanged();
    update();
}

void ChartCanvas::start()
{
    // One drawing at a time: what changes meanwhile is drawn next, so that a stream of changes never starves
    // it.
    if (!m_stale || m_next || !hasContent())
        return;
    m_stale = false;
    const ChartSpace now = space();
    m_next = std::make_unique<Drawing>();
    m_next->scene = sceneMaker()(now);
    m_next->image = QImage((now.size * now.ratio).toSize().expandedTo({1, 1}), QImage::Format_RGB32);
    m_next->image.setDevicePixelRatio(now.ratio);
    m_next->image.fill(now.style.background);
    QPainter painter(&m_next->image);
    m_next->scene->paintBack(painter);
    painter.end();
    advance(kFirstSliceMs);
}

void ChartCanvas::advance(int milliseconds)
{
    start();
    if (!m_next)
        return;
    const QDeadlineTimer deadline(milliseconds);
    const std::size_t count = m_next->scene->pieces();
    QPainter painter(&m_next->image);
    while (m_next->done < count) {
        m_next->scene->paintPiece(painter, m_next->done++);
        if (m_next->done % kPiecesBetweenLooks == 0 && deadline.hasExpired()) {
            m_slice.start();
            return;
        }
    }
    m_next->scene->paintFront(painter);
    painter.end();
    m_shown = std::move(m_next);
    if (m_stale)
        m_slice.start();
    emit pictureFinished();
}

ChartScene* ChartCanvas::scene()
{
    start();
    return m_next ? m_next->scene.get() : m_shown ? m_shown->scene.get() : nullptr;
}

void ChartCanvas::describe()
{
    setAccessibleName(m_title.isEmpty() ? kindName() : QStringLiteral("%1 of %2").arg(kindName(), m_title));
    setAccessibleDescription(!m_message.isEmpty() ? m_message : hasContent() ? description() : m_emptyText);
}

void ChartCanvas::showTooltip(TooltipTable table, QPoint place)
{
    if (!m_tooltip)
        m_tooltip = new ChartTooltip(window());
    m_tooltip->showTable(std::move(table), mapTo(window(), place));
}

void ChartCanvas::hideTooltip()
{
    if (m_tooltip)
        m_tooltip->hide();
}

bool ChartCanvas::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::StyleChange:
    case QEvent::FontChange:
        m_stale = true;
        update();
        break;
    default:
        break;
    }
    return QWidget::event(event);
}

void ChartCanvas::paintEvent(QPaintEvent*)
{
    start();
    QPainter painter(this);
    if (!hasContent() || (m_failed && !m_message.isEmpty())) {
        painter.fillRect(rect(), Theme::of(this).color("bg.1"));
        paintMessage(painter);
    } else {
        const Drawing* drawing = m_shown.get();
        const QSize pixels = (QSizeF(size()) * devicePixelRatioF()).toSize();
        if (m_next && (!drawing || drawing->image.size() != pixels))
            drawing = m_next.get();
        painter.fillRect(rect(), Theme::of(this).color("bg.1"));
        if (drawing)
            painter.drawImage(QPointF(0, 0), drawing->image);
        paintOverlay(painter);
    }
    if (hasFocus() && m_focusShown) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::of(this).color("focus.ring"), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), 4, 4);
    }
}

void ChartCanvas::paintMessage(QPainter& painter)
{
    const Theme& theme = Theme::of(this);
    const QString icon = m_failed              ? QStringLiteral("triangle-alert")
                         : m_message.isEmpty() ? QString::fromLatin1(emptyIcon())
                                               : QStringLiteral("loader-circle");
    const int size = theme.length("icon.rail"),
              lineHeight = QFontMetrics(theme.font(Theme::Text::Body)).height() + 4;
    QRect place(16, (height() - size - (m_hint.isEmpty() ? 2 : 4) * lineHeight) / 2, width() - 32, size);
    theme.drawIcon(&painter, place, icon, size, theme.color(m_failed ? "error.fg" : "text.muted"));
    place = QRect(place.left(), place.bottom() + 8, place.width(), 2 * lineHeight);
    painter.setFont(theme.font(Theme::Text::Body));
    painter.setPen(theme.color(m_failed ? "text" : "text.muted"));
    painter.drawText(place, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     m_message.isEmpty() ? m_emptyText : m_message, &place);
    painter.setFont(theme.font(Theme::Text::Small));
    painter.setPen(theme.color("text.muted"));
    painter.drawText(QRect(16, place.bottom() + 6, width() - 32, 2 * lineHeight),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_hint);
}

void ChartCanvas::resizeEvent(QResizeEvent*)
{
    hideTooltip();
    m_next.reset(); // of another size
    m_stale = true;
    update();
}

void ChartCanvas::focusInEvent(QFocusEvent* event)
{
    m_focusShown = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                   event->reason() == Qt::ShortcutFocusReason;
    update();
}

void ChartCanvas::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    hideTooltip();
    update();
}

void ChartCanvas::leaveEvent(QEvent*)
{
    hideTooltip();
    if (m_hovered >= 0) {
        setHoveredRow(-1);
        emit rowHovered(-1);
    }
}

void ChartCanvas::hideEvent(QHideEvent*)
{
    hideTooltip();
}

} // namespace sextant
