#include "core/base/decimal.h"

#include "core/base/text.h"

namespace sextant {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Takes a sign off the front; true for minus.
bool takeSign(std::string_view& text)
{
    bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    return negative;
}

/// What follows the e; nothing when it is no whole number.
std::optional<std::int64_t> exponentOf(std::string_view text)
{
    constexpr std::size_t kMostDigits = 9;
    bool negative = takeSign(text);
    if (text.empty() || text.size() > kMostDigits)
        return {};
    std::int64_t value = 0;
    for (char c : text) {
        if (!isDigit(c))
            return {};
        value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
}

void strip(Decimal& decimal)
{
    auto last = decimal.digits.find_last_not_of('0');
    if (last == std::string::npos) {
        decimal = {};
        return;
    }
    decimal.exponent += static_cast<std::int64_t>(decimal.digits.size() - 1 - last);
    decimal.digits.erase(last + 1);
    decimal.digits.erase(0, decimal.digits.find_first_not_of('0'));
}

} // namespace

std::optional<Decimal> parseDecimal(std::string_view text)
{
    text = trim(text);
    Decimal decimal;
    decimal.negative = takeSign(text);
    bool pointSeen = false, digitSeen = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (isDigit(c)) {
            digitSeen = true;
            decimal.digits += c;
            decimal.exponent -= pointSeen;
        } else if (c == '.' && !pointSeen) {
            pointSeen = true;
        } else if ((c == 'e' || c == 'E') && digitSeen) {
            auto exponent = exponentOf(text.substr(i + 1));
            if (!exponent)
                return {};
            decimal.exponent += *exponent;
            break;
        } else {
            return {};
        }
    }
    if (!digitSeen)
        return {};
    strip(decimal);
    return decimal;
}

bool sameNumber(std::string_view first, std::string_view second)
{
    auto a = parseDecimal(first);
    return a && a == parseDecimal(second);
}

} // namespace sextant
