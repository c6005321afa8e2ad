// How far a version was checked against the log of its model. Values.
#pragma once

#include "ui/shell/registry_data.h"
#include "ui/widgets/badge.h"

namespace sextant {

/// What was found when the files of a version were read on this machine.
struct VersionCheck
{
    std::optional<Digest> digest; // of its files
    bool missing = false;         // there are none where the store says
};
using VersionChecks = std::map<std::pair<std::string, std::int64_t>, VersionCheck>; // by model and number

/// The digest of a version's files that the log vouches for: the newest entry about it; nothing without one.
std::optional<Digest> loggedDigest(const RegistryEntry& entry, std::int64_t version);

struct VersionEvidence
{
    Evidence evidence = Evidence::Claimed;
    bool differs = false; // the files are not those of the log
    QString why;          // one sentence

    Badge badge() const;
};
VersionEvidence evidenceOf(const RegistryEntry& entry, const ModelVersion& version,
                           const VersionChecks& checks);

} // namespace sextant
