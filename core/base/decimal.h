// Decimal: a number as written in decimal digits, exactly, so that 0.1, 0.10 and 1e-1 are one number and two
// long numbers that round to the same double are two.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sextant {

struct Decimal
{
    bool negative = false;
    std::string digits;        // without zeros at either end; empty for zero
    std::int64_t exponent = 0; // of the last digit
    bool operator==(const Decimal&) const = default;
    auto operator<=>(const Decimal&) const = default; // an order for sorting, not by size
};

/// Blanks around are fine. Nothing for what is no plain number: "nan", "0x10", "1_000", exponents beyond nine
/// digits.
std::optional<Decimal> parseDecimal(std::string_view text);

/// True when both texts are the same number.
bool sameNumber(std::string_view first, std::string_view second);

} // namespace sextant
