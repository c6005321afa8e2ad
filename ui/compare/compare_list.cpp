#include "ui/compare/compare_list.h"

#include "ui/theme/control_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/check_list.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/picker_button.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sextant {

namespace {

constexpr std::size_t kMostListed = 10'000; // runs to choose from; the newest

QString rulePicked(const std::optional<ColumnRef>& column, const QString& otherwise)
{
    return column ? CompareList::tr("by %1").arg(fieldTitle(*column)) : otherwise;
}

} // namespace

CompareList::CompareList(PageContext& context, CompareController& controller, QWidget* parent)
    : QWidget(parent), m_context(context), m_controller(controller), m_rows(new CompareRows(m_model)),
      m_columnList(new CheckList(tr("Columns"), tr("Find column"), this)),
      m_runList(new CheckList(tr("Runs"), tr("Find run"), this))
{
    setMinimumWidth(180);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(m_rows, 1);
    layout->addWidget(buildButtons());
    layout->addWidget(buildFoot());
    connectRows();
    connect(m_columnList, &CheckList::toggled, this, &CompareList::chooseColumn);
    connect(m_runList, &CheckList::toggled, this, &CompareList::chooseRun);
    connect(m_columnList, &Popup::closed, this, [this] { m_rules[m_rule]->setOpen(false); });
    update();
}

QWidget* CompareList::buildHead()
{
    const auto& theme = Theme::of(this);
    auto* head = new QWidget;
    head->setFixedHeight(theme.length("row.header"));
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(theme.length("space.2"), 0, 0, 1);
    layout->setSpacing(4);
    m_count = new TextLabel({}, Theme::Text::SmallStrong, "text.muted");
    m_sort = new QToolButton;
    m_sort->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_sort->setFont(theme.font(Theme::Text::Small));
    m_sort->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setSmall(m_sort);
    layout->addWidget(m_count);
    layout->addWidget(m_sort, 1);
    connect(m_sort, &QToolButton::clicked, this, [this] {
        m_controller.change(tr("sort runs"),
                            [](CompareView& view) { view.sortDescending = !view.sortDescending; });
    });
    return head;
}

QWidget* CompareList::buildButtons()
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(4, 2, 4, 2);
    const auto& theme = Theme::of(this);
    auto* add = new QToolButton;
    add->setText(tr("Add runs…"));
    add->setIcon(theme.icon(QStringLiteral("plus")));
    m_hideAll = new QToolButton;
    for (auto* button : {add, m_hideAll}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        layout->addWidget(button);
    }
    layout->addStretch(1);
    connect(add, &QToolButton::clicked, this, &CompareList::openAddRuns);
    connect(m_hideAll, &QToolButton::clicked, this, [this] {
        std::vector<std::string> runs;
        for (const auto& run : m_model.scene()->runs)
            runs.push_back(run.runId);
        m_controller.setHidden(runs, m_model.scene()->visibleCount() > 0);
    });
    return row;
}

QWidget* CompareList::buildFoot()
{
    const auto& theme = Theme::of(this);
    auto* foot = new QWidget;
    auto* grid = new QGridLayout(foot);
    grid->setContentsMargins(theme.length("space.2"), theme.length("space.3"), theme.length("space.2"),
                             theme.length("space.3"));
    grid->setSpacing(6);
    grid->setColumnStretch(1, 1);
    const QString names[] = {tr("Group"), tr("Colour"), tr("Dash")};
    for (int rule = 0; rule < 3; ++rule) {
        m_rules[rule] = new PickerButton({});
        m_rules[rule]->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        grid->addWidget(new TextLabel(names[rule], Theme::Text::Body, "text.muted"), rule, 0);
        grid->addWidget(m_rules[rule], rule, 1);
        connect(m_rules[rule], &QAbstractButton::clicked, this,
                [this, rule] { openColumns(m_rules[rule], rule); });
    }
    return foot;
}

void CompareList::connectRows()
{
    connect(m_rows, &CompareRows::eyeClicked, this, [this](int row, Qt::KeyboardModifiers modifiers) {
        const auto* run = m_model.run(row);
        if (!(modifiers & Qt::AltModifier))
            return m_controller.setHidden({run->runId}, !run->hidden);
        m_controller.change(tr("show one run"), [&](CompareView& view) {
            for (const auto& other : m_model.scene()->runs)
                view.hidden.insert(other.runId);
            view.hidden.erase(run->runId);
        });
    });
    connect(m_rows, &CompareRows::groupClicked, this, [this](int row) {
        auto key = m_model.group(row)->key;
        m_controller.replace([&](CompareView& view) {
            if (view.foldedGroups.erase(key) == 0)
                view.foldedGroups.insert(key);
        });
    });
    connect(m_rows, &CompareRows::hoveredRowChanged, this, [this](int row) {
        const auto* run = m_model.run(row);
        emit runHovered(run ? run->runId : std::string());
    });
    connect(m_rows, &CompareRows::opened, this, [this](int row) {
        if (m_context.navigate)
            m_context.navigate(QStringLiteral("run"), QString::fromStdString(m_model.run(row)->runId));
    });
}

