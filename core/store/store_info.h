// What a store is and what it can do.
#pragma once

#include "core/tracking/search_dialect.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sextant {

enum class StoreKind : std::uint8_t { Sqlite, Files };

struct Capabilities
{
    bool registry = false;
    bool stages = false;
    bool aliases = false;
    bool datasets = false;
    bool loggedModels = false;
    bool inputSteps = false;
    bool writable = false;      // could be written after unlocking
    std::string whyNotWritable; // one sentence, empty when writable
};

struct StoreInfo
{
    StoreKind kind = StoreKind::Sqlite;
    std::string uri;     // as opened, absolute
    std::string path;    // the database file or the folder
    std::string name;    // short, for titles: "mlflow.db"
    std::string version; // "schema f4a9b2c7d1e6 (MLflow 3.18.0)", "file store"
    Capabilities capabilities;
    SearchDialect dialect;
};

/// Something that had to be skipped or could not be read as it should.
struct StoreWarning
{
    std::string where; // path or table and key
    std::string what;  // one sentence
};

} // namespace sextant
