// The Audit page in the real window, on a real store with a real log: the verdict, what fails, the timeline,
// pin and witness, a folder chosen by hand.
#include "tests/gui/audit_world.h"
#include "tests/gui/real_window.h"
#include "ui/audit/audit_head.h"
#include "ui/audit/audit_items.h"
#include "ui/audit/audit_keys.h"
#include "ui/audit/audit_page.h"
#include "ui/audit/audit_timeline.h"
#include "ui/shell/passphrase_popup.h"
#include "ui/widgets/passphrase_field.h"
#include "ui/widgets/state_panel.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QListView>
#include <QMimeData>
#include <QPushButton>

using namespace sextant;
using namespace sextant::test;

namespace {

struct Audited
{
    Audited() : path(copyDemo(folder.path(), true)), world(folder.path()) {}

    AuditPage& show(RealWindow& window)
    {
        window.open(path);
        window.action(QStringLiteral("page.audit"))->trigger();
        window.rest();
        return *window.part<AuditPage>();
    }
    static int failing(AuditPage& page) { return page.items().counts().failed; }
    static QString said(AuditPage& page, ledger::Standing standing)
    {
        for (int row = 0; row < page.items().rowCount(); ++row)
            if (const auto* item = page.items().item(row); item && item->standing == standing)
                return item->title + QStringLiteral(": ") + item->message;
        return {};
    }

    QTemporaryDir folder;
    QString path;
    AuditWorld world;
};

} // namespace

class AuditPageTest : public QObject
{
    Q_OBJECT
private slots:
    void withoutALogItSaysWhatOneIs()
    {
        QTemporaryDir folder;
        RealWindow window;
        QVERIFY(window.open(copyDemo(folder.path())));
        window.action(QStringLiteral("page.audit"))->trigger();
        QVERIFY(window.rest());
        auto& page = *window.part<AuditPage>();
        QVERIFY(page.state().isVisible());
        QCOMPARE(page.state().accessibleName(), QStringLiteral("No model of this store has a log yet"));
        QVERIFY(page.state().accessibleDescription().contains(QStringLiteral("signed acts")));
        QVERIFY(!window.action(QStringLiteral("audit.verify"))->isEnabled());
        QVERIFY(!window.action(QStringLiteral("audit.pin"))->isEnabled());
        QCOMPARE(unnamed(page), QStringList());
    }

    void aSoundLogIsVerifiedAndReadable()
    {
        Audited audited;
        audited.world.start();
        audited.world.promote();
        audited.world.pin();
        RealWindow window;
        auto& page = audited.show(window);
        QVERIFY2(page.audit(), qPrintable(page.state().accessibleName()));
        QCOMPARE(Audited::failing(page), 0);
        QCOMPARE(page.items().counts().gaps + page.items().counts().unchecked, 0);
        QVERIFY(page.head().headline().startsWith(QStringLiteral("Verified: all")));
        QVERIFY(page.items().counts().unrecorded > 0);
        auto& timeline = page.timeline().model();
        QCOMPARE(timeline.rowCount(), 5); // four entries and the pin above them
        QVERIFY(timeline.index(0).data().toString().startsWith(QStringLiteral("Your pin, 4 entries")));
        const auto last = timeline.index(1).data().toString();
        QVERIFY2(last.contains(QStringLiteral("v2 applied to alias champion")), qPrintable(last));
        QVERIFY(last.contains(QStringLiteral("bob.lee")) && last.contains(QStringLiteral("Signed")));
        QVERIFY(
            timeline.index(2).data().toString().contains(QStringLiteral("I checked the validation report")));
        QCOMPARE(unnamed(page), QStringList());
        QVERIFY(page.status().join(u' ').contains(QStringLiteral("No network used")));
    }

    void anAliasMovedOutsideFails()
    {
        Audited audited;
        audited.world.start();
        audited.world.promote();
        audited.world.sql("UPDATE registered_model_aliases SET version=3 WHERE "
                          "name='breast-cancer-screening' AND alias='champion'");
        RealWindow window;
        auto& page = audited.show(window);
        QVERIFY(page.head().headline().startsWith(QStringLiteral("Not verified:")));
        QVERIFY(Audited::said(page, ledger::Standing::Failed).contains(QStringLiteral("changed outside")));
        QVERIFY(!window.action(QStringLiteral("audit.pin"))->isEnabled());
        QVERIFY(!window.action(QStringLiteral("audit.witness"))->isEnabled());
        QVERIFY(!ActionRegistry::reason(window.action(QStringLiteral("audit.pin"))).isEmpty());
    }

