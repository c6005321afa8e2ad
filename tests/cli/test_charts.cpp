// `sextant charts export`: the data in process, the figures by the program itself.
#include "tests/cli/cli_test.h"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

namespace sextant::cli {
namespace {

/// What the command hands over to be drawn.
struct Drawing
{
    Outcome outcome;
    ChartRequest request;
};

Drawing drawn(std::vector<std::string> arguments)
{
    Drawing drawing;
    Hooks hooks;
    hooks.chart = [&](const ChartRequest& request) -> Result<std::string> {
        drawing.request = request;
        return std::string("bytes\n");
    };
    arguments.insert(arguments.begin(), {"charts", "export", "--store", demoStore()});
    drawing.outcome = sextant(arguments, hooks);
    return drawing;
}

TEST(ChartsExport, RunsOfAnExperiment)
{
    const auto drawing = drawn({"--experiment", "digits-recognition", "--metric", "val/loss"});
    ASSERT_EQ(drawing.outcome.code, kDone) << drawing.outcome.err;
    EXPECT_EQ(drawing.outcome.out, "bytes\n");
    EXPECT_EQ(drawing.request.lines.size(), 17U);
    EXPECT_EQ(drawing.request.format, "csv");
    EXPECT_EQ(drawing.request.title, "val/loss");
    for (const auto& line : drawing.request.lines)
        EXPECT_GT(line.curve.raw->size(), 1U);
}

TEST(ChartsExport, GroupsBecomeMeans)
{
    const auto drawing = drawn({"--experiment", "digits-recognition", "--metric", "val/loss", "--group-by",
                                "params.hidden_layer_sizes", "--band", "ci", "--smoothing", "ema:0.6"});
    ASSERT_EQ(drawing.outcome.code, kDone) << drawing.outcome.err;
    std::size_t runs = 0;
    for (const auto& line : drawing.request.lines) {
        ASSERT_TRUE(line.band);
        EXPECT_EQ(line.band->kind, BandKind::Confidence);
        EXPECT_EQ(line.band->members, line.hidden.size());
        EXPECT_NE(line.name.find("n = " + std::to_string(line.hidden.size())), std::string::npos);
        runs += line.hidden.size();
    }
    EXPECT_EQ(runs, 17U);
    const auto members = drawn({"--experiment", "digits-recognition", "--metric", "val/loss", "--group-by",
                                "params.hidden_layer_sizes", "--members"});
    EXPECT_EQ(members.request.lines.size(), drawing.request.lines.size() + 17);
}

TEST(ChartsExport, ExpressionsAndOtherX)
{
    const auto gap = drawn({"--runs", "mlp-16-lr0.003,mlp-64-lr0.003", "--metric", "train/loss - val/loss"});
    ASSERT_EQ(gap.outcome.code, kDone) << gap.outcome.err;
    EXPECT_EQ(gap.request.lines.size(), 2U);
    const auto over = drawn({"--runs", "mlp-16-lr0.003", "--metric", "val/loss", "--x", "val/accuracy"});
    ASSERT_EQ(over.outcome.code, kDone) << over.outcome.err;
    EXPECT_EQ(over.request.axis, XAxis::Metric);
    EXPECT_LE(over.request.lines.front().curve.raw->lastX(), 1);
    const auto both = drawn({"--runs", "mlp-16-lr0.003", "--metric", "train/loss", "--metric", "val/loss"});
    ASSERT_EQ(both.request.lines.size(), 2U);
    EXPECT_EQ(both.request.lines[0].color, both.request.lines[1].color);
    EXPECT_NE(both.request.lines[0].dash, both.request.lines[1].dash);
}

TEST(ChartsExport, SizesAndStyles)
{
    TemporaryFolder folder;
    const auto drawing = drawn({"--runs", "mlp-16-lr0.003", "--metric", "val/loss", "--size", "3.5x2in",
                                "--font", "serif", "--font-size", "9", "--line-width", "0.75", "--style",
                                "screen", "--log-y", "--clip-outliers", "--output", folder.file("a.PDF")});
    ASSERT_EQ(drawing.outcome.code, kDone) << drawing.outcome.err;
    EXPECT_EQ(drawing.request.format, "pdf");
    EXPECT_NEAR(drawing.request.widthMm, 88.9, 1e-9);
    EXPECT_TRUE(drawing.request.serif);
    EXPECT_FALSE(drawing.request.onPaper);
    EXPECT_TRUE(drawing.request.logY && drawing.request.clipOutliers);
    EXPECT_EQ(drawing.request.fontSize, 9);
    EXPECT_EQ(readFile(folder.file("a.PDF")), "bytes\n");
}

TEST(ChartsExport, SaysWhatIsWrong)
{
    struct Wrong
    {
        std::vector<std::string> arguments;
        const char* says;
    };
    const std::string digits = "digits-recognition";
    const Wrong wrongs[] = {
        {{"--experiment", digits}, "Nothing says what to draw"},
        {{"--metric", "val/los"}, "There is no metric val/los"},
        {{"--metric", "val/loss -"}, "is missing here"},
        {{"--metric", "val/loss", "--experiment", "nowhere"}, "nowhere"},
        {{"--metric", "val/loss", "--filter", "params.nothing = 'x'"}, "No run matches"},
        {{"--metric", "test/brier", "--experiment", digits}, "There is no metric test/brier"},
        {{"--metric", "val/loss", "--x", "epochs"}, "There is no metric 'epochs'"},
        {{"--metric", "val/loss", "--size", "0x60mm"}, "is no size of a figure"},
        {{"--metric", "val/loss", "--size", "wide"}, "is no size of a figure"},
        {{"--metric", "val/loss", "--smoothing", "ema:7"}, "is no amount of smoothing"},
        {{"--metric", "val/loss", "--smoothing", "soft"}, "is no smoothing"},
        {{"--metric", "val/loss", "--band", "std"}, "A band needs groups"},
        {{"--metric", "val/loss", "--group-by", "metrics.loss"}, ""},
        {{"--metric", "val/loss", "--font-size", "99"}, "is no font size"},
        {{"--metric", "val/loss", "--output", "figure.docx"}, "does not say what to write"},
        {{"--metric", "val/loss", "--output", "/no/such/folder/a.pdf"}, "/no/such/folder"},
    };
    for (const auto& wrong : wrongs) {
        const auto outcome = drawn(wrong.arguments).outcome;
        EXPECT_EQ(outcome.code, kFailed) << wrong.says;
        EXPECT_NE(outcome.err.find(wrong.says), std::string::npos) << outcome.err;
        EXPECT_TRUE(outcome.out.empty());
    }
}

/// The program as a process draws without a display.
int runProgram(const std::string& arguments)
{
    const std::string command =
        std::string("env -u DISPLAY -u WAYLAND_DISPLAY ") + SEXTANT_PROGRAM + " charts export --store " +
        demoStore() + " --experiment digits-recognition --metric val/loss " + arguments + " 2>/dev/null";
    return std::system(command.c_str());
}

TEST(ChartsExport, WritesFigures)
{
    TemporaryFolder folder;
    ASSERT_EQ(
        runProgram("--group-by params.hidden_layer_sizes --size 85x60mm --output " + folder.file("a.pdf")),
        0);
    const std::string pdf = readFile(folder.file("a.pdf"));
    EXPECT_TRUE(pdf.starts_with("%PDF-"));
    EXPECT_NE(pdf.find("/Font"), std::string::npos);
    EXPECT_EQ(pdf.find("/Subtype /Image"), std::string::npos);
    ASSERT_EQ(runProgram("--output " + folder.file("a.svg")), 0);
    const std::string svg = readFile(folder.file("a.svg"));
    EXPECT_NE(svg.find("width=\"85mm\""), std::string::npos);
    EXPECT_NE(svg.find("val/loss"), std::string::npos);
    EXPECT_EQ(svg.find("<image"), std::string::npos);
    ASSERT_EQ(runProgram("--output " + folder.file("a.png")), 0);
    EXPECT_TRUE(readFile(folder.file("a.png")).starts_with("\x89PNG"));
    ASSERT_EQ(
        runProgram("--group-by params.hidden_layer_sizes --every-point --output " + folder.file("a.csv")), 0);
    const auto rows = parseCsv(readFile(folder.file("a.csv")));
    EXPECT_EQ(rows.front().front(), "name");
    EXPECT_EQ(rows.size(), 1048U); // every point of the store
}

// At whatever moment Ctrl+C comes, once or twice: the whole figure or nothing, and what was there before
// stays.
TEST(ChartsExport, InterruptedLeavesNoHalfFile)
{
    TemporaryFolder folder;
    for (const char* signal : {"INT", "KILL"}) {
        for (const char* seconds : {"0.01", "0.05", "0.1", "0.2", "0.4"}) {
            const auto target = folder.write("a.pdf", "old");
            const std::string command = std::string("timeout -s ") + signal + " " + seconds + " " +
                                        SEXTANT_PROGRAM + " charts export --store " + demoStore() +
                                        " --experiment digits-recognition --metric val/loss --output " +
                                        target + " 2>/dev/null";
            const bool done = std::system(command.c_str()) == 0;
            const std::string content = readFile(target);
            EXPECT_TRUE(content == "old" || (content.starts_with("%PDF-") && content.ends_with("%%EOF\n")))
                << seconds;
            EXPECT_TRUE(!done || content != "old");
            EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1)
                << signal << seconds;
        }
    }
}

TEST(ChartsExport, CancelledWritesNothing)
{
    TemporaryFolder folder;
    std::stop_source stop;
    stop.request_stop();
    Hooks hooks;
    hooks.interruption = [&] { return stop.get_token(); };
    hooks.chart = [](const ChartRequest&) -> Result<std::string> { return std::string("bytes"); };
    const auto outcome =
        sextant({"charts", "export", "--store", demoStore(), "--experiment", "digits-recognition", "--metric",
                 "val/loss", "--output", folder.file("a.pdf")},
                hooks);
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_EQ(outcome.err, "sextant: Cancelled\n");
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

} // namespace
} // namespace sextant::cli
