#include "ui/registry/desk_inbox.h"

#include "ui/registry/desk_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace sextant {

namespace {

class InboxDelegate final : public QStyledItemDelegate
{
public:
    InboxDelegate(const DeskInboxModel& model, const DeskInbox& view)
        : QStyledItemDelegate(nullptr), m_model(model), m_view(view)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        auto tall = m_model.item(index.row()) || m_model.isProblem(index.row());
        return {100, theme.length(tall ? "row.twoLine" : "row.list")};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        const auto* item = m_model.item(index.row());
        auto selected = option.state.testFlag(QStyle::State_Selected);
        auto active = option.state.testFlag(QStyle::State_Active);
        auto hover = item && option.state.testFlag(QStyle::State_MouseOver);
        painter->save();
        painter->fillRect(option.rect, theme.color(selected ? (active ? "selection.bg" : "selection.inactive")
                                                   : hover  ? "hover"
                                                   : item   ? "bg.1"
                                                            : "bg.2"));
        painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                          theme.color("border.hairline"));
        auto area = option.rect.adjusted(12, 0, -12, -1);
        if (item)
            paintItem(painter, theme, area, *item, selected);
        else
            paintHead(painter, theme, area, index.row());
        if (option.state.testFlag(QStyle::State_HasFocus) && m_view.hasFocus()) {
            painter->setPen(QPen(theme.color("focus.ring"), 2));
            painter->drawRect(option.rect.adjusted(1, 1, -1, -2));
        }
        painter->restore();
    }

private:
    void paintHead(QPainter* painter, const Theme& theme, QRect area, int row) const
    {
        painter->setPen(theme.color("text.muted"));
        if (m_model.isProblem(row)) {
            theme.drawIcon(painter, QRect(area.left(), area.top(), 14, area.height()),
                           QStringLiteral("shield-alert"), 14, theme.color("error.fg"));
            painter->setFont(theme.font(Theme::Text::Small));
            painter->drawText(area.adjusted(20, 0, 0, 0), Qt::AlignVCenter | Qt::TextWordWrap,
                              m_model.head(row));
            return;
        }
        painter->setFont(theme.font(Theme::Text::SmallStrong));
        painter->drawText(area, Qt::AlignVCenter, m_model.head(row));
        area.setLeft(area.left() + painter->fontMetrics().horizontalAdvance(m_model.head(row)) + 7);
        painter->setFont(theme.font(Theme::Text::Small));
        painter->drawText(area, Qt::AlignVCenter, formatCount(m_model.headCount(row)));
    }

    void paintItem(QPainter* painter, const Theme& theme, const QRect& area, const DeskItem& item,
                   bool selected) const
    {
        auto state = deskState(item);
        painter->setFont(theme.font(Theme::Text::Small));
        painter->setPen(theme.color(state.color));
        auto first = QRect(area.left(), area.top() + 3, area.width(), 20);
        painter->drawText(first, Qt::AlignRight | Qt::AlignVCenter, state.text);
        first.setRight(first.right() - painter->fontMetrics().horizontalAdvance(state.text) - 8);
        auto waits = item.box != DeskBox::Closed;
        painter->setFont(theme.font(waits ? Theme::Text::BodyStrong : Theme::Text::Body));
        painter->setPen(theme.color(selected ? "selection.text" : "text"));
        // The number tells versions apart: a long name is cut before it.
        auto version = QStringLiteral(" v%1").arg(item.promotion.change.subject());
        auto room = first.width() - painter->fontMetrics().horizontalAdvance(version);
        auto name =
            painter->fontMetrics().elidedText(oneName(item.promotion.model, 80), Qt::ElideRight, room);
        painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter, name + version);
        painter->setFont(theme.font(Theme::Text::Small));
        painter->setPen(theme.color("text.muted"));
        auto second = QRect(area.left(), area.top() + 22, area.width(), 18);
        painter->drawText(second, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(deskLine(item.promotion, now()), Qt::ElideRight,
                                                            second.width()));
    }

    const DeskInboxModel& m_model;
    const DeskInbox& m_view;
};

} // namespace

