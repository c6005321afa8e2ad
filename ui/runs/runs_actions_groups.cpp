// Commands of the Runs page for groups, differences and frozen columns.
#include "ui/runs/group_picker.h"
#include "ui/runs/group_text.h"
#include "ui/runs/runs_actions.h"
#include "ui/runs/runs_bar.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/runs_table_view.h"
#include "ui/shell/workspace_edits.h"

namespace sextant {

std::optional<ColumnRef> RunsActions::currentColumn() const
{
    auto index = m_page.table().currentIndex();
    const auto& columns = m_page.controller().model().columns();
    if (!index.isValid() || index.column() >= static_cast<int>(columns.size()) ||
        columns[static_cast<std::size_t>(index.column())].kind < RunsColumnKind::Value)
        return {};
    return columns[static_cast<std::size_t>(index.column())].ref;
}

void RunsActions::addGroups()
{
    auto& page = m_page;
    add("runs.groupBy", tr("Group by…"),
        tr("Puts runs with the same parameters, tags or dataset under one head, with mean and spread."),
        "rows-3", {QKeySequence(Qt::CTRL | Qt::Key_G)}, [&page] { page.bar().groups().open(); });
    add("runs.groupByColumn", tr("Group by this column"),
        tr("The column of the current cell; once more takes it away."), "rows-3", {QKeySequence(Qt::Key_G)},
        [this, &page] {
            if (auto column = currentColumn(); column && canGroupBy(*column))
                page.bar().groups().toggle(*column);
            else
                page.tell(tr("Runs can't be grouped by this column"),
                          tr("Choose a cell of a parameter, a tag, the user or the experiment"));
        });
    add("runs.ungroup", tr("No groups"), tr("Lists the runs one by one again."), "rows-3",
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)}, [&page] { page.bar().groups().setColumns({}); });
    auto openAll = [&page](bool open) {
        return [&page, open] {
            page.controller().change(open ? tr("open all groups") : tr("close all groups"),
                                     withAllGroups(page.controller().workspace(), open));
        };
    };
    addToTable("runs.openGroups", tr("Open all groups"), tr("Shows the runs of every group."), "chevron-down",
               QKeySequence(Qt::Key_Plus), openAll(true));
    addToTable("runs.closeGroups", tr("Close all groups"), tr("Shows the groups alone."), "chevron-right",
               QKeySequence(Qt::Key_Minus), openAll(false));
    add("runs.bestOfGroup", tr("Go to the best run of the group"),
        tr("By the column that the table is sorted by; its header says what is better."), "arrow-right",
        {QKeySequence(Qt::Key_J)}, [&page] {
            const auto& model = page.controller().model();
            auto row = page.table().currentIndex().row();
            if (row < 0 || model.groupOf(row) < 0)
                return page.tell(tr("No group is selected"), tr("Group the runs and choose a row of one"));
            if (model.bestRun(row) == kNoRow)
                return page.tell(
                    tr("Nobody has said what is better"),
                    tr("Choose “Lower is better” or “Higher is better” in the menu of the column's header"));
            page.goToBest(model.groupOf(row));
        });
    add("runs.groupBands", tr("Draw groups as mean and band, or run by run"),
        tr("The band is the spread that the table shows."), "chart-spline",
        {QKeySequence(Qt::SHIFT | Qt::Key_G)}, [&page] {
            auto next = page.controller().workspace();
            next.groups.bands = !next.groups.bands;
            page.controller().change(next.groups.bands ? tr("draw groups as bands") : tr("draw every run"),
                                     std::move(next));
        });
    for (int i = 0; i < kGroupFigures; ++i) {
        auto figure = static_cast<GroupFigure>(i);
        auto id = QByteArray("runs.figure.") + QByteArray::number(i);
        add(id.constData(), tr("Show groups as %1").arg(figureName(figure)),
            tr("What stands for a group in columns of numbers."), "hash", {},
            [&page, figure] { page.bar().groups().setFigure(figure); });
    }
}

void RunsActions::addColumns()
{
    auto& page = m_page;
    auto deltas = [&page](Deltas wanted, const QString& what) {
        auto next = page.controller().workspace();
        next.deltas = next.deltas == wanted ? Deltas::Sorted : wanted;
        page.controller().change(what, std::move(next));
        if (wanted == Deltas::Every && page.controller().workspace().deltas == wanted &&
            page.controller().workspace().baseline.empty())
            page.tell(tr("Differences need a baseline"), tr("Choose a run and press B"));
    };
    add("runs.deltas", tr("Show differences in every column"),
        tr("Of each number from the baseline run; once more only of the column sorted by."), "scale",
        {QKeySequence(Qt::Key_D)}, [deltas] { deltas(Deltas::Every, tr("show differences")); });
    add("runs.noDeltas", tr("Show no differences"),
        tr("The baseline stays on top; once more shows them again."), "scale", {},
        [deltas] { deltas(Deltas::None, tr("show no differences")); });
    addToTable(
        "runs.deltaPercent", tr("Show differences in per cent"),
        tr("Of the baseline's value, or as they are."), "scale", QKeySequence(Qt::Key_Percent), [&page] {
            auto next = page.controller().workspace();
            next.deltaPercent = !next.deltaPercent;
            page.controller().change(
                next.deltaPercent ? tr("show per cent") : tr("show absolute differences"), std::move(next));
        });
    add("runs.freezeColumn", tr("Freeze or release column"),
        tr("A frozen column stays at the left while the table scrolls."), "pin",
        {QKeySequence(Qt::SHIFT | Qt::Key_P)}, [this, &page] {
            auto column = currentColumn();
            if (!column)
                return page.tell(tr("The name is always in sight"), tr("Choose a cell of another column"));
            auto frozen = !isFrozen(page.controller().workspace(), *column);
            page.controller().change(frozen ? tr("freeze column") : tr("release column"),
                                     withFrozen(page.controller().workspace(), *column, frozen));
        });
}

} // namespace sextant
