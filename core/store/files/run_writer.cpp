#include "core/store/files/run_writer.h"

#include "core/store/files/meta_edit.h"
#include "core/store/files/yaml_scalar.h"
#include "core/store/tag_rules.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace sextant::files {

namespace fs = std::filesystem;

namespace {

constexpr const char* kRunNameTag = "mlflow.runName";
constexpr auto kAnyLength = std::string_view::npos;

tl::unexpected<Error> writeError(const std::string& path, int error)
{
    if (error == EACCES || error == EPERM)
        return fail(ErrorCode::PermissionDenied, "There is no permission to write " + path,
                    "Ask the owner of the folder", describeError(error));
    if (error == EROFS)
        return fail(ErrorCode::ReadOnly, "The store is on a medium that can't be written",
                    "Copy the store to a place where you may write", describeError(error));
    if (error == ENAMETOOLONG)
        return fail(ErrorCode::InvalidArgument, "The name is too long for a file of this disk",
                    "Choose a shorter one; nothing was changed", describeError(error));
    return fail(ErrorCode::Io, "Writing " + path + " failed: " + describeError(error),
                error == ENOSPC ? "Free some space on the disk; nothing was changed" : "Nothing was changed");
}

} // namespace

Result<void> replaceFile(const std::string& file, const std::string& scratchFolder, std::string_view content)
{
    static std::atomic<unsigned> count = 0;
    auto scratch = scratchFolder + "/.sextant-" + std::to_string(::getpid()) + "-" + std::to_string(++count);
    FileHandle handle(::open(scratch.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!handle)
        return writeError(file, errno);
    struct stat existing;
    bool replaces = ::stat(file.c_str(), &existing) == 0;
    bool written = writeAll(handle.get(), content) &&
                   (!replaces || ::fchmod(handle.get(), existing.st_mode & 07777) == 0) &&
                   ::fsync(handle.get()) == 0 && ::rename(scratch.c_str(), file.c_str()) == 0;
    if (written)
        return {};
    int error = errno;
    ::unlink(scratch.c_str());
    return writeError(file, error);
}

std::string RunWriter::folder() const
{
    return m_layout.root() + "/" + m_run.experimentPath + "/" + m_run.info.id;
}

Result<void> RunWriter::requireActive() const
{
    if (m_run.info.lifecycle == Lifecycle::Active)
        return {};
    return fail(ErrorCode::InvalidArgument,
                "The run " + m_run.info.id + " must be in 'active' lifecycle_stage", "Restore the run first");
}

/// The file of a tag, refused where a link in the store would lead the writing out of it.
Result<std::string> RunWriter::tagFile(const std::string& key) const
{
    std::error_code error;
    auto real = fs::canonical(folder(), error);
    auto parent = fs::weakly_canonical(fs::path(folder()) / "tags" / key, error).parent_path();
    auto inside = (real / "tags").string();
    if (error)
        return writeError(inside, error.value());
    if (!(parent.string() + "/").starts_with(inside + "/"))
        return fail(ErrorCode::InvalidArgument,
                    "The tags of this run are kept outside its folder, and are not changed",
                    "Change them where they are, or put a folder in place of the link");
    return (parent / fs::path(key).filename()).string();
}

Result<void> RunWriter::writeTag(const std::string& key, const std::string& value)
{
    SEXTANT_TRY(auto file, tagFile(key));
    std::error_code error;
    fs::create_directories(fs::path(file).parent_path(), error);
    if (error)
        return writeError(file, error.value());
    if (fs::is_directory(file, error))
        return fail(ErrorCode::AlreadyExists,
                    "There are tags whose keys begin with '" + key + "/', so that none can be called that",
                    "Choose another key");
    return replaceFile(file, folder(), value);
}

Result<void> RunWriter::rewriteMeta(const std::string& newName, std::optional<Lifecycle> stage,
                                    std::optional<EpochMs> deletedTime)
{
    auto file = folder() + "/" + kMetaFile;
    FileBuffer buffer;
    if (auto read = readFile(AT_FDCWD, file.c_str(), kMostMetaBytes, buffer); !read)
        return fail(ErrorCode::Io, "The meta.yaml of this run can't be changed: " + describeProblem(read),
                    "Look at " + file);
    std::vector<MetaChange> changes;
    if (!newName.empty())
        changes.push_back({"run_name", yamlScalar(newName, std::string_view("run_name: ").size())});
    if (stage)
        changes.push_back({"lifecycle_stage", std::string(toText(*stage))});
    // The client keeps this key only in the file of a run that it deletes.
    changes.push_back(
        {"deleted_time", deletedTime ? std::optional(std::to_string(*deletedTime)) : std::nullopt});
    SEXTANT_TRY(auto edited, editMeta(buffer.text(), changes));
    return replaceFile(file, folder(), edited);
}

Result<void> RunWriter::setTag(const std::string& key, const std::string& value)
{
    SEXTANT_CHECK(checkTagKey(key, kAnyLength));
    SEXTANT_CHECK(checkTagValue(value));
    SEXTANT_CHECK(requireActive());
    SEXTANT_CHECK(writeTag(key, value));
    // The name of a run is kept twice; without a text the client leaves the first as it is.
    return key == kRunNameTag ? rewriteMeta(value, {}, {}) : Result<void>();
}

Result<void> RunWriter::deleteTag(const std::string& key)
{
    SEXTANT_CHECK(requireActive());
    SEXTANT_CHECK(checkTagKey(key, kAnyLength));
    SEXTANT_TRY(auto file, tagFile(key));
    struct stat status;
    bool isTag = ::lstat(file.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
    if (!isTag)
        return fail(ErrorCode::NotFound, "No tag with name: " + key + " in run with id " + m_run.info.id,
                    "`sextant runs show` lists the tags of the run");
    if (::unlink(file.c_str()) != 0)
        return writeError(file, errno);
    return {};
}

Result<void> RunWriter::rename(const std::string& name)
{
    SEXTANT_CHECK(checkRunName(name));
    SEXTANT_CHECK(requireActive());
    SEXTANT_CHECK(writeTag(kRunNameTag, name));
    return rewriteMeta(name, {}, {});
}

Result<void> RunWriter::setLifecycle(Lifecycle stage)
{
    return rewriteMeta({}, stage, stage == Lifecycle::Deleted ? std::optional(now()) : std::nullopt);
}

} // namespace sextant::files
