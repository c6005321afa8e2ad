// A store with a log for tests: a copy of the demo store, in it the log of the model breast-cancer-screening
// as people wrote it.
#pragma once

#include "core/ledger/folder_digest.h"
#include "core/ledger/folder_storage.h"
#include "core/ledger/log.h"
#include "core/registry/model_log.h"
#include "tests/gui/people.h"

#include <sqlite3.h>

namespace sextant::test {

inline constexpr const char* kLoggedModel = "breast-cancer-screening";
inline constexpr const char* kLoggedVersion = "breast-cancer-screening/2"; // champion, in Production

class AuditWorld : public People
{
public:
    /// `folder`: lasts as long as the world; the demo store is already in it.
    explicit AuditWorld(const QString& folder) : People(folder), m_folder(folder.toStdString())
    {
        sql("INSERT INTO experiments(experiment_id,name,artifact_location,lifecycle_stage,workspace) "
            "VALUES(99,'sextant-governance','./artifacts/sextant-governance','active','default')");
        sql("INSERT INTO runs(run_uuid,name,status,start_time,lifecycle_stage,artifact_uri,experiment_id,"
            "source_type) VALUES('" +
            run() + "','log','FINISHED',1000,'active','./artifacts/sextant-governance/" + run() +
            "/artifacts',99,'UNKNOWN');INSERT INTO tags(key,value,run_uuid) VALUES('" + registry::kModelTag +
            "','" + kLoggedModel + "','" + run() + "')");
    }

    static std::string run() { return "00000000000000000000000000000001"; }
    std::string store() const { return m_folder + "/mlflow.db"; }
    std::string log() const { return m_folder + "/artifacts/sextant-governance/" + run() + "/artifacts/log"; }
    static std::string modelFiles()
    {
        return "/artifacts/breast-cancer-screening/models/m-67bda3dc6b61453d951c59aa9fdeb6fc/artifacts";
    }

    void sql(const std::string& text) const
    {
        sqlite3* database = nullptr;
        sqlite3_open(store().c_str(), &database);
        sqlite3_exec(database, text.c_str(), nullptr, nullptr, nullptr);
        sqlite3_close(database);
    }

    /// The rules, then version 2 to champion, asked by ann and approved by bob.
    void start(const std::string& rules = R"({"schema":"sextant.rules/1","targets":{"alias:champion":{}}})")
    {
        auto begun = ledger::Log::start(access(), rules, "the rules of the screening team", key("dan"));
        m_log.emplace(std::move(begun.value()));
    }
    std::uint64_t append(const std::string& who, ledger::Act act)
    {
        auto index = m_log->append(std::move(act), key(who));
        if (!index)
            qFatal("%s", index.error().message.c_str());
        return *index;
    }
    ledger::Subject subject() const
    {
        return {kLoggedVersion, ledger::digestFolder(m_folder + modelFiles(), {}).value().root};
    }
    void promote()
    {
        using ledger::ActKind;
        auto what = subject();
        auto asked = append("ann", {.kind = ActKind::Request,
                                    .subject = what,
                                    .reason = "better on the data of September",
                                    .target = "alias:champion",
                                    .to = what.name});
        append("bob", {.kind = ActKind::Decision,
                       .subject = what,
                       .reason = "I checked the validation report",
                       .request = asked,
                       .passed = true});
        append("bob", {.kind = ActKind::Transition,
                       .subject = what,
                       .request = asked,
                       .target = "alias:champion",
                       .to = what.name});
    }
    /// Comments, until the log has so many entries.
    void fill(std::uint64_t entries)
    {
        for (auto i = m_log->state().size(); i < entries; ++i)
            append(i % 2 ? "bob" : "ann", {.kind = ledger::ActKind::Comment,
                                           .subject = {kLoggedVersion, {}},
                                           .reason = "looked again at batch " + std::to_string(i)});
    }
    void witness() { (void)m_log->witness(key("wim"), 1'763'575'200'000); }
    void pin() const { (void)ledger::keepPin(m_log->checkpoint().origin, m_log->note()); }
    ledger::Log& written() { return *m_log; }

    ledger::LogAccess access() const
    {
        return {std::make_shared<ledger::FolderStorage>(log()), trusted(), "demo/screening", {}};
    }

private:
    std::string m_folder;
    std::optional<ledger::Log> m_log;
};

} // namespace sextant::test
