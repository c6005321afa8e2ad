#include "core/store/tag_rules.h"

#include "core/base/text.h"

#include <algorithm>
#include <utf8proc.h>

namespace sextant {
namespace {

/// Python's \w: letters, numbers of any kind and the underscore.
bool isWordCharacter(utf8proc_int32_t code)
{
    auto category = utf8proc_category(code);
    bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    bool number = category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
    return letter || number || code == '_';
}

/// Calls `onCharacter(code)` for each character until it returns false; false too for what is not UTF-8.
template <class OnCharacter>
bool everyCharacter(std::string_view text, const OnCharacter& onCharacter)
{
    while (!text.empty()) {
        utf8proc_int32_t code = 0;
        auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
        if (length <= 0 || !onCharacter(code))
            return false;
        text.remove_prefix(static_cast<std::size_t>(length));
    }
    return true;
}

/// Names may become files: one that is another path in normal form is refused.
bool isNormalPath(std::string_view name)
{
    if (name.starts_with('/') || name.starts_with(".."))
        return false;
    auto parts = split(name, '/');
    return std::none_of(parts.begin(), parts.end(),
                        [](std::string_view part) { return part.empty() || part == "." || part == ".."; });
}

} // namespace

bool hasOnlyWordsAnd(std::string_view text, std::string_view more)
{
    return everyCharacter(text, [more](utf8proc_int32_t code) {
        return isWordCharacter(code) || (code < 0x80 && more.find(static_cast<char>(code)) != more.npos);
    });
}

Result<void> checkTagKey(std::string_view key, std::size_t longest)
{
    auto refuse = [&key](std::string hint) {
        return fail(ErrorCode::InvalidArgument, "A tag can't be named '" + toUtf8(key) + "'",
                    std::move(hint));
    };
    std::size_t characters = 0;
    bool allowed = hasOnlyWordsAnd(key, "/.- :");
    everyCharacter(key, [&characters](utf8proc_int32_t) { return ++characters > 0; });
    if (!allowed)
        return refuse("Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), "
                      "spaces ( ), colon(:) and "
                      "slashes (/)");
    if (key.empty() || !isNormalPath(key))
        return refuse("Names may be treated as files in certain cases, and must not resolve to other names "
                      "when treated as such");
    if (characters > longest)
        return refuse("A name has at most " + std::to_string(longest) + " characters");
    return {};
}

Result<void> checkTagValue(std::string_view value)
{
    if (!isUtf8(value))
        return fail(ErrorCode::InvalidArgument, "The value of the tag is not valid UTF-8",
                    "Convert it to UTF-8 first");
    return {};
}

Result<void> checkRunName(std::string_view name)
{
    if (name.empty())
        return fail(ErrorCode::InvalidArgument, "A run can't have an empty name",
                    "Give it at least one character");
    if (!isUtf8(name))
        return fail(ErrorCode::InvalidArgument, "The name of the run is not valid UTF-8",
                    "Convert it to UTF-8 first");
    return {};
}

Result<std::string> tagValue(std::string_view value)
{
    SEXTANT_CHECK(checkTagValue(value));
    std::size_t characters = 0, bytes = 0;
    everyCharacter(value, [&](utf8proc_int32_t code) {
        utf8proc_uint8_t encoded[4];
        if (characters++ == kLongestTagValue)
            return false;
        bytes += static_cast<std::size_t>(utf8proc_encode_char(code, encoded));
        return true;
    });
    return std::string(value.substr(0, bytes));
}

} // namespace sextant
