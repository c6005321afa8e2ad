#include "core/ledger/checkpoint.h"

#include "core/base/encoding.h"
#include "core/base/text.h"

#include <algorithm>
#include <charconv>

namespace sextant::ledger {

namespace {

constexpr std::size_t kLongestOrigin = 255;
constexpr std::string_view kCosignature = "cosignature/v1";
constexpr std::size_t kTimeBytes = 8;
constexpr std::uint64_t kLargestSize = std::uint64_t{1} << 62;
constexpr std::uint64_t kLatestSecond = 253'402'300'799; // the end of the year 9999

std::optional<std::uint64_t> parseSize(std::string_view text)
{
    std::uint64_t size = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    bool whole = error == std::errc() && end == text.data() + text.size() && size <= kLargestSize;
    return whole && std::to_string(size) == text ? std::optional(size) : std::nullopt;
}

std::string cosignedMessage(std::uint64_t seconds, std::string_view text)
{
    return std::string(kCosignature) + "\ntime " + std::to_string(seconds) + "\n" + std::string(text);
}

} // namespace

bool isOrigin(std::string_view origin)
{
    return !origin.empty() && origin.size() <= kLongestOrigin && isUtf8(origin) && origin != kCosignature &&
           std::none_of(origin.begin(), origin.end(), [](char c) {
               return static_cast<unsigned char>(c) <= ' ' || c == '+' || c == '\x7f';
           });
}

std::string formatCheckpoint(const Checkpoint& checkpoint)
{
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
           toBase64(bytesOf(checkpoint.root)) + "\n";
}

Result<Checkpoint> parseCheckpoint(std::string_view noteText, std::string_view what)
{
    auto broken = [&](const std::string& why) {
        return fail(ErrorCode::Corrupt, std::string(what) + " is no checkpoint: " + why);
    };
    auto lines = split(noteText, '\n');
    if (lines.size() != 4 || !lines.back().empty())
        return broken("it must have three lines: origin, size, root");
    if (!isOrigin(lines[0]))
        return broken("its origin can't be one");
    auto size = parseSize(lines[1]);
    if (!size)
        return broken("its size is no number");
    auto bytes = fromBase64(lines[2]);
    auto root = bytes ? digestOf(*bytes) : std::nullopt;
    if (!root)
        return broken("its root is not 32 bytes in base64");
    return Checkpoint{std::string(lines[0]), *size, *root};
}

Result<Note> signCheckpoint(const Checkpoint& checkpoint, const PrivateKey& key)
{
    if (!isOrigin(checkpoint.origin))
        return fail(ErrorCode::InvalidArgument,
                    "'" + toUtf8(checkpoint.origin) + "' can't be the origin of a log",
                    "Use a name without blanks and '+', like risk-team/fraud");
    Note note{formatCheckpoint(checkpoint), {}};
    SEXTANT_CHECK(addSignature(note, key));
    return note;
}

Result<void> addCosignature(Note& note, const PrivateKey& witness, EpochMs time)
{
    auto seconds = static_cast<std::uint64_t>(std::max<EpochMs>(time, 0) / 1000);
    SEXTANT_TRY(auto signature, witness.sign(cosignedMessage(seconds, note.text)));
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes += static_cast<char>(seconds >> shift & 0xff);
    const auto& key = witness.publicKey();
    note.signatures.push_back({key.name(), key.noteId(KeyUse::Cosignature), bytes + signature});
    return {};
}

bool isCosignatureOf(const NoteSignature& line, const PublicKey& witness)
{
    return line.name == witness.name() && line.keyId == witness.noteId(KeyUse::Cosignature);
}

std::optional<EpochMs> cosignatureTime(const Note& note, const NoteSignature& line, const PublicKey& witness)
{
    if (!isCosignatureOf(line, witness) || line.bytes.size() != kTimeBytes + kSignatureBytes)
        return {};
    std::uint64_t seconds = 0;
    for (std::size_t i = 0; i < kTimeBytes; ++i)
        seconds = seconds << 8 | static_cast<unsigned char>(line.bytes[i]);
    auto signature = std::string_view(line.bytes).substr(kTimeBytes);
    if (seconds > kLatestSecond || !witness.verify(cosignedMessage(seconds, note.text), signature))
        return {};
    return static_cast<EpochMs>(seconds) * 1000;
}

} // namespace sextant::ledger
