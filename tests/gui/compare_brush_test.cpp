// Brushes of parallel coordinates: they are the workspace's, limit the table of runs and all charts, are
// undone, saved and taken away by their chips; axes keep their order, direction and scale; the panel beneath
// the curves.
#include "tests/gui/compare_fixture.h"
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "tests/gui/widget_walk.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/scatter_chart.h"
#include "ui/compare/parallel_panel.h"
#include "ui/compare/scatter_tab.h"
#include "ui/shell/brush_chips.h"
#include "ui/shell/brush_text.h"
#include "ui/shell/workspace_parts.h"
#include "ui/widgets/state_panel.h"

#include <QAbstractButton>
#include <QScrollBar>

#include <cmath>

using namespace sextant;
using namespace sextant::test;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

ParallelTab& openParallel(CompareFixture& fixture)
{
    fixture.change([](CompareView& view) { view.tab = "parallel"; });
    return *qobject_cast<ParallelTab*>(fixture.page->tab(QStringLiteral("parallel")));
}

int axisOf(const ParallelChart& chart, const char* name)
{
    for (int axis = 0; axis < chart.axisCount(); ++axis)
        if (chart.axis(axis).name() == QLatin1String(name))
            return axis;
    return -1;
}

/// Drags along an axis from one share of its length to another.
void brush(ParallelChart& chart, int axis, double from, double to)
{
    const QPoint a = chart.placeAt(axis, from).toPoint(), b = chart.placeAt(axis, to).toPoint();
    QTest::mousePress(&chart, Qt::LeftButton, {}, a);
    QTest::mouseMove(&chart, (a + b) / 2);
    QTest::mouseMove(&chart, b);
    QTest::mouseRelease(&chart, Qt::LeftButton, {}, b);
}

QList<QAbstractButton*> chipsOf(const QWidget& root)
{
    QList<QAbstractButton*> chips;
    for (auto* strip : root.findChildren<BrushChips*>())
        for (auto* button : strip->findChildren<QAbstractButton*>())
            if (button->isVisible() && button->accessibleName().startsWith(QLatin1String("Remove brush")))
                chips << button;
    return chips;
}

Brush numbers(const char* param, double low, double high)
{
    Brush made;
    made.column = {ColumnKind::Param, param};
    made.numbers = true;
    made.low = low;
    made.high = high;
    return made;
}

QJsonArray axes(const std::vector<ColumnRef>& columns)
{
    QJsonArray array;
    for (const auto& column : columns)
        array.append(columnToJson(column));
    return array;
}

void setBrushes(PageFixture& fixture, std::vector<Brush> brushes)
{
    auto next = fixture.workspace();
    next.brushes = std::move(brushes);
    fixture.workspaces.change(QStringLiteral("brush"), std::move(next));
}

} // namespace

class CompareBrushTest : public QObject
{
    Q_OBJECT
private slots:
    void draggingLimitsEveryChart();
    void categoriesAndKeys();
    void chipsTakeBrushesAway();
    void aBrushWithoutItsAxisStillHolds();
    void theRunsTableFollows();
    void axesKeepDirectionAndScale();
    void axesFromAFile();
    void hidingTakesOver();
    void theMenuActsOnAnAxis();
    void beneathTheCurves();
    void textsSayWhatIsInside_data();
    void textsSayWhatIsInside();
    void everyPlaceGoesThereAndBack();
};

