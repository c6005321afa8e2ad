// Ways into a JSON document: RFC 6901 pointers and dotted names. Pure; for sources of this folder.
#pragma once

#include <nlohmann/json.hpp>

#include <string_view>

namespace sextant::registry {

/// Empty, or parts that each begin with '/', with ~ only as ~0 and ~1.
bool isJsonPointer(std::string_view pointer);

/// What it leads to; null when there is nothing.
const nlohmann::ordered_json* atPointer(const nlohmann::ordered_json& document, std::string_view pointer);

/// "considerations.limitations"; null when there is nothing.
const nlohmann::ordered_json* atName(const nlohmann::ordered_json& document, std::string_view name);

} // namespace sextant::registry
