// TrustedKeys: whom a verifier believes, for what, and how long: a small text file, one key in a line:
//     ann+530d903a+AekyeRrm… requester,approver person=ann.lee until=risk/fraud#120
// Validity counts entries of a log, not time. A value; reading it on several threads is fine.
#pragma once

#include "core/ledger/public_key.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

namespace sextant::ledger {

inline constexpr std::string_view kRequester = "requester";
inline constexpr std::string_view kApprover = "approver";
inline constexpr std::string_view kAdmin = "admin";
inline constexpr std::string_view kWitness = "witness";

using Roles = std::set<std::string, std::less<>>;

/// Lower case letters, digits and '-', 32 at most.
bool isRole(std::string_view role);

/// An index for each log by origin; under the empty origin the one for all others.
using IndexByLog = std::map<std::string, std::uint64_t, std::less<>>;

struct TrustedKey
{
    PublicKey key;
    Roles roles;
    std::string person; // who holds it: one person's keys count once; the key's name when nothing is said
    IndexByLog from;    // the first entry it may sign
    IndexByLog until;   // the first one it may not sign any more

    bool validAt(std::string_view origin, std::uint64_t index) const;
    bool has(std::string_view role) const { return roles.contains(role); }
};

/// One line of the file. Errors: Corrupt.
Result<TrustedKey> parseTrustedKey(std::string_view line);
std::string formatTrustedKey(const TrustedKey& key);

class TrustedKeys
{
public:
    /// Errors: Corrupt with the line's number.
    static Result<TrustedKeys> parse(std::string_view text, std::string_view what);
    std::string format() const;

    /// Errors: AlreadyExists when the name or the key is there already.
    Result<void> add(TrustedKey key);
    std::span<const TrustedKey> keys() const { return m_keys; }
    bool empty() const { return m_keys.empty(); }

    /// By PublicKey::id(), or null.
    const TrustedKey* find(std::string_view id) const;
    TrustedKey* find(std::string_view id);
    /// By name, or null.
    const TrustedKey* named(std::string_view name) const;

    std::vector<PublicKey> publicKeys() const;

private:
    std::vector<TrustedKey> m_keys;
};

} // namespace sextant::ledger
