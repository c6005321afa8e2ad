// A walk through the real window as a screen reader and a keyboard take it: every page, sheet, menu and
// pop-up has names for its controls, stands on the screen, closes by Esc and gives the focus back.
#include "tests/gui/real_window.h"
#include "ui/shell/gallery.h"
#include "ui/shell/palette.h"
#include "ui/shell/sheets.h"
#include "ui/theme/style_parts.h"
#include "ui/widgets/popup.h"

#include <QDirIterator>
#include <QScreen>
#include <QSvgRenderer>
#include <QVBoxLayout>

using namespace sextant;
using namespace sextant::test;

namespace {

/// The part of a pop-up that must be in sight: without its shadow.
QRect panelOf(const QWidget& popup)
{
    const int margin = popup.testAttribute(Qt::WA_TranslucentBackground) ? parts::popupMargin() : 0;
    return popup.frameGeometry().adjusted(margin, margin, -margin, -margin);
}

bool onScreen(const QWidget& popup)
{
    return popup.screen()->availableGeometry().contains(panelOf(popup));
}

/// Buttons of the page that open something of their own, each pressed once with the pop-up closed by Esc.
QStringList pressAll(QWidget& root, int& opened)
{
    QStringList wrong;
    for (auto* button : root.findChildren<QAbstractButton*>()) {
        if (!button->isVisible() || !button->isEnabled() || button->isCheckable())
            continue;
        const bool opens = button->inherits("sextant::PickerButton") || button->inherits("QToolButton");
        if (!opens)
            continue;
        const QString name = button->accessibleName();
        button->click();
        for (QWidget* popup : openPopups()) {
            ++opened;
            if (!onScreen(*popup))
                wrong << name + ": off the screen";
            if (popup->accessibleName().isEmpty() && popup->windowTitle().isEmpty() &&
                !qobject_cast<QMenu*>(popup))
                wrong << name + ": a pop-up without a name";
            const QStringList nameless = unnamed(*popup);
            if (!nameless.isEmpty())
                wrong << name + ": " + nameless.join("; ");
            if (auto* menu = qobject_cast<QMenu*>(popup))
                for (QAction* action : menu->actions())
                    if (!action->isSeparator() && action->text().isEmpty() && action->objectName().isEmpty())
                        wrong << name + ": an entry without a text";
            QWidget* target = popup->focusWidget() ? popup->focusWidget() : popup;
            QTest::keyClick(target, Qt::Key_Escape);
            if (popup->isVisible() && popup->focusWidget()) // the first Esc may clear a search
                QTest::keyClick(popup->focusWidget(), Qt::Key_Escape);
            if (popup->isVisible())
                wrong << name + ": Esc does not close it";
        }
    }
    return wrong;
}

} // namespace

class WindowNamesTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void everyPageHasNames_data();
    void everyPageHasNames();
    void everyPopupIsNamedOnScreenAndClosed_data() { everyPageHasNames_data(); }
    void everyPopupIsNamedOnScreenAndClosed();
    void actionPopupsCloseByEscape_data();
    void actionPopupsCloseByEscape();
    void sheetsGiveTheFocusBack_data();
    void sheetsGiveTheFocusBack();
    void sheetsCloseByAClickBeside();
    void tabStaysInASheet();
    void onlyOneSheetAtATime();
    void popupsFitTheScreen();
    void tooltipsShowNoMarkup();
    void everyIconCanBeDrawn();
    void everyButtonSaysWhatItDoes();

private:
    void show(RealWindow& real, const QString& page);
    QTemporaryDir m_folder;
    QString m_demo;
};

void WindowNamesTest::initTestCase()
{
    m_demo = copyDemo(m_folder.path(), true);
}

void WindowNamesTest::show(RealWindow& real, const QString& page)
{
    if (page == "start")
        return (void)real.rest();
    QVERIFY(real.open(m_demo));
    real.runs().table().selectRow(0);
    if (page == "runs")
        return (void)real.rest();
    real.action("runs.open")->trigger();
    QVERIFY(real.rest());
    real.action(page.toUtf8().constData())->trigger();
    QVERIFY(real.rest());
}

void WindowNamesTest::everyPageHasNames_data()
{
    QTest::addColumn<QString>("page");
    for (const char* page : {"start", "runs", "run.overview", "run.metrics", "run.artifacts"})
        QTest::newRow(page) << QString(page);
}

