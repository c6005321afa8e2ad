#include "ui/runs/run_tables.h"

#include "core/base/number.h"
#include "core/table/columns.h"
#include "ui/runs/cell_text_delegate.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

namespace sextant {

namespace {

const QString kDash = QStringLiteral("—");

std::string prefixOf(const std::string& key)
{
    auto slash = key.find('/');
    return slash == std::string::npos ? std::string() : key.substr(0, slash);
}

} // namespace

void RunMetricsModel::setMetrics(const std::vector<Metric>& metrics)
{
    beginResetModel();
    m_metrics = metrics;
    // Groups in the order of their names, the machine's own measurements last.
    std::stable_sort(m_metrics.begin(), m_metrics.end(), [](const Metric& a, const Metric& b) {
        auto first = prefixOf(a.key), second = prefixOf(b.key);
        auto machine = [](const std::string& prefix) { return prefix == "system" || prefix == "sys"; };
        return std::tuple(machine(first), first, std::string_view(a.key)) <
               std::tuple(machine(second), second, std::string_view(b.key));
    });
    m_keys.clear();
    for (const auto& metric : m_metrics)
        m_keys.push_back(metric.key);
    m_facts.clear();
    rebuild();
    endResetModel();
}

void RunMetricsModel::rebuild()
{
    m_rows.clear();
    for (std::size_t i = 0; i < m_metrics.size();) {
        auto group = prefixOf(m_metrics[i].key);
        auto end = i;
        while (end < m_metrics.size() && prefixOf(m_metrics[end].key) == group)
            ++end;
        if (!group.empty())
            m_rows.push_back({true, group, end - i});
        for (auto metric = i; metric < end && (group.empty() || !m_closed.contains(group)); ++metric)
            m_rows.push_back({false, group, metric});
        i = end;
    }
}

void RunMetricsModel::toggle(int row)
{
    if (row < 0 || row >= rowCount() || !m_rows[static_cast<std::size_t>(row)].head)
        return;
    auto group = m_rows[static_cast<std::size_t>(row)].group;
    beginResetModel();
    if (!m_closed.erase(group))
        m_closed.insert(group);
    rebuild();
    endResetModel();
}

void RunMetricsModel::setFacts(const std::string& key, MetricFacts facts)
{
    m_facts[key] = std::move(facts);
    for (int row = 0; row < rowCount(); ++row) {
        const auto& shown = m_rows[static_cast<std::size_t>(row)];
        if (!shown.head && m_metrics[shown.metric].key == key)
            emit dataChanged(index(row, Lowest), index(row, Line));
    }
}

quint64 RunMetricsModel::points() const
{
    quint64 points = 0;
    for (const auto& [key, facts] : m_facts)
        points += facts.points;
    return points;
}

int RunMetricsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RunMetricsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RunMetricsModel::cellText(const Row& row, int column) const
{
    const auto& metric = m_metrics[row.metric];
    if (column == Name)
        return oneLine(row.group.empty() ? metric.key : metric.key.substr(row.group.size() + 1));
    if (column == Line)
        return {};
    if (column == Last)
        return formatNumber(metric.value);
    auto facts = m_facts.find(metric.key);
    if (facts == m_facts.end())
        return QStringLiteral("…");
    std::array values{metric.value, facts->second.lowest, facts->second.highest};
    auto format = chooseFormat(values);
    return formatNumber(column == Lowest ? facts->second.lowest : facts->second.highest, format);
}

QVariant RunMetricsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == CellTextDelegate::kLookRole) {
        CellLook look;
        look.head = row.head;
        look.open = !m_closed.contains(row.group);
        look.remark = row.head ? formatCount(row.metric) : QString();
        look.indent = !row.head && index.column() == Name && !row.group.empty() ? 24 : 0;
        look.number = index.column() != Name && index.column() != Line;
        look.strong = index.column() == Last;
        look.muted = index.column() == Lowest || index.column() == Highest;
        if (auto facts =
                row.head || index.column() != Line ? m_facts.end() : m_facts.find(m_metrics[row.metric].key);
            facts != m_facts.end())
            look.line = facts->second.line;
        return QVariant::fromValue(look);
    }
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return row.head ? (index.column() == 0 ? oneLine(row.group) : QString())
                        : cellText(row, index.column());
    if (role == Qt::ToolTipRole && !row.head) {
        const auto& metric = m_metrics[row.metric];
        return plainToolTip(
            oneLine(metric.key) + QLatin1String("\n") +
            tr("%1 at step %2").arg(QString::fromStdString(formatDouble(metric.value))).arg(metric.step));
    }
    return {};
}

QVariant RunMetricsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (section == Name ? Qt::AlignLeft : Qt::AlignRight)));
    static const QStringList kTitles{tr("Name"), tr("Last"), tr("Min"), tr("Max"), tr("History")};
    return role == Qt::DisplayRole && section < kTitles.size() ? QVariant(kTitles[section]) : QVariant();
}

void RunParamsModel::setParams(const TagMap& params, const std::optional<TagMap>& baseline)
{
    beginResetModel();
    m_all.clear();
    m_hasBaseline = baseline.has_value();
    m_differing = 0;
    auto keys = params;
    if (baseline)
        keys.insert(baseline->begin(), baseline->end());
    for (const auto& [key, unused] : keys) {
        Param param{key, {}, {}};
        if (auto found = params.find(key); found != params.end())
            param.value = found->second;
        if (baseline) {
            if (auto found = baseline->find(key); found != baseline->end())
                param.baseline = found->second;
            param.differs = param.value != param.baseline;
        }
        m_differing += param.differs;
        m_all.push_back(std::move(param));
    }
    rebuild();
    endResetModel();
}

void RunParamsModel::setSearch(const QString& text)
{
    beginResetModel();
    m_search = text;
    rebuild();
    endResetModel();
}

void RunParamsModel::rebuild()
{
    m_rows.clear();
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        const auto& param = m_all[i];
        if (m_search.isEmpty() || oneLine(param.key).contains(m_search, Qt::CaseInsensitive) ||
            (param.value && oneLine(*param.value).contains(m_search, Qt::CaseInsensitive)))
            m_rows.push_back(i);
    }
}

int RunParamsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RunParamsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_hasBaseline ? 3 : 2;
}

QVariant RunParamsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto& param = m_all[m_rows[static_cast<std::size_t>(index.row())]];
    if (role == CellTextDelegate::kLookRole) {
        CellLook look;
        look.tinted = param.differs;
        look.strong = param.differs && index.column() == Value;
        look.muted = index.column() == Baseline;
        return QVariant::fromValue(look);
    }
    auto text = [](const std::optional<std::string>& value) { return value ? oneLine(*value) : kDash; };
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
        if (index.column() == Name)
            return oneLine(param.key);
        if (index.column() == Value)
            return text(param.value);
        return param.differs ? text(param.baseline) : QStringLiteral("=");
    }
    if (role == Qt::ToolTipRole)
        return plainToolTip(index.column() == Name ? oneLine(param.key)
                            : index.column() == Value
                                ? manyLines(param.value.value_or(std::string()), 2000)
                                : manyLines(param.baseline.value_or(std::string()), 2000));
    return {};
}

QVariant RunParamsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | Qt::AlignLeft));
    static const QStringList kTitles{tr("Name"), tr("Value"), tr("Baseline")};
    return role == Qt::DisplayRole && section < kTitles.size() ? QVariant(kTitles[section]) : QVariant();
}

} // namespace sextant
