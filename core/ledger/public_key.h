// PublicKey: a name and the public half of an Ed25519 key, as C2SP signed notes write it:
// "ann+530d903a+AekyeRrm…". A value; checking a signature may happen on any thread.
#pragma once

#include "core/base/error.h"
#include "core/base/sha256.h"

#include <memory>
#include <string>
#include <string_view>

typedef struct evp_pkey_st EVP_PKEY;

namespace sextant::ledger {

/// What a signature under a key says; part of the key's id in notes, so that one can't pass for the other.
enum class KeyUse : std::uint8_t { Note = 0x01, Cosignature = 0x04 };

inline constexpr std::size_t kPublicKeyBytes = 32;
inline constexpr std::size_t kSignatureBytes = 64;

/// 1 to 64 letters, digits and "._@/-", beginning with a letter or digit: fits notes, files and command
/// lines.
bool isKeyName(std::string_view name);

class PublicKey
{
public:
    /// Errors: InvalidArgument for a name or bytes that are none.
    static Result<PublicKey> fromBytes(std::string name, std::string_view bytes);
    /// The text form; its id must be the one of name and bytes. Names of other logs (any text without blanks
    /// and '+') are taken as well. Errors: Corrupt, Unsupported for other algorithms.
    static Result<PublicKey> parse(std::string_view text);

    const std::string& name() const { return m_name; }
    std::string_view bytes() const { return m_bytes; }
    std::uint32_t noteId(KeyUse use = KeyUse::Note) const;
    /// "ann+530d903a": names the key in envelopes.
    const std::string& id() const { return m_id; }
    std::string text() const;

    bool verify(std::string_view message, std::string_view signature) const;

    bool operator==(const PublicKey& other) const
    {
        return m_name == other.m_name && m_bytes == other.m_bytes;
    }

private:
    PublicKey(std::string name, std::string_view bytes, std::shared_ptr<EVP_PKEY> key);
    static Result<PublicKey> make(std::string name, std::string_view bytes);

    std::string m_name;
    std::string m_bytes;
    std::string m_id;
    std::shared_ptr<EVP_PKEY> m_key;
};

/// "530d903a".
std::string noteIdText(std::uint32_t id);

} // namespace sextant::ledger
