// Who evaluates a gate: its clauses here, or Open Policy Agent, over its REST interface or by its program.
// The result has one shape. Blocks; any thread.
#pragma once

#include "core/base/operation.h"
#include "core/registry/gates/evaluate.h"

namespace sextant::registry {

struct EngineOptions
{
    std::string folder;             // of the gate's file, where its policy is; empty: none is run
    std::string opaProgram = "opa"; // by name or path
    long timeoutMs = 10'000;
};

/// A rule of OPA that is undefined, or gives neither true nor {allow, deny, warn}, fails: missing data allows
/// nothing. Errors, which allow nothing either: Io when OPA can't be reached or says that it could not
/// evaluate; Corrupt for an answer that is none; NotFound for its program or policy; Cancelled.
Result<GateResult> evaluateGate(const Gate& gate, const Facts& facts, const EngineOptions& options,
                                const Operation& operation);

/// What OPA's answer means: {"result": …} as from REST. For tests and fuzzing.
Result<GateResult> readOpaAnswer(const Gate& gate, const Facts& facts, std::string_view answer);

} // namespace sextant::registry
