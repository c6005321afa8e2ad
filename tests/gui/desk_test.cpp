// The promotion desk in the real window, on stores of both kinds with real logs and keys: what waits for
// whom, what must be seen and written before one can decide, and what the store holds afterwards.
#include "tests/gui/desk_world.h"
#include "ui/audit/audit_page.h"
#include "ui/registry/desk.h"
#include "ui/registry/desk_request.h"
#include "ui/registry/desk_sheets.h"
#include "ui/registry/desk_side.h"
#include "ui/registry/registry_page.h"
#include "ui/shell/passphrase_popup.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/passphrase_field.h"
#include "ui/widgets/state_panel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace sextant;
using namespace sextant::test;

namespace {

struct Desked
{
    explicit Desked(DeskWorld::Kind kind = DeskWorld::Kind::Database) : world(folder.path(), kind) {}

    Desk& show(RealWindow& window, bool unlocked = true)
    {
        window.open(world.path());
        if (unlocked)
            window.window.session().unlock();
        window.rest();
        window.window.navigate(QStringLiteral("registry"), QStringLiteral("/requests"));
        window.rest();
        auto& desk = *window.part<Desk>();
        (void)QTest::qWaitFor([&] { return window.window.settled() && desk.settled() && desk.made(); }, 5000);
        (void)QTest::qWaitFor([&] { return desk.side().unseen() == 0; }, 2000);
        return desk;
    }
    static void rest(RealWindow& window, Desk& desk)
    {
        (void)QTest::qWaitFor([&] { return window.window.settled() && desk.settled(); }, kPatienceMs);
        (void)QTest::qWaitFor([&] { return !desk.made() || desk.side().unseen() == 0; }, 2000);
    }
    static void write(Desk& desk, const QString& reason)
    {
        auto* field = desk.decision().findChild<QPlainTextEdit*>();
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, reason);
    }
    /// Types the passphrase into the popup that has opened; false when none has.
    static bool sign(RealWindow& window, Desk& desk, const char* passphrase = kMyPassphrase)
    {
        auto* popup = inSight<PassphrasePopup>(window.window);
        if (!popup || !unnamed(*popup).isEmpty())
            return false;
        QTest::keyClicks(popup->findChild<PassphraseField*>(), QString::fromLatin1(passphrase));
        QTest::keyClick(popup->findChild<PassphraseField*>(), Qt::Key_Return);
        rest(window, desk);
        return true;
    }

    QTemporaryDir folder;
    DeskWorld world;
};

} // namespace

class DeskTest : public QObject
{
    Q_OBJECT
private slots:
    void withoutRequestsItSaysWhatOneIs()
    {
        QTemporaryDir folder;
        People people(folder.path());
        RealWindow window;
        QVERIFY(window.open(copyDemo(folder.path())));
        window.action(QStringLiteral("desk.open"))->trigger();
        QVERIFY(window.rest());
        auto& desk = *window.part<Desk>();
        QVERIFY(desk.isVisible());
        QVERIFY(desk.state().isVisible());
        QCOMPARE(desk.state().accessibleName(), QStringLiteral("No promotion was asked for yet"));
        QVERIFY(!window.action(QStringLiteral("desk.approve"))->isEnabled());
        QCOMPARE(unnamed(desk), QStringList());
    }

