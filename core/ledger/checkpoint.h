// Checkpoint: what a log promises: its origin, its size, its root, signed; and what a witness says of it with
// a time. C2SP tlog-checkpoint and tlog-cosignature. Pure; any thread.
#pragma once

#include "core/base/time.h"
#include "core/ledger/note.h"

namespace sextant::ledger {

struct Checkpoint
{
    std::string origin;
    std::uint64_t size = 0;
    Digest root{};
    bool operator==(const Checkpoint&) const = default;
};

/// 1 to 255 printable characters without blanks and '+'; none that could be read as the beginning of another
/// message.
bool isOrigin(std::string_view origin);

/// The text of the note.
std::string formatCheckpoint(const Checkpoint& checkpoint);
/// Errors: Corrupt. Lines after the third are refused: this log writes none.
Result<Checkpoint> parseCheckpoint(std::string_view noteText, std::string_view what);

/// A checkpoint as a note with one signature.
Result<Note> signCheckpoint(const Checkpoint& checkpoint, const PrivateKey& key);

/// Adds the line of a witness. Its key signs the time too.
Result<void> addCosignature(Note& note, const PrivateKey& witness, EpochMs time);
/// The time a witness signed; nothing when the line is not this key's or does not fit.
std::optional<EpochMs> cosignatureTime(const Note& note, const NoteSignature& line, const PublicKey& witness);
bool isCosignatureOf(const NoteSignature& line, const PublicKey& witness);

} // namespace sextant::ledger