    void anEditedEntryIsNotBelievedAndNotShown()
    {
        Audited audited;
        audited.world.start();
        audited.world.promote();
        QDir entries(QString::fromStdString(audited.world.log()) + QStringLiteral("/entries"));
        const auto name = entries.entryList(QDir::Files, QDir::Name).at(2);
        QFile file(entries.filePath(name));
        QVERIFY(file.open(QIODevice::ReadWrite));
        auto bytes = file.readAll();
        bytes[bytes.size() / 2] = bytes[bytes.size() / 2] == 'A' ? 'B' : 'A';
        file.seek(0);
        file.write(bytes);
        file.close();
        RealWindow window;
        auto& page = audited.show(window);
        QVERIFY(page.head().headline().startsWith(QStringLiteral("Not verified:")));
        page.timeline().showEntry(2);
        const auto shown = page.timeline().list().currentIndex().data().toString();
        QVERIFY2(shown.contains(QStringLiteral("can't be believed")), qPrintable(shown));
        QVERIFY2(!shown.contains(QStringLiteral("I checked")), "nothing of what it says is shown");
    }

    void problemsAreReachedByKey()
    {
        Audited audited;
        audited.world.start();
        audited.world.promote();
        audited.world.append("ann", {.kind = ledger::ActKind::Comment, .reason = "one more"});
        RealWindow window;
        auto& page = audited.show(window);
        page.setFocus();
        QTest::keyClick(&window.window, Qt::Key_N);
        auto row = page.list().currentIndex().row();
        QVERIFY(row >= 0 && page.items().item(row));
        QVERIFY(page.items().item(row)->standing != ledger::Standing::Passed);
        // Heads fold and open by key.
        page.list().setCurrentIndex(page.items().index(0));
        const auto rows = page.items().rowCount();
        QTest::keyClick(&page.list(), Qt::Key_Left);
        QVERIFY(page.items().rowCount() < rows);
        QTest::keyClick(&page.list(), Qt::Key_Space);
        QCOMPARE(page.items().rowCount(), rows);
        window.action(QStringLiteral("audit.copy"))->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("verified with gaps")));
    }

    void pinningIsRememberedHere()
    {
        Audited audited;
        audited.world.start();
        audited.world.promote();
        RealWindow window;
        auto& page = audited.show(window);
        QVERIFY(page.head().headline().startsWith(QStringLiteral("Verified with gaps")));
        QVERIFY(!page.audit()->pin);
        window.action(QStringLiteral("audit.pin"))->trigger();
        QVERIFY(window.rest());
        QVERIFY(page.audit()->pin);
        QCOMPARE(page.audit()->pin->size, std::uint64_t{4});
        QVERIFY(page.head().headline().startsWith(QStringLiteral("Verified: all")));
        // A log that was cut afterwards is told.
        QDir log(QString::fromStdString(audited.world.log()));
        auto other = std::make_unique<QTemporaryDir>();
        copyFolder(log.path(), other->path() + QStringLiteral("/log"));
        QVERIFY(log.removeRecursively());
        audited.world.start();
        QTest::keyClick(&window.window, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(window.rest());
        QVERIFY(page.head().headline().startsWith(QStringLiteral("Not verified")));
        QVERIFY(says(page, QStringLiteral("rolled back")) ||
                Audited::said(page, ledger::Standing::Failed).contains(QStringLiteral("rolled back")));
    }

    void aWitnessSignsWithAPassphraseThatIsNotKept()
    {
        Audited audited;
        audited.world.start();
        audited.world.promote();
        RealWindow window;
        auto& page = audited.show(window);
        const auto ask = [&](const char* passphrase) {
            window.action(QStringLiteral("audit.witness"))->trigger();
            auto* popup = inSight<PassphrasePopup>(page);
            if (!popup)
                return;
            QCOMPARE(unnamed(*popup), QStringList());
            auto* field = popup->findChild<PassphraseField*>();
            QTest::keyClicks(field, QString::fromLatin1(passphrase));
            QVERIFY(!field->text().contains(QLatin1String(passphrase)));
            QTest::keyClick(field, Qt::Key_Return);
            QVERIFY(window.rest());
        };
        ask("not the passphrase");
        QVERIFY(says(page, QStringLiteral("passphrase")));
        QVERIFY(!isKnown(page.audit()->verification.witnessedAt));
        ask(kMyPassphrase);
        QVERIFY(isKnown(page.audit()->verification.witnessedAt));
        QVERIFY(says(page, QStringLiteral("Log as of")));
    }

    void aFolderChosenByHandIsVerifiedAlone()
    {
        Audited audited;
        audited.world.start();
        audited.world.promote();
        QTemporaryDir elsewhere;
        copyFolder(QString::fromStdString(audited.world.log()), elsewhere.path() + QStringLiteral("/sent"));
        RealWindow window;
        QVERIFY(window.open(copyDemo(elsewhere.path())));
        window.action(QStringLiteral("page.audit"))->trigger();
        QVERIFY(window.rest());
        auto& page = *window.part<AuditPage>();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(elsewhere.path() + QStringLiteral("/sent"))});
        QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&page, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&page, &drop);
        QVERIFY(window.rest());
        QVERIFY(page.audit());
        QVERIFY(page.head().headline().startsWith(QStringLiteral("Verified with gaps")));
        QVERIFY(page.items().counts().unchecked >= 2); // registry and files were not looked at
        // A folder without a log is said in words.
        page.openFolder(elsewhere.path());
        QVERIFY(window.rest());
        QVERIFY(!page.audit());
        QVERIFY(page.state().isVisible());
        QVERIFY(!page.state().accessibleName().isEmpty());
    }

    void withoutTrustedKeysNothingIsVerified()
    {
        Audited audited;
        audited.world.start();
        audited.world.promote();
        QFile::remove(QString::fromStdString(ledger::defaultTrustedKeysFile()));
        RealWindow window;
        auto& page = audited.show(window);
        QCOMPARE(page.head().headline(), QStringLiteral("Not verified: no key is trusted here"));
        audited.world.saveTrust();
        page.trustFile(QString::fromStdString(ledger::defaultTrustedKeysFile()));
        QVERIFY(window.rest());
        QVERIFY(page.head().headline().startsWith(QStringLiteral("Verified")));
        AuditKeysModel keys;
        QAbstractItemModelTester tester(&keys, QAbstractItemModelTester::FailureReportingMode::QtTest);
        keys.setAudit(page.audit());
        QCOMPARE(keys.rowCount(), 6);
    }

    void manyEntriesAreNoBurden()
    {
        Audited audited;
        audited.world.start();
        audited.world.promote();
        audited.world.fill(300);
        RealWindow window;
        auto& page = audited.show(window);
        QCOMPARE(page.audit()->entries.size(), std::size_t{300});
        AuditTimelineModel timeline;
        AuditItemsModel items;
        QAbstractItemModelTester one(&timeline, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester other(&items, QAbstractItemModelTester::FailureReportingMode::QtTest);
        timeline.setAudit(page.audit());
        items.setAudit(page.audit());
        items.toggle(CheckGroup::Log);
        items.toggle(CheckGroup::Log);
        timeline.setShown(AuditTimelineModel::Show::Decisions);
        QCOMPARE(timeline.rowCount(), 1);
        page.timeline().setShown(AuditTimelineModel::Show::KeysAndRules);
        page.timeline().showEntry(299); // not among them: all are shown again
        QCOMPARE(page.timeline().model().shown(), AuditTimelineModel::Show::All);
        QVERIFY(
            page.timeline().list().currentIndex().data().toString().startsWith(QStringLiteral("Entry 299")));
    }

    void aPassphraseFieldKeepsNothing()
    {
        PassphraseField field;
        const auto type = [&](const QString& text) {
            for (const QChar character : text) {
                QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(character));
                QCoreApplication::sendEvent(&field, &press);
            }
        };
        type(QStringLiteral("gr\u00fcn"));
        QCOMPARE(field.text().size(), 4);
        QTest::keyClick(&field, Qt::Key_Backspace);
        QTest::keyClick(&field, Qt::Key_Backspace);
        QCOMPARE(field.text().size(), 2);
        QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
        type(QStringLiteral("x\u00fc"));
        auto secret = field.take();
        QCOMPARE(QString::fromUtf8(secret.view().data(), qsizetype(secret.view().size())),
                 QStringLiteral("x\u00fc"));
        QVERIFY(field.isEmpty() && field.text().isEmpty());
    }
};

QTEST_MAIN(AuditPageTest)
#include "audit_page_test.moc"
