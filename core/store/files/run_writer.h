// RunWriter: the changes to a run that the client makes, with its checks and side effects, each file replaced
// at once.
#pragma once

#include "core/base/error.h"
#include "core/store/files/store_layout.h"
#include "core/tracking/run.h"

#include <string>

namespace sextant::files {

struct RunLocation
{
    std::string experimentPath; // "12" or ".trash/12"
    RunInfo info;
};

class RunWriter
{
public:
    RunWriter(const StoreLayout& layout, RunLocation run) : m_layout(layout), m_run(std::move(run)) {}

    Result<void> setTag(const std::string& key, const std::string& value);
    Result<void> deleteTag(const std::string& key);
    Result<void> rename(const std::string& name);
    Result<void> setLifecycle(Lifecycle stage);

private:
    Result<void> requireActive() const;
    Result<void> writeTag(const std::string& key, const std::string& value);
    Result<void> rewriteMeta(const std::string& newName, std::optional<Lifecycle> stage,
                             std::optional<EpochMs> deletedTime);
    Result<std::string> tagFile(const std::string& key) const;
    std::string folder() const;

    const StoreLayout& m_layout;
    RunLocation m_run;
};

/// Writes beside and renames over `file`, keeping its mode; `scratchFolder` is on the same disk and is not
/// read for keys.
Result<void> replaceFile(const std::string& file, const std::string& scratchFolder, std::string_view content);

} // namespace sextant::files
