// The words MLflow stores, forth and back.
#include "core/tracking/enums.h"

#include <gtest/gtest.h>

namespace sextant {
namespace {

TEST(Enums, WordsRoundTrip)
{
    for (auto status : {RunStatus::Running, RunStatus::Scheduled, RunStatus::Finished, RunStatus::Failed,
                        RunStatus::Killed})
        EXPECT_EQ(runStatusFrom(toText(status)), status);
    EXPECT_EQ(runStatusFrom("finished"), std::nullopt);
    EXPECT_EQ(lifecycleFrom("deleted"), Lifecycle::Deleted);
    EXPECT_EQ(stageFrom("production"), Stage::Production);
    EXPECT_EQ(stageFrom("Champion"), std::nullopt);
    EXPECT_EQ(toText(Stage::DeletedInternal), "Deleted_Internal");
}

TEST(Enums, ViewsShowWhatTheySay)
{
    EXPECT_TRUE(shows(ViewType::All, Lifecycle::Deleted));
    EXPECT_TRUE(shows(ViewType::ActiveOnly, Lifecycle::Active));
    EXPECT_FALSE(shows(ViewType::ActiveOnly, Lifecycle::Deleted));
    EXPECT_TRUE(shows(ViewType::DeletedOnly, Lifecycle::Deleted));
    EXPECT_FALSE(shows(ViewType::DeletedOnly, Lifecycle::Active));
}

} // namespace
} // namespace sextant
