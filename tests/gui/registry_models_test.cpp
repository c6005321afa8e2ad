// The models behind the Registry page: what they list, in which order, in which words, with names as stores
// really hold them.
#include "tests/gui/registry_data.h"
#include "ui/registry/compare_versions.h"
#include "ui/registry/comparison.h"
#include "ui/registry/history_model.h"
#include "ui/registry/metric_choice.h"
#include "ui/registry/models_model.h"
#include "ui/registry/registry_edit.h"
#include "ui/registry/versions_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

class RegistryModelsTest : public QObject
{
    Q_OBJECT

    using Tester = QAbstractItemModelTester;
    using Kind = RegistryEdit::Kind;

    static RunTablePtr runs()
    {
        return tellRuns({{"weak", 0, {{"test/auc", 0.80}, {"train/auc", 0.99}}},
                         {"strong", 0, {{"test/auc", 0.85}, {"train/auc", 0.90}}},
                         {"odd", 0, {{"train/auc", 0.70}}}});
    }

    /// v1 archived, v2 the champion in Production, v3 deleted, v4 without the metric.
    static RegistryDataPtr credit()
    {
        auto table = runs();
        return registryOf({entry("credit",
                                 {version("credit", 4, Stage::None, {}, toldId(2)),
                                  version("credit", 2, Stage::Production, {"champion"}, toldId(0)),
                                  version("credit", 1, Stage::Archived, {}, toldId(1))},
                                 {version("credit", 3, Stage::DeletedInternal)}),
                           entry("empty", {}), entry("fraud", {version("fraud", 1, Stage::None, {"best"})})},
                          table);
    }

