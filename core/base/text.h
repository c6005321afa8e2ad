// UTF-8 text: validation, case folding, matching.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace sextant {

/// Inline and by eight bytes: asked of every text of a store.
inline bool isAscii(std::string_view text)
{
    constexpr std::uint64_t highBits = 0x8080'8080'8080'8080ULL;
    const char* at = text.data();
    auto left = text.size();
    for (; left >= sizeof(std::uint64_t); left -= sizeof(std::uint64_t), at += sizeof(std::uint64_t)) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, at, sizeof eight);
        if (eight & highBits)
            return false;
    }
    for (; left > 0; --left, ++at)
        if (static_cast<unsigned char>(*at) >= 0x80)
            return false;
    return true;
}

bool isUtf8(std::string_view text);

/// The text with each ill-formed sequence replaced by U+FFFD, so that it can be shown and written as JSON.
std::string toUtf8(std::string_view text);

/// Unicode's simple case folding, character by character (ß is not ss), for comparisons that ignore case.
std::string foldCase(std::string_view text);

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);

/// SQL LIKE: `%` any run of characters (newlines too), `_` one character. No escape, as in MLflow.
/// Both sides must be folded before for ILIKE.
bool matchesLike(std::string_view text, std::string_view pattern);

} // namespace sextant
