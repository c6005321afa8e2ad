#include "ui/registry/version_check.h"

#include <QCoreApplication>

namespace sextant {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("VersionEvidence", text);
}

} // namespace

std::optional<Digest> loggedDigest(const RegistryEntry& entry, std::int64_t version)
{
    if (!entry.log)
        return std::nullopt;
    auto subject = entry.model.name + "/" + std::to_string(version);
    const auto& acts = entry.log->acts;
    for (auto logged = acts.rbegin(); logged != acts.rend(); ++logged)
        if (logged->act.subject.name == subject && logged->act.subject.digest != Digest{} &&
            logged->standing != ledger::Standing::Failed)
            return logged->act.subject.digest;
    return std::nullopt;
}

VersionEvidence evidenceOf(const RegistryEntry& entry, const ModelVersion& version,
                           const VersionChecks& checks)
{
    auto check = checks.find({version.name, version.version});
    auto logged = loggedDigest(entry, version.version);
    if (check != checks.end() && check->second.missing)
        return {Evidence::Missing, false, tr("Its files are not where the store says")};
    if (!logged)
        return {Evidence::Claimed, false,
                tr("No log vouches for its files; the store's word is all there is")};
    if (check == checks.end() || !check->second.digest)
        return {Evidence::Recorded, false, tr("Its digest is in the log; the files were not read yet")};
    if (*check->second.digest != *logged)
        return {Evidence::Missing, true, tr("Its files are not those that were recorded in the log")};
    if (entry.log->verification.verdict == ledger::Standing::Failed)
        return {Evidence::Recorded, false, tr("Its files are those of the log, but the log does not verify")};
    return {Evidence::Verified, false,
            tr("Its files were read now and are those of the log, which verifies")};
}

Badge VersionEvidence::badge() const
{
    auto badge = Badge::evidence(evidence);
    if (differs) {
        badge.icon = QStringLiteral("shield-alert");
        badge.text = tr("Differs");
    }
    return badge;
}

} // namespace sextant
