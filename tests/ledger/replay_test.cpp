// Who may do what: refused when written, and not counted by a verifier when written all the same.
#include "tests/ledger/ledger_world.h"

#include <gtest/gtest.h>

namespace sextant::ledger {

namespace {

/// What is refused by the writer, and what a verifier says when it is written in spite of that and then
/// applied.
void expectNotCounted(const LedgerWorld& world, const std::string& who, const Act& act,
                      const std::string& words)
{
    auto refusal = world.refusal(who, act);
    EXPECT_NE(refusal.find(words), std::string::npos) << "wanted: " << words << "\ngot: " << refusal;
    world.force(who, act);
    auto verification = world.verify(world.complete());
    EXPECT_NE(verification.verdict, Standing::Passed);
    EXPECT_NE(said(verification).find(words), std::string::npos) << said(verification);
}

void expectNoQuorum(const LedgerWorld& world, std::uint64_t request, const std::string& words)
{
    expectNotCounted(world, "bob", world.transition(request), words);
    EXPECT_EQ(world.verify(world.complete()).verdict, Standing::Failed);
}

TEST(Replay, AUserWithoutTheRole)
{
    LedgerWorld world;
    auto asked = world.request();
    world.append("bob", world.gate(asked));
    expectNotCounted(world, "uma", world.approval(asked), "uma is no approver");
    expectNotCounted(world, "wim",
                     {.kind = ActKind::Request, .subject = version(6), .target = kChampion, .to = "fraud/6"},
                     "wim is no approver or requester");
    expectNoQuorum(world, asked, "it has 0 of 1 approvals");
}

TEST(Replay, TheRequesterApproves)
{
    LedgerWorld world;
    auto asked = world.request("bob");
    world.append("cat", world.gate(asked));
    expectNotCounted(world, "bob", world.approval(asked), "bob made the request");
    expectNoQuorum(world, asked, "it has 0 of 1 approvals");
}

TEST(Replay, TheRequesterApprovesWithASecondKey)
{
    LedgerWorld world;
    auto asked = world.request("ann");
    expectNotCounted(world, "ann-2", world.approval(asked), "ann (key ann-2) made the request");
}

TEST(Replay, TheAuthorApproves)
{
    LedgerWorld world;
    auto asked = world.request("ann", 5, "bob");
    expectNotCounted(world, "bob-2", world.approval(asked), "made what is to be approved");
    world.append("cat", world.approval(asked));
}

TEST(Replay, OnePersonWithTwoKeysIsOnePerson)
{
    LedgerWorld world(R"({"schema":"sextant.rules/1","targets":{"*":{"approvals":2}}})");
    auto asked = world.request();
    world.append("bob", world.approval(asked));
    expectNotCounted(world, "bob-2", world.approval(asked), "bob (key bob-2) approved already, with entry 2");
    EXPECT_NE(world.refusal("bob", world.transition(asked)).find("1 of 2 approvals"), std::string::npos);
    world.append("cat", world.approval(asked));
    world.append("bob", world.transition(asked));
}

TEST(Replay, ADecisionAboutAnotherDigest)
{
    LedgerWorld world;
    auto asked = world.request();
    auto other = world.approval(asked);
    other.subject.digest = sha256("swapped");
    expectNotCounted(world, "bob", other, "another subject or digest than request 1");
}

TEST(Replay, GatesMustPassOrBeWaivedInTime)
{
    LedgerWorld world;
    auto asked = world.request();
    world.append("bob", world.approval(asked));
    EXPECT_NE(world.refusal("bob", world.transition(asked)).find("the gate 'better' was not checked"),
              std::string::npos);
    world.append("cat", world.gate(asked, false));
    EXPECT_NE(world.refusal("bob", world.transition(asked)).find("the gate 'better' failed"),
              std::string::npos);
    Act waiver{.kind = ActKind::Waiver,
               .subject = version(5),
               .reason = "known outage",
               .request = asked,
               .gate = "better"};
    expectNotCounted(world, "dan", waiver, "it names no gate, no reason or no end");
    waiver.expires = 1'000'000'000'000; // long ago
    EXPECT_NE(world.refusal("bob", waiver).find("bob is no admin"), std::string::npos);
    world.append("dan", waiver);
    expectNoQuorum(world, asked, "its waiver has expired");
}

TEST(Replay, AWaiverCountsAndIsSeen)
{
    LedgerWorld world;
    auto asked = world.request();
    world.append("bob", world.approval(asked));
    world.append("dan", {.kind = ActKind::Waiver,
                         .subject = version(5),
                         .reason = "known outage",
                         .request = asked,
                         .gate = "better",
                         .expires = 4'000'000'000'000});
    world.append("bob", world.transition(asked));
    auto verification = world.verify(world.complete());
    EXPECT_EQ(verification.verdict, Standing::Gap);
    EXPECT_TRUE(says(verification, Standing::Gap, "dan waived the gate 'better'"));
}

TEST(Replay, RejectedWithdrawnAndExpiredRequestsStayClosed)
{
    LedgerWorld world;
    auto rejected = world.request();
    auto no = world.approval(rejected);
    no.passed = false;
    world.append("bob", no);
    EXPECT_NE(world.refusal("cat", world.approval(rejected)).find("is closed"), std::string::npos);
    EXPECT_NE(world.refusal("cat", world.transition(rejected)).find("it was rejected by entry 2"),
              std::string::npos);
    auto withdrawn = world.request();
    EXPECT_NE(world.refusal("bob", {.kind = ActKind::Withdrawal, .subject = version(5), .request = withdrawn})
                  .find("did not make the request"),
              std::string::npos);
    world.append("ann", {.kind = ActKind::Withdrawal, .subject = version(5), .request = withdrawn});
    EXPECT_NE(world.refusal("bob", world.transition(withdrawn)).find("it was withdrawn"), std::string::npos);
    auto late = world.append("ann", {.kind = ActKind::Request,
                                     .subject = version(5),
                                     .target = kChampion,
                                     .to = "fraud/5",
                                     .expires = 1000});
    world.append("bob", world.gate(late));
    world.append("bob", world.approval(late));
    EXPECT_NE(world.refusal("bob", world.transition(late)).find("it expired 1970"), std::string::npos);
}

TEST(Replay, NothingIsAppliedInAFreeze)
{
    LedgerWorld world(
        R"({"schema":"sextant.rules/1","targets":{"*":{"freeze":[{"from":0,"to":"2200-01-01","why":"audit"}]}}})");
    auto asked = world.request();
    world.append("bob", world.approval(asked));
    expectNoQuorum(world, asked, "nothing may change until 2200-01-01T00:00:00.000Z: audit");
}

TEST(Replay, AnEmergencyIsAllowedAndLoud)
{
    LedgerWorld world;
    Act act{.kind = ActKind::Transition,
            .subject = version(4),
            .reason = "the champion scores garbage",
            .target = kChampion,
            .to = "fraud/4",
            .emergency = true};
    expectNotCounted(world, "bob", act, "bob is no admin");
    LedgerWorld other;
    other.append("dan", act);
    auto verification = other.verify(other.complete());
    EXPECT_EQ(verification.verdict, Standing::Gap);
    EXPECT_TRUE(says(verification, Standing::Gap,
                     "as an emergency, without approvals, by dan: the champion scores garbage"));
}

TEST(Replay, ARollbackIsAPromotionOfItsOwn)
{
    LedgerWorld world;
    world.promote(4);
    world.promote(5, {"fraud/4"});
    world.promote(4, {"fraud/5"});
    auto verification = world.verify(world.complete());
    EXPECT_EQ(verification.verdict, Standing::Passed) << said(verification);
    EXPECT_EQ(verification.holders.at(kChampion), std::set<std::string>{"fraud/4"});
}

TEST(Replay, OnlyWhatWasAskedForLeaves)
{
    LedgerWorld world;
    auto asked = world.request("ann", 5, "", {"fraud/4"});
    world.append("bob", world.gate(asked));
    world.append("bob", world.approval(asked));
    auto more = world.transition(asked, 5, {"fraud/3", "fraud/4"});
    EXPECT_NE(world.refusal("bob", more).find("something else left than request 1"), std::string::npos);
    auto other = world.transition(asked, 5, {"fraud/4"});
    other.leaves = {"stage:Production"};
    expectNotCounted(world, "bob", other, "something else left than request 1");
}

TEST(Replay, ASubjectLeavesTheTargetsItCanNotBeAtAsWell)
{
    LedgerWorld world(R"({"schema":"sextant.rules/1","targets":{"*":{"approvals":0}}})");
    auto staged = [&](const char* target, std::vector<std::string> leaves) {
        Act act{.kind = ActKind::Request,
                .subject = version(5),
                .target = target,
                .to = "fraud/5",
                .leaves = std::move(leaves)};
        act.request = world.append("ann", act);
        act.kind = ActKind::Transition;
        world.append("ann", act);
    };
    staged("stage:Staging", {});
    staged("stage:Production", {"stage:Staging"});
    auto verification = world.verify(world.complete());
    EXPECT_EQ(verification.verdict, Standing::Passed) << said(verification);
    EXPECT_TRUE(verification.holders.at("stage:Staging").empty());
    EXPECT_EQ(verification.holders.at("stage:Production"), std::set<std::string>{"fraud/5"});
}

TEST(Replay, AGateIsTheOneThatTheRulesName)
{
    auto definition = sha256("the gate");
    LedgerWorld world(R"({"schema":"sextant.rules/1","targets":{"*":{"gates":[{"name":"better","sha256":")" +
                      toHex(definition) + R"("}]}}})");
    auto asked = world.request();
    auto lax = world.gate(asked);
    lax.inputs = {{"better", sha256("another gate")}};
    expectNotCounted(world, "bob", lax, "it is not about the 'better' that the rules name");
    auto right = world.gate(asked);
    right.inputs = {{"metrics", sha256("m")}, {"better", definition}};
    world.append("bob", right);
    world.append("bob", world.approval(asked));
    world.append("bob", world.transition(asked));
}

