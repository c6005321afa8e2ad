#include "ui/registry/desk_tables.h"

#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QObject>

#include <cmath>
#include <set>

namespace sextant {

namespace {

constexpr int kNumber = 102;
constexpr std::size_t kFirstMetrics = 10;
constexpr std::size_t kLongestValue = 160;
constexpr const char* kCommitTag = "mlflow.source.git.commit";

QString tr(const char* text)
{
    return QObject::tr(text);
}

QString versionTitle(const char* title, const std::optional<ModelVersion>& version)
{
    return version ? tr(title).arg(version->version) : QString();
}

std::map<std::string, double> metricsOf(const std::optional<Run>& run)
{
    std::map<std::string, double> values;
    if (run)
        for (const auto& metric : run->metrics)
            values[metric.key] = metric.value;
    return values;
}

std::optional<double> valueAt(const std::map<std::string, double>& values, const std::string& key)
{
    auto found = values.find(key);
    return found == values.end() ? std::nullopt : std::optional(found->second);
}

SheetCell numberCell(const std::optional<double>& value, const NumberFormat& format)
{
    SheetCell cell;
    cell.text = value ? formatNumber(*value, format) : QStringLiteral("—");
    cell.color = !value ? "text.muted" : std::isfinite(*value) ? "text" : "warning.fg";
    cell.tip = value ? QString::number(*value, 'g', 17) : tr("not logged");
    return cell;
}

SheetCell deltaCell(const std::optional<double>& now, const std::optional<double>& before,
                    const NumberFormat& format, int direction)
{
    SheetCell cell;
    cell.color = "text.muted";
    if (!now || !before || !std::isfinite(*now) || !std::isfinite(*before)) {
        cell.text = QStringLiteral("—");
        cell.tip = tr("one of the two is not a number");
        return cell;
    }
    auto change = *now - *before;
    cell.text = formatDifference(change, format);
    if (change == 0)
        return cell;
    cell.text = (change > 0 ? QStringLiteral("▲ ") : QStringLiteral("▼ ")) + cell.text;
    if (direction != 0)
        cell.color = (change > 0) == (direction > 0) ? "delta.better" : "delta.worse";
    return cell;
}

/// Those that a gate speaks of first, then those that both have, then by name.
std::vector<std::string> metricOrder(const DeskCase& made, const std::map<std::string, double>& now,
                                     const std::map<std::string, double>& before)
{
    auto rank = [&](const std::string& key) {
        for (const auto& clause : made.clauses)
            if (clause.result.title.find(key) != std::string::npos ||
                clause.result.message.find(key) != std::string::npos)
                return 0;
        if (key.starts_with("system/"))
            return 3;
        return now.contains(key) && before.contains(key) ? 1 : 2;
    };
    std::set<std::string> keys;
    for (const auto* values : {&now, &before})
        for (const auto& [key, value] : *values)
            keys.insert(key);
    std::vector<std::pair<int, std::string>> ranked;
    for (const auto& key : keys)
        ranked.emplace_back(rank(key), key);
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> order;
    for (auto& [place, key] : ranked)
        order.push_back(std::move(key));
    return order;
}

struct VerdictLook
{
    const char* icon;
    const char* color;
    const char* word;
    const char* ground;
};

VerdictLook lookOf(const DeskClause& clause)
{
    const auto& result = clause.result;
    if (result.denies() && clause.waived)
        return {"triangle-alert", "warning.fg", "Waived", "warning.bg"};
    switch (result.verdict) {
    case registry::Verdict::Pass:
        return {"circle-check", "success.fg", "Pass", "bg.1"};
    case registry::Verdict::Warn:
        return {"triangle-alert", "warning.fg", "Warning", "bg.1"};
    case registry::Verdict::Missing:
        return {"circle-dashed", result.denies() ? "error.fg" : "warning.fg", "Missing",
                result.denies() ? "error.bg" : "bg.1"};
    case registry::Verdict::Fail:
        break;
    }
    return {"circle-x", "error.fg", "Fail", "error.bg"};
}

SheetRow clauseRow(const DeskClause& clause, bool severalGates)
{
    const auto& result = clause.result;
    auto look = lookOf(clause);
    auto id = oneName(result.id, 60);
    SheetRow row;
    row.ground = look.ground;
    auto tip = oneLine(result.message, 400);
    if (!result.observed.empty())
        tip += QLatin1Char('\n') + tr("Observed: %1").arg(oneLine(result.observed, 80));
    auto missing = result.verdict == registry::Verdict::Missing;
    auto good = result.verdict == registry::Verdict::Pass;
    row.cells = {{tr(look.word), QLatin1String(look.icon), look.color, true, false, {}, tip},
                 {severalGates ? oneName(clause.gate, 40) + QStringLiteral(" / ") + id : id,
                  {},
                  "text",
                  false,
                  false,
                  {},
                  tip},
                 {oneLine(result.title, 200), {}, good ? "text.muted" : "text", false, false, {}, tip},
                 {missing         ? tr("no data")
                  : result.number ? formatNumber(*result.number)
                                  : oneLine(result.observed, 80),
                  {},
                  good ? "text" : look.color,
                  !good,
                  false,
                  {},
                  tip},
                 {oneLine(result.expected, 80), {}, "text.muted", false, false, {}, tip},
                 {oneLine(result.from, 40), {}, "accent.text", false, false, {}, tip}};
    return row;
}

SheetRow unevaluatedRow(const DeskGate& gate)
{
    SheetRow row;
    row.ground = gate.allows() ? "bg.1" : "error.bg";
    auto why = oneLine(gate.problem, 300);
    row.cells = {
        {tr("Not checked"), QStringLiteral("circle-help"), "warning.fg", true, false, {}, why},
        {oneName(gate.name, 60), {}, "text", false, false, {}, why},
        {why, {}, "text", false, false, {}, why},
        {gate.recorded ? (*gate.recorded ? tr("signed: pass") : tr("signed: fail")) : tr("no verdict"),
         {},
         "text.muted",
         false,
         false,
         {},
         why},
        {{}, {}, "text", false, false, {}, {}},
        {{}, {}, "text", false, false, {}, {}}};
    return row;
}

QString valueText(const TagMap& values, const std::string& key)
{
    auto found = values.find(key);
    return found == values.end() ? tr("none") : oneLine(found->second, kLongestValue);
}

SheetRow differenceRow(const QString& name, const QString& now, const QString& before, bool differs,
                       bool mono)
{
    return {{{name, {}, "text", false, false, {}, {}},
             {now, {}, "text", differs, mono, {}, {}},
             {before, {}, differs ? "text" : "text.muted", false, mono, {}, {}}},
            "bg.1"};
}

QString datasetsOf(const std::optional<Run>& run)
{
    QStringList names;
    if (run)
        for (const auto& input : run->datasets)
            names << oneLine(input.dataset.name, 60) + QStringLiteral(" ") +
                         oneLine(input.dataset.digest, 40);
    return names.isEmpty() ? tr("none recorded") : names.join(QStringLiteral(", "));
}

} // namespace

DeskTable metricsTable(const DeskCase& made, const DirectionOf& direction, bool all)
{
    auto now = metricsOf(made.candidateRun), before = metricsOf(made.championRun);
    DeskTable table;
    table.columns = {
        {tr("Metric, last value"), 0, false},
        {versionTitle("Candidate v%1", made.candidate), kNumber, true},
        {made.champion ? versionTitle("Champion v%1", made.champion) : tr("No champion"), kNumber, true},
        {tr("Difference"), kNumber, true}};
    for (const auto& key : metricOrder(made, now, before)) {
        if (!all && table.rows.size() == kFirstMetrics) {
            ++table.hidden;
            continue;
        }
        auto candidate = valueAt(now, key), champion = valueAt(before, key);
        std::vector<double> values;
        for (const auto& value : {candidate, champion})
            if (value)
                values.push_back(*value);
        auto format = chooseFormat(values);
        auto way = direction(key);
        SheetCell name{oneName(key, 200),
                       {},
                       "text",
                       false,
                       false,
                       way > 0   ? tr("higher is better")
                       : way < 0 ? tr("lower is better")
                                 : tr("no direction set"),
                       {}};
        auto value = numberCell(candidate, format);
        value.strong = true;
        table.rows.push_back(
            {{name, value, numberCell(champion, format), deltaCell(candidate, champion, format, way)},
             "bg.1"});
    }
    return table;
}

DeskTable gatesTable(const DeskCase& made)
{
    DeskTable table;
    table.columns = {{tr("Verdict"), 96, false},        {tr("Clause"), 168, false},
                     {tr("What is checked"), 0, false}, {tr("Observed"), 92, true},
                     {tr("Expected"), 100, true},       {tr("From"), 92, false}};
    for (const auto& gate : made.gates)
        if (!gate.now)
            table.rows.push_back(unevaluatedRow(gate));
    for (const auto& clause : made.clauses)
        table.rows.push_back(clauseRow(clause, made.gates.size() > 1));
    return table;
}

QString gatesSummary(const DeskCase& made)
{
    quint64 pass = 0, fail = 0, warn = 0, missing = 0;
    for (const auto& clause : made.clauses) {
        using registry::Verdict;
        auto verdict = clause.result.verdict;
        ++(verdict == registry::Verdict::Pass   ? pass
           : verdict == registry::Verdict::Warn ? warn
           : verdict == registry::Verdict::Fail ? fail
                                                : missing);
    }
    QStringList parts{counted(pass, tr("1 passes"), tr("%1 pass"))};
    if (fail > 0)
        parts << counted(fail, tr("1 fails"), tr("%1 fail"));
    if (missing > 0)
        parts << counted(missing, tr("1 has no data"), tr("%1 have no data"));
    if (warn > 0)
        parts << counted(warn, tr("1 warning"), tr("%1 warnings"));
    return parts.join(QStringLiteral(", "));
}

Differing differencesTable(const DeskCase& made, bool all)
{
    Differing result;
    result.table.columns = {{{}, 198, false}, {{}, 0, false}, {{}, 0, false}};
    if (!made.candidateRun || !made.championRun) {
        result.summary =
            made.champion ? tr("a run could not be read") : tr("there is nothing to compare with");
        return result;
    }
    const auto& now = *made.candidateRun;
    const auto& before = *made.championRun;
    QStringList what;
    auto add = [&](const QString& name, const QString& one, const QString& other, bool mono) {
        if (one == other && !all)
            return false;
        result.table.rows.push_back(differenceRow(name, one, other, one != other, mono));
        return one != other;
    };
    std::set<std::string> keys;
    for (const auto* run : {&now, &before})
        for (const auto& [key, value] : run->params)
            keys.insert(key);
    std::vector<std::string> same;
    for (const auto& key : keys) {
        auto one = now.params.find(key), other = before.params.find(key);
        auto equal = one != now.params.end() && other != before.params.end() && one->second == other->second;
        ++(equal ? result.equal : result.params);
        if (equal)
            same.push_back(key);
        else
            result.table.rows.push_back(differenceRow(oneName(key, 160), valueText(now.params, key),
                                                      valueText(before.params, key), true, false));
    }
    if (result.params > 0)
        what << counted(quint64(result.params), tr("1 param"), tr("%1 params"));
    if (add(tr("Commit"), valueText(now.tags, kCommitTag), valueText(before.tags, kCommitTag), true))
        what << tr("commit");
    if (add(tr("Data, as the store says"), datasetsOf(made.candidateRun), datasetsOf(made.championRun),
            false))
        what << tr("data");
    if (all)
        for (const auto& key : same)
            result.table.rows.push_back(differenceRow(oneName(key, 160), valueText(now.params, key),
                                                      valueText(before.params, key), false, false));
    result.table.hidden = all ? 0 : int(same.size());
    result.summary = what.isEmpty() ? tr("nothing that was logged differs") : what.join(QStringLiteral(", "));
    if (result.equal > 0)
        result.summary += QStringLiteral("; ") +
                          counted(quint64(result.equal), tr("1 param is equal"), tr("%1 params are equal"));
    return result;
}

} // namespace sextant
