// Every example that the help shows works as it stands: a shell runs it beside a copy of the demo store.
#include "app/cli/command.h"
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sys/wait.h>

namespace sextant::cli {

namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string& text)
{
    return "'" + text + "'"; // no path of a test has a quote
}

/// A folder with the demo store as ./mlflow.db and the program as `sextant`.
class Examples : public testing::Test
{
protected:
    Examples()
    {
        copyOfDemoStore(folder);
        fs::copy(fs::path(demoStore()).parent_path() / "artifacts", folder.path() / "artifacts",
                 fs::copy_options::recursive);
        folder.write("test.csv", predictions());
        fs::copy(SEXTANT_SOURCE_DIR "/resources/gates/fairness.json", folder.path() / "fairness.json");
        fs::create_directory(folder.path() / "bin");
        fs::create_symlink(SEXTANT_PROGRAM, folder.path() / "bin" / "sextant");
    }

    /// Data and predictions that are fair.
    static std::string predictions()
    {
        std::string csv = "paid,predicted,score,sex,age_band\n";
        for (int i = 0; i < 240; ++i) {
            bool paid = i / 2 % 2 == 0, predicted = paid != (i / 2 % 10 == 3);
            csv += std::to_string(paid) + "," + std::to_string(predicted) + "," +
                   (predicted ? "0.8" : "0.2") + "," + (i % 2 == 0 ? "F" : "M") + "," +
                   (i / 2 % 3 == 0 ? "18-30" : "over 30") + "\n";
        }
        return csv;
    }