TEST(Replay, AHolderThatTheLogDoesNotKnow)
{
    LedgerWorld world;
    world.promote(5, {"fraud/2"});
    EXPECT_TRUE(says(world.verify(world.complete()), Standing::Gap,
                     "by this log 'fraud/2' was not at alias:champion"));
    world.append("dan", {.kind = ActKind::Reconciliation,
                         .subject = version(7),
                         .reason = "done by hand",
                         .target = kChampion,
                         .from = {"fraud/5"},
                         .to = "fraud/7"});
    EXPECT_TRUE(says(world.verify(world.complete()), Standing::Gap,
                     "was changed outside the log; dan acknowledged it"));
    EXPECT_EQ(world.open().state().holders().at(kChampion), std::set<std::string>{"fraud/7"});
}

TEST(Replay, OnlyAdminsChangeTheRules)
{
    LedgerWorld world;
    std::string lax = R"({"schema":"sextant.rules/1","targets":{"*":{"approvals":0}}})";
    Act act{.kind = ActKind::Rules, .subject = {"rules", sha256(lax)}, .reason = "faster", .details = lax};
    expectNotCounted(world, "bob", act, "bob is no admin and can't set the rules");
    auto asked = world.request();
    world.append("cat", world.gate(asked));
    expectNoQuorum(world, asked, "0 of 1 approvals");
    LedgerWorld other;
    other.append("dan", act);
    auto free = other.request();
    other.append("bob", other.transition(free));
    EXPECT_EQ(other.verify(other.complete()).verdict, Standing::Passed);
}

