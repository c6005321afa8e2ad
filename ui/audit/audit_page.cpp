#include "ui/audit/audit_page.h"

#include "core/ledger/key_folder.h"
#include "core/ledger/trust.h"
#include "ui/audit/audit_head.h"
#include "ui/audit/audit_items.h"
#include "ui/audit/audit_keys.h"
#include "ui/audit/audit_timeline.h"
#include "ui/shell/passphrase_popup.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/picker_button.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QPainter>
#include <QStackedWidget>
#include <QUrl>

namespace sextant {

namespace {

enum Shown { StateShown, BodyShown };

/// A folder that holds a log, else empty.
QString droppedLog(const QMimeData* data)
{
    for (const QUrl& url : data->urls()) {
        const QFileInfo info(url.toLocalFile());
        if (info.isDir() && QFileInfo::exists(info.filePath() + QStringLiteral("/checkpoint")))
            return info.filePath();
    }
    return {};
}

} // namespace

AuditPage::AuditPage(PageContext context, QWidget* parent)
    : Page(parent), m_context(std::move(context)), m_runner(new AuditRunner(m_context, this))
{
    build();
    addActions();
    connectRunner();
    auto& session = m_context.session;
    connect(&session, &Session::storeChanged, this, &AuditPage::onStoreChanged);
    connect(&session, &Session::tableChanged, this, &AuditPage::checkFresh);
    onStoreChanged();
}

AuditPage::~AuditPage()
{
    delete m_outer; // its list shows a model of this
}

void AuditPage::connectRunner()
{
    connect(m_runner, &AuditRunner::listed, this, &AuditPage::onListed);
    connect(m_runner, &AuditRunner::verified, this, &AuditPage::onVerified);
    connect(m_runner, &AuditRunner::failed, this, &AuditPage::onFailed);
    connect(m_runner, &AuditRunner::outdated, this, [this] {
        m_stale = true;
        m_list->setStale(true);
        m_head->showStale(tr("The log or the registry changed after %1; verify again")
                              .arg(formatTime(m_audit->verifiedAt)));
        describe();
        emit statusChanged();
    });
    connect(m_runner, &AuditRunner::progressed, this,
            [this](const QString& activity, quint64 done, quint64 total) {
                if (m_audit)
                    return m_head->showBusy(activity, done, total);
                m_state->showLoading(tr("Verifying"), activity, done, total);
                m_state->setAction(tr("Cancel"), [this] { emit m_head->cancelWanted(); });
            });
    connect(m_runner, &AuditRunner::witnessed, this, [this] {
        tell(true, tr("Witnessed."), tr("The log can't be cut or rewritten before this point unseen."));
        verify();
    });
    connect(m_runner, &AuditRunner::witnessFailed, this, [this](const Error& error) {
        tell(false, QString::fromStdString(error.message), QString::fromStdString(error.hint));
        describe();
        emit statusChanged();
    });
}

void AuditPage::onStoreChanged()
{
    m_runner->cancel();
    m_listed = false;
    m_models.clear();
    m_audit.reset();
    m_stale = false;
    m_wish = {{}, {}, m_wish.keysFile};
    m_items.setAudit({});
    m_timeline->setAudit({});
    m_banner->hide();
    m_state->showLoading(tr("Looking for logs"));
    m_outer->setCurrentIndex(StateShown);
    describe();
    if (isVisible() && m_context.session.state() == Session::State::Open)
        m_runner->list();
    emit statusChanged();
}

void AuditPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    if (!m_listed && !m_runner->listing())
        m_runner->list();
}

void AuditPage::onListed(const QStringList& models)
{
    m_models = models;
    m_listed = true;
    if (m_wish.empty() && !models.isEmpty())
        m_wish.model = models.front();
    if (m_wish.empty())
        showEmpty();
    else if (!m_audit && !m_runner->busy())
        verify();
    emit statusChanged();
}

void AuditPage::showEmpty()
{
    m_state->showEmpty(
        QStringLiteral("shield-check"), tr("No model of this store has a log yet"),
        tr("A log is a list of signed acts kept beside the models: who asked for a promotion, "
           "who agreed on which evidence, what was changed. It begins with the first promotion "
           "that is asked for."));
    m_state->setAction(tr("Request a promotion"), [this] {
        m_context.navigate(QStringLiteral("registry"), QStringLiteral("/requests"));
    });
    m_outer->setCurrentIndex(StateShown);
    describe();
}

