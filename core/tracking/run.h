// One run with everything it logged but the histories of its metrics.
#pragma once

#include "core/tracking/experiment.h"

#include <cstdint>
#include <vector>

namespace sextant {

struct RunInfo
{
    std::string id;
    std::string name; // the tag mlflow.runName where the store keeps no name
    std::string experimentId;
    std::string userId;
    RunStatus status = RunStatus::Running;
    Lifecycle lifecycle = Lifecycle::Active;
    EpochMs startTime = kNoTime;
    EpochMs endTime = kNoTime;
    std::string artifactUri; // as stored
};

/// The latest value of a metric: greatest (step, timestamp, value), as MLflow keeps it.
struct Metric
{
    std::string key;
    double value = 0;
    EpochMs timestamp = 0;
    std::int64_t step = 0;
};

struct Dataset
{
    std::string name;
    std::string digest;
    std::string sourceType;
    std::string source;  // JSON as stored
    std::string schema;  // JSON as stored, may be empty
    std::string profile; // JSON as stored, may be empty
};

struct DatasetInput
{
    Dataset dataset;
    TagMap tags; // "mlflow.data.context" is the one in wide use

    std::string context() const
    {
        auto found = tags.find("mlflow.data.context");
        return found == tags.end() ? std::string() : found->second;
    }
};

/// A logged model that the run read or made.
struct ModelLink
{
    std::string modelId;
    std::int64_t step = 0;
};

struct Run
{
    RunInfo info;
    std::vector<Metric> metrics; // by key
    TagMap params;
    TagMap tags;
    std::vector<DatasetInput> datasets;
    std::vector<ModelLink> modelInputs;
    std::vector<ModelLink> modelOutputs;
};

} // namespace sextant
