#include "core/table/groups.h"

#include "core/base/decimal.h"
#include "core/base/number.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_map>

namespace sextant {

namespace {

constexpr std::uint32_t kNone = TextColumn::kNoCode;

/// The values of one field at the rows given: a code for each row, and the text of each code.
struct Coded
{
    std::vector<std::uint32_t> codes; // kNone: no value
    std::uint32_t count = 0;          // codes are below
    std::function<std::string_view(std::uint32_t)> text;
    std::vector<std::string> owned; // texts, where the table has none
};

/// Gives equal texts one code.
class Coder
{
public:
    std::uint32_t code(std::string text)
    {
        auto [found, added] =
            m_codes.try_emplace(std::move(text), static_cast<std::uint32_t>(m_codes.size()));
        if (added)
            m_texts.push_back(found->first);
        return found->second;
    }
    std::vector<std::string> texts() && { return std::move(m_texts); }

private:
    std::unordered_map<std::string, std::uint32_t> m_codes;
    std::vector<std::string> m_texts;
};

Coded ofColumn(const TextColumn* column, std::span<const RowIndex> rows)
{
    Coded coded;
    coded.codes.resize(rows.size(), kNone);
    if (!column)
        return coded;
    coded.count = static_cast<std::uint32_t>(column->values.size());
    coded.text = [column](std::uint32_t code) { return column->values[code]; };
    if (column->rows.empty())
        for (std::size_t i = 0; i < rows.size(); ++i)
            coded.codes[i] = column->codes[rows[i]];
    else
        for (std::size_t i = 0; i < rows.size(); ++i)
            coded.codes[i] = column->codeAt(rows[i]);
    return coded;
}

/// `textOf(row)`: nothing where the row has no value.
template <class TextOf>
Coded ofTexts(std::span<const RowIndex> rows, const TextOf& textOf)
{
    Coded coded;
    Coder coder;
    coded.codes.reserve(rows.size());
    for (auto row : rows) {
        std::optional<std::string> text = textOf(row);
        coded.codes.push_back(text ? coder.code(std::move(*text)) : kNone);
    }
    coded.owned = std::move(coder).texts();
    coded.count = static_cast<std::uint32_t>(coded.owned.size());
    return coded;
}

/// Small numbers of the table (a status, an experiment) as codes, and the text of each.
template <class CodeOf, class TextOf>
Coded ofNumbers(std::span<const RowIndex> rows, std::size_t count, const CodeOf& codeOf, const TextOf& textOf)
{
    Coded coded;
    coded.codes.reserve(rows.size());
    for (auto row : rows)
        coded.codes.push_back(static_cast<std::uint32_t>(codeOf(row)));
    for (std::size_t i = 0; i < count; ++i)
        coded.owned.emplace_back(textOf(i));
    coded.count = static_cast<std::uint32_t>(count);
    return coded;
}

std::optional<std::string> datasetsOf(const RunTable& table, RowIndex row, std::string_view part)
{
    std::set<std::string> texts;
    for (const auto& use : table.datasets(row)) {
        const auto& dataset = table.data().datasets[use.dataset];
        if (part == "dataset.name")
            texts.insert(dataset.name);
        else if (part == "dataset.digest")
            texts.insert(dataset.digest);
        else if (part == "dataset.context")
            texts.insert(table.data().contexts[use.context]);
        else
            texts.insert(dataset.name + " (" + dataset.digest + ")");
    }
    texts.erase("");
    if (texts.empty())
        return {};
    std::string joined;
    for (const auto& text : texts)
        joined += (joined.empty() ? "" : ", ") + text;
    return joined;
}

std::optional<std::string> notEmpty(std::string_view text)
{
    return text.empty() ? std::nullopt : std::optional(std::string(text));
}

/// Nothing for an attribute that is no group.
std::optional<Coded> ofAttribute(const RunTable& table, const std::string& name,
                                 std::span<const RowIndex> rows)
{
    const auto& data = table.data();
    const auto& experiments = data.experimentList;
    if (name == "experiment_id" || name == "experiment_name")
        return ofNumbers(
            rows, experiments.size(), [&](RowIndex row) { return data.experiments[row]; },
            [&](std::size_t i) { return name == "experiment_id" ? experiments[i].id : experiments[i].name; });
    if (name == "status")
        return ofTexts(rows, [&](RowIndex row) { return notEmpty(toText(table.status(row))); });
    if (name == "lifecycle_stage")
        return ofTexts(rows, [&](RowIndex row) { return notEmpty(toText(table.lifecycle(row))); });
    if (name == "user_id")
        return ofTexts(rows, [&](RowIndex row) { return notEmpty(table.user(row)); });
    if (name == "run_name")
        return ofTexts(rows, [&](RowIndex row) { return notEmpty(table.name(row)); });
    if (name == "dataset" || name.starts_with("dataset."))
        return ofTexts(rows, [&](RowIndex row) { return datasetsOf(table, row, name); });
    return {};
}

std::optional<Coded> codesOf(const RunTable& table, const ColumnRef& column, std::span<const RowIndex> rows)
{
    switch (column.kind) {
    case ColumnKind::Param:
        return ofColumn(table.param(column.key), rows);
    case ColumnKind::Tag:
        return ofColumn(table.tag(column.key), rows);
    case ColumnKind::Attribute:
        return ofAttribute(table, column.key, rows);
    case ColumnKind::Metric:
        break;
    }
    return {};
}

/// A value of a field, ready for sorting: numbers before texts.
struct Value
{
    std::optional<double> number;
    std::string_view text;
    std::uint32_t code = 0;

