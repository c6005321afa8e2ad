// `sextant promotions list|show` and what all commands on promotions share.
#include "app/cli/promotions.h"

#include "app/cli/options.h"
#include "app/cli/promotion_text.h"
#include "core/base/number.h"
#include "core/registry/audit.h"

#include <algorithm>

namespace sextant::cli {

using namespace registry;

PromotionAccess promotionAccess(TrackingStore& tracking, RegistryStore& registry, ledger::TrustedKeys keys)
{
    return {tracking, registry, std::move(keys), ledger::pinOf, ledger::keepPin, {}};
}

Result<Promotions> openPromotions(Context& context, const std::string& model, const PromotionOptions& options)
{
    SEXTANT_TRY(auto keys, readTrustedKeys(options.signing.keysFile));
    SEXTANT_TRY(auto* tracking, context.tracking());
    SEXTANT_TRY(auto* registry, context.registry());
    return Promotions::open(promotionAccess(*tracking, *registry, std::move(keys)), model,
                            context.operation());
}

Result<ledger::TrustedKey> signerOf(const PromotionOptions& options)
{
    if (options.signing.key.empty())
        return fail(ErrorCode::InvalidArgument, "This is signed: name your key with --key",
                    "`sextant keys list` shows yours");
    return ledger::KeyFolder(ledger::defaultKeyFolder()).publicKey(options.signing.key);
}

Result<ledger::PrivateKey> signingKey(Context& context, const PromotionOptions& options)
{
    SEXTANT_CHECK(signerOf(options));
    return openKey(context, options.signing.key);
}

Result<Target> targetOf(const PromotionOptions& options)
{
    if (options.stage.empty() == options.alias.empty())
        return fail(ErrorCode::InvalidArgument,
                    "Name one target: a stage with --to, or an alias with --alias",
                    "Like --to Production, or --alias champion");
    return Target::parse(options.stage.empty() ? "alias:" + options.alias : "stage:" + options.stage);
}

Result<std::int64_t> versionNumber(const std::string& text)
{
    auto number = parseInteger(text);
    if (!number || *number < 1)
        return fail(ErrorCode::InvalidArgument, "'" + text + "' is no version",
                    "Versions are numbers from 1");
    return *number;
}

Result<EpochMs> parseMoment(const std::string& text, const std::string& option)
{
    constexpr EpochMs kHour = 3'600'000;
    auto unit = text.empty() ? ' ' : text.back();
    auto span = unit == 'h' ? kHour : unit == 'd' ? 24 * kHour : unit == 'w' ? 168 * kHour : 0;
    auto number = span > 0 ? parseInteger(text.substr(0, text.size() - 1)) : std::nullopt;
    constexpr std::int64_t kMost = 10'000;
    if (number && *number > 0 && *number <= kMost)
        return now() + *number * span;
    if (auto moment = parseIso(text))
        return *moment;
    return fail(ErrorCode::InvalidArgument, "'" + text + "' is no moment for " + option,
                "Write 2026-12-31, 2026-12-31T18:00, or a span from now: 12h, 14d, 2w");
}

void tellWarnings(Context& context, Promotions& promotions)
{
    for (const auto& warning : promotions.takeWarnings())
        context.note(warning);
}

void addTarget(CLI::App& app, PromotionOptions& options)
{
    addText(app, "--to", "STAGE", options.stage, "Staging or Production; None or Archived leave the stage");
    addText(app, "--alias", "ALIAS", options.alias, "An alias instead of a stage");
}

void addDryRun(CLI::App& app, PromotionOptions& options)
{
    addSwitch(app, "--dry-run", options.dryRun, "Say in words what would change, and write nothing");
}

namespace {

Result<std::vector<std::string>> modelsToList(Context& context, const PromotionOptions& options)
{
    if (!options.name.empty())
        return std::vector{options.name};
    SEXTANT_TRY(auto* tracking, context.tracking());
    return modelsWithLog(*tracking, context.operation());
}

Result<int> listPromotions(Context& context, const PromotionOptions& options)
{
    SEXTANT_TRY(auto models, modelsToList(context, options));
    std::vector<Promotion> found;
    int code = kDone;
    for (const auto& model : models) {
        auto promotions = openPromotions(context, model, options);
        if (!promotions && (models.size() == 1 || promotions.error().code == ErrorCode::NotFound))
            return forward(promotions);
        if (!promotions) { // one log that was tampered with must not hide the others
            context.note(model + ": " + promotions.error().message);
            code = kNegative;
            continue;
        }
        for (auto& promotion : promotions->list())
            if (!options.pending || isPending(promotion.state) ||
                promotion.state == PromotionState::Unfinished)
                found.push_back(std::move(promotion));
    }
    printPromotions(context, found);
    return code;
}

Result<int> showPromotion(Context& context, const PromotionOptions& options)
{
    SEXTANT_TRY(auto id, parsePromotionId(options.id));
    SEXTANT_TRY(auto promotions, openPromotions(context, id.first, options));
    SEXTANT_TRY(auto promotion, promotions.find(id.second));
    std::vector<std::string> changed;
    if (isPending(promotion.state))
        changed = promotions.changedSince(promotion, context.operation());
    printPromotion(context, promotion, changed);
    return kDone;
}

Command listCommand()
{
    return {
        "promotions list",
        "[NAME]",
        "Lists what was asked for and what became of it, emergencies too",
        "States: open, ready, unfinished (in the log, and not yet in the registry), applied, rejected,\n"
        "withdrawn, expired. Exit code 1 when a log does not verify.\n"
        "JSON: [{id, kind, state, name, version, target, from_versions[], to_version, reason, requested_by,\n"
        "requested_at, expires, author, model_sha256, approvals[], approvals_needed, obstacles[], gates[]}].",
        {"sextant promotions list --pending"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<PromotionOptions>();
            addText(app, "NAME", "[NAME]", options->name, "Of this model only");
            addSwitch(app, "--pending", options->pending, "Only what waits for somebody");
            addText(app, "--keys", "FILE", options->signing.keysFile,
                    "Whom to trust; else the list that `keys trust` keeps");
            return [options](Context& context) { return listPromotions(context, *options); };
        }};
}

Command showCommand()
{
    return {
        "promotions show",
        "ID",
        "Shows one promotion: what changes, gates, approvals, what is missing, who said what",
        "JSON: as `promotions list`, with gates[{name, required, verdict, entry, waived_until}], changes[],\n"
        "evidence[{name, sha256}], rollback_of, applied_by_entry, history[{entry, time, kind, person,\n"
        "key_id, passed, gate, reason, expires, inputs[], counts, remark, leaf, details}].",
        {"sextant promotions show 'digits-recognizer#4' --format table"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<PromotionOptions>();
            addArgument(app, "ID", options->id, "MODEL#NUMBER, as `promotions list` shows it");
            addText(app, "--keys", "FILE", options->signing.keysFile,
                    "Whom to trust; else the list that `keys trust` keeps");
            return [options](Context& context) { return showPromotion(context, *options); };
        }};
}

} // namespace

void addPromotionCommands(std::vector<Command>& commands)
{
    commands.push_back(listCommand());
    addPromotionRulesCommands(commands);
    addPromotionActCommands(commands);
    addPromotionRepairCommands(commands);
    commands.push_back(showCommand());
}

} // namespace sextant::cli
