// Ids as the real client makes them for what is new.
#pragma once

#include <string>

namespace sextant {

/// 32 hexadecimal digits: a version 4 UUID without dashes.
std::string randomHexId();

/// 18 decimal digits, the first of them not 0.
std::string randomDecimalId();

} // namespace sextant
