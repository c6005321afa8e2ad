// Links to views as the desktop opens them: the program with the link as its argument, alone and beside
// another one that runs, and the entry that registers it.
#include "tests/gui/real_window.h"
#include "ui/shell/saved_views.h"

#include <QDirIterator>
#include <QIcon>
#include <QProcess>
#include <QSettings>

#include <memory>

using namespace sextant;
using namespace sextant::test;

namespace {

constexpr int kStartMs = 60'000;

/// The program with its own settings, ended with the test.
class Program
{
public:
    Program(const QString& folder, const QString& argument)
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), folder);
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), folder + QStringLiteral("/config"));
        environment.insert(QStringLiteral("XDG_CACHE_HOME"), folder + QStringLiteral("/cache"));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        m_process.setProcessEnvironment(environment);
        m_process.start(SEXTANT_PROGRAM, {argument});
    }
    ~Program()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(5000))
            m_process.kill();
        m_process.waitForFinished(5000);
    }
    bool runs() const { return m_process.state() == QProcess::Running; }

private:
    QProcess m_process;
};

QString linkTo(const QString& store, const char* filter)
{
    Workspace workspace;
    workspace.filter = filter;
    return toLink({store, workspace});
}

/// Whether any file of the settings holds this filter: the program keeps what it shows.
bool keeps(const QString& folder, const char* filter)
{
    QDirIterator files(folder + QStringLiteral("/config"), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        if (bytesOf(files.next()).contains(filter))
            return true;
    return false;
}

} // namespace

class WindowLinksTest : public QObject
{
    Q_OBJECT
private slots:
    void anotherProgramOpensTheLink();
    void aLinkThatIsBrokenIsSaid();
    void theDesktopKnowsTheScheme();
};

void WindowLinksTest::anotherProgramOpensTheLink()
{
    QTemporaryDir folder;
    const QString store = copyDemo(folder.path() + QStringLiteral("/store"));
    const QByteArray before = bytesOf(store);
    Program first(folder.path(), linkTo(store, "params.linked = 'first'"));
    QTRY_VERIFY_WITH_TIMEOUT(keeps(folder.path(), "params.linked = 'first'"), kStartMs);
    Program second(folder.path(), linkTo(store, "params.linked = 'second'"));
    QTRY_VERIFY_WITH_TIMEOUT(keeps(folder.path(), "params.linked = 'second'"), kStartMs);
    QVERIFY(first.runs() && second.runs());
    QVERIFY(bytesOf(store) == before);
}

void WindowLinksTest::aLinkThatIsBrokenIsSaid()
{
    RealWindow real;
    const QString store = copyDemo(real.folder.path() + QStringLiteral("/store"));
    const QString link = linkTo(store, "metrics.loss < 1");
    real.window.openStore(link);
    QVERIFY(real.rest());
    QTRY_COMPARE(real.workspace().filter, std::string("metrics.loss < 1"));
    // What is open stays when the next link was cut.
    real.window.openStore(link.left(link.size() / 2));
    QVERIFY(real.rest());
    QCOMPARE(real.workspace().filter, std::string("metrics.loss < 1"));
    QVERIFY(real.window.session().state() == Session::State::Open);
    real.window.workspaces().undo();
    QVERIFY(real.workspace().filter.empty());
}

void WindowLinksTest::theDesktopKnowsTheScheme()
{
    QTemporaryDir folder;
    QProcess install;
    install.start(SEXTANT_CMAKE,
                  {QStringLiteral("--install"), QStringLiteral(SEXTANT_BUILD), QStringLiteral("--component"),
                   QStringLiteral("desktop"), QStringLiteral("--prefix"), folder.path()});
    QVERIFY(install.waitForFinished() && install.exitCode() == 0);
    const QString entry = folder.path() + QStringLiteral("/share/applications/sextant.desktop");
    QVERIFY(QFile::exists(entry));
    QSettings keys(entry, QSettings::IniFormat);
    keys.beginGroup(QStringLiteral("Desktop Entry"));
    QCOMPARE(keys.value(QStringLiteral("Exec")).toString(), QStringLiteral("sextant %u"));
    QVERIFY(bytesOf(entry).contains("\nMimeType=x-scheme-handler/sextant;\n"));
    const QString icon = folder.path() + QStringLiteral("/share/icons/hicolor/scalable/apps/") +
                         keys.value(QStringLiteral("Icon")).toString() + QStringLiteral(".svg");
    QVERIFY(QFile::exists(icon));
    QVERIFY(!QIcon(icon).pixmap(64).isNull());
}

QTEST_MAIN(WindowLinksTest)
#include "window_links_test.moc"
