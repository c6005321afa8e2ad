// What the style paints, by its pixels: every control in every state in both themes stays inside its box,
// draws something, and fills, borders and marks have the colours of the tokens.
#include "ui/theme/control_role.h"
#include "ui/theme/style.h"
#include "ui/theme/style_parts.h"
#include "ui/theme/theme_control.h"

#include <QApplication>
#include <QBitmap>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSlider>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace sextant;

namespace {

const QColor kBare(240, 200, 10);
constexpr QStyle::State kEnabled = QStyle::State_Enabled;
constexpr QStyle::State kOver = kEnabled | QStyle::State_MouseOver;
constexpr QStyle::State kDown = kEnabled | QStyle::State_Sunken;
constexpr QStyle::State kRing = kEnabled | QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange;

using Paint = std::function<void(QPainter*)>;

/// A drawing on a colour that no token has.
QImage painted(const QSize& size, const Paint& paint)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(kBare);
    QPainter painter(&image);
    painter.setFont(Theme::current().font(Theme::Text::Body));
    paint(&painter);
    return image;
}

bool isDrawn(const QImage& image)
{
    return image != painted(image.size(), [](QPainter*) {});
}

QColor token(const char* name)
{
    return Theme::current().color(name);
}

/// Colours that are nearly the same: edges are smoothed.
bool near(const QColor& a, const QColor& b)
{
    return std::abs(a.red() - b.red()) <= 6 && std::abs(a.green() - b.green()) <= 6 &&
           std::abs(a.blue() - b.blue()) <= 6;
}

QByteArray differs(const QColor& actual, const char* name)
{
    return near(actual, token(name)) ? QByteArray()
                                     : QByteArray(name) + " expected " + token(name).name().toUtf8() +
                                           ", found " + actual.name().toUtf8();
}

#define COMPARE_TOKEN(color, name) QCOMPARE(differs(color, name), QByteArray())

QImage button(ControlRole role, QStyle::State state)
{
    QWidget holder;
    setControlRole(&holder, role);
    return painted({100, 28}, [&](QPainter* painter) {
        QStyleOptionButton option;
        option.rect = QRect(0, 0, 100, 28);
        option.state = state;
        parts::pushButton(Theme::current(), option, painter, &holder);
    });
}

QImage mark(void (*paint)(const Theme&, const QStyleOption&, QPainter*), QStyle::State state, int width = 16)
{
    return painted({width + 8, 24}, [&](QPainter* painter) {
        QStyleOption option;
        option.rect = QRect(4, 4, width, 16);
        option.state = state;
        paint(Theme::current(), option, painter);
    });
}

QColor inside(const QImage& image)
{
    return image.pixelColor(8, image.height() / 2);
}

QColor edge(const QImage& image)
{
    return image.pixelColor(image.width() / 2, 0);
}

} // namespace

class StylePixelsTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_control.reset(); }
    void pushButtons_data() { themes(); }
    void pushButtons();
    void checksAndSwitches_data() { themes(); }
    void checksAndSwitches();
    void fields_data() { themes(); }
    void fields();
    void menus_data() { themes(); }
    void menus();
    void views_data() { themes(); }
    void views();
    void bars_data() { themes(); }
    void bars();
    void focusShowsOnEveryControl_data() { themes(); }
    void focusShowsOnEveryControl();
    void everyElementInEveryState_data() { themes(); }
    void everyElementInEveryState();
    void realControlsTakeTheTokens_data() { themes(); }
    void realControlsTakeTheTokens();
    void sizesAreTheTokens();
    void cornersAreCutWhereNothingShinesThrough();

private:
    static void themes()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    std::unique_ptr<ThemeControl> m_control;
};

void StylePixelsTest::init()
{
    const QVariant dark =
        QTest::currentDataTag() ? QVariant(QByteArray(QTest::currentDataTag()) == "dark") : QVariant(false);
    m_control = std::make_unique<ThemeControl>(
        dark.toBool() ? ThemeControl::Choice::Dark : ThemeControl::Choice::Light, Theme::Families::bundled());
}

