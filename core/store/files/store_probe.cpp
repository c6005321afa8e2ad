#include "core/store/files/store_probe.h"

#include "core/base/text.h"
#include "core/store/artifact_files.h"
#include "core/store/files/meta_yaml.h"
#include "core/store/files/run_meta.h"
#include "core/store/files/store_layout.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace sextant::files {

namespace fs = std::filesystem;

namespace {

bool isNumber(std::string_view name)
{
    return !name.empty() &&
           std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool readMeta(const FileHandle& folder, const char* file, FileBuffer& buffer, MetaYaml& yaml)
{
    return readFile(folder.get(), file, kMostMetaBytes, buffer) && yaml.parse(buffer.text());
}

/// A folder like those that MLflow keeps directly in an mlruns.
bool isExperiment(const FileHandle& parent, const std::string& name)
{
    FileBuffer buffer;
    MetaYaml yaml;
    auto file = name + "/" + kMetaFile;
    if (isNumber(name) && faccessat(parent.get(), file.c_str(), F_OK, 0) == 0)
        return true; // even with a broken meta.yaml
    return readMeta(parent, file.c_str(), buffer, yaml) && yaml.has("experiment_id") && !yaml.has("run_id");
}

struct Look
{
    bool isStore = false;
    bool isEmpty = true;
    bool holdsArtifacts = false; // <experiment>/<run>/artifacts without any meta.yaml
    bool isDenied = false;       // a folder named like an experiment may not be looked into
};

Look lookAt(const FileHandle& folder)
{
    Look look;
    FolderListing listing;
    listFolder(folder, listing);
    for (std::size_t i = 0; i < listing.size() && !look.isStore; ++i) {
        look.isEmpty = false;
        auto name = std::string(listing.name(i));
        if (listing.kind(i) != EntryKind::Folder && listing.kind(i) != EntryKind::Link)
            continue;
        look.isStore =
            name == kTrashFolder || (isEntityId(name, kMostExperimentIdBytes) && isExperiment(folder, name));
        if (look.isStore || look.holdsArtifacts || !isNumber(name))
            continue;
        FolderListing runs;
        auto experiment = openFolder(folder.get(), name.c_str(), true);
        look.isDenied = look.isDenied || (!experiment && errno == EACCES);
        if (experiment && listFolder(experiment, runs) == 0)
            for (std::size_t run = 0; run < runs.size() && !look.holdsArtifacts; ++run)
                look.holdsArtifacts =
                    faccessat(experiment.get(), (std::string(runs.name(run)) + "/artifacts").c_str(), F_OK,
                              0) == 0;
    }
    return look;
}

tl::unexpected<Error> noStore(const fs::path& path, const FileHandle& folder, const Look& look)
{
    auto shown = toUtf8(path.string());
    FileBuffer buffer;
    MetaYaml yaml;
    if (readMeta(folder, kMetaFile, buffer, yaml)) {
        if (yaml.has("run_id") || yaml.has("run_uuid"))
            return fail(ErrorCode::NotAStore, shown + " is the folder of a single run",
                        "Open the folder of the whole store: " +
                            toUtf8(path.parent_path().parent_path().string()));
        if (yaml.has("experiment_id")) {
            auto root = path.parent_path().filename() == kTrashFolder ? path.parent_path().parent_path()
                                                                      : path.parent_path();
            return fail(ErrorCode::NotAStore, shown + " is the folder of a single experiment",
                        "Open the folder of the whole store: " + toUtf8(root.string()));
        }
    }
    std::error_code error;
    for (const auto& database : {path / "mlflow.db", path.parent_path() / "mlflow.db"})
        if (fs::is_regular_file(database, error))
            return fail(ErrorCode::NotAStore,
                        shown + (look.holdsArtifacts ? " holds artifacts only" : " is not a store of MLflow"),
                        "Its runs are probably in the database: open " + toUtf8(database.string()));
    if (look.isDenied)
        return fail(ErrorCode::PermissionDenied, "You may not look into the experiments of " + shown,
                    "Ask their owner for the right to read them");
    if (look.holdsArtifacts)
        return fail(ErrorCode::NotAStore, shown + " holds artifacts only",
                    "Its runs are in a database or on a server: open the mlflow.db that was used with it");
    return fail(ErrorCode::NotAStore,
                shown + " is not a store of MLflow: none of its folders is an experiment",
                "Open an mlruns folder, the folder that holds one, or an mlflow.db");
}

tl::unexpected<Error> cannotOpen(const std::string& shown, int error)
{
    if (error == ENOENT)
        return fail(ErrorCode::NotFound, "There is no folder " + shown, "Check the path");
    if (error == EACCES || error == EPERM)
        return fail(ErrorCode::PermissionDenied, "There is no permission to open " + shown,
                    "Ask its owner for the right to read it", describeError(error));
    if (error == ENOTDIR)
        return fail(ErrorCode::NotAStore, shown + " is not a folder",
                    "Open an mlruns folder or an mlflow.db");
    return fail(ErrorCode::Io, shown + " can't be opened: " + describeError(error),
                "Check the path and the disk");
}

} // namespace

Result<std::string> findStoreRoot(const std::string& folder)
{
    std::string given = folder;
    if (uriScheme(folder) == "file") {
        SEXTANT_TRY(given, pathFromFileUri(folder));
    }
    if (given.empty() || given.find('\0') != std::string::npos)
        return fail(ErrorCode::InvalidArgument, "No folder was named", "Name an mlruns folder");
    std::error_code error;
    auto path = fs::absolute(given, error).lexically_normal();
    if (!path.has_filename() && path.has_parent_path() && path != path.root_path())
        path = path.parent_path();
    auto handle = openFolder(AT_FDCWD, path.c_str(), true);
    if (!handle)
        return cannotOpen(toUtf8(path.string()), errno);
    auto look = lookAt(handle);
    if (look.isStore || (look.isEmpty && path.filename() == "mlruns"))
        return path.string();
    if (auto inner = openFolder(handle.get(), "mlruns", true)) {
        auto innerLook = lookAt(inner);
        auto innerPath = path / "mlruns";
        if (innerLook.isStore)
            return innerPath.string();
        return noStore(innerPath, inner, innerLook);
    }
    FolderListing listing;
    if (int listError = listFolder(handle, listing); listError != 0)
        return cannotOpen(toUtf8(path.string()), listError);
    return noStore(path, handle, look);
}

} // namespace sextant::files
