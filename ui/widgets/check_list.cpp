#include "ui/widgets/check_list.h"

#include "ui/theme/control_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace sextant {

namespace {

constexpr int kWidth = 400;
constexpr int kVisibleRows = 14;

/// A tick box, the text with what matched in accent, the detail at the right; or the head of a group.
class CheckDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {100, Theme::of(option.widget).length("row.list")};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        auto isHead = index.data(CheckListModel::IsHeadRole).toBool();
        auto current = option.state.testFlag(QStyle::State_Selected);
        auto hovered = option.state.testFlag(QStyle::State_MouseOver);
        painter->save();
        if (!isHead && (current || hovered))
            painter->fillRect(option.rect, theme.color(current ? "selection.bg" : "hover"));
        auto area = option.rect.adjusted(theme.length("space.2"), 0, -theme.length("space.2"), 0);
        auto detail = index.data(CheckListModel::DetailRole).toString();
        painter->setFont(theme.font(Theme::Text::Small));
        painter->setPen(theme.color("text.muted"));
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, detail);
        area.setRight(area.right() - painter->fontMetrics().horizontalAdvance(detail) - 8);
        if (isHead) {
            painter->setFont(theme.font(Theme::Text::CaptionStrong));
            painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
        } else {
            paintEntry(painter, option, index, theme, area);
        }
        painter->restore();
    }

private:
    static void paintEntry(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                           const Theme& theme, QRect area)
    {
        QStyleOptionButton box;
        box.initFrom(option.widget);
        auto size = theme.length("control.checkbox");
        box.rect = QRect(area.left(), area.top() + (area.height() - size) / 2, size, size);
        box.state = QStyle::State_Enabled;
        box.state |=
            index.data(Qt::CheckStateRole).toInt() == Qt::Checked ? QStyle::State_On : QStyle::State_Off;
        option.widget->style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, painter, option.widget);
        area.setLeft(area.left() + size + 8);
        painter->setFont(theme.font(Theme::Text::Body));
        auto text = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, area.width());
        auto match = index.data(CheckListModel::MatchRole).toPoint();
        painter->setPen(theme.color("text"));
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
        if (match.x() < 0 || match.y() == 0 || text.size() != index.data().toString().size())
            return;
        auto left = painter->fontMetrics().horizontalAdvance(text.left(match.x()));
        auto found = text.mid(match.x(), match.y());
        painter->setClipRect(area.left() + left, area.top(), painter->fontMetrics().horizontalAdvance(found),
                             area.height());
        painter->fillRect(
            painter->clipBoundingRect(),
            theme.color(option.state.testFlag(QStyle::State_Selected) ? "selection.bg" : "bg.popup"));
        painter->setPen(theme.color("accent.text"));
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    }
};

} // namespace

CheckList::CheckList(const QString& name, const QString& placeholder, QWidget* parent)
    : Popup(name, parent), m_field(new SearchField(placeholder)),
      m_pattern(new BorderedButton({}, QStringLiteral(".*"))), m_list(new QListView), m_footer(new QWidget),
      m_note(new TextLabel({}, Theme::Text::Small, "text.muted"))
{
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_field, 1);
    top->addWidget(m_pattern);
    m_field->setAccessibleName(placeholder);
    m_pattern->setCheckable(true);
    m_pattern->setToolTip(tr("Search with a regular expression"));
    m_pattern->setAccessibleName(tr("Regular expression"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new CheckDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(name);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFixedSize(kWidth, kVisibleRows * Theme::of(this).length("row.list"));
    auto* footer = new QHBoxLayout(m_footer);
    footer->setContentsMargins(0, 0, 0, 0);
    footer->addWidget(m_note, 1);
    auto padding = Theme::of(this).length("space.2");
    body()->setContentsMargins(body()->contentsMargins() + QMargins(padding, padding, padding, padding));
    body()->setSpacing(padding);
    body()->addLayout(top);
    body()->addWidget(m_list);
    body()->addWidget(m_footer);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CheckList::applySearch);
    connect(m_pattern, &QToolButton::toggled, this, &CheckList::applySearch);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) {
        m_list->setCurrentIndex(index);
        toggleCurrent();
    });
}

void CheckList::setEntries(std::vector<CheckEntry> entries)
{
    auto row = m_list->currentIndex().row();
    m_model.setEntries(std::move(entries));
    m_list->setCurrentIndex(m_model.index(std::clamp(row, 0, std::max(0, m_model.rowCount() - 1))));
}

QToolButton* CheckList::addFooterButton(const QString& text)
{
    auto* button = new BorderedButton({}, text);
    setSmall(button);
    m_footer->layout()->addWidget(button);
    return button;
}

void CheckList::setNote(const QString& note)
{
    m_note->setText(note);
}

void CheckList::applySearch()
{
    auto valid = m_model.search(m_field->text(), m_pattern->isChecked());
    setInError(m_field, !valid);
    if (valid) {
        auto first =
            m_model.rowCount() > 1 && m_model.index(0).data(CheckListModel::IsHeadRole).toBool() ? 1 : 0;
        m_list->setCurrentIndex(m_model.index(first));
    }
}

void CheckList::toggleCurrent()
{
    auto index = m_list->currentIndex();
    if (!index.isValid() || index.data(CheckListModel::IsHeadRole).toBool())
        return;
    auto entry = index.data(CheckListModel::EntryRole).toInt();
    auto checked = index.data(Qt::CheckStateRole).toInt() != Qt::Checked;
    m_model.setChecked(entry, checked);
    emit toggled(entry, checked);
}

void CheckList::showEvent(QShowEvent* event)
{
    Popup::showEvent(event);
    m_field->clear();
    m_field->setFocus(Qt::PopupFocusReason);
}

bool CheckList::listKey(QKeyEvent* event)
{
    auto by = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (by != 0 && event->modifiers().testFlag(Qt::AltModifier)) {
        auto index = m_list->currentIndex();
        if (index.isValid() && !index.data(CheckListModel::IsHeadRole).toBool())
            emit moveRequested(index.data(CheckListModel::EntryRole).toInt(), by);
        return true;
    }
    if (by != 0) {
        auto row = m_list->currentIndex().row() + by;
        if (row >= 0 && row < m_model.rowCount() &&
            m_model.index(row).data(CheckListModel::IsHeadRole).toBool())
            row += by;
        if (row >= 0 && row < m_model.rowCount())
            m_list->setCurrentIndex(m_model.index(row));
        return true;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        toggleCurrent();
        return true;
    }
    return false;
}

bool CheckList::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_field && event->type() == QEvent::KeyPress && listKey(static_cast<QKeyEvent*>(event)))
        return true;
    return Popup::eventFilter(object, event);
}

} // namespace sextant