void AuditPage::open(const QString& subject)
{
    if (subject.isEmpty())
        return;
    m_wish.folder.clear();
    if (m_wish.model != subject)
        m_audit.reset();
    m_wish.model = subject;
    verify();
}

void AuditPage::openFolder(const QString& folder)
{
    m_audit.reset();
    m_wish.folder = folder;
    verify();
}

void AuditPage::trustFile(const QString& file)
{
    m_wish.keysFile = file;
    verify();
}

void AuditPage::verify()
{
    if (m_wish.empty() || m_context.session.state() != Session::State::Open)
        return;
    m_runner->verify(m_wish);
    if (m_audit) {
        m_list->setStale(true);
        m_head->showBusy(tr("Reading the log"), 0, 0);
    } else {
        m_state->showLoading(tr("Verifying"), m_wish.folder.isEmpty() ? m_wish.model : m_wish.folder);
        m_state->setAction(tr("Cancel"), [this] { emit m_head->cancelWanted(); });
        m_outer->setCurrentIndex(StateShown);
    }
    describe();
    emit statusChanged();
}

void AuditPage::onVerified(const AuditPtr& audit)
{
    m_audit = audit;
    m_stale = false;
    m_items.setAudit(audit);
    m_list->setStale(false);
    m_timeline->setAudit(audit);
    m_head->showVerdict(*audit, m_items.counts());
    m_outer->setCurrentIndex(BodyShown);
    describe();
    emit statusChanged();
}

void AuditPage::onFailed(const Error& error)
{
    m_audit.reset();
    m_items.setAudit({});
    m_timeline->setAudit({});
    if (error.code == ErrorCode::Cancelled)
        m_state->showEmpty(QStringLiteral("circle-stop"), tr("The verification was cancelled"),
                           tr("Nothing is verified"));
    else
        m_state->showError(error);
    m_listed = true;
    if (m_wish.empty())
        m_state->setAction(tr("Try again"), [this] { m_runner->list(); });
    else
        m_state->setAction(tr("Verify again"), [this] { verify(); });
    m_outer->setCurrentIndex(StateShown);
    describe();
    emit statusChanged();
}

void AuditPage::checkFresh()
{
    if (m_audit && !m_stale && !m_runner->busy() && isVisible())
        m_runner->checkFresh(m_audit);
    else if (isVisible() && m_listed && m_models.isEmpty() && m_wish.empty() && !m_runner->listing())
        m_runner->list(); // a first log may have come
}

void AuditPage::fillModels()
{
    auto* menu = qobject_cast<QMenu*>(sender());
    menu->clear();
    for (const auto& model : m_models) {
        auto* action = menu->addAction(oneName(toStdString(model), 60));
        action->setCheckable(true);
        action->setChecked(m_wish.folder.isEmpty() && model == m_wish.model);
        connect(action, &QAction::triggered, this, [this, model] { open(model); });
    }
    if (!m_models.isEmpty())
        menu->addSeparator();
    menu->addAction(m_context.actions.find("audit.folder"));
}

void AuditPage::fillPin()
{
    auto* menu = qobject_cast<QMenu*>(sender());
    menu->clear();
    auto* now =
        menu->addAction(m_audit && m_audit->pin ? m_timeline->model().pinText()
                                                : tr("Nothing is pinned: a log cut before can't be told"));
    now->setEnabled(false);
    menu->addSeparator();
    menu->addAction(m_context.actions.find("audit.pin"));
    auto* copy = menu->addAction(tr("Copy checkpoint"), this, [this] {
        QGuiApplication::clipboard()->setText(QString::fromStdString(*m_audit->verification.note));
    });
    copy->setEnabled(m_audit && m_audit->verification.note);
}

void AuditPage::openKeys()
{
    auto* popup = new AuditKeys(m_audit, this);
    connect(popup, &AuditKeys::fileWanted, this, &AuditPage::chooseKeys);
    connect(popup, &AuditKeys::ownWanted, this, [this] { trustFile({}); });
    popup->openBelow(m_keys);
}

void AuditPage::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Open log folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QFileDialog::ReadOnly);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &AuditPage::openFolder);
    dialog->open();
}

