#include "core/query/values.h"

#include "core/base/number.h"
#include "core/base/text.h"

#include <cmath>
#include <limits>
#include <utf8proc.h>

namespace sextant {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<double> unitMs(std::string_view unit)
{
    struct Unit
    {
        std::string_view name;
        double ms;
    };
    static constexpr Unit units[] = {
        {"ms", 1},        {"s", 1e3},       {"sec", 1e3},    {"secs", 1e3},     {"second", 1e3},
        {"seconds", 1e3}, {"m", 6e4},       {"min", 6e4},    {"mins", 6e4},     {"minute", 6e4},
        {"minutes", 6e4}, {"h", 3.6e6},     {"hour", 3.6e6}, {"hours", 3.6e6},  {"d", 8.64e7},
        {"day", 8.64e7},  {"days", 8.64e7}, {"w", 6.048e8},  {"week", 6.048e8}, {"weeks", 6.048e8}};
    for (const auto& known : units)
        if (known.name == unit)
            return known.ms;
    return std::nullopt;
}

std::optional<EpochMs> asMs(double ms)
{
    return std::isfinite(ms) && std::abs(ms) < 9e15 ? std::optional(static_cast<EpochMs>(std::llround(ms)))
                                                    : std::nullopt;
}

/// "01:30:00" and "90:00".
std::optional<EpochMs> parseClock(std::string_view text)
{
    auto parts = split(text, ':');
    if (parts.size() < 2 || parts.size() > 3)
        return std::nullopt;
    double seconds = 0;
    for (auto part : parts) {
        auto value = parseDouble(part);
        if (part.empty() || !isDigit(part.front()) || !value)
            return std::nullopt;
        seconds = seconds * 60 + *value;
    }
    return asMs(seconds * 1000);
}

void appendUtf8(std::string& text, std::int32_t codepoint)
{
    utf8proc_uint8_t buffer[4];
    auto length = utf8proc_encode_char(codepoint, buffer);
    text.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(length));
}

/// The code point of `count` hexadecimal digits at the front.
std::optional<std::int32_t> takeHex(std::string_view& text, std::size_t count)
{
    std::int64_t value = 0;
    if (text.size() < count)
        return std::nullopt;
    for (char c : text.substr(0, count)) {
        auto digit = std::string_view("0123456789abcdef").find(static_cast<char>(isDigit(c) ? c : c | 0x20));
        if (digit == std::string_view::npos)
            return std::nullopt;
        value = value * 16 + static_cast<std::int64_t>(digit);
    }
    text.remove_prefix(count);
    bool valid = value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    return valid ? std::optional(static_cast<std::int32_t>(value)) : std::nullopt;
}

/// One escape, its backslash already gone. False when Python would refuse it.
bool appendEscape(std::string& out, std::string_view& rest)
{
    static constexpr std::string_view letters = "ntrabfv0\\'\"";
    static constexpr std::string_view meanings{"\n\t\r\a\b\f\v\0\\'\"", 11};
    char c = rest.front();
    if (isDigit(c) && c != '8' && c != '9') {
        int value = 0;
        for (int i = 0; i < 3 && !rest.empty() && rest.front() >= '0' && rest.front() <= '7';
             ++i, rest.remove_prefix(1))
            value = value * 8 + (rest.front() - '0');
        appendUtf8(out, value);
        return true;
    }
    rest.remove_prefix(1);
    if (auto at = letters.find(c); at != std::string_view::npos) {
        out += meanings[at];
    } else if (c == 'x' || c == 'u' || c == 'U') {
        auto codepoint = takeHex(rest, c == 'x' ? 2 : c == 'u' ? 4 : 8);
        if (!codepoint)
            return false;
        appendUtf8(out, *codepoint);
    } else if (c != '\n') { // a backslash before a line's end joins the lines
        out += '\\';
        out += c;
    }
    return true;
}

} // namespace

std::optional<EpochMs> parseDuration(std::string_view text)
{
    text = trim(text);
    if (text.find(':') != std::string_view::npos)
        return parseClock(text);
    double total = 0;
    bool any = false;
    while (!text.empty()) {
        std::size_t digits = 0;
        while (digits < text.size() && (isDigit(text[digits]) || text[digits] == '.'))
            ++digits;
        auto value = parseDouble(text.substr(0, digits));
        text = trim(text.substr(digits));
        std::size_t letters = 0;
        while (letters < text.size() && text[letters] >= 'a' && text[letters] <= 'z')
            ++letters;
        auto unit = unitMs(text.substr(0, letters));
        if (!value || !unit)
            return std::nullopt;
        total += *value * *unit;
        text = trim(text.substr(letters));
        any = true;
    }
    return any ? asMs(total) : std::nullopt;
}

std::optional<EpochMs> parseMoment(std::string_view text, EpochMs now)
{
    text = trim(text);
    if (text == "now")
        return now;
    if (text.size() > 3 && text.ends_with("ago")) {
        auto back = parseDuration(text.substr(0, text.size() - 3));
        return back ? std::optional(now - *back) : std::nullopt;
    }
    return parseIso(text);
}

bool isDateOnly(std::string_view text)
{
    return trim(text).size() == 10 && parseIso(text).has_value();
}

std::optional<std::string> plainNumber(std::string_view text)
{
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool between = i > 0 && i + 1 < text.size() && isDigit(text[i - 1]) && isDigit(text[i + 1]);
        if (text[i] != '_' || !between) // Python's 1_000
            digits += text[i];
    }
    auto value = parseDouble(digits);
    if (!value || !std::isfinite(*value))
        return std::nullopt;
    return numberText(*value);
}

std::string numberText(double value)
{
    if (std::isnan(value))
        return "nan"; // never a literal; for messages only
    if (std::isinf(value))
        return value < 0 ? "-1e999" : "1e999";
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return std::to_string(static_cast<std::int64_t>(value));
    auto text = formatDouble(value);
    if (auto plus = text.find('+'); plus != std::string::npos)
        text.erase(plus, 1);
    return text;
}

std::optional<std::string> unescapePython(std::string_view inside)
{
    std::string out;
    while (!inside.empty()) {
        char c = inside.front();
        inside.remove_prefix(1);
        if (c != '\\')
            out += c;
        else if (inside.empty() || !appendEscape(out, inside))
            return std::nullopt;
    }
    return out;
}

std::string escapePython(std::string_view text)
{
    std::string out = "'";
    // MLflow's reader would take a backslash at the end for an escape of the quote, so it is written as a
    // number.
    bool endsInBackslash = text.ends_with('\\');
    if (endsInBackslash)
        text.remove_suffix(1);
    for (char c : text) {
        if (c == '\\' || c == '\'')
            out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else
            out += c;
    }
    return out + (endsInBackslash ? "\\x5c'" : "'");
}

} // namespace sextant
