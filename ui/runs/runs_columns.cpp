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

/// "+1.62 %".
QString percentText(double percent)
{
    auto size = std::abs(percent);
    auto text =
        formatDifference(percent, {size >= 1e6 ? NumberFormat::Style::Scientific : NumberFormat::Style::Fixed,
                                   size < 10     ? 2
                                   : size < 1000 ? 1
                                                 : 0});
    return percent == 0 ? text : text + QStringLiteral(" %");
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
    case RunsColumnKind::Name: {
        const auto name = oneLine(table.name(row));
        return textCell(name.trimmed().isEmpty() ? shortId(table.runId(row)) : name);
    }
    case RunsColumnKind::Status:
        return textCell(statusText(table.status(row)));
    case RunsColumnKind::Delta:
        return table.complete() ? deltaCell(number(table, row)) : RunCell{RunCell::Kind::Loading, {}};
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

RunCell RunsColumn::deltaCell(double value) const
{
    auto difference = value - baseline;
    if (isMissing(value) || isMissing(baseline) || !std::isfinite(difference) || (percent && baseline == 0))
        return {RunCell::Kind::Missing, QStringLiteral("—")};
    auto shown =
        percent ? percentText(100 * difference / std::abs(baseline))
        : isDuration() && difference != 0
            ? (difference < 0 ? QStringLiteral("−") : QStringLiteral("+")) + numberText(std::abs(difference))
            : formatDifference(difference, format);
    auto verdict = judge(difference, better);
    return {verdict == Verdict::Better  ? RunCell::Kind::Better
            : verdict == Verdict::Worse ? RunCell::Kind::Worse
                                        : RunCell::Kind::Neutral,
            shown};
}

double RunsColumn::number(const RunTable& table, RowIndex row) const
{
    if (ref.kind == ColumnKind::Metric)
        return metric ? metric->at(row) : kMissing;
    if (isDuration()) {
        auto known = isKnown(table.startTime(row)) && isKnown(table.endTime(row));
        return known ? static_cast<double>(table.endTime(row) - table.startTime(row)) : kMissing;
    }
    auto value = numeric && text ? text->at(row) : std::nullopt;
    return value ? parseDouble(*value).value_or(kMissing) : kMissing;
}

QString RunsColumn::numberText(double value) const
{
    if (isMissing(value))
        return QStringLiteral("—");
    if (isDuration())
        return formatDuration(0, static_cast<EpochMs>(value), DurationDetail::Short);
    if (isTime())
        return absoluteTimes ? formatTime(static_cast<EpochMs>(value))
                             : formatRelativeTime(static_cast<EpochMs>(value), now());
    return ref.kind == ColumnKind::Metric ? formatNumber(value, format) : formatNumber(value);
}

RunCell RunsColumn::cell(const RunTable& table, const GroupCell& group) const
{
    if (!table.complete() && ref.kind != ColumnKind::Attribute)
        return {RunCell::Kind::Loading, {}};
    if (kind == RunsColumnKind::Delta) {
        auto spreads = figure == GroupFigure::Deviation ||
                       figure == GroupFigure::StandardError; // no difference of values
        auto value = group.kind == GroupCell::Kind::Shared ? number(table, group.row) : group.value;
        return deltaCell(spreads ? kMissing : value);
    }
    switch (group.kind) {
    case GroupCell::Kind::Nothing:
        return {RunCell::Kind::Missing, QStringLiteral("—")};
    case GroupCell::Kind::Shared:
        return cell(table, group.row);
    case GroupCell::Kind::Many:
        return {RunCell::Kind::Many, translate("%1 values").arg(formatCount(group.count))};
    case GroupCell::Kind::Number:
        break;
    }
    RunCell shown{
        isMissing(group.value) ? RunCell::Kind::Missing : RunCell::Kind::Number, numberText(group.value), {}};
    if (isTime() && shown.kind == RunCell::Kind::Number)
        shown.kind = RunCell::Kind::Many; // muted: one date for all
    if (spread && group.count > 0)
        shown.spread = isMissing(group.spread) ? translate("n = %1").arg(group.count)
                                               : QStringLiteral("± ") + numberText(group.spread);
    else if (group.count == 1 && isMissing(group.value))
        shown.text = translate("n = 1");
    return shown;
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

std::string mainMetric(const Workspace& workspace)
{
    auto isShown = [&](const ColumnRef& ref) {
        return std::any_of(workspace.columns.begin(), workspace.columns.end(),
                           [&](const ColumnView& view) { return view.column == ref; });
    };
    for (const auto& key : workspace.order) {
        if (key.column.kind == ColumnKind::Metric && isShown(key.column))
            return key.column.key;
    }
    for (const auto& view : workspace.columns) {
        if (view.column.kind == ColumnKind::Metric)
            return view.column.key;
    }
    return {};
}

Better betterOf(const Workspace& workspace, const std::string& metric)
{
    auto found = workspace.directions.find(metric);
    return found == workspace.directions.end() ? Better::Unsaid
           : found->second < 0                 ? Better::Lower
                                               : Better::Higher;
}

namespace {

/// Columns beside each other: a value, its difference from the baseline, the best run of each group.
class ColumnMaker
{
public:
    ColumnMaker(const RunArrangement& arrangement, const Workspace& workspace)
        : m_arrangement(arrangement), m_table(*arrangement.table), m_workspace(workspace),
          m_main(mainMetric(workspace))
    {
        if (!workspace.baseline.empty())
            m_baseline = m_table.find(workspace.baseline);
        m_columns = {fixedColumn(RunsColumnKind::Fold, "Pin"),
                     fixedColumn(RunsColumnKind::Eye, "Shown in charts"),
                     fixedColumn(RunsColumnKind::Dot, "Colour"), fixedColumn(RunsColumnKind::Name, "Name"),
                     fixedColumn(RunsColumnKind::Status, "Status")};
    }

    void add(const ColumnView& view)
    {
        auto column = value(view);
        m_columns.push_back(column);
        auto isMain = view.column == ColumnRef{ColumnKind::Metric, m_main};
        auto isNumber = column.numeric && view.column.key != "start_time" && view.column.key != "end_time";
        if (m_baseline &&
            (m_workspace.deltas == Deltas::Sorted ? isMain : m_workspace.deltas == Deltas::Every && isNumber))
            m_columns.push_back(delta(column));
        if (const auto& groups = m_arrangement.groups; isMain && groups &&
                                                       groups->request.better != Better::Unsaid &&
                                                       groups->request.bestBy == m_main) {
            column.kind = RunsColumnKind::Best;
            column.title = translate("Best run");
            column.numeric = column.spread = false;
            m_columns.push_back(std::move(column));
        }
    }

    std::vector<RunsColumn> take() { return std::move(m_columns); }

private:
    RunsColumn value(const ColumnView& view) const
    {
        const auto& ref = view.column;
        RunsColumn column;
        column.ref = ref;
        column.title = columnTitle(ref);
        column.absoluteTimes = m_workspace.absoluteTimes;
        column.frozen = view.frozen;
        if (const auto* facts = m_arrangement.facts(ref)) {
            column.format = facts->format;
            column.numeric = facts->numeric;
            if (const auto& groups = m_arrangement.groups) {
                column.groups =
                    &groups->columns[static_cast<std::size_t>(facts - m_arrangement.columns.data())];
                column.figure = groups->request.figure;
                column.spread =
                    hasSpread(column.figure) && (ref.kind == ColumnKind::Metric || ref.key == "duration");
            }
        }
        if (ref.kind == ColumnKind::Metric) {
            column.metric = m_table.metric(ref.key);
            column.better = betterOf(m_workspace, ref.key);
        } else if (ref.kind != ColumnKind::Attribute) {
            column.text = ref.kind == ColumnKind::Param ? m_table.param(ref.key) : m_table.tag(ref.key);
        }
        return column;
    }

    RunsColumn delta(RunsColumn column) const
    {
        column.kind = RunsColumnKind::Delta;
        column.title = m_workspace.deltaPercent ? translate("Δ %") : translate("Δ baseline");
        column.baseline = column.number(m_table, *m_baseline);
        column.percent = m_workspace.deltaPercent;
        column.spread = false;
        return column;
    }

    const RunArrangement& m_arrangement;
    const RunTable& m_table;
    const Workspace& m_workspace;
    std::string m_main;
    std::optional<RowIndex> m_baseline;
    std::vector<RunsColumn> m_columns;
};

} // namespace

std::vector<RunsColumn> makeColumns(const RunArrangement& arrangement, const Workspace& workspace)
{
    ColumnMaker maker(arrangement, workspace);
    for (auto frozen : {true, false}) {
        for (const auto& view : workspace.columns) {
            if (view.frozen == frozen)
                maker.add(view);
        }
    }
    return maker.take();
}

} // namespace sextant
