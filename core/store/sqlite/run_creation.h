// New experiments and runs in a database, as the real client makes them. Inside a transaction.
#pragma once

#include "core/store/sqlite/sqlite_source.h"
#include "core/store/tracking_store.h"

#include <string>

namespace sextant::sqlite {

/// `storeFolder`: of the database, where the client keeps artifacts unless it was told otherwise. Its id.
Result<std::string> insertExperiment(SqliteSession session, const std::string& name,
                                     const std::string& storeFolder);
Result<std::string> insertRun(SqliteSession session, const NewRun& run);

} // namespace sextant::sqlite
