// Writing from the Runs page: refused while locked, asked in place, previewed, written once, and what fails
// is said.
#include "tests/gui/runs_page_fixture.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/runs/run_edit_popup.h"
#include "ui/runs/runs_table_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/label.h"

#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sextant;
using namespace sextant::test;

class RunsEditsTest : public QObject
{
    Q_OBJECT

    using Kind = RunEdit::Kind;

    static RunTablePtr table()
    {
        return tellRuns({{"first",
                          0,
                          {{"loss", 1}},
                          {},
                          RunStatus::Finished,
                          {{"phase", "old"}, {std::string(kNoteTag), "a note"}}},
                         {"second", 0, {{"loss", 2}}},
                         {"third", 0, {{"loss", 3}}}});
    }
    static void unlocked(RunsPageFixture& fixture)
    {
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        QTRY_VERIFY(fixture.runs->settled());
        fixture.session.unlock();
        QTRY_VERIFY(fixture.action("runs.rename")->isEnabled());
    }
    static RunEditPopup* popup(RunsPageFixture& fixture)
    {
        auto all = fixture.runs->findChildren<RunEditPopup*>();
        return all.isEmpty() ? nullptr : all.last();
    }
    static QPushButton* button(QWidget* root, const QString& text)
    {
        for (auto* one : root->findChildren<QPushButton*>()) {
            if (one->text() == text)
                return one;
        }
        return nullptr;
    }
    static QString preview(RunEditPopup* popup) { return popup->findChildren<TextLabel*>().last()->text(); }

private slots:
    void previewsSayWhatAndHowMany()
    {
        const std::vector<std::string> one{"a"}, many{"a", "b", "c"};
        QCOMPARE(previewOf({Kind::Rename, one, {}, "new"}, "old", "mlflow.db"),
                 QStringLiteral("Renames old to new in mlflow.db"));
        QCOMPARE(previewOf({Kind::SetTag, many, "phase", "x"}, "old", "mlflow.db"),
                 QStringLiteral("Sets tag phase of 3 runs to “x” in mlflow.db"));
        QVERIFY(previewOf({Kind::SetTag, one, "phase", ""}, "old", "mlflow.db")
                    .contains(QStringLiteral("empty text")));
        QCOMPARE(previewOf({Kind::RemoveTag, one, "phase", ""}, "old", "mlflow.db"),
                 QStringLiteral("Removes tag phase from old in mlflow.db"));
        QVERIFY(previewOf({Kind::Delete, many, {}, {}}, "old", "mlflow.db")
                    .startsWith(QStringLiteral("Marks 3 runs as deleted")));
        QVERIFY(previewOf({Kind::Restore, one, {}, {}}, "old", "mlflow.db")
                    .startsWith(QStringLiteral("Restores old")));
        // What a store says is no format.
        QVERIFY(previewOf({Kind::Rename, one, {}, "%1 %2 %3"}, "%2", "%1.db")
                    .contains(QStringLiteral("%2 to %1 %2 %3 in %1.db")));
    }

    void nothingIsWrittenWhileLocked()
    {
        RunsPageFixture fixture(table());
        QTRY_VERIFY(fixture.model().rowCount() > 0);
        fixture.runs->table().selectRow(0);
        fixture.runs->startEdit({Kind::Rename, {toldId(2)}, {}, {}});
        fixture.runs->confirmLifecycle(false);
        QVERIFY(!popup(fixture));
        QVERIFY(!fixture.runs->findChild<QMessageBox*>());
        QVERIFY(fixture.runs->findChild<Banner*>()->isVisible());
        QVERIFY(fixture.state->written.empty());
    }

    void aNameThatStaysIsNoChange()
    {
        RunsPageFixture fixture(table());
        unlocked(fixture);
        fixture.runs->table().selectRun(toldId(0));
        fixture.action("runs.rename")->trigger();
        auto* asked = popup(fixture);
        QVERIFY(asked);
        auto* name = asked->findChild<QLineEdit*>();
        QCOMPARE(name->text(), QStringLiteral("first"));
        QCOMPARE(name->selectedText(), QStringLiteral("first"));
        auto* apply = button(asked, QStringLiteral("Rename run"));
        QVERIFY(apply && !apply->isEnabled());
        QCOMPARE(preview(asked), QStringLiteral("Nothing changes yet"));
        name->clear();
        QVERIFY(!apply->isEnabled());
        QCOMPARE(preview(asked), QStringLiteral("A name is needed"));
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(fixture.state->written.empty());
        name->setText(QStringLiteral("better"));
        QVERIFY(apply->isEnabled());
        QCOMPARE(preview(asked), QStringLiteral("Renames first to better in mlflow.db"));
        QTest::keyClick(name, Qt::Key_Escape);
        QVERIFY(!asked->isVisible());
        QVERIFY(fixture.state->written.empty());
    }

