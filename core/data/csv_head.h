// CsvHead: what the beginning of a CSV file says: how fields are divided, and the names of the columns.
#pragma once

#include "core/base/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace sextant {

struct CsvHead
{
    char delimiter = ',';
    std::vector<std::string> names; // a name that comes again is "x.1", "x.2", as pandas has it
    std::size_t lines = 1;          // that the header takes
};

/// `text`: the first part of the file. `delimiter`: 0 to find it: the one of comma, semicolon, tab and bar
/// that divides the header into most fields. Errors: Corrupt, for an empty file or a header that does not
/// end.
Result<CsvHead> readCsvHead(std::string_view text, char delimiter);

} // namespace sextant
