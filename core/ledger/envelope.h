// Envelope: a signed payload as DSSE has it. What is signed are bytes, never a document: nothing is made
// canonical. Pure; any thread.
#pragma once

#include "core/ledger/private_key.h"

#include <string>
#include <vector>

namespace sextant::ledger {

struct EnvelopeSignature
{
    std::string keyId; // a hint only: PublicKey::id()
    std::string bytes;
};

struct Envelope
{
    std::string payloadType;
    std::string payload; // the bytes themselves
    std::vector<EnvelopeSignature> signatures;
};

inline constexpr std::string_view kStatementPayload = "application/vnd.in-toto+json";
inline constexpr std::size_t kMostEntryBytes = 65'535; // what a tile of a log can hold
inline constexpr std::size_t kMostEnvelopeSignatures = 16;

/// The bytes that are signed: "DSSEv1 LEN TYPE LEN BODY".
std::string signedBytes(std::string_view payloadType, std::string_view payload);

Result<void> addSignature(Envelope& envelope, const PrivateKey& key);
bool verify(const Envelope& envelope, const EnvelopeSignature& signature, const PublicKey& key);

/// Compact JSON in one line. Error: InvalidArgument when it is larger than an entry may be.
Result<std::string> formatEnvelope(const Envelope& envelope);
/// `what` names it in messages. Errors: Corrupt.
Result<Envelope> parseEnvelope(std::string_view text, std::string_view what);

} // namespace sextant::ledger
