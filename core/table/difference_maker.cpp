// Builds Differences: takes each column of the table at the runs asked for and measures how it varies.
#include "core/base/decimal.h"
#include "core/base/number.h"
#include "core/table/code_tags.h"
#include "core/table/differences.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace sextant {

namespace {

constexpr std::uint32_t kNone = TextColumn::kNoCode;
constexpr std::string_view kRunName = "mlflow.runName";

/// Counts the runs of equal values in a sorted list.
template <class T>
void measureSorted(const std::vector<T>& sorted, DifferenceRow& row)
{
    auto total = static_cast<double>(sorted.size());
    double entropy = 0;
    for (std::size_t begin = 0; begin < sorted.size();) {
        auto end = begin + 1;
        while (end < sorted.size() && sorted[end] == sorted[begin])
            ++end;
        auto share = static_cast<double>(end - begin) / total;
        entropy -= share * std::log(share);
        ++row.distinct;
        begin = end;
    }
    row.evenness = sorted.size() < 2 || row.distinct < 2 ? 0 : std::min(1.0, entropy / std::log(total));
}

/// How far apart finite values lie, measured by the greatest of them.
class Spread
{
public:
    void add(double value)
    {
        if (!std::isfinite(value))
            return;
        m_min = std::min(m_min, value);
        m_max = std::max(m_max, value);
    }
    double value() const
    {
        auto magnitude = std::max(std::abs(m_min), std::abs(m_max));
        return m_min < m_max ? m_max / magnitude - m_min / magnitude : 0;
    }

private:
    double m_min = std::numeric_limits<double>::infinity();
    double m_max = -std::numeric_limits<double>::infinity();
};

/// Bits by which equal numbers are equal: one NaN, one zero.
std::uint64_t bitsOf(double value)
{
    if (isMissing(value))
        return kMissingBits;
    return std::bit_cast<std::uint64_t>(std::isnan(value) ? kUndefined : value + 0.0);
}

} // namespace

class DifferenceMaker
{
public:
    DifferenceMaker(RunTablePtr table, const DifferencesRequest& request, const Operation& operation)
        : m_request(request), m_operation(operation)
    {
        m_made.m_table = std::move(table);
        m_made.m_runs = request.runs;
        m_made.m_spellingCounts = request.spellingCounts;
    }

    Result<DifferencesPtr> make() &&
    {
        const auto& data = m_made.m_table->data();
        SEXTANT_CHECK(addMetrics(data.metrics));
        SEXTANT_CHECK(addTexts(data.params, DifferenceKind::Param));
        addDatasets();
        SEXTANT_CHECK(addTexts(data.tags, DifferenceKind::Tag));
        arrange();
        for (const auto& row : m_made.m_rows) {
            auto& count = m_made.m_counts[static_cast<std::size_t>(row.section())];
            ++(row.differs() ? count.differ : count.constant);
        }
        return DifferencesPtr(std::make_shared<const Differences>(std::move(m_made)));
    }

private:
    using OwnTexts = Differences::OwnTexts;

    void add(DifferenceRow row, Differences::Source source, int place = 0)
    {
        if (row.label.empty())
            row.label = row.key;
        m_places.push_back(place);
        m_made.m_rows.push_back(std::move(row));
        m_made.m_sources.push_back(source);
    }

    Result<void> addMetrics(const std::vector<MetricColumn>& columns)
    {
        std::vector<std::uint64_t> bits(m_made.m_runs.size());
        for (const auto& column : columns) {
            if (m_operation.cancelled())
                return cancelledError();
            DifferenceRow row{.kind = DifferenceKind::Metric, .key = column.key, .numeric = true};
            Spread spread;
            for (std::size_t i = 0; i < bits.size(); ++i) {
                auto value = column.at(m_made.m_runs[i]);
                row.present += !isMissing(value);
                spread.add(value);
                bits[i] = bitsOf(value);
            }
            if (row.present == 0)
                continue;
            std::sort(bits.begin(), bits.end());
            measureSorted(bits, row);
            row.spellings = row.distinct;
            row.spread = spread.value();
            add(std::move(row), {.metric = &column});
        }
        return {};
    }

    Result<void> addTexts(const std::vector<TextColumn>& columns, DifferenceKind kind)
    {
        std::vector<std::uint32_t> codes(m_made.m_runs.size());
        for (const auto& column : columns) {
            if (m_operation.cancelled())
                return cancelledError();
            if (kind == DifferenceKind::Tag && column.key == kRunName && !m_request.runNames)
                continue;
            DifferenceRow row{.kind = kind, .key = column.key};
            for (std::size_t i = 0; i < codes.size(); ++i) {
                codes[i] = column.codeAt(m_made.m_runs[i]);
                row.present += codes[i] != kNone;
            }
            if (row.present == 0)
                continue;
            auto place = nameTag(row);
            measureTexts(column, codes, row);
            add(std::move(row), {.text = &column}, place);
        }
        return {};
    }

