// Previews of what runs logged: each kind of file as it is, hostile files bounded, copies that lose nothing.
#include "tests/gui/runs_page_fixture.h"
#include "ui/runs/artifact_preview.h"
#include "ui/runs/note_view.h"
#include "ui/widgets/label.h"

#include <QBuffer>
#include <QFile>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

class RunArtifactsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string write(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("The test can't write to its folder");
        return file.fileName().toStdString();
    }
    static QString jsonShown(const QByteArray& json, RunArtifactsTest& test)
    {
        auto content = readArtifact(test.write(QStringLiteral("x.json"), json), "x.json");
        return content ? content->text : QString();
    }
    static QByteArray png(int width, int height)
    {
        QImage image(width, height, QImage::Format_RGB32);
        image.fill(Qt::red);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        return bytes;
    }

    /// The page with its artifacts in this folder, one of them chosen.
    struct Shown
    {
        Shown(RunArtifactsTest& test, const QString& name) : fixture({.runs = 3})
        {
            fixture.state->artifactFolder = test.m_folder.path().toStdString();
            if (!QTest::qWaitFor([this] { return fixture.model().rowCount() > 0; }))
                qFatal("The store was not opened");
            preview = std::make_unique<ArtifactPreview>(fixture.session);
            preview->resize(600, 400);
            preview->QWidget::show();
            preview->show(runIdOf(0), name.toStdString());
        }
        QString detail() const
        {
            for (auto* label : preview->findChildren<TextLabel*>()) {
                if (label->isVisible() && !label->text().isEmpty())
                    return label->text();
            }
            return {};
        }
        RunsPageFixture fixture;
        std::unique_ptr<ArtifactPreview> preview;
    };

