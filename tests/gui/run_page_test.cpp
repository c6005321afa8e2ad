// The page of one run on a store in memory: head, tabs, what is missing, stepping, edits, failures.
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/runs/artifact_model.h"
#include "ui/widgets/fact_rows.h"
#include "ui/runs/note_view.h"
#include "ui/runs/run_edit_popup.h"
#include "ui/runs/run_overview.h"
#include "ui/runs/run_tables.h"
#include "ui/runs/runs_table_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

namespace {

RunTablePtr twoRuns()
{
    return tellRuns({{"baseline", 0, {{"val/loss", 0.5}}, {{"lr", "0.1"}, {"seed", "1"}}},
                     {"candidate",
                      1,
                      {{"val/loss", 0.25}, {"epoch", 3}},
                      {{"lr", "0.2"}, {"seed", "1"}, {"extra", "yes"}}}});
}

} // namespace

class RunPageTest : public QObject
{
    Q_OBJECT

    static void open(RunsPageFixture& fixture, std::size_t run)
    {
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(fixture.runs->settled());
        fixture.runs->hide();
        fixture.run->show();
        fixture.run->open(QString::fromStdString(toldId(run)));
        QTRY_VERIFY(fixture.run->settled());
    }
    static QStringList texts(QWidget* root)
    {
        QStringList all;
        for (auto* label : root->findChildren<TextLabel*>()) {
            if (label->isVisible())
                all << label->text();
        }
        for (auto* label : root->findChildren<ElidedLabel*>()) {
            if (label->isVisible())
                all << label->text();
        }
        return all;
    }
    static QPushButton* button(QWidget* root, const QString& text)
    {
        for (auto* one : root->findChildren<QPushButton*>()) {
            if (one->text() == text)
                return one;
        }
        return nullptr;
    }
    static QStringList tabs(RunsPageFixture& fixture)
    {
        auto* bar = fixture.run->findChild<QTabBar*>();
        QStringList all;
        for (int i = 0; i < bar->count(); ++i)
            all << bar->tabText(i);
        return all;
    }

private slots:
    void theHeadSaysWhoWhenAndHow()
    {
        RunsPageFixture fixture(twoRuns());
        fixture.state->tags = {{"mlflow.source.name", "train.py"}};
        open(fixture, 1);
        auto all = texts(fixture.run);
        QVERIFY(all.contains(QStringLiteral("candidate")));
        QVERIFY(all.contains(QStringLiteral("second  /  candidate")));
        auto line = all.filter(QStringLiteral("Started ")).value(0);
        QVERIFY2(line.contains(QStringLiteral("by j.lindqvist")) &&
                     line.contains(QStringLiteral("from train.py")),
                 qPrintable(line));
        QVERIFY(all.contains(QString::fromStdString(toldId(1))));
        QCOMPARE(fixture.run->status(), QStringList{QStringLiteral("Run 1 of 2 in view")});
        QCOMPARE(tabs(fixture), (QStringList{"Overview", "Metrics  2", "Artifacts  2"}));
    }

    void thePencilStandsBesideTheName()
    {
        RunsPageFixture fixture(twoRuns());
        open(fixture, 1);
        ElidedLabel* name = nullptr;
        for (auto* label : fixture.run->findChildren<ElidedLabel*>()) {
            if (label->text() == QStringLiteral("candidate"))
                name = label;
        }
        QVERIFY(name);
        IconButton* pencil = nullptr;
        for (auto* one : fixture.run->findChildren<IconButton*>()) {
            if (one->accessibleName().startsWith(QStringLiteral("Rename run")))
                pencil = one;
        }
        QVERIFY(pencil);
        QVERIFY(pencil->x() - name->geometry().right() < 20);
        QVERIFY(name->width() >= name->sizeHint().width());
    }

    void aLongNameLeavesRoomForTheRest()
    {
        RunsPageFixture fixture(tellRuns({{std::string(500, 'n'), 0, {{"loss", 1}}}}));
        open(fixture, 0);
        auto* set = button(fixture.run, QStringLiteral("Set as baseline"));
        QVERIFY(set);
        QVERIFY(set->geometry().right() <= fixture.run->width());
        QVERIFY(set->width() >= set->sizeHint().width());
        fixture.window.resize(1024, 640);
        QTRY_VERIFY(set->geometry().right() <= fixture.run->width());
    }

