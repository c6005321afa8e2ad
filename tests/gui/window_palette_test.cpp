// The palette and the key sheet in the real window on the demo store: prefixes, what comes first, and
// everything by keyboard.
#include "tests/gui/real_window.h"
#include "ui/shell/palette.h"
#include "ui/shell/sheets.h"

#include <QAbstractItemModelTester>
#include <QListView>

using namespace sextant;
using namespace sextant::test;

namespace {

/// The palette opened by its keys, with what was typed.
CommandPalette& type(RealWindow& real, const QString& text)
{
    CommandPalette& palette = real.window.palette();
    if (!palette.isVisible())
        QTest::keyClick(&real.window, Qt::Key_K, Qt::ControlModifier);
    auto* input = palette.findChild<QLineEdit*>();
    input->clear();
    QTest::keyClicks(input, text);
    return palette;
}

void press(Qt::Key key)
{
    QTest::keyClick(QApplication::focusWidget(), key);
}

QStringList sections(const CommandPalette& palette)
{
    QStringList titles;
    for (int row = 0; row < palette.model().rowCount(); ++row)
        if (palette.model().row(row).isSection)
            titles << palette.model().row(row).title;
    return titles;
}

QStringList titles(const CommandPalette& palette)
{
    QStringList found;
    for (int row = 0; row < palette.model().rowCount(); ++row)
        if (!palette.model().row(row).isSection)
            found << palette.model().row(row).title;
    return found;
}

QString current(const CommandPalette& palette)
{
    return palette.findChild<QListView*>()->currentIndex().data().toString();
}

} // namespace

class WindowPaletteTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { m_demo = copyDemo(m_folder.path()); }
    void listsEverythingThatMatches();
    void prefixesNameOneKind_data();
    void prefixesNameOneKind();
    void bestComesFirst_data();
    void bestComesFirst();
    void keysMoveAround();
    void enterOpensARun();
    void enterOnWhatCannotRunDoesNothing();
    void columnsAreShown();
    void nothingMatches();
    void hostileQueries_data();
    void hostileQueries();
    void modelKeepsItsPromises();
    void heightFollowsTheMatches();
    void mouseChooses();
    void keySheetFinds();
    void keySheetKnowsWhatIsNew();

private:
    QTemporaryDir m_folder;
    QString m_demo;
};

void WindowPaletteTest::listsEverythingThatMatches()
{
    RealWindow real;
    QCOMPARE(sections(type(real, "r")), QStringList{"Actions"}); // no store, no runs
    real.window.palette().close();
    QVERIFY(real.open(m_demo));
    const CommandPalette& palette = type(real, "a");
    QCOMPARE(sections(palette), (QStringList{"Actions", "Runs", "Models", "Columns"}));
    QVERIFY(says(palette, "matches"));
    QVERIFY2(!titles(palette).contains(real.action("palette.open")->text()),
             "The palette offers to open itself");
    // Without a query: what can be done, no runs.
    QCOMPARE(sections(type(real, "")), QStringList{"Actions"});
    QVERIFY(titles(palette).size() <= 8);
}

void WindowPaletteTest::prefixesNameOneKind_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("section");
    QTest::newRow("actions") << ">the"
                             << "Actions";
    QTest::newRow("actions with a space") << ">  theme dark"
                                          << "Actions";
    QTest::newRow("all actions") << ">"
                                 << "Actions";
    QTest::newRow("runs") << "@a"
                          << "Runs";
    QTest::newRow("all runs") << "@"
                              << "Runs";
    QTest::newRow("columns") << ":ac"
                             << "Columns";
    QTest::newRow("keys") << "?"
                          << "Keys";
    QTest::newRow("keys by name") << "?undo"
                                  << "Keys";
}

void WindowPaletteTest::prefixesNameOneKind()
{
    QFETCH(QString, query);
    QFETCH(QString, section);
    RealWindow real;
    QVERIFY(real.open(m_demo));
    const CommandPalette& palette = type(real, query);
    QCOMPARE(sections(palette), QStringList{section});
    QVERIFY(palette.model().matches() >= 1);
    if (section == "Keys")
        for (int row = 1; row < palette.model().rowCount(); ++row)
            QVERIFY(!palette.model().row(row).keys.isEmpty());
}

void WindowPaletteTest::bestComesFirst_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("first");
    QTest::newRow("whole word") << ">undo"
                                << "Undo: pin runs";
    QTest::newRow("initials") << ">td"
                              << "Theme: dark";
    QTest::newRow("words in any order") << ">markdown copy"
                                        << "Copy rows as Markdown";
    QTest::newRow("case") << ">QUIT"
                          << "Quit";
}

