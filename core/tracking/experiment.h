// An experiment: a named folder of runs.
#pragma once

#include "core/base/time.h"
#include "core/tracking/enums.h"

#include <map>
#include <string>

namespace sextant {

/// Keys in byte order, as the writers print them.
using TagMap = std::map<std::string, std::string, std::less<>>;

struct Experiment
{
    std::string id; // text: file stores use 18 digits
    std::string name;
    std::string artifactLocation; // as stored
    Lifecycle lifecycle = Lifecycle::Active;
    EpochMs creationTime = kNoTime;
    EpochMs lastUpdateTime = kNoTime;
    TagMap tags;
};

} // namespace sextant
