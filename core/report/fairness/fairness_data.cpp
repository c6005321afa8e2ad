#include "core/report/fairness/fairness_data.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace sextant::fairness {
namespace {

/// Beyond so many combinations only those that have rows are cells.
constexpr std::uint64_t kMostCombinations = 4096;

Categories withMissing(const Column& column)
{
    auto categories = categoriesOf(column);
    bool any = std::find(categories.codes.begin(), categories.codes.end(), kNoCode) != categories.codes.end();
    if (!any)
        return categories;
    auto code = static_cast<std::int32_t>(categories.size());
    categories.names.emplace_back(kMissingGroup);
    std::replace(categories.codes.begin(), categories.codes.end(), kNoCode, code);
    return categories;
}

/// One numbering for the classes of two columns.
void joinClasses(FairnessData& data, const Categories& labels, const Categories* predictions)
{
    auto classes = labels;
    if (predictions) {
        for (std::size_t i = 0; i < predictions->size(); ++i) {
            if (std::find(classes.names.begin(), classes.names.end(), predictions->names[i]) !=
                classes.names.end())
                continue;
            classes.names.push_back(predictions->names[i]);
            if (i < predictions->values.size())
                classes.values.push_back(predictions->values[i]);
        }
        bool numbers = classes.values.size() == classes.names.size();
        std::vector<std::size_t> order(classes.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [&](auto a, auto b) {
            return numbers ? classes.values[a] < classes.values[b] : classes.names[a] < classes.names[b];
        });
        for (auto i : order)
            data.classes.push_back(classes.names[i]);
    } else {
        data.classes = classes.names;
    }
    auto recode = [&](const Categories& from) {
        std::vector<std::int32_t> to;
        for (const auto& name : from.names)
            to.push_back(static_cast<std::int32_t>(std::find(data.classes.begin(), data.classes.end(), name) -
                                                   data.classes.begin()));
        auto codes = from.codes;
        for (auto& code : codes)
            if (code != kNoCode)
                code = to[static_cast<std::size_t>(code)];
        return codes;
    };
    data.labels = recode(labels);
    if (predictions)
        data.predictions = recode(*predictions);
}

Result<void> takeScores(FairnessData& data, const Column& scores, double threshold)
{
    if (scores.type == ColumnType::Text)
        return fail(ErrorCode::InvalidArgument, "The scores in '" + scores.name + "' are texts",
                    "A score is a number; a column of classes is named with --prediction");
    for (std::size_t row = 0; row < data.rows; ++row) {
        auto score = scores.numbers[row];
        data.selected.push_back(std::isnan(score) ? 2 : score >= threshold ? 1 : 0);
    }
    return {};
}

Result<void> takeWeights(FairnessData& data, const Column& weights)
{
    if (weights.type == ColumnType::Text)
        return fail(ErrorCode::InvalidArgument, "The weights in '" + weights.name + "' are texts",
                    "A weight is a number, 0 or more");
    for (std::size_t row = 0; row < data.rows; ++row)
        if (!(weights.numbers[row] >= 0) || std::isinf(weights.numbers[row]))
            return fail(ErrorCode::Corrupt,
                        "The weight in row " + std::to_string(row + 1) + " of '" + weights.name + "' is " +
                            (std::isnan(weights.numbers[row]) ? "missing" : "negative or infinite"),
                        "A weight is a number, 0 or more");
    data.weights = weights.numbers;
    return {};
}

Result<void> checkNames(const FairnessOptions& options)
{
    if (options.label.empty())
        return fail(ErrorCode::InvalidArgument, "No column of labels is named", "Name it with --label");
    if (options.prediction.empty() == options.score.empty())
        return fail(ErrorCode::InvalidArgument,
                    "A column of predictions or one of scores is needed, not both",
                    "Name it with --prediction, or with --score and --threshold");
    if (options.sensitive.empty())
        return fail(ErrorCode::InvalidArgument, "No sensitive column is named", "Name some with --sensitive");
    for (const auto& [column, value] : options.privileged)
        if (std::find(options.sensitive.begin(), options.sensitive.end(), column) == options.sensitive.end())
            return fail(ErrorCode::InvalidArgument,
                        "'" + column + "' has a privileged value but is not sensitive",
                        "Name it with --sensitive too");
    return {};
}

} // namespace

