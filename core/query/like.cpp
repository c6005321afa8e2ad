#include "core/query/like.h"

#include "core/query/lexer.h"

#include <algorithm>
#include <array>
#include <utf8proc.h>

namespace sextant {

namespace {

/// Lower cases that share an upper case, each with the least of them (Python 3.11, re._casefix).
constexpr auto kSameUpperCase = std::to_array<std::pair<char32_t, char32_t>>({
    {0x131, 0x69},    {0x17F, 0x73},    {0x3B9, 0x345},   {0x3BC, 0xB5},   {0x3C3, 0x3C2},  {0x3D0, 0x3B2},
    {0x3D1, 0x3B8},   {0x3D5, 0x3C6},   {0x3D6, 0x3C0},   {0x3F0, 0x3BA},  {0x3F1, 0x3C1},  {0x3F5, 0x3B5},
    {0x1C80, 0x432},  {0x1C81, 0x434},  {0x1C82, 0x43E},  {0x1C83, 0x441}, {0x1C84, 0x442}, {0x1C85, 0x442},
    {0x1C86, 0x44A},  {0x1C87, 0x463},  {0x1E9B, 0x1E61}, {0x1FBE, 0x345}, {0x1FD3, 0x390}, {0x1FE3, 0x3B0},
    {0xA64B, 0x1C88}, {0xFB06, 0xFB05},
});

char32_t folded(char32_t character)
{
    auto lower = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(character)));
    auto found = std::ranges::find(kSameUpperCase, lower, &std::pair<char32_t, char32_t>::first);
    return found == kSameUpperCase.end() ? lower : found->second;
}

} // namespace

std::string foldAsPython(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto [value, length] = firstCharacter(text);
        utf8proc_uint8_t encoded[4];
        auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(folded(value)), encoded);
        out.append(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
        text.remove_prefix(length);
    }
    return out;
}

bool matchesLikeInPython(std::string_view text, std::string_view pattern)
{
    bool open = pattern.ends_with('%');
    while (pattern.ends_with('%'))
        pattern.remove_suffix(1);
    // Greedy with one point of return, the last %: it cannot pass a line end, so none before it would help.
    std::string_view afterPercent;
    std::string_view retry;
    bool canReturn = false;
    while (true) {
        if (pattern.empty() && (open || text.empty() || text == "\n"))
            return true;
        if (!pattern.empty() && pattern.front() == '%') {
            pattern.remove_prefix(1);
            afterPercent = pattern;
            retry = text;
            canReturn = true;
        } else if (!pattern.empty() && !text.empty() && pattern.front() == '_' && text.front() != '\n') {
            text.remove_prefix(firstCharacter(text).length);
            pattern.remove_prefix(1);
        } else if (!pattern.empty() && !text.empty() && pattern.front() != '_' &&
                   pattern.front() == text.front()) {
            text.remove_prefix(1);
            pattern.remove_prefix(1);
        } else if (canReturn && !retry.empty() && retry.front() != '\n') {
            retry.remove_prefix(firstCharacter(retry).length);
            text = retry;
            pattern = afterPercent;
        } else {
            return false;
        }
    }
}

bool isLowerInPython(std::string_view text)
{
    bool any = false;
    while (!text.empty()) {
        auto [value, length] = firstCharacter(text);
        auto category = utf8proc_category(static_cast<utf8proc_int32_t>(value));
        if (category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT)
            return false;
        any = any || category == UTF8PROC_CATEGORY_LL;
        text.remove_prefix(length);
    }
    return any;
}

} // namespace sextant
