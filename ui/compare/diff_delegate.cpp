#include "ui/compare/diff_delegate.h"

#include "ui/widgets/badge.h"
#include "ui/widgets/number_painter.h"

#include <QContextMenuEvent>

#include <cmath>

namespace sextant {

namespace {

constexpr int kUnderline = 3;
constexpr int kBarWidth = 28;
constexpr int kBarHeight = 4;
constexpr int kBookmark = 10;

QColor mixed(const QColor& a, const QColor& b, double share)
{
    auto mix = [share](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

/// 1 small, 2, 3 great.
int strength(double change)
{
    auto size = std::abs(change);
    return size < 0.15 ? 1 : size < 0.5 ? 2 : 3;
}

/// A filled bookmark: the icon of the family is an outline.
void drawBookmark(QPainter* painter, const QRectF& rect, const QColor& color)
{
    QPolygonF shape({{-3.5, -5}, {3.5, -5}, {3.5, 5}, {0, 2.2}, {-3.5, 5}});
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(color);
    painter->drawPolygon(shape.translated(rect.center()));
    painter->setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

void DiffPainting::retheme(const Theme& newTheme)
{
    theme = &newTheme;
    padding = newTheme.length("space.2");
    auto make = [&](Theme::Text kind, bool strong = false) {
        auto font = newTheme.font(kind);
        if (strong)
            font.setWeight(QFont::DemiBold);
        return std::make_unique<CellPainter>(font);
    };
    m_body = make(Theme::Text::Body);
    m_strong = make(Theme::Text::BodyStrong);
    m_mono = make(Theme::Text::Mono);
    m_strongMono = make(Theme::Text::Mono, true);
    m_small = make(Theme::Text::Small);
    m_smallStrong = make(Theme::Text::Small, true);
}

std::pair<QString, QString> DiffDelegate::splitName(const QString& name)
{
    constexpr qsizetype kShortest = 3; // before the break
    for (auto i = kShortest; i + 1 < name.size(); ++i) {
        auto character = name[i];
        if (character == u'-' || character == u'_' || character == u' ' || character == u'/' ||
            character == u':')
            return {name.left(i), name.mid(i + 1)};
    }
    return {name, {}};
}

void DiffDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    const auto& model = m_painting.model;
    auto row = index.row(), column = index.column();
    auto rect = option.rect;
    painter->save();
    painter->setClipRect(rect);
    const auto* section = model.head(row);
    auto selected = option.state.testFlag(QStyle::State_Selected) && !section;
    auto baseline = column == DiffModel::FirstRun;
    auto shown = section || column < DiffModel::FirstRun ? DiffCell() : model.cell(row, column);
    // A metric's line shows how far it is; where the baseline has no number there is nothing to measure from.
    auto tinted =
        shown.differs && (!shown.metric || (shown.kind == DiffCell::Kind::Number && shown.change == 0));
    auto background =
        selected   ? (option.state.testFlag(QStyle::State_Active) ? "selection.bg" : "selection.inactive")
        : section  ? "bg.2"
        : baseline ? "bg.3"
        : tinted   ? "accent.subtle"
                   : "bg.1";
    painter->fillRect(rect, color(background));
    painter->fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("border.hairline"));
    auto inner = rect.adjusted(m_painting.padding, 0, -m_painting.padding, -1);
    if (section)
        paintHead(painter, rect, *section);
    else if (column == DiffModel::FieldColumn)
        paintField(painter, inner, row, color(selected ? "selection.text" : "text"));
    else if (column == DiffModel::VariesColumn)
        paintVaries(painter, inner, row);
    else
        paintValue(painter, inner, shown, baseline, selected);
    if (auto line = underline(shown); line.isValid())
        painter->fillRect(rect.left(), rect.bottom() + 1 - kUnderline, rect.width(), kUnderline, line);
    if (m_painting.focused == index && !section) {
        painter->setPen(QPen(color("focus.ring"), m_painting.theme->number("border.focus")));
        painter->drawRect(rect.adjusted(1, 1, -1, -1));
    } else if (section && m_painting.focused.isValid() && m_painting.focused.row() == row) {
        painter->fillRect(rect.left(), rect.top(), rect.width(), 2, color("focus.ring"));
        painter->fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, color("focus.ring"));
    }
    painter->restore();
}

/// Each cell of the row draws its part of one line of text.
void DiffDelegate::paintHead(QPainter* painter, const QRect& rect, const DiffSection& section) const
{
    const auto& theme = *m_painting.theme;
    auto left = m_view->columnViewportPosition(DiffModel::FieldColumn) + m_painting.padding;
    if (left + 600 < rect.left())
        return;
    auto icon = theme.length("icon.small");
    theme.drawIcon(painter, QRect(left, rect.top(), icon, rect.height() - 1),
                   m_painting.model.folded(section) ? QStringLiteral("chevron-right")
                                                    : QStringLiteral("chevron-down"),
                   icon, color("text.muted"));
    left += icon + 6;
    auto area = QRect(left, rect.top(), 600, rect.height() - 1);
    auto width =
        m_painting.text(true, false)
            .drawText(painter, area, DiffModel::sectionTitle(section.section), color("text"), Qt::AlignLeft);
    m_painting.small().drawText(
        painter, area.adjusted(width + 6, 0, 0, 0),
        tr("%1 differ, %2 constant")
            .arg(formatCount(section.count.differ), formatCount(section.count.constant)),
        color("text.muted"), Qt::AlignLeft);
}

void DiffDelegate::paintField(QPainter* painter, const QRect& rect, int row, const QColor& textColor) const
{
    auto area = rect;
    if (auto direction = m_painting.model.direction(row); direction != 0) {
        auto icon = m_painting.theme->length("icon.small");
        m_painting.theme->drawIcon(painter, QRect(rect.right() - icon, rect.top(), icon, rect.height()),
                                   direction > 0 ? QStringLiteral("arrow-up") : QStringLiteral("arrow-down"),
                                   icon, color("text.muted"));
        area.setRight(area.right() - icon - 4);
    }
    m_painting.text(false, false)
        .drawText(painter, area, m_painting.model.index(row, DiffModel::FieldColumn).data().toString(),
                  textColor, Qt::AlignLeft);
}

void DiffDelegate::paintVaries(QPainter* painter, const QRect& rect, int row) const
{
    auto distinct = m_painting.model.field(row).distinct;
    auto bar =
        QRectF(rect.right() + 1 - kBarWidth, rect.center().y() - kBarHeight / 2 + 1, kBarWidth, kBarHeight);
    m_painting.small().drawNumber(painter, rect.adjusted(-6, 0, -kBarWidth - 6, 0), formatCount(distinct),
                                  color("text.muted"));
    auto share = std::min(
        1.0, distinct / static_cast<double>(std::max<std::size_t>(1, m_painting.model.runs().size())));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color("bg.4"));
    painter->drawRoundedRect(bar, 2, 2);
    bar.setWidth(std::max(2.0, bar.width() * share));
    painter->setBrush(color("text.muted"));
    painter->drawRoundedRect(bar, 2, 2);
    painter->setRenderHint(QPainter::Antialiasing, false);
}

void DiffDelegate::paintValue(QPainter* painter, const QRect& rect, const DiffCell& cell, bool baseline,
                              bool selected) const
{
    auto alignment = cell.metric ? Qt::AlignRight : Qt::AlignLeft;
    auto quiet = !baseline && !cell.differs;
    auto tint = color(selected ? "selection.text" : quiet ? "text.muted" : "text");
    switch (cell.kind) {
    case DiffCell::Kind::Missing:
        m_painting.text(false, false)
            .drawText(painter, rect, cell.text, selected ? tint : color("text.muted"), alignment);
        break;
    case DiffCell::Kind::Empty:
        m_painting.small().drawText(painter, rect, cell.text, selected ? tint : color("text.muted"),
                                    alignment);
        break;
    case DiffCell::Kind::NotFinite:
        m_painting.text(true, false).drawText(painter, rect, cell.text, color("chart.nonFinite"), alignment);
        break;
    case DiffCell::Kind::Number:
        if (cell.metric) {
            m_painting.text(baseline, false).drawNumber(painter, rect, cell.text, tint);
            break;
        }
        [[fallthrough]];
    case DiffCell::Kind::Text:
        m_painting.text(baseline, cell.mono).drawText(painter, rect, cell.text, tint, alignment);
        break;
    }
}

QColor DiffDelegate::underline(const DiffCell& cell) const
{
    if (!cell.metric || cell.change == 0)
        return {};
    auto step = strength(cell.change);
    if (cell.verdict != Verdict::Neutral) {
        constexpr double kShares[] = {0.4, 0.7, 1.0};
        return mixed(color("bg.1"), color(cell.verdict == Verdict::Better ? "delta.better" : "delta.worse"),
                     kShares[step - 1]);
    }
    auto stop = cell.change > 0 ? 4 + step : 4 - step;
    return color(("chart.diverging." + std::to_string(stop)).c_str());
}

DiffHeader::DiffHeader(DiffPainting& painting, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent), m_painting(painting)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setMinimumSectionSize(48);
    setStretchLastSection(false);
    setAccessibleName(tr("Runs"));
}

