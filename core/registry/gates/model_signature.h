// ModelSignature: what a model takes and gives, from its MLmodel file, and whether who calls one can call
// another. Values; pure.
#pragma once

#include "core/base/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace sextant::registry {

struct SignatureField
{
    std::string name; // empty: known by its place
    std::string type; // "double", "array(string)", "tensor(float64, [-1, 30])"
    bool required = true;
    bool operator==(const SignatureField&) const = default;
};

struct ModelSignature
{
    std::vector<SignatureField> inputs, outputs, params;
    bool operator==(const ModelSignature&) const = default;
};

/// From the text of an MLmodel file. Errors: NotFound when it has no signature; Corrupt.
Result<ModelSignature> readModelSignature(std::string_view mlmodel);

/// Why callers of `champion` can't call `candidate`, each a sentence: a new required input, another type, an
/// output that is gone. Empty when they can.
std::vector<std::string> incompatibilities(const ModelSignature& candidate, const ModelSignature& champion);

} // namespace sextant::registry