void CompareBrushTest::draggingLimitsEveryChart()
{
    CompareFixture fixture({40}, 18);
    auto& tab = openParallel(fixture);
    QTRY_VERIFY(fixture.rests() && tab.chart()->axisCount() > 2);
    auto lr = axisOf(*tab.chart(), "lr");
    brush(*tab.chart(), lr, -0.02, 0.55);
    QCOMPARE(fixture.workspace().brushes.size(), std::size_t(1));
    const auto& made = fixture.workspace().brushes.front();
    QVERIFY(made.column == (ColumnRef{ColumnKind::Param, "lr"}) && made.numbers && std::isinf(made.low));
    QTRY_VERIFY(fixture.rests() && fixture.scene().visibleCount() < 18);
    // What is drawn inside, what the scene counts and what the values say is one.
    std::size_t expected = 0;
    for (const auto& run : fixture.scene().runs) {
        auto value =
            QString::fromStdString(*fieldText(*fixture.scene().table, made.column, run.row)).toDouble();
        QCOMPARE(!run.outside, value <= made.high);
        expected += value <= made.high;
    }
    QCOMPARE(tab.chart()->rowsInside().size(), expected);
    QCOMPARE(fixture.scene().visibleCount(), expected);
    QVERIFY(fixture.page->status().front().startsWith(QStringLiteral("%1 of 18").arg(expected)));
    // The list keeps all of them.
    QCOMPARE(fixture.list().rowCount(), 18);
    // Other tabs draw what is inside.
    fixture.change([](CompareView& view) { view.tab = "curves"; });
    QTRY_VERIFY(fixture.rests() && !fixture.grid().panelsInSight().empty());
    QTRY_COMPARE(fixture.grid().panelsInSight().front()->canvas().series().size(), expected);
    fixture.change([](CompareView& view) { view.tab = "scatter"; });
    auto* scatter = qobject_cast<ScatterTab*>(fixture.page->tab(QStringLiteral("scatter")));
    QTRY_VERIFY(fixture.rests() && scatter->chart()->table().rows > 0);
    QVERIFY(scatter->chart()->table().rows <= int(expected));
    fixture.workspaces.undo(); // the tab is not a step
    QVERIFY(fixture.workspace().brushes.empty() || fixture.view().tab != "scatter");
    while (!fixture.workspace().brushes.empty())
        fixture.workspaces.undo();
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(18));
    fixture.workspaces.redo();
    QTRY_COMPARE(fixture.scene().visibleCount(), expected);
}

void CompareBrushTest::categoriesAndKeys()
{
    CompareFixture fixture({40}, 16);
    auto& tab = openParallel(fixture);
    QTRY_VERIFY(fixture.rests() && tab.chart()->axisCount() > 2);
    auto optimizer = axisOf(*tab.chart(), "optimizer");
    brush(*tab.chart(), optimizer, 0.9, 1.02);
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(4));
    const auto made = fixture.workspace().brushes.front();
    QVERIFY(made.categorical);
    QCOMPARE(made.values, std::vector<std::string>{"sophia-g"});
    // Without the mouse: Delete clears, Space makes one again, each a step.
    tab.chart()->setFocus();
    QTest::keyClick(tab.chart(), Qt::Key_Delete);
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(16));
    QTest::keyClick(tab.chart(), Qt::Key_Space);
    QTRY_VERIFY(fixture.scene().visibleCount() < 16);
    fixture.workspaces.undo();
    fixture.workspaces.undo();
    QCOMPARE(fixture.workspace().brushes, std::vector<Brush>{made});
    QTRY_COMPARE(tab.chart()->rowsInside().size(), std::size_t(4));
}

void CompareBrushTest::chipsTakeBrushesAway()
{
    CompareFixture fixture({40}, 16);
    QTRY_VERIFY(fixture.rests());
    QVERIFY(chipsOf(*fixture.page).isEmpty());
    setBrushes(fixture, {numbers("lr", 2e-4, 5e-4), numbers("param2", -kInfinity, 6)});
    QTRY_COMPARE(chipsOf(*fixture.page).size(), 2);
    QVERIFY(chipsOf(*fixture.page)[0]->accessibleName().contains(QStringLiteral("lr")));
    QVERIFY(chipsOf(*fixture.page)[0]->toolTip().contains(QStringLiteral("Only runs with lr")));
    QTRY_VERIFY(fixture.rests() && fixture.scene().visibleCount() < 16);
    const auto both = fixture.scene().visibleCount();
    chipsOf(*fixture.page)[0]->click();
    QTRY_COMPARE(chipsOf(*fixture.page).size(), 1);
    QCOMPARE(fixture.workspace().brushes.front().column.key, std::string("param2"));
    QTRY_VERIFY(fixture.rests() && fixture.scene().visibleCount() > both);
    fixture.page->findChild<BrushChips*>()->clear();
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(16));
    QVERIFY(!fixture.page->findChild<BrushChips*>()->isVisible());
    fixture.workspaces.undo();
    QTRY_COMPARE(chipsOf(*fixture.page).size(), 1);
}

