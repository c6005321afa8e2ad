#include "ui/charts/row_content.h"

#include "ui/charts/value_text.h"
#include "ui/widgets/number_painter.h"

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

/// With more points than this a box speaks for itself, and only the outliers are drawn.
constexpr std::size_t kMostDots = 40;

QString countText(std::size_t n)
{
    return QStringLiteral("n = %1").arg(groupedText(static_cast<std::int64_t>(n)));
}

std::optional<Interval> errorOf(const Summary& summary, ErrorKind kind)
{
    const auto around = [&](double half) -> std::optional<Interval> {
        if (!std::isfinite(half))
            return std::nullopt;
        return Interval{summary.mean - half, summary.mean + half};
    };
    switch (kind) {
    case ErrorKind::None:
        break;
    case ErrorKind::Deviation:
        return around(summary.deviation);
    case ErrorKind::StandardError:
        return around(summary.standardError);
    case ErrorKind::Confidence:
        return std::isfinite(summary.confidence.low) ? std::optional(summary.confidence) : std::nullopt;
    case ErrorKind::MinMax:
        return std::isfinite(summary.min) ? std::optional(Interval{summary.min, summary.max}) : std::nullopt;
    }
    return std::nullopt;
}

void widen(RowLane& lane, double value)
{
    if (std::isfinite(value)) {
        lane.low = std::min(lane.low, value);
        lane.high = std::max(lane.high, value);
    }
}

/// Rows of each group, those without one last; all rows when there are no groups.
struct Members
{
    QString name;
    QColor color;
    int group = -1;
    std::vector<double> values; // missing ones too
};
std::vector<Members> membersOf(const ChartTable& table, const ChartColumn& column)
{
    std::vector<Members> all;
    for (std::size_t group = 0; group < table.groups.size(); ++group)
        all.push_back({table.groups[group].name, table.groups[group].color, static_cast<int>(group), {}});
    all.push_back(
        {table.groups.empty() ? QStringLiteral("all runs") : QStringLiteral("no group"), {}, -1, {}});
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const int group = table.rows[row].group;
        auto& to = group >= 0 && group < std::ssize(table.groups) ? all[static_cast<std::size_t>(group)]
                                                                  : all.back();
        to.values.push_back(column.values[row]);
    }
    if (all.back().values.empty())
        all.pop_back();
    return all;
}

/// The finite ones, ascending; the others counted.
std::vector<double> finiteOf(const std::vector<double>& values, LeftOut& left, bool logarithmic)
{
    std::vector<double> finite;
    for (double value : values)
        if (left.admits(value, logarithmic))
            finite.push_back(value);
    std::sort(finite.begin(), finite.end());
    return finite;
}

void sortEntries(RowContent& content, RowOrder order)
{
    if (order == RowOrder::AsGiven)
        return;
    std::stable_sort(content.entries.begin(), content.entries.end(),
                     [&](const RowEntry& a, const RowEntry& b) {
                         const double first = a.marks[0].value, second = b.marks[0].value;
                         if (std::isnan(first) || std::isnan(second))
                             return !std::isnan(first) && std::isnan(second);
                         return order == RowOrder::ByValueDown ? first > second : first < second;
                     });
}

void addRunBars(RowContent& content, const ChartTable& table, const ChartColumn& column, int decimals,
                LeftOut& left)
{
    content.nameTitle = QStringLiteral("Run");
    content.factNames = {column.name};
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const double value = column.values[row];
        if (isMissing(value)) {
            ++left.missing;
            continue;
        }
        RowEntry entry{table.rows[row].name, {}, table.rows[row].color, static_cast<int>(row)};
        RowMark mark;
        mark.value = value;
        mark.odd = !left.admits(value);
        mark.kind = mark.odd ? RowMark::Kind::Nothing : RowMark::Kind::Bar;
        mark.text = fixedText(value, decimals);
        widen(content.lanes[0], value);
        entry.facts = {valueText(value)};
        entry.marks.push_back(std::move(mark));
        content.entries.push_back(std::move(entry));
    }
}

