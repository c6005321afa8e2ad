#include "core/store/files/value_batch.h"

namespace sextant::files {

ValueBatch::Text ValueBatch::keep(std::string_view key, std::string_view value)
{
    Text text{m_row, static_cast<std::uint32_t>(key.size()), m_bytes.size(), value.size()};
    m_bytes.append(key).append(value);
    return text;
}

void ValueBatch::metric(std::string_view key, const MetricPoint& latest)
{
    m_metrics.push_back({m_row, static_cast<std::uint32_t>(key.size()), m_bytes.size(), latest.value});
    m_bytes.append(key);
}

void ValueBatch::param(std::string_view key, std::string_view value)
{
    m_params.push_back(keep(key, value));
}

void ValueBatch::tag(std::string_view key, std::string_view value)
{
    m_tags.push_back(keep(key, value));
}

void ValueBatch::dataset(const Dataset& dataset, TagMap tags)
{
    auto context = tags.find("mlflow.data.context");
    m_datasets.push_back(
        {m_row, dataset.name, dataset.digest, context == tags.end() ? std::string() : context->second});
}

void ValueBatch::putMetrics(RunTableBuilder& builder) const
{
    std::string_view bytes = m_bytes;
    for (const auto& metric : m_metrics)
        builder.setMetric(metric.row, bytes.substr(metric.at, metric.keyLength), metric.value);
}

void ValueBatch::putParams(RunTableBuilder& builder) const
{
    std::string_view bytes = m_bytes;
    for (const auto& text : m_params)
        builder.setParam(text.row, bytes.substr(text.at, text.keyLength),
                         bytes.substr(text.at + text.keyLength, text.length));
}

void ValueBatch::putTags(RunTableBuilder& builder) const
{
    std::string_view bytes = m_bytes;
    for (const auto& text : m_tags)
        builder.setTag(text.row, bytes.substr(text.at, text.keyLength),
                       bytes.substr(text.at + text.keyLength, text.length));
}

void ValueBatch::putDatasets(RunTableBuilder& builder) const
{
    for (const auto& data : m_datasets)
        builder.addDataset(data.row, data.name, data.digest, data.context);
}

void ValueBatch::clear()
{
    m_bytes.clear();
    m_metrics.clear();
    m_params.clear();
    m_tags.clear();
    m_datasets.clear();
    m_rejected.clear();
}

} // namespace sextant::files
