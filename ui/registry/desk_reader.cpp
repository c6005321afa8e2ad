#include "ui/registry/desk_reader.h"

#include "core/ledger/key_folder.h"
#include "core/ledger/trust.h"
#include "core/registry/audit.h"
#include "core/registry/gate_check.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace sextant {

using namespace registry;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLongestEvidence = std::uint64_t{1} << 32;

std::string keyThatMay(const Promotions& promotions, const Promotion& promotion,
                       const std::vector<DeskKey>& keys)
{
    for (const auto& key : keys)
        if (promotions.whyNotDecide(promotion, key.id).empty())
            return key.name;
    return {};
}

DeskItem itemOf(const Promotions& promotions, Promotion promotion, const std::vector<DeskKey>& keys)
{
    DeskItem item;
    for (const auto& gate : promotion.gates)
        item.failingGates += gate.required && !gate.waivedUntil && !gate.passed.value_or(false);
    auto pending = isPending(promotion.state);
    if (pending)
        item.myKey = keyThatMay(promotions, promotion, keys);
    item.box = promotion.state == PromotionState::Unfinished ? DeskBox::Mine
               : !pending                                    ? DeskBox::Closed
               : !item.myKey.empty()                         ? DeskBox::Mine
                                                             : DeskBox::Others;
    item.promotion = std::move(promotion);
    return item;
}

void sort(std::vector<DeskItem>& items)
{
    std::stable_sort(items.begin(), items.end(), [](const DeskItem& one, const DeskItem& other) {
        return one.box != other.box ? one.box < other.box : one.promotion.act.time > other.promotion.act.time;
    });
}

/// "fairness" for "fairness.json"; what the icon and the order go by.
std::string kindOf(const std::string& name)
{
    for (const char* kind : {"fairness", "drift", "quality", "performance", "card", "data"})
        if (name.find(kind) != std::string::npos)
            return kind;
    return "report";
}

Result<Digest> digestOfFile(const fs::path& file, const Operation& operation)
{
    std::error_code error;
    if (!fs::is_regular_file(fs::symlink_status(file, error)))
        return fail(ErrorCode::NotFound, "its file is not beside the log");
    if (fs::file_size(file, error) > kLongestEvidence)
        return fail(ErrorCode::Unsupported, "its file is too large to be evidence");
    std::ifstream in(file, std::ios::binary);
    Sha256 hash;
    std::vector<char> part(1 << 20);
    while (in.read(part.data(), std::streamsize(part.size())) || in.gcount() > 0) {
        if (operation.cancelled())
            return cancelledError();
        hash.add({part.data(), std::size_t(in.gcount())});
    }
    return hash.finish();
}

DeskEvidence evidenceOf(const ledger::Subject& input, const fs::path& beside, EpochMs time,
                        const Operation& operation)
{
    DeskEvidence evidence{input.name, kindOf(input.name), input.digest, time, EvidenceState::Recorded, {}};
    auto found = digestOfFile(beside / "reports" / toHex(input.digest) / input.name, operation);
    if (!found) {
        evidence.state = EvidenceState::Missing;
        evidence.remark = found.error().message;
    } else if (*found != input.digest) {
        evidence.state = EvidenceState::Changed;
        evidence.remark = "its file is not the one that was signed";
    } else {
        evidence.state = EvidenceState::Verified;
    }
    return evidence;
}

DeskEvidence modelFiles(ModelLog& log, const Promotion& promotion, const Operation& operation)
{
    const auto& subject = promotion.act.subject;
    DeskEvidence evidence{"Model files",           "files", subject.digest, promotion.act.time,
                          EvidenceState::Recorded, {}};
    auto now = log.digestOf(subject.name, operation);
    if (!now)
        evidence.remark = now.error().message;
    else if (*now == subject.digest)
        evidence.state = EvidenceState::Verified;
    else {
        evidence.state = EvidenceState::Changed;
        evidence.remark = "the files are not those that were asked for";
    }
    if (!now && now.error().code == ErrorCode::NotFound)
        evidence.state = EvidenceState::Missing;
    return evidence;
}

/// What the store says the run read: a name and a label, no proof.
void addDatasets(const Run& run, std::vector<DeskEvidence>& all)
{
    for (const auto& input : run.datasets)
        all.push_back({"Data " + input.dataset.name + " " + input.dataset.digest,
                       "data",
                       {},
                       run.info.startTime,
                       EvidenceState::Claimed,
                       "a label that the store keeps; the data themselves were not "
                       "looked at"});
}

