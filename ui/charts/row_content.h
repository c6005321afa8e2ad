// RowContent: what a chart of rows shows (bars, boxes, counts, importances): a name, then in each lane a mark
// along a scale and its value in words. Plain values, made from a table on any thread.
#pragma once

#include "core/statistics/summary.h"
#include "ui/charts/chart_columns.h"

#include <optional>

namespace sextant {

/// Median, quartiles (linear interpolation), whiskers to the furthest values within 1.5 times their distance.
struct BoxShape
{
    double median = 0, lower = 0, upper = 0;
    double whiskerLow = 0, whiskerHigh = 0;
};
/// `sorted` ascends, is finite and not empty.
BoxShape boxOf(std::span<const double> sorted);

struct RowMark
{
    enum class Kind { Nothing, Bar, Box };
    Kind kind = Kind::Nothing;
    double value = 0;              // Bar: where it ends
    std::optional<Interval> error; // Bar
    BoxShape box;
    std::vector<double> dots; // Box: points of their own
    QString text;             // "2.8714 ± 0.0041"
    bool odd = false;         // not a number: there is no mark
};

struct RowEntry
{
    QString name;
    QString detail; // "n = 5"
    QColor color;
    int row = -1;               // of the table, when it stands for one
    int group = -1;             // of the table, when it stands for one
    std::vector<RowMark> marks; // one a lane
    QStringList facts;          // one for each of RowContent::factNames
};

struct RowLane
{
    QString title;
    double low = 0, high = 0; // of everything drawn in it
    bool fromZero = true;
    bool logarithmic = false;
};

struct RowContent
{
    QString nameTitle; // "Run", "params.optimizer"
    std::vector<RowLane> lanes;
    std::vector<RowEntry> entries;
    QStringList factNames;
    QString note; // what is drawn, which error, what is not
};
using RowContentPtr = std::shared_ptr<const RowContent>;

enum class ErrorKind { None, Deviation, StandardError, Confidence, MinMax };
/// "± standard deviation", "95% interval (Student)" …
QString errorName(ErrorKind kind);

enum class RowOrder { AsGiven, ByValueDown, ByValueUp };

struct BarSettings
{
    bool byGroup = false;
    ErrorKind error = ErrorKind::Deviation;
    RowOrder order = RowOrder::ByValueDown;
    bool operator==(const BarSettings&) const = default;
};
/// A bar a run, or the mean of each group with its error.
RowContentPtr barContent(const ChartTable& table, int column, const BarSettings& settings);
/// A box a group; one for all rows without groups.
RowContentPtr boxContent(const ChartTable& table, int column, bool logarithmic);
/// How many rows have each category.
RowContentPtr countContent(const ChartTable& table, int column);

struct ImportanceRow
{
    QString name;
    double importance = kUndefined, deviation = kUndefined;
    double correlation = kUndefined; // rank correlation, where it exists
    QString correlationText;         // "−0.62, p = 0.003"
};
RowContentPtr importanceContent(const std::vector<ImportanceRow>& rows, const QString& note);

} // namespace sextant
