#include "core/tracking/enums.h"

#include "core/base/text.h"

#include <array>
#include <utility>

namespace sextant {

namespace {

template <class E, std::size_t N>
using Words = std::array<std::pair<E, std::string_view>, N>;

constexpr Words<RunStatus, 5> kRunStatuses{{{RunStatus::Running, "RUNNING"},
                                            {RunStatus::Scheduled, "SCHEDULED"},
                                            {RunStatus::Finished, "FINISHED"},
                                            {RunStatus::Failed, "FAILED"},
                                            {RunStatus::Killed, "KILLED"}}};
constexpr Words<Lifecycle, 2> kLifecycles{{{Lifecycle::Active, "active"}, {Lifecycle::Deleted, "deleted"}}};
constexpr Words<Stage, 5> kStages{{{Stage::None, "None"},
                                   {Stage::Staging, "Staging"},
                                   {Stage::Production, "Production"},
                                   {Stage::Archived, "Archived"},
                                   {Stage::DeletedInternal, "Deleted_Internal"}}};
constexpr Words<LoggedModelStatus, 4> kModelStatuses{{{LoggedModelStatus::Unspecified, "UNSPECIFIED"},
                                                      {LoggedModelStatus::Pending, "PENDING"},
                                                      {LoggedModelStatus::Ready, "READY"},
                                                      {LoggedModelStatus::Failed, "FAILED"}}};

template <class E, std::size_t N>
std::string_view wordOf(const Words<E, N>& words, E value)
{
    for (const auto& [item, word] : words)
        if (item == value)
            return word;
    return {};
}

template <class E, std::size_t N>
std::optional<E> valueOf(const Words<E, N>& words, std::string_view text)
{
    for (const auto& [item, word] : words)
        if (word == text)
            return item;
    return std::nullopt;
}

} // namespace

std::string_view toText(RunStatus status)
{
    return wordOf(kRunStatuses, status);
}
std::string_view toText(Lifecycle stage)
{
    return wordOf(kLifecycles, stage);
}
std::string_view toText(Stage stage)
{
    return wordOf(kStages, stage);
}
std::string_view toText(LoggedModelStatus status)
{
    return wordOf(kModelStatuses, status);
}

std::optional<RunStatus> runStatusFrom(std::string_view text)
{
    return valueOf(kRunStatuses, text);
}
std::optional<Lifecycle> lifecycleFrom(std::string_view text)
{
    return valueOf(kLifecycles, text);
}

std::optional<Stage> stageFrom(std::string_view text)
{
    if (auto exact = valueOf(kStages, text))
        return exact;
    for (const auto& [stage, word] : kStages)
        if (foldCase(word) == foldCase(text))
            return stage;
    return std::nullopt;
}

} // namespace sextant
