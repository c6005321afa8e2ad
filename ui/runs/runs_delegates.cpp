#include "ui/runs/runs_delegates.h"

#include "ui/widgets/badge.h"

#include <algorithm>

namespace sextant {

namespace {

constexpr int kIndent = 12;
constexpr int kDeepestIndent = 8;
constexpr int kSpreadGap = 6;

/// A filled bookmark: the icon of the family is an outline.
void drawBookmark(QPainter* painter, const QRect& rect, const QColor& color)
{
    auto middle = QRectF(rect).center();
    QPolygonF shape({{-4, -5.5}, {4, -5.5}, {4, 5.5}, {0, 2.5}, {-4, 5.5}});
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(color);
    painter->drawPolygon(shape.translated(middle));
}

} // namespace

void RunsPainting::retheme(const Theme& newTheme)
{
    theme = &newTheme;
    padding = newTheme.length("space.2");
    m_body = std::make_unique<CellPainter>(newTheme.font(Theme::Text::Body));
    m_strong = std::make_unique<CellPainter>(newTheme.font(Theme::Text::BodyStrong));
    m_small = std::make_unique<CellPainter>(newTheme.font(Theme::Text::Small));
    m_caption = std::make_unique<CellPainter>(newTheme.font(Theme::Text::CaptionStrong));
}

int RunsPainting::spreadWidth(int column) const
{
    auto place = static_cast<std::size_t>(column);
    return place < spreadWidths.size() ? spreadWidths[place] : 0;
}

void RunsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    auto selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setClipRect(option.rect);
    auto background =
        paintGround(painter, option.rect, index.row(), selected, option.state.testFlag(QStyle::State_Active));
    auto inner = option.rect.adjusted(m_painting.padding, 0, -m_painting.padding, -1);
    paintCell(painter, {inner, option.rect, index.row(), index.column(), selected, background,
                        painter->device()->devicePixelRatioF()});
    painter->restore();
}

QColor RunsDelegate::paintGround(QPainter* painter, const QRect& rect, int row, bool selected,
                                 bool active) const
{
    auto background = color(selected                       ? active ? "selection.bg" : "selection.inactive"
                            : row == m_painting.hoveredRow ? "hover"
                            : model().isHead(row)          ? "bg.2"
                                                           : "bg.1");
    painter->fillRect(rect, background);
    auto endsPins = row + 1 == model().pinnedRows();
    auto line = endsPins ? 2 : 1;
    painter->fillRect(rect.left(), rect.bottom() + 1 - line, rect.width(), line,
                      color(endsPins ? "bg.4" : "border.hairline"));
    return background;
}

QSize RunsDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {m_painting.theme->length("row.table"), m_painting.theme->length("row.table")};
}

QColor RunsDelegate::textColor(const Cell& cell) const
{
    return color(cell.selected ? "selection.text" : "text");
}

void RunsDelegate::drawIcon(QPainter* painter, const QRect& rect, const char* icon, int size,
                            const QColor& tint) const
{
    m_painting.theme->drawIcon(painter, rect, QLatin1String(icon), size, tint);
}

void RunsDelegate::drawPlaceholder(QPainter* painter, const QRect& rect, int width,
                                   Qt::Alignment alignment) const
{
    auto length = std::min(width, rect.width());
    auto left = alignment & Qt::AlignRight ? rect.right() + 1 - length : rect.left();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color("bg.4"));
    painter->drawRoundedRect(QRectF(left, rect.center().y() - 3, length, 8), 2, 2);
}