void CompareBrushTest::aBrushWithoutItsAxisStillHolds()
{
    CompareFixture fixture({40}, 16);
    auto& tab = openParallel(fixture);
    QTRY_VERIFY(fixture.rests() && tab.chart()->axisCount() > 2);
    setBrushes(fixture, {numbers("lr", 1e-4, 4e-4)});
    QTRY_VERIFY(tab.chart()->isBrushed());
    QCOMPARE(tab.chart()->table().rows, int(tab.chart()->rowsInside().size()));
    const auto inside = tab.chart()->rowsInside().size();
    QJsonObject state = fixture.page->controller().tabState(QStringLiteral("parallel"));
    state["columns"] = axes({{ColumnKind::Param, "optimizer"}, {ColumnKind::Metric, "train/loss"}});
    fixture.page->controller().setTabState(QStringLiteral("parallel"), QStringLiteral("columns"), state);
    QTRY_COMPARE(tab.chart()->axisCount(), 2);
    QVERIFY(!tab.chart()->isBrushed());
    QCOMPARE(tab.chart()->rowsInside().size(), inside); // the others are not drawn at all
    // A brush on another axis adds to it.
    brush(*tab.chart(), 0, 0.9, 1.02);
    QCOMPARE(fixture.workspace().brushes.size(), std::size_t(2));
    QCOMPARE(fixture.workspace().brushes[0].column.key, std::string("lr"));
}

void CompareBrushTest::theRunsTableFollows()
{
    RunsPageFixture fixture({60});
    QTRY_VERIFY(fixture.runs->settled() && fixture.model().rowCount() == 60);
    setBrushes(fixture, {numbers("lr", 1e-4, 3e-4)});
    QTRY_VERIFY(fixture.model().rowCount() < 60 && fixture.model().rowCount() > 0);
    QCOMPARE(chipsOf(*fixture.runs).size(), 1);
    auto next = fixture.workspace();
    next.filter = "params.optimizer = 'muon'"; // both narrow
    const int brushed = fixture.model().rowCount();
    fixture.workspaces.change(QStringLiteral("filter"), next);
    QTRY_VERIFY(fixture.model().rowCount() < brushed);
    chipsOf(*fixture.runs)[0]->click();
    QTRY_COMPARE(fixture.model().rowCount(), 15);
    // As text of the filter the brush lets the same runs through, and can be undone.
    next = fixture.workspace();
    next.filter = "params.optimizer = 'muon' OR params.optimizer = 'adamw'";
    next.brushes = {numbers("lr", 1e-4, 3e-4)};
    fixture.workspaces.change(QStringLiteral("brush"), next);
    QTRY_VERIFY(fixture.runs->settled() && fixture.model().rowCount() < 30);
    const int inside = fixture.model().rowCount();
    fixture.runs->findChild<BrushChips*>()->turnIntoFilter();
    QTRY_VERIFY(chipsOf(*fixture.runs).isEmpty());
    QCOMPARE(fixture.workspace().filter,
             std::string("(params.optimizer = 'muon' OR params.optimizer = 'adamw') AND "
                         "num(params.lr) >= 0.0001 AND num(params.lr) <= 0.0003"));
    QTRY_VERIFY(fixture.runs->settled());
    QCOMPARE(fixture.model().rowCount(), inside);
    fixture.workspaces.undo();
    QTRY_COMPARE(chipsOf(*fixture.runs).size(), 1);
    // Nothing inside says so and offers the way back.
    next = fixture.workspace();
    next.filter.clear();
    next.brushes = {numbers("lr", 5, 6)};
    fixture.workspaces.change(QStringLiteral("brush"), next);
    auto* chips = fixture.runs->findChild<BrushChips*>();
    QTRY_VERIFY(textsOf(*fixture.runs)
                    .join(u' ')
                    .contains(QStringLiteral("60 of 60 outside of the filter and brushes")));
    QVERIFY(chips->isVisible());
    for (auto* button : fixture.runs->findChildren<QAbstractButton*>())
        if (button->text() == QLatin1String("Clear brushes"))
            button->click();
    QTRY_COMPARE(fixture.model().rowCount(), 60);
}