    void whatWaitsForMeComesFirst()
    {
        Desked desked;
        desked.world.rules();
        auto closed = desked.world.request(1, kChampionAlias);
        desked.world.with([&](registry::Promotions& promotions) {
            return promotions.withdraw(closed, "another one is better", People::key("ann"));
        });
        desked.world.request(3, kChampionAlias);
        RealWindow window;
        auto& desk = desked.show(window);
        QVERIFY(desk.made());
        QCOMPARE(desk.data()->count(DeskBox::Mine), std::size_t{1});
        QCOMPARE(desk.data()->count(DeskBox::Closed), std::size_t{1});
        QCOMPARE(desk.made()->item.promotion.change.subject(), std::int64_t{3});
        QCOMPARE(desk.made()->champion->version, std::int64_t{2});
        DeskInboxModel& inboxModel = desk.inboxModel();
        DeskSideModel& sideModel = desk.side().side();
        SheetModel& sheetModel = desk.sheets().metrics().sheet();
        constexpr auto kMode = QAbstractItemModelTester::FailureReportingMode::QtTest;
        QAbstractItemModelTester inbox(&inboxModel, kMode), side(&sideModel, kMode),
            sheet(&sheetModel, kMode);
        QVERIFY(desk.sheets().metrics().sheet().rowCount() >= 5);
        QVERIFY(desk.sheets().differences().sheet().rowCount() >= 1);
        QCOMPARE(unnamed(desk), QStringList());
        // By key to the closed one, which nobody can decide any more.
        window.action(QStringLiteral("desk.next"))->trigger();
        Desked::rest(window, desk);
        QCOMPARE(desk.made()->item.promotion.number, closed);
        QVERIFY(!desk.decision().reject()->isVisible());
        QVERIFY(!window.action(QStringLiteral("desk.withdraw"))->isEnabled());
        QVERIFY(says(desk, QStringLiteral("Withdrawn")));
    }

    void approvingNeedsEyesWordsAndAPassphrase_data()
    {
        QTest::addColumn<bool>("folders");
        QTest::newRow("database") << false;
        QTest::newRow("folders") << true;
    }
    void approvingNeedsEyesWordsAndAPassphrase()
    {
        QFETCH(bool, folders);
        Desked desked(folders ? DeskWorld::Kind::Folders : DeskWorld::Kind::Database);
        desked.world.rules();
        auto number = desked.world.request(3, kChampionAlias, {{"validation.json", "{\"fine\":true}"}});
        RealWindow window;
        auto& desk = desked.show(window);
        QVERIFY(desk.made());
        auto& decision = desk.decision();
        QCOMPARE(decision.primary()->text(), QStringLiteral("Approve and apply…"));
        QVERIFY2(!decision.primary()->isEnabled(), "nothing is decided beforehand");
        QVERIFY(!decision.reject()->isEnabled());
        QTRY_VERIFY2(decision.choice().text.contains(QStringLiteral("champion")),
                     qPrintable(decision.choice().text));
        for (const auto& evidence : desk.made()->evidence)
            if (evidence.kind != "data")
                QCOMPARE(int(evidence.state), int(EvidenceState::Verified));
        Desked::write(desk, QStringLiteral("I read the validation file"));
        QVERIFY2(decision.primary()->isEnabled(), qPrintable(decision.choice().whyNot));
        decision.primary()->click();
        QVERIFY(Desked::sign(window, desk, "not my passphrase"));
        QVERIFY(says(desk, QStringLiteral("passphrase")));
        QVERIFY(desked.world.at(kChampionAlias) != "3");
        QCOMPARE(decision.reason(), QStringLiteral("I read the validation file"));
        QVERIFY2(decision.primary()->isEnabled(), qPrintable(decision.choice().whyNot));
        decision.primary()->click();
        QVERIFY(Desked::sign(window, desk));
        QCOMPARE(QString::fromStdString(desked.world.at(kChampionAlias)), QStringLiteral("3"));
        auto promotion = desked.world.promotion(number);
        QCOMPARE(int(promotion.state), int(registry::PromotionState::Applied));
        QVERIFY(promotion.approvals.contains("me.jones"));
        QVERIFY(decision.reason().isEmpty());
        QCOMPARE(desk.data()->count(DeskBox::Mine), std::size_t{0});
        // The log verifies, in the same window.
        window.action(QStringLiteral("desk.verify"))->trigger();
        QVERIFY(window.rest());
        auto& audit = *window.part<AuditPage>();
        QVERIFY(audit.audit());
        QCOMPARE(audit.items().counts().failed, 0);
    }