void StylePixelsTest::pushButtons()
{
    COMPARE_TOKEN(inside(button(ControlRole::Normal, kEnabled)), "bg.1");
    COMPARE_TOKEN(edge(button(ControlRole::Normal, kEnabled)), "border.control");
    COMPARE_TOKEN(inside(button(ControlRole::Normal, kDown)), "bg.4");
    COMPARE_TOKEN(inside(button(ControlRole::Primary, kEnabled)), "accent");
    COMPARE_TOKEN(inside(button(ControlRole::Primary, kOver)), "accent.hover");
    COMPARE_TOKEN(inside(button(ControlRole::Primary, kDown)), "accent.pressed");
    COMPARE_TOKEN(inside(button(ControlRole::Primary, {})), "bg.4");
    COMPARE_TOKEN(edge(button(ControlRole::Danger, kEnabled)), "danger");
    COMPARE_TOKEN(edge(button(ControlRole::Normal, {})), "border.hairline");
    QCOMPARE(inside(button(ControlRole::Normal, {})), kBare);
    QVERIFY(!isDrawn(button(ControlRole::Link, kEnabled)));
    // Corners are round.
    QCOMPARE(button(ControlRole::Primary, kEnabled).pixelColor(0, 0), kBare);
}

void StylePixelsTest::checksAndSwitches()
{
    const QStyle::State on = kEnabled | QStyle::State_On, off = kEnabled | QStyle::State_Off;
    const auto corner = [](const QImage& image) { return image.pixelColor(6, 8); };
    COMPARE_TOKEN(corner(mark(&parts::checkBox, on)), "accent");
    COMPARE_TOKEN(corner(mark(&parts::checkBox, off)), "bg.1");
    COMPARE_TOKEN(corner(mark(&parts::checkBox, QStyle::State_On)), "bg.4");
    COMPARE_TOKEN(corner(mark(&parts::checkBox, QStyle::State_Off)), "bg.2");
    COMPARE_TOKEN(mark(&parts::checkBox, off).pixelColor(12, 4), "border.control");
    COMPARE_TOKEN(mark(&parts::checkBox, off | QStyle::State_MouseOver).pixelColor(12, 4), "border.strong");
    const QImage ticked = mark(&parts::checkBox, on),
                 mixed = mark(&parts::checkBox, kEnabled | QStyle::State_NoChange);
    QVERIFY2(ticked != mixed, "Shapes, not colours, tell them apart");
    QVERIFY(!near(mixed.pixelColor(12, 12), token("accent"))); // a stroke lies there, smoothed
    COMPARE_TOKEN(mark(&parts::radioButton, on).pixelColor(12, 12), "accent");
    COMPARE_TOKEN(mark(&parts::radioButton, off).pixelColor(12, 12), "bg.1");
    COMPARE_TOKEN(mark(&parts::radioButton, QStyle::State_On).pixelColor(12, 12), "text.disabled");
    const QImage lever = mark(&parts::switchTrack, on, 28), leverOff = mark(&parts::switchTrack, off, 28);
    COMPARE_TOKEN(lever.pixelColor(12, 12), "accent");
    COMPARE_TOKEN(lever.pixelColor(24, 12), "text.onAccent");
    COMPARE_TOKEN(leverOff.pixelColor(12, 12), "border.control"); // the knob is at the other end
    COMPARE_TOKEN(leverOff.pixelColor(24, 12), "bg.1");
}

void StylePixelsTest::fields()
{
    QWidget good, bad, bare;
    setInError(&bad, true);
    setControlRole(&bare, ControlRole::Bare);
    const auto field = [](QStyle::State state, const QWidget& widget) {
        return painted({100, 28}, [&](QPainter* painter) {
            QStyleOption option;
            option.rect = QRect(0, 0, 100, 28);
            option.state = state;
            parts::fieldFrame(Theme::current(), option, painter, &widget);
        });
    };
    COMPARE_TOKEN(inside(field(kEnabled, good)), "bg.1");
    COMPARE_TOKEN(edge(field(kEnabled, good)), "border.control");
    COMPARE_TOKEN(edge(field(kOver, good)), "border.strong");
    COMPARE_TOKEN(edge(field(kEnabled | QStyle::State_HasFocus, good)), "focus.ring");
    COMPARE_TOKEN(edge(field(kEnabled | QStyle::State_HasFocus | QStyle::State_ReadOnly, good)),
                  "border.control");
    COMPARE_TOKEN(edge(field(kEnabled, bad)), "error.fg");
    COMPARE_TOKEN(edge(field(kEnabled | QStyle::State_HasFocus, bad)), "error.fg");
    COMPARE_TOKEN(inside(field({}, good)), "bg.2");
    QVERIFY(!isDrawn(field(kEnabled, bare)));
}

