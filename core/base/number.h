// Numbers in and out of text, exactly: shortest decimal that reads back as the same double, and strict
// parsing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sextant {

/// Python's repr of a float as MLflow writes it: "0.1", "1e-05", "nan", "inf".
std::string formatDouble(double value);

/// A whole text as a double, as Python's float() takes it: blanks around, "nan", "inf", "1_000" excluded.
std::optional<double> parseDouble(std::string_view text);

/// A whole text as a decimal integer, optional sign.
std::optional<std::int64_t> parseInteger(std::string_view text);

} // namespace sextant
