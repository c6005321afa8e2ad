#include "core/store/files/run_reuse.h"

#include "core/store/files/file_marks.h"
#include "core/table/run_table_builder.h"

#include <ctime>

namespace sextant::files {

namespace {

/// A run that was not marked before it was read is trusted when it was at rest for longer than clocks of two
/// machines differ.
constexpr std::int64_t kAtRest = 600; // seconds

std::string keyOf(const std::string& path, std::string_view run)
{
    return path + "/" + std::string(run);
}

bool hasEnded(RunStatus status)
{
    return status == RunStatus::Finished || status == RunStatus::Failed || status == RunStatus::Killed;
}

} // namespace

void RunReuse::begin()
{
    m_begins = std::time(nullptr);
    if (!m_table || !m_rows.empty())
        return;
    m_rows.reserve(m_table->size());
    for (RowIndex row = 0; row < m_table->size(); ++row)
        if (hasEnded(m_table->status(row)))
            m_rows.emplace(keyOf(m_paths[m_table->data().experiments[row]], m_table->runId(row)), row);
}

RunReuse::Sight RunReuse::look(const FileHandle& experiment, const std::string& path,
                               const std::string& run) const
{
    auto key = keyOf(path, run);
    auto known = m_rows.find(key);
    if (known == m_rows.end())
        return {};
    auto folder = openFolder(experiment.get(), run.c_str(), false);
    if (!folder)
        return {};
    FilesSeen seen;
    auto mark = mixMarks(1, markOf(folder.get(), kMetaFile, &seen));
    for (const auto* values : kValueFolders) {
        mark = mixMarks(mark, markOf(folder.get(), values, &seen));
        mark = mixMarks(mark, markOfTree(folder, values, seen));
    }
    if (!seen.plain)
        return {};
    auto before = m_marks.find(key);
    bool same = before != m_marks.end() ? before->second == mark : seen.newest < m_began - kAtRest;
    return {mark, same ? known->second : kNoRow};
}

RunInfo RunReuse::info(RowIndex before) const
{
    RunInfo info;
    info.id = m_table->runId(before);
    info.name = m_table->name(before);
    info.experimentId = m_table->experiment(before).id;
    info.userId = m_table->user(before);
    info.status = m_table->status(before);
    info.lifecycle = m_table->lifecycle(before);
    info.startTime = m_table->startTime(before);
    info.endTime = m_table->endTime(before);
    info.artifactUri = m_table->artifactUri(before);
    return info;
}

namespace {

/// Calls take(new row, position in the column's arrays) for each row that is copied.
template <class Take>
void forEachCopied(const std::vector<RowIndex>& after, std::span<const RowIndex> rows, std::size_t values,
                   const Take& take)
{
    for (std::size_t i = 0; i < values; ++i) {
        auto row = rows.empty() ? static_cast<RowIndex>(i) : rows[i];
        if (row < after.size() && after[row] != kNoRow)
            take(after[row], i);
    }
}

template <class Take>
void copyTexts(const std::vector<TextColumn>& columns, const std::vector<RowIndex>& after, const Take& take)
{
    for (const auto& column : columns)
        forEachCopied(after, column.rows.span(), column.codes.size(), [&](RowIndex row, std::size_t at) {
            if (column.codes[at] != TextColumn::kNoCode)
                take(row, column.key, column.values[column.codes[at]]);
        });
}

} // namespace

void RunReuse::copy(const std::vector<RowIndex>& before, RunTableBuilder& builder) const
{
    if (!m_table)
        return;
    std::vector<RowIndex> after(m_table->size(), kNoRow);
    for (RowIndex row = 0; row < before.size(); ++row)
        if (before[row] != kNoRow)
            after[before[row]] = row;
    const auto& data = m_table->data();
    for (const auto& column : data.metrics)
        forEachCopied(after, column.rows.span(), column.values.size(), [&](RowIndex row, std::size_t at) {
            if (!isMissing(column.values[at]))
                builder.setMetric(row, column.key, column.values[at]);
        });
    copyTexts(data.params, after, [&](RowIndex row, std::string_view key, std::string_view value) {
        builder.setParam(row, key, value);
    });
    copyTexts(data.tags, after, [&](RowIndex row, std::string_view key, std::string_view value) {
        builder.setTag(row, key, value);
    });
    for (RowIndex row = 0; row < before.size(); ++row)
        if (before[row] != kNoRow)
            for (const auto& use : m_table->datasets(before[row])) {
                const auto& dataset = data.datasets[use.dataset];
                builder.addDataset(row, dataset.name, dataset.digest, data.contexts[use.context]);
            }
}

void RunReuse::keep(RunTablePtr table, std::vector<std::string> paths,
                    std::unordered_map<std::string, std::uint64_t> marks)
{
    m_table = std::move(table);
    m_paths = std::move(paths);
    m_marks = std::move(marks);
    m_rows.clear();
    m_began = m_begins;
}

} // namespace sextant::files
