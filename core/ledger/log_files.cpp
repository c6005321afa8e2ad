#include "core/ledger/log_files.h"

#include "core/ledger/envelope.h"
#include "core/ledger/note.h"

#include <algorithm>
#include <charconv>

namespace sextant::ledger {

namespace {

constexpr std::size_t kIndexDigits = 8;
constexpr std::size_t kHashDigits = 16;
constexpr std::string_view kEntrySuffix = ".json";
constexpr std::size_t kMostEntries = 1'000'000;
constexpr std::size_t kMostBytes = std::size_t{1} << 30; // in memory at once
constexpr std::uint64_t kReportEach = 256;

std::optional<std::uint64_t> parseNumber(std::string_view text)
{
    std::uint64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return !text.empty() && error == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                                     : std::nullopt;
}

std::string padded(std::uint64_t index)
{
    auto digits = std::to_string(index);
    return std::string(kIndexDigits - std::min(kIndexDigits, digits.size()), '0') + digits;
}

/// The index in the name of an entry's file; nothing when the name is of another form.
std::optional<std::uint64_t> indexIn(std::string_view name)
{
    auto dash = name.find('-');
    auto index = dash == std::string_view::npos ? std::nullopt : parseNumber(name.substr(0, dash));
    bool formed = index && *index < kMostEntries && padded(*index) == name.substr(0, dash) &&
                  name.size() == dash + 1 + kHashDigits + kEntrySuffix.size() && name.ends_with(kEntrySuffix);
    return formed ? index : std::nullopt;
}

Result<void> readEntries(LogStorage& storage, const Operation& operation, std::uint64_t from, LogFiles& files)
{
    SEXTANT_TRY(auto names, storage.list(kEntriesFolder));
    for (auto& name : names) {
        auto index = indexIn(name);
        if (!index)
            files.strangers.push_back(std::string(kEntriesFolder) + "/" + name);
        else if (*index >= from)
            files.entries.push_back({*index, std::move(name), {}, {}, {}});
    }
    std::uint64_t done = 0;
    std::size_t bytes = 0;
    for (auto& entry : files.entries) {
        if (operation.cancelled())
            return cancelledError();
        if (done++ % kReportEach == 0)
            operation.progress("Reading the log", done, files.entries.size());
        auto content = storage.read(std::string(kEntriesFolder) + "/" + entry.name, kMostEntryBytes);
        if (!content) {
            entry.problem = content.error().message;
            continue;
        }
        entry.content = std::move(*content);
        bytes += entry.content.size();
        if (bytes > kMostBytes)
            return fail(ErrorCode::Corrupt, storage.name() + " is larger than a log can be",
                        "Decisions are some kilobytes each; see who wrote the rest");
        entry.leaf = leafHash(entry.content);
    }
    return {};
}

Result<void> readWitnessed(LogStorage& storage, LogFiles& files)
{
    SEXTANT_TRY(auto names, storage.list(kWitnessedFolder));
    for (const auto& name : names) {
        auto path = std::string(kWitnessedFolder) + "/" + name;
        auto size = parseNumber(name);
        auto content = size && std::to_string(*size) == name
                           ? storage.read(path, kMostNoteBytes)
                           : Result<std::string>(fail(ErrorCode::Corrupt, ""));
        if (content)
            files.witnessed[*size] = std::move(*content);
        else
            files.strangers.push_back(path);
    }
    return {};
}

} // namespace

std::string entryFileName(std::uint64_t index, const Digest& leaf)
{
    return padded(index) + "-" + toHex(leaf).substr(0, kHashDigits) + std::string(kEntrySuffix);
}

Result<LogFiles> readLogFiles(LogStorage& storage, const Operation& operation, std::uint64_t from)
{
    LogFiles files;
    SEXTANT_TRY(auto names, storage.list(""));
    // The checkpoint first: what a writer adds meanwhile is beyond it, never missing under it.
    auto checkpoint = storage.read(kCheckpointFile, kMostNoteBytes);
    if (checkpoint)
        files.checkpoint = std::move(*checkpoint);
    else if (checkpoint.error().code != ErrorCode::NotFound)
        files.checkpoint = ""; // there, but nothing that can be read
    SEXTANT_CHECK(readEntries(storage, operation, from, files));
    SEXTANT_CHECK(readWitnessed(storage, files));
    for (const auto& name : names)
        if (name != kCheckpointFile && name != std::string(kEntriesFolder) + "/" &&
            name != std::string(kWitnessedFolder) + "/")
            files.strangers.push_back(name);
    if (from == 0 && files.entries.empty() && !files.checkpoint)
        return fail(ErrorCode::NotFound, storage.name() + " holds no log",
                    "A log is a folder with entries/ and checkpoint");
    return files;
}

} // namespace sextant::ledger
