#include "core/base/sha256.h"

#include "core/base/encoding.h"

#include <openssl/evp.h>

#include <algorithm>
#include <new>

namespace sextant {

namespace {

/// Fetched once: fetching costs more than hashing a small text.
const EVP_MD* algorithm()
{
    static const EVP_MD* const kAlgorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return kAlgorithm;
}

} // namespace

struct Sha256::State
{
    State() : context(EVP_MD_CTX_new()) { begin(); }
    ~State() { EVP_MD_CTX_free(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    /// The library fails only without memory.
    void begin()
    {
        if (!context || EVP_DigestInit_ex2(context, algorithm(), nullptr) != 1)
            throw std::bad_alloc();
    }

    EVP_MD_CTX* context;
};

Sha256::Sha256() : m_state(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes)
{
    EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size());
}

Digest Sha256::finish()
{
    Digest digest{};
    EVP_DigestFinal_ex(m_state->context, digest.data(), nullptr);
    m_state->begin();
    return digest;
}

Digest sha256(std::string_view bytes)
{
    thread_local Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

std::string toHex(const Digest& digest)
{
    return toHex(bytesOf(digest));
}

std::optional<Digest> digestOf(std::string_view bytes)
{
    Digest digest{};
    if (bytes.size() != digest.size())
        return {};
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

std::optional<Digest> digestFromHex(std::string_view text)
{
    auto bytes = fromHex(text);
    return bytes ? digestOf(*bytes) : std::nullopt;
}

} // namespace sextant
