#include "core/query/evaluate.h"

#include "core/base/duration.h"
#include "core/query/free_text.h"
#include "core/query/pool_search.h"
#include "core/query/predicate.h"
#include "core/query/row_set.h"

#include <algorithm>

namespace sextant {

namespace {

/// Calls `use` with the comparison as a function of two numbers, so that each gets a loop of its own.
template <class Use>
void withComparison(Comparison comparison, const Use& use)
{
    switch (comparison) {
    case Comparison::Equal:
        return use([](double a, double b) { return a == b; });
    case Comparison::NotEqual:
        return use([](double a, double b) { return (a != b) & !isMissing(a); });
    case Comparison::Less:
        return use([](double a, double b) { return a < b; });
    case Comparison::LessEqual:
        return use([](double a, double b) { return a <= b; });
    case Comparison::Greater:
        return use([](double a, double b) { return a > b; });
    default:
        return use([](double a, double b) { return a >= b; });
    }
}

bool isOrdering(Comparison comparison)
{
    return comparison <= Comparison::GreaterEqual;
}

/// Evaluates a condition on the columns of one table. A dictionary's texts are tested once each.
class TableEvaluator
{
public:
    TableEvaluator(const RunTable& table, const MetricSummaries& summaries, const Operation& operation)
        : m_table(table), m_summaries(summaries), m_operation(operation), m_size(table.size()),
          m_dialect(table.data().dialect)
    {
    }

    Result<RowSet> evaluate(const Condition& condition) const
    {
        if (m_operation.cancelled())
            return cancelledError();
        if (auto compare = std::get_if<Compare>(&condition.node))
            return evaluateCompare(*compare);
        if (auto all = std::get_if<And>(&condition.node))
            return evaluateAll(*all);
        if (auto any = std::get_if<Or>(&condition.node))
            return evaluateAny(*any);
        SEXTANT_TRY(auto rows, evaluate(*std::get<Not>(condition.node).part));
        rows.invert();
        return rows;
    }

private:
    Result<RowSet> evaluateAll(const And& all) const
    {
        SEXTANT_TRY(auto rows, evaluate(*all.parts.front()));
        for (std::size_t i = 1; i < all.parts.size() && !rows.empty(); ++i) {
            SEXTANT_TRY(auto more, evaluate(*all.parts[i]));
            rows.keep(more);
        }
        return rows;
    }

    Result<RowSet> evaluateAny(const Or& any) const
    {
        SEXTANT_TRY(auto rows, evaluate(*any.parts.front()));
        for (std::size_t i = 1; i < any.parts.size(); ++i) {
            SEXTANT_TRY(auto more, evaluate(*any.parts[i]));
            rows.merge(more);
        }
        return rows;
    }

    Result<RowSet> evaluateCompare(const Compare& compare) const
    {
        if (compare.comparison != Comparison::IsNull)
            return present(compare);
        auto exists = compare;
        exists.comparison = Comparison::IsNotNull;
        SEXTANT_TRY(auto rows, present(exists));
        rows.invert();
        return rows;
    }

    /// Every comparison but IS NULL: it holds only where there is a value.
    Result<RowSet> present(const Compare& compare) const
    {
        RowSet rows(m_size);
        switch (compare.field.kind) {
        case FieldKind::Metric:
            if (compare.field.aspect != MetricAspect::Latest)
                return summarized(compare);
            if (auto column = m_table.metric(compare.field.key))
                metrics(asStored(compare, m_dialect), *column, rows);
            break;
        case FieldKind::Param:
            texts(compare, m_table.param(compare.field.key), rows);
            break;
        case FieldKind::Tag:
            texts(compare, m_table.tag(compare.field.key), rows);
            break;
        case FieldKind::Dataset:
            datasets(compare, rows);
            break;
        case FieldKind::Attribute:
            attribute(compare, rows);
            break;
        case FieldKind::Anything:
            freeText(m_table, TextTest(compare), rows);
            break;
        }
        return rows;
    }

    void metrics(const Compare& compare, const MetricColumn& column, RowSet& rows) const
    {
        if (!m_dialect.nanIsZero())
            return numbers(compare, column.rows, column.values, rows);
        std::vector<double> values(column.values.begin(), column.values.end());
        for (auto& value : values)
            value = asStored(value, m_dialect);
        numbers(compare, column.rows, values, rows);
    }