void WindowPaletteTest::bestComesFirst()
{
    QFETCH(QString, query);
    QFETCH(QString, first);
    RealWindow real;
    QVERIFY(real.open(m_demo));
    real.runs().table().selectRow(0);
    real.action("runs.pin")->trigger();
    const CommandPalette& palette = type(real, query);
    QCOMPARE(current(palette), first);
    // The letters that matched are marked.
    const PaletteRow& row = palette.model().row(palette.model().nextEntry(0, 1));
    QVERIFY(!row.matched.isEmpty());
    for (const FuzzyMatch::Range& range : row.matched)
        QVERIFY(range.start >= 0 && range.length > 0 && range.start + range.length <= row.title.size());
}

void WindowPaletteTest::keysMoveAround()
{
    RealWindow real;
    QVERIFY(real.open(m_demo));
    const CommandPalette& palette = type(real, ">");
    const QStringList all = titles(palette);
    QVERIFY(all.size() > 20);
    QCOMPARE(current(palette), all[0]);
    press(Qt::Key_Down);
    QCOMPARE(current(palette), all[1]);
    press(Qt::Key_Up);
    press(Qt::Key_Up);
    QCOMPARE(current(palette), all.last()); // round the end
    press(Qt::Key_Down);
    QCOMPARE(current(palette), all[0]);
    press(Qt::Key_PageDown);
    QCOMPARE(current(palette), all[8]);
    press(Qt::Key_PageUp);
    QCOMPARE(current(palette), all[0]);
    press(Qt::Key_Tab); // the focus stays where letters are typed
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(palette.findChild<QLineEdit*>()));
}

void WindowPaletteTest::enterOpensARun()
{
    RealWindow real;
    QVERIFY(real.open(m_demo));
    const RunTable& table = *real.window.session().table();
    const QString name = QString::fromStdString(std::string(table.name(table.newestFirst().front())));
    type(real, "@" + name);
    QVERIFY(current(real.window.palette()).contains(name));
    press(Qt::Key_Return);
    QVERIFY(!real.window.palette().isVisible());
    QVERIFY(real.rest());
    QCOMPARE(real.window.currentPage()->id(), QString("run"));
    QVERIFY(!real.run().runId().empty());
}

void WindowPaletteTest::enterOnWhatCannotRunDoesNothing()
{
    RealWindow real;
    QVERIFY(real.open(m_demo));
    CommandPalette& palette = type(real, ">unlock writing");
    real.window.session().unlock();
    QTRY_VERIFY(real.window.session().unlocked());
    type(real, ">unlock writing");
    const PaletteRow& row = palette.model().row(palette.model().nextEntry(0, 1));
    QVERIFY(!row.enabled);
    QCOMPARE(row.detail, QString("Writing is unlocked already."));
    press(Qt::Key_Return);
    QVERIFY(palette.isVisible());
    QVERIFY(openPopups().isEmpty());
}

void WindowPaletteTest::columnsAreShown()
{
    RealWindow real;
    QVERIFY(real.open(m_demo));
    const auto before = real.workspace().columns;
    CommandPalette& palette = type(real, ":");
    QString wanted;
    for (int row = 1; row < palette.model().rowCount() && wanted.isEmpty(); ++row)
        if (palette.model().row(row).right.contains("show"))
            wanted = palette.model().row(row).title;
    if (wanted.isEmpty())
        QSKIP("Every column is shown");
    type(real, ":" + wanted);
    press(Qt::Key_Return);
    QVERIFY(real.rest());
    QVERIFY(real.workspace().columns != before);
    real.action("edit.undo")->trigger();
    QCOMPARE(real.workspace().columns, before);
}

void WindowPaletteTest::nothingMatches()
{
    RealWindow real;
    QVERIFY(real.open(m_demo));
    const CommandPalette& palette = type(real, "zzzqqqxxx");
    QCOMPARE(palette.model().rowCount(), 0);
    QVERIFY(says(palette, "Nothing matches"));
    for (Qt::Key key : {Qt::Key_Down, Qt::Key_Up, Qt::Key_PageDown, Qt::Key_Return})
        press(key);
    QVERIFY(palette.isVisible());
    press(Qt::Key_Escape);
    QVERIFY(!palette.isVisible());
}

void WindowPaletteTest::hostileQueries_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("emoji") << "🚀🧪";
    QTest::newRow("only prefixes") << "@@@:::###";
    QTest::newRow("expression") << "[a-z)+*";
    QTest::newRow("markup") << "<b>run</b>";
    QTest::newRow("half a surrogate") << QString(QChar(0xD83D));
    QTest::newRow("very long") << QString(20'000, 'a');
    QTest::newRow("spaces") << "     ";
}

