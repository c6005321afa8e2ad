#include "app/cli/display.h"

#include "app/cli/json_writer.h"
#include "core/base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <numeric>

namespace sextant::cli {

namespace {

/// The next code point and its length in bytes; the text must be UTF-8.
std::pair<utf8proc_int32_t, std::size_t> nextCodePoint(std::string_view text)
{
    utf8proc_int32_t code = 0;
    auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &code);
    if (length <= 0)
        return {0xFFFD, 1};
    return {code, static_cast<std::size_t>(length)};
}

/// Controls, and the marks that turn the direction of a line: both could make a terminal show what is not
/// there.
bool isTreacherous(utf8proc_int32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x2028 || code == 0x2029;
}

std::string escaped(utf8proc_int32_t code)
{
    if (code == '\n')
        return "\\n";
    if (code == '\t')
        return "\\t";
    if (code == '\r')
        return "\\r";
    char text[16];
    std::snprintf(text, sizeof text, code < 0x100 ? "\\x%02x" : "\\u%04x", static_cast<unsigned>(code));
    return text;
}

/// Letters to insert, remove, replace or swap with their neighbour.
std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before, last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before = std::exchange(last, row);
    }
    return last.back();
}

} // namespace

std::string printable(std::string_view text)
{
    auto clean = toUtf8(text);
    std::string_view rest = clean;
    std::string result;
    while (!rest.empty()) {
        auto [code, length] = nextCodePoint(rest);
        if (isTreacherous(code))
            result += escaped(code);
        else
            result += rest.substr(0, length);
        rest.remove_prefix(length);
    }
    return result;
}

std::size_t displayWidth(std::string_view text)
{
    std::size_t width = 0;
    while (!text.empty()) {
        auto [code, length] = nextCodePoint(text);
        width += code < 0x80 ? 1 : static_cast<std::size_t>(std::max(0, utf8proc_charwidth(code)));
        text.remove_prefix(length);
    }
    return width;
}

std::string cutToWidth(std::string_view text, std::size_t width)
{
    if (displayWidth(text) <= width)
        return std::string(text);
    std::string result;
    std::size_t used = 1; // the ellipsis
    while (!text.empty()) {
        auto [code, length] = nextCodePoint(text);
        used += static_cast<std::size_t>(std::max(0, utf8proc_charwidth(code)));
        if (used > width)
            break;
        result += text.substr(0, length);
        text.remove_prefix(length);
    }
    return result + "…";
}

std::string displayTime(EpochMs time)
{
    if (!isKnown(time))
        return {};
    auto seconds = static_cast<std::time_t>(time >= 0 ? time / 1000 : (time - 999) / 1000);
    std::tm parts = {};
    char text[48];
    if (!localtime_r(&seconds, &parts) || std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts) == 0)
        return std::to_string(time);
    return text;
}

std::string displayDuration(EpochMs milliseconds)
{
    if (milliseconds < 0)
        return {};
    char text[64];
    auto seconds = milliseconds / 1000;
    if (seconds < 1)
        std::snprintf(text, sizeof text, "%d ms", static_cast<int>(milliseconds));
    else if (seconds < 60)
        std::snprintf(text, sizeof text, "%.1f s", static_cast<double>(milliseconds) / 1000);
    else if (seconds < 3600)
        std::snprintf(text, sizeof text, "%d min %02d s", static_cast<int>(seconds / 60),
                      static_cast<int>(seconds % 60));
    else
        std::snprintf(text, sizeof text, "%lld h %02d min", static_cast<long long>(seconds / 3600),
                      static_cast<int>(seconds / 60 % 60));
    return text;
}

std::string displayNumber(double value)
{
    if (!std::isfinite(value))
        return numberText(value);
    char text[48];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural)
{
    auto digits = std::to_string(count);
    for (auto position = static_cast<std::ptrdiff_t>(digits.size()) - 3; position > 0; position -= 3)
        digits.insert(static_cast<std::size_t>(position), ",");
    return digits + " " + std::string(count == 1 ? singular : plural);
}

std::vector<std::string> nearNames(std::string_view asked, const std::vector<std::string>& names,
                                   std::size_t most)
{
    constexpr std::size_t kLongest =
        200; // names beyond are no typing mistakes, and the distance costs their product
    if (asked.empty() || asked.size() > kLongest)
        return {};
    auto folded = foldCase(asked);
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const auto& name : names) {
        if (name.size() > kLongest)
            continue;
        auto candidate = foldCase(name);
        // What was typed may be just the beginning of a long name.
        auto distance = std::min(editDistance(folded, candidate),
                                 editDistance(folded, candidate.substr(0, folded.size())) + 1);
        bool contains = folded.size() >= 3 && candidate.find(folded) != std::string::npos;
        if (distance <= std::max<std::size_t>(1, folded.size() / 3) || contains)
            found.emplace_back(contains ? std::min<std::size_t>(distance, 3) : distance, name);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::vector<std::string> result;
    for (std::size_t i = 0; i < std::min(most, found.size()); ++i)
        result.push_back(found[i].second);
    return result;
}

std::string didYouMean(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += i == 0 ? "Did you mean " : i + 1 < names.size() ? ", " : " or ";
        text += "'" + names[i] + "'";
    }
    return text.empty() ? text : text + "?";
}

} // namespace sextant::cli
