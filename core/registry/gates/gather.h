// Gathering facts: what the stores hold of a candidate and of who stands where it wants to go. Reads only.
// Threads as the stores.
#pragma once

#include "core/registry/gates/evaluate.h"
#include "core/store/registry_store.h"
#include "core/store/tracking_store.h"

namespace sextant::registry {

/// On a version or its run: the digest of the model's files when they were made or registered, hex.
inline constexpr const char* kFilesDigestTag = "sextant.model.digest";
/// Where reports are attached to a run: reports/*.json.
inline constexpr const char* kReportsFolder = "reports";

struct NamedText
{
    std::string name;
    std::string text;
};

struct FactsRequest
{
    std::string model;
    std::int64_t version = 0;
    std::string target;             // "alias:champion", "stage:Production"; may be empty
    std::vector<NamedText> reports; // beside those attached to the run
    std::string card;               // JSON of the model card; empty: none
    std::string recorded;           // digest of the files that was recorded; empty: that of the tags
    EpochMs asOf = 0;               // 0: now
};

/// What the clauses of this gate can ask for; files are read and hashed only where one does.
/// Errors: NotFound for the version; Corrupt for a report that was given; Cancelled. What else can't be read
/// is said in the facts, and misses then.
Result<Facts> gatherFacts(TrackingStore& tracking, RegistryStore& registry, const Gate& gate,
                          const FactsRequest& request, const Operation& operation);

/// The folder of a version's files on this machine. Errors: Unsupported when they are elsewhere; NotFound.
Result<std::string> modelFolder(TrackingStore& tracking, const ModelVersion& version);
/// The signature that the version's MLmodel file holds. Errors: as modelFolder; NotFound; Corrupt.
Result<ModelSignature> signatureOf(TrackingStore& tracking, const ModelVersion& version);

} // namespace sextant::registry
