// The acts of people on a promotion, each an entry.
#include "core/registry/promotions.h"

#include "core/base/strict_json.h"
#include "core/ledger/folder_storage.h"

#include <algorithm>

namespace sextant::registry {

using namespace ledger;

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kBuiltInRules = R"({"schema":"sextant.rules/1","targets":{"*":{}}})";

tl::unexpected<Error> noReason()
{
    return fail(ErrorCode::InvalidArgument, "This needs a reason: it is what is read years later",
                "Give one with --reason");
}

/// Rules whose gates name the definitions by digest.
Result<std::string> bound(const NewRules& rules)
{
    std::string json = rules.json.empty() ? kBuiltInRules : rules.json;
    SEXTANT_CHECK(Rules::parse(json, "The rules"));
    SEXTANT_TRY(auto document, parseStrictJson(json, "The rules"));
    for (auto& target : document["targets"]) {
        auto gates = target.find("gates");
        if (gates == target.end())
            continue;
        for (auto& gate : *gates) {
            auto name = gate.is_string() ? gate.get<std::string>() : std::string();
            if (auto definition = rules.gates.find(name); definition != rules.gates.end())
                gate = Json{{"name", name}, {"sha256", toHex(sha256(definition->second))}};
        }
    }
    return document.dump();
}

/// A name that can be one of a file in a folder.
bool isFileName(const std::string& name)
{
    return !name.empty() && name != "." && name != ".." && std::none_of(name.begin(), name.end(), [](char c) {
        return c == '/' || c == '\\' || static_cast<unsigned char>(c) < ' ';
    });
}

Result<void> keep(LogStorage& storage, const std::string& path, const std::string& content)
{
    auto kept = storage.create(path, content);
    if (!kept && kept.error().code != ErrorCode::AlreadyExists)
        return kept;
    return {};
}

} // namespace

namespace {

Result<void> beginLog(const PromotionAccess& access, const std::string& model, const NewRules& rules,
                      const std::string& json, const PrivateKey& admin)
{
    const auto* known = access.keys.find(admin.publicKey().id());
    if (!known || !known->has(kAdmin)) // before anything is made in the store
        return fail(ErrorCode::PermissionDenied,
                    "The key " + admin.publicKey().id() + " is no admin's and can't begin a log",
                    "`sextant keys list` shows who is");
    ModelLog place(access.tracking, access.registry, model);
    SEXTANT_TRY(auto origin, place.prepare(rules.origin));
    SEXTANT_TRY(auto folder, place.artifactFolder());
    folder += std::string("/") + kLogFolder;
    auto storage = access.storageAt ? access.storageAt(folder) : std::make_shared<FolderStorage>(folder);
    SEXTANT_CHECK(Log::start({storage, access.keys, origin, {}}, json, rules.reason, admin));
    return {};
}

} // namespace

Result<Promotions> Promotions::setRules(PromotionAccess access, const std::string& model,
                                        const NewRules& rules, const PrivateKey& admin,
                                        const Operation& operation)
{
    SEXTANT_TRY(auto json, bound(rules));
    SEXTANT_CHECK(access.tracking.unlock());
    SEXTANT_CHECK(access.registry.unlock());
    auto there = open(access, model, operation);
    bool begins = !there && there.error().code == ErrorCode::NotFound;
    if (begins)
        SEXTANT_CHECK(beginLog(access, model, rules, json, admin));
    SEXTANT_TRY(auto promotions, begins ? open(access, model, operation) : std::move(there));
    auto beside = promotions.besideLog();
    for (const auto& [name, definition] : rules.gates)
        SEXTANT_CHECK(keep(*beside, "gates/" + toHex(sha256(definition)) + ".json", definition));
    if (begins) {
        SEXTANT_CHECK(promotions.acknowledge("As it was when the log began", admin, operation));
        promotions.note(0, 0);
        return promotions;
    }
    Act act{
        .kind = ActKind::Rules, .subject = {"rules", sha256(json)}, .reason = rules.reason, .details = json};
    SEXTANT_CHECK(promotions.append(std::move(act), admin));
    return promotions;
}

