#include "ui/runs/run_facts.h"

#include "core/base/number.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sextant {

namespace {

QString translate(const char* text)
{
    return QCoreApplication::translate("RunFacts", text);
}

bool isMachineMetric(std::string_view key)
{
    return key.starts_with("system/") || key.starts_with("sys/") || key.starts_with("perf/");
}

QString fileName(std::string_view path)
{
    auto slash = path.find_last_of("/\\");
    return oneLine(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

} // namespace

std::string_view tagOf(const RunTable& table, RowIndex row, std::string_view key)
{
    const auto* column = table.tag(key);
    return column ? column->at(row).value_or(std::string_view()) : std::string_view();
}

std::vector<Fact> overviewOf(const RunTable& table, RowIndex row)
{
    std::vector<Fact> facts;
    auto add = [&](const char* label, const QString& value) {
        if (!value.isEmpty()) {
            facts.emplace_back();
            facts.back().label = translate(label);
            facts.back().value = value;
        }
    };
    add("Experiment", oneLine(table.experiment(row).name));
    add("Started", formatTime(table.startTime(row)));
    add("Duration", formatDuration(table.startTime(row), table.endTime(row), DurationDetail::Full));
    add("User", oneLine(table.user(row)));
    if (auto source = tagOf(table, row, "mlflow.source.name"); !source.empty()) {
        add("Source", fileName(source));
        facts.back().whole = oneLine(source);
    }
    if (auto commit = tagOf(table, row, "mlflow.source.git.commit"); !commit.empty()) {
        add("Commit", oneLine(commit.substr(0, 8)));
        facts.back().mono = true;
        facts.back().whole = oneLine(commit);
        auto dirty = tagOf(table, row, "mlflow.source.git.dirty");
        if (dirty == "true" || dirty == "True") {
            facts.back().remark = QStringLiteral("⚠ ") + translate("uncommitted changes");
            facts.back().remarkColor = "warning.fg";
        } else if (auto branch = tagOf(table, row, "mlflow.source.git.branch"); !branch.empty()) {
            facts.back().remark = translate("on %1").arg(oneLine(branch));
        }
    }
    for (const auto& use : table.datasets(row)) {
        const auto& dataset = table.data().datasets[use.dataset];
        add("Dataset", oneLine(dataset.name));
        facts.back().remark = oneLine(dataset.digest).left(8);
    }
    return facts;
}

std::vector<MetricValue> metricsOf(const RunTable& table, RowIndex row)
{
    std::vector<MetricValue> metrics;
    for (const auto& column : table.data().metrics) {
        if (auto value = column.at(row); !isMissing(value))
            metrics.push_back({column.key, value});
    }
    std::stable_partition(metrics.begin(), metrics.end(),
                          [](const MetricValue& metric) { return !isMachineMetric(metric.key); });
    return metrics;
}

std::vector<ParamValue> paramsOf(const RunTable& table, RowIndex row, std::optional<RowIndex> baseline)
{
    std::vector<ParamValue> params;
    for (const auto& column : table.data().params) {
        ParamValue param{column.key, column.at(row), std::nullopt, false};
        if (baseline && *baseline != row) {
            param.baseline = column.at(*baseline);
            param.differs = param.value != param.baseline;
        }
        if (param.value || param.baseline)
            params.push_back(param);
    }
    return params;
}

std::vector<TagChips::Tag> tagsOf(const RunTable& table, RowIndex row)
{
    std::vector<TagChips::Tag> tags;
    for (const auto& column : table.data().tags) {
        if (column.key.starts_with("mlflow."))
            continue;
        if (auto value = column.at(row))
            tags.push_back({oneLine(column.key), oneLine(*value)});
    }
    return tags;
}

} // namespace sextant