    void oneTagIsSetOnAllSelected()
    {
        RunsPageFixture fixture(table());
        unlocked(fixture);
        fixture.runs->table().selectAll();
        fixture.action("runs.setTag")->trigger();
        auto* asked = popup(fixture);
        QVERIFY(asked);
        auto fields = asked->findChildren<QLineEdit*>();
        QCOMPARE(fields.size(), 2);
        QVERIFY(!button(asked, QStringLiteral("Remove tag…"))); // of which tag?
        fields[0]->setText(QStringLiteral("phase"));
        fields[1]->setText(QStringLiteral("final"));
        QCOMPARE(preview(asked), QStringLiteral("Sets tag phase of 3 runs to “final” in mlflow.db"));
        QTest::keyClick(fields[1], Qt::Key_Return);
        QTRY_COMPARE(fixture.state->written.size(), std::size_t{3});
        std::set<std::string> runs;
        for (const auto& written : fixture.state->written) {
            QCOMPARE(written.what, std::string("tag"));
            QCOMPARE(written.key + '=' + written.value, std::string("phase=final"));
            runs.insert(written.runId);
        }
        QCOMPARE(runs.size(), std::size_t{3});
    }

    void aTagIsRemovedAfterItsOwnPreview()
    {
        RunEditPopup asked({Kind::SetTag, {"a"}, "phase", "old"}, QStringLiteral("first"),
                           QStringLiteral("mlflow.db"), nullptr);
        QSignalSpy accepted(&asked, &RunEditPopup::accepted);
        asked.setAttribute(Qt::WA_DeleteOnClose, false);
        auto* remove = button(&asked, QStringLiteral("Remove tag…"));
        QVERIFY(remove);
        remove->click();
        QCOMPARE(accepted.count(), 0);
        QCOMPARE(preview(&asked), QStringLiteral("Removes tag phase from first in mlflow.db"));
        auto* apply = button(&asked, QStringLiteral("Remove tag"));
        QVERIFY(apply && apply->isEnabled());
        apply->click();
        QCOMPARE(accepted.count(), 1);
        auto edit = accepted.front().front().value<RunEdit>();
        QCOMPARE(edit.kind, Kind::RemoveTag);
        QCOMPARE(edit.key, std::string("phase"));
    }

    void aNoteBeginsWithWhatStandsThere()
    {
        RunsPageFixture fixture(table());
        unlocked(fixture);
        fixture.runs->table().selectRun(toldId(0));
        fixture.action("runs.editNote")->trigger();
        auto* note = popup(fixture)->findChild<QPlainTextEdit*>();
        QCOMPARE(note->toPlainText(), QStringLiteral("a note"));
        note->appendPlainText(QStringLiteral("and **more**"));
        QTest::keyClick(note, Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
        QTRY_COMPARE(fixture.state->written.size(), std::size_t{1});
        QCOMPARE(fixture.state->written[0].key, std::string(kNoteTag));
        QCOMPARE(fixture.state->written[0].value, std::string("a note\nand **more**"));
    }

    void deletingAsksAndCanBeRefused()
    {
        RunsPageFixture fixture(table());
        unlocked(fixture);
        fixture.runs->table().selectAll();
        fixture.action("runs.delete")->trigger();
        auto* box = fixture.runs->findChild<QMessageBox*>();
        QVERIFY(box);
        QCOMPARE(box->text(), QStringLiteral("Delete 3 runs?"));
        QVERIFY(box->informativeText().contains(QStringLiteral("can be restored")));
        QCOMPARE(box->defaultButton(), box->button(QMessageBox::Cancel));
        box->button(QMessageBox::Cancel)->click();
        QVERIFY(fixture.jobs.idle());
        QVERIFY(fixture.state->written.empty());
        fixture.action("runs.restore")->trigger(); // none of them is deleted
        QVERIFY(fixture.state->written.empty());
    }

    void whatWasWrittenIsReadAgain()
    {
        RunsPageFixture fixture(table());
        unlocked(fixture);
        fixture.runs->table().selectRun(toldId(1));
        fixture.action("runs.rename")->trigger();
        auto* name = popup(fixture)->findChild<QLineEdit*>();
        QSignalSpy changed(&fixture.session, &Session::tableChanged);
        name->setText(QStringLiteral("renamed"));
        fixture.state->replace(tellRuns({{"first"}, {"renamed"}, {"third"}}));
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(changed.count() > 0);
        QTRY_COMPARE(fixture.model()
                         .index(fixture.model().rowOf(toldId(1)), int(RunsColumnKind::Name))
                         .data()
                         .toString(),
                     QStringLiteral("renamed"));
    }
};

QTEST_MAIN(RunsEditsTest)
#include "runs_edits_test.moc"
