// Promotions on both kinds of stores: what is asked, refused, decided, changed and taken back.
#include "tests/registry/promotion_world.h"

#include <gtest/gtest.h>

namespace sextant::registry {

namespace {

using namespace ledger;

constexpr EpochMs kFar = 4'000'000'000'000;
constexpr const char* kGated =
    R"({"schema":"sextant.rules/1","targets":{"stage:Production":{"approvals":2,"gates":["better"]},"*":{}}})";

class PromotionTest : public testing::TestWithParam<PromotionWorld::Kind>
{
protected:
    Promotions log() { return PromotionWorld::promotions(m_store = m_world.open()).value(); }
    static PrivateKey key(const std::string& name) { return PromotionWorld::key(name); }
    void expectVerdict(Standing verdict)
    {
        auto verification = m_world.verify();
        EXPECT_EQ(verification.verdict, verdict) << said(verification);
    }

    PromotionWorld m_world{GetParam()};
    Store m_store;
};

TEST_P(PromotionTest, FromTheRequestToTheRollback)
{
    m_world.rules();
    auto first = m_world.promoted(1, kProduction);
    EXPECT_EQ(m_world.at(kProduction), "1");
    m_world.promoted(2, kStaging);
    expectVerdict(Standing::Passed);

    auto promotions = log();
    PromotionRequest wanted{.version = 2, .target = kProduction, .reason = "AUC 0.93"};
    auto words = sentences(promotions.plan(wanted).value());
    EXPECT_EQ(words, (std::vector<std::string>{"Production of fraud moves from v1 to v2",
                                               "v1 becomes Archived", "v2 leaves Staging"}));
    auto asked = promotions.request(wanted, key("ann"), {}).value();
    EXPECT_EQ(asked.state, PromotionState::Open);
    EXPECT_EQ(asked.act.author, "zoe");
    EXPECT_EQ(asked.obstacles, std::vector<std::string>{"it has 0 of 1 approvals"});
    EXPECT_EQ(m_world.at(kProduction), "1") << "nothing changes by asking";
    EXPECT_NE(refusal(promotions.apply(asked.number, key("bob"), {})).find("0 of 1 approvals"),
              std::string::npos);
    auto ready = promotions.decide(asked.number, true, "I looked at it", key("bob"), {}).value();
    EXPECT_EQ(ready.state, PromotionState::Ready);
    EXPECT_TRUE(promotions.changedSince(ready, {}).empty());
    auto applied = promotions.apply(asked.number, key("bob"), {}).value();
    EXPECT_EQ(applied.state, PromotionState::Applied);
    EXPECT_EQ(m_world.at(kProduction), "2");
    EXPECT_EQ(m_world.at(kStaging), "");
    EXPECT_EQ(m_world.version(1).stage, Stage::Archived);
    expectVerdict(Standing::Passed);

    auto back = promotions.rollback(kProduction, "it is slow", key("ann"), {}).value();
    EXPECT_EQ(back.change.comes, 1);
    EXPECT_EQ(back.rollbackOf, applied.applied);
    ASSERT_TRUE(promotions.decide(back.number, true, "yes", key("cat"), {}));
    ASSERT_TRUE(promotions.apply(back.number, key("cat"), {}));
    EXPECT_EQ(m_world.at(kProduction), "1");
    EXPECT_EQ(m_world.version(2).stage, Stage::Archived);
    expectVerdict(Standing::Passed);
    EXPECT_EQ(log().find(first)->state, PromotionState::Applied);
    EXPECT_EQ(log().list().size(), 4u);
    EXPECT_EQ(log().list().front().id(), back.id());
}

TEST_P(PromotionTest, AnAliasMovesAndItsPointersAreWritten)
{
    m_world.rules();
    m_world.promoted(1, kChampionAlias);
    m_world.promoted(3, kChampionAlias);
    EXPECT_EQ(m_world.at(kChampionAlias), "3");
    expectVerdict(Standing::Passed);
    EXPECT_EQ(m_world.tag(kCheckpointTag), test::contentOf(m_world.logFolder() + "/checkpoint"));
    auto last = log().history().back();
    EXPECT_EQ(m_world.version(3).tags.find(kEntryTag)->second,
              std::to_string(last.act.index) + " " + toHex(last.leaf));
    EXPECT_LE(m_world.tag(kCheckpointTag).size(), kLongestPointer);
}

TEST_P(PromotionTest, WhatWasThereWhenTheLogBeganIsAcknowledged)
{
    ASSERT_TRUE(m_store.tracking == nullptr);
    m_store = m_world.open();
    ASSERT_TRUE(m_store.registry->unlock());
    ASSERT_TRUE(m_store.registry->setAlias(kModel, "champion", 1));
    m_world.rules();
    auto verification = m_world.verify();
    EXPECT_EQ(verification.verdict, Standing::Gap) << said(verification);
    EXPECT_TRUE(says(verification, Standing::Gap, "As it was when the log began")) << said(verification);
    m_world.promoted(2, kChampionAlias);
    EXPECT_EQ(m_world.at(kChampionAlias), "2");
    expectVerdict(Standing::Gap);
}

TEST_P(PromotionTest, WhoMayNotIsRefusedWithTheRule)
{
    m_world.rules();
    auto promotions = log();
    PromotionRequest wanted{.version = 1, .target = kProduction, .reason = "better"};
    EXPECT_NE(refusal(promotions.request(wanted, key("uma"), {})).find("uma is no approver or requester"),
              std::string::npos);
    EXPECT_NE(refusal(promotions.request(wanted, key("eve"), {})).find("not trusted"), std::string::npos);
    auto asked = promotions.request(wanted, key("ann"), {}).value().number;
    EXPECT_NE(refusal(promotions.decide(asked, true, "me", key("ann-2"), {})).find("made the request"),
              std::string::npos);
    EXPECT_NE(refusal(promotions.decide(asked, true, "me", key("uma"), {})).find("uma is no approver"),
              std::string::npos);
    EXPECT_NE(refusal(promotions.decide(asked, true, "", key("bob"), {})).find("needs a reason"),
              std::string::npos);
    EXPECT_NE(refusal(promotions.withdraw(asked, "no", key("bob"))).find("did not make the request"),
              std::string::npos);
    EXPECT_NE(refusal(promotions.emergency(wanted, key("bob"), {})).find("bob is no admin"),
              std::string::npos);
    EXPECT_NE(refusal(promotions.find(77)).find("There is no promotion fraud#77"), std::string::npos);
    EXPECT_NE(refusal(promotions.request(wanted, key("ann"), {})).find("asks for the same already"),
              std::string::npos);
    EXPECT_EQ(promotions.whyNotDecide(promotions.find(asked).value(), key("ann").publicKey().id()),
              "ann has no role that may approve");
    EXPECT_EQ(promotions.whyNotDecide(promotions.find(asked).value(), key("bob").publicKey().id()), "");
    EXPECT_EQ(m_world.at(kProduction), "");
    expectVerdict(Standing::Passed);
}

TEST_P(PromotionTest, GatesMustPassOrBeWaived)
{
    m_world.rules(kGated);
    auto number = m_world.approved(2, kProduction);
    auto promotions = log();
    EXPECT_EQ(promotions.find(number)->obstacles,
              (std::vector<std::string>{"it has 1 of 2 approvals", "the gate 'better' was not checked"}));
    ASSERT_TRUE(promotions.decide(number, true, "me too", key("cat"), {}));
    GateVerdict verdict{.gate = "better", .details = R"({"result":"FAILED","failedTests":["auc"]})"};
    auto failed = promotions.recordGate(number, verdict, key("ann"), {}).value();
    EXPECT_EQ(failed.gates.front().passed, false);
    EXPECT_NE(refusal(promotions.apply(number, key("bob"), {})).find("the gate 'better' failed"),
              std::string::npos);
    EXPECT_NE(refusal(promotions.waive(number, "better", "outage", 1, key("dan"))).find("expired already"),
              std::string::npos);
    EXPECT_NE(refusal(promotions.waive(number, "nothing", "outage", kFar, key("dan"))).find("has no gate"),
              std::string::npos);
    EXPECT_NE(refusal(promotions.waive(number, "better", "outage", kFar, key("cat"))).find("cat is no admin"),
              std::string::npos);
    ASSERT_TRUE(promotions.waive(number, "better", "known outage", kFar, key("dan")));
    ASSERT_TRUE(promotions.apply(number, key("bob"), {}));
    EXPECT_EQ(m_world.at(kProduction), "2");
    EXPECT_TRUE(says(m_world.verify(), Standing::Gap, "dan waived the gate 'better'"));
}

TEST_P(PromotionTest, AGateIsBoundToItsDefinition)
{
    auto store = m_world.open();
    NewRules rules{.json = kGated, .gates = {{"better", R"({"auc":0.9})"}}, .reason = "strict"};
    auto promotions =
        Promotions::setRules(PromotionWorld::access(store), kModel, rules, key("dan"), {}).value();
    EXPECT_EQ(promotions.gateDefinition("stage:Production", "better").value(), R"({"auc":0.9})");
    auto number = m_world.approved(2, kProduction);
    auto later = log();
    GateVerdict lax{.gate = "better", .passed = true, .inputs = {{"better", sha256(R"({"auc":0.1})")}}};
    EXPECT_NE(refusal(later.recordGate(number, lax, key("ann"), {})).find("that the rules name"),
              std::string::npos);
    lax.inputs = {{"better", sha256(R"({"auc":0.9})")}};
    EXPECT_TRUE(later.recordGate(number, lax, key("ann"), {}));
    std::filesystem::path gates = std::filesystem::path(m_world.logFolder()).parent_path() / "gates";
    std::ofstream(std::filesystem::directory_iterator(gates)->path()) << "{}";
    EXPECT_NE(refusal(later.gateDefinition("stage:Production", "better")).find("not the one"),
              std::string::npos);
}

TEST_P(PromotionTest, ApplyingComparesFirst)
{
    m_world.rules();
    m_world.promoted(1, kProduction);
    auto number = m_world.approved(2, kProduction);
    m_store = m_world.open();
    ASSERT_TRUE(m_store.registry->unlock());
    ASSERT_TRUE(m_store.registry->transition(kModel, 3, Stage::Production, true)); // behind the log's back
    auto promotions = log();
    EXPECT_NE(
        refusal(promotions.apply(number, key("bob"), {})).find("Production of fraud is v3 now, and was v1"),
        std::string::npos)
        << refusal(promotions.apply(number, key("bob"), {}));
    EXPECT_EQ(m_world.at(kProduction), "3");
    EXPECT_EQ(m_world.verify().verdict, Standing::Failed);
    auto late = promotions.request({.version = 2, .target = kProduction, .reason = "now"}, key("ann"), {});
    ASSERT_TRUE(promotions.decide(late->number, true, "yes", key("bob"), {}));
    EXPECT_NE(refusal(promotions.apply(late->number, key("bob"), {})).find("changed outside the log"),
              std::string::npos);
    EXPECT_EQ(promotions.reconcile("done by hand", key("dan"), {}).value(),
              std::vector<std::string>{"stage:Production"});
    ASSERT_TRUE(promotions.apply(late->number, key("bob"), {}));
    EXPECT_EQ(m_world.at(kProduction), "2");
    EXPECT_TRUE(says(m_world.verify(), Standing::Gap, "dan acknowledged it: done by hand"));
}

TEST_P(PromotionTest, FilesThatChangeAfterTheRequestStopIt)
{
    m_world.rules();
    auto number = m_world.approved(2, kProduction);
    std::ofstream(m_world.modelFile(2)) << "other weights";
    auto promotions = log();
    EXPECT_NE(refusal(promotions.apply(number, key("bob"), {})).find("The files of 'fraud/2' changed since"),
              std::string::npos);
    EXPECT_NE(refusal(promotions.decide(number, true, "again", key("cat"), {})).find("changed since"),
              std::string::npos);
    EXPECT_EQ(m_world.at(kProduction), "");
    ASSERT_TRUE(promotions.withdraw(number, "files changed", key("ann")));
    m_world.promoted(2, kProduction);
    expectVerdict(Standing::Passed);
    std::ofstream(m_world.modelFile(2)) << "swapped after approval";
    EXPECT_TRUE(says(m_world.verify(), Standing::Failed, "are not those that were approved"));
    EXPECT_NE(refusal(log().rollback(kProduction, "back", key("ann"), {})).find("nobody was at Production"),
              std::string::npos);
}

TEST_P(PromotionTest, AnEmergencyIsAllowedLoudAndListed)
{
    m_world.rules();
    m_world.promoted(1, kChampionAlias);
    m_store = m_world.open();
    ASSERT_TRUE(m_store.registry->unlock());
    ASSERT_TRUE(m_store.registry->setAlias(kModel, "champion", 3));
    auto done =
        log().emergency({.version = 2, .target = kChampionAlias, .reason = "garbage scores"}, key("dan"), {});
    ASSERT_TRUE(done) << refusal(done);
    EXPECT_TRUE(done->emergency);
    EXPECT_EQ(m_world.at(kChampionAlias), "2");
    EXPECT_TRUE(log().list().front().emergency);
    auto verification = m_world.verify();
    EXPECT_EQ(verification.verdict, Standing::Gap) << said(verification);
    EXPECT_TRUE(says(verification, Standing::Gap, "as an emergency, without approvals, by dan"));
}

TEST_P(PromotionTest, AVersionLeavesItsStage)
{
    m_world.rules();
    m_world.promoted(1, kProduction);
    auto number = m_world.promoted(1, Target::of(Stage::Archived));
    EXPECT_EQ(m_world.version(1).stage, Stage::Archived);
    EXPECT_EQ(log().find(number)->change.target, kProduction);
    EXPECT_EQ(sentences(log().find(number)->change),
              (std::vector<std::string>{"v1 of fraud leaves Production", "v1 becomes Archived"}));
    expectVerdict(Standing::Passed);
    EXPECT_NE(
        refusal(log().plan({.version = 1, .target = Target::of(Stage::None)})).find("no stage to leave"),
        std::string::npos);
    EXPECT_NE(refusal(log().plan({.version = 9, .target = kStaging})).find("has no version 9"),
              std::string::npos);
}

TEST_P(PromotionTest, EvidenceIsSignedAndKept)
{
    m_world.rules();
    PromotionRequest wanted{.version = 2,
                            .target = kProduction,
                            .reason = "fair",
                            .evidence = {{"fairness.json", "{}"}},
                            .expires = kFar};
    auto asked = log().request(wanted, key("ann"), {}).value();
    EXPECT_EQ(asked.act.inputs, (std::vector<Subject>{{"fairness.json", sha256("{}")}}));
    auto beside = std::filesystem::path(m_world.logFolder()).parent_path().string();
    EXPECT_EQ(test::contentOf(beside + "/reports/" + toHex(sha256("{}")) + "/fairness.json"), "{}");
    EXPECT_TRUE(says(m_world.verify(), Standing::Passed, "1 file beside the log is the one that was signed"));
    EXPECT_EQ(log().evidenceOf(asked).value().front().content, "{}");
    std::ofstream(beside + "/reports/" + toHex(sha256("{}")) + "/fairness.json") << "[]";
    EXPECT_TRUE(
        says(m_world.verify(), Standing::Failed, "'fairness.json' of entry 1 is not the one that was"));
    EXPECT_NE(refusal(log().evidenceOf(asked)).find("not what was signed"), std::string::npos);
    std::filesystem::remove_all(beside + "/reports");
    EXPECT_TRUE(says(m_world.verify(), Standing::Gap, "'fairness.json' of entry 1 could not be checked"));
    wanted = {.version = 3, .target = kProduction, .reason = "x", .evidence = {{"../escape", ""}}};
    EXPECT_NE(refusal(log().request(wanted, key("ann"), {})).find("can't name a file"), std::string::npos);
    wanted.evidence.clear();
    wanted.expires = 1000;
    EXPECT_NE(refusal(log().request(wanted, key("ann"), {})).find("expired already"), std::string::npos);
    expectVerdict(Standing::Gap);
}

TEST_P(PromotionTest, ALogIsBegunByAnAdminOnly)
{
    m_store = m_world.open();
    auto none = PromotionWorld::promotions(m_store);
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().hint.find("promotions rules fraud"), std::string::npos);
    auto refused = Promotions::setRules(PromotionWorld::access(m_store), kModel, {}, key("bob"), {});
    EXPECT_NE(refusal(refused).find("no admin's"), std::string::npos);
    EXPECT_FALSE(PromotionWorld::promotions(m_store)) << "nothing was made";
    auto broken =
        Promotions::setRules(PromotionWorld::access(m_store), kModel, {.json = "{}"}, key("dan"), {});
    EXPECT_NE(refusal(broken).find("these are no rules"), std::string::npos);
    auto nobody = Promotions::setRules(PromotionWorld::access(m_store), "nobody", {}, key("dan"), {});
    EXPECT_NE(refusal(nobody).find("no registered model 'nobody'"), std::string::npos);
    auto begun = Promotions::setRules(PromotionWorld::access(m_store), kModel, {}, key("dan"), {});
    ASSERT_TRUE(begun) << refusal(begun);
    EXPECT_TRUE(begun->log().state().origin().starts_with("fraud/"));
    auto changed =
        Promotions::setRules(PromotionWorld::access(m_store), kModel, {.json = kGated}, key("dan"), {});
    ASSERT_TRUE(changed) << refusal(changed);
    EXPECT_NE(changed->rules().find("better"), std::string::npos);
    EXPECT_FALSE(Promotions::setRules(PromotionWorld::access(m_store), kModel, {}, key("bob"), {}));
}

INSTANTIATE_TEST_SUITE_P(Stores, PromotionTest,
                         testing::Values(PromotionWorld::Kind::Database, PromotionWorld::Kind::Folders),
                         [](const auto& kind) {
                             return kind.param == PromotionWorld::Kind::Database ? "Database" : "Folders";
                         });

} // namespace

} // namespace sextant::registry
