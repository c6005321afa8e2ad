// Panels of the Curves tab by mouse and keys: dragged to another place, resized by their corner, their
// settings and where they come from, scales of their axes, search, one at full size.
#include "tests/gui/compare_fixture.h"
#include "tests/gui/widget_walk.h"
#include "ui/charts/plot_frame.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <QAction>
#include <QCursor>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>

#include <cmath>

using namespace sextant;
using namespace sextant::test;

namespace {

/// With submenus filled as they are when they open.
QAction* entryOf(QMenu& menu, const QString& text)
{
    emit menu.aboutToShow();
    for (auto* action : menu.actions()) {
        if (action->text() == text)
            return action;
        if (action->menu())
            if (auto* found = entryOf(*action->menu(), text))
                return found;
    }
    return nullptr;
}

QStringList textsOfMenu(QMenu& menu)
{
    emit menu.aboutToShow();
    QStringList texts;
    for (auto* action : menu.actions())
        texts << action->text();
    return texts;
}

/// Where the mouse is stays fixed in the window, whether the widget moves meanwhile or not.
void drag(QWidget* widget, QPoint from, QPoint to)
{
    auto* window = widget->window();
    const QPoint start = widget->mapTo(window, from), end = widget->mapTo(window, to);
    QTest::mousePress(widget, Qt::LeftButton, {}, from);
    QTest::mouseMove(widget, widget->mapFrom(window, (start + end) / 2));
    QTest::mouseMove(widget, widget->mapFrom(window, end));
    QTest::mouseRelease(widget, Qt::LeftButton, {}, widget->mapFrom(window, end));
}

} // namespace

class ComparePanelsTest : public QObject
{
    Q_OBJECT
private slots:
    void theHeadIsDraggedToAnotherPlace();
    void theCornerResizes();
    void everyLevelSaysWhatItDecides();
    void aSectionSetsItsPanels();
    void threeScalesOfY();
    void aCrosshairIsInAllPanels();
    void keysReachEveryPanel();
    void searchLeavesWhatMatches();
    void expressionsHavePanels();
    void pointsAreCounted();
};

void ComparePanelsTest::theHeadIsDraggedToAnotherPlace()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && fixture.grid().panelsInSight().size() > 2);
    const auto before = fixture.grid().board();
    auto* second = fixture.grid().panelsInSight()[1];
    auto* first = fixture.grid().panelsInSight()[0];
    const QPoint target = first->mapTo(second->window(), QPoint(20, 40));
    drag(second, QPoint(60, 8), second->mapFrom(second->window(), target));
    QCOMPARE(fixture.grid().board()[0], before[1]);
    QCOMPARE(fixture.grid().board()[1], before[0]);
    fixture.workspaces.undo();
    QCOMPARE(fixture.grid().board(), before);
    // A small movement is a click.
    drag(second, QPoint(60, 8), QPoint(61, 9));
    QCOMPARE(fixture.grid().board(), before);
}

void ComparePanelsTest::theCornerResizes()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && fixture.grid().panelsInSight().size() > 2);
    const auto before = fixture.grid().board();
    auto* panel = fixture.grid().panelsInSight().front();
    const QPoint corner(panel->width() - 4, panel->height() - 4);
    auto* grip = panel->childAt(corner);
    QVERIFY(grip && grip->cursor().shape() == Qt::SizeFDiagCursor);
    const int column = fixture.grid().viewport()->width() / CurveLayout::kColumns;
    drag(grip, QPoint(8, 8), QPoint(8 - column, 8 + 2 * CurveLayout::kRow));
    QCOMPARE(fixture.grid().board()[0].columns, before[0].columns - 1);
    QCOMPARE(fixture.grid().board()[0].rows, before[0].rows + 2);
    QTRY_VERIFY(fixture.rests());
    QCOMPARE(panel->height(), (before[0].rows + 2) * CurveLayout::kRow);
    fixture.workspaces.undo();
    QTRY_COMPARE(panel->height(), before[0].rows * CurveLayout::kRow);
}

