#include "ui/shell/gallery.h"

#include "ui/theme/control_role.h"
#include "ui/theme/style_parts.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/picker_button.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/section.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/state_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTreeView>
#include <QVBoxLayout>

namespace sextant {

namespace {

using Paint = std::function<void(QPainter*, const QRect&)>;

/// Something painted in a given size.
class Specimen final : public QWidget
{
public:
    Specimen(const QSize& size, Paint paint, QWidget* parent = nullptr) : QWidget(parent), m_paint(std::move(paint))
    {
        setFixedSize(size);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        m_paint(&painter, rect());
    }

private:
    Paint m_paint;
};

void addTitle(QVBoxLayout* column, const QString& text)
{
    column->addSpacing(8);
    column->addWidget(new TextLabel(text, Theme::Text::SmallStrong, "text.muted"));
}

QHBoxLayout* addRow(QVBoxLayout* column, int spacing = 8)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing);
    row->setObjectName(QStringLiteral("row"));
    column->addLayout(row);
    return row;
}

/// A specimen with its name below.
void addNamed(QHBoxLayout* row, QWidget* widget, const QString& name)
{
    auto* cell = new QVBoxLayout;
    cell->setSpacing(2);
    cell->addWidget(widget, 0, Qt::AlignLeft);
    cell->addWidget(new TextLabel(name, Theme::Text::Caption, "text.muted"), 0, Qt::AlignLeft);
    row->addLayout(cell);
}

