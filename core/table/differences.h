// Differences: the matrix of what any number of runs have in common and what not: runs are columns,
// everything that was logged about them are rows. Immutable; may be read from any number of threads. Holds
// the table.
#pragma once

#include "core/base/operation.h"
#include "core/statistics/summary.h"
#include "core/table/better.h"
#include "core/table/run_table.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sextant {

enum class DifferenceKind : std::uint8_t { Metric, Param, Code, Data, Environment, Tag };

/// As the matrix is divided for reading. CodeAndData has Code, Data and Environment.
enum class DifferenceSection : std::uint8_t { Metrics, Parameters, CodeAndData, Tags };
inline constexpr std::size_t kDifferenceSections = 4;

/// One thing that at least one of the runs has.
struct DifferenceRow
{
    DifferenceKind kind = DifferenceKind::Param;
    std::string key;            // as logged; of datasets "dataset.name", "dataset.digest", with the context:
                                // "dataset.digest (train)"
    std::string label;          // for people: "git commit" for the tag mlflow.source.git.commit, else the key
    std::uint32_t distinct = 0; // different values; having none counts as one
    std::uint32_t spellings =
        0; // different texts; more than `distinct` where one number is written in several ways
    std::uint32_t present = 0; // runs that have it
    bool numeric = false;      // every run that has it has a number (or NaN, infinity)
    double evenness = 0;       // 0 … 1: entropy of the values over the most it can be with so many runs
    double spread = 0;         // of numeric rows: (max - min) over the greatest magnitude, 0 … 2

    bool differs() const { return distinct > 1; }
    DifferenceSection section() const;
};

/// One run's value. Not there, there but empty, and a text are three things.
struct DifferenceCell
{
    enum class State : std::uint8_t { Missing, Empty, Text, Number };
    State state = State::Missing;
    double number = kUndefined; // of metrics, and of params and tags that are one
    std::string_view text;      // as logged; empty for metrics. Lives as long as the Differences

    bool missing() const { return state == State::Missing; }
};

/// One run's value against the baseline's.
struct DifferenceChange
{
    bool differs = false;           // also where only one of the two has it
    bool onlySpelling = false;      // the same number, written differently
    std::optional<double> delta;    // value - baseline, where both are finite numbers
    std::optional<double> relative; // delta / |baseline|, where that is not zero
    Verdict verdict = Verdict::Neutral;
};

enum class DifferenceOrder : std::uint8_t { Variation, Key };

struct DifferenceCount
{
    std::size_t differ = 0;
    std::size_t constant = 0;
};

class Differences
{
public:
    std::size_t runs() const { return m_runs.size(); }
    /// The row of the table that a column of the matrix is.
    RowIndex run(std::size_t column) const { return m_runs[column]; }
    const RunTablePtr& table() const { return m_table; }

    /// By section, then key.
    const std::vector<DifferenceRow>& rows() const { return m_rows; }
    DifferenceCount count(DifferenceSection section) const
    {
        return m_counts[static_cast<std::size_t>(section)];
    }

    DifferenceCell cell(std::size_t row, std::size_t column) const;

    /// Of a column against a baseline column. `better` counts for metrics only.
    DifferenceChange change(std::size_t row, std::size_t column, std::size_t baseline,
                            Better better = Better::Unsaid) const;

    /// True when two columns have the same value there. Cheaper than change().
    bool equal(std::size_t row, std::size_t column, std::size_t other) const;

    /// The indices of rows to show, section after section. Variation: most distinct values first, then the
    /// more even and the wider, then by key. `wanted` may be empty; it is asked about each row.
    std::vector<std::uint32_t> select(bool onlyDifferences, DifferenceOrder order,
                                      const std::function<bool(const DifferenceRow&)>& wanted = {}) const;

    /// The place in `shown` of the next row (step 1) or the one before (step -1) where a column differs from
    /// the baseline.
    std::optional<std::uint32_t> nextDifference(std::span<const std::uint32_t> shown, std::size_t place,
                                                std::size_t column, std::size_t baseline, int step) const;

    std::size_t memory() const;

private:
    friend class DifferenceMaker;
    struct Source
    {
        const MetricColumn* metric = nullptr;
        const TextColumn* text = nullptr;
        std::uint32_t own = 0; // into m_texts where neither
    };
    using OwnTexts = std::vector<std::optional<std::string>>; // by column

    std::optional<std::string_view> textAt(std::size_t row, std::size_t column) const;

    RunTablePtr m_table;
    std::vector<RowIndex> m_runs;
    std::vector<DifferenceRow> m_rows;
    std::vector<Source> m_sources; // of each row
    std::vector<OwnTexts> m_texts; // of datasets
    DifferenceCount m_counts[kDifferenceSections];
    bool m_spellingCounts = false;
};

using DifferencesPtr = std::shared_ptr<const Differences>;

struct DifferencesRequest
{
    std::vector<RowIndex> runs;  // the columns, in order
    bool spellingCounts = false; // 0.1 and 0.10 are two values of a param
    bool runNames = false;       // a row for the tag mlflow.runName, though names head the columns
};

/// All rows, measured. Linear in runs times columns of the table. Errors: InvalidArgument for a row that is
/// not in the table; Cancelled.
Result<DifferencesPtr> findDifferences(RunTablePtr table, const DifferencesRequest& request,
                                       const Operation& operation = {});

} // namespace sextant
