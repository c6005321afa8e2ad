// Processes that are killed at each step of an act, and processes that race: afterwards either nothing
// happened or log and registry agree, and no word is lost.
#include "tests/registry/faulty_store.h"
#include "tests/registry/promotion_world.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace sextant::registry {

namespace {

using namespace ledger;

constexpr int kDone = 0, kRefused = 3;
using Work = std::function<bool(Promotions&)>;

/// Runs `work` in a process of its own and returns its id.
pid_t begin(const PromotionWorld& world, const Work& work, int killAt = -1)
{
    auto child = ::fork();
    if (child != 0)
        return child;
    Fuse fuse{killAt};
    auto store = world.open();
    FaultyRegistry registry(*store.registry, fuse);
    PromotionAccess access{*store.tracking, registry, LedgerWorld::everybody(), {}, {}, {}};
    access.storageAt = [&](const std::string& folder) {
        return std::make_shared<FaultyStorage>(folder, fuse);
    };
    auto promotions = Promotions::open(access, kModel, {});
    ::_exit(promotions && work(*promotions) ? kDone : kRefused);
}

int ended(pid_t child)
{
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

class PromotionFault : public testing::TestWithParam<PromotionWorld::Kind>
{
protected:
    void SetUp() override
    {
#ifdef __SANITIZE_THREAD__
        GTEST_SKIP() << "The thread sanitizer has no threads after a fork";
#endif
    }
    static PrivateKey key(const std::string& name)
    {
        return PromotionWorld::key(name);
    }
    void expectVerified()
    {
        auto verification = m_world.verify();
        EXPECT_NE(verification.verdict, Standing::Failed) << said(verification);
        EXPECT_EQ(said(verification).find("fork"), std::string::npos) << said(verification);
    }
    Promotion find(std::uint64_t number)
    {
        auto store = m_world.open();
        return PromotionWorld::promotions(store)->find(number).value();
    }

    PromotionWorld m_world{GetParam()};
};

TEST_P(PromotionFault, AKillAtEachStepOfAnApply)
{
    m_world.rules();
    m_world.promoted(1, kProduction);
    int kills = 0, completed = 0;
    for (int outcome = kKilled; outcome == kKilled; ++kills) {
        auto before = m_world.at(kProduction);
        std::int64_t next = before == "1" ? 2 : 1;
        auto number = m_world.approved(next, kProduction);
        outcome = ended(begin(
            m_world, [&](Promotions& log) { return log.apply(number, key("bob"), {}).has_value(); }, kills));
        auto store = m_world.open();
        auto bob = key("bob");
        auto log = PromotionWorld::promotions(store);
        ASSERT_TRUE(log) << "step " << kills << ": " << refusal(log);
        auto resumed = log->resume(&bob, {});
        ASSERT_TRUE(resumed) << "step " << kills << ": " << refusal(resumed);
        completed += resumed->has_value();
        auto promotion = log->find(number).value();
        EXPECT_EQ(promotion.approvals.size(), 1u) << "step " << kills << ": the approval is lost";
        bool applied = promotion.state == PromotionState::Applied;
        EXPECT_TRUE(applied || promotion.state == PromotionState::Ready) << toText(promotion.state);
        EXPECT_EQ(m_world.at(kProduction), applied ? std::to_string(next) : before) << "step " << kills;
        expectVerified();
        if (!applied) {
            EXPECT_TRUE(log->apply(number, bob, {})) << "step " << kills;
        }
        EXPECT_EQ(m_world.at(kProduction), std::to_string(next));
        EXPECT_FALSE(log->resume(&bob, {}).value()) << "nothing is left to do";
    }
    EXPECT_GT(kills, 10)
        << "mark, entry, checkpoint, registry, mark, and the pointers: before and after each";
    EXPECT_GE(completed, 3) << "stopped after the entry, the change is ended by resuming";
    expectVerified();
}

TEST_P(PromotionFault, AKillInTheMiddleOfTheRegistrysChange)
{
    m_world.rules();
    m_world.promoted(1, kProduction);
    auto number = m_world.approved(2, kProduction);
    int step = 0;
    auto killed = [&] {
        return ended(begin(
            m_world, [&](Promotions& log) { return log.apply(number, key("bob"), {}).has_value(); }, step));
    };
    while (find(number).state == PromotionState::Ready && killed() == kKilled)
        ++step; // up to the entry
    EXPECT_EQ(find(number).state, PromotionState::Unfinished);
    EXPECT_EQ(m_world.at(kProduction), "1");
    EXPECT_TRUE(says(m_world.verify(), Standing::Gap, "A change was stopped half way"));
    auto store = m_world.open();
    ASSERT_TRUE(store.registry->unlock());
    ASSERT_TRUE(store.registry->transition(kModel, 2, Stage::Production, false)); // half of it
    auto bob = key("bob");
    auto log = PromotionWorld::promotions(store);
    EXPECT_EQ(log->resume(&bob, {}).value(), number);
    EXPECT_EQ(m_world.at(kProduction), "2");
    EXPECT_EQ(m_world.version(1).stage, Stage::Archived);
    expectVerified();
}

TEST_P(PromotionFault, WhatSomebodyElseChangedAfterTheStopIsNotOverwritten)
{
    m_world.rules();
    m_world.promoted(1, kChampionAlias);
    auto number = m_world.approved(2, kChampionAlias);
    for (int step = 0; find(number).state == PromotionState::Ready; ++step)
        ended(begin(
            m_world, [&](Promotions& log) { return log.apply(number, key("bob"), {}).has_value(); }, step));
    auto store = m_world.open();
    ASSERT_TRUE(store.registry->unlock());
    ASSERT_TRUE(store.registry->setAlias(kModel, "champion", 3));
    auto bob = key("bob");
    auto log = PromotionWorld::promotions(store);
    auto resumed = log->resume(&bob, {});
    EXPECT_NE(refusal(resumed).find("is v3 now"), std::string::npos) << refusal(resumed);
    EXPECT_EQ(m_world.at(kChampionAlias), "3");
    EXPECT_EQ(m_world.verify().verdict, Standing::Failed);
    ASSERT_TRUE(log->reconcile("kept as it is", key("dan"), {}));
    EXPECT_FALSE(log->resume(&bob, {}).value());
    expectVerified();
}

TEST_P(PromotionFault, AKillAtEachStepOfADecision)
{
    m_world.rules();
    int kills = 0;
    for (int outcome = kKilled; outcome == kKilled; ++kills) {
        auto store = m_world.open();
        auto log = PromotionWorld::promotions(store);
        auto asked = log->request({.version = 1, .target = kProduction, .reason = "better"}, key("ann"), {});
        ASSERT_TRUE(asked) << refusal(asked);
        outcome = ended(begin(
            m_world,
            [&](Promotions& other) {
                return other.decide(asked->number, true, "I looked", key("bob"), {}).has_value();
            },
            kills));
        auto bob = key("bob");
        auto later = PromotionWorld::promotions(store);
        EXPECT_TRUE(later->resume(&bob, {}));
        if (later->find(asked->number)->approvals.empty()) {
            EXPECT_TRUE(later->decide(asked->number, true, "once more", bob, {}));
        }
        EXPECT_EQ(later->find(asked->number)->approvals.size(), 1u);
        EXPECT_TRUE(later->withdraw(asked->number, "next", key("ann")));
        expectVerified();
    }
    EXPECT_GT(kills, 6);
}

TEST_P(PromotionFault, AKillAtEachStepOfTheBeginning)
{
    int kills = 0;
    for (int outcome = kKilled; outcome == kKilled; ++kills) {
        PromotionWorld world(GetParam());
        auto child = ::fork();
        if (child == 0) {
            Fuse fuse{kills};
            auto store = world.open();
            FaultyRegistry registry(*store.registry, fuse);
            PromotionAccess access{*store.tracking, registry, LedgerWorld::everybody(), {}, {}, {}};
            access.storageAt = [&](const std::string& folder) {
                return std::make_shared<FaultyStorage>(folder, fuse);
            };
            ::_exit(Promotions::setRules(access, kModel, {}, key("dan"), {}) ? kDone : kRefused);
        }
        outcome = ended(child);
        EXPECT_NE(outcome, kRefused);
        world.rules();
        world.promoted(1, kProduction);
        auto verification = world.verify();
        EXPECT_EQ(verification.verdict, Standing::Passed) << "step " << kills << said(verification);
    }
    EXPECT_GT(kills, 3);
}

TEST_P(PromotionFault, TwoPeopleDecideAtOnce)
{
    m_world.rules(R"({"schema":"sextant.rules/1","targets":{"*":{"approvals":2}}})");
    for (int round = 0; round < 4; ++round) {
        auto store = m_world.open();
        auto log = PromotionWorld::promotions(store);
        auto number =
            log->request({.version = 1, .target = kProduction, .reason = "better"}, key("ann"), {})->number;
        auto decides = [&](const char* who) {
            return begin(m_world, [&, who](Promotions& other) {
                return other.decide(number, true, "I looked", key(who), {}).has_value();
            });
        };
        auto bob = decides("bob"), cat = decides("cat");
        EXPECT_EQ(ended(bob), kDone);
        EXPECT_EQ(ended(cat), kDone);
        EXPECT_EQ(find(number).approvals.size(), 2u);
        auto later = PromotionWorld::promotions(store);
        EXPECT_TRUE(later->withdraw(number, "next", key("ann")));
    }
    expectVerified();
}

TEST_P(PromotionFault, RequesterAndApproverRace)
{
    m_world.rules();
    for (int round = 0; round < 4; ++round) {
        auto before = m_world.at(kProduction);
        auto number = m_world.approved(before == "1" ? 2 : 1, kProduction);
        auto withdraws = begin(m_world, [&](Promotions& log) {
            return log.withdraw(number, "a mistake", key("ann")).has_value();
        });
        auto applies =
            begin(m_world, [&](Promotions& log) { return log.apply(number, key("bob"), {}).has_value(); });
        auto withdrawn = ended(withdraws), applied = ended(applies);
        EXPECT_NE(withdrawn == kDone, applied == kDone) << "exactly one comes first";
        EXPECT_EQ(m_world.at(kProduction) == before, applied != kDone);
        EXPECT_EQ(find(number).state, applied == kDone ? PromotionState::Applied : PromotionState::Withdrawn);
        expectVerified();
    }
}

TEST_P(PromotionFault, TwoChangesOfOneTarget)
{
    m_world.rules();
    m_world.promoted(1, kProduction);
    for (int round = 0; round < 3; ++round) {
        std::vector<std::uint64_t> numbers;
        for (std::int64_t version = 1; version <= 3; ++version)
            if (std::to_string(version) != m_world.at(kProduction))
                numbers.push_back(m_world.approved(version, kProduction));
        std::vector<pid_t> children;
        for (auto number : {numbers[0], numbers[1], numbers[0]})
            children.push_back(begin(m_world, [this, number](Promotions& log) {
                return log.apply(number, key("bob"), {}).has_value();
            }));
        int done = 0;
        for (auto child : children)
            done += ended(child) == kDone;
        EXPECT_EQ(done, 1);
        expectVerified();
        for (auto number : numbers) {
            auto store = m_world.open();
            if (find(number).state == PromotionState::Ready) {
                EXPECT_TRUE(PromotionWorld::promotions(store)->withdraw(number, "lost", key("ann")));
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Stores, PromotionFault,
                         testing::Values(PromotionWorld::Kind::Database, PromotionWorld::Kind::Folders),
                         [](const auto& kind) {
                             return kind.param == PromotionWorld::Kind::Database ? "Database" : "Folders";
                         });

} // namespace

} // namespace sextant::registry
