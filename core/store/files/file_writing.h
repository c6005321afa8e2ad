// Writing the small files of a store: each is replaced at once, and what is new appears at once.
#pragma once

#include "core/base/error.h"
#include "core/store/files/meta_edit.h"

#include <string>
#include <string_view>
#include <vector>

namespace sextant::files {

tl::unexpected<Error> writeError(const std::string& path, int error);

/// Writes beside and renames over `file`, keeping its mode; `scratchFolder` is on the same disk and is not
/// read for keys.
Result<void> replaceFile(const std::string& file, const std::string& scratchFolder, std::string_view content);

/// Changes keys of the meta.yaml in `folder`.
Result<void> changeMeta(const std::string& folder, const std::vector<MetaChange>& changes);

/// The files of one folder that are named by keys: tags, aliases. A key with slashes is a file in folders.
class KeyFiles
{
public:
    /// `folder` belongs to a run, a model or a version; the files are in `below` it.
    KeyFiles(std::string folder, const char* below) : m_folder(std::move(folder)), m_below(below) {}

    Result<void> write(const std::string& key, std::string_view value) const;
    /// Whether there was one.
    Result<bool> remove(const std::string& key) const;

private:
    Result<std::string> file(const std::string& key) const;

    std::string m_folder;
    const char* m_below;
};

/// A folder that is filled out of sight and then appears under its name; nothing is left of it otherwise.
class NewFolder
{
public:
    /// `root` of the store, on the disk of the place it goes to.
    static Result<NewFolder> create(const std::string& root);
    NewFolder(NewFolder&& other) noexcept : m_path(std::move(other.m_path)) { other.m_path.clear(); }
    NewFolder& operator=(NewFolder&&) = delete;
    ~NewFolder();

    const std::string& path() const { return m_path; }
    Result<void> addFolder(const char* name) const;
    Result<void> write(const char* name, std::string_view content) const;
    /// Error: AlreadyExists when something has that name by now.
    Result<void> appearAs(const std::string& path);

private:
    explicit NewFolder(std::string path) : m_path(std::move(path)) {}
    std::string m_path;
};

} // namespace sextant::files
