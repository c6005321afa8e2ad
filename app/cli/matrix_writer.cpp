#include "app/cli/matrix_writer.h"

#include "app/cli/csv_writer.h"
#include "app/cli/display.h"
#include "app/cli/json_writer.h"
#include "app/cli/text_table.h"

#include <array>

namespace sextant::cli {

namespace {

using State = DifferenceCell::State;

/// As the outputs name them: code and environment are tags of the store.
std::string_view kindOf(const DifferenceRow& row)
{
    switch (row.kind) {
    case DifferenceKind::Metric:
        return "metric";
    case DifferenceKind::Param:
        return "param";
    case DifferenceKind::Data:
        return "dataset";
    case DifferenceKind::Code:
    case DifferenceKind::Environment:
    case DifferenceKind::Tag:
        break;
    }
    return "tag";
}

std::string_view wordOf(Verdict verdict)
{
    return verdict == Verdict::Better ? "better" : verdict == Verdict::Worse ? "worse" : "";
}

std::string signedNumber(double value)
{
    return (value < 0 ? "" : "+") + displayNumber(value);
}

class JsonMatrix
{
public:
    JsonMatrix(Sink& sink, const Matrix& matrix)
        : m_json(sink, JsonWriter::Layout::Indented), m_matrix(matrix), m_differences(*matrix.differences)
    {
    }

    void write()
    {
        m_json.beginObject();
        writeRuns();
        for (auto [name, kind] : kKinds) {
            m_json.key(name);
            m_json.beginObject();
            eachRow(kind, [this](std::size_t row) { writeValues(row); });
            m_json.endObject();
        }
        if (m_matrix.baseline) {
            m_json.field("baseline", runId(*m_matrix.baseline));
            writeDeltas();
        }
        writeVariation();
        m_json.endObject();
        m_json.finish();
    }

private:
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kKinds = {
        {{"params", "param"}, {"metrics", "metric"}, {"tags", "tag"}, {"datasets", "dataset"}}};

    std::string_view runId(std::size_t column) const
    {
        return m_differences.table()->runId(m_differences.run(column));
    }

    template <class Write>
    void eachRow(std::string_view kind, const Write& write)
    {
        for (auto row : m_matrix.shown)
            if (kindOf(m_differences.rows()[row]) == kind)
                write(row);
    }

    void writeRuns()
    {
        const auto& table = *m_differences.table();
        m_json.key("runs");
        m_json.beginArray();
        for (std::size_t column = 0; column < m_differences.runs(); ++column) {
            auto row = m_differences.run(column);
            m_json.beginObject();
            m_json.field("run_id", table.runId(row));
            m_json.field("run_name", table.name(row));
            m_json.field("experiment_id", table.experiment(row).id);
            m_json.field("status", toText(table.status(row)));
            m_json.key("start_time");
            m_json.time(table.startTime(row));
            m_json.key("end_time");
            m_json.time(table.endTime(row));
            m_json.endObject();
        }
        m_json.endArray();
    }

    void writeValues(std::size_t row)
    {
        m_json.key(m_differences.rows()[row].key);
        m_json.beginObject();
        for (std::size_t column = 0; column < m_differences.runs(); ++column) {
            auto cell = m_differences.cell(row, column);
            m_json.key(runId(column));
            if (cell.missing())
                m_json.null();
            else if (m_differences.rows()[row].kind == DifferenceKind::Metric)
                m_json.number(cell.number);
            else
                m_json.string(cell.text);
        }
        m_json.endObject();
    }

    void writeDeltas()
    {
        m_json.key("deltas");
        m_json.beginObject();
        for (auto [name, kind] : {kKinds[0], kKinds[1]}) {
            m_json.key(name);
            m_json.beginObject();
            eachRow(kind, [this](std::size_t row) {
                if (m_differences.rows()[row].numeric)
                    writeDelta(row);
            });
            m_json.endObject();
        }
        m_json.endObject();
    }

    void writeDelta(std::size_t row)
    {
        m_json.key(m_differences.rows()[row].key);
        m_json.beginObject();
        for (std::size_t column = 0; column < m_differences.runs(); ++column) {
            auto change = m_matrix.change(row, column);
            if (column == *m_matrix.baseline || !change.delta)
                continue;
            m_json.key(runId(column));
            m_json.beginObject();
            m_json.key("delta");
            m_json.number(*change.delta);
            if (change.relative) {
                m_json.key("relative");
                m_json.number(*change.relative);
            }
            if (change.verdict != Verdict::Neutral)
                m_json.field("verdict", wordOf(change.verdict));
            m_json.endObject();
        }
        m_json.endObject();
    }

