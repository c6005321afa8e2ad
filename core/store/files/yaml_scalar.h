// A text as PyYAML's C writer puts it after "key: " in a block mapping: plain, 'single' or "double" quoted,
// folded at 80 columns. The client rewrites meta.yaml with it, so ours must be the same bytes.
#pragma once

#include <string>
#include <string_view>

namespace sextant::files {

/// `column`: characters before the text on its line, the blank after the colon included. `text` is UTF-8.
std::string yamlScalar(std::string_view text, std::size_t column);

} // namespace sextant::files
