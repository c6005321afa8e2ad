#include "core/ledger/verifier.h"

#include "core/base/text.h"

#include <algorithm>

namespace sextant::ledger {

namespace {

constexpr std::uint64_t kReportEach = 64;

std::string counted(std::uint64_t count, const char* singular, const char* plural)
{
    return std::to_string(count) + " " + (count == 1 ? singular : plural);
}

} // namespace

std::string_view verdictText(Standing verdict)
{
    switch (verdict) {
    case Standing::Passed:
        return "verified";
    case Standing::Gap:
        return "verified with gaps";
    case Standing::Failed:
        break;
    }
    return "not verified";
}

Result<Verification> verifyLog(const LogFiles& files, const VerifyOptions& options,
                               const Operation& operation)
{
    return Verifier(files, options, operation).run();
}

void Verifier::say(Standing standing, std::string check, std::string message,
                   std::optional<std::uint64_t> entry)
{
    m_result.findings.push_back({standing, std::move(check), entry, std::move(message)});
}

Result<Verification> Verifier::run()
{
    if (m_options.keys.empty())
        say(Standing::Failed, "keys", "No key is trusted, so that nothing can be verified");
    layEntriesOut();
    readCheckpoint();
    compareWithTree();
    SEXTANT_CHECK(replay());
    checkSigner();
    readPin();
    readWitnesses();
    checkWitnessRule();
    checkDigests();
    reconcile();
    m_result.entries = m_entries.size();
    m_result.verdict = worst(m_result.findings);
    if (m_checkpoint && m_result.verdict != Standing::Failed) {
        m_result.checkpoint = m_checkpoint->checkpoint;
        m_result.note = formatNote(m_checkpoint->note);
    }
    m_result.state = std::move(m_replay);
    m_result.tree = std::move(m_tree);
    return std::move(m_result);
}

/// One entry for each index from 0 on, each under the name of its content.
void Verifier::layEntriesOut()
{
    for (const auto& name : m_files.strangers)
        say(Standing::Gap, "files",
            "A file is in the log's folder that does not belong to it: " + toUtf8(name));
    for (const auto& entry : m_files.entries) {
        auto place = "Entry " + std::to_string(entry.index);
        if (!entry.problem.empty())
            say(Standing::Failed, "files", place + " can't be read: " + toUtf8(entry.problem), entry.index);
        if (entry.index + 1 == m_entries.size()) {
            say(Standing::Failed, "fork",
                place + " is there twice: the log was forked; none of the two is believed", entry.index);
            continue;
        }
        if (entry.index != m_entries.size()) {
            say(Standing::Failed, "files", "Entry " + std::to_string(m_entries.size()) + " is missing",
                m_entries.size());
            return;
        }
        if (entry.problem.empty() && entryFileName(entry.index, entry.leaf) != entry.name)
            say(Standing::Failed, "tree",
                place + " is not what was written there: its content does not fit its name", entry.index);
        m_entries.push_back(&entry);
        m_tree.append(entry.leaf);
    }
}

std::optional<Verifier::SignedCheckpoint>
Verifier::signedCheckpoint(const std::string& text, const std::string& check, const std::string& what)
{
    auto note = parseNote(text, what);
    auto checkpoint =
        note ? parseCheckpoint(note->text, what) : Result<Checkpoint>(tl::unexpected(note.error()));
    if (!checkpoint) {
        say(Standing::Failed, check, checkpoint.error().message);
        return {};
    }
    auto keys = m_options.keys.publicKeys();
    if (m_replay)
        keys = m_replay->keys().publicKeys();
    auto signatures = checkNote(*note, keys);
    for (auto line : signatures.broken)
        say(Standing::Failed, check,
            what + ": the signature of " + note->signatures[line].name + " does not fit");
    if (!signatures.broken.empty())
        return {};
    return SignedCheckpoint{std::move(*checkpoint), std::move(*note)};
}

void Verifier::readCheckpoint()
{
    if (!m_files.checkpoint)
        return say(Standing::Failed, "checkpoint", "The log has no checkpoint");
    m_checkpoint = signedCheckpoint(*m_files.checkpoint, "checkpoint", "The checkpoint");
    if (!m_checkpoint)
        return;
    const auto& origin = m_checkpoint->checkpoint.origin;
    if (m_options.origin && origin != *m_options.origin) {
        say(Standing::Failed, "checkpoint",
            "This is another log: its origin is " + origin + " and not " + *m_options.origin);
        m_checkpoint.reset();
    }
}

void Verifier::compareWithTree()
{
    if (!m_checkpoint)
        return;
    const auto& checkpoint = m_checkpoint->checkpoint;
    auto size = m_tree.size();
    if (checkpoint.size > size)
        return say(Standing::Failed, "tree",
                   "The log was cut: its checkpoint covers " + counted(checkpoint.size, "entry", "entries") +
                       ", and " + std::to_string(size) + " can be read");
    if (checkpoint.size == 0 || m_tree.root(checkpoint.size) != checkpoint.root)
        return say(Standing::Failed, "tree",
                   "The entries are not those of the checkpoint: one was changed, moved or put in");
    say(Standing::Passed, "tree",
        counted(checkpoint.size, "entry has", "entries have") + " the root that the checkpoint names");
    if (checkpoint.size < size)
        say(Standing::Gap, "tree",
            counted(size - checkpoint.size, "entry is", "entries are") +
                " not under a checkpoint yet: writing was interrupted");
}

void Verifier::readPin()
{
    if (!m_options.pin)
        return say(Standing::Gap, "pin",
                   "No earlier checkpoint is known here, so that a log cut before this can't be told");
    auto pin = signedCheckpoint(*m_options.pin, "pin", "The pinned checkpoint");
    if (!pin || !m_checkpoint)
        return;
    const auto& then = pin->checkpoint;
    const auto& now = m_checkpoint->checkpoint;
    if (checkNote(pin->note, m_replay->keys().publicKeys()).fitting.empty())
        say(Standing::Gap, "pin",
            "No key that is trusted now signed the pinned checkpoint; it is compared all the same");
    if (then.origin != now.origin)
        return say(Standing::Failed, "pin", "The pinned checkpoint is of another log: " + then.origin);
    if (then.size > now.size)
        return say(Standing::Failed, "pin",
                   "The log was rolled back: it had " + counted(then.size, "entry", "entries") +
                       " when it was seen last, and has " + std::to_string(now.size));
    if (then.size > m_tree.size() || m_tree.root(then.size) != then.root)
        return say(Standing::Failed, "pin",
                   "This is another history: its first " + counted(then.size, "entry is", "entries are") +
                       " not those seen before");
    say(Standing::Passed, "pin",
        "The log continues the one seen before, of " + counted(then.size, "entry", "entries"));
}

Result<void> Verifier::replay()
{
    if (!m_checkpoint)
        return {};
    m_replay.emplace(m_checkpoint->checkpoint.origin, m_options.keys);
    std::uint64_t sound = 0;
    for (const auto* entry : m_entries) {
        if (m_operation.cancelled())
            return cancelledError();
        if (entry->index % kReportEach == 0)
            m_operation.progress("Checking signatures", entry->index, m_entries.size());
        auto judgement = m_replay->take(entry->content, entry->leaf);
        sound += worst(judgement.findings) != Standing::Failed;
        for (auto& finding : judgement.findings)
            m_result.findings.push_back(std::move(finding));
    }
    if (sound == m_entries.size() && sound > 0)
        say(Standing::Passed, "signature",
            counted(sound, "entry is", "entries are") + " signed by who might sign");
    m_result.holders = m_replay->holders();
    return {};
}

/// The checkpoint must be signed by a key that is trusted, with those the log added, and valid at its end.
void Verifier::checkSigner()
{
    if (!m_replay)
        return;
    const auto& keys = m_replay->keys();
    const auto& checkpoint = m_checkpoint->checkpoint;
    const auto& note = m_checkpoint->note;
    bool vouched = false;
    for (const auto& line : note.signatures) {
        const auto* key = keys.named(line.name);
        if (key && isCosignatureOf(line, key->key))
            continue; // a witness: counted elsewhere
        if (!key || key->key.noteId() != line.keyId) {
            say(Standing::Gap, "checkpoint",
                "A key that is not trusted signed the checkpoint too: " + line.name);
        } else if (!key->key.verify(note.text, line.bytes)) {
            say(Standing::Failed, "checkpoint",
                "The checkpoint: the signature of " + line.name + " does not fit");
        } else if (!key->validAt(checkpoint.origin, checkpoint.size - 1)) {
            say(Standing::Failed, "checkpoint",
                "The checkpoint is signed with the key " + key->key.id() + ", which was not valid then");
        } else {
            say(Standing::Passed, "checkpoint", "The checkpoint is signed by " + key->key.id());
            vouched = true;
        }
    }
    if (!vouched)
        say(Standing::Failed, "checkpoint", "No trusted key signed the checkpoint");
}

void Verifier::takeCosignatures(const Note& note, std::uint64_t size, const std::string& what)
{
    for (const auto& line : note.signatures) {
        const auto* key = m_replay->keys().named(line.name);
        if (!key || !isCosignatureOf(line, key->key))
            continue;
        auto time = cosignatureTime(note, line, key->key);
        if (!time)
            say(Standing::Failed, "witness",
                what + ": the signature of the witness " + line.name + " does not fit");
        else if (!key->has(kWitness) || !key->validAt(m_replay->origin(), size == 0 ? 0 : size - 1))
            say(Standing::Gap, "witness", what + ": " + line.name + " is no witness, or was not one then");
        else {
            m_witnesses[size].insert(key->person);
            m_result.witnessedAt = std::max(m_result.witnessedAt, *time);
            say(Standing::Passed, "witness",
                line.name + " saw the log with " + counted(size, "entry", "entries") + " on " +
                    formatIso(*time));
        }
    }
}

void Verifier::readWitnesses()
{
    if (!m_replay)
        return;
    takeCosignatures(m_checkpoint->note, m_checkpoint->checkpoint.size, "The checkpoint");
    for (const auto& [size, text] : m_files.witnessed) {
        auto what = "The checkpoint of " + counted(size, "entry", "entries") + " that was witnessed";
        auto seen = signedCheckpoint(text, "witness", what);
        if (!seen)
            continue;
        const auto& checkpoint = seen->checkpoint;
        if (checkpoint.size != size || checkpoint.origin != m_replay->origin())
            say(Standing::Failed, "witness", what + " is of another size or another log");
        else if (size > m_tree.size())
            say(Standing::Failed, "witness",
                "The log was cut: a witness saw " + counted(size, "entry", "entries"));
        else if (m_tree.root(size) != checkpoint.root)
            say(Standing::Failed, "fork",
                "A witness saw another history: its first " + counted(size, "entry was", "entries were") +
                    " different");
        else {
            auto before = m_result.findings.size();
            takeCosignatures(seen->note, size, what);
            auto known = [&](const NoteSignature& line) {
                const auto* key = m_replay->keys().named(line.name);
                return key && (isCosignatureOf(line, key->key) || key->key.noteId() == line.keyId);
            };
            if (before == m_result.findings.size() ||
                !std::all_of(seen->note.signatures.begin(), seen->note.signatures.end(), known))
                say(Standing::Gap, "witness", what + " is signed by keys that are not trusted");
        }
    }
}

void Verifier::checkWitnessRule()
{
    if (!m_replay)
        return;
    for (const auto& [entry, applier] : m_replay->needWitness()) {
        bool seen = false;
        for (const auto& [size, persons] : m_witnesses)
            seen = seen || (size > entry && std::any_of(persons.begin(), persons.end(),
                                                        [&](const auto& p) { return p != applier; }));
        if (!seen)
            say(Standing::Gap, "witness",
                "Entry " + std::to_string(entry) + ": the rules want a witness other than " + applier +
                    ", and none has seen it",
                entry);
    }
}

} // namespace sextant::ledger