void StylePixelsTest::menus()
{
    const auto item = [](QStyle::State state, const QString& text) {
        return painted({200, 28}, [&](QPainter* painter) {
            QStyleOptionMenuItem option;
            option.rect = QRect(0, 0, 200, 28);
            option.state = state;
            option.text = text;
            option.menuItemType =
                text.isEmpty() ? QStyleOptionMenuItem::Separator : QStyleOptionMenuItem::Normal;
            option.font = Theme::current().font(Theme::Text::Body);
            parts::menuItem(Theme::current(), option, painter);
        });
    };
    QCOMPARE(item(kEnabled, "Pin").pixelColor(190, 4), kBare);
    COMPARE_TOKEN(item(kEnabled | QStyle::State_Selected, "Pin").pixelColor(190, 4), "selection.bg");
    QCOMPARE(item(QStyle::State_Selected, "Pin").pixelColor(190, 4),
             kBare); // one that can't be chosen is not lit
    QVERIFY(item(kEnabled, "Pin\tP") != item(kEnabled, "Pin"));
    QVERIFY(item(kEnabled, "Pin") != item({}, "Pin"));
    COMPARE_TOKEN(item(kEnabled, {}).pixelColor(100, 13), "border.hairline");
    const QImage frame = painted({120, 80}, [](QPainter* painter) {
        parts::popupFrame(Theme::current(), QRect(0, 0, 120, 80), painter, true);
    });
    COMPARE_TOKEN(frame.pixelColor(60, 40), "bg.popup");
    QVERIFY2(frame.pixelColor(60, 79 - parts::popupMargin() / 2) != kBare, "no shadow");
    const QImage opaque = painted({120, 80}, [](QPainter* painter) {
        parts::popupFrame(Theme::current(), QRect(0, 0, 120, 80), painter, false);
    });
    COMPARE_TOKEN(opaque.pixelColor(60, 2), "bg.popup");
    QVERIFY2(opaque.pixelColor(0, 0) != kBare, "what a mask lets through is painted");
}

void StylePixelsTest::views()
{
    const auto row = [](QStyle::State state) {
        return painted({100, 28}, [&](QPainter* painter) {
            QStyleOptionViewItem option;
            option.rect = QRect(0, 0, 100, 28);
            option.state = state;
            parts::itemBackground(Theme::current(), option, painter);
        });
    };
    QVERIFY(!isDrawn(row(kEnabled)));
    COMPARE_TOKEN(inside(row(kEnabled | QStyle::State_Selected | QStyle::State_Active)), "selection.bg");
    COMPARE_TOKEN(inside(row(kEnabled | QStyle::State_Selected)), "selection.inactive");
    QVERIFY(isDrawn(row(kOver)));
    const auto header = [](QStyleOptionHeader::SortIndicator sort, QStyle::State state) {
        return painted({120, 28}, [&](QPainter* painter) {
            QStyleOptionHeader option;
            option.rect = QRect(0, 0, 120, 28);
            option.state = state;
            option.orientation = Qt::Horizontal;
            option.text = "val/loss";
            option.sortIndicator = sort;
            parts::headerSection(Theme::current(), option, painter);
            parts::headerLabel(Theme::current(), option, painter);
        });
    };
    COMPARE_TOKEN(header(QStyleOptionHeader::None, kEnabled).pixelColor(118, 4), "bg.2");
    COMPARE_TOKEN(header(QStyleOptionHeader::None, kOver).pixelColor(118, 4), "bg.3");
    COMPARE_TOKEN(header(QStyleOptionHeader::None, kEnabled).pixelColor(60, 27), "border.hairline");
    QVERIFY(header(QStyleOptionHeader::SortUp, kEnabled) != header(QStyleOptionHeader::SortDown, kEnabled));
    const auto tab = [](QStyle::State state) {
        return painted({100, 32}, [&](QPainter* painter) {
            QStyleOptionTab option;
            option.rect = QRect(0, 0, 100, 32);
            option.state = state;
            option.text = "Metrics";
            parts::tab(Theme::current(), option, painter);
        });
    };
    COMPARE_TOKEN(tab(kEnabled | QStyle::State_Selected).pixelColor(50, 31), "accent");
    QCOMPARE(tab(kEnabled).pixelColor(50, 31), kBare);
}

