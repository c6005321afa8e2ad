// Entries of a log and what was seen of the registry, merged: only what no entry tells of was made outside.
#include "core/registry/model_history.h"

#include <gtest/gtest.h>

namespace sextant::registry {
namespace {

AuditEntry transition(EpochMs time, const std::string& target, std::vector<std::string> from,
                      const std::string& to)
{
    ledger::Act act;
    act.kind = ledger::ActKind::Transition;
    act.time = time;
    act.target = target;
    act.from = std::move(from);
    act.to = to;
    act.actor = "bob+1234";
    act.subject.name = to;
    AuditEntry entry;
    entry.index = static_cast<std::uint64_t>(time / 1000);
    entry.act = act;
    entry.person = "bob";
    return entry;
}

TEST(ModelHistory, aChangeThatTheLogTellsOfIsSaidOnce)
{
    auto events = mergedHistory("m", {transition(20'000, "stage:Production", {"m/1"}, "m/2")},
                                {{30'000, 10'000, "m", "stage:Production", {1}, {2}},
                                 {30'000, 10'000, "m", "stage:Archived", {}, {1}},
                                 {30'000, 10'000, "m", "stage:Staging", {2}, {}}});
    ASSERT_EQ(events.size(), 1U);
    EXPECT_TRUE(events[0].logged);
    EXPECT_EQ(events[0].what, "transition");
    EXPECT_EQ(events[0].by, "bob");
    EXPECT_EQ(events[0].to, std::vector<std::int64_t>{2});
    EXPECT_EQ(events[0].from, std::vector<std::int64_t>{1});
}

TEST(ModelHistory, whatItDoesNotTellOfWasMadeOutside)
{
    auto events = mergedHistory("m", {transition(20'000, "alias:champion", {"m/1"}, "m/2")},
                                {{10'000, kNoTime, "m", "alias:champion", {}, {1}},
                                 {30'000, 10'000, "m", "alias:champion", {1}, {2}},
                                 {90'000, 30'000, "m", "alias:champion", {2}, {3}},
                                 {90'000, 30'000, "m", "alias:shadow", {}, {2}}});
    ASSERT_EQ(events.size(), 4U);
    EXPECT_EQ(events[0].what, "first look");
    EXPECT_TRUE(events[1].logged);
    EXPECT_FALSE(events[2].logged);
    EXPECT_EQ(events[2].what, "change");
    EXPECT_EQ(events[2].since, 30'000);
    EXPECT_EQ(events[3].target, "alias:shadow");
}

TEST(ModelHistory, anEntryThatDoesNotCountTellsNothing)
{
    auto refused = transition(20'000, "alias:champion", {}, "m/2");
    refused.standing = ledger::Standing::Failed;
    auto ofOther = transition(20'000, "alias:champion", {}, "n/2");
    AuditEntry unreadable;
    auto events = mergedHistory("m", {refused, ofOther, unreadable},
                                {{30'000, 10'000, "m", "alias:champion", {}, {2}}});
    ASSERT_EQ(events.size(), 4U);
    EXPECT_EQ(std::count_if(events.begin(), events.end(), [](const auto& one) { return !one.logged; }), 1);
}

} // namespace
} // namespace sextant::registry
