// The tables of a run's page: metrics with their extremes and small lines, grouped by prefix; parameters
// beside the baseline's. Thin models over plain rows. GUI thread only.
#pragma once

#include "core/tracking/run.h"
#include "ui/widgets/sparkline.h"

#include <QAbstractTableModel>

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace sextant {

class RunMetricsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Last, Lowest, Highest, Line, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setMetrics(const std::vector<Metric>& metrics);
    void setFacts(const std::string& key, MetricFacts facts);
    bool hasFacts(const std::string& key) const { return m_facts.contains(key); }
    /// Keys in the order shown.
    const std::vector<std::string>& keys() const { return m_keys; }
    /// Opens or closes the group of a head.
    void toggle(int row);
    quint64 points() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        bool head = false;
        std::string group;
        std::size_t metric = 0; // in m_metrics; of a head: how many it has
    };
    void rebuild();
    QString cellText(const Row& row, int column) const;

    std::vector<Metric> m_metrics;
    std::vector<std::string> m_keys;
    std::vector<Row> m_rows;
    std::map<std::string, MetricFacts> m_facts;
    std::set<std::string> m_closed;
};

class RunParamsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Value, Baseline };

    using QAbstractTableModel::QAbstractTableModel;

    /// Without a baseline there is no third column.
    void setParams(const TagMap& params, const std::optional<TagMap>& baseline);
    void setSearch(const QString& text);
    int differing() const { return m_differing; }
    int total() const { return static_cast<int>(m_all.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Param
    {
        std::string key;
        std::optional<std::string> value, baseline;
        bool differs = false;
    };
    void rebuild();

    std::vector<Param> m_all;
    std::vector<std::size_t> m_rows;
    QString m_search;
    bool m_hasBaseline = false;
    int m_differing = 0;
};

} // namespace sextant
