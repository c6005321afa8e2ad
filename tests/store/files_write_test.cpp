// Changing runs of a file store: the client's side effects to the byte, its refusals, and nothing else
// touched.
#include "core/store/files/file_store.h"
#include "tests/store/mlruns_builder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace sextant {
namespace {

using test::contentOf;
using test::MlrunsBuilder;
namespace fs = std::filesystem;

struct FilesWrite : testing::Test
{
    FilesWrite()
    {
        run = mlruns.run("0", id);
        store = *openFileStore(mlruns.root());
    }
    std::string meta() const { return contentOf(mlruns.path(run + "/meta.yaml")); }
    std::string tag(const std::string& key) const { return contentOf(mlruns.path(run + "/tags/" + key)); }

    MlrunsBuilder mlruns;
    std::string id = MlrunsBuilder::id(1);
    std::string run;
    Store store;
};

TEST_F(FilesWrite, IsRefusedUntilUnlocked)
{
    auto before = test::snapshotOf(mlruns.root());
    for (auto result : {store.tracking->setTag(id, "a", "b"), store.tracking->deleteTag(id, "mlflow.runName"),
                        store.tracking->renameRun(id, "x"), store.tracking->deleteRun(id),
                        store.tracking->restoreRun(id)}) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, ErrorCode::ReadOnly);
    }
    EXPECT_EQ(test::snapshotOf(mlruns.root()), before);
}

TEST_F(FilesWrite, SetsAndDeletesTags)
{
    ASSERT_TRUE(store.tracking->unlock());
    auto before = meta();
    ASSERT_TRUE(store.tracking->setTag(id, "owner", "ada\nand \u00e9"));
    EXPECT_EQ(tag("owner"), "ada\nand \u00e9");
    ASSERT_TRUE(store.tracking->setTag(id, "owner", ""));
    EXPECT_EQ(tag("owner"), "");
    ASSERT_TRUE(store.tracking->setTag(id, "deep/er/key", "v"));
    EXPECT_EQ(tag("deep/er/key"), "v");
    EXPECT_EQ(meta(), before) << "tags leave meta.yaml alone";
    ASSERT_TRUE(store.tracking->deleteTag(id, "owner"));
    EXPECT_FALSE(fs::exists(mlruns.path(run + "/tags/owner")));
    auto again = store.tracking->deleteTag(id, "owner");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::NotFound);
    EXPECT_EQ(again.error().message, "No tag with name: owner in run with id " + id);
    EXPECT_FALSE(store.tracking->setTag(id, "deep/er", "v")) << "a folder of keys";
    for (const auto& entry : fs::directory_iterator(mlruns.path(run)))
        EXPECT_FALSE(entry.path().filename().string().starts_with(".")) << "nothing is left behind";
}

TEST_F(FilesWrite, RefusesKeysThatLeadOut)
{
    ASSERT_TRUE(store.tracking->unlock());
    auto before = test::snapshotOf(mlruns.folder().path().string());
    for (auto key : {"../meta.yaml", "/etc/x", "..", "", "a/../b", "a*b"}) {
        EXPECT_FALSE(store.tracking->setTag(id, key, "x")) << key;
        EXPECT_FALSE(store.tracking->deleteTag(id, key)) << key;
    }
    EXPECT_FALSE(store.tracking->setTag(id, "a", "\xff"));
    EXPECT_FALSE(store.tracking->setTag("../0", "a", "b"));
    EXPECT_EQ(test::snapshotOf(mlruns.folder().path().string()), before);
    fs::create_directory_symlink(mlruns.folder().path(), mlruns.path(run + "/tags/out"));
    EXPECT_FALSE(store.tracking->setTag(id, "out/file", "x"));
    EXPECT_FALSE(fs::exists(mlruns.folder() / "file"));
}

TEST_F(FilesWrite, RenamesInBothPlaces)
{
    ASSERT_TRUE(store.tracking->unlock());
    auto before = meta();
    ASSERT_TRUE(store.tracking->renameRun(id, "a: new name"));
    auto expected = before;
    auto line = "run_name: run " + id;
    expected.replace(expected.find(line), line.size(), "run_name: 'a: new name'");
    EXPECT_EQ(meta(), expected);
    EXPECT_EQ(tag("mlflow.runName"), "a: new name");
    ASSERT_TRUE(store.tracking->setTag(id, "mlflow.runName", "by tag"));
    EXPECT_EQ(store.tracking->run(id)->info.name, "by tag");
    EXPECT_NE(meta().find("run_name: by tag\n"), std::string::npos);
    ASSERT_TRUE(store.tracking->setTag(id, "mlflow.runName", ""));
    EXPECT_EQ(store.tracking->run(id)->info.name, "by tag") << "as with the client";
}

