// DiffMatrix and DiffContent: the differences of the compared runs made ready to be drawn, and which rows are
// shown in which order. Immutable, made off the GUI thread.
#pragma once

#include "ui/compare/diff_settings.h"
#include "ui/widgets/number_format.h"

#include <array>
#include <memory>
#include <vector>

namespace sextant {

/// All that was logged about the runs. The first run is the baseline.
struct DiffMatrix
{
    DifferencesPtr differences;
    std::vector<RowIndex> runs;
    std::vector<NumberFormat> formats; // by row
    std::vector<double> largest;       // by row of numbers: the greatest distance from the baseline; 0: none
    std::array<std::size_t, kDiffKinds> fields{}; // how many there are of each kind
    int numberLength = 0;                         // characters of the longest number
};

using DiffMatrixPtr = std::shared_ptr<const DiffMatrix>;

/// One section with its rows to show.
struct DiffSection
{
    DifferenceSection section = DifferenceSection::Metrics;
    DifferenceCount count;           // of the rows asked for, shown or not
    std::vector<std::uint32_t> rows; // of the matrix
};

struct DiffContent
{
    DiffMatrixPtr matrix;
    std::vector<DiffSection> sections; // those with rows asked for
    DifferenceCount count;             // of the rows asked for
    std::size_t hidden = 0;            // constant ones that are left out
};

using DiffContentPtr = std::shared_ptr<const DiffContent>;

struct DiffRequest
{
    RunTablePtr table;
    std::vector<RowIndex> runs; // the baseline first
    DiffSettings settings;
    DiffMatrixPtr matrix; // of these runs, if it is there already
};

/// Blocks. Errors: InvalidArgument for a search that is no regular expression; Cancelled; those of
/// findDifferences.
Result<DiffContentPtr> makeDiffContent(const DiffRequest& request, const Operation& operation);

/// What is wrong with a regular expression, for people; empty when nothing is.
QString searchProblem(const QString& search);

/// A number as a file has it: all digits, "NaN", "Infinity"; empty when missing.
QString exactNumber(double value);
/// What a run has, whole and as logged; empty when missing.
QString exactText(const Differences& differences, std::size_t row, std::size_t column);

} // namespace sextant