Result<void> Promotions::unlock()
{
    SEXTANT_CHECK(m_access.tracking.unlock());
    return m_access.registry.unlock();
}

Result<std::uint64_t> Promotions::append(Act act, const PrivateKey& key, const Log::Condition& allowed)
{
    SEXTANT_CHECK(unlock());
    auto version = versionOf(m_model, act.subject.name).value_or(0);
    SEXTANT_TRY(auto index, m_log.append(std::move(act), key, allowed));
    SEXTANT_CHECK(extendHistory());
    note(version, index);
    return index;
}

/// The entry stands; what remembers it and points at it can be put right later.
void Promotions::note(std::int64_t version, std::uint64_t index)
{
    auto warn = [&](const Result<void>& done) {
        if (!done)
            m_warnings.push_back(done.error().message);
    };
    if (m_access.keepPin)
        warn(m_access.keepPin(m_log.state().origin(), m_log.note()));
    warn(m_place.point(m_log, version, index));
}

Result<Act> Promotions::actOn(std::uint64_t number, ActKind kind, const std::string& reason)
{
    SEXTANT_TRY(auto promotion, find(number));
    if (reason.empty())
        return noReason();
    return Act{.kind = kind, .subject = promotion.act.subject, .reason = reason, .request = number};
}

Result<Promotion> Promotions::appendTo(std::uint64_t number, Act act, const PrivateKey& key)
{
    SEXTANT_CHECK(append(std::move(act), key));
    return find(number);
}

Result<Change> Promotions::plan(const PromotionRequest& request)
{
    SEXTANT_TRY(auto versions, m_place.versions());
    return planChange(versions, m_model, request.version, request.target, request.archiveExisting);
}

Result<std::vector<Subject>> Promotions::keepEvidence(const std::vector<Evidence>& evidence)
{
    std::vector<Subject> inputs;
    auto beside = besideLog();
    for (const auto& file : evidence) {
        if (!isFileName(file.name))
            return fail(ErrorCode::InvalidArgument, "'" + file.name + "' can't name a file of evidence");
        auto digest = sha256(file.content);
        SEXTANT_CHECK(keep(*beside, "reports/" + toHex(digest) + "/" + file.name, file.content));
        inputs.push_back({file.name, digest});
    }
    return inputs;
}

Result<Promotion> Promotions::ask(const PromotionRequest& request, std::optional<std::uint64_t> rollbackOf,
                                  const PrivateKey& key, const Operation& operation)
{
    if (request.reason.empty())
        return noReason();
    if (request.expires && *request.expires <= now())
        return fail(ErrorCode::InvalidArgument, "The request would have expired already",
                    "--expires takes a moment in the future, or a span like 14d");
    SEXTANT_TRY(auto change, plan(request));
    Act act{.kind = ActKind::Request,
            .subject = {subjectName(m_model, change.subject()), {}},
            .reason = request.reason,
            .expires = request.expires};
    if (rollbackOf)
        act.details = Json{{"rollback_of", *rollbackOf}}.dump();
    describe(change, act);
    for (const auto& other : list())
        if (isPending(other.state) && other.act.target == act.target && other.act.to == act.to &&
            other.act.from == act.from)
            return fail(ErrorCode::AlreadyExists, other.id() + " asks for the same already",
                        "`sextant promotions show '" + other.id() + "'` shows what it waits for");
    SEXTANT_TRY(act.subject.digest, m_place.digestOf(act.subject.name, operation));
    SEXTANT_TRY(act.author, m_place.authorOf(act.subject.name));
    SEXTANT_CHECK(unlock());
    SEXTANT_TRY(act.inputs, keepEvidence(request.evidence));
    SEXTANT_TRY(auto number, append(std::move(act), key));
    return find(number);
}

Result<Promotion> Promotions::request(const PromotionRequest& request, const PrivateKey& key,
                                      const Operation& operation)
{
    return ask(request, {}, key, operation);
}

