// The Registry page in the real window on a copy of the demo store: by action id and by key, from run to
// version and back, and what it writes.
#include "tests/gui/audit_world.h"
#include "tests/gui/real_window.h"
#include "ui/registry/compare_versions.h"
#include "ui/registry/model_pane.h"
#include "ui/registry/models_list.h"
#include "ui/registry/registry_edit_popup.h"
#include "ui/registry/registry_page.h"
#include "ui/registry/version_inspector.h"
#include "ui/runs/run_versions.h"
#include "ui/shell/palette.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/label.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace sextant;
using namespace sextant::test;

namespace {

const std::string kScreening = "breast-cancer-screening";

struct Fixture : RealWindow
{
    bool start(bool artifacts = false)
    {
        if (!open(copyDemo(folder.path() + QStringLiteral("/demo"), artifacts)))
            return false;
        run("page.registry");
        return rest();
    }
    void run(const char* id) { action(QLatin1String(id))->trigger(); }
    RegistryPage& page() { return *part<RegistryPage>(); }
    ModelPane& pane() { return page().pane(); }
    const RegistryEntry& model(const std::string& name) { return *window.registry().data()->find(name); }
    bool show(const std::string& name, std::int64_t version)
    {
        window.navigate(QStringLiteral("registry"),
                        QString::fromStdString(name + "/" + std::to_string(version)));
        return rest();
    }
    bool unlock()
    {
        window.session().unlock();
        return QTest::qWaitFor([this] { return window.session().unlocked(); }, kPatienceMs);
    }
    RegistryEditPopup* popup()
    {
        for (auto* widget : openPopups())
            if (auto* found = qobject_cast<RegistryEditPopup*>(widget))
                return found;
        return nullptr;
    }
    QString preview()
    {
        for (auto* label : popup()->findChildren<TextLabel*>())
            if (label->accessibleName() == QStringLiteral("What will change"))
                return label->text();
        return {};
    }
    QPushButton* button(const QString& text)
    {
        for (auto* found : popup()->findChildren<QPushButton*>())
            if (found->text() == text && found->isVisible())
                return found;
        return nullptr;
    }
    /// Presses the button and waits until it was written and read again.
    bool apply(const QString& text)
    {
        auto* found = button(text);
        if (!found || !found->isEnabled())
            return false;
        QSignalSpy changed(&window.registry(), &RegistryFeed::changed);
        found->click();
        return QTest::qWaitFor([&] { return !changed.isEmpty() && window.settled(); }, kPatienceMs);
    }
};

} // namespace

