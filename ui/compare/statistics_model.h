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
    std::string key;              // as RunGroupLook
    std::optional<MeanTest> test; // against the reference; none for the reference itself
};

/// How groups are tested.
struct TestChoice
{
    MeanTestKind kind = MeanTestKind::Welch;
    std::optional<ColumnRef> pairBy; // of paired tests: runs of one value (a seed) belong together
    std::string reference;           // key of a group; empty: the baseline's, else the first
};

struct StatisticsTable
{
    QString column; // what was measured
    std::vector<GroupStatistics> groups;
    std::size_t reference = 0;
    MeanTestKind kind = MeanTestKind::Welch;
    QString pairedBy; // "seed"
};

/// Of the runs that are drawn; all of them are one group where there are no groups.
StatisticsTable statisticsOf(const CompareScene& scene, const ColumnRef& column, const QString& title,
                             const TestChoice& choice = {});

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
        Min,
        Median,
        Max,
        Best,
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
    /// The test of a group in sentences, with its size, effect and what it takes for granted; empty for the
    /// reference.
    QString testText(const GroupStatistics& group) const;

private:
    static QStringList found(const MeanTest& test);
    QString explain(const GroupStatistics& group, int column) const;

    StatisticsTable m_table;
    NumberFormat m_format;
};

} // namespace sextant
