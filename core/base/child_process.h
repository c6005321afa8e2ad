// Running another program to its end: a text in, its output back, within limits. Blocks; any thread.
#pragma once

#include "core/base/operation.h"

#include <string>
#include <vector>

namespace sextant {

struct ChildProcess
{
    std::vector<std::string> arguments; // the program, by name or path, first; no shell reads them
    std::string input;
    long timeoutMs = 10'000;
    std::size_t mostBytes = std::size_t{1} << 24; // of each output
};

struct ChildOutcome
{
    int code = -1; // 128 + the signal when it was killed
    std::string output, errors;
};

/// Errors: NotFound when there is no such program; Io when it did not end in time or wrote too much: then it
/// was killed; Cancelled.
Result<ChildOutcome> runChild(const ChildProcess& child, const Operation& operation);

} // namespace sextant