void WindowNamesTest::everyPageHasNames()
{
    QFETCH(QString, page);
    RealWindow real(m_demo);
    show(real, page);
    QCOMPARE(unnamed(real.window).join("; "), QString());
    // No two buttons in sight of one place with the same name and different meanings: ids aside, names are
    // words.
    for (auto* button : real.window.findChildren<QAbstractButton*>())
        if (button->isVisible() && !button->objectName().startsWith("qt_") &&
            !button->inherits("QLineEditIconButton"))
            QVERIFY2((button->accessibleName() + button->text()).trimmed().size() > 1 ||
                         button->parentWidget()->inherits("QTableView"),
                     button->metaObject()->className());
}

void WindowNamesTest::everyPopupIsNamedOnScreenAndClosed()
{
    QFETCH(QString, page);
    RealWindow real(m_demo);
    show(real, page);
    int opened = 0;
    const QStringList wrong = pressAll(real.window, opened);
    QCOMPARE(wrong.join("; "), QString());
    if (page == "runs")
        QVERIFY2(opened >= 4, qPrintable(QString::number(opened)));
}

void WindowNamesTest::actionPopupsCloseByEscape_data()
{
    QTest::addColumn<QString>("id");
    for (const char* id : {"runs.columns", "runs.experiments", "runs.rename", "runs.setTag", "runs.editNote",
                           "runs.delete", "store.open"})
        QTest::newRow(id) << QString(id);
}

void WindowNamesTest::actionPopupsCloseByEscape()
{
    QFETCH(QString, id);
    RealWindow real(m_demo);
    show(real, "runs");
    real.window.session().unlock();
    QTRY_VERIFY(real.window.session().unlocked());
    const QByteArray before = bytesOf(m_demo);
    real.action(id)->trigger();
    QTRY_COMPARE(openPopups().size(), 1);
    QWidget* popup = openPopups()[0];
    QVERIFY(popup->windowType() != Qt::Popup || onScreen(*popup)); // dialogs are placed by the desktop
    QCOMPARE(unnamed(*popup).join("; "), QString());
    QPointer<QWidget> alive(popup);
    QTest::keyClick(popup->focusWidget() ? popup->focusWidget() : popup, Qt::Key_Escape);
    QTRY_VERIFY(!alive || !alive->isVisible());
    QVERIFY(real.rest());
    QCOMPARE(bytesOf(m_demo), before);
}

void WindowNamesTest::sheetsGiveTheFocusBack_data()
{
    QTest::addColumn<QString>("id");
    for (const char* id : {"palette.open", "help.keys", "help.about"})
        QTest::newRow(id) << QString(id);
}

void WindowNamesTest::sheetsGiveTheFocusBack()
{
    QFETCH(QString, id);
    RealWindow real(m_demo);
    show(real, "runs");
    real.runs().table().setFocus();
    QWidget* before = QApplication::focusWidget();
    QVERIFY(before);
    real.action(id)->trigger();
    auto* sheet = inSight<Overlay>(real.window);
    QVERIFY(sheet);
    QVERIFY(sheet->isAncestorOf(QApplication::focusWidget()) || QApplication::focusWidget() == sheet);
    QVERIFY(!sheet->accessibleName().isEmpty());
    // Keys of the page behind do nothing meanwhile.
    QTest::keyClick(sheet, Qt::Key_P);
    QVERIFY(real.workspace().pinned.empty());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!sheet->isVisible());
    QCOMPARE(QApplication::focusWidget(), before);
}

void WindowNamesTest::sheetsCloseByAClickBeside()
{
    RealWindow real(m_demo);
    show(real, "runs");
    real.action("help.keys")->trigger();
    auto* sheet = real.part<KeySheet>();
    QTest::mouseClick(sheet, Qt::LeftButton, {}, sheet->rect().center());
    QVERIFY(sheet->isVisible());
    QTest::mouseClick(sheet, Qt::LeftButton, {}, QPoint(4, 4));
    QVERIFY(!sheet->isVisible());
    // It covers the window whatever that does.
    real.action("help.keys")->trigger();
    real.window.resize(900, 600);
    QTRY_COMPARE(sheet->size(), real.window.size());
    buttonNamed(*sheet, "Close")->click();
    QVERIFY(!sheet->isVisible());
}

