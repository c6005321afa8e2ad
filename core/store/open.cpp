#include "core/store/open.h"

#include "core/store/artifact_files.h"
#include "core/store/cache/cached_store.h"
#include "core/store/files/file_store.h"
#include "core/store/sqlite/sqlite_store.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace sextant {
namespace fs = std::filesystem;
namespace {

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

bool isThere(const std::string& path)
{
    std::error_code ignored; // what can't be looked at is not there
    return fs::exists(path, ignored);
}

/// The URI of a server without the password that it may hold.
std::string withoutPassword(const std::string& uri)
{
    auto authority = uri.find("://") + 3;
    auto end = std::min(uri.find_first_of("/?#", authority), uri.size());
    auto at = uri.rfind('@', end);
    auto colon = uri.find(':', authority);
    bool holdsOne = at != std::string::npos && at >= authority && colon < at;
    return holdsOne ? uri.substr(0, colon + 1) + "***" + uri.substr(at) : uri;
}

/// `sqlite:///PATH` as SQLAlchemy reads it: three slashes and a path from here, four for an absolute one.
Result<std::string> pathFromSqliteUri(const std::string& uri)
{
    auto colon = uri.find(':');
    auto rest = uri.substr(colon + 1);
    if (!rest.starts_with("///"))
        return fail(ErrorCode::InvalidArgument, "'" + uri + "' names no database file",
                    "Write sqlite:///relative/path.db or sqlite:////absolute/path.db");
    rest.erase(0, 3);
    if (auto query = rest.find('?'); query != std::string::npos && !isThere(rest))
        rest.erase(query);
    if (rest.empty() || rest == ":memory:")
        return fail(ErrorCode::InvalidArgument, "'" + uri + "' names no database file",
                    "Give the path of an mlflow.db");
    return rest;
}

std::string homeExpanded(const std::string& path)
{
    auto home = environment("HOME");
    return path.starts_with("~/") && !home.empty() ? home + path.substr(1) : path;
}

/// A path without a scheme, or with one that only means a path.
Result<std::string> localPath(const std::string& uri)
{
    auto scheme = uriScheme(uri);
    if (scheme.empty() || isThere(uri))
        return homeExpanded(uri);
    if (scheme == "file")
        return pathFromFileUri(uri);
    if (scheme == "sqlite" || scheme.starts_with("sqlite+"))
        return pathFromSqliteUri(uri);
    if (uri.find("://") == std::string::npos)
        return homeExpanded(uri);
    bool isServer = scheme == "http" || scheme == "https";
    return fail(ErrorCode::Unsupported,
                "'" + withoutPassword(uri) +
                    "' can't be opened: only databases and folders on this machine can",
                isServer ? "Open the server's mlflow.db or mlruns folder directly"
                         : "Open an mlflow.db file, or an mlruns folder");
}

/// A project folder may hold either kind; the database is MLflow's default.
Result<Store> openFolder(const fs::path& folder)
{
    std::error_code ignored; // a file that can't be looked at is not opened unasked
    auto database = folder / "mlflow.db";
    return fs::is_regular_file(database, ignored) ? openSqliteStore(database.string())
                                                  : openFileStore(folder.string());
}

Result<Store> openWithoutCache(const std::string& uri)
{
    if (uri.empty())
        return fail(ErrorCode::InvalidArgument, "No store is named",
                    "Give the path of an mlflow.db or an mlruns folder");
    SEXTANT_TRY(auto path, localPath(uri));
    std::error_code error;
    auto absolute = fs::absolute(path, error).lexically_normal();
    if (!fs::is_directory(absolute, error))
        return openSqliteStore(absolute.string());
    if (uriScheme(uri).starts_with("sqlite"))
        return fail(ErrorCode::NotAStore, "'" + path + "' is a folder, not a database",
                    "Name the database file in it, or open the folder itself");
    return openFolder(absolute.has_filename() ? absolute : absolute.parent_path());
}

} // namespace

Result<Store> openStore(const std::string& uri, const OpenOptions& options)
{
    SEXTANT_TRY(auto store, openWithoutCache(uri));
    if (!options.cacheFolder.empty())
        store.tracking = std::make_shared<CachedStore>(store.tracking, options.cacheFolder);
    return store;
}

std::string defaultStoreUri()
{
    if (auto named = environment("MLFLOW_TRACKING_URI"); !named.empty())
        return named;
    for (const char* name : {"mlflow.db", "mlruns"}) {
        std::error_code ignored; // what can't be seen is not there
        if (fs::exists(name, ignored))
            return name;
    }
    return {};
}

std::string defaultCacheFolder()
{
    if (auto cache = environment("XDG_CACHE_HOME"); !cache.empty())
        return cache + "/sextant";
    auto home = environment("HOME");
    return home.empty() ? std::string() : home + "/.cache/sextant";
}

} // namespace sextant
