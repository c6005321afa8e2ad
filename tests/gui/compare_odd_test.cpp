// Comparing what real life holds, in the real window on a real store: values no axis likes, names that
// collide, metrics and stores that vanish while they are shown, places that can't be written to.
#include "tests/gui/real_window.h"
#include "tests/store/sample_database.h"
#include "ui/charts/export_dialog.h"
#include "ui/charts/line_panel.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/curve_panel.h"
#include "ui/compare/curves_grid.h"
#include "ui/widgets/banner.h"

#include <QLabel>
#include <QScrollBar>

using namespace sextant;
using namespace sextant::test;

namespace {

constexpr int kRuns = 4, kPoints = 40;

/// A value of each metric; the names collide, hold markup, or both.
std::vector<std::pair<std::string, std::function<double(int run, int step)>>> oddMetrics()
{
    const double nan = std::nan("");
    return {{"a/constant", [](int, int) { return 5.0; }},
            {"a/zero", [](int, int) { return 0.0; }},
            {"a/negative", [](int, int) { return -2.0; }},
            {"a/allnan", [nan](int, int) { return nan; }},
            {"a/huge and tiny", [](int run, int) { return run % 2 ? 1e308 : 1e-308; }},
            {"a/both ends", [](int, int step) { return step % 2 ? 1.7e308 : -1.7e308; }},
            {"a/denormal", [](int, int step) { return 5e-324 * step; }},
            {"a/holes", [nan](int run, int step) { return step % (run + 2) == 0 ? nan : step * 1.0; }},
            {"Loss", [](int, int step) { return 1.0 / (1 + step); }},
            {"loss", [](int, int step) { return 2.0 / (1 + step); }},
            {"loss ", [](int, int step) { return 3.0 / (1 + step); }},
            {"<b>x</b>/&amp; %1", [](int, int step) { return step * 0.5; }}};
}

std::string quoted(const std::string& text)
{
    std::string all = "'";
    for (char letter : text)
        all += letter == '\'' ? std::string("''") : std::string(1, letter);
    return all + "'";
}

/// `runs` runs of one name; every metric has a point a step.
std::string oddStore(const TemporaryFolder& folder, int runs = kRuns)
{
    const auto file = newDatabase(folder);
    OtherWriter writer(file);
    writer.execute("BEGIN; INSERT INTO experiments(experiment_id, name, artifact_location, lifecycle_stage) "
                   "VALUES (7, '<h1>odd', "
                   "'./a', 'active')");
    for (int run = 0; run < runs; ++run) {
        const std::string id = "run" + std::to_string(run);
        writer.execute(
            runSql(id, "UPDATE runs SET name = '<img src=x>same' WHERE run_uuid = '" + id + "';", "7"));
        writer.execute("INSERT INTO params VALUES ('seed', '" + std::to_string(run) + "', '" + id + "')");
        for (const auto& [key, value] : oddMetrics()) {
            for (int step = 0; step < kPoints; ++step) {
                const double number = value(run, step);
                char text[40];
                std::snprintf(text, sizeof text, "%.17g", std::isnan(number) ? 0 : number);
                const std::string nan = std::isnan(number) ? "1" : "0";
                writer.execute("INSERT INTO metrics(key, value, timestamp, run_uuid, step, is_nan) VALUES (" +
                               quoted(key) + ", " + text + ", " +
                               std::to_string(1'700'000'000'000 + step * 1000 + run) + ", '" + id + "', " +
                               std::to_string(step) + ", " + nan + ")");
                if (step == kPoints - 1)
                    writer.execute(
                        "INSERT INTO latest_metrics(key, value, timestamp, step, is_nan, run_uuid) VALUES (" +
                        quoted(key) + ", " + text + ", 1, " + std::to_string(step) + ", " + nan + ", '" + id +
                        "')");
            }
        }
    }
    writer.execute("COMMIT");
    return file;
}

/// The real window on its Compare page, all runs compared.
struct CompareWindow : RealWindow
{
    bool compare(const QString& path)
    {
        if (!open(path))
            return false;
        Workspace all = workspace();
        all.compare.source = CompareView::Source::Filter;
        all.compare.filter = "attributes.status = 'FINISHED'";
        window.workspaces().change(QStringLiteral("all"), all);
        action(QStringLiteral("page.compare"))->trigger();
        return rest();
    }
    void change(const std::function<void(CompareView&)>& edit)
    {
        page().controller().change(QStringLiteral("change"), edit);
    }
    ComparePage& page() { return *part<ComparePage>(); }
    CurvesGrid& grid() { return *part<CurvesGrid>(); }
    CurvePanel* panel(const std::string& metric)
    {
        for (auto* panel : grid().findChildren<CurvePanel*>())
            if (panel->metric() == metric)
                return panel;
        return nullptr;
    }
    /// Scrolls from the top to the bottom and calls `look` with every panel once it is drawn.
    bool eachPanel(const std::function<void(CurvePanel&)>& look)
    {
        std::set<std::string> seen;
        auto* bar = grid().verticalScrollBar();
        for (int place = 0;; place += grid().viewport()->height() / 2) {
            bar->setValue(place);
            if (!rest())
                return false;
            for (auto* panel : grid().panelsInSight())
                if (seen.insert(panel->metric()).second)
                    look(*panel);
            if (place >= bar->maximum())
                break;
        }
        bar->setValue(0);
        return rest();
    }
};

QString wrongWith(CurvePanel& panel)
{
    const PlotFrame& frame = panel.canvas().frame();
    const QString name = QString::fromStdString(panel.metric());
    for (const auto& [range, axis] : {std::pair(frame.x.range(), "x"), std::pair(frame.y.range(), "y")})
        if (!std::isfinite(range.low) || !std::isfinite(range.high) || !(range.high > range.low))
            return QStringLiteral("%1 has the %2 axis %3 to %4")
                .arg(name, axis)
                .arg(range.low)
                .arg(range.high);
    for (const Tick& tick : frame.yTicks)
        if (!std::isfinite(tick.value) || tick.label.isEmpty())
            return name + QStringLiteral(" has a tick that says nothing");
    return panel.grab().isNull() ? name + QStringLiteral(" can't be drawn") : QString();
}

} // namespace

