#include "app/cli/find.h"

#include "app/cli/display.h"

#include <algorithm>
#include <set>

namespace sextant::cli {

namespace {

Result<Experiment> findExperiment(const std::vector<Experiment>& all, const std::string& named)
{
    auto byId = std::find_if(all.begin(), all.end(), [&](const Experiment& e) { return e.id == named; });
    auto byName = std::find_if(all.begin(), all.end(), [&](const Experiment& e) { return e.name == named; });
    if (byId != all.end() && byName != all.end() && byId != byName)
        return fail(ErrorCode::InvalidArgument,
                    "'" + named + "' is the id of experiment '" + byId->name +
                        "' and the name of another one",
                    "Name it by the other: " + byId->name + " or id " + byName->id);
    if (byId != all.end())
        return *byId;
    if (byName != all.end())
        return *byName;
    std::vector<std::string> names;
    for (const auto& experiment : all)
        names.push_back(experiment.name);
    auto near = didYouMean(nearNames(named, names));
    return fail(ErrorCode::NotFound, "There is no experiment '" + named + "'",
                near + (near.empty() ? "" : " ") + "`sextant experiments list --view all` shows all");
}

} // namespace

Result<std::vector<Experiment>> findExperiments(TrackingStore& store, const std::vector<std::string>& named)
{
    std::vector<Experiment> found;
    if (named.empty())
        return found;
    SEXTANT_TRY(auto all, store.experiments(ViewType::All));
    std::set<std::string> seen;
    for (const auto& name : named) {
        SEXTANT_TRY(auto experiment, findExperiment(all, name));
        if (seen.insert(experiment.id).second)
            found.push_back(std::move(experiment));
    }
    return found;
}

Result<Run> RunFinder::find(const std::string& named)
{
    auto exact = m_store.run(named);
    if (exact ||
        (exact.error().code != ErrorCode::NotFound && exact.error().code != ErrorCode::InvalidArgument))
        return exact;
    SEXTANT_TRY(m_list, list());
    std::vector<RowIndex> byName, byBeginning;
    for (RowIndex row = 0; row < m_list->size(); ++row) {
        if (m_list->name(row) == named)
            byName.push_back(row);
        else if (!named.empty() && m_list->runId(row).starts_with(named))
            byBeginning.push_back(row);
    }
    std::vector<RowIndex> all = byName;
    all.insert(all.end(), byBeginning.begin(), byBeginning.end());
    if (all.empty())
        return unknown(named);
    if (all.size() > 1)
        return ambiguous(named, all);
    return m_store.run(std::string(m_list->runId(all.front())));
}

/// The run list is all that is needed, so reading stops as soon as it is there.
Result<RunTablePtr> RunFinder::list()
{
    if (m_list)
        return m_list;
    std::stop_source enough;
    std::stop_callback interrupted(m_operation.stop, [&] { enough.request_stop(); });
    RunTablePtr early;
    auto whole = m_store.runs({{}, ViewType::All}, {enough.get_token(), {}}, [&](RunTablePtr table) {
        early = std::move(table);
        enough.request_stop();
    });
    if (m_operation.cancelled())
        return cancelledError();
    if (early)
        return early;
    return whole;
}

tl::unexpected<Error> RunFinder::ambiguous(const std::string& named, const std::vector<RowIndex>& rows) const
{
    constexpr std::size_t kShown = 8;
    std::string hint = "Name one by its id:";
    for (std::size_t i = 0; i < std::min(kShown, rows.size()); ++i) {
        auto row = rows[i];
        hint += "\n  " + std::string(m_list->runId(row)) + "  " + printable(m_list->name(row)) + "  " +
                displayTime(m_list->startTime(row));
    }
    if (rows.size() > kShown)
        hint += "\n  and " + std::to_string(rows.size() - kShown) + " more";
    return fail(ErrorCode::InvalidArgument, counted(rows.size(), "run fits", "runs fit") + " '" + named + "'",
                hint);
}

tl::unexpected<Error> RunFinder::unknown(const std::string& named) const
{
    std::set<std::string> names;
    for (RowIndex row = 0; row < m_list->size(); ++row)
        names.emplace(m_list->name(row));
    auto near = didYouMean(nearNames(named, {names.begin(), names.end()}));
    return fail(ErrorCode::NotFound, "There is no run '" + named + "'",
                near + (near.empty() ? "" : " ") +
                    "A run is named by its id, the beginning of its id, or its name");
}

} // namespace sextant::cli
