// The part of a verification that looks beyond the log: files of what is approved, and who is at the targets
// now.
#include "core/base/text.h"
#include "core/ledger/verifier.h"

namespace sextant::ledger {

void Verifier::checkDigests()
{
    if (!m_replay)
        return;
    std::set<std::string> held;
    for (const auto& [target, names] : m_replay->holders())
        held.insert(names.begin(), names.end());
    for (const auto& name : held) {
        auto signedDigest = m_replay->digests().find(name);
        auto subject = "'" + toUtf8(name) + "'";
        if (signedDigest == m_replay->digests().end()) {
            say(Standing::Gap, "digest", "The log holds no digest of the files of " + subject);
            continue;
        }
        if (!m_options.digestOf) {
            say(Standing::Gap, "digest",
                "The files of " + subject + " were not looked at: only the log was given");
            continue;
        }
        auto now = m_options.digestOf(name);
        if (!now)
            say(Standing::Gap, "digest",
                "The files of " + subject + " could not be checked: " + now.error().message);
        else if (*now != signedDigest->second)
            say(Standing::Failed, "digest",
                "The files of " + subject +
                    " are not those that were approved: " + toHex(*now).substr(0, 16) + "… instead of " +
                    toHex(signedDigest->second).substr(0, 16) + "…");
        else
            say(Standing::Passed, "digest", "The files of " + subject + " are those that were approved");
    }
}

void Verifier::listDifference(const std::string& target, const std::set<std::string>& logged,
                              const std::set<std::string>& actual)
{
    for (const auto& name : actual)
        if (!logged.contains(name))
            say(Standing::Failed, "registry",
                "'" + toUtf8(name) + "' is at " + target +
                    ", and the log does not say so: it was changed outside");
    for (const auto& name : logged)
        if (!actual.contains(name))
            say(Standing::Failed, "registry",
                "By the log '" + toUtf8(name) + "' is at " + target +
                    ", and it is not: it was changed outside");
}

void Verifier::reconcile()
{
    if (!m_replay)
        return;
    if (!m_options.holders) {
        if (!m_replay->holders().empty())
            say(Standing::Gap, "registry", "The registry was not looked at: only the log was given");
        return;
    }
    auto before = m_result.findings.size();
    static const std::set<std::string> kNobody;
    auto at = [](const Holders& holders, const std::string& target) -> const std::set<std::string>& {
        auto found = holders.find(target);
        return found == holders.end() ? kNobody : found->second;
    };
    std::set<std::string> targets;
    for (const auto* holders : {&m_replay->holders(), &*m_options.holders})
        for (const auto& [target, names] : *holders)
            if (m_replay->holders().contains(target) || m_replay->rules().govern(target))
                targets.insert(target); // others are free to change
    for (const auto& target : targets)
        listDifference(target, at(m_replay->holders(), target), at(*m_options.holders, target));
    if (before == m_result.findings.size())
        say(Standing::Passed, "registry", "The registry is as the log says");
}

} // namespace sextant::ledger
