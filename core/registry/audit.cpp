#include "core/registry/audit.h"

#include "core/ledger/folder_digest.h"
#include "core/ledger/folder_storage.h"
#include "core/ledger/key_folder.h"
#include "core/ledger/trust.h"
#include "core/registry/kept_files.h"
#include "core/registry/model_log.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <sys/stat.h>

namespace sextant::registry {

using namespace ledger;

namespace {

constexpr std::int64_t kMsPerSecond = 1000;

EpochMs changedAt(const std::string& file)
{
    struct stat status;
    return ::stat(file.c_str(), &status) == 0 ? status.st_mtime * kMsPerSecond : kNoTime;
}

/// Findings after which nothing that an entry says can be believed.
bool spoils(const Finding& finding)
{
    static const std::set<std::string, std::less<>> kChecks = {"signature", "form",  "place",
                                                               "fork",      "files", "tree"};
    return finding.standing == Standing::Failed && kChecks.contains(finding.check);
}

std::optional<Act> actOf(const EntryFile& file)
{
    auto envelope = parseEnvelope(file.content, "The entry");
    if (!envelope)
        return {};
    auto act = parseAct(envelope->payload, "The entry");
    return act ? std::optional(std::move(*act)) : std::nullopt;
}

/// The checkpoint that the log names, whoever signed it: only to find the pin.
std::string originOf(const LogFiles& files)
{
    if (auto note = parseNote(files.checkpoint.value_or(""), "The checkpoint"))
        if (auto checkpoint = parseCheckpoint(note->text, "The checkpoint"))
            return checkpoint->origin;
    return {};
}

std::vector<AuditEntry> timelineOf(const LogFiles& files, const Verification& verification,
                                   const Operation& operation)
{
    std::map<std::uint64_t, std::vector<const Finding*>> said;
    for (const auto& finding : verification.findings)
        if (finding.entry && finding.standing != Standing::Passed)
            said[*finding.entry].push_back(&finding);
    std::vector<AuditEntry> entries;
    entries.reserve(files.entries.size());
    for (const auto& file : files.entries) {
        if (operation.cancelled())
            break;
        AuditEntry entry{file.index, file.leaf, {}, {}, Standing::Passed, {}};
        bool believed = file.problem.empty() && verification.state && file.index < verification.entries;
        for (const auto* finding : said[file.index]) {
            entry.standing = std::max(entry.standing, finding->standing);
            entry.remark += (entry.remark.empty() ? "" : ". ") + finding->message;
            believed = believed && !spoils(*finding);
        }
        if (believed)
            entry.act = actOf(file);
        if (entry.act) {
            const auto* key = verification.state->keys().find(entry.act->actor);
            entry.person = key ? key->person : std::string();
        } else if (entry.remark.empty()) {
            entry.standing = Standing::Failed;
            entry.remark = verification.state ? "It comes after a gap in the log and could not be judged"
                                              : "Without a sound checkpoint no entry can be judged";
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<void> trust(Audit& audit, const std::string& keysFile)
{
    auto keys = readTrustedKeys(keysFile);
    if (!keys && !(keysFile.empty() && keys.error().code == ErrorCode::NotFound))
        return forward(keys);
    if (keys) {
        audit.keys = std::move(*keys);
        audit.keysFile = keysFile.empty() ? defaultTrustedKeysFile() : keysFile;
    }
    return {};
}

} // namespace

Result<std::vector<std::string>> modelsWithLog(TrackingStore& tracking, const Operation& operation)
{
    std::vector<std::string> models;
    SEXTANT_TRY(auto experiments, tracking.experiments(ViewType::ActiveOnly));
    for (const auto& experiment : experiments) {
        if (experiment.name != kGovernanceExperiment)
            continue;
        SEXTANT_TRY(auto table, tracking.runs({{experiment.id}, ViewType::ActiveOnly}, operation));
        for (RowIndex row = 0; row < table->size(); ++row) {
            SEXTANT_TRY(auto run, tracking.run(std::string(table->runId(row))));
            if (auto tag = run.tags.find(kModelTag); tag != run.tags.end())
                models.push_back(tag->second);
        }
    }
    std::sort(models.begin(), models.end());
    models.erase(std::unique(models.begin(), models.end()), models.end());
    return models;
}

Result<AuditSubject> auditSubject(TrackingStore& tracking, RegistryStore& registry, const std::string& model)
{
    ModelLog log(tracking, registry, model);
    AuditSubject subject{model, {}, {}, {}, kNoTime};
    SEXTANT_TRY(subject.folder, log.folder());
    SEXTANT_TRY(subject.holders, log.holders());
    SEXTANT_TRY(auto versions, registry.modelVersions(model));
    for (const auto& version : versions) {
        auto name = subjectName(model, version.version);
        subject.files.emplace(name, log.filesOf(name));
    }
    SEXTANT_TRY(auto models, registry.registeredModels());
    for (const auto& registered : models)
        if (registered.name == model)
            subject.registered = registered.creationTime;
    return subject;
}

Result<Audit> auditLog(AuditSubject subject, const std::string& keysFile, const Operation& operation)
{
    auto begun = now();
    Audit audit;
    audit.subject = std::move(subject);
    SEXTANT_CHECK(trust(audit, keysFile));
    operation.progress("Reading the log", 0, 0);
    FolderStorage storage(audit.subject.folder);
    SEXTANT_TRY(auto files, readLogFiles(storage, operation));
    VerifyOptions options{audit.keys, {}, {}, {}, audit.subject.holders};
    auto origin = originOf(files);
    if (options.pin = pinOf(origin); options.pin) {
        audit.pinnedAt = changedAt(pinFile(origin));
        if (auto note = parseNote(*options.pin, "The pin"))
            if (auto pin = parseCheckpoint(note->text, "The pin"))
                audit.pin = *pin;
    }
    if (!audit.subject.model.empty())
        options.digestOf = [&](const std::string& name) -> Result<Digest> {
            auto folder = audit.subject.files.find(name);
            if (folder == audit.subject.files.end())
                return fail(ErrorCode::NotFound, "The registry has no version '" + name + "'");
            if (!folder->second)
                return tl::unexpected(folder->second.error());
            SEXTANT_TRY(auto digest, digestFolder(*folder->second, operation));
            return digest.root;
        };
    SEXTANT_TRY(audit.verification, verifyLog(files, options, operation));
    if (!audit.subject.model.empty())
        checkKeptFiles(audit.verification, files, audit.subject.folder);
    audit.entries = timelineOf(files, audit.verification, operation);
    if (operation.cancelled()) // while files were hashed: a gap that is none
        return cancelledError();
    audit.verifiedAt = now();
    audit.tookMs = audit.verifiedAt - begun;
    return audit;
}

} // namespace sextant::registry
