// Operation: what a call that may last needs from its caller: a way to stop it and a place to report to.
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string_view>

namespace sextant {

struct Progress
{
    std::string_view activity; // "Reading metrics"; valid during the call only
    std::uint64_t done = 0;
    std::uint64_t total = 0; // 0 while unknown
};

struct Operation
{
    std::stop_token stop;
    std::function<void(const Progress&)> report; // may be empty; called from the working thread

    bool cancelled() const { return stop.stop_requested(); }
    void progress(std::string_view activity, std::uint64_t done, std::uint64_t total) const
    {
        if (report)
            report({activity, done, total});
    }
};

[[nodiscard]] inline tl::unexpected<Error> cancelledError()
{
    return fail(ErrorCode::Cancelled, "Cancelled");
}

} // namespace sextant