void StylePixelsTest::bars()
{
    const auto progress = [](int value, int maximum) {
        return painted({100, 12}, [&](QPainter* painter) {
            QStyleOptionProgressBar option;
            option.rect = QRect(0, 0, 100, 12);
            option.state = kEnabled | QStyle::State_Horizontal;
            option.minimum = 0;
            option.maximum = maximum;
            option.progress = value;
            parts::progressBar(Theme::current(), option, painter);
        });
    };
    COMPARE_TOKEN(progress(50, 100).pixelColor(30, 6), "accent");
    COMPARE_TOKEN(progress(50, 100).pixelColor(80, 6), "bg.4");
    COMPARE_TOKEN(progress(0, 100).pixelColor(50, 6), "bg.4");
    COMPARE_TOKEN(progress(500, 100).pixelColor(95, 6), "accent"); // more than all is all
    COMPARE_TOKEN(progress(0, 0).pixelColor(50, 6), "accent");     // nobody knows how much
    QScrollBar bar(Qt::Vertical);
    bar.resize(12, 200);
    bar.setRange(0, 1000);
    bar.setPageStep(100);
    const QImage image = bar.grab().toImage();
    COMPARE_TOKEN(image.pixelColor(6, 16), "border.control");
    bar.setRange(0, 0);
    QVERIFY(bar.grab().toImage() != image);
}

void StylePixelsTest::focusShowsOnEveryControl()
{
    QVERIFY(mark(&parts::checkBox, kRing) != mark(&parts::checkBox, kEnabled));
    QVERIFY(mark(&parts::radioButton, kRing) != mark(&parts::radioButton, kEnabled));
    QVERIFY(mark(&parts::switchTrack, kRing, 28) != mark(&parts::switchTrack, kEnabled, 28));
    // The ring of the keyboard, not of the mouse.
    QCOMPARE(mark(&parts::checkBox, kEnabled | QStyle::State_HasFocus), mark(&parts::checkBox, kEnabled));
    for (ControlRole role : {ControlRole::Normal, ControlRole::Bordered, ControlRole::Segment}) {
        QWidget holder;
        setControlRole(&holder, role);
        const auto tool = [&](QStyle::State state) {
            return painted({40, 28}, [&](QPainter* painter) {
                QStyleOptionToolButton option;
                option.rect = QRect(2, 0, 36, 28);
                option.state = state;
                option.icon = Theme::current().icon("eye");
                option.iconSize = {16, 16};
                option.toolButtonStyle = Qt::ToolButtonIconOnly;
                parts::toolButton(Theme::current(), option, painter, &holder);
            });
        };
        QVERIFY(isDrawn(tool(kEnabled)));
        QVERIFY(tool(kDown) != tool(kEnabled) || role == ControlRole::Segment);
        QVERIFY(tool(kEnabled) != tool({}));
        if (role != ControlRole::Bordered) // its ring is a frame around the widget
            QVERIFY(tool(kRing) != tool(kEnabled));
    }
}

