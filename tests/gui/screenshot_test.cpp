// `sextant screenshot`: the real program draws its pages without a display, the same each time.
#include <QFileInfo>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class ScreenshotTest : public QObject
{
    Q_OBJECT
private slots:
    void pages_data();
    void pages();
    void unknownPage();
    void unknownAction();
    void brokenStore();

private:
    struct Ran
    {
        int code = -1;
        QByteArray out, err;
    };
    static Ran run(const QStringList& arguments, const QString& home)
    {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            environment.remove(name);
        environment.insert("XDG_CACHE_HOME", home + "/cache");
        environment.insert("XDG_CONFIG_HOME", home + "/config");
        program.setProcessEnvironment(environment);
        program.start(SEXTANT_PROGRAM, arguments);
        if (!program.waitForFinished(120'000))
            return {};
        return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
    }
    QTemporaryDir m_home;
};

void ScreenshotTest::pages_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QSize>("size");
    QTest::newRow("empty") << QStringList{"empty"} << QSize(1440, 900);
    QTest::newRow("empty dark") << QStringList{"empty", "--theme", "dark", "--size", "1000x700"}
                                << QSize(1000, 700);
    QTest::newRow("runs") << QStringList{"runs", "--store", SEXTANT_SOURCE_DIR "/resources/demo/mlflow.db"}
                          << QSize(1440, 900);
    QTest::newRow("runs dark, twice as fine") << QStringList{"runs",
                                                             "--theme",
                                                             "dark",
                                                             "--scale",
                                                             "2",
                                                             "--store",
                                                             SEXTANT_SOURCE_DIR "/resources/demo/mlflow.db"}
                                              << QSize(2880, 1800);
    QTest::newRow("palette") << QStringList{"palette", "--store",
                                            SEXTANT_SOURCE_DIR "/resources/demo/mlflow.db"}
                             << QSize(1440, 900);
    QTest::newRow("a filter typed") << QStringList{"runs",
                                                   "--action",
                                                   "runs.filter",
                                                   "--type",
                                                   "metrics.v",
                                                   "--store",
                                                   SEXTANT_SOURCE_DIR "/resources/demo/mlflow.db"}
                                    << QSize(1440, 900);
    QTest::newRow("shortcuts") << QStringList{"shortcuts"} << QSize(1440, 900);
    QTest::newRow("components") << QStringList{"components", "--size", "1440x960"} << QSize(1440, 960);
}

void ScreenshotTest::pages()
{
    QFETCH(QStringList, options);
    QFETCH(QSize, size);
    QImage pictures[2];
    for (int i = 0; i < 2; ++i) {
        const QString file = m_home.filePath(QString("%1-%2.png").arg(QTest::currentDataTag()).arg(i));
        QStringList arguments = options;
        arguments.prepend("screenshot");
        arguments.insert(2, file);
        const Ran ran = run(arguments, m_home.path());
        QVERIFY2(ran.code == 0, ran.err.constData());
        QCOMPARE(ran.err, QByteArray());
        QVERIFY(pictures[i].load(file));
    }
    QCOMPARE(pictures[0].size(), size);
    QVERIFY2(pictures[0] == pictures[1], "Two drawings of the same page differ");
    QVERIFY2(pictures[0].convertToFormat(QImage::Format_Indexed8).colorCount() > 8, "The picture is empty");
}

void ScreenshotTest::unknownPage()
{
    const Ran ran = run({"screenshot", "nowhere", m_home.filePath("x.png")}, m_home.path());
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.err.startsWith("sextant: There is no page nowhere\n"));
    QVERIFY(!QFileInfo::exists(m_home.filePath("x.png")));
}

void ScreenshotTest::unknownAction()
{
    const Ran ran = run({"screenshot", "runs", m_home.filePath("z.png"), "--action", "runs.nothing",
                         "--store", SEXTANT_SOURCE_DIR "/resources/demo/mlflow.db"},
                        m_home.path());
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.err.startsWith("sextant: There is no action runs.nothing\n"));
}

void ScreenshotTest::brokenStore()
{
    QFile file(m_home.filePath("broken.db"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("not a database");
    file.close();
    const Ran ran =
        run({"screenshot", "runs", m_home.filePath("y.png"), "--store", file.fileName()}, m_home.path());
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.err.startsWith("sextant: "));
    QVERIFY(ran.err.count('\n') >= 2);
}

QTEST_GUILESS_MAIN(ScreenshotTest)
#include "screenshot_test.moc"
