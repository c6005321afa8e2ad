// Reading for the promotion desk: what waits, and one promotion with all that it rests on. Blocking; for
// jobs.
#pragma once

#include "core/store/open.h"
#include "ui/registry/desk_data.h"

namespace sextant {

/// The keys on this machine; those that can't be read are left out.
std::vector<DeskKey> ownKeys(const ledger::TrustedKeys& trusted);

/// How promotions of a store are reached: its logs, this user's list of trusted keys and pins.
Result<registry::PromotionAccess> promotionAccess(Store& store);

/// All promotions of all models with a log. A log that can't be used is one of the problems.
Result<DeskDataPtr> readDesk(Store& store, const Operation& operation);

/// "fraud#14". Hashes the model's files and the evidence that is here, and evaluates the gates. Errors:
/// NotFound; those of the log.
Result<DeskCasePtr> readCase(Store& store, const std::string& promotionId, const Operation& operation);

/// The gates of a promotion, evaluated on the stores as they are now.
Result<std::vector<DeskGate>> evaluateGates(Store& store, registry::Promotions& promotions,
                                            const registry::Promotion& promotion, const Operation& operation);

} // namespace sextant
