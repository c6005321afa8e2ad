// Bench of the registry: opening 500 models with 10 versions each against a bare scan of the same rows and
// files. Usage: registry_bench FOLDER-OF-STORES
#include "core/registry/observations.h"
#include "core/store/open.h"
#include "tests/bench/measure.h"

#include <filesystem>
#include <iostream>
#include <sqlite3.h>

namespace sextant::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kModels = 500;
constexpr int kVersions = 10;
constexpr int kPasses = 25;

void execute(sqlite3* database, const std::string& sql)
{
    if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        std::cerr << sqlite3_errmsg(database) << "\n";
        std::exit(2);
    }
}

std::string contentOf(const fs::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string nameOf(int model)
{
    return "model-" + std::to_string(1000 + model);
}

/// Rows as the real client leaves them: two tags for each version, two aliases and a tag for each model.
void makeDatabase(const std::string& file)
{
    fs::remove(file);
    sqlite3* database = nullptr;
    sqlite3_open(file.c_str(), &database);
    execute(database, contentOf(SEXTANT_SOURCE_DIR "/tests/bench/schema.sql"));
    execute(database, "BEGIN");
    for (int model = 0; model < kModels; ++model) {
        auto name = "'" + nameOf(model) + "'";
        execute(database, "INSERT INTO registered_models (name, creation_time, last_updated_time, "
                          "description) VALUES (" +
                              name + ", 1700000000000, 1700000001000, 'What it is for, in a sentence')");
        execute(database,
                "INSERT INTO registered_model_tags (name, key, value) VALUES (" + name + ", 'team', 'risk')");
        for (int version = 1; version <= kVersions; ++version) {
            auto number = std::to_string(version);
            execute(database,
                    "INSERT INTO model_versions (name, version, creation_time, last_updated_time, "
                    "description, current_stage, source, run_id, status, storage_location) VALUES (" +
                        name + ", " + number + ", 1700000000000, " +
                        std::to_string(1'700'000'000'000 + model * 100 + version) +
                        ", 'Retrained', 'None', 'models:/m-0123456789abcdef0123456789abcdef', "
                        "'0123456789abcdef0123456789abcdef', 'READY', "
                        "'/data/mlruns/1/models/m-0123456789abcdef0123456789abcdef/artifacts')");
            for (const char* key : {"validation_status", "git.commit"})
                execute(database, "INSERT INTO model_version_tags (name, version, key, value) VALUES (" +
                                      name + ", " + number + ", '" + key + "', 'passed in the night')");
        }
        execute(database, "INSERT INTO registered_model_aliases (name, alias, version) VALUES (" + name +
                              ", 'champion', 9), (" + name + ", 'challenger', 10)");
    }
    execute(database, "COMMIT");
    sqlite3_close(database);
}

/// Every value of every row by the library's own calls, and nothing made of them: the floor of any reading.
void scanDatabase(const std::string& file)
{
    sqlite3* database = nullptr;
    sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    for (const char* query : {"SELECT * FROM registered_models", "SELECT * FROM registered_model_tags",
                              "SELECT * FROM registered_model_aliases", "SELECT * FROM model_versions",
                              "SELECT * FROM model_version_tags"}) {
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(database, query, -1, &statement, nullptr);
        std::size_t bytes = 0;
        while (sqlite3_step(statement) == SQLITE_ROW)
            for (int column = 0; column < sqlite3_column_count(statement); ++column)
                if (sqlite3_column_text(statement, column))
                    bytes += static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        if (bytes == 0)
            std::exit(2);
        sqlite3_finalize(statement);
    }
    sqlite3_close(database);
}

void write(const fs::path& path, const std::string& text)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

void makeFolder(const std::string& root)
{
    if (fs::exists(root + "/models/" + nameOf(kModels - 1)))
        return;
    write(root + "/0/meta.yaml",
          "artifact_location: file://" + root +
              "/0\ncreation_time: 1700000000000\nexperiment_id: '0'\nlast_update_time: "
              "1700000000000\nlifecycle_stage: active\nname: Default\n");
    for (int model = 0; model < kModels; ++model) {
        auto folder = root + "/models/" + nameOf(model);
        write(folder + "/meta.yaml", "aliases:\n  challenger: '10'\n  champion: '9'\ncreation_timestamp: "
                                     "1700000000000\ndescription: What it is for\nlast_updated_timestamp: "
                                     "1700000001000\nname: " +
                                         nameOf(model) + "\n");
        write(folder + "/aliases/champion", "9");
        write(folder + "/aliases/challenger", "10");
        write(folder + "/tags/team", "risk");
        for (int version = 1; version <= kVersions; ++version) {
            auto place = folder + "/version-" + std::to_string(version);
            write(place + "/meta.yaml",
                  "creation_timestamp: 1700000000000\ncurrent_stage: None\ndescription: "
                  "Retrained\nlast_updated_timestamp: 1700000000000\nname: " +
                      nameOf(model) +
                      "\nrun_id: 0123456789abcdef0123456789abcdef\nrun_link: null\nsource: "
                      "/data/m\nstatus: READY\nstatus_message: null\nstorage_location: /data/m\nuser_id: "
                      "null\nversion: " +
                      std::to_string(version) + "\n");
            write(place + "/tags/validation_status", "passed in the night");
            write(place + "/tags/git.commit", "passed in the night");
        }
    }
}

/// Every file read by the standard library, and nothing made of it.
void scanFolder(const std::string& root)
{
    std::size_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root + "/models"))
        if (entry.is_regular_file())
            bytes += contentOf(entry.path()).size();
    if (bytes == 0)
        std::exit(2);
}

/// What the window and `models list` do: open, read models, versions and deleted versions, note who is where.
void openRegistry(const std::string& uri, const std::string& state)
{
    auto store = openStore(uri);
    auto models = store ? store->registry->registeredModels() : Result<std::vector<RegisteredModel>>();
    auto versions = store->registry->modelVersions({});
    auto deleted = store->registry->deletedVersions({});
    bool whole = models && versions && deleted && models->size() == std::size_t(kModels) &&
                 versions->size() == std::size_t(kModels) * kVersions;
    if (!whole || !registry::Observations(state, uri).note(*versions, {}, 1'700'000'000'000)) {
        std::cerr << uri << ": the registry was not read whole\n";
        std::exit(2);
    }
}

int run(const std::string& stores)
{
    Budgets budgets;
    auto database = stores + "/registry.db", folder = stores + "/registry/mlruns";
    auto state = stores + "/registry-state";
    makeDatabase(database);
    makeFolder(folder);
    fs::remove_all(state);
    openRegistry(database, state); // warms the caches; the first look is noted
    double rows = fastest(kPasses, [&] { scanDatabase(database); });
    double opened = fastest(kPasses, [&] { openRegistry(database, state); });
    budgets.atMost("R1", "500 models x 10 versions, database", opened / rows, 3, "of a bare scan",
                   milliseconds(opened, rows));
    openRegistry(folder, state);
    double files = fastest(3, [&] { scanFolder(folder); });
    double read = fastest(3, [&] { openRegistry(folder, state); });
    budgets.atMost("R2", "500 models x 10 versions, folder", read / files, 3, "of reading its files",
                   milliseconds(read, files));
    return budgets.exitCode();
}

} // namespace
} // namespace sextant::bench

int main(int argc, char** argv)
{
    return sextant::bench::run(argc > 1 ? argv[1] : ".");
}
