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
    void unknownControlOrKey();
    void whatIsOpenIsInThePicture_data();
    void whatIsOpenIsInThePicture();
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

void ScreenshotTest::unknownControlOrKey()
{
    const QString demo = SEXTANT_SOURCE_DIR "/resources/demo/mlflow.db";
    Ran ran = run({"screenshot", "runs", m_home.filePath("u.png"), "--press", "Nothing", "--store", demo},
                  m_home.path());
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.err.startsWith("sextant: There is no control Nothing in sight\n"));
    ran = run({"screenshot", "runs", m_home.filePath("u.png"), "--keys", "Down, Nokey", "--store", demo},
              m_home.path());
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.err.startsWith("sextant: There is no key Nokey\n"));
}

void ScreenshotTest::whatIsOpenIsInThePicture_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("a list below a button") << QStringList{"--action", "runs.columns"};
    QTest::newRow("a menu at the right edge") << QStringList{"--press", "More"};
    QTest::newRow("a dialog") << QStringList{"--action", "store.open"};
    QTest::newRow("what an action asks, then a list")
        << QStringList{"--press", "store.unlock", "--press", "Unlock", "--press", "Columns"};
}

void ScreenshotTest::whatIsOpenIsInThePicture()
{
    QFETCH(QStringList, options);
    const QStringList base{"--store", SEXTANT_SOURCE_DIR "/resources/demo/mlflow.db", "--size", "1200x750"};
    const QString without = m_home.filePath("without.png"), with = m_home.filePath("with.png");
    QCOMPARE(run(QStringList{"screenshot", "runs", without} + base, m_home.path()).code, 0);
    const Ran ran = run(QStringList{"screenshot", "runs", with} + base + options, m_home.path());
    QVERIFY2(ran.code == 0, ran.err.constData());
    const QImage before(without), after(with);
    QCOMPARE(after.size(), QSize(1200, 750));
    int differing = 0;
    for (int y = 0; y < after.height(); ++y)
        for (int x = 0; x < after.width(); ++x)
            differing += after.pixel(x, y) != before.pixel(x, y);
    QVERIFY2(differing > 10'000, qPrintable(QString::number(differing)));
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
