#include "core/store/new_run_rules.h"

#include "core/base/text.h"
#include "core/store/artifact_files.h"
#include "core/store/tag_rules.h"

namespace sextant {
namespace {

constexpr const char* kRunNameTag = "mlflow.runName";
constexpr const char* kUserTag = "mlflow.user";

} // namespace

Result<void> checkExperimentName(std::string_view name)
{
    if (!isUtf8(name) || trim(name).empty())
        return fail(ErrorCode::InvalidArgument, "An experiment can't be named '" + toUtf8(name) + "'",
                    "Give it at least one character, in UTF-8");
    return {};
}

tl::unexpected<Error> experimentExists(const Experiment& experiment)
{
    bool deleted = experiment.lifecycle == Lifecycle::Deleted;
    return fail(ErrorCode::AlreadyExists,
                deleted ? "A deleted experiment has the name '" + experiment.name + "' still"
                        : "There is an experiment '" + experiment.name + "' already",
                deleted ? "Restore it with MLflow, or choose another name" : "Choose another name");
}

Result<Experiment> usableForRuns(const Experiment* found, const std::string& id)
{
    if (!found)
        return fail(ErrorCode::NotFound, "There is no experiment with the id '" + toUtf8(id) + "'",
                    "`sextant experiments list --view all` shows them");
    if (found->lifecycle == Lifecycle::Deleted)
        return fail(ErrorCode::InvalidArgument, "The experiment '" + found->name + "' is deleted",
                    "Restore it with MLflow first");
    return *found;
}

Result<NewRun> completed(NewRun run)
{
    auto named = run.tags.find(kRunNameTag);
    if (run.name.empty() && named != run.tags.end())
        run.name = named->second;
    SEXTANT_CHECK(checkRunName(run.name));
    if (named == run.tags.end())
        run.tags[kRunNameTag] = run.name;
    else if (named->second != run.name)
        return fail(ErrorCode::InvalidArgument, "The new run has two names",
                    "Leave out the tag mlflow.runName, or the name");
    for (auto& [key, value] : run.tags) {
        SEXTANT_CHECK(checkTagKey(key));
        SEXTANT_TRY(value, tagValue(value));
    }
    if (!isKnown(run.startTime))
        run.startTime = now();
    return run;
}

std::string userOf(const NewRun& run)
{
    auto user = run.tags.find(kUserTag);
    return user == run.tags.end() ? "unknown" : user->second;
}

std::string appendToUri(const std::string& uri, const std::string& path)
{
    auto end = uriScheme(uri).empty() ? uri.size() : std::min(uri.find_first_of("?#"), uri.size());
    auto before = uri.substr(0, end);
    auto between = before.empty() || before.ends_with('/') ? "" : "/";
    return before + between + path + uri.substr(end);
}

} // namespace sextant
