#include "ui/audit/audit_items.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace sextant {

using ledger::Standing;

namespace {

constexpr int kIndent = 28;
constexpr int kWord = 108; // icon and word
constexpr int kTitleMost = 250;
constexpr int kTitleLeast = 130;
constexpr int kLine = 18;

struct Look
{
    const char* icon;
    const char* color;
};

Look lookOf(const AuditItem& item)
{
    if (!item.standing)
        return {"circle-dashed", "text.muted"};
    switch (*item.standing) {
    case Standing::Passed:
        return {"circle-check", "evidence.verified"};
    case Standing::Gap:
        return {item.word == standingWord(Standing::Gap, "pin") ? "circle-help" : "triangle-alert",
                "warning.fg"};
    case Standing::Failed:
        break;
    }
    return {"circle-x", "error.fg"};
}

class ItemDelegate final : public QStyledItemDelegate
{
public:
    ItemDelegate(const AuditItemsModel& model, const AuditItems& view)
        : QStyledItemDelegate(nullptr), m_model(model), m_view(view)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        auto row = theme.length("row.list");
        const auto* item = m_model.item(index.row());
        if (!item)
            return {100, row};
        QFontMetrics metrics(theme.font(Theme::Text::Body));
        auto width = messageRect(QRect(0, 0, m_view.viewport()->width(), row)).width();
        auto lines = width > 0 && metrics.horizontalAdvance(item->message) > width
                         ? metrics.boundingRect(0, 0, width, 1000, Qt::TextWordWrap, item->message).height() /
                               metrics.lineSpacing()
                         : 1;
        return {100, row + (std::clamp(lines, 1, 4) - 1) * kLine};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        const auto* item = m_model.item(index.row());
        painter->save();
        painter->fillRect(option.rect, background(theme, option, item));
        painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                          theme.color("border.hairline"));
        if (item)
            paintItem(painter, theme, option, *item);
        else
            paintHead(painter, theme, option.rect, m_model.group(index.row()));
        if (option.state.testFlag(QStyle::State_HasFocus) && m_view.hasFocus()) {
            painter->setPen(QPen(theme.color("focus.ring"), 2));
            painter->drawRect(option.rect.adjusted(1, 1, -1, -2));
        }
        painter->restore();
    }

