#include "ui/runs/group_inspector.h"

#include "ui/runs/group_text.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/fact_rows.h"
#include "ui/widgets/label.h"
#include "ui/widgets/section.h"
#include "ui/widgets/store_text.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace sextant {

namespace {

constexpr std::size_t kMostColumns = 24; // more are in the table
const QString kLane = QStringLiteral("runs.inspector.group");

} // namespace

GroupInspector::GroupInspector(RunsController& controller, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_name(new ElidedLabel(Theme::Text::Title)),
      m_count(new TextLabel({}, Theme::Text::Body, "text.muted")), m_best(new QPushButton),
      m_keys(new FactRows(150))
{
    const auto& theme = Theme::of(this);
    setAccessibleName(tr("Selected group"));
    auto* head = new QVBoxLayout;
    head->setContentsMargins(theme.length("space.3"), theme.length("space.2"), theme.length("space.3"),
                             theme.length("space.3"));
    head->setSpacing(2);
    head->addWidget(m_name);
    head->addWidget(m_count);
    head->addSpacing(6);
    m_best->setAccessibleName(tr("Best run"));
    setControlRole(m_best, ControlRole::Link);
    setSmall(m_best);
    m_best->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    head->addWidget(m_best);
    head->addWidget(m_keys);
    connect(m_best, &QPushButton::clicked, this, [this] { emit bestWanted(m_group); });

    auto* inner = new QWidget;
    m_column = new QVBoxLayout(inner);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(scrollingColumn(inner), 1);
}

bool GroupInspector::showGroup(const std::string& key)
{
    const auto& model = m_controller.model();
    auto row = model.groups() ? model.rowOfGroup(key) : -1;
    if (row < 0)
        return false;
    auto group = model.groupOf(row);
    fillHead(group);
    if (m_shown != model.arrangement() || m_group != group)
        loadFigures(group);
    m_shown = model.arrangement();
    m_group = group;
    return true;
}

void GroupInspector::fillHead(int group)
{
    const auto& model = m_controller.model();
    const auto& groups = *model.groups();
    auto index = static_cast<std::size_t>(group);
    m_name->setText(model.groupName(group));
    auto size = groups.groups[index].size();
    m_count->setText(counted(size, tr("1 run"), tr("%1 runs")));
    auto best = groups.groups[index].best;
    m_best->setVisible(best != kNoRow);
    if (best != kNoRow)
        m_best->setText(tr("Best run: %1").arg(oneLine(model.arrangement()->table->name(best), 60)));
    std::vector<Fact> facts;
    for (std::size_t field = 0; field < groups.runs.fields().size(); ++field) {
        Fact fact;
        fact.label = groupFieldTitle(groups.runs.fields()[field].column);
        fact.value = groups.value(index, field) ? groupValueText(groups, index, field) : tr("none");
        facts.push_back(std::move(fact));
    }
    m_keys->setFacts(std::move(facts));
}

void GroupInspector::loadFigures(int group)
{
    const auto& model = m_controller.model();
    const auto& place = model.groups()->groups[static_cast<std::size_t>(group)];
    std::vector<RunsColumn> columns;
    for (const auto& column : model.columns()) {
        auto isMeasured = column.ref.kind == ColumnKind::Metric || column.ref.key == "duration";
        if (column.kind == RunsColumnKind::Value && isMeasured && columns.size() < kMostColumns)
            columns.push_back(column);
    }
    auto work = [arrangement = model.arrangement(), columns, first = place.first,
                 size = place.size()](const Operation& operation) -> Result<std::vector<Summary>> {
        std::vector<Summary> summaries;
        for (const auto& column : columns) {
            if (operation.cancelled())
                return cancelledError();
            summaries.push_back(
                summaryOf(*arrangement->table, column, std::span(arrangement->rows).subspan(first, size)));
        }
        return summaries;
    };
    // The columns point into the arrangement, which stays in the job until it is done.
    m_controller.context().jobs.start<std::vector<Summary>>(
        {}, kLane, this, work,
        [this, columns, keep = model.arrangement()](Result<std::vector<Summary>> summaries) {
            if (summaries)
                fillFigures(columns, *summaries);
        });
}

Section* GroupInspector::sectionAt(std::size_t place)
{
    while (m_sections.size() <= place) {
        auto* section = new Section({});
        auto* rows = new FactRows(150);
        section->body()->addWidget(rows);
        m_column->insertWidget(static_cast<int>(m_sections.size()), section);
        m_sections.push_back(section);
        m_rows.push_back(rows);
    }
    return m_sections[place];
}

void GroupInspector::fillFigures(const std::vector<RunsColumn>& columns,
                                 const std::vector<Summary>& summaries)
{
    for (std::size_t i = 0; i < std::max(columns.size(), m_sections.size()); ++i) {
        auto* section = sectionAt(i);
        section->setVisible(i < columns.size());
        if (i >= columns.size())
            continue;
        section->setTitle(columns[i].title);
        std::vector<Fact> facts;
        for (const auto& line : figureLines(summaries[i], columns[i])) {
            Fact fact;
            fact.label = line.name;
            fact.value = line.value;
            facts.push_back(std::move(fact));
        }
        m_rows[i]->setFacts(std::move(facts));
    }
}

} // namespace sextant