    void rejectingKeepsTheReason()
    {
        Desked desked;
        desked.world.rules();
        auto number = desked.world.request(3, kChampionAlias);
        RealWindow window;
        auto& desk = desked.show(window);
        QVERIFY(desk.made());
        Desked::write(desk, QStringLiteral("Recall fell for the smallest group"));
        window.action(QStringLiteral("desk.reject"))->trigger();
        QVERIFY(Desked::sign(window, desk));
        auto promotion = desked.world.promotion(number);
        QCOMPARE(int(promotion.state), int(registry::PromotionState::Rejected));
        QCOMPARE(promotion.history.back().act.reason, std::string("Recall fell for the smallest group"));
        QCOMPARE(QString::fromStdString(desked.world.at(kChampionAlias)), QStringLiteral("2"));
    }

    void aFailingGateTurnsApproveOff()
    {
        Desked desked;
        desked.world.rules(kDeskRules, DeskWorld::gate("test/roc_auc", "0.999"));
        desked.world.request(3, kProduction);
        RealWindow window;
        auto& desk = desked.show(window);
        QVERIFY(desk.made());
        Desked::write(desk, QStringLiteral("I would like to"));
        auto& decision = desk.decision();
        QVERIFY(!decision.primary()->isEnabled());
        QVERIFY(decision.choice().headline.contains(QStringLiteral("1 clause fails")));
        QVERIFY(decision.reject()->isEnabled());
        QCOMPARE(desk.sheets().gates().sheet().index(0, 0).data().toString(), QStringLiteral("Fail"));
        // The verdict is signed as it is.
        window.action(QStringLiteral("desk.gates"))->trigger();
        QVERIFY(Desked::sign(window, desk));
        QCOMPARE(desk.made()->gates.front().recorded, std::optional(false));
    }

    void twoApproversAreNeededWhereTheRulesSaySo()
    {
        Desked desked;
        desked.world.rules(kDeskRules, DeskWorld::gate("test/roc_auc", "0.5"));
        auto number = desked.world.request(3, kProduction);
        RealWindow window;
        auto& desk = desked.show(window);
        QVERIFY(desk.made());
        auto& decision = desk.decision();
        QCOMPARE(decision.primary()->text(), QStringLiteral("Approve…"));
        QTRY_VERIFY2(decision.choice().text.contains(QStringLiteral("1 more approval")),
                     qPrintable(decision.choice().text));
        Desked::write(desk, QStringLiteral("Fine by me"));
        QVERIFY2(decision.primary()->isEnabled(), qPrintable(decision.choice().whyNot));
        decision.primary()->click();
        QVERIFY(Desked::sign(window, desk));
        auto promotion = desked.world.promotion(number);
        QCOMPARE(promotion.approvals.size(), std::size_t{1});
        QCOMPARE(promotion.gates.front().passed, std::optional(true)); // signed on the way
        QCOMPARE(desk.data()->count(DeskBox::Mine), std::size_t{0});
        QCOMPARE(desk.data()->count(DeskBox::Others), std::size_t{1});
        QVERIFY(says(desk, QStringLiteral("not yours to decide")));
        desked.world.approve(number);
        window.action(QStringLiteral("store.reload"))->trigger();
        (void)QTest::qWaitFor(
            [&] { return desk.made() && desk.made()->item.promotion.approvals.size() == 2; }, 5000);
        Desked::rest(window, desk);
        QCOMPARE(decision.primary()->text(), QStringLiteral("Apply…"));
        window.action(QStringLiteral("desk.apply"))->trigger();
        QVERIFY(Desked::sign(window, desk));
        QVERIFY(desked.world.at(kProduction).find('3') != std::string::npos);
    }

