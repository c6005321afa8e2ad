// StatisticsModel: figures of one column for each group of the compared runs, and each group against a
// reference group. GUI thread only.
#pragma once

#include "core/statistics/mean_test.h"
#include "ui/compare/compare_scene.h"
#include "ui/widgets/number_format.h"

#include <QAbstractTableModel>

namespace sextant {

/// One group, measured.
struct GroupStatistics
{
    QString label; // safe to show
    std::size_t runs = 0;
    Summary summary;
    QString best; // name of the best run; empty while nobody said which way is better
    double bestValue = kMissing;
    std::string bestId;
    std::optional<MeanTest> test; // against the reference; none for the reference itself
};

struct StatisticsTable
{
    QString column; // what was measured
    std::vector<GroupStatistics> groups;
    std::size_t reference = 0;
};

/// Of the runs that are not hidden; all of them are one group where there are no groups. The reference is the
/// baseline's group, else the first.
StatisticsTable statisticsOf(const CompareScene& scene, const ColumnRef& column, const QString& title);

class StatisticsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        Group,
        Count,
        Mean,
        Deviation,
        Error,
        Interval,
        Difference,
        PValue,
        Effect,
        Best,
        Min,
        Median,
        Max,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setTable(StatisticsTable table);
    const StatisticsTable& table() const { return m_table; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    QString text(const GroupStatistics& group, int column) const;

private:
    QString explain(const GroupStatistics& group, int column) const;

    StatisticsTable m_table;
    NumberFormat m_format;
};

} // namespace sextant
