// Bytes as text and back, strictly: one text for each value, so that no byte of a text can change unseen.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sextant {

/// Lower case.
std::string toHex(std::string_view bytes);
/// Lower case only.
std::optional<std::string> fromHex(std::string_view text);

/// RFC 4648 §4 with padding.
std::string toBase64(std::string_view bytes);
/// Nothing for blanks, line ends, missing padding, the alphabet for URLs, or bits that are cut off and not
/// zero.
std::optional<std::string> fromBase64(std::string_view text);

} // namespace sextant
