// FairnessData: the columns a fairness report needs, as codes: who is in which group, what was true, what was
// predicted. Part of the report.
#pragma once

#include "core/data/categories.h"
#include "core/report/fairness/disparities.h"
#include "core/report/fairness/fairness.h"

namespace sextant::fairness {

inline constexpr const char* kMissingGroup = "(missing)";

/// Columns that divide the rows, each row in one cell of their product.
class Division
{
public:
    static Result<Division> of(const DataTable& table, const std::vector<std::string>& names);

    const std::vector<std::string>& names() const { return m_names; }
    std::size_t cells() const { return m_keys.size(); }
    std::size_t cellOf(std::size_t row) const { return m_cells[row]; }
    /// The value of each column in a cell.
    std::vector<std::string> values(std::size_t cell) const;
    const std::vector<std::int32_t>& key(std::size_t cell) const { return m_keys[cell]; }
    const std::vector<std::string>& categories(std::size_t column) const { return m_categories[column]; }
    /// Combinations of observed values that no row has are cells too, unless there were too many.
    bool complete() const { return m_complete; }

private:
    void numberCells(const std::vector<Categories>& columns, std::size_t rows);

    std::vector<std::string> m_names;
    std::vector<std::vector<std::string>> m_categories;
    std::vector<std::vector<std::int32_t>> m_keys; // of cells, in order
    std::vector<std::uint32_t> m_cells;            // of rows
    bool m_complete = true;
};

struct FairnessData
{
    std::size_t rows = 0;
    Division groups, strata;
    std::vector<std::string> classes;      // of labels and predictions
    std::vector<std::int32_t> labels;      // into `classes`, or kNoCode
    std::vector<std::int32_t> predictions; // the same; of scores see `selected`
    std::vector<std::uint8_t> selected;    // by the score; 2 where it is missing; empty without scores
    std::vector<double> weights;           // empty: all 1
    std::size_t withoutLabel = 0, withoutPrediction = 0; // rows that are left out

    bool counts(std::size_t row) const
    {
        return labels[row] != kNoCode &&
               (selected.empty() ? predictions[row] != kNoCode : selected[row] != 2);
    }
    bool predicted(std::size_t row, std::int32_t positive) const
    {
        return selected.empty() ? predictions[row] == positive : selected[row] == 1;
    }
};

Result<FairnessData> readFairnessData(const DataFile& file, const FairnessOptions& options,
                                      const Operation& operation);

} // namespace sextant::fairness