QSize DiffHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), m_painting.theme ? m_painting.theme->length("row.twoLine") : 44};
}

void DiffHeader::paintSection(QPainter* painter, const QRect& rect, int column) const
{
    if (!rect.isValid() || !m_painting.theme)
        return;
    const auto& theme = *m_painting.theme;
    const auto* run = m_painting.model.run(column);
    auto baseline = column == DiffModel::FirstRun;
    painter->save();
    painter->setClipRect(rect);
    painter->fillRect(rect, theme.color(baseline ? "bg.3" : "bg.2"));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border.hairline"));
    auto inner = rect.adjusted(m_painting.padding, 0, -m_painting.padding, -1);
    if (run)
        paintRun(painter, inner.adjusted(-2, 0, 2, 0), *run, baseline);
    else
        m_painting.smallStrong().drawText(
            painter, inner, m_painting.model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
            theme.color("text.muted"), column == DiffModel::FieldColumn ? Qt::AlignLeft : Qt::AlignRight);
    painter->restore();
}

void DiffHeader::paintRun(QPainter* painter, QRect rect, const RunLook& run, bool baseline) const
{
    const auto& theme = *m_painting.theme;
    auto dot = theme.length("colourDot");
    constexpr int kLine = 16;
    auto [first, second] = DiffDelegate::splitName(run.name);
    auto top = rect.top() + (rect.height() - (second.isEmpty() ? 1 : 2) * kLine) / 2;
    paintColorDot(theme, painter, QPointF(rect.left() + dot / 2.0, top + kLine / 2.0 + 0.5),
                  lookColor(run, theme), true, QColor(), run.dash);
    auto area = QRect(rect.left() + dot + 5, top, rect.width() - dot - 5, kLine);
    if (baseline)
        area.setRight(area.right() - kBookmark - 4);
    m_painting.smallStrong().drawText(painter, area, first, theme.color("text"), Qt::AlignLeft);
    if (baseline && run.baseline)
        drawBookmark(painter, QRectF(area.right() + 4, top + 3, kBookmark, kBookmark), theme.color("text"));
    area = QRect(area.left(), top + kLine, rect.right() + 1 - area.left(), kLine);
    const QFontMetrics metrics(m_painting.small().font());
    if (metrics.horizontalAdvance(second) > area.width())
        area.setLeft(rect.left()); // below the dot, too
    // Names of one sweep are told apart by their ends.
    auto shown = metrics.elidedText(second, Qt::ElideMiddle, area.width());
    m_painting.small().drawText(painter, area, shown, theme.color("text.muted"), Qt::AlignLeft);
}

void DiffHeader::contextMenuEvent(QContextMenuEvent* event)
{
    if (auto column = logicalIndexAt(event->pos()); column >= 0)
        emit menuRequested(column, event->globalPos());
}

} // namespace sextant
