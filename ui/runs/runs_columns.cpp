#include "ui/runs/runs_columns.h"

#include "core/base/number.h"
#include "core/query/print.h"
#include "ui/widgets/store_text.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace sextant {

namespace {

QString translate(const char* text)
{
    return QCoreApplication::translate("RunsColumns", text);
}

struct AttributeTitle
{
    const char* key;
    const char* title;
};

constexpr std::array kAttributes = {
    AttributeTitle{"start_time", QT_TRANSLATE_NOOP("RunsColumns", "Started")},
    AttributeTitle{"end_time", QT_TRANSLATE_NOOP("RunsColumns", "Ended")},
    AttributeTitle{"duration", QT_TRANSLATE_NOOP("RunsColumns", "Duration")},
    AttributeTitle{"user_id", QT_TRANSLATE_NOOP("RunsColumns", "User")},
    AttributeTitle{"experiment_id", QT_TRANSLATE_NOOP("RunsColumns", "Experiment")},
    AttributeTitle{"run_id", QT_TRANSLATE_NOOP("RunsColumns", "Run ID")},
    AttributeTitle{"lifecycle_stage", QT_TRANSLATE_NOOP("RunsColumns", "Lifecycle")},
    AttributeTitle{"artifact_uri", QT_TRANSLATE_NOOP("RunsColumns", "Artifact location")},
};

RunCell textCell(QString text)
{
    return {RunCell::Kind::Text, std::move(text)};
}

RunsColumn fixedColumn(RunsColumnKind kind, const char* title)
{
    RunsColumn column;
    column.kind = kind;
    column.title = translate(title);
    return column;
}

} // namespace

QString columnTitle(const ColumnRef& column)
{
    if (column.kind == ColumnKind::Attribute) {
        for (const auto& attribute : kAttributes) {
            if (column.key == attribute.key)
                return translate(attribute.title);
        }
    }
    return oneLine(column.key);
}

std::string filterField(const ColumnRef& column)
{
    static constexpr std::array kKinds = {FieldKind::Attribute, FieldKind::Metric, FieldKind::Param,
                                          FieldKind::Tag};
    return quoteField(kKinds[static_cast<std::size_t>(column.kind)], column.key);
}

QString columnKindName(ColumnKind kind)
{
    switch (kind) {
    case ColumnKind::Metric:
        return translate("Metric");
    case ColumnKind::Param:
        return translate("Parameter");
    case ColumnKind::Tag:
        return translate("Tag");
    case ColumnKind::Attribute:
        break;
    }
    return translate("Attribute");
}

std::vector<ColumnRef> attributeColumns()
{
    std::vector<ColumnRef> columns;
    for (const auto& attribute : kAttributes)
        columns.push_back({ColumnKind::Attribute, attribute.key});
    return columns;
}

QString statusText(RunStatus status)
{
    switch (status) {
    case RunStatus::Running:
        return translate("Running");
    case RunStatus::Scheduled:
        return translate("Scheduled");
    case RunStatus::Finished:
        return translate("Finished");
    case RunStatus::Failed:
        return translate("Failed");
    case RunStatus::Killed:
        return translate("Killed");
    }
    return translate("Unknown");
}

StatusLook statusLook(RunStatus status)
{
    switch (status) {
    case RunStatus::Running:
        return {"loader-circle", "info.fg"};
    case RunStatus::Scheduled:
        return {"clock", "text.muted"};
    case RunStatus::Finished:
        return {"circle-check", "success.fg"};
    case RunStatus::Failed:
        return {"circle-x", "error.fg"};
    case RunStatus::Killed:
        return {"circle-stop", "text.muted"};
    }
    return {"circle-help", "text.muted"};
}

RunCell RunsColumn::cell(const RunTable& table, RowIndex row) const
{
    switch (kind) {
    case RunsColumnKind::Name:
        return textCell(table.name(row).empty() ? shortId(table.runId(row)) : oneLine(table.name(row)));
    case RunsColumnKind::Status:
        return textCell(statusText(table.status(row)));
    case RunsColumnKind::Delta:
        return table.complete() ? deltaCell(row) : RunCell{RunCell::Kind::Loading, {}};
    case RunsColumnKind::Value:
        break;
    default:
        return textCell({});
    }
    if (ref.kind == ColumnKind::Attribute)
        return attributeCell(table, row);
    if (!table.complete())
        return {RunCell::Kind::Loading, {}};
    if (ref.kind == ColumnKind::Metric)
        return metricCell(table, row);
    auto value = text ? text->at(row) : std::nullopt;
    if (!value)
        return {RunCell::Kind::Missing, QStringLiteral("—")};
    return {numeric ? RunCell::Kind::Number : RunCell::Kind::Text, oneLine(*value, 200)};
}

RunCell RunsColumn::metricCell(const RunTable&, RowIndex row) const
{
    auto value = metric ? metric->at(row) : kMissing;
    if (isMissing(value))
        return {RunCell::Kind::Missing, QStringLiteral("—")};
    return {std::isfinite(value) ? RunCell::Kind::Number : RunCell::Kind::NotFinite,
            formatNumber(value, format)};
}

