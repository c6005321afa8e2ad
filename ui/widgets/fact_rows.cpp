#include "ui/widgets/fact_rows.h"

#include "ui/widgets/badge.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace sextant {

namespace {

constexpr int kRow = 23;
constexpr int kLineWidth = 70;
constexpr int kLineRoom = 92;
constexpr int kLeastName = 120;
constexpr int kChipGap = 6;
constexpr int kLongestChip = 60;

} // namespace

FactRows::FactRows(int labelWidth, QWidget* parent) : QWidget(parent), m_labelWidth(labelWidth)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void FactRows::setFacts(std::vector<Fact> facts)
{
    m_facts = std::move(facts);
    QStringList spoken;
    for (const auto& fact : m_facts)
        spoken << fact.label + QLatin1Char(' ') + fact.value +
                      (fact.remark.isEmpty() ? QString() : QLatin1Char(' ') + fact.remark);
    setAccessibleDescription(spoken.join(QLatin1String(", ")));
    updateGeometry();
    update();
}

void FactRows::setLine(const QString& label, Sparkline line)
{
    for (auto& fact : m_facts) {
        if (fact.label == label)
            fact.line = std::move(line);
    }
    update();
}

QSize FactRows::sizeHint() const
{
    return {200, kRow * static_cast<int>(m_facts.size())};
}

void FactRows::paintEvent(QPaintEvent* event)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    for (std::size_t i = 0; i < m_facts.size(); ++i) {
        QRect row(0, static_cast<int>(i) * kRow, width(), kRow);
        if (row.intersects(event->rect()))
            paintFact(&painter, theme, row, m_facts[i]);
    }
}

void FactRows::paintFact(QPainter* painter, const Theme& theme, const QRect& rect, const Fact& fact) const
{
    constexpr auto kFlags = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine;
    painter->setFont(theme.font(Theme::Text::Body));
    auto cut = [&](const QString& text, int width) {
        return painter->fontMetrics().elidedText(text, Qt::ElideRight, std::max(0, width));
    };
    if (fact.number) {
        painter->setPen(theme.color("text"));
        drawTabular(painter, rect, fact.value);
        auto valueWidth = tabularWidth(painter->fontMetrics(), fact.value);
        auto lineRight = rect.right() - std::max(valueWidth + 12, kLineRoom);
        const auto room = lineRight - kLineWidth - 8 - rect.left();
        const auto nameWidth = painter->fontMetrics().horizontalAdvance(fact.label);
        const auto lineFits = room >= std::min(nameWidth, kLeastName); // else the name comes first
        if (fact.line.drawable() && lineFits)
            drawSparkline(painter,
                          QRectF(lineRight - kLineWidth, rect.top() + 5, kLineWidth, rect.height() - 10),
                          fact.line, theme.color("text.muted"));
        painter->drawText(rect, kFlags, cut(fact.label, lineFits ? room : rect.width() - valueWidth - 12));
        return;
    }
    painter->setPen(theme.color("text.muted"));
    painter->drawText(rect, kFlags, cut(fact.label, m_labelWidth - 8));
    auto area = rect.adjusted(m_labelWidth, 0, 0, 0);
    painter->setFont(theme.font(fact.mono ? Theme::Text::Mono : Theme::Text::Body));
    painter->setPen(theme.color("text"));
    auto value = cut(fact.value, area.width());
    painter->drawText(area, kFlags, value);
    area.setLeft(area.left() + painter->fontMetrics().horizontalAdvance(value) + 6);
    if (fact.remark.isEmpty() || area.width() < 20)
        return;
    painter->setFont(theme.font(Theme::Text::Small));
    painter->setPen(theme.color(fact.remarkColor));
    painter->drawText(area, kFlags, cut(fact.remark, area.width()));
}

int FactRows::rowAt(const QPoint& position) const
{
    auto row = position.y() / kRow;
    return position.y() >= 0 && row < static_cast<int>(m_facts.size()) ? row : -1;
}

