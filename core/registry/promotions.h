// Promotions: who asks that a version of a model takes a stage or an alias, which gates pass, who agrees, and
// the change itself. Every step is an entry of the model's log. The change goes in this order: a mark that it
// begins, its entry, the registry, the reading back; resume() ends what was killed in between. One thread;
// processes are kept apart by locks.
#pragma once

#include "core/registry/model_log.h"
#include "core/registry/promotion.h"

namespace sextant::registry {

struct PromotionAccess
{
    TrackingStore& tracking;
    RegistryStore& registry;
    ledger::TrustedKeys keys;
    // What this user saw last of a log; empty functions remember nothing.
    std::function<std::optional<std::string>(const std::string& origin)> pinOf;
    std::function<Result<void>(const std::string& origin, std::string_view note)> keepPin;
    // Where folders of logs are written; empty: on this machine's disk.
    std::function<std::shared_ptr<ledger::LogStorage>(const std::string& folder)> storageAt;
};

/// Rules to set: their JSON, and the definitions of gates that they are bound to by digest.
struct NewRules
{
    std::string json;                                      // empty: the built-in ones
    std::map<std::string, std::string, std::less<>> gates; // name -> JSON
    std::string origin;                                    // of a new log; empty: made up
    std::string reason;
};

class Promotions
{
public:
    /// Errors: NotFound when the model has no log; Corrupt when that does not verify.
    static Result<Promotions> open(PromotionAccess access, const std::string& model,
                                   const Operation& operation);
    /// Sets the rules, signed by an admin. Begins the log where there is none: who is at a target that the
    /// rules name is acknowledged as found. Errors: PermissionDenied, Corrupt for rules that are none.
    static Result<Promotions> setRules(PromotionAccess access, const std::string& model,
                                       const NewRules& rules, const ledger::PrivateKey& admin,
                                       const Operation& operation);

    const std::string& model() const { return m_model; }
    const ledger::Log& log() const { return m_log; }
    /// The rules in force, as JSON; empty when the log has none.
    std::string rules() const;
    /// The definition of a gate that the rules are bound to. Error: NotFound.
    Result<std::string> gateDefinition(const std::string& target, const std::string& gate);

    /// The files that speak for a promotion. Errors: NotFound; Corrupt when one is not what was signed.
    Result<std::vector<Evidence>> evidenceOf(const Promotion& promotion);

    const std::vector<LoggedAct>& history() const { return m_history; }
    /// Requests and emergencies, newest first.
    std::vector<Promotion> list() const;
    /// Error: NotFound.
    Result<Promotion> find(std::uint64_t number) const;
    /// Nothing when the key may decide; else why not, in a sentence.
    std::string whyNotDecide(const Promotion& promotion, const std::string& keyId) const;

    /// What it would change now. Errors: NotFound; InvalidArgument when nothing would.
    Result<Change> plan(const PromotionRequest& request);
    /// The previous holder of a target, asked for again. Error: NotFound when there was none.
    Result<PromotionRequest> planRollback(const Target& target, const std::string& reason);
    /// What stands against applying it now, beside the log's obstacles: the registry or the files changed.
    std::vector<std::string> changedSince(const Promotion& promotion, const Operation& operation);