class RegistryPageTest : public QObject
{
    Q_OBJECT

private slots:
    void showsTheDemo()
    {
        Fixture fixture;
        QVERIFY(fixture.start());
        QCOMPARE(fixture.window.currentPage()->id(), QStringLiteral("registry"));
        QCOMPARE(fixture.page().models().model().rowCount(), 3);
        QCOMPARE(fixture.page().models().current(), kScreening);
        QCOMPARE(fixture.pane().model().rowCount(), 3);
        QCOMPARE(fixture.page().status().front(), QStringLiteral("3 models, 8 versions"));
        QVERIFY(fixture.show("diabetes-progression", 2)); // deleted, for auditors
        QVERIFY(fixture.pane().isDeleted(2));
        QVERIFY(!fixture.action(QStringLiteral("registry.request"))->isEnabled());
        QVERIFY(ActionRegistry::reason(fixture.action(QStringLiteral("registry.alias"))).contains("deleted"));
        for (auto* model : {static_cast<QAbstractItemModel*>(&fixture.pane().model()),
                            static_cast<QAbstractItemModel*>(&fixture.pane().history().model()),
                            static_cast<QAbstractItemModel*>(&fixture.page().models().model())})
            QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void reachedByKeysAndPalette()
    {
        Fixture fixture;
        QVERIFY(fixture.start());
        fixture.run("page.runs");
        QTest::keyClick(&fixture.window, Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(fixture.window.currentPage()->id(), QStringLiteral("registry"));
        auto entries = fixture.page().paletteEntries(QStringLiteral("DIGITS"), 10);
        QCOMPARE(entries.size(), std::size_t(1));
        QCOMPARE(entries[0].kind, QStringLiteral("#"));
        entries[0].activate();
        QVERIFY(fixture.rest());
        QCOMPARE(fixture.page().models().current(), std::string("digits-recognizer"));
        QVERIFY(fixture.page().paletteEntries(QStringLiteral("zzz"), 10).empty());
    }

    void fromVersionToRunAndBack()
    {
        Fixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.show(kScreening, 2));
        auto run = fixture.pane().currentVersion()->runId;
        fixture.run("registry.openRun");
        QVERIFY(fixture.rest());
        QCOMPARE(fixture.window.currentPage()->id(), QStringLiteral("run"));
        QCOMPARE(fixture.RealWindow::run().runId(), run);
        auto* versions = fixture.part<RunVersions>();
        QTRY_VERIFY(versions->isVisible());
        auto links = versions->findChildren<QPushButton*>();
        QCOMPARE(links.size(), 1);
        QCOMPARE(links[0]->text(), QStringLiteral("breast-cancer-screening v2"));
        links[0]->click();
        QVERIFY(fixture.rest());
        QCOMPARE(fixture.window.currentPage()->id(), QStringLiteral("registry"));
        QCOMPARE(fixture.pane().currentVersion()->version, std::int64_t(2));
    }

    void readsTheFilesOfTheVersion()
    {
        Fixture fixture;
        QVERIFY(fixture.start(true));
        QVERIFY(fixture.show(kScreening, 3));
        const auto& details = fixture.page().versionInspector().details();
        QVERIFY(details && details->digest && details->modelFile);
        QCOMPARE(details->files, std::uint64_t(5));
        QCOMPARE(details->modelFile->flavors.front().name, std::string("sklearn"));
        QCOMPARE(details->count(SignaturePart::Kind::Input), std::size_t(1));
        QCOMPARE(details->count(SignaturePart::Kind::Output), std::size_t(1));
        QCOMPARE(fixture.pane().model().evidence(0).evidence, Evidence::Claimed); // there is no log
    }

    void saysThatFilesAreMissing()
    {
        Fixture fixture;
        QVERIFY(fixture.start(false));
        QVERIFY(fixture.show(kScreening, 3));
        QCOMPARE(fixture.pane().model().evidence(0).evidence, Evidence::Missing);
    }

    void metricAndDirection()
    {
        Fixture fixture;
        QVERIFY(fixture.start());
        fixture.run("registry.metric");
        auto* menu = openMenu();
        QVERIFY(menu);
        auto* chosen = menu->actions().front();
        auto name = chosen->text();
        chosen->trigger();
        menu->close();
        QCOMPARE(fixture.pane()
                     .model()
                     .headerData(VersionsModel::MetricValue, Qt::Horizontal, Qt::DisplayRole)
                     .toString(),
                 name);
        QCOMPARE(fixture.pane().model().deltaKind(0), VersionsModel::DeltaKind::Neutral);
        fixture.run("registry.higher");
        QVERIFY(fixture.pane().model().deltaKind(0) != VersionsModel::DeltaKind::Neutral);
        fixture.run("edit.undo");
        QCOMPARE(fixture.pane().model().deltaKind(0), VersionsModel::DeltaKind::Neutral);
    }

    void comparesVersions()
    {
        Fixture fixture;
        QVERIFY(fixture.start(true));
        QVERIFY(fixture.show(kScreening, 3));
        fixture.run("registry.compare");
        QVERIFY(fixture.rest());
        auto& comparison = fixture.page().comparison();
        QVERIFY(comparison.isVisible());
        QAbstractItemModelTester tester(&comparison.model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(comparison.model().columnCount(), 3); // the champion comes first
        QVERIFY(
            comparison.model().headerData(1, Qt::Horizontal, Qt::DisplayRole).toString().startsWith("v2"));
        auto all = comparison.model().rowCount();
        QVERIFY(comparison.model().differing() > 0);
        fixture.run("registry.onlyDifferences");
        QVERIFY(comparison.model().rowCount() < all);
        QTest::keyClick(&comparison.view(), Qt::Key_Escape);
        QVERIFY(!comparison.isVisible());
        QVERIFY(fixture.pane().isVisible());
    }

    void locked()
    {
        Fixture fixture;
        QVERIFY(fixture.start());
        for (const char* id :
             {"registry.alias", "registry.stage", "registry.describe", "registry.tag", "registry.copy",
              "registry.delete", "registry.describeModel", "registry.tagModel", "runs.register"})
            QVERIFY2(!fixture.action(QLatin1String(id))->isEnabled(), id);
        QVERIFY(ActionRegistry::reason(fixture.action(QStringLiteral("registry.alias"))).contains("unlock"));
        QVERIFY(fixture.unlock());
        QVERIFY(fixture.action(QStringLiteral("registry.alias"))->isEnabled());
    }

    void aliasMoves()
    {
        Fixture fixture;
        QVERIFY(fixture.start() && fixture.unlock());
        QVERIFY(fixture.show(kScreening, 3));
        fixture.run("registry.alias");
        QVERIFY(fixture.popup());
        auto* box = fixture.popup()->findChild<QComboBox*>();
        QCOMPARE(box->currentText(), QStringLiteral("challenger"));
        QCOMPARE(fixture.preview(), QStringLiteral("Nothing changes yet"));
        box->setEditText(QStringLiteral("champion"));
        QCOMPARE(fixture.preview(), QStringLiteral("Alias champion moves from v2 to v3, in mlflow.db"));
        QVERIFY(fixture.apply(QStringLiteral("Set alias")));
        QCOMPARE(fixture.model(kScreening).model.aliases.at("champion"), std::int64_t(3));
        fixture.run("registry.alias");
        fixture.popup()->findChild<QComboBox*>()->setEditText(QStringLiteral("champion"));
        fixture.button(QStringLiteral("Remove alias…"))->click();
        QVERIFY(fixture.preview().contains(QStringLiteral("taken off v3")));
        QVERIFY(fixture.apply(QStringLiteral("Remove alias")));
        QVERIFY(!fixture.model(kScreening).model.aliases.contains("champion"));
    }

    void stageMovesAndArchives()
    {
        Fixture fixture;
        QVERIFY(fixture.start() && fixture.unlock());
        QVERIFY(fixture.show(kScreening, 3));
        fixture.run("registry.stage");
        for (auto* segment : fixture.popup()->findChildren<QAbstractButton*>())
            if (segment->text() == QStringLiteral("Production"))
                segment->click();
        QCOMPARE(fixture.preview(),
                 QStringLiteral("v3 moves from Staging to Production\nv2 becomes Archived, in mlflow.db"));
        QVERIFY(fixture.apply(QStringLiteral("Change stage")));
        QCOMPARE(fixture.model(kScreening).version(3)->stage, Stage::Production);
        QCOMPARE(fixture.model(kScreening).version(2)->stage, Stage::Archived);
    }

    void whatWasSeenIsTold()
    {
        Fixture fixture;
        qputenv("XDG_STATE_HOME", (fixture.folder.path() + QStringLiteral("/state")).toUtf8());
        QVERIFY(fixture.start() && fixture.unlock());
        QVERIFY(fixture.show(kScreening, 3));
        QCOMPARE(fixture.pane().history().model().count(HistoryEvent::Source::Observed), std::size_t(0));
        fixture.run("registry.alias");
        fixture.popup()->findChild<QComboBox*>()->setEditText(QStringLiteral("champion"));
        QVERIFY(fixture.apply(QStringLiteral("Set alias")));
        QTRY_COMPARE(fixture.pane().history().model().count(HistoryEvent::Source::Observed), std::size_t(1));
        QVERIFY(fixture.pane().history().model().index(0).data().toString().contains(
            QStringLiteral("alias champion from v2 to v3, author unknown")));
    }

    void aLogVouchesAndWarns()
    {
        Fixture fixture;
        auto demo = fixture.folder.path() + QStringLiteral("/demo");
        copyDemo(demo, true);
        AuditWorld world(demo);
        world.start();
        world.promote();
        QVERIFY(fixture.open(demo + QStringLiteral("/mlflow.db")));
        fixture.run("page.registry");
        QVERIFY(fixture.show(kScreening, 2) && fixture.unlock());
        QTRY_VERIFY(fixture.model(kScreening).log);
        QCOMPARE(fixture.pane().history().model().count(HistoryEvent::Source::Log), std::size_t(4));
        QTRY_COMPARE(fixture.pane().model().evidence(fixture.pane().model().rowOf(2)).evidence,
                     Evidence::Verified);
        QVERIFY(fixture.pane().model().isProtected("champion"));
        QVERIFY(fixture.model(kScreening).changedOutside().empty());
        QVERIFY(fixture.action(QStringLiteral("registry.verify"))->isEnabled());

        QVERIFY(fixture.show(kScreening, 3));
        QSignalSpy wanted(&fixture.page(), &RegistryPage::promotionWanted);
        fixture.run("registry.alias");
        fixture.popup()->findChild<QComboBox*>()->setEditText(QStringLiteral("champion"));
        QVERIFY(fixture.button(QStringLiteral("Request promotion…")));
        fixture.button(QStringLiteral("Request promotion…"))->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][2].toString(), QStringLiteral("alias:champion"));
        for (auto* popup : openPopups()) // of who listens
            popup->close();
        fixture.run("registry.alias");
        QTRY_VERIFY(fixture.popup());
        fixture.popup()->findChild<QComboBox*>()->setEditText(QStringLiteral("champion"));
        QVERIFY(fixture.apply(QStringLiteral("Bypass the log")));
        QCOMPARE(fixture.model(kScreening).changedOutside().front(),
                 std::string("alias champion is at v3, the log says v2"));
    }

