#include "core/ledger/private_key.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <array>

namespace sextant::ledger {

namespace {

constexpr std::size_t kMostPemBytes = 16 * 1024;
// As `openssl pkcs8 -scrypt`: 16 MiB and some tens of milliseconds for each guess.
constexpr std::uint64_t kScryptCost = 16'384;
constexpr std::uint64_t kScryptBlock = 8;
constexpr std::uint64_t kScryptParallel = 1;

template <class T, void (*Free)(T*)>
struct Freed
{
    void operator()(T* object) const { Free(object); }
};
template <class T, void (*Free)(T*)>
using Owned = std::unique_ptr<T, Freed<T, Free>>;

using Bio = Owned<BIO, BIO_free_all>;
using EncryptedKey = Owned<X509_SIG, X509_SIG_free>;
using PlainKey = Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;

/// What the library said, and nothing of it left for the next caller.
std::string libraryError()
{
    std::array<char, 256> text{};
    if (auto code = ERR_peek_last_error())
        ERR_error_string_n(code, text.data(), text.size());
    ERR_clear_error();
    return text.data();
}

tl::unexpected<Error> broken(const std::string& name, const std::string& why)
{
    return fail(ErrorCode::Corrupt, "The private key " + name + " can't be read: " + why,
                "Put it back from a copy, or make a new key with `sextant keys create`", libraryError());
}

int bytesIn(std::string_view text)
{
    return static_cast<int>(text.size());
}

} // namespace

Result<PrivateKey> PrivateKey::fromHandle(const std::string& name, std::shared_ptr<EVP_PKEY> key)
{
    if (!key)
        return broken(name, "the library refuses it");
    if (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519)
        return fail(ErrorCode::Unsupported, "The private key " + name + " is no Ed25519 key",
                    "Make one with `sextant keys create`");
    std::array<unsigned char, kPublicKeyBytes> bytes{};
    auto size = bytes.size();
    if (EVP_PKEY_get_raw_public_key(key.get(), bytes.data(), &size) != 1)
        return broken(name, "its public half is missing");
    SEXTANT_TRY(auto publicKey,
                PublicKey::fromBytes(name, {reinterpret_cast<const char*>(bytes.data()), size}));
    return PrivateKey(std::move(publicKey), std::move(key));
}

Result<PrivateKey> PrivateKey::generate(const std::string& name)
{
    return fromHandle(name, {EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free});
}

Result<PrivateKey> PrivateKey::fromSeed(const std::string& name, std::string_view seed)
{
    auto* handle = EVP_PKEY_new_raw_private_key(
        EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>(seed.data()), seed.size());
    return fromHandle(name, {handle, EVP_PKEY_free});
}

Result<PrivateKey> PrivateKey::fromPem(const std::string& name, std::string_view pem,
                                       const Secret& passphrase)
{
    if (pem.size() > kMostPemBytes)
        return broken(name, "its file is too large");
    Bio source(BIO_new_mem_buf(pem.data(), bytesIn(pem)));
    EncryptedKey encrypted(PEM_read_bio_PKCS8(source.get(), nullptr, nullptr, nullptr));
    if (!encrypted)
        return broken(name, "it is not encrypted PKCS#8");
    PlainKey plain(PKCS8_decrypt(encrypted.get(), passphrase.view().data(), bytesIn(passphrase.view())));
    if (!plain)
        return fail(ErrorCode::PermissionDenied, "The passphrase does not open the key " + name,
                    "Type it again", libraryError());
    return fromHandle(name, {EVP_PKCS82PKEY(plain.get()), EVP_PKEY_free});
}

Result<std::string> PrivateKey::toPem(const Secret& passphrase) const
{
    if (passphrase.view().size() < kShortestPassphrase)
        return fail(ErrorCode::InvalidArgument, "The passphrase is too short",
                    "It takes " + std::to_string(kShortestPassphrase) +
                        " characters at least; four words are better");
    PlainKey plain(EVP_PKEY2PKCS8(m_key.get()));
    auto* scheme = PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 0, nullptr, kScryptCost, kScryptBlock,
                                         kScryptParallel);
    if (!plain || !scheme)
        return broken(m_public.name(), "it can't be encrypted");
    EncryptedKey encrypted(
        PKCS8_set0_pbe(passphrase.view().data(), bytesIn(passphrase.view()), plain.get(), scheme));
    if (!encrypted) {
        X509_ALGOR_free(scheme);
        return broken(m_public.name(), "it can't be encrypted");
    }
    Bio target(BIO_new(BIO_s_mem()));
    char* text = nullptr;
    if (PEM_write_bio_PKCS8(target.get(), encrypted.get()) != 1)
        return broken(m_public.name(), "it can't be written");
    auto size = BIO_get_mem_data(target.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

Result<std::string> PrivateKey::sign(std::string_view message) const
{
    Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
    std::string signature(kSignatureBytes, '\0');
    auto size = signature.size();
    bool signedWell =
        context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_key.get()) == 1 &&
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1;
    if (!signedWell || size != kSignatureBytes)
        return fail(ErrorCode::Io, "Signing with the key " + m_public.name() + " failed", {}, libraryError());
    return signature;
}

} // namespace sextant::ledger
