// The View button: saving, opening, renaming and deleting views and passing them on as links, as a user does
// it.
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/shell/view_picker.h"
#include "ui/widgets/picker_button.h"

#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

namespace {

class OtherPage final : public Page
{
public:
    QString id() const override { return QStringLiteral("other"); }
    QString title() const override { return QStringLiteral("Other"); }
    QString icon() const override { return {}; }
};

} // namespace

class ViewPickerTest : public QObject
{
    Q_OBJECT

    struct Fixture : RunsPageFixture
    {
        Fixture() : RunsPageFixture({.runs = 12}), picker(runs->findChild<ViewPicker*>())
        {
            (void)QTest::qWaitFor(
                [this] { return model().rowCount() > 0 && runs->settled() && !workspace().columns.empty(); });
        }
        PickerButton& button() const { return *picker->findChild<PickerButton*>(); }
        QLineEdit& field() const { return *picker->findChild<QLineEdit*>(); }
        QPushButton& acceptButton() const { return *picker->findChild<QPushButton*>(); }
        QStringList menuTexts() const
        {
            auto* menu = picker->findChild<QMenu*>();
            emit menu->aboutToShow();
            QStringList texts;
            for (auto* one : menu->actions())
                texts << one->text();
            return texts;
        }
        void save(const QString& name)
        {
            picker->askName(false);
            picker->accept(name);
        }
        void setFilter(const std::string& filter)
        {
            auto next = workspace();
            next.filter = filter;
            workspaces.change(QStringLiteral("filter"), next);
        }
        ViewPicker* picker;
    };

private slots:
    void savesAndOpensAView()
    {
        Fixture fixture;
        QVERIFY(fixture.picker);
        QCOMPARE(fixture.button().value(), QStringLiteral("not saved"));
        QVERIFY(fixture.menuTexts().contains(QStringLiteral("No view is saved yet")));
        fixture.setFilter("params.optimizer = 'muon'");
        fixture.action("runs.saveView")->trigger();
        QVERIFY(fixture.field().isVisible());
        fixture.field().setText(QStringLiteral("  only   muon "));
        QTest::keyClick(&fixture.field(), Qt::Key_Return);
        QVERIFY(!fixture.field().isVisible());
        QCOMPARE(fixture.picker->current(), QStringLiteral("only muon"));
        QCOMPARE(fixture.button().value(), QStringLiteral("only muon"));
        QVERIFY(fixture.menuTexts().contains(QStringLiteral("only muon")));

        fixture.setFilter("");
        fixture.picker->openView(QStringLiteral("only muon"));
        QCOMPARE(fixture.workspace().filter, std::string("params.optimizer = 'muon'"));
        fixture.workspaces.undo();
        QCOMPARE(fixture.workspace().filter, std::string());
    }

    void aViewKeepsGroupsDifferencesAndFrozenColumns()
    {
        Fixture fixture;
        auto next = fixture.workspace();
        next.groups.columns = {{ColumnKind::Param, "optimizer"}};
        next.groups.figure = GroupFigure::Median;
        next.deltas = Deltas::Every;
        next.deltaPercent = true;
        next.columns.front().frozen = true;
        fixture.workspaces.change(QStringLiteral("everything"), next);
        fixture.save(QStringLiteral("paper"));
        auto kept = fixture.workspace();
        fixture.workspaces.undo();
        QVERIFY(fixture.workspace() != kept);
        fixture.picker->openView(QStringLiteral("paper"));
        QCOMPARE(fixture.workspace().groups.columns, kept.groups.columns);
        QCOMPARE(fixture.workspace().groups.figure, GroupFigure::Median);
        QVERIFY(fixture.workspace() == kept);
    }