void CompareBrushTest::axesKeepDirectionAndScale()
{
    CompareFixture fixture({40}, 12);
    auto& tab = openParallel(fixture);
    QTRY_VERIFY(fixture.rests() && tab.chart()->axisCount() > 2);
    auto lr = axisOf(*tab.chart(), "lr");
    brush(*tab.chart(), lr, -0.02, 0.4);
    QTRY_VERIFY(fixture.rests());
    const auto inside = tab.chart()->rowsInside();
    tab.chart()->flipAxis(lr);
    QVERIFY(tab.chart()->axis(lr).isFlipped());
    QCOMPARE(tab.chart()->rowsInside(), inside);
    tab.chart()->setLogarithmic(lr, !tab.chart()->axis(lr).isLogarithmic());
    const bool logarithmic = tab.chart()->axis(lr).isLogarithmic();
    QTRY_VERIFY(fixture.rests());
    QCOMPARE(fixture.scene().visibleCount(), inside.size());
    fixture.workspaces.undo();
    QTRY_VERIFY(tab.chart()->axis(lr).isLogarithmic() != logarithmic);
    QVERIFY(tab.chart()->axis(lr).isFlipped());
    fixture.workspaces.undo();
    QTRY_VERIFY(!tab.chart()->axis(lr).isFlipped());
    QCOMPARE(tab.chart()->rowsInside(), inside);
}

void CompareBrushTest::axesFromAFile()
{
    CompareFixture first({40}, 12);
    auto& tab = openParallel(first);
    QTRY_VERIFY(first.rests() && tab.chart()->axisCount() > 2);
    tab.chart()->moveAxis(0, 1);
    tab.chart()->flipAxis(1);
    brush(*tab.chart(), 1, 0.5, 1.05);
    QTRY_VERIFY(first.rests());
    // As a saved view or a link carries it.
    const auto read = workspaceFromJson(toJson(first.workspace()));
    QVERIFY(read && *read == first.workspace());
    CompareFixture second({40}, 0);
    second.workspaces.reset(*read);
    auto& other = *qobject_cast<ParallelTab*>(second.page->tab(QStringLiteral("parallel")));
    QTRY_VERIFY(second.rests() && other.chart()->axisCount() == tab.chart()->axisCount());
    QCOMPARE(other.chart()->axis(1).name(), tab.chart()->axis(1).name());
    QVERIFY(other.chart()->axis(1).isFlipped());
    QCOMPARE(other.chart()->rowsInside(), tab.chart()->rowsInside());
}

void CompareBrushTest::hidingTakesOver()
{
    CompareFixture fixture({40}, 12);
    auto& tab = openParallel(fixture);
    QTRY_VERIFY(fixture.rests() && tab.chart()->axisCount() > 2);
    brush(*tab.chart(), axisOf(*tab.chart(), "optimizer"), 0.9, 1.02);
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(3));
    for (auto* button : tab.bar()->findChildren<QAbstractButton*>())
        if (button->text() == QLatin1String("Hide runs outside"))
            button->click();
    QVERIFY(fixture.workspace().brushes.empty());
    QCOMPARE(fixture.view().hidden.size(), std::size_t(9));
    QTRY_VERIFY(fixture.rests() && !tab.chart()->isBrushed());
    QCOMPARE(fixture.scene().visibleCount(), std::size_t(3));
    fixture.workspaces.undo(); // one step
    QCOMPARE(fixture.workspace().brushes.size(), std::size_t(1));
    QVERIFY(fixture.view().hidden.empty());
}

