// Cards of versions: drafted from what the stores hold, kept beside the model's log (cards/SHA256.json), each
// version of a card an entry. Threads as the stores.
#pragma once

#include "core/ledger/log.h"
#include "core/registry/audit.h"
#include "core/registry/card/card.h"

namespace sextant::registry {

inline constexpr const char* kCardsFolder = "cards";
/// The name of a card among an entry's inputs.
inline constexpr const char* kCardInput = "card";

/// Filled from version, run, signature and the fairness report; what nobody said is empty. Errors: NotFound.
Result<ModelCard> draftCard(TrackingStore& tracking, RegistryStore& registry, const std::string& model,
                            std::int64_t version, const Operation& operation);
/// What is empty in `card` from `draft`; metrics and data sets always.
void fillCard(ModelCard& card, const ModelCard& draft);

struct KeptCard
{
    std::optional<ModelCard> card; // nothing when its file is gone or not what was signed
    std::string problem;           // why; a sentence
    std::string text;              // of the file
    std::uint64_t entry = 0;
    std::string person, reason;
    EpochMs time = kNoTime; // as the signer claims
    Digest digest{};
};

/// Those that trusted keys signed for a version, oldest first. `logFolder`: where the log is.
std::vector<KeptCard> keptCards(const std::vector<AuditEntry>& entries, const std::string& logFolder,
                                const std::string& model, std::int64_t version);

/// Writes the card beside the log, then its entry; the entry's index. `files`: digest of the version's files,
/// zeros when unknown. Errors: as Log::append.
Result<std::uint64_t> keepCard(ledger::Log& log, const std::string& logFolder, const ModelCard& card,
                               const Digest& files, const std::string& reason, const ledger::PrivateKey& key);

} // namespace sextant::registry
