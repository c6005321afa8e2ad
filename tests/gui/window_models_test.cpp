// QAbstractItemModelTester on every model that the real window shows while it is used on the demo store, and
// a look at the sources that no model is without such a test. Models seen here: RunsModel, RunMetricsModel,
// RunParamsModel, ArtifactModel, CsvModel, CheckListModel, PaletteModel, CompareListModel.
#include "tests/gui/real_window.h"
#include "ui/shell/palette.h"
#include "ui/widgets/check_list.h"

#include <QAbstractItemModelTester>
#include <QDirIterator>
#include <QHeaderView>
#include <QRegularExpression>

using namespace sextant;
using namespace sextant::test;

namespace {

/// Puts a tester on each model of a view that has none yet; returns the classes of all that are there.
QSet<QString> watch(const QWidget& root)
{
    QSet<QString> classes;
    for (auto* view : root.findChildren<QAbstractItemView*>()) {
        QAbstractItemModel* model = view->model();
        if (!model || view->inherits("QHeaderView"))
            continue;
        classes << QString(model->metaObject()->className());
        if (!model->findChild<QAbstractItemModelTester*>())
            new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest,
                                         model);
    }
    return classes;
}

/// Every role a view or a reader may ask for, of every cell.
int readAll(const QAbstractItemModel& model, const QModelIndex& parent = {})
{
    int cells = 0;
    for (int row = 0; row < std::min(model.rowCount(parent), 200); ++row)
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            for (int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::DecorationRole),
                             int(Qt::AccessibleTextRole), int(Qt::TextAlignmentRole), int(Qt::CheckStateRole),
                             int(Qt::FontRole), int(Qt::UserRole)})
                (void)index.data(role);
            ++cells;
            if (column == 0)
                cells += readAll(model, index);
        }
    return cells;
}

} // namespace

class WindowModelsTest : public QObject
{
    Q_OBJECT
private slots:
    void everyModelInUse();
    void everyCellAnswers();
    void noModelIsWithoutATest();

private:
    QTemporaryDir m_folder;
};

void WindowModelsTest::everyModelInUse()
{
    const QString demo = copyDemo(m_folder.path(), true);
    RealWindow real(demo);
    QSet<QString> seen = watch(real.window);
    QVERIFY(real.open(demo));
    seen |= watch(real.window);
    // Everything that rearranges rows and columns.
    for (const char* id : {"runs.viewAll", "runs.viewDeleted", "runs.viewActive", "runs.nested",
                           "runs.nested", "runs.newestFirst", "runs.showFirst10", "runs.showNone",
                           "runs.layoutTable", "runs.layoutCharts", "runs.layoutSplit"}) {
        real.action(id)->trigger();
        QVERIFY(real.rest());
    }
    auto& table = real.runs().table();
    for (int row : {0, 2, 4}) {
        table.selectRow(row);
        real.action("runs.pin")->trigger();
    }
    real.action("runs.baseline")->trigger();
    QVERIFY(real.rest());
    for (const char* filter : {"metrics.accuracy > 0.9", "params.nothing = 'x'", "", "not a filter ("}) {
        Workspace next = real.workspace();
        next.filter = filter;
        real.window.workspaces().change("filter", next);
        QVERIFY(real.rest());
    }
    while (real.window.workspaces().canUndo())
        real.action("edit.undo")->trigger();
    QVERIFY(real.rest());
    real.action("runs.columns")->trigger();
    QTRY_COMPARE(openPopups().size(), 1);
    seen |= watch(*openPopups()[0]);
    auto* search = inSight<QLineEdit>(*openPopups()[0]);
    for (const char* text : {"acc", "zzzz", "loss val", ""})
        search->setText(text);
    openPopups()[0]->close();
    real.window.palette().openWith("a", {});
    seen |= watch(real.window);
    real.window.palette().close();
    real.action("runs.showFirst10")->trigger();
    real.window.navigate("compare");
    QVERIFY(real.rest());
    seen |= watch(real.window);
    real.action("edit.undo")->trigger();
    QVERIFY(real.rest());
    // The page of each of some runs, with its files.
    const RunTablePtr runs = real.window.session().table();
    for (RowIndex row = 0; row < std::min<std::size_t>(runs->size(), 8); ++row) {
        real.window.navigate("run", QString::fromStdString(std::string(runs->runId(row))));
        QVERIFY(real.rest());
        real.action("run.artifacts")->trigger();
        QVERIFY(real.rest());
        auto* tree = named<QAbstractItemView>(real.run(), "Artifacts");
        QVERIFY(tree);
        seen |= watch(real.window);
        for (int at = 0; at < tree->model()->rowCount(); ++at) {
            tree->setCurrentIndex(tree->model()->index(at, 0));
            QVERIFY(real.rest());
            seen |= watch(real.window);
        }
    }
    for (const char* model : {"sextant::RunsModel", "sextant::RunMetricsModel", "sextant::RunParamsModel",
                              "sextant::ArtifactModel", "sextant::PaletteModel", "sextant::CheckListModel",
                              "sextant::CompareListModel"})
        QVERIFY2(seen.contains(model),
                 qPrintable(QString(model) + " not in " + QStringList(seen.values()).join(", ")));
}