    static QString cell(const VersionsModel& model, int row, int column)
    {
        return model.index(row, column).data().toString();
    }

private slots:
    void modelsByNameAndTag()
    {
        auto data = std::make_shared<RegistryData>(*credit());
        data->entries[2].model.tags["owner"] = "risk";
        ModelsModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        model.setRegistry(data);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("credit"));
        QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("credit, 3 versions, Production v2"));
        QCOMPARE(ModelsModel::versionsText(model.entry(1)), QStringLiteral("no versions"));
        QCOMPARE(ModelsModel::holderText(model.entry(2)), QStringLiteral("best v1"));
        model.setSearch(QStringLiteral("OWNER=ri fr"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowOf("fraud"), 0);
        QCOMPARE(model.rowOf("credit"), -1);
        model.setSearch(QStringLiteral("nothing like it"));
        QCOMPARE(model.rowCount(), 0);
    }

    void versionsWithDeletedOnes()
    {
        VersionsModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        model.setContent(credit(), "credit", "test/auc", 1);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(cell(model, 0, VersionsModel::Version), QStringLiteral("v4"));
        QVERIFY(model.row(1).deleted);
        QVERIFY(
            cell(model, 1, VersionsModel::StageColumn).contains(QStringLiteral("number is never reused")));
        QVERIFY(cell(model, 1, VersionsModel::EvidenceColumn).isEmpty());
        QCOMPARE(cell(model, 2, VersionsModel::Delta), QStringLiteral("champion"));
        QCOMPARE(cell(model, 3, VersionsModel::Delta), QStringLiteral("+0.05"));
        QCOMPARE(model.deltaKind(3), VersionsModel::DeltaKind::Better);
        QCOMPARE(model.deltaKind(0), VersionsModel::DeltaKind::None);
        QCOMPARE(cell(model, 0, VersionsModel::MetricValue), QStringLiteral("—"));
        QVERIFY(
            model.index(3, VersionsModel::Delta).data(Qt::AccessibleTextRole).toString().contains("better"));
        model.setContent(credit(), "credit", "test/auc", -1);
        QCOMPARE(model.deltaKind(3), VersionsModel::DeltaKind::Worse);
        model.setContent(credit(), "credit", "test/auc", 0);
        QCOMPARE(model.deltaKind(3), VersionsModel::DeltaKind::Neutral);
        model.setContent(credit(), "gone", {}, 0);
        QCOMPARE(model.rowCount(), 0);
    }

    void versionsSorted()
    {
        VersionsModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        model.setContent(credit(), "credit", "test/auc", 1);
        QPersistentModelIndex kept = model.index(model.rowOf(2), 0);
        model.sort(VersionsModel::MetricValue, Qt::DescendingOrder);
        QCOMPARE(cell(model, 0, VersionsModel::Version), QStringLiteral("v1"));
        QCOMPARE(cell(model, 1, VersionsModel::Version), QStringLiteral("v2"));
        QCOMPARE(kept.row(), 1);
        model.sort(VersionsModel::MetricValue, Qt::AscendingOrder);
        QCOMPARE(cell(model, 0, VersionsModel::Version), QStringLiteral("v2"));
        QVERIFY(isMissing(model.row(3).metric)); // nothing comes last either way
        model.sort(VersionsModel::Version, Qt::AscendingOrder);
        QCOMPARE(cell(model, 0, VersionsModel::Version), QStringLiteral("v1"));
        for (int column = 0; column < VersionsModel::ColumnCount; ++column)
            model.sort(column, Qt::DescendingOrder);
    }

    void evidenceIsNeverMoreThanWasChecked()
    {
        VersionsModel model;
        model.setContent(credit(), "credit", {}, 0);
        QCOMPARE(model.evidence(0).evidence, Evidence::Claimed);
        VersionChecks checks;
        checks[{"credit", 4}] = {Digest{1}, false};
        checks[{"credit", 2}] = {std::nullopt, true};
        model.setChecks(checks);
        QCOMPARE(model.evidence(0).evidence, Evidence::Claimed); // read, but nothing vouches for it
        QCOMPARE(model.evidence(2).evidence, Evidence::Missing);

        auto data = std::make_shared<RegistryData>(*credit());
        auto log = std::make_shared<ModelLogState>();
        log->verification.verdict = ledger::Standing::Passed;
        LoggedAct act;
        act.act.kind = ledger::ActKind::Transition;
        act.act.subject = {"credit/4", Digest{1}};
        act.person = "ann";
        log->acts = {act};
        data->entries[0].log = log;
        const auto& credit4 = data->entries[0].versions[0];
        QCOMPARE(evidenceOf(data->entries[0], credit4, {}).evidence, Evidence::Recorded);
        QCOMPARE(evidenceOf(data->entries[0], credit4, checks).evidence, Evidence::Verified);
        checks[{"credit", 4}].digest = Digest{2};
        QVERIFY(evidenceOf(data->entries[0], credit4, checks).differs);
        log->verification.verdict = ledger::Standing::Failed;
        checks[{"credit", 4}].digest = Digest{1};
        QCOMPARE(evidenceOf(data->entries[0], credit4, checks).evidence, Evidence::Recorded);
    }

    void metricsThatCountComeFirst()
    {
        auto data = credit();
        auto choices = metricsOfVersions(*data, data->entries[0]);
        QCOMPARE(choices.size(), std::size_t(2));
        QCOMPARE(choices[0].key, std::string("test/auc"));
        QCOMPARE(choices[0].versions, std::size_t(2));
        QCOMPARE(firstMetric(choices), std::string("train/auc")); // all three have it
        QVERIFY(metricsOfVersions(*data, data->entries[1]).empty());
        QVERIFY(firstMetric({}).empty());
    }

    void historyIsNewestFirstAndKeepsTheLogsOrder()
    {
        auto data = std::make_shared<RegistryData>(*credit());
        auto log = std::make_shared<ModelLogState>();
        log->verification.verdict = ledger::Standing::Passed;
        for (std::uint64_t i = 0; i < 3; ++i) {
            LoggedAct act;
            act.act.kind = i == 2 ? ledger::ActKind::Transition : ledger::ActKind::Comment;
            act.act.index = i;
            act.act.time = kFirstDay + 20 * kDay - static_cast<EpochMs>(i); // its clock went back
            act.act.to = "credit/2";
            act.act.target = "alias:champion";
            act.person = i == 1 ? "" : "ann";
            log->acts.push_back(act);
        }
        data->entries[0].log = log;
        auto events = historyOf(data->entries[0]);
        QCOMPARE(events.size(), std::size_t(3 + 4 + 1)); // entries, registrations, one deletion
        QCOMPARE(*events[0].entry, std::uint64_t(2));
        QCOMPARE(events[0].title, QStringLiteral("Applied"));
        QCOMPARE(events[0].evidence, Evidence::Verified);
        QCOMPARE(*events[1].entry, std::uint64_t(1));
        QCOMPARE(events[1].evidence, Evidence::Claimed); // nobody we trust signed it
        HistoryModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        model.setEvents(events);
        QCOMPARE(model.count(HistoryEvent::Source::Log), std::size_t(3));
        model.setShown(HistoryModel::Show::Log, 0);
        QCOMPARE(model.rowCount(), 3);
        model.setShown(HistoryModel::Show::Version, 3);
        QCOMPARE(model.rowCount(), 2); // registered and deleted
        model.setShown(HistoryModel::Show::Observed, 0);
        QCOMPARE(model.rowCount(), 0);
    }

    void previewSaysWhatMoves()
    {
        auto data = credit();
        auto say = [&](RegistryEdit edit) {
            return previewOf(edit, *data, QStringLiteral("mlflow.db")).join(QLatin1String("; "));
        };
        RegistryEdit edit;
        edit.model = "credit";
        edit.version = 4;
        edit.kind = Kind::SetAlias;
        edit.key = "champion";
        QCOMPARE(say(edit), QStringLiteral("Alias champion moves from v2 to v4, in mlflow.db"));
        edit.key = "new";
        QCOMPARE(say(edit), QStringLiteral("Alias new is set on v4, in mlflow.db"));
        edit.version = 2;
        edit.key = "champion";
        QVERIFY(say(edit).isEmpty());
        edit.version = 4;
        edit.kind = Kind::ChangeStage;
        edit.stage = Stage::Production;
        QCOMPARE(say(edit),
                 QStringLiteral("v4 moves from None to Production; v2 becomes Archived, in mlflow.db"));
        edit.archive = false;
        QVERIFY(say(edit).contains(QStringLiteral("v2 stays in Production beside it")));
        edit.stage = Stage::None;
        QVERIFY(say(edit).isEmpty());
        edit.kind = Kind::DeleteVersion;
        edit.version = 2;
        QVERIFY(say(edit).contains(QStringLiteral("never used again; Alias champion goes with it")));
        edit.kind = Kind::CopyVersion;
        edit.key = "brand-new";
        QVERIFY(say(edit).startsWith(
            QStringLiteral("Model brand-new is created; brand-new v1 is made from credit v2")));
        edit.key = "credit";
        QVERIFY(say(edit).startsWith(QStringLiteral("credit v5"))); // not the number of one that was deleted
        QVERIFY(governedTargets(edit, *data).isEmpty());
        edit.kind = Kind::SetAlias;
        edit.key = "latest";
        QVERIFY(!obstacleTo(edit, *data).isEmpty());
    }

    void previewOfTagsAndTexts()
    {
        auto data = std::make_shared<RegistryData>(*credit());
        data->entries[0].versions[0].tags["phase"] = "old";
        auto say = [&](const RegistryEdit& edit) {
            return previewOf(edit, *data, QStringLiteral("store")).join(QLatin1String("; "));
        };
        RegistryEdit edit{Kind::SetTag, "credit", 4, "phase", "new"};
        QVERIFY(say(edit).contains(QStringLiteral("changes from “old” to “new”")));
        edit.value = "old";
        QVERIFY(say(edit).isEmpty());
        edit.version = 0;
        QVERIFY(say(edit).contains(QStringLiteral("Tag phase of credit is set to “old”")));
        edit.kind = Kind::Describe;
        edit.value.clear();
        QVERIFY(say(edit).isEmpty());
        edit.value = "words";
        QVERIFY(say(edit).contains(QStringLiteral("description of credit is replaced")));
    }

    void comparisonRowByRow()
    {
        std::vector<ComparedVersion> versions(2);
        for (std::size_t i = 0; i < 2; ++i) {
            auto& one = versions[i];
            one.version = version("credit", static_cast<std::int64_t>(i) + 1);
            one.run.emplace();
            one.run->params = {{"depth", i == 0 ? "7" : "8"}, {"seed", "1"}};
            one.run->metrics = {{"auc", 0.8 + 0.01 * static_cast<double>(i), 0, 0}};
            one.details.signature = {{SignaturePart::Kind::Input, "age", "double", true}};
            one.filesRead = true;
            one.details.digest.emplace();
            one.details.digest->files = {{"MLmodel", Digest{static_cast<std::uint8_t>(i)}, 10}};
        }
        versions[1].details.signature.push_back({SignaturePart::Kind::Output, "", "long", true});
        ComparisonModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        model.setRows(compareVersions(versions), {"v1", "v2"});
        auto find = [&](const QString& name) -> const ComparisonRow* {
            for (int row = 0; row < model.rowCount(); ++row)
                if (model.row(row).name == name)
                    return &model.row(row);
            return nullptr;
        };
        QVERIFY(find("depth") && find("depth")->differs);
        QVERIFY(find("seed") && !find("seed")->differs);
        QVERIFY(find("auc") && find("auc")->cells[1].differs);
        QVERIFY(find("MLmodel") && find("MLmodel")->differs);
        QVERIFY(find("output by place") && find("output by place")->cells[0].missing);
        QVERIFY(find("Parameters")->isSection &&
                find("Parameters")->detail == QStringLiteral("1 of 2 differ"));
        model.setOnlyDifferences(true);
        QVERIFY(find("depth") && !find("seed"));
        QVERIFY(compareVersions({}).empty());
    }

    void strangeNamesStayTexts()
    {
        std::string name = "<b>bold</b> & \"quoted\"";
        std::string alias(255, 'a');
        auto data = registryOf({entry(name, {version(name, 1, Stage::Production, {alias, "x\ny"})}),
                                entry(std::string(256, 'n'), {})});
        ModelsModel models;
        models.setRegistry(data);
        QCOMPARE(models.index(0).data().toString(), QString::fromStdString(name));
        QVERIFY(!models.index(0).data(Qt::ToolTipRole).toString().contains(QLatin1String("<b>bold</b>")));
        VersionsModel versions;
        Tester tester(&versions, Tester::FailureReportingMode::QtTest);
        versions.setContent(data, name, {}, 0);
        QVERIFY(!versions.index(0, VersionsModel::Aliases).data().toString().contains(QLatin1Char('\n')));
    }
};

QTEST_MAIN(RegistryModelsTest)
#include "registry_models_test.moc"
