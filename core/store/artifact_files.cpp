#include "core/store/artifact_files.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

namespace sextant {
namespace fs = std::filesystem;
namespace {

constexpr int kDeepestFolder = 100;

std::optional<unsigned char> hexByte(std::string_view digits)
{
    unsigned value = 0;
    for (char digit : digits) {
        if (!std::isxdigit(static_cast<unsigned char>(digit)))
            return std::nullopt;
        auto lower = static_cast<char>(std::tolower(digit));
        value = value * 16 + static_cast<unsigned>(lower <= '9' ? lower - '0' : lower - 'a' + 10);
    }
    return static_cast<unsigned char>(value);
}

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto byte = text[i] == '%' && i + 2 < text.size() ? hexByte(text.substr(i + 1, 2)) : std::nullopt;
        decoded += byte ? static_cast<char>(*byte) : text[i];
        i += byte ? 2 : 0;
    }
    return decoded;
}

/// Parts of a path written on this or on another system.
std::vector<std::string> partsOf(std::string path, bool windows)
{
    if (windows)
        std::replace(path.begin(), path.end(), '\\', '/');
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= path.size();) {
        auto end = std::min(path.find('/', begin), path.size());
        auto part = path.substr(begin, end - begin);
        if (!part.empty() && part != ".")
            parts.push_back(std::move(part));
        begin = end + 1;
    }
    return parts;
}

bool isWindowsPath(std::string_view path)
{
    return path.size() > 2 && std::isalpha(static_cast<unsigned char>(path[0])) && path[1] == ':' &&
           (path[2] == '\\' || path[2] == '/');
}

bool isFolder(const fs::path& path)
{
    std::error_code ignored; // whatever the reason, it can't be used as a folder
    return fs::is_directory(path, ignored);
}

/// The longest tail of `recorded` that holds the owner's id and exists in the store's folder or where servers
/// put artifacts.
std::optional<fs::path> relocated(const std::string& recorded, const ArtifactOwner& owner)
{
    auto parts = partsOf(recorded, isWindowsPath(recorded));
    auto id = std::find(parts.begin(), parts.end(), owner.id);
    if (id == parts.end() || std::find(parts.begin(), parts.end(), "..") != parts.end())
        return std::nullopt;
    fs::path store(owner.storeFolder);
    for (auto first = parts.begin(); first <= id; ++first) {
        fs::path tail;
        for (auto part = first; part != parts.end(); ++part)
            tail /= *part;
        for (const auto& root : {store, store / "mlruns", store / "mlartifacts", store.parent_path()})
            if (isFolder(root / tail))
                return root / tail;
    }
    return std::nullopt;
}

tl::unexpected<Error> leadsOut(std::string_view path)
{
    return fail(ErrorCode::InvalidArgument,
                "The artifact path '" + std::string(path) + "' leads out of the run's artifacts",
                "Name a file below the run's artifact folder, such as 'model/MLmodel'");
}

tl::unexpected<Error> unreadable(const fs::path& path, const std::error_code& error)
{
    bool denied = error == std::errc::permission_denied || error == std::errc::operation_not_permitted;
    return fail(denied ? ErrorCode::PermissionDenied : ErrorCode::Io,
                denied ? "You may not read '" + path.string() + "'" : "'" + path.string() + "' can't be read",
                denied ? "Ask its owner for permission" : "Check the path and the disk", error.message());
}

bool staysInside(std::string_view path)
{
    if (path.starts_with('/') || path.find('\0') != std::string_view::npos)
        return false;
    auto parts = partsOf(std::string(path), false);
    return std::find(parts.begin(), parts.end(), "..") == parts.end();
}

/// The true place of `folder`/`path` if links keep it inside.
std::optional<fs::path> placeInside(const fs::path& folder, const fs::path& path)
{
    std::error_code error;
    auto root = fs::canonical(folder, error);
    if (error)
        return std::nullopt;
    auto place = fs::canonical(folder / path, error);
    if (error)
        return std::nullopt;
    auto [rootEnd, rest] = std::mismatch(root.begin(), root.end(), place.begin(), place.end());
    return rootEnd == root.end() ? std::optional(place) : std::nullopt;
}

class Lister
{
public:
    Lister(fs::path folder, fs::path place, bool recursive)
        : m_folder(std::move(folder)), m_recursive(recursive), m_open{std::move(place)}
    {
    }

