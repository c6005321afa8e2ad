#include "ui/shell/registry_data.h"

#include <algorithm>
#include <charconv>

namespace sextant {

std::vector<const ledger::RequestState*> ModelLogState::openRequests() const
{
    std::vector<const ledger::RequestState*> open;
    if (verification.state)
        for (const auto& [index, request] : verification.state->requests())
            if (request.open())
                open.push_back(&request);
    return open;
}

bool ModelLogState::governs(std::string_view target) const
{
    return verification.state && verification.state->rules().govern(target);
}

const ModelVersion* RegistryEntry::version(std::int64_t number) const
{
    auto found = std::find_if(versions.begin(), versions.end(),
                              [&](const ModelVersion& version) { return version.version == number; });
    return found == versions.end() ? nullptr : &*found;
}

const ModelVersion* RegistryEntry::production() const
{
    auto found = std::find_if(versions.begin(), versions.end(),
                              [](const ModelVersion& version) { return version.stage == Stage::Production; });
    return found == versions.end() ? nullptr : &*found;
}

const ModelVersion* RegistryEntry::champion() const
{
    auto alias = model.aliases.find(kChampion);
    const auto* named = alias == model.aliases.end() ? nullptr : version(alias->second);
    return named ? named : production();
}

const ledger::RequestState* RegistryEntry::openRequest(std::int64_t number) const
{
    for (const auto* request : log ? log->openRequests() : std::vector<const ledger::RequestState*>())
        if (auto subject = versionOfSubject(request->act.to); subject && subject->second == number)
            return request;
    return nullptr;
}

std::vector<std::string> RegistryEntry::changedOutside() const
{
    std::vector<std::string> sentences;
    if (!log)
        return sentences;
    auto words = [](const std::set<std::string>& subjects) {
        std::string text;
        for (const auto& subject : subjects)
            if (auto version = versionOfSubject(subject))
                text += (text.empty() ? "v" : ", v") + std::to_string(version->second);
        return text.empty() ? std::string("no version") : text;
    };
    for (const auto& [target, said] : log->verification.holders) {
        auto isAlias = target.starts_with("alias:");
        std::set<std::string> now;
        for (const auto& version : versions) {
            auto there = isAlias ? std::find(version.aliases.begin(), version.aliases.end(),
                                             target.substr(6)) != version.aliases.end()
                                 : target == "stage:" + std::string(toText(version.stage));
            if (there)
                now.insert(model.name + "/" + std::to_string(version.version));
        }
        if (now != said)
            sentences.push_back(
                (isAlias ? "alias " + target.substr(6) : target.substr(target.find(':') + 1)) + " is at " +
                words(now) + ", the log says " + words(said));
    }
    return sentences;
}

const RegistryEntry* RegistryData::find(std::string_view model) const
{
    auto found = std::lower_bound(
        entries.begin(), entries.end(), model,
        [](const RegistryEntry& entry, std::string_view name) { return entry.model.name < name; });
    return found == entries.end() || found->model.name != model ? nullptr : &*found;
}

std::size_t RegistryData::versionCount() const
{
    std::size_t count = 0;
    for (const auto& entry : entries)
        count += entry.versions.size();
    return count;
}

std::size_t RegistryData::pending() const
{
    std::size_t count = 0;
    for (const auto& entry : entries)
        count += entry.pending();
    return count;
}

std::vector<const ModelVersion*> RegistryData::versionsOfRun(std::string_view runId) const
{
    std::vector<const ModelVersion*> found;
    for (const auto& entry : entries)
        for (const auto& version : entry.versions)
            if (!runId.empty() && version.runId == runId)
                found.push_back(&version);
    return found;
}

std::optional<std::pair<std::string, std::int64_t>> versionOfSubject(std::string_view subject)
{
    auto slash = subject.rfind('/');
    if (slash == std::string_view::npos)
        return std::nullopt;
    std::int64_t number = 0;
    auto digits = subject.substr(slash + 1);
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return std::pair(std::string(subject.substr(0, slash)), number);
}

} // namespace sextant