void WindowModelsTest::everyCellAnswers()
{
    const QString demo = copyDemo(m_folder.path() + "/cells", true);
    RealWindow real(demo);
    QVERIFY(real.open(demo));
    int cells = 0;
    const RunTablePtr runs = real.window.session().table();
    real.window.navigate("run",
                         QString::fromStdString(std::string(runs->runId(runs->newestFirst().front()))));
    QVERIFY(real.rest());
    for (auto* view : real.window.findChildren<QAbstractItemView*>()) {
        if (!view->model() || view->inherits("QHeaderView"))
            continue;
        cells += readAll(*view->model());
        for (int section = 0; section < view->model()->columnCount(); ++section) {
            (void)view->model()->headerData(section, Qt::Horizontal, Qt::DisplayRole);
            (void)view->model()->headerData(section, Qt::Horizontal, Qt::ToolTipRole);
        }
    }
    QVERIFY2(cells > 100, qPrintable(QString::number(cells)));
}

void WindowModelsTest::noModelIsWithoutATest()
{
    static const QRegularExpression model(
        R"(class (\w+) (?:final )?: public (?:QAbstract\w*Model|QStandardItemModel)\b)");
    QString tests;
    QDirIterator testFiles(SEXTANT_SOURCE_DIR "/tests", {"*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
    while (testFiles.hasNext()) {
        const QString text = QString::fromUtf8(bytesOf(testFiles.next()));
        if (text.contains("QAbstractItemModelTester"))
            tests += text;
    }
    // A page that the program does not show yet is still being made.
    const QString composition = QString::fromUtf8(bytesOf(SEXTANT_SOURCE_DIR "/app/composition.cpp"));
    static const QRegularExpression folder(R"(/ui/(\w+)/)");
    const QStringList parts{"shell", "widgets", "charts", "theme", "jobs"};
    int found = 0;
    QDirIterator sources(SEXTANT_SOURCE_DIR "/ui", {"*.cpp", "*.h"}, QDir::Files,
                         QDirIterator::Subdirectories);
    while (sources.hasNext()) {
        const QString path = sources.next(), place = folder.match(path).captured(1);
        if (!parts.contains(place) && !composition.contains("ui/" + place + '/'))
            continue;
        auto matches = model.globalMatch(QString::fromUtf8(bytesOf(path)));
        while (matches.hasNext()) {
            const QString name = matches.next().captured(1);
            QVERIFY2(tests.contains(name), qPrintable(name + " has no QAbstractItemModelTester"));
            ++found;
        }
    }
    QVERIFY(found >= 8);
}

QTEST_MAIN(WindowModelsTest)
#include "window_models_test.moc"
