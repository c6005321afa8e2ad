// Copying artifacts whose names are not to be trusted.
#include "app/cli/download.h"
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

namespace sextant::cli {

namespace {

namespace fs = std::filesystem;

TEST(Download, OnlyPlainNamesStayInside)
{
    for (const char* good : {"a", "a/b.txt", "..a", "a b/ü", ".hidden"})
        EXPECT_TRUE(staysInside(good)) << good;
    for (const char* bad : {"", "..", "../a", "a/../../b", "/etc/passwd", "a//b", "./a", "a/.", "a\nb"})
        EXPECT_FALSE(staysInside(bad)) << bad;
}

TEST(Download, KeepsTheTree)
{
    TemporaryFolder source, target;
    auto one = source.write("one", "1"), two = source.write("two", std::string(600'000, 'x'));
    auto bytes = copyInto(target.file("out"), {{one, "model/a.txt"}, {two, "model/deep/b.bin"}}, false, {});
    ASSERT_TRUE(bytes) << bytes.error().message;
    EXPECT_EQ(*bytes, 600'001u);
    EXPECT_EQ(readFile(target.file("out/model/a.txt")), "1");
    EXPECT_EQ(readFile(target.file("out/model/deep/b.bin")).size(), 600'000u);
}

TEST(Download, AHostileNameStopsEverything)
{
    TemporaryFolder source, target;
    auto file = source.write("one", "1");
    auto done = copyInto(target.file("out"), {{file, "fine"}, {file, "../escaped"}}, true, {});
    ASSERT_FALSE(done);
    EXPECT_FALSE(fs::exists(target.path() / "escaped"));
    EXPECT_FALSE(fs::exists(target.path() / "out/fine")) << "all or nothing";
}

TEST(Download, OverwritesOnlyWhenTold)
{
    TemporaryFolder source, target;
    auto file = source.write("one", "new");
    target.write("a.txt", "old");
    EXPECT_FALSE(copyInto(target.path().string(), {{file, "a.txt"}}, false, {}));
    EXPECT_EQ(readFile(target.file("a.txt")), "old");
    EXPECT_TRUE(copyInto(target.path().string(), {{file, "a.txt"}}, true, {}));
    EXPECT_EQ(readFile(target.file("a.txt")), "new");
}

TEST(Download, NeverThroughALink)
{
    TemporaryFolder source, target, elsewhere;
    auto file = source.write("one", "1");
    fs::create_directory_symlink(elsewhere.path(), target.path() / "model");
    EXPECT_FALSE(copyInto(target.path().string(), {{file, "model/a.txt"}}, true, {}));
    fs::create_symlink(elsewhere.path() / "b.txt", target.path() / "b.txt");
    EXPECT_FALSE(copyInto(target.path().string(), {{file, "b.txt"}}, true, {}));
    EXPECT_TRUE(fs::is_empty(elsewhere.path()));
}

TEST(Download, CanBeCancelled)
{
    TemporaryFolder source, target;
    auto file = source.write("one", "1");
    std::stop_source stop;
    stop.request_stop();
    auto done = copyInto(target.path().string(), {{file, "a.txt"}}, false, {stop.get_token(), {}});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(fs::is_empty(target.path()));
}

} // namespace

} // namespace sextant::cli
