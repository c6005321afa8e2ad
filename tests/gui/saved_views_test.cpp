// Views under a name, and views as links: kept, found again, and read with care.
#include "ui/shell/saved_views.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sextant;

namespace {

const QString kStore = QStringLiteral("/data/mlflow.db");

Workspace workspaceOf(const std::string& filter)
{
    Workspace workspace;
    workspace.filter = filter;
    workspace.shown = {"a", "b"};
    workspace.compare.search = "^val/";
    workspace.compare.settings.smoothing = 1;
    return workspace;
}

} // namespace

class SavedViewsTest : public QObject
{
    Q_OBJECT
private slots:
    void savedAndFound();
    void strangeNames();
    void renamedAndDeleted();
    void unwritable();
    void linkAndBack();
    void brokenLinks_data();
    void brokenLinks();
};

void SavedViewsTest::savedAndFound()
{
    QTemporaryDir folder;
    SavedViews views(folder.path());
    QVERIFY(views.names(kStore).isEmpty());
    QVERIFY(views.save(kStore, "seed 10", workspaceOf("x")).has_value());
    QVERIFY(views.save(kStore, "seed 9", workspaceOf("y")).has_value());
    QVERIFY(views.save("/other.db", "elsewhere", workspaceOf("z")).has_value());
    QCOMPARE(views.names(kStore), (QStringList{"seed 9", "seed 10"}));
    auto loaded = views.load(kStore, "seed 10");
    QVERIFY(loaded && *loaded == workspaceOf("x"));
    QVERIFY(views.save(kStore, "seed 10", workspaceOf("again")).has_value());
    QVERIFY(*views.load(kStore, "seed 10") == workspaceOf("again"));
    QCOMPARE(views.load(kStore, "none").error().code, ErrorCode::NotFound);
    // A file that is none of ours is no view.
    QFile stray(QFileInfo(views.fileFor(kStore, "seed 10")).path() + "/stray.json");
    QVERIFY(stray.open(QIODevice::WriteOnly));
    stray.write("[1,2");
    stray.close();
    QCOMPARE(views.names(kStore).size(), 2);
}

void SavedViewsTest::strangeNames()
{
    QTemporaryDir folder;
    SavedViews views(folder.path());
    for (const QString& name : {QString("../../etc/passwd"), QString("a/b\\c:*?"), QString("größe <b>"),
                                QString("CON"), QString("."), QString(100, QChar(0x4E2D))}) {
        QVERIFY(views.save(kStore, name, workspaceOf("x")).has_value());
        QVERIFY(QFileInfo(views.fileFor(kStore, name)).path().startsWith(folder.path()));
        QVERIFY(views.names(kStore).contains(name));
        QVERIFY(views.load(kStore, name).has_value());
    }
    QCOMPARE(views.save(kStore, "  ", {}).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(views.save(kStore, QString(101, 'x'), {}).error().code, ErrorCode::InvalidArgument);
    QVERIFY(!QFile::exists(folder.path() + "/../etc"));
}

void SavedViewsTest::renamedAndDeleted()
{
    QTemporaryDir folder;
    SavedViews views(folder.path());
    QVERIFY(views.save(kStore, "a", workspaceOf("x")).has_value());
    QVERIFY(views.save(kStore, "b", workspaceOf("y")).has_value());
    QCOMPARE(views.rename(kStore, "a", "b").error().code, ErrorCode::AlreadyExists);
    QVERIFY(views.rename(kStore, "a", "c").has_value());
    QCOMPARE(views.names(kStore), (QStringList{"b", "c"}));
    QVERIFY(*views.load(kStore, "c") == workspaceOf("x"));
    QVERIFY(views.remove(kStore, "b").has_value());
    QCOMPARE(views.remove(kStore, "b").error().code, ErrorCode::NotFound);
    QCOMPARE(views.names(kStore), QStringList{"c"});
}

void SavedViewsTest::unwritable()
{
    QTemporaryDir folder;
    QFile file(folder.filePath("file"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(SavedViews(folder.filePath("file")).save(kStore, "a", {}).error().code, ErrorCode::Io);
    QCOMPARE(SavedViews({}).save(kStore, "a", {}).error().code, ErrorCode::Io);
    QVERIFY(SavedViews({}).names(kStore).isEmpty());
}

void SavedViewsTest::linkAndBack()
{
    for (const QString& store :
         {kStore, QString("sqlite:///größe & more?x=1#y.db"), QString("http://host:5000/prefix")}) {
        auto link = toLink({store, workspaceOf("metrics.`a` < 3 AND tags.x = 'ü'")});
        QVERIFY(isViewLink(link) && !link.contains(' ') && !link.contains('\n'));
        auto back = parseLink("  " + link + "\n");
        QVERIFY(back.has_value());
        QCOMPARE(back->storeUri, store);
        QVERIFY(back->workspace == workspaceOf("metrics.`a` < 3 AND tags.x = 'ü'"));
    }
    QVERIFY(!isViewLink("/data/mlflow.db"));
}

void SavedViewsTest::brokenLinks_data()
{
    QTest::addColumn<QString>("text");
    auto whole = toLink({kStore, workspaceOf("x")});
    QTest::newRow("empty") << QString();
    QTest::newRow("a path") << kStore;
    QTest::newRow("cut") << whole.left(whole.size() - 20);
    QTest::newRow("no data") << QString("sextant://view?store=/a.db");
    QTest::newRow("no store") << QString("sextant://view?data=AAAA");
    QTest::newRow("bomb") << QString("sextant://view?store=a&data=_____________w");
    QTest::newRow("noise") << QString("sextant://view?store=a&data=AAAAEHicAAAAAAAAAAAAAA");
}

void SavedViewsTest::brokenLinks()
{
    QFETCH(QString, text);
    auto parsed = parseLink(text);
    QVERIFY(!parsed.has_value());
    QVERIFY(!parsed.error().message.empty());
}

QTEST_GUILESS_MAIN(SavedViewsTest)
#include "saved_views_test.moc"
