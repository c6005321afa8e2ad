#include "ui/shell/registry_feed.h"

#include "core/ledger/folder_storage.h"
#include "core/ledger/note.h"
#include "core/ledger/trust.h"
#include "core/registry/model_log.h"
#include "core/registry/observations.h"

#include <algorithm>
#include <filesystem>

namespace sextant {

namespace {

const QString kLane = QStringLiteral("registry.read");
const QString kLogLane = QStringLiteral("registry.logs");

/// The run that keeps each model's log: the oldest that says so, for a later one can't take its place.
std::map<std::string, std::string> logRuns(const RunTable& runs)
{
    std::map<std::string, std::string> found;
    std::map<std::string, EpochMs> begun;
    const auto* tag = runs.tag(registry::kModelTag);
    for (RowIndex row = 0; tag && row < runs.size(); ++row) {
        auto model = tag->at(row);
        if (!model || runs.lifecycle(row) != Lifecycle::Active ||
            runs.experiment(row).name != registry::kGovernanceExperiment)
            continue;
        std::string name(*model);
        auto time = runs.startTime(row);
        if (auto before = begun.find(name); before == begun.end() || time < before->second) {
            begun[name] = time;
            found[name] = std::string(runs.runId(row));
        }
    }
    return found;
}

/// The checkpoint that this user saw last of the log: one that was cut or rolled back is told by it.
std::optional<std::string> pinFor(const ledger::LogFiles& files)
{
    auto note = ledger::parseNote(files.checkpoint.value_or(""), "The checkpoint");
    auto checkpoint = note ? ledger::parseCheckpoint(note->text, "The checkpoint")
                           : Result<ledger::Checkpoint>(tl::unexpected(note.error()));
    return checkpoint ? ledger::pinOf(checkpoint->origin) : std::nullopt;
}

/// The acts in the order of their index, with what verifying found of each.
std::vector<LoggedAct> actsOf(const ledger::LogFiles& files, const ledger::Verification& verification,
                              const ledger::TrustedKeys& trusted)
{
    const auto& keys = verification.state ? verification.state->keys() : trusted;
    std::map<std::uint64_t, ledger::Standing> standings;
    for (const auto& finding : verification.findings)
        if (finding.entry)
            standings[*finding.entry] = std::max(standings[*finding.entry], finding.standing);
    std::vector<LoggedAct> acts;
    for (const auto& file : files.entries) {
        auto envelope = ledger::parseEnvelope(file.content, file.name);
        auto act = envelope ? ledger::parseAct(envelope->payload, file.name)
                            : Result<ledger::Act>(tl::unexpected(envelope.error()));
        if (!act)
            continue; // the verification names it
        LoggedAct logged;
        const auto* key = keys.find(act->actor);
        logged.person = key ? key->person : std::string();
        auto standing = standings.find(file.index);
        logged.standing = standing != standings.end() ? standing->second
                          : key                       ? ledger::Standing::Passed
                                                      : ledger::Standing::Gap;
        logged.act = std::move(*act);
        acts.push_back(std::move(logged));
    }
    return acts;
}

std::string markOf(ledger::FolderStorage& storage, const ledger::TrustedKeys& keys)
{
    auto checkpoint = storage.read(ledger::kCheckpointFile, ledger::kMostNoteBytes);
    auto entries = storage.list(ledger::kEntriesFolder);
    return (checkpoint ? *checkpoint : std::string()) + "\n" + std::to_string(entries ? entries->size() : 0) +
           "\n" + keys.format();
}

} // namespace

RegistryFeed::RegistryFeed(Session& session, Jobs& jobs, QObject* parent)
    : QObject(parent), m_session(session), m_jobs(jobs)
{
    connect(&session, &Session::storeChanged, this, [this] {
        m_jobs.cancelLane(kLane);
        m_jobs.cancelLane(kLogLane);
        m_data = nullptr;
        m_error.reset();
        m_logs.clear();
        m_reading = false;
        emit changed();
    });
    connect(&session, &Session::tableChanged, this, [this] {
        if (m_session.table() && m_session.table()->complete())
            refresh();
    });
}

void RegistryFeed::refresh()
{
    if (m_session.state() != Session::State::Open || !m_session.table())
        return;
    m_reading = true;
    m_session.read<Reading>(
        tr("Reading the registry"), kLane, this,
        [runs = m_session.table(), observing = m_observing](Store& store, const Operation& operation) {
            return read(store, runs, observing, operation);
        },
        [this](Result<Reading> reading) { onRead(std::move(reading)); });
}

Result<RegistryFeed::Reading> RegistryFeed::read(Store& store, const RunTablePtr& runs, bool observing,
                                                 const Operation& operation)
{
    Reading reading{std::make_shared<RegistryData>(), {}};
    auto& data = *reading.data;
    data.runs = runs;
    if (!store.registry) {
        data.whyNone = "This store was made without a registry of models";
        return reading;
    }
    SEXTANT_TRY(auto models, store.registry->registeredModels());
    SEXTANT_TRY(auto versions, store.registry->modelVersions({}));
    if (observing)
        registry::observeRegistry(store.tracking->info().path, versions);
    SEXTANT_TRY(auto deleted, store.registry->deletedVersions({}));
    auto logs = logRuns(*runs);
    for (auto& model : models) {
        RegistryEntry entry;
        if (auto log = logs.find(model.name); log != logs.end())
            entry.logRun = log->second;
        entry.model = std::move(model);
        data.entries.push_back(std::move(entry));
    }
    std::sort(data.entries.begin(), data.entries.end(),
              [](const auto& one, const auto& other) { return one.model.name < other.model.name; });
    auto newestFirst = [](const ModelVersion& one, const ModelVersion& other) {
        return one.version > other.version;
    };
    for (auto& version : versions)
        if (auto* entry = const_cast<RegistryEntry*>(data.find(version.name)))
            entry->versions.push_back(std::move(version));
    for (auto& version : deleted)
        if (auto* entry = const_cast<RegistryEntry*>(data.find(version.name)))
            entry->deleted.push_back(std::move(version));
    for (auto& entry : data.entries) {
        if (operation.cancelled())
            return cancelledError();
        std::sort(entry.deleted.begin(), entry.deleted.end(), newestFirst);
        std::sort(entry.versions.begin(), entry.versions.end(), newestFirst);
        if (entry.logRun.empty())
            continue;
        LogPlace place{entry.model.name, {}, {}};
        auto file = store.tracking->artifactFile(entry.logRun, std::string(registry::kLogFolder) + "/" +
                                                                   ledger::kCheckpointFile);
        if (file)
            place.folder = std::filesystem::path(*file).parent_path().string();
        else
            place.problem = file.error();
        reading.logs.push_back(std::move(place));
    }
    data.logsRead = reading.logs.empty();
    return reading;
}

void RegistryFeed::onRead(Result<Reading> reading)
{
    m_reading = false;
    if (!reading) {
        if (reading.error().code != ErrorCode::Cancelled)
            m_error = reading.error();
        emit changed();
        return;
    }
    m_error.reset();
    m_readAt = QDateTime::currentDateTime();
    for (auto& entry : reading->data->entries)
        if (auto known = m_logs.find(entry.model.name); known != m_logs.end() && !entry.logRun.empty())
            entry.log = known->second; // as last read, until it is read again
    m_data = reading->data;
    if (!reading->logs.empty())
        m_jobs.start<LogStates>(
            tr("Reading the logs of models"), kLogLane, this,
            [places = std::move(reading->logs), known = m_logs](const Operation& operation)
                -> Result<LogStates> { return readLogs(places, known, operation); },
            [this](Result<LogStates> logs) {
                if (logs)
                    onLogs(*logs);
            });
    emit changed();
}

RegistryFeed::LogStates RegistryFeed::readLogs(const std::vector<LogPlace>& places, const LogStates& known,
                                               const Operation& operation)
{
    LogStates states;
    const auto trusted = ledger::readTrustedKeys({});
    const auto keys = trusted ? *trusted : ledger::TrustedKeys();
    std::uint64_t done = 0;
    for (const auto& place : places) {
        if (operation.cancelled())
            break;
        operation.progress("Verifying logs", done++, places.size());
        auto state = std::make_shared<ModelLogState>();
        state->folder = place.folder;
        state->trusting = trusted.has_value();
        state->problem = place.problem;
        if (!place.problem) {
            ledger::FolderStorage storage(place.folder);
            state->mark = markOf(storage, keys);
            if (auto before = known.find(place.model);
                before != known.end() && before->second->mark == state->mark && !before->second->problem) {
                states[place.model] = before->second;
                continue;
            }
            auto files = ledger::readLogFiles(storage, operation);
            ledger::VerifyOptions options;
            options.keys = keys;
            if (files)
                options.pin = pinFor(*files);
            auto verified = files ? ledger::verifyLog(*files, options, operation)
                                  : Result<ledger::Verification>(tl::unexpected(files.error()));
            if (verified) {
                state->verification = std::move(*verified);
                state->acts = actsOf(*files, state->verification, keys);
            } else {
                state->problem = verified.error();
            }
        }
        states[place.model] = std::move(state);
    }
    return states;
}

void RegistryFeed::onLogs(const LogStates& logs)
{
    m_logs = logs;
    auto next = std::make_shared<RegistryData>(*m_data);
    for (auto& entry : next->entries) {
        auto found = logs.find(entry.model.name);
        entry.log = found == logs.end() ? nullptr : found->second;
    }
    next->logsRead = true;
    m_data = std::move(next);
    emit changed();
}

} // namespace sextant
