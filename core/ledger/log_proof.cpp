#include "core/ledger/log_proof.h"

#include "core/base/encoding.h"
#include "core/base/text.h"

#include <charconv>

namespace sextant::ledger {

namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";
constexpr std::size_t kMostHashes = 63;
constexpr std::size_t kMostProofBytes = 128 * 1024;

std::optional<std::uint64_t> parseIndex(std::string_view line)
{
    if (!line.starts_with(kIndex))
        return {};
    line.remove_prefix(kIndex.size());
    std::uint64_t index = 0;
    auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), index);
    bool whole = error == std::errc() && end == line.data() + line.size() && std::to_string(index) == line;
    return whole ? std::optional(index) : std::nullopt;
}

} // namespace

std::string formatProof(const LogProof& proof)
{
    std::string text = std::string(kHeader) + "\n";
    if (proof.extra)
        text += std::string(kExtra) + toBase64(*proof.extra) + "\n";
    text += std::string(kIndex) + std::to_string(proof.index) + "\n";
    for (const auto& hash : proof.hashes)
        text += toBase64(bytesOf(hash)) + "\n";
    return text + "\n" + formatNote(proof.checkpoint);
}

Result<LogProof> parseProof(std::string_view text, std::string_view what)
{
    auto broken = [&](const std::string& why) {
        return fail(ErrorCode::Corrupt, std::string(what) + " is no proof of a log: " + why);
    };
    auto blank = text.find("\n\n");
    if (text.size() > kMostProofBytes || blank == std::string_view::npos)
        return broken("it is too large or has no checkpoint");
    auto lines = split(text.substr(0, blank), '\n');
    std::size_t at = 0;
    if (lines[at++] != kHeader)
        return broken("it does not begin with " + std::string(kHeader));
    LogProof proof;
    if (at < lines.size() && lines[at].starts_with(kExtra)) {
        proof.extra = fromBase64(lines[at++].substr(kExtra.size()));
        if (!proof.extra)
            return broken("its extra data are not base64");
    }
    auto index = at < lines.size() ? parseIndex(lines[at++]) : std::nullopt;
    if (!index)
        return broken("it has no index");
    proof.index = *index;
    if (lines.size() - at > kMostHashes)
        return broken("it has too many hashes");
    for (; at < lines.size(); ++at) {
        auto bytes = fromBase64(lines[at]);
        auto hash = bytes ? digestOf(*bytes) : std::nullopt;
        if (!hash)
            return broken("one of its hashes is not 32 bytes in base64");
        proof.hashes.push_back(*hash);
    }
    SEXTANT_TRY(proof.checkpoint,
                parseNote(text.substr(blank + 2), "The checkpoint of " + std::string(what)));
    return proof;
}

Result<Checkpoint> verifyProof(const LogProof& proof, std::string_view entry, std::span<const PublicKey> keys)
{
    SEXTANT_TRY(auto checkpoint, parseCheckpoint(proof.checkpoint.text, "The checkpoint of the proof"));
    auto check = checkNote(proof.checkpoint, keys);
    if (!check.broken.empty())
        return fail(ErrorCode::Corrupt, "A signature of the proof's checkpoint does not fit: it was changed");
    if (check.fitting.empty())
        return fail(ErrorCode::Corrupt, "None of the trusted keys signed the checkpoint of the proof",
                    "Name the keys of the log's writers with --keys");
    if (!provesInclusion(proof.hashes, proof.index, checkpoint.size, leafHash(entry), checkpoint.root))
        return fail(ErrorCode::Corrupt,
                    "The entry is not the one that the proof is about, or either was changed");
    return checkpoint;
}

} // namespace sextant::ledger
