// The Compare page as people use it: what is compared, the list and its rules, panels, settings, undo; and
// what must not break.
#include "tests/gui/compare_fixture.h"
#include "tests/gui/watchdog.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/check_list.h"
#include "ui/widgets/search_field.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSignalSpy>

using namespace sextant;
using namespace sextant::test;

class ComparePageTest : public QObject
{
    Q_OBJECT
private slots:
    void whatIsCompared();
    void listFollowsTheScene();
    void groupsAndRules();
    void eyesAndBaseline();
    void panelsAreMadeInSight();
    void onePanelAtFullSize();
    void panelsMoveAndResize();
    void settingsByLevel();
    void zoomTogether();
    void searchByPattern();
    void noRunsAndOneRun();
    void noCommonMetric();
    void namesWithMarkup();
    void metricDeletedWhileShown();
    void storeDisappears();
    void thousandsOfMetrics();
    void everyControlHasAName();
};

void ComparePageTest::whatIsCompared()
{
    CompareFixture fixture({40});
    QTRY_VERIFY(fixture.rests());
    QCOMPARE(fixture.scene().runs.size(), std::size_t(8));
    fixture.change([](CompareView& view) {
        view.source = CompareView::Source::Runs;
        view.runs = {runIdOf(3), "gone", runIdOf(20)};
    });
    QTRY_COMPARE(fixture.scene().runs.size(), std::size_t(2));
    fixture.change([](CompareView& view) {
        view.source = CompareView::Source::Filter;
        view.filter = "params.optimizer = 'muon'";
    });
    QTRY_COMPARE(fixture.scene().runs.size(), std::size_t(10));
    fixture.change([](CompareView& view) { view.filter = "metrics.loss <"; });
    QTRY_COMPARE(fixture.page->controller().state(), CompareController::State::Failed);
    fixture.workspaces.undo();
    QTRY_COMPARE(fixture.scene().runs.size(), std::size_t(10));
    fixture.run("compare.plotted");
    QTRY_COMPARE(fixture.scene().runs.size(), std::size_t(8));
}