void StylePixelsTest::everyElementInEveryState()
{
    // Whatever Qt asks for, with the options its own widgets make: nothing falls, nothing is drawn in the
    // colour that says that a token is unknown.
    QPushButton push("Push");
    QToolButton tool;
    QCheckBox check("Check");
    QRadioButton radio("Radio");
    QLineEdit line("Line");
    QComboBox combo;
    combo.addItem("Item");
    QSlider slider(Qt::Horizontal);
    QProgressBar progress;
    QTabBar tabs;
    tabs.addTab("Tab");
    QListWidget list;
    list.addItems({"one", "two"});
    QScrollBar scroll;
    QWidget* const controls[] = {&push,   &tool,     &check, &radio, &line,  &combo,
                                 &slider, &progress, &tabs,  &list,  &scroll};
    for (QWidget* control : controls) {
        control->resize(std::max(control->sizeHint().width(), 40),
                        std::max(control->sizeHint().height(), 24));
        for (bool enabled : {true, false})
            for (bool rightToLeft : {false, true})
                for (bool small : {false, true}) {
                    control->setEnabled(enabled);
                    control->setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
                    setSmall(control, small);
                    const QImage image = control->grab().toImage();
                    QVERIFY(!image.isNull());
                    for (int x = 0; x < image.width(); x += 3)
                        for (int y = 0; y < image.height(); y += 3)
                            QVERIFY2(image.pixelColor(x, y) != QColor(Qt::magenta),
                                     control->metaObject()->className());
                }
    }
    for (int role = int(ControlRole::Normal); role <= int(ControlRole::Bare); ++role) {
        setControlRole(&push, ControlRole(role));
        push.setEnabled(true);
        QVERIFY(!push.grab().isNull());
        push.resize(1, 1); // smaller than its padding
        QVERIFY(!push.grab().isNull());
    }
}

void StylePixelsTest::realControlsTakeTheTokens()
{
    QWidget window;
    auto* primary = new QPushButton("Save", &window);
    setControlRole(primary, ControlRole::Primary);
    auto* field = new QLineEdit("text", &window);
    auto* list = new QListWidget(&window);
    list->addItems({"one", "two"});
    primary->setGeometry(10, 10, 100, 28);
    field->setGeometry(10, 50, 100, 28);
    list->setGeometry(10, 90, 160, 100);
    window.resize(200, 200);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const auto pixel = [&window](int x, int y) { return window.grab().toImage().pixelColor(x, y); };
    COMPARE_TOKEN(pixel(18, 24), "accent");
    COMPARE_TOKEN(pixel(100, 64), "bg.1");
    COMPARE_TOKEN(pixel(5, 5), "bg.2");
    // Live: the same widgets in the other theme.
    m_control->setChoice(Theme::current().isDark() ? ThemeControl::Choice::Light
                                                   : ThemeControl::Choice::Dark);
    QTRY_COMPARE(window.palette().color(QPalette::Base), token("bg.1"));
    COMPARE_TOKEN(pixel(18, 24), "accent");
    COMPARE_TOKEN(pixel(100, 64), "bg.1");
    COMPARE_TOKEN(pixel(5, 5), "bg.2");
}

void StylePixelsTest::sizesAreTheTokens()
{
    const Theme& theme = Theme::current();
    QPushButton push("Compare");
    QCOMPARE(push.sizeHint().height(), theme.length("control.default"));
    QPushButton little("Compare");
    setSmall(&little);
    QCOMPARE(little.sizeHint().height(), theme.length("control.small"));
    QLineEdit line;
    QCOMPARE(line.sizeHint().height(), theme.length("control.default"));
    QComboBox combo;
    combo.addItem("x");
    QCOMPARE(combo.sizeHint().height(), theme.length("control.default"));
    QMenu menu;
    menu.addAction("Entry");
    QCOMPARE(menu.actionGeometry(menu.actions()[0]).height(), theme.length("row.list"));
    QCOMPARE(QApplication::style()->pixelMetric(QStyle::PM_SplitterWidth), theme.length("panel.splitter"));
    QCheckBox lever;
    setControlRole(&lever, ControlRole::Switch);
    QCOMPARE(QApplication::style()->pixelMetric(QStyle::PM_IndicatorWidth, nullptr, &lever),
             theme.length("control.switchWidth"));
}

void StylePixelsTest::cornersAreCutWhereNothingShinesThrough()
{
    QWidget popup;
    popup.resize(120, 80);
    SextantStyle::roundCorners(&popup);
    const QImage mask = QBitmap(popup.mask().boundingRect().size()).toImage();
    QCOMPARE(mask.size(), popup.size());
    for (const QPoint& corner : {QPoint(0, 0), QPoint(119, 0), QPoint(0, 79), QPoint(119, 79)})
        QVERIFY(!popup.mask().contains(corner));
    for (const QPoint& place :
         {QPoint(60, 0), QPoint(0, 40), QPoint(119, 40), QPoint(60, 79), QPoint(60, 40)})
        QVERIFY(popup.mask().contains(place));
}

QTEST_MAIN(StylePixelsTest)
#include "style_pixels_test.moc"
