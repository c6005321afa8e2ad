#include "app/cli/download.h"

#include "app/cli/sink.h"
#include "core/base/text.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <vector>

namespace sextant::cli {

namespace {

namespace fs = std::filesystem;

/// What would go wrong, found before the first byte is written.
Result<void> check(const fs::path& folder, const Download& file, bool overwrite)
{
    if (!staysInside(file.path))
        return fail(ErrorCode::InvalidArgument,
                    "The artifact '" + file.path + "' would be written outside of the folder",
                    "Its name is not to be trusted; nothing was written");
    std::error_code ignored;
    fs::path place = folder;
    auto relative = fs::path(file.path);
    for (auto part = relative.begin(); part != relative.end(); ++part) {
        place /= *part;
        auto status = fs::symlink_status(place, ignored);
        bool last = std::next(part) == relative.end();
        if (fs::is_symlink(status))
            return fail(ErrorCode::AlreadyExists,
                        "'" + place.string() + "' is a link and could lead anywhere", "Name an empty folder");
        if (!last && fs::exists(status) && !fs::is_directory(status))
            return fail(ErrorCode::AlreadyExists, "'" + place.string() + "' is in the way: it is no folder",
                        "Name an empty folder");
        if (last && fs::is_directory(status))
            return fail(ErrorCode::AlreadyExists, "'" + place.string() + "' is in the way: it is a folder",
                        "Name an empty folder");
        if (last && fs::exists(status) && !overwrite)
            return fail(ErrorCode::AlreadyExists, "'" + place.string() + "' is already there",
                        "Name an empty folder, or overwrite with --force");
    }
    return {};
}

Result<std::uint64_t> copyFile(const std::string& source, const fs::path& target, const Operation& operation)
{
    std::ifstream input(source, std::ios::binary);
    if (!input)
        return fail(ErrorCode::Io, "The artifact '" + source + "' can't be read",
                    "Is it still there, and may you read it?");
    SEXTANT_TRY(auto sink, Sink::toFile(target.string()));
    std::vector<char> block(std::size_t{1} << 18);
    std::uint64_t total = 0;
    while (input) {
        if (operation.cancelled())
            return cancelledError();
        input.read(block.data(), static_cast<std::streamsize>(block.size()));
        auto got = static_cast<std::size_t>(input.gcount());
        sink->write({block.data(), got});
        total += got;
    }
    if (input.bad())
        return fail(ErrorCode::Io, "The artifact '" + source + "' could not be read to its end", "Try again");
    SEXTANT_CHECK(sink->finish());
    return total;
}

} // namespace

bool staysInside(const std::string& path)
{
    if (path.empty() || path.front() == '/')
        return false;
    for (auto part : split(path, '/')) {
        bool control = std::any_of(part.begin(), part.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x20; });
        if (part.empty() || part == "." || part == ".." || control)
            return false;
    }
    return true;
}

Result<std::uint64_t> copyInto(const std::string& folder, const std::vector<Download>& files, bool overwrite,
                               const Operation& operation)
{
    for (const auto& file : files) {
        SEXTANT_CHECK(check(folder, file, overwrite));
    }
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return fail(ErrorCode::PermissionDenied,
                    "The folder '" + folder + "' can't be made: " + error.message(), "Name another folder");
    std::uint64_t total = 0;
    for (const auto& file : files) {
        auto target = fs::path(folder) / file.path;
        fs::create_directories(target.parent_path(), error);
        if (error)
            return fail(ErrorCode::PermissionDenied,
                        "The folder '" + target.parent_path().string() +
                            "' can't be made: " + error.message(),
                        "Name another folder");
        SEXTANT_TRY(auto bytes, copyFile(file.source, target, operation));
        total += bytes;
    }
    return total;
}

} // namespace sextant::cli
