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
    std::optional<std::string> value; // as it stands after "key: "; empty removes the key
};

/// Error: Unsupported when the file is not laid out as MLflow does.
Result<std::string> editMeta(std::string_view text, const std::vector<MetaChange>& changes);

} // namespace sextant::files
