#include "core/base/random_id.h"

#include <cstdint>
#include <random>

namespace sextant {

std::string randomHexId()
{
    std::random_device device;
    std::uniform_int_distribution<unsigned> digit(0, 15);
    std::string id(32, '0');
    for (auto& letter : id)
        letter = "0123456789abcdef"[digit(device)];
    id[12] = '4';                                       // the version
    id[16] = "89ab"[static_cast<unsigned>(id[16]) % 4]; // the variant
    return id;
}

std::string randomDecimalId()
{
    std::random_device device;
    std::uniform_int_distribution<std::int64_t> number(100'000'000'000'000'000, 999'999'999'999'999'999);
    return std::to_string(number(device));
}

} // namespace sextant
