#include "ui/runs/runs_bar.h"

#include "ui/runs/group_picker.h"
#include "ui/shell/workspace_edits.h"
#include "ui/theme/theme.h"
#include "ui/widgets/check_list.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/picker_button.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/store_text.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace sextant {

namespace {

constexpr int kNarrowest = 420;
constexpr int kNarrow = 760; // below, words would be cut

QString viewText(ViewType view)
{
    switch (view) {
    case ViewType::ActiveOnly:
        return RunsBar::tr("Active runs");
    case ViewType::DeletedOnly:
        return RunsBar::tr("Deleted runs");
    case ViewType::All:
        break;
    }
    return RunsBar::tr("All runs");
}

QString runsText(std::size_t count)
{
    return counted(count, RunsBar::tr("1 run"), RunsBar::tr("%1 runs"));
}

} // namespace

RunsBar::RunsBar(RunsController& controller, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_experiments(new PickerButton({})),
      m_columns(new PickerButton(tr("Columns"))), m_groups(new GroupPicker(controller)),
      m_row(new QHBoxLayout(this)), m_view(new PickerButton({})),
      m_layout(new SegmentedControl(tr("Layout"))), m_more(new QMenu(this))
{
    const auto& theme = Theme::of(this);
    setFixedHeight(theme.length("bar.page"));
    auto* layout = m_row;
    layout->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 0);
    layout->setSpacing(theme.length("space.2"));
    layout->addWidget(m_experiments);
    layout->addWidget(m_view);
    layout->addSpacing(theme.length("space.4"));
    layout->addWidget(m_groups);
    layout->addWidget(m_columns);
    layout->addStretch(1);
    layout->addWidget(m_layout);
    auto* more = new IconButton(QStringLiteral("ellipsis"), tr("More"));
    connect(more, &QToolButton::clicked, this,
            [this, more] { m_more->popup(more->mapToGlobal(QPoint(0, more->height() + 2))); });
    layout->addWidget(more);

    m_layout->addSegment(QStringLiteral("table-2"), tr("Table"));
    m_layout->addSegment(QStringLiteral("panel-right"), tr("Split"));
    m_layout->addSegment(QStringLiteral("chart-spline"), tr("Charts"));
    connect(m_layout, &SegmentedControl::picked, this, [this](int index) {
        auto next = m_controller.workspace();
        next.layout = static_cast<Workspace::Layout>(index);
        m_controller.change(tr("change layout"), std::move(next));
    });
    buildLists();
    connect(&controller, &RunsController::stateChanged, this, &RunsBar::update);
    connect(&controller, &RunsController::arranged, this, &RunsBar::update);
    update();
}

void RunsBar::addViews(QWidget* views)
{
    m_row->insertWidget(1, views);
}

void RunsBar::buildLists()
{
    m_experimentList = new CheckList(tr("Experiments"), tr("Find experiment"), this);
    m_columnList = new CheckList(tr("Columns"), tr("Find column"), this);
    m_columnList->setNote(tr("Alt+↑ and Alt+↓ move a column"));
    auto* all = m_experimentList->addFooterButton(tr("All experiments"));
    connect(all, &QToolButton::clicked, this, [this] {
        auto next = m_controller.workspace();
        next.experimentIds.clear();
        m_controller.change(tr("show all experiments"), std::move(next));
        fillExperiments();
    });
    connect(m_experiments, &QAbstractButton::clicked, this, &RunsBar::openExperiments);
    connect(m_columns, &QAbstractButton::clicked, this, &RunsBar::openColumns);
    connect(m_experimentList, &CheckList::toggled, this, &RunsBar::onExperimentToggled);
    connect(m_columnList, &CheckList::toggled, this, &RunsBar::onColumnToggled);
    connect(m_columnList, &CheckList::moveRequested, this, &RunsBar::onColumnMoved);
    connect(m_experimentList, &Popup::closed, this, [this] { m_experiments->setOpen(false); });
    connect(m_columnList, &Popup::closed, this, [this] { m_columns->setOpen(false); });

    auto* views = new QMenu(this);
    auto* group = new QActionGroup(views);
    for (auto view : {ViewType::ActiveOnly, ViewType::DeletedOnly, ViewType::All}) {
        auto* action = views->addAction(viewText(view));
        action->setCheckable(true);
        action->setData(static_cast<int>(view));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, view] { setView(view); });
    }
    connect(views, &QMenu::aboutToShow, this, [this, group] {
        for (auto* action : group->actions())
            action->setChecked(action->data().toInt() == static_cast<int>(m_controller.workspace().view));
    });
    m_view->setMenu(views);
}

void RunsBar::setView(ViewType view)
{
    auto next = m_controller.workspace();
    next.view = view;
    m_controller.change(tr("show %1").arg(viewText(view).toLower()), std::move(next));
}

void RunsBar::update()
{
    const auto& workspace = m_controller.workspace();
    m_layout->setCurrent(static_cast<int>(workspace.layout));
    m_view->setValue(viewText(workspace.view));
    auto table = m_controller.table();
    QString experiments = tr("All experiments");
    if (workspace.experimentIds.size() > 1)
        experiments = tr("%1 experiments").arg(formatCount(workspace.experimentIds.size()));
    if (workspace.experimentIds.size() == 1 && table) {
        for (const auto& experiment : table->data().experimentList) {
            if (experiment.id == workspace.experimentIds.front())
                experiments = oneLine(experiment.name, 60);
        }
    }
    m_experiments->setValue(experiments);
    QString shown;
    if (table) {
        const auto& columns = table->data();
        auto all =
            columns.metrics.size() + columns.params.size() + columns.tags.size() + attributeColumns().size();
        shown = tr("%1 of %2").arg(formatCount(workspace.columns.size()), formatCount(all));
    }
    m_columns->setValue(shown);
    fit();
}

