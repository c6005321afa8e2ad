// Telling others what was done: webhooks that get a JSON text, signed, which Slack shows as well. A notice is
// first put on disk, which never waits for the network; sending is another call. Files of the user's state
// folder; several processes at a time are fine.
#pragma once

#include "core/base/operation.h"
#include "core/base/time.h"
#include "core/ledger/secret.h"

#include <string>
#include <vector>

namespace sextant::registry {

/// "request", "decision", "apply", "withdraw", "emergency", "rollback", "test".
struct Notice
{
    std::string event;
    std::string model;
    std::int64_t version = 0;
    std::string target; // "alias:champion"
    std::string who;
    std::string reason;
    std::string promotion; // "fraud#3"
    std::string store;     // URI
    std::string text;      // one sentence for people; empty: made of the rest
    EpochMs time = 0;      // 0: now
};

struct Webhook
{
    std::string name;
    std::string url;                 // may hold a secret of its own: shown only as hostOf()
    std::vector<std::string> events; // empty: all
};

struct Delivery
{
    std::string id;
    std::string hook;
    std::string event;
    std::string body; // JSON, as it is sent
    EpochMs created = 0;
    EpochMs due = 0; // when it is tried next
    int attempts = 0;
    bool failed = false; // given up
    std::string problem; // of the last attempt; empty before the first
};

struct SendReport
{
    std::size_t delivered = 0;
    std::size_t waiting = 0;
    std::size_t failed = 0;
};

class Notifier
{
public:
    explicit Notifier(std::string folder = defaultFolder()) : m_folder(std::move(folder)) {}
    /// XDG_STATE_HOME or ~/.local/state, /sextant/notify.
    static std::string defaultFolder();

    Result<std::vector<Webhook>> hooks() const;
    /// Errors: AlreadyExists; InvalidArgument for a name or a URL that can't be one.
    Result<void> add(const Webhook& hook);
    /// Error: NotFound. What waits for it is dropped.
    Result<void> remove(const std::string& name);

    /// Puts a delivery for each hook that wants the event on disk; how many.
    Result<std::size_t> enqueue(const Notice& notice);
    /// What waits and what was given up, oldest first.
    Result<std::vector<Delivery>> deliveries() const;

    /// Tries what is due at `time`. Fails nothing else when a hook can't be reached: it is tried again later,
    /// eight times over about a day, then given up and listed. `secret` signs; empty: unsigned. Does nothing
    /// while another process is sending.
    Result<SendReport> send(const ledger::Secret& secret, EpochMs time, const Operation& operation);
    /// Gives what was given up another eight attempts.
    Result<std::size_t> retryFailed(EpochMs time);

private:
    Result<void> keepHooks(const std::vector<Webhook>& hooks);
    Result<void> attempt(Delivery& delivery, const Webhook& hook, const ledger::Secret& secret, EpochMs time,
                         const Operation& operation);

    std::string m_folder;
};

/// Puts a notice on disk for the user's hooks. For callers that did something: a notice that can't be kept
/// must not undo it; the error is for a remark.
Result<void> notify(const Notice& notice);

/// The value of the header X-Sextant-Signature: "sha256=" and, in hex, HMAC-SHA256 with the secret over
/// TIMESTAMP "." BODY, where the timestamp is that of the header X-Sextant-Timestamp, in seconds.
std::string signatureOf(const ledger::Secret& secret, const std::string& timestamp, const std::string& body);

} // namespace sextant::registry