void FoldDelegate::paintCell(QPainter* painter, const Cell& cell) const
{
    auto size = painting().theme->length("icon.small");
    if (model().inPinnedPart(cell.row) && model().pin(cell.row) == RunsModel::Pin::Baseline)
        drawBookmark(painter, cell.full, color("text"));
    else if (model().inPinnedPart(cell.row))
        drawIcon(painter, cell.full, "pin", size, color("text.muted"));
    else if (model().fold(cell.row) != RunsModel::Fold::None)
        drawIcon(painter, cell.full,
                 model().fold(cell.row) == RunsModel::Fold::Open ? "chevron-down" : "chevron-right", size,
                 color("text.muted"));
    else if (cell.row == painting().hoveredRow && !model().isHead(cell.row))
        drawIcon(painter, cell.full, "pin", size, color("text.disabled"));
}

void EyeDelegate::paintCell(QPainter* painter, const Cell& cell) const
{
    auto eyes = model().eyes(cell.row);
    drawIcon(painter, cell.full, eyes != RunsModel::Eyes::None ? "eye" : "eye-off",
             painting().theme->length("icon.default"),
             color(eyes == RunsModel::Eyes::All    ? "text"
                   : eyes == RunsModel::Eyes::Some ? "text.muted"
                                                   : "text.disabled"));
}

void DotDelegate::paintCell(QPainter* painter, const Cell& cell) const
{
    const auto& theme = *painting().theme;
    auto group = model().drawsGroups() ? model().groupOf(cell.row) : -1; // then its line is the group's
    if (group < 0 && model().isHead(cell.row))
        return;
    auto tint = group < 0 ? model().color(cell.row) : model().groupColor(group);
    auto dash = group < 0 ? model().dash(cell.row) : model().groupDash(group);
    paintColorDot(theme, painter, QRectF(cell.full).center(), theme.series(tint), model().shown(cell.row),
                  cell.selected ? color("bg.1") : QColor(), dash);
}

void NameDelegate::paintCell(QPainter* painter, const Cell& cell) const
{
    auto& fonts = painting();
    auto isHead = model().isHead(cell.row);
    // The head of a group begins where its runs' dots are: it is one level above their names.
    auto area =
        isHead ? cell.rect
               : cell.rect.adjusted(kIndent * std::min(model().depth(cell.row), kDeepestIndent), 0, 0, 0);
    const auto& table = *model().arrangement()->table;
    QString remark;
    auto remarkColor = color("text.muted");
    if (isHead) {
        bool incomplete = false;
        remark = model().groupRemark(model().groupOf(cell.row), &incomplete);
        if (incomplete)
            remarkColor = color("warning.fg");
    } else if (table.lifecycle(model().tableRow(cell.row)) == Lifecycle::Deleted) {
        remark = tr("deleted");
    } else if (auto count = model().descendants(cell.row); count > 0) {
        remark = counted(static_cast<quint64>(count), tr("1 run"), tr("%1 runs"));
    }
    auto remarkWidth = remark.isEmpty() ? 0 : fonts.small().textWidth(remark) + 8;
    if (area.width() < remarkWidth + 60)
        remarkWidth = 0;
    auto strong = model().pin(cell.row) == RunsModel::Pin::Baseline || model().descendants(cell.row) > 0;
    auto muted = !isHead && !model().shown(cell.row) && model().pin(cell.row) == RunsModel::Pin::None;
    auto nameColor = muted ? color("text.muted") : textColor(cell);
    auto nameArea = area.adjusted(0, 0, -remarkWidth, 0);
    auto width =
        (strong ? fonts.strong() : fonts.body())
            .drawText(painter, nameArea, model().cell(cell.row, cell.column).text, nameColor, Qt::AlignLeft);
    if (remarkWidth > 0)
        fonts.small().drawText(painter, area.adjusted(width + 8, 0, 0, 0), remark, remarkColor,
                               Qt::AlignLeft);
}

void StatusDelegate::paintCell(QPainter* painter, const Cell& cell) const
{
    if (model().isHead(cell.row))
        return;
    auto look = statusLook(model().arrangement()->table->status(model().tableRow(cell.row)));
    drawIcon(painter, cell.full, look.icon, painting().theme->length("icon.small"), color(look.color));
}

