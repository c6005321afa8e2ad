#include "ui/audit/audit_runner.h"

#include "core/ledger/folder_storage.h"
#include "core/ledger/key_folder.h"
#include "core/ledger/log.h"
#include "core/ledger/trust.h"
#include "core/registry/model_log.h"
#include "ui/widgets/store_text.h"

namespace sextant {

using registry::Audit;
using registry::AuditSubject;

namespace {

const QString kLane = QStringLiteral("audit.verify");
constexpr std::int64_t kReportEachMs = 60;

Result<void> signAsWitness(const Audit& audit, const std::string& keyName, const ledger::Secret& passphrase,
                           const Operation& operation)
{
    if (!audit.verification.checkpoint)
        return fail(ErrorCode::Corrupt, "A log that is not verified can't be witnessed");
    const auto& origin = audit.verification.checkpoint->origin;
    SEXTANT_TRY(auto key, ledger::KeyFolder(ledger::defaultKeyFolder()).open(keyName, passphrase));
    ledger::LogAccess access{std::make_shared<ledger::FolderStorage>(audit.subject.folder), audit.keys,
                             origin, audit.verification.note};
    SEXTANT_TRY(auto log, ledger::Log::open(access, operation));
    SEXTANT_CHECK(log.witness(key, now()));
    return ledger::keepPin(origin, log.note());
}

} // namespace

AuditRunner::AuditRunner(PageContext& context, QObject* parent) : QObject(parent), m_context(context) {}

void AuditRunner::list()
{
    m_listing = true;
    m_context.session.read<std::vector<std::string>>(
        tr("Looking for logs"), QStringLiteral("audit.list"), this,
        [](Store& store, const Operation& operation) {
            return registry::modelsWithLog(*store.tracking, operation);
        },
        [this](Result<std::vector<std::string>> models) {
            m_listing = false;
            if (!models)
                return emit failed(models.error());
            QStringList names;
            for (const auto& model : *models)
                names << QString::fromStdString(model);
            emit listed(names);
        });
}

void AuditRunner::verify(const AuditWish& wish)
{
    cancel();
    m_busy = true;
    if (!wish.folder.isEmpty())
        return verifySubject({{}, toStdString(wish.folder), {}, {}, kNoTime}, toStdString(wish.keysFile));
    m_job = m_context.session.read<AuditSubject>(
        tr("Reading the registry"), kLane, this,
        [model = toStdString(wish.model)](Store& store, const Operation&) -> Result<AuditSubject> {
            if (!store.registry)
                return fail(ErrorCode::Unsupported, "This store has no registry");
            return registry::auditSubject(*store.tracking, *store.registry, model);
        },
        [this, keys = toStdString(wish.keysFile)](Result<AuditSubject> subject) {
            if (!subject)
                return end(subject.error());
            verifySubject(std::move(*subject), keys);
        });
}

void AuditRunner::verifySubject(AuditSubject subject, const std::string& keysFile)
{
    auto guard = Jobs::guard(this);
    auto work = [this, guard, subject = std::move(subject),
                 keysFile](const Operation& operation) -> Result<AuditPtr> {
        auto reported = std::make_shared<std::int64_t>(0);
        Operation mine = operation;
        mine.report = [this, guard, reported, &operation](const Progress& progress) {
            if (operation.report)
                operation.report(progress);
            if (now() - *reported < kReportEachMs)
                return;
            *reported = now();
            Jobs::post(guard, [this,
                               activity = QString::fromUtf8(progress.activity.data(),
                                                            qsizetype(progress.activity.size())),
                               done = progress.done, total = progress.total] {
                if (m_busy)
                    emit progressed(activity, done, total);
            });
        };
        SEXTANT_TRY(auto audit, registry::auditLog(subject, keysFile, mine));
        return std::make_shared<const Audit>(std::move(audit));
    };
    m_job = m_context.jobs.start<AuditPtr>(tr("Verifying the log"), kLane, this, work,
                                           [this](Result<AuditPtr> audit) {
                                               if (!audit)
                                                   return end(audit.error());
                                               m_busy = false;
                                               emit verified(*audit);
                                           });
}

void AuditRunner::end(const Error& error)
{
    m_busy = false;
    emit failed(error);
}

void AuditRunner::cancel()
{
    if (!m_busy)
        return;
    m_context.jobs.cancelLane(kLane);
    m_busy = false;
}

void AuditRunner::checkFresh(const AuditPtr& audit)
{
    m_context.session.read<bool>(
        {}, QStringLiteral("audit.fresh"), this,
        [audit](Store& store, const Operation&) -> Result<bool> {
            const auto& subject = audit->subject;
            ledger::FolderStorage storage(subject.folder);
            SEXTANT_TRY(auto note, storage.read(ledger::kCheckpointFile, ledger::kMostNoteBytes));
            if (audit->verification.note && note != *audit->verification.note)
                return false;
            if (subject.model.empty() || !store.registry)
                return true;
            registry::ModelLog log(*store.tracking, *store.registry, subject.model);
            SEXTANT_TRY(auto holders, log.holders());
            return holders == *subject.holders;
        },
        [this](Result<bool> same) {
            if (!m_busy && !(same && *same))
                emit outdated();
        });
}

void AuditRunner::witness(const AuditPtr& audit, const QString& keyName, ledger::Secret passphrase)
{
    m_witnessing = true;
    auto secret = std::make_shared<ledger::Secret>(std::move(passphrase));
    m_context.jobs.start<void>(
        tr("Signing as a witness"), QStringLiteral("audit.witness"), this,
        [audit, name = toStdString(keyName), secret](const Operation& operation) {
            auto done = signAsWitness(*audit, name, *secret, operation);
            secret->wipe();
            return done;
        },
        [this](Result<void> done) {
            m_witnessing = false;
            if (done)
                emit witnessed();
            else
                emit witnessFailed(done.error());
        });
}

} // namespace sextant