void WindowNamesTest::tabStaysInASheet()
{
    RealWindow real(m_demo);
    show(real, "runs");
    real.action("help.keys")->trigger();
    auto* sheet = real.part<KeySheet>();
    for (Qt::Key key : {Qt::Key_Tab, Qt::Key_Tab, Qt::Key_Tab, Qt::Key_Backtab, Qt::Key_Backtab}) {
        QTest::keyClick(QApplication::focusWidget(), key);
        QVERIFY(QApplication::focusWidget() && sheet->isAncestorOf(QApplication::focusWidget()));
    }
}

void WindowNamesTest::onlyOneSheetAtATime()
{
    RealWindow real(m_demo);
    show(real, "runs");
    real.runs().table().setFocus();
    QWidget* before = QApplication::focusWidget();
    real.action("help.keys")->trigger();
    real.action("palette.open")->trigger();
    int open = 0;
    for (auto* sheet : real.window.findChildren<Overlay*>())
        open += sheet->isVisible();
    QCOMPARE(open, 1);
    QVERIFY(real.window.palette().isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(QApplication::focusWidget(), before);
}

void WindowNamesTest::popupsFitTheScreen()
{
    QWidget window;
    window.resize(200, 100);
    const QRect room = window.screen()->availableGeometry();
    QWidget anchor(&window);
    anchor.resize(60, 20);
    for (const QPoint& corner :
         {room.topLeft(), room.topRight() - QPoint(200, 0), room.bottomLeft() - QPoint(0, 100),
          room.bottomRight() - QPoint(199, 99), room.bottomRight() - QPoint(40, 20)}) {
        window.move(corner);
        window.show();
        Popup popup("Test", &window);
        auto* content = new QWidget(&popup);
        content->setFixedSize(300, 220);
        popup.body()->addWidget(content);
        popup.openBelow(&anchor);
        QVERIFY2(onScreen(popup), qPrintable(QString("%1,%2").arg(corner.x()).arg(corner.y())));
        popup.close();
        popup.openAt(window.mapToGlobal(QPoint(190, 90)));
        QVERIFY(onScreen(popup));
    }
}

void WindowNamesTest::tooltipsShowNoMarkup()
{
    // What comes from a store is a text, whatever it contains.
    const QString tip = ActionRegistry::tip("<img src=x>", QKeySequence("Ctrl+<"), "a < b & c");
    QVERIFY(!tip.contains("<img"));
    QVERIFY(tip.contains("&lt;img src=x&gt;"));
    QVERIFY(tip.contains("a &lt; b &amp; c"));
}

void WindowNamesTest::everyIconCanBeDrawn()
{
    RealWindow real;
    int icons = 0;
    QDirIterator files(":/icons", {"*.svg"}, QDir::Files);
    while (files.hasNext()) {
        const QString path = files.next();
        QVERIFY2(QSvgRenderer(path).isValid(), qPrintable(path));
        const QImage image =
            Theme::current().pixmap(files.fileInfo().completeBaseName(), 16, Qt::red, 2).toImage();
        QCOMPARE(image.size(), QSize(32, 32));
        bool drawn = false;
        for (int y = 0; y < 32 && !drawn; ++y)
            for (int x = 0; x < 32 && !drawn; ++x)
                drawn = image.pixelColor(x, y).alpha() > 128 && image.pixelColor(x, y).red() > 128;
        QVERIFY2(drawn, qPrintable(path + " is empty or not tinted"));
        ++icons;
    }
    QVERIFY(icons > 60);
    for (QAction* action : real.window.actions().all()) {
        const QString icon = real.window.actions().spec(action).icon;
        QVERIFY2(icon.isEmpty() || QFile::exists(":/icons/" + icon + ".svg"),
                 qPrintable(action->objectName()));
    }
}

void WindowNamesTest::everyButtonSaysWhatItDoes()
{
    RealWindow real(m_demo);
    show(real, "runs");
    // An icon alone needs a tooltip.
    for (auto* button : real.window.findChildren<QToolButton*>())
        if (button->isVisible() && button->toolButtonStyle() == Qt::ToolButtonIconOnly &&
            !button->icon().isNull() && !button->objectName().startsWith("qt_"))
            QVERIFY2(!button->toolTip().isEmpty(), qPrintable(button->accessibleName()));
}

QTEST_MAIN(WindowNamesTest)
#include "window_names_test.moc"
