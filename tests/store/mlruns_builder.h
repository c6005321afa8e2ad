// MlrunsBuilder: writes an mlruns folder as the real client lays it out, for tests that then damage it.
#pragma once

#include "tests/store/temporary_folder.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

namespace sextant::test {

/// Gives up root's rights for a while, which no permission holds back.
class WithoutRoot
{
public:
    WithoutRoot() { m_changed = ::geteuid() == 0 && ::seteuid(65534) == 0; }
    ~WithoutRoot()
    {
        if (m_changed)
            (void)!::seteuid(0);
    }
    WithoutRoot(const WithoutRoot&) = delete;
    WithoutRoot& operator=(const WithoutRoot&) = delete;

private:
    bool m_changed = false;
};

class MlrunsBuilder
{
public:
    explicit MlrunsBuilder(const std::string& name = "mlruns") : m_name(name) { experiment("0", "Default"); }

    std::string root() const { return m_folder / m_name; }
    const TemporaryFolder& folder() const { return m_folder; }
    std::string path(const std::string& below) const { return root() + "/" + below; }

    std::string write(const std::string& below, std::string_view content) const
    {
        return m_folder.write(m_name + "/" + below, content);
    }

    void experiment(const std::string& id, const std::string& name, const std::string& folder = {}) const
    {
        write((folder.empty() ? id : folder) + "/meta.yaml",
              "artifact_location: " + path(id) + "\ncreation_time: 1700000000000\nexperiment_id: '" + id +
                  "'\nlast_update_time: 1700000000001\nlifecycle_stage: active\nname: " + name + "\n");
    }

    static std::string runMeta(const std::string& experiment, const std::string& id, int status = 3,
                               const std::string& stage = "active")
    {
        return "artifact_uri: file:///nowhere/" + experiment + "/" + id +
               "/artifacts\nend_time: 1700000009000\nentry_point_name: ''\nexperiment_id: '" + experiment +
               "'\nlifecycle_stage: " + stage + "\nrun_id: " + id + "\nrun_name: run " + id +
               "\nsource_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: 1700000001000\nstatus: " +
               std::to_string(status) + "\ntags: []\nuser_id: ada\n";
    }

    /// A run with empty folders; `experiment` may be ".trash/7".
    std::string run(const std::string& experiment, const std::string& id, int status = 3,
                    const std::string& stage = "active") const
    {
        auto below = experiment + "/" + id;
        write(below + "/meta.yaml",
              runMeta(std::filesystem::path(experiment).filename().string(), id, status, stage));
        for (auto folder : {"metrics", "params", "artifacts", "tags"})
            std::filesystem::create_directories(path(below + "/" + folder));
        write(below + "/tags/mlflow.runName", "run " + id);
        return below;
    }

    static std::string id(int number)
    {
        auto digits = std::to_string(number);
        return std::string(32 - digits.size(), 'a') + digits;
    }

private:
    TemporaryFolder m_folder;
    std::string m_name;
};

/// Every file below a folder with its bytes, and every folder: equal before and after what must change
/// nothing.
inline std::vector<std::string> snapshotOf(const std::string& folder)
{
    std::vector<std::string> entries;
    namespace fs = std::filesystem;
    for (const auto& entry :
         fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied)) {
        auto line = entry.path().string();
        if (entry.is_symlink())
            line += " -> " + fs::read_symlink(entry.path()).string();
        else if (entry.is_regular_file())
            line += "\n" + contentOf(entry.path().string());
        entries.push_back(line);
    }
    std::sort(entries.begin(), entries.end());
    return entries;
}

} // namespace sextant::test