Result<Division> Division::of(const DataTable& table, const std::vector<std::string>& names)
{
    Division division;
    division.m_names = names;
    std::vector<Categories> columns;
    for (const auto& name : names) {
        columns.push_back(withMissing(*table.find(name)));
        division.m_categories.push_back(columns.back().names);
    }
    division.numberCells(columns, table.rows);
    return division;
}

void Division::numberCells(const std::vector<Categories>& columns, std::size_t rows)
{
    std::uint64_t product = 1;
    for (const auto& column : columns)
        product = std::min(product * std::max<std::uint64_t>(1, column.size()), std::uint64_t{1} << 62);
    m_complete = product <= kMostCombinations;
    std::vector<std::uint64_t> places(rows, 0);
    for (const auto& column : columns)
        for (std::size_t row = 0; row < rows; ++row)
            places[row] = places[row] * column.size() + static_cast<std::uint64_t>(column.codes[row]);
    std::vector<std::uint64_t> used;
    if (m_complete) {
        used.resize(product);
        std::iota(used.begin(), used.end(), std::uint64_t{0});
    } else {
        used = places;
        std::sort(used.begin(), used.end());
        used.erase(std::unique(used.begin(), used.end()), used.end());
    }
    for (auto place : used) {
        std::vector<std::int32_t> key(columns.size());
        for (std::size_t i = columns.size(); i-- > 0; place /= columns[i].size())
            key[i] = static_cast<std::int32_t>(place % columns[i].size());
        m_keys.push_back(std::move(key));
    }
    m_cells.resize(rows);
    for (std::size_t row = 0; row < rows; ++row)
        m_cells[row] = static_cast<std::uint32_t>(
            m_complete ? places[row]
                       : static_cast<std::uint64_t>(std::lower_bound(used.begin(), used.end(), places[row]) -
                                                    used.begin()));
}

std::vector<std::string> Division::values(std::size_t cell) const
{
    std::vector<std::string> values;
    for (std::size_t i = 0; i < m_names.size(); ++i)
        values.push_back(m_categories[i][static_cast<std::size_t>(m_keys[cell][i])]);
    return values;
}

Result<FairnessData> readFairnessData(const DataFile& file, const FairnessOptions& options,
                                      const Operation& operation)
{
    SEXTANT_CHECK(checkNames(options));
    std::set<std::string> wanted{options.label,
                                 options.prediction.empty() ? options.score : options.prediction};
    wanted.insert(options.sensitive.begin(), options.sensitive.end());
    wanted.insert(options.control.begin(), options.control.end());
    if (!options.weight.empty())
        wanted.insert(options.weight);
    SEXTANT_TRY(auto table, file.read({wanted.begin(), wanted.end()}, operation));
    if (table.rows == 0)
        return fail(ErrorCode::InvalidArgument, file.path() + " has no rows");

    FairnessData data;
    data.rows = table.rows;
    SEXTANT_TRY(data.groups, Division::of(table, options.sensitive));
    SEXTANT_TRY(data.strata, Division::of(table, options.control));
    auto labels = categoriesOf(*table.find(options.label));
    if (options.score.empty()) {
        auto predictions = categoriesOf(*table.find(options.prediction));
        joinClasses(data, labels, &predictions);
    } else {
        joinClasses(data, labels, nullptr);
        SEXTANT_CHECK(takeScores(data, *table.find(options.score), options.threshold));
    }
    if (!options.weight.empty())
        SEXTANT_CHECK(takeWeights(data, *table.find(options.weight)));
    for (std::size_t row = 0; row < data.rows; ++row) {
        if (data.labels[row] == kNoCode)
            ++data.withoutLabel;
        else if (!data.counts(row))
            ++data.withoutPrediction;
    }
    if (data.withoutLabel + data.withoutPrediction == data.rows)
        return fail(ErrorCode::InvalidArgument, "No row of " + file.path() + " has a label and a prediction");
    return data;
}

} // namespace sextant::fairness
