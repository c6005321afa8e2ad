#include "ui/audit/audit_timeline.h"

#include "ui/theme/style_parts.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/picker_button.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace sextant {

namespace {

constexpr int kEntryHeight = 66;
constexpr int kPinHeight = 30;
constexpr int kNumber = 48; // column of the entry's number
constexpr int kRing = 20;
constexpr int kText = kNumber + 8 + kRing + 8;
constexpr int kAsideWidth = 118; // time, leaf and state at the right

class EntryDelegate final : public QStyledItemDelegate
{
public:
    EntryDelegate(const AuditTimelineModel& model, const QListView& view)
        : QStyledItemDelegate(nullptr), m_model(model), m_view(view)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        return {100, m_model.entry(index.row()) ? kEntryHeight : kPinHeight};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        auto selected = option.state.testFlag(QStyle::State_Selected);
        auto hover = option.state.testFlag(QStyle::State_MouseOver);
        painter->fillRect(option.rect, theme.color(selected ? (option.state.testFlag(QStyle::State_Active)
                                                                   ? "selection.bg"
                                                                   : "selection.inactive")
                                                   : hover  ? "hover"
                                                            : "bg.2"));
        if (m_model.entry(index.row()))
            paintEntry(painter, theme, option, index.row());
        else
            paintPin(painter, theme, option.rect);
        if (option.state.testFlag(QStyle::State_HasFocus) && m_view.hasFocus()) {
            painter->setRenderHint(QPainter::Antialiasing, false);
            painter->setPen(QPen(theme.color("focus.ring"), 2));
            painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
        }
        painter->restore();
    }

private:
    static void write(QPainter* painter, const QRect& area, const QString& text, Qt::Alignment alignment)
    {
        painter->drawText(area, alignment | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
    }

    void paintPin(QPainter* painter, const Theme& theme, const QRect& row) const
    {
        auto color = theme.color("accent.text");
        theme.drawIcon(painter, QRect(row.left() + kNumber - 16, row.top(), 16, row.height()),
                       QStringLiteral("pin"), 14, color);
        painter->setFont(theme.font(Theme::Text::SmallStrong));
        auto text = m_model.pinText();
        auto area = row.adjusted(kNumber + 8, 0, -12, 0);
        auto width = std::min(painter->fontMetrics().horizontalAdvance(text), area.width() - 60);
        auto y = row.center().y() + 0.5;
        painter->setPen(QPen(color, 2));
        painter->drawLine(QPointF(area.left(), y), QPointF(area.right() - width - 28, y));
        painter->drawLine(QPointF(area.right() - 12, y), QPointF(area.right(), y));
        write(painter, QRect(area.right() - width - 20, row.top(), width + 2, row.height()), text,
              Qt::AlignLeft);
    }

    void paintLine(QPainter* painter, const Theme& theme, const QRect& row, int place) const
    {
        auto x = row.left() + kNumber + 8 + kRing / 2.0;
        painter->setPen(QPen(theme.color("border.control"), 1));
        if (place > 0)
            painter->drawLine(QPointF(x, row.top()), QPointF(x, row.top() + 8));
        if (place + 1 < m_model.rowCount())
            painter->drawLine(QPointF(x, row.top() + 8 + kRing), QPointF(x, row.bottom() + 1));
    }

    void paintEntry(QPainter* painter, const Theme& theme, const QStyleOptionViewItem& option,
                    int place) const
    {
        const auto& entry = *m_model.entry(place);
        auto words = m_model.text(place);
        auto row = option.rect;
        auto selected = option.state.testFlag(QStyle::State_Selected);
        auto strong = theme.color(selected ? "selection.text" : "text");
        auto muted = theme.color("text.muted");
        paintLine(painter, theme, row, place);
        auto ring = QRectF(row.left() + kNumber + 8.5, row.top() + 8.5, kRing - 1, kRing - 1);
        painter->setPen(QPen(theme.color(words.color), 1.25));
        painter->setBrush(theme.color("bg.1"));
        painter->drawEllipse(ring);
        theme.drawIcon(painter, ring.toAlignedRect(), words.icon, 12, theme.color(words.color));

        auto line = [&](int number) {
            return QRect(row.left() + kText, row.top() + 7 + number * 18,
                         row.width() - kText - kAsideWidth - 20, 18);
        };
        auto aside = [&](int number) {
            return QRect(row.right() - kAsideWidth - 11, row.top() + 7 + number * 18, kAsideWidth, 18);
        };
        painter->setFont(theme.font(Theme::Text::Small));
        painter->setPen(muted);
        painter->drawText(QRect(row.left(), row.top() + 9, kNumber, 18), Qt::AlignRight | Qt::AlignVCenter,
                          QString::number(entry.index));
        auto time = entry.act ? formatTime(entry.act->time).left(17) : QString();
        write(painter, aside(0), time, Qt::AlignRight);
        painter->setFont(theme.font(Theme::Text::BodyStrong));
        painter->setPen(strong);
        write(painter, line(0), words.title, Qt::AlignLeft);
        painter->setFont(theme.font(Theme::Text::Body));
        painter->setPen(entry.standing == ledger::Standing::Passed ? strong : theme.color(words.stateColor));
        auto detail = line(1);
        detail.setRight(aside(1).right() - 72);
        write(painter, detail, words.detail, Qt::AlignLeft);
        painter->setPen(muted);
        painter->setFont(theme.font(Theme::Text::Small));
        auto who = line(2);
        write(painter, who, words.who, Qt::AlignLeft);
        who.setLeft(who.left() + painter->fontMetrics().horizontalAdvance(words.who) + 6);
        painter->setFont(monoCaption(theme));
        if (who.width() > 30)
            write(painter, who, words.keyId, Qt::AlignLeft);
        auto leaf = QString::fromStdString(toHex(entry.leaf));
        write(painter, aside(1), leaf.left(4) + QStringLiteral("…") + leaf.right(2), Qt::AlignRight);
        paintState(painter, theme, aside(2), words);
    }

    static QFont monoCaption(const Theme& theme)
    {
        auto font = theme.font(Theme::Text::Mono);
        font.setPixelSize(theme.length("type.caption.px") > 0 ? theme.length("type.caption.px") : 11);
        return font;
    }

    static void paintState(QPainter* painter, const Theme& theme, const QRect& area, const EntryText& words)
    {
        painter->setFont(theme.font(Theme::Text::CaptionStrong));
        auto color = theme.color(words.stateColor);
        painter->setPen(color);
        write(painter, area, words.state, Qt::AlignRight);
        auto left = area.right() - painter->fontMetrics().horizontalAdvance(words.state) - 17;
        theme.drawIcon(painter, QRect(left, area.top(), 14, area.height()), words.stateIcon, 12, color);
    }

    const AuditTimelineModel& m_model;
    const QListView& m_view;
};

} // namespace

