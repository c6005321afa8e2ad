// A logged model (MLflow 3): a model with an identity of its own, its parameters and its metrics by dataset.
#pragma once

#include "core/tracking/experiment.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace sextant {

struct LoggedModelMetric
{
    std::string key;
    double value = 0;
    std::int64_t step = 0;
    EpochMs timestamp = 0;
    std::string runId;
    std::string datasetName; // empty when the metric is not bound to data
    std::string datasetDigest;
};

struct LoggedModel
{
    std::string id; // "m-…"
    std::string name;
    std::string experimentId;
    std::string sourceRunId;
    std::optional<std::string> modelType; // filters tell an empty one from none
    std::string artifactLocation;
    std::string statusMessage;
    LoggedModelStatus status = LoggedModelStatus::Unspecified;
    Lifecycle lifecycle = Lifecycle::Active;
    EpochMs creationTime = kNoTime;
    EpochMs lastUpdatedTime = kNoTime;
    TagMap params;
    TagMap tags;
    std::vector<LoggedModelMetric> metrics;
};

} // namespace sextant
