// The Runs page at its edges: no run, one run, long and hostile names, values that are no numbers, a narrow
// window, errors.
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/runs/charts_column.h"
#include "ui/runs/filter_bar.h"
#include "ui/runs/filter_field.h"
#include "ui/runs/runs_bar.h"
#include "ui/runs/runs_inspector.h"
#include "ui/runs/runs_table_view.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/label.h"
#include "ui/widgets/state_panel.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

class RunsEdgesTest : public QObject
{
    Q_OBJECT

    static void ready(RunsPageFixture& fixture)
    {
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(fixture.runs->settled() && !fixture.workspace().columns.empty());
    }
    static bool says(QWidget* root, const QString& text)
    {
        for (auto* label : root->findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }
    static QString cell(RunsPageFixture& fixture, int row, const ColumnRef& column,
                        int role = Qt::DisplayRole)
    {
        return fixture.model().index(row, fixture.model().columnOf(column)).data(role).toString();
    }

private slots:
    void noRunsInviteToLogOne()
    {
        RunsPageFixture fixture(tellRuns({}));
        QTRY_COMPARE(fixture.runs->controller().state(), RunsController::State::NoRuns);
        QVERIFY(says(fixture.runs, QStringLiteral("No runs here yet")));
        QVERIFY(says(fixture.runs, QStringLiteral("mlflow.db")));
        QTRY_VERIFY(fixture.runs->settled());
        QCOMPARE(fixture.runs->status().value(0), QStringLiteral("0 runs"));
        for (auto id : {"runs.open", "runs.hide", "runs.pin", "runs.baseline", "runs.copy", "runs.copyIds",
                        "runs.showFirst10", "runs.onlyThis"})
            fixture.action(id)->trigger(); // nothing to act on: nothing happens
        QVERIFY(fixture.navigated.isEmpty());
        QVERIFY(fixture.workspace().pinned.empty() && fixture.workspace().baseline.empty());
    }

    void theFirstRunArrivesByItself()
    {
        RunsPageFixture fixture(tellRuns({}));
        QTRY_COMPARE(fixture.runs->controller().state(), RunsController::State::NoRuns);
        fixture.state->replace(tellRuns({{"first", 0, {{"loss", 1}}}}));
        fixture.session.refresh();
        QTRY_COMPARE(fixture.runs->controller().state(), RunsController::State::Ready);
        QTRY_COMPARE(fixture.runs->table().currentRun(), toldId(0));
    }

    void oneRunIsSelectedAndSingular()
    {
        RunsPageFixture fixture(tellRuns({{"only", 0, {{"loss", 1}}}}));
        ready(fixture);
        QCOMPARE(fixture.runs->status().value(0), QStringLiteral("1 run"));
        QTRY_COMPARE(fixture.runs->table().selectedRuns(), std::vector<std::string>{toldId(0)});
        auto* inspector = qobject_cast<RunsInspector*>(fixture.runs->inspector());
        QTRY_COMPARE(inspector->runId(), toldId(0));
        QVERIFY(says(&fixture.runs->filterBar(), QStringLiteral("1 run")));
        fixture.runs->filterBar().field().replaceText(QStringLiteral("metrics.loss > 5"));
        QTRY_COMPARE(fixture.runs->controller().state(), RunsController::State::NoMatch);
        QVERIFY(says(&fixture.runs->filterBar(), QStringLiteral("0 of 1 run")));
        QVERIFY(!says(&fixture.runs->filterBar(), QStringLiteral("1 runs")));
    }

    void theSelectionMovesWhenTheFilterTakesItAway()
    {
        RunsPageFixture fixture(
            tellRuns({{"a", 0, {{"loss", 1}}}, {"b", 0, {{"loss", 2}}}, {"c", 0, {{"loss", 3}}}}));
        ready(fixture);
        fixture.runs->table().selectRun(toldId(2));
        fixture.runs->filterBar().field().replaceText(QStringLiteral("metrics.loss < 2.5"));
        QTRY_COMPARE(fixture.model().rowCount(), 2);
        QTRY_COMPARE(fixture.runs->table().currentRun(), toldId(1));
        auto* inspector = qobject_cast<RunsInspector*>(fixture.runs->inspector());
        QTRY_COMPARE(inspector->runId(), toldId(1));
    }

    void numbersThatAreNoneAreFiveWords()
    {
        RunsPageFixture fixture(tellRuns({{"plus", 0, {{"x", HUGE_VAL}}},
                                          {"minus", 0, {{"x", -HUGE_VAL}}},
                                          {"nan", 0, {{"x", std::nan("")}}},
                                          {"none", 0, {{"y", 1}}},
                                          {"zero", 0, {{"x", 0}}},
                                          {"one", 0, {{"x", 1.5}}}}));
        ready(fixture);
        const ColumnRef x{ColumnKind::Metric, "x"};
        QTRY_VERIFY(fixture.model().columnOf(x) > 0);
        QStringList texts;
        for (int row = 5; row >= 0; --row)
            texts << cell(fixture, row, x);
        QCOMPARE(QSet<QString>(texts.begin(), texts.begin() + 5).size(), 5);
        QCOMPARE(texts[2], QStringLiteral("NaN"));
        QCOMPARE(texts[3], QStringLiteral("—"));
        QVERIFY(texts[1].startsWith(QChar(0x2212))); // a true minus sign
        fixture.runs->grab();                        // and all of it can be painted
    }

    void tinyAndHugeNumbersKeepTheirDigits()
    {
        RunsPageFixture fixture(tellRuns({{"tiny", 0, {{"x", 5e-324}}},
                                          {"huge", 0, {{"x", 1.7976931348623157e308}}},
                                          {"plain", 0, {{"x", 0.1}}}}));
        ready(fixture);
        const ColumnRef x{ColumnKind::Metric, "x"};
        QCOMPARE(cell(fixture, 1, x, RunsModel::ExactTextRole), QStringLiteral("1.7976931348623157e+308"));
        QVERIFY(cell(fixture, 2, x) != cell(fixture, 0, x));
        QVERIFY(cell(fixture, 1, x).size() < 14);
        fixture.runs->grab();
    }

    void namesAreShownAsTheyAre()
    {
        RunsPageFixture fixture(
            tellRuns({{"<b>bold</b> %1", 0, {{"<i>m</i>", 1}}, {{"<u>p</u> %2", "<img src=x>"}}},
                      {std::string(5000, 'w'), 0, {{"<i>m</i>", 2}}, {{"<u>p</u> %2", "%1"}}},
                      {"", 0, {{"<i>m</i>", 3}}, {{"<u>p</u> %2", ""}}}}));
        ready(fixture);
        auto name = [&](int row, int role) {
            return fixture.model().index(row, int(RunsColumnKind::Name)).data(role).toString();
        };
        QCOMPARE(name(2, Qt::DisplayRole), QStringLiteral("<b>bold</b> %1"));
        QVERIFY(!name(2, Qt::ToolTipRole).contains(QStringLiteral("<b>bold")));
        QVERIFY(name(1, Qt::DisplayRole).size() <= 401);
        QVERIFY(!name(0, Qt::DisplayRole).isEmpty()); // a run without a name shows its id
        for (int row = 0; row < 3; ++row) {
            fixture.runs->table().selectRow(row);
            QTRY_VERIFY(fixture.runs->settled());
            fixture.runs->inspector()->grab();
        }
        for (auto* label : fixture.runs->inspector()->findChildren<QLabel*>())
            QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
        fixture.runs->filterByCell(2, fixture.model().columnOf({ColumnKind::Param, "<u>p</u> %2"}),
                                   RunsPage::CellFilter::Only);
        QTRY_COMPARE(fixture.runs->controller().matchingRuns(), std::size_t{1});
    }

    void aNarrowPagePutsItsChartsBelow()
    {
        RunsPageFixture fixture({.runs = 30});
        ready(fixture);
        auto* splitter = fixture.runs->findChild<QSplitter*>();
        QCOMPARE(splitter->orientation(), Qt::Horizontal);
        fixture.window.resize(656, 560);
        QTRY_COMPARE(splitter->orientation(), Qt::Vertical);
        QVERIFY(fixture.runs->table().width() > 600);
        QVERIFY(fixture.runs->table().height() > 120);
        QVERIFY(fixture.runs->charts().height() > 120);
        for (auto* button : fixture.runs->bar().findChildren<QAbstractButton*>()) {
            if (button->isVisible())
                QVERIFY2(button->mapTo(fixture.runs, QPoint(button->width(), 0)).x() <= fixture.runs->width(),
                         qPrintable(button->text()));
        }
        fixture.window.resize(1400, 800);
        QTRY_COMPARE(splitter->orientation(), Qt::Horizontal);
        QVERIFY(fixture.runs->table().width() > fixture.runs->charts().width());
    }

    void deletedRunsAreAViewOfTheirOwn()
    {
        RunsPageFixture fixture({.runs = 10});
        ready(fixture);
        fixture.action("runs.viewDeleted")->trigger();
        QTRY_COMPARE(fixture.runs->controller().state(), RunsController::State::NoRuns);
        QVERIFY(says(fixture.runs, QStringLiteral("No deleted runs")));
        fixture.action("runs.viewAll")->trigger();
        QTRY_COMPARE(fixture.model().rowCount(), 10);
        QCOMPARE(fixture.workspace().view, ViewType::All);
    }

    void anotherExperimentBringsItsOwnCurves()
    {
        RunsPageFixture fixture(
            tellRuns({{"a", 0, {{"loss", 1}}}, {"b", 0, {{"loss", 2}}}, {"c", 1, {{"mae", 3}}}}));
        ready(fixture);
        QTRY_COMPARE(fixture.workspace().charts.size(), std::size_t{1});
        QCOMPARE(fixture.workspace().charts.front().metric, std::string("loss"));
        auto next = fixture.workspace();
        next.experimentIds = {"2"};
        fixture.workspaces.change(QStringLiteral("choose experiments"), next);
        QTRY_COMPARE(fixture.model().rowCount(), 1);
        QTRY_COMPARE(fixture.workspace().charts.front().metric, std::string("mae"));
        QCOMPARE(fixture.workspace().shown, std::set<std::string>{toldId(2)});
    }

    void aPartialTableIsNotYetSelected()
    {
        RunsPageFixture fixture({.runs = 20, .partial = true});
        QTRY_VERIFY(fixture.model().rowCount() == 20);
        QVERIFY(fixture.runs->table().selectedRuns().empty());
        QVERIFY(fixture.runs->status().value(0).endsWith(QStringLiteral("values are being read")));
        QVERIFY(fixture.workspace().charts.empty());
    }

    void dotsDifferByTheirCuts()
    {
        ThemeControl control(ThemeControl::Choice::Light, Theme::Families::bundled());
        QWidget widget;
        QList<QImage> dots;
        for (int dash = 0; dash < 4; ++dash) {
            QImage image(32, 32, QImage::Format_RGB32);
            image.fill(Qt::white);
            image.setDevicePixelRatio(2);
            QPainter painter(&image);
            paintColorDot(Theme::of(&widget), &painter, {8, 8}, Qt::black, true, {}, dash);
            painter.end();
            for (const auto& other : dots)
                QVERIFY(image != other);
            QCOMPARE(image.pixelColor(1, 1), QColor(Qt::white));
            dots << image;
        }
        QCOMPARE(dots[0].pixelColor(16, 16), QColor(Qt::black));
        QVERIFY(dots[1].pixelColor(16, 16).lightness() > 200);
    }
};

QTEST_MAIN(RunsEdgesTest)
#include "runs_edges_test.moc"
