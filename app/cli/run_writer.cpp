#include "app/cli/run_writer.h"

#include "app/cli/csv_writer.h"
#include "app/cli/display.h"
#include "app/cli/text_table.h"

#include <algorithm>
#include <numeric>

namespace sextant::cli {

namespace {

using Kind = RunColumn::Kind;

constexpr std::size_t kRowsBetweenChecks = 1024;

/// One object of a run in JSON ("metrics"): its columns with keys made ready, and for sparse columns where
/// each row's values are, so that 12,000 columns cost no row more than the values it has.
template <class Column>
class RowValues
{
public:
    RowValues(const std::vector<const Column*>& columns, std::size_t rows)
    {
        for (const auto* column : columns) {
            m_keys.push_back(JsonWriter::quoted(column->key));
            m_columns.push_back(column);
        }
        std::vector<std::uint32_t> counts(rows + 1, 0);
        for (const auto* column : columns) {
            for (auto row : column->rows)
                ++counts[row + 1];
        }
        std::partial_sum(counts.begin(), counts.end(), counts.begin());
        m_offsets = counts;
        m_sparse.resize(counts.back());
        for (std::uint32_t index = 0; index < m_columns.size(); ++index) {
            if (m_columns[index]->rows.empty())
                m_dense.push_back(index);
            for (std::uint32_t position = 0; position < m_columns[index]->rows.size(); ++position)
                m_sparse[counts[m_columns[index]->rows[position]]++] = {index, position};
        }
    }

    template <class Write>
    void forEach(RowIndex row, Write write) const
    {
        auto next = m_offsets[row], end = m_offsets[row + 1];
        for (auto index : m_dense) {
            for (; next < end && m_sparse[next].column < index; ++next)
                write(m_keys[m_sparse[next].column], *m_columns[m_sparse[next].column],
                      m_sparse[next].position);
            write(m_keys[index], *m_columns[index], row);
        }
        for (; next < end; ++next)
            write(m_keys[m_sparse[next].column], *m_columns[m_sparse[next].column], m_sparse[next].position);
    }

private:
    struct Place
    {
        std::uint32_t column;
        std::uint32_t position;
    };
    std::vector<std::string> m_keys;
    std::vector<const Column*> m_columns;
    std::vector<std::uint32_t> m_dense;
    std::vector<std::uint32_t> m_offsets; // by row, into m_sparse
    std::vector<Place> m_sparse;
};

/// The columns of a kind: all of the table, or those that were named.
template <class Column>
std::vector<const Column*> columnsOf(const RunSelection& selection, const std::vector<Column>& all, Kind kind)
{
    std::vector<const Column*> result;
    if (!selection.chosen) {
        for (const auto& column : all)
            result.push_back(&column);
        return result;
    }
    for (const auto& column : selection.columns) {
        if constexpr (std::is_same_v<Column, MetricColumn>) {
            if (column.kind == kind && column.metric)
                result.push_back(column.metric);
        } else if (column.kind == kind && column.text) {
            result.push_back(column.text);
        }
    }
    return result;
}

/// Writes one run after the other as JSON objects.
class RunObjects
{
public:
    RunObjects(JsonWriter& json, const RunSelection& selection)
        : m_json(json), m_table(*selection.table), m_all(!selection.chosen),
          m_metrics(columnsOf(selection, m_table.data().metrics, Kind::Metric), m_table.size()),
          m_params(columnsOf(selection, m_table.data().params, Kind::Param), m_table.size()),
          m_tags(columnsOf(selection, m_table.data().tags, Kind::Tag), m_table.size())
    {
        for (auto attribute :
             {RunAttribute::RunId, RunAttribute::RunName, RunAttribute::ExperimentId, RunAttribute::Status,
              RunAttribute::StartTime, RunAttribute::EndTime, RunAttribute::LifecycleStage,
              RunAttribute::UserId, RunAttribute::ArtifactUri}) {
            if (m_all)
                m_attributes.push_back({attribute, JsonWriter::quoted(nameOf(attribute))});
        }
        for (const auto& column : selection.columns) {
            m_has[static_cast<std::size_t>(column.kind)] = true;
            if (!m_all && column.kind == Kind::Attribute)
                m_attributes.push_back({column.attribute, JsonWriter::quoted(column.name)});
        }
    }

