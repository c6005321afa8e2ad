// The small reusable parts: what they say, how they answer keys and the mouse, and that hostile texts stay
// texts.
#include "tests/gui/widget_walk.h"
#include "ui/theme/theme_control.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/label.h"
#include "ui/widgets/line.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/picker_button.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/section.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"
#include "ui/widgets/tab_strip.h"

#include <QAction>
#include <QClipboard>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QTimer>
#include <QVBoxLayout>

using namespace sextant;
using namespace sextant::test;

class WidgetsTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_control = std::make_unique<ThemeControl>(ThemeControl::Choice::Light, Theme::Families::bundled());
    }
    void keyNames_data();
    void keyNames();
    void counts();
    void digitsStandInColumns();
    void longTextsAreCut();
    void sentencesFitPeople();
    void markupIsShownAsItIs();
    void idsAreCopiedWhole();
    void badgesSayAWord();
    void badgesDifferByMoreThanColour();
    void iconButtonsFollowTheirAction();
    void segmentsAreExclusive();
    void sectionsFold();
    void searchFieldClearsByEscape();
    void pickersOpenTheirMenu();
    void tabsWithoutRoomAreInAMenu();
    void longNamesKeepBothEnds();
    void statesHaveOneAction();
    void spinnersTurnOnlyInSight();
    void bannersSayAndAct();
    void popupsTellThatTheyClosed();
    void textsFollowTheTheme();
    void linesAreOnePixel();

private:
    std::unique_ptr<ThemeControl> m_control;
};

void WidgetsTest::keyNames_data()
{
    QTest::addColumn<QKeySequence>("keys");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("plain") << QKeySequence(Qt::Key_P) << QStringList{"P"};
    QTest::newRow("two") << QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)
                         << QStringList{"Ctrl", "Shift", "C"};
    QTest::newRow("plus itself") << QKeySequence(Qt::Key_Plus) << QStringList{"+"};
    QTest::newRow("ctrl and plus") << QKeySequence(Qt::CTRL | Qt::Key_Plus) << QStringList{"Ctrl", "+"};
    QTest::newRow("function") << QKeySequence(Qt::Key_F1) << QStringList{"F1"};
    QTest::newRow("none") << QKeySequence() << QStringList{};
}

void WidgetsTest::keyNames()
{
    QFETCH(QKeySequence, keys);
    QFETCH(QStringList, names);
    QCOMPARE(sextant::keyNames(keys), names);
    KeyCapLabel label(names);
    QCOMPARE(label.sizeHint().width() > 0, !names.isEmpty());
    QCOMPARE(label.accessibleName(), names.join('+'));
}

void WidgetsTest::counts()
{
    QCOMPARE(formatCount(0), QString("0"));
    QCOMPARE(formatCount(999), QString("999"));
    QCOMPARE(formatCount(1000), QString("1,000"));
    QCOMPARE(formatCount(30412), QString("30,412"));
    QCOMPARE(formatCount(std::numeric_limits<quint64>::max()), QString("18,446,744,073,709,551,615"));
}

void WidgetsTest::digitsStandInColumns()
{
    const QFontMetrics metrics(Theme::current().font(Theme::Text::Body));
    QCOMPARE(tabularWidth(metrics, "1111"), tabularWidth(metrics, "8888"));
    QCOMPARE(tabularWidth(metrics, "1.25"), tabularWidth(metrics, "9.74"));
    QCOMPARE(tabularWidth(metrics, ""), 0);
    const auto drawn = [](int width, const QString& number) {
        QImage image(width, 20, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setFont(Theme::current().font(Theme::Text::Body));
        drawTabular(&painter, image.rect(), number);
        return image;
    };
    QVERIFY(drawn(80, "0.125") != drawn(80, "0.126"));
    QVERIFY(drawn(12, "123456789") != drawn(12, "")); // what fits, and a sign that more was there
}

void WidgetsTest::longTextsAreCut()
{
    ElidedLabel label;
    const QString text = QString("metrics/validation/loss ").repeated(20);
    label.setText(text);
    QCOMPARE(label.text(), text);
    QCOMPARE(label.accessibleName(), text);
    label.show();
    label.resize(100, 20);
    QVERIFY(label.toolTip().contains("metrics/validation/loss"));
    QVERIFY(label.minimumSizeHint().width() < 100);
    label.resize(label.sizeHint());
    QCOMPARE(label.toolTip(), QString());
    label.setText("<b>x</b>");
    label.resize(4, 20);
    QCOMPARE(label.toolTip(), QString("&lt;b&gt;x&lt;/b&gt;"));
}

void WidgetsTest::sentencesFitPeople()
{
    QCOMPARE(oneSentence("The file 'a\nb' is\tgone"), QString("The file 'a b' is gone"));
    const QString longest = oneSentence("The file " + QString(5000, 'x') + " is gone");
    QVERIFY(longest.size() <= 280);
    QVERIFY(longest.startsWith("The file ") && longest.endsWith(" is gone"));
    QCOMPARE(oneSentence({}), QString());
}

void WidgetsTest::markupIsShownAsItIs()
{
    const QString hostile = "<img src='file:///etc/passwd'><a href='x'>y</a>";
    TextLabel label(hostile, Theme::Text::Body);
    QCOMPARE(label.textFormat(), Qt::PlainText);
    StatePanel panel;
    panel.showError(
        {ErrorCode::NotAStore, hostile.toStdString(), hostile.toStdString(), hostile.toStdString(), {}});
    for (QLabel* part : panel.findChildren<QLabel*>())
        QCOMPARE(part->textFormat(), Qt::PlainText);
    QVERIFY(!panel.toolTip().contains("<img"));
}

void WidgetsTest::idsAreCopiedWhole()
{
    IdLabel label("run ID");
    auto* copy = label.findChild<QAbstractButton*>();
    QVERIFY(copy && !copy->isEnabled());
    label.setId("4f1c9e07b2d84ac6a1530f77c2be9d18");
    label.resize(60, 28);
    label.show();
    QVERIFY(copy->isEnabled());
    QVERIFY(!copy->accessibleName().isEmpty());
    copy->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("4f1c9e07b2d84ac6a1530f77c2be9d18"));
    label.setId({});
    QVERIFY(!copy->isEnabled());
}

