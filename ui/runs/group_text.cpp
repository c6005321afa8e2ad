#include "ui/runs/group_text.h"

#include "core/base/number.h"
#include "ui/widgets/store_text.h"

#include <QCoreApplication>

#include <array>

namespace sextant {

namespace {

QString translate(const char* text)
{
    return QCoreApplication::translate("GroupText", text);
}

struct AttributeTitle
{
    const char* key;
    const char* title;
};

constexpr std::array kAttributes = {
    AttributeTitle{"experiment_id", QT_TRANSLATE_NOOP("GroupText", "Experiment")},
    AttributeTitle{"dataset", QT_TRANSLATE_NOOP("GroupText", "Dataset")},
    AttributeTitle{"dataset.name", QT_TRANSLATE_NOOP("GroupText", "Dataset name")},
    AttributeTitle{"dataset.context", QT_TRANSLATE_NOOP("GroupText", "Dataset context")},
    AttributeTitle{"user_id", QT_TRANSLATE_NOOP("GroupText", "User")},
    AttributeTitle{"status", QT_TRANSLATE_NOOP("GroupText", "Status")},
    AttributeTitle{"lifecycle_stage", QT_TRANSLATE_NOOP("GroupText", "Lifecycle")},
    AttributeTitle{"run_name", QT_TRANSLATE_NOOP("GroupText", "Name")},
};

} // namespace

QString figureName(GroupFigure figure)
{
    static constexpr std::array kNames = {QT_TRANSLATE_NOOP("GroupText", "mean ± std"),
                                          QT_TRANSLATE_NOOP("GroupText", "mean ± stderr"),
                                          QT_TRANSLATE_NOOP("GroupText", "mean ± 95 % CI"),
                                          QT_TRANSLATE_NOOP("GroupText", "mean"),
                                          QT_TRANSLATE_NOOP("GroupText", "std"),
                                          QT_TRANSLATE_NOOP("GroupText", "stderr"),
                                          QT_TRANSLATE_NOOP("GroupText", "min"),
                                          QT_TRANSLATE_NOOP("GroupText", "max"),
                                          QT_TRANSLATE_NOOP("GroupText", "median")};
    return translate(kNames[static_cast<std::size_t>(figure)]);
}

QString spreadName(GroupFigure figure)
{
    return hasSpread(figure) ? figureName(figure).section(QLatin1Char(' '), 1) : QString();
}

QString groupFieldTitle(const ColumnRef& column)
{
    if (column.kind == ColumnKind::Attribute) {
        for (const auto& attribute : kAttributes) {
            if (column.key == attribute.key)
                return translate(attribute.title);
        }
    }
    return oneLine(column.key, 80);
}

QString groupingText(const std::vector<ColumnRef>& columns)
{
    QStringList titles;
    for (const auto& column : columns)
        titles << groupFieldTitle(column);
    return titles.join(QLatin1String(", "));
}

std::vector<ColumnRef> groupAttributes()
{
    std::vector<ColumnRef> columns;
    for (const auto& attribute : kAttributes)
        columns.push_back({ColumnKind::Attribute, attribute.key});
    return columns;
}

QString groupValueText(const GroupedRuns& groups, std::size_t group, std::size_t field)
{
    const auto& column = groups.runs.fields()[field].column;
    auto value = groups.value(group, field);
    if (!value)
        return {};
    if (column.kind == ColumnKind::Attribute && column.key == "experiment_id")
        return oneLine(
            groups.runs.table()->experiment(groups.runs.rows(groups.groups[group].source).front()).name, 120);
    return oneLine(*value, 120);
}

QString groupName(const GroupedRuns& groups, std::size_t group)
{
    QStringList parts;
    const auto& fields = groups.runs.fields();
    for (std::size_t field = 0; field < fields.size(); ++field) {
        auto value = groupValueText(groups, group, field);
        auto title = groupFieldTitle(fields[field].column);
        auto text = groups.value(group, field);
        if (!text)
            parts << translate("no %1").arg(title);
        else if (value.isEmpty())
            parts << translate("empty %1").arg(title);
        else if (fields.size() > 1 && parseDouble(*text) && value == oneLine(*text, 120))
            parts << title + QLatin1Char(' ') + value; // a bare number beside others says nothing
        else
            parts << value;
    }
    return parts.join(QStringLiteral(" · "));
}

QString groupKeyText(const GroupedRuns& groups, std::size_t group)
{
    QStringList lines;
    const auto& fields = groups.runs.fields();
    for (std::size_t field = 0; field < fields.size(); ++field)
        lines << groupFieldTitle(fields[field].column) + QLatin1String(" = ") +
                     (groups.value(group, field) ? groupValueText(groups, group, field) : translate("none"));
    return lines.join(QLatin1Char('\n'));
}

std::vector<FigureLine> figureLines(const Summary& summary, const RunsColumn& column)
{
    std::vector<FigureLine> lines;
    auto number = [&](double value) { return column.numberText(std::isnan(value) ? kMissing : value); };
    auto count = QString::number(summary.count);
    if (auto left = summary.leftOut(); !left.empty())
        count += QLatin1String(", ") + QString::fromStdString(left);
    lines.push_back({translate("n"), count});
    if (summary.count == 0)
        return lines;
    lines.push_back({translate("mean"), number(summary.mean)});
    if (summary.count > 1) {
        lines.push_back({translate("std"), number(summary.deviation)});
        lines.push_back({translate("stderr"), number(summary.standardError)});
        lines.push_back(
            {translate("95 % CI of the mean"),
             number(summary.confidence.low) + QStringLiteral(" … ") + number(summary.confidence.high)});
    } else {
        lines.push_back({translate("std"), translate("needs two values")});
    }
    lines.push_back({translate("min"), number(summary.min)});
    lines.push_back({translate("median"), number(summary.median)});
    lines.push_back({translate("max"), number(summary.max)});
    return lines;
}

Summary summaryOf(const RunTable& table, const RunsColumn& column, std::span<const RowIndex> rows)
{
    auto numbers = numbersAt(table, column.ref, rows);
    auto end =
        std::remove_if(numbers.begin(), numbers.end(), [](double number) { return isMissing(number); });
    auto missing = static_cast<std::size_t>(numbers.end() - end);
    numbers.erase(end, numbers.end());
    auto summary = summarizeInPlace(numbers);
    summary.missing = missing;
    return summary;
}

} // namespace sextant
