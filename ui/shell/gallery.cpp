#include "ui/shell/gallery.h"

#include "ui/shell/gallery_parts.h"
#include "ui/theme/control_role.h"
#include "ui/theme/style_parts.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/picker_button.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QTabBar>

namespace sextant {

using namespace gallery;

namespace {

Specimen* button(const QString& text, QStyle::State state, ControlRole role)
{
    auto* holder = new QWidget;
    setControlRole(holder, role);
    holder->hide();
    const bool strong = role != ControlRole::Normal;
    const Theme& theme = Theme::current();
    const int width = QFontMetrics(theme.font(strong ? Theme::Text::BodyStrong : Theme::Text::Body))
                          .horizontalAdvance(text) +
                      22;
    auto* specimen = new Specimen(QSize(width + 6, 34), [=](QPainter* painter, const QRect& rect) {
        const Theme& now = Theme::current();
        QStyleOptionButton option;
        option.rect = rect.adjusted(3, 3, -3, -3);
        option.state = state;
        option.text = text;
        painter->setFont(now.font(Theme::Text::Body));
        parts::pushButton(now, option, painter, holder);
        parts::pushButtonLabel(now, option, painter, holder);
        if (state.testFlag(QStyle::State_HasFocus))
            parts::focusRing(now, painter, option.rect, now.number("radius.control"));
    });
    holder->setParent(specimen);
    return specimen;
}

Specimen* iconButton(QStyle::State state)
{
    return new Specimen(QSize(34, 30), [state](QPainter* painter, const QRect&) {
        const Theme& theme = Theme::current();
        QStyleOptionToolButton option;
        option.rect = QRect(0, 1, 28, 28);
        option.state = state;
        option.icon = theme.icon(QStringLiteral("refresh-cw"));
        option.iconSize = QSize(16, 16);
        option.toolButtonStyle = Qt::ToolButtonIconOnly;
        parts::toolButton(theme, option, painter, nullptr);
    });
}

Specimen* field(const QString& text, bool placeholder, QStyle::State state, bool error)
{
    auto* holder = new QWidget;
    setInError(holder, error);
    auto* specimen = new Specimen(QSize(134, 30), [=](QPainter* painter, const QRect& rect) {
        const Theme& theme = Theme::current();
        QStyleOption option;
        option.rect = rect.adjusted(1, 1, -1, -1);
        option.state = state;
        parts::fieldFrame(theme, option, painter, holder);
        painter->setFont(theme.font(Theme::Text::Body));
        painter->setPen(theme.color(!state.testFlag(QStyle::State_Enabled) ? "text.disabled"
                                    : placeholder                          ? "text.muted"
                                                                           : "text"));
        painter->drawText(rect.adjusted(10, 0, -10, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
    });
    holder->setParent(specimen);
    holder->hide();
    return specimen;
}

using Mark = void (*)(const Theme&, const QStyleOption&, QPainter*);

Specimen* mark(Mark paint, QStyle::State state, int width = 16)
{
    return new Specimen(QSize(width + 6, 22), [=](QPainter* painter, const QRect&) {
        QStyleOption option;
        option.rect = QRect(3, 3, width, 16);
        option.state = state;
        paint(Theme::current(), option, painter);
    });
}

constexpr QStyle::State kOn = QStyle::State_Enabled | QStyle::State_On;
constexpr QStyle::State kRing = QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange;

} // namespace

Gallery::Gallery(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Components"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(20, 4, 20, 12);
    layout->setSpacing(32);
    auto* left = new QVBoxLayout;
    auto* right = new QVBoxLayout;
    for (QVBoxLayout* column : {left, right}) {
        column->setSpacing(6);
        layout->addLayout(column, 1);
    }
    addButtons(left);
    addFields(left);
    addChecks(left);
    addTexts(left);
    addIcons(left);
    addStates(left);
    left->addStretch(1);
    addViews(right);
    addBadges(right);
    addMenu(right);
    addColors(right);
    right->addStretch(1);
    // Rows keep to the left.
    for (QHBoxLayout* row : findChildren<QHBoxLayout*>())
        if (row->objectName() == QLatin1String("row"))
            row->addStretch(1);
}

void Gallery::addButtons(QVBoxLayout* column)
{
    const QStyle::State on = QStyle::State_Enabled;
    const QStyle::State over = on | QStyle::State_MouseOver, down = on | QStyle::State_Sunken;
    addTitle(column, tr("Buttons, 28 px"));
    QHBoxLayout* row = addRow(column, 2);
    addNamed(row, button(tr("Compare"), on, ControlRole::Normal), tr("rest"));
    addNamed(row, button(tr("Compare"), over, ControlRole::Normal), tr("hover"));
    addNamed(row, button(tr("Compare"), down, ControlRole::Normal), tr("pressed"));
    addNamed(row, button(tr("Compare"), on | kRing, ControlRole::Normal), tr("focus"));
    addNamed(row, button(tr("Compare"), {}, ControlRole::Normal), tr("disabled"));
    addNamed(row, button(tr("Compare"), on, ControlRole::Primary), tr("primary"));
    addNamed(row, button(tr("Compare"), over, ControlRole::Primary), tr("hover"));
    row = addRow(column, 2);
    addNamed(row, button(tr("Compare"), down, ControlRole::Primary), tr("pressed"));
    addNamed(row, button(tr("Compare"), on | kRing, ControlRole::Primary), tr("focus"));
    addNamed(row, button(tr("Reject…"), on, ControlRole::Danger), tr("danger"));
    addTitle(column, tr("Icon buttons, 28 px"));
    row = addRow(column, 12);
    addNamed(row, iconButton(on), tr("rest"));
    addNamed(row, iconButton(over), tr("hover"));
    addNamed(row, iconButton(down), tr("pressed"));
    addNamed(row, iconButton(on | QStyle::State_On), tr("checked"));
    addNamed(row, iconButton(on | kRing), tr("focus"));
    addNamed(row, iconButton({}), tr("disabled"));
}

void Gallery::addFields(QVBoxLayout* column)
{
    const QStyle::State on = QStyle::State_Enabled;
    addTitle(column, tr("Fields, 28 px"));
    QHBoxLayout* row = addRow(column);
    addNamed(row, field(tr("Find model"), true, on, false), tr("rest"));
    addNamed(row, field(tr("Find model"), true, on | QStyle::State_MouseOver, false), tr("hover"));
    addNamed(row, field(QStringLiteral("credit"), false, on | QStyle::State_HasFocus, false), tr("focus"));
    addNamed(row, field(QStringLiteral("cred[it"), false, on, true), tr("error"));
    row = addRow(column);
    addNamed(row, field(tr("Find model"), true, {}, false), tr("disabled"));
    auto* combo = new QComboBox;
    combo->addItems({tr("Step"), tr("Relative time"), tr("Wall time")});
    combo->setAccessibleName(tr("X axis"));
    addNamed(row, combo, tr("combo"));
    auto* picker = new PickerButton(tr("View"));
    picker->setValue(tr("Optimizer ablation"));
    picker->setModified(true);
    addNamed(row, picker, tr("picker"));
    auto* segments = new SegmentedControl(tr("Layout"));
    segments->addSegment(QStringLiteral("rows-3"), tr("Table"));
    segments->addSegment(QStringLiteral("panel-right"), tr("Split"));
    segments->addSegment(QStringLiteral("chart-spline"), tr("Charts"));
    segments->setCurrent(1);
    addNamed(row, segments, tr("segmented"));
    row = addRow(column);
    auto* search = new SearchField(tr("Find key"));
    search->setFixedWidth(180);
    search->setKeys({QStringLiteral("/")});
    addNamed(row, search, tr("search"));
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setValue(40);
    slider->setFixedWidth(120);
    slider->setAccessibleName(tr("Smoothing"));
    addNamed(row, slider, tr("slider"));
    auto* bar = new QProgressBar;
    bar->setValue(70);
    bar->setFixedWidth(120);
    bar->setAccessibleName(tr("Progress"));
    addNamed(row, bar, tr("progress"));
    auto* tabs = new QTabBar;
    tabs->addTab(tr("Overview"));
    tabs->addTab(tr("Metrics 14"));
    tabs->setAccessibleName(tr("Parts"));
    addNamed(row, tabs, tr("tabs"));
}

void Gallery::addChecks(QVBoxLayout* column)
{
    const QStyle::State off = QStyle::State_Enabled | QStyle::State_Off;
    addTitle(column, tr("Check, radio, switch, 16 px"));
    QHBoxLayout* row = addRow(column, 10);
    addNamed(row, mark(&parts::checkBox, off), tr("off"));
    addNamed(row, mark(&parts::checkBox, kOn), tr("on"));
    addNamed(row, mark(&parts::checkBox, QStyle::State_Enabled | QStyle::State_NoChange), tr("mixed"));
    addNamed(row, mark(&parts::checkBox, kOn | kRing), tr("focus"));
    addNamed(row, mark(&parts::checkBox, QStyle::State_On), tr("disabled"));
    addNamed(row, mark(&parts::radioButton, off), tr("radio"));
    addNamed(row, mark(&parts::radioButton, kOn), tr("chosen"));
    addNamed(row, mark(&parts::switchTrack, off, 28), tr("switch off"));
    addNamed(row, mark(&parts::switchTrack, kOn, 28), tr("on"));
    addNamed(row, mark(&parts::switchTrack, QStyle::State_On, 28), tr("disabled"));
    auto* check = new QCheckBox(tr("Nest child runs"));
    check->setChecked(true);
    auto* lever = new QCheckBox(tr("Logarithmic"));
    setControlRole(lever, ControlRole::Switch);
    addNamed(row, check, tr("with text"));
    addNamed(row, lever, tr("with text"));
}

void Gallery::addTexts(QVBoxLayout* column)
{
    addTitle(column, tr("Type"));
    QHBoxLayout* row = addRow(column, 12);
    const std::pair<Theme::Text, QString> kinds[] = {{Theme::Text::Heading, tr("Heading 18")},
                                                     {Theme::Text::Title, tr("Title 15")},
                                                     {Theme::Text::BodyStrong, tr("Strong 13")},
                                                     {Theme::Text::Body, tr("Body 13")},
                                                     {Theme::Text::Small, tr("Small 12")},
                                                     {Theme::Text::Caption, tr("Caption 11")},
                                                     {Theme::Text::Mono, QStringLiteral("mono 12 9b31f0c")}};
    for (const auto& [kind, text] : kinds)
        row->addWidget(new TextLabel(text, kind));
    row->addWidget(new Specimen(QSize(110, 20), [](QPainter* painter, const QRect& rect) {
        painter->setFont(Theme::current().font(Theme::Text::BodyStrong));
        painter->setPen(Theme::current().color("text"));
        drawTabular(painter, rect, QStringLiteral("0123456789"), Qt::AlignLeft);
    }));
}

void Gallery::addIcons(QVBoxLayout* column)
{
    addTitle(column, tr("Icons, 16 px"));
    const QStringList files =
        QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")}, QDir::Files, QDir::Name);
    constexpr int kPerRow = 26, kCell = 25;
    column->addWidget(new Specimen(QSize(kPerRow * kCell, (int(files.size()) / kPerRow + 1) * 24),
                                   [files](QPainter* painter, const QRect&) {
                                       const Theme& theme = Theme::current();
                                       for (int i = 0; i < files.size(); ++i)
                                           theme.drawIcon(
                                               painter, QRect(i % kPerRow * kCell, i / kPerRow * 24, 20, 24),
                                               files[i].chopped(4), 16, theme.color("text"));
                                   }));
}

void Gallery::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), Theme::of(this).color("bg.2"));
}

} // namespace sextant
