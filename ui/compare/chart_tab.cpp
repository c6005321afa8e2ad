#include "ui/compare/chart_tab.h"

#include "ui/charts/chart_panel.h"
#include "ui/compare/compare_controller.h"
#include "ui/shell/workspace_parts.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/check_list.h"
#include "ui/widgets/picker_button.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace sextant {
namespace {

using Choices = std::shared_ptr<std::vector<ColumnChoice>>;

/// The bar with its line below.
class Bar final : public QWidget
{
protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(QRect(0, height() - 1, width(), 1), Theme::of(this).color("border.hairline"));
    }
};

} // namespace

ChartTab::ChartTab(CompareContext& context, const QString& id, const QString& title, QWidget* parent)
    : CompareTab(parent), m_context(context), m_id(id), m_title(title), m_bar(new Bar),
      m_barLayout(new QHBoxLayout(m_bar)), m_list(new CheckList(tr("Columns"), tr("Find column"), this)),
      m_scene(std::make_shared<CompareScene>()), m_table(std::make_shared<ChartTable>())
{
    const Theme& theme = Theme::of(this);
    m_bar->setFixedHeight(theme.length("bar.filter"));
    m_barLayout->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 0);
    m_barLayout->setSpacing(theme.length("space.2"));
    m_state = context.controller.tabState(id);
    connect(m_list, &CheckList::toggled, this, &ChartTab::pick);
    connect(m_list, &Popup::closed, this, [this] {
        if (const Control* one = control(m_listKey))
            one->button->setOpen(false);
    });
}

void ChartTab::addColumn(const QString& key, const QString& label, Wanted wanted, int fallback)
{
    Control one{key, new PickerButton(label), nullptr, wanted, 1, fallback, {}};
    connect(one.button, &QAbstractButton::clicked, this, [this, key] { openList(key); });
    m_barLayout->addWidget(one.button);
    m_controls.push_back(std::move(one));
}

void ChartTab::addColumns(const QString& key, const QString& label, int most)
{
    addColumn(key, label, Wanted::Any, 0);
    m_controls.back().most = most;
}

void ChartTab::addSwitch(const QString& key, const QString& text, bool fallback)
{
    Control one{key, nullptr, new QCheckBox(text), Wanted::Any, 1, fallback, {}};
    setControlRole(one.box, ControlRole::Switch);
    connect(one.box, &QCheckBox::clicked, this,
            [this, key, text](bool on) { keep(key, on, tr("%1: %2").arg(m_title, text)); });
    m_barLayout->addSpacing(Theme::of(this).length("space.1"));
    m_barLayout->addWidget(one.box);
    m_controls.push_back(std::move(one));
}

void ChartTab::addChoice(const QString& key, const QString& label, const QStringList& texts, int fallback)
{
    Control one{key, new PickerButton(label), nullptr, Wanted::Any, 1, fallback, texts};
    auto* menu = new QMenu(one.button);
    for (int index = 0; index < texts.size(); ++index) {
        QAction* action = menu->addAction(texts[index]);
        action->setCheckable(true);
        connect(action, &QAction::triggered, this,
                [this, key, index, label] { keep(key, index, tr("%1: %2").arg(m_title, label)); });
    }
    connect(menu, &QMenu::aboutToShow, this, [this, menu, key] {
        for (int index = 0; index < menu->actions().size(); ++index)
            menu->actions()[index]->setChecked(index == choice(key));
    });
    one.button->setMenu(menu);
    m_barLayout->addWidget(one.button);
    m_controls.push_back(std::move(one));
}

void ChartTab::endBar()
{
    m_barLayout->addStretch(1);
    sync();
}

const ChartTab::Control* ChartTab::control(const QString& key) const
{
    const auto found = std::find_if(m_controls.begin(), m_controls.end(),
                                    [&](const Control& one) { return one.key == key; });
    return found == m_controls.end() ? nullptr : &*found;
}

std::optional<ColumnRef> ChartTab::fallbackColumn(const Control& one) const
{
    // The columns that differ, in their order; of metrics the main one first.
    std::vector<ColumnRef> fitting;
    for (const int worth : {3, 2, 1, 0})
        for (const ColumnChoice& each : m_choices) {
            const bool metric = each.column.kind == ColumnKind::Metric;
            const bool fits =
                one.wanted == Wanted::Any || (one.wanted == Wanted::Numeric && each.numeric) ||
                (one.wanted == Wanted::Metric && metric) ||
                (one.wanted == Wanted::NotMetric && !metric && each.column.kind == ColumnKind::Param);
            if (each.worth != worth || !fits)
                continue;
            if (metric && each.column.key == m_scene->mainMetric)
                fitting.insert(fitting.begin(), each.column);
            else
                fitting.push_back(each.column);
        }
    if (fitting.empty())
        return std::nullopt;
    return fitting[std::min(static_cast<std::size_t>(one.fallback), fitting.size() - 1)];
}