void CompareBrushTest::theMenuActsOnAnAxis()
{
    CompareFixture fixture({40}, 12);
    auto& tab = openParallel(fixture);
    QTRY_VERIFY(fixture.rests() && tab.chart()->axisCount() > 2);
    auto lr = axisOf(*tab.chart(), "lr");
    QTest::mousePress(tab.chart(), Qt::RightButton, {},
                      tab.chart()->placeAt(lr, 0.5).toPoint() + QPoint(3, 0));
    QCOMPARE(tab.chart()->currentAxis(), lr);
    auto* menu = tab.chartPanel().menu();
    emit menu->aboutToShow();
    auto entry = [&](const char* text) -> QAction* {
        for (auto* action : menu->actions())
            if (action->text() == QLatin1String(text))
                return action;
        return nullptr;
    };
    QVERIFY(entry("Flip lr") && entry("Logarithmic lr") && !entry("Clear brushes")->isEnabled());
    entry("Flip lr")->trigger();
    QVERIFY(tab.chart()->axis(lr).isFlipped());
    brush(*tab.chart(), lr, 0.5, 1.02);
    emit menu->aboutToShow();
    QVERIFY(entry("Clear brushes")->isEnabled());
    entry("Clear brushes")->trigger();
    QVERIFY(fixture.workspace().brushes.empty());
}

void CompareBrushTest::beneathTheCurves()
{
    CompareFixture fixture({40}, 12);
    QTRY_VERIFY(fixture.rests() && fixture.grid().board().size() == 5);
    QCOMPARE(fixture.grid().board().back().chart, std::string("parallel"));
    auto* bar = fixture.grid().verticalScrollBar();
    const auto* item = fixture.grid().layout().panel("parallel", {});
    QVERIFY(item);
    bar->setValue(item->rect.top());
    QTRY_VERIFY(fixture.grid().parallelPanel() && fixture.rests());
    auto* panel = fixture.grid().parallelPanel();
    auto& chart = *panel->tab().chart();
    QCOMPARE(panel->width(), fixture.grid().viewport()->width());
    QTRY_VERIFY(chart.axisCount() > 2);
    // A run under the cursor is stressed here too, and one stressed here everywhere.
    fixture.grid().highlightRun(fixture.scene().runs[2].runId);
    QCOMPARE(chart.hoveredRow(), 2);
    emit chart.rowHovered(4);
    QCOMPARE(fixture.page->list().rows().hovered(), fixture.list().rowOf(fixture.scene().runs[4].runId));
    // Its brush is that of the tab.
    brush(chart, axisOf(chart, "optimizer"), 0.9, 1.02);
    QTRY_COMPARE(fixture.scene().visibleCount(), std::size_t(3));
    bar->setValue(0);
    QTRY_VERIFY(fixture.rests() && !fixture.grid().panelsInSight().empty());
    QTRY_COMPARE(fixture.grid().panelsInSight().front()->canvas().series().size(), std::size_t(3));
    QTRY_COMPARE(openParallel(fixture).chart()->rowsInside().size(), std::size_t(3));
    fixture.change([](CompareView& view) { view.tab = "curves"; });
    // At full size and back, by steps, and off the board.
    fixture.grid().maximize(PanelId{"parallel", {}});
    QTRY_VERIFY(fixture.grid().parallelPanel() && fixture.grid().parallelPanel()->height() > 500);
    fixture.run("curves.previous");
    QCOMPARE(fixture.grid().maximized()->chart, std::string("line"));
    fixture.run("curves.next");
    QCOMPARE(fixture.grid().maximized()->chart, std::string("parallel"));
    fixture.run("curves.maximize");
    QVERIFY(!fixture.grid().maximized());
    emit fixture.grid().parallelPanel()->boardWanted(false);
    QCOMPARE(fixture.grid().board().size(), std::size_t(4));
    QTRY_VERIFY(!fixture.grid().parallelPanel());
    fixture.workspaces.undo();
    QCOMPARE(fixture.grid().board().size(), std::size_t(5));
}