private:
    static int titleWidth(const QRect& row)
    {
        return std::clamp(row.width() * 27 / 100, kTitleLeast, kTitleMost);
    }
    static QRect messageRect(const QRect& row)
    {
        return row.adjusted(kIndent + kWord + titleWidth(row) + 8, 0, -12, -1);
    }

    QColor background(const Theme& theme, const QStyleOptionViewItem& option, const AuditItem* item) const
    {
        if (option.state.testFlag(QStyle::State_Selected))
            return theme.color(option.state.testFlag(QStyle::State_Active) ? "selection.bg"
                                                                           : "selection.inactive");
        if (!item)
            return theme.color("bg.2");
        if (item->standing == Standing::Failed && !m_view.isStale())
            return theme.color("error.bg");
        return theme.color(option.state.testFlag(QStyle::State_MouseOver) ? "hover" : "bg.1");
    }

    void paintHead(QPainter* painter, const Theme& theme, QRect area, CheckGroup group) const
    {
        area.adjust(12, 0, -12, -1);
        auto icon = theme.length("icon.small");
        theme.drawIcon(painter, QRect(area.left(), area.top(), icon, area.height()),
                       m_model.isFolded(group) ? QStringLiteral("chevron-right")
                                               : QStringLiteral("chevron-down"),
                       icon, theme.color("text.muted"));
        area.setLeft(area.left() + icon + 7);
        painter->setFont(theme.font(Theme::Text::BodyStrong));
        painter->setPen(theme.color("text"));
        auto title = groupTitle(group);
        painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft, title);
        area.setLeft(area.left() + painter->fontMetrics().horizontalAdvance(title) + 8);
        painter->setFont(theme.font(Theme::Text::Small));
        painter->setPen(theme.color("text.muted"));
        painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft, m_model.headDetail(group));
    }

    void paintItem(QPainter* painter, const Theme& theme, const QStyleOptionViewItem& option,
                   const AuditItem& item) const
    {
        auto look = lookOf(item);
        auto stale = m_view.isStale();
        auto selected = option.state.testFlag(QStyle::State_Selected);
        auto row = option.rect;
        auto first = QRect(row.left() + kIndent, row.top(), kWord, theme.length("row.list") - 1);
        auto icon = theme.length("icon.small");
        auto color = theme.color(stale ? "text.muted" : look.color);
        theme.drawIcon(painter, QRect(first.left(), first.top(), icon, first.height()),
                       QLatin1String(look.icon), icon, color);
        painter->setFont(theme.font(Theme::Text::CaptionStrong));
        painter->setPen(color);
        painter->drawText(first.adjusted(icon + 6, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, item.word);
        auto text = theme.color(stale ? "text.muted" : selected ? "selection.text" : "text");
        auto title = QRect(first.right() + 1, first.top(), titleWidth(row), first.height());
        painter->setFont(theme.font(Theme::Text::Body));
        painter->setPen(text);
        painter->drawText(title, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(item.title, Qt::ElideRight, title.width() - 8));
        auto strong = item.standing == Standing::Failed && !stale;
        painter->setPen(strong ? text : theme.color("text.muted"));
        auto message = messageRect(row);
        if (row.height() <= theme.length("row.list"))
            painter->drawText(
                message, Qt::AlignVCenter | Qt::AlignLeft,
                painter->fontMetrics().elidedText(item.message, Qt::ElideRight, message.width()));
        else
            painter->drawText(message.adjusted(0, 5, 0, 0), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap,
                              item.message);
    }

    const AuditItemsModel& m_model;
    const AuditItems& m_view;
};

} // namespace

AuditItems::AuditItems(AuditItemsModel& model, QWidget* parent) : QListView(parent), m_model(model)
{
    setModel(&m_model);
    setItemDelegate(new ItemDelegate(m_model, *this));
    itemDelegate()->setParent(this);
    setAccessibleName(tr("What was checked"));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(QListView::Adjust);
    setMouseTracking(true);
    setMinimumWidth(360);
}

void AuditItems::setStale(bool stale)
{
    m_stale = stale;
    viewport()->update();
}

void AuditItems::goToNextProblem()
{
    auto next = m_model.nextProblem(currentIndex().row());
    if (next < 0)
        return;
    setCurrentIndex(m_model.index(next));
    scrollTo(currentIndex());
    open(currentIndex());
}

void AuditItems::open(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    if (const auto* item = m_model.item(index.row())) {
        if (item->entry)
            emit entryWanted(*item->entry);
    } else {
        m_model.toggle(m_model.group(index.row()));
    }
}

void AuditItems::copy() const
{
    QGuiApplication::clipboard()->setText(currentIndex().data().toString());
}

void AuditItems::keyPressEvent(QKeyEvent* event)
{
    auto row = currentIndex().row();
    auto head = row >= 0 && !m_model.item(row);
    auto folded = head && m_model.isFolded(m_model.group(row));
    if (event->matches(QKeySequence::Copy))
        return copy();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        return open(currentIndex());
    if (head && ((event->key() == Qt::Key_Left && !folded) || (event->key() == Qt::Key_Right && folded)))
        return m_model.toggle(m_model.group(row));
    QListView::keyPressEvent(event);
}

void AuditItems::mousePressEvent(QMouseEvent* event)
{
    QListView::mousePressEvent(event);
    auto index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid())
        open(index);
}

void AuditItems::mouseDoubleClickEvent(QMouseEvent* event)
{
    mousePressEvent(event);
}

void AuditItems::paintEvent(QPaintEvent* event)
{
    QPainter(viewport()).fillRect(viewport()->rect(), Theme::of(this).color("bg.1"));
    QListView::paintEvent(event);
}

void AuditItems::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        scheduleDelayedItemsLayout();
}

} // namespace sextant
