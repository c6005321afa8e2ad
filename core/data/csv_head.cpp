#include "core/data/csv_head.h"

#include "core/base/text.h"

#include <algorithm>
#include <set>

namespace sextant {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Header
{
    std::vector<std::string> fields;
    std::size_t lines = 1;
    bool ended = false;
};

/// The fields of the first record; quotes as RFC 4180 has them.
Header firstRecord(std::string_view text, char delimiter)
{
    Header header;
    std::string field;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            field += '"';
            ++i;
        } else if (c == '"' && (quoted || field.empty())) {
            quoted = !quoted;
        } else if (!quoted && c == delimiter) {
            header.fields.push_back(std::move(field));
            field.clear();
        } else if (!quoted && (c == '\n' || c == '\r')) {
            header.ended = true;
            break;
        } else {
            header.lines += c == '\n' ? 1 : 0;
            field += c;
        }
    }
    header.ended = header.ended || !quoted;
    header.fields.push_back(std::move(field));
    return header;
}

void tellApart(std::vector<std::string>& names)
{
    std::set<std::string> given;
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto name = names[i].empty() ? "Unnamed: " + std::to_string(i) : names[i];
        auto candidate = name;
        for (int n = 1; !given.insert(candidate).second; ++n)
            candidate = name + "." + std::to_string(n);
        names[i] = candidate;
    }
}

} // namespace

Result<CsvHead> readCsvHead(std::string_view text, char delimiter)
{
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    if (trim(text).empty())
        return fail(ErrorCode::Corrupt, "The file is empty",
                    "A CSV file begins with the names of its columns");
    Header best;
    char chosen = ',';
    for (char candidate : {',', ';', '\t', '|'}) {
        if (delimiter != 0 && candidate != ',')
            break;
        auto tried = delimiter != 0 ? delimiter : candidate;
        auto header = firstRecord(text, tried);
        if (header.fields.size() > best.fields.size()) {
            best = std::move(header);
            chosen = tried;
        }
    }
    if (!best.ended)
        return fail(ErrorCode::Corrupt, "A quote in the header of the file is not closed",
                    "Is it a CSV file? Its first line holds the names of the columns");
    for (const auto& name : best.fields)
        if (!isUtf8(name))
            return fail(ErrorCode::Corrupt, "The header of the file is not UTF-8",
                        "Convert the file: iconv -f latin1 -t utf-8 FILE > NEW");
    CsvHead head{chosen, std::move(best.fields), best.lines};
    tellApart(head.names);
    return head;
}

} // namespace sextant
