// What the commands of `sextant promotions …` share.
#pragma once

#include "app/cli/command.h"
#include "app/cli/signing.h"
#include "core/registry/promotions.h"

namespace sextant::cli {

struct PromotionOptions
{
    std::string id, name, version, stage, alias, gate, until, expires, origin, rulesFile, card;
    std::vector<std::string> evidence, gates, reports;
    bool keepExisting = false, dryRun = false, pending = false;
    SigningOptions signing;
};

registry::PromotionAccess promotionAccess(TrackingStore& tracking, RegistryStore& registry,
                                          ledger::TrustedKeys keys);
/// The promotions of a model of the named store, trusting the named keys.
Result<registry::Promotions> openPromotions(Context& context, const std::string& model,
                                            const PromotionOptions& options);
/// The user's key; its passphrase is asked for.
Result<ledger::PrivateKey> signingKey(Context& context, const PromotionOptions& options);
/// Its public half, without a passphrase.
Result<ledger::TrustedKey> signerOf(const PromotionOptions& options);
Result<registry::Target> targetOf(const PromotionOptions& options);
Result<std::int64_t> versionNumber(const std::string& text);
/// A moment as ISO 8601, or a span from now like 14d, 12h, 2w.
Result<EpochMs> parseMoment(const std::string& text, const std::string& option);
void tellWarnings(Context& context, registry::Promotions& promotions);

void addTarget(CLI::App& app, PromotionOptions& options);
void addDryRun(CLI::App& app, PromotionOptions& options);

// The commands, by file.
void addPromotionActCommands(std::vector<Command>& commands);
void addPromotionRulesCommands(std::vector<Command>& commands);
void addPromotionCheckCommands(std::vector<Command>& commands);
void addPromotionRepairCommands(std::vector<Command>& commands);

} // namespace sextant::cli