    /// Runs a line as one would type it. Double quotes keep their backquotes: people mean a name, not a
    /// command.
    int typed(std::string line)
    {
        folder.write("line.sh", "set -o pipefail\nunset MLFLOW_TRACKING_URI\nexport PATH=\"$PWD/bin:$PATH\" "
                                "SEXTANT_KEYS=\"$PWD/home/keys\" XDG_STATE_HOME=\"$PWD/state\"\n" +
                                    line + "\n");
        auto status = std::system(
            ("cd " + quoted(folder.path().string()) + " && bash line.sh > out.txt 2> err.txt").c_str());
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    std::string out() const { return readFile(folder.file("out.txt")); }
    std::string err() const { return readFile(folder.file("err.txt")); }

    TemporaryFolder folder;
};

TEST_F(Examples, EachOneWorks)
{
    for (const auto& command : commands()) {
        if (command.path == "screenshot" ||
            command.path.starts_with("completion")) // of the window; of other shells
            continue;
        for (const auto& example : command.examples) {
            if (command.path == "runs restore") {
                EXPECT_EQ(typed("sextant runs delete 598c"), kDone);
            }
            EXPECT_EQ(typed(example), kDone) << example << "\n" << err();
            EXPECT_EQ(err().find("sextant: "), std::string::npos) << example << "\n" << err();
            bool toFile =
                example.find("--output") != std::string::npos || example.find('>') != std::string::npos;
            bool saysNothing = command.path == "artifacts download";
            EXPECT_TRUE(toFile || saysNothing || !out().empty()) << example;
            if (command.path == "runs untag" || command.path == "runs delete" ||
                command.path == "runs rename") {
                fs::remove(folder.file("mlflow.db"));
                copyOfDemoStore(folder);
            }
        }
    }
    for (const char* name :
         {"curves.csv", "loss.json", "runs.csv", "matrix.png", "evidence/predictions.csv", "report.csv"})
        EXPECT_GT(fs::file_size(folder.file(name)), 100U) << name;
}

TEST_F(Examples, TheCompletionOfBashCompletes)
{
    auto completed = [&](const std::string& words, int at) {
        EXPECT_EQ(typed("eval \"$(sextant completion bash)\"\nCOMP_WORDS=(" + words +
                        ")\nCOMP_CWORD=" + std::to_string(at) +
                        "\n$(complete -p sextant | sed 's/.*-F \\([^ ]*\\).*/\\1/') sextant\nprintf '%s\\n' "
                        "\"${COMPREPLY[@]}\""),
                  0)
            << err();
        return "\n" + out();
    };
    auto has = [](const std::string& list, const std::string& word) {
        return list.find("\n" + word + "\n") != std::string::npos ||
               list.find("\n" + word + " \n") != std::string::npos;
    };
    for (const char* word : {"runs", "experiments", "models", "artifacts", "logged-models"})
        EXPECT_TRUE(has(completed("sextant ''", 1), word)) << word;
    for (const char* word : {"list", "show", "compare", "history", "tag", "rename"})
        EXPECT_TRUE(has(completed("sextant runs ''", 2), word)) << word;
    auto options = completed("sextant runs list --", 3);
    for (const char* word : {"--filter", "--order-by", "--store", "--format", "--view"})
        EXPECT_TRUE(has(options, word)) << word << options;
    EXPECT_FALSE(has(options, "--diff-only")) << "of another command";
}

TEST_F(Examples, TheScriptsAskTheProgramAndAreWellFormed)
{
    for (const std::string shell : {"bash", "zsh", "fish"}) {
        auto script = sextant({"completion", shell}).out;
        EXPECT_NE(script.find("sextant"), std::string::npos) << shell;
        folder.write("completion." + shell, script);
        auto checks =
            "if command -v " + shell + " > /dev/null; then " + shell + " -n completion." + shell + "; fi";
        EXPECT_EQ(typed(checks), 0) << shell << "\n" << err();
    }
}

TEST_F(Examples, EveryFormatGoesToAFileAsToThePipe)
{
    const std::vector<std::vector<std::string>> all = {{"experiments", "list"},
                                                       {"runs", "list"},
                                                       {"runs", "show", "598c"},
                                                       {"runs", "compare", "598c", "4ea2"},
                                                       {"runs", "history", "a09b", "val/loss"},
                                                       {"artifacts", "list", "598c"},
                                                       {"logged-models", "list"},
                                                       {"models", "list"},
                                                       {"models", "versions"}};
    for (const auto& words : all) {
        for (const std::string format : {"table", "csv", "json"}) {
            auto line = words;
            line.insert(line.end(), {"--store", folder.file("mlflow.db"), "--format", format});
            auto piped = sextant(line);
            EXPECT_EQ(piped.code, kDone) << words[0] << words[1];
            auto file = folder.file("x." + format);
            line.insert(line.end(), {"--output", file});
            auto kept = sextant(line);
            EXPECT_EQ(kept.code, kDone);
            EXPECT_EQ(kept.out, "");
            EXPECT_EQ(readFile(file), piped.out) << words[0] << " " << words[1] << " " << format;
            if (format == "json") {
                EXPECT_FALSE(nlohmann::json::parse(piped.out).empty());
            }
            if (format == "csv") {
                EXPECT_GT(parseCsv(piped.out).size(), 1U);
            }
        }
    }
}

TEST_F(Examples, TheEndingOfTheFileNamesTheFormat)
{
    for (const std::string ending : {"json", "csv"}) {
        auto file = folder.file("runs." + ending);
        EXPECT_EQ(sextant({"runs", "list", "--store", folder.file("mlflow.db"), "--output", file}).code,
                  kDone);
        EXPECT_EQ(readFile(file),
                  sextant({"runs", "list", "--store", folder.file("mlflow.db"), "--format", ending}).out);
    }
}

TEST_F(Examples, EveryMistakeIsASentenceAndCodeTwo)
{
    auto store = folder.file("mlflow.db");
    const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
        {{"runs", "list", "--experiment", "digits-recogniton"}, "There is no experiment 'digits-recogniton'"},
        {{"runs", "list", "--filter", "metrics.x >"}, "sextant: "},
        {{"runs", "list", "--order-by", "nothing"}, "sextant: "},
        {{"runs", "list", "--max", "-1"}, "--max"},
        {{"runs", "list", "--view", "some"}, "--view"},
        {{"runs", "list", "--format", "xml"}, "--format"},
        {{"runs", "show", "nobody"}, "There is no run 'nobody'"},
        {{"runs", "show"}, "RUN"},
        {{"runs", "compare", "598c"}, "sextant: "},
        {{"runs", "history", "598c"}, "METRIC"},
        {{"runs", "tag", "598c"}, "sextant: "},
        {{"runs", "tag", "598c", "=x"}, "sextant: "},
        {{"artifacts", "show", "598c", "none.txt"}, "none.txt"},
        {{"artifacts", "show", "598c", "../mlflow.db"}, "sextant: "},
        {{"artifacts", "show", "598c", "plots"}, "plots"},
        {{"experiments", "list", "--filter", "name ="}, "sextant: "},
        {{"models", "versions", "nothing-like-it"}, "nothing-like-it"},
        {{"models", "list", "--filter", "stage = 'x'"}, "sextant: "},
        {{"logged-models", "list", "--experiment", "none"}, "There is no experiment 'none'"},
        {{"nonsense"}, "nonsense"},
        {{"runs", "nonsense"}, "nonsense"},
    };
    for (const auto& [words, told] : mistakes) {
        auto line = words;
        if (words.size() > 1 && words[1] != "nonsense")
            line.insert(line.end(), {"--store", store});
        auto before = readFile(store);
        auto outcome = sextant(line);
        std::string shown;
        for (const auto& word : words)
            shown += word + " ";
        EXPECT_EQ(outcome.code, kFailed) << shown << outcome.out;
        EXPECT_EQ(outcome.out, "") << shown;
        EXPECT_TRUE(outcome.err.starts_with("sextant: ")) << shown << outcome.err;
        EXPECT_NE(outcome.err.find(told), std::string::npos) << shown << outcome.err;
        EXPECT_EQ(readFile(store), before) << shown;
    }
}

} // namespace

} // namespace sextant::cli
