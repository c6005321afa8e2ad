// RunReuse: which runs of the last table are as they were, so that they need not be read again: those that
// had ended and none of whose files changed since, by times, size and identity of every one. To look at a
// file costs a fraction of reading it.
#pragma once

#include "core/store/files/store_layout.h"
#include "core/table/run_table.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace sextant {
class RunTableBuilder;
}

namespace sextant::files {

class RunReuse
{
public:
    struct Sight
    {
        std::uint64_t mark = 0;   // of all files, taken before any was read; 0: not looked at
        RowIndex before = kNoRow; // the row in the last table, when it still holds
    };

    /// Before a reading.
    void begin();

    /// Whether a run is as in the last table. Any thread.
    Sight look(const FileHandle& experiment, const std::string& path, const std::string& run) const;

    RunInfo info(RowIndex before) const;

    /// Copies the values of rows of the last table: `before` has, for each row of the new one, that row or
    /// kNoRow.
    void copy(const std::vector<RowIndex>& before, RunTableBuilder& builder) const;

    /// After the reading: `paths` are those of its experiments, `marks` what look() gave, by path and run.
    void keep(RunTablePtr table, std::vector<std::string> paths,
              std::unordered_map<std::string, std::uint64_t> marks);

private:
    RunTablePtr m_table; // none before the first reading
    std::vector<std::string> m_paths;
    std::unordered_map<std::string, std::uint64_t> m_marks;
    std::unordered_map<std::string, RowIndex> m_rows; // by path and run, made when first needed
    std::int64_t m_began = 0;                         // of the last reading, seconds since 1970
    std::int64_t m_begins = 0;
};

} // namespace sextant::files
