// AuditPage: its parts and actions.
#include "ui/audit/audit_head.h"
#include "ui/audit/audit_items.h"
#include "ui/audit/audit_page.h"
#include "ui/audit/audit_timeline.h"
#include "ui/theme/control_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/picker_button.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sextant {

namespace {
constexpr int kTimeline = 440;
} // namespace

void AuditPage::build()
{
    setAcceptDrops(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(m_banner = new Banner(this));
    m_banner->hide();
    m_outer = new QStackedWidget;
    m_outer->addWidget(m_state = new StatePanel);
    m_outer->addWidget(buildBody());
    layout->addWidget(m_outer, 1);
}

QWidget* AuditPage::buildBar()
{
    const auto& theme = Theme::of(this);
    auto* bar = new QWidget;
    bar->setFixedHeight(theme.length("bar.page"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 0);
    row->setSpacing(theme.length("space.2"));
    row->addWidget(new TextLabel(title(), Theme::Text::Title));
    row->addWidget(m_what = new PickerButton(tr("Verify")));
    row->addWidget(m_keys = new PickerButton(tr("Keys")));
    row->addWidget(m_pin = new PickerButton(tr("Pin")));
    row->addStretch(1);
    auto* folder = new BorderedButton(QStringLiteral("folder-open"), tr("Open log folder…"));
    row->addWidget(folder);
    row->addWidget(m_witness = new BorderedButton(QStringLiteral("signature"), tr("Witness…")));
    row->addWidget(m_again = new QPushButton(tr("Verify again")));
    setControlRole(m_again, ControlRole::Primary);
    m_again->setIcon(theme.icon(QStringLiteral("shield-check"), "text.onAccent"));
    auto* models = new QMenu(tr("Models with a log"), this);
    m_what->setMenu(models);
    connect(models, &QMenu::aboutToShow, this, &AuditPage::fillModels);
    auto* pin = new QMenu(tr("Pin"), this);
    m_pin->setMenu(pin);
    connect(pin, &QMenu::aboutToShow, this, &AuditPage::fillPin);
    connect(m_keys, &QAbstractButton::clicked, this, &AuditPage::openKeys);
    connect(folder, &QToolButton::clicked, this, &AuditPage::chooseFolder);
    connect(m_witness, &QToolButton::clicked, this, &AuditPage::askWitness);
    connect(m_again, &QPushButton::clicked, this, &AuditPage::verify);
    return bar;
}

QWidget* AuditPage::buildBody()
{
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head = new AuditHead);
    auto* splitter = new Splitter(Qt::Horizontal, QStringLiteral("audit"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list = new AuditItems(m_items));
    splitter->addWidget(m_timeline = new AuditTimeline);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({10'000, kTimeline});
    column->addWidget(splitter, 1);
    connect(m_list, &AuditItems::entryWanted, m_timeline, &AuditTimeline::showEntry);
    connect(m_head, &AuditHead::cancelWanted, this, [this] {
        m_runner->cancel();
        onFailed(Error{ErrorCode::Cancelled, "Cancelled", {}, {}, {}});
    });
    return body;
}

void AuditPage::addActions()
{
    const auto page = title();
    auto& actions = m_context.actions;
    actions.add(this,
                {"audit.verify",
                 tr("Verify the log again"),
                 tr("Computes everything anew, on this machine."),
                 "shield-check",
                 {QKeySequence(Qt::CTRL | Qt::Key_Return)},
                 page},
                [this] { verify(); });
    actions.add(this,
                {"audit.folder",
                 tr("Verify a log in a folder…"),
                 tr("A copy that was sent, or the log of another store."),
                 "folder-open",
                 {},
                 page},
                [this] { chooseFolder(); });
    actions.add(this,
                {"audit.keys", tr("Choose trusted keys…"), tr("Whom to believe."), "key-round", {}, page},
                [this] { chooseKeys(); });
    actions.add(this,
                {"audit.pin",
                 tr("Pin this checkpoint"),
                 tr("From now on a log that was cut or rewritten before this is told."),
                 "pin",
                 {},
                 page},
                [this] { pin(); });
    actions.add(this,
                {"audit.witness",
                 tr("Sign as a witness…"),
                 tr("Vouches for the log as it is now, with the time."),
                 "signature",
                 {},
                 page},
                [this] { askWitness(); });
    actions.add(this,
                {"audit.nextProblem",
                 tr("Next item that is not verified"),
                 {},
                 "arrow-down",
                 {QKeySequence(Qt::Key_N)},
                 page},
                [this] {
                    m_list->goToNextProblem();
                    m_list->setFocus(Qt::ShortcutFocusReason);
                });
    actions.add(this,
                {"audit.copy", tr("Copy the verdict as text"), tr("With every item."), "copy", {}, page},
                [this] {
                    if (m_audit && !m_stale)
                        QGuiApplication::clipboard()->setText(verdictReport(*m_audit));
                });
}

void AuditPage::describe()
{
    auto& actions = m_context.actions;
    auto busy = m_runner->busy();
    auto fresh = m_audit && !m_stale && !busy;
    auto sound = fresh && m_audit->verification.note;
    const auto none = tr("No log is verified yet.");
    const auto failing = tr("A log that is not verified can't be vouched for.");
    actions.enable(actions.find("audit.verify"), !m_wish.empty() && !busy, none);
    actions.enable(actions.find("audit.copy"), fresh, none);
    actions.enable(actions.find("audit.nextProblem"), m_audit && m_items.nextProblem(-1) >= 0,
                   tr("Everything is verified."));
    for (const char* id : {"audit.pin", "audit.witness"})
        actions.enable(actions.find(id), sound && !m_runner->witnessing(), m_audit ? failing : none);
    m_again->setEnabled(!m_wish.empty() && !busy);
    m_witness->setEnabled(actions.find("audit.witness")->isEnabled());
    m_witness->setToolTip(m_witness->isEnabled() ? tr("Vouch for the log as it is now, with the time")
                                                 : ActionRegistry::reason(actions.find("audit.witness")));
    auto name = m_wish.folder.isEmpty() ? oneName(toStdString(m_wish.model), 40)
                                        : m_wish.folder.section(u'/', -1, -1, QString::SectionSkipEmpty);
    m_what->setValue(m_wish.empty() ? tr("nothing yet") : name);
    m_what->setToolTip(plainToolTip(m_wish.folder.isEmpty() ? m_wish.model : m_wish.folder));
    m_keys->setEnabled(m_audit != nullptr);
    m_pin->setEnabled(m_audit != nullptr);
    if (!m_audit) {
        m_keys->setValue(tr("none"));
        m_pin->setValue(tr("none"));
        return;
    }
    auto count = m_audit->keys.keys().size();
    m_keys->setValue(m_audit->keysFile.empty()
                         ? tr("none yet")
                         : tr("%1, %2").arg(QString::fromStdString(m_audit->keysFile).section(u'/', -1),
                                            counted(count, tr("1 key"), tr("%1 keys"))));
    m_pin->setValue(m_audit->pin ? tr("checkpoint %1, %2")
                                       .arg(formatCount(m_audit->pin->size),
                                            formatTime(m_audit->pinnedAt).section(u' ', 0, 2))
                                 : tr("none yet"));
}

} // namespace sextant
