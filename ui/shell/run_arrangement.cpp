#include "ui/shell/run_arrangement.h"

#include "core/base/number.h"

#include <algorithm>
#include <cmath>

namespace sextant {

namespace {

constexpr std::size_t kMostTextsLookedAt = 4096;

std::vector<bool> chosenExperiments(const RunTable& table, const std::vector<std::string>& ids)
{
    const auto& list = table.data().experimentList;
    std::vector<bool> chosen(list.size(), ids.empty());
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!ids.empty())
            chosen[i] = std::find(ids.begin(), ids.end(), list[i].id) != ids.end();
    }
    return chosen;
}

/// Puts each run after its parent. Runs whose parent is not among the rows stand on their own, as do the
/// members of a circle of parents.
class Nesting
{
public:
    Nesting(const RunTable& table, const std::vector<RowIndex>& rows) : m_rows(rows)
    {
        std::vector<std::uint32_t> positions(table.size(), kNone);
        for (std::uint32_t i = 0; i < rows.size(); ++i)
            positions[rows[i]] = i;
        m_parents.resize(rows.size(), kNone);
        m_starts.resize(rows.size() + 1);
        for (std::uint32_t i = 0; i < rows.size(); ++i) {
            auto parent = table.parent(rows[i]);
            if (parent == kNoRow || positions[parent] == kNone || parent == rows[i])
                continue;
            m_parents[i] = positions[parent];
            ++m_starts[positions[parent] + 1];
            m_any = true;
        }
    }

    bool any() const { return m_any; }

    void write(RunArrangement& into)
    {
        fillChildren();
        m_seen.resize(m_rows.size());
        into.depths.reserve(m_rows.size());
        into.ends.assign(m_rows.size(), 0);
        for (std::uint32_t i = 0; i < m_rows.size(); ++i) {
            if (m_parents[i] == kNone)
                writeTree(i, into);
        }
        for (std::uint32_t i = 0; i < m_rows.size(); ++i) {
            if (!m_seen[i])
                writeTree(i, into);
        }
        closeTrees(into);
    }

private:
    static constexpr std::uint32_t kNone = kNoRow;

    void fillChildren()
    {
        for (std::size_t i = 1; i < m_starts.size(); ++i)
            m_starts[i] += m_starts[i - 1];
        m_children.resize(m_starts.back());
        auto next = m_starts;
        for (std::uint32_t i = 0; i < m_rows.size(); ++i) {
            if (m_parents[i] != kNone)
                m_children[next[m_parents[i]]++] = i;
        }
    }

    void writeTree(std::uint32_t root, RunArrangement& into)
    {
        m_stack.push_back({root, 0});
        while (!m_stack.empty()) {
            auto [position, depth] = m_stack.back();
            m_stack.pop_back();
            if (m_seen[position])
                continue;
            m_seen[position] = true;
            into.rows.push_back(m_rows[position]);
            into.depths.push_back(depth);
            for (auto i = m_starts[position + 1]; i > m_starts[position]; --i)
                m_stack.push_back(
                    {m_children[i - 1], static_cast<std::uint16_t>(std::min(depth + 1, 0xFFFF))});
        }
    }

    static void closeTrees(RunArrangement& into)
    {
        std::vector<std::uint32_t> open;
        for (std::uint32_t i = 0; i < into.rows.size(); ++i) {
            for (; !open.empty() && into.depths[open.back()] >= into.depths[i]; open.pop_back())
                into.ends[open.back()] = i;
            open.push_back(i);
        }
        for (auto position : open)
            into.ends[position] = static_cast<std::uint32_t>(into.rows.size());
    }

    struct Visit
    {
        std::uint32_t position;
        std::uint16_t depth;
    };
    const std::vector<RowIndex>& m_rows;
    std::vector<std::uint32_t> m_parents, m_starts, m_children;
    std::vector<Visit> m_stack;
    std::vector<bool> m_seen;
    bool m_any = false;
};

/// How many of the rows have a value, and whether the values differ.
struct Coverage
{
    std::size_t count = 0;
    bool varies = false;
};

Coverage coverageOf(const MetricColumn& column, std::span<const RowIndex> rows)
{
    Coverage coverage;
    double first = kMissing;
    for (auto row : rows) {
        auto value = column.at(row);
        if (isMissing(value))
            continue;
        if (coverage.count++ == 0)
            first = value;
        else if (value != first)
            coverage.varies = true;
    }
    return coverage;
}

Coverage coverageOf(const TextColumn& column, std::span<const RowIndex> rows)
{
    Coverage coverage;
    auto first = TextColumn::kNoCode;
    for (auto row : rows) {
        auto code = column.codeAt(row);
        if (code == TextColumn::kNoCode)
            continue;
        if (coverage.count++ == 0)
            first = code;
        else if (code != first)
            coverage.varies = true;
    }
    return coverage;
}

/// A sample of the rows is enough to choose columns by.
std::vector<RowIndex> sampleOf(std::span<const RowIndex> rows)
{
    constexpr std::size_t kSample = 500;
    std::vector<RowIndex> sample;
    auto stride = std::max<std::size_t>(1, rows.size() / kSample);
    for (std::size_t i = 0; i < rows.size(); i += stride)
        sample.push_back(rows[i]);
    return sample;
}

constexpr int kLeastInteresting = 3;

