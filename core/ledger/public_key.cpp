#include "core/ledger/public_key.h"

#include "core/base/encoding.h"
#include "core/base/text.h"

#include <openssl/evp.h>

#include <algorithm>

namespace sextant::ledger {

namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestForeignName = 255;

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

const unsigned char* raw(std::string_view bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

bool isForeignName(std::string_view name)
{
    return !name.empty() && name.size() <= kLongestForeignName && isUtf8(name) &&
           std::none_of(name.begin(), name.end(), [](char c) {
               return static_cast<unsigned char>(c) <= ' ' || c == '+' || c == '\x7f';
           });
}

tl::unexpected<Error> notAKey(const std::string& why)
{
    return fail(ErrorCode::Corrupt, "This is no public key: " + why,
                "One looks like this: ann+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
}

} // namespace

bool isKeyName(std::string_view name)
{
    return !name.empty() && name.size() <= kLongestName && isPlain(name.front()) &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return isPlain(c) || std::string_view("._@/-").find(c) != std::string_view::npos;
           });
}

PublicKey::PublicKey(std::string name, std::string_view bytes, std::shared_ptr<EVP_PKEY> key)
    : m_name(std::move(name)), m_bytes(bytes), m_id(m_name + "+" + noteIdText(noteId())),
      m_key(std::move(key))
{
}

Result<PublicKey> PublicKey::make(std::string name, std::string_view bytes)
{
    if (bytes.size() != kPublicKeyBytes)
        return notAKey("it has " + std::to_string(bytes.size()) + " bytes instead of 32");
    std::shared_ptr<EVP_PKEY> key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(bytes), bytes.size()), EVP_PKEY_free);
    if (!key)
        return notAKey("the library refuses it");
    return PublicKey(std::move(name), bytes, std::move(key));
}

Result<PublicKey> PublicKey::fromBytes(std::string name, std::string_view bytes)
{
    if (!isKeyName(name))
        return fail(ErrorCode::InvalidArgument, "'" + toUtf8(name) + "' can't name a key",
                    "Use letters, digits and . _ @ / -, 64 at most, beginning with a letter or digit");
    return make(std::move(name), bytes);
}

Result<PublicKey> PublicKey::parse(std::string_view text)
{
    auto first = text.find('+');
    auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos)
        return notAKey("it does not have three parts");
    auto name = text.substr(0, first);
    if (!isForeignName(name))
        return notAKey("its name is empty, too long or has characters that can't be there");
    auto typed = fromBase64(text.substr(second + 1));
    if (!typed || typed->empty())
        return notAKey("its last part is not base64");
    if (typed->front() != static_cast<char>(KeyUse::Note))
        return fail(ErrorCode::Unsupported,
                    "The key " + std::string(name) + " is of an algorithm that is not known",
                    "Ed25519 keys can be used");
    SEXTANT_TRY(auto key, make(std::string(name), std::string_view(*typed).substr(1)));
    if (noteIdText(key.noteId()) != text.substr(first + 1, second - first - 1))
        return notAKey("its parts do not belong together");
    return key;
}

std::uint32_t PublicKey::noteId(KeyUse use) const
{
    auto digest = sha256(m_name + "\n" + static_cast<char>(use) + m_bytes);
    return std::uint32_t{digest[0]} << 24 | std::uint32_t{digest[1]} << 16 | std::uint32_t{digest[2]} << 8 |
           digest[3];
}

std::string PublicKey::text() const
{
    return m_id + "+" + toBase64(static_cast<char>(KeyUse::Note) + m_bytes);
}

bool PublicKey::verify(std::string_view message, std::string_view signature) const
{
    if (signature.size() != kSignatureBytes)
        return false;
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    return context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, m_key.get()) == 1 &&
           EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(message), message.size()) ==
               1;
}

std::string noteIdText(std::uint32_t id)
{
    std::string bytes;
    for (int shift : {24, 16, 8, 0})
        bytes += static_cast<char>(id >> shift & 0xff);
    return toHex(bytes);
}

} // namespace sextant::ledger
