// Two texts side by side: values of a field, files of two runs, what is not shown and why.
#include "tests/gui/compare_diff_fixture.h"
#include "ui/compare/text_side_model.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

namespace {

void writeFile(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("The test can't write %s", qUtf8Printable(path));
}

QString textOf(const TextSideModel& model, int row)
{
    QString text;
    for (const auto& part : model.parts(row))
        text += part.differs ? QLatin1Char('[') + part.text + QLatin1Char(']') : part.text;
    return text;
}

} // namespace

class CompareDiffTextTest : public QObject
{
    Q_OBJECT

    static bool waitReady(DiffFixture& fixture)
    {
        return QTest::qWaitFor([&] { return fixture.ready() && fixture.model().content(); }, 20'000);
    }

private slots:
    void linesAndWordsThatDifferAreMarked()
    {
        TextSideModel left(false), right(true);
        QAbstractItemModelTester leftTester(&left, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QAbstractItemModelTester rightTester(&right, QAbstractItemModelTester::FailureReportingMode::Fatal);
        auto pair =
            compareTexts("numpy==1.26\ntorch==2.1\npandas\n", "numpy==1.26\ntorch==2.3\npandas\nscipy\n");
        left.show(pair);
        right.show(pair);
        QCOMPARE(left.rowCount(), 4);
        QCOMPARE(right.rowCount(), 4);
        QCOMPARE(textOf(left, 0), QStringLiteral("numpy==1.26"));
        QVERIFY(left.kind(1) == DiffLine::Kind::Changed);
        QVERIFY(textOf(right, 1).contains(u'['));
        QVERIFY(right.kind(3) == DiffLine::Kind::Added);
        QVERIFY(!left.number(3));
        QCOMPARE(left.index(3).data(Qt::AccessibleTextRole).toString(), QStringLiteral("not in this run"));
        QCOMPARE(right.index(3).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("line 4, differs: scipy"));
        left.show(nullptr);
        QCOMPARE(left.rowCount(), 0);
    }

    void oddBytesAndLongLinesAreDrawnSafely()
    {
        TextSideModel left(false), right(true);
        auto pair = compareTexts(std::string("a\tb\x01\xff\n") + std::string(20'000, 'x'),
                                 std::string("a\tc\n") + std::string(20'000, 'y'));
        left.show(pair);
        right.show(pair);
        QVERIFY(textOf(left, 0).startsWith(QStringLiteral("a    ")));
        QVERIFY(!textOf(left, 0).contains(QChar(1)));
        for (int row = 0; row < left.rowCount(); ++row) {
            QVERIFY(textOf(left, row).size() < 5000);
            QVERIFY(textOf(right, row).size() < 5000);
        }
        QVERIFY(left.longest() <= 4000);
    }

    void onlyTheFirstPartOfGreatTextsIsCompared()
    {
        auto pair = compareTexts(std::string(kMostTextCompared + 5, 'a'), "b");
        QVERIFY(pair->cut());
        QCOMPARE(pair->left.size(), kMostTextCompared);
        QCOMPARE(pair->leftSize, kMostTextCompared + 5);
        QVERIFY(!compareTexts("a", "b")->cut());
        QVERIFY(compareTexts("same\n", "same\n")->difference.same());
    }

    void enterOpensACellsTextsAndEscapeLeads()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        auto& view = fixture.view();
        view.setFocus();
        view.goTo(fixture.cell(QStringLiteral("note"), "b1"));
        QTest::keyClick(&view, Qt::Key_Return);
        QVERIFY(waitReady(fixture));
        auto& texts = fixture.tab().texts();
        QVERIFY(texts.isVisible() && texts.pair());
        QCOMPARE(texts.pair()->difference.changed, std::size_t{1});
        QCOMPARE(texts.side(false).currentIndex().row(), 1); // at the first change
        QVERIFY(!texts.goToChange(1));
        QVERIFY(!texts.goToChange(-1));
        QTest::keyClick(&texts.side(false), Qt::Key_BracketRight);
        QVERIFY(fixture.page->status().contains(QStringLiteral("No further change in these texts")));
        QTest::keyClick(&texts.side(false), Qt::Key_Escape);
        QVERIFY(view.isVisible() && !texts.isVisible());
        QCOMPARE(view.currentIndex(), fixture.cell(QStringLiteral("note"), "b1"));
    }

    void aFieldOpensItsFirstDifferentRun()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        fixture.tab().openTexts(
            fixture.model().index(fixture.rowOf(QStringLiteral("optimizer")), DiffModel::FieldColumn));
        QVERIFY(waitReady(fixture));
        QCOMPARE(QString::fromStdString(fixture.tab().texts().pair()->left), QStringLiteral("adamw"));
        QCOMPARE(QString::fromStdString(fixture.tab().texts().pair()->right), QStringLiteral("muon"));
        fixture.tab().openTexts(fixture.model().index(0, 0)); // a head has no text
    }

    void changesAreWalkedOneByOne()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        auto& texts = fixture.tab().texts();
        std::string left, right;
        for (int line = 0; line < 60; ++line) {
            left += "line " + std::to_string(line) + "\n";
            right += (line % 20 == 10 || line % 20 == 11 ? "other " : "line ") + std::to_string(line) + "\n";
        }
        texts.showField(fixture.model().runs()[0], fixture.model().runs()[1], QStringLiteral("text"), left,
                        right);
        QVERIFY(waitReady(fixture));
        QVector<int> seen{texts.side(false).currentIndex().row()};
        while (texts.goToChange(1))
            seen.append(texts.side(false).currentIndex().row());
        QCOMPARE(seen, QVector<int>({10, 30, 50}));
        QVERIFY(texts.goToChange(-1));
        QCOMPARE(texts.side(true).currentIndex().row(), 30);
    }

    void filesOfBothRunsAreListedAndCompared()
    {
        DiffFixture fixture;
        writeFile(fixture.folder.filePath(QStringLiteral("model/MLmodel")),
                  "flavors:\n  python_function: {}\n");
        QVERIFY(waitReady(fixture));
        fixture.view().goTo(fixture.cell(QStringLiteral("val/loss"), "b1"));
        fixture.action("compare.diff.files")->trigger();
        QVERIFY(waitReady(fixture));
        auto& texts = fixture.tab().texts();
        QCOMPARE(texts.files(), std::vector<std::string>{"model/MLmodel"}); // pictures are no texts
        QTRY_VERIFY(texts.pair());
        QVERIFY(texts.pair()->difference.same());
        QVERIFY(texts.isVisible());
    }

    void aFileThatIsGoneOrNoTextSaysSo()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        Store store{std::make_shared<RunsStore>(fixture.state), nullptr};
        auto gone = compareFiles(store, "a0", "b1", "model/MLmodel");
        QVERIFY(!gone && gone.error().code == ErrorCode::Io);
        QVERIFY(!gone.error().hint.empty());
        writeFile(fixture.folder.filePath(QStringLiteral("weights.txt")), QByteArray("PK\0\0binary", 10));
        auto binary = compareFiles(store, "a0", "b1", "weights.txt");
        QVERIFY(!binary && binary.error().code == ErrorCode::InvalidArgument);
        fixture.tab().openFiles("b1");
        QVERIFY(waitReady(fixture));
        QVERIFY(!fixture.tab().texts().pair());
        QVERIFY(fixture.tab().texts().isVisible());
        fixture.tab().openFiles("a0"); // the baseline beside itself is nothing
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!commonTextFiles(store, "a0", "b1", Operation{stop.get_token(), {}}));
    }

    void greatFilesAreReadInPart()
    {
        DiffFixture fixture;
        QVERIFY(waitReady(fixture));
        Store store{std::make_shared<RunsStore>(fixture.state), nullptr};
        writeFile(fixture.folder.filePath(QStringLiteral("train.log")), QByteArray(2'000'000, 'l'));
        auto pair = compareFiles(store, "a0", "b1", "train.log");
        QVERIFY(pair && (*pair)->cut());
        QCOMPARE((*pair)->leftSize, std::size_t{2'000'000});
        QCOMPARE((*pair)->left.size(), kMostTextCompared);
    }
};

QTEST_MAIN(CompareDiffTextTest)
#include "compare_diff_text_test.moc"
