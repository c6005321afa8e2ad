#include "core/registry/gates/gather.h"

#include "core/ledger/folder_digest.h"
#include "core/ledger/folder_storage.h"
#include "core/store/artifact_files.h"

#include <algorithm>
#include <filesystem>

namespace sextant::registry {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostReportBytes = std::size_t{1} << 25;
constexpr std::size_t kMostModelFileBytes = std::size_t{1} << 22;
constexpr std::size_t kMostReports = 64;
constexpr std::string_view kJson = ".json";

std::string at(const ModelVersion& version)
{
    return "version " + std::to_string(version.version);
}

bool holds(const ModelVersion& version, std::string_view target)
{
    if (target.starts_with("alias:"))
        return std::find(version.aliases.begin(), version.aliases.end(), target.substr(6)) !=
               version.aliases.end();
    return target.starts_with("stage:") && stageFrom(target.substr(6)) == version.stage;
}

/// Of several at a stage the newest that is not the candidate itself.
const ModelVersion* holderOf(const std::vector<ModelVersion>& versions, std::string_view target,
                             std::int64_t candidate)
{
    const ModelVersion* best = nullptr;
    for (const auto& version : versions) {
        if (!holds(version, target))
            continue;
        bool isCandidate = version.version == candidate, bestIsCandidate = best && best->version == candidate;
        if (!best || bestIsCandidate || (!isCandidate && version.version > best->version))
            best = &version;
    }
    return best;
}

Result<std::string> readFile(const std::string& path, std::size_t most)
{
    fs::path whole(path);
    return ledger::FolderStorage(whole.parent_path().string()).read(whole.filename().string(), most);
}

class Gatherer
{
public:
    Gatherer(TrackingStore& tracking, RegistryStore& registry, const Gate& gate, const FactsRequest& request,
             const Operation& operation)
        : m_tracking(tracking), m_registry(registry), m_gate(gate), m_request(request), m_operation(operation)
    {
    }

    Result<Facts> gather()
    {
        SEXTANT_TRY(auto versions, m_registry.modelVersions(m_request.model));
        auto candidate = std::find_if(versions.begin(), versions.end(), [&](const ModelVersion& version) {
            return version.version == m_request.version;
        });
        if (candidate == versions.end())
            return fail(ErrorCode::NotFound,
                        "There is no version " + std::to_string(m_request.version) + " of '" +
                            m_request.model + "'",
                        "`sextant models versions` shows all");
        m_facts.asOf = m_request.asOf ? m_request.asOf : now();
        m_facts.model = m_request.model;
        m_facts.target = m_request.target;
        m_facts.championTarget = m_gate.champion.empty() ? m_request.target : m_gate.champion;
        m_facts.card = m_request.card;
        SEXTANT_CHECK(addModelTags());
        SEXTANT_TRY(m_facts.candidate, factsOf(*candidate, true));
        if (const auto* champion = holderOf(versions, m_facts.championTarget, candidate->version)) {
            SEXTANT_TRY(m_facts.champion, factsOf(*champion, false));
        }
        for (const auto& report : m_request.reports) {
            SEXTANT_TRY(auto fact, parseReport(report.text, report.name));
            m_facts.reports.push_back(std::move(fact));
        }
        SEXTANT_CHECK(addAttachedReports(candidate->runId));
        return std::move(m_facts);
    }

private:
    Result<void> addModelTags()
    {
        if (!m_gate.opa && !m_gate.uses(Operator::Tag) && !m_gate.uses(Operator::SemanticVersion))
            return {};
        SEXTANT_TRY(auto models, m_registry.registeredModels());
        for (auto& model : models)
            if (model.name == m_request.model)
                m_facts.modelTags = std::move(model.tags);
        return {};
    }

    Result<VersionFacts> factsOf(const ModelVersion& version, bool isCandidate)
    {
        VersionFacts facts;
        facts.version = version.version;
        facts.runId = version.runId;
        facts.tags = version.tags;
        addRun(version, facts);
        if (m_gate.opa || m_gate.uses(Operator::Signature)) {
            if (auto signature = signatureOf(m_tracking, version))
                facts.signature = std::move(*signature);
            else
                facts.missing["signature"] = signature.error().message;
        }
        if (isCandidate && m_gate.uses(Operator::Digest))
            SEXTANT_CHECK(addFiles(version, facts));
        return facts;
    }

    void addRun(const ModelVersion& version, VersionFacts& facts)
    {
        if (version.runId.empty()) {
            facts.missing["run"] = "The registry names no run for " + at(version);
            return;
        }
        auto run = m_tracking.run(version.runId);
        if (!run) {
            facts.missing["run"] = "The run of " + at(version) + " can't be read: " + run.error().message;
            return;
        }
        for (const auto& metric : run->metrics)
            facts.metrics.emplace(metric.key, metric.value);
        facts.params = std::move(run->params);
        facts.runTags = std::move(run->tags);
        for (const auto& input : run->datasets)
            facts.datasets.push_back({input.dataset.name, input.dataset.digest, input.context()});
    }

