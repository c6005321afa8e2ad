// The matrix of differences as text: for the clipboard and for files. Values whole and as logged, whatever
// the view shows.
#pragma once

#include "ui/compare/diff_model.h"

#include <QItemSelection>

namespace sextant {

enum class DiffTextFormat { Tsv, Markdown, Csv };

/// What is to be written, as a value that a job can take.
struct DiffCopy
{
    DiffMatrixPtr matrix;
    std::vector<QString> names;       // of the runs, in the matrix' order
    std::vector<std::uint32_t> rows;  // of the matrix, in the order shown
    std::vector<std::size_t> columns; // of the matrix
};

/// The selected cells' rows and runs; all runs where only fields are selected. The model must have content.
DiffCopy copyOf(const DiffModel& model, const QItemSelection& selection);
/// All that is shown.
DiffCopy copyOf(const DiffModel& model);

/// The kind and name of the field come first, the heads are the runs' names. Line breaks of values are kept
/// in CSV and become blanks otherwise. Any thread. Errors: Cancelled.
Result<QString> diffText(const DiffCopy& copy, DiffTextFormat format, const Operation& operation = {});

} // namespace sextant