    static int nameTag(DifferenceRow& row)
    {
        if (row.kind != DifferenceKind::Tag)
            return 0;
        auto tag = codeTagOf(row.key);
        row.kind = tag.kind;
        row.label = tag.label;
        return tag.place;
    }

    /// `codes` is reordered.
    void measureTexts(const TextColumn& column, std::vector<std::uint32_t>& codes, DifferenceRow& row) const
    {
        auto different = codes;
        std::sort(different.begin(), different.end());
        different.erase(std::unique(different.begin(), different.end()), different.end());
        row.spellings = static_cast<std::uint32_t>(different.size());
        if (row.kind == DifferenceKind::Param) {
            measureNumbers(column, different, row);
            if (!m_request.spellingCounts && different.size() > 1)
                mergeSpellings(column, different, codes);
        }
        std::sort(codes.begin(), codes.end());
        measureSorted(codes, row);
    }

    static void measureNumbers(const TextColumn& column, const std::vector<std::uint32_t>& different,
                               DifferenceRow& row)
    {
        Spread spread;
        row.numeric = true;
        for (auto code : different) {
            if (code == kNone)
                continue;
            auto number = parseDouble(column.values[code]);
            row.numeric = row.numeric && number;
            spread.add(number.value_or(kUndefined));
        }
        row.spread = row.numeric ? spread.value() : 0;
    }

    /// Gives all ways to write a number the code of the first.
    static void mergeSpellings(const TextColumn& column, const std::vector<std::uint32_t>& different,
                               std::vector<std::uint32_t>& codes)
    {
        std::map<Decimal, std::uint32_t> firstOf;
        std::map<std::uint32_t, std::uint32_t> merged;
        for (auto code : different) {
            auto number = code == kNone ? std::nullopt : parseDecimal(column.values[code]);
            if (!number)
                continue;
            auto [first, added] = firstOf.try_emplace(*number, code);
            if (!added)
                merged[code] = first->second;
        }
        if (merged.empty())
            return;
        for (auto& code : codes)
            if (auto found = merged.find(code); found != merged.end())
                code = found->second;
    }

    void addDatasets()
    {
        const auto& table = *m_made.m_table;
        std::set<std::uint32_t> contexts;
        for (auto run : m_made.m_runs)
            for (const auto& use : table.datasets(run))
                contexts.insert(use.context);
        for (auto context : contexts) {
            const auto& name = table.data().contexts[context];
            auto suffix = name.empty() || contexts.size() == 1 ? std::string() : " (" + name + ")";
            addDataset("dataset.name" + suffix, "dataset" + suffix, context, &DatasetName::name);
            addDataset("dataset.digest" + suffix, "dataset digest" + suffix, context, &DatasetName::digest);
        }
    }

    void addDataset(std::string key, std::string label, std::uint32_t context, std::string DatasetName::*part)
    {
        DifferenceRow row{.kind = DifferenceKind::Data, .key = std::move(key), .label = std::move(label)};
        OwnTexts texts;
        for (auto run : m_made.m_runs) {
            std::set<std::string> used;
            for (const auto& use : m_made.m_table->datasets(run))
                if (use.context == context)
                    used.insert(m_made.m_table->data().datasets[use.dataset].*part);
            auto& joined = texts.emplace_back();
            for (const auto& text : used)
                joined = joined ? *joined + ", " + text : text;
            row.present += joined.has_value();
        }
        auto sorted = texts;
        std::sort(sorted.begin(), sorted.end());
        measureSorted(sorted, row);
        row.spellings = row.distinct;
        auto own = static_cast<std::uint32_t>(m_made.m_texts.size());
        m_made.m_texts.push_back(std::move(texts));
        add(std::move(row), {.own = own});
    }

    /// By section; within Code and data by kind, then as people look at it, then by key.
    void arrange()
    {
        std::vector<std::size_t> order(m_made.m_rows.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        std::stable_sort(order.begin(), order.end(), [this](std::size_t first, std::size_t second) {
            const auto& a = m_made.m_rows[first];
            const auto& b = m_made.m_rows[second];
            if (a.section() != b.section())
                return a.section() < b.section();
            if (a.kind != b.kind)
                return a.kind < b.kind;
            return m_places[first] < m_places[second];
        });
        std::vector<DifferenceRow> rows;
        std::vector<Differences::Source> sources;
        for (auto from : order) {
            rows.push_back(std::move(m_made.m_rows[from]));
            sources.push_back(m_made.m_sources[from]);
        }
        m_made.m_rows = std::move(rows);
        m_made.m_sources = std::move(sources);
    }

    const DifferencesRequest& m_request;
    const Operation& m_operation;
    Differences m_made;
    std::vector<int> m_places; // of each row within its kind
};

Result<DifferencesPtr> findDifferences(RunTablePtr table, const DifferencesRequest& request,
                                       const Operation& operation)
{
    for (auto run : request.runs)
        if (run >= table->size())
            return fail(ErrorCode::InvalidArgument, "One of the runs to compare is not there any more",
                        "Refresh the runs");
    return DifferenceMaker(std::move(table), request, operation).make();
}

} // namespace sextant