void ComparePageTest::listFollowsTheScene()
{
    CompareFixture fixture({40});
    QAbstractItemModelTester tester(&fixture.list(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_VERIFY(fixture.rests());
    QCOMPARE(fixture.list().rowCount(), 8);
    for (int row = 1; row < 8; ++row)
        QVERIFY(fixture.list().run(row - 1)->value <= fixture.list().run(row)->value);
    fixture.change([](CompareView& view) { view.sortDescending = true; });
    QTRY_VERIFY(fixture.list().run(0)->value > fixture.list().run(7)->value);
    auto index = fixture.list().index(0);
    QVERIFY(!index.data(CompareListModel::ValueRole).toString().isEmpty());
    QVERIFY(index.data(Qt::AccessibleTextRole).toString().contains("val/loss"));
    fixture.page->list().selectRun(runIdOf(2));
    QCOMPARE(fixture.page->list().chosenRuns(), std::vector<std::string>{runIdOf(2)});
    fixture.run("compare.remove");
    QTRY_COMPARE(fixture.list().rowCount(), 7);
    QCOMPARE(fixture.view().source, CompareView::Source::Runs);
    fixture.workspaces.undo();
    QTRY_COMPARE(fixture.list().rowCount(), 8);
    fixture.page->list().openAddRuns();
    emit fixture.page->list().runList().toggled(0, true); // the newest
    QTRY_COMPARE(fixture.list().rowCount(), 9);
}

void ComparePageTest::groupsAndRules()
{
    CompareFixture fixture({40}, 12);
    QAbstractItemModelTester tester(&fixture.list(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    fixture.change([](CompareView& view) { view.grouping = {{ColumnKind::Param, "optimizer"}}; });
    QTRY_COMPARE(fixture.scene().groups.size(), std::size_t(4));
    QCOMPARE(fixture.list().rowCount(), 16);
    const auto& scene = fixture.scene();
    for (const auto& group : scene.groups) {
        QCOMPARE(group.runs.size(), std::size_t(3));
        auto sum = 0.0;
        for (auto run : group.runs) {
            sum += scene.runs[run].value;
            QCOMPARE(scene.runs[run].dash, group.dash);
        }
        QVERIFY(std::abs(group.mean - sum / 3) < 1e-12);
    }
    QVERIFY(scene.groups[0].mean <= scene.groups[3].mean);
    QVERIFY(fixture.list().group(0) && !fixture.list().run(0));
    // The mean is of the runs drawn and says so; closing an eye moves no row.
    const auto first = scene.groups[0];
    const auto closed = scene.runs[first.runs[0]];
    fixture.page->controller().setHidden({closed.runId}, true);
    QTRY_COMPARE(fixture.scene().groups[0].drawn, std::size_t(2));
    const auto& left = fixture.scene().groups[0];
    QCOMPARE(left.key, first.key);
    QVERIFY(std::abs(left.mean - (3 * first.mean - closed.value) / 2) < 1e-12);
    QVERIFY(fixture.list().meanText(left).contains(QStringLiteral("over 2 runs, 1 hidden")));
    fixture.page->controller().setHidden({closed.runId}, false);
    QTRY_COMPARE(fixture.scene().groups[0].drawn, std::size_t(3));
    emit fixture.page->list().rows().groupClicked(0);
    QTRY_COMPARE(fixture.list().rowCount(), 13);
    // Colour by a column: equal values, equal colours; by a metric: a ramp.
    fixture.change([](CompareView& view) { view.colorBy = ColumnRef{ColumnKind::Param, "optimizer"}; });
    QTRY_COMPARE(fixture.scene().runs[0].color, fixture.scene().runs[1].color);
    fixture.change([](CompareView& view) { view.colorBy = ColumnRef{ColumnKind::Metric, "val/loss"}; });
    QTRY_VERIFY(fixture.scene().runs[0].shade >= 0);
    for (const auto& run : fixture.scene().runs)
        QVERIFY(run.shade <= 1 && lookColor(run, Theme::current()).isValid());
    // The pickers set the same.
    fixture.page->list().openColumns(nullptr, 2);
    emit fixture.page->list().columnList().toggled(2, true); // the user
    QTRY_COMPARE(fixture.view().dashBy, std::optional(ColumnRef{ColumnKind::Attribute, "user_id"}));
    QTRY_COMPARE(fixture.scene().runs[0].dash, fixture.scene().runs[11].dash);
}

void ComparePageTest::eyesAndBaseline()
{
    CompareFixture fixture({40});
    QTRY_VERIFY(fixture.rests());
    fixture.page->list().selectRun(runIdOf(1));
    fixture.run("compare.hide");
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(7));
    QVERIFY(fixture.page->status().front().contains("7"));
    QTRY_COMPARE(fixture.grid().panelsInSight().front()->canvas().series().size(), std::size_t(7));
    fixture.run("compare.hide");
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(8));
    fixture.run("compare.showNone");
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(0));
    fixture.run("compare.showAll");
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(8));
    fixture.run("compare.baseline");
    QTRY_COMPARE(fixture.scene().baseline, runIdOf(1));
    fixture.run("compare.baseline");
    QTRY_COMPARE(fixture.scene().baseline, std::string());
    emit fixture.page->list().rows().eyeClicked(0, Qt::AltModifier);
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(1));
    emit fixture.page->list().rows().opened(0);
    QVERIFY(fixture.navigated.startsWith("run/"));
}

void ComparePageTest::panelsAreMadeInSight()
{
    CompareFixture fixture({20, 60});
    QTRY_VERIFY(fixture.rests() && !fixture.grid().panelsInSight().empty());
    QVERIFY(fixture.grid().findChildren<CurvePanel*>().size() < 20);
    for (auto* panel : fixture.grid().panelsInSight())
        QTRY_COMPARE(panel->canvas().series().size(), std::size_t(8));
    auto first = fixture.grid().panelsInSight().front();
    auto* bar = fixture.grid().verticalScrollBar();
    bar->setValue(bar->maximum());
    QTRY_VERIFY(fixture.rests());
    QCOMPARE(first->chart().points(), std::size_t(0)); // out of sight it holds no points
    QVERIFY(fixture.grid().points() > 0);
    bar->setValue(0);
    QTRY_COMPARE(first->canvas().series().size(), std::size_t(8));
}

