// Artifact URIs to folders and files: forms, copied stores, and paths that try to lead out.
#include "core/store/artifact_files.h"
#include "tests/store/temporary_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sextant {
namespace {

using test::TemporaryFolder;

class ArtifactFiles : public testing::Test
{
protected:
    std::string folderOf(const std::string& uri, const std::string& id = "run1")
    {
        auto folder = artifactFolder(uri, {store.path().string(), id});
        return folder ? *folder : "error: " + folder.error().message;
    }
    std::vector<std::string> paths(const std::string& path, bool recursive)
    {
        std::vector<std::string> names;
        auto listed = listArtifactFiles(store.path().string(), path, recursive);
        EXPECT_TRUE(listed) << listed.error().message;
        for (const auto& artifact : *listed)
            names.push_back(artifact.path + (artifact.isDirectory ? "/" : ""));
        return names;
    }

    TemporaryFolder store;
};

TEST_F(ArtifactFiles, knowsTheFormsOfUris)
{
    store.write("mlruns/0/run1/artifacts/a b#%20.txt", "x");
    auto expected = store / "mlruns/0/run1/artifacts";
    EXPECT_EQ(folderOf(expected), expected);
    EXPECT_EQ(folderOf("file://" + expected), expected);
    EXPECT_EQ(folderOf("file:" + expected), expected);
    EXPECT_EQ(folderOf("file://localhost" + expected), expected);
    EXPECT_EQ(folderOf("./mlruns/0/run1/artifacts"), expected);
    EXPECT_EQ(folderOf("mlruns/0/run1/artifacts"), expected);
}

TEST_F(ArtifactFiles, decodesFileUrisOnly)
{
    store.write("a%20b/run1/artifacts/f", "x");
    store.write("ä #1/run1/artifacts/f", "x");
    EXPECT_EQ(folderOf(store / "a%20b/run1/artifacts"), store / "a%20b/run1/artifacts");
    EXPECT_EQ(folderOf("file://" + (store / "%C3%A4%20%231/run1/artifacts")), store / "ä #1/run1/artifacts");
    EXPECT_EQ(*pathFromFileUri("file:///a%2"), "/a%2");
    EXPECT_EQ(*pathFromFileUri("file:///C:/mlruns/0"), "C:/mlruns/0");
}

TEST_F(ArtifactFiles, findsArtifactsOfACopiedStore)
{
    store.write("mlruns/3/run1/artifacts/f", "x");
    auto expected = store / "mlruns/3/run1/artifacts";
    EXPECT_EQ(folderOf("/home/ada/project/mlruns/3/run1/artifacts"), expected);
    EXPECT_EQ(folderOf("file:///home/ada/project/mlruns/3/run1/artifacts"), expected);
    EXPECT_EQ(folderOf("C:\\Users\\ada\\mlruns\\3\\run1\\artifacts"), expected);
    EXPECT_EQ(folderOf("/somewhere/3/run1/artifacts"), expected);
    EXPECT_EQ(folderOf("mlflow-artifacts:/3/run1/artifacts"), expected);
    EXPECT_EQ(folderOf("/gone/run1/../run1/artifacts"), "/gone/run1/artifacts");
    EXPECT_EQ(folderOf("/gone/other/artifacts"), "/gone/other/artifacts");
}

TEST_F(ArtifactFiles, saysWhereOtherArtifactsAre)
{
    for (const char* uri : {"s3://bucket/1/run1/artifacts", "mlflow-artifacts:/1/run1/artifacts",
                            "dbfs:///x/run1", "file://nas/share/run1/artifacts"}) {
        auto folder = artifactFolder(uri, {store.path().string(), "run1"});
        ASSERT_FALSE(folder) << uri;
        EXPECT_EQ(folder.error().code, ErrorCode::Unsupported);
        EXPECT_FALSE(folder.error().hint.empty());
    }
    EXPECT_EQ(artifactFolder("", {store.path().string(), "run1"}).error().code, ErrorCode::NotFound);
}

TEST_F(ArtifactFiles, listsInOrder)
{
    store.write("model/data/w.bin", "1234");
    store.write("model/MLmodel", "");
    store.write("a.txt", "x");
    std::filesystem::create_directories(store.path() / "empty");
    EXPECT_EQ(paths("", false), (std::vector<std::string>{"a.txt", "empty/", "model/"}));
    EXPECT_EQ(paths("", true), (std::vector<std::string>{"a.txt", "empty/", "model/", "model/MLmodel",
                                                         "model/data/", "model/data/w.bin"}));
    EXPECT_EQ(paths("model/", false), (std::vector<std::string>{"model/MLmodel", "model/data/"}));
    EXPECT_EQ(listArtifactFiles(store.path().string(), "model/data", false)->front().size, 4U);
    EXPECT_TRUE(paths("nowhere", false).empty());
    EXPECT_TRUE(paths("a.txt", false).empty());
    EXPECT_TRUE(listArtifactFiles(store / "never made", "", true)->empty());
}

TEST_F(ArtifactFiles, staysInTheFolder)
{
    TemporaryFolder elsewhere;
    elsewhere.write("secret", "x");
    store.write("inner/f", "x");
    std::filesystem::create_symlink(elsewhere.path(), store.path() / "out");
    std::filesystem::create_symlink(elsewhere / "secret", store.path() / "leak");
    std::filesystem::create_symlink("inner/f", store.path() / "fine");
    EXPECT_EQ(paths("", true), (std::vector<std::string>{"fine", "inner/", "inner/f"}));
    for (const char* path : {"../x", "inner/../../x", "/etc/passwd", "leak", "out/secret"}) {
        auto file = artifactFilePath(store.path().string(), path);
        ASSERT_FALSE(file) << path;
        EXPECT_EQ(file.error().code, ErrorCode::InvalidArgument) << path;
    }
    EXPECT_EQ(listArtifactFiles(store.path().string(), "out", false).error().code,
              ErrorCode::InvalidArgument);
    EXPECT_EQ(artifactFilePath(store.path().string(), "nothing").error().code, ErrorCode::NotFound);
    EXPECT_EQ(artifactFilePath(store.path().string(), "inner").error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(test::contentOf(*artifactFilePath(store.path().string(), "fine")), "x");
}

TEST_F(ArtifactFiles, whatIsNeitherFileNorFolderIsLeftOut)
{
    store.write("a.txt", "x");
    ASSERT_EQ(::mkfifo((store / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(paths("", true), (std::vector<std::string>{"a.txt"}));
    auto pipe = artifactFilePath(store.path().string(), "pipe");
    ASSERT_FALSE(pipe) << "its reader would wait for ever";
    EXPECT_EQ(pipe.error().code, ErrorCode::InvalidArgument);
}

TEST_F(ArtifactFiles, aFolderThatMayNotBeReadIsAnError)
{
    if (::geteuid() == 0)
        GTEST_SKIP() << "root may read everything";
    store.write("closed/f", "x");
    std::filesystem::permissions(store.path() / "closed", std::filesystem::perms::none);
    for (bool recursive : {false, true}) {
        auto listed = listArtifactFiles(store.path().string(), recursive ? "" : "closed", recursive);
        ASSERT_FALSE(listed);
        EXPECT_EQ(listed.error().code, ErrorCode::PermissionDenied);
    }
    EXPECT_EQ(artifactFilePath(store.path().string(), "closed/f").error().code, ErrorCode::PermissionDenied);
    std::filesystem::permissions(store.path() / "closed", std::filesystem::perms::owner_all);
}

TEST_F(ArtifactFiles, survivesCircles)
{
    store.write("a/b/f", "x");
    std::filesystem::create_symlink("..", store.path() / "a" / "up");
    std::filesystem::create_symlink(".", store.path() / "a" / "self");
    std::filesystem::create_symlink("loop", store.path() / "loop");
    auto found = paths("", true);
    EXPECT_LT(found.size(), 12U);
    EXPECT_NE(std::find(found.begin(), found.end(), "a/b/f"), found.end());
}

} // namespace
} // namespace sextant
