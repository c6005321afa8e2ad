#include "ui/runs/cell_text_delegate.h"

#include "ui/theme/theme.h"
#include "ui/widgets/number_painter.h"

#include <QPainter>

namespace sextant {

void CellTextDelegate::paintHead(QPainter* painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index, const CellLook& look)
{
    const auto& theme = Theme::of(option.widget);
    painter->fillRect(option.rect, theme.color("bg.2"));
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                      theme.color("border.hairline"));
    if (index.column() != 0)
        return;
    auto area = option.rect.adjusted(8, 0, -8, 0);
    theme.drawIcon(painter, QRect(area.left(), area.top(), 16, area.height()),
                   look.open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), 14,
                   theme.color("text.muted"));
    area.setLeft(area.left() + 24);
    painter->setFont(theme.font(Theme::Text::BodyStrong));
    painter->setPen(theme.color("text"));
    auto text = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width() - 30);
    painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    area.setLeft(area.left() + painter->fontMetrics().horizontalAdvance(text) + 6);
    painter->setFont(theme.font(Theme::Text::Small));
    painter->setPen(theme.color("text.muted"));
    painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter, look.remark);
}

void CellTextDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    const auto& theme = Theme::of(option.widget);
    auto look = index.data(kLookRole).value<CellLook>();
    painter->save();
    painter->setClipRect(option.rect);
    if (look.head) {
        paintHead(painter, option, index, look);
        painter->restore();
        return;
    }
    auto selected = option.state.testFlag(QStyle::State_Selected);
    auto background =
        selected      ? (option.state.testFlag(QStyle::State_Active) ? "selection.bg" : "selection.inactive")
        : look.tinted ? "accent.subtle"
                      : "bg.1";
    painter->fillRect(option.rect, theme.color(background));
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                      theme.color("border.hairline"));
    auto area = option.rect.adjusted(8 + look.indent, 0, -8, -1);
    if (look.line.drawable())
        drawSparkline(painter,
                      QRectF(area.right() - std::min(74, area.width()), area.top() + 6,
                             std::min(74, area.width()), area.height() - 12),
                      look.line, theme.color("text.muted"));
    painter->setFont(theme.font(look.mono     ? Theme::Text::Mono
                                : look.strong ? Theme::Text::BodyStrong
                                              : Theme::Text::Body));
    painter->setPen(theme.color(look.muted ? "text.muted" : selected ? "selection.text" : "text"));
    auto text = index.data().toString();
    if (look.number)
        drawTabular(painter, area, text);
    else
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
    painter->restore();
}

} // namespace sextant