    void oneIsSingular()
    {
        RunsPageFixture fixture(tellRuns({{"a", 0, {{"loss", 1}}}}));
        fixture.state->artifacts = {{"error.txt", false, 110}};
        fixture.state->values = [](const std::string&, const std::string&) { return std::vector<double>{1}; };
        fixture.state->datasets.resize(1);
        open(fixture, 0);
        auto all = texts(fixture.run);
        QVERIFY2(all.contains(QStringLiteral("1 file, 110 bytes")), qPrintable(all.join(u'|')));
        QVERIFY(all.contains(QStringLiteral("1, 1 point")));
        QVERIFY(all.contains(QStringLiteral("1 dataset")));
        QCOMPARE(fixture.runs->status().value(0), QStringLiteral("1 run"));
    }

    void whatIsMissingIsSaid()
    {
        RunsPageFixture fixture(tellRuns({{"empty"}}));
        fixture.state->artifacts.clear();
        open(fixture, 0);
        auto all = texts(fixture.run);
        for (auto text : {"The run logged no metrics", "The run logged no parameters", "The run has no note",
                          "none recorded"})
            QVERIFY2(all.contains(QLatin1String(text)), text);
        auto* charts = button(fixture.run, QStringLiteral("Open charts"));
        QVERIFY(charts && !charts->isEnabled());
        QVERIFY(!charts->toolTip().isEmpty());
    }

    void parametersStandBesideTheBaselines()
    {
        RunsPageFixture fixture(twoRuns());
        open(fixture, 0);
        auto* set = button(fixture.run, QStringLiteral("Set as baseline"));
        set->click();
        QCOMPARE(fixture.workspace().baseline, toldId(0));
        open(fixture, 1);
        auto& params = fixture.run->overview().params();
        QCOMPARE(params.columnCount(), 3);
        QCOMPARE(params.differing(), 2);
        QVERIFY(texts(fixture.run).contains(QStringLiteral("3, 2 differ")));
        QCOMPARE(fixture.run->status().value(1), QStringLiteral("Differences from baseline"));
        fixture.workspaces.undo();
        QVERIFY(fixture.workspace().baseline.empty());
    }

    void metricsGetTheirExtremes()
    {
        RunsPageFixture fixture(twoRuns());
        fixture.state->values = [](const std::string&, const std::string&) {
            return std::vector<double>{4, 1, 2};
        };
        open(fixture, 1);
        auto& metrics = fixture.run->overview().metrics();
        QTRY_COMPARE(metrics.points(), quint64{6});
        QCOMPARE(metrics.index(0, RunMetricsModel::Lowest).data().toString(), QStringLiteral("1"));
        QCOMPARE(metrics.index(0, RunMetricsModel::Highest).data().toString(), QStringLiteral("4"));
    }

    void namesOfMetricsKeepTheirRoom()
    {
        RunsPageFixture fixture(twoRuns());
        open(fixture, 1);
        const QTableView* metrics = nullptr;
        for (auto* view : fixture.run->findChildren<QTableView*>()) {
            if (qobject_cast<RunMetricsModel*>(view->model()))
                metrics = view;
        }
        QVERIFY(metrics);
        for (int width : {900, 1100, 1600}) {
            fixture.run->resize(width, 700);
            QTRY_VERIFY(metrics->columnWidth(RunMetricsModel::Name) >= 90);
            QCOMPARE(metrics->isColumnHidden(RunMetricsModel::Line), width < 1600);
            QVERIFY(!metrics->isColumnHidden(RunMetricsModel::Last));
        }
    }

    void stepsStopAtTheEnds()
    {
        RunsPageFixture fixture(twoRuns());
        open(fixture, 1);
        fixture.run->step(-1);
        QCOMPARE(fixture.run->runId(), toldId(1));
        fixture.action("run.next")->trigger();
        QCOMPARE(fixture.run->runId(), toldId(0));
        fixture.run->step(1);
        QCOMPARE(fixture.run->runId(), toldId(0));
        fixture.action("run.previous")->trigger();
        QCOMPARE(fixture.run->runId(), toldId(1));
        QTRY_VERIFY(fixture.run->settled());
        fixture.action("run.back")->trigger();
        QCOMPARE(fixture.navigated, QStringLiteral("runs/") + QString::fromStdString(toldId(1)));
    }

    void tabsAreActions()
    {
        RunsPageFixture fixture(twoRuns());
        open(fixture, 1);
        auto* bar = fixture.run->findChild<QTabBar*>();
        fixture.action("run.metrics")->trigger();
        QCOMPARE(bar->currentIndex(), int(RunPage::Metrics));
        fixture.action("run.artifacts")->trigger();
        QCOMPARE(bar->currentIndex(), int(RunPage::Artifacts));
        fixture.action("run.overview")->trigger();
        QCOMPARE(bar->currentIndex(), int(RunPage::Overview));
    }

