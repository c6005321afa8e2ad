#include "core/ledger/note.h"

#include "core/base/encoding.h"
#include "core/base/text.h"

#include <algorithm>

namespace sextant::ledger {

namespace {

constexpr std::string_view kDash = "\xe2\x80\x94 "; // an em dash and a blank
constexpr std::size_t kIdBytes = 4;

bool isNoteText(std::string_view text)
{
    return text.ends_with('\n') && isUtf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
               return (static_cast<unsigned char>(c) < ' ' && c != '\n') || c == '\x7f';
           });
}

tl::unexpected<Error> noNote(std::string_view what, const std::string& why)
{
    return fail(ErrorCode::Corrupt, std::string(what) + " is no signed note: " + why);
}

std::optional<NoteSignature> parseSignature(std::string_view line)
{
    if (!line.starts_with(kDash))
        return {};
    line.remove_prefix(kDash.size());
    auto blank = line.find(' ');
    if (blank == 0 || blank == std::string_view::npos ||
        line.substr(0, blank).find('+') != std::string_view::npos)
        return {};
    auto bytes = fromBase64(line.substr(blank + 1));
    if (!bytes || bytes->size() <= kIdBytes)
        return {};
    NoteSignature signature{std::string(line.substr(0, blank)), 0, bytes->substr(kIdBytes)};
    for (std::size_t i = 0; i < kIdBytes; ++i)
        signature.keyId = signature.keyId << 8 | static_cast<unsigned char>((*bytes)[i]);
    return signature;
}

} // namespace

std::string formatNote(const Note& note)
{
    auto result = note.text + "\n";
    for (const auto& signature : note.signatures) {
        auto id = fromHex(noteIdText(signature.keyId)).value_or("");
        result += kDash;
        result += signature.name + " " + toBase64(id + signature.bytes) + "\n";
    }
    return result;
}

Result<Note> parseNote(std::string_view text, std::string_view what)
{
    if (text.size() > kMostNoteBytes)
        return noNote(what, "it is too large");
    if (!isNoteText(text))
        return noNote(what, "it has bytes that can't be there, or no line end at its end");
    auto blank = text.rfind("\n\n");
    if (blank == std::string_view::npos || blank + 2 == text.size())
        return noNote(what, "it has no signatures");
    Note note{std::string(text.substr(0, blank + 1)), {}};
    auto lines = split(text.substr(blank + 2, text.size() - blank - 3), '\n');
    if (lines.size() > kMostNoteSignatures)
        return noNote(what, "it has too many signatures");
    for (auto line : lines) {
        auto signature = parseSignature(line);
        if (!signature)
            return noNote(what, "one of its signatures has not the right form");
        note.signatures.push_back(std::move(*signature));
    }
    return note;
}

Result<void> addSignature(Note& note, const PrivateKey& key)
{
    if (!isNoteText(note.text))
        return fail(ErrorCode::InvalidArgument,
                    "A note is UTF-8 text without control characters, with a line end at its end");
    SEXTANT_TRY(auto bytes, key.sign(note.text));
    note.signatures.push_back({key.publicKey().name(), key.publicKey().noteId(), std::move(bytes)});
    return {};
}

NoteCheck checkNote(const Note& note, std::span<const PublicKey> keys)
{
    NoteCheck check;
    for (std::size_t i = 0; i < note.signatures.size(); ++i) {
        const auto& signature = note.signatures[i];
        auto key = std::find_if(keys.begin(), keys.end(), [&](const PublicKey& candidate) {
            return candidate.name() == signature.name && candidate.noteId() == signature.keyId;
        });
        auto& kind = key == keys.end()                         ? check.unknown
                     : key->verify(note.text, signature.bytes) ? check.fitting
                                                               : check.broken;
        kind.push_back(i);
    }
    return check;
}

} // namespace sextant::ledger