void ComparePanelsTest::everyLevelSaysWhatItDecides()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && fixture.grid().panelsInSight().size() > 2);
    auto* panel = fixture.grid().panelsInSight().front();
    auto& line = panel->chart().panel();
    auto said = [&] { return textsOf(line).join(u'|'); };
    auto levels = [&] {
        for (auto* action : line.menu()->actions())
            if (action->text() == QLatin1String("Where settings come from"))
                return textsOfMenu(*action->menu()).join(u'|');
        return QString();
    };
    QVERIFY(levels().contains(QStringLiteral("Linear, default")));
    fixture.change([](CompareView& view) { view.settings.yScale = 1; });
    QVERIFY(levels().contains(QStringLiteral("Logarithmic, set for the page")));
    QVERIFY(!said().contains(QStringLiteral("set for")));
    fixture.change([&](CompareView& view) { view.sectionSettings[panel->section()].yScale = 2; });
    QVERIFY(levels().contains(QStringLiteral("Symmetric log, set for the section")));
    QVERIFY(said().contains(QStringLiteral("set for the section")));
    entryOf(*line.menu(), QStringLiteral("Linear"))->trigger();
    QCOMPARE(fixture.view().panelSettings.at(panel->metric()).yScale, std::optional(0));
    QVERIFY(levels().contains(QStringLiteral("Linear, set for this panel")));
    QVERIFY(said().contains(QStringLiteral("set for this panel")));
    entryOf(*line.menu(), QStringLiteral("Reset panel to section"))->trigger();
    QVERIFY(levels().contains(QStringLiteral("Symmetric log, set for the section")));
    entryOf(*line.menu(), QStringLiteral("Reset section and panel to page"))->trigger();
    QVERIFY(levels().contains(QStringLiteral("Logarithmic, set for the page")));
    fixture.workspaces.undo();
    QVERIFY(levels().contains(QStringLiteral("set for the section")));
}

void ComparePanelsTest::aSectionSetsItsPanels()
{
    CompareFixture fixture({20, 12});
    fixture.change([](CompareView& view) { view.arranged = true; }); // an empty board
    QTRY_VERIFY(fixture.rests() && fixture.grid().panelsInSight().size() > 2);
    auto* panel = fixture.grid().panelsInSight().front();
    const auto section = panel->section();
    emit fixture.grid().sectionMenuWanted(section, QCursor::pos());
    QTRY_VERIFY(openMenu());
    auto* clip = entryOf(*openMenu(), QStringLiteral("Clip"));
    QVERIFY(clip);
    clip->trigger();
    openMenu()->close();
    QCOMPARE(fixture.view().sectionSettings.at(section).outliers, std::optional(1));
    for (auto* each : fixture.grid().panelsInSight())
        QCOMPARE(each->chart().panel().settings().clipOutliers, each->section() == section);
    // A click on its head folds it.
    const auto all = fixture.grid().panelsInSight().size();
    fixture.page->controller().replace([&](CompareView& view) { view.folded.insert(section); });
    QTRY_VERIFY(fixture.rests());
    for (auto* each : fixture.grid().panelsInSight())
        QVERIFY(each->section() != section);
    QVERIFY(all > 0);
}

void ComparePanelsTest::threeScalesOfY()
{
    CompareFixture fixture({20, 8});
    fixture.state->values = [](const std::string&, const std::string& metric) {
        std::vector<double> values;
        for (int i = 0; i < 200; ++i)
            values.push_back(metric == "val/loss" ? 1 + i : std::sin(i * 0.1) * i);
        return values;
    };
    QTRY_VERIFY(fixture.rests() && fixture.grid().panelsInSight().size() > 1);
    const auto other = fixture.grid().panelsInSight()[1]->metric();
    QVERIFY(other != "val/loss");
    auto scaleOf = [&](const std::string& metric) {
        for (auto* panel : fixture.grid().panelsInSight())
            if (panel->metric() == metric)
                return panel->canvas().frame().y;
        return AxisScale();
    };
    QTRY_VERIFY(scaleOf("val/loss").range().high > 150);
    fixture.change([](CompareView& view) { view.settings.yScale = 1; });
    // A logarithm is on both sides of zero only where values ask for it …
    QTRY_COMPARE(scaleOf("val/loss").kind(), AxisScale::Kind::Logarithmic);
    QTRY_COMPARE(scaleOf(other).kind(), AxisScale::Kind::SymmetricLogarithmic);
    // … or where people do; zero is in sight then.
    fixture.change([](CompareView& view) { view.settings.yScale = 2; });
    QTRY_COMPARE(scaleOf("val/loss").kind(), AxisScale::Kind::SymmetricLogarithmic);
    QVERIFY(scaleOf("val/loss").range().low <= 0);
    fixture.change([](CompareView& view) { view.settings.yScale = 0; });
    QTRY_COMPARE(scaleOf("val/loss").kind(), AxisScale::Kind::Linear);
}

