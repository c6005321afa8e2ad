// Help, versions, and what is said when a command line is wrong.
#include "app/cli/command.h"
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

namespace sextant::cli {

namespace {

std::string dashed(std::string path)
{
    std::replace(path.begin(), path.end(), ' ', '-');
    return path;
}

std::vector<std::string> wordsOf(const std::string& path)
{
    auto blank = path.find(' ');
    if (blank == std::string::npos)
        return {path};
    return {path.substr(0, blank), path.substr(blank + 1)};
}

TEST(Help, EveryLevelHasOne)
{
    auto program = sextant({"--help"});
    EXPECT_EQ(program.code, kDone);
    expectGolden("help.txt", program.out);
    for (const auto& family : families()) {
        auto outcome = sextant({family.name, "--help"});
        EXPECT_EQ(outcome.code, kDone) << family.name;
        EXPECT_TRUE(outcome.err.empty()) << family.name;
    }
    for (const auto& command : commands()) {
        auto arguments = wordsOf(command.path);
        arguments.push_back("--help");
        auto outcome = sextant(arguments);
        EXPECT_EQ(outcome.code, kDone) << command.path;
        EXPECT_NE(outcome.out.find("Examples"), std::string::npos) << command.path;
        EXPECT_NE(outcome.out.find("--store URI"), std::string::npos) << command.path;
        if (!command.hidden)
            expectGolden("help-" + dashed(command.path) + ".txt", outcome.out);
    }
}

TEST(Help, AsAWordToo)
{
    EXPECT_EQ(sextant({"help"}).out, sextant({"--help"}).out);
    EXPECT_EQ(sextant({"help", "runs"}).out, sextant({"runs", "--help"}).out);
    EXPECT_EQ(sextant({"help", "runs", "list"}).out, sextant({"runs", "list", "--help"}).out);
}

TEST(Help, LinesFitATerminal)
{
    for (const auto& command : commands()) {
        auto arguments = wordsOf(command.path);
        arguments.push_back("--help");
        std::istringstream lines(sextant(arguments).out);
        for (std::string line; std::getline(lines, line);)
            EXPECT_LE(line.size(), 130u) << command.path << ": " << line;
    }
}

TEST(Version, OnEveryLevel)
{
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"--version"}, {"runs", "--version"}, {"runs", "list", "--version"}}) {
        auto outcome = sextant(arguments);
        EXPECT_EQ(outcome.code, kDone);
        EXPECT_EQ(outcome.out, "sextant " SEXTANT_VERSION "\n");
    }
}

TEST(Usage, EachMistakeIsOneSentenceAndAHint)
{
    const std::vector<std::vector<std::string>> mistakes = {
        {"runz"},
        {"runs"},
        {"runs", "lits"},
        {"runs", "list", "--fliter", "x"},
        {"runs", "list", "--format", "xml"},
        {"runs", "list", "--format"},
        {"runs", "list", "--view", "gone"},
        {"runs", "list", "--max", "-1"},
        {"runs", "list", "surplus"},
        {"runs", "list", "mlflow.db"},
        {"runs", "show"},
        {"runs", "show", "a", "b"},
        {"runs", "history", "a"},
        {"runs", "compare", "a"},
        {"runs", "tag", "a"},
        {"runs", "tag", "a", "=b"},
        {"runs", "rename", "a", "b", "c"},
        {"artifacts", "download", "a"},
        {"artifacts", "download", "a", "b", "c", "d"},
        {"screenshot", "runs", "x.png", "--size", "big"},
        {"--unknown"},
    };
    std::string all;
    for (const auto& mistake : mistakes) {
        auto outcome = sextant(mistake);
        std::string line = "$ sextant";
        for (const auto& word : mistake)
            line += " " + word;
        EXPECT_EQ(outcome.code, kFailed) << line;
        EXPECT_TRUE(outcome.out.empty()) << line;
        EXPECT_TRUE(outcome.err.starts_with("sextant: ")) << line << "\n" << outcome.err;
        all += line + "\n" + outcome.err + "\n";
    }
    expectGolden("usage-errors.txt", all);
}

TEST(Usage, WithoutACommandTheWindowOpens)
{
    std::vector<std::string> opened;
    Hooks hooks;
    hooks.openWindow = [&](const std::string& uri) {
        opened.push_back(uri);
        return 0;
    };
    EXPECT_EQ(sextant({}, hooks).code, kDone);
    EXPECT_EQ(sextant({"mlflow.db"}, hooks).code, kDone);
    EXPECT_EQ(sextant({"sqlite:///x/y"}, hooks).code, kDone);
    EXPECT_EQ(sextant({"--store", "some/folder"}, hooks).code, kDone);
    EXPECT_EQ(sextant({"nonsense"}, hooks).code, kFailed);
    EXPECT_EQ(opened, (std::vector<std::string>{"", "mlflow.db", "sqlite:///x/y", "some/folder"}));
    EXPECT_EQ(sextant({}).code, kFailed) << "a build without a window says so";
}

TEST(Usage, ScreenshotsAreHandedOver)
{
    ScreenshotRequest got;
    Hooks hooks;
    hooks.screenshot = [&](const ScreenshotRequest& request) -> Result<void> {
        got = request;
        return {};
    };
    auto outcome = sextant({"--store", "s.db", "screenshot", "runs", "a.png", "--size", "800x600", "--theme",
                            "dark", "--press", "View", "--press", "Export", "--keys", "Down, Menu"},
                           hooks);
    EXPECT_EQ(outcome.code, kDone) << outcome.err;
    EXPECT_EQ(outcome.out, "a.png\n");
    EXPECT_EQ(got.page, "runs");
    EXPECT_EQ(got.storeUri, "s.db");
    EXPECT_EQ(got.width, 800);
    EXPECT_EQ(got.height, 600);
    EXPECT_EQ(got.theme, "dark");
    EXPECT_EQ(got.presses, (std::vector<std::string>{"View", "Export"}));
    EXPECT_EQ(got.keys, "Down, Menu");
}

TEST(Completion, CommandsOptionsAndChoices)
{
    auto complete = [](std::vector<std::string> words) {
        words.insert(words.begin(), {"completion", "words", "--"});
        return sextant(words).out;
    };
    EXPECT_EQ(complete({"ru"}), "runs\n");
    EXPECT_EQ(complete({"runs", "h"}), "history\n");
    EXPECT_EQ(complete({"runs", "list", "--fi"}), "--filter\n");
    EXPECT_EQ(complete({"runs", "list", "--format", ""}), "table\ncsv\njson\n");
    EXPECT_EQ(complete({"runs", "list", "--format", "=", "j"}), "json\n");
    EXPECT_EQ(complete({"--store", "x.db", "models", "v"}), "versions\n");
    EXPECT_EQ(complete({"runs", "list", "--store", ""}), "") << "files: the shell's own completion";
    EXPECT_NE(complete({""}).find("experiments\n"), std::string::npos);
    EXPECT_EQ(complete({"completion", ""}), "bash\nzsh\nfish\n");
}

TEST(Completion, AScriptForEachShell)
{
    for (const char* shell : {"bash", "zsh", "fish"}) {
        auto outcome = sextant({"completion", shell});
        EXPECT_EQ(outcome.code, kDone);
        EXPECT_NE(outcome.out.find("sextant completion words"), std::string::npos);
    }
}

} // namespace

} // namespace sextant::cli
