// RunWriter: the few changes to runs that Sextant makes, each as the real client would: one short
// transaction, read back before it is committed.
#pragma once

#include "core/store/sqlite/write_transaction.h"
#include "core/store/tracking_store.h"

#include <filesystem>
#include <string>

namespace sextant::sqlite {

class RunWriter
{
public:
    RunWriter(const SqliteFile& file, std::chrono::milliseconds patience)
        : m_transaction(file, patience),
          m_storeFolder(std::filesystem::path(file.path()).parent_path().string())
    {
    }

    Result<void> setTag(const std::string& runId, const std::string& key, const std::string& value);
    Result<void> deleteTag(const std::string& runId, const std::string& key);
    Result<void> rename(const std::string& runId, const std::string& name);
    Result<void> remove(const std::string& runId);
    Result<void> restore(const std::string& runId);
    Result<std::string> createExperiment(const std::string& name);
    Result<std::string> createRun(const NewRun& run);

private:
    WriteTransaction m_transaction;
    std::string m_storeFolder;
};

} // namespace sextant::sqlite