    bool operator<(const Value& other) const
    {
        if (number.has_value() != other.number.has_value())
            return number.has_value();
        if (number && *number != *other.number)
            return *number < *other.number;
        return text < other.text;
    }
};

/// The values that occur, in order.
std::vector<Value> sortedValues(const Coded& coded, const std::vector<char>& used)
{
    std::vector<Value> values;
    for (std::uint32_t code = 0; code < coded.count; ++code) {
        if (!used[code])
            continue;
        auto text = coded.text ? coded.text(code) : std::string_view(coded.owned[code]);
        auto number = parseDouble(text);
        if (number && *number != *number)
            number.reset();
        values.push_back({number, text, code});
    }
    std::sort(values.begin(), values.end());
    return values;
}

/// Replaces codes by places in the order of values, runs without a value last; returns the text of each
/// place.
std::vector<std::optional<std::string>> rankCodes(Coded& coded, bool numeric)
{
    std::vector<char> used(coded.count + 1); // the last one: by runs without a value
    for (auto& code : coded.codes) {
        code = std::min(code, coded.count);
        used[code] = 1;
    }
    std::vector<std::optional<std::string>> texts;
    std::vector<std::uint32_t> rankOf(used.size());
    for (const auto& value : sortedValues(coded, used)) {
        bool same = numeric && !texts.empty() && value.number && sameNumber(*texts.back(), value.text);
        if (!same)
            texts.emplace_back(std::string(value.text));
        rankOf[value.code] = static_cast<std::uint32_t>(texts.size() - 1);
    }
    rankOf.back() = static_cast<std::uint32_t>(texts.size());
    for (auto& code : coded.codes)
        code = rankOf[code];
    if (used.back())
        texts.emplace_back();
    return texts;
}

/// Numbers any keys 0, 1, 2 … in their order; returns the different keys.
std::vector<std::uint64_t> densify(const std::vector<std::uint64_t>& keys, std::vector<std::uint32_t>& ids)
{
    auto different = keys;
    std::sort(different.begin(), different.end());
    different.erase(std::unique(different.begin(), different.end()), different.end());
    for (std::size_t i = 0; i < keys.size(); ++i)
        ids[i] = static_cast<std::uint32_t>(std::lower_bound(different.begin(), different.end(), keys[i]) -
                                            different.begin());
    return different;
}

} // namespace

/// Splits the rows by one field after the other.
class GroupMaker
{
public:
    GroupMaker(RunTablePtr table, std::span<const RowIndex> rows) : m_rows(rows), m_ids(rows.size(), 0)
    {
        m_groups.m_table = std::move(table);
        m_count = rows.empty() ? 0 : 1;
    }

