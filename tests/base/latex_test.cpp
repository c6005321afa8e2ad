#include "core/base/latex.h"

#include <gtest/gtest.h>
#include <limits>

namespace sextant {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(Latex, EscapesWhatMeansSomething)
{
    EXPECT_EQ(
        latexText("lr_0.1 & 50 % of $x #1 {a} ~ ^ \\n"),
        "lr\\_0.1 \\& 50 \\% of \\$x \\#1 \\{a\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}n");
    EXPECT_EQ(latexText("a\nb\tc"), "a b c");
    EXPECT_EQ(latexText("größe"), "größe");
}

TEST(Latex, SpreadGivesTheDecimals)
{
    EXPECT_EQ(latexNumber(2.86891, 0.01234), "$2.869 \\pm 0.012$");
    EXPECT_EQ(latexNumber(91.23456, 1.5), "$91.2 \\pm 1.5$");
    EXPECT_EQ(latexNumber(1234.5, 120), "$1234 \\pm 120$");
    EXPECT_EQ(latexNumber(-0.5, 0.00123), "$-0.5000 \\pm 0.0012$");
    EXPECT_EQ(latexNumber(0.5, 0), "$0.5000 \\pm 0.0000$");
}

TEST(Latex, WithoutSpread)
{
    EXPECT_EQ(latexNumber(0.95561, kNaN), "$0.9556$");
    EXPECT_EQ(latexNumber(17, kNaN), "$17.00$");
    EXPECT_EQ(latexNumber(0, kNaN), "$0$");
    EXPECT_EQ(latexNumber(kNaN, 1), "NaN");
    EXPECT_EQ(latexNumber(-std::numeric_limits<double>::infinity(), kNaN), "$-\\infty$");
    EXPECT_EQ(latexNumber(1.5e-7, kNaN), "$1.500 \\times 10^{-7}$");
    EXPECT_EQ(latexNumber(1e308, 1e300), "$1.000 \\times 10^{308} \\pm 1.000 \\times 10^{300}$");
}

TEST(Latex, TableOfBooktabs)
{
    const LatexColumn columns[] = {{"optimizer", false}, {"val_loss", true}};
    const std::vector<std::string> rows[] = {{"adam", latexNumber(2.9, 0.01)}, {"muon"}};
    EXPECT_EQ(latexTable(columns, rows),
              "% \\usepackage{booktabs}\n\\begin{tabular}{lr}\n\\toprule\n"
              "optimizer & val\\_loss \\\\\n\\midrule\n"
              "adam & $2.900 \\pm 0.010$ \\\\\nmuon &  \\\\\n\\bottomrule\n\\end{tabular}\n");
}

} // namespace
} // namespace sextant
