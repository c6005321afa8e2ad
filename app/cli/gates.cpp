// `sextant gates …`: what must hold before a version takes a target, clause by clause.
#include "app/cli/gates.h"
#include "app/cli/command.h"
#include "app/cli/display.h"
#include "app/cli/options.h"
#include "app/cli/signing.h"

#include "core/base/number.h"
#include "core/registry/gates/engine.h"
#include "core/registry/gates/templates.h"

#include <cstdlib>
#include <filesystem>

namespace sextant::cli {

using namespace registry;

namespace {

using Kind = RecordField::Kind;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostGate = std::size_t{1} << 18;
constexpr std::size_t kMostReport = std::size_t{1} << 25;
constexpr std::size_t kMostFacts = std::size_t{1} << 28;

struct GateOptions
{
    std::string gate, name, version, stage, alias, card, factsFile;
    std::vector<std::string> reports;
};

RecordList clauseList(const GateResult& result)
{
    RecordList list{"clause",
                    "clauses",
                    {{"verdict", "VERDICT"},
                     {"id", "CLAUSE"},
                     {"passed", ""},
                     {"observed", "OBSERVED"},
                     {"expected", "EXPECTED"},
                     {"message", "MESSAGE"},
                     {"from", ""}},
                    {}};
    for (const auto& clause : result.clauses)
        list.records.push_back({{"verdict", toText(clause.verdict)},
                                {"id", clause.id},
                                {"passed", clause.passed() ? "true" : "false"},
                                {"observed", clause.observed},
                                {"expected", clause.expected},
                                {"message", clause.message},
                                {"from", clause.from}});
    return list;
}

int print(Context& context, const GateResult& result)
{
    if (context.format() == Format::Json) {
        context.sink().write(Json::parse(formatGateResult(result)).dump(2) + "\n");
    } else {
        clauseList(result).write(context.sink(), context.format(), context.screenWidth());
    }
    if (context.format() == Format::Table) {
        context.sink().write(printable(result.policyName + ": " + summaryOf(result)) + "\n");
        for (const auto& note : result.notes)
            context.sink().write(printable(note) + "\n");
    }
    return result.allow ? kDone : kNegative;
}

Result<int> run(Context& context, const Gate& gate, const Facts& facts, const GateOptions& options)
{
    const char* opa = std::getenv("SEXTANT_OPA");
    auto folder = std::filesystem::path(options.gate).parent_path().string();
    EngineOptions engine{.folder = folder.empty() ? "." : folder};
    if (opa && *opa)
        engine.opaProgram = opa;
    SEXTANT_TRY(auto result, evaluateGate(gate, facts, engine, context.operation()));
    return print(context, result);
}

Result<std::int64_t> versionNumber(const std::string& text)
{
    auto number = parseInteger(text);
    if (!number || *number < 1)
        return fail(ErrorCode::InvalidArgument, "'" + text + "' is no version",
                    "Versions are numbers from 1");
    return *number;
}

Result<int> check(Context& context, const GateOptions& options)
{
    SEXTANT_TRY(auto gate, readGate(options.gate));
    FactsRequest request{.model = options.name};
    SEXTANT_TRY(request.version, versionNumber(options.version));
    SEXTANT_TRY(request.target, targetOf(options.stage, options.alias));
    for (const auto& file : options.reports) {
        SEXTANT_TRY(auto text, readTextFile(file, kMostReport));
        request.reports.push_back({std::filesystem::path(file).filename().string(), std::move(text)});
    }
    if (!options.card.empty()) {
        SEXTANT_TRY(request.card, readTextFile(options.card, kMostGate));
    }
    SEXTANT_TRY(auto* tracking, context.tracking());
    SEXTANT_TRY(auto* registry, context.registry());
    if (request.card.empty() && (gate.opa || gate.uses(Operator::Card))) {
        SEXTANT_TRY(request.card, keptCardText(context, options.name, request.version));
    }
    SEXTANT_TRY(auto facts, gatherFacts(*tracking, *registry, gate, request, context.operation()));
    if (!options.factsFile.empty())
        SEXTANT_CHECK(writeTextFile(options.factsFile, formatFacts(facts)));
    return run(context, gate, facts, options);
}

Result<int> replay(Context& context, const GateOptions& options)
{
    SEXTANT_TRY(auto gate, readGate(options.gate));
    SEXTANT_TRY(auto text, readTextFile(options.factsFile, kMostFacts));
    SEXTANT_TRY(auto facts, parseFacts(text, options.factsFile));
    return run(context, gate, facts, options);
}

Result<int> listTemplates(Context& context)
{
    RecordList list{
        "template",
        "templates",
        {{"kind", "KIND"}, {"name", "NAME"}, {"title", "TITLE"}, {"clauses", "CLAUSES", Kind::Integer}},
        {}};
    for (const auto& one : gateTemplates()) {
        SEXTANT_TRY(auto gate, parseGate(one.text, one.name));
        list.records.push_back(
            {{"kind", "gate"}, {"name", one.name}, {"title", gate.title}, {"clauses", gate.clauses.size()}});
    }
    for (const auto& one : rulesTemplates())
        list.records.push_back(
            {{"kind", "rules"}, {"name", one.name}, {"title", "Rules of a log: `audit start --rules FILE`"}});
    list.write(context.sink(), context.format(), context.screenWidth());
    return kDone;
}

/// The text as it is: what is shown can be kept as a file and changed.
Result<int> show(Context& context, const GateOptions& options)
{
    const auto* rules = findTemplate(rulesTemplates(), options.gate);
    const auto* gate = findTemplate(gateTemplates(), options.gate);
    if (rules || gate) {
        context.sink().write((gate ? gate : rules)->text);
        return kDone;
    }
    SEXTANT_TRY(auto text, readTextFile(options.gate, kMostGate));
    SEXTANT_CHECK(parseGate(text, options.gate));
    context.sink().write(text);
    return kDone;
}

Command checkCommand()
{
    return {
        "gates check",
        "NAME VERSION",
        "Checks a version against a gate, clause by clause",
        "Exit code 1 when a clause fails or misses what it needs. Reports attached to the version's run\n"
        "(reports/*.json) count beside those that are named. A gate may leave the verdict to Open Policy\n"
        "Agent: \"opa\": {\"url\", \"path\"} asks a server, {\"policy\", \"path\"} runs `opa` (or "
        "SEXTANT_OPA).\n"
        "JSON: {allow, clauses[{id, title, severity, passed, verdict, observed, expected, message, from}],\n"
        "deny[], warn[], policy{name, digest}, engine{name, version}, inputDigest, asOf}.",
        {"sextant gates check breast-cancer-screening 2 --gate basics --alias champion",
         "sextant gates check breast-cancer-screening 2 --gate basics --to Production --facts facts.json"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<GateOptions>();
            addArgument(app, "NAME", options->name, "A registered model");
            addArgument(app, "VERSION", options->version, "Its version");
            addText(app, "--gate", "FILE", options->gate, "The gate: a file, or the name of a template");
            addText(app, "--to", "STAGE", options->stage, "Compare with who is at this stage");
            addText(app, "--alias", "ALIAS", options->alias, "Compare with who has this alias");
            addTexts(app, "--report", "FILE", options->reports, "A report; may be repeated");
            addText(app, "--card", "FILE", options->card, "The model card, in place of the one that is kept");
            addText(app, "--facts", "FILE", options->factsFile,
                    "Keep all that was looked at, for `gates replay`");
            return [options](Context& context) { return check(context, *options); };
        }};
}

Command replayCommand()
{
    return {"gates replay",
            "FACTS",
            "Evaluates a gate again on facts that were kept, without any store",
            "The same gate and facts give the same verdict and the same input digest on any machine.",
            {"sextant gates replay facts.json --gate basics"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<GateOptions>();
                addArgument(app, "FACTS", options->factsFile, "What `gates check --facts` kept");
                addText(app, "--gate", "FILE", options->gate, "The gate: a file, or the name of a template");
                return [options](Context& context) { return replay(context, *options); };
            }};
}

Command templatesCommand()
{
    return {"gates templates",
            "",
            "Lists the gates and rules that come with the program",
            "",
            {"sextant gates templates"},
            [](CLI::App&) -> Action { return [](Context& context) { return listTemplates(context); }; }};
}

Command showCommand()
{
    return {"gates show",
            "GATE",
            "Prints a gate, or rules, to read or to begin one's own with",
            "",
            {"sextant gates show better-than-champion > gate.json"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<GateOptions>();
                addArgument(app, "GATE", options->gate, "A template's name, or a file that is checked");
                return [options](Context& context) { return show(context, *options); };
            }};
}

} // namespace

Result<Gate> readGate(const std::string& named)
{
    if (named.empty())
        return fail(ErrorCode::InvalidArgument, "Name the gate with --gate",
                    "`sextant gates templates` lists those that come with the program");
    auto text = readTextFile(named, kMostGate);
    if (text)
        return parseGate(*text, named);
    if (const auto* one = findTemplate(gateTemplates(), named))
        return parseGate(one->text, named);
    if (text.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, "There is no file and no template '" + named + "'",
                    "`sextant gates templates` lists those that come with the program");
    return forward(text);
}

Result<std::string> targetOf(const std::string& stage, const std::string& alias)
{
    if (!stage.empty() && !alias.empty())
        return fail(ErrorCode::InvalidArgument, "Name a stage with --to or an alias with --alias, not both");
    if (!alias.empty())
        return "alias:" + alias;
    if (stage.empty())
        return std::string();
    auto known = stageFrom(stage);
    if (!known || *known == Stage::DeletedInternal)
        return fail(ErrorCode::InvalidArgument, "'" + stage + "' is no stage",
                    "They are None, Staging, Production and Archived");
    return "stage:" + std::string(toText(*known));
}

void addGateCommands(std::vector<Command>& commands)
{
    commands.push_back(checkCommand());
    commands.push_back(replayCommand());
    commands.push_back(templatesCommand());
    commands.push_back(showCommand());
}

} // namespace sextant::cli
