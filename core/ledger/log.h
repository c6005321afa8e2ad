// Log: appending to a log and proving what is in it. Refuses to go on from a log that does not verify, and to
// write what a verifier would not count. One thread; several processes at a time are kept apart.
#pragma once

#include "core/ledger/log_proof.h"
#include "core/ledger/verify.h"

namespace sextant::ledger {

struct LogAccess
{
    std::shared_ptr<LogStorage> storage;
    TrustedKeys keys;
    std::string origin;             // empty: the one it has
    std::optional<std::string> pin; // a checkpoint seen before
};

class Log
{
public:
    /// Begins a log with its rules, signed by an admin. Errors: AlreadyExists; PermissionDenied when the key
    /// is no admin's; Corrupt for rules that are none.
    static Result<Log> start(const LogAccess& access, const std::string& rules, const std::string& reason,
                             const PrivateKey& admin);
    /// Errors: NotFound; Corrupt when it does not verify, with the first thing that is wrong.
    static Result<Log> open(const LogAccess& access, const Operation& operation);

    const Replay& state() const { return *m_seen.state; }
    const Checkpoint& checkpoint() const { return m_checkpoint; }
    /// The checkpoint as a note: what to pin.
    const std::string& note() const { return m_checkpointText; }
    /// Entries that are not under the checkpoint: a writer was stopped between the two.
    std::uint64_t pending() const { return m_seen.tree.size() - m_checkpoint.size; }

    /// Signs and appends; place, actor and, where it is 0, time are filled in. Returns the index. What others
    /// wrote meanwhile is read first; `allowed` may look at it and refuse. Errors: PermissionDenied when it
    /// would not count, with the reason; Locked; Io: then nothing was written, or an entry that the next
    /// writer or resume() puts under a checkpoint.
    using Condition = std::function<Result<void>(const Replay&)>;
    Result<std::uint64_t> append(Act act, const PrivateKey& key, const Condition& allowed = {});
    /// Puts entries under the checkpoint that a stopped writer left.
    Result<void> resume(const PrivateKey& key);
    /// Signs the checkpoint as a witness; it is kept beside the log. Error: PermissionDenied when the key is
    /// no witness's.
    Result<void> witness(const PrivateKey& key, EpochMs time);

    /// Errors: NotFound.
    Result<std::string> entry(std::uint64_t index) const;
    Result<LogProof> prove(std::uint64_t index) const;

private:
    explicit Log(LogAccess access) : m_access(std::move(access)) {}

    Result<void> load(const Operation& operation);
    /// Reads again when somebody else wrote.
    Result<void> refresh();
    Result<std::string> entryText(Act& act, const PrivateKey& key);
    Result<bool> place(const std::string& entry, const std::string& name, std::uint64_t index);
    Result<void> seal(const PrivateKey& key);

    LogAccess m_access;
    Verification m_seen;
    Checkpoint m_checkpoint;
    std::string m_checkpointText;
    std::vector<std::string> m_names; // of the entries' files
};

} // namespace sextant::ledger
