// What gates and cards are read from, torn by chance, for a bounded time: no crash, no hang; what is accepted
// is written back as it was read, and nothing torn allows what was denied for want of data.
// Usage: gate_fuzz [SECONDS [SEED]]
#include "core/registry/card/card.h"
#include "core/registry/gates/engine.h"
#include "core/registry/gates/semantic_version.h"
#include "core/registry/gates/templates.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

using namespace sextant;
using namespace sextant::registry;
using Clock = std::chrono::steady_clock;

namespace {

[[noreturn]] void broken(const char* what, const std::string& text)
{
    std::printf("BROKEN: %s\n%s\n", what, text.substr(0, 2000).c_str());
    std::exit(1);
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
            text.insert(at, 1 + random() % 20, "[{\"\n\\ =+-0,:"[random() % 13]);
            break;
        default:
            text.resize(at);
            break;
        }
    }
    return text;
}

constexpr const char* kReport = R"({"schema":"sextant.report/1","kind":"fairness","created":1763000000000,
"by_group":[{"group":{"sex":"f"},"count":412}],"disparities":[{"metric":"demographic_parity_difference",
"attributes":["sex"],"method":"between_groups","value":0.04}],"checks":[{"id":"a","passed":true}]})";
constexpr const char* kSignature =
    "signature:\n  inputs: '[{\"type\": \"double\", \"name\": \"a\"}]'\n"
    "  outputs: '[{\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"int64\", "
    "\"shape\": [-1]}}]'\n";

void check(const std::vector<Gate>& gates, const std::string& factsText, std::mt19937_64& random)
{
    const auto& one = gateTemplates()[random() % gateTemplates().size()];
    Facts none;
    if (auto gate = parseGate(torn(std::string(one.text), random), "It"); gate && !gate->opa)
        static_cast<void>(formatGateResult(evaluate(*gate, none)));
    auto text = torn(factsText, random);
    if (auto facts = parseFacts(text, "It")) {
        auto again = formatFacts(*facts);
        if (formatFacts(parseFacts(again, "It").value()) != again)
            broken("facts do not come back", text);
        for (const auto& gate : gates) {
            auto result = formatGateResult(evaluate(gate, *facts));
            if (formatGateResult(parseGateResult(result, "It").value()) != result)
                broken("a result does not come back", text);
        }
    }
    static_cast<void>(parseReport(torn(kReport, random), "r").has_value());
    if (auto signature = readModelSignature(torn(kSignature, random)))
        static_cast<void>(incompatibilities(*signature, *signature));
    static_cast<void>(parseSemanticVersion(torn("v1.4.0-rc.1+build.5", random)));
    Gate opa;
    opa.opa = OpaPolicy{"http://x", "a", ""};
    auto answer = torn(R"({"result":{"allow":false,"deny":[{"id":"a","msg":"b"}],"warn":["c"]}})", random);
    if (auto result = readOpaAnswer(opa, none, answer);
        result && result->allow && answer.find("true") == std::string::npos)
        broken("it allows what nobody allowed", answer);
    auto card = torn(
        formatCard({.model = "a", .name = "b", .owners = {{"c", "d"}}, .metrics = {{"e", 1, "f", 0, 2}}}),
        random);
    if (auto read = parseCard(card, "It")) {
        if (parseCard(formatCard(*read), "It").value() != *read)
            broken("a card does not come back", card);
        static_cast<void>(toHubMarkdown(*read) + toModelCardToolkit(*read));
    }
}

} // namespace

int main(int argc, char** argv)
{
    auto seconds = argc > 1 ? std::atof(argv[1]) : 5.0;
    auto seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1ULL;
    std::mt19937_64 random(seed);
    std::vector<Gate> gates;
    for (const auto& one : gateTemplates())
        gates.push_back(parseGate(one.text, one.name).value());
    Facts facts{.asOf = 1'763'000'000'000, .model = "fraud", .target = "alias:champion"};
    facts.candidate.metrics = {{"test/roc_auc", 0.9}};
    facts.candidate.tags = {{"validation", "passed"}};
    facts.candidate.signature = readModelSignature(kSignature).value();
    facts.champion = facts.candidate;
    facts.reports = {parseReport(kReport, "r").value()};
    facts.card = formatCard({.model = "fraud", .version = 1});
    auto text = formatFacts(facts);
    auto end = Clock::now() + std::chrono::duration<double>(seconds);
    std::size_t rounds = 0;
    for (; Clock::now() < end; ++rounds)
        check(gates, text, random);
    std::printf("%zu rounds, seed %llu\n", rounds, static_cast<unsigned long long>(seed));
    return 0;
}