Result<Promotion> Promotions::rollback(const Target& target, const std::string& reason, const PrivateKey& key,
                                       const Operation& operation)
{
    SEXTANT_TRY(auto request, planRollback(target, reason));
    auto last = std::find_if(m_history.rbegin(), m_history.rend(), [&](const LoggedAct& logged) {
        return logged.act.kind == ActKind::Transition && logged.act.target == target.text() && logged.counts;
    });
    return ask(request, last->act.index, key, operation);
}

Result<void> Promotions::checkFiles(const Promotion& promotion, const Operation& operation)
{
    SEXTANT_TRY(auto digest, m_place.digestOf(promotion.act.subject.name, operation));
    if (digest == promotion.act.subject.digest)
        return {};
    return fail(ErrorCode::Corrupt,
                "The files of '" + promotion.act.subject.name + "' changed since " + promotion.id() +
                    " was asked for",
                "Withdraw it, and ask for the version as it is now");
}

Result<Promotion> Promotions::recordGate(std::uint64_t number, const GateVerdict& verdict,
                                         const PrivateKey& key, const Operation& operation)
{
    SEXTANT_TRY(auto promotion, find(number));
    SEXTANT_CHECK(checkFiles(promotion, operation));
    SEXTANT_CHECK(unlock());
    auto inputs = verdict.inputs;
    if (!verdict.facts.empty()) {
        inputs.push_back({"facts", sha256(verdict.facts)});
        SEXTANT_CHECK(keep(*besideLog(), "facts/" + toHex(inputs.back().digest) + ".json", verdict.facts));
    }
    return appendTo(number,
                    {.kind = ActKind::Gate,
                     .subject = promotion.act.subject,
                     .inputs = std::move(inputs),
                     .request = number,
                     .gate = verdict.gate,
                     .passed = verdict.passed,
                     .details = verdict.details},
                    key);
}

Result<Promotion> Promotions::decide(std::uint64_t number, bool approve, const std::string& reason,
                                     const PrivateKey& key, const Operation& operation)
{
    SEXTANT_TRY(auto promotion, find(number));
    if (promotion.state == PromotionState::Expired)
        return fail(ErrorCode::PermissionDenied,
                    promotion.id() + " expired " + formatIso(*promotion.act.expires),
                    "Ask anew with `sextant promotions request`");
    SEXTANT_TRY(auto act, actOn(number, ActKind::Decision, reason));
    act.passed = approve;
    if (approve)
        SEXTANT_CHECK(checkFiles(promotion, operation));
    return appendTo(number, std::move(act), key);
}

Result<Promotion> Promotions::comment(std::uint64_t number, const std::string& text, const PrivateKey& key)
{
    SEXTANT_TRY(auto act, actOn(number, ActKind::Comment, text));
    return appendTo(number, std::move(act), key);
}

Result<Promotion> Promotions::withdraw(std::uint64_t number, const std::string& reason, const PrivateKey& key)
{
    SEXTANT_TRY(auto act, actOn(number, ActKind::Withdrawal, reason));
    return appendTo(number, std::move(act), key);
}

Result<Promotion> Promotions::waive(std::uint64_t number, const std::string& gate, const std::string& reason,
                                    EpochMs until, const PrivateKey& key)
{
    SEXTANT_TRY(auto promotion, find(number));
    if (until <= now())
        return fail(ErrorCode::InvalidArgument, "The waiver would have expired already",
                    "--until takes a moment in the future, or a span like 14d");
    if (std::none_of(promotion.gates.begin(), promotion.gates.end(),
                     [&](const GateStanding& standing) { return standing.name == gate; }))
        return fail(ErrorCode::NotFound, promotion.id() + " has no gate '" + gate + "'",
                    "`sextant promotions show '" + promotion.id() + "'` lists them");
    SEXTANT_TRY(auto act, actOn(number, ActKind::Waiver, reason));
    act.gate = gate;
    act.expires = until;
    return appendTo(number, std::move(act), key);
}

} // namespace sextant::registry
