#include "core/data/categories.h"

#include "core/base/number.h"
#include "core/base/time.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace sextant {
namespace {

std::string nameOf(double value, ColumnType type)
{
    if (type == ColumnType::Boolean)
        return value != 0 ? "True" : "False";
    if (type == ColumnType::Time)
        return formatIso(static_cast<EpochMs>(value));
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return std::to_string(static_cast<std::int64_t>(value));
    return formatDouble(value);
}

/// Puts the categories into the order of `rank`: rank[i] is the old number of the new category i.
void reorder(Categories& categories, const std::vector<std::int32_t>& rank)
{
    std::vector<std::int32_t> moved(rank.size());
    for (std::size_t i = 0; i < rank.size(); ++i)
        moved[static_cast<std::size_t>(rank[i])] = static_cast<std::int32_t>(i);
    for (auto& code : categories.codes)
        if (code != kNoCode)
            code = moved[static_cast<std::size_t>(code)];
}

Categories ofTexts(const Column& column)
{
    Categories result;
    result.codes = column.codes;
    std::vector<std::int32_t> rank(column.texts.size());
    std::iota(rank.begin(), rank.end(), 0);
    auto text = [&](std::int32_t code) -> const std::string& {
        return column.texts[static_cast<std::size_t>(code)];
    };
    std::sort(rank.begin(), rank.end(), [&](auto a, auto b) { return text(a) < text(b); });
    for (auto code : rank)
        result.names.push_back(text(code));
    reorder(result, rank);
    return result;
}

Categories ofNumbers(const Column& column)
{
    Categories result;
    result.codes.resize(column.size(), kNoCode);
    std::unordered_map<double, std::int32_t> known;
    // Neighbouring rows are often equal, and most columns have few values.
    double last = std::nan("");
    std::int32_t lastCode = kNoCode;
    for (std::size_t row = 0; row < column.size(); ++row) {
        auto value = column.numbers[row];
        if (std::isnan(value) || column.isMissing(row))
            continue;
        if (value != last) {
            auto [at, isNew] = known.try_emplace(value, static_cast<std::int32_t>(result.values.size()));
            if (isNew)
                result.values.push_back(value);
            last = value;
            lastCode = at->second;
        }
        result.codes[row] = lastCode;
    }
    std::vector<std::int32_t> rank(result.values.size());
    std::iota(rank.begin(), rank.end(), 0);
    std::sort(rank.begin(), rank.end(), [&](auto a, auto b) {
        return result.values[static_cast<std::size_t>(a)] < result.values[static_cast<std::size_t>(b)];
    });
    reorder(result, rank);
    std::sort(result.values.begin(), result.values.end());
    for (auto value : result.values)
        result.names.push_back(nameOf(value, column.type));
    return result;
}

} // namespace

std::optional<std::int32_t> Categories::find(std::string_view name) const
{
    auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end() && !values.empty()) // "1.0" names the number 1
        if (auto number = parseDouble(name))
            found = names.begin() + (std::find(values.begin(), values.end(), *number) - values.begin());
    if (found == names.end())
        return std::nullopt;
    return static_cast<std::int32_t>(found - names.begin());
}

Categories categoriesOf(const Column& column)
{
    return column.type == ColumnType::Text ? ofTexts(column) : ofNumbers(column);
}

std::size_t Column::missing() const
{
    if (type == ColumnType::Text)
        return static_cast<std::size_t>(std::count(codes.begin(), codes.end(), kNoCode));
    return static_cast<std::size_t>(std::count(absent.begin(), absent.end(), std::uint8_t{1}));
}

const Column* DataTable::find(std::string_view name) const
{
    auto found =
        std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; });
    return found == columns.end() ? nullptr : &*found;
}

std::string_view toText(ColumnType type)
{
    switch (type) {
    case ColumnType::Boolean:
        return "boolean";
    case ColumnType::Integer:
        return "integer";
    case ColumnType::Number:
        return "number";
    case ColumnType::Text:
        return "text";
    case ColumnType::Time:
        return "time";
    }
    return "";
}

} // namespace sextant
