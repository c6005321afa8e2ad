// The attacks that a log must show, one by one: each is told, in words that say what happened.
#include "tests/ledger/ledger_world.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace sextant::ledger {

namespace {

namespace fs = std::filesystem;

void expectFailed(const Verification& verification, const std::string& words)
{
    EXPECT_EQ(verification.verdict, Standing::Failed);
    EXPECT_TRUE(says(verification, Standing::Failed, words)) << "wanted: " << words << "\n"
                                                             << said(verification);
    EXPECT_FALSE(verification.note) << "nothing that failed may be pinned";
}

TEST(Attack, NoneIsVerified)
{
    LedgerWorld world;
    world.promote();
    auto verification = world.verify(world.complete());
    EXPECT_EQ(verification.verdict, Standing::Passed) << said(verification);
    EXPECT_EQ(verification.entries, 5u);
    EXPECT_EQ(verification.holders.at(kChampion), std::set<std::string>{"fraud/5"});
    EXPECT_EQ(verification.note, world.read("checkpoint"));
    EXPECT_EQ(world.verify().verdict, Standing::Gap) << "without pin, files and registry there are gaps";
}

TEST(Attack, AnEntryIsEdited)
{
    LedgerWorld world;
    world.promote();
    auto path = world.entryPath(2);
    auto text = world.read(path);
    text[text.size() / 2] = text[text.size() / 2] == 'A' ? 'B' : 'A';
    world.write(path, text);
    auto verification = world.verify(world.complete());
    expectFailed(verification, "Entry 2 is not what was written there");
    expectFailed(verification, "The entries are not those of the checkpoint");
}

TEST(Attack, EntriesChangePlaces)
{
    LedgerWorld world;
    world.promote();
    auto third = world.entryPath(2), fourth = world.entryPath(3);
    auto complete = world.complete();
    auto named = [&](const std::string& path, int index) {
        return "entries/0000000" + std::to_string(index) + path.substr(path.find('-'));
    };
    fs::rename(world.file(third), world.file(named(third, 3)));
    fs::rename(world.file(fourth), world.file(named(fourth, 2)));
    auto verification = world.verify(complete);
    expectFailed(verification, "one was changed, moved or put in");
    expectFailed(verification, "it was moved, or used again");
}

TEST(Attack, TheTailIsCut)
{
    LedgerWorld world;
    world.promote();
    auto complete = world.complete();
    fs::remove(world.file(world.entryPath(4)));
    expectFailed(world.verify(complete),
                 "The log was cut: its checkpoint covers 5 entries, and 4 can be read");
}

TEST(Attack, AnEntryInTheMiddleIsGone)
{
    LedgerWorld world;
    world.promote();
    auto complete = world.complete();
    fs::remove(world.file(world.entryPath(2)));
    expectFailed(world.verify(complete), "Entry 2 is missing");
}

TEST(Attack, RolledBackToAnOlderValidHead)
{
    LedgerWorld world;
    world.request();
    auto head = world.read("checkpoint");
    auto before = world.open().state().size();
    world.append("bob", world.approval(1));
    auto complete = world.complete();
    fs::remove(world.file(world.entryPath(before)));
    world.write("checkpoint", head);
    expectFailed(world.verify(complete),
                 "The log was rolled back: it had 3 entries when it was seen last, and has 2");
    auto fresh = complete;
    fresh.pin.reset();
    fresh.holders = Holders{};
    auto unknowing = world.verify(fresh);
    EXPECT_EQ(unknowing.verdict, Standing::Gap) << said(unknowing);
    EXPECT_TRUE(says(unknowing, Standing::Gap, "No earlier checkpoint is known here"));
}

TEST(Attack, RolledBackBehindAWitness)
{
    LedgerWorld world;
    auto head = world.read("checkpoint");
    world.request();
    auto log = world.open();
    ASSERT_TRUE(log.witness(LedgerWorld::key("wim"), now()));
    fs::remove(world.file(world.entryPath(1)));
    world.write("checkpoint", head);
    expectFailed(world.verify(), "The log was cut: a witness saw 2 entries");
}

TEST(Attack, TwoHistoriesForTwoReaders)
{
    LedgerWorld world;
    auto head = world.read("checkpoint");
    world.append("ann", {.kind = ActKind::Comment, .subject = version(5), .reason = "for the auditor"});
    auto seen = world.read("checkpoint");
    auto log = world.open();
    ASSERT_TRUE(log.witness(LedgerWorld::key("wim"), now()));
    fs::remove(world.file(world.entryPath(1)));
    world.write("checkpoint", head);
    fs::rename(world.file("witnessed"), world.file("../aside"));
    world.append("ann", {.kind = ActKind::Comment, .subject = version(5), .reason = "for everybody else"});
    expectFailed(world.verify({.pin = seen}), "This is another history");
    fs::rename(world.file("../aside"), world.file("witnessed"));
    expectFailed(world.verify(), "A witness saw another history");
}

TEST(Attack, TwoEntriesAtOnePlace)
{
    LedgerWorld world;
    world.request();
    auto path = world.entryPath(1);
    auto complete = world.complete();
    auto other = world.read(world.entryPath(0));
    world.write("entries/" + entryFileName(1, leafHash(other)), other);
    expectFailed(world.verify(complete), "Entry 1 is there twice: the log was forked");
}

TEST(Attack, TheRegistryIsChangedWithoutTheLog)
{
    LedgerWorld world;
    world.promote();
    auto options = world.complete();
    options.holders = Holders{{kChampion, {"fraud/9"}}};
    auto verification = world.verify(options);
    expectFailed(verification, "'fraud/9' is at alias:champion, and the log does not say so");
    expectFailed(verification, "By the log 'fraud/5' is at alias:champion, and it is not");
    options.holders = Holders{{kChampion, {"fraud/5"}}, {"alias:other", {"fraud/2"}}};
    EXPECT_EQ(world.verify(options).verdict, Standing::Passed) << "the rules leave that one free";
    LedgerWorld strict(R"({"schema":"sextant.rules/1","targets":{"*":{}}})");
    auto all = strict.complete();
    all.holders = options.holders;
    expectFailed(strict.verify(all), "'fraud/2' is at alias:other");
}

TEST(Attack, AnEntryWithoutEffectInTheRegistry)
{
    LedgerWorld world;
    world.promote();
    auto options = world.complete();
    options.holders = Holders{};
    expectFailed(world.verify(options), "By the log 'fraud/5' is at alias:champion, and it is not");
}

TEST(Attack, AFileIsSwappedAfterApproval)
{
    LedgerWorld world;
    world.promote();
    auto options = world.complete();
    options.digestOf = [](const std::string&) -> Result<Digest> { return sha256("something else"); };
    expectFailed(world.verify(options), "The files of 'fraud/5' are not those that were approved");
    options.digestOf = [](const std::string&) -> Result<Digest> {
        return fail(ErrorCode::Unsupported, "they are elsewhere");
    };
    EXPECT_EQ(world.verify(options).verdict, Standing::Gap);
}

TEST(Attack, AnApprovalIsUsedForAnotherVersion)
{
    LedgerWorld world;
    auto first = world.request("ann", 5);
    world.append("bob", world.gate(first));
    world.append("bob", world.approval(first));
    EXPECT_NE(world.refusal("bob", world.transition(first, 6)).find("another subject"), std::string::npos);
    world.force("bob", world.transition(first, 6));
    expectFailed(world.verify(world.complete()), "another subject or digest than request 1");
}

TEST(Attack, AnApprovalIsUsedTwice)
{
    LedgerWorld world;
    auto last = world.promote();
    auto again = world.transition(1);
    EXPECT_NE(world.refusal("bob", again).find("applied already, by entry " + std::to_string(last)),
              std::string::npos);
    world.force("bob", again);
    expectFailed(world.verify(world.complete()), "it was applied already, by entry 4");
}

TEST(Attack, AnApprovalIsTakenFromAnotherLog)
{
    LedgerWorld world, other;
    world.request();
    other.request();
    other.append("bob", other.approval(1));
    auto stolen = other.read(other.entryPath(2));
    world.write("entries/" + entryFileName(2, leafHash(stolen)), stolen);
    auto verification = world.verify(world.complete());
    EXPECT_TRUE(says(verification, Standing::Failed, "after another entry than the one before it"))
        << said(verification);
}

TEST(Attack, AnotherLogIsShown)
{
    LedgerWorld world;
    auto options = world.complete();
    options.origin = "risk-team/churn";
    expectFailed(world.verify(options),
                 "This is another log: its origin is risk-team/fraud and not risk-team/churn");
    options = world.complete();
    options.pin = formatNote(signCheckpoint({"risk-team/churn", 1, {}}, LedgerWorld::key("dan")).value());
    expectFailed(world.verify(options), "The pinned checkpoint is of another log");
}

TEST(Attack, AClockLies)
{
    LedgerWorld world;
    auto asked = world.request();
    world.append("bob", world.gate(asked));
    auto early = world.approval(asked);
    early.time = 1;
    world.append("bob", early);
    world.append("bob", world.transition(asked));
    auto log = world.open();
    ASSERT_TRUE(log.witness(LedgerWorld::key("wim"), 1'800'000'000'000));
    auto verification = world.verify(world.complete());
    EXPECT_EQ(verification.verdict, Standing::Passed) << "order comes from the place\n" << said(verification);
    EXPECT_EQ(verification.witnessedAt, 1'800'000'000'000) << "what a witness saw was there by then";
}

TEST(Attack, AStolenKeyAfterItWasRevoked)
{
    LedgerWorld world;
    world.promote();
    auto id = LedgerWorld::key("bob").publicKey().id();
    world.append(
        "dan",
        {.kind = ActKind::KeyRevoked, .subject = {"bob", sha256(id)}, .reason = "left", .keyLine = id});
    auto kept = world.verify(world.complete());
    EXPECT_EQ(kept.verdict, Standing::Passed) << "what was signed before stays\n" << said(kept);
    auto asked = world.request("ann", 6);
    EXPECT_NE(world.refusal("bob", world.approval(asked, 6)).find("not valid there"), std::string::npos);
    world.force("bob", world.approval(asked, 6));
    auto verification = world.verify(world.complete());
    expectFailed(verification, "which was not valid there: it was revoked");
    expectFailed(verification, "The checkpoint is signed with the key " + id + ", which was not valid then");
}

TEST(Attack, AKeyRevokedInTheVerifiersFile)
{
    LedgerWorld world;
    world.promote();
    auto options = world.complete();
    options.keys.find(LedgerWorld::key("bob").publicKey().id())->until[kOrigin] = 3;
    expectFailed(world.verify(options), "Entry 3: signed with the key bob");
    options.keys.find(LedgerWorld::key("bob").publicKey().id())->until = {{kOrigin, 5}, {"", 0}};
    EXPECT_EQ(world.verify(options).verdict, Standing::Passed) << "each log has its own end";
}

TEST(Attack, ANameIsBorrowed)
{
    LedgerWorld world;
    auto asked = world.request();
    // The same name, another key: the verifier knows keys, not names.
    auto fake = PrivateKey::fromSeed("bob", bytesOf(sha256("eve calls herself bob"))).value();
    auto log = world.open();
    EXPECT_FALSE(log.append(world.approval(asked), fake));
    Act act = world.approval(asked);
    act.index = 2;
    act.previous = log.state().lastLeaf();
    act.origin = kOrigin;
    act.actor = LedgerWorld::key("bob").publicKey().id();
    Envelope envelope{std::string(kStatementPayload), formatAct(act).value(), {}};
    ASSERT_TRUE(addSignature(envelope, fake));
    envelope.signatures[0].keyId = act.actor;
    auto text = formatEnvelope(envelope).value();
    world.write("entries/" + entryFileName(2, leafHash(text)), text);
    auto verification = world.verify(world.complete());
    EXPECT_TRUE(
        says(verification, Standing::Failed, "does not fit: the entry was changed after it was signed"))
        << said(verification);
}

TEST(Attack, AForeignKeySignsEverything)
{
    LedgerWorld world;
    world.force("eve", {.kind = ActKind::Comment, .subject = version(5), .reason = "hello"});
    auto verification = world.verify(world.complete());
    expectFailed(verification, "signed with a key that is not trusted: eve+");
    expectFailed(verification, "No trusted key signed the checkpoint");
    expectFailed(
        world.verify(
            {.keys =
                 TrustedKeys::parse(
                     formatTrustedKey({LedgerWorld::key("eve").publicKey(), {"admin"}, "eve", {}, {}}), "x")
                     .value()}),
        "signed with a key that is not trusted: dan+");
}

TEST(Attack, TwoWritersRace)
{
    LedgerWorld world;
    auto first = world.open(), second = world.open();
    ASSERT_TRUE(first.append({.kind = ActKind::Comment, .subject = version(5), .reason = "first"},
                             LedgerWorld::key("ann")));
    auto index = second.append({.kind = ActKind::Comment, .subject = version(5), .reason = "second"},
                               LedgerWorld::key("bob"));
    ASSERT_TRUE(index) << index.error().message;
    EXPECT_EQ(*index, 2u) << "built anew after what the other wrote";
    EXPECT_EQ(world.verify(world.complete()).verdict, Standing::Passed);
}

TEST(Attack, ASignatureServesAnotherMessage)
{
    // A signature under an envelope is none under a note, nor the other way round, nor a writer's one of a
    // witness.
    auto key = LedgerWorld::key("ann");
    auto note = signCheckpoint({kOrigin, 1, sha256("x")}, key).value();
    Envelope envelope{
        std::string(kStatementPayload), note.text, {{key.publicKey().id(), note.signatures[0].bytes}}};
    EXPECT_FALSE(verify(envelope, envelope.signatures[0], key.publicKey()));
    auto line = note.signatures[0];
    line.keyId = key.publicKey().noteId(KeyUse::Cosignature);
    line.bytes.insert(0, 8, '\0');
    EXPECT_FALSE(cosignatureTime(note, line, key.publicKey()));
}

TEST(Attack, HostileFilesInTheFolder)
{
    LedgerWorld world;
    auto complete = world.complete();
    world.write("entries/../notes.txt", "hello");
    world.write("entries/00000001-0123456789abcdef.json.exe", "x");
    fs::create_directories(world.file("entries/deep/er"));
    auto verification = world.verify(complete);
    EXPECT_EQ(verification.verdict, Standing::Gap) << said(verification);
    EXPECT_TRUE(says(verification, Standing::Gap, "notes.txt"));
    EXPECT_TRUE(says(verification, Standing::Gap, "entries/deep/"));
    fs::create_symlink("/etc/passwd", world.file("entries/00000001-0123456789abcdef.json"));
    expectFailed(world.verify(complete), "Entry 1 can't be read");
    fs::remove(world.file("entries/00000001-0123456789abcdef.json"));
    world.write("entries/00000001-0123456789abcdef.json", std::string(kMostEntryBytes + 1, '['));
    expectFailed(world.verify(complete), "Entry 1 can't be read");
    world.write("checkpoint", std::string(kMostNoteBytes + 1, 'x'));
    expectFailed(world.verify(complete), "The checkpoint is no signed note");
}

} // namespace

} // namespace sextant::ledger