void WidgetsTest::badgesSayAWord()
{
    const Theme& theme = Theme::current();
    for (Stage stage : {Stage::None, Stage::Staging, Stage::Production, Stage::Archived}) {
        BadgeLabel label(Badge::stage(stage));
        QVERIFY(!label.accessibleName().isEmpty());
        QVERIFY(label.sizeHint().width() >= badgeWidth(theme, label.badge()));
        QVERIFY(!label.grab().isNull());
    }
    for (RunStatus status : {RunStatus::Running, RunStatus::Scheduled, RunStatus::Finished, RunStatus::Failed,
                             RunStatus::Killed})
        QVERIFY(Badge::status(status).text.size() > 3);
    QImage image(40, 20, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&image);
    QVERIFY2(paintBadge(theme, &painter, QRect(0, 0, 40, 20), Badge::chip(QString(500, 'w'))) <= 40,
             "A badge leaves its cell");
}

void WidgetsTest::badgesDifferByMoreThanColour()
{
    QSet<QString> icons;
    for (RunStatus status : {RunStatus::Running, RunStatus::Scheduled, RunStatus::Finished, RunStatus::Failed,
                             RunStatus::Killed})
        icons << Badge::status(status).icon;
    QCOMPARE(icons.size(), 5);
    icons.clear();
    for (const Badge& badge : {Badge::success("x"), Badge::info("x"), Badge::warning("x"), Badge::error("x")})
        icons << badge.icon;
    QCOMPARE(icons.size(), 4);
}

void WidgetsTest::iconButtonsFollowTheirAction()
{
    QAction action("Undo");
    IconButton button(&action);
    QCOMPARE(button.accessibleName(), QString("Undo"));
    QCOMPARE(button.focusPolicy(), Qt::TabFocus);
    action.setText("Undo: pin runs");
    action.setEnabled(false);
    QCOMPARE(button.accessibleName(), QString("Undo: pin runs"));
    QVERIFY(!button.isEnabled());
    action.setEnabled(true);
    QSignalSpy ran(&action, &QAction::triggered);
    QTest::keyClick(&button, Qt::Key_Space);
    QCOMPARE(ran.count(), 1);
    IconButton own("copy", "Copy id");
    QCOMPARE(own.toolTip(), QString("Copy id"));
}

void WidgetsTest::segmentsAreExclusive()
{
    SegmentedControl control("Layout");
    QSignalSpy picked(&control, &SegmentedControl::picked);
    QCOMPARE(control.addSegment("rows-3", "Table"), 0);
    QCOMPARE(control.addSegment({}, "Split"), 1);
    QCOMPARE(control.addSegment({}, "Charts"), 2);
    QCOMPARE(control.current(), 0);
    control.setCurrent(2);
    QCOMPARE(control.current(), 2);
    QCOMPARE(picked.count(), 0); // not by the user
    control.setCurrent(9);
    QCOMPARE(control.current(), 2);
    control.show();
    buttonNamed(control, "Split")->click();
    QCOMPARE(control.current(), 1);
    QCOMPARE(picked.count(), 1);
    QCOMPARE(picked[0][0].toInt(), 1);
    QCOMPARE(unnamed(control).size(), 0);
}

