// CompareRows and how its rows are drawn.
#include "ui/compare/compare_list.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/number_painter.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace sextant {

namespace {

constexpr int kEye = 28; // to the left of the dot
constexpr int kDot = 22;
constexpr int kDashLength = 18;

class RowDelegate final : public QStyledItemDelegate
{
public:
    RowDelegate(const CompareListModel& model, const CompareRows& view)
        : QStyledItemDelegate(nullptr), m_model(model), m_view(view)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {100, Theme::of(option.widget).length("row.list")};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        auto selected = option.state.testFlag(QStyle::State_Selected);
        auto active = option.state.testFlag(QStyle::State_Active);
        const auto* group = m_model.group(index.row());
        auto background = selected ? theme.color(active ? "selection.bg" : "selection.inactive")
                          : index.row() == m_view.hovered() ? theme.color("hover")
                                                            : theme.color(group ? "bg.2" : "bg.1");
        painter->save();
        painter->fillRect(option.rect, background);
        painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                          theme.color("border.hairline"));
        auto area = option.rect.adjusted(theme.length("space.2"), 0, -theme.length("space.2"), -1);
        if (group)
            paintGroup(painter, theme, area, *group);
        else if (const auto* run = m_model.run(index.row()))
            paintRun(painter, theme, area, *run, selected);
        if (option.state.testFlag(QStyle::State_HasFocus) && m_view.hasFocus() &&
            option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
            painter->setPen(QPen(theme.color("focus.ring"), 2));
            painter->drawRect(option.rect.adjusted(1, 1, -1, -2));
        }
        painter->restore();
    }

private:
    int paintValue(QPainter* painter, const Theme& theme, const QRect& area, double value, bool odd) const
    {
        auto text = m_model.scene()->mainMetric.empty() ? QString() : m_model.valueText(value);
        painter->setFont(theme.font(Theme::Text::Body));
        painter->setPen(theme.color(odd ? "warning.fg" : "text.muted"));
        drawTabular(painter, area, text);
        return text.isEmpty() ? 0 : tabularWidth(painter->fontMetrics(), text) + 8;
    }

    void paintGroup(QPainter* painter, const Theme& theme, QRect area, const RunGroupLook& group) const
    {
        auto icon = theme.length("icon.small");
        theme.drawIcon(painter, QRect(area.left(), area.top(), icon, area.height()),
                       group.folded ? "chevron-right" : "chevron-down", icon, theme.color("text.muted"));
        area.setLeft(area.left() + icon + 6);
        // The mean is of those drawn; where that is not all, it says so.
        const auto partly =
            group.drawn == group.runs.size()
                ? QString()
                : CompareRows::tr("%1 of %2").arg(formatCount(group.drawn), formatCount(group.runs.size()));
        const int partlyWidth =
            partly.isEmpty() ? 0
                             : QFontMetrics(theme.font(Theme::Text::Caption)).horizontalAdvance(partly) + 10;
        area.setRight(area.right() - paintValue(painter, theme, area, group.mean, false) - kDashLength - 8 -
                      partlyWidth);
        painter->setFont(theme.font(Theme::Text::BodyStrong));
        painter->setPen(theme.color("text"));
        auto text = painter->fontMetrics().elidedText(group.label, Qt::ElideRight, area.width());
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
        auto left = area.left() + painter->fontMetrics().horizontalAdvance(text) + 8;
        QPen pen(lookColor(group, theme), 1.6, Qt::SolidLine, Qt::FlatCap);
        if (auto dash = lookDash(group.dash, theme); !dash.isEmpty()) {
            for (auto& length : dash)
                length /= 1.6;
            pen.setDashPattern(dash);
        }
        painter->setPen(pen);
        painter->drawLine(QPointF(left, area.center().y() + 0.5),
                          QPointF(left + kDashLength, area.center().y() + 0.5));
        if (partly.isEmpty())
            return;
        painter->setFont(theme.font(Theme::Text::Caption));
        painter->setPen(theme.color("text.muted"));
        painter->drawText(QRect(left + kDashLength + 8, area.top(), partlyWidth, area.height()),
                          Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, partly);
    }

    void paintRun(QPainter* painter, const Theme& theme, QRect area, const RunLook& run, bool selected) const
    {
        auto icon = theme.length("icon.default");
        theme.drawIcon(painter, QRect(area.left(), area.top(), icon, area.height()),
                       run.hidden ? "eye-off" : "eye", icon,
                       theme.color(run.hidden ? "text.disabled" : "text.muted"));
        paintColorDot(theme, painter, QPointF(area.left() + kEye, area.center().y() + 0.5),
                      lookColor(run, theme), run.drawn(), selected ? theme.color("bg.1") : QColor());
        area.setLeft(area.left() + kEye - 5 + kDot - 7);
        auto odd = !isMissing(run.value) && !std::isfinite(run.value);
        area.setRight(area.right() - paintValue(painter, theme, area, run.value, odd));
        if (run.baseline || run.pinned) {
            auto mark = QRect(area.right() - icon, area.top(), icon, area.height());
            theme.drawIcon(painter, mark, run.baseline ? "bookmark" : "pin", theme.length("icon.small"),
                           theme.color(run.baseline ? "text" : "text.muted"));
            area.setRight(mark.left() - 4);
        }
        painter->setFont(theme.font(run.baseline ? Theme::Text::BodyStrong : Theme::Text::Body));
        painter->setPen(theme.color(selected      ? "selection.text"
                                    : run.outside ? "text.disabled"
                                    : run.hidden  ? "text.muted"
                                                  : "text"));
        const auto metrics = painter->fontMetrics();
        const auto name =
            metrics.horizontalAdvance(run.name) > area.width() ? m_model.tailOf(run.name) : run.name;
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          metrics.elidedText(name, Qt::ElideMiddle, area.width()));
    }

    const CompareListModel& m_model;
    const CompareRows& m_view;
};

} // namespace

