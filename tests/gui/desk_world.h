// A store with promotions for tests: the model breast-cancer-screening of the demo store, or one of the same
// name in folders, and what people asked for and decided.
#pragma once

#include "core/registry/promotions.h"
#include "core/store/open.h"
#include "tests/gui/people.h"
#include "tests/gui/real_window.h"

namespace sextant::test {

inline constexpr const char* kDeskModel = "breast-cancer-screening";
inline const registry::Target kProduction = registry::Target::of(Stage::Production);
inline const registry::Target kChampionAlias = registry::Target::of(std::string("champion"));

/// Everything at the target `*` by one approver, Production with a gate on a metric of the demo.
inline constexpr const char* kDeskRules =
    R"({"schema":"sextant.rules/1","targets":{"stage:Production":{"approvals":2,"gates":["accurate"]},"*":{}}})";
inline constexpr const char* kAccurate =
    R"({"schema":"sextant.gate/1","name":"accurate","clauses":[
        {"id":"accuracy-floor","op":"metric","metric":"METRIC","at_least":FLOOR}]})";

class DeskWorld : public People
{
public:
    enum class Kind { Database, Folders };

    explicit DeskWorld(const QString& folder, Kind kind = Kind::Database) : People(folder)
    {
        if (kind == Kind::Database)
            m_uri = copyDemo(folder, true).toStdString();
        else
            makeFolders(folder);
        auto store = open();
        (void)store.tracking->unlock();
        (void)store.registry->unlock();
    }

    Store open() const { return openStore(m_uri).value(); }
    QString path() const { return QString::fromStdString(m_uri); }

    registry::PromotionAccess access(const Store& store) const
    {
        return {*store.tracking, *store.registry, trusted(), {}, {}, {}};
    }
    template <class Work>
    auto with(Work work) const
    {
        auto store = open();
        auto promotions = registry::Promotions::open(access(store), kDeskModel, {});
        if (!promotions)
            qFatal("%s", promotions.error().message.c_str());
        auto done = work(*promotions);
        if (!done)
            qFatal("%s", done.error().message.c_str());
        return *done;
    }

    void rules(const std::string& json = {}, const std::string& gate = {}) const
    {
        registry::NewRules rules{json, {}, "demo/screening", "the rules of the screening team"};
        if (!gate.empty())
            rules.gates["accurate"] = gate;
        auto store = open();
        auto done = registry::Promotions::setRules(access(store), kDeskModel, rules, key("dan"), {});
        if (!done)
            qFatal("%s", done.error().message.c_str());
    }
    static std::string gate(const std::string& metric, const std::string& floor)
    {
        auto text = QString::fromLatin1(kAccurate);
        text.replace(QLatin1String("METRIC"), QString::fromStdString(metric));
        text.replace(QLatin1String("FLOOR"), QString::fromStdString(floor));
        return text.toStdString();
    }
    std::uint64_t request(std::int64_t version, const registry::Target& target,
                          std::vector<registry::Evidence> evidence = {}) const
    {
        return with([&](registry::Promotions& promotions) {
                   return promotions.request({.version = version,
                                              .target = target,
                                              .reason = "Better on the data of September; closes MV-31.",
                                              .evidence = std::move(evidence)},
                                             key("ann"), {});
               })
            .number;
    }
    void approve(std::uint64_t number, const std::string& who = "bob") const
    {
        with([&](registry::Promotions& promotions) {
            return promotions.decide(number, true, "I checked the validation report", key(who), {});
        });
    }
    registry::Promotion promotion(std::uint64_t number) const
    {
        return with([&](registry::Promotions& promotions) { return promotions.find(number); });
    }
    std::string logFolder() const
    {
        auto store = open();
        return registry::ModelLog(*store.tracking, *store.registry, kDeskModel).folder().value();
    }
    /// "2" or "1,3".
    std::string at(const registry::Target& target) const
    {
        auto store = open();
        auto versions = store.registry->modelVersions(kDeskModel).value();
        std::string text;
        for (auto version : registry::versionsAt(versions, target))
            text += (text.empty() ? "" : ",") + std::to_string(version);
        return text;
    }

private:
    void makeFolders(const QString& folder)
    {
        m_uri = (folder + "/mlruns").toStdString();
        QDir().mkpath(folder + "/mlruns/0");
        QFile meta(folder + "/mlruns/0/meta.yaml");
        if (meta.open(QIODevice::WriteOnly))
            meta.write(QByteArray::fromStdString(
                "artifact_location: " + m_uri +
                "/0\ncreation_time: 1700000000000\nexperiment_id: '0'\nlast_update_time: 1700000000000\n"
                "lifecycle_stage: active\nname: Default\n"));
        meta.close();
        auto store = open();
        (void)store.tracking->unlock();
        (void)store.registry->unlock();
        (void)store.registry->createModel(kDeskModel, "", {});
        for (int number = 1; number <= 3; ++number) {
            auto files = folder + "/files/" + QString::number(number);
            QDir().mkpath(files);
            QFile weights(files + "/model.bin");
            if (weights.open(QIODevice::WriteOnly))
                weights.write("weights " + QByteArray::number(number));
            auto run = store.tracking->createRun(
                {.experimentId = "0", .name = "training", .tags = {{"mlflow.user", "zoe"}}});
            (void)store.registry->createVersion(
                {.model = kDeskModel, .source = files.toStdString(), .runId = run.value_or(std::string())});
        }
    }

    std::string m_uri;
};

} // namespace sextant::test