    void writeVariation()
    {
        m_json.key("variation");
        m_json.beginArray();
        for (auto row : m_matrix.shown) {
            const auto& facts = m_differences.rows()[row];
            m_json.beginObject();
            m_json.field("kind", kindOf(facts));
            m_json.field("key", facts.key);
            m_json.key("values");
            m_json.integer(facts.distinct);
            m_json.key("spellings");
            m_json.integer(facts.spellings);
            m_json.key("runs");
            m_json.integer(facts.present);
            m_json.endObject();
        }
        m_json.endArray();
    }

    JsonWriter m_json;
    const Matrix& m_matrix;
    const Differences& m_differences;
};

std::string cellText(const Matrix& matrix, std::size_t row, std::size_t column)
{
    auto cell = matrix.differences->cell(row, column);
    if (cell.missing())
        return "–";
    bool metric = matrix.differences->rows()[row].kind == DifferenceKind::Metric;
    auto text = metric                       ? numberText(cell.number)
                : cell.state == State::Empty ? "\"\""
                                             : std::string(cell.text);
    if (!matrix.baseline || column == *matrix.baseline)
        return text;
    auto change = matrix.change(row, column);
    if (change.delta && change.differs) {
        auto verdict = wordOf(change.verdict);
        text +=
            " (" + signedNumber(*change.delta) + (verdict.empty() ? "" : ", ") + std::string(verdict) + ")";
    } else if (change.onlySpelling) {
        text += " (same number)";
    }
    return text;
}

std::string_view titleOf(DifferenceSection section)
{
    switch (section) {
    case DifferenceSection::Metrics:
        return "Metrics";
    case DifferenceSection::Parameters:
        return "Parameters";
    case DifferenceSection::CodeAndData:
        return "Code and data";
    case DifferenceSection::Tags:
        break;
    }
    return "Tags";
}

} // namespace

void writeMatrixJson(Sink& sink, const Matrix& matrix)
{
    JsonMatrix(sink, matrix).write();
}

void writeMatrixCsv(Sink& sink, const Matrix& matrix)
{
    const auto& differences = *matrix.differences;
    CsvWriter csv(sink);
    csv.text("kind");
    csv.text("key");
    auto idOf = [&](std::size_t column) {
        return std::string(differences.table()->runId(differences.run(column)));
    };
    for (std::size_t column = 0; column < differences.runs(); ++column)
        csv.text(idOf(column));
    for (std::size_t column = 0; matrix.baseline && column < differences.runs(); ++column)
        csv.text("delta." + idOf(column));
    csv.endRow();
    for (auto row : matrix.shown) {
        const auto& facts = differences.rows()[row];
        csv.text(kindOf(facts));
        csv.text(facts.key);
        for (std::size_t column = 0; column < differences.runs(); ++column) {
            auto cell = differences.cell(row, column);
            if (cell.missing())
                csv.absent();
            else
                facts.kind == DifferenceKind::Metric ? csv.number(cell.number) : csv.text(cell.text);
        }
        for (std::size_t column = 0; matrix.baseline && column < differences.runs(); ++column) {
            auto delta = matrix.change(row, column).delta;
            delta ? csv.number(*delta) : csv.absent();
        }
        csv.endRow();
    }
}

void writeMatrixTable(Sink& sink, const Matrix& matrix, std::size_t screenWidth)
{
    constexpr std::size_t kIdShown = 8;
    using Align = TextTable::Align;
    const auto& differences = *matrix.differences;
    const auto& table = *differences.table();
    std::vector<TextTable::Column> columns = {{""}, {"FIELD", Align::Left, true}, {"VARIES", Align::Right}};
    for (std::size_t column = 0; column < differences.runs(); ++column) {
        auto row = differences.run(column);
        auto mark = matrix.baseline == column ? " (baseline)" : "";
        columns.push_back(
            {std::string(table.name(row)) + " " + std::string(table.runId(row).substr(0, kIdShown)) + mark,
             Align::Left, true});
    }
    TextTable out(std::move(columns));
    std::optional<DifferenceSection> section;
    for (auto row : matrix.shown) {
        const auto& facts = differences.rows()[row];
        if (section != facts.section()) {
            section = facts.section();
            auto count = differences.count(*section);
            out.addRow({"", std::string(titleOf(*section)) + ": " + std::to_string(count.differ) +
                                " differ, " + std::to_string(count.constant) + " constant"});
        }
        std::vector<std::string> cells = {facts.differs() ? "*" : "", "  " + facts.label,
                                          facts.differs() ? std::to_string(facts.distinct) : ""};
        for (std::size_t column = 0; column < differences.runs(); ++column)
            cells.push_back(cellText(matrix, row, column));
        out.addRow(std::move(cells));
    }
    out.write(sink, screenWidth);
    sink.write("* differs, – not there; VARIES counts different values, having none as one\n");
}

} // namespace sextant::cli