void ComparePageTest::onePanelAtFullSize()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && !fixture.grid().panelsInSight().empty());
    fixture.run("curves.maximize");
    QTRY_COMPARE(fixture.grid().panelsInSight().size(), std::size_t(1));
    auto first = fixture.grid().maximized();
    fixture.run("curves.next");
    QVERIFY(fixture.grid().maximized() != first);
    QTRY_VERIFY(fixture.grid().panelsInSight().size() == 1 &&
                fixture.grid().panelsInSight().front()->metric() == fixture.grid().maximized()->metric);
    fixture.run("curves.previous");
    fixture.run("curves.previous"); // the first one stays
    QCOMPARE(fixture.grid().maximized(), first);
    fixture.run("curves.maximize");
    QVERIFY(!fixture.grid().maximized());
    QTRY_VERIFY(fixture.grid().panelsInSight().size() > 3);
}

void ComparePageTest::panelsMoveAndResize()
{
    CompareFixture fixture({20, 8});
    fixture.window.resize(1400, 1300); // sections are in sight
    QTRY_VERIFY(fixture.rests() && fixture.grid().board().size() == 6);
    auto before = fixture.grid().board();
    fixture.run("curves.moveForward");
    QVERIFY(fixture.view().arranged);
    QCOMPARE(fixture.grid().board()[1], before[0]);
    fixture.run("curves.taller");
    QCOMPARE(fixture.grid().board()[1].rows, before[0].rows + 1);
    for (int i = 0; i < 10; ++i)
        fixture.run("curves.narrower");
    QCOMPARE(fixture.grid().board()[1].columns, 1);
    while (fixture.workspaces.canUndo())
        fixture.workspaces.undo();
    QCOMPARE(fixture.grid().board(), before);
    // By mouse: a panel of a section dropped on the first one stands before it; one dropped below goes back.
    auto* panel = fixture.grid().panelsInSight().back();
    auto metric = panel->metric();
    auto* viewport = fixture.grid().viewport();
    emit panel->dragged(viewport->mapToGlobal(QPoint(5, 5)), true);
    QCOMPARE(fixture.grid().board().front().metric, metric);
    emit panel->resized({fixture.grid().viewport()->width(), 400}, true);
    QCOMPARE(fixture.grid().board().front().columns, 6);
    QCOMPARE(fixture.grid().board().front().rows, 11);
    fixture.curves().openMetricList();
    auto entries = fixture.curves().metricList().model().entries();
    auto entry = std::find_if(entries.begin(), entries.end(),
                              [&](const CheckEntry& each) { return each.text.toStdString() == metric; });
    QVERIFY(entry != entries.end() && entry->checked);
    emit fixture.curves().metricList().toggled(int(entry - entries.begin()), false);
    QCOMPARE(fixture.grid().board().size(), before.size());
}

void ComparePageTest::settingsByLevel()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && !fixture.grid().panelsInSight().empty());
    auto* panel = fixture.grid().panelsInSight().front();
    fixture.change([](CompareView& view) { view.settings.yScale = 1; });
    QVERIFY(panel->chart().panel().settings().logY);
    CurveChoice choice;
    choice.yScale = 0;
    emit panel->choiceMade(choice);
    QVERIFY(!panel->chart().panel().settings().logY);
    QVERIFY(fixture.grid().panelsInSight()[1]->chart().panel().settings().logY);
    emit panel->spreadWanted(SettingsLevel::Section);
    QVERIFY(fixture.view().panelSettings.empty());
    QCOMPARE(fixture.view().sectionSettings.at(panel->section()).yScale, std::optional(0));
    emit panel->resetWanted(SettingsLevel::Page);
    QVERIFY(panel->chart().panel().settings().logY);
    emit panel->spreadWanted(SettingsLevel::Page);
    QVERIFY(fixture.view().sectionSettings.empty());
    while (fixture.workspaces.canUndo())
        fixture.workspaces.undo();
    QVERIFY(!panel->chart().panel().settings().logY);
}