std::optional<ColumnRef> ChartTab::column(const QString& key) const
{
    ColumnRef found;
    if (columnFromJson(m_state[key], found))
        return found;
    if (const auto first = firstColumn(key))
        return first;
    const Control* one = control(key);
    return one ? fallbackColumn(*one) : std::nullopt;
}

std::vector<ColumnRef> ChartTab::columns(const QString& key) const
{
    if (!m_state[key].isArray())
        return firstColumns();
    std::vector<ColumnRef> found;
    for (const QJsonValue& value : m_state[key].toArray())
        if (ColumnRef one; columnFromJson(value, one))
            found.push_back(std::move(one));
    return found;
}

bool ChartTab::isOn(const QString& key) const
{
    const Control* one = control(key);
    return m_state[key].toBool(one && one->fallback != 0);
}

bool ChartTab::isLogarithmic(const QString& key, const ChartColumn& column)
{
    const bool numbers = column.kind == ChartColumn::Kind::Numbers;
    const bool on = numbers && (m_state.contains(key) ? isOn(key) : spansDecades(column));
    QCheckBox* box = control(key)->box;
    box->setChecked(on);
    box->setEnabled(numbers);
    box->setToolTip(numbers ? QString() : tr("These are categories, not numbers"));
    return on;
}

int ChartTab::choice(const QString& key) const
{
    const Control* one = control(key);
    const int kept = m_state[key].toInt(one ? one->fallback : 0);
    return one && kept >= 0 && kept < one->texts.size() ? kept : 0;
}

QString ChartTab::nameOf(const ColumnRef& column) const
{
    const auto found = std::find_if(m_choices.begin(), m_choices.end(),
                                    [&](const ColumnChoice& one) { return one.column == column; });
    return found == m_choices.end() ? fieldTitle(column) : found->name;
}

void ChartTab::openList(const QString& key, QWidget* below)
{
    const Control* one = control(key);
    m_listKey = key;
    m_listed.clear();
    const std::vector<ColumnRef> chosen = one->most > 1 ? columns(key) : std::vector<ColumnRef>();
    const auto single = one->most > 1 ? std::nullopt : column(key);
    std::vector<CheckEntry> entries;
    for (const ColumnChoice& each : m_choices) {
        const bool metric = each.column.kind == ColumnKind::Metric;
        if ((one->wanted == Wanted::Numeric && !each.numeric) || (one->wanted == Wanted::Metric && !metric) ||
            (one->wanted == Wanted::NotMetric && metric))
            continue;
        const QString group = metric                                  ? tr("Metrics")
                              : each.column.kind == ColumnKind::Param ? tr("Parameters")
                                                                      : tr("Tags");
        const bool checked =
            each.column == single || std::find(chosen.begin(), chosen.end(), each.column) != chosen.end();
        entries.push_back({group, fieldTitle(each.column),
                           each.varies ? tr("%1 runs").arg(each.count) : tr("constant"), checked});
        m_listed.push_back(each.column);
    }
    m_list->setEntries(std::move(entries));
    one->button->setOpen(true);
    m_list->openBelow(below ? below : one->button);
}

void ChartTab::pick(int entry, bool checked)
{
    const Control* one = control(m_listKey);
    if (!one || entry < 0 || entry >= std::ssize(m_listed))
        return;
    const ColumnRef& picked = m_listed[static_cast<std::size_t>(entry)];
    if (one->most == 1) {
        m_list->hide();
        return keep(m_listKey, columnToJson(picked), tr("%1 by %2").arg(m_title, fieldTitle(picked)));
    }
    std::vector<ColumnRef> chosen = columns(m_listKey);
    std::erase(chosen, picked);
    if (checked && std::ssize(chosen) < one->most)
        chosen.push_back(picked);
    keepColumns(m_listKey, chosen);
}

void ChartTab::showValue(const QString& key, const QString& value)
{
    control(key)->button->setValue(value);
}

void ChartTab::setControlVisible(const QString& key, bool visible)
{
    control(key)->button->setVisible(visible);
}

