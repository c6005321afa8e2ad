// ChangeWatch: whether a file store has changed, without reading it: by the times and sizes of its files.
// Looks at every experiment, the meta.yaml of every run and its folders of values; at every file of a running
// run; and at the tags of finished runs a part at a time, as those change rarely and there may be many.
#pragma once

#include "core/store/files/store_layout.h"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace sextant::files {

class ChangeWatch
{
public:
    explicit ChangeWatch(const StoreLayout& layout) : m_layout(layout) {}

    /// A text that differs after a change. The first call looks at everything.
    std::string look();

private:
    struct RunMark
    {
        std::uint64_t meta = 0; // of meta.yaml: time, size, file
        std::uint64_t tags = 0; // of the files of a finished run's tags
        std::uint64_t tagFiles = 0;
        std::uint64_t look = 0; // the last look that saw the run
        bool running = true;
    };
    std::uint64_t experimentMark(const std::string& path);
    std::uint64_t runMark(const FileHandle& experiment, const std::string& path, const char* run);
    bool isRunning(const FileHandle& experiment, const char* run);

    const StoreLayout& m_layout;
    std::unordered_map<std::string, RunMark> m_runs;
    std::uint64_t m_look = 0;
    std::uint64_t m_tagFiles = 0; // of all finished runs
    std::uint64_t m_turns = 1;    // looks until the tags of every finished run have been looked at again
};

} // namespace sextant::files