class CompareOddTest : public QObject
{
    Q_OBJECT
private slots:
    void everySettingOfOddValues_data();
    void everySettingOfOddValues();
    void valuesArriveWhole();
    void collidingNames();
    void oneRunAndNone();
    void metricDeletedWhileShown();
    void storeDisappearsWhileShown();
    void placesThatCantBeWritten();
};

void CompareOddTest::everySettingOfOddValues_data()
{
    QTest::addColumn<int>("axis");
    QTest::addColumn<int>("scale");
    QTest::addColumn<int>("band");
    QTest::addColumn<int>("smoothing");
    QTest::addColumn<int>("outliers");
    QTest::newRow("plain") << 0 << 0 << 0 << 0 << 0;
    QTest::newRow("log") << 0 << 1 << 0 << 0 << 0;
    QTest::newRow("log, smoothed, clipped") << 0 << 1 << 0 << 1 << 1;
    QTest::newRow("relative, band") << 1 << 0 << 1 << 0 << 0;
    QTest::newRow("wall, log, interval") << 2 << 1 << 3 << 0 << 1;
    QTest::newRow("extremes, mean of points") << 0 << 0 << 4 << 2 << 1;
    QTest::newRow("log extremes, Gaussian") << 1 << 1 << 4 << 3 << 0;
    QTest::newRow("stderr, by time") << 2 << 0 << 2 << 4 << 1;
}

void CompareOddTest::everySettingOfOddValues()
{
    QFETCH(int, axis);
    QFETCH(int, scale);
    QFETCH(int, band);
    QFETCH(int, smoothing);
    QFETCH(int, outliers);
    TemporaryFolder folder;
    CompareWindow window;
    QVERIFY(window.compare(QString::fromStdString(oddStore(folder))));
    window.change([&](CompareView& view) {
        view.settings.xAxis = axis;
        view.settings.yScale = scale;
        view.settings.band = band;
        view.settings.smoothing = smoothing;
        view.settings.smoothingAmount = smoothing == 2 || smoothing == 3 ? 3 : 0.6;
        view.settings.outliers = outliers;
    });
    std::size_t looked = 0;
    QStringList wrong;
    QVERIFY(window.eachPanel([&](CurvePanel& panel) {
        ++looked;
        if (const QString text = wrongWith(panel); !text.isEmpty())
            wrong << text;
        auto& canvas = panel.canvas();
        QTest::mouseMove(&canvas, canvas.rect().center()); // the tooltip reads the same values
        QTest::keyClick(&canvas, Qt::Key_Right);
        const AxisRange x = canvas.frame().x.range();
        canvas.setVisibleWindow({AxisRange{x.low + 0.4 * x.length(), x.low + 0.41 * x.length()}, {}});
        if (const QString text = wrongWith(panel); !text.isEmpty())
            wrong << text + QStringLiteral(", zoomed in");
        canvas.resetZoom();
        if (panel.chart().panel().picture()->dataAsCsv(true).isEmpty())
            wrong << QString::fromStdString(panel.metric()) + QStringLiteral(" has no data to export");
    }));
    QCOMPARE(looked, oddMetrics().size());
    QCOMPARE(wrong.join("; "), QString());
}

