#include "ui/compare/statistics_model.h"

#include "core/table/groups.h"
#include "ui/widgets/store_text.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace sextant {

namespace {

std::vector<RowIndex> visibleRows(const CompareScene& scene, const std::vector<std::size_t>& runs)
{
    std::vector<RowIndex> rows;
    for (auto run : runs)
        if (scene.runs[run].drawn())
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

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The runs of a group and their values.
struct Sample
{
    std::vector<RowIndex> rows;
    std::vector<double> values;
};

/// By what the pairing column says of each run; what it says of two runs of the group is no partner of
/// anything.
std::map<std::string, double> byPartner(const RunTable& table, const Sample& sample, const ColumnRef& column,
                                        std::set<std::string>& repeated)
{
    std::map<std::string, double> found;
    for (std::size_t i = 0; i < sample.rows.size(); ++i)
        if (auto partner = fieldText(table, column, sample.rows[i]);
            partner && !found.try_emplace(*partner, sample.values[i]).second)
            repeated.insert(*partner);
    std::erase_if(found, [&](const auto& one) { return repeated.contains(one.first); });
    return found;
}

MeanTest pairs(const RunTable& table, const Sample& group, const Sample& reference,
               const std::optional<ColumnRef>& pairBy, MeanTestKind kind)
{
    std::vector<double> first, second;
    std::set<std::string> repeated;
    if (pairBy) {
        auto others = byPartner(table, reference, *pairBy, repeated);
        for (const auto& [partner, value] : byPartner(table, group, *pairBy, repeated))
            if (auto other = others.find(partner); other != others.end()) {
                first.push_back(value);
                second.push_back(other->second);
            }
    }
    auto test = kind == MeanTestKind::Paired ? pairedTest(first, second) : signedRankTest(first, second);
    test.left += group.values.size() + reference.values.size() - first.size() - second.size();
    if (first.empty() && !repeated.empty())
        test.undefined = kAmbiguousPairs;
    if (!pairBy)
        test.undefined = StatisticsModel::tr("no column says which runs belong together").toStdString();
    return test;
}

QString number(double value)
{
    return std::isnan(value) ? QStringLiteral("—") : formatNumber(value);
}

} // namespace

StatisticsTable statisticsOf(const CompareScene& scene, const ColumnRef& column, const QString& title,
                             const TestChoice& choice)
{
    StatisticsTable made;
    made.column = title;
    made.kind = choice.kind;
    if (choice.pairBy)
        made.pairedBy = fieldTitle(*choice.pairBy);
    std::vector<Sample> samples;
    auto add = [&](const QString& label, const std::string& key, const std::vector<std::size_t>& runs) {
        auto rows = visibleRows(scene, runs);
        auto values = numbersAt(*scene.table, column, rows);
        GroupStatistics group;
        group.label = label;
        group.key = key;
        group.runs = rows.size();
        std::vector<double> present;
        std::copy_if(values.begin(), values.end(), std::back_inserter(present),
                     [](double value) { return !isMissing(value); });
        group.summary = summarize(present);
        group.summary.missing = values.size() - present.size();
        findBest(scene, column, rows, values, group);
        auto baseline =
            std::any_of(runs.begin(), runs.end(), [&](std::size_t run) { return scene.runs[run].baseline; });
        if (choice.reference.empty() ? baseline : choice.reference == key)
            made.reference = made.groups.size();
        made.groups.push_back(std::move(group));
        samples.push_back({std::move(rows), std::move(values)});
    };
    if (!scene.table)
        return made;
    for (const auto& group : scene.groups)
        add(group.label, group.key, group.runs);
    if (scene.groups.empty() && !scene.runs.empty()) {
        std::vector<std::size_t> all(scene.runs.size());
        std::iota(all.begin(), all.end(), std::size_t(0));
        add(StatisticsModel::tr("All runs"), {}, all);
    }
    for (std::size_t group = 0; group < made.groups.size(); ++group)
        if (group != made.reference)
            made.groups[group].test = choice.kind == MeanTestKind::Welch
                                          ? welchTest(samples[group].values, samples[made.reference].values)
                                          : pairs(*scene.table, samples[group], samples[made.reference],
                                                  choice.pairBy, choice.kind);
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
    emit headerDataChanged(Qt::Horizontal, PValue, Effect);
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
        return formatCount(summary.count);
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

/// What a test found, in sentences.
QStringList StatisticsModel::found(const MeanTest& test)
{
    if (test.kind == MeanTestKind::SignedRank)
        return {tr("W = %1, p = %2 %3; median difference %4")
                    .arg(number(test.statistic), number(test.pValue),
                         test.exact ? tr("(exact)") : tr("(normal approximation)"), number(test.difference)),
                tr("%1 = %2").arg(textOf(test.effectName()), number(test.effect)) +
                    (test.equal > 0 ? tr("; %n equal pair(s) left out", nullptr, static_cast<int>(test.equal))
                                    : QString())};
    const auto size = effectSize(test);
    return {tr("t = %1, df = %2, p = %3; difference %4, 95 % interval %5 to %6")
                .arg(number(test.statistic), number(test.degreesOfFreedom), number(test.pValue),
                     number(test.difference), number(test.differenceInterval.low),
                     number(test.differenceInterval.high)),
            tr("%1 = %2, %3 = %4%5")
                .arg(textOf(test.effectName()), number(test.effect), textOf(test.effectCorrectedName()),
                     number(test.effectCorrected),
                     size.empty() ? QString() : tr(": %1 by Cohen's conventions").arg(textOf(size)))};
}

QString StatisticsModel::testText(const GroupStatistics& group) const
{
    if (!group.test)
        return {};
    const auto& test = *group.test;
    const auto& reference = m_table.groups[m_table.reference].label;
    QStringList lines;
    if (!test.paired())
        lines << tr("Welch's t-test of %1 against %2, n = %3 and %4")
                     .arg(group.label, reference)
                     .arg(test.first.count)
                     .arg(test.second.count);
    else
        lines << tr("%1 of %2 against %3, runs paired by %4, n = %5 pairs")
                     .arg(test.kind == MeanTestKind::Paired ? tr("Paired t-test")
                                                            : tr("Wilcoxon's signed-rank test"),
                          group.label, reference,
                          m_table.pairedBy.isEmpty() ? tr("nothing") : m_table.pairedBy)
                     .arg(test.pairs);
    if (test.undefined.empty())
        lines << found(test);
    else
        lines << tr("Undefined: %1").arg(QString::fromStdString(test.undefined));
    if (test.paired() && test.left > 0)
        lines << tr("%1 runs without a finite partner left out").arg(test.left);
    if (test.undefined.empty())
        for (const auto& assumption : test.assumptions)
            lines << QString::fromStdString(assumption);
    return lines.join(u'\n');
}

/// What lies behind a cell: what was left out, what a test takes for granted, why something is undefined.
QString StatisticsModel::explain(const GroupStatistics& group, int column) const
{
    QStringList lines;
    if (column >= Difference && column <= Effect && group.test) {
        lines << testText(group);
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
        QT_TR_NOOP("Group"),   QT_TR_NOOP("n"),         QT_TR_NOOP("Mean"),
        QT_TR_NOOP("Std"),     QT_TR_NOOP("Std error"), QT_TR_NOOP("95 % CI of the mean"),
        QT_TR_NOOP("Δ mean"),  QT_TR_NOOP("p (Welch)"), QT_TR_NOOP("Hedges' g"),
        QT_TR_NOOP("Min"),     QT_TR_NOOP("Median"),    QT_TR_NOOP("Max"),
        QT_TR_NOOP("Best run")};
    if (role == Qt::DisplayRole && m_table.kind == MeanTestKind::SignedRank && section == Difference)
        return tr("Δ median");
    if (role == Qt::DisplayRole && m_table.kind != MeanTestKind::Welch && section == PValue)
        return m_table.kind == MeanTestKind::Paired ? tr("p (paired t)") : tr("p (Wilcoxon)");
    if (role == Qt::DisplayRole && m_table.kind != MeanTestKind::Welch && section == Effect)
        return m_table.kind == MeanTestKind::Paired ? tr("d_z, corr.") : tr("Rank-biserial r");
    if (role == Qt::DisplayRole)
        return tr(kTitles[section]);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter |
                                (section == Group || section == Best ? Qt::AlignLeft : Qt::AlignRight));
    return {};
}

} // namespace sextant
