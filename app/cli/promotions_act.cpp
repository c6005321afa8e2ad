// `sextant promotions request|approve|…|apply|resume`: each is an entry of the model's log.
#include "app/cli/display.h"
#include "app/cli/options.h"
#include "app/cli/promotion_text.h"
#include "app/cli/promotions.h"
#include "core/registry/notify/notify.h"

#include <filesystem>

namespace sextant::cli {

using namespace registry;

namespace {

constexpr std::size_t kMostEvidence = std::size_t{1} << 26;

Result<PromotionRequest> requestOf(const PromotionOptions& options)
{
    PromotionRequest request{.archiveExisting = !options.keepExisting, .reason = options.signing.reason};
    SEXTANT_TRY(request.version, versionNumber(options.version));
    SEXTANT_TRY(request.target, targetOf(options));
    if (!options.expires.empty()) {
        SEXTANT_TRY(request.expires, parseMoment(options.expires, "--expires"));
    }
    for (const auto& file : options.evidence) {
        SEXTANT_TRY(auto content, readTextFile(file, kMostEvidence));
        request.evidence.push_back({std::filesystem::path(file).filename().string(), std::move(content)});
    }
    return request;
}

/// The event that webhooks hear of; empty for what they do not.
std::string eventOf(const Promotion& promotion)
{
    using ledger::ActKind;
    switch (promotion.history.back().act.kind) {
    case ActKind::Request:
        return promotion.rollbackOf ? "rollback" : "request";
    case ActKind::Decision:
        return "decision";
    case ActKind::Withdrawal:
        return "withdraw";
    case ActKind::Transition:
        return promotion.emergency ? "emergency" : "apply";
    default:
        return {};
    }
}

/// Puts it on disk for the webhooks; what was done stays done.
void tell(Context& context, const Promotion& promotion)
{
    auto event = eventOf(promotion);
    if (event.empty())
        return;
    const auto& last = promotion.history.back();
    auto told = notify({.event = event,
                        .model = promotion.model,
                        .version = promotion.change.subject(),
                        .target = promotion.act.target,
                        .who = last.person,
                        .reason = last.act.reason,
                        .promotion = promotion.id(),
                        .store = context.storeUri().value_or("")});
    if (!told)
        context.note(told.error().message);
}

int printDone(Context& context, Promotions& promotions, const Promotion& promotion)
{
    tellWarnings(context, promotions);
    tell(context, promotion);
    printPromotion(context, promotion);
    return kDone;
}

Result<int> request(Context& context, const PromotionOptions& options, bool emergency)
{
    SEXTANT_TRY(auto wanted, requestOf(options));
    SEXTANT_CHECK(signerOf(options));
    SEXTANT_TRY(auto promotions, openPromotions(context, options.name, options));
    SEXTANT_TRY(auto change, promotions.plan(wanted));
    if (options.dryRun) {
        printPreview(context, {sentences(change), {}});
        return kDone;
    }
    SEXTANT_TRY(auto key, signingKey(context, options));
    SEXTANT_TRY(auto done, emergency ? promotions.emergency(wanted, key, context.operation())
                                     : promotions.request(wanted, key, context.operation()));
    return printDone(context, promotions, done);
}

Result<int> rollback(Context& context, const PromotionOptions& options)
{
    SEXTANT_TRY(auto target, targetOf(options));
    SEXTANT_CHECK(signerOf(options));
    SEXTANT_TRY(auto promotions, openPromotions(context, options.name, options));
    SEXTANT_TRY(auto wanted, promotions.planRollback(target, options.signing.reason));
    SEXTANT_TRY(auto change, promotions.plan(wanted));
    if (options.dryRun) {
        printPreview(context, {sentences(change), {}});
        return kDone;
    }
    SEXTANT_TRY(auto key, signingKey(context, options));
    SEXTANT_TRY(auto done, promotions.rollback(target, options.signing.reason, key, context.operation()));
    return printDone(context, promotions, done);
}

/// What an act on a promotion works with.
struct Call
{
    Promotions& promotions;
    const Promotion& promotion;
    const PromotionOptions& options;
    Context& context;

