// The models and readers of a run's page: metrics, parameters, artifacts, previews, notes.
#include "ui/runs/artifact_model.h"
#include "ui/runs/artifact_preview.h"
#include "ui/runs/cell_text_delegate.h"
#include "ui/runs/note_view.h"
#include "ui/runs/run_tables.h"
#include "ui/theme/theme_control.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextTable>

using namespace sextant;

class RunPartsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string write(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("The test can't write to its folder");
        return m_folder.filePath(name).toStdString();
    }

private slots:
    void metricsAreGroupedByPrefix()
    {
        RunMetricsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMetrics({{"val/loss", 2.8689, 0, 0},
                          {"epoch", 3, 0, 0},
                          {"system/cpu", 50, 0, 0},
                          {"val/ppl", 17.62, 0, 0}});
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row)
            names << model.index(row, 0).data().toString();
        QCOMPARE(names, (QStringList{"epoch", "val", "loss", "ppl", "system", "cpu"}));
        QVERIFY(model.index(1, 0).data(CellTextDelegate::kLookRole).value<CellLook>().head);
        model.toggle(1);
        QCOMPARE(model.rowCount(), 4);
        model.toggle(1);
        QCOMPARE(model.index(2, RunMetricsModel::Lowest).data().toString(), QStringLiteral("…"));
        MetricFacts facts;
        facts.lowest = 2.8681;
        facts.highest = 10.8241;
        facts.points = 100;
        model.setFacts("val/loss", facts);
        QCOMPARE(model.index(2, RunMetricsModel::Lowest).data().toString(), QStringLiteral("2.8681"));
        QCOMPARE(model.points(), quint64{100});
    }

    void paramsStandBesideTheBaselines()
    {
        RunParamsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setParams({{"lr", "0.02"}, {"same", "1"}},
                        TagMap{{"lr", "6e-4"}, {"same", "1"}, {"only", "x"}});
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.differing(), 2);
        QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("6e-4"));
        QCOMPARE(model.index(1, 1).data().toString(), QStringLiteral("—"));
        QCOMPARE(model.index(2, 2).data().toString(), QStringLiteral("="));
        model.setSearch(QStringLiteral("sam"));
        QCOMPARE(model.rowCount(), 1);
        model.setParams({{"lr", "0.02"}}, {});
        QCOMPARE(model.columnCount(), 2);
    }

    void artifactsAreATree()
    {
        ArtifactModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setArtifacts({{"model", true, 0},
                            {"model/MLmodel", false, 1200},
                            {"model/data/x.bin", false, 800},
                            {"plot.png", false, 10}});
        QCOMPARE(model.rowCount(), 2);
        auto folder = model.index(0, 0);
        QCOMPARE(folder.data().toString(), QStringLiteral("model"));
        QCOMPARE(model.rowCount(folder), 2);
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("2.0 KB"));
        QCOMPARE(model.files(), std::size_t{3});
        QCOMPARE(model.firstFile().data().toString(), QStringLiteral("plot.png"));
        model.setArtifacts({});
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.firstFile().isValid());
    }

    void csvKeepsQuotedCells()
    {
        auto rows = parseCsv(QStringLiteral("a,b\r\n\"x,1\",\"say \"\"hi\"\"\nthere\"\n,\n"), 100);
        QCOMPARE(rows.size(), std::size_t{3});
        QCOMPARE(rows[1], (QStringList{"x,1", "say \"hi\"\nthere"}));
        QCOMPARE(rows[2], (QStringList{"", ""}));
        QCOMPARE(parseCsv(QStringLiteral("a\nb\nc\n"), 2).size(), std::size_t{2});
        QVERIFY(parseCsv({}, 10).empty());
        QCOMPARE(parseCsv(QStringLiteral("\"never closed\n1,2"), 10).size(), std::size_t{1});
    }

    void readsWhatItCanShow()
    {
        auto text = readArtifact(write(QStringLiteral("a.txt"), "hello\n"), "a.txt");
        QVERIFY(text && text->kind == ArtifactContent::Kind::Text);
        auto json = readArtifact(write(QStringLiteral("a.json"), "{\"b\":[1,2]}"), "a.json");
        QVERIFY(json && json->text.contains(QStringLiteral("\n")));
        auto notJson = readArtifact(write(QStringLiteral("b.json"), "{\"b\": NaN}"), "b.json");
        QVERIFY(notJson && notJson->text == QStringLiteral("{\"b\": NaN}"));
        auto csv = readArtifact(write(QStringLiteral("a.csv"), "x,y\n1,2\n"), "a.csv");
        QVERIFY(csv && csv->kind == ArtifactContent::Kind::Table && csv->rows.size() == 2);
        auto binary =
            readArtifact(write(QStringLiteral("a.pkl"), QByteArray("\x80\x04\x00\x00", 4)), "a.pkl");
        QVERIFY(binary && binary->kind == ArtifactContent::Kind::Binary);
        auto brokenImage = readArtifact(write(QStringLiteral("a.png"), "no picture"), "a.png");
        QVERIFY(brokenImage && brokenImage->kind == ArtifactContent::Kind::Text);
        auto big = readArtifact(write(QStringLiteral("big.log"), QByteArray(3'000'000, 'x')), "big.log");
        QVERIFY(big && big->shown == 1'000'000 && big->size == 3'000'000);
        QVERIFY(!readArtifact(m_folder.filePath(QStringLiteral("none")).toStdString(), "none"));
    }

    void aNoteCanDoNoHarm()
    {
        ThemeControl theme(ThemeControl::Choice::Light, Theme::Families::bundled());
        NoteView view;
        auto secret = QString::fromStdString(write(QStringLiteral("secret.txt"), "secret"));
        view.setNote(QStringLiteral("# Title\n\n<script>alert(1)</script> <img src=\"%1\"> ![x](%1) **bold**")
                         .arg(secret));
        auto plain = view.toPlainText();
        QVERIFY(plain.contains(QStringLiteral("<script>"))); // markup stays text
        QVERIFY(plain.contains(QStringLiteral("bold")));
        QVERIFY(!plain.contains(QStringLiteral("secret\n")));
        QVERIFY(!view.loadResource(QTextDocument::ImageResource, QUrl::fromLocalFile(secret)).isValid());
        view.setNote(QString(1'000'000, u'x')); // stays bounded
        QVERIFY(view.toPlainText().size() <= 200'000);
    }

    void aNoteFitsThePage()
    {
        ThemeControl theme(ThemeControl::Choice::Light, Theme::Families::bundled());
        NoteView view;
        view.setNote(QStringLiteral("# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"));
        auto heading = view.document()->begin();
        QCOMPARE(heading.text(), QStringLiteral("Title"));
        QCOMPARE(heading.begin().fragment().charFormat().intProperty(QTextFormat::FontSizeAdjustment), 1);
        auto frames = view.document()->rootFrame()->childFrames();
        QCOMPARE(frames.size(), 1);
        auto* table = qobject_cast<QTextTable*>(frames.front());
        QVERIFY(table && table->format().borderCollapse());
        QCOMPARE(table->format().borderBrush().color(), Theme::of(&view).color("border.hairline"));
    }
};

QTEST_MAIN(RunPartsTest)
#include "run_parts_test.moc"
