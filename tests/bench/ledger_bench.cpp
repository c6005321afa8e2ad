// Verifying a log of 10,000 entries against nothing but its 10,000 checks of signatures; hashing a model
// against the bare hash of the library.
#include "core/ledger/folder_digest.h"
#include "core/ledger/folder_storage.h"
#include "core/ledger/log.h"
#include "tests/bench/measure.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <filesystem>

using namespace sextant;
using namespace sextant::ledger;

namespace {

constexpr std::uint64_t kEntries = 10'000;
constexpr std::size_t kModelBytes = std::size_t{512} << 20;
constexpr int kPasses = 3;
constexpr const char* kOrigin = "bench/log";

[[noreturn]] void giveUp(const std::string& why)
{
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(2);
}

template <class T>
T must(Result<T> result)
{
    if (!result)
        giveUp(result.error().message);
    return std::move(*result);
}

/// What is signed and by which signature, for the floor.
struct SignedMessage
{
    std::string message, signature;
};

/// Requests, decisions and transitions by turns, as a busy model has them, written without a sync for each.
std::vector<SignedMessage> makeLog(const std::string& folder, const PrivateKey& key)
{
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder + "/entries");
    std::vector<SignedMessage> messages;
    MerkleTree tree;
    Digest previous{};
    for (std::uint64_t i = 0; i < kEntries; ++i) {
        Act act{.kind = i == 0 ? ActKind::Rules : ActKind::Comment,
                .index = i,
                .previous = previous,
                .origin = kOrigin,
                .actor = key.publicKey().id(),
                .time = 1'700'000'000'000 + static_cast<EpochMs>(i),
                .subject = {"fraud/" + std::to_string(i % 50), sha256(std::to_string(i % 50))},
                .reason = "looked at the report of week " + std::to_string(i)};
        if (i == 0)
            act.details = R"({"schema":"sextant.rules/1","targets":{}})";
        Envelope envelope{std::string(kStatementPayload), must(formatAct(act)), {}};
        if (!addSignature(envelope, key))
            giveUp("signing failed");
        messages.push_back(
            {signedBytes(envelope.payloadType, envelope.payload), envelope.signatures[0].bytes});
        auto text = must(formatEnvelope(envelope));
        previous = leafHash(text);
        tree.append(previous);
        std::ofstream(folder + "/entries/" + entryFileName(i, previous), std::ios::binary) << text;
    }
    auto note = must(signCheckpoint({kOrigin, tree.size(), tree.root()}, key));
    std::ofstream(folder + "/checkpoint", std::ios::binary) << formatNote(note);
    return messages;
}

/// The library alone: one context, one key.
void checkSignatures(const std::vector<SignedMessage>& messages, const PublicKey& key)
{
    auto raw = [](const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); };
    std::string bytes(key.bytes());
    auto* handle = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(bytes), bytes.size());
    auto* context = EVP_MD_CTX_new();
    for (const auto& [message, signature] : messages) {
        EVP_MD_CTX_reset(context);
        if (EVP_DigestVerifyInit(context, nullptr, nullptr, nullptr, handle) != 1 ||
            EVP_DigestVerify(context, raw(signature), signature.size(), raw(message), message.size()) != 1)
            giveUp("a signature does not fit");
    }
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(handle);
}

void benchVerify(const std::string& stores, bench::Budgets& budgets)
{
    auto folder = stores + "/ledger10k";
    auto key = must(PrivateKey::generate("ann"));
    auto messages = makeLog(folder, key);
    TrustedKeys keys;
    if (!keys.add({key.publicKey(), {std::string(kAdmin)}, "ann", {}, {}}))
        giveUp("the key is refused");
    double floor = bench::fastest(kPasses, [&] { checkSignatures(messages, key.publicKey()); });
    double ours = bench::fastest(kPasses, [&] {
        FolderStorage storage(folder);
        auto verification = must(verifyLog(must(readLogFiles(storage, {})), {.keys = keys}, {}));
        if (verification.verdict == Standing::Failed || verification.entries != kEntries)
            giveUp("the log does not verify");
    });
    budgets.atMost("L1", "verify 10,000 entries / 10,000 bare checks", ours / floor, 3, "x",
                   bench::milliseconds(ours, floor));
}

void benchFolder(const std::string& stores, bench::Budgets& budgets)
{
    auto folder = stores + "/ledger-model";
    std::filesystem::create_directories(folder);
    std::string content(kModelBytes, 'x');
    std::ofstream(folder + "/model.bin", std::ios::binary) << content;
    double floor = bench::fastest(kPasses, [&] {
        unsigned char digest[EVP_MAX_MD_SIZE];
        if (EVP_Digest(content.data(), content.size(), digest, nullptr, EVP_sha256(), nullptr) != 1)
            giveUp("hashing failed");
    });
    double ours = bench::fastest(kPasses, [&] { must(digestFolder(folder, {})); });
    std::filesystem::remove_all(folder);
    budgets.atMost("L2", "digest of a model folder / SHA-256 in memory", ours / floor, 1 / 0.7, "x",
                   bench::milliseconds(ours, floor));
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2)
        giveUp("usage: ledger_bench FOLDER");
    bench::Budgets budgets;
    benchVerify(argv[1], budgets);
    benchFolder(argv[1], budgets);
    return budgets.exitCode();
}
