// Keys and logs from the command line: one story from the first key to the attack, and that no passphrase
// gets out.
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace sextant::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kPassphrase = "correct horse battery staple";

class Ledger : public testing::Test
{
protected:
    Ledger()
    {
        setenv("SEXTANT_KEYS", m_folder.file("home/keys").c_str(), 1);
        setenv("XDG_STATE_HOME", m_folder.file("state").c_str(), 1);
        setenv("SEXTANT_PASSPHRASE", kPassphrase, 1);
    }
    ~Ledger() override
    {
        for (const char* name : {"SEXTANT_KEYS", "XDG_STATE_HOME", "SEXTANT_PASSPHRASE"})
            unsetenv(name);
    }

    /// Runs a command that must end so; its streams are kept for the last check.
    Outcome ends(int code, std::vector<std::string> arguments)
    {
        auto outcome = sextant(arguments);
        std::string line;
        for (const auto& word : arguments)
            line += word + " ";
        EXPECT_EQ(outcome.code, code) << line << "\n" << outcome.out << outcome.err;
        m_said += outcome.out + outcome.err;
        return outcome;
    }
    Outcome done(std::vector<std::string> arguments) { return ends(kDone, std::move(arguments)); }
    Outcome refused(std::vector<std::string> arguments) { return ends(kFailed, std::move(arguments)); }

    void makePeople()
    {
        done({"keys", "create", "dan", "--role", "admin"});
        done({"keys", "create", "ann", "--role", "requester", "--person", "ann.lee"});
        done({"keys", "create", "wim", "--role", "witness"});
        for (const char* name : {"dan", "ann", "wim"}) {
            auto line = done({"keys", "export", name}).out;
            done({"keys", "trust", m_folder.write(std::string(name) + ".key", line)});
        }
    }
    void startLog()
    {
        done({"audit", "start", m_log, "risk-team/fraud", "--key", "dan", "--reason", "first rules"});
    }
    nlohmann::ordered_json verify(int code)
    {
        return ends(code, {"audit", "verify", m_log, "--format", "json"}).json();
    }
    std::string entryFile(const std::string& beginning) const
    {
        for (const auto& entry : fs::directory_iterator(fs::path(m_log) / "entries"))
            if (entry.path().filename().string().starts_with(beginning))
                return entry.path().string();
        return {};
    }

    TemporaryFolder m_folder;
    std::string m_log = m_folder.file("log");
    std::string m_said;
};

bool says(const nlohmann::ordered_json& document, const std::string& standing, const std::string& words)
{
    return std::any_of(document["items"].begin(), document["items"].end(), [&](const auto& item) {
        return item["standing"] == standing &&
               item["message"].template get<std::string>().find(words) != std::string::npos;
    });
}

void execute(const std::string& database, const std::string& statements)
{
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(database.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, statements.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle);
    sqlite3_close(handle);
}

TEST_F(Ledger, FromTheFirstKeyToTheAttack)
{
    makePeople();
    startLog();
    auto first = verify(kDone);
    EXPECT_EQ(first["verdict"], "verified") << first.dump(1);
    EXPECT_EQ(first["origin"], "risk-team/fraud");
    auto report = m_folder.write("report.json", "{}");
    done({"audit", "record", m_log, report, "--key", "ann", "--reason", "drift of May"});
    done({"audit", "witness", m_log, "--key", "wim"});
    auto second = verify(kDone);
    EXPECT_EQ(second["size"], 2);
    EXPECT_TRUE(second["witnessed_at"].is_number());
    auto log = done({"audit", "log", m_log, "--format", "json"}).json();
    ASSERT_EQ(log.size(), 2u);
    EXPECT_EQ(log[1]["kind"], "report");
    EXPECT_EQ(log[1]["reason"], "drift of May");
    EXPECT_EQ(log[1]["counts"], "yes");

    auto proofs = m_folder.file("proofs");
    done({"audit", "prove", m_log, "1", proofs});
    auto proof =
        ends(kNegative, {"audit", "verify", proofs + "/entry-1.tlog-proof", "--format", "json"}).json();
    EXPECT_EQ(proof["verdict"], "verified with gaps") << proof.dump(1);
    EXPECT_TRUE(says(proof, "passed", "number 1 of the log risk-team/fraud"));
    done({"audit", "verify", proofs + "/entry-1.tlog-proof", "--accept-gaps"});
    fs::copy_file(entryFile("00000000"), proofs + "/entry-1.json", fs::copy_options::overwrite_existing);
    ends(kNegative, {"audit", "verify", proofs + "/entry-1.tlog-proof", "--accept-gaps"});

    auto file = entryFile("00000001");
    auto text = readFile(file);
    text[100] = text[100] == 'A' ? 'B' : 'A';
    std::ofstream(file, std::ios::trunc) << text;
    auto torn = verify(kNegative);
    EXPECT_EQ(torn["verdict"], "not verified");
    EXPECT_TRUE(says(torn, "failed", "Entry 1 is not what was written there")) << torn.dump(1);
    EXPECT_TRUE(refused({"audit", "record", m_log, report, "--key", "ann"}).err.find("does not verify") !=
                std::string::npos);
}

