#include "ui/runs/group_picker.h"

#include "ui/runs/group_text.h"
#include "ui/shell/workspace_edits.h"
#include "ui/theme/theme.h"
#include "ui/widgets/check_list.h"
#include "ui/widgets/picker_button.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace sextant {

namespace {

QString valuesText(std::size_t count)
{
    return counted(count, GroupPicker::tr("1 value"), GroupPicker::tr("%1 values"));
}

} // namespace

GroupPicker::GroupPicker(RunsController& controller, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_columns(new PickerButton(tr("Group by"))),
      m_figure(new PickerButton({})), m_list(new CheckList(tr("Group by"), tr("Find column"), this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::of(this).length("space.2"));
    layout->addWidget(m_columns);
    layout->addWidget(m_figure);
    m_columns->setToolTip(tr("Puts runs with the same values under one head"));
    m_figure->setToolTip(tr("What stands for a group in columns of numbers"));
    m_list->setNote(tr("Alt+↑ and Alt+↓ change which comes first"));
    auto* none = m_list->addFooterButton(tr("No groups"));
    connect(none, &QToolButton::clicked, this, [this] {
        setColumns({});
        m_list->hide();
    });
    connect(m_columns, &QAbstractButton::clicked, this, &GroupPicker::open);
    connect(m_list, &CheckList::toggled, this,
            [this](int entry, bool) { toggle(m_refs[static_cast<std::size_t>(entry)]); });
    connect(m_list, &CheckList::moveRequested, this, &GroupPicker::move);
    connect(m_list, &Popup::closed, this, [this] { m_columns->setOpen(false); });

    auto* figures = new QMenu(this);
    auto* group = new QActionGroup(figures);
    for (int i = 0; i < kGroupFigures; ++i) {
        auto figure = static_cast<GroupFigure>(i);
        auto* action = figures->addAction(figureName(figure));
        action->setCheckable(true);
        action->setData(i);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, figure] { setFigure(figure); });
        if (figure == GroupFigure::MeanConfidence)
            figures->addSeparator();
    }
    connect(figures, &QMenu::aboutToShow, this, [this, group] {
        for (auto* action : group->actions())
            action->setChecked(action->data().toInt() ==
                               static_cast<int>(m_controller.workspace().groups.figure));
    });
    m_figure->setMenu(figures);
    connect(&controller, &RunsController::stateChanged, this, &GroupPicker::update);
    update();
}

void GroupPicker::setBrief(bool brief)
{
    m_columns->setLabel(brief ? QString() : tr("Group by"));
}

void GroupPicker::update()
{
    const auto& groups = m_controller.workspace().groups;
    m_columns->setValue(groups.columns.empty() ? tr("nothing") : groupingText(groups.columns));
    m_figure->setVisible(!groups.columns.empty());
    m_figure->setValue(figureName(groups.figure));
}

void GroupPicker::open()
{
    fill();
    m_columns->setOpen(true);
    m_list->openBelow(m_columns);
}

void GroupPicker::openFigures()
{
    if (m_figure->isVisible())
        m_figure->click();
}

void GroupPicker::setColumns(std::vector<ColumnRef> columns)
{
    auto what = columns.empty() ? tr("ungroup runs") : tr("group by %1").arg(groupingText(columns));
    m_controller.change(
        what, withGrouping(m_controller.workspace(), std::move(columns), m_controller.matchingRuns()));
}

void GroupPicker::toggle(const ColumnRef& column)
{
    auto columns = m_controller.workspace().groups.columns;
    if (std::erase(columns, column) == 0)
        columns.push_back(column);
    setColumns(std::move(columns));
}

void GroupPicker::setFigure(GroupFigure figure)
{
    auto next = m_controller.workspace();
    next.groups.figure = figure;
    m_controller.change(tr("show %1 of groups").arg(figureName(figure)), std::move(next));
}

void GroupPicker::move(int entry, int by)
{
    auto columns = m_controller.workspace().groups.columns;
    auto found = std::find(columns.begin(), columns.end(), m_refs[static_cast<std::size_t>(entry)]);
    auto place = found - columns.begin();
    if (found == columns.end() || place + by < 0 || place + by >= static_cast<std::ptrdiff_t>(columns.size()))
        return;
    std::iter_swap(found, found + by);
    setColumns(std::move(columns));
    fill();
}

void GroupPicker::fill()
{
    m_refs.clear();
    std::vector<CheckEntry> entries;
    const auto& chosen = m_controller.workspace().groups.columns;
    auto add = [&](const QString& group, ColumnRef column, const QString& detail) {
        auto checked = std::find(chosen.begin(), chosen.end(), column) != chosen.end();
        if (checked != (group == tr("Grouped by")))
            return;
        entries.push_back({group, groupFieldTitle(column), detail, checked});
        m_refs.push_back(std::move(column));
    };
    for (const auto& column : chosen)
        add(tr("Grouped by"), column,
            column.kind == ColumnKind::Attribute ? QString() : columnKindName(column.kind));
    if (auto table = m_controller.table()) {
        for (const auto& column : table->data().params)
            add(tr("Parameters"), {ColumnKind::Param, column.key}, valuesText(column.values.size()));
        for (auto& column : groupAttributes())
            add(tr("Attributes"), column, {});
        for (const auto& column : table->data().tags)
            add(tr("Tags"), {ColumnKind::Tag, column.key}, valuesText(column.values.size()));
    }
    m_list->setEntries(std::move(entries));
}

} // namespace sextant
