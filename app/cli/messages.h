// How errors are shown at a terminal.
#pragma once

#include "core/base/error.h"

#include <string>
#include <string_view>

namespace sextant::cli {

/// "sextant: SENTENCE", the hint below it, and with `verbose` what the system said.
std::string errorText(const Error& error, bool verbose);

/// An error about a place in a text: the line it is in with a caret under the place becomes part of the hint.
Error withPlace(Error error, std::string_view text);

} // namespace sextant::cli