void CompareList::showScene(const CompareScenePtr& scene)
{
    auto chosen = chosenRuns();
    auto hadSelection = m_rows->selectionModel()->hasSelection();
    m_model.setScene(scene);
    if (hadSelection && !m_rows->selectionModel()->hasSelection()) {
        for (const auto& run : chosen)
            if (auto row = m_model.rowOf(run); row >= 0)
                m_rows->selectionModel()->select(m_model.index(row), QItemSelectionModel::Select);
    }
    update();
}

void CompareList::update()
{
    const auto& scene = *m_model.scene();
    const auto& view = m_controller.view();
    const auto& theme = Theme::of(this);
    m_count->setText(scene.found == 1 ? tr("1 run") : tr("%1 runs").arg(formatCount(scene.found)));
    m_count->setToolTip(scene.found > scene.runs.size()
                            ? tr("The first %1 are compared").arg(formatCount(scene.runs.size()))
                            : QString());
    auto metric = oneLine(scene.mainMetric, 60);
    m_sort->setVisible(!metric.isEmpty());
    fitHead();
    m_sort->setToolTip(plainToolTip(
        (view.sortDescending ? tr("%1, highest first").arg(metric) : tr("%1, lowest first").arg(metric)) +
        (scene.groups.empty() ? QString() : tr(". Groups show the mean of the runs drawn"))));
    auto none = scene.visibleCount() == 0 && !scene.runs.empty();
    m_hideAll->setText(none ? tr("Show all") : tr("Show none"));
    m_hideAll->setIcon(theme.icon(none ? QStringLiteral("eye") : QStringLiteral("eye-off")));
    m_rules[0]->setValue(scene.grouping.empty() ? tr("none") : tr("by %1").arg(scene.groupedBy));
    m_rules[1]->setValue(rulePicked(view.colorBy, tr("by run")));
    m_rules[2]->setValue(rulePicked(view.dashBy, scene.grouping.empty() ? tr("by run") : tr("by group")));
    const QString names[] = {tr("Group"), tr("Colour"), tr("Dash")};
    for (int rule = 0; rule < 3; ++rule)
        m_rules[rule]->setAccessibleName(names[rule] + QLatin1Char(' ') + m_rules[rule]->value());
    QWidget::update();
}

/// A long name gives way before what is said of it.
void CompareList::fitHead()
{
    const auto metric = oneLine(m_model.scene()->mainMetric, 60);
    const auto said = tr("%1, last").arg(QString()) +
                      (m_controller.view().sortDescending ? QStringLiteral(" ↓") : QStringLiteral(" ↑"));
    const QFontMetrics metrics(m_sort->font());
    constexpr int kPaddings = 36;
    const int room = width() - m_count->sizeHint().width() - metrics.horizontalAdvance(said) - kPaddings;
    m_sort->setText(metrics.elidedText(metric, Qt::ElideMiddle, std::max(room, 40)) + said);
    m_sort->setAccessibleName(tr("%1, last").arg(metric));
}

void CompareList::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitHead();
}

void CompareList::highlightRun(const std::string& runId)
{
    m_rows->setHovered(runId.empty() ? -1 : m_model.rowOf(runId));
}

void CompareList::selectRun(const std::string& runId)
{
    auto row = m_model.rowOf(runId);
    if (row < 0)
        return;
    m_rows->setCurrentIndex(m_model.index(row));
    m_rows->scrollTo(m_model.index(row));
}

std::vector<std::string> CompareList::chosenRuns() const
{
    std::vector<std::string> runs;
    for (const auto& index : m_rows->selectionModel()->selectedIndexes()) {
        if (const auto* run = m_model.run(index.row()))
            runs.push_back(run->runId);
        else if (const auto* group = m_model.group(index.row()))
            for (auto member : group->runs)
                runs.push_back(m_model.scene()->runs[member].runId);
    }
    if (const auto* run = m_model.run(m_rows->currentIndex().row()); runs.empty() && run)
        runs.push_back(run->runId);
    return runs;
}

void CompareList::openColumns(QWidget* anchor, int rule)
{
    m_rule = rule;
    fillColumns();
    m_rules[rule]->setOpen(true);
    m_columnList->openBelow(anchor ? anchor : m_rules[rule]);
}