void WindowPaletteTest::hostileQueries()
{
    QFETCH(QString, query);
    RealWindow real;
    QVERIFY(real.open(m_demo));
    real.window.palette().openWith(query, {"no.such.action"});
    QVERIFY(real.window.palette().isVisible());
    QVERIFY(!real.window.palette().grab().isNull());
    press(Qt::Key_Escape);
    QVERIFY(!real.window.palette().isVisible());
}

void WindowPaletteTest::modelKeepsItsPromises()
{
    RealWindow real;
    QVERIFY(real.open(m_demo));
    CommandPalette& palette = type(real, "");
    QAbstractItemModelTester tester(const_cast<PaletteModel*>(&palette.model()),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const char* query : {"a", "acc", "@", ":", "?", "#", ">", "zzzz", ""})
        type(real, query);
    const PaletteModel& model = palette.model();
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        QCOMPARE(model.flags(index).testFlag(Qt::ItemIsSelectable), !model.row(row).isSection);
        QVERIFY(index.data(Qt::AccessibleTextRole).toString().startsWith(model.row(row).title));
    }
    QCOMPARE(model.nextEntry(-1, 1), -1);
    QCOMPARE(model.nextEntry(model.rowCount(), 1), -1);
}

void WindowPaletteTest::heightFollowsTheMatches()
{
    RealWindow real;
    QVERIFY(real.open(m_demo));
    CommandPalette& palette = type(real, ">");
    auto* list = palette.findChild<QListView*>();
    const int many = list->height();
    type(real, ">quit");
    QTRY_VERIFY(list->height() < many);
    QVERIFY(list->height() > 0);
    real.window.resize(500, 300);
    type(real, ">");
    QTRY_VERIFY(real.window.rect().contains(QRect(list->mapTo(&real.window, QPoint()), list->size())));
}

void WindowPaletteTest::mouseChooses()
{
    RealWindow real;
    QVERIFY(real.open(m_demo));
    CommandPalette& palette = type(real, ">theme dark");
    auto* list = palette.findChild<QListView*>();
    const QModelIndex section = palette.model().index(0, 0);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(section).center());
    QVERIFY(palette.isVisible()); // a heading is no entry
    const QModelIndex entry = palette.model().index(palette.model().nextEntry(0, 1), 0);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(entry).center());
    QVERIFY(!palette.isVisible());
    QVERIFY(Theme::current().isDark());
}

void WindowPaletteTest::keySheetFinds()
{
    RealWindow real;
    QVERIFY(real.open(m_demo));
    QTest::keyClick(&real.window, Qt::Key_F1);
    auto* sheet = real.part<KeySheet>();
    QVERIFY(sheet->isVisible());
    const auto spoken = [sheet] {
        return named<QWidget>(*sheet, "Keys") ? textsOf(*sheet).join('\n') : QString();
    };
    QVERIFY(spoken().contains("Undo: Ctrl+Z"));
    QVERIFY(spoken().contains("Pin: P"));
    QTest::keyClicks(QApplication::focusWidget(), "undo");
    QVERIFY(spoken().contains("Undo: Ctrl+Z"));
    QVERIFY(!spoken().contains("Pin: P"));
    const QImage some = sheet->grab().toImage();
    QTest::keyClicks(QApplication::focusWidget(), "zzzz");
    QVERIFY(sheet->grab().toImage() != some);
    press(Qt::Key_Escape); // clears the search
    QVERIFY(sheet->isVisible());
    QVERIFY(spoken().contains("Pin: P"));
    press(Qt::Key_Escape);
    QVERIFY(!sheet->isVisible());
}

void WindowPaletteTest::keySheetKnowsWhatIsNew()
{
    RealWindow real;
    auto* sheet = real.part<KeySheet>();
    {
        QWidget scope(&real.window);
        real.window.actions().add(
            &scope, {"test.new", "Do a new thing", {}, {}, {QKeySequence("Ctrl+Alt+N")}, "Tests"}, [] {});
        real.action("help.keys")->trigger();
        QVERIFY(says(*sheet, "Do a new thing: Ctrl+Alt+N"));
        sheet->close();
    }
    QVERIFY(!real.action("test.new"));
    real.action("help.keys")->trigger();
    QVERIFY(!says(*sheet, "Do a new thing"));
}

QTEST_MAIN(WindowPaletteTest)
#include "window_palette_test.moc"