std::vector<DeskReviewer> reviewersOf(const Promotions& promotions, const Promotion& promotion,
                                      const std::vector<DeskKey>& mine)
{
    std::vector<DeskReviewer> all;
    const auto& state = promotions.log().state();
    const auto& rules = state.rules().of(promotion.act.target);
    auto isMine = [&](const std::string& id) {
        return std::any_of(mine.begin(), mine.end(), [&](const DeskKey& key) { return key.id == id; });
    };
    auto decisionOf = [&](const std::string& person) -> const registry::LoggedAct* {
        for (const auto& logged : promotion.history)
            if (logged.act.kind == ledger::ActKind::Decision && logged.person == person && logged.counts)
                return &logged;
        return nullptr;
    };
    for (const auto& key : state.keys().keys()) {
        std::string roles;
        for (const auto& role : rules.approve)
            if (key.has(role))
                roles += (roles.empty() ? "" : ", ") + role;
        auto asked = key.person == promotion.requester, made = key.person == promotion.act.author;
        if (roles.empty() && !asked && !made)
            continue;
        DeskReviewer reviewer{key.person, key.key.id(), roles,  DeskReviewer::Standing::Waiting,
                              {},         {},           kNoTime};
        auto add = [&](const char* word) {
            reviewer.role += (reviewer.role.empty() ? "" : ", ") + std::string(word);
        };
        if (asked)
            add("requester");
        if (made)
            add("author");
        if (isMine(key.key.id()))
            add("you");
        auto why = promotions.whyNotDecide(promotion, key.key.id());
        if (const auto* decision = decisionOf(key.person)) {
            auto approved = decision->act.passed.value_or(false);
            reviewer.standing =
                approved ? DeskReviewer::Standing::Approved : DeskReviewer::Standing::Rejected;
            reviewer.entry = decision->act.index;
            reviewer.time = decision->act.time;
        } else if (!why.empty()) {
            reviewer.standing = DeskReviewer::Standing::CannotDecide;
            reviewer.detail = why;
        } else if (isMine(key.key.id())) {
            reviewer.standing = DeskReviewer::Standing::YourTurn;
        } else {
            reviewer.detail = "no decision yet";
        }
        all.push_back(std::move(reviewer));
    }
    std::stable_sort(all.begin(), all.end(), [](const DeskReviewer& one, const DeskReviewer& other) {
        return one.standing < other.standing;
    });
    return all;
}

std::optional<ModelVersion> versionNumber(const std::vector<ModelVersion>& versions, std::int64_t number)
{
    for (const auto& version : versions)
        if (version.version == number)
            return version;
    return {};
}

std::optional<Run> runOf(Store& store, const std::optional<ModelVersion>& version)
{
    if (!version || version->runId.empty())
        return {};
    auto run = store.tracking->run(version->runId);
    return run ? std::optional(std::move(*run)) : std::nullopt;
}

/// Who the candidate is compared with: who leaves, else who is there, else the model's champion or who is in
/// Production; 0: nobody.
std::int64_t championOf(const Promotion& promotion, const std::vector<ModelVersion>& versions)
{
    if (!promotion.change.leave.empty())
        return *promotion.change.leave.rbegin();
    for (auto number : versionsAt(versions, promotion.change.target))
        if (number != promotion.change.subject())
            return number;
    for (const auto& target : {Target::of(std::string("champion")), Target::of(Stage::Production)})
        for (auto number : versionsAt(versions, target))
            if (number != promotion.change.subject())
                return number;
    return 0;
}

int rank(const DeskClause& clause)
{
    return clause.result.denies()                             ? (clause.waived ? 1 : 0)
           : clause.result.verdict == registry::Verdict::Pass ? 3
                                                              : 2;
}

} // namespace

std::size_t DeskData::count(DeskBox box) const
{
    return std::size_t(
        std::count_if(items.begin(), items.end(), [&](const DeskItem& item) { return item.box == box; }));
}

const DeskItem* DeskData::find(const std::string& promotionId) const
{
    for (const auto& item : items)
        if (item.promotion.id() == promotionId)
            return &item;
    return nullptr;
}

bool DeskCase::lastApproval() const
{
    return item.promotion.approvals.size() + 1 >= item.promotion.approvalsNeeded;
}

std::vector<DeskKey> ownKeys(const ledger::TrustedKeys& trusted)
{
    std::vector<DeskKey> keys;
    auto found = ledger::KeyFolder(ledger::defaultKeyFolder()).list();
    if (!found)
        return keys;
    for (const auto& key : *found) {
        const auto* known = trusted.find(key.key.id());
        const auto& as = known ? *known : key;
        keys.push_back({key.key.name(), key.key.id(), as.person, as.roles, known != nullptr});
    }
    return keys;
}

