// Promotions from the command line: one story on the demo store, its words, its JSON, its refusals.
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace sextant::cli {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

class PromotionCommands : public testing::Test
{
protected:
    PromotionCommands()
    {
        setenv("SEXTANT_KEYS", m_folder.file("home/keys").c_str(), 1);
        setenv("XDG_STATE_HOME", m_folder.file("state").c_str(), 1);
        setenv("SEXTANT_PASSPHRASE", "correct horse battery staple", 1);
        fs::copy(fs::path(demoStore()).parent_path() / "artifacts", m_folder.file("artifacts"),
                 fs::copy_options::recursive);
        for (const char* role : {"admin", "requester", "approver"}) {
            done({"keys", "create", role, "--role", role});
            done({"keys", "trust", role});
        }
    }
    ~PromotionCommands() override
    {
        for (const char* name : {"SEXTANT_KEYS", "XDG_STATE_HOME", "SEXTANT_PASSPHRASE"})
            unsetenv(name);
    }

    Outcome ends(int code, std::vector<std::string> arguments)
    {
        if (arguments.front() == "promotions")
            arguments.insert(arguments.end(), {"--store", m_store});
        auto outcome = sextant(arguments);
        std::string line;
        for (const auto& word : arguments)
            line += word + " ";
        EXPECT_EQ(outcome.code, code) << line << "\n" << outcome.out << outcome.err;
        return outcome;
    }
    Outcome done(std::vector<std::string> arguments) { return ends(kDone, std::move(arguments)); }
    void refused(std::vector<std::string> arguments, const std::string& words)
    {
        auto err = ends(kFailed, std::move(arguments)).err;
        EXPECT_NE(err.find(words), std::string::npos) << "wanted: " << words << "\ngot: " << err;
        EXPECT_TRUE(err.starts_with("sextant: ")) << err;
    }
    Json json(std::vector<std::string> arguments)
    {
        arguments.insert(arguments.end(), {"--format", "json"});
        return done(std::move(arguments)).json();
    }
    void begin() { done({"promotions", "rules", "digits-recognizer", "--key", "admin"}); }
    std::string ask()
    {
        return json({"promotions", "request", "digits-recognizer", "3", "--alias", "champion", "--reason",
                     "better", "--key", "requester", "--expires", "14d"})["id"];
    }

    TemporaryFolder m_folder;
    std::string m_store = copyOfDemoStore(m_folder);
};

TEST_F(PromotionCommands, FromTheRequestToTheChange)
{
    begin();
    EXPECT_EQ(json({"promotions", "rules", "digits-recognizer"})["schema"], "sextant.rules/1");
    auto preview = json({"promotions", "request", "digits-recognizer", "3", "--alias", "champion", "--key",
                         "requester", "--dry-run"});
    EXPECT_EQ(preview["changes"][0], "The alias champion of digits-recognizer moves from v2 to v3");
    EXPECT_TRUE(json({"promotions", "list"}).empty()) << "a preview writes nothing";
    auto id = ask();
    EXPECT_EQ(id, "digits-recognizer#3"); // after the rules and two aliases that were there
    auto why = json({"promotions", "approve", id, "--key", "requester", "--dry-run"});
    EXPECT_EQ(why["obstacles"][0], "requester has no role that may approve");
    done({"promotions", "comment", id, "--key", "requester", "--reason", "see the plot"});
    auto agreed = json({"promotions", "approve", id, "--key", "approver", "--reason", "I looked"});
    EXPECT_EQ(agreed["state"], "ready");
    EXPECT_EQ(agreed["approvals"], Json::array({"approver"}));
    EXPECT_TRUE(json({"promotions", "apply", id, "--key", "approver", "--dry-run"})["obstacles"].empty());
    auto applied = json({"promotions", "apply", id, "--key", "approver"});
    EXPECT_EQ(applied["state"], "applied");
    EXPECT_EQ(applied["history"].back()["kind"], "transition");
    for (const auto& version : json({"models", "versions", "digits-recognizer", "--store", m_store}))
        EXPECT_EQ(version["aliases"].dump().find("champion") != std::string::npos, version["version"] == 3);
    auto words = done({"promotions", "show", id, "--format", "table"}).out;
    for (const char* part : {"digits-recognizer#3  request, applied", "approvals   1 of 1",
                             "requester comment: see the plot", "approver approved: I looked"})
        EXPECT_NE(words.find(part), std::string::npos) << words;
    auto list = json({"promotions", "list"});
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0]["from_versions"], Json::array({2}));
    EXPECT_TRUE(json({"promotions", "list", "--pending"}).empty());
    EXPECT_EQ(parseCsv(done({"promotions", "list", "--format", "csv"}).out).size(), 2u);
}

