#include "ui/runs/completion_popup.h"

#include "ui/theme/theme.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/store_text.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace sextant {

namespace {

constexpr int kMargin = 12; // for the shadow
constexpr int kWidth = 468;
constexpr int kPadding = 4;
constexpr int kFooter = 30;
constexpr int kMostRows = 8;

QString iconOf(CompletionKind kind)
{
    switch (kind) {
    case CompletionKind::Metric:
        return QStringLiteral("activity");
    case CompletionKind::Param:
        return QStringLiteral("sliders-horizontal");
    case CompletionKind::Tag:
        return QStringLiteral("tag");
    case CompletionKind::Dataset:
        return QStringLiteral("database");
    case CompletionKind::Attribute:
        return QStringLiteral("info");
    case CompletionKind::Value:
        return QStringLiteral("quote");
    default:
        return {};
    }
}

void paintShadow(QPainter* painter, const QRectF& frame, const Theme& theme)
{
    auto strength = theme.number(theme.isDark() ? "popup.shadowOpacityDark" : "popup.shadowOpacityLight");
    for (int i = kMargin; i > 0; --i) {
        QPainterPath path;
        path.addRoundedRect(frame.adjusted(-i, -i + 4, i, i), 8 + i, 8 + i);
        painter->fillPath(path, QColor(0, 0, 0, qRound(255 * strength / kMargin / 1.6)));
    }
}

} // namespace

CompletionPopup::CompletionPopup(QWidget* field) : QWidget(field), m_field(field)
{
    hide();
    setFocusPolicy(Qt::NoFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Completions"));
}

int CompletionPopup::rowsShown() const
{
    return std::min(kMostRows, static_cast<int>(m_completions.size()));
}

QRect CompletionPopup::frame() const
{
    return rect().adjusted(kMargin, kMargin / 2, -kMargin, -kMargin);
}

QRect CompletionPopup::rowRect(int place) const
{
    auto height = Theme::of(this).length("row.list");
    return {frame().left() + kPadding, frame().top() + kPadding + place * height,
            frame().width() - 2 * kPadding, height};
}

int CompletionPopup::placeAt(const QPoint& position) const
{
    for (int place = 0; place < rowsShown(); ++place) {
        if (rowRect(place).contains(position))
            return place;
    }
    return -1;
}

void CompletionPopup::offer(std::vector<Completion> completions, const QString& note, int left)
{
    m_completions = std::move(completions);
    m_note = note;
    m_current = m_first = 0;
    auto* window = m_field->window();
    if (m_completions.empty() || !m_field->isVisible()) {
        hide();
        return;
    }
    if (parentWidget() != window)
        setParent(window);
    auto width = std::min(kWidth + 2 * kMargin, window->width());
    auto height =
        rowsShown() * Theme::of(this).length("row.list") + 2 * kPadding + kFooter + kMargin + kMargin / 2;
    auto place = m_field->mapTo(window, QPoint(left - kMargin, m_field->height() - kMargin / 2 + 6));
    place.setX(std::clamp(place.x(), 0, std::max(0, window->width() - width)));
    setGeometry(place.x(), place.y(), width, height);
    raise();
    show();
    update();
}

const Completion* CompletionPopup::current() const
{
    return m_completions.empty() ? nullptr : &m_completions[static_cast<std::size_t>(m_current)];
}

void CompletionPopup::move(int by)
{
    auto count = static_cast<int>(m_completions.size());
    if (count == 0)
        return;
    m_current = ((m_current + by) % count + count) % count;
    scrollToCurrent();
    update();
}

void CompletionPopup::scrollToCurrent()
{
    m_first = std::clamp(m_first, m_current - rowsShown() + 1, m_current);
}

void CompletionPopup::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintShadow(&painter, frame(), theme);
    painter.setPen(theme.color("border.hairline"));
    painter.setBrush(theme.color("bg.popup"));
    painter.drawRoundedRect(QRectF(frame()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    for (int place = 0; place < rowsShown(); ++place) {
        auto index = m_first + place;
        paintRow(&painter, rowRect(place), m_completions[static_cast<std::size_t>(index)],
                 index == m_current);
    }
    paintFooter(&painter);
}

void CompletionPopup::paintRow(QPainter* painter, const QRect& rect, const Completion& completion,
                               bool current) const
{
    const auto& theme = Theme::of(this);
    if (current) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color("selection.bg"));
        painter->drawRoundedRect(rect, 4, 4);
    }
    auto icon = iconOf(completion.kind);
    if (!icon.isEmpty())
        theme.drawIcon(painter, QRect(rect.left() + 8, rect.top(), 16, rect.height()), icon, 14,
                       theme.color("text.muted"));
    auto detail = QString::fromStdString(completion.detail);
    painter->setFont(theme.font(Theme::Text::Small));
    painter->setPen(theme.color("text.muted"));
    auto right = rect.adjusted(0, 0, -8, 0);
    painter->drawText(right, Qt::AlignRight | Qt::AlignVCenter, detail);
    auto kindLeft = rect.right() - 150;
    painter->drawText(QRect(kindLeft, rect.top(), 60, rect.height()), Qt::AlignLeft | Qt::AlignVCenter,
                      QString::fromStdString(completion.type));

    painter->setFont(theme.font(Theme::Text::Mono));
    auto metrics = painter->fontMetrics();
    auto x = rect.left() + 32;
    auto limit = kindLeft - 8;
    for (std::size_t at = 0; at < completion.text.size() && x < limit;) {
        auto matched = [&](std::size_t place) {
            return std::any_of(completion.matched.begin(), completion.matched.end(),
                               [&](const TextRange& range) {
                                   return place >= range.begin && place < range.begin + range.length;
                               });
        };
        auto end = at + 1;
        while (end < completion.text.size() && matched(end) == matched(at))
            ++end;
        auto part = metrics.elidedText(oneLine(std::string_view(completion.text).substr(at, end - at)),
                                       Qt::ElideRight, limit - x);
        painter->setPen(theme.color(matched(at) ? "accent.text" : current ? "selection.text" : "text"));
        painter->drawText(QRect(x, rect.top(), limit - x, rect.height()),
                          Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, part);
        x += metrics.horizontalAdvance(part);
        at = end;
    }
}

