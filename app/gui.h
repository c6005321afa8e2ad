// The window as the command line starts it: opened for a user, or drawn into a file.
#pragma once

#include "app/cli/program.h"

#include <string>

namespace sextant {

/// Opens the window and runs until it is closed. `uri`: the store to open, empty: the start page.
/// Returns the exit code; without a display it says so on stderr.
int openWindow(const std::string& uri);

/// Draws a page without a display. Errors: InvalidArgument for an unknown page, what opening the store says,
/// Io.
Result<void> takeScreenshot(const cli::ScreenshotRequest& request);

/// Draws a figure without a display. Errors: what exportBytes says.
Result<std::string> exportChart(const cli::ChartRequest& request);

} // namespace sextant
