// TrackingStore: reading and writing one store of experiments and runs.
// Calls block and may come from any one thread at a time per object. Reading never changes a byte.
#pragma once

#include "core/base/operation.h"
#include "core/series/history.h"
#include "core/store/store_info.h"
#include "core/table/metric_summary.h"
#include "core/table/run_table.h"
#include "core/tracking/logged_model.h"
#include "core/tracking/run.h"

#include <memory>
#include <vector>

namespace sextant {

struct Artifact
{
    std::string path; // from the run's artifact root, '/' between parts
    bool isDirectory = false;
    std::uint64_t size = 0; // bytes, 0 for folders
};

/// Changes whenever the store did. Equal stamps: nothing changed.
struct ChangeStamp
{
    std::string text; // opaque; empty when unknown
    bool operator==(const ChangeStamp&) const = default;
};

struct RunsRequest
{
    // Empty: all active experiments for active runs; deleted ones too where deleted runs are asked for.
    std::vector<std::string> experimentIds;
    ViewType view = ViewType::ActiveOnly;
};

struct NewRun
{
    std::string experimentId;
    std::string name;
    TagMap tags; // "mlflow.user" names the user
    RunStatus status = RunStatus::Finished;
    EpochMs startTime = kNoTime; // unknown: now
    EpochMs endTime = kNoTime;
};

class TrackingStore
{
public:
    virtual ~TrackingStore() = default;

    virtual StoreInfo info() const = 0;

    /// What the last reading had to skip. Grows over the life of the object; each place is listed once.
    virtual std::vector<StoreWarning> warnings() const = 0;

    virtual Result<ChangeStamp> stamp() = 0;

    virtual Result<std::vector<Experiment>> experiments(ViewType view) = 0;

    /// All runs asked for. `early` is called once with the run list alone as soon as that is known (may be
    /// empty).
    virtual Result<RunTablePtr> runs(const RunsRequest& request, const Operation& operation,
                                     const std::function<void(RunTablePtr)>& early = {}) = 0;

    virtual Result<Run> run(const std::string& runId) = 0;

    /// Empty history when the run exists and never logged the metric.
    virtual Result<HistoryPtr> history(const std::string& runId, const std::string& metric,
                                       const Operation& operation) = 0;

    /// A text that is different when points were added to the history since; cheap to get. Empty when the
    /// store can't tell.
    virtual Result<std::string> historyMark(const std::string& runId, const std::string& metric);

    /// One entry for each run of the store that logged the metric.
    virtual Result<std::vector<MetricSummary>> metricSummaries(const std::string& metric,
                                                               const Operation& operation) = 0;

    /// Experiments: all active ones when empty.
    virtual Result<std::vector<LoggedModel>> loggedModels(const std::vector<std::string>& experimentIds) = 0;

    // Artifacts of a run. Paths are relative to its artifact root; one that leads out of it is refused.
    virtual Result<std::vector<Artifact>> listArtifacts(const std::string& runId, const std::string& path,
                                                        bool recursive) = 0;
    /// The file on this machine. Unsupported when the artifacts live elsewhere (s3://…).
    virtual Result<std::string> artifactFile(const std::string& runId, const std::string& path) = 0;
    /// The folder of the run's artifacts on this machine; it need not exist. Unsupported as above.
    virtual Result<std::string> artifactFolder(const std::string& runId) = 0;

    // Writing: refused until unlocked. Side effects are the real client's.
    virtual Result<void> unlock() = 0;
    virtual Result<void> setTag(const std::string& runId, const std::string& key,
                                const std::string& value) = 0;
    virtual Result<void> deleteTag(const std::string& runId, const std::string& key) = 0;
    virtual Result<void> renameRun(const std::string& runId, const std::string& name) = 0;
    virtual Result<void> deleteRun(const std::string& runId) = 0;
    virtual Result<void> restoreRun(const std::string& runId) = 0;
    /// Its id. Error: AlreadyExists, also for the name of a deleted experiment.
    virtual Result<std::string> createExperiment(const std::string& name) = 0;
    /// Its id.
    virtual Result<std::string> createRun(const NewRun& run) = 0;
};

inline Result<std::string> TrackingStore::historyMark(const std::string&, const std::string&)
{
    SEXTANT_TRY(auto current, stamp());
    return current.text;
}

} // namespace sextant
