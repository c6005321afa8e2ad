// ChangeWatch: whether a file store has changed, without reading it: by the times and sizes of its files.
// Every look asks for every experiment, the meta.yaml and the folders of every run, and each file of a
// running run. The files of finished runs hardly change and are many: they are asked for in turns.
#pragma once

#include "core/store/files/store_layout.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace sextant::files {

class ChangeWatch
{
public:
    explicit ChangeWatch(const StoreLayout& layout) : m_layout(layout) {}

    /// A text that differs after a change. `deep`: also asks for the files of finished runs, all of them the
    /// first time, which is quick only when they have just been read.
    std::string look(bool deep);

private:
    struct RunMark
    {
        std::uint64_t meta = 0;   // of meta.yaml: time, size, file
        std::uint64_t values = 0; // of the files of a finished run
        std::uint64_t files = 0;  // how many they are
        std::uint64_t changes = 0;
        std::uint64_t look = 0; // the last look that saw the run
        bool running = true;
        bool valuesKnown = false;
    };
    struct Candidate
    {
        std::size_t folder = 0; // index into the open experiments
        std::string name;
        RunMark* mark = nullptr;
    };
    std::uint64_t experimentMark(const FileHandle& folder, const std::string& path);
    void addRuns(const FileHandle& folder, std::size_t index, const std::string& path,
                 std::vector<Candidate>& runs);
    std::uint64_t runMark(const FileHandle& experiment, const Candidate& run, bool deep) const;

    const StoreLayout& m_layout;
    std::unordered_map<std::string, RunMark> m_runs;
    std::uint64_t m_look = 0;
    std::uint64_t m_turns = 1; // looks until every finished run has had its turn
};

} // namespace sextant::files
