// Registered models and their versions, stages and aliases.
#pragma once

#include "core/tracking/experiment.h"

#include <cstdint>
#include <vector>

namespace sextant {

struct RegisteredModel
{
    std::string name;
    std::string description;
    EpochMs creationTime = kNoTime;
    EpochMs lastUpdatedTime = kNoTime;
    TagMap tags;
    std::map<std::string, std::int64_t, std::less<>> aliases; // alias -> version
};

struct ModelVersion
{
    std::string name;
    std::int64_t version = 0;
    Stage stage = Stage::None;
    std::string status; // READY, PENDING_REGISTRATION, FAILED_REGISTRATION
    std::string statusMessage;
    std::string source;          // as stored: a path, models:/m-… or models:/NAME/VERSION
    std::string storageLocation; // where the files are, when the store says so
    std::string runId;
    std::string runLink;
    std::string userId;
    std::string description;
    EpochMs creationTime = kNoTime;
    EpochMs lastUpdatedTime = kNoTime;
    TagMap tags;
    std::vector<std::string> aliases; // sorted
    std::string modelId;              // of the logged model, where the store keeps it
};

} // namespace sextant