void AuditPage::chooseKeys()
{
    auto* dialog = new QFileDialog(this, tr("Choose trusted keys"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QFileDialog::ReadOnly);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &AuditPage::trustFile);
    dialog->open();
}

void AuditPage::pin()
{
    if (!m_audit || !m_audit->verification.note || !m_audit->verification.checkpoint)
        return;
    const auto& checkpoint = *m_audit->verification.checkpoint;
    if (auto kept = ledger::keepPin(checkpoint.origin, *m_audit->verification.note); !kept)
        return tell(false, QString::fromStdString(kept.error().message),
                    QString::fromStdString(kept.error().hint));
    tell(true, tr("Pinned."),
         tr("A log of %1 that was cut or rewritten before entry %2 will be told here.")
             .arg(oneLine(checkpoint.origin, 60), formatCount(checkpoint.size)));
    verify();
}

void AuditPage::askWitness()
{
    auto keys = ledger::KeyFolder(ledger::defaultKeyFolder()).list(); // small files of the user's own
    QStringList names;
    if (keys)
        for (const auto& key : *keys)
            names << QString::fromStdString(key.key.name());
    if (names.isEmpty())
        return tell(false, tr("You have no key on this machine."),
                    tr("`sextant keys create NAME --role witness` makes one."));
    const auto& checkpoint = *m_audit->verification.checkpoint;
    auto* popup = new PassphrasePopup(
        {tr("Sign as a witness"),
         tr("Your key signs that the log %1 has %2 now, with root %3 and the time. The line is kept beside "
            "the log.")
             .arg(oneLine(checkpoint.origin, 60), counted(checkpoint.size, tr("1 entry"), tr("%1 entries")),
                  shortDigest(checkpoint.root)),
         tr("Sign"), names, false},
        [this, audit = m_audit](const QString& key, ledger::Secret passphrase) {
            m_runner->witness(audit, key, std::move(passphrase));
            describe();
            emit statusChanged();
        },
        this);
    popup->openBelow(m_witness);
}

void AuditPage::tell(bool good, const QString& headline, const QString& text)
{
    m_banner->showMessage(good ? Banner::Kind::Info : Banner::Kind::Error, headline, text);
    m_banner->setAction(tr("Close"), [this] { m_banner->hide(); });
    m_banner->show();
}

QStringList AuditPage::status() const
{
    if (!m_audit || m_runner->busy())
        return {};
    auto entries = counted(m_audit->entries.size(), tr("1 entry"), tr("%1 entries"));
    QStringList parts{m_audit->subject.model.empty()
                          ? entries
                          : tr("Log of %1: %2").arg(oneName(m_audit->subject.model, 60), entries),
                      tr("No network used")};
    auto took = m_audit->tookMs < 1000 ? tr("%1 ms").arg(m_audit->tookMs)
                                       : tr("%1 s").arg(double(m_audit->tookMs) / 1000, 0, 'f', 1);
    parts << tr("Checked %1 in %2").arg(formatTime(m_audit->verifiedAt), took);
    return parts;
}

bool AuditPage::settled() const
{
    return !m_runner->busy() && !m_runner->listing() && !m_runner->witnessing();
}

std::vector<Page::PaletteEntry> AuditPage::paletteEntries(const QString& text, int limit)
{
    std::vector<PaletteEntry> found;
    for (const auto& model : m_models)
        if (int(found.size()) < limit && model.contains(text, Qt::CaseInsensitive))
            found.push_back({QStringLiteral("#"), icon(), model, tr("verify its log"), {}, [this, model] {
                                 m_context.navigate(id(), model);
                             }});
    return found;
}

void AuditPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (droppedLog(event->mimeData()).isEmpty())
        return event->ignore();
    event->acceptProposedAction();
}

void AuditPage::dropEvent(QDropEvent* event)
{
    auto folder = droppedLog(event->mimeData());
    if (folder.isEmpty())
        return event->ignore();
    event->acceptProposedAction();
    openFolder(folder);
}

void AuditPage::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    auto bar = theme.length("bar.page");
    painter.fillRect(QRect(0, 0, width(), bar), theme.color("bg.2"));
    painter.fillRect(QRect(0, bar - 1, width(), 1), theme.color("border.hairline"));
}

} // namespace sextant
