#include "core/ledger/log.h"

#include <algorithm>
#include <array>

namespace sextant::ledger {

namespace {

constexpr int kAttempts = 8;

/// Checks whose failing means that what is there was tampered with; the others speak of acts that do not
/// count, and a log with such must still take the act that puts them right.
bool concernsIntegrity(const std::string& check)
{
    constexpr std::array kChecks = {"keys", "files",     "fork",  "tree",   "checkpoint",
                                    "pin",  "signature", "place", "witness"};
    return std::find(kChecks.begin(), kChecks.end(), check) != kChecks.end();
}

std::string entryPath(const std::string& name)
{
    return std::string(kEntriesFolder) + "/" + name;
}

tl::unexpected<Error> notCounted(const Judgement& judgement)
{
    auto said = std::find_if(judgement.findings.begin(), judgement.findings.end(),
                             [](const Finding& finding) { return finding.standing != Standing::Passed; });
    return fail(ErrorCode::PermissionDenied,
                said == judgement.findings.end() ? "This act would not count" : said->message,
                "Nothing was written");
}

/// A beginning that was stopped before its checkpoint was there: nobody ever saw that log.
Result<void> removeUnsealedStart(LogStorage& storage)
{
    SEXTANT_TRY(auto there, storage.list(""));
    if (there != std::vector<std::string>{std::string(kEntriesFolder) + "/"})
        return {};
    SEXTANT_TRY(auto entries, storage.list(kEntriesFolder));
    if (entries.size() == 1 && entries.front().starts_with("00000000-"))
        SEXTANT_CHECK(storage.remove(entryPath(entries.front())));
    return {};
}

/// A note that holds the checkpoint and the lines of both, each once.
Note merged(Note note, const Note& other)
{
    for (const auto& line : other.signatures) {
        bool there =
            std::any_of(note.signatures.begin(), note.signatures.end(), [&](const NoteSignature& mine) {
                return mine.name == line.name && mine.keyId == line.keyId;
            });
        if (!there)
            note.signatures.push_back(line);
    }
    return note;
}

} // namespace

Result<Log> Log::start(const LogAccess& access, const std::string& rules, const std::string& reason,
                       const PrivateKey& admin)
{
    if (!isOrigin(access.origin))
        return fail(ErrorCode::InvalidArgument, "'" + access.origin + "' can't be the origin of a log",
                    "Use a name without blanks and '+', like risk-team/fraud");
    SEXTANT_CHECK(Rules::parse(rules, "The rules"));
    Log log(access);
    {
        SEXTANT_TRY(auto lock, access.storage->lock());
        SEXTANT_CHECK(removeUnsealedStart(*access.storage));
        SEXTANT_TRY(auto there, access.storage->list(""));
        SEXTANT_TRY(auto entries, access.storage->list(kEntriesFolder));
        if (!entries.empty() || there.size() > 1 || (there.size() == 1 && there.front() != "entries/"))
            return fail(ErrorCode::AlreadyExists, access.storage->name() + " is not empty",
                        "A log begins in an empty folder, or in none");
        log.m_checkpoint.origin = access.origin;
        log.m_seen.state.emplace(access.origin, access.keys);
        Act act{.kind = ActKind::Rules,
                .time = now(),
                .subject = {"rules", sha256(rules)},
                .reason = reason,
                .details = rules};
        SEXTANT_TRY(auto entry, log.entryText(act, admin));
        auto name = entryFileName(0, leafHash(entry));
        SEXTANT_TRY(bool placed, log.place(entry, name, 0));
        if (!placed)
            return fail(ErrorCode::Locked, "Somebody else begins this log at this moment",
                        "Look at it first");
        log.m_seen.tree.append(leafHash(entry));
        SEXTANT_CHECK(log.seal(admin));
    }
    return open(access, {});
}

Result<Log> Log::open(const LogAccess& access, const Operation& operation)
{
    Log log(access);
    SEXTANT_CHECK(log.load(operation));
    return log;
}

Result<void> Log::load(const Operation& operation)
{
    SEXTANT_TRY(auto files, readLogFiles(*m_access.storage, operation));
    VerifyOptions options{.keys = m_access.keys, .pin = m_access.pin};
    if (!m_access.origin.empty())
        options.origin = m_access.origin;
    SEXTANT_TRY(m_seen, verifyLog(files, options, operation));
    for (const auto& finding : m_seen.findings)
        if (finding.standing == Standing::Failed && concernsIntegrity(finding.check))
            return fail(ErrorCode::Corrupt,
                        "The log in " + m_access.storage->name() + " does not verify: " + finding.message,
                        "`sextant audit verify` shows everything that is wrong; nothing was written");
    SEXTANT_TRY(auto note, parseNote(*files.checkpoint, "The checkpoint"));
    SEXTANT_TRY(m_checkpoint, parseCheckpoint(note.text, "The checkpoint"));
    m_checkpointText = *files.checkpoint;
    m_names.clear();
    for (const auto& entry : files.entries)
        m_names.push_back(entry.name);
    return {};
}

Result<void> Log::refresh()
{
    SEXTANT_TRY(auto names, m_access.storage->list(kEntriesFolder));
    SEXTANT_TRY(auto text, m_access.storage->read(kCheckpointFile, kMostNoteBytes));
    if (names == m_names && text == m_checkpointText)
        return {};
    auto before = m_checkpointText;
    auto earlierPin =
        std::exchange(m_access.pin, before); // never go on from a history that is not the one seen
    auto loaded = load({});
    m_access.pin = std::move(earlierPin);
    return loaded;
}

/// The signed entry at the end of what is known; refused when a verifier would not count it.
Result<std::string> Log::entryText(Act& act, const PrivateKey& key)
{
    const auto& state = *m_seen.state;
    act.index = state.size();
    act.previous = state.lastLeaf();
    act.origin = state.origin();
    act.actor = key.publicKey().id();
    if (act.time == 0)
        act.time = now();
    Envelope envelope{std::string(kStatementPayload), {}, {}};
    SEXTANT_TRY(envelope.payload, formatAct(act));
    SEXTANT_CHECK(addSignature(envelope, key));
    SEXTANT_TRY(auto text, formatEnvelope(envelope));
    auto after = state;
    auto judgement = after.take(text, leafHash(text));
    if (!judgement.counts)
        return notCounted(judgement);
    m_seen.state = std::move(after);
    return text;
}

/// False when another writer took the place; then ours is gone again.
Result<bool> Log::place(const std::string& entry, const std::string& name, std::uint64_t index)
{
    auto& storage = *m_access.storage;
    SEXTANT_CHECK(storage.create(entryPath(name), entry));
    SEXTANT_TRY(auto names, storage.list(kEntriesFolder));
    auto beginning = name.substr(0, name.find('-') + 1);
    bool alone = std::none_of(names.begin(), names.end(), [&](const std::string& other) {
        return other != name && other.starts_with(beginning);
    });
    auto checkpoint = storage.read(kCheckpointFile, kMostNoteBytes);
    bool unmoved = checkpoint ? *checkpoint == m_checkpointText : index == 0;
    if (alone && unmoved)
        return true;
    // Where there is no lock, two may have written at once: ours is not under a checkpoint and goes.
    SEXTANT_CHECK(storage.remove(entryPath(name)));
    return false;
}

Result<void> Log::seal(const PrivateKey& key)
{
    Checkpoint next{m_checkpoint.origin, m_seen.tree.size(), m_seen.tree.root()};
    SEXTANT_TRY(auto note, signCheckpoint(next, key));
    auto text = formatNote(note);
    SEXTANT_CHECK(m_access.storage->replace(kCheckpointFile, text));
    m_checkpoint = next;
    m_checkpointText = text;
    return {};
}

Result<std::uint64_t> Log::append(Act act, const PrivateKey& key, const Condition& allowed)
{
    SEXTANT_TRY(auto lock, m_access.storage->lock());
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        SEXTANT_CHECK(refresh());
        if (allowed)
            SEXTANT_CHECK(allowed(state()));
        auto before = m_seen.state;
        SEXTANT_TRY(auto entry, entryText(act, key));
        auto leaf = leafHash(entry);
        auto name = entryFileName(act.index, leaf);
        auto placed = place(entry, name, act.index);
        if (!placed || !*placed) {
            m_seen.state = std::move(before);
            if (!placed)
                return forward(placed);
            continue;
        }
        m_seen.tree.append(leaf);
        m_names.push_back(name);
        SEXTANT_CHECK(seal(key));
        return act.index;
    }
    return fail(ErrorCode::Locked, "Others are writing this log all the time",
                "Try again in a moment; nothing was written");
}