    void write(RowIndex row)
    {
        m_json.beginObject();
        for (const auto& [attribute, key] : m_attributes) {
            m_json.quotedKey(key);
            writeAttribute(attribute, row);
        }
        if (m_all || m_has[static_cast<std::size_t>(Kind::Metric)])
            writeMetrics(row);
        if (m_all || m_has[static_cast<std::size_t>(Kind::Param)])
            writeTexts("params", m_params, row);
        if (m_all || m_has[static_cast<std::size_t>(Kind::Tag)])
            writeTexts("tags", m_tags, row);
        if (m_all) {
            m_json.quotedKey("\"datasets\"");
            writeDatasets(row);
        }
        m_json.endObject();
    }

private:
    void writeAttribute(RunAttribute attribute, RowIndex row)
    {
        switch (attribute) {
        case RunAttribute::RunId:
            m_json.string(m_table.runId(row));
            return;
        case RunAttribute::RunName:
            m_json.string(m_table.name(row));
            return;
        case RunAttribute::ExperimentId:
            m_json.string(m_table.experiment(row).id);
            return;
        case RunAttribute::ExperimentName:
            m_json.string(m_table.experiment(row).name);
            return;
        case RunAttribute::Status:
            m_json.string(toText(m_table.status(row)));
            return;
        case RunAttribute::StartTime:
            m_json.time(m_table.startTime(row));
            return;
        case RunAttribute::EndTime:
            m_json.time(m_table.endTime(row));
            return;
        case RunAttribute::Duration:
            m_json.time(durationOf(m_table, row));
            return;
        case RunAttribute::LifecycleStage:
            m_json.string(toText(m_table.lifecycle(row)));
            return;
        case RunAttribute::UserId:
            m_json.string(m_table.user(row));
            return;
        case RunAttribute::ArtifactUri:
            m_json.string(m_table.artifactUri(row));
            return;
        case RunAttribute::Datasets:
            writeDatasets(row);
            return;
        }
    }

    void writeMetrics(RowIndex row)
    {
        m_json.quotedKey("\"metrics\"");
        m_json.beginObject();
        m_metrics.forEach(row,
                          [this](const std::string& key, const MetricColumn& column, std::size_t position) {
                              if (position >= column.values.size() || isMissing(column.values[position]))
                                  return;
                              m_json.quotedKey(key);
                              m_json.number(column.values[position]);
                          });
        m_json.endObject();
    }

    void writeTexts(std::string_view name, const RowValues<TextColumn>& texts, RowIndex row)
    {
        m_json.key(name);
        m_json.beginObject();
        texts.forEach(row, [this](const std::string& key, const TextColumn& column, std::size_t position) {
            if (position >= column.codes.size() || column.codes[position] == TextColumn::kNoCode)
                return;
            m_json.quotedKey(key);
            m_json.string(column.values[column.codes[position]]);
        });
        m_json.endObject();
    }

    void writeDatasets(RowIndex row)
    {
        m_json.beginArray();
        for (auto use : m_table.datasets(row)) {
            const auto& dataset = m_table.data().datasets[use.dataset];
            m_json.beginObject();
            m_json.field("name", dataset.name);
            m_json.field("digest", dataset.digest);
            m_json.key("context");
            const auto& context = m_table.data().contexts[use.context];
            context.empty() ? m_json.null() : m_json.string(context);
            m_json.endObject();
        }
        m_json.endArray();
    }