Result<PromotionAccess> promotionAccess(Store& store)
{
    if (!store.registry)
        return fail(ErrorCode::Unsupported, "This store has no registry");
    auto keys = ledger::readTrustedKeys({});
    if (!keys && keys.error().code != ErrorCode::NotFound)
        return forward(keys);
    return PromotionAccess{*store.tracking, *store.registry, keys ? std::move(*keys) : ledger::TrustedKeys(),
                           ledger::pinOf,   ledger::keepPin, {}};
}

Result<DeskDataPtr> readDesk(Store& store, const Operation& operation)
{
    auto data = std::make_shared<DeskData>();
    if (!store.registry)
        return data;
    SEXTANT_TRY(auto models, modelsWithLog(*store.tracking, operation));
    SEXTANT_TRY(auto access, promotionAccess(store));
    data->trusting = !access.keys.empty();
    for (const auto& model : models) {
        if (operation.cancelled())
            return cancelledError();
        auto promotions = Promotions::open(access, model, operation);
        if (!promotions) {
            data->problems.emplace_back(model, promotions.error().message);
            continue;
        }
        // Keys that a log added count in that log.
        auto mine = ownKeys(promotions->log().state().keys());
        for (auto& promotion : promotions->list())
            data->items.push_back(itemOf(*promotions, std::move(promotion), mine));
    }
    data->keys = ownKeys(access.keys);
    sort(data->items);
    return data;
}

Result<std::vector<DeskGate>> evaluateGates(Store& store, Promotions& promotions, const Promotion& promotion,
                                            const Operation& operation)
{
    std::vector<DeskGate> gates;
    SEXTANT_TRY(auto access, promotionAccess(store));
    for (const auto& standing : promotion.gates) {
        DeskGate gate{standing.name, {}, standing.passed, standing.entry, standing.waivedUntil, {}, {}, {}};
        auto definition = promotions.gateDefinition(promotion.act.target, standing.name);
        auto check = definition ? checkGate(access, promotions, promotion, *definition, {}, {}, operation)
                                : Result<GateCheck>(tl::unexpected(definition.error()));
        if (operation.cancelled())
            return cancelledError();
        if (definition)
            gate.digest = toHex(sha256(*definition));
        if (check) {
            gate.now = std::move(check->result);
            gate.verdict = std::move(check->verdict);
        } else {
            gate.problem = check.error().message;
        }
        gates.push_back(std::move(gate));
    }
    return gates;
}

Result<DeskCasePtr> readCase(Store& store, const std::string& promotionId, const Operation& operation)
{
    SEXTANT_TRY(auto id, parsePromotionId(promotionId));
    SEXTANT_TRY(auto access, promotionAccess(store));
    SEXTANT_TRY(auto promotions, Promotions::open(access, id.first, operation));
    SEXTANT_TRY(auto promotion, promotions.find(id.second));
    auto made = std::make_shared<DeskCase>();
    made->keys = ownKeys(promotions.log().state().keys());
    made->rules = promotions.log().state().rules().of(promotion.act.target);
    made->entries = promotions.log().state().size();
    made->preview = sentences(promotion.change);
    SEXTANT_TRY(auto versions, store.registry->modelVersions(id.first));
    made->candidate = versionNumber(versions, promotion.change.subject());
    made->champion = versionNumber(versions, championOf(promotion, versions));
    made->candidateRun = runOf(store, made->candidate);
    made->championRun = runOf(store, made->champion);

    ModelLog log(*store.tracking, *store.registry, id.first);
    SEXTANT_TRY(auto folder, log.folder());
    for (const auto& input : promotion.act.inputs)
        made->evidence.push_back(
            evidenceOf(input, fs::path(folder).parent_path(), promotion.act.time, operation));
    made->evidence.push_back(modelFiles(log, promotion, operation));
    if (made->candidateRun)
        addDatasets(*made->candidateRun, made->evidence);
    SEXTANT_TRY(made->gates, evaluateGates(store, promotions, promotion, operation));
    for (const auto& gate : made->gates)
        if (gate.now)
            for (const auto& clause : gate.now->clauses)
                made->clauses.push_back({gate.name, clause, gate.waivedUntil.has_value()});
    std::stable_sort(made->clauses.begin(), made->clauses.end(),
                     [](const DeskClause& one, const DeskClause& other) { return rank(one) < rank(other); });
    if (isPending(promotion.state))
        made->changed = promotions.changedSince(promotion, operation);
    made->reviewers = reviewersOf(promotions, promotion, made->keys);
    made->item = itemOf(promotions, std::move(promotion), made->keys);
    made->readAt = now();
    if (operation.cancelled())
        return cancelledError();
    return made;
}

} // namespace sextant
