#include "ui/compare/compare_list_model.h"

#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <algorithm>

namespace sextant {

namespace {

int sharedPrefix(const std::vector<RunLook>& runs)
{
    constexpr int kLeast = 4; // less is not worth its ellipsis
    if (runs.size() < 2)
        return 0;
    const auto& first = runs.front().name;
    auto length = first.size();
    for (const auto& run : runs) {
        const auto end =
            std::mismatch(first.begin(), first.begin() + std::min(length, run.name.size()), run.name.begin());
        length = end.first - first.begin();
    }
    while (length > 0 && !QStringLiteral("-_ ./").contains(first[length - 1]))
        --length;
    return length < kLeast ? 0 : static_cast<int>(length);
}

} // namespace

QString CompareListModel::tailOf(const QString& name) const
{
    return m_shared == 0 ? name : QChar(0x2026) + name.mid(m_shared);
}

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
    m_shared = sharedPrefix(m_scene->runs);
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

QString CompareListModel::meanText(const RunGroupLook& group) const
{
    const auto count = [](std::size_t runs) {
        return runs == 1 ? tr("1 run") : tr("%1 runs").arg(formatCount(runs));
    };
    if (m_scene->mainMetric.empty())
        return count(group.runs.size());
    QStringList parts{
        group.counted == 0
            ? tr("no value of %1 drawn").arg(oneLine(m_scene->mainMetric, 80))
            : tr("mean of %1 over %2").arg(oneLine(m_scene->mainMetric, 80), count(group.counted))};
    if (group.drawn < group.runs.size())
        parts << tr("%1 hidden or brushed away").arg(formatCount(group.runs.size() - group.drawn));
    if (group.counted < group.drawn)
        parts << tr("%1 without a finite value").arg(formatCount(group.drawn - group.counted));
    return parts.join(QStringLiteral(", "));
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
            return tr("Group %1, %2 runs, %3 %4")
                .arg(head->label, formatCount(head->runs.size()), meanText(*head), valueText(head->mean));
        return tr("%1, %2 %3%4%5")
            .arg(look->name, metric, valueText(look->value),
                 look->hidden    ? tr(", hidden")
                 : look->outside ? tr(", outside of the brushes")
                                 : QString(),
                 look->baseline ? tr(", baseline") : QString());
    case Qt::ToolTipRole:
        if (head)
            return plainToolTip(head->label + QLatin1Char('\n') + meanText(*head));
        return plainToolTip(look->name);
    default:
        return {};
    }
}

} // namespace sextant
