// The closed lists of words that MLflow stores, with their text forms.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sextant {

enum class RunStatus : std::uint8_t {
    Running = 1,
    Scheduled = 2,
    Finished = 3,
    Failed = 4,
    Killed = 5
}; // ints of the file store
enum class Lifecycle : std::uint8_t { Active, Deleted };
enum class ViewType : std::uint8_t { ActiveOnly, DeletedOnly, All };
enum class Stage : std::uint8_t { None, Staging, Production, Archived, DeletedInternal };
enum class LoggedModelStatus : std::uint8_t {
    Unspecified = 0,
    Pending = 1,
    Ready = 2,
    Failed = 3
}; // ints of the SQL store

std::string_view toText(RunStatus status);  // "FINISHED"
std::string_view toText(Lifecycle stage);   // "active"
std::string_view toText(Stage stage);       // "Production"
std::string_view toText(LoggedModelStatus); // "READY"

std::optional<RunStatus> runStatusFrom(std::string_view text);
std::optional<Lifecycle> lifecycleFrom(std::string_view text);
std::optional<Stage> stageFrom(std::string_view text); // ignores case, as the real server does

inline bool shows(ViewType view, Lifecycle stage)
{
    return view == ViewType::All || (view == ViewType::ActiveOnly) == (stage == Lifecycle::Active);
}

} // namespace sextant