void CompletionPopup::paintFooter(QPainter* painter) const
{
    const auto& theme = Theme::of(this);
    QRect footer(frame().left(), frame().bottom() - kFooter, frame().width(), kFooter);
    painter->fillRect(footer.left() + 1, footer.top(), footer.width() - 2, 1, theme.color("border.hairline"));
    auto area = footer.adjusted(12, 0, -12, 0);
    auto hint = [&](const QStringList& keys, const QString& text) {
        area.setLeft(area.left() + paintKeyCaps(theme, painter, area, keys) + 4);
        painter->setFont(theme.font(Theme::Text::Small));
        painter->setPen(theme.color("text.muted"));
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter, text);
        area.setLeft(area.left() + painter->fontMetrics().horizontalAdvance(text) + 12);
    };
    hint({tr("Tab")}, tr("insert"));
    hint({tr("Esc")}, tr("close"));
    painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(m_note, Qt::ElideLeft, area.width()));
}

void CompletionPopup::mouseMoveEvent(QMouseEvent* event)
{
    if (auto place = placeAt(event->position().toPoint()); place >= 0 && m_first + place != m_current) {
        m_current = m_first + place;
        update();
    }
}

void CompletionPopup::mousePressEvent(QMouseEvent* event)
{
    if (auto place = placeAt(event->position().toPoint()); place >= 0) {
        m_current = m_first + place;
        emit picked();
    }
}

void CompletionPopup::wheelEvent(QWheelEvent* event)
{
    auto by = event->angleDelta().y() > 0 ? -1 : 1;
    m_first = std::clamp(m_first + by, 0, static_cast<int>(m_completions.size()) - rowsShown());
    m_current = std::clamp(m_current, m_first, m_first + rowsShown() - 1);
    update();
    event->accept();
}

} // namespace sextant
