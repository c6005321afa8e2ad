// Sink: where a command's output goes: the standard output, or a file that appears whole or not at all.
// One thread. A file is written without a name, or beside its place where the file system wants one, and put
// in its place by finish(); without finish() nothing is left.
#pragma once

#include "core/base/error.h"

#include <memory>
#include <ostream>
#include <string>
#include <string_view>

namespace sextant::cli {

class Sink
{
public:
    explicit Sink(std::ostream& stream);
    ~Sink();
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;

    /// Fails at once where the place can't be written, so that a command can refuse before it has done
    /// anything.
    static Result<std::unique_ptr<Sink>> toFile(const std::string& path);

    void write(std::string_view text)
    {
        m_buffer.append(text);
        passOn();
    }

    /// For writers that append many small parts; call passOn() now and then.
    std::string& buffer() { return m_buffer; }
    void passOn()
    {
        if (m_buffer.size() >= kBlock)
            drain();
    }

    /// True when the reader of the standard output has gone: no error, and nothing more is worth writing.
    bool readerGone() const { return m_readerGone; }

    /// Writes what is left and puts the file in its place. Error: Io.
    Result<void> finish();

private:
    static constexpr std::size_t kBlock = std::size_t{1} << 18;

    Sink() = default;
    void drain();
    void drainToStream();
    void drainToFile();

    std::string m_buffer;
    std::ostream* m_stream = nullptr;
    int m_descriptor = -1;
    std::string m_target;
    std::string m_temporary; // empty when written in place: devices and pipes can't be renamed over
    bool m_unnamed = false;  // until finish(): nothing is left however the process ends
    int m_errno = 0;
    bool m_readerGone = false;
};

} // namespace sextant::cli