void ValueDelegate::paintCell(QPainter* painter, const Cell& cell) const
{
    auto value = model().cell(cell.row, cell.column);
    const auto& column = model().columns()[static_cast<std::size_t>(cell.column)];
    auto alignment = column.numeric ? Qt::AlignRight : Qt::AlignLeft;
    auto spread = painting().spreadWidth(cell.column);
    auto area = cell.rect.adjusted(0, 0, -spread, 0);
    auto& font = model().isHead(cell.row) ? painting().strong() : painting().body();
    switch (value.kind) {
    case RunCell::Kind::Loading:
        drawPlaceholder(painter, area, 44, alignment);
        break;
    case RunCell::Kind::Missing:
        painting().body().drawText(painter, area, value.text, color("text.disabled"), alignment);
        break;
    case RunCell::Kind::NotFinite:
        painting().strong().drawText(painter, area, value.text, color("chart.nonFinite"), alignment);
        break;
    case RunCell::Kind::Number:
        font.drawNumber(painter, area, value.text, textColor(cell));
        break;
    case RunCell::Kind::Many:
        painting().small().drawText(painter, area, value.text, color("text.muted"), alignment);
        break;
    default:
        painting().body().drawText(painter, area, value.text, textColor(cell), alignment);
        break;
    }
    if (!value.spread.isEmpty() && spread > 0) {
        auto right =
            QRect(area.right() + 1 + kSpreadGap, cell.rect.top(), spread - kSpreadGap, cell.rect.height());
        painting().small().drawText(painter, right, value.spread, color("text.muted"), Qt::AlignLeft);
    }
}

void BestDelegate::paintCell(QPainter* painter, const Cell& cell) const
{
    auto value = model().cell(cell.row, cell.column);
    if (value.kind == RunCell::Kind::Missing)
        return void(painting().body().drawText(painter, cell.rect, value.text, color("text.disabled"),
                                               Qt::AlignLeft));
    if (value.kind != RunCell::Kind::Best)
        return;
    if (model().isHead(cell.row)) {
        painting().body().drawText(painter, cell.rect, value.text,
                                   color(cell.selected ? "selection.text" : "accent.text"), Qt::AlignLeft);
        return;
    }
    auto size = painting().theme->length("icon.small");
    drawIcon(painter, QRect(cell.rect.left(), cell.rect.top(), size, cell.rect.height()), "check", size,
             color("text.muted"));
    painting().caption().drawText(painter, cell.rect.adjusted(size + 4, 0, 0, 0), value.text,
                                  color("text.muted"), Qt::AlignLeft);
}

void DeltaDelegate::paintCell(QPainter* painter, const Cell& cell) const
{
    auto value = model().cell(cell.row, cell.column);
    if (value.kind == RunCell::Kind::Loading)
        return drawPlaceholder(painter, cell.rect, 44, Qt::AlignRight);
    if (value.kind == RunCell::Kind::Baseline) {
        painting().caption().drawText(painter, cell.rect, value.text, color("text.muted"), Qt::AlignRight);
        return;
    }
    auto tint = color(value.kind == RunCell::Kind::Better  ? "delta.better"
                      : value.kind == RunCell::Kind::Worse ? "delta.worse"
                                                           : "delta.neutral");
    auto width = painting().small().drawNumber(painter, cell.rect, value.text, tint);
    if (value.kind == RunCell::Kind::Missing || value.text.startsWith(QLatin1Char('=')))
        return;
    auto up = value.text.startsWith(QLatin1Char('+'));
    auto right = cell.rect.right() + 1.0 - width - 6;
    auto middle = cell.rect.center().y() + 0.5;
    auto tip = up ? -4.0 : 4.0;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(tint);
    painter->drawPolygon(
        QPolygonF({{right - 10, middle - tip}, {right, middle - tip}, {right - 5, middle + tip}}));
}

} // namespace sextant
