// The menus of the Runs page: made of its actions, opened where they were asked for, never waited for.
#include "ui/charts/run_colors.h"
#include "ui/runs/filter_bar.h"
#include "ui/runs/filter_field.h"
#include "ui/runs/group_picker.h"
#include "ui/runs/runs_actions.h"
#include "ui/runs/runs_bar.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/runs_table_view.h"
#include "ui/shell/workspace_edits.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/store_text.h"

#include <QMenu>
#include <QPainter>

namespace sextant {

namespace {

QIcon colorIcon(const Theme& theme, int index)
{
    QPixmap pixmap(QSize(16, 16) * 2);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintColorDot(theme, &painter, {8, 8}, theme.series(index), true);
    return pixmap;
}

} // namespace

QMenu* RunsActions::newMenu()
{
    auto* menu = new QMenu(&m_page);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true); // an entry that can't be chosen says why
    return menu;
}

void RunsActions::fillMoreMenu()
{
    auto* menu = m_page.bar().moreMenu();
    menu->setToolTipsVisible(true);
    for (auto id : {"runs.nested",
                    "runs.newestFirst",
                    "runs.absoluteTimes",
                    "",
                    "runs.groupBy",
                    "runs.openGroups",
                    "runs.closeGroups",
                    "runs.groupBands",
                    "runs.ungroup",
                    "",
                    "runs.deltas",
                    "runs.deltaPercent",
                    "runs.noDeltas",
                    "",
                    "runs.viewActive",
                    "runs.viewDeleted",
                    "runs.viewAll",
                    "",
                    "runs.showFirst10",
                    "runs.showFirst20",
                    "runs.showSelected",
                    "runs.showNone",
                    "",
                    "runs.copy",
                    "runs.copyCsv",
                    "runs.copyMarkdown",
                    "runs.copyLatex",
                    "runs.copyIds"}) {
        if (*id == '\0')
            menu->addSeparator();
        else
            menu->addAction(find(id));
    }
}

void RunsActions::openRowMenu(int row, int column, const QPoint& place)
{
    auto& table = m_page.table();
    if (!table.selectionModel()->isRowSelected(row))
        table.selectRow(row);
    table.selectionModel()->setCurrentIndex(m_page.controller().model().index(row, column),
                                            QItemSelectionModel::NoUpdate);
    auto* menu = newMenu();
    auto addAll = [&](std::initializer_list<const char*> ids) {
        for (auto id : ids)
            menu->addAction(find(id));
    };
    auto addFilters = [&] {
        using CellFilter = RunsPage::CellFilter;
        menu->addSeparator();
        for (auto [id, how] :
             {std::pair("runs.onlyThis", CellFilter::Only), std::pair("runs.notThis", CellFilter::Not),
              std::pair("runs.atLeastThis", CellFilter::AtLeast),
              std::pair("runs.atMostThis", CellFilter::AtMost)}) {
            if (m_page.canFilterBy(row, column, how))
                menu->addAction(find(id));
        }
        menu->addSeparator();
    };
    const auto& model = m_page.controller().model();
    if (model.isHead(row)) {
        addAll({"runs.bestOfGroup", "runs.compare", "runs.hide"});
        addFilters();
        addAll({"runs.openGroups", "runs.closeGroups", "runs.ungroup"});
        menu->addSeparator();
        addAll({"runs.copy", "runs.copyCsv", "runs.copyMarkdown", "runs.copyLatex", "runs.copyIds"});
        menu->popup(place);
        return;
    }
    addAll({"runs.open", "runs.compare", "runs.baseline", "runs.pin", "runs.hide"});
    if (model.groupOf(row) >= 0)
        menu->addAction(find("runs.bestOfGroup"));
    addFilters();
    addAll({"runs.copy", "runs.copyCsv", "runs.copyMarkdown", "runs.copyLatex", "runs.copyIds"});
    menu->addSeparator();
    auto deleted = m_page.controller().table()->lifecycle(model.tableRow(row)) == Lifecycle::Deleted;
    addAll({"runs.rename", "runs.setTag", "runs.editNote", "runs.register",
            deleted ? "runs.restore" : "runs.delete"});
    menu->popup(place);
}

void RunsActions::openEyeMenu(const QPoint& place)
{
    auto* menu = newMenu();
    for (auto id : {"runs.showFirst10", "runs.showFirst20", "runs.showSelected", "runs.showNone"})
        menu->addAction(find(id));
    menu->popup(place);
}

