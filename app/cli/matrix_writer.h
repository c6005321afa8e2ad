// Writing a matrix of differences as JSON, csv or a table for people.
#pragma once

#include "app/cli/metric_options.h"
#include "app/cli/sink.h"
#include "core/table/differences.h"

namespace sextant::cli {

struct Matrix
{
    DifferencesPtr differences;
    std::vector<std::uint32_t> shown; // rows of it, in the order to print
    std::optional<std::size_t> baseline;
    BetterOptions better;

    DifferenceChange change(std::size_t row, std::size_t column) const
    {
        return differences->change(row, column, *baseline, better.of(differences->rows()[row].key));
    }
};

void writeMatrixJson(Sink& sink, const Matrix& matrix);
void writeMatrixCsv(Sink& sink, const Matrix& matrix);
void writeMatrixTable(Sink& sink, const Matrix& matrix, std::size_t screenWidth);

} // namespace sextant::cli
