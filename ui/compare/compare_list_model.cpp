#include "ui/compare/compare_list_model.h"

#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

namespace sextant {

std::vector<CompareListModel::Row> CompareListModel::rowsOf(const CompareScene& scene) const
{
    std::vector<Row> rows;
    for (std::size_t i = 0; i < scene.runs.size(); ++i) {
        auto group = scene.runs[i].group;
        if (group >= 0 && (i == 0 || scene.runs[i - 1].group != group))
            rows.push_back({group, 0});
        if (group < 0 || !scene.groups[static_cast<std::size_t>(group)].folded)
            rows.push_back({-1, i});
    }
    return rows;
}

void CompareListModel::setScene(CompareScenePtr scene)
{
    auto rows = rowsOf(*scene);
    auto idAt = [](const CompareScene& in, const Row& row) {
        return row.group >= 0 ? in.groups[static_cast<std::size_t>(row.group)].key : in.runs[row.run].runId;
    };
    // Rows that stay where they are keep selection and place; anything else is a new list.
    auto same = rows.size() == m_rows.size();
    for (std::size_t i = 0; same && i < rows.size(); ++i)
        same = (rows[i].group >= 0) == (m_rows[i].group >= 0) &&
               idAt(*scene, rows[i]) == idAt(*m_scene, m_rows[i]);
    if (!same)
        beginResetModel();
    m_scene = std::move(scene);
    m_rows = std::move(rows);
    std::vector<double> values;
    for (const auto& run : m_scene->runs)
        values.push_back(run.value);
    m_format = chooseFormat(values);
    if (!same)
        endResetModel();
    else if (!m_rows.empty())
        emit dataChanged(index(0), index(static_cast<int>(m_rows.size()) - 1));
}

const RunLook* CompareListModel::run(int row) const
{
    if (row < 0 || row >= rowCount() || m_rows[static_cast<std::size_t>(row)].group >= 0)
        return nullptr;
    return &m_scene->runs[m_rows[static_cast<std::size_t>(row)].run];
}

const RunGroupLook* CompareListModel::group(int row) const
{
    if (row < 0 || row >= rowCount() || m_rows[static_cast<std::size_t>(row)].group < 0)
        return nullptr;
    return &m_scene->groups[static_cast<std::size_t>(m_rows[static_cast<std::size_t>(row)].group)];
}

int CompareListModel::rowOf(const std::string& runId) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (const auto* look = run(row); look && look->runId == runId)
            return row;
    }
    return -1;
}

int CompareListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CompareListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto* look = run(index.row());
    const auto* head = group(index.row());
    auto metric = oneLine(m_scene->mainMetric, 80);
    switch (role) {
    case Qt::DisplayRole:
        return look ? look->name : head->label;
    case ValueRole:
        return valueText(look ? look->value : head->mean);
    case RunIdRole:
        return look ? QString::fromStdString(look->runId) : QString();
    case IsGroupRole:
        return head != nullptr;
    case Qt::AccessibleTextRole:
        if (head)
            return tr("Group %1, %2 runs, mean %3 %4")
                .arg(head->label, formatCount(head->runs.size()), metric, valueText(head->mean));
        return tr("%1, %2 %3%4%5")
            .arg(look->name, metric, valueText(look->value),
                 look->hidden    ? tr(", hidden")
                 : look->outside ? tr(", outside of the brushes")
                                 : QString(),
                 look->baseline ? tr(", baseline") : QString());
    case Qt::ToolTipRole:
        if (head)
            return plainToolTip(
                head->counted < 2
                    ? tr("%1: %2 runs").arg(head->label, formatCount(head->runs.size()))
                    : tr("%1: mean of %2 of %3 runs")
                          .arg(head->label, formatCount(head->counted), formatCount(head->runs.size())));
        return plainToolTip(look->name);
    default:
        return {};
    }
}

} // namespace sextant
