// Single entities of a database: experiments, one run with everything, logged models.
#pragma once

#include "core/store/sqlite/sqlite_source.h"
#include "core/tracking/logged_model.h"
#include "core/tracking/run.h"

#include <string>
#include <vector>

namespace sextant::sqlite {

/// All experiments of the workspace, whatever their stage, newest first as the real client.
Result<std::vector<Experiment>> readExperiments(SqliteSession session);

/// Names of other workspaces that hold experiments.
Result<std::vector<std::string>> otherWorkspaces(SqliteSession session);

/// The columns of `runs`. Error: NotFound.
Result<RunInfo> readRunInfo(SqliteSession session, const std::string& runId);
Result<Run> readRun(SqliteSession session, const std::string& runId);

/// Models that are not deleted, newest first.
Result<std::vector<LoggedModel>> readLoggedModels(SqliteSession session,
                                                  const std::vector<std::string>& experimentIds);

} // namespace sextant::sqlite
