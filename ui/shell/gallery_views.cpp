// Gallery: states, views, badges, menus, colours.
#include "ui/shell/gallery.h"

#include "ui/shell/gallery_parts.h"
#include "ui/theme/style_parts.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/section.h"
#include "ui/widgets/state_panel.h"

#include <QHeaderView>
#include <QStandardItemModel>
#include <QTreeView>

namespace sextant {

using namespace gallery;

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
    failed->showError(
        {ErrorCode::Locked, "mlflow.db is locked by a writer", "Tried for 20 s, last at 14:03:12", {}, {}});
    failed->setAction(tr("Try again"), [] {});
    for (StatePanel* panel : {empty, loading, failed}) {
        panel->setFixedSize(214, 170);
        panel->setAutoFillBackground(true);
        panel->setBackgroundRole(QPalette::Base);
        row->addWidget(panel);
    }
    auto* banner = new Banner;
    banner->showMessage(Banner::Kind::Warning, tr("Offline copy from 14:02."),
                        tr("The server does not answer; everything shown is from then."));
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
    for (const Badge& badge :
         {Badge::alias(QStringLiteral("challenger")), Badge::alias(QStringLiteral("champion")),
          Badge::success(tr("Pass")), Badge::info(tr("Info"))})
        row->addWidget(new BadgeLabel(badge));
    row = addRow(column);
    for (const Badge& badge : {Badge::warning(tr("Warning")), Badge::error(tr("Fail")),
                               Badge::neutral(QStringLiteral("lock"), tr("Read only")),
                               Badge::chip(QStringLiteral("phase: ablation"))})
        row->addWidget(new BadgeLabel(badge));
    row = addRow(column, 16);
    for (RunStatus status : {RunStatus::Finished, RunStatus::Failed, RunStatus::Running, RunStatus::Killed,
                             RunStatus::Scheduled})
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
    const QList<Entry> entries{
        {"arrow-right", tr("Open run\tEnter"), QStyle::State_Enabled},
        {"bookmark", tr("Set as baseline\tB"), QStyle::State_Enabled | QStyle::State_Selected},
        {"pin", tr("Pin\tP"), QStyle::State_Enabled},
        {"", {}, {}},
        {"copy", tr("Copy as CSV"), QStyle::State_Enabled},
        {"pencil", tr("Rename…\tF2"), {}}};
    const int margin = parts::popupMargin();
    row->addWidget(new Specimen(QSize(240 + 2 * margin, 5 * 28 + 9 + 8 + 2 * margin),
                                [entries, margin](QPainter* painter, const QRect& rect) {
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
                                        option.menuItemType = entry.text.isEmpty()
                                                                  ? QStyleOptionMenuItem::Separator
                                                                  : QStyleOptionMenuItem::Normal;
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
    section->body()->addWidget(
        new TextLabel(tr("Started   18 Nov 2025 21:04:11"), Theme::Text::Body, "text.muted"));
    row->addWidget(section, 0, Qt::AlignTop);
}

void Gallery::addColors(QVBoxLayout* column)
{
    addTitle(column, tr("Sequential, diverging, categorical"));
    column->addWidget(new Specimen(QSize(420, 112), [](QPainter* painter, const QRect&) {
        const Theme& theme = Theme::current();
        for (int i = 0; i < 9; ++i) {
            const QByteArray stop = QByteArray::number(i);
            painter->fillRect(QRect(i * 46, 0, 46, 20),
                              theme.color(("chart.sequential." + stop).constData()));
            painter->fillRect(QRect(i * 46, 20, 46, 20),
                              theme.color(("chart.diverging." + stop).constData()));
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

} // namespace sextant
