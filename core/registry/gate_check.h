// Checking a gate for a promotion: its facts are gathered, it is evaluated, and the verdict becomes what an
// entry says: in-toto's test-result beside the clauses. Threads as the stores.
#pragma once

#include "core/registry/gates/gather.h"
#include "core/registry/promotions.h"

namespace sextant::registry {

struct GateCheck
{
    GateResult result;
    GateVerdict verdict;
};

/// `definition`: the gate's JSON. The promotion's own evidence counts beside `reports`. Errors: those of the
/// gate and of gathering.
Result<GateCheck> checkGate(const PromotionAccess& access, Promotions& promotions, const Promotion& promotion,
                            const std::string& definition, std::vector<NamedText> reports,
                            const std::string& card, const Operation& operation);

/// What an entry says of a result, at most so many bytes: long explanations are left out before clauses are.
std::string testResult(const GateResult& result, std::size_t most = 36'000);

} // namespace sextant::registry
