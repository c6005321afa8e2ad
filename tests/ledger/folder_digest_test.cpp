// One digest for the files of a model, as OpenSSF Model Signing makes it.
#include "core/ledger/folder_digest.h"
#include "tests/store/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace sextant::ledger {

namespace {

using test::TemporaryFolder;

TEST(FolderDigest, TheDigestsOfFilesInTheOrderOfTheirPaths)
{
    TemporaryFolder folder;
    folder.write("model/MLmodel", "flavors");
    folder.write("model/data/model.bin", std::string(3'000'000, 'x'));
    folder.write("model/empty", "");
    auto before = digestFolder(folder / "model", {});
    ASSERT_TRUE(before) << before.error().message;
    ASSERT_EQ(before->files.size(), 3u);
    EXPECT_EQ(before->files[0].path, "MLmodel");
    EXPECT_EQ(before->files[1].path, "data/model.bin");
    std::string all;
    for (const std::string& content : {std::string("flavors"), std::string(3'000'000, 'x'), std::string()})
        all += bytesOf(sha256(content));
    EXPECT_EQ(before->root, sha256(all));
    folder.write("model/model.sig", "a signature of the files is none of them");
    EXPECT_EQ(digestFolder(folder / "model", {})->root, before->root);
    folder.write("model/data/model.bin", std::string(2'999'999, 'x') + "y");
    EXPECT_NE(digestFolder(folder / "model", {})->root, before->root);
}

TEST(FolderDigest, WhatCanNotBeVouchedForIsRefused)
{
    TemporaryFolder folder;
    EXPECT_EQ(digestFolder(folder / "none", {}).error().code, ErrorCode::NotFound);
    folder.write("model/a", "a");
    std::filesystem::create_symlink("/etc/passwd", folder / "model/link");
    EXPECT_EQ(digestFolder(folder / "model", {}).error().code, ErrorCode::Corrupt);
    std::filesystem::remove(folder / "model/link");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(digestFolder(folder / "model", {stop.get_token(), {}}).error().code, ErrorCode::Cancelled);
}

} // namespace

} // namespace sextant::ledger