void CompareOddTest::valuesArriveWhole()
{
    TemporaryFolder folder;
    CompareWindow window;
    QVERIFY(window.compare(QString::fromStdString(oddStore(folder))));
    std::map<std::string, std::vector<LineSeries>> drawn;
    QVERIFY(window.eachPanel([&](CurvePanel& panel) { drawn[panel.metric()] = panel.canvas().series(); }));
    for (const auto& [key, value] : oddMetrics()) {
        const auto& series = drawn[key];
        QCOMPARE(series.size(), std::size_t(kRuns));
        for (const LineSeries& one : series) {
            const int run = one.runId.mid(3).toInt();
            QCOMPARE(one.curve->size(), std::size_t(kPoints));
            for (std::size_t step = 0; step < std::size_t(kPoints); ++step) {
                const double wanted = value(run, int(step)), got = one.curve->value(step);
                QVERIFY(wanted == got || (std::isnan(wanted) && std::isnan(got)));
            }
        }
    }
}

void CompareOddTest::collidingNames()
{
    TemporaryFolder folder;
    CompareWindow window;
    QVERIFY(window.compare(QString::fromStdString(oddStore(folder))));
    // Runs of one name stay apart, by id and by what is drawn; names are shown as they are, not as markup.
    QCOMPARE(window.page().controller().scene()->runs.size(), std::size_t(kRuns));
    std::map<std::string, double> first;
    QVERIFY(window.eachPanel([&](CurvePanel& panel) {
        const auto& series = panel.canvas().series();
        if (!series.empty())
            first[panel.metric()] = series.front().curve->value(0);
        QVERIFY(!panel.canvas().title().isEmpty());
    }));
    QCOMPARE(first.at("Loss"), 1.0);
    QCOMPARE(first.at("loss"), 2.0);
    QCOMPARE(first.at("loss "), 3.0);
    QVERIFY(first.contains("<b>x</b>/&amp; %1"));
    for (auto* label : window.window.findChildren<QLabel*>())
        QVERIFY2(label->textFormat() != Qt::RichText || !label->text().contains("<img"),
                 qPrintable(label->text()));
}

void CompareOddTest::oneRunAndNone()
{
    for (int runs : {1, 0}) {
        TemporaryFolder folder;
        CompareWindow window;
        QVERIFY(window.compare(QString::fromStdString(oddStore(folder, runs))));
        for (const char* id :
             {"curves.maximize", "curves.next", "curves.previous", "curves.maximize", "compare.baseline",
              "compare.hide", "compare.showAll", "compare.tab.diff", "compare.tab.curves"})
            if (auto* action = window.action(QString::fromLatin1(id)); action && action->isEnabled())
                action->trigger();
        window.change([](CompareView& view) {
            view.grouping = {{ColumnKind::Param, "seed"}};
            view.settings.band = 3;
        });
        QVERIFY(window.rest());
        for (const char* tab : {"diff", "scatter", "bars", "boxes", "parallel", "histogram", "importance",
                                "contour", "statistics", "curves"}) {
            window.change([&](CompareView& view) { view.tab = tab; });
            QVERIFY(window.rest());
            QVERIFY2(!window.page().grab().isNull(), tab);
        }
        if (runs == 1)
            QVERIFY(window.eachPanel([](CurvePanel& panel) { QCOMPARE(wrongWith(panel), QString()); }));
    }
}