CompareRows::CompareRows(CompareListModel& model, QWidget* parent) : QListView(parent), m_model(model)
{
    setModel(&model);
    auto* delegate = new RowDelegate(model, *this);
    delegate->setParent(this);
    setItemDelegate(delegate);
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setAccessibleName(tr("Compared runs"));
}

void CompareRows::setHovered(int row)
{
    if (row == m_hovered)
        return;
    m_hovered = row;
    viewport()->update();
}

void CompareRows::mousePressEvent(QMouseEvent* event)
{
    auto index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && m_model.group(index.row()))
        return emit groupClicked(index.row());
    if (event->button() == Qt::LeftButton && m_model.run(index.row()) && event->pos().x() < kEye)
        return emit eyeClicked(index.row(), event->modifiers());
    QListView::mousePressEvent(event);
}

void CompareRows::mouseDoubleClickEvent(QMouseEvent* event)
{
    auto index = indexAt(event->pos());
    if (event->pos().x() < kEye || m_model.group(index.row()))
        return mousePressEvent(event); // clicks in quick succession
    if (m_model.run(index.row()))
        emit opened(index.row());
}

void CompareRows::mouseMoveEvent(QMouseEvent* event)
{
    QListView::mouseMoveEvent(event);
    auto row = indexAt(event->pos()).row();
    if (row == m_hovered)
        return;
    setHovered(row);
    emit hoveredRowChanged(row);
}

void CompareRows::leaveEvent(QEvent* event)
{
    QListView::leaveEvent(event);
    setHovered(-1);
    emit hoveredRowChanged(-1);
}

void CompareRows::keyPressEvent(QKeyEvent* event)
{
    auto row = currentIndex().row();
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        event->modifiers() == Qt::NoModifier && row >= 0) {
        if (m_model.group(row))
            emit groupClicked(row);
        else
            emit opened(row);
        return;
    }
    QListView::keyPressEvent(event);
}

} // namespace sextant
