// The program as a process: pipes, signals, full disks, no display.
#include "app/cli/interruption.h"
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <semaphore>
#include <sys/wait.h>
#include <unistd.h>

namespace sextant::cli {

namespace {

struct Ended
{
    int code = -1;
    std::string output;
};

/// Runs a shell line in which $SEXTANT is the program and $STORE the demo store.
Ended shell(const std::string& line)
{
    setenv("SEXTANT", SEXTANT_PROGRAM, 1);
    setenv("STORE", demoStore().c_str(), 1);
    Ended ended;
    FILE* pipe = popen(line.c_str(), "r");
    char block[4096];
    while (auto got = fread(block, 1, sizeof block, pipe))
        ended.output.append(block, got);
    auto status = pclose(pipe);
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ended;
}

std::string bash(const std::string& line)
{
    return "exec bash -c '" + line + "'";
}

TEST(Process, PrintsToAPipeAndNeedsNoDisplay)
{
    auto ended = shell("env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM \"$SEXTANT\" runs list --store "
                       "\"$STORE\" --format json");
    EXPECT_EQ(ended.code, kDone);
    EXPECT_EQ(nlohmann::json::parse(ended.output).size(), 45u);
}

TEST(Process, AReaderThatGoesAwayIsNoError)
{
    auto ended = shell(bash("\"$SEXTANT\" runs list --store \"$STORE\" --format csv 2>&1 | head -n 1"));
    EXPECT_EQ(std::count(ended.output.begin(), ended.output.end(), '\n'), 1);
    EXPECT_EQ(ended.output.find("sextant:"), std::string::npos);
}

TEST(Process, AReaderThatGoesAwayEndsItInOrder)
{
    auto ended = shell(bash("\"$SEXTANT\" runs list --store \"$STORE\" --format json 2>&1 | true; "
                            "echo \"${PIPESTATUS[0]}\""));
    EXPECT_EQ(ended.output, "0\n");
}

TEST(Process, AFullDiskIsAnError)
{
    auto ended = shell("\"$SEXTANT\" runs list --store \"$STORE\" 2>&1 >/dev/full");
    EXPECT_EQ(ended.code, kFailed);
    EXPECT_TRUE(ended.output.starts_with("sextant: ")) << ended.output;
}

TEST(Process, VersionAndWrongUsage)
{
    EXPECT_EQ(shell("\"$SEXTANT\" --version").output, "sextant " SEXTANT_VERSION "\n");
    auto ended = shell("\"$SEXTANT\" runs lits 2>&1");
    EXPECT_EQ(ended.code, kFailed);
    EXPECT_NE(ended.output.find("Did you mean 'list'?"), std::string::npos) << ended.output;
}

TEST(Process, BashCompletes)
{
    auto ended =
        shell(bash("PATH=\"$(dirname \"$SEXTANT\"):$PATH\"; eval \"$(sextant completion bash)\"; "
                   "COMP_WORDS=(sextant runs li); COMP_CWORD=2; _sextant; echo \"${COMPREPLY[*]}\""));
    EXPECT_EQ(ended.output, "list\n");
}

TEST(Process, AWriteIsSeenByTheNextProcess)
{
    TemporaryFolder folder;
    setenv("COPY", copyOfDemoStore(folder).c_str(), 1);
    EXPECT_EQ(shell("\"$SEXTANT\" runs tag knn-500 seen=yes --store \"$COPY\" --format csv").code, kDone);
    auto ended = shell("\"$SEXTANT\" runs list --store \"$COPY\" --filter \"tags.seen = 'yes'\" --columns "
                       "run_name --format csv");
    EXPECT_EQ(ended.output, "run_name\nknn-500\n");
}

TEST(Interruption, CtrlCStopsAndTheProcessLives)
{
    Interruption interruption;
    std::binary_semaphore stopped(0);
    std::stop_callback callback(interruption.token(), [&] { stopped.release(); });
    kill(getpid(), SIGINT);
    stopped.acquire();
    EXPECT_TRUE(interruption.token().stop_requested());
}

TEST(Interruption, WithoutASignalItJustEnds)
{
    auto token = Interruption().token();
    EXPECT_FALSE(token.stop_requested());
}

} // namespace

} // namespace sextant::cli
