#include "core/base/encoding.h"

#include <array>
#include <cstdint>

namespace sextant {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 0xff;

constexpr std::array<std::uint8_t, 256> valuesOf(std::string_view digits)
{
    std::array<std::uint8_t, 256> values{};
    values.fill(kNoDigit);
    for (std::size_t i = 0; i < digits.size(); ++i)
        values[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
    return values;
}

constexpr auto kHexValues = valuesOf(kHexDigits);
constexpr auto kBase64Values = valuesOf(kBase64);

std::uint32_t byteAt(std::string_view bytes, std::size_t at)
{
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

} // namespace

std::string toHex(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size() * 2);
    for (unsigned char byte : bytes) {
        text += kHexDigits[byte >> 4];
        text += kHexDigits[byte & 15];
    }
    return text;
}

std::optional<std::string> fromHex(std::string_view text)
{
    if (text.size() % 2 != 0)
        return {};
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        auto high = kHexValues[static_cast<unsigned char>(text[i])];
        auto low = kHexValues[static_cast<unsigned char>(text[i + 1])];
        if (high == kNoDigit || low == kNoDigit)
            return {};
        bytes += static_cast<char>(high << 4 | low);
    }
    return bytes;
}

std::string toBase64(std::string_view bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto group = byteAt(bytes, i) << 16 | byteAt(bytes, i + 1) << 8 | byteAt(bytes, i + 2);
        text += kBase64[group >> 18];
        text += kBase64[group >> 12 & 63];
        text += i + 1 < bytes.size() ? kBase64[group >> 6 & 63] : '=';
        text += i + 2 < bytes.size() ? kBase64[group & 63] : '=';
    }
    return text;
}

std::optional<std::string> fromBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return {};
    std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < text.size() - padding; ++i) {
        auto value = kBase64Values[static_cast<unsigned char>(text[i])];
        if (value == kNoDigit)
            return {};
        group = group << 6 | value;
        if (i % 4 == 3) {
            for (int shift : {16, 8, 0})
                bytes += static_cast<char>(group >> shift & 0xff);
            group = 0;
        }
    }
    if (padding == 1) {
        if (group & 3)
            return {};
        bytes += static_cast<char>(group >> 10 & 0xff);
        bytes += static_cast<char>(group >> 2 & 0xff);
    } else if (padding == 2) {
        if (group & 15)
            return {};
        bytes += static_cast<char>(group >> 4 & 0xff);
    }
    return bytes;
}

} // namespace sextant
