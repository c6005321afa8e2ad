// Desk: its actions, and asking for the passphrase before each act.
#include "ui/registry/desk.h"
#include "ui/registry/desk_head.h"
#include "ui/registry/desk_request.h"
#include "ui/registry/desk_sheets.h"
#include "ui/registry/desk_text.h"
#include "ui/registry/registry_page.h"
#include "ui/shell/passphrase_popup.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QMenu>
#include <QPushButton>

namespace sextant {

using registry::PromotionState;

namespace {

constexpr EpochMs kDay = 86'400'000;
constexpr int kWaiverDays[] = {7, 30, 90};

bool mine(const DeskCase& made, const std::string& person)
{
    return std::any_of(made.keys.begin(), made.keys.end(),
                       [&](const DeskKey& key) { return key.trusted && key.person == person; });
}

bool haveRole(const DeskCase& made, const ledger::Roles& roles)
{
    for (const auto& key : made.keys)
        for (const auto& role : roles)
            if (key.trusted && key.roles.contains(role))
                return true;
    return false;
}

} // namespace

void Desk::addActions()
{
    const auto page = tr("Requests");
    auto add = [&](const char* id, const QString& text, const QString& tip, const char* icon,
                   const QList<QKeySequence>& keys, std::function<void()> run) {
        m_context.actions.add(this, {QLatin1String(id), text, tip, QLatin1String(icon), keys, page},
                              std::move(run));
    };
    m_context.actions.add(
        this,
        {"desk.open",
         tr("Go to promotion requests"),
         tr("What waits for you, and for others."),
         "git-pull-request-arrow",
         {},
         {}},
        [this] { m_context.navigate(QStringLiteral("registry"), QStringLiteral("/requests")); });
    add("desk.next", tr("Next request"), {}, "arrow-down", {QKeySequence(Qt::Key_BracketRight)},
        [this] { m_inbox->step(1); });
    add("desk.previous", tr("Previous request"), {}, "arrow-up", {QKeySequence(Qt::Key_BracketLeft)},
        [this] { m_inbox->step(-1); });
    add("desk.reason", tr("Write the reason"), tr("It is kept in the log for good."), "pencil",
        {QKeySequence(Qt::Key_R)}, [this] { m_decision->focusReason(); });
    add("desk.request", tr("Request another promotion…"),
        tr("Asks that a version takes a stage or an alias."), "git-pull-request-arrow", {},
        [this] { request({}, 0, {}); });
    add("desk.verify", tr("Verify the log of this model"), {}, "shield-check", {QKeySequence(Qt::Key_V)},
        [this] {
            if (m_case)
                m_context.navigate(QStringLiteral("audit"),
                                   QString::fromStdString(m_case->item.promotion.model));
        });
    add("desk.compare", tr("Show the version"), tr("With its files, signature and history."), "package", {},
        [this] {
            if (m_case)
                m_context.navigate(QStringLiteral("registry"),
                                   QStringLiteral("%1/%2")
                                       .arg(QString::fromStdString(m_case->item.promotion.model))
                                       .arg(m_case->item.promotion.change.subject()));
        });
    connect(m_decision, &DeskDecision::primaryWanted, this, &Desk::doPrimary);
    connect(m_decision, &DeskDecision::rejectWanted, this,
            [this] { m_context.actions.find(QStringLiteral("desk.reject"))->trigger(); });
    connect(m_sheets, &DeskSheets::checkGatesWanted, this,
            [this] { m_context.actions.find(QStringLiteral("desk.gates"))->trigger(); });
}

void Desk::addActActions()
{
    const auto page = tr("Requests");
    auto add = [&](const char* id, const QString& text, const char* icon, const QList<QKeySequence>& keys,
                   std::function<void()> run) {
        m_context.actions.add(this, {QLatin1String(id), text, {}, QLatin1String(icon), keys, page},
                              std::move(run));
    };
    add("desk.approve", tr("Approve…"), "signature", {}, [this] { doPrimary(); });
    add("desk.reject", tr("Reject…"), "x", {}, [this] {
        ask(DeskWish::Kind::Reject, tr("Reject request %1").arg(m_case->item.promotion.number), tr("Reject"),
            tr("The request is closed for good; your reason is entry %1 of the log.").arg(m_case->entries));
    });
    add("desk.comment", tr("Comment…"), "quote", {}, [this] { askComment(); });
    add("desk.withdraw", tr("Withdraw…"), "undo-2", {}, [this] {
        ask(DeskWish::Kind::Withdraw, tr("Withdraw request %1").arg(m_case->item.promotion.number),
            tr("Withdraw"), tr("The request is closed; it can be asked for again."));
    });
    add("desk.apply", tr("Apply…"), "rocket", {}, [this] {
        ask(DeskWish::Kind::Apply, tr("Apply request %1").arg(m_case->item.promotion.number), tr("Apply"),
            capital(joinSentences(m_case->preview)) + QLatin1Char('.'));
    });
    add("desk.rollback", tr("Roll back…"), "undo-2", {}, [this] {
        ask(DeskWish::Kind::Rollback,
            tr("Roll back %1").arg(deskTarget(m_case->item.promotion.change.target)), tr("Ask"),
            tr("The holder before it is asked for again, as a promotion of its own; reviewers decide."));
    });
    add("desk.gates", tr("Check gates and sign…"), "scale", {}, [this] {
        ask(DeskWish::Kind::Gates, tr("Sign the verdicts of the gates"), tr("Sign"),
            tr("Each gate is evaluated on the store as it is now; its verdict is signed, passed or failed."));
    });
    add("desk.resume", tr("Complete what was stopped…"), "refresh-cw", {}, [this] {
        ask(DeskWish::Kind::Resume, tr("Complete what was stopped half way"), tr("Complete"),
            capital(joinSentences(m_case->preview)) + QLatin1Char('.'));
    });
}

void Desk::doPrimary()
{
    if (!m_case || !m_decision->choice().canPrimary)
        return;
    const auto& promotion = m_case->item.promotion;
    auto sentence = m_decision->choice().headline + u' ' + m_decision->choice().text;
    switch (m_decision->choice().kind) {
    case DeskWishKind::Approve:
        return ask(DeskWish::Kind::Approve, tr("Approve request %1").arg(promotion.number), tr("Approve"),
                   sentence);
    case DeskWishKind::ApproveAndApply:
        return ask(DeskWish::Kind::ApproveAndApply, tr("Approve and apply request %1").arg(promotion.number),
                   tr("Approve and apply"), sentence);
    case DeskWishKind::Apply:
        return m_context.actions.find(QStringLiteral("desk.apply"))->trigger();
    case DeskWishKind::Resume:
        return m_context.actions.find(QStringLiteral("desk.resume"))->trigger();
    case DeskWishKind::Rollback:
        return m_context.actions.find(QStringLiteral("desk.rollback"))->trigger();
    case DeskWishKind::Comment:
        return askComment();
    case DeskWishKind::None:
        return;
    }
}

void Desk::askComment()
{
    ask(DeskWish::Kind::Comment, tr("Comment on request %1").arg(m_case->item.promotion.number),
        tr("Comment"), tr("What you wrote becomes entry %1 of the log.").arg(m_case->entries));
}

QStringList Desk::signingKeys(bool deciding) const
{
    QStringList names;
    for (const auto& key : m_case->keys) {
        if (!key.trusted)
            continue;
        auto name = QString::fromStdString(key.name);
        if (key.name == m_case->item.myKey)
            names.prepend(name);
        else if (!deciding)
            names << name;
    }
    return names;
}

void Desk::ask(DeskWish::Kind kind, const QString& title, const QString& verb, const QString& sentence,
               const QString& gate, EpochMs until)
{
    auto deciding = kind == DeskWish::Kind::Approve || kind == DeskWish::Kind::ApproveAndApply ||
                    kind == DeskWish::Kind::Reject;
    auto keys = signingKeys(deciding);
    if (keys.isEmpty())
        return tell(false, tr("None of your keys is trusted here."),
                    tr("`sextant keys create NAME` makes one; an admin adds it to the list or to the log."));
    const auto& promotion = m_case->item.promotion;
    DeskWish wish;
    wish.kind = kind;
    wish.model = promotion.model;
    wish.number = promotion.number;
    wish.reason = toStdString(m_decision->reason());
    wish.gate = toStdString(gate);
    wish.until = until;
    auto danger = kind == DeskWish::Kind::Reject || kind == DeskWish::Kind::Withdraw;
    auto* popup = new PassphrasePopup(
        {title, sentence, verb, keys, danger},
        [this, wish](const QString& key, ledger::Secret passphrase) {
            m_work->act(wish, key, std::move(passphrase));
            updateChoice();
            emit m_page.statusChanged();
        },
        this);
    popup->openBelow(kind == DeskWish::Kind::Reject ? m_decision->reject() : m_decision->primary());
}

void Desk::fillMenu(QMenu* menu)
{
    menu->clear();
    for (const char* id : {"desk.comment", "desk.gates"})
        menu->addAction(m_context.actions.find(QLatin1String(id)));
    auto* waivers = menu->addMenu(Theme::of(this).icon(QStringLiteral("triangle-alert")), tr("Waive a gate"));
    auto can = m_case && m_context.session.unlocked() && !m_decision->reason().isEmpty() &&
               isPending(m_case->item.promotion.state) && haveRole(*m_case, m_case->rules.waive);
    if (m_case)
        for (const auto& gate : m_case->gates)
            for (auto days : kWaiverDays) {
                auto name = oneName(gate.name, 60);
                auto* action = waivers->addAction(tr("%1 for %2 days…").arg(name).arg(days));
                connect(action, &QAction::triggered, this, [this, gate = gate.name, name, days] {
                    auto until = now() + days * kDay;
                    ask(DeskWish::Kind::Waive, tr("Waive the gate %1").arg(name), tr("Waive"),
                        tr("The gate counts as passed for this request until %1. Every verification lists "
                           "it.")
                            .arg(formatTime(until).left(11)),
                        QString::fromStdString(gate), until);
                });
            }
    waivers->setEnabled(can && !waivers->isEmpty());
    for (const char* id : {"desk.withdraw", "desk.apply", "desk.rollback", "desk.resume"})
        menu->addAction(m_context.actions.find(QLatin1String(id)));
    menu->addSeparator();
    for (const char* id : {"desk.verify", "desk.compare", "desk.request"})
        menu->addAction(m_context.actions.find(QLatin1String(id)));
}

void Desk::updateActions()
{
    auto& actions = m_context.actions;
    auto enable = [&](const char* id, bool enabled, const QString& whyNot) {
        if (auto* action = actions.find(QLatin1String(id)))
            actions.enable(action, enabled, whyNot);
    };
    const auto none = tr("No request is shown.");
    const auto& choice = m_decision->choice();
    auto unlocked = m_context.session.unlocked() && !m_work->acting();
    const auto locked = tr("Unlock writing first.");
    auto written = m_case && !m_decision->reason().isEmpty() && m_decision->reason().size() <= kLongestReason;
    const auto write = tr("Write a reason first.");
    auto pending = m_case && isPending(m_case->item.promotion.state);
    const auto closed = tr("The request is closed.");
    auto approves = choice.kind == DeskWishKind::Approve || choice.kind == DeskWishKind::ApproveAndApply;
    enable("desk.approve", m_case && approves && choice.canPrimary, m_case ? choice.whyNot : none);
    enable("desk.reject", m_case && choice.canReject, m_case ? choice.whyNot : none);
    enable("desk.comment", unlocked && written, !m_case ? none : unlocked ? write : locked);
    enable("desk.withdraw",
           unlocked && written && pending &&
               (mine(*m_case, m_case->item.promotion.requester) ||
                haveRole(*m_case, {std::string(ledger::kAdmin)})),
           !m_case     ? none
           : !pending  ? closed
           : !unlocked ? locked
           : !written  ? write
                       : tr("Only who asked, or an admin, can withdraw it."));
    auto ready = m_case && m_case->item.promotion.state == PromotionState::Ready;
    enable("desk.apply",
           unlocked && ready && haveRole(*m_case, m_case->rules.apply) && m_case->changed.empty(),
           !m_case     ? none
           : !ready    ? tr("Its rules do not hold yet.")
           : !unlocked ? locked
                       : tr("You may not apply it."));
    auto applied = m_case && m_case->item.promotion.state == PromotionState::Applied &&
                   !m_case->item.promotion.change.leave.empty();
    enable("desk.rollback", unlocked && written && applied,
           !m_case     ? none
           : !applied  ? tr("Nothing was replaced by it.")
           : !unlocked ? locked
                       : write);
    enable("desk.gates", unlocked && pending && !m_case->gates.empty(),
           !m_case                 ? none
           : m_case->gates.empty() ? tr("Its rules ask for no gate.")
           : !pending              ? closed
                                   : locked);
    auto unfinished = m_case && m_case->item.promotion.state == PromotionState::Unfinished;
    enable("desk.resume", unlocked && unfinished, unfinished ? locked : tr("Nothing was stopped half way."));
    for (const char* id : {"desk.verify", "desk.compare", "desk.reason"})
        enable(id, m_case != nullptr, none);
    enable("desk.request", m_context.session.state() == Session::State::Open, tr("No store is open."));
    m_sheets->checkGates()->setEnabled(unlocked && pending);
}

void Desk::request(const QString& model, qint64 version, const QString& target)
{
    const auto& data = m_context.registry->data();
    if (!data || data->entries.empty())
        return tell(false, tr("This store has no registered model."), tr("Register a version first."));
    auto chosen = model;
    if (chosen.isEmpty())
        chosen = m_case ? QString::fromStdString(m_case->item.promotion.model)
                        : QString::fromStdString(data->entries.front().model.name);
    auto* dialog = new DeskRequest(m_context, *m_work, {chosen, version, target}, this);
    connect(dialog, &DeskRequest::requested, this, [this] { m_page.showTab(QStringLiteral("requests")); });
    dialog->open();
}

} // namespace sextant