void RunsActions::openColorMenu(const std::string& runId, const QPoint& place)
{
    auto* menu = newMenu();
    const auto& theme = Theme::of(&m_page);
    static const char* const kNames[] = {QT_TR_NOOP("Blue"),  QT_TR_NOOP("Orange"),   QT_TR_NOOP("Green"),
                                         QT_TR_NOOP("Plum"),  QT_TR_NOOP("Sky"),      QT_TR_NOOP("Vermilion"),
                                         QT_TR_NOOP("Olive"), QT_TR_NOOP("Lavender"), QT_TR_NOOP("Teal"),
                                         QT_TR_NOOP("Umber")};
    auto choose = [this, runId](int color) {
        m_page.controller().change(tr("change colour"),
                                   withColor(m_page.controller().workspace(), runId, color));
    };
    for (int color = 0; color < kSeriesColors; ++color)
        menu->addAction(colorIcon(theme, color), tr(kNames[color]), this, [choose, color] { choose(color); });
    menu->addSeparator();
    menu->addAction(tr("The run's own colour"), this, [choose] { choose(-1); });
    menu->popup(place);
}

void RunsActions::openHeaderMenu(int section, const QPoint& place)
{
    const auto column = m_page.controller().model().columns()[static_cast<std::size_t>(section)];
    auto* menu = newMenu();
    auto change = [this](const QString& what, Workspace next) {
        m_page.controller().change(what, std::move(next));
    };
    if (column.kind == RunsColumnKind::Value) {
        auto sort = [this, change, column](bool ascending) {
            auto next = m_page.controller().workspace();
            next.order = {{column.ref, ascending, column.numeric && column.ref.kind != ColumnKind::Metric}};
            change(tr("sort by %1").arg(column.title), std::move(next));
        };
        menu->addAction(tr("Sort ascending"), this, [sort] { sort(true); });
        menu->addAction(tr("Sort descending"), this, [sort] { sort(false); });
        menu->addSeparator();
        if (column.ref.kind == ColumnKind::Attribute && column.ref.key.ends_with("_time")) {
            auto absolute = m_page.controller().workspace().absoluteTimes;
            menu->addAction(absolute ? tr("Show how long ago") : tr("Show dates"), find("runs.absoluteTimes"),
                            &QAction::trigger);
        }
    }
    if (column.kind == RunsColumnKind::Delta) {
        menu->addAction(find("runs.deltas"));
        menu->addAction(find("runs.deltaPercent"));
        menu->addAction(find("runs.noDeltas"));
        menu->addSeparator();
    }
    if (column.ref.kind == ColumnKind::Metric && column.kind >= RunsColumnKind::Value) {
        auto key = column.ref.key;
        auto direction = [this, change, key](int value) {
            auto next = m_page.controller().workspace();
            if (value == 0)
                next.directions.erase(key);
            else
                next.directions[key] = value;
            change(tr("set what is better"), std::move(next));
        };
        menu->addAction(tr("Lower is better"), this, [direction] { direction(-1); });
        menu->addAction(tr("Higher is better"), this, [direction] { direction(1); });
        menu->addAction(tr("Neither is better"), this, [direction] { direction(0); });
        menu->addSeparator();
        menu->addAction(tr("Show as chart"), this, [this, change, key] {
            change(tr("add chart"), withChart(m_page.controller().workspace(), key, true));
        });
    }
    if (column.kind == RunsColumnKind::Value) {
        menu->addAction(tr("Filter by %1…").arg(column.title), this, [this, column] {
            auto& field = m_page.filterBar().field();
            auto text = field.text().trimmed();
            auto clause = QString::fromStdString(filterField(column.ref)) + QLatin1Char(' ');
            field.replaceText(text.isEmpty() ? clause : text + QLatin1String(" AND ") + clause, false);
            field.setFocus(Qt::ShortcutFocusReason);
        });
        if (canGroupBy(column.ref)) {
            const auto& grouped = m_page.controller().workspace().groups.columns;
            auto isGrouped = std::find(grouped.begin(), grouped.end(), column.ref) != grouped.end();
            menu->addAction(isGrouped ? tr("Do not group by %1").arg(column.title)
                                      : tr("Group by %1").arg(column.title),
                            this, [this, column] { m_page.bar().groups().toggle(column.ref); });
        }
        auto frozen = isFrozen(m_page.controller().workspace(), column.ref);
        menu->addAction(frozen ? tr("Release column") : tr("Freeze column"), this,
                        [this, change, column, frozen] {
                            change(frozen ? tr("release column") : tr("freeze column"),
                                   withFrozen(m_page.controller().workspace(), column.ref, !frozen));
                        });
        menu->addAction(tr("Hide column"), this, [this, change, column] {
            change(tr("hide column %1").arg(column.title),
                   withColumn(m_page.controller().workspace(), column.ref, false));
        });
    }
    menu->addAction(find("runs.columns"));
    menu->popup(place);
}

} // namespace sextant
