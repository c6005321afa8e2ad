#include "core/registry/model_history.h"

#include "core/registry/model_log.h"

#include <algorithm>
#include <charconv>

namespace sextant::registry {
namespace {

constexpr std::string_view kArchived = "stage:Archived";
constexpr EpochMs kClockSkew = 5000; // between who wrote the entry and this machine

bool isStage(std::string_view target)
{
    return target.starts_with("stage:");
}

/// The number of a version of this model; nothing for another subject.
std::optional<std::int64_t> numberOf(const std::string& model, const std::string& subject)
{
    if (!subject.starts_with(model + "/"))
        return {};
    std::int64_t number = 0;
    const char* end = subject.data() + subject.size();
    auto [stopped, error] = std::from_chars(subject.data() + model.size() + 1, end, number);
    return error == std::errc() && stopped == end ? std::optional(number) : std::nullopt;
}

std::vector<std::int64_t> numbersOf(const std::string& model, const std::vector<std::string>& subjects)
{
    std::vector<std::int64_t> numbers;
    for (const auto& subject : subjects)
        if (auto number = numberOf(model, subject))
            numbers.push_back(*number);
    return numbers;
}

HistoryEvent eventOf(const std::string& model, const AuditEntry& entry)
{
    HistoryEvent event;
    event.logged = true;
    event.entry = entry.index;
    event.standing = entry.standing;
    event.remark = entry.remark;
    event.what = "unreadable";
    if (!entry.act)
        return event;
    const auto& act = *entry.act;
    event.time = act.time;
    event.what = toText(act.kind);
    event.target = act.target;
    event.subject = act.subject.name;
    event.by = entry.person.empty() ? act.actor : entry.person;
    event.reason = act.reason;
    event.from = numbersOf(model, act.from);
    if (auto to = numberOf(model, act.to))
        event.to.push_back(*to);
    return event;
}

bool inWindow(const HistoryEvent& entry, const Observation& seen)
{
    bool after = !isKnown(seen.since) || entry.time + kClockSkew >= seen.since;
    return after && entry.time - kClockSkew <= seen.seen;
}

bool has(const std::vector<std::int64_t>& versions, std::int64_t version)
{
    return std::find(versions.begin(), versions.end(), version) != versions.end();
}

/// Whether an entry tells that this version came to the target: itself, or as one that had to make room.
bool tellsOfComing(const HistoryEvent& entry, const std::string& target, std::int64_t version)
{
    return (entry.target == target && has(entry.to, version)) ||
           (target == kArchived && isStage(entry.target) && has(entry.from, version));
}

/// Whether it left: for another, or to another stage, as a version is at one stage only.
bool tellsOfLeaving(const HistoryEvent& entry, const std::string& target, std::int64_t version)
{
    return (entry.target == target && has(entry.from, version)) ||
           (isStage(target) && isStage(entry.target) && entry.target != target && has(entry.to, version));
}

/// What of an observation no entry tells of.
Observation untold(Observation seen, const std::vector<HistoryEvent>& transitions)
{
    std::vector<const HistoryEvent*> near;
    for (const auto& entry : transitions)
        if (inWindow(entry, seen))
            near.push_back(&entry);
    auto told = [&](const auto& tells) {
        return [&seen, &near, tells](std::int64_t version) {
            return std::any_of(near.begin(), near.end(), [&](const HistoryEvent* entry) {
                return tells(*entry, seen.target, version);
            });
        };
    };
    std::erase_if(seen.to, told(tellsOfComing));
    std::erase_if(seen.from, told(tellsOfLeaving));
    return seen;
}

} // namespace

std::vector<HistoryEvent> mergedHistory(const std::string& model, const std::vector<AuditEntry>& entries,
                                        const std::vector<Observation>& observations)
{
    std::vector<HistoryEvent> events, transitions;
    for (const auto& entry : entries) {
        events.push_back(eventOf(model, entry));
        bool counts = entry.standing != ledger::Standing::Failed;
        if (counts && entry.act && entry.act->kind == ledger::ActKind::Transition)
            transitions.push_back(events.back());
    }
    for (const auto& seen : observations) {
        auto rest = untold(seen, transitions);
        if (rest.from.empty() && rest.to.empty())
            continue;
        HistoryEvent event;
        event.time = rest.seen;
        event.since = rest.since;
        event.what = isKnown(rest.since) ? "change" : "first look";
        event.target = rest.target;
        event.from = rest.from;
        event.to = rest.to;
        events.push_back(std::move(event));
    }
    std::stable_sort(events.begin(), events.end(), [](const HistoryEvent& one, const HistoryEvent& other) {
        return one.time < other.time;
    });
    return events;
}

} // namespace sextant::registry
