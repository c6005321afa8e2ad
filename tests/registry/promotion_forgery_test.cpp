// Entries that are written past our program, with real keys and no respect, into the log of a model, and the
// registry changed to fit: every verdict refuses them, not only the writer.
#include "tests/registry/promotion_world.h"

#include <gtest/gtest.h>

namespace sextant::registry {

namespace {

using namespace ledger;

constexpr const char* kGated = R"({"schema":"sextant.rules/1","targets":{"*":{"gates":["better"]}}})";
constexpr const char* kTwo = R"({"schema":"sextant.rules/1","targets":{"*":{"approvals":2}}})";
constexpr EpochMs kLongAgo = 1'000'000'000'000;

class Forgery : public testing::TestWithParam<PromotionWorld::Kind>
{
protected:
    /// Signs and seals an act without asking whether it counts.
    std::uint64_t force(const std::string& who, Act act)
    {
        auto storage = std::make_shared<FolderStorage>(m_world.logFolder());
        auto files = readLogFiles(*storage, {}).value();
        auto key = PromotionWorld::key(who);
        act.index = files.entries.size();
        act.previous = files.entries.back().leaf;
        act.origin = "risk/fraud";
        act.actor = key.publicKey().id();
        act.time = now();
        Envelope envelope{std::string(kStatementPayload), formatAct(act).value(), {}};
        EXPECT_TRUE(addSignature(envelope, key));
        auto text = formatEnvelope(envelope).value();
        EXPECT_TRUE(storage->create("entries/" + entryFileName(act.index, leafHash(text)), text));
        MerkleTree tree;
        for (const auto& entry : files.entries)
            tree.append(entry.leaf);
        tree.append(leafHash(text));
        auto note = signCheckpoint({"risk/fraud", tree.size(), tree.root()}, key).value();
        EXPECT_TRUE(storage->replace(kCheckpointFile, formatNote(note)));
        return act.index;
    }
    Promotion request(const std::string& who = "ann")
    {
        auto store = m_world.open();
        PromotionRequest wanted{.version = 2, .target = kProduction, .reason = "better"};
        return PromotionWorld::promotions(store)->request(wanted, PromotionWorld::key(who), {}).value();
    }
    Act on(const Promotion& promotion, ActKind kind)
    {
        return {
            .kind = kind, .subject = promotion.act.subject, .reason = "forged", .request = promotion.number};
    }
    Act approval(const Promotion& promotion)
    {
        auto act = on(promotion, ActKind::Decision);
        act.passed = true;
        return act;
    }
    /// Changes the registry too; the verdict must say the words, and fail.
    void expectRefused(const Promotion& promotion, const std::string& words)
    {
        auto act = on(promotion, ActKind::Transition);
        describe(promotion.change, act);
        force("cat", act);
        auto store = m_world.open();
        ASSERT_TRUE(store.registry->unlock());
        ASSERT_TRUE(make(promotion.change, *store.registry));
        auto verification = m_world.verify();
        EXPECT_EQ(verification.verdict, Standing::Failed) << said(verification);
        EXPECT_NE(said(verification).find(words), std::string::npos) << said(verification);
    }

    PromotionWorld m_world{GetParam()};
};

TEST_P(Forgery, AUserWithoutTheRole)
{
    m_world.rules();
    auto asked = request();
    force("uma", approval(asked));
    expectRefused(asked, "uma is no approver");
}

TEST_P(Forgery, TheRequester)
{
    m_world.rules();
    auto asked = request("bob");
    force("bob", approval(asked));
    expectRefused(asked, "bob made the request");
}

TEST_P(Forgery, TheRequestersSecondKey)
{
    m_world.rules();
    auto asked = request("ann");
    force("ann-2", approval(asked));
    expectRefused(asked, "ann (key ann-2) made the request");
}

TEST_P(Forgery, OnePersonWithTwoKeys)
{
    m_world.rules(kTwo);
    auto asked = request();
    force("bob", approval(asked));
    force("bob-2", approval(asked));
    expectRefused(asked, "approved already");
}

TEST_P(Forgery, AnExpiredWaiver)
{
    m_world.rules(kGated);
    auto asked = request();
    force("bob", approval(asked));
    auto waiver = on(asked, ActKind::Waiver);
    waiver.gate = "better";
    waiver.expires = kLongAgo;
    force("dan", waiver);
    expectRefused(asked, "its waiver has expired");
}

TEST_P(Forgery, ARevokedKey)
{
    m_world.rules();
    auto asked = request();
    force("dan", {.kind = ActKind::KeyRevoked,
                  .subject = {"bob", {}},
                  .reason = "left",
                  .keyLine = PromotionWorld::key("bob").publicKey().id()});
    force("bob", approval(asked));
    expectRefused(asked, "which was not valid there");
}

TEST_P(Forgery, ADecisionAboutAnotherDigest)
{
    m_world.rules();
    auto asked = request();
    auto other = approval(asked);
    other.subject.digest = sha256("other files");
    force("bob", other);
    expectRefused(asked, "another subject or digest");
}

TEST_P(Forgery, AGateForAnOlderDigestOfTheCandidate)
{
    m_world.rules(kGated);
    auto asked = request();
    force("bob", approval(asked));
    auto gate = on(asked, ActKind::Gate);
    gate.subject.digest = sha256("the files before the fix");
    gate.gate = "better";
    gate.passed = true;
    force("ann", gate);
    expectRefused(asked, "the gate 'better' was not checked");
}

TEST_P(Forgery, AKeyNobodyTrusts)
{
    m_world.rules();
    auto asked = request();
    force("eve", approval(asked));
    expectRefused(asked, "not trusted");
    auto store = m_world.open();
    EXPECT_NE(refusal(PromotionWorld::promotions(store)).find("does not verify"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Stores, Forgery,
                         testing::Values(PromotionWorld::Kind::Database, PromotionWorld::Kind::Folders),
                         [](const auto& kind) {
                             return kind.param == PromotionWorld::Kind::Database ? "Database" : "Folders";
                         });

} // namespace

} // namespace sextant::registry