void CompareBrushTest::textsSayWhatIsInside_data()
{
    QTest::addColumn<Brush>("brush");
    QTest::addColumn<QString>("text");
    Brush words;
    words.column = {ColumnKind::Param, "optimizer"};
    words.categorical = true;
    words.values = {"adamw", "lion"};
    Brush odd = numbers("lr", 0.5, kInfinity);
    odd.missing = odd.notANumber = true;
    Brush many = words;
    many.values = {"a", "", "<b>", "d", "e", "f"};
    QTest::newRow("range") << numbers("lr", 0.001, 0.01) << QStringLiteral("0.001 to 0.01");
    QTest::newRow("from") << odd << QStringLiteral("≥ 0.5, missing, NaN");
    QTest::newRow("positive") << numbers("lr", std::numeric_limits<double>::denorm_min(), kInfinity)
                              << QStringLiteral("above 0");
    QTest::newRow("all") << numbers("lr", -kInfinity, kInfinity) << QStringLiteral("any number");
    QTest::newRow("texts") << words << QStringLiteral("adamw, lion");
    QTest::newRow("many") << many << QStringLiteral("a, (empty), <b>, d, 2 more");
    QTest::newRow("none") << Brush() << QStringLiteral("nothing");
}

void CompareBrushTest::textsSayWhatIsInside()
{
    QFETCH(Brush, brush);
    QFETCH(QString, text);
    QCOMPARE(brushText(brush), text);
}

void CompareBrushTest::everyPlaceGoesThereAndBack()
{
    // Negative, zero, NaN, infinities and missing values on one axis, with a logarithm and without.
    std::vector<ToldRun> told;
    const double values[] = {-2, 0, 0.001, 0.1, 10, 1000, std::nan(""), kInfinity, -kInfinity, kMissing};
    for (double value : values) {
        ToldRun run{"run"};
        if (!isMissing(value))
            run.metrics["loss"] = value;
        run.params["lr"] = std::to_string(told.size());
        told.push_back(run);
    }
    CompareFixture fixture(tellRuns(told), told.size());
    auto& tab = openParallel(fixture);
    fixture.page->controller().setTabState(
        QStringLiteral("parallel"), QStringLiteral("columns"),
        {{"columns", axes({{ColumnKind::Param, "lr"}, {ColumnKind::Metric, "loss"}})}});
    QTRY_VERIFY(fixture.rests() && tab.chart()->axisCount() == 2);
    for (const bool logarithmic : {true, false}) {
        tab.chart()->setLogarithmic(1, logarithmic);
        QTRY_VERIFY(fixture.rests() && tab.chart()->axis(1).isLogarithmic() == logarithmic);
        const double low = tab.chart()->axis(1).lowest(), high = tab.chart()->axis(1).highest();
        for (const auto& [from, to] :
             {std::pair(low, -0.01), std::pair(-0.01, 0.5), std::pair(0.5, high), std::pair(1.01, high)}) {
            tab.chart()->setBrush(1, BrushSpan{from, to});
            const auto drawn = tab.chart()->rowsInside();
            emit tab.chart()->brushesFinished();
            QTRY_VERIFY(fixture.rests());
            QCOMPARE(fixture.scene().visibleCount(), drawn.size());
            QCOMPARE(tab.chart()->rowsInside(), drawn);
        }
    }
}

QTEST_MAIN(CompareBrushTest)
#include "compare_brush_test.moc"
