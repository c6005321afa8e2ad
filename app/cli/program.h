// The command line of Sextant, without a window: what main() hands over and gets back.
#pragma once

#include "app/cli/chart_request.h"
#include "core/base/error.h"

#include <functional>
#include <ostream>
#include <stop_token>
#include <string>
#include <vector>

namespace sextant::cli {

/// Exit codes, a contract with scripts.
inline constexpr int kDone = 0;
inline constexpr int kNegative = 1; // a verdict: not passed, not verified
inline constexpr int kFailed = 2;   // an error; nothing was written

struct ScreenshotRequest
{
    std::string page;    // "runs", "run"
    std::string subject; // the run a page is about, empty: the newest
    std::string file;    // PNG to write
    std::string storeUri;
    std::string theme = "light";      // or "dark"
    std::string stateFile;            // a saved workspace, may be empty
    std::vector<std::string> actions; // run one after the other, by id
    std::vector<std::string> presses; // then controls pressed, by the name they say; its beginning is enough
    std::string typed;                // then typed where the focus is
    std::string keys;                 // then pressed there: "Down, Menu"
    int width = 1440;
    int height = 900;
    int scale = 1; // device pixels for one pixel of the layout
};

/// What the program does beyond the command line; empty functions where this build has no window.
struct Hooks
{
    /// `sextant [URI]`: returns the exit code. The URI is empty when none was named.
    std::function<int(const std::string& uri)> openWindow;
    std::function<Result<void>(const ScreenshotRequest&)> screenshot;
    /// The figure as the bytes of a file.
    std::function<Result<std::string>(const ChartRequest&)> chart;
    /// Called once, before a command works: stops when the user presses Ctrl+C.
    std::function<std::stop_token()> interruption;
};

struct Streams
{
    std::ostream& out;
    std::ostream& err;
    bool outIsTerminal = false;
    std::size_t width = 0; // of the terminal, 0: unlimited
};

/// Runs one command line; `arguments` are without the program's name. Returns the exit code.
int run(const std::vector<std::string>& arguments, const Streams& streams, const Hooks& hooks = {});

/// The same for a process: its standard streams, its terminal, Ctrl+C.
int runProcess(int argc, const char* const* argv, Hooks hooks = {});

} // namespace sextant::cli