void ChartTab::keepColumns(const QString& key, const std::vector<ColumnRef>& columns)
{
    QJsonArray array;
    for (const ColumnRef& one : columns)
        array.append(columnToJson(one));
    keep(key, array, tr("%1: columns").arg(m_title));
}

void ChartTab::keep(const QString& key, const QJsonValue& value, const QString& what)
{
    QJsonObject state = m_state;
    state[key] = value;
    keepState(state, what);
}

void ChartTab::keepState(const QJsonObject& state, const QString& what)
{
    // Comes back as a change of the workspace.
    m_context.controller.setTabState(m_id, what, state);
}

void ChartTab::workspaceChanged(const Workspace&)
{
    QJsonObject state = m_context.controller.tabState(m_id);
    if (state == m_state)
        return;
    m_state = std::move(state);
    sync();
    if (isVisible()) // else the page shows the scene anew when the tab comes into sight
        draw();
}

void ChartTab::sync()
{
    for (const Control& one : m_controls) {
        if (one.box) {
            one.box->setChecked(isOn(one.key));
        } else if (!one.texts.isEmpty()) {
            one.button->setValue(one.texts.value(choice(one.key)));
        } else if (one.most > 1) {
            one.button->setValue(tr("%1 columns").arg(columns(one.key).size()));
        } else {
            const auto chosen = column(one.key);
            one.button->setValue(chosen ? nameOf(*chosen) : tr("none"));
        }
    }
}

void ChartTab::showScene(const CompareScenePtr& scene)
{
    const bool sameTable = scene->table == m_scene->table && scene->runs.size() == m_scene->runs.size() &&
                           std::equal(scene->runs.begin(), scene->runs.end(), m_scene->runs.begin(),
                                      [](const RunLook& a, const RunLook& b) { return a.row == b.row; });
    m_scene = scene;
    if (sameTable && !m_choices.empty()) {
        sync();
        return draw();
    }
    m_choosing = true;
    m_context.page.jobs.start<Choices>(
        {}, QStringLiteral("compare.columns.%1.%2").arg(m_id).arg(reinterpret_cast<quintptr>(this)), this,
        [scene](const Operation&) -> Result<Choices> {
            return std::make_shared<std::vector<ColumnChoice>>(columnChoices(*scene));
        },
        [this](Result<Choices> found) {
            m_choosing = false;
            if (found)
                m_choices = std::move(**found);
            choicesFound();
            sync();
            draw();
            emit statusChanged();
        });
}

bool ChartTab::settled() const
{
    return !m_choosing && (!panel() || panel()->canvas()->isFinished());
}

ChartTablePtr ChartTab::tableOf(const std::vector<ColumnRef>& columns,
                                const std::vector<ColumnRef>& open) const
{
    auto table = std::make_shared<ChartTable>(*chartTable(*m_scene, columns, Theme::of(this), open));
    for (std::size_t index = 0; index < columns.size(); ++index)
        table->columns[index].name = nameOf(columns[index]);
    return table;
}

std::string ChartTab::runAt(int row) const
{
    return row >= 0 && row < std::ssize(m_table->rows)
               ? m_table->rows[static_cast<std::size_t>(row)].id.toStdString()
               : std::string();
}

void ChartTab::highlightRun(const std::string& runId)
{
    const QString id = QString::fromStdString(runId);
    const auto found = std::find_if(m_table->rows.begin(), m_table->rows.end(),
                                    [&](const ChartRow& row) { return !id.isEmpty() && row.id == id; });
    panel()->canvas()->setHoveredRow(
        found == m_table->rows.end() ? -1 : static_cast<int>(found - m_table->rows.begin()));
}

ChartPanel* ChartTab::makePanel(ChartCanvas* canvas)
{
    auto* made = new ChartPanel(m_title, canvas, this);
    connect(canvas, &ChartCanvas::rowHovered, this, [this](int row) { emit runHovered(runAt(row)); });
    connect(canvas, &ChartCanvas::rowClicked, this, [this](int row) { emit runPicked(runAt(row)); });
    connect(canvas, &ChartCanvas::pictureFinished, this, &CompareTab::statusChanged);
    return made;
}

std::vector<CompareTab::ExportItem> ChartTab::exportItems()
{
    return {{tr("This chart…"), [this] { panel()->openExport(); }},
            {tr("Its values as a table"), [this] { panel()->canvas()->showTable(); }}};
}

void ChartTab::changeEvent(QEvent* event)
{
    CompareTab::changeEvent(event);
    // Colours of runs belong to the theme.
    if (event->type() == QEvent::PaletteChange && m_scene->table && isVisible())
        draw();
}

} // namespace sextant