    void renamesAndDeletes()
    {
        Fixture fixture;
        QVERIFY(!fixture.action("runs.renameView")->isEnabled() &&
                !fixture.action("runs.deleteView")->isEnabled());
        fixture.save(QStringLiteral("first"));
        fixture.save(QStringLiteral("second"));
        fixture.action("runs.renameView")->trigger();
        fixture.picker->accept(QStringLiteral("first")); // there is one already
        QVERIFY(fixture.field().isVisible());
        QCOMPARE(fixture.picker->current(), QStringLiteral("second"));
        fixture.picker->accept(QStringLiteral("third"));
        QCOMPARE(fixture.picker->current(), QStringLiteral("third"));
        QVERIFY(!fixture.menuTexts().contains(QStringLiteral("second")));
        fixture.action("runs.deleteView")->trigger();
        QVERIFY(fixture.field().isReadOnly());
        QCOMPARE(fixture.acceptButton().text(), QStringLiteral("Delete"));
        fixture.acceptButton().click();
        QVERIFY(fixture.picker->current().isEmpty());
        QVERIFY(!fixture.menuTexts().contains(QStringLiteral("third")) &&
                fixture.menuTexts().contains(QStringLiteral("first")));
        QVERIFY(!fixture.action("runs.renameView")->isEnabled());
    }

    void anEmptyNameIsRefusedInPlace()
    {
        Fixture fixture;
        fixture.picker->askName(false);
        fixture.picker->accept(QStringLiteral("   "));
        QVERIFY(fixture.field().isVisible() && fixture.picker->current().isEmpty());
        fixture.field().setText(QStringLiteral("good"));
        fixture.acceptButton().click();
        QCOMPARE(fixture.picker->current(), QStringLiteral("good"));
    }

    void namesWithAmpersandsAreShownWhole()
    {
        Fixture fixture;
        fixture.save(QStringLiteral("a & b"));
        QVERIFY(fixture.menuTexts().contains(QStringLiteral("a && b")));
        QCOMPARE(fixture.button().value(), QStringLiteral("a & b"));
    }

    void aLostViewIsAProblemAndNothingChanges()
    {
        Fixture fixture;
        QSignalSpy problems(&fixture.session, &Session::problem);
        auto before = fixture.workspace();
        fixture.picker->openView(QStringLiteral("never saved"));
        QCOMPARE(problems.count(), 1);
        QVERIFY(fixture.workspace() == before && fixture.picker->current().isEmpty());
    }

    void aLinkComesBackAsTheSameView()
    {
        Fixture fixture;
        fixture.setFilter("metrics.`val/loss` < 3");
        fixture.action("runs.copyLink")->trigger();
        auto link = QGuiApplication::clipboard()->text();
        QVERIFY(isViewLink(link));
        fixture.setFilter("");
        fixture.action("runs.openLink")->trigger();
        QCOMPARE(fixture.workspace().filter, std::string("metrics.`val/loss` < 3"));
        QVERIFY(fixture.navigated.isEmpty());

        QGuiApplication::clipboard()->setText(toLink({QStringLiteral("/elsewhere.db"), fixture.workspace()}));
        fixture.picker->pasteLink();
        QVERIFY(fixture.navigated.startsWith(QStringLiteral("store/sextant://view")));

        QSignalSpy problems(&fixture.session, &Session::problem);
        QGuiApplication::clipboard()->setText(QStringLiteral("no link at all"));
        fixture.picker->pasteLink();
        QCOMPARE(problems.count(), 1);
    }

    void pagesShareTheOpenView()
    {
        Fixture fixture;
        OtherPage page;
        auto* other = new ViewPicker(fixture.context, page);
        other->setParent(&page);
        auto& button = *other->findChild<PickerButton*>();
        fixture.save(QStringLiteral("mine"));
        QCOMPARE(button.value(), QStringLiteral("mine"));
        QVERIFY(!OpenView::of(fixture.workspaces).isModified());
        fixture.setFilter("params.optimizer = 'muon'");
        QVERIFY(OpenView::of(fixture.workspaces).isModified());
        QCOMPARE(button.accessibleName(), fixture.button().accessibleName());
        other->askName(true);
        other->accept(QStringLiteral("ours"));
        QCOMPARE(fixture.picker->current(), QStringLiteral("ours"));
        other->askDelete();
        other->accept({});
        QCOMPARE(fixture.button().value(), QStringLiteral("not saved"));
    }

    void anotherStoreForgetsTheOpenView()
    {
        Fixture fixture;
        fixture.save(QStringLiteral("mine"));
        emit fixture.session.storeChanged();
        QVERIFY(fixture.picker->current().isEmpty());
        QCOMPARE(fixture.button().value(), QStringLiteral("not saved"));
    }
};

QTEST_MAIN(ViewPickerTest)
#include "view_picker_test.moc"