TEST_F(Ledger, ARollbackIsToldByTheRememberedCheckpoint)
{
    makePeople();
    startLog();
    auto head = readFile(m_log + "/checkpoint");
    done({"audit", "record", m_log, m_folder.write("a", "a"), "--key", "ann"});
    fs::remove(entryFile("00000001"));
    std::ofstream(m_log + "/checkpoint", std::ios::trunc) << head;
    EXPECT_TRUE(says(verify(kNegative), "failed", "The log was rolled back"));
    EXPECT_TRUE(says(verify(kNegative), "failed", "The log was rolled back"))
        << "what failed is not remembered";
    auto older = m_folder.write("older.checkpoint", head);
    done({"audit", "verify", m_log, "--pin", older});
    fs::remove_all(m_folder.file("state"));
    auto unknowing = verify(kNegative);
    EXPECT_EQ(unknowing["verdict"], "verified with gaps");
    EXPECT_TRUE(says(unknowing, "gap", "No earlier checkpoint is known here"));
}

TEST_F(Ledger, KeysAreAddedAndRevokedInTheLog)
{
    makePeople();
    startLog();
    done({"keys", "create", "eve", "--role", "approver"});
    auto line = m_folder.write("eve.key", done({"keys", "export", "eve"}).out);
    auto file = m_folder.write("f", "f");
    EXPECT_NE(refused({"audit", "record", m_log, file, "--key", "eve"}).err.find("not trusted"),
              std::string::npos);
    EXPECT_NE(refused({"keys", "trust", line, "--log", m_log, "--key", "ann"}).err.find("no admin"),
              std::string::npos);
    done({"keys", "trust", line, "--log", m_log, "--key", "dan", "--reason", "joined"});
    done({"audit", "record", m_log, file, "--key", "eve"});
    done({"keys", "revoke", "eve", "--log", m_log, "--key", "dan", "--reason", "left"});
    EXPECT_NE(refused({"audit", "record", m_log, file, "--key", "eve"}).err.find("not valid there"),
              std::string::npos);
    EXPECT_EQ(verify(kDone)["size"], 4) << "what eve signed before stays";
    done({"keys", "revoke", "dan"});
    EXPECT_TRUE(says(verify(kNegative), "failed", "signed with the key dan"));
}

TEST_F(Ledger, WhatIsWrongIsSaidBeforeAPassphraseIsAsked)
{
    unsetenv("SEXTANT_PASSPHRASE");
    EXPECT_NE(refused({"audit", "record", m_log, "x", "--key", "nobody"}).err.find("There is no file x"),
              std::string::npos);
    EXPECT_NE(refused({"audit", "verify", m_log}).err.find("no list of trusted keys"), std::string::npos);
    setenv("SEXTANT_PASSPHRASE", kPassphrase, 1);
    makePeople();
    startLog();
    EXPECT_NE(refused({"audit", "start", m_log, "risk-team/fraud", "--key", "dan"}).err.find("is not empty"),
              std::string::npos);
    EXPECT_NE(refused({"keys", "create", "dan"}).err.find("There is a key 'dan' already"), std::string::npos);
    EXPECT_NE(refused({"keys", "create", "../dan"}).err.find("can't name a key"), std::string::npos);
    EXPECT_NE(refused({"keys", "trust", "dan"}).err.find("trusted already"), std::string::npos);
    EXPECT_NE(refused({"keys", "export", "nobody"}).err.find("There is no key 'nobody'"), std::string::npos);
    EXPECT_NE(refused({"keys", "revoke", "nobody"}).err.find("no key 'nobody'"), std::string::npos);
    EXPECT_NE(refused({"audit", "prove", m_log, "7", m_folder.file("p")}).err.find("no entry 7"),
              std::string::npos);
    EXPECT_NE(refused({"audit", "prove", m_log, "x", m_folder.file("p")}).err.find("no number of an entry"),
              std::string::npos);
    EXPECT_NE(refused({"audit", "verify", m_folder.file("none")}).err.find("holds no log"),
              std::string::npos);
    EXPECT_NE(
        refused({"audit", "record", m_log, m_folder.write("f", "f")}).err.find("name your key with --key"),
        std::string::npos);
    setenv("SEXTANT_PASSPHRASE", "not the right one", 1);
    EXPECT_NE(refused({"audit", "record", m_log, m_folder.write("f", "f"), "--key", "ann"})
                  .err.find("does not open the key ann"),
              std::string::npos);
    setenv("SEXTANT_PASSPHRASE", "short", 1);
    EXPECT_NE(refused({"keys", "create", "zoe"}).err.find("too short"), std::string::npos);
}

