// Everything a reader of a log parses, torn by chance, for a bounded time: no crash, no hang, and what is
// accepted is written back as it was read. Usage: ledger_fuzz [SECONDS [SEED]]
#include "core/ledger/act.h"
#include "core/ledger/log_proof.h"
#include "core/ledger/replay.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

using namespace sextant;
using namespace sextant::ledger;
using Clock = std::chrono::steady_clock;

namespace {

[[noreturn]] void broken(const char* what, const std::string& text)
{
    std::printf("BROKEN: %s\n", what);
    for (unsigned char c : text.substr(0, 2000))
        c >= 32 && c < 127 ? std::printf("%c", c) : std::printf("\\x%02x", c);
    std::printf("\n");
    std::exit(1);
}

/// One good text of each kind.
struct Samples
{
    std::string entry, statement, note, checkpoint, proof, keys, rules;
};

Samples makeSamples()
{
    auto key = PrivateKey::fromSeed("ann", bytesOf(sha256("ann"))).value();
    Act act{.kind = ActKind::Transition,
            .origin = "risk/fraud",
            .actor = key.publicKey().id(),
            .time = 1'700'000'000'000,
            .subject = {"fraud/5", sha256("five")},
            .inputs = {{"report", sha256("r")}},
            .reason = "better – by far",
            .request = 0,
            .target = "alias:champion",
            .from = {"fraud/3"},
            .to = "fraud/5",
            .details = R"({"a":[1,{"b":null}]})"};
    Samples samples;
    samples.statement = formatAct(act).value();
    Envelope envelope{std::string(kStatementPayload), samples.statement, {}};
    if (!addSignature(envelope, key))
        broken("signing", "");
    samples.entry = formatEnvelope(envelope).value();
    MerkleTree tree;
    for (int i = 0; i < 9; ++i)
        tree.append(leafHash(std::to_string(i)));
    auto note = signCheckpoint({"risk/fraud", 9, tree.root()}, key).value();
    if (!addCosignature(note, key, act.time))
        broken("signing", "");
    samples.note = formatNote(note);
    samples.checkpoint = note.text;
    samples.proof = formatProof({"extra", 4, tree.inclusionProof(4, 9), note});
    samples.keys =
        formatTrustedKey({key.publicKey(), {"admin"}, "ann.lee", {{"", 1}}, {{"risk/fraud", 9}}}) + "\n";
    samples.rules =
        R"({"schema":"sextant.rules/1","targets":{"*":{"approvals":2,"freeze":[{"from":1,"to":2}]}}})";
    return samples;
}

std::string torn(std::string text, std::mt19937_64& random)
{
    auto count = 1 + random() % 4;
    for (std::size_t i = 0; i < count && !text.empty(); ++i) {
        auto at = random() % text.size();
        switch (random() % 5) {
        case 0:
            text[at] = static_cast<char>(random());
            break;
        case 1:
            text.erase(at, 1 + random() % 20);
            break;
        case 2:
            text.insert(at, text.substr(random() % text.size(), 1 + random() % 30));
            break;
        case 3:
            text.insert(at, 1 + random() % 40, "[{\"\n\\ =+"[random() % 9]);
            break;
        default:
            text.resize(at);
            break;
        }
    }
    return text;
}

/// Texts with one form only: what is accepted must be what is written.
void check(const Samples& samples, std::mt19937_64& random)
{
    auto note = torn(samples.note, random);
    if (auto read = parseNote(note, "It"); read && formatNote(*read) != note)
        broken("a note has two texts", note);
    auto checkpoint = torn(samples.checkpoint, random);
    if (auto read = parseCheckpoint(checkpoint, "It"); read && formatCheckpoint(*read) != checkpoint)
        broken("a checkpoint has two texts", checkpoint);
    auto proof = torn(samples.proof, random);
    if (auto read = parseProof(proof, "It"); read && formatProof(*read) != proof)
        broken("a proof has two texts", proof);
    auto statement = torn(samples.statement, random);
    if (auto read = parseAct(statement, "It")) {
        auto again = formatAct(*read);
        if (!again || formatAct(parseAct(*again, "It").value()).value() != *again)
            broken("an act does not come back", statement);
    }
    auto keys = torn(samples.keys, random);
    if (auto read = TrustedKeys::parse(keys, "It"); read && !TrustedKeys::parse(read->format(), "It"))
        broken("keys do not come back", keys);
    static_cast<void>(Rules::parse(torn(samples.rules, random), "It").has_value());
    auto entry = torn(samples.entry, random);
    Replay replay("risk/fraud", TrustedKeys::parse(samples.keys, "It").value());
    static_cast<void>(replay.take(entry, leafHash(entry)));
}

} // namespace

int main(int argc, char** argv)
{
    auto seconds = argc > 1 ? std::atof(argv[1]) : 5.0;
    auto seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1ULL;
    std::mt19937_64 random(seed);
    auto samples = makeSamples();
    auto end = Clock::now() + std::chrono::duration<double>(seconds);
    std::size_t rounds = 0;
    for (; Clock::now() < end; ++rounds)
        check(samples, random);
    std::printf("%zu rounds, seed %llu\n", rounds, static_cast<unsigned long long>(seed));
    return 0;
}
