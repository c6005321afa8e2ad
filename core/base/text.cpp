#include "core/base/text.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utf8proc.h>

namespace sextant {

namespace {

const utf8proc_uint8_t* bytes(std::string_view text)
{
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

/// Length in bytes of the first character; a stray byte counts as a character of its own.
std::size_t characterLength(std::string_view text)
{
    if (static_cast<unsigned char>(text.front()) < 0x80)
        return 1;
    utf8proc_int32_t codepoint = 0;
    auto length = utf8proc_iterate(bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &codepoint);
    return length > 0 ? static_cast<std::size_t>(length) : 1;
}

} // namespace

bool isUtf8(std::string_view text)
{
    if (isAscii(text))
        return true;
    while (!text.empty()) {
        // Most text is ASCII: eight characters at a time.
        std::uint64_t word = 0;
        if (text.size() >= sizeof word) {
            std::memcpy(&word, text.data(), sizeof word);
            if ((word & 0x8080808080808080ULL) == 0) {
                text.remove_prefix(sizeof word);
                continue;
            }
        }
        if (static_cast<unsigned char>(text.front()) < 0x80) {
            text.remove_prefix(1);
            continue;
        }
        utf8proc_int32_t codepoint = 0;
        auto length = utf8proc_iterate(bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &codepoint);
        if (length <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(length));
    }
    return true;
}

std::string toUtf8(std::string_view text)
{
    if (isAscii(text) || isUtf8(text))
        return std::string(text);
    std::string clean;
    while (!text.empty()) {
        utf8proc_int32_t codepoint = 0;
        auto length = utf8proc_iterate(bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &codepoint);
        auto taken = length > 0 ? static_cast<std::size_t>(length) : 1;
        clean += length > 0 ? text.substr(0, taken) : std::string_view("\xEF\xBF\xBD");
        text.remove_prefix(taken);
    }
    return clean;
}

std::string foldCase(std::string_view text)
{
    std::string folded;
    folded.reserve(text.size());
    if (isAscii(text)) {
        for (char c : text)
            folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return folded;
    }
    auto clean = toUtf8(text);
    const auto* at = bytes(clean);
    auto left = static_cast<utf8proc_ssize_t>(clean.size());
    while (left > 0) {
        utf8proc_int32_t point = 0;
        auto length = utf8proc_iterate(at, left, &point);
        if (length <= 0)
            break;
        // By way of the upper case: both kinds of a small sigma have but one.
        utf8proc_uint8_t encoded[4];
        auto size = utf8proc_encode_char(utf8proc_tolower(utf8proc_toupper(point)), encoded);
        folded.append(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
        at += length;
        left -= length;
    }
    return folded;
}

std::string_view trim(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n\f\v";
    auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (std::size_t end = 0; (end = text.find(separator)) != std::string_view::npos;
         text.remove_prefix(end + 1))
        parts.push_back(text.substr(0, end));
    parts.push_back(text);
    return parts;
}

bool matchesLike(std::string_view text, std::string_view pattern)
{
    // Greedy with one point of return (the last %): linear in practice, at worst text x pattern.
    std::string_view afterPercent;
    std::string_view retry;
    bool canReturn = false;
    while (!text.empty()) {
        if (!pattern.empty() && pattern.front() == '%') {
            pattern.remove_prefix(1);
            afterPercent = pattern;
            retry = text;
            canReturn = true;
        } else if (!pattern.empty() && pattern.front() == '_') {
            text.remove_prefix(characterLength(text));
            pattern.remove_prefix(1);
        } else if (!pattern.empty() && pattern.front() == text.front()) {
            text.remove_prefix(1);
            pattern.remove_prefix(1);
        } else if (canReturn) {
            retry.remove_prefix(characterLength(retry));
            text = retry;
            pattern = afterPercent;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('%') == std::string_view::npos;
}

} // namespace sextant
