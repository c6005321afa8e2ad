#include "app/cli/report_options.h"

#include "app/cli/options.h"
#include "app/cli/signing.h"
#include "core/base/number.h"
#include "core/registry/gates/evaluate.h"

#include <CLI/CLI.hpp>

#include <cmath>

namespace sextant::cli {

void addReadingOptions(CLI::App& app, ReadingOptions& options)
{
    addText(app, "--delimiter", "CHAR", options.delimiter,
            "Of CSV: , ; | or tab; found out when it is not given");
    addTexts(app, "--missing", "TEXT", options.missing, "A spelling of \"no value\"; may be repeated");
    addTexts(app, "--type", "COLUMN=TYPE", options.types,
             "boolean, integer, number, text or time; may be repeated");
}

Result<std::pair<std::string, std::string>> assignment(const std::string& text, const std::string& option)
{
    auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        return fail(ErrorCode::InvalidArgument, option + " takes COLUMN=VALUE, not '" + text + "'");
    return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

Result<double> numberOf(const std::string& text, const std::string& option)
{
    auto number = parseDouble(text);
    if (!number || !std::isfinite(*number))
        return fail(ErrorCode::InvalidArgument, option + " takes a number, not '" + text + "'");
    return *number;
}

Result<DataOptions> dataOptions(const ReadingOptions& options)
{
    DataOptions data;
    data.missing = options.missing;
    if (!options.delimiter.empty()) {
        auto delimiter = options.delimiter == "tab" || options.delimiter == "\\t" ? "\t" : options.delimiter;
        if (delimiter.size() != 1)
            return fail(ErrorCode::InvalidArgument,
                        "--delimiter takes one character, not '" + delimiter + "'");
        data.delimiter = delimiter.front();
    }
    for (const auto& text : options.types) {
        SEXTANT_TRY(auto pair, assignment(text, "--type"));
        bool known = false;
        for (auto type : {ColumnType::Boolean, ColumnType::Integer, ColumnType::Number, ColumnType::Text,
                          ColumnType::Time})
            if (toText(type) == pair.second) {
                data.types[pair.first] = type;
                known = true;
            }
        if (!known)
            return fail(ErrorCode::InvalidArgument, "There is no type '" + pair.second + "'",
                        "The types are boolean, integer, number, text and time");
    }
    return data;
}

Result<registry::Gate> readReportGate(const std::string& file)
{
    using registry::Operator;
    constexpr std::size_t kMostGate = std::size_t{1} << 18;
    SEXTANT_TRY(auto text, readTextFile(file, kMostGate));
    SEXTANT_TRY(auto gate, registry::parseGate(text, file));
    if (gate.opa)
        return fail(ErrorCode::InvalidArgument, file + " asks Open Policy Agent, which needs a model version",
                    "`sextant gates check` evaluates it");
    for (const auto& clause : gate.clauses)
        switch (clause.op) {
        case Operator::Report:
        case Operator::ReportAge:
        case Operator::ReportValue:
        case Operator::Disparity:
        case Operator::GroupSize:
        case Operator::DriftShare:
        case Operator::Checks:
            break;
        default:
            return fail(ErrorCode::InvalidArgument,
                        "The clause '" + clause.id + "' of " + file + " needs a model version",
                        "`sextant gates check` evaluates it");
        }
    return gate;
}

Result<int> tellVerdict(Context& context, const registry::Gate& gate, const Report& report)
{
    registry::Facts facts;
    facts.asOf = report.created;
    SEXTANT_TRY(auto fact, registry::parseReport(toJson(report), report.kind));
    facts.reports.push_back(std::move(fact));
    auto result = registry::evaluate(gate, facts);
    for (const auto& clause : result.clauses)
        if (!clause.passed())
            context.note(std::string(registry::toText(clause.verdict)) + " " + clause.id + ": " +
                         clause.message);
    return result.allow ? kDone : kNegative;
}

} // namespace sextant::cli
