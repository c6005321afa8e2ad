// Reading one clause of a gate. Part of parseGate; for sources of this folder.
#pragma once

#include "core/registry/gates/gate.h"

#include <nlohmann/json.hpp>

namespace sextant::registry {

/// `number` counts from 1. The error's message names the clause and says what is wrong.
Result<Clause> readClause(const nlohmann::ordered_json& value, std::size_t number);

} // namespace sextant::registry
