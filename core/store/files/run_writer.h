// RunWriter: the changes to a run that the client makes, with its checks and side effects, each file replaced
// at once.
#pragma once

#include "core/base/error.h"
#include "core/store/files/file_writing.h"
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
    KeyFiles tags() const;
    Result<void> rewriteMeta(const std::string& newName, std::optional<Lifecycle> stage,
                             std::optional<EpochMs> deletedTime);
    std::string folder() const;

    const StoreLayout& m_layout;
    RunLocation m_run;
};

} // namespace sextant::files