Specimen* button(const QString& text, QStyle::State state, ControlRole role)
{
    auto* holder = new QWidget;
    setControlRole(holder, role);
    holder->hide();
    const bool strong = role != ControlRole::Normal;
    const Theme& theme = Theme::current();
    const int width = QFontMetrics(theme.font(strong ? Theme::Text::BodyStrong : Theme::Text::Body)).horizontalAdvance(text) + 22;
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
        painter->setPen(theme.color(!state.testFlag(QStyle::State_Enabled) ? "text.disabled" : placeholder ? "text.muted" : "text"));
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
    const std::pair<Theme::Text, QString> kinds[] = {
        {Theme::Text::Heading, tr("Heading 18")},   {Theme::Text::Title, tr("Title 15")},
        {Theme::Text::BodyStrong, tr("Strong 13")}, {Theme::Text::Body, tr("Body 13")},
        {Theme::Text::Small, tr("Small 12")},       {Theme::Text::Caption, tr("Caption 11")},
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
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")}, QDir::Files, QDir::Name);
    constexpr int kPerRow = 26, kCell = 25;
    column->addWidget(new Specimen(QSize(kPerRow * kCell, (int(files.size()) / kPerRow + 1) * 24), [files](QPainter* painter, const QRect&) {
        const Theme& theme = Theme::current();
        for (int i = 0; i < files.size(); ++i)
            theme.drawIcon(painter, QRect(i % kPerRow * kCell, i / kPerRow * 24, 20, 24), files[i].chopped(4), 16, theme.color("text"));
    }));
}

void Gallery::addStates(QVBoxLayout* column)
{
    addTitle(column, tr("Page states"));
    QHBoxLayout* row = addRow(column);
    auto* empty = new StatePanel;
    empty->showEmpty(QStringLiteral("funnel"), tr("No run matches"), tr("25 of 25 hidden by the filter"));
    empty->setAction(tr("Clear filter"), [] {});
    auto* loading = new StatePanel;
    loading->showLoading(tr("Reading histories"), tr("6 of 8 runs, 600,000 points"), 6, 8);
    auto* failed = new StatePanel;
    failed->showError({ErrorCode::Locked, "mlflow.db is locked by a writer", "Tried for 20 s, last at 14:03:12", {}, {}});
    failed->setAction(tr("Try again"), [] {});
    for (StatePanel* panel : {empty, loading, failed}) {
        panel->setFixedSize(214, 170);
        panel->setAutoFillBackground(true);
        panel->setBackgroundRole(QPalette::Base);
        row->addWidget(panel);
    }
    auto* banner = new Banner;
    banner->showMessage(Banner::Kind::Warning, tr("Offline copy from 14:02."), tr("The server does not answer; everything shown is from then."));
    banner->setAction(tr("Try now"), [] {});
    column->addWidget(banner);
}

void Gallery::addViews(QVBoxLayout* column)
{
    addTitle(column, tr("Table rows, 28 px"));
    auto* model = new QStandardItemModel(5, 3, this);
    model->setHorizontalHeaderLabels({tr("Name"), QStringLiteral("val/loss"), tr("Status")});
    model->setHeaderData(1, Qt::Horizontal, int(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
    const QStringList names{tr("rest"), tr("selected"), tr("rest"), tr("parent"), tr("rest")};
    for (int row = 0; row < model->rowCount(); ++row) {
        model->setItem(row, 0, new QStandardItem(names[row]));
        model->setItem(row, 1, new QStandardItem(QStringLiteral("2.8689")));
        model->item(row, 1)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        model->setItem(row, 2, new QStandardItem(tr("Finished")));
    }
    model->item(3)->appendRow(new QStandardItem(tr("child")));
    auto* view = new QTreeView;
    view->setModel(model);
    view->setAccessibleName(tr("Table rows"));
    view->setFixedHeight(210);
    view->header()->setSortIndicatorShown(true);
    view->header()->setSortIndicator(1, Qt::AscendingOrder);
    view->setCurrentIndex(model->index(1, 0));
    view->expandAll();
    view->setColumnWidth(0, 300);
    view->setColumnWidth(1, 132);
    column->addWidget(view);
}

void Gallery::addBadges(QVBoxLayout* column)
{
    addTitle(column, tr("Badges"));
    QHBoxLayout* row = addRow(column);
    for (Stage stage : {Stage::None, Stage::Staging, Stage::Production, Stage::Archived})
        row->addWidget(new BadgeLabel(Badge::stage(stage)));
    for (const Badge& badge : {Badge::alias(QStringLiteral("challenger")), Badge::alias(QStringLiteral("champion")),
                               Badge::success(tr("Pass")), Badge::info(tr("Info"))})
        row->addWidget(new BadgeLabel(badge));
    row = addRow(column);
    for (const Badge& badge :
         {Badge::warning(tr("Warning")), Badge::error(tr("Fail")), Badge::neutral(QStringLiteral("lock"), tr("Read only")),
          Badge::chip(QStringLiteral("phase: ablation"))})
        row->addWidget(new BadgeLabel(badge));
    row = addRow(column, 16);
    for (RunStatus status : {RunStatus::Finished, RunStatus::Failed, RunStatus::Running, RunStatus::Killed, RunStatus::Scheduled})
        row->addWidget(new BadgeLabel(Badge::status(status)));
    row = addRow(column);
    row->addWidget(new KeyCapLabel({tr("Ctrl"), tr("Shift"), QStringLiteral("C")}));
    row->addWidget(new IconButton(QStringLiteral("copy"), tr("Copy")));
    auto* id = new IdLabel(tr("run id"));
    id->setId(QStringLiteral("4f1c9e07b2d84ac6a1530f77c2be9d18"));
    row->addWidget(id);
}

void Gallery::addMenu(QVBoxLayout* column)
{
    addTitle(column, tr("Menu and inspector section"));
    QHBoxLayout* row = addRow(column, 16);
    struct Entry
    {
        const char* icon;
        QString text;
        QStyle::State state;
    };
    const QList<Entry> entries{{"arrow-right", tr("Open run\tEnter"), QStyle::State_Enabled},
                               {"bookmark", tr("Set as baseline\tB"), QStyle::State_Enabled | QStyle::State_Selected},
                               {"pin", tr("Pin\tP"), QStyle::State_Enabled},
                               {"", {}, {}},
                               {"copy", tr("Copy as CSV"), QStyle::State_Enabled},
                               {"pencil", tr("Rename…\tF2"), {}}};
    const int margin = parts::popupMargin();
    row->addWidget(new Specimen(QSize(240 + 2 * margin, 5 * 28 + 9 + 8 + 2 * margin), [entries, margin](QPainter* painter, const QRect& rect) {
        const Theme& theme = Theme::current();
        parts::popupFrame(theme, rect, painter, true);
        int y = margin + 4;
        for (const Entry& entry : entries) {
            QStyleOptionMenuItem option;
            option.rect = QRect(margin, y, 240, entry.text.isEmpty() ? 9 : 28);
            option.state = entry.state;
            option.text = entry.text;
            option.font = theme.font(Theme::Text::Body);
            option.maxIconWidth = 20;
            option.menuItemType = entry.text.isEmpty() ? QStyleOptionMenuItem::Separator : QStyleOptionMenuItem::Normal;
            if (*entry.icon)
                option.icon = theme.icon(QLatin1String(entry.icon));
            parts::menuItem(theme, option, painter);
            y += option.rect.height();
        }
    }));
    auto* section = new Section(tr("Overview"));
    section->setDetail(tr("4 facts"));
    section->setFixedWidth(300);
    section->body()->addWidget(new TextLabel(tr("Experiment   lm-125m-pretrain"), Theme::Text::Body));
    section->body()->addWidget(new TextLabel(tr("Started   18 Nov 2025 21:04:11"), Theme::Text::Body, "text.muted"));
    row->addWidget(section, 0, Qt::AlignTop);
}

void Gallery::addColors(QVBoxLayout* column)
{
    addTitle(column, tr("Sequential, diverging, categorical"));
    column->addWidget(new Specimen(QSize(420, 112), [](QPainter* painter, const QRect&) {
        const Theme& theme = Theme::current();
        for (int i = 0; i < 9; ++i) {
            const QByteArray stop = QByteArray::number(i);
            painter->fillRect(QRect(i * 46, 0, 46, 20), theme.color(("chart.sequential." + stop).constData()));
            painter->fillRect(QRect(i * 46, 20, 46, 20), theme.color(("chart.diverging." + stop).constData()));
        }
        for (int i = 0; i < 10; ++i)
            paintColorDot(theme, painter, QPointF(8 + i * 24, 56), theme.series(i), i % 2 == 0);
        for (int i = 0; i < 4; ++i) {
            QPen pen(theme.series(0), theme.number("plot.line"));
            QList<qreal> dash = theme.dash(i * 10);
            for (qreal& length : dash)
                length /= pen.widthF();
            if (!dash.isEmpty())
                pen.setDashPattern(dash);
            pen.setCapStyle(Qt::FlatCap);
            painter->setPen(pen);
            painter->drawLine(0, 76 + i * 10, 90, 76 + i * 10);
        }
    }));
}

void Gallery::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), Theme::of(this).color("bg.2"));
}

} // namespace sextant