TEST_F(FilesWrite, TheDiskSaysWhatIsTooLong)
{
    ASSERT_TRUE(store.tracking->unlock());
    std::string longest(255, 'k');
    ASSERT_TRUE(store.tracking->setTag(id, longest, "v")) << "as with the client, unlike in a database";
    EXPECT_EQ(tag(longest), "v");
    ASSERT_TRUE(store.tracking->deleteTag(id, longest));
    auto tooLong = store.tracking->setTag(id, longest + "k", "v");
    ASSERT_FALSE(tooLong);
    EXPECT_EQ(tooLong.error().code, ErrorCode::InvalidArgument) << tooLong.error().message;
    EXPECT_FALSE(tooLong.error().hint.empty());
}

TEST_F(FilesWrite, ARunKeepsAName)
{
    ASSERT_TRUE(store.tracking->unlock());
    auto before = meta();
    auto renamed = store.tracking->renameRun(id, "");
    ASSERT_FALSE(renamed);
    EXPECT_FALSE(renamed.error().hint.empty());
    EXPECT_EQ(meta(), before);
}

TEST_F(FilesWrite, DeletesAndRestores)
{
    ASSERT_TRUE(store.tracking->unlock());
    auto before = meta();
    ASSERT_TRUE(store.tracking->deleteRun(id));
    EXPECT_NE(meta().find("\ndeleted_time: "), std::string::npos);
    EXPECT_NE(meta().find("\nlifecycle_stage: deleted\n"), std::string::npos);
    EXPECT_EQ(store.tracking->runs({}, {}, {}).value()->size(), 0U);
    auto refused = store.tracking->setTag(id, "a", "b");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "The run " + id + " must be in 'active' lifecycle_stage");
    EXPECT_FALSE(store.tracking->renameRun(id, "x"));
    ASSERT_TRUE(store.tracking->restoreRun(id));
    EXPECT_EQ(meta(), before) << "restored to the byte";
    auto missing = store.tracking->deleteRun("nothere");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
}

TEST_F(FilesWrite, KeepsWhatItDoesNotKnowAndTheMode)
{
    ASSERT_TRUE(store.tracking->unlock());
    mlruns.write(run + "/meta.yaml", MlrunsBuilder::runMeta("0", id) + "zz_plugin:\n  a: 1\n  b:\n  - x\n");
    fs::permissions(mlruns.path(run + "/meta.yaml"), fs::perms::owner_read | fs::perms::owner_write);
    ASSERT_TRUE(store.tracking->renameRun(id, "n"));
    EXPECT_TRUE(meta().ends_with("user_id: ada\nzz_plugin:\n  a: 1\n  b:\n  - x\n"));
    EXPECT_EQ(fs::status(mlruns.path(run + "/meta.yaml")).permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    mlruns.write(run + "/meta.yaml", "{run_id: " + id + ", experiment_id: '0', user_id: a, start_time: 1}\n");
    auto before = meta();
    auto odd = store.tracking->deleteRun(id);
    ASSERT_FALSE(odd);
    EXPECT_EQ(odd.error().code, ErrorCode::Unsupported);
    EXPECT_EQ(meta(), before);
}

TEST_F(FilesWrite, NoticesThatTheFolderIsReadOnly)
{
    fs::permissions(mlruns.root(), fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read |
                                       fs::perms::others_exec);
    {
        test::WithoutRoot nobody;
        EXPECT_FALSE(store.tracking->info().capabilities.writable);
        EXPECT_FALSE(store.tracking->info().capabilities.whyNotWritable.empty());
        auto refused = store.tracking->unlock();
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::ReadOnly);
    }
    fs::permissions(mlruns.root(), fs::perms::owner_all);
}

TEST_F(FilesWrite, SaysWhenOneRunCannotBeWritten)
{
    ASSERT_TRUE(store.tracking->unlock());
    auto before = test::snapshotOf(mlruns.root());
    {
        test::WithoutRoot nobody; // the folders are root's here; elsewhere they are made read-only
        fs::path folder = mlruns.path(run);
        std::error_code ignored;
        fs::permissions(folder, fs::perms::owner_read | fs::perms::owner_exec, ignored);
        for (auto result : {store.tracking->setTag(id, "a", "b"), store.tracking->renameRun(id, "x"),
                            store.tracking->deleteRun(id)}) {
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().code, ErrorCode::PermissionDenied);
        }
        fs::permissions(folder, fs::perms::owner_all, ignored);
    }
    EXPECT_EQ(test::snapshotOf(mlruns.root()), before);
}

} // namespace
} // namespace sextant
