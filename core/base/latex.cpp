#include "core/base/latex.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace sextant {
namespace {

std::string fixed(double value, int decimals)
{
    char text[400];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

/// "1.2 \times 10^{-7}" where a fixed number of decimals would say nothing.
std::string scientific(double value)
{
    char text[40];
    std::snprintf(text, sizeof text, "%.3e", value);
    const std::string_view whole = text;
    const std::size_t mark = whole.find('e');
    return std::string(whole.substr(0, mark)) + " \\times 10^{" + std::to_string(std::atoi(text + mark + 1)) +
           "}";
}

bool needsPower(double value)
{
    const double size = std::abs(value);
    return size >= 1e7 || (size > 0 && size < 1e-4);
}

/// So many decimals show `digits` significant ones.
int decimalsOf(double value, int digits)
{
    const double size = std::abs(value);
    return size == 0 ? 0 : std::clamp(digits - 1 - static_cast<int>(std::floor(std::log10(size))), 0, 12);
}

} // namespace

std::string latexText(std::string_view text)
{
    std::string result;
    for (char character : text) {
        switch (character) {
        case '\\':
            result += "\\textbackslash{}";
            break;
        case '~':
            result += "\\textasciitilde{}";
            break;
        case '^':
            result += "\\textasciicircum{}";
            break;
        case '&':
        case '%':
        case '$':
        case '#':
        case '_':
        case '{':
        case '}':
            result += '\\';
            result += character;
            break;
        default:
            result += static_cast<unsigned char>(character) < 0x20 || character == 0x7f ? ' ' : character;
        }
    }
    return result;
}

std::string latexNumber(double mean, double spread)
{
    if (std::isnan(mean))
        return "NaN";
    if (std::isinf(mean))
        return mean > 0 ? "$\\infty$" : "$-\\infty$";
    const bool spreads = std::isfinite(spread);
    if (needsPower(mean) || (spreads && needsPower(spread)))
        return "$" + scientific(mean) + (spreads ? " \\pm " + scientific(spread) : std::string()) + "$";
    const int decimals = spreads && spread != 0 ? decimalsOf(spread, 2) : decimalsOf(mean, 4);
    return "$" + fixed(mean, decimals) + (spreads ? " \\pm " + fixed(spread, decimals) : std::string()) + "$";
}

std::string latexTable(std::span<const LatexColumn> columns, std::span<const std::vector<std::string>> rows)
{
    std::string result = "% \\usepackage{booktabs}\n\\begin{tabular}{";
    for (const LatexColumn& column : columns)
        result += column.numeric ? 'r' : 'l';
    result += "}\n\\toprule\n";
    const auto addRow = [&](std::size_t count, auto cell) {
        for (std::size_t index = 0; index < count; ++index)
            result += (index == 0 ? "" : " & ") + cell(index);
        result += " \\\\\n";
    };
    addRow(columns.size(), [&](std::size_t index) { return latexText(columns[index].title); });
    result += "\\midrule\n";
    for (const auto& row : rows)
        addRow(columns.size(),
               [&](std::size_t index) { return index < row.size() ? row[index] : std::string(); });
    return result + "\\bottomrule\n\\end{tabular}\n";
}

} // namespace sextant
