#include "core/ledger/envelope.h"

#include "core/base/encoding.h"
#include "core/base/strict_json.h"

namespace sextant::ledger {

namespace {

using Json = nlohmann::ordered_json;

constexpr JsonLimits kLimits{kMostEntryBytes, 4};

tl::unexpected<Error> noEnvelope(std::string_view what, const std::string& why)
{
    return fail(ErrorCode::Corrupt, std::string(what) + " is no signed envelope: " + why);
}

const std::string* textAt(const Json& object, const char* key)
{
    auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get_ptr<const std::string*>() : nullptr;
}

} // namespace

std::string signedBytes(std::string_view payloadType, std::string_view payload)
{
    std::string bytes = "DSSEv1 " + std::to_string(payloadType.size()) + " ";
    bytes += payloadType;
    bytes += " " + std::to_string(payload.size()) + " ";
    bytes += payload;
    return bytes;
}

Result<void> addSignature(Envelope& envelope, const PrivateKey& key)
{
    SEXTANT_TRY(auto bytes, key.sign(signedBytes(envelope.payloadType, envelope.payload)));
    envelope.signatures.push_back({key.publicKey().id(), std::move(bytes)});
    return {};
}

bool verify(const Envelope& envelope, const EnvelopeSignature& signature, const PublicKey& key)
{
    return key.verify(signedBytes(envelope.payloadType, envelope.payload), signature.bytes);
}

Result<std::string> formatEnvelope(const Envelope& envelope)
{
    Json signatures = Json::array();
    for (const auto& signature : envelope.signatures)
        signatures.push_back({{"keyid", signature.keyId}, {"sig", toBase64(signature.bytes)}});
    Json document = {{"payloadType", envelope.payloadType},
                     {"payload", toBase64(envelope.payload)},
                     {"signatures", std::move(signatures)}};
    auto text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text.size() > kMostEntryBytes)
        return fail(ErrorCode::InvalidArgument, "This is more than one entry of the log can hold",
                    "Keep large evidence in a file and give its digest");
    return text;
}

Result<Envelope> parseEnvelope(std::string_view text, std::string_view what)
{
    SEXTANT_TRY(auto document, parseStrictJson(text, what, kLimits));
    if (!document.is_object() || document.size() != 3)
        return noEnvelope(what, "it must have payloadType, payload and signatures, and nothing else");
    const auto* type = textAt(document, "payloadType");
    const auto* payload = textAt(document, "payload");
    auto signatures = document.find("signatures");
    if (!type || !payload || signatures == document.end() || !signatures->is_array())
        return noEnvelope(what, "payloadType, payload or signatures is missing");
    auto bytes = fromBase64(*payload);
    if (!bytes)
        return noEnvelope(what, "its payload is not base64");
    if (signatures->empty() || signatures->size() > kMostEnvelopeSignatures)
        return noEnvelope(what,
                          "it must have 1 to " + std::to_string(kMostEnvelopeSignatures) + " signatures");
    Envelope envelope{*type, std::move(*bytes), {}};
    for (const auto& item : *signatures) {
        const auto* id = item.is_object() ? textAt(item, "keyid") : nullptr;
        const auto* signature = item.is_object() ? textAt(item, "sig") : nullptr;
        auto decoded = signature ? fromBase64(*signature) : std::nullopt;
        if (!id || !decoded || item.size() != 2)
            return noEnvelope(what, "one of its signatures has not the right form");
        envelope.signatures.push_back({*id, std::move(*decoded)});
    }
    return envelope;
}

} // namespace sextant::ledger
