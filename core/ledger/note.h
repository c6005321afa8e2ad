// Note: a text with signatures, as C2SP signed notes have it. Pure; any thread.
#pragma once

#include "core/ledger/private_key.h"

#include <span>
#include <string>
#include <vector>

namespace sextant::ledger {

struct NoteSignature
{
    std::string name; // of the key
    std::uint32_t keyId = 0;
    std::string bytes;
};

struct Note
{
    std::string text; // ends with a line end
    std::vector<NoteSignature> signatures;
};

inline constexpr std::size_t kMostNoteBytes = 64 * 1024;
inline constexpr std::size_t kMostNoteSignatures = 64;

std::string formatNote(const Note& note);
/// Errors: Corrupt. No signature is checked.
Result<Note> parseNote(std::string_view text, std::string_view what);

/// Signs the text. Error: InvalidArgument for a text that can't be one of a note.
Result<void> addSignature(Note& note, const PrivateKey& key);

/// The signatures that stand under these keys, each checked. One that does not fit refuses the whole note, as
/// the format asks; lines of other keys are passed over and counted by the caller, who knows which are known.
struct NoteCheck
{
    std::vector<std::size_t> fitting; // places in Note::signatures
    std::vector<std::size_t> broken;
    std::vector<std::size_t> unknown;
};
NoteCheck checkNote(const Note& note, std::span<const PublicKey> keys);

} // namespace sextant::ledger
