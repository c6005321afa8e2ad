// A field as it is typed, `params."a b"`, taken apart; and what a key must look like to need no quotes.
#pragma once

#include <string>
#include <string_view>

namespace sextant {

struct FieldPath
{
    std::string_view prefix; // before the first dot, without backticks; empty when there is none
    std::string key;         // without its quotes
    bool hasDot = false;
    bool quoted = false; // the key stood in quotes
    bool plain = true;   // MLflow's reader takes it as one name
};

/// Takes a word or symbol token apart, as MLflow does: at the first dot, then quotes, then backticks come
/// off.
FieldPath parsePath(std::string_view text);

/// True when MLflow's reader takes `text` after a dot as one name: no quotes needed.
bool isPlainKey(std::string_view text);

/// The key in backticks, or in other quotes when it has backticks itself; as it is when plain.
std::string quoteKey(std::string_view key);

} // namespace sextant
