// Changes single keys of a meta.yaml and leaves every other byte as it is. Keys stay sorted, as the client
// writes them.
#pragma once

#include "core/base/error.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::files {

struct MetaChange
{
    std::string_view key;
    // As it stands after "key: ", or after "key:" when it begins with a line end; empty removes the key.
    std::optional<std::string> value;
};

/// Error: Unsupported when the file is not laid out as MLflow does.
Result<std::string> editMeta(std::string_view text, const std::vector<MetaChange>& changes);

/// A new meta.yaml with these keys, in the client's order.
std::string composeMeta(std::vector<MetaChange> keys);

} // namespace sextant::files
