// SHA-256, of a text at once or part by part.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sextant {

using Digest = std::array<std::uint8_t, 32>;

class Sha256
{
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(std::string_view bytes);
    /// The digest of all that was added; begins anew.
    Digest finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

Digest sha256(std::string_view bytes);

inline std::string_view bytesOf(const Digest& digest)
{
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string toHex(const Digest& digest);
/// Exactly 32 bytes; nothing otherwise.
std::optional<Digest> digestOf(std::string_view bytes);
/// 64 digits in lower case.
std::optional<Digest> digestFromHex(std::string_view text);

} // namespace sextant