    void textsAndTags()
    {
        Fixture fixture;
        QVERIFY(fixture.start() && fixture.unlock());
        QVERIFY(fixture.show(kScreening, 1));
        fixture.run("registry.describe");
        fixture.popup()->findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("Retired."));
        QVERIFY(fixture.apply(QStringLiteral("Change description")));
        QCOMPARE(fixture.model(kScreening).version(1)->description, std::string("Retired."));
        fixture.run("registry.tag");
        auto fields = fixture.popup()->findChildren<QLineEdit*>();
        fields[0]->setText(QStringLiteral("validation"));
        fields[1]->setText(QStringLiteral("failed"));
        QVERIFY(fixture.preview().contains(QStringLiteral("from “passed” to “failed”")));
        QVERIFY(fixture.apply(QStringLiteral("Set tag")));
        QCOMPARE(fixture.model(kScreening).version(1)->tags.at("validation"), std::string("failed"));
        fixture.run("registry.describeModel");
        QTest::keyClick(fixture.popup(), Qt::Key_Escape);
        QVERIFY(!fixture.popup());
    }

    void copiedAndDeleted()
    {
        Fixture fixture;
        QVERIFY(fixture.start() && fixture.unlock());
        QVERIFY(fixture.show(kScreening, 2));
        fixture.run("registry.copy");
        fixture.popup()->findChild<QComboBox*>()->setEditText(QStringLiteral("released"));
        QVERIFY(fixture.preview().contains(QStringLiteral("Model released is created")));
        QVERIFY(fixture.apply(QStringLiteral("Copy version")));
        QCOMPARE(fixture.model("released").versions.size(), std::size_t(1));
        QTRY_COMPARE(fixture.page().models().current(), std::string("released"));
        fixture.run("registry.delete");
        QVERIFY(fixture.preview().contains(QStringLiteral("never used again")));
        QVERIFY(fixture.apply(QStringLiteral("Delete version")));
        QVERIFY(fixture.model("released").versions.empty());
        QCOMPARE(fixture.model("released").deleted.size(), std::size_t(1));
    }

    void registeredFromARun()
    {
        Fixture fixture;
        QVERIFY(fixture.start(true) && fixture.unlock());
        auto run = fixture.model(kScreening).version(2)->runId;
        fixture.window.navigate(QStringLiteral("run"), QString::fromStdString(run));
        QVERIFY(fixture.rest());
        fixture.run("run.register");
        QTRY_VERIFY(fixture.popup());
        auto boxes = fixture.popup()->findChildren<QComboBox*>();
        QVERIFY(boxes[1]->count() >= 1);
        boxes[0]->setEditText(QStringLiteral("second-home"));
        QVERIFY(fixture.preview().contains(QStringLiteral("second-home v1 is made from the run")));
        QVERIFY(fixture.apply(QStringLiteral("Register version")));
        const auto& made = fixture.model("second-home").versions.front();
        QCOMPARE(made.runId, run);
        QCOMPARE(made.source, fixture.model(kScreening).version(2)->source);
    }

    void storeWithoutModels()
    {
        RealWindow window;
        QDir().mkpath(window.folder.path() + QStringLiteral("/mlruns/0"));
        QFile meta(window.folder.path() + QStringLiteral("/mlruns/0/meta.yaml"));
        QVERIFY(meta.open(QIODevice::WriteOnly));
        meta.write(
            "artifact_location: file:///tmp/x\ncreation_time: 1\nexperiment_id: '0'\nlast_update_time: 1\n"
            "lifecycle_stage: active\nname: Default\n");
        meta.close();
        QVERIFY(window.open(window.folder.path() + QStringLiteral("/mlruns")));
        window.action(QStringLiteral("page.registry"))->trigger();
        QVERIFY(window.rest());
        bool said = false;
        for (auto* label : window.part<RegistryPage>()->findChildren<QLabel*>())
            said = said ||
                   (label->isVisible() && (label->text().contains(QStringLiteral("No model is registered")) ||
                                           label->text().contains(QStringLiteral("has no registry"))));
        QVERIFY(said);
        window.action(QStringLiteral("store.close"))->trigger();
        QVERIFY(window.rest());
    }

    void everythingHasAName()
    {
        Fixture fixture;
        QVERIFY(fixture.start(true));
        for (auto* widget : fixture.page().findChildren<QWidget*>())
            if (widget->isVisible() && isInteractive(widget) && !widget->inherits("QScrollBar")) {
                auto* button = qobject_cast<QAbstractButton*>(widget);
                QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                         widget->metaObject()->className());
            }
    }
};

QTEST_MAIN(RegistryPageTest)
#include "registry_page_test.moc"
