#include "core/registry/card/card_store.h"

#include "core/base/strict_json.h"
#include "core/ledger/folder_storage.h"
#include "core/registry/gates/gather.h"
#include "core/registry/model_file.h"
#include "core/registry/model_log.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace sextant::registry {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostBytes = std::size_t{1} << 22;
constexpr std::size_t kDateLength = 10; // of "2026-05-04T…"

std::string placeOf(const Digest& digest)
{
    return std::string(kCardsFolder) + "/" + toHex(digest) + ".json";
}

std::string besideLog(const std::string& logFolder)
{
    return fs::path(logFolder).parent_path().string();
}

std::string describe(const std::vector<SignatureField>& fields)
{
    std::string text;
    for (const auto& field : fields)
        text += (text.empty() ? "" : "; ") + (field.name.empty() ? "" : field.name + ": ") + field.type +
                (field.required ? "" : " (optional)");
    return text;
}

/// Every number of each group: {"group":{"sex":"f"},"count":412,"selection_rate":0.2}.
void addSlices(ModelCard& card, const ReportFact& report)
{
    auto document = Json::parse(report.document, nullptr, false);
    auto groups = document.is_object() ? document.value("by_group", Json()) : Json();
    for (const auto& group : groups.is_array() ? groups : Json::array()) {
        std::string slice;
        auto names = group.is_object() ? group.value("group", Json()) : Json();
        if (!names.is_object())
            continue;
        for (const auto& [attribute, value] : names.items())
            slice += (slice.empty() ? "" : ", ") + attribute + "=" +
                     (value.is_string() ? value.get<std::string>() : value.dump());
        for (const auto& [key, value] : group.items())
            if (value.is_number())
                card.metrics.push_back({key, value.get<double>(), slice, {}, {}});
    }
}

void addFacts(ModelCard& card, const Facts& facts)
{
    const auto& candidate = facts.candidate;
    for (const auto& [key, value] : candidate.metrics)
        if (std::isfinite(value) && !key.starts_with("system/"))
            card.metrics.push_back({key, value, {}, {}, {}});
    for (const auto& report : facts.reports)
        if (report.kind == "fairness")
            addSlices(card, report);
    for (const auto& dataset : candidate.datasets)
        card.data.push_back({dataset.name, dataset.context, dataset.digest, {}, {}});
    for (const auto& [key, value] : candidate.params)
        card.hyperparameters.push_back(key + " = " + value);
    if (candidate.signature) {
        card.inputFormat = describe(candidate.signature->inputs);
        card.outputFormat = describe(candidate.signature->outputs);
    }
    auto user = candidate.runTags.find("mlflow.user");
    if (user != candidate.runTags.end() && !user->second.empty())
        card.owners.push_back({user->second, {}});
    auto note = candidate.runTags.find("mlflow.note.content");
    if (note != candidate.runTags.end())
        card.documentation = note->second;
}

void addFlavor(ModelCard& card, TrackingStore& tracking, const ModelVersion& version)
{
    auto folder = modelFolder(tracking, version);
    auto text = folder ? ledger::FolderStorage(*folder).read(kModelFileName, kMostBytes) : folder;
    auto file = text ? readModelFile(*text) : Result<ModelFile>(forward(text));
    if (file && !file->flavors.empty())
        card.libraryName = file->flavors.front().name;
}

} // namespace

Result<ModelCard> draftCard(TrackingStore& tracking, RegistryStore& registry, const std::string& model,
                            std::int64_t version, const Operation& operation)
{
    Gate all; // nothing is asked of the facts but the signature
    all.clauses = {{.op = Operator::Signature}};
    SEXTANT_TRY(auto facts,
                gatherFacts(tracking, registry, all, {.model = model, .version = version}, operation));
    SEXTANT_TRY(auto versions, registry.modelVersions(model));
    auto found = std::find_if(versions.begin(), versions.end(),
                              [&](const ModelVersion& one) { return one.version == version; });
    if (found == versions.end())
        return fail(ErrorCode::NotFound,
                    "There is no version " + std::to_string(version) + " of '" + model + "'");
    ModelCard card;
    card.model = card.name = model;
    card.version = version;
    card.versionName = std::to_string(version);
    card.overview = found->description;
    if (card.overview.empty()) {
        SEXTANT_TRY(auto models, registry.registeredModels());
        for (const auto& one : models)
            if (one.name == model)
                card.overview = one.description;
    }
    if (isKnown(found->creationTime))
        card.versionDate = formatIso(found->creationTime).substr(0, kDateLength);
    card.path = found->source;
    addFacts(card, facts);
    addFlavor(card, tracking, *found);
    return card;
}

void fillCard(ModelCard& card, const ModelCard& draft)
{
    card.model = draft.model;
    card.version = draft.version;
    for (const auto& field : cardFields())
        if (field.isEmpty(card))
            field.set(card, field.values(draft));
    card.metrics = draft.metrics;
    card.data = draft.data;
}

std::vector<KeptCard> keptCards(const std::vector<AuditEntry>& entries, const std::string& logFolder,
                                const std::string& model, std::int64_t version)
{
    std::vector<KeptCard> cards;
    ledger::FolderStorage storage(besideLog(logFolder));
    auto name = subjectName(model, version);
    for (const auto& entry : entries) {
        if (!entry.act || entry.act->kind != ledger::ActKind::Card || entry.act->subject.name != name ||
            entry.standing == ledger::Standing::Failed)
            continue;
        auto input = std::find_if(entry.act->inputs.begin(), entry.act->inputs.end(),
                                  [](const ledger::Subject& one) { return one.name == kCardInput; });
        if (input == entry.act->inputs.end())
            continue;
        KeptCard kept{.entry = entry.index,
                      .person = entry.person,
                      .reason = entry.act->reason,
                      .time = entry.act->time,
                      .digest = input->digest};
        auto text = storage.read(placeOf(input->digest), kMostBytes);
        if (!text)
            kept.problem = text.error().message;
        else if (sha256(*text) != input->digest)
            kept.problem =
                "The file of the card is not what entry " + std::to_string(entry.index) + " signed";
        else if (auto card = parseCard(*text, "The card of entry " + std::to_string(entry.index))) {
            kept.card = std::move(*card);
            kept.text = std::move(*text);
        } else
            kept.problem = card.error().message;
        cards.push_back(std::move(kept));
    }
    return cards;
}

Result<std::uint64_t> keepCard(ledger::Log& log, const std::string& logFolder, const ModelCard& card,
                               const Digest& files, const std::string& reason, const ledger::PrivateKey& key)
{
    auto text = formatCard(card);
    auto digest = sha256(text);
    SEXTANT_CHECK(ledger::FolderStorage(besideLog(logFolder)).replace(placeOf(digest), text));
    return log.append({.kind = ledger::ActKind::Card,
                       .subject = {subjectName(card.model, card.version), files},
                       .inputs = {{kCardInput, digest}},
                       .reason = reason},
                      key);
}

} // namespace sextant::registry
