#include "ui/registry/history_view.h"

#include "ui/registry/row_painting.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/picker_button.h"

#include <QHBoxLayout>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>

namespace sextant {

namespace {

constexpr int kTime = 108, kTitle = 132, kPlace = 74, kEvidence = 92;
constexpr int kNarrow = 520; // below: the place of an event is left out
constexpr int kHead = 52;

class EventRow final : public QStyledItemDelegate
{
public:
    EventRow(const HistoryModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {200, Theme::of(option.widget).length("row.list")};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        const auto& event = m_model.event(index.row());
        auto text = theme.color(option.state.testFlag(QStyle::State_Selected) ? "selection.text" : "text");
        auto muted = theme.color("text.muted");
        painter->save();
        paintRowGround(painter, theme, option, option.state.testFlag(QStyle::State_MouseOver));
        auto area = option.rect.adjusted(theme.length("space.4"), 0, -theme.length("space.2"), -1);
        auto take = [&](int width) {
            QRect part(area.left(), area.top(), width, area.height());
            area.setLeft(area.left() + width);
            return part;
        };
        paintText(painter, take(kTime), HistoryModel::timeText(event.time), theme.font(Theme::Text::Small),
                  muted);
        auto icon = theme.length("icon.small");
        theme.drawIcon(painter, take(icon), event.icon, icon, theme.color(event.tint));
        take(10);
        paintText(painter, take(kTitle).adjusted(0, 0, -8, 0), event.title,
                  theme.font(Theme::Text::BodyStrong), text);
        auto evidence = QRect(area.right() + 1 - kEvidence, area.top(), kEvidence, area.height());
        auto badge = event.failed ? Badge{QStringLiteral("shield-alert"), HistoryView::tr("Not verified"),
                                          "error.fg", "", Badge::Look::Mark}
                                  : Badge::evidence(event.evidence);
        paintBadge(theme, painter, evidence, badge);
        area.setRight(evidence.left() - 1);
        if (option.rect.width() > kNarrow) {
            auto place = QRect(area.right() + 1 - kPlace, area.top(), kPlace - 14, area.height());
            paintText(painter, place, HistoryModel::placeText(event), theme.font(Theme::Text::Small), muted,
                      Qt::AlignRight);
            area.setRight(place.left() - 1);
        }
        paintText(painter, area.adjusted(0, 0, -10, 0), event.text, theme.font(Theme::Text::Body), text);
        paintRowFocus(painter, theme, option);
        painter->restore();
    }

private:
    const HistoryModel& m_model;
};

} // namespace

HistoryView::HistoryView(QWidget* parent) : QWidget(parent), m_view(new QListView)
{
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new EventRow(m_model, m_view));
    m_view->setAccessibleName(tr("History"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setUniformItemSizes(true);
    m_view->setMouseTracking(true);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(m_view, 1);
    connect(m_view, &QListView::activated, this, [this](const QModelIndex& index) {
        if (auto version = m_model.event(index.row()).version; version > 0)
            emit versionWanted(version);
    });
}

QWidget* HistoryView::buildHead()
{
    const auto& theme = Theme::of(this);
    auto* head = new QWidget;
    head->setFixedHeight(kHead);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(theme.length("space.4"), 8, theme.length("space.3"), 4);
    layout->setSpacing(theme.length("space.2"));
    layout->addWidget(new TextLabel(tr("History"), Theme::Text::Title));
    m_counts = new ElidedLabel(Theme::Text::Small, "text.muted");
    layout->addWidget(m_counts, 1);
    m_show = new PickerButton(tr("Show"));
    auto* menu = new QMenu(m_show);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        auto add = [&](const QString& text, HistoryModel::Show what) {
            auto* action = menu->addAction(text, this, [this, what] { show(what); });
            action->setCheckable(true);
            action->setChecked(what == m_shown);
        };
        add(tr("All events"), HistoryModel::Show::All);
        add(tr("Entries of the log"), HistoryModel::Show::Log);
        add(tr("Changes that were only observed"), HistoryModel::Show::Observed);
        if (m_version > 0)
            add(tr("Only v%1").arg(m_version), HistoryModel::Show::Version);
    });
    m_show->setMenu(menu);
    m_verify = new QPushButton(tr("Verify log"));
    m_verify->setIcon(theme.icon(QStringLiteral("shield-check")));
    connect(m_verify, &QPushButton::clicked, this, &HistoryView::verifyWanted);
    layout->addWidget(m_show);
    layout->addWidget(m_verify);
    show(HistoryModel::Show::All);
    return head;
}

void HistoryView::show(HistoryModel::Show what)
{
    m_shown = what;
    m_model.setShown(what, m_version);
    switch (what) {
    case HistoryModel::Show::All:
        return m_show->setValue(tr("All events"));
    case HistoryModel::Show::Log:
        return m_show->setValue(tr("Log"));
    case HistoryModel::Show::Observed:
        return m_show->setValue(tr("Observed"));
    case HistoryModel::Show::Version:
        return m_show->setValue(tr("Only v%1").arg(m_version));
    }
}

void HistoryView::setVersion(std::int64_t version)
{
    m_version = version;
    if (m_shown == HistoryModel::Show::Version)
        show(version > 0 ? m_shown : HistoryModel::Show::All);
}

void HistoryView::setEntry(const RegistryEntry* entry, bool logsRead,
                           const std::vector<registry::Observation>& observations)
{
    m_model.setEvents(entry ? historyOf(*entry, observations) : std::vector<HistoryEvent>());
    updateHead(entry, logsRead);
}

void HistoryView::updateHead(const RegistryEntry* entry, bool logsRead)
{
    auto log = m_model.count(HistoryEvent::Source::Log),
         observed = m_model.count(HistoryEvent::Source::Observed);
    QString words;
    if (entry && entry->log && entry->log->problem)
        words = tr("the log can't be read: %1").arg(QString::fromStdString(entry->log->problem->message));
    else if (entry && !entry->logRun.empty() && !entry->log)
        words = logsRead ? tr("the log was not read") : tr("reading the log");
    else if (log > 0)
        words = counted(log, tr("1 entry in the log"), tr("%1 entries in the log"));
    else
        words = tr("no log; what the store itself says");
    if (observed > 0)
        words += QLatin1String(", ") +
                 counted(observed, tr("1 change only observed"), tr("%1 changes only observed"));
    m_counts->setText(words);
    m_verify->setEnabled(entry && !entry->logRun.empty());
    m_verify->setToolTip(
        m_verify->isEnabled()
            ? tr("Checks every entry, who signed it and whether they might, on this machine")
            : tr("This model has no log; one begins with the first promotion that is requested"));
}

int HistoryView::wholeHeight() const
{
    return kHead + m_model.rowCount() * Theme::of(this).length("row.list");
}

} // namespace sextant