TEST(Replay, KeysAreAddedByAdminsFromThereOn)
{
    LedgerWorld world;
    auto eve = LedgerWorld::key("eve");
    Act add{.kind = ActKind::KeyAdded,
            .subject = {"eve", sha256(eve.publicKey().text())},
            .reason = "joined",
            .keyLine = formatTrustedKey({eve.publicKey(), {"approver"}, "eve", {}, {}})};
    EXPECT_NE(world.refusal("bob", add).find("bob is no admin and can't add keys"), std::string::npos);
    world.append("dan", add);
    auto asked = world.request();
    world.append("eve", world.gate(asked));
    world.append("eve", world.approval(asked));
    world.append("bob", world.transition(asked));
    auto verification = world.verify(world.complete());
    EXPECT_EQ(verification.verdict, Standing::Passed) << said(verification);
    EXPECT_TRUE(
        says(verification, Standing::Passed, "dan added the key " + eve.publicKey().id() + " as approver"));
    auto own = world.refusal("eve", {.kind = ActKind::KeyRevoked,
                                     .subject = {"eve", {}},
                                     .reason = "lost it",
                                     .keyLine = eve.publicKey().id()});
    EXPECT_EQ(own, "") << "everyone may revoke a key of their own";
    EXPECT_NE(world.refusal("eve", world.approval(asked)).find("not valid there"), std::string::npos);
    EXPECT_EQ(world.verify(world.complete()).verdict, Standing::Passed);
}

TEST(Replay, AWitnessIsWantedByTheRules)
{
    LedgerWorld world(R"({"schema":"sextant.rules/1","targets":{"*":{"witness":true}}})");
    auto asked = world.request();
    world.append("bob", world.approval(asked));
    world.append("bob", world.transition(asked));
    EXPECT_TRUE(
        says(world.verify(world.complete()), Standing::Gap, "the rules want a witness other than bob"));
    auto log = world.open();
    EXPECT_FALSE(log.witness(LedgerWorld::key("cat"), now())) << "not trusted as a witness";
    ASSERT_TRUE(log.witness(LedgerWorld::key("wim"), now()));
    world.append("ann", {.kind = ActKind::Comment, .subject = version(5), .reason = "seen"});
    auto verification = world.verify(world.complete());
    EXPECT_EQ(verification.verdict, Standing::Passed) << said(verification);
}

TEST(Replay, WhatANewerVersionWroteIsAGap)
{
    LedgerWorld world;
    auto log = world.open();
    Act act{.kind = ActKind::Comment,
            .index = 1,
            .previous = log.state().lastLeaf(),
            .origin = kOrigin,
            .actor = LedgerWorld::key("ann").publicKey().id(),
            .subject = version(5),
            .reason = "x"};
    auto payload = formatAct(act).value();
    payload.replace(payload.find(":comment:"), 9, ":oracle:");
    Envelope envelope{std::string(kStatementPayload), payload, {}};
    ASSERT_TRUE(addSignature(envelope, LedgerWorld::key("ann")));
    Replay replay(kOrigin, LedgerWorld::everybody());
    auto first = log.entry(0).value(), second = formatEnvelope(envelope).value();
    EXPECT_TRUE(replay.take(first, leafHash(first)).counts);
    auto judgement = replay.take(second, leafHash(second));
    EXPECT_FALSE(judgement.counts);
    EXPECT_EQ(worst(judgement.findings), Standing::Gap);
}

} // namespace

} // namespace sextant::ledger