void WidgetsTest::sectionsFold()
{
    Section section("Tags");
    auto* content = new QLabel("content");
    section.body()->addWidget(content);
    section.show();
    QSignalSpy toggled(&section, &Section::toggled);
    QVERIFY(section.isOpen() && content->isVisible());
    auto* header = section.findChild<QAbstractButton*>();
    QTest::keyClick(header, Qt::Key_Space);
    QVERIFY(!section.isOpen());
    QTRY_VERIFY(!content->isVisible());
    QCOMPARE(toggled.count(), 1);
    QCOMPARE(header->accessibleDescription(), QString("Folded"));
    section.setOpen(true);
    QVERIFY(content->isVisible());
    QCOMPARE(toggled.count(), 1); // not by the user
    // Folding back and forth faster than the motion ends where it was asked to.
    header->click();
    header->click();
    QTRY_VERIFY(section.isOpen() && content->isVisible());
    QTRY_COMPARE(content->parentWidget()->maximumHeight(), QWIDGETSIZE_MAX);
}

void WidgetsTest::searchFieldClearsByEscape()
{
    QWidget parent;
    auto* layout = new QVBoxLayout(&parent);
    auto* field = new SearchField("Find key");
    layout->addWidget(field);
    parent.show();
    field->setKeys({"/"});
    QCOMPARE(field->accessibleName(), QString("Find key"));
    const QImage empty = field->grab().toImage();
    QTest::keyClicks(field, "loss");
    QCOMPARE(field->text(), QString("loss"));
    QVERIFY(field->grab().toImage() != empty);
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(field->text(), QString());
}

void WidgetsTest::tabsWithoutRoomAreInAMenu()
{
    TabStrip strip(QStringLiteral("Ways"), 40);
    const QStringList titles{"Curves", "Parallel", "Scatter", "Bars", "Statistics", "Diff"};
    for (const QString& title : titles)
        strip.addTab(title);
    auto* bar = strip.findChild<QTabBar*>();
    auto* more = strip.findChild<PickerButton*>();
    auto* menu = more->findChild<QMenu*>();
    QSignalSpy changed(&strip, &TabStrip::currentChanged);
    strip.resize(strip.sizeHint());
    strip.show();
    QCOMPARE(strip.hidden(), QList<int>());
    QVERIFY(!more->isVisible());

    strip.resize(strip.sizeHint().width() / 2, strip.height());
    QVERIFY(!strip.hidden().isEmpty() && strip.hidden().back() == 5);
    QVERIFY(more->isVisible() && more->geometry().right() < strip.width());
    QCOMPARE(more->accessibleName(), QStringLiteral("%1 more").arg(strip.hidden().size()));
    QVERIFY(bar->geometry().right() < more->x());
    emit menu->aboutToShow();
    QCOMPARE(menu->actions().size(), strip.hidden().size());
    QCOMPARE(menu->actions().back()->text(), QStringLiteral("Diff"));
    menu->actions().back()->trigger();
    QCOMPARE(strip.currentIndex(), 5);
    QCOMPARE(changed.size(), 1);
    QVERIFY(!strip.hidden().contains(5)); // the one in use is never in the menu

    strip.resize(strip.minimumSizeHint());
    QCOMPARE(strip.hidden().size(), titles.size() - 1);
    QVERIFY(more->geometry().right() < strip.width());
}

void WidgetsTest::longNamesKeepBothEnds()
{
    const std::string name = "sweep-" + std::string(300, 'x') + "\xc3\xa9-seed-7";
    const QString cut = oneName(name, 40);
    QVERIFY(cut.startsWith(QStringLiteral("sweep-")) && cut.endsWith(QString::fromUtf8("\u00e9-seed-7")));
    QCOMPARE(cut.count(QChar(0x2026)), 1);
    QVERIFY(!cut.contains(QChar::ReplacementCharacter));
    QCOMPARE(oneName("short\nname", 40), QStringLiteral("short name"));
    QVERIFY(!oneName(std::string(20, 'a') + std::string(40, '\xa9'), 30).contains(u'\n')); // not UTF-8
}

void WidgetsTest::pickersOpenTheirMenu()
{
    PickerButton picker("View");
    picker.setValue("Ablation");
    QCOMPARE(picker.accessibleName(), QString("View Ablation"));
    const int plain = picker.sizeHint().width();
    picker.setModified(true);
    QVERIFY(picker.sizeHint().width() > plain);
    picker.setValue(QString(300, 'w'));
    QVERIFY(picker.minimumSizeHint().width() <= 96);
    QMenu menu;
    menu.addAction("One");
    picker.setMenu(&menu);
    picker.show();
    QTest::keyClick(&picker, Qt::Key_Space);
    QTRY_VERIFY(menu.isVisible());
    QTest::keyClick(&menu, Qt::Key_Escape);
    QVERIFY(!menu.isVisible());
}

