// ValueBatch: what one thread read from many runs, packed until it goes into the table.
#pragma once

#include "core/store/files/run_reader.h"
#include "core/table/run_table_builder.h"

#include <string>
#include <vector>

namespace sextant::files {

class ValueBatch final : public RunSink
{
public:
    void setRow(RowIndex row) { m_row = row; }
    /// The row that was read is no run.
    void rejectRow() { m_rejected.push_back(m_row); }
    const std::vector<RowIndex>& rejected() const { return m_rejected; }

    void metric(std::string_view key, const MetricPoint& latest) override;
    void param(std::string_view key, std::string_view value) override;
    void tag(std::string_view key, std::string_view value) override;
    void dataset(const Dataset& dataset, TagMap tags) override;

    // Each kind may be put into the builder by a thread of its own.
    void putMetrics(RunTableBuilder& builder) const;
    void putParams(RunTableBuilder& builder) const;
    void putTags(RunTableBuilder& builder) const;
    void putDatasets(RunTableBuilder& builder) const;

    void clear();

private:
    struct Number
    {
        RowIndex row;
        std::uint32_t keyLength;
        std::size_t at;
        double value;
    };
    struct Text
    {
        RowIndex row;
        std::uint32_t keyLength;
        std::size_t at;
        std::size_t length;
    };
    struct Data
    {
        RowIndex row;
        std::string name, digest, context;
    };
    Text keep(std::string_view key, std::string_view value);

    RowIndex m_row = 0;
    std::string m_bytes;
    std::vector<Number> m_metrics;
    std::vector<Text> m_params, m_tags;
    std::vector<Data> m_datasets;
    std::vector<RowIndex> m_rejected;
};

} // namespace sextant::files
