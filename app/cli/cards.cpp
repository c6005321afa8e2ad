// `sextant cards …`: what a version is and what it is for: read, edited, exported.
#include "app/cli/command.h"
#include "app/cli/display.h"
#include "app/cli/gates.h"
#include "app/cli/options.h"
#include "app/cli/signing.h"

#include "core/base/number.h"
#include "core/base/text.h"
#include "core/ledger/trust.h"
#include "core/registry/card/card_store.h"
#include "core/registry/model_log.h"

namespace sextant::cli {

using namespace registry;

namespace {

using Kind = RecordField::Kind;

constexpr std::size_t kMostCard = std::size_t{1} << 22;

struct CardOptions
{
    std::string name, version, file, kind = "json";
    std::vector<std::string> sets;
    SigningOptions signing;
};

struct FoundCard
{
    ModelCard card;
    std::optional<std::uint64_t> entry; // nothing: a draft
};

Result<std::int64_t> versionNumber(const std::string& text)
{
    auto number = parseInteger(text);
    if (!number || *number < 1)
        return fail(ErrorCode::InvalidArgument, "'" + text + "' is no version",
                    "Versions are numbers from 1");
    return *number;
}

/// The card that was kept last, or nothing. One that can't be read is an error, not nothing.
Result<std::optional<KeptCard>> lastCard(Context& context, const std::string& name, std::int64_t version,
                                         const std::string& keysFile)
{
    SEXTANT_TRY(auto* tracking, context.tracking());
    SEXTANT_TRY(auto* registry, context.registry());
    auto subject = auditSubject(*tracking, *registry, name);
    if (!subject && subject.error().code == ErrorCode::NotFound)
        return std::optional<KeptCard>();
    if (!subject)
        return forward(subject);
    subject->files.clear(); // its card is read, its files are not judged
    auto folder = subject->folder;
    SEXTANT_TRY(auto audit, auditLog(std::move(*subject), keysFile, context.operation()));
    auto kept = keptCards(audit.entries, folder, name, version);
    if (kept.empty())
        return std::optional<KeptCard>();
    if (!kept.back().card)
        return fail(ErrorCode::Corrupt, kept.back().problem,
                    "`sextant audit verify` says what else was changed");
    return std::optional(std::move(kept.back()));
}

/// The card that was kept last, else a draft.
Result<FoundCard> findCard(Context& context, const CardOptions& options)
{
    SEXTANT_TRY(auto version, versionNumber(options.version));
    SEXTANT_TRY(auto* tracking, context.tracking());
    SEXTANT_TRY(auto* registry, context.registry());
    SEXTANT_TRY(auto draft, draftCard(*tracking, *registry, options.name, version, context.operation()));
    SEXTANT_TRY(auto kept, lastCard(context, options.name, version, options.signing.keysFile));
    return kept ? FoundCard{std::move(*kept->card), kept->entry} : FoundCard{std::move(draft), {}};
}

void print(Context& context, const FoundCard& found)
{
    if (context.format() == Format::Json) {
        context.sink().write(formatCard(found.card));
        return;
    }
    RecordList list{"field", "fields", {{"field", "FIELD"}, {"title", "TITLE"}, {"value", "VALUE"}}, {}};
    for (const auto& field : cardFields()) {
        std::string value;
        for (const auto& line : field.values(found.card))
            value += (value.empty() ? "" : "; ") + line;
        list.records.push_back({{"field", field.name},
                                {"title", field.title},
                                {"value", field.isEmpty(found.card) ? std::string(kNotProvided) : value}});
    }
    list.write(context.sink(), context.format(), context.screenWidth());
    if (context.format() == Format::Table)
        context.sink().write(found.entry
                                 ? "Kept as entry " + std::to_string(*found.entry) + " of the model's log\n"
                                 : std::string("A draft from the run; `cards edit --key` keeps it\n"));
}

Result<int> show(Context& context, const CardOptions& options)
{
    SEXTANT_TRY(auto found, findCard(context, options));
    print(context, found);
    return kDone;
}

/// "FIELD=VALUE"; what is set more than once becomes a list.
Result<void> applySets(ModelCard& card, const std::vector<std::string>& sets)
{
    std::map<const CardField*, std::vector<std::string>> values;
    for (const auto& set : sets) {
        auto equals = set.find('=');
        const auto* field = findCardField(set.substr(0, equals));
        if (!field || equals == std::string::npos)
            return fail(ErrorCode::InvalidArgument, "'" + toUtf8(set) + "' sets no field of a card",
                        "Write FIELD=VALUE; `sextant cards show` lists the fields");
        auto& lines = values[field];
        if (equals + 1 < set.size())
            lines.push_back(set.substr(equals + 1));
    }
    for (const auto& [field, lines] : values) {
        if (field->text && lines.size() > 1)
            return fail(ErrorCode::InvalidArgument, "'" + std::string(field->name) + "' takes one value");
        field->set(card, lines);
    }
    return {};
}

Result<int> edit(Context& context, const CardOptions& options)
{
    SEXTANT_TRY(auto found, findCard(context, options));
    if (!options.file.empty()) {
        SEXTANT_TRY(auto text, readTextFile(options.file, kMostCard));
        SEXTANT_TRY(auto card, parseCard(text, options.file));
        fillCard(card, found.card);
        found.card = std::move(card);
    }
    SEXTANT_CHECK(applySets(found.card, options.sets));
    found.entry.reset();
    if (!options.signing.key.empty()) {
        SEXTANT_TRY(auto* tracking, context.tracking());
        SEXTANT_TRY(auto* registry, context.registry());
        ModelLog place(*tracking, *registry, options.name);
        SEXTANT_TRY(auto folder, place.folder());
        SEXTANT_TRY(auto opened, openLogForWriting(context, folder, options.signing));
        auto files = place.digestOf(subjectName(options.name, found.card.version), context.operation());
        if (!files && files.error().code == ErrorCode::Cancelled)
            return forward(files);
        SEXTANT_TRY(found.entry, keepCard(opened.log, folder, found.card, files.value_or(Digest{}),
                                          options.signing.reason, opened.key));
        SEXTANT_CHECK(ledger::keepPin(opened.log.checkpoint().origin, opened.log.note()));
    }
    print(context, found);
    return kDone;
}

Result<int> exportCard(Context& context, const CardOptions& options)
{
    SEXTANT_TRY(auto found, findCard(context, options));
    context.sink().write(options.kind == "toolkit"    ? toModelCardToolkit(found.card)
                         : options.kind == "markdown" ? toHubMarkdown(found.card)
                                                      : formatCard(found.card));
    return kDone;
}

void addSubject(CLI::App& app, CardOptions& options)
{
    addArgument(app, "NAME", options.name, "A registered model");
    addArgument(app, "VERSION", options.version, "Its version");
}

Command showCommand()
{
    return {"cards show",
            "NAME VERSION",
            "Shows the model card of a version: the one that is kept, else a draft from its run",
            "What nobody filled is \"not provided\". JSON: the card, as `cards edit --file` reads it.",
            {"sextant cards show breast-cancer-screening 2"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<CardOptions>();
                addSubject(app, *options);
                addText(app, "--keys", "FILE", options->signing.keysFile,
                        "Whom to trust; else the list that `keys trust` keeps");
                return [options](Context& context) { return show(context, *options); };
            }};
}

Command editCommand()
{
    return {
        "cards edit",
        "NAME VERSION",
        "Fills a model card; with --key it is kept beside the model's log, as an entry of it",
        "Without --key nothing is kept: the card is printed as it would be.",
        {"sextant cards edit breast-cancer-screening 2 --set \"considerations.limitations=Not for men\" "
         "--format "
         "json > card.json",
         "sextant cards edit breast-cancer-screening 2 --file card.json --set details.licenses=MIT"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<CardOptions>();
            addSubject(app, *options);
            addTexts(app, "--set", "FIELD=VALUE", options->sets,
                     "Set a field; again for each value of a list. Two parts of a value: \"FIRST | SECOND\"");
            addText(app, "--file", "FILE", options->file, "A card as JSON, in place of the one that is kept");
            addSigning(app, options->signing);
            return [options](Context& context) { return edit(context, *options); };
        }};
}

Command exportCommand()
{
    return {
        "cards export",
        "NAME VERSION",
        "Writes a model card as others read it",
        "markdown: README.md of Hugging Face, with model-index; toolkit: JSON of Model Card Toolkit 0.0.2.",
        {"sextant cards export breast-cancer-screening 2 --as markdown --output README.md",
         "sextant cards export breast-cancer-screening 2 --as toolkit > model_card.json"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<CardOptions>();
            addSubject(app, *options);
            addChoice(app, "--as", options->kind, {"json", "toolkit", "markdown"}, "Default: json, our own");
            addText(app, "--keys", "FILE", options->signing.keysFile,
                    "Whom to trust; else the list that `keys trust` keeps");
            return [options](Context& context) { return exportCard(context, *options); };
        }};
}

} // namespace

Result<std::string> keptCardText(Context& context, const std::string& name, std::int64_t version)
{
    SEXTANT_TRY(auto kept, lastCard(context, name, version, {}));
    return kept ? std::move(kept->text) : std::string();
}

void addCardCommands(std::vector<Command>& commands)
{
    commands.push_back(showCommand());
    commands.push_back(editCommand());
    commands.push_back(exportCommand());
}

} // namespace sextant::cli