    JsonWriter& m_json;
    const RunTable& m_table;
    bool m_all;
    bool m_has[4] = {};
    std::vector<std::pair<RunAttribute, std::string>> m_attributes;
    RowValues<MetricColumn> m_metrics;
    RowValues<TextColumn> m_params;
    RowValues<TextColumn> m_tags;
};

std::string datasetsText(const RunTable& table, RowIndex row)
{
    std::string text;
    for (auto use : table.datasets(row)) {
        const auto& dataset = table.data().datasets[use.dataset];
        text += (text.empty() ? "" : ", ") + dataset.name + " (" + dataset.digest + ")";
    }
    return text;
}

/// Attributes that are texts, in csv and tables.
std::string attributeText(const RunTable& table, RunAttribute attribute, RowIndex row)
{
    switch (attribute) {
    case RunAttribute::RunId:
        return std::string(table.runId(row));
    case RunAttribute::RunName:
        return std::string(table.name(row));
    case RunAttribute::ExperimentId:
        return table.experiment(row).id;
    case RunAttribute::ExperimentName:
        return table.experiment(row).name;
    case RunAttribute::Status:
        return std::string(toText(table.status(row)));
    case RunAttribute::LifecycleStage:
        return std::string(toText(table.lifecycle(row)));
    case RunAttribute::UserId:
        return std::string(table.user(row));
    case RunAttribute::ArtifactUri:
        return std::string(table.artifactUri(row));
    case RunAttribute::Datasets:
        return datasetsText(table, row);
    default:
        return {};
    }
}

void writeCsvCell(CsvWriter& csv, const RunTable& table, const RunColumn& column, RowIndex row)
{
    if (column.kind == Kind::Metric) {
        auto value = column.metric ? column.metric->at(row) : kMissing;
        isMissing(value) ? csv.absent() : csv.number(value);
    } else if (column.kind != Kind::Attribute) {
        auto text = column.text ? column.text->at(row) : std::nullopt;
        text ? csv.text(*text) : csv.absent();
    } else if (column.attribute == RunAttribute::StartTime) {
        csv.time(table.startTime(row));
    } else if (column.attribute == RunAttribute::EndTime) {
        csv.time(table.endTime(row));
    } else if (column.attribute == RunAttribute::Duration) {
        auto duration = durationOf(table, row);
        isKnown(duration) ? csv.integer(duration) : csv.absent();
    } else {
        csv.text(attributeText(table, column.attribute, row));
    }
}

std::string tableCell(const RunTable& table, const RunColumn& column, RowIndex row)
{
    if (column.kind == Kind::Metric) {
        auto value = column.metric ? column.metric->at(row) : kMissing;
        return isMissing(value) ? std::string() : displayNumber(value);
    }
    if (column.kind != Kind::Attribute)
        return std::string(column.text ? column.text->at(row).value_or("") : "");
    switch (column.attribute) {
    case RunAttribute::StartTime:
        return displayTime(table.startTime(row));
    case RunAttribute::EndTime:
        return displayTime(table.endTime(row));
    case RunAttribute::Duration:
        return displayDuration(durationOf(table, row));
    default:
        return attributeText(table, column.attribute, row);
    }
}

/// How much of the ids tells the runs apart; `runs show` takes the beginning of an id.
std::size_t shortestIds(const RunTable& table)
{
    std::vector<std::string_view> ids;
    for (RowIndex row = 0; row < table.size(); ++row)
        ids.push_back(table.runId(row));
    std::sort(ids.begin(), ids.end());
    std::size_t length = 8;
    for (std::size_t i = 1; i < ids.size(); ++i) {
        auto common = std::mismatch(ids[i].begin(), ids[i].end(), ids[i - 1].begin(), ids[i - 1].end()).first;
        length = std::max(length, static_cast<std::size_t>(common - ids[i].begin()) + 1);
    }
    return length;
}

std::string titleOf(const RunColumn& column)
{
    if (column.kind != Kind::Attribute)
        return column.kind == Kind::Metric ? column.name.substr(std::string_view("metrics.").size())
                                           : column.name;
    switch (column.attribute) {
    case RunAttribute::RunId:
        return "RUN";
    case RunAttribute::RunName:
        return "NAME";
    case RunAttribute::ExperimentName:
        return "EXPERIMENT";
    case RunAttribute::StartTime:
        return "STARTED";
    case RunAttribute::EndTime:
        return "ENDED";
    case RunAttribute::Duration:
        return "DURATION";
    default:
        break;
    }
    auto title = column.name;
    std::transform(title.begin(), title.end(), title.begin(),
                   [](unsigned char c) { return std::toupper(c); });
    return title;
}

} // namespace

Result<void> writeRunsJson(Sink& sink, const RunSelection& selection, const Operation& operation)
{
    JsonWriter json(sink, JsonWriter::Layout::Lines);
    RunObjects objects(json, selection);
    json.beginArray();
    for (std::size_t i = 0; i < selection.rows.size(); ++i) {
        if (i % kRowsBetweenChecks == 0 && operation.cancelled())
            return cancelledError();
        objects.write(selection.rows[i]);
    }
    json.endArray();
    json.finish();
    return {};
}

Result<void> writeRunsCsv(Sink& sink, const RunSelection& selection, const Operation& operation)
{
    CsvWriter csv(sink);
    for (const auto& column : selection.columns)
        csv.text(column.name);
    csv.endRow();
    for (std::size_t i = 0; i < selection.rows.size(); ++i) {
        if (i % kRowsBetweenChecks == 0 && operation.cancelled())
            return cancelledError();
        for (const auto& column : selection.columns)
            writeCsvCell(csv, *selection.table, column, selection.rows[i]);
        csv.endRow();
    }
    return {};
}

void writeRunsTable(Sink& sink, const RunSelection& selection, std::size_t screenWidth)
{
    std::vector<TextTable::Column> columns;
    for (const auto& column : selection.columns) {
        bool metric = column.kind == Kind::Metric;
        bool text = column.kind != Kind::Attribute || column.attribute == RunAttribute::RunName ||
                    column.attribute == RunAttribute::ExperimentName ||
                    column.attribute == RunAttribute::ArtifactUri;
        bool number = metric || (!text && column.attribute == RunAttribute::Duration);
        columns.push_back({titleOf(column), number ? TextTable::Align::Right : TextTable::Align::Left,
                           text && !metric, metric && !selection.chosen});
    }
    auto idLength = screenWidth > 0 && !selection.chosen ? shortestIds(*selection.table) : std::string::npos;
    TextTable table(std::move(columns));
    for (auto row : selection.rows) {
        std::vector<std::string> cells;
        for (const auto& column : selection.columns)
            cells.push_back(tableCell(*selection.table, column, row));
        if (idLength != std::string::npos)
            cells.front().resize(std::min(idLength, cells.front().size()));
        table.addRow(std::move(cells));
    }
    if (table.rows() > 0)
        table.write(sink, screenWidth);
    auto shown = selection.rows.size();
    auto all = counted(selection.matching, "run", "runs");
    sink.write((shown < selection.matching ? counted(shown, "of", "of") + " " + all : all) + "\n");
}

} // namespace sextant::cli