    void numbers(const Compare& compare, std::span<const RowIndex> at, std::span<const double> values,
                 RowSet& rows) const
    {
        auto each = [&](const auto& test) {
            if (at.empty())
                return rows.fill(std::min(values.size(), m_size),
                                 [&](std::size_t row) { return test(values[row]); });
            for (std::size_t i = 0; i < at.size(); ++i)
                if (at[i] < m_size && test(values[i]))
                    rows.add(at[i]);
        };
        if (!isOrdering(compare.comparison))
            return each([&](double value) { return !isMissing(value) && testNumber(compare, value); });
        auto wanted = std::get<double>(compare.values.front());
        withComparison(compare.comparison,
                       [&](auto test) { each([&](double value) { return test(value, wanted); }); });
    }

    void texts(const Compare& compare, const TextColumn* column, RowSet& rows) const
    {
        if (!column)
            return;
        auto hits = hitsIn(compare, column->values);
        auto hit = [&hits](std::uint32_t code) { return code < hits.size() && hits[code]; };
        if (column->rows.empty())
            return rows.fill(std::min(column->codes.size(), m_size),
                             [&](std::size_t row) { return hit(column->codes[row]); });
        for (std::size_t i = 0; i < column->rows.size(); ++i)
            if (column->rows[i] < m_size && hit(column->codes[i]))
                rows.add(column->rows[i]);
    }

    /// Which texts of a dictionary match. Where a piece is sought, all are looked through at once.
    std::vector<std::uint8_t> hitsIn(const Compare& compare, const TextPool& texts) const
    {
        TextTest test(compare, m_dialect);
        auto piece = test.soughtPiece();
        if (piece.empty())
            return hitsOf(compare, texts.size(), [&](std::size_t code) { return texts[code]; });
        RowSet found(texts.size());
        addRowsHolding(texts, piece, texts.size(), found);
        std::vector<std::uint8_t> hits(texts.size());
        for (auto code : found.list())
            hits[code] = 1;
        return hits;
    }

    template <class TextOf>
    std::vector<std::uint8_t> hitsOf(const Compare& compare, std::size_t count, const TextOf& textOf) const
    {
        TextTest test(compare, m_dialect);
        std::vector<std::uint8_t> hits(count);
        for (std::size_t i = 0; i < count; ++i)
            hits[i] = test(textOf(i));
        return hits;
    }

    void datasets(const Compare& compare, RowSet& rows) const
    {
        const auto& data = m_table.data();
        bool context = compare.field.key == "context";
        bool digest = compare.field.key == "digest";
        auto hits = hitsOf(
            compare, context ? data.contexts.size() : data.datasets.size(),
            [&](std::size_t i) -> std::string_view {
                return context ? data.contexts[i] : digest ? data.datasets[i].digest : data.datasets[i].name;
            });
        if (context) // an empty context is one that was not said
            for (std::size_t i = 0; i < hits.size(); ++i)
                hits[i] = hits[i] && !data.contexts[i].empty();
        for (RowIndex row = 0; row < m_size; ++row)
            for (auto use : m_table.datasets(row))
                if (hits[context ? use.context : use.dataset]) {
                    rows.add(row);
                    break;
                }
    }

    void attribute(const Compare& compare, RowSet& rows) const
    {
        const auto& key = compare.field.key;
        const auto& data = m_table.data();
        if (key == "start_time")
            return times(compare, rows, [&](std::size_t row) { return data.startTimes[row]; });
        if (key == "end_time")
            return times(compare, rows, [&](std::size_t row) { return data.endTimes[row]; });
        if (key == "duration")
            return times(compare, rows,
                         [&](std::size_t row) { return duration(static_cast<RowIndex>(row)); });
        if (key == "status")
            return coded(
                compare, rows, 6,
                [](std::size_t code) { return code ? toText(RunStatus(code)) : std::string_view(); },
                [&](std::size_t row) { return static_cast<std::size_t>(data.statuses[row]); });
        if (key == "lifecycle_stage")
            return coded(
                compare, rows, 2, [](std::size_t code) { return toText(Lifecycle(code)); },
                [&](std::size_t row) { return static_cast<std::size_t>(data.lifecycles[row]); });
        if (key == "user_id")
            return coded(
                compare, rows, data.userNames.size(),
                [&](std::size_t code) { return std::string_view(data.userNames[code]); },
                [&](std::size_t row) { return data.users[row]; });
        if (key == "experiment_id" || key == "experiment_name")
            return coded(
                compare, rows, data.experimentList.size(),
                [&](std::size_t code) {
                    const auto& experiment = data.experimentList[code];
                    return std::string_view(key == "experiment_id" ? experiment.id : experiment.name);
                },
                [&](std::size_t row) { return data.experiments[row]; });
        if (key == "run_id")
            return runIds(compare, rows);
        if (key == "run_name" && m_dialect.namesAreTags() && m_table.complete())
            texts(compare, m_table.tag("mlflow.runName"), rows);
        else if (key == "run_name")
            packed(compare, data.names, rows);
        else if (key == "artifact_uri")
            packed(compare, data.artifactUris, rows);
    }