    const std::string& reason() const { return options.signing.reason; }
};

using Act = std::function<Result<Promotion>(const Call&, const ledger::PrivateKey&)>;
/// What would be done, and what stands against it.
using Foretell = std::function<ActPreview(const Call&, const ledger::TrustedKey&)>;

Result<int> actOn(Context& context, const PromotionOptions& options, const Act& act, const Foretell& foretell)
{
    SEXTANT_TRY(auto id, parsePromotionId(options.id));
    SEXTANT_TRY(auto signer, signerOf(options));
    SEXTANT_TRY(auto promotions, openPromotions(context, id.first, options));
    SEXTANT_TRY(auto promotion, promotions.find(id.second));
    Call call{promotions, promotion, options, context};
    if (options.dryRun) {
        printPreview(context, foretell(call, signer));
        return kDone;
    }
    SEXTANT_TRY(auto key, signingKey(context, options));
    SEXTANT_TRY(auto done, act(call, key));
    return printDone(context, promotions, done);
}

Result<int> resume(Context& context, const PromotionOptions& options)
{
    SEXTANT_TRY(auto promotions, openPromotions(context, options.name, options));
    std::optional<ledger::PrivateKey> key;
    if (!options.signing.key.empty() && promotions.log().pending() > 0) {
        SEXTANT_TRY(key, signingKey(context, options));
    }
    SEXTANT_TRY(auto number, promotions.resume(key ? &*key : nullptr, context.operation()));
    tellWarnings(context, promotions);
    if (!number) {
        if (context.format() == Format::Table)
            context.sink().write("Nothing of " + printable(options.name) + " was left half done\n");
        else
            printPromotions(context, {});
        return kDone;
    }
    SEXTANT_TRY(auto promotion, promotions.find(*number));
    printPromotion(context, promotion);
    return kDone;
}

/// A command on one promotion: ID, the key, and what `more` declares.
Command onPromotion(Command command, const Act& act, const Foretell& foretell,
                    const std::function<void(CLI::App&, PromotionOptions&)>& more = {})
{
    command.arguments = "ID";
    command.prepare = [act, foretell, more](CLI::App& app) -> Action {
        auto options = std::make_shared<PromotionOptions>();
        addArgument(app, "ID", options->id, "MODEL#NUMBER, as `promotions list` shows it");
        addSigning(app, options->signing);
        if (more)
            more(app, *options);
        addDryRun(app, *options);
        return [options, act, foretell](Context& context) { return actOn(context, *options, act, foretell); };
    };
    return command;
}

Command requestCommand()
{
    return {"promotions request",
            "NAME VERSION",
            "Asks that a version takes a stage or an alias",
            "The digest of the version's files, who leaves, and the evidence are part of what is signed.\n"
            "Nothing changes until the rules hold and somebody applies it. Prints the promotion.",
            {"sextant promotions request digits-recognizer 3 --alias champion --key bob --dry-run",
             "SEXTANT_PASSPHRASE=better-long sextant promotions request digits-recognizer 3 --alias champion "
             "--key bob --reason better"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<PromotionOptions>();
                addArgument(app, "NAME", options->name, "A registered model");
                addArgument(app, "VERSION", options->version, "Its version");
                addTarget(app, *options);
                addSwitch(app, "--keep-existing", options->keepExisting,
                          "Leave who is at the stage beside it, instead of archiving");
                addTexts(app, "--evidence", "FILE", options->evidence,
                         "A report that speaks for it, kept beside the log; may be repeated");
                addText(app, "--expires", "WHEN", options->expires, "2026-12-31, or a span like 14d");
                addSigning(app, options->signing);
                addDryRun(app, *options);
                return [options](Context& context) { return request(context, *options, false); };
            }};
}

Command rollbackCommand()
{
    return {"promotions rollback",
            "NAME",
            "Asks for the previous holder of a stage or an alias again",
            "A promotion of its own: the same rules hold. Where there is no time see `promotions emergency`.",
            {"SEXTANT_PASSPHRASE=better-long sextant promotions rollback digits-recognizer --alias champion "
             "--key bob --reason worse"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<PromotionOptions>();
                addArgument(app, "NAME", options->name, "A registered model");
                addTarget(app, *options);
                addSigning(app, options->signing);
                addDryRun(app, *options);
                return [options](Context& context) { return rollback(context, *options); };
            }};
}

Command emergencyCommand()
{
    return {
        "promotions emergency",
        "NAME VERSION",
        "Puts a version somewhere at once, without gates and approvals",
        "For who has the role for it. It is listed as an emergency for ever, and no verdict on the log is\n"
        "without gaps again.",
        {"SEXTANT_PASSPHRASE='four words are better' sextant promotions emergency digits-recognizer 1 "
         "--alias main --key ann --reason fire"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<PromotionOptions>();
            addArgument(app, "NAME", options->name, "A registered model");
            addArgument(app, "VERSION", options->version, "Its version");
            addTarget(app, *options);
            addTexts(app, "--evidence", "FILE", options->evidence, "What shows it; may be repeated");
            addSigning(app, options->signing);
            addDryRun(app, *options);
            return [options](Context& context) { return request(context, *options, true); };
        }};
}

Command resumeCommand()
{
    return {"promotions resume",
            "NAME",
            "Ends a change that was stopped half way",
            "After a crash either nothing happened, or the log has the change and the registry gets it now.",
            {"sextant promotions resume digits-recognizer"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<PromotionOptions>();
                addArgument(app, "NAME", options->name, "A registered model");
                addText(app, "--key", "NAME", options->signing.key,
                        "Signs the log's checkpoint, where the stop left it without");
                addText(app, "--keys", "FILE", options->signing.keysFile,
                        "Whom to trust; else the list that `keys trust` keeps");
                return [options](Context& context) { return resume(context, *options); };
            }};
}

void addChanged(const Call& call, ActPreview& preview)
{
    for (auto& changed : call.promotions.changedSince(call.promotion, call.context.operation()))
        preview.obstacles.push_back(std::move(changed));
}

Foretell says(const std::string& verb)
{
    return [verb](const Call& call, const ledger::TrustedKey& signer) {
        return ActPreview{{signer.person + " " + verb + " " + call.promotion.id()}, {}};
    };
}

Command decisionCommand(const std::string& verb, bool approve, const std::string& summary,
                        const std::string& example)
{
    auto foretell = [approve](const Call& call, const ledger::TrustedKey& signer) {
        ActPreview preview{{signer.person + (approve ? " approves " : " rejects ") + call.promotion.id()},
                           {}};
        if (approve)
            for (const auto& sentence : sentences(call.promotion.change))
                preview.sentences.push_back(sentence + ", when it is applied");
        if (auto why = call.promotions.whyNotDecide(call.promotion, signer.key.id()); !why.empty())
            preview.obstacles.push_back(why);
        if (approve)
            addChanged(call, preview);
        return preview;
    };
    auto act = [approve](const Call& call, const ledger::PrivateKey& key) {
        return call.promotions.decide(call.promotion.number, approve, call.reason(), key,
                                      call.context.operation());
    };
    return onPromotion({"promotions " + verb,
                        "",
                        summary,
                        "The word of the requester, of the version's author and of a person who approved\n"
                        "already does not count. Needs a reason. Prints the promotion.",
                        {example},
                        {}},
                       act, foretell);
}

Command applyCommand()
{
    auto foretell = [](const Call& call, const ledger::TrustedKey&) {
        ActPreview preview{sentences(call.promotion.change), call.promotion.obstacles};
        if (isPending(call.promotion.state))
            addChanged(call, preview);
        else if (preview.obstacles.empty())
            preview.obstacles.push_back("it is " + std::string(toText(call.promotion.state)));
        return preview;
    };
    return onPromotion(
        {"promotions apply",
         "",
         "Makes the change in the registry, when the rules hold",
         "Reads the registry again first, and refuses when somebody else was put there since, or the files\n"
         "changed. Stopped half way, `promotions resume` ends it.",
         {"SEXTANT_PASSPHRASE=better-long sextant promotions apply 'digits-recognizer#4' --key bob"},
         {}},
        [](const Call& call, const ledger::PrivateKey& key) {
            return call.promotions.apply(call.promotion.number, key, call.context.operation());
        },
        foretell);
}

Command commentCommand()
{
    return onPromotion(
        {"promotions comment",
         "",
         "Says something about a promotion, for everybody and for ever",
         "The text is --reason.",
         {"SEXTANT_PASSPHRASE=better-long sextant promotions comment 'digits-recognizer#4' "
          "--key bob --reason 'see the plot'"},
         {}},
        [](const Call& call, const ledger::PrivateKey& key) {
            return call.promotions.comment(call.promotion.number, call.reason(), key);
        },
        says("comments on"));
}

Command withdrawCommand()
{
    return onPromotion(
        {"promotions withdraw",
         "",
         "Takes back what was asked for",
         "By who asked, or an admin. Needs a reason.",
         {"SEXTANT_PASSPHRASE=better-long sextant promotions withdraw 'digits-recognizer#8' "
          "--key bob --reason 'not needed'"},
         {}},
        [](const Call& call, const ledger::PrivateKey& key) {
            return call.promotions.withdraw(call.promotion.number, call.reason(), key);
        },
        says("withdraws"));
}

Command waiveCommand()
{
    return onPromotion(
        {"promotions waive",
         "",
         "Lets a gate that failed not count, for a time and with a reason",
         "By who has the role for it, and did not ask. A waiver is listed in every verdict on the log.",
         {"sextant promotions waive 'digits-recognizer#4' --gate drift --until 14d --key ann --dry-run"},
         {}},
        [](const Call& call, const ledger::PrivateKey& key) -> Result<Promotion> {
            SEXTANT_TRY(auto until, parseMoment(call.options.until, "--until"));
            return call.promotions.waive(call.promotion.number, call.options.gate, call.reason(), until, key);
        },
        [](const Call& call, const ledger::TrustedKey& signer) {
            return ActPreview{{signer.person + " waives the gate '" + call.options.gate + "' of " +
                               call.promotion.id() + " until " + call.options.until},
                              {}};
        },
        [](CLI::App& app, PromotionOptions& options) {
            addText(app, "--gate", "NAME", options.gate, "The gate, as the rules name it");
            addText(app, "--until", "WHEN", options.until, "2026-12-31, or a span like 14d");
        });
}

} // namespace

void addPromotionActCommands(std::vector<Command>& commands)
{
    commands.push_back(requestCommand());
    addPromotionCheckCommands(commands);
    commands.push_back(commentCommand());
    commands.push_back(decisionCommand(
        "approve", true, "Agrees to a promotion",
        "SEXTANT_PASSPHRASE='four words are better' sextant promotions approve 'digits-recognizer#4' "
        "--key ann --reason 'I looked'"));
    commands.push_back(decisionCommand(
        "reject", false, "Ends a promotion that must not be",
        "sextant promotions reject 'digits-recognizer#4' --key ann --reason 'too few rows' --dry-run"));
    commands.push_back(waiveCommand());
    commands.push_back(applyCommand());
    commands.push_back(rollbackCommand());
    commands.push_back(withdrawCommand());
    commands.push_back(emergencyCommand());
    commands.push_back(resumeCommand());
}

} // namespace sextant::cli