void ComparePanelsTest::aCrosshairIsInAllPanels()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && fixture.grid().panelsInSight().size() > 2);
    auto panels = fixture.grid().panelsInSight();
    auto& canvas = panels[0]->canvas();
    QTest::mouseMove(&canvas, QPoint(canvas.width() / 2, canvas.height() / 2));
    QTRY_VERIFY(canvas.crosshair());
    QCOMPARE(panels[1]->canvas().crosshair(), canvas.crosshair());
    // Along another x it says nothing.
    CurveChoice choice;
    choice.xAxis = 2;
    emit panels[1]->choiceMade(choice);
    QTRY_VERIFY(fixture.rests());
    const auto stays = panels[1]->canvas().crosshair();
    QTest::mouseMove(&canvas, QPoint(canvas.width() / 3, canvas.height() / 2));
    QCOMPARE(panels[1]->canvas().crosshair(), stays);
    QCOMPARE(panels[2]->canvas().crosshair(), canvas.crosshair());
}

void ComparePanelsTest::keysReachEveryPanel()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && fixture.grid().panelsInSight().size() > 2);
    fixture.run("curves.next");
    const auto first = fixture.grid().current();
    std::set<std::string> seen;
    const auto all = fixture.grid().layout().reading().size();
    for (std::size_t i = 0; i < all; ++i) {
        seen.insert(fixture.grid().current()->chart + fixture.grid().current()->metric);
        fixture.run("curves.next");
        QTRY_VERIFY(fixture.rests());
    }
    QCOMPARE(seen.size(), all);
    for (std::size_t i = 0; i < all; ++i)
        fixture.run("curves.previous");
    QVERIFY(fixture.grid().current() == first);
    // Esc leaves the full size.
    fixture.run("curves.maximize");
    QVERIFY(fixture.grid().maximized());
    QTest::keyClick(&fixture.grid(), Qt::Key_Escape);
    QVERIFY(!fixture.grid().maximized());
}

void ComparePanelsTest::searchLeavesWhatMatches()
{
    CompareFixture fixture({20, 12});
    QTRY_VERIFY(fixture.rests());
    auto& search = fixture.curves().search();
    QTest::keyClicks(&search, QStringLiteral("loss$"));
    QTRY_COMPARE(fixture.grid().layout().panels, std::size_t(2));
    QVERIFY(!fixture.grid().layout().panel("parallel", {}));
    QTest::keyClick(&search, Qt::Key_Escape);
    QVERIFY(search.text().isEmpty());
    QTRY_VERIFY(fixture.grid().layout().panels > 2);
}

void ComparePanelsTest::expressionsHavePanels()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests());
    fixture.run("curves.expression");
    auto& field = fixture.curves().expressionField();
    QTRY_VERIFY(field.isVisible());
    QTest::keyClicks(&field, QStringLiteral("train/loss -"));
    QTest::keyClick(&field, Qt::Key_Return);
    QVERIFY(field.isVisible()); // what is wrong is said, what was typed stays
    QTest::keyClicks(&field, QStringLiteral(" val/loss"));
    QTest::keyClick(&field, Qt::Key_Return);
    QTRY_VERIFY(!field.isVisible());
    QCOMPARE(fixture.grid().board().back().metric, std::string("train/loss - val/loss"));
    const auto* item = fixture.grid().layout().panel("line", "train/loss - val/loss");
    QVERIFY(item);
    fixture.grid().verticalScrollBar()->setValue(item->rect.top());
    QTRY_VERIFY(fixture.rests());
    for (auto* panel : fixture.grid().panelsInSight())
        if (panel->metric() == "train/loss - val/loss")
            QTRY_COMPARE(panel->canvas().series().size(), std::size_t(8));
}

void ComparePanelsTest::pointsAreCounted()
{
    CompareFixture fixture({20, 8});
    QTRY_VERIFY(fixture.rests() && fixture.grid().points() > 0);
    std::size_t points = 0;
    for (auto* panel : fixture.grid().panelsInSight())
        points += panel->canvas().pointCount();
    QCOMPARE(fixture.grid().points(), points);
    QVERIFY(points >= 8U * 500U);
    QVERIFY(fixture.curves().status().join(u'|').contains(QStringLiteral("every point drawn")));
}

QTEST_MAIN(ComparePanelsTest)
#include "compare_panels_test.moc"
