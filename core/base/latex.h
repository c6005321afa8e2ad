// Tables for LaTeX papers: text that LaTeX prints as it is, numbers with their spread, booktabs.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sextant {

/// The text so that LaTeX prints it: characters that mean something to it are escaped, control characters are
/// blanks.
std::string latexText(std::string_view text);

/// "$2.869 \pm 0.012$": the spread with two significant digits, the mean with as many decimals. Without a
/// spread (NaN) the mean with four significant digits at least; "NaN", "$\infty$" for what is no number.
std::string latexNumber(double mean, double spread);

struct LatexColumn
{
    std::string title; // any text
    bool numeric = false;
};

/// A tabular with \toprule, \midrule, \bottomrule (package booktabs); cells are LaTeX already.
std::string latexTable(std::span<const LatexColumn> columns, std::span<const std::vector<std::string>> rows);

} // namespace sextant