    void whatIAskedForIsNotMineToDecide()
    {
        Desked desked;
        desked.world.rules();
        desked.world.writeTrust({"requester", "approver"});
        RealWindow window;
        desked.show(window);
        auto& desk = *window.part<Desk>();
        desk.request(QString::fromLatin1(kDeskModel), 3, QStringLiteral("alias:champion"));
        auto* dialog = window.part<DeskRequest>();
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(unnamed(*dialog), QStringList());
        QVERIFY(QTest::qWaitFor([&] { return dialog->preview().contains(QStringLiteral("v3")); }, 5000));
        QTemporaryDir files;
        QFile report(files.path() + QStringLiteral("/fairness.json"));
        QVERIFY(report.open(QIODevice::WriteOnly));
        report.write("{}");
        report.close();
        dialog->addEvidence({report.fileName()});
        QTest::keyClicks(dialog->findChild<QPlainTextEdit*>(), QStringLiteral("New data"));
        QTest::keyClicks(dialog->findChild<PassphraseField*>(), QString::fromLatin1(kMyPassphrase));
        auto* ask = buttonNamed(*dialog, QStringLiteral("Request promotion"));
        QVERIFY(ask && ask->isEnabled());
        ask->click();
        (void)QTest::qWaitFor([&] { return desk.made() != nullptr; }, 10'000);
        Desked::rest(window, desk);
        QVERIFY(desk.made());
        QCOMPARE(desk.made()->item.promotion.requester, std::string("me.jones"));
        QCOMPARE(desk.data()->count(DeskBox::Others), std::size_t{1});
        QVERIFY(says(desk, QStringLiteral("not yours to decide")));
        QCOMPARE(desk.made()->evidence.front().name, std::string("fairness.json"));
        QCOMPARE(int(desk.made()->evidence.front().state), int(EvidenceState::Verified));
        Desked::write(desk, QStringLiteral("I was too quick"));
        window.action(QStringLiteral("desk.withdraw"))->trigger();
        QVERIFY(Desked::sign(window, desk));
        QCOMPARE(int(desk.made()->item.promotion.state), int(registry::PromotionState::Withdrawn));
    }

    void changesBehindTheLogTurnApproveOff()
    {
        Desked desked;
        desked.world.rules();
        desked.world.request(3, kChampionAlias);
        {
            auto store = desked.world.open();
            QVERIFY(store.registry->unlock());
            QVERIFY(store.registry->setAlias(kDeskModel, "champion", 1));
        }
        RealWindow window;
        auto& desk = desked.show(window);
        QVERIFY(desk.made());
        Desked::write(desk, QStringLiteral("Looks good"));
        QVERIFY(!desk.decision().primary()->isEnabled());
        QVERIFY(desk.decision().choice().headline.contains(QStringLiteral("changed outside")));
    }

    void aLockedStoreDecidesNothing()
    {
        Desked desked;
        desked.world.rules();
        desked.world.request(3, kChampionAlias);
        RealWindow window;
        auto& desk = desked.show(window, false);
        QVERIFY(desk.made());
        Desked::write(desk, QStringLiteral("Looks good"));
        QVERIFY(!desk.decision().primary()->isEnabled());
        QVERIFY(desk.decision().primary()->toolTip().contains(QStringLiteral("Unlock")));
        for (const char* id : {"desk.approve", "desk.reject", "desk.comment", "desk.gates"})
            QVERIFY2(!window.action(QLatin1String(id))->isEnabled(), id);
    }

    void evidenceBelowTheFoldMustBeSeen()
    {
        Desked desked;
        desked.world.rules();
        std::vector<registry::Evidence> many;
        for (int i = 0; i < 40; ++i)
            many.push_back({"report-" + std::to_string(i) + ".json", "{\"n\":" + std::to_string(i) + "}"});
        desked.world.request(3, kChampionAlias, std::move(many));
        RealWindow window;
        auto& desk = desked.show(window);
        QVERIFY(desk.made());
        Desked::write(desk, QStringLiteral("All fine"));
        QVERIFY(desk.side().unseen() > 0);
        QVERIFY(!desk.decision().primary()->isEnabled());
        QVERIFY(desk.decision().choice().headline.contains(QStringLiteral("until all evidence was shown")));
        desk.side().setFocus();
        for (int row = 0; row < desk.side().model()->rowCount() && desk.side().unseen() > 0; ++row) {
            QTest::keyClick(&desk.side(), Qt::Key_Down);
            desk.side().repaint();
        }
        QVERIFY(QTest::qWaitFor([&] { return desk.decision().primary()->isEnabled(); }, 2000));
    }
};

QTEST_MAIN(DeskTest)
#include "desk_test.moc"
