#include "tests/ledger/ledger_world.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace sextant::ledger {

LedgerWorld::LedgerWorld(const std::string& rules)
{
    auto log = Log::start(access(), rules, "the rules of the risk team", key("dan"));
    EXPECT_TRUE(log) << log.error().message;
}

PrivateKey LedgerWorld::key(const std::string& name)
{
    return PrivateKey::fromSeed(name, bytesOf(sha256("the key of " + name))).value();
}

TrustedKeys LedgerWorld::everybody()
{
    const std::map<std::string, std::pair<Roles, std::string>> kPeople = {
        {"ann", {{"requester"}, "ann"}}, {"ann-2", {{"requester", "approver"}, "ann"}},
        {"bob", {{"approver"}, "bob"}},  {"bob-2", {{"approver"}, "bob"}},
        {"cat", {{"approver"}, "cat"}},  {"dan", {{"admin"}, "dan"}},
        {"wim", {{"witness"}, "wim"}},   {"uma", {{"auditor"}, "uma"}}};
    TrustedKeys keys;
    for (const auto& [name, held] : kPeople)
        EXPECT_TRUE(keys.add({key(name).publicKey(), held.first, held.second, {}, {}}));
    return keys;
}

LogAccess LedgerWorld::access(std::optional<std::string> pin) const
{
    return {std::make_shared<FolderStorage>(folder()), everybody(), kOrigin, std::move(pin)};
}

std::uint64_t LedgerWorld::append(const std::string& who, Act act) const
{
    auto log = open();
    auto index = log.append(std::move(act), key(who));
    EXPECT_TRUE(index) << index.error().message;
    return index.value_or(0);
}

std::string LedgerWorld::refusal(const std::string& who, Act act) const
{
    auto log = open();
    auto index = log.append(std::move(act), key(who));
    return index ? "" : index.error().message;
}

void LedgerWorld::force(const std::string& who, Act act) const
{
    auto log = open();
    act.index = log.state().size();
    act.previous = log.state().lastLeaf();
    act.origin = kOrigin;
    act.actor = key(who).publicKey().id();
    act.time = act.time == 0 ? now() : act.time;
    Envelope envelope{std::string(kStatementPayload), formatAct(act).value(), {}};
    EXPECT_TRUE(addSignature(envelope, key(who)));
    auto text = formatEnvelope(envelope).value();
    auto name = entryFileName(act.index, leafHash(text));
    write("entries/" + name, text);
    MerkleTree tree;
    for (std::uint64_t i = 0; i < act.index; ++i)
        tree.append(leafHash(log.entry(i).value()));
    tree.append(leafHash(text));
    write("checkpoint", formatNote(signCheckpoint({kOrigin, tree.size(), tree.root()}, key(who)).value()));
}

std::uint64_t LedgerWorld::request(const std::string& who, int number, const std::string& author,
                                   std::vector<std::string> from) const
{
    return append(who, {.kind = ActKind::Request,
                        .subject = version(number),
                        .reason = "better on the new data",
                        .target = kChampion,
                        .from = std::move(from),
                        .to = version(number).name,
                        .author = author});
}

Act LedgerWorld::approval(std::uint64_t request, int number) const
{
    return {.kind = ActKind::Decision,
            .subject = version(number),
            .reason = "I looked at it",
            .request = request,
            .passed = true};
}

Act LedgerWorld::gate(std::uint64_t request, bool passed, int number) const
{
    return {.kind = ActKind::Gate,
            .subject = version(number),
            .request = request,
            .gate = "better",
            .passed = passed};
}

Act LedgerWorld::transition(std::uint64_t request, int number, std::vector<std::string> from) const
{
    return {.kind = ActKind::Transition,
            .subject = version(number),
            .request = request,
            .target = kChampion,
            .from = std::move(from),
            .to = version(number).name};
}

std::uint64_t LedgerWorld::promote(int number, std::vector<std::string> from) const
{
    auto asked = request("ann", number, "", from);
    append("bob", gate(asked, true, number));
    append("bob", approval(asked, number));
    return append("bob", transition(asked, number, std::move(from)));
}

Verification LedgerWorld::verify(VerifyOptions options) const
{
    if (options.keys.empty())
        options.keys = everybody();
    FolderStorage storage(folder());
    auto files = readLogFiles(storage, {});
    EXPECT_TRUE(files) << files.error().message;
    if (!files)
        return {};
    return verifyLog(*files, options, {}).value();
}

VerifyOptions LedgerWorld::complete() const
{
    VerifyOptions options{.keys = everybody(), .origin = kOrigin, .pin = read("checkpoint")};
    options.digestOf = [](const std::string& name) -> Result<Digest> { return sha256(name); };
    options.holders = verify().holders;
    return options;
}

std::string LedgerWorld::read(const std::string& path) const
{
    std::ostringstream text;
    text << std::ifstream(file(path), std::ios::binary).rdbuf();
    return text.str();
}

void LedgerWorld::write(const std::string& path, const std::string& content) const
{
    std::filesystem::create_directories(std::filesystem::path(file(path)).parent_path());
    std::ofstream(file(path), std::ios::binary | std::ios::trunc) << content;
}

std::string LedgerWorld::entryPath(std::uint64_t index) const
{
    FolderStorage storage(folder());
    auto files = readLogFiles(storage, {}).value();
    return "entries/" + files.entries.at(index).name;
}

Subject version(int number)
{
    auto name = "fraud/" + std::to_string(number);
    return {name, sha256(name)};
}

std::string said(const Verification& verification)
{
    std::string text;
    for (const auto& finding : verification.findings)
        if (finding.standing != Standing::Passed)
            text += (finding.standing == Standing::Failed ? "failed " : "gap ") + finding.check + ": " +
                    finding.message + "\n";
    return text;
}

bool says(const Verification& verification, Standing standing, const std::string& words)
{
    return std::any_of(
        verification.findings.begin(), verification.findings.end(), [&](const Finding& finding) {
            return finding.standing == standing && finding.message.find(words) != std::string::npos;
        });
}

} // namespace sextant::ledger
