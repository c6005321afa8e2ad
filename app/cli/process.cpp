// The command line of a process: standard streams, terminal, Ctrl+C.
#include "app/cli/interruption.h"
#include "app/cli/program.h"

#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <optional>
#include <sys/ioctl.h>
#include <unistd.h>

namespace sextant::cli {

namespace {

std::size_t terminalWidth()
{
    winsize size = {};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

} // namespace

int runProcess(int argc, const char* const* argv, Hooks hooks)
{
    std::ios::sync_with_stdio(false);
    // A reader that goes away (`| head`) ends the output and not the process, so that nothing is left behind.
    std::signal(SIGPIPE, SIG_IGN);
    std::optional<Interruption> interruption;
    hooks.interruption = [&] {
        interruption.emplace();
        return interruption->token();
    };
    bool terminal = isatty(STDOUT_FILENO) == 1;
    Streams streams{std::cout, std::cerr, terminal, terminal ? terminalWidth() : 0};
    try {
        return run({argv + std::min(argc, 1), argv + argc}, streams, hooks);
    } catch (const std::exception& exception) {
        std::cerr << "sextant: Something went wrong inside: " << exception.what()
                  << "\nTry again with --no-cache; if it stays so, this is a fault of the program\n";
        return kFailed;
    }
}

} // namespace sextant::cli
