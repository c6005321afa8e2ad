// LogStorage: where the files of a log are: "checkpoint", "entries/…", "witnessed/…". One thread at a time
// per object.
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::ledger {

/// Held while a log is written; other writers that can be kept out wait.
class LogLock
{
public:
    virtual ~LogLock() = default;
};

class LogStorage
{
public:
    virtual ~LogStorage() = default;

    /// For messages.
    virtual std::string name() const = 0;

    /// The names in one folder of the log ("" for its own), folders with a '/' at the end; nothing when it is
    /// not there.
    virtual Result<std::vector<std::string>> list(const std::string& folder) = 0;
    /// Errors: NotFound; Corrupt when the file is larger than `most` bytes, or none.
    virtual Result<std::string> read(const std::string& path, std::size_t most) = 0;

    /// The file is there whole or not at all, and lasts. Error: AlreadyExists.
    virtual Result<void> create(const std::string& path, std::string_view content) = 0;
    /// The old file or the new one is there whole, at every moment.
    virtual Result<void> replace(const std::string& path, std::string_view content) = 0;
    virtual Result<void> remove(const std::string& path) = 0;

    /// Keeps others out where the place has locks. Error: Locked after some seconds.
    virtual Result<std::unique_ptr<LogLock>> lock() = 0;
};

} // namespace sextant::ledger
