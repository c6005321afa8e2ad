// Finding experiments and runs by what people type: ids, beginnings of ids, names.
#pragma once

#include "app/cli/context.h"

#include <string>
#include <vector>

namespace sextant::cli {

/// The experiments named by id or name, each once. Error: NotFound with the nearest names; InvalidArgument
/// when one experiment has the id and another the name.
Result<std::vector<Experiment>> findExperiments(TrackingStore& store, const std::vector<std::string>& named);

/// Finds runs; the run list is read at most once, and only when something else than a whole id is asked for.
class RunFinder
{
public:
    RunFinder(TrackingStore& store, Operation operation) : m_store(store), m_operation(std::move(operation))
    {
    }

    /// The run with this id, else the one with this name, else the one whose id begins so.
    /// Errors: NotFound; InvalidArgument when several fit, with the candidates in the hint.
    Result<Run> find(const std::string& named);

private:
    Result<RunTablePtr> list();
    tl::unexpected<Error> ambiguous(const std::string& named, const std::vector<RowIndex>& rows) const;
    tl::unexpected<Error> unknown(const std::string& named) const;

    TrackingStore& m_store;
    Operation m_operation;
    RunTablePtr m_list;
};

} // namespace sextant::cli
