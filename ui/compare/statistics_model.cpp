#include "ui/compare/statistics_model.h"

#include "core/table/groups.h"
#include "ui/widgets/store_text.h"

#include <algorithm>
#include <cmath>

namespace sextant {

namespace {

std::vector<RowIndex> visibleRows(const CompareScene& scene, const std::vector<std::size_t>& runs)
{
    std::vector<RowIndex> rows;
    for (auto run : runs)
        if (!scene.runs[run].hidden)
            rows.push_back(scene.runs[run].row);
    return rows;
}

/// Of a metric, as the user said.
void findBest(const CompareScene& scene, const ColumnRef& column, std::span<const RowIndex> rows,
              std::span<const double> numbers, GroupStatistics& group)
{
    auto direction = scene.directions.find(column.key);
    if (column.kind != ColumnKind::Metric || direction == scene.directions.end() || group.summary.count == 0)
        return;
    group.bestValue = direction->second > 0 ? group.summary.max : group.summary.min;
    auto place = std::find(numbers.begin(), numbers.end(), group.bestValue) - numbers.begin();
    group.bestId = scene.table->runId(rows[static_cast<std::size_t>(place)]);
    if (const auto* look = scene.find(group.bestId))
        group.best = look->name;
}

QString number(double value)
{
    return std::isnan(value) ? QStringLiteral("—") : formatNumber(value);
}

} // namespace

StatisticsTable statisticsOf(const CompareScene& scene, const ColumnRef& column, const QString& title)
{
    StatisticsTable made;
    made.column = title;
    std::vector<std::vector<double>> numbers;
    auto add = [&](const QString& label, const std::vector<std::size_t>& runs) {
        auto rows = visibleRows(scene, runs);
        auto values = numbersAt(*scene.table, column, rows);
        GroupStatistics group;
        group.label = label;
        group.runs = rows.size();
        std::vector<double> present;
        std::copy_if(values.begin(), values.end(), std::back_inserter(present),
                     [](double value) { return !isMissing(value); });
        group.summary = summarize(present);
        group.summary.missing = values.size() - present.size();
        findBest(scene, column, rows, values, group);
        bool baseline =
            std::any_of(runs.begin(), runs.end(), [&](std::size_t run) { return scene.runs[run].baseline; });
        if (baseline)
            made.reference = made.groups.size();
        made.groups.push_back(std::move(group));
        numbers.push_back(std::move(values));
    };
    if (!scene.table)
        return made;
    for (const auto& group : scene.groups)
        add(group.label, group.runs);
    if (scene.groups.empty() && !scene.runs.empty()) {
        std::vector<std::size_t> all(scene.runs.size());
        for (std::size_t run = 0; run < all.size(); ++run)
            all[run] = run;
        add(StatisticsModel::tr("All runs"), all);
    }
    for (std::size_t group = 0; group < made.groups.size(); ++group)
        if (group != made.reference)
            made.groups[group].test = welchTest(numbers[group], numbers[made.reference]);
    return made;
}

void StatisticsModel::setTable(StatisticsTable table)
{
    beginResetModel();
    m_table = std::move(table);
    std::vector<double> values;
    for (const auto& group : m_table.groups)
        for (double value :
             {group.summary.mean, group.summary.deviation, group.summary.min, group.summary.max})
            values.push_back(value);
    m_format = chooseFormat(values);
    endResetModel();
}

int StatisticsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.groups.size());
}

int StatisticsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString StatisticsModel::text(const GroupStatistics& group, int column) const
{
    const auto& summary = group.summary;
    auto figure = [this](double value) {
        return std::isnan(value) ? QStringLiteral("—") : formatNumber(value, m_format);
    };
    bool reference = !group.test;
    switch (column) {
    case Group:
        return group.label;
    case Count:
        return QString::number(summary.count);
    case Mean:
        return figure(summary.mean);
    case Deviation:
        return figure(summary.deviation);
    case Error:
        return figure(summary.standardError);
    case Interval:
        return std::isnan(summary.confidence.low)
                   ? QStringLiteral("—")
                   : tr("%1 to %2").arg(figure(summary.confidence.low), figure(summary.confidence.high));
    case Min:
        return figure(summary.min);
    case Median:
        return figure(summary.median);
    case Max:
        return figure(summary.max);
    case Best:
        return group.best.isEmpty() ? QStringLiteral("—") : group.best;
    case Difference:
        if (reference)
            return tr("reference");
        return std::isnan(group.test->difference) ? QStringLiteral("—")
                                                  : formatDifference(group.test->difference, m_format);
    case PValue:
        return reference ? QString() : number(group.test->pValue);
    case Effect:
        return reference ? QString() : number(group.test->effectCorrected);
    default:
        return {};
    }
}

/// What lies behind a cell: what was left out, what a test takes for granted, why something is undefined.
QString StatisticsModel::explain(const GroupStatistics& group, int column) const
{
    QStringList lines;
    if (column >= Difference && column <= Effect && group.test) {
        const auto& test = *group.test;
        const auto& reference = m_table.groups[m_table.reference].label;
        lines << tr("Welch's test against %1").arg(reference);
        if (test.undefined.empty())
            lines << tr("t = %1, df = %2, p = %3, 95 % interval %4 to %5")
                         .arg(number(test.statistic), number(test.degreesOfFreedom), number(test.pValue),
                              number(test.differenceInterval.low), number(test.differenceInterval.high))
                  << tr("Cohen's d = %1, Hedges' g = %2, n = %3 and %4")
                         .arg(number(test.effect), number(test.effectCorrected))
                         .arg(test.first.count)
                         .arg(test.second.count);
        else
            lines << tr("Undefined: %1").arg(QString::fromStdString(test.undefined));
        for (const auto& assumption : test.assumptions)
            lines << QString::fromStdString(assumption);
    } else {
        auto undefined = group.summary.undefined();
        if (!undefined.empty())
            lines << QString::fromUtf8(undefined.data(), static_cast<qsizetype>(undefined.size()));
        if (auto left = group.summary.leftOut(); !left.empty())
            lines << QString::fromStdString(left);
    }
    return lines.isEmpty() ? QString() : plainToolTip(lines.join(u'\n'));
}

QVariant StatisticsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto& group = m_table.groups[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(group, index.column());
    case Qt::TextAlignmentRole:
        return static_cast<int>(
            Qt::AlignVCenter |
            (index.column() == Group || index.column() == Best ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::ToolTipRole:
        return explain(group, index.column());
    default:
        return {};
    }
}

QVariant StatisticsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    static const char* const kTitles[] = {
        QT_TR_NOOP("Group"),    QT_TR_NOOP("n"),         QT_TR_NOOP("Mean"),
        QT_TR_NOOP("Std"),      QT_TR_NOOP("Std error"), QT_TR_NOOP("95 % CI of the mean"),
        QT_TR_NOOP("Δ mean"),   QT_TR_NOOP("p (Welch)"), QT_TR_NOOP("Hedges' g"),
        QT_TR_NOOP("Best run"), QT_TR_NOOP("Min"),       QT_TR_NOOP("Median"),
        QT_TR_NOOP("Max")};
    if (role == Qt::DisplayRole)
        return tr(kTitles[section]);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter |
                                (section == Group || section == Best ? Qt::AlignLeft : Qt::AlignRight));
    return {};
}

} // namespace sextant
