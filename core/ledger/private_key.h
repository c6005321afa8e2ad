// PrivateKey: signs. Made once, kept encrypted with a passphrase, never in a store. Moves, never copies.
#pragma once

#include "core/ledger/public_key.h"
#include "core/ledger/secret.h"

namespace sextant::ledger {

class PrivateKey
{
public:
    /// A new key. Errors: InvalidArgument for a name that is none.
    static Result<PrivateKey> generate(const std::string& name);
    /// From PKCS#8, as `openssl pkey` reads and writes it too. Errors: PermissionDenied when the passphrase
    /// is not the one; Corrupt, Unsupported when this is no Ed25519 key. A key that is not encrypted is
    /// refused.
    static Result<PrivateKey> fromPem(const std::string& name, std::string_view pem,
                                      const Secret& passphrase);
    /// From the 32 bytes that a seed has: for vectors in tests and imports.
    static Result<PrivateKey> fromSeed(const std::string& name, std::string_view seed);

    const PublicKey& publicKey() const { return m_public; }

    /// PKCS#8, encrypted (scrypt, AES-256-CBC). Error: InvalidArgument for a passphrase that is too short.
    Result<std::string> toPem(const Secret& passphrase) const;

    /// 64 bytes.
    Result<std::string> sign(std::string_view message) const;

private:
    PrivateKey(PublicKey publicKey, std::shared_ptr<EVP_PKEY> key)
        : m_public(std::move(publicKey)), m_key(std::move(key))
    {
    }
    static Result<PrivateKey> fromHandle(const std::string& name, std::shared_ptr<EVP_PKEY> key);

    PublicKey m_public;
    std::shared_ptr<EVP_PKEY> m_key;
};

inline constexpr std::size_t kShortestPassphrase = 8;

} // namespace sextant::ledger