RunCell RunsColumn::deltaCell(RowIndex row) const
{
    auto value = metric ? metric->at(row) : kMissing;
    auto difference = value - baseline;
    if (isMissing(value) || isMissing(baseline) || !std::isfinite(difference))
        return {RunCell::Kind::Missing, QStringLiteral("—")};
    auto shown = formatDifference(difference, format);
    if (difference == 0 || direction == Direction::Unknown)
        return {RunCell::Kind::Neutral, shown};
    auto better = (difference < 0) == (direction == Direction::LowerIsBetter);
    return {better ? RunCell::Kind::Better : RunCell::Kind::Worse, shown};
}

RunCell RunsColumn::attributeCell(const RunTable& table, RowIndex row) const
{
    const auto& key = ref.key;
    if (key == "start_time" || key == "end_time") {
        auto time = key == "start_time" ? table.startTime(row) : table.endTime(row);
        if (!isKnown(time))
            return {RunCell::Kind::Missing, QStringLiteral("—")};
        return textCell(absoluteTimes ? formatTime(time) : formatRelativeTime(time, now()));
    }
    if (key == "duration") {
        auto known = isKnown(table.endTime(row));
        return {known ? RunCell::Kind::Number : RunCell::Kind::Missing,
                formatDuration(table.startTime(row), table.endTime(row), DurationDetail::Short)};
    }
    auto value = exactText(table, row);
    return value.isEmpty() ? RunCell{RunCell::Kind::Missing, QStringLiteral("—")} : textCell(value);
}

QString RunsColumn::exactText(const RunTable& table, RowIndex row) const
{
    constexpr std::size_t kLimit = 20'000;
    if (kind == RunsColumnKind::Name)
        return oneLine(table.name(row), kLimit);
    if (kind != RunsColumnKind::Value)
        return cell(table, row).text;
    if (ref.kind == ColumnKind::Metric) {
        auto value = metric ? metric->at(row) : kMissing;
        if (std::isnan(value))
            return isMissing(value) ? QString() : QStringLiteral("NaN");
        if (std::isinf(value))
            return value > 0 ? QStringLiteral("Infinity") : QStringLiteral("-Infinity");
        return QString::fromStdString(formatDouble(value));
    }
    if (ref.kind != ColumnKind::Attribute) {
        auto value = text ? text->at(row) : std::nullopt;
        return value ? manyLines(*value, kLimit) : QString();
    }
    if (ref.key == "start_time" || ref.key == "end_time") {
        auto time = ref.key == "start_time" ? table.startTime(row) : table.endTime(row);
        return isKnown(time) ? formatTime(time) : QString();
    }
    if (ref.key == "duration")
        return isKnown(table.endTime(row))
                   ? formatDuration(table.startTime(row), table.endTime(row), DurationDetail::Full)
                   : QString();
    if (ref.key == "user_id")
        return oneLine(table.user(row));
    if (ref.key == "experiment_id")
        return oneLine(table.experiment(row).name);
    if (ref.key == "run_id")
        return oneLine(table.runId(row));
    if (ref.key == "lifecycle_stage")
        return oneLine(toText(table.lifecycle(row)));
    return ref.key == "artifact_uri" ? oneLine(table.artifactUri(row)) : QString();
}

std::vector<RunsColumn> makeColumns(const ColumnSetup& setup)
{
    const auto& table = *setup.arrangement.table;
    std::vector<RunsColumn> columns = {
        fixedColumn(RunsColumnKind::Fold, "Pin"), fixedColumn(RunsColumnKind::Eye, "Shown in charts"),
        fixedColumn(RunsColumnKind::Dot, "Colour"), fixedColumn(RunsColumnKind::Name, "Name"),
        fixedColumn(RunsColumnKind::Status, "Status")};
    for (const auto& ref : setup.columns) {
        RunsColumn column;
        column.ref = ref;
        column.title = columnTitle(ref);
        column.absoluteTimes = setup.absoluteTimes;
        if (const auto* facts = setup.arrangement.facts(ref)) {
            column.format = facts->format;
            column.numeric = facts->numeric;
        }
        if (ref.kind == ColumnKind::Metric)
            column.metric = table.metric(ref.key);
        else if (ref.kind != ColumnKind::Attribute)
            column.text = ref.kind == ColumnKind::Param ? table.param(ref.key) : table.tag(ref.key);
        columns.push_back(column);
        if (setup.baseline && ref.kind == ColumnKind::Metric && ref.key == setup.deltaMetric) {
            column.kind = RunsColumnKind::Delta;
            column.title = translate("Δ baseline");
            column.direction = setup.deltaDirection;
            column.baseline = column.metric ? column.metric->at(*setup.baseline) : kMissing;
            columns.push_back(std::move(column));
        }
    }
    return columns;
}

} // namespace sextant
