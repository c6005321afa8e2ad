// RunLoader: from run folders to a RunTable: first the list (meta.yaml alone), then everything, on several
// threads.
#pragma once

#include "core/base/operation.h"
#include "core/store/files/run_reader.h"
#include "core/store/files/run_reuse.h"
#include "core/store/files/store_layout.h"
#include "core/table/run_table.h"

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace sextant::files {

class RunLoader
{
public:
    /// `reuse` remembers from one loading to the next; without it every run is read.
    explicit RunLoader(const StoreLayout& layout, RunReuse* reuse = nullptr)
        : m_layout(layout), m_reuse(reuse ? *reuse : m_none)
    {
    }

    /// Runs of these experiments that the view shows: by experiment, then by id. What poses as a run is
    /// warned of.
    Result<std::vector<RunInfo>> list(const std::vector<ExperimentFolder>& experiments, ViewType view,
                                      const Operation& operation);

    /// The table of them.
    Result<RunTablePtr> load(const std::vector<ExperimentFolder>& experiments, ViewType view,
                             const Operation& operation, const std::function<void(RunTablePtr)>& early);

private:
    struct Candidate
    {
        std::uint32_t experiment = 0;
        std::string name;
    };
    std::vector<Candidate> candidates(const std::vector<ExperimentFolder>& experiments);
    struct Listed
    {
        std::vector<RunInfo> runs;
        std::vector<std::uint32_t> experiments; // of each run
        std::vector<RowIndex> before;           // its row in the last table, when that still holds
    };
    static Listed without(Listed all, const std::vector<std::size_t>& rows);
    /// Fills the table; `notRuns` takes the rows that turn out to be none.
    Result<RunTablePtr> fill(const std::vector<ExperimentFolder>& experiments, const Listed& listed,
                             const Operation& operation, const std::function<void(RunTablePtr)>& early,
                             std::vector<std::size_t>& notRuns);
    Result<Listed> listRuns(const std::vector<ExperimentFolder>& experiments, ViewType view,
                            const Operation& operation);

    const StoreLayout& m_layout;
    RunReuse m_none;
    RunReuse& m_reuse;
    std::unordered_map<std::string, std::uint64_t> m_marks; // of the runs that were looked at
    std::vector<FileHandle> m_folders;                      // of the experiments
};

} // namespace sextant::files
