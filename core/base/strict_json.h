// JSON from outside, read strictly: one meaning or none. For sources of the core only: it brings the
// library's header.
#pragma once

#include "core/base/error.h"

#include <nlohmann/json.hpp>

#include <string_view>

namespace sextant {

struct JsonLimits
{
    std::size_t bytes = std::size_t{1} << 20;
    std::size_t depth = 32;
};

/// Refused: keys that come twice in one object, ill-formed UTF-8, comments, text after the end, numbers that
/// no double holds, and what is beyond the limits. `what` names the text in the message: "The payload of
/// entry 3".
Result<nlohmann::ordered_json> parseStrictJson(std::string_view text, std::string_view what,
                                               const JsonLimits& limits = {});

} // namespace sextant