/// What people look at first: results on held-out data, then the rest, the machine last.
int interestOf(std::string_view key)
{
    for (auto prefix : {"system/", "sys/"}) {
        if (key.starts_with(prefix))
            return kLeastInteresting;
    }
    for (auto prefix : {"val", "test", "eval"}) {
        if (key.starts_with(prefix))
            return 0;
    }
    return key.starts_with("perf/") ? 2 : 1;
}

template <class Column>
std::vector<std::string> widestKeys(const std::vector<Column>& columns, std::span<const RowIndex> rows,
                                    std::size_t count, bool onlyVarying)
{
    struct Candidate
    {
        const Column* column;
        Coverage coverage;
        int rank;
    };
    auto sample = sampleOf(rows);
    std::vector<Candidate> candidates;
    for (const auto& column : columns) {
        auto coverage = coverageOf(column, sample);
        if (coverage.count > 0 && (coverage.varies || !onlyVarying))
            candidates.push_back({&column, coverage, interestOf(column.key)});
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        if ((a.rank == kLeastInteresting) != (b.rank == kLeastInteresting))
            return b.rank == kLeastInteresting;
        if (a.coverage.varies != b.coverage.varies)
            return a.coverage.varies;
        if (a.coverage.count != b.coverage.count)
            return a.coverage.count > b.coverage.count;
        return a.rank < b.rank;
    });
    candidates.resize(std::min(count, candidates.size()));
    std::vector<std::string> keys;
    for (const auto& candidate : candidates)
        keys.push_back(candidate.column->key);
    return keys;
}

} // namespace

const ColumnFacts* RunArrangement::facts(const ColumnRef& column) const
{
    auto found = std::find_if(columns.begin(), columns.end(),
                              [&](const ColumnFacts& facts) { return facts.column == column; });
    return found == columns.end() ? nullptr : &*found;
}

Result<RunArrangementPtr> arrangeRuns(const ArrangeRequest& request, const Operation& operation)
{
    const auto& table = *request.table;
    auto arrangement = std::make_shared<RunArrangement>();
    arrangement->table = request.table;

    auto chosen = chosenExperiments(table, request.experimentIds);
    auto inScope = [&](RowIndex row) {
        return chosen[table.data().experiments[row]] && shows(request.view, table.lifecycle(row));
    };
    for (RowIndex row = 0; row < table.size(); ++row)
        arrangement->candidates += inScope(row);
    std::vector<RowIndex> rows;
    SEXTANT_TRY(rows, selectRows(table, request.filter, request.summaries, operation));
    std::erase_if(rows, [&](RowIndex row) { return !inScope(row); });
    rows = rowsInside(table, request.brushes, std::move(rows));
    SEXTANT_TRY(rows, orderRows(table, std::move(rows), request.order, operation));

    for (const auto& column : request.columns) {
        if (operation.cancelled())
            return cancelledError();
        arrangement->columns.push_back(factsOf(table, column));
    }
    if (canGroupNow(table, request.groups)) {
        auto groups = std::make_shared<GroupedRuns>();
        SEXTANT_TRY(*groups, groupRuns(request.table, rows, request.groups, request.order,
                                       arrangement->columns, operation));
        arrangement->rows = std::move(groups->rows);
        arrangement->groups = std::move(groups);
        return RunArrangementPtr(std::move(arrangement));
    }
    Nesting nesting(table, rows);
    if (request.nested && nesting.any())
        nesting.write(*arrangement);
    else
        arrangement->rows = std::move(rows);
    return RunArrangementPtr(std::move(arrangement));
}

Result<RunArrangementPtr> arrangeWithHistories(Store& store, ArrangeRequest request,
                                               const Operation& operation)
{
    for (const auto& metric : request.filter.historyMetrics()) {
        if (operation.cancelled())
            return cancelledError();
        SEXTANT_TRY(request.summaries[metric], store.tracking->metricSummaries(metric, operation));
    }
    return arrangeRuns(request, operation);
}

ColumnFacts factsOf(const RunTable& table, const ColumnRef& column)
{
    ColumnFacts facts{column, {}, false};
    if (column.kind == ColumnKind::Metric) {
        facts.numeric = true;
        if (const auto* metric = table.metric(column.key))
            facts.format = chooseFormat(metric->values.span());
    } else if (column.kind == ColumnKind::Param || column.kind == ColumnKind::Tag) {
        const auto* text = column.kind == ColumnKind::Param ? table.param(column.key) : table.tag(column.key);
        auto count = text ? std::min(text->values.size(), kMostTextsLookedAt) : 0;
        facts.numeric = count > 0;
        for (std::size_t i = 0; i < count && facts.numeric; ++i)
            facts.numeric = parseDouble(text->values[i]).has_value();
    } else {
        facts.numeric = column.key == "start_time" || column.key == "end_time" || column.key == "duration";
    }
    return facts;
}

std::vector<ColumnRef> defaultColumns(const RunTable& table, std::span<const RowIndex> rows)
{
    std::vector<ColumnRef> columns;
    for (auto& key : widestKeys(table.data().metrics, rows, 4, false))
        columns.push_back({ColumnKind::Metric, std::move(key)});
    for (auto& key : widestKeys(table.data().params, rows, 4, true))
        columns.push_back({ColumnKind::Param, std::move(key)});
    columns.push_back({ColumnKind::Attribute, "start_time"});
    columns.push_back({ColumnKind::Attribute, "duration"});
    return columns;
}

std::vector<std::string> defaultChartMetrics(const RunTable& table, std::span<const RowIndex> rows,
                                             std::size_t count)
{
    return widestKeys(table.data().metrics, rows, count, false);
}

} // namespace sextant