Result<void> Log::resume(const PrivateKey& key)
{
    SEXTANT_TRY(auto lock, m_access.storage->lock());
    SEXTANT_CHECK(refresh());
    if (pending() == 0)
        return {};
    const auto* known = state().keys().find(key.publicKey().id());
    if (!known || !known->validAt(state().origin(), state().size() - 1))
        return fail(ErrorCode::PermissionDenied,
                    "The key " + key.publicKey().id() + " may not sign this log");
    return seal(key);
}

Result<void> Log::witness(const PrivateKey& key, EpochMs time)
{
    SEXTANT_TRY(auto lock, m_access.storage->lock());
    SEXTANT_CHECK(refresh());
    const auto* known = state().keys().find(key.publicKey().id());
    if (!known || !known->has(kWitness) || !known->validAt(state().origin(), m_checkpoint.size - 1))
        return fail(ErrorCode::PermissionDenied,
                    "The key " + key.publicKey().id() + " is not trusted as a witness of this log",
                    "Give it the role witness among the trusted keys");
    SEXTANT_TRY(auto note, parseNote(m_checkpointText, "The checkpoint"));
    auto path = std::string(kWitnessedFolder) + "/" + std::to_string(m_checkpoint.size);
    if (auto earlier = m_access.storage->read(path, kMostNoteBytes)) {
        SEXTANT_TRY(auto seen, parseNote(*earlier, "The checkpoint that was witnessed before"));
        if (seen.text == note.text)
            note = merged(std::move(note), seen);
    }
    std::erase_if(note.signatures,
                  [&](const NoteSignature& line) { return isCosignatureOf(line, known->key); });
    SEXTANT_CHECK(addCosignature(note, key, time));
    return m_access.storage->replace(path, formatNote(note));
}

Result<std::string> Log::entry(std::uint64_t index) const
{
    if (index >= m_names.size())
        return fail(ErrorCode::NotFound, "The log has no entry " + std::to_string(index),
                    "It has " + std::to_string(m_names.size()) + ", counted from 0");
    SEXTANT_TRY(auto content, m_access.storage->read(entryPath(m_names[index]), kMostEntryBytes));
    if (leafHash(content) != m_seen.tree.leaf(index))
        return fail(ErrorCode::Corrupt, "Entry " + std::to_string(index) + " was changed since it was read");
    return content;
}

Result<LogProof> Log::prove(std::uint64_t index) const
{
    if (index >= m_checkpoint.size)
        return fail(ErrorCode::NotFound, "Entry " + std::to_string(index) + " is not under the checkpoint",
                    "It covers " + std::to_string(m_checkpoint.size) + " entries, counted from 0");
    LogProof proof{{}, index, m_seen.tree.inclusionProof(index, m_checkpoint.size), {}};
    SEXTANT_TRY(proof.checkpoint, parseNote(m_checkpointText, "The checkpoint"));
    return proof;
}

} // namespace sextant::ledger