    Result<void> addFiles(const ModelVersion& version, VersionFacts& facts)
    {
        facts.recorded = m_request.recorded;
        for (const auto* tags : {&facts.tags, &facts.runTags})
            if (auto tag = tags->find(kFilesDigestTag); facts.recorded.empty() && tag != tags->end())
                facts.recorded = tag->second;
        if (facts.recorded.starts_with("sha256:"))
            facts.recorded.erase(0, 7);
        auto folder = modelFolder(m_tracking, version);
        auto digest = folder ? ledger::digestFolder(*folder, m_operation)
                             : Result<ledger::FolderDigest>(forward(folder));
        if (digest)
            facts.files = toHex(digest->root);
        else if (digest.error().code == ErrorCode::Cancelled)
            return forward(digest);
        else
            facts.missing["files"] = digest.error().message;
        return {};
    }

    /// A broken report among those attached is said, and is none: a clause that needs it misses it.
    Result<void> addAttachedReports(const std::string& runId)
    {
        if (runId.empty())
            return {};
        auto artifacts = m_tracking.listArtifacts(runId, kReportsFolder, false);
        if (!artifacts) {
            if (artifacts.error().code != ErrorCode::NotFound)
                m_facts.notes.push_back("Reports attached to the run can't be read: " +
                                        artifacts.error().message);
            return {};
        }
        std::size_t count = 0;
        for (const auto& artifact : *artifacts) {
            if (artifact.isDirectory || !artifact.path.ends_with(kJson))
                continue;
            if (m_operation.cancelled())
                return cancelledError();
            if (++count > kMostReports) {
                m_facts.notes.push_back("Only the first " + std::to_string(kMostReports) +
                                        " reports were read");
                break;
            }
            auto file = m_tracking.artifactFile(runId, artifact.path);
            auto text = file ? readFile(*file, kMostReportBytes) : file;
            auto fact = text ? parseReport(*text, artifact.path) : Result<ReportFact>(forward(text));
            if (fact)
                m_facts.reports.push_back(std::move(*fact));
            else
                m_facts.notes.push_back(artifact.path + " was left out: " + fact.error().message);
        }
        return {};
    }

    TrackingStore& m_tracking;
    RegistryStore& m_registry;
    const Gate& m_gate;
    const FactsRequest& m_request;
    const Operation& m_operation;
    Facts m_facts;
};

/// "runs:/ID/path" and "models:/m-ID" lead to where the run or the logged model keeps its files.
Result<std::string> locationOf(TrackingStore& tracking, const ModelVersion& version)
{
    if (!version.storageLocation.empty())
        return version.storageLocation;
    constexpr std::string_view kModels = "models:/m-";
    if (!version.source.starts_with(kModels))
        return version.source;
    auto id = version.source.substr(kModels.size() - 2);
    SEXTANT_TRY(auto models, tracking.loggedModels({}));
    for (const auto& model : models)
        if (model.id == id)
            return model.artifactLocation;
    return fail(ErrorCode::NotFound, "The store has no logged model '" + id + "'");
}

} // namespace

Result<std::string> modelFolder(TrackingStore& tracking, const ModelVersion& version)
{
    SEXTANT_TRY(auto location, locationOf(tracking, version));
    if (location.starts_with("runs:/")) {
        auto rest = location.substr(location.find_first_not_of('/', 5));
        auto slash = rest.find('/');
        if (slash == std::string::npos)
            return fail(ErrorCode::NotFound, "The source '" + location + "' names no files of its run");
        SEXTANT_TRY(auto file,
                    tracking.artifactFile(rest.substr(0, slash), rest.substr(slash + 1) + "/MLmodel"));
        return fs::path(file).parent_path().string();
    }
    auto store = tracking.info().path;
    std::error_code ignored;
    auto folder = fs::is_directory(store, ignored) ? store : fs::path(store).parent_path().string();
    return artifactFolder(location, {folder, version.runId});
}

Result<ModelSignature> signatureOf(TrackingStore& tracking, const ModelVersion& version)
{
    SEXTANT_TRY(auto folder, modelFolder(tracking, version));
    auto text = readFile(folder + "/MLmodel", kMostModelFileBytes);
    if (!text && text.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, "There is no MLmodel file of " + at(version),
                    "Its files are at " + folder);
    if (!text)
        return forward(text);
    return readModelSignature(*text);
}

Result<Facts> gatherFacts(TrackingStore& tracking, RegistryStore& registry, const Gate& gate,
                          const FactsRequest& request, const Operation& operation)
{
    return Gatherer(tracking, registry, gate, request, operation).gather();
}

} // namespace sextant::registry