void addGroupBars(RowContent& content, const ChartTable& table, const ChartColumn& column, ErrorKind kind,
                  int decimals, LeftOut& left)
{
    content.nameTitle = table.groupedBy;
    content.factNames = {QStringLiteral("Mean"), QStringLiteral("Error low"), QStringLiteral("Error high"),
                         QStringLiteral("n"), QStringLiteral("Left out")};
    for (const Members& members : membersOf(table, column)) {
        LeftOut own;
        std::vector<double> finite = finiteOf(members.values, own, false);
        for (double value : members.values)
            left.admits(value);
        const Summary summary = summarizeInPlace(finite);
        RowEntry entry{members.name, countText(summary.count), members.color, -1, members.group};
        RowMark mark;
        mark.value = summary.mean;
        mark.odd = !std::isfinite(summary.mean);
        mark.kind = mark.odd ? RowMark::Kind::Nothing : RowMark::Kind::Bar;
        mark.error = mark.odd ? std::nullopt : errorOf(summary, kind);
        mark.text = mark.odd ? QStringLiteral("no value") : fixedText(summary.mean, decimals);
        if (mark.error && kind != ErrorKind::MinMax && kind != ErrorKind::None)
            mark.text += QStringLiteral(" ± %1").arg(fixedText(mark.error->high - summary.mean, decimals));
        else if (!mark.odd && !mark.error && kind != ErrorKind::None)
            mark.text += QStringLiteral(", no error");
        widen(content.lanes[0], mark.value);
        if (mark.error) {
            widen(content.lanes[0], mark.error->low);
            widen(content.lanes[0], mark.error->high);
        }
        entry.facts = {mark.odd ? QStringLiteral("no value") : valueText(summary.mean),
                       mark.error ? valueText(mark.error->low) : QStringLiteral("none"),
                       mark.error ? valueText(mark.error->high) : QStringLiteral("none"),
                       groupedText(static_cast<std::int64_t>(summary.count)), own.text()};
        entry.marks.push_back(std::move(mark));
        content.entries.push_back(std::move(entry));
    }
}

int decimalsOf(const ChartColumn& column)
{
    double largest = 0;
    for (double value : column.values)
        if (std::isfinite(value))
            largest = std::max(largest, std::abs(value));
    return decimalsFor(largest);
}

bool isNumeric(const ChartTable& table, int column)
{
    return column >= 0 && column < std::ssize(table.columns) &&
           table.columns[static_cast<std::size_t>(column)].kind == ChartColumn::Kind::Numbers;
}

} // namespace

QString errorName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::None:
        break;
    case ErrorKind::Deviation:
        return QStringLiteral("± standard deviation");
    case ErrorKind::StandardError:
        return QStringLiteral("± standard error");
    case ErrorKind::Confidence:
        return QStringLiteral("95% interval of the mean (Student)");
    case ErrorKind::MinMax:
        return QStringLiteral("minimum to maximum");
    }
    return QStringLiteral("no error bars");
}

BoxShape boxOf(std::span<const double> sorted)
{
    BoxShape box{quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75)};
    const double reach = 1.5 * (box.upper - box.lower);
    box.whiskerLow = box.lower;
    box.whiskerHigh = box.upper;
    for (double value : sorted) {
        if (value >= box.lower - reach)
            box.whiskerLow = std::min(box.whiskerLow, value);
        if (value <= box.upper + reach)
            box.whiskerHigh = std::max(box.whiskerHigh, value);
    }
    return box;
}

RowContentPtr barContent(const ChartTable& table, int column, const BarSettings& settings)
{
    auto content = std::make_shared<RowContent>();
    if (!isNumeric(table, column))
        return content;
    const ChartColumn& values = table.columns[static_cast<std::size_t>(column)];
    content->lanes.push_back({values.name});
    LeftOut left;
    const bool byGroup = settings.byGroup && !table.groups.empty();
    if (byGroup)
        addGroupBars(*content, table, values, settings.error, decimalsOf(values), left);
    else
        addRunBars(*content, table, values, decimalsOf(values), left);
    sortEntries(*content, settings.order);
    QStringList parts{
        byGroup ? QStringLiteral("mean by %1, %2").arg(table.groupedBy, errorName(settings.error))
                : counted(content->entries.size(), QStringLiteral("1 run"), QStringLiteral("%1 runs"))};
    if (!left.text().isEmpty())
        parts << left.text();
    content->note = parts.join(QStringLiteral(" · "));
    return content;
}

RowContentPtr boxContent(const ChartTable& table, int column, bool logarithmic)
{
    auto content = std::make_shared<RowContent>();
    if (!isNumeric(table, column))
        return content;
    const ChartColumn& values = table.columns[static_cast<std::size_t>(column)];
    const int decimals = decimalsOf(values);
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    content->nameTitle = table.groups.empty() ? QStringLiteral("Runs") : table.groupedBy;
    content->lanes.push_back({values.name, kInfinity, -kInfinity, false, logarithmic});
    content->factNames = {
        QStringLiteral("n"),       QStringLiteral("Lower whisker"),  QStringLiteral("Lower quartile"),
        QStringLiteral("Median"),  QStringLiteral("Upper quartile"), QStringLiteral("Upper whisker"),
        QStringLiteral("Minimum"), QStringLiteral("Maximum"),        QStringLiteral("Left out")};
    LeftOut left;
    for (const Members& members : membersOf(table, values)) {
        LeftOut own;
        const std::vector<double> sorted = finiteOf(members.values, own, logarithmic);
        finiteOf(members.values, left, logarithmic);
        RowEntry entry{members.name, countText(sorted.size()), members.color, -1, members.group};
        RowMark mark;
        if (sorted.empty()) {
            mark.odd = true;
            mark.value = kUndefined;
            mark.text = QStringLiteral("no value");
            entry.facts = QStringList(8, QStringLiteral("none"));
            entry.facts[0] = QStringLiteral("0");
        } else {
            mark.kind = RowMark::Kind::Box;
            mark.box = boxOf(sorted);
            mark.value = mark.box.median;
            mark.text = fixedText(mark.box.median, decimals);
            for (double value : sorted)
                if (sorted.size() <= kMostDots || value < mark.box.whiskerLow || value > mark.box.whiskerHigh)
                    mark.dots.push_back(value);
            widen(content->lanes[0], sorted.front());
            widen(content->lanes[0], sorted.back());
            entry.facts << groupedText(std::ssize(sorted));
            for (double value : {mark.box.whiskerLow, mark.box.lower, mark.box.median, mark.box.upper,
                                 mark.box.whiskerHigh, sorted.front(), sorted.back()})
                entry.facts << valueText(value);
        }
        entry.facts << own.text();
        entry.marks.push_back(std::move(mark));
        content->entries.push_back(std::move(entry));
    }
    QStringList parts{QStringLiteral("median and quartiles, whiskers within 1.5 of their distance")};
    if (logarithmic)
        parts << QStringLiteral("log");
    if (!left.text().isEmpty())
        parts << left.text();
    content->note = parts.join(QStringLiteral(" · "));
    return content;
}

