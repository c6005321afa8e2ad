#include "core/table/importance.h"

#include "core/base/number.h"
#include "core/table/groups.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace sextant {

namespace {

/// A column as the forest takes it, and what there is to say of it.
struct Prepared
{
    ParamImportance about;
    Feature feature;
    std::size_t present = 0; // runs that have a value
};

std::vector<ColumnRef> paramsOf(const RunTable& table)
{
    std::vector<ColumnRef> params;
    for (const auto& column : table.data().params)
        params.push_back({ColumnKind::Param, column.key});
    return params;
}

const TextColumn* textColumn(const RunTable& table, const ColumnRef& column)
{
    return column.kind == ColumnKind::Param ? table.param(column.key)
           : column.kind == ColumnKind::Tag ? table.tag(column.key)
                                            : nullptr;
}

/// Numbers, where each text there is one; else codes of the texts.
Prepared prepare(const RunTable& table, const ColumnRef& column, std::span<const RowIndex> rows)
{
    Prepared made;
    made.about.column = column;
    made.feature.name = column.key;
    made.feature.values = numbersAt(table, column, rows);
    made.about.numeric = true;
    if (const auto* texts = textColumn(table, column)) {
        for (std::size_t i = 0; i < rows.size() && made.about.numeric; ++i)
            made.about.numeric = !std::isnan(made.feature.values[i]) || !texts->at(rows[i]);
        for (std::size_t i = 0; i < rows.size() && !made.about.numeric; ++i) {
            auto code = texts->codeAt(rows[i]);
            made.feature.values[i] = code == TextColumn::kNoCode ? kUndefined : code;
        }
    }
    made.feature.categorical = !made.about.numeric;
    std::set<double> different;
    for (double value : made.feature.values) {
        if (std::isnan(value))
            continue;
        different.insert(value);
        ++made.present;
    }
    made.about.values = different.size() + (made.present < rows.size() ? 1 : 0); // having none counts as one
    return made;
}

} // namespace

Result<ImportanceReport> importanceOf(const RunTable& table, std::span<const RowIndex> rows,
                                      const ColumnRef& metric, std::vector<ColumnRef> params,
                                      const ForestOptions& options, const Operation& operation)
{
    if (params.empty())
        params = paramsOf(table);
    ImportanceReport report;
    auto all = numbersAt(table, metric, rows);
    std::vector<RowIndex> kept;
    std::vector<double> target;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!std::isfinite(all[i]))
            continue;
        kept.push_back(rows[i]);
        target.push_back(all[i]);
    }
    report.runs = kept.size();
    report.left = rows.size() - kept.size();

    std::vector<Feature> features;
    std::vector<ParamImportance> about;
    for (const auto& column : params) {
        if (operation.cancelled())
            return cancelledError();
        auto prepared = prepare(table, column, kept);
        if (prepared.about.values < 2) {
            if (prepared.present > 0)
                report.constant.push_back(column.key);
            continue;
        }
        if (prepared.about.numeric)
            prepared.about.rank = spearman(prepared.feature.values, target);
        else
            prepared.about.rank.undefined = "its values are no numbers";
        features.push_back(std::move(prepared.feature));
        about.push_back(std::move(prepared.about));
    }
    SEXTANT_TRY(auto forest, forestImportance(features, target, options, operation));
    report.outOfBagR2 = forest.outOfBagR2;
    report.undefined = forest.undefined;
    report.notDrawn = forest.notDrawn;
    for (const auto& [feature, importance, deviation] : forest.features) {
        about[feature].importance = importance;
        about[feature].deviation = deviation;
        report.params.push_back(about[feature]);
    }
    if (forest.features.empty())
        report.params = std::move(about);
    return report;
}

} // namespace sextant
