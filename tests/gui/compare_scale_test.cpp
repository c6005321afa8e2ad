// Comparing many long runs in the real window, at a size that a test can make; tests/bench does the same at
// full size.
#include "tests/gui/compare_scale.h"

#include <QSignalSpy>

using namespace sextant;
using namespace sextant::test;

class CompareScaleTest : public QObject
{
    Q_OBJECT
private slots:
    void databaseOfManyRuns();
    void folderOfManyRuns();

private:
    void compare(const QString& store, bench::LongStoreSize size);
    QTemporaryDir m_folder;
};

void CompareScaleTest::compare(const QString& store, bench::LongStoreSize size)
{
    CompareScale scale(store, size);
    auto first = scale.showFirstPanel();
    QVERIFY(first);
    QVERIFY2(first->points <= 0.1 * double(size.rows()), qPrintable(QString::number(first->points)));
    QVERIFY(scale.rest());
    for (auto* panel : scale.grid().panelsInSight())
        QCOMPARE(panel->chart().points(), scale.pointsOfPanel());
    double slices[] = {scale.scroll(), scale.zoom(), 0};
    std::vector<std::unique_ptr<QSignalSpy>> drawn;
    for (auto* panel : scale.grid().panelsInSight()) {
        (void)panel->canvas().grab(); // what was still to be drawn
        drawn.push_back(std::make_unique<QSignalSpy>(&panel->canvas(), &LineCanvas::pictureFinished));
    }
    slices[2] = scale.hover();
    for (auto& spy : drawn) // the mouse draws a crosshair and a stressed run over pictures that are there
        QCOMPARE(spy->count(), 0);
    for (double slice : slices)
        QVERIFY2(slice <= kMostMs, qPrintable(QString::number(slice)));
    // Out of sight no panel holds points; of what was seen before, as much is kept as is in sight, or a
    // little.
    for (auto* panel : scale.grid().findChildren<CurvePanel*>())
        QVERIFY(panel->isVisible() || panel->chart().points() == 0);
    const auto memory = scale.memory();
    QVERIFY(memory.raw > 0);
    QVERIFY2(memory.kept <= std::max(64e6, 2 * memory.raw) * 1.01, qPrintable(QString::number(memory.kept)));
}

void CompareScaleTest::databaseOfManyRuns()
{
    const bench::LongStoreSize size{60, 25, 250};
    const QString file = m_folder.filePath(QStringLiteral("long.db"));
    bench::LongDatabase(file.toStdString(), SEXTANT_SOURCE_DIR "/tests/bench/schema.sql", size);
    compare(file, size);
}

void CompareScaleTest::folderOfManyRuns()
{
    const bench::LongStoreSize size{60, 25, 500};
    const QString folder = m_folder.filePath(QStringLiteral("mlruns"));
    bench::writeLongFiles(folder.toStdString(), size);
    compare(folder, size);
}

QTEST_MAIN(CompareScaleTest)
#include "compare_scale_test.moc"
