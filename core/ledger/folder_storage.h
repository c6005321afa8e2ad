// FolderStorage: a log in a folder of this machine. Links are never followed; nothing outside the folder is
// touched.
#pragma once

#include "core/ledger/log_storage.h"

namespace sextant::ledger {

class FolderStorage final : public LogStorage
{
public:
    /// The folder need not exist; the first writing makes it. New files have `mode`, less what the user's
    /// mask takes away.
    explicit FolderStorage(std::string folder, unsigned mode = 0666)
        : m_folder(std::move(folder)), m_mode(mode)
    {
    }

    std::string name() const override { return m_folder; }
    Result<std::vector<std::string>> list(const std::string& folder) override;
    Result<std::string> read(const std::string& path, std::size_t most) override;
    Result<void> create(const std::string& path, std::string_view content) override;
    Result<void> replace(const std::string& path, std::string_view content) override;
    Result<void> remove(const std::string& path) override;
    Result<std::unique_ptr<LogLock>> lock() override;

private:
    enum class Existing { Refuse, Replace };
    Result<void> put(const std::string& path, std::string_view content, Existing existing);
    void sweep(); // what a writer that died left half written

    std::string m_folder;
    unsigned m_mode;
};

} // namespace sextant::ledger
