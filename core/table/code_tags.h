// The tags by which clients record code and environment, and what people call them.
#pragma once

#include "core/table/differences.h"

namespace sextant {

struct CodeTag
{
    DifferenceKind kind = DifferenceKind::Tag; // Code or Environment; Tag where it is neither
    std::string label;                         // empty where the key says it best
    int place = 0;                             // in the order of the section
};

CodeTag codeTagOf(std::string_view key);

} // namespace sextant