    /// An empty text is one that is not there.
    void packed(const Compare& compare, const TextPool& texts, RowSet& rows) const
    {
        TextTest test(compare, m_dialect);
        if (auto piece = test.soughtPiece(); !piece.empty())
            return addRowsHolding(texts, piece, m_size, rows);
        rows.fill(m_size, [&](std::size_t row) { return !texts[row].empty() && test(texts[row]); });
    }

    EpochMs duration(RowIndex row) const
    {
        return durationBetween(m_table.startTime(row), m_table.endTime(row));
    }

    template <class TimeOf>
    void times(const Compare& compare, RowSet& rows, const TimeOf& timeOf) const
    {
        if (!isOrdering(compare.comparison)) {
            rows.fill(m_size, [&](std::size_t row) {
                auto time = timeOf(row);
                return isKnown(time) && testNumber(compare, static_cast<double>(time));
            });
            return;
        }
        auto wanted = std::get<double>(compare.values.front());
        withComparison(compare.comparison, [&](auto test) {
            rows.fill(m_size, [&](std::size_t row) {
                auto time = timeOf(row);
                return isKnown(time) & test(static_cast<double>(time), wanted);
            });
        });
    }

    template <class TextOf, class CodeOf>
    void coded(const Compare& compare, RowSet& rows, std::size_t count, const TextOf& textOf,
               const CodeOf& codeOf) const
    {
        auto hits = hitsOf(compare, count, textOf);
        rows.fill(m_size, [&](std::size_t row) {
            auto code = codeOf(row);
            return code < hits.size() && hits[code];
        });
    }

    /// Ids are looked up where the values say which; a list of thousands must not be searched through for
    /// each row.
    void runIds(const Compare& compare, RowSet& rows) const
    {
        auto comparison = compare.comparison;
        bool equal = comparison == Comparison::Equal || comparison == Comparison::In;
        bool unequal = comparison == Comparison::NotEqual || comparison == Comparison::NotIn;
        if (!equal && !unequal) {
            TextTest test(compare, m_dialect);
            return rows.fill(
                m_size, [&](std::size_t row) { return test(m_table.runId(static_cast<RowIndex>(row))); });
        }
        for (const auto& value : compare.values)
            if (auto row = m_table.find(std::get<std::string>(value)))
                rows.add(*row);
        if (unequal)
            rows.invert();
    }

    Result<RowSet> summarized(const Compare& compare) const
    {
        auto found = m_summaries.find(compare.field.key);
        if (found == m_summaries.end())
            return fail(ErrorCode::InvalidArgument,
                        "The histories of " + compare.field.key + " have not been read",
                        "They are needed for min(), max(), first() and best()");
        std::vector<double> values(m_size, kMissing);
        for (const auto& summary : found->second)
            if (auto row = m_table.find(summary.runId))
                values[*row] = aspectOf(summary, compare.field);
        RowSet rows(m_size);
        numbers(asStored(compare, m_dialect), {}, values, rows);
        return rows;
    }

    const RunTable& m_table;
    const MetricSummaries& m_summaries;
    const Operation& m_operation;
    std::size_t m_size;
    SearchDialect m_dialect;
};

} // namespace

Result<std::vector<RowIndex>> selectRows(const RunTable& table, const Filter& filter,
                                         const MetricSummaries& summaries, const Operation& operation)
{
    if (filter.target() != FilterTarget::Runs)
        return fail(ErrorCode::InvalidArgument, "This filter is not for runs");
    if (!filter.root())
        return table.allRows();
    SEXTANT_TRY(auto rows, TableEvaluator(table, summaries, operation).evaluate(*filter.root()));
    return rows.list();
}

} // namespace sextant
