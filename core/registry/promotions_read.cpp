// What is in the log of a model, as promotions.
#include "core/base/strict_json.h"
#include "core/ledger/folder_storage.h"
#include "core/registry/promotions.h"

#include <algorithm>
#include <filesystem>

namespace sextant::registry {

using namespace ledger;

namespace {

constexpr const char* kRollbackOf = "rollback_of";
constexpr std::size_t kMostEvidence = std::size_t{1} << 27;

/// What a judgement says, without the entry's number, which is shown anyway.
std::string remarkOf(const Judgement& judgement, std::uint64_t index)
{
    std::string remark;
    auto prefix = "Entry " + std::to_string(index) + ": ";
    for (const auto& finding : judgement.findings) {
        if (finding.standing == Standing::Passed)
            continue;
        std::string_view message = finding.message;
        if (message.starts_with(prefix))
            message.remove_prefix(prefix.size());
        remark += (remark.empty() ? "" : "; ") + std::string(message);
    }
    return remark;
}

std::optional<std::uint64_t> rollbackOf(const Act& act)
{
    if (act.details.empty())
        return {};
    auto details = parseStrictJson(act.details, "The request");
    if (!details || !details->is_object() || !details->contains(kRollbackOf))
        return {};
    const auto& number = (*details)[kRollbackOf];
    return number.is_number_unsigned() ? std::optional(number.get<std::uint64_t>()) : std::nullopt;
}

PromotionState stateOf(const RequestState& state, const std::vector<std::string>& obstacles, EpochMs time)
{
    if (state.applied)
        return PromotionState::Applied;
    if (state.rejected)
        return PromotionState::Rejected;
    if (state.withdrawn)
        return PromotionState::Withdrawn;
    if (state.act.expires && time >= *state.act.expires)
        return PromotionState::Expired;
    return obstacles.empty() ? PromotionState::Ready : PromotionState::Open;
}

std::vector<GateStanding> gatesOf(const RequestState& state, const TargetRules& rules)
{
    std::vector<GateStanding> gates;
    auto named = [&](const std::string& name) -> GateStanding& {
        auto found = std::find_if(gates.begin(), gates.end(),
                                  [&](const GateStanding& gate) { return gate.name == name; });
        return found == gates.end() ? gates.emplace_back(GateStanding{.name = name}) : *found;
    };
    for (const auto& gate : rules.gates)
        named(gate).required = true;
    for (const auto& [gate, passed] : state.gates)
        named(gate).passed = passed;
    for (const auto& [gate, until] : state.waivers)
        named(gate).waivedUntil = until;
    return gates;
}

} // namespace

Promotions::Promotions(PromotionAccess access, const std::string& model, Log log, std::string folder)
    : m_access(std::move(access)), m_model(model), m_place(m_access.tracking, m_access.registry, model),
      m_log(std::move(log)), m_folder(std::move(folder)), m_replay(m_log.state().origin(), m_access.keys)
{
}

Result<Promotions> Promotions::open(PromotionAccess access, const std::string& model,
                                    const Operation& operation)
{
    ModelLog place(access.tracking, access.registry, model);
    SEXTANT_TRY(auto folder, place.folder());
    auto storage = access.storageAt ? access.storageAt(folder) : std::make_shared<FolderStorage>(folder);
    LogAccess logAccess{storage, access.keys, {}, {}};
    if (access.pinOf) {
        auto text = storage->read(kCheckpointFile, kMostNoteBytes);
        auto note = text ? parseNote(*text, "The checkpoint") : forward(text);
        auto checkpoint =
            note ? parseCheckpoint(note->text, "The checkpoint") : Result<Checkpoint>(forward(note));
        if (checkpoint) {
            logAccess.origin = checkpoint->origin;
            logAccess.pin = access.pinOf(checkpoint->origin);
        }
    }
    SEXTANT_TRY(auto log, Log::open(logAccess, operation));
    Promotions promotions(std::move(access), model, std::move(log), std::move(folder));
    SEXTANT_CHECK(promotions.extendHistory());
    SEXTANT_CHECK(promotions.readMark());
    return promotions;
}

LogAccess Promotions::logAccess() const
{
    auto storage =
        m_access.storageAt ? m_access.storageAt(m_folder) : std::make_shared<FolderStorage>(m_folder);
    // Never on from a history that is not the one seen.
    return {std::move(storage), m_access.keys, m_log.state().origin(), m_log.note()};
}

std::shared_ptr<LogStorage> Promotions::besideLog() const
{
    auto folder = std::filesystem::path(m_folder).parent_path().string();
    return m_access.storageAt ? m_access.storageAt(folder) : std::make_shared<FolderStorage>(folder);
}

Result<void> Promotions::reload(const Operation& operation)
{
    SEXTANT_TRY(m_log, Log::open(logAccess(), operation));
    SEXTANT_CHECK(extendHistory());
    return readMark();
}

Result<void> Promotions::extendHistory()
{
    while (m_replay.size() < m_log.state().size()) {
        auto index = m_replay.size();
        SEXTANT_TRY(auto text, m_log.entry(index));
        LoggedAct logged{.leaf = leafHash(text)};
        auto judgement = m_replay.take(text, logged.leaf);
        logged.counts = judgement.counts;
        logged.remark = remarkOf(judgement, index);
        if (judgement.act)
            logged.act = std::move(*judgement.act);
        logged.act.index = index;
        logged.person = person(logged.act.actor);
        m_history.push_back(std::move(logged));
    }
    return {};
}

std::string Promotions::person(const std::string& keyId) const
{
    const auto* key = m_replay.keys().find(keyId);
    return key ? key->person : "";
}

std::string Promotions::rules() const
{
    for (auto logged = m_history.rbegin(); logged != m_history.rend(); ++logged)
        if (logged->act.kind == ActKind::Rules && logged->counts)
            return logged->act.details;
    return {};
}

Result<std::string> Promotions::gateDefinition(const std::string& target, const std::string& gate)
{
    const auto& definitions = m_replay.rules().of(target).definitions;
    auto found = definitions.find(gate);
    if (found == definitions.end())
        return fail(ErrorCode::NotFound,
                    "The rules of " + m_model + " hold no definition of the gate '" + gate + "'",
                    "Name its file with --gate");
    auto hex = toHex(found->second);
    SEXTANT_TRY(auto text, besideLog()->read("gates/" + hex + ".json", std::size_t{1} << 20));
    if (sha256(text) != found->second)
        return fail(ErrorCode::Corrupt, "The gate '" + gate + "' is not the one that the rules name",
                    "Its file was changed beside the log");
    return text;
}

Result<std::vector<Evidence>> Promotions::evidenceOf(const Promotion& promotion)
{
    std::vector<Evidence> all;
    auto beside = besideLog();
    for (const auto& input : promotion.act.inputs) {
        SEXTANT_TRY(auto content,
                    beside->read("reports/" + toHex(input.digest) + "/" + input.name, kMostEvidence));
        if (sha256(content) != input.digest)
            return fail(ErrorCode::Corrupt, "The evidence " + input.name + " is not what was signed",
                        "Its file was changed beside the log");
        all.push_back({input.name, std::move(content)});
    }
    return all;
}

Promotion Promotions::promotionOf(std::uint64_t number, const RequestState& state) const
{
    Promotion promotion{.model = m_model, .number = number, .act = state.act, .requester = state.requester};
    const auto& rules = m_replay.rules().of(state.act.target);
    promotion.approvals = state.approvals;
    promotion.approvalsNeeded = rules.approvals;
    promotion.applied = state.applied;
    promotion.rollbackOf = rollbackOf(state.act);
    promotion.gates = gatesOf(state, rules);
    if (state.open())
        promotion.obstacles = m_replay.obstacles(state, now());
    promotion.state = stateOf(state, promotion.obstacles, now());
    if (auto change = changeOf(state.act, m_model))
        promotion.change = std::move(*change);
    else
        promotion.obstacles.push_back(change.error().message);
    for (const auto& logged : m_history) {
        if (logged.act.index != number && logged.act.request != number)
            continue;
        promotion.history.push_back(logged);
        if (logged.act.kind == ActKind::Gate && logged.counts)
            for (auto& gate : promotion.gates)
                if (gate.name == logged.act.gate)
                    gate.entry = logged.act.index;
    }
    if (const auto* marked = markedTransition(); marked && promotion.applied == marked->act.index)
        promotion.state = PromotionState::Unfinished;
    return promotion;
}

Promotion Promotions::emergencyOf(const LoggedAct& logged) const
{
    Promotion promotion{.model = m_model,
                        .number = logged.act.index,
                        .state = PromotionState::Applied,
                        .emergency = true,
                        .act = logged.act,
                        .requester = logged.person};
    promotion.applied = logged.act.index;
    if (auto change = changeOf(logged.act, m_model))
        promotion.change = std::move(*change);
    for (const auto& other : m_history)
        if (other.act.index == logged.act.index || other.act.request == logged.act.index)
            promotion.history.push_back(other);
    if (const auto* marked = markedTransition(); marked && marked->act.index == logged.act.index)
        promotion.state = PromotionState::Unfinished;
    return promotion;
}

std::vector<Promotion> Promotions::list() const
{
    std::vector<Promotion> all;
    for (auto logged = m_history.rbegin(); logged != m_history.rend(); ++logged) {
        auto state = m_replay.requests().find(logged->act.index);
        if (state != m_replay.requests().end())
            all.push_back(promotionOf(state->first, state->second));
        else if (logged->act.kind == ActKind::Transition && logged->act.emergency)
            all.push_back(emergencyOf(*logged));
    }
    return all;
}

Result<Promotion> Promotions::find(std::uint64_t number) const
{
    auto state = m_replay.requests().find(number);
    if (state != m_replay.requests().end())
        return promotionOf(number, state->second);
    if (number < m_history.size() && m_history[number].act.kind == ActKind::Transition &&
        m_history[number].act.emergency)
        return emergencyOf(m_history[number]);
    return fail(ErrorCode::NotFound, "There is no promotion " + m_model + "#" + std::to_string(number),
                "`sextant promotions list` shows them");
}

std::string Promotions::whyNotDecide(const Promotion& promotion, const std::string& keyId) const
{
    if (!isPending(promotion.state))
        return promotion.id() + " is " + std::string(toText(promotion.state));
    const auto* key = m_replay.keys().find(keyId);
    if (!key || !key->validAt(m_replay.origin(), m_replay.size()))
        return "the key " + keyId + " is not trusted here";
    const auto& wanted = m_replay.rules().of(promotion.act.target).approve;
    if (std::none_of(wanted.begin(), wanted.end(), [&](const std::string& role) { return key->has(role); }))
        return key->person + " has no role that may approve";
    if (key->person == promotion.requester)
        return key->person + " made the request";
    if (key->person == promotion.act.author)
        return key->person + " made the version";
    return promotion.approvals.contains(key->person) ? key->person + " approved already" : "";
}

Result<PromotionRequest> Promotions::planRollback(const Target& target, const std::string& reason)
{
    for (auto logged = m_history.rbegin(); logged != m_history.rend(); ++logged) {
        const auto& act = logged->act;
        if (act.kind != ActKind::Transition || act.target != target.text() || !logged->counts)
            continue;
        SEXTANT_TRY(auto change, changeOf(act, m_model));
        if (change.leave.empty())
            break;
        auto version = *change.leave.rbegin();
        auto digest = m_replay.digests().find(subjectName(m_model, version));
        SEXTANT_TRY(auto now, m_place.digestOf(subjectName(m_model, version), {}));
        if (digest != m_replay.digests().end() && digest->second != now)
            return fail(ErrorCode::Corrupt,
                        "The files of " + m_model + " v" + std::to_string(version) +
                            " are not those that were approved before",
                        "Ask for the version as it is with `sextant promotions request`");
        return PromotionRequest{.version = version, .target = target, .reason = reason};
    }
    return fail(ErrorCode::NotFound,
                "By the log nobody was at " + target.words() + " of " + m_model + " before",
                "Ask for a version with `sextant promotions request`");
}

} // namespace sextant::registry