void ComparePageTest::zoomTogether()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && fixture.grid().panelsInSight().size() > 2);
    auto panels = fixture.grid().panelsInSight();
    ViewWindow window{AxisRange{1000, 20'000}, AxisRange{2, 3}};
    panels[0]->canvas().setVisibleWindow(window);
    emit panels[0]->canvas().visibleWindowChanged(window);
    QCOMPARE(panels[1]->canvas().visibleWindow().x, window.x);
    QVERIFY(panels[1]->canvas().visibleWindow().y != window.y);
    QVERIFY(fixture.grid().zoomed());
    // A panel made later joins in.
    auto* bar = fixture.grid().verticalScrollBar();
    bar->setValue(bar->maximum());
    QTRY_VERIFY(fixture.rests());
    QCOMPARE(fixture.grid().panelsInSight().back()->canvas().visibleWindow().x, window.x);
    fixture.run("curves.syncZoom");
    QVERIFY(!fixture.view().syncZoom);
    emit panels[0]->canvas().visibleWindowChanged({AxisRange{5, 6}, {}});
    QCOMPARE(panels[1]->canvas().visibleWindow().x, window.x);
    // A crosshair shows in all, the same run is stressed in all.
    bar->setValue(0);
    QTRY_VERIFY(fixture.rests());
    emit panels[0]->canvas().crosshairMoved(4000.0);
    QCOMPARE(panels[1]->canvas().crosshair(), std::optional(4000.0));
    emit panels[0]->canvas().runHovered(QString::fromStdString(runIdOf(2)));
    QCOMPARE(panels[1]->canvas().hoveredRun(), QString::fromStdString(runIdOf(2)));
    QCOMPARE(fixture.page->list().rows().hovered(), fixture.list().rowOf(runIdOf(2)));
    emit panels[0]->canvas().runClicked(QString::fromStdString(runIdOf(2)));
    QCOMPARE(fixture.page->list().chosenRuns(), std::vector<std::string>{runIdOf(2)});
}

void ComparePageTest::searchByPattern()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && !fixture.grid().panelsInSight().empty());
    auto all = fixture.grid().layout().panels;
    fixture.curves().search().setText("^val/");
    QCOMPARE(fixture.grid().layout().panels, std::size_t(2));
    fixture.curves().search().setText("^val/(");
    QVERIFY(isInError(&fixture.curves().search()));
    QCOMPARE(fixture.grid().layout().panels, std::size_t(2)); // the last one that can be read stays
    fixture.curves().search().setText("no such");
    QVERIFY(fixture.grid().layout().items.empty());
    QVERIFY(!fixture.grid().isVisible());
    fixture.curves().search().clear();
    QCOMPARE(fixture.grid().layout().panels, all);
}

void ComparePageTest::noRunsAndOneRun()
{
    CompareFixture none({0});
    QTRY_COMPARE(none.page->controller().state(), CompareController::State::NoRuns);
    none.run("curves.maximize");
    none.run("curves.next");
    none.run("curves.wider");
    none.run("compare.hide");
    none.run("compare.baseline");
    CompareFixture one({5}, 1);
    one.change([](CompareView& view) {
        view.grouping = {{ColumnKind::Param, "optimizer"}};
        view.colorBy = ColumnRef{ColumnKind::Metric, "val/loss"};
    });
    QTRY_VERIFY(one.rests() && one.scene().groups.size() == 1);
    QCOMPARE(one.scene().runs[0].shade, 0.5); // no other value to compare with
    QTRY_COMPARE(one.grid().panelsInSight().front()->canvas().series().size(), std::size_t(1));
}

void ComparePageTest::noCommonMetric()
{
    RunTableBuilder builder;
    builder.setExperiments({Experiment{"1", "a"}});
    for (int i = 0; i < 3; ++i)
        builder.addRun({runIdOf(std::size_t(i)), "run", "u", "file:///tmp"});
    builder.setMetric(0, "a", 1);
    builder.setMetric(1, "b", std::nan(""));
    CompareFixture fixture(builder.finish(), 3);
    QTRY_VERIFY(fixture.rests() && fixture.scene().runs.size() == 3);
    QCOMPARE(fixture.scene().metrics, (std::vector<std::string>{"a", "b"}));
    RunTableBuilder bare;
    bare.setExperiments({Experiment{"1", "a"}});
    bare.addRun({runIdOf(0), "", "", ""});
    CompareFixture nothing(bare.finish(), 1);
    QTRY_VERIFY(nothing.rests() && nothing.scene().runs.size() == 1);
    QVERIFY(nothing.grid().layout().items.empty());
    QVERIFY(!nothing.scene().runs[0].name.isEmpty()); // its id in place of a name
}

