#include "app/cli/sink.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace sextant::cli {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannotWrite(const std::string& path, int error)
{
    auto code =
        error == EACCES || error == EPERM || error == EROFS ? ErrorCode::PermissionDenied : ErrorCode::Io;
    return fail(code, "'" + path + "' can't be written: " + std::strerror(error),
                "Name another place for the output");
}

/// A file that is gone with its descriptor; -1 where there can be none.
int openUnnamed(const std::string& folder)
{
#ifdef O_TMPFILE
    return open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
#else
    static_cast<void>(folder);
    return -1;
#endif
}

bool giveName(int descriptor, const std::string& name)
{
    const auto self = "/proc/self/fd/" + std::to_string(descriptor);
    return linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

} // namespace

Sink::Sink(std::ostream& stream) : m_stream(&stream) {}

Sink::~Sink()
{
    if (m_descriptor < 0)
        return;
    close(m_descriptor);
    if (!m_temporary.empty() && !m_unnamed)
        unlink(m_temporary.c_str());
}

Result<std::unique_ptr<Sink>> Sink::toFile(const std::string& path)
{
    std::unique_ptr<Sink> sink(new Sink);
    std::error_code ignored;
    auto resolved = fs::weakly_canonical(path, ignored); // a link keeps pointing to its file
    sink->m_target = ignored ? path : resolved.string();
    struct stat existing = {};
    bool exists = stat(sink->m_target.c_str(), &existing) == 0;
    if (exists && S_ISDIR(existing.st_mode))
        return cannotWrite(path, EISDIR);
    if (exists && access(sink->m_target.c_str(), W_OK) != 0)
        return cannotWrite(path, errno);
    if (exists && !S_ISREG(existing.st_mode)) {
        sink->m_descriptor = open(sink->m_target.c_str(), O_WRONLY | O_CLOEXEC);
    } else {
        fs::path target(sink->m_target);
        auto name = "." + target.filename().string() + "." + std::to_string(getpid()) + ".part";
        auto temporary = (target.parent_path() / name).string();
        sink->m_descriptor = openUnnamed(target.parent_path().string());
        sink->m_unnamed = sink->m_descriptor >= 0;
        if (!sink->m_unnamed)
            sink->m_descriptor = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (sink->m_descriptor >= 0)
            sink->m_temporary = temporary;
    }
    if (sink->m_descriptor < 0)
        return cannotWrite(path, errno);
    if (exists && !sink->m_temporary.empty() && fchmod(sink->m_descriptor, existing.st_mode & 07777) != 0)
        return cannotWrite(path, errno);
    return sink;
}

void Sink::drain()
{
    if (m_stream)
        drainToStream();
    else
        drainToFile();
    m_buffer.clear();
}

void Sink::drainToStream()
{
    if (!*m_stream)
        return;
    errno = 0;
    m_stream->write(m_buffer.data(), static_cast<std::streamsize>(m_buffer.size())).flush();
    m_readerGone = !*m_stream && errno == EPIPE;
}

void Sink::drainToFile()
{
    std::string_view rest = m_buffer;
    while (!rest.empty() && m_errno == 0) {
        auto written = ::write(m_descriptor, rest.data(), rest.size());
        if (written >= 0)
            rest.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            m_errno = errno;
    }
}

Result<void> Sink::finish()
{
    drain();
    if (m_stream) {
        if (!*m_stream && !m_readerGone)
            return fail(ErrorCode::Io, "The output can't be written", "Is the disk full?");
        return {};
    }
    int descriptor = std::exchange(m_descriptor, -1);
    if (m_errno == 0 && m_unnamed && !giveName(descriptor, m_temporary))
        m_errno = errno;
    if (close(descriptor) != 0 && m_errno == 0)
        m_errno = errno;
    if (m_errno == 0 && !m_temporary.empty() && rename(m_temporary.c_str(), m_target.c_str()) != 0)
        m_errno = errno;
    if (m_errno == 0)
        return {};
    if (!m_temporary.empty())
        unlink(m_temporary.c_str());
    return cannotWrite(m_target, m_errno);
}

} // namespace sextant::cli