void RunsBar::openExperiments()
{
    fillExperiments();
    m_experiments->setOpen(true);
    m_experimentList->openBelow(m_experiments);
}

void RunsBar::openColumns()
{
    fillColumns();
    m_columns->setOpen(true);
    m_columnList->openBelow(m_columns);
}

void RunsBar::fillExperiments()
{
    m_experimentIds.clear();
    std::vector<CheckEntry> entries;
    if (auto table = m_controller.table()) {
        const auto& chosen = m_controller.workspace().experimentIds;
        const auto& list = table->data().experimentList;
        std::vector<std::size_t> counts(list.size());
        for (RowIndex row = 0; row < table->size(); ++row)
            counts[table->data().experiments[row]] +=
                shows(m_controller.workspace().view, table->lifecycle(row));
        for (std::size_t i = 0; i < list.size(); ++i) {
            auto checked = std::find(chosen.begin(), chosen.end(), list[i].id) != chosen.end();
            auto deleted = list[i].lifecycle == Lifecycle::Deleted ? tr("deleted, ") : QString();
            entries.push_back({{}, oneLine(list[i].name), deleted + runsText(counts[i]), checked});
            m_experimentIds.push_back(list[i].id);
        }
    }
    m_experimentList->setEntries(std::move(entries));
}

void RunsBar::onExperimentToggled(int entry, bool checked)
{
    auto next = m_controller.workspace();
    const auto& id = m_experimentIds[static_cast<std::size_t>(entry)];
    std::erase(next.experimentIds, id);
    if (checked)
        next.experimentIds.push_back(id);
    m_controller.change(tr("choose experiments"), std::move(next));
}

void RunsBar::fillColumns()
{
    m_columnRefs.clear();
    std::vector<CheckEntry> entries;
    const auto& workspace = m_controller.workspace();
    auto add = [&](const QString& group, ColumnRef ref, std::size_t runs, bool shown) {
        entries.push_back({group, columnTitle(ref), runs > 0 ? runsText(runs) : QString(), shown});
        m_columnRefs.push_back(std::move(ref));
    };
    for (const auto& view : workspace.columns)
        add(tr("Shown"), view.column, 0, true);
    for (std::size_t i = 0; i < entries.size(); ++i)
        entries[i].detail = columnKindName(m_columnRefs[i].kind);
    auto addHidden = [&](const QString& group, ColumnRef ref, std::size_t runs) {
        if (!showsColumn(workspace, ref))
            add(group, std::move(ref), runs, false);
    };
    if (auto table = m_controller.table()) {
        for (const auto& column : table->data().metrics)
            addHidden(tr("Metrics"), {ColumnKind::Metric, column.key}, column.count);
        for (const auto& column : table->data().params)
            addHidden(tr("Parameters"), {ColumnKind::Param, column.key}, column.count);
        for (const auto& ref : attributeColumns())
            addHidden(tr("Attributes"), ref, 0);
        for (const auto& column : table->data().tags)
            addHidden(tr("Tags"), {ColumnKind::Tag, column.key}, column.count);
    }
    m_columnList->setEntries(std::move(entries));
}

void RunsBar::onColumnToggled(int entry, bool checked)
{
    const auto& ref = m_columnRefs[static_cast<std::size_t>(entry)];
    m_controller.change(checked ? tr("show column %1").arg(columnTitle(ref))
                                : tr("hide column %1").arg(columnTitle(ref)),
                        withColumn(m_controller.workspace(), ref, checked));
}

void RunsBar::onColumnMoved(int entry, int by)
{
    const auto& ref = m_columnRefs[static_cast<std::size_t>(entry)];
    auto next = m_controller.workspace();
    auto found = std::find_if(next.columns.begin(), next.columns.end(),
                              [&](const ColumnView& view) { return view.column == ref; });
    auto place = found - next.columns.begin();
    if (found == next.columns.end() || place + by < 0 ||
        place + by >= static_cast<std::ptrdiff_t>(next.columns.size()))
        return;
    std::iter_swap(found, found + by);
    m_controller.change(tr("move column %1").arg(columnTitle(ref)), std::move(next));
    fillColumns();
}

void RunsBar::fit()
{
    auto tooWide = [this] {
        for (int i = 0; i < m_row->count(); ++i) {
            auto* part = m_row->itemAt(i)->widget();
            if (part && part->layout())
                part->layout()->invalidate(); // a part of parts tells of its new size only later
            if (part)
                part->updateGeometry();
        }
        m_row->invalidate();
        return m_row->sizeHint().width() > width();
    };
    m_layout->setIconsOnly(width() < kNarrow);
    m_view->show();
    m_groups->setBrief(false);
    m_columns->setLabel(tr("Columns"));
    if (tooWide())
        m_layout->setIconsOnly(true);
    // Active runs are what everybody expects, and the … menu has the others.
    if (tooWide() && m_controller.workspace().view == ViewType::ActiveOnly)
        m_view->hide();
    if (tooWide())
        m_groups->setBrief(true);
}

QSize RunsBar::minimumSizeHint() const
{
    return {kNarrowest, height()}; // values are cut before the window is kept from being narrow
}

void RunsBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void RunsBar::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.2"));
    painter.fillRect(0, height() - 1, width(), 1, theme.color("border.hairline"));
}

} // namespace sextant
