// Observations: which versions were at the aliases and stages of a store's models each time its registry was
// read, kept as changes in the user's state folder. MLflow itself keeps no history; from the first look on
// there is one. They are what this installation saw, not proof. Any thread; several processes may write.
#pragma once

#include "core/base/error.h"
#include "core/tracking/registry.h"

#include <set>
#include <string>
#include <vector>

namespace sextant::registry {

/// At one target of one model some versions came or went between two looks.
struct Observation
{
    EpochMs seen = kNoTime;  // when it was noticed
    EpochMs since = kNoTime; // the look before, when it was not yet so; unknown the first time
    std::string model;
    std::string target;             // "alias:champion", "stage:Production"
    std::vector<std::int64_t> from; // versions that left
    std::vector<std::int64_t> to;   // versions that came
    bool operator==(const Observation&) const = default;
};

class Observations
{
public:
    /// `store`: the path of the store, as StoreInfo has it. `folder`: the user's state folder.
    Observations(std::string folder, std::string store);

    /// Notes what differs from the last look. `versions` are all of the store, or all of one model. Returns
    /// what is new. Error: Io.
    Result<std::vector<Observation>> note(const std::vector<ModelVersion>& versions, const std::string& model,
                                          EpochMs time) const;

    /// Everything noted of a model, oldest first; nothing before the first look. Error: Io.
    Result<std::vector<Observation>> of(const std::string& model) const;

private:
    std::string m_folder;
    std::string m_store;
    std::string m_file;
};

/// XDG_STATE_HOME or ~/.local/state, /sextant; empty without a home.
std::string defaultStateFolder();

/// Observations::note with the user's own folder. That it can't be written is no reason not to read a
/// registry: nothing is told then.
void observeRegistry(const std::string& store, const std::vector<ModelVersion>& versions,
                     const std::string& model = {});

/// Observations::of with the user's own folder.
Result<std::vector<Observation>> observationsOf(const std::string& store, const std::string& model);

} // namespace sextant::registry