private slots:
    void jsonKeepsItsOrderAndItsNumbers()
    {
        QCOMPARE(jsonShown("{\"b\":12345678901234567890,\"a\":1.10,\"c\":[1,2],\"e\":{},\"f\":[]}", *this),
                 QStringLiteral("{\n  \"b\": 12345678901234567890,\n  \"a\": 1.10,\n  \"c\": [\n    1,\n    "
                                "2\n  ],\n  \"e\": {},\n  \"f\": []\n}\n"));
    }

    void jsonTextsKeepTheirBlanksAndQuotes()
    {
        auto shown = jsonShown("{\"a b\" : \"x,  {y}: \\\"z\\\\\" , \"n\":null}", *this);
        QCOMPARE(shown, QStringLiteral("{\n  \"a b\": \"x,  {y}: \\\"z\\\\\",\n  \"n\": null\n}\n"));
    }

    void whatIsNoJsonStaysAsItIs()
    {
        for (const char* text : {"{\"a\": NaN}", "{'a': 1}", "[1, 2", "", "just words"})
            QCOMPARE(jsonShown(text, *this), QString::fromUtf8(text));
    }

    void deepJsonIsBounded()
    {
        auto deep = jsonShown(QByteArray(200, '[') + QByteArray(200, ']'), *this);
        QVERIFY(deep.size() < 200'000);
    }

    void tablesAreTables()
    {
        write(QStringLiteral("scores.csv"), "name,score\na,1\n\"b, c\",2\n");
        Shown shown(*this, QStringLiteral("scores.csv"));
        QTRY_VERIFY(!shown.preview->busy());
        auto* table = shown.preview->findChild<QTableView*>();
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 2);
        QCOMPARE(table->model()->headerData(1, Qt::Horizontal).toString(), QStringLiteral("score"));
        QCOMPARE(table->model()->index(1, 0).data().toString(), QStringLiteral("b, c"));
        QVERIFY2(shown.detail().endsWith(QStringLiteral("2 rows shown")), qPrintable(shown.detail()));
    }

    void oneRowIsSingular()
    {
        write(QStringLiteral("one.csv"), "name\na\n");
        Shown shown(*this, QStringLiteral("one.csv"));
        QTRY_VERIFY(!shown.preview->busy());
        QVERIFY2(shown.detail().endsWith(QStringLiteral("1 row shown")), qPrintable(shown.detail()));
    }

    void raggedAndEmptyTables()
    {
        write(QStringLiteral("ragged.csv"), "a,b\n1\n1,2,3\n");
        Shown ragged(*this, QStringLiteral("ragged.csv"));
        QTRY_VERIFY(!ragged.preview->busy());
        auto* model = ragged.preview->findChild<QTableView*>()->model();
        QCOMPARE(model->columnCount(), 3);
        QCOMPARE(model->index(0, 2).data().toString(), QString());
        write(QStringLiteral("empty.csv"), "");
        ragged.preview->show(runIdOf(0), "empty.csv");
        QTRY_VERIFY(!ragged.preview->busy());
        QCOMPARE(ragged.preview->findChild<QTableView*>()->model()->rowCount(), 0);
    }

    void imagesFitAndSayTheirSize()
    {
        write(QStringLiteral("wide.png"), png(3000, 40));
        Shown shown(*this, QStringLiteral("wide.png"));
        QTRY_VERIFY(!shown.preview->busy());
        QVERIFY2(shown.detail().startsWith(QStringLiteral("3000 × 40")), qPrintable(shown.detail()));
        auto picture = shown.preview->grab().toImage();
        int red = 0, lastRed = 0;
        for (int x = 0; x < picture.width(); ++x) {
            for (int y = 40; y < 120; ++y) {
                if (auto color = picture.pixelColor(x, y); color.red() > 200 && color.green() < 100) {
                    ++red;
                    lastRed = x;
                    break;
                }
            }
        }
        QVERIFY(red > 500); // all of its width is in sight
        QVERIFY(lastRed < picture.width() - 8);
    }

    void smallImagesAreNotBlownUp()
    {
        write(QStringLiteral("dot.png"), png(3, 3));
        Shown shown(*this, QStringLiteral("dot.png"));
        QTRY_VERIFY(!shown.preview->busy());
        auto picture = shown.preview->grab().toImage();
        int red = 0;
        for (int x = 0; x < picture.width(); ++x) {
            for (int y = 0; y < picture.height(); ++y)
                red += picture.pixelColor(x, y) == QColor(Qt::red);
        }
        QCOMPARE(red, 9);
    }

    void aPictureBombIsScaledWhileRead()
    {
        auto content = readArtifact(write(QStringLiteral("huge.png"), png(9000, 10)), "huge.png");
        QVERIFY(content && content->kind == ArtifactContent::Kind::Image);
        QVERIFY(content->image.width() <= 8192);
    }

    void markdownTextAndBinary()
    {
        write(QStringLiteral("note.md"), "# Title\n\ntext <script>x</script>");
        Shown shown(*this, QStringLiteral("note.md"));
        QTRY_VERIFY(!shown.preview->busy());
        QVERIFY(shown.preview->findChild<NoteView*>()->isVisible());
        write(QStringLiteral("train.log"), "line 1\nline 2\n");
        shown.preview->show(runIdOf(0), "train.log");
        QTRY_VERIFY(!shown.preview->busy());
        auto* text = shown.preview->findChild<QPlainTextEdit*>();
        QVERIFY(text->isVisible() && text->isReadOnly());
        QCOMPARE(text->toPlainText(), QStringLiteral("line 1\nline 2\n"));
        write(QStringLiteral("model.pkl"), QByteArray("\x80\x04\x00", 3));
        shown.preview->show(runIdOf(0), "model.pkl");
        QTRY_VERIFY(!shown.preview->busy());
        QVERIFY(!text->isVisible());
    }

    void aLongTextSaysThatItIsCut()
    {
        write(QStringLiteral("long.txt"), QByteArray(2'500'000, 'a'));
        Shown shown(*this, QStringLiteral("long.txt"));
        QTRY_VERIFY(!shown.preview->busy());
        QVERIFY2(shown.detail().startsWith(QStringLiteral("first ")), qPrintable(shown.detail()));
    }

    void aFileThatIsGoneIsSaid()
    {
        Shown shown(*this, QStringLiteral("gone.txt"));
        QTRY_VERIFY(!shown.preview->busy());
        bool said = false;
        for (auto* label : shown.preview->findChildren<QLabel*>())
            said = said || (label->isVisible() && label->text().contains(QStringLiteral("can't be read")));
        QVERIFY(said);
    }

    void theNewestChoiceWins()
    {
        write(QStringLiteral("a.txt"), "first");
        write(QStringLiteral("b.txt"), "second");
        Shown shown(*this, QStringLiteral("a.txt"));
        shown.preview->show(runIdOf(0), "b.txt");
        QTRY_VERIFY(!shown.preview->busy());
        QCOMPARE(shown.preview->findChild<QPlainTextEdit*>()->toPlainText(), QStringLiteral("second"));
    }

    void copiesReplaceOnlyWhenWhole()
    {
        auto from = QString::fromStdString(write(QStringLiteral("from.bin"), QByteArray(3'000'000, 'z')));
        auto to = QString::fromStdString(write(QStringLiteral("to.bin"), "old"));
        QVERIFY(copyFile(from, to));
        QFile copied(to);
        QVERIFY(copied.open(QIODevice::ReadOnly));
        QCOMPARE(copied.size(), qint64{3'000'000});
        auto kept = QString::fromStdString(write(QStringLiteral("kept.bin"), "old"));
        QVERIFY(!copyFile(m_folder.filePath(QStringLiteral("nothing")), kept));
        QFile old(kept);
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old"));
        QVERIFY(!copyFile(from, m_folder.filePath(QStringLiteral("no/such/folder/x"))));
        auto empty = QString::fromStdString(write(QStringLiteral("empty.bin"), ""));
        QVERIFY(copyFile(empty, m_folder.filePath(QStringLiteral("empty copy"))));
        QVERIFY(QFile::exists(m_folder.filePath(QStringLiteral("empty copy"))));
    }
};

QTEST_MAIN(RunArtifactsTest)
#include "run_artifacts_test.moc"