    Result<void> list(const fs::path& path, int depth)
    {
        std::error_code error;
        std::vector<fs::path> names;
        for (fs::directory_iterator entries(m_folder / path, error), end; !error && entries != end;
             entries.increment(error))
            names.push_back(entries->path().filename());
        if (error && error != std::errc::no_such_file_or_directory)
            return unreadable(m_folder / path, error);
        std::sort(names.begin(), names.end(),
                  [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
        for (const auto& name : names)
            SEXTANT_CHECK(add(path.empty() ? name : path / name, depth));
        return {};
    }

    std::vector<Artifact> found;

private:
    Result<void> add(const fs::path& path, int depth)
    {
        auto place = placeInside(m_folder, path);
        std::error_code error;
        auto status = place ? fs::status(*place, error) : fs::file_status();
        if (!fs::is_directory(status) && !fs::is_regular_file(status)) // a pipe would keep its reader waiting
            return {};
        Artifact artifact{path.native(), fs::is_directory(status), 0};
        if (!artifact.isDirectory) {
            auto size = fs::file_size(*place, error);
            artifact.size = error ? 0 : size;
        }
        found.push_back(artifact);
        if (!artifact.isDirectory || !m_recursive || depth >= kDeepestFolder || !m_open.insert(*place).second)
            return {};
        SEXTANT_CHECK(list(path, depth + 1));
        m_open.erase(*place);
        return {};
    }

    fs::path m_folder;
    bool m_recursive;
    std::set<fs::path> m_open; // true places of the folders we are in: a link to one of them is a circle
};

} // namespace

std::string uriScheme(std::string_view uri)
{
    auto colon = uri.find(':');
    if (colon == std::string_view::npos || colon < 2 || !std::isalpha(static_cast<unsigned char>(uri[0])))
        return {};
    std::string scheme(uri.substr(0, colon));
    for (auto& letter : scheme) {
        if (!std::isalnum(static_cast<unsigned char>(letter)) && letter != '+' && letter != '-' &&
            letter != '.')
            return {};
        letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
    return scheme;
}

Result<std::string> pathFromFileUri(std::string_view uri)
{
    auto rest = uri.substr(uri.find(':') + 1);
    if (rest.starts_with("//")) {
        rest.remove_prefix(2);
        auto host = rest.substr(0, rest.find('/'));
        if (!host.empty() && host != "localhost" && host != "." && host != "..")
            return fail(ErrorCode::Unsupported, "'" + std::string(uri) + "' is on another machine",
                        "Mount that folder here and open it by its path");
        if (host == "localhost")
            rest.remove_prefix(host.size());
    }
    // No query or fragment is cut off: folders named "run #1" are real, and MLflow writes neither.
    auto path = percentDecoded(rest);
    return path.size() > 1 && path[0] == '/' && isWindowsPath(path.substr(1)) ? path.substr(1) : path;
}

Result<std::string> artifactFolder(std::string_view artifactUri, const ArtifactOwner& owner)
{
    if (artifactUri.empty())
        return fail(ErrorCode::NotFound,
                    "The store does not say where the artifacts of '" + owner.id + "' are");
    auto scheme = uriScheme(artifactUri);
    std::string recorded(artifactUri);
    if (scheme == "file") {
        SEXTANT_TRY(recorded, pathFromFileUri(artifactUri));
    } else if (scheme == "mlflow-artifacts") {
        recorded = percentDecoded(artifactUri.substr(scheme.size() + 1));
    } else if (artifactUri.find("://") != std::string_view::npos && !scheme.empty()) {
        return fail(ErrorCode::Unsupported,
                    "These artifacts are not on this machine but at '" + recorded + "'",
                    "Fetch them with a client of that storage (" + scheme + ")");
    }
    auto folder = fs::path(owner.storeFolder) / recorded; // an absolute path replaces the folder
    if (scheme != "mlflow-artifacts" && isFolder(folder))
        return folder.lexically_normal().native();
    if (auto moved = relocated(recorded, owner))
        return moved->lexically_normal().native();
    if (scheme == "mlflow-artifacts")
        return fail(ErrorCode::Unsupported,
                    "These artifacts are held by an MLflow server ('" + std::string(artifactUri) + "')",
                    "Put the server's artifact folder (mlartifacts) beside the database, or ask that server");
    return folder.lexically_normal().native();
}

Result<std::vector<Artifact>> listArtifactFiles(const std::string& folder, std::string_view path,
                                                bool recursive)
{
    if (!staysInside(path))
        return leadsOut(path);
    auto start = fs::path(path).lexically_normal();
    if (start == ".")
        start.clear();
    else if (!start.has_filename())
        start = start.parent_path();
    std::error_code error; // a folder that is not there has no artifacts, as the real client says
    if (!fs::exists(fs::path(folder) / start, error)) {
        if (error == std::errc::permission_denied)
            return unreadable(fs::path(folder) / start, error);
        return std::vector<Artifact>();
    }
    auto place = placeInside(folder, start);
    if (!place)
        return leadsOut(path);
    Lister lister(folder, *place, recursive);
    if (isFolder(*place))
        SEXTANT_CHECK(lister.list(start, 0));
    return std::move(lister.found);
}

Result<std::string> artifactFilePath(const std::string& folder, std::string_view path)
{
    if (!staysInside(path))
        return leadsOut(path);
    std::error_code error;
    auto file = fs::path(folder) / path;
    auto status = fs::status(file, error);
    if (error == std::errc::permission_denied)
        return unreadable(file, error);
    if (path.empty() || !fs::exists(status))
        return fail(ErrorCode::NotFound, "There is no artifact '" + std::string(path) + "'",
                    "`sextant artifacts list` shows what the run has");
    auto place = placeInside(folder, path);
    if (!place)
        return leadsOut(path);
    if (fs::is_directory(*place, error))
        return fail(ErrorCode::InvalidArgument, "The artifact '" + std::string(path) + "' is a folder",
                    "Name a file in it");
    if (!fs::is_regular_file(*place, error))
        return fail(ErrorCode::InvalidArgument, "The artifact '" + std::string(path) + "' is no regular file",
                    "`sextant artifacts list` shows the files");
    return place->native();
}

} // namespace sextant