bool FactRows::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        if (auto row = rowAt(help->pos()); row >= 0) {
            const auto& fact = m_facts[static_cast<std::size_t>(row)];
            auto whole = fact.whole.isEmpty() ? fact.value + QLatin1Char(' ') + fact.remark : fact.whole;
            QToolTip::showText(help->globalPos(), plainToolTip(fact.label + QLatin1String("\n") + whole),
                               this);
        }
        return true;
    }
    return QWidget::event(event);
}

void FactRows::contextMenuEvent(QContextMenuEvent* event)
{
    auto row = rowAt(event->pos());
    if (row < 0)
        return;
    const auto fact = m_facts[static_cast<std::size_t>(row)];
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto copy = [](const QString& text) { QGuiApplication::clipboard()->setText(text); };
    menu->addAction(tr("Copy value"), this,
                    [copy, fact] { copy(fact.whole.isEmpty() ? fact.value : fact.whole); });
    menu->addAction(tr("Copy name"), this, [copy, fact] { copy(fact.label); });
    menu->popup(event->globalPos());
}

TagChips::TagChips(QWidget* parent) : QWidget(parent)
{
    auto policy = QSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setCursor(Qt::PointingHandCursor);
}

void TagChips::setTags(std::vector<Tag> tags)
{
    m_tags = std::move(tags);
    QStringList spoken;
    for (const auto& tag : m_tags)
        spoken << textOf(tag);
    setAccessibleName(tr("Tags"));
    setAccessibleDescription(spoken.join(QLatin1String(", ")));
    setMinimumHeight(heightForWidth(width()));
    updateGeometry();
    update();
}

QString TagChips::textOf(const Tag& tag) const
{
    auto text = tag.value.isEmpty() ? tag.key : tag.key + QLatin1String(": ") + tag.value;
    return text.size() > kLongestChip ? text.left(kLongestChip) + QChar(0x2026) : text;
}

std::vector<QRect> TagChips::arrange(int width) const
{
    const auto& theme = Theme::of(this);
    auto height = theme.length("badge.height");
    std::vector<QRect> places;
    int x = 0, y = 0;
    for (const auto& tag : m_tags) {
        auto chip = std::min(badgeWidth(theme, Badge::chip(textOf(tag))), std::max(width, 40));
        if (x > 0 && x + chip > width) {
            x = 0;
            y += height + kChipGap;
        }
        places.emplace_back(x, y, chip, height);
        x += chip + kChipGap;
    }
    return places;
}

int TagChips::heightForWidth(int width) const
{
    auto places = arrange(width);
    return places.empty() ? 0 : places.back().bottom() + 1;
}

void TagChips::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    setMinimumHeight(heightForWidth(width()));
}

void TagChips::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    auto places = arrange(width());
    for (std::size_t i = 0; i < places.size(); ++i)
        paintBadge(theme, &painter, places[i], Badge::chip(textOf(m_tags[i])));
}

int TagChips::tagAt(const QPoint& position) const
{
    auto places = arrange(width());
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i].contains(position))
            return static_cast<int>(i);
    }
    return -1;
}

bool TagChips::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        if (auto tag = tagAt(help->pos()); tag >= 0)
            QToolTip::showText(help->globalPos(),
                               plainToolTip(m_tags[static_cast<std::size_t>(tag)].key + QLatin1String(": ") +
                                            m_tags[static_cast<std::size_t>(tag)].value),
                               this);
        return true;
    }
    return QWidget::event(event);
}

void TagChips::mousePressEvent(QMouseEvent* event)
{
    if (auto tag = tagAt(event->position().toPoint()); tag >= 0)
        emit tagClicked(m_tags[static_cast<std::size_t>(tag)].key,
                        m_tags[static_cast<std::size_t>(tag)].value, event->globalPosition().toPoint());
}

} // namespace sextant
