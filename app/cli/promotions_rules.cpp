// `sextant promotions rules|check|reconcile`: which rules there are, and whether their gates pass.
#include "app/cli/display.h"
#include "app/cli/gates.h"
#include "app/cli/options.h"
#include "app/cli/promotion_text.h"
#include "app/cli/promotions.h"
#include "core/registry/gate_check.h"
#include "core/registry/gates/templates.h"

#include <algorithm>
#include <filesystem>

namespace sextant::cli {

using namespace registry;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostRules = 64 * 1024;
constexpr std::size_t kMostGate = std::size_t{1} << 18;
constexpr std::size_t kMostReport = std::size_t{1} << 25;

int printRules(Context& context, const Promotions& promotions)
{
    auto rules = Json::parse(promotions.rules(), nullptr, false);
    context.sink().write(rules.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return kDone;
}

/// The name that a gate's definition has, else that of its file.
std::string gateName(const std::string& file, const std::string& content)
{
    auto definition = Json::parse(content, nullptr, false);
    auto name = definition.is_object() ? definition.value("name", Json()) : Json();
    return name.is_string() ? name.get<std::string>() : std::filesystem::path(file).stem().string();
}

Result<int> rules(Context& context, const PromotionOptions& options)
{
    if (options.signing.key.empty()) {
        if (!options.rulesFile.empty() || !options.gates.empty())
            return fail(ErrorCode::InvalidArgument, "Rules are signed: name an admin's key with --key",
                        "`sextant keys list` shows yours");
        SEXTANT_TRY(auto promotions, openPromotions(context, options.name, options));
        return printRules(context, promotions);
    }
    NewRules wanted{.origin = options.origin, .reason = options.signing.reason};
    if (!options.rulesFile.empty()) {
        SEXTANT_TRY(wanted.json, readTextFile(options.rulesFile, kMostRules));
    }
    for (const auto& file : options.gates) {
        SEXTANT_TRY(auto content, readTextFile(file, kMostGate));
        wanted.gates[gateName(file, content)] = content;
    }
    SEXTANT_TRY(auto keys, readTrustedKeys(options.signing.keysFile));
    SEXTANT_TRY(auto* tracking, context.tracking());
    SEXTANT_TRY(auto* registry, context.registry());
    SEXTANT_TRY(auto key, signingKey(context, options));
    SEXTANT_TRY(auto promotions, Promotions::setRules(promotionAccess(*tracking, *registry, std::move(keys)),
                                                      options.name, wanted, key, context.operation()));
    tellWarnings(context, promotions);
    return printRules(context, promotions);
}

/// A gate's definition from a file, else the template of that name.
Result<std::string> definitionNamed(const std::string& named)
{
    auto text = readTextFile(named, kMostGate);
    if (text || text.error().code != ErrorCode::NotFound)
        return text;
    if (const auto* one = findTemplate(gateTemplates(), named))
        return std::string(one->text);
    return fail(ErrorCode::NotFound, "There is no file and no template '" + named + "'",
                "`sextant gates templates` lists those that come with the program");
}

/// The gates to check: those that were named, and those that the rules want.
Result<std::vector<std::string>> definitionsFor(Promotions& promotions, const Promotion& promotion,
                                                const PromotionOptions& options)
{
    std::map<std::string, std::string> named;
    for (const auto& file : options.gates) {
        SEXTANT_TRY(auto text, definitionNamed(file));
        SEXTANT_TRY(auto gate, parseGate(text, file));
        named[gate.name] = text;
    }
    for (const auto& gate : promotion.gates) {
        auto bound = promotions.gateDefinition(promotion.act.target, gate.name);
        if (bound) {
            named[gate.name] = *bound;
        } else if (bound.error().code != ErrorCode::NotFound) {
            return forward(bound);
        } else if (gate.required && !named.contains(gate.name)) {
            const auto* one = findTemplate(gateTemplates(), gate.name);
            if (!one)
                return forward(bound);
            named[gate.name] = one->text;
        }
    }
    std::vector<std::string> definitions;
    for (auto& [name, text] : named)
        definitions.push_back(std::move(text));
    return definitions;
}

/// In words what did not hold, then the promotion; a preview as JSON has the results alone.
void printChecks(Context& context, const Promotion& promotion, const std::vector<GateCheck>& checks,
                 bool dryRun)
{
    if (dryRun && context.format() == Format::Json) {
        Json gates = Json::array();
        for (const auto& one : checks)
            gates.push_back(Json::parse(formatGateResult(one.result)));
        context.sink().write(Json{{"dry_run", true}, {"gates", std::move(gates)}}.dump(2) + "\n");
        return;
    }
    if (context.format() == Format::Table)
        for (const auto& one : checks) {
            context.sink().write(printable(one.verdict.gate + ": " + summaryOf(one.result)) + "\n");
            for (const auto& clause : one.result.clauses)
                if (!clause.passed())
                    context.sink().write(printable("  " + clause.id + ": " + clause.message) + "\n");
            context.sink().write("\n");
        }
    printPromotion(context, promotion);
}

Result<int> check(Context& context, const PromotionOptions& options)
{
    SEXTANT_TRY(auto id, parsePromotionId(options.id));
    SEXTANT_CHECK(signerOf(options));
    SEXTANT_TRY(auto promotions, openPromotions(context, id.first, options));
    SEXTANT_TRY(auto promotion, promotions.find(id.second));
    std::vector<NamedText> reports;
    for (const auto& file : options.reports) {
        SEXTANT_TRY(auto text, readTextFile(file, kMostReport));
        reports.push_back({std::filesystem::path(file).filename().string(), std::move(text)});
    }
    std::string card;
    if (!options.card.empty()) {
        SEXTANT_TRY(card, readTextFile(options.card, kMostGate));
    } else {
        SEXTANT_TRY(card, keptCardText(context, id.first, promotion.change.subject()));
    }
    SEXTANT_TRY(auto definitions, definitionsFor(promotions, promotion, options));
    if (definitions.empty())
        return fail(ErrorCode::InvalidArgument, "The rules of " + promotion.act.target + " want no gate",
                    "Name one with --gate");
    SEXTANT_TRY(auto keys, readTrustedKeys(options.signing.keysFile));
    SEXTANT_TRY(auto* tracking, context.tracking());
    SEXTANT_TRY(auto* registry, context.registry());
    auto access = promotionAccess(*tracking, *registry, std::move(keys));
    std::vector<GateCheck> checks;
    for (const auto& definition : definitions) {
        SEXTANT_TRY(auto one,
                    checkGate(access, promotions, promotion, definition, reports, card, context.operation()));
        checks.push_back(std::move(one));
    }
    if (!options.dryRun) {
        SEXTANT_TRY(auto key, signingKey(context, options));
        for (const auto& one : checks) {
            SEXTANT_TRY(promotion, promotions.recordGate(id.second, one.verdict, key, context.operation()));
        }
        tellWarnings(context, promotions);
    }
    printChecks(context, promotion, checks, options.dryRun);
    return std::all_of(checks.begin(), checks.end(), [](const GateCheck& one) { return one.result.allow; })
               ? kDone
               : kNegative;
}

Result<int> reconcile(Context& context, const PromotionOptions& options)
{
    SEXTANT_CHECK(signerOf(options));
    SEXTANT_TRY(auto promotions, openPromotions(context, options.name, options));
    SEXTANT_TRY(auto key, signingKey(context, options));
    SEXTANT_TRY(auto targets, promotions.reconcile(options.signing.reason, key, context.operation()));
    tellWarnings(context, promotions);
    RecordList list{"target", "targets", {{"target", "TARGET"}}, {}};
    for (const auto& target : targets)
        list.records.push_back({{"target", target}});
    list.write(context.sink(), context.format(), context.screenWidth());
    return kDone;
}

Command rulesCommand()
{
    return {
        "promotions rules",
        "NAME [FILE]",
        "Shows or sets the rules of a model: who may ask, who must agree, which gates must pass",
        "With --key an admin sets them, and begins the log of the model where there is none; without a\n"
        "file one approver who did not ask must agree. --gate binds a gate that the rules name to this\n"
        "very definition and keeps it beside the log. JSON: the rules (sextant.rules/1).",
        {"SEXTANT_PASSPHRASE='four words are better' sextant promotions rules digits-recognizer --key ann",
         "sextant promotions rules digits-recognizer"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<PromotionOptions>();
            addArgument(app, "NAME", options->name, "A registered model");
            addText(app, "FILE", "[FILE]", options->rulesFile, "The rules as JSON");
            addTexts(app, "--gate", "FILE", options->gates,
                     "The definition of a gate that the rules name; may be repeated");
            addText(app, "--origin", "ORIGIN", options->origin,
                    "The log's name for ever, like risk-team/fraud; else one is made up");
            addSigning(app, options->signing);
            return [options](Context& context) { return rules(context, *options); };
        }};
}

Command checkCommand()
{
    return {
        "promotions check",
        "ID",
        "Checks the gates that the rules want, and records the verdicts",
        "Gates that the rules bind are read beside the log; others come from --gate, or by their name\n"
        "from the program. What was looked at is kept too, so that anybody can evaluate again. Exit code\n"
        "1 when a gate does not pass: that is recorded as well. Prints the promotion.",
        {"sextant promotions check 'digits-recognizer#4' --gate basics --key bob --dry-run || true"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<PromotionOptions>();
            addArgument(app, "ID", options->id, "MODEL#NUMBER, as `promotions list` shows it");
            addTexts(app, "--gate", "FILE", options->gates,
                     "A gate, or the name of a template; may be repeated");
            addTexts(app, "--report", "FILE", options->reports,
                     "A report beside the evidence; may be repeated");
            addText(app, "--card", "FILE", options->card, "The model card");
            addSigning(app, options->signing);
            addDryRun(app, *options);
            return [options](Context& context) { return check(context, *options); };
        }};
}

Command reconcileCommand()
{
    return {"promotions reconcile",
            "NAME",
            "Takes what was changed outside into the log, with an admin's word for it",
            "Prints the targets that differed. Each stays a gap in every verdict on the log.",
            {"SEXTANT_PASSPHRASE='four words are better' sextant promotions reconcile digits-recognizer "
             "--key ann --reason seen"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<PromotionOptions>();
                addArgument(app, "NAME", options->name, "A registered model");
                addSigning(app, options->signing);
                return [options](Context& context) { return reconcile(context, *options); };
            }};
}

} // namespace

void addPromotionRulesCommands(std::vector<Command>& commands)
{
    commands.push_back(rulesCommand());
}

void addPromotionCheckCommands(std::vector<Command>& commands)
{
    commands.push_back(checkCommand());
}

void addPromotionRepairCommands(std::vector<Command>& commands)
{
    commands.push_back(reconcileCommand());
}

} // namespace sextant::cli