    void aLockedStoreSaysHowToWrite()
    {
        RunsPageFixture fixture(twoRuns());
        open(fixture, 1);
        fixture.action("run.rename")->trigger();
        auto* banner = fixture.run->findChild<Banner*>();
        QVERIFY(banner && banner->isVisible());
        QVERIFY(!fixture.run->findChild<RunEditPopup*>());
        QVERIFY(fixture.state->written.empty());
    }

    void theNoteIsWrittenAfterAPreview()
    {
        RunsPageFixture fixture(twoRuns());
        fixture.state->tags = {{std::string(kNoteTag), "before"}};
        open(fixture, 1);
        QVERIFY(fixture.run->overview().findChild<NoteView*>()->isVisible());
        fixture.session.unlock();
        QTRY_VERIFY(fixture.session.unlocked());
        fixture.action("run.editNote")->trigger();
        auto* popup = fixture.run->findChild<RunEditPopup*>();
        QVERIFY(popup);
        auto* field = popup->findChild<QPlainTextEdit*>();
        QVERIFY(field);
        QCOMPARE(field->toPlainText(), QStringLiteral("before"));
        field->setPlainText(QStringLiteral("# After"));
        QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(fixture.state->written.size(), std::size_t{1});
        QCOMPARE(fixture.state->written[0].value, std::string("# After"));
        QCOMPARE(fixture.state->written[0].runId, toldId(1));
    }

    void aRunThatCantBeReadOffersToTryAgain()
    {
        RunsPageFixture fixture(twoRuns());
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        fixture.state->runsFail = true;
        open(fixture, 1);
        auto* again = button(fixture.run, QStringLiteral("Try again"));
        QVERIFY(again && again->isVisible());
        {
            std::lock_guard lock(fixture.state->mutex);
            fixture.state->runsFail = false;
        }
        again->click();
        QTRY_VERIFY(texts(fixture.run).contains(QStringLiteral("candidate")));
    }

    void artifactsElsewhereAreNamed()
    {
        RunsPageFixture fixture(twoRuns());
        fixture.state->artifactsFail = true;
        open(fixture, 1);
        QCOMPARE(tabs(fixture).last(), QStringLiteral("Artifacts"));
        auto* banner = fixture.run->findChild<Banner*>();
        QVERIFY(banner && banner->isVisible());
    }

    void markupInNamesStaysText()
    {
        RunsPageFixture fixture(
            tellRuns({{"<b>bold</b> %1 %2", 0, {{"<i>loss</i>", 1}}, {{"<u>p</u>", "<img src=x>"}}}}));
        fixture.state->tags = {{"<tag>", "<b>%1</b>"}, {"mlflow.source.name", "%2.py"}};
        open(fixture, 0);
        auto all = texts(fixture.run);
        QVERIFY(all.contains(QStringLiteral("<b>bold</b> %1 %2")));
        QVERIFY(all.filter(QStringLiteral("Started")).value(0).contains(QStringLiteral("from %2.py")));
        for (auto* label : fixture.run->findChildren<QLabel*>())
            QVERIFY2(label->textFormat() == Qt::PlainText || !label->text().contains(u'<'),
                     qPrintable(label->text()));
        QCOMPARE(fixture.run->overview().params().index(0, 1).data().toString(),
                 QStringLiteral("<img src=x>"));
    }

    void aRunningRunFollowsItsStore()
    {
        auto at = [](double value) {
            return tellRuns({{"going on", 0, {{"loss", value}}, {}, RunStatus::Running}});
        };
        RunsPageFixture fixture(at(0.5));
        open(fixture, 0);
        fixture.run->overview().metrics();
        fixture.state->replace(at(0.25));
        fixture.session.refresh();
        auto last = [&] {
            return fixture.run->overview().metrics().index(0, RunMetricsModel::Last).data().toString();
        };
        QTRY_COMPARE(last(), QStringLiteral("0.25"));
    }

    void anotherStoreClosesTheRun()
    {
        RunsPageFixture fixture(twoRuns());
        open(fixture, 1);
        fixture.session.close();
        QTRY_VERIFY(fixture.run->runId().empty());
    }
};

QTEST_MAIN(RunPageTest)
#include "run_page_test.moc"