TEST_F(PromotionCommands, TheOtherEnds)
{
    begin();
    auto id = ask();
    EXPECT_EQ(json({"promotions", "reject", id, "--key", "approver", "--reason", "too few rows"})["state"],
              "rejected");
    refused({"promotions", "apply", id, "--key", "approver"}, "it is rejected already");
    auto second = ask();
    EXPECT_EQ(json({"promotions", "withdraw", second, "--key", "requester", "--reason", "mistake"})["state"],
              "withdrawn");
    auto emergency = json({"promotions", "emergency", "digits-recognizer", "1", "--alias", "champion",
                           "--key", "admin", "--reason", "fire"});
    EXPECT_EQ(emergency["kind"], "emergency");
    EXPECT_EQ(emergency["from_versions"], Json::array({2}));
    auto back = json({"promotions", "rollback", "digits-recognizer", "--alias", "champion", "--key",
                      "requester", "--reason", "the fire is out"});
    EXPECT_EQ(back["kind"], "rollback");
    EXPECT_EQ(back["to_version"], 2);
    EXPECT_TRUE(json({"promotions", "resume", "digits-recognizer"}).empty());
    EXPECT_EQ(done({"promotions", "resume", "digits-recognizer", "--format", "table"}).out,
              "Nothing of digits-recognizer was left half done\n");
    EXPECT_TRUE(
        json({"promotions", "reconcile", "digits-recognizer", "--key", "admin", "--reason", "x"}).empty());
}

TEST_F(PromotionCommands, GatesAreCheckedAndRecorded)
{
    auto gate = m_folder.write("gate.json", R"({"schema":"sextant.gate/1","name":"note","clauses":[
        {"id":"noted","op":"tag","tag":"note","equals":"yes"}]})");
    auto rules =
        m_folder.write("rules.json", R"({"schema":"sextant.rules/1","targets":{"*":{"gates":["note"]}}})");
    done({"promotions", "rules", "digits-recognizer", rules, "--gate", gate, "--key", "admin"});
    auto id = ask();
    auto checked =
        ends(kNegative, {"promotions", "check", id, "--key", "requester", "--format", "json"}).json();
    EXPECT_EQ(checked["gates"][0]["verdict"], "failed");
    EXPECT_EQ(checked["history"].back()["details"]["failedTests"], Json::array({"noted"}));
    refused(
        {"promotions", "waive", id, "--gate", "note", "--until", "1d", "--reason", "x", "--key", "approver"},
        "approver is no admin");
    auto waived = json({"promotions", "waive", id, "--gate", "note", "--until", "1d", "--reason", "known",
                        "--key", "admin"});
    EXPECT_EQ(waived["gates"][0]["verdict"], "waived");
}

TEST_F(PromotionCommands, EachMistakeIsASentence)
{
    std::vector<std::string> request = {"promotions", "request",   "digits-recognizer", "3",
                                        "--key",      "requester", "--reason",          "x"};
    auto with = [&](std::vector<std::string> more) {
        auto all = request;
        all.insert(all.end(), more.begin(), more.end());
        return all;
    };
    refused(with({"--alias", "champion"}), "holds no log of the model");
    begin();
    refused(request, "Name one target");
    refused(with({"--to", "Production", "--alias", "x"}), "Name one target");
    refused(with({"--to", "Prod"}), "is no stage and no alias");
    refused(with({"--to", "Staging", "--expires", "soon"}), "is no moment for --expires");
    refused(with({"--to", "Staging", "--evidence", "nothing.json"}), "no file nothing.json");
    refused({"promotions", "request", "digits-recognizer", "9", "--to", "Staging", "--key", "requester",
             "--reason", "x"},
            "has no version 9");
    refused({"promotions", "request", "digits-recognizer", "3", "--to", "Staging", "--reason", "x"},
            "name your key with --key");
    refused({"promotions", "show", "digits-recognizer"}, "names no promotion");
    refused({"promotions", "show", "digits-recognizer#77"}, "no promotion digits-recognizer#77");
    refused({"promotions", "rules", "digits-recognizer", "rules.json"}, "name an admin's key");
}

} // namespace

} // namespace sextant::cli