void DeskInboxModel::setData(DeskDataPtr data)
{
    beginResetModel();
    m_data = std::move(data);
    m_rows.clear();
    if (m_data) {
        for (std::size_t i = 0; i < m_data->items.size(); ++i) {
            auto box = m_data->items[i].box;
            if (i == 0 || m_data->items[i - 1].box != box)
                m_rows.push_back({Row::Head, std::size_t(box)});
            m_rows.push_back({Row::Item, i});
        }
        for (std::size_t i = 0; i < m_data->problems.size(); ++i)
            m_rows.push_back({Row::Problem, i});
    }
    endResetModel();
}

const DeskItem* DeskInboxModel::item(int row) const
{
    if (row < 0 || row >= rowCount() || m_rows[std::size_t(row)].kind != Row::Item)
        return nullptr;
    return &m_data->items[m_rows[std::size_t(row)].place];
}

bool DeskInboxModel::isProblem(int row) const
{
    return row >= 0 && row < rowCount() && m_rows[std::size_t(row)].kind == Row::Problem;
}

QString DeskInboxModel::head(int row) const
{
    const auto& found = m_rows[std::size_t(row)];
    if (found.kind == Row::Head)
        return boxTitle(DeskBox(found.place));
    const auto& [model, why] = m_data->problems[found.place];
    return tr("%1: %2").arg(oneName(model, 40), oneLine(why, 160));
}

quint64 DeskInboxModel::headCount(int row) const
{
    return m_data->count(DeskBox(m_rows[std::size_t(row)].place));
}

int DeskInboxModel::rowOf(const std::string& promotionId) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (const auto* found = item(row); found && found->promotion.id() == promotionId)
            return row;
    return -1;
}

int DeskInboxModel::next(int row, int step) const
{
    for (auto place = row + step; place >= 0 && place < rowCount(); place += step)
        if (item(place))
            return place;
    return -1;
}

int DeskInboxModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant DeskInboxModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() ||
        (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole))
        return {};
    const auto* found = item(index.row());
    if (!found) {
        auto text = head(index.row());
        if (isProblem(index.row()))
            return role == Qt::ToolTipRole ? plainToolTip(text) : text;
        return role == Qt::ToolTipRole ? QVariant()
                                       : QVariant(text + u' ' + formatCount(headCount(index.row())));
    }
    const auto& promotion = found->promotion;
    auto name = QStringLiteral("%1 v%2").arg(oneName(promotion.model, 120)).arg(promotion.change.subject());
    auto line = deskLine(promotion, promotion.act.time + 1).section(u',', 0, 1);
    if (role == Qt::ToolTipRole)
        return plainToolTip(name + u'\n' + line + u'\n' + oneLine(promotion.act.reason, 300));
    return QStringList{name, line, deskState(*found).text}.join(QStringLiteral(", "));
}

Qt::ItemFlags DeskInboxModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return QAbstractListModel::flags(index);
    return item(index.row()) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemIsEnabled;
}

DeskInbox::DeskInbox(DeskInboxModel& model, QWidget* parent) : QListView(parent), m_model(model)
{
    setModel(&m_model);
    auto* delegate = new InboxDelegate(m_model, *this);
    delegate->setParent(this);
    setItemDelegate(delegate);
    setAccessibleName(tr("Promotions"));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setMinimumWidth(180);
}

void DeskInbox::select(const std::string& promotionId)
{
    m_selecting = true;
    auto row = m_model.rowOf(promotionId);
    setCurrentIndex(row < 0 ? QModelIndex() : m_model.index(row));
    if (row >= 0)
        scrollTo(m_model.index(row));
    m_selecting = false;
}

void DeskInbox::step(int by)
{
    auto row = m_model.next(currentIndex().row(), by);
    if (row >= 0)
        setCurrentIndex(m_model.index(row));
}

void DeskInbox::currentChanged(const QModelIndex& now, const QModelIndex& before)
{
    QListView::currentChanged(now, before);
    if (m_selecting)
        return;
    if (const auto* found = m_model.item(now.row()))
        emit picked(found->promotion.id());
}

} // namespace sextant