RowContentPtr countContent(const ChartTable& table, int column)
{
    auto content = std::make_shared<RowContent>();
    if (column < 0 || column >= std::ssize(table.columns) || isNumeric(table, column))
        return content;
    const ChartColumn& codes = table.columns[static_cast<std::size_t>(column)];
    content->nameTitle = codes.name;
    content->lanes.push_back({QStringLiteral("Runs")});
    content->factNames = {QStringLiteral("Runs"), QStringLiteral("Share")};
    std::vector<std::int64_t> counts(static_cast<std::size_t>(codes.categories.size()));
    std::int64_t missing = 0;
    for (std::int32_t code : codes.codes)
        ++(code < 0 ? missing : counts[static_cast<std::size_t>(code)]);
    const double total = static_cast<double>(std::max<std::size_t>(codes.codes.size(), 1));
    for (std::size_t code = 0; code < counts.size(); ++code) {
        const auto count = static_cast<double>(counts[code]);
        RowEntry entry{codes.categories[static_cast<qsizetype>(code)]};
        entry.facts = {groupedText(counts[code]), QStringLiteral("%1%").arg(100 * count / total, 0, 'f', 1)};
        RowMark mark;
        mark.kind = RowMark::Kind::Bar;
        mark.value = count;
        mark.text = groupedText(counts[code]);
        entry.marks.push_back(std::move(mark));
        widen(content->lanes[0], count);
        content->entries.push_back(std::move(entry));
    }
    sortEntries(*content, RowOrder::ByValueDown);
    content->note = QStringLiteral("%1 values in %2 runs%3")
                        .arg(groupedText(std::ssize(counts)), groupedText(std::ssize(codes.codes) - missing),
                             missing > 0 ? QStringLiteral(" · %1 missing not drawn").arg(groupedText(missing))
                                         : QString());
    return content;
}

RowContentPtr importanceContent(const std::vector<ImportanceRow>& rows, const QString& note)
{
    auto content = std::make_shared<RowContent>();
    content->nameTitle = QStringLiteral("Parameter");
    content->lanes.push_back({QStringLiteral("Permutation importance, fall of R²")});
    content->lanes.push_back({QStringLiteral("Rank correlation"), -1, 1});
    content->factNames = {QStringLiteral("Importance"), QStringLiteral("± over shuffles"),
                          QStringLiteral("Rank correlation")};
    content->note = note;
    for (const ImportanceRow& row : rows) {
        RowEntry entry{row.name};
        RowMark mark;
        mark.odd = !std::isfinite(row.importance);
        mark.kind = mark.odd ? RowMark::Kind::Nothing : RowMark::Kind::Bar;
        mark.value = row.importance;
        mark.text = roundedText(row.importance, 3);
        if (!mark.odd && std::isfinite(row.deviation)) {
            mark.error = Interval{row.importance - row.deviation, row.importance + row.deviation};
            widen(content->lanes[0], mark.error->low);
            widen(content->lanes[0], mark.error->high);
        }
        widen(content->lanes[0], mark.value);
        RowMark beside;
        const bool none = !std::isfinite(row.correlation);
        beside.kind = none ? RowMark::Kind::Nothing : RowMark::Kind::Bar;
        beside.value = row.correlation;
        beside.text = !row.correlationText.isEmpty() ? row.correlationText
                      : none                         ? QStringLiteral("none")
                                                     : roundedText(row.correlation, 2);
        entry.facts = {mark.odd ? QStringLiteral("undefined") : valueText(row.importance),
                       valueText(row.deviation), beside.text};
        entry.marks = {std::move(mark), std::move(beside)};
        content->entries.push_back(std::move(entry));
    }
    return content;
}

} // namespace sextant