void CompareOddTest::metricDeletedWhileShown()
{
    TemporaryFolder folder;
    const auto file = oddStore(folder);
    CompareWindow window;
    QVERIFY(window.compare(QString::fromStdString(file)));
    window.action("curves.taller")->trigger(); // the panels are the user's now
    const auto metric = window.grid().panelsInSight().front()->metric();
    OtherWriter(file).execute("DELETE FROM metrics WHERE key = " + quoted(metric) +
                              "; DELETE FROM latest_metrics WHERE key = " + quoted(metric));
    window.window.session().refresh(true);
    QTRY_VERIFY(std::count(window.page().controller().scene()->metrics.begin(),
                           window.page().controller().scene()->metrics.end(), metric) == 0);
    QVERIFY(window.rest());
    // The panel stays where the user put it. Whether it still shows what was read or says that there is
    // nothing, it says so.
    auto* panel = window.panel(metric);
    QVERIFY(panel && panel->isVisible());
    auto* bar = window.grid().verticalScrollBar();
    bar->setValue(bar->maximum());
    QVERIFY(window.rest());
    bar->setValue(0);
    QVERIFY(window.rest());
    panel = window.panel(metric);
    QVERIFY(panel && !panel->grab().isNull());
    QVERIFY(!panel->canvas().accessibleDescription().isEmpty());
    QVERIFY(inSight<Banner>(window.window) == nullptr);
}

void CompareOddTest::storeDisappearsWhileShown()
{
    TemporaryFolder folder;
    const auto file = oddStore(folder);
    CompareWindow window;
    QVERIFY(window.compare(QString::fromStdString(file)));
    auto* first = window.grid().panelsInSight().front();
    const auto points = first->chart().points();
    QVERIFY(points > 0);
    const QString aside = QString::fromStdString(folder / "aside");
    QVERIFY(QFile::rename(QString::fromStdString(file), aside));
    window.window.session().refresh(true);
    QTRY_VERIFY_WITH_TIMEOUT(inSight<Banner>(window.window) != nullptr, kPatienceMs);
    QCOMPARE(first->chart().points(), points); // what was drawn stays
    auto* bar = window.grid().verticalScrollBar();
    bar->setValue(bar->maximum());
    QVERIFY(window.rest());
    for (auto* panel : window.grid().panelsInSight()) // lines that were kept, or words
        QVERIFY2(panel->chart().points() > 0 || !panel->canvas().accessibleDescription().isEmpty(),
                 panel->metric().c_str());
    window.change([](CompareView& view) { view.settings.xAxis = 1; });
    QVERIFY(window.rest());
    QVERIFY(!window.page().grab().isNull());
    QVERIFY(QFile::rename(aside, QString::fromStdString(file)));
    window.window.session().refresh(true);
    QTRY_VERIFY_WITH_TIMEOUT(inSight<Banner>(window.window) == nullptr, kPatienceMs);
    bar->setValue(0);
    QVERIFY(window.eachPanel(
        [&](CurvePanel& panel) { QVERIFY2(panel.chart().points() > 0, panel.metric().c_str()); }));
}

void CompareOddTest::placesThatCantBeWritten()
{
    TemporaryFolder folder;
    CompareWindow window;
    QVERIFY(window.compare(QString::fromStdString(oddStore(folder))));
    window.grid().panelsInSight().front()->chart().panel().openExport();
    auto* dialog = window.window.findChild<ExportDialog*>();
    QVERIFY(dialog);
    const QString file = QString::fromStdString(folder.write("file", "mine"));
    for (const QString& place :
         {QString::fromStdString(folder / "no/such/folder/a.pdf"), file + "/a.pdf",
          QString::fromStdString(folder.path().string()), QStringLiteral("/proc/a.svg")}) {
        dialog->writeTo(place);
        QVERIFY2(dialog->problem().contains("could not be written") || dialog->problem().contains("can't"),
                 qPrintable(place + dialog->problem()));
        QVERIFY(dialog->isVisible()); // another place can be chosen
    }
    QCOMPARE(bytesOf(file), QByteArray("mine"));
    const QString good = QString::fromStdString(folder / "a.pdf");
    dialog->writeTo(good);
    QVERIFY(bytesOf(good).startsWith("%PDF-"));
    QVERIFY(!dialog->isVisible());
    QCOMPARE(QDir(QString::fromStdString(folder.path().string()))
                 .entryList({"a.pdf*"}, QDir::Files | QDir::Hidden)
                 .size(),
             1);
}

QTEST_MAIN(CompareOddTest)
#include "compare_odd_test.moc"
