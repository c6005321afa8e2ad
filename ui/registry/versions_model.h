// VersionsModel: the versions of one registered model, deleted ones among them, with one metric of their
// source runs. GUI thread only.
#pragma once

#include "ui/registry/version_check.h"
#include "ui/widgets/number_format.h"

#include <QAbstractTableModel>

namespace sextant {

class VersionsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        Version,
        StageColumn,
        Aliases,
        Run,
        MetricValue,
        Delta,
        EvidenceColumn,
        Created,
        ColumnCount
    };
    struct Row
    {
        const ModelVersion* version = nullptr;
        bool deleted = false;
        RowIndex run = kNoRow; // in the table of runs
        double metric = kMissing;
    };
    enum class DeltaKind { None, Champion, Better, Worse, Neutral };

    using QAbstractTableModel::QAbstractTableModel;

    /// `metric` may be empty; `direction` 1: higher is better, -1: lower, 0: nobody said.
    void setContent(RegistryDataPtr data, const std::string& model, const std::string& metric, int direction);
    void setChecks(VersionChecks checks);
    const VersionChecks& checks() const { return m_checks; }

    const RegistryEntry* entry() const { return m_entry; }
    const Row& row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    int rowOf(std::int64_t version) const; // -1: none
    VersionEvidence evidence(int row) const;
    DeltaKind deltaKind(int row) const;
    /// "1 of 2" approvals of the open request; empty without one.
    QString requestText(int row) const;
    bool isProtected(const std::string& alias) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : ColumnCount;
    }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    void sort(int column, Qt::SortOrder order) override;

    static QString deletedText(const ModelVersion& version);
    static QString dateText(EpochMs time);

private:
    void fill();
    void arrange();
    QString text(const Row& row, int column) const;
    QString spoken(int row, int column) const;

    RegistryDataPtr m_data;
    const RegistryEntry* m_entry = nullptr;
    std::string m_metric;
    int m_direction = 0;
    VersionChecks m_checks;
    std::vector<Row> m_rows;
    double m_championMetric = kMissing;
    NumberFormat m_format;
    int m_sortColumn = Version;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
};

} // namespace sextant
