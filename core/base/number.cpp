#include "core/base/number.h"

#include "core/base/text.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace sextant {

namespace {

/// Digits and exponent of "d.ddde±xx", as to_chars writes the scientific form.
struct Decimal
{
    std::string digits; // without the point
    int exponent = 0;   // of the first digit
    bool negative = false;
};

Decimal shortestDecimal(double value)
{
    char buffer[40];
    auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
    std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
    Decimal decimal;
    decimal.negative = text.front() == '-';
    if (decimal.negative)
        text.remove_prefix(1);
    auto e = text.find('e');
    for (char c : text.substr(0, e))
        if (c != '.')
            decimal.digits += c;
    auto exponent = text.substr(e + 1);
    if (exponent.front() == '+')
        exponent.remove_prefix(1);
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), decimal.exponent);
    return decimal;
}

std::string scientific(const Decimal& decimal)
{
    std::string text(1, decimal.digits[0]);
    if (decimal.digits.size() > 1)
        text += '.' + decimal.digits.substr(1);
    auto exponent = std::to_string(std::abs(decimal.exponent));
    if (exponent.size() < 2)
        exponent.insert(0, 1, '0');
    return text + (decimal.exponent < 0 ? "e-" : "e+") + exponent;
}

std::string positional(const Decimal& decimal)
{
    if (decimal.exponent < 0)
        return "0." + std::string(static_cast<std::size_t>(-decimal.exponent - 1), '0') + decimal.digits;
    auto whole = static_cast<std::size_t>(decimal.exponent) + 1;
    if (decimal.digits.size() <= whole)
        return decimal.digits + std::string(whole - decimal.digits.size(), '0') + ".0";
    return decimal.digits.substr(0, whole) + "." + decimal.digits.substr(whole);
}

/// from_chars takes no '+' and knows more words than Python; both are settled here.
std::optional<double> parseFinite(std::string_view text)
{
    double value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size())
        return std::nullopt;
    if (error == std::errc::result_out_of_range) {
        // Too large for a double, or too small: Python gives infinity or zero.
        auto e = text.find_first_of("eE");
        bool tiny = e != std::string_view::npos ? text.substr(e + 1).starts_with('-')
                                                : text.starts_with("0.") || text.starts_with(".");
        return tiny ? 0.0 : std::numeric_limits<double>::infinity();
    }
    return error == std::errc() ? std::optional(value) : std::nullopt;
}

} // namespace

std::string formatDouble(double value)
{
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value < 0 ? "-inf" : "inf";
    auto decimal = shortestDecimal(value);
    auto text = decimal.exponent < -4 || decimal.exponent >= 16 ? scientific(decimal) : positional(decimal);
    return decimal.negative ? "-" + text : text;
}

std::optional<double> parseDouble(std::string_view text)
{
    text = trim(text);
    bool negative = false;
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    if (text.empty())
        return std::nullopt;
    double value = 0;
    if ((text.front() >= '0' && text.front() <= '9') || text.front() == '.') {
        auto parsed = parseFinite(text);
        if (!parsed)
            return std::nullopt;
        value = *parsed;
    } else {
        auto word = foldCase(text);
        if (word == "nan")
            value = std::numeric_limits<double>::quiet_NaN();
        else if (word == "inf" || word == "infinity")
            value = std::numeric_limits<double>::infinity();
        else
            return std::nullopt;
    }
    return negative ? -value : value;
}

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    text = trim(text);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace sextant