void WidgetsTest::statesHaveOneAction()
{
    StatePanel panel;
    panel.setVisible(true);
    int ran = 0;
    panel.showEmpty("funnel", "No run matches", "25 of 25 hidden by the filter");
    panel.setAction("Clear filter", [&ran] { ++ran; });
    auto* button = panel.findChild<QPushButton*>();
    QVERIFY(button->isVisible());
    button->click();
    QCOMPARE(ran, 1);
    panel.showLoading("Reading", {}, 3, 4);
    QVERIFY(!button->isVisible());
    auto* bar = panel.findChild<QProgressBar*>();
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->value(), 750);
    panel.showLoading("Reading");
    QVERIFY(!bar->isVisible());
    panel.showError({ErrorCode::Locked, "It is locked", "Wait", "SQLITE_BUSY", {}});
    QCOMPARE(panel.accessibleName(), QString("It is locked"));
    QCOMPARE(panel.accessibleDescription(), QString("Wait"));
    QCOMPARE(panel.toolTip(), QString("SQLITE_BUSY"));
}

void WidgetsTest::spinnersTurnOnlyInSight()
{
    Spinner spinner(16);
    QCOMPARE(spinner.sizeHint(), QSize(16, 16));
    spinner.show();
    const QImage first = spinner.grab().toImage();
    QTRY_VERIFY(spinner.grab().toImage() != first);
    spinner.hide();
    const QImage stopped = spinner.grab().toImage();
    QTimer later;
    later.setSingleShot(true);
    later.start(200);
    QTRY_VERIFY(!later.isActive());
    QCOMPARE(spinner.grab().toImage(), stopped);
}

void WidgetsTest::bannersSayAndAct()
{
    Banner banner;
    banner.resize(500, 32);
    banner.show();
    int ran = 0;
    banner.showMessage(Banner::Kind::Warning, "Offline copy", "from 14:02");
    banner.setAction("Try now", [&ran] { ++ran; });
    QCOMPARE(banner.accessibleName(), QString("Offline copy from 14:02"));
    banner.findChild<QPushButton*>()->click();
    QCOMPARE(ran, 1);
    const QImage warning = banner.grab().toImage();
    banner.showMessage(Banner::Kind::Error, QString(3000, 'e'), QString(3000, 't'));
    QVERIFY(!banner.findChild<QPushButton*>()->isVisible());
    QVERIFY(banner.grab().toImage() != warning);
    QVERIFY2(banner.minimumSizeHint().width() < 300, "A long sentence makes its window wide");
    banner.setAction("Close", {});
    banner.findChild<QPushButton*>()->click(); // nothing to do is no fall
}

void WidgetsTest::popupsTellThatTheyClosed()
{
    QWidget anchor;
    anchor.show();
    Popup popup("Columns", &anchor);
    QSignalSpy closed(&popup, &Popup::closed);
    popup.openBelow(&anchor);
    QVERIFY(popup.isVisible());
    QCOMPARE(popup.accessibleName(), QString("Columns"));
    QTest::keyClick(&popup, Qt::Key_Escape);
    QVERIFY(!popup.isVisible());
    QCOMPARE(closed.count(), 1);
}

void WidgetsTest::textsFollowTheTheme()
{
    TextLabel label("text", Theme::Text::Body, "text.muted");
    label.show();
    QCOMPARE(label.palette().color(QPalette::WindowText), Theme::current().color("text.muted"));
    m_control->setChoice(ThemeControl::Choice::Dark);
    QTRY_COMPARE(label.palette().color(QPalette::WindowText), Theme::current().color("text.muted"));
    QVERIFY(Theme::current().isDark());
    label.setColorToken("error.fg");
    QCOMPARE(label.palette().color(QPalette::WindowText), Theme::current().color("error.fg"));
    IconView icon("eye", 16, "text");
    const QImage dark = icon.grab().toImage();
    m_control->setChoice(ThemeControl::Choice::Light);
    QTRY_COMPARE(label.palette().color(QPalette::WindowText), Theme::current().color("error.fg"));
    QVERIFY(icon.grab().toImage() != dark);
}

void WidgetsTest::linesAreOnePixel()
{
    Line line(Qt::Horizontal);
    QCOMPARE(line.sizeHint().height() == 1 || line.height() == 1 || line.maximumHeight() == 1, true);
    Splitter splitter(Qt::Horizontal, "parts");
    splitter.addWidget(new QLabel("a"));
    splitter.addWidget(new QLabel("b"));
    splitter.resize(300, 100);
    splitter.show();
    QCOMPARE(splitter.objectName(), QString("parts"));
    QVERIFY2(splitter.handle(1)->width() >= 5, "Too thin to be grabbed");
    QCOMPARE(splitter.widget(1)->x() - splitter.widget(0)->geometry().right() - 1,
             Theme::current().length("panel.splitter"));
}

QTEST_MAIN(WidgetsTest)
#include "widgets_test.moc"