void CompareList::fillColumns()
{
    const auto& scene = *m_model.scene();
    const auto& view = m_controller.view();
    auto picked = [&](const ColumnRef& column) {
        if (m_rule == 0)
            return std::find(view.grouping.begin(), view.grouping.end(), column) != view.grouping.end();
        return (m_rule == 1 ? view.colorBy : view.dashBy) == column;
    };
    m_columns.clear();
    std::vector<CheckEntry> entries;
    if (m_rule > 0) {
        entries.push_back({tr("Rule"),
                           m_rule == 2 && !scene.grouping.empty() ? tr("by group") : tr("by run"),
                           {},
                           !(m_rule == 1 ? view.colorBy : view.dashBy)});
        m_columns.push_back(std::nullopt);
    }
    auto add = [&](const QString& group, const ColumnRef& column, const QString& detail) {
        entries.push_back({group, fieldTitle(column), detail, picked(column)});
        m_columns.push_back(column);
    };
    for (const auto* key : {"experiment_id", "user_id", "status"})
        add(tr("Attributes"), {ColumnKind::Attribute, key}, {});
    if (!scene.table)
        return m_columnList->setEntries(std::move(entries));
    auto addTexts = [&](const std::vector<TextColumn>& columns, ColumnKind kind, const QString& group) {
        for (const auto& column : columns) {
            std::set<std::uint32_t> codes;
            auto any = false;
            for (const auto& run : scene.runs) {
                auto code = column.codeAt(run.row);
                any = any || code != TextColumn::kNoCode;
                codes.insert(code);
            }
            if (any)
                add(group, {kind, column.key},
                    codes.size() == 1 ? tr("constant") : tr("%1 values").arg(formatCount(codes.size())));
        }
    };
    addTexts(scene.table->data().params, ColumnKind::Param, tr("Parameters"));
    addTexts(scene.table->data().tags, ColumnKind::Tag, tr("Tags"));
    if (m_rule == 1)
        for (const auto& metric : scene.table->data().metrics)
            if (std::any_of(scene.runs.begin(), scene.runs.end(),
                            [&](const RunLook& run) { return !isMissing(metric.at(run.row)); }))
                add(tr("Metrics, last value"), {ColumnKind::Metric, metric.key}, {});
    m_columnList->setEntries(std::move(entries));
}

void CompareList::chooseColumn(int entry, bool checked)
{
    auto column = m_columns[static_cast<std::size_t>(entry)];
    if (m_rule == 0) {
        m_controller.change(tr("group runs"), [&](CompareView& view) {
            std::erase(view.grouping, *column);
            if (checked)
                view.grouping.push_back(*column);
        });
        return;
    }
    m_controller.change(m_rule == 1 ? tr("colour runs") : tr("dash runs"), [&](CompareView& view) {
        (m_rule == 1 ? view.colorBy : view.dashBy) = checked ? column : std::nullopt;
    });
    m_columnList->hide();
}

void CompareList::openAddRuns()
{
    fillRuns();
    m_runList->openBelow(m_hideAll->parentWidget());
}

void CompareList::fillRuns()
{
    std::vector<CheckEntry> entries;
    m_runIds.clear();
    auto table = m_context.session.table();
    std::set<std::string, std::less<>> compared;
    for (const auto& run : m_model.scene()->runs)
        compared.insert(run.runId);
    for (auto row : table ? table->newestFirst() : std::span<const RowIndex>()) {
        if (table->lifecycle(row) != Lifecycle::Active)
            continue;
        if (m_runIds.size() == kMostListed)
            break;
        auto name = oneName(table->name(row), 80);
        m_runIds.emplace_back(table->runId(row));
        entries.push_back({oneLine(table->experiment(row).name, 60),
                           name.trimmed().isEmpty() ? shortId(m_runIds.back()) : name,
                           formatTime(table->startTime(row)), compared.contains(m_runIds.back())});
    }
    m_runList->setNote(m_runIds.size() == kMostListed ? tr("The newest %1 runs").arg(formatCount(kMostListed))
                                                      : QString());
    m_runList->setEntries(std::move(entries));
}

void CompareList::chooseRun(int entry, bool checked)
{
    const auto& run = m_runIds[static_cast<std::size_t>(entry)];
    m_controller.change(checked ? tr("add run") : tr("remove run"), [&](CompareView& view) {
        if (view.source != CompareView::Source::Runs) {
            view.runs.clear();
            for (const auto& look : m_model.scene()->runs)
                view.runs.push_back(look.runId);
        }
        view.source = CompareView::Source::Runs;
        std::erase(view.runs, run);
        view.hidden.erase(run);
        if (checked)
            view.runs.push_back(run);
    });
}

void CompareList::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_hideAll)
        update();
}

void CompareList::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    painter.fillRect(QRect(0, 0, width(), theme.length("row.header")), theme.color("bg.2"));
    painter.fillRect(QRect(0, theme.length("row.header") - 1, width(), 1), theme.color("border.hairline"));
    auto foot = m_rules[0]->parentWidget()->geometry();
    painter.fillRect(foot, theme.color("bg.2"));
    painter.fillRect(QRect(0, foot.top(), width(), 1), theme.color("border.hairline"));
}

} // namespace sextant