void ComparePageTest::namesWithMarkup()
{
    RunTableBuilder builder;
    builder.setExperiments({Experiment{"1", "<h1>x"}});
    builder.addRun({runIdOf(0), "<img src=x>\n\u202Eevil", "u", "file:///tmp"});
    builder.setMetric(0, "<b>loss</b>/a&amp;b", 1);
    builder.setMetric(0, "%1 %2", 1);
    builder.setParam(0, "<i>p</i>", "<script>");
    CompareFixture fixture(builder.finish(), 1);
    fixture.change([](CompareView& view) { view.grouping = {{ColumnKind::Param, "<i>p</i>"}}; });
    QTRY_VERIFY(fixture.rests() && fixture.scene().groups.size() == 1);
    QVERIFY(!fixture.scene().runs[0].name.contains('\n'));
    QVERIFY(!fixture.list().index(1).data(Qt::ToolTipRole).toString().contains("<img"));
    fixture.curves().openMetricList();
    fixture.page->list().openAddRuns();
    fixture.page->list().openColumns(nullptr, 0);
    QTRY_VERIFY(!fixture.grid().panelsInSight().empty());
    QVERIFY(!fixture.page->grab().isNull());
}

void ComparePageTest::metricDeletedWhileShown()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && !fixture.grid().panelsInSight().empty());
    fixture.run("curves.taller"); // the panels are the user's now
    {
        std::lock_guard lock(fixture.state->mutex);
        fixture.state->table = makeRuns({20, 2});
        ++fixture.state->version;
    }
    fixture.session.refresh(true);
    QTRY_COMPARE(fixture.scene().metrics.size(), std::size_t(2));
    QTRY_VERIFY(fixture.rests());
    QCOMPARE(fixture.grid().board().size(), std::size_t(6)); // chosen panels stay, empty or not
    QVERIFY(!fixture.page->grab().isNull());
}

void ComparePageTest::storeDisappears()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && !fixture.grid().panelsInSight().empty());
    fixture.grid().verticalScrollBar()->setValue(200);
    fixture.session.close();
    QTRY_COMPARE(fixture.page->controller().state(), CompareController::State::NoStore);
    QVERIFY(fixture.scene().runs.empty());
    fixture.run("curves.maximize");
    fixture.session.open(QStringLiteral("memory"));
    QTRY_COMPARE(fixture.page->controller().state(), CompareController::State::Ready);
}

void ComparePageTest::thousandsOfMetrics()
{
    RunsSpec spec{300};
    spec.sparseMetrics = 3'000;
    CompareFixture fixture(spec, 300);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.rests() && fixture.scene().metrics.size() == 3'004, 60'000);
    Watchdog watchdog;
    auto* bar = fixture.grid().verticalScrollBar();
    for (int i = 1; i <= 20; ++i) {
        auto turns = watchdog.turns();
        bar->setValue(bar->maximum() / 20 * i);
        QTRY_VERIFY_WITH_TIMEOUT(watchdog.turns() > turns + 3, 60'000);
    }
    QTRY_VERIFY_WITH_TIMEOUT(fixture.rests(), 60'000);
    qInfo("scrolling: %.1f ms", watchdog.longestMs());
    QVERIFY2(watchdog.longestMs() <= kMostMs, qPrintable(QString("%1 ms").arg(watchdog.longestMs())));
    QVERIFY(fixture.grid().findChildren<CurvePanel*>().size() <= 60);
    watchdog.restart();
    fixture.curves().search().setText("layer299.*norm");
    QTRY_VERIFY_WITH_TIMEOUT(watchdog.turns() > 3 && fixture.rests(), 60'000);
    QCOMPARE(fixture.grid().layout().found, std::size_t(11));
    qInfo("searching: %.1f ms", watchdog.longestMs());
    QVERIFY2(watchdog.longestMs() <= kMostMs, qPrintable(QString("%1 ms").arg(watchdog.longestMs())));
}

void ComparePageTest::everyControlHasAName()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && !fixture.grid().panelsInSight().empty());
    for (auto* widget : fixture.page->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->focusProxy())
            continue;
        auto* button = qobject_cast<QAbstractButton*>(widget);
        auto named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        QVERIFY2(named, widget->metaObject()->className());
    }
}

QTEST_MAIN(ComparePageTest)
#include "compare_page_test.moc"