    Result<void> split(GroupField field)
    {
        auto coded = codesOf(*m_groups.m_table, field.column, m_rows);
        if (!coded)
            return fail(ErrorCode::InvalidArgument, "Runs can't be grouped by '" + field.column.key + "'",
                        "Params, tags, datasets, experiment, user, status, lifecycle stage and name divide "
                        "runs into groups");
        auto texts = rankCodes(*coded, field.numeric);
        m_groups.m_fields.push_back(std::move(field));
        combine(coded->codes, texts);
        return {};
    }

    RunGroups finish() &&
    {
        auto& offsets = m_groups.m_offsets;
        offsets.assign(m_count + 1, 0);
        for (auto id : m_ids)
            ++offsets[id + 1];
        std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
        auto next = offsets;
        m_groups.m_rows.resize(m_rows.size());
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            m_groups.m_rows[next[m_ids[i]]++] = m_rows[i];
        return std::move(m_groups);
    }

private:
    using Texts = std::vector<std::optional<std::string>>;

    void combine(std::vector<std::uint32_t>& ranks, const Texts& texts)
    {
        std::vector<std::uint64_t> different;
        if (m_count <= 1) {
            m_ids.swap(ranks); // every place of the order occurs
            different.resize(texts.size());
            std::iota(different.begin(), different.end(), std::uint64_t{0});
        } else {
            std::vector<std::uint64_t> keys(m_ids.size());
            for (std::size_t i = 0; i < keys.size(); ++i)
                keys[i] = m_ids[i] * std::uint64_t{texts.size()} + ranks[i];
            different = densify(keys, m_ids);
        }
        m_count = different.size();
        for (auto& values : m_groups.m_values) {
            Texts spread;
            for (auto key : different)
                spread.push_back(values[key / texts.size()]);
            values = std::move(spread);
        }
        auto& own = m_groups.m_values.emplace_back();
        for (auto key : different)
            own.push_back(texts[key % texts.size()]);
    }

    RunGroups m_groups;
    std::span<const RowIndex> m_rows;
    std::vector<std::uint32_t> m_ids; // group of each row given
    std::size_t m_count = 0;
};

std::span<const RowIndex> RunGroups::rows(std::size_t group) const
{
    return std::span(m_rows).subspan(m_offsets[group], m_offsets[group + 1] - m_offsets[group]);
}

std::optional<std::string_view> RunGroups::value(std::size_t group, std::size_t field) const
{
    const auto& text = m_values[field][group];
    return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

std::string RunGroups::label(std::size_t group) const
{
    std::string label;
    for (std::size_t field = 0; field < m_fields.size(); ++field) {
        label += (field == 0 ? "" : " ") + m_fields[field].column.key + "=";
        label += value(group, field).value_or("none");
    }
    return label.empty() ? "all runs" : label;
}

bool canGroupBy(const ColumnRef& column)
{
    static constexpr std::string_view kAttributes[] = {
        "experiment_id", "experiment_name", "status",       "lifecycle_stage", "user_id",
        "run_name",      "dataset",         "dataset.name", "dataset.digest",  "dataset.context"};
    if (column.kind == ColumnKind::Attribute)
        return std::find(std::begin(kAttributes), std::end(kAttributes), column.key) != std::end(kAttributes);
    return column.kind != ColumnKind::Metric;
}

Result<RunGroups> groupRows(RunTablePtr table, std::span<const RowIndex> rows, std::vector<GroupField> fields,
                            const Operation& operation)
{
    GroupMaker maker(std::move(table), rows);
    for (auto& field : fields) {
        if (operation.cancelled())
            return cancelledError();
        SEXTANT_CHECK(maker.split(std::move(field)));
    }
    return std::move(maker).finish();
}

} // namespace sextant