    // Acts. Each returns the promotion as it is afterwards. Errors: PermissionDenied with the rule that
    // refuses; Corrupt when files or log are not what was signed; then nothing was written.
    Result<Promotion> request(const PromotionRequest& request, const ledger::PrivateKey& key,
                              const Operation& operation);
    Result<Promotion> rollback(const Target& target, const std::string& reason, const ledger::PrivateKey& key,
                               const Operation& operation);
    Result<Promotion> recordGate(std::uint64_t number, const GateVerdict& verdict,
                                 const ledger::PrivateKey& key, const Operation& operation);
    Result<Promotion> decide(std::uint64_t number, bool approve, const std::string& reason,
                             const ledger::PrivateKey& key, const Operation& operation);
    Result<Promotion> comment(std::uint64_t number, const std::string& text, const ledger::PrivateKey& key);
    Result<Promotion> withdraw(std::uint64_t number, const std::string& reason,
                               const ledger::PrivateKey& key);
    Result<Promotion> waive(std::uint64_t number, const std::string& gate, const std::string& reason,
                            EpochMs until, const ledger::PrivateKey& key);
    /// Compares the registry with what was asked for, logs, changes, reads back. Errors as above; others once
    /// the entry is written: then resume() goes on.
    Result<Promotion> apply(std::uint64_t number, const ledger::PrivateKey& key, const Operation& operation);
    /// Without approvals and gates, by who may: allowed, and listed in every verdict.
    Result<Promotion> emergency(const PromotionRequest& request, const ledger::PrivateKey& key,
                                const Operation& operation);
    /// Ends what was stopped half way; the number of the promotion it was about, nothing when there was none.
    /// `key` signs a checkpoint where one is missing; without it that is an error.
    Result<std::optional<std::uint64_t>> resume(const ledger::PrivateKey* key, const Operation& operation);
    /// Takes the registry as it is into the log, with the admin's word; the targets that differed.
    Result<std::vector<std::string>> reconcile(const std::string& reason, const ledger::PrivateKey& admin,
                                               const Operation& operation);

    /// What was done, and could not be noted on model and version as a pointer. Emptied by reading.
    std::vector<std::string> takeWarnings() { return std::exchange(m_warnings, {}); }

private:
    /// That a change begins: kept beside the log from before its entry until it was read back.
    struct Mark
    {
        std::uint64_t size = 0; // of the log before the entry
        std::string target;
    };

    Promotions(PromotionAccess access, const std::string& model, ledger::Log log, std::string folder);

    ledger::LogAccess logAccess() const;
    std::shared_ptr<ledger::LogStorage> besideLog() const;
    Result<void> reload(const Operation& operation);
    Result<void> extendHistory();
    Promotion promotionOf(std::uint64_t number, const ledger::RequestState& state) const;
    Promotion emergencyOf(const LoggedAct& logged) const;
    std::string person(const std::string& keyId) const;

    Result<void> unlock();
    void note(std::int64_t version, std::uint64_t index);
    Result<std::uint64_t> append(ledger::Act act, const ledger::PrivateKey& key,
                                 const ledger::Log::Condition& allowed = {});
    Result<ledger::Act> actOn(std::uint64_t number, ledger::ActKind kind, const std::string& reason);
    Result<Promotion> appendTo(std::uint64_t number, ledger::Act act, const ledger::PrivateKey& key);
    Result<Promotion> ask(const PromotionRequest& request, std::optional<std::uint64_t> rollbackOf,
                          const ledger::PrivateKey& key, const Operation& operation);
    Result<std::vector<ledger::Subject>> keepEvidence(const std::vector<Evidence>& evidence);
    Result<void> checkFiles(const Promotion& promotion, const Operation& operation);

    /// Logs the change, makes it and reads it back, under the mark.
    Result<std::uint64_t> carryOut(ledger::Act act, const Change& change, const ledger::PrivateKey& key);
    Result<void> finish(const ledger::Act& transition);
    Result<std::optional<std::uint64_t>> finishMarked(const ledger::PrivateKey* key);
    const LoggedAct* markedTransition() const;
    Result<void> readMark();
    Result<void> dropMark();
    std::string logDifference(const ledger::Replay& replay, const Change& change) const;
    Result<std::vector<std::string>> acknowledge(const std::string& reason, const ledger::PrivateKey& admin,
                                                 const Operation& operation);

    PromotionAccess m_access;
    std::string m_model;
    ModelLog m_place;
    ledger::Log m_log;
    std::string m_folder; // of the log
    ledger::Replay m_replay;
    std::vector<LoggedAct> m_history;
    std::optional<Mark> m_mark;
    std::vector<std::string> m_warnings;
};

} // namespace sextant::registry
