// `sextant reports fairness`
#include "app/cli/command.h"
#include "app/cli/display.h"
#include "app/cli/options.h"
#include "app/cli/report_options.h"
#include "app/cli/run_choice.h"
#include "app/cli/text_table.h"
#include "core/report/fairness/fairness.h"

#include <CLI/CLI.hpp>

#include <array>

namespace sextant::cli {

namespace {

using Json = nlohmann::ordered_json;

struct FairnessArguments
{
    FairnessOptions options;
    ReadingOptions reading;
    std::string threshold, maxDifference, minRatio, gate;
    std::vector<std::string> sensitive, control, privileged;
    std::size_t minGroup = 30;
};

std::string figure(const Json& value)
{
    if (value.is_number())
        return displayNumber(value.get<double>());
    return value.is_string() ? value.get<std::string>() : "undefined";
}

std::string named(const Json& object)
{
    std::string text;
    for (const auto& [key, value] : object.items())
        text += (text.empty() ? "" : ", ") + key + "=" + value.get<std::string>();
    return text;
}

void writeGroups(Context& context, const Json& results)
{
    static constexpr std::array<std::pair<const char*, const char*>, 6> kShown{
        {{"selection_rate", "SELECTED"},
         {"true_positive_rate", "TPR"},
         {"false_positive_rate", "FPR"},
         {"accuracy_score", "ACCURACY"},
         {"precision_score", "PRECISION"},
         {"base_rate", "BASE RATE"}}};
    std::vector<TextTable::Column> columns{{"GROUP", TextTable::Align::Left, true},
                                           {"ROWS", TextTable::Align::Right}};
    for (const auto& [id, title] : kShown)
        columns.push_back({title, TextTable::Align::Right, false, true});
    TextTable table(columns);
    auto addRow = [&](const std::string& name, const Json& figures) {
        std::vector<std::string> cells{name, std::to_string(figures["count"].get<std::uint64_t>())};
        for (const auto& [id, title] : kShown)
            cells.push_back(figure(figures[id]));
        table.addRow(cells);
    };
    addRow("all", results["overall"]);
    for (const auto& group : results["by_group"]) {
        auto name = named(group["group"]);
        if (group.contains("control"))
            name += " | " + named(group["control"]);
        addRow(name, group);
    }
    table.write(context.sink(), context.screenWidth());
}

void writeDisparities(Context& context, const Json& results)
{
    TextTable table({{"DISPARITY", TextTable::Align::Left, true},
                     {"BY", TextTable::Align::Left, true},
                     {"VALUE", TextTable::Align::Right},
                     {"95 % INTERVAL", TextTable::Align::Left, false, true},
                     {"P", TextTable::Align::Right, false, true},
                     {"NOTE", TextTable::Align::Left, true, true}});
    for (const auto& disparity : results["disparities"]) {
        auto metric = disparity["metric"].get<std::string>();
        bool main = metric.starts_with("demographic_parity") || metric.starts_with("equal");
        if (disparity["method"] == "privileged")
            main = true;
        if (!main || disparity["method"] == "to_overall" || disparity["aggregate"] == "mean")
            continue;
        std::string by;
        for (const auto& attribute : disparity["attributes"])
            by += (by.empty() ? "" : ", ") + attribute.get<std::string>();
        if (disparity.contains("privileged"))
            by += ", privileged " + disparity["privileged"].get<std::string>();
        if (disparity.contains("control"))
            by += " | " + named(disparity["control"]);
        std::string interval, p;
        if (disparity["low"].is_number())
            interval = figure(disparity["low"]) + " to " + figure(disparity["high"]);
        if (disparity.contains("p_value"))
            p = figure(disparity["p_value"]);
        table.addRow({metric, by, figure(disparity["value"]), interval, p,
                      disparity["undefined"].is_string() ? disparity["undefined"].get<std::string>() : ""});
    }
    table.write(context.sink(), context.screenWidth());
}

void writeTable(Context& context, const Report& report)
{
    auto describe = [&](const Json& results, const std::string& title) {
        context.sink().write(title + "\n\n");
        writeGroups(context, results);
        context.sink().write("\n");
        writeDisparities(context, results);
        context.sink().write("\n");
    };
    if (report.results.contains("classes")) {
        for (const auto& results : report.results["classes"])
            describe(results, "Favourable: " + printable(results["positive"].get<std::string>()));
    } else {
        describe(report.results, "Favourable: " + printable(report.results["positive"].get<std::string>()));
    }
    for (const auto& check : report.checks)
        context.sink().write((check.passed ? "  holds  " : "  fails  ") + printable(check.message) + "\n");
}

void writeCsv(Context& context, const Report& report)
{
    RecordList list{"disparity",
                    "disparities",
                    {{"positive", ""},
                     {"metric", ""},
                     {"attributes", "", RecordField::Kind::List},
                     {"method", ""},
                     {"aggregate", ""},
                     {"control", "", RecordField::Kind::Map},
                     {"value", "", RecordField::Kind::Number},
                     {"low", "", RecordField::Kind::Number},
                     {"high", "", RecordField::Kind::Number},
                     {"undefined", ""}},
                    {}};
    auto add = [&](const Json& results) {
        for (auto disparity : results["disparities"]) {
            disparity["positive"] = results["positive"];
            list.records.push_back(std::move(disparity));
        }
    };
    if (report.results.contains("classes"))
        for (const auto& results : report.results["classes"])
            add(results);
    else
        add(report.results);
    list.write(context.sink(), Format::Csv, 0);
}

Result<FairnessOptions> complete(const FairnessArguments& arguments)
{
    auto options = arguments.options;
    SEXTANT_TRY(options.reading, dataOptions(arguments.reading));
    SEXTANT_TRY(options.threshold, numberOf(arguments.threshold, "--threshold"));
    SEXTANT_TRY(options.maxDifference, numberOf(arguments.maxDifference, "--max-difference"));
    SEXTANT_TRY(options.minRatio, numberOf(arguments.minRatio, "--min-ratio"));
    options.minGroup = arguments.minGroup;
    options.sensitive = namesIn(arguments.sensitive);
    options.control = namesIn(arguments.control);
    for (const auto& text : arguments.privileged) {
        SEXTANT_TRY(auto pair, assignment(text, "--privileged"));
        options.privileged.insert(std::move(pair));
    }
    return options;
}

Result<int> fairness(Context& context, const FairnessArguments& arguments)
{
    SEXTANT_TRY(auto options, complete(arguments));
    std::optional<registry::Gate> gate;
    if (!arguments.gate.empty()) {
        SEXTANT_TRY(gate, readReportGate(arguments.gate));
    }
    SEXTANT_TRY(auto report, fairnessReport(options, context.operation()));
    switch (context.format()) {
    case Format::Json:
        context.sink().write(toJson(report));
        break;
    case Format::Csv:
        writeCsv(context, report);
        break;
    case Format::Table:
        writeTable(context, report);
        break;
    }
    return gate ? tellVerdict(context, *gate, report) : Result<int>(kDone);
}

} // namespace

void addReportCommands(std::vector<Command>& commands)
{
    commands.push_back(
        {"reports fairness",
         "--data FILE --label COLUMN --prediction COLUMN --sensitive COLUMN…",
         "How differently a model treats groups",
         "FILE is CSV or Parquet. Rates by group, and disparities by the names of fairlearn and AIF360,\n"
         "with intervals. What is undefined is said with its reason; `library` is what the libraries report\n"
         "all the same. Rows without a sensitive value are a group, \"(missing)\". The favourable class is "
         "1\n"
         "or True, else --positive names it; with more than two classes each is taken in turn.\n"
         "--score takes the place of --prediction.\n"
         "\n"
         "JSON: {schema, kind, created, tool{}, inputs[], parameters{}, conventions{}, overall{},\n"
         "by_group[], disparities[], individual{}, checks[]}; csv: the disparities.",
         {"sextant reports fairness --data test.csv --label paid --prediction predicted --sensitive "
          "sex,age_band",
          "sextant reports fairness --data test.csv --label paid --score score --threshold 0.35 --sensitive "
          "sex "
          "--privileged sex=M",
          "sextant reports fairness --data test.csv --label paid --prediction predicted --sensitive sex "
          "--gate fairness.json > report.csv"},
         [](CLI::App& app) -> Action {
             auto arguments = std::make_shared<FairnessArguments>();
             auto& options = arguments->options;
             arguments->threshold = "0.5";
             arguments->maxDifference = "0.1";
             arguments->minRatio = "0.8";
             addText(app, "--data", "FILE", options.data, "CSV or Parquet")->required();
             addText(app, "--label", "COLUMN", options.label, "What was true")->required();
             addText(app, "--prediction", "COLUMN", options.prediction, "What was predicted, as classes");
             addText(app, "--score", "COLUMN", options.score, "What was predicted, as a number");
             addText(app, "--threshold", "T", arguments->threshold, "A score of T or more is positive (0.5)");
             addTexts(app, "--sensitive", "COLUMN,…", arguments->sensitive,
                      "What divides people: each alone, and all together")
                 ->required();
             addTexts(app, "--control", "COLUMN", arguments->control,
                      "Disparities within each value of it as well");
             addText(app, "--weight", "COLUMN", options.weight, "Weights of rows");
             addText(app, "--positive", "VALUE", options.positive, "The favourable class");
             addTexts(app, "--privileged", "COLUMN=VALUE", arguments->privileged,
                      "AIF360's signed comparisons with this group; may be repeated");
             addText(app, "--max-difference", "D", arguments->maxDifference, "Limit of the checks (0.1)");
             addText(app, "--min-ratio", "R", arguments->minRatio, "Limit of the checks (0.8)");
             addCount(app, "--min-group", arguments->minGroup, "Fewest rows of a group (30)");
             addText(app, "--gate", "FILE", arguments->gate,
                     "The exit code is its verdict: 1 when a clause fails");
             addReadingOptions(app, arguments->reading);
             return [arguments](Context& context) { return fairness(context, *arguments); };
         }});
}

} // namespace sextant::cli