TEST_F(Ledger, NoPassphraseGetsOut)
{
    makePeople();
    startLog();
    done({"keys", "list", "--format", "table"});
    auto list = done({"keys", "list", "--format", "json"}).json();
    ASSERT_EQ(list.size(), 3u);
    EXPECT_EQ(list[1]["person"], "ann.lee");
    EXPECT_EQ(list[1]["own"], "yes");
    verify(kDone);
    for (const char* format : {"table", "csv"})
        done({"audit", "verify", m_log, "--format", format});
    EXPECT_EQ(m_said.find(kPassphrase), std::string::npos);
    EXPECT_EQ(m_said.find("PRIVATE KEY"), std::string::npos);
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(m_folder.path())) {
        if (!entry.is_regular_file())
            continue;
        auto text = readFile(entry.path());
        EXPECT_EQ(text.find(kPassphrase), std::string::npos) << entry.path();
        EXPECT_EQ(text.find("BEGIN PRIVATE KEY"), std::string::npos) << entry.path();
        ++files;
    }
    EXPECT_GT(files, 8u);
}

TEST_F(Ledger, TheLogOfAModelInAStore)
{
    makePeople();
    auto store = copyOfDemoStore(m_folder);
    execute(store,
            "INSERT INTO experiments(experiment_id,name,artifact_location,lifecycle_stage,workspace) "
            "VALUES(99,'sextant-governance','./governance','active','default');"
            "INSERT INTO runs(run_uuid,name,status,start_time,lifecycle_stage,artifact_uri,experiment_id,"
            "source_type) VALUES('00000000000000000000000000000001','log','FINISHED',1,'active',"
            "'./governance/artifacts',99,'UNKNOWN');"
            "INSERT INTO tags(key,value,run_uuid) VALUES('sextant.governance.model',"
            "'breast-cancer-screening','00000000000000000000000000000001')");
    auto log = m_folder.file("governance/artifacts/log");
    auto rules =
        m_folder.write("rules.json", R"({"schema":"sextant.rules/1","targets":{"alias:canary":{}}})");
    done({"audit", "start", log, "demo/screening", "--key", "dan", "--rules", rules});
    std::vector<std::string> verify = {"audit",    "verify", "breast-cancer-screening", "--store", store,
                                       "--format", "json"};
    auto quiet = done(verify).json();
    EXPECT_TRUE(says(quiet, "passed", "The registry is as the log says")) << quiet.dump(1);
    execute(store, "INSERT INTO registered_model_aliases(name,alias,version) "
                   "VALUES('breast-cancer-screening','canary',1)");
    auto moved = ends(kNegative, verify).json();
    EXPECT_TRUE(says(moved, "failed", "'breast-cancer-screening/1' is at alias:canary")) << moved.dump(1);
}

TEST_F(Ledger, AModelOfAStoreWithoutALog)
{
    makePeople();
    auto outcome = refused({"audit", "verify", "breast-cancer-screening", "--store", demoStore()});
    EXPECT_NE(outcome.err.find("This store holds no log of the model 'breast-cancer-screening'"),
              std::string::npos)
        << outcome.err;
}

} // namespace

} // namespace sextant::cli
