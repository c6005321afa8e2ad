// The log of a model in a store that the real client wrote: found, and compared with aliases, stages and
// files.
#include "core/ledger/folder_digest.h"
#include "core/registry/model_log.h"
#include "core/store/open.h"
#include "tests/ledger/ledger_world.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace sextant::registry {

namespace {

using namespace ledger;

constexpr const char* kModel = "breast-cancer-screening";
constexpr const char* kSubject = "breast-cancer-screening/2"; // alias champion, stage Production
constexpr const char* kModelFolder =
    "artifacts/breast-cancer-screening/models/m-67bda3dc6b61453d951c59aa9fdeb6fc/artifacts";
constexpr const char* kRun = "00000000000000000000000000000001";
constexpr const char* kChampionOnly = R"({"schema":"sextant.rules/1","targets":{"alias:champion":{}}})";

class ModelLogTest : public testing::Test
{
protected:
    ModelLogTest()
    {
        std::filesystem::copy_file(SEXTANT_SOURCE_DIR "/resources/demo/mlflow.db", m_folder / "mlflow.db");
        m_folder.write(std::string(kModelFolder) + "/model.bin", "weights");
        sql("INSERT INTO experiments(experiment_id,name,artifact_location,lifecycle_stage,workspace) "
            "VALUES(99,'sextant-governance','./artifacts/sextant-governance','active','default')");
        addRun(kRun, 1'000);
        m_log = m_folder / ("artifacts/sextant-governance/" + std::string(kRun) + "/artifacts/log");
    }

    void sql(const std::string& text) const
    {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open((m_folder / "mlflow.db").c_str(), &database), SQLITE_OK);
        char* problem = nullptr;
        EXPECT_EQ(sqlite3_exec(database, text.c_str(), nullptr, nullptr, &problem), SQLITE_OK)
            << (problem ? problem : "");
        sqlite3_free(problem);
        sqlite3_close(database);
    }
    void addRun(const std::string& id, int start) const
    {
        sql("INSERT INTO "
            "runs(run_uuid,name,status,start_time,lifecycle_stage,artifact_uri,experiment_id,source_"
            "type) VALUES('" +
            id + "','log','FINISHED'," + std::to_string(start) +
            ",'active','./artifacts/sextant-governance/" + id +
            "/artifacts',99,'UNKNOWN');"
            "INSERT INTO tags(key,value,run_uuid) VALUES('" +
            kModelTag + "','" + kModel + "','" + id + "')");
    }

    void promote() const
    {
        LogAccess access{
            std::make_shared<FolderStorage>(m_log), LedgerWorld::everybody(), "demo/screening", {}};
        auto log = Log::start(access, kChampionOnly, "the rules", LedgerWorld::key("dan"));
        ASSERT_TRUE(log) << log.error().message;
        Subject subject{kSubject, digestFolder(m_folder / kModelFolder, {}).value().root};
        ASSERT_TRUE(
            log->append({.kind = ActKind::Request, .subject = subject, .target = kChampion, .to = kSubject},
                        LedgerWorld::key("ann")));
        ASSERT_TRUE(log->append({.kind = ActKind::Decision, .subject = subject, .request = 1, .passed = true},
                                LedgerWorld::key("bob")));
        ASSERT_TRUE(log->append({.kind = ActKind::Transition,
                                 .subject = subject,
                                 .request = 1,
                                 .target = kChampion,
                                 .to = kSubject},
                                LedgerWorld::key("bob")));
    }

    /// As `audit verify --store` does, pinned to what is there.
    Verification verify() const
    {
        auto store = openStore(m_folder / "mlflow.db").value();
        ModelLog model(*store.tracking, *store.registry, kModel);
        auto folder = model.folder();
        EXPECT_TRUE(folder) << folder.error().message;
        if (!folder)
            return {};
        FolderStorage storage(*folder);
        VerifyOptions options{.keys = LedgerWorld::everybody(), .holders = model.holders().value()};
        options.pin = test::contentOf(m_log + "/checkpoint");
        options.digestOf = [&](const std::string& subject) { return model.digestOf(subject, {}); };
        return verifyLog(readLogFiles(storage, {}).value(), options, {}).value();
    }

    TemporaryFolder m_folder;
    std::string m_log;
};

TEST_F(ModelLogTest, LogFilesAndRegistryAgree)
{
    promote();
    auto verification = verify();
    EXPECT_EQ(verification.verdict, Standing::Passed) << said(verification);
    EXPECT_TRUE(says(verification, Standing::Passed, "The registry is as the log says"));
    EXPECT_TRUE(says(verification, Standing::Passed, "are those that were approved"));
}

TEST_F(ModelLogTest, AnAliasMovedByHandIsTold)
{
    promote();
    sql("UPDATE registered_model_aliases SET version=3 WHERE name='breast-cancer-screening' AND "
        "alias='champion'");
    auto verification = verify();
    EXPECT_EQ(verification.verdict, Standing::Failed);
    EXPECT_TRUE(says(verification, Standing::Failed, "'breast-cancer-screening/3' is at alias:champion"))
        << said(verification);
}

TEST_F(ModelLogTest, FilesChangedAfterApprovalAreTold)
{
    promote();
    m_folder.write(std::string(kModelFolder) + "/model.bin", "other weights");
    EXPECT_TRUE(says(verify(), Standing::Failed, "are not those that were approved"));
    std::filesystem::remove_all(m_folder / kModelFolder);
    auto gone = verify();
    EXPECT_EQ(gone.verdict, Standing::Gap) << said(gone);
    EXPECT_TRUE(says(gone, Standing::Gap, "could not be checked"));
}

TEST_F(ModelLogTest, ALaterRunCanNotTakeTheLogsPlace)
{
    promote();
    addRun("00000000000000000000000000000002", 2'000);
    EXPECT_EQ(verify().verdict, Standing::Passed);
}

TEST_F(ModelLogTest, WhatIsNotThereIsSaid)
{
    auto store = openStore(m_folder / "mlflow.db").value();
    ModelLog none(*store.tracking, *store.registry, "digits-recognizer");
    EXPECT_EQ(none.folder().error().code, ErrorCode::NotFound);
    ModelLog empty(*store.tracking, *store.registry, kModel);
    EXPECT_FALSE(empty.folder()) << "a run without a log";
    EXPECT_EQ(empty.digestOf("breast-cancer-screening/77", {}).error().code, ErrorCode::NotFound);
    auto holders = empty.holders().value();
    EXPECT_EQ(holders.at("alias:champion"), std::set<std::string>{kSubject});
    EXPECT_EQ(holders.at("stage:Production"), std::set<std::string>{kSubject});
    EXPECT_FALSE(holders.contains("stage:Archived"));
}

} // namespace

} // namespace sextant::registry