AuditTimeline::AuditTimeline(QWidget* parent)
    : QWidget(parent), m_title(new ElidedLabel(Theme::Text::BodyStrong)),
      m_count(new ElidedLabel(Theme::Text::Small, "text.muted")), m_show(new PickerButton({})),
      m_list(new QListView)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    m_list->setModel(&m_model);
    auto* delegate = new EntryDelegate(m_model, *m_list);
    delegate->setParent(m_list);
    m_list->setItemDelegate(delegate);
    m_list->setAccessibleName(tr("Log, newest entry first"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->installEventFilter(this);
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    layout->addWidget(m_list, 1);
    setMinimumWidth(340);
    describe();
}

QWidget* AuditTimeline::buildHead()
{
    const auto& theme = Theme::of(this);
    auto* head = new QWidget;
    head->setFixedHeight(theme.length("bar.page") - 4);
    head->setToolTip(tr("Times of entries are claims of who signed them. “As of” is the last time that a "
                        "witness signed."));
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 1);
    row->setSpacing(theme.length("space.2"));
    row->addWidget(m_title);
    row->addWidget(m_count, 1);
    row->addWidget(m_show);
    auto* menu = new QMenu(tr("Events shown"), this);
    const std::pair<AuditTimelineModel::Show, QString> choices[] = {
        {AuditTimelineModel::Show::All, tr("All events")},
        {AuditTimelineModel::Show::Promotions, tr("Promotions")},
        {AuditTimelineModel::Show::Decisions, tr("Decisions and gates")},
        {AuditTimelineModel::Show::KeysAndRules, tr("Keys and rules")},
        {AuditTimelineModel::Show::Problems, tr("Not as it should be")}};
    for (const auto& [show, text] : choices) {
        auto* action = menu->addAction(text);
        action->setData(int(show));
        connect(action, &QAction::triggered, this, [this, chosen = show] { setShown(chosen); });
    }
    m_show->setMenu(menu);
    return head;
}

void AuditTimeline::setAudit(const AuditPtr& audit)
{
    m_audit = audit;
    m_model.setAudit(audit);
    describe();
}

void AuditTimeline::setShown(AuditTimelineModel::Show show)
{
    m_model.setShown(show);
    describe();
}

void AuditTimeline::describe()
{
    const QString names[] = {tr("All events"), tr("Promotions"), tr("Decisions and gates"),
                             tr("Keys and rules"), tr("Not as it should be")};
    m_show->setValue(names[int(m_model.shown())]);
    if (!m_audit) {
        m_title->setText(tr("Log"));
        return m_count->setText({});
    }
    auto asOf = m_audit->verification.witnessedAt;
    auto all = counted(m_audit->entries.size(), tr("1 entry"), tr("%1 entries"));
    m_title->setText(isKnown(asOf) ? tr("Log as of %1").arg(formatTime(asOf).left(17)) : tr("Log"));
    m_count->setText(m_model.shownEntries() == m_audit->entries.size()
                         ? all
                         : tr("%1 of %2").arg(formatCount(m_model.shownEntries()), all));
}

void AuditTimeline::showEntry(std::uint64_t index)
{
    auto row = m_model.rowOf(index);
    if (row < 0) {
        setShown(AuditTimelineModel::Show::All);
        row = m_model.rowOf(index);
    }
    if (row < 0)
        return;
    m_list->setCurrentIndex(m_model.index(row));
    m_list->scrollTo(m_model.index(row), QAbstractItemView::PositionAtCenter);
}

bool AuditTimeline::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_list && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(m_list->currentIndex().data().toString());
        return true;
    }
    return QWidget::eventFilter(object, event);
}

void AuditTimeline::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.2"));
    painter.fillRect(0, 0, 1, height(), theme.color("border.hairline"));
    painter.fillRect(0, theme.length("bar.page") - 5, width(), 1, theme.color("border.hairline"));
}

} // namespace sextant
