// `sextant audit verify`: the verdict on a log, a proof, or the log of a model in a store, item by item.
#include "app/cli/audit.h"
#include "app/cli/display.h"
#include "app/cli/options.h"
#include "app/cli/signing.h"

#include "core/ledger/folder_storage.h"
#include "core/ledger/log_proof.h"
#include "core/registry/kept_files.h"
#include "core/registry/model_log.h"

#include <filesystem>

namespace sextant::cli {

namespace {

using namespace ledger;
using Json = nlohmann::ordered_json;

constexpr std::string_view kProofSuffix = ".tlog-proof";

struct VerifyCommandOptions
{
    std::string subject, keysFile, pin;
    bool acceptGaps = false;
};

std::string_view wordOf(Standing standing)
{
    switch (standing) {
    case Standing::Passed:
        return "passed";
    case Standing::Gap:
        return "gap";
    case Standing::Failed:
        break;
    }
    return "failed";
}

Json documentOf(const Verification& verification)
{
    Json items = Json::array();
    for (const auto& finding : verification.findings)
        items.push_back({{"check", finding.check},
                         {"standing", wordOf(finding.standing)},
                         {"entry", finding.entry ? Json(*finding.entry) : Json()},
                         {"message", finding.message}});
    const auto& checkpoint = verification.checkpoint;
    Json holders = Json::object();
    for (const auto& [target, names] : verification.holders)
        holders[target] = names;
    return {{"verdict", verdictText(verification.verdict)},
            {"origin", checkpoint ? Json(checkpoint->origin) : Json()},
            {"size", checkpoint ? Json(checkpoint->size) : Json()},
            {"root", checkpoint ? Json(toHex(checkpoint->root)) : Json()},
            {"entries", verification.entries},
            {"witnessed_at", timeOrNull(verification.witnessedAt)},
            {"holders", std::move(holders)},
            {"items", std::move(items)}};
}

void writeWords(Sink& sink, const Verification& verification)
{
    sink.write(std::string(verdictText(verification.verdict)) + "\n");
    if (const auto& checkpoint = verification.checkpoint)
        sink.write("log " + printable(checkpoint->origin) + " as of " +
                   counted(checkpoint->size, "entry", "entries") + ", root " + toHex(checkpoint->root) +
                   "\n");
    sink.write("\n");
    for (auto standing : {Standing::Failed, Standing::Gap, Standing::Passed})
        for (const auto& finding : verification.findings)
            if (finding.standing == standing) {
                auto word = std::string(wordOf(standing)), check = finding.check;
                word.resize(8, ' ');
                check.resize(std::max<std::size_t>(check.size(), 15), ' ');
                sink.write(word + check + printable(finding.message) + "\n");
            }
}

void writeCsv(Sink& sink, const Verification& verification)
{
    RecordList list{
        "item",
        "items",
        {{"check", ""}, {"standing", ""}, {"entry", "", RecordField::Kind::Integer}, {"message", ""}},
        {}};
    for (const auto& item : documentOf(verification)["items"])
        list.records.push_back(item);
    list.write(sink, Format::Csv, 0);
}

int print(Context& context, const Verification& verification, bool acceptGaps)
{
    switch (context.format()) {
    case Format::Json:
        context.sink().write(documentOf(verification).dump(2, ' ', false, Json::error_handler_t::replace) +
                             "\n");
        break;
    case Format::Csv:
        writeCsv(context.sink(), verification);
        break;
    case Format::Table:
        writeWords(context.sink(), verification);
        break;
    }
    bool fine =
        verification.verdict == Standing::Passed || (acceptGaps && verification.verdict == Standing::Gap);
    return fine ? kDone : kNegative;
}

/// Only one entry and its proof: who signed what, not whether it counted.
Result<Verification> verifyProofFile(const std::string& path, const TrustedKeys& keys)
{
    SEXTANT_TRY(auto text, readTextFile(path, std::size_t{1} << 17));
    SEXTANT_TRY(auto proof, parseProof(text, path));
    auto stem = path.substr(0, path.size() - kProofSuffix.size());
    SEXTANT_TRY(auto entry, readTextFile(stem + ".json", kMostEntryBytes));
    Verification result;
    auto say = [&](Standing standing, const char* check, const std::string& message) {
        result.findings.push_back({standing, check, proof.index, message});
    };
    result.entries = 1;
    auto checkpoint = verifyProof(proof, entry, keys.publicKeys());
    if (checkpoint) {
        result.checkpoint = *checkpoint;
        say(Standing::Passed, "proof",
            "The entry is number " + std::to_string(proof.index) + " of the log " + checkpoint->origin);
    } else {
        say(Standing::Failed, "proof", checkpoint.error().message);
    }
    auto envelope = parseEnvelope(entry, "The entry");
    auto act =
        envelope ? parseAct(envelope->payload, "The entry") : Result<Act>(tl::unexpected(envelope.error()));
    if (!act) {
        say(Standing::Failed, "form", act.error().message);
    } else {
        for (const auto& signature : envelope->signatures) {
            const auto* key = keys.find(signature.keyId);
            bool fits = key && verify(*envelope, signature, key->key) && act->index == proof.index &&
                        (!checkpoint || act->origin == checkpoint->origin);
            say(fits ? Standing::Passed : Standing::Failed, "signature",
                fits ? "Signed by " + signature.keyId + ": " + std::string(toText(act->kind)) + " of '" +
                           act->subject.name + "'"
                     : "The signature of " + signature.keyId +
                           " is not one of a trusted key under this entry");
        }
        say(Standing::Gap, "replay",
            "Whether it counted, and whether the key was revoked later, only the whole log tells");
    }
    result.verdict = worst(result.findings);
    if (result.verdict == Standing::Failed)
        result.checkpoint.reset();
    return result;
}

/// The log's own pin when none is named; afterwards what was seen is the next one.
Result<Verification> verifyFolder(Context& context, const std::string& folder,
                                  const VerifyCommandOptions& options, VerifyOptions checks)
{
    FolderStorage storage(folder);
    SEXTANT_TRY(auto files, readLogFiles(storage, context.operation()));
    std::string origin;
    if (auto note = parseNote(files.checkpoint.value_or(""), "The checkpoint"))
        if (auto checkpoint = parseCheckpoint(note->text, "The checkpoint"))
            origin = checkpoint->origin;
    if (!options.pin.empty()) {
        SEXTANT_TRY(checks.pin, readTextFile(options.pin, kMostNoteBytes));
    } else {
        checks.pin = pinOf(origin);
    }
    bool inStore = checks.holders.has_value();
    SEXTANT_TRY(auto verification, verifyLog(files, checks, context.operation()));
    if (inStore)
        registry::checkKeptFiles(verification, files, folder);
    if (verification.note && options.pin.empty())
        SEXTANT_CHECK(keepPin(origin, *verification.note));
    return verification;
}

Result<int> verifySubject(Context& context, const VerifyCommandOptions& options)
{
    VerifyOptions checks;
    SEXTANT_TRY(checks.keys, readTrustedKeys(options.keysFile));
    if (options.subject.ends_with(kProofSuffix)) {
        SEXTANT_TRY(auto verification, verifyProofFile(options.subject, checks.keys));
        return print(context, verification, options.acceptGaps);
    }
    if (context.options().store.empty()) {
        SEXTANT_TRY(auto verification, verifyFolder(context, options.subject, options, std::move(checks)));
        return print(context, verification, options.acceptGaps);
    }
    SEXTANT_TRY(auto* tracking, context.tracking());
    SEXTANT_TRY(auto* registry, context.registry());
    registry::ModelLog log(*tracking, *registry, options.subject);
    SEXTANT_TRY(auto folder, log.folder());
    SEXTANT_TRY(checks.holders, log.holders());
    checks.digestOf = [&](const std::string& subject) { return log.digestOf(subject, context.operation()); };
    SEXTANT_TRY(auto verification, verifyFolder(context, folder, options, std::move(checks)));
    return print(context, verification, options.acceptGaps);
}

} // namespace

Command auditVerifyCommand()
{
    return {
        "audit verify",
        "LOG",
        "Verifies a log: its entries, who signed them, whether they might, and what it can't tell",
        "Needs no network. With --store it verifies the log of a registered model in that store, the files\n"
        "of its versions, and the registry against the log. The checkpoint seen last is remembered, so that\n"
        "a log that was cut or rolled back is told. Verdicts: verified, verified with gaps, not verified;\n"
        "exit 1 for the last two.\n"
        "JSON: {verdict, origin, size, root, entries, witnessed_at, holders{}, items[{check, standing,\n"
        "entry, message}]}.",
        {"sextant audit verify log --accept-gaps"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<VerifyCommandOptions>();
            addArgument(app, "LOG", options->subject,
                        "A log's folder; an entry's .tlog-proof; with --store a registered model");
            addText(app, "--keys", "FILE", options->keysFile,
                    "Whom to trust; else the list that `keys trust` keeps");
            addText(app, "--pin", "FILE", options->pin, "A checkpoint seen before; else the one remembered");
            addSwitch(app, "--accept-gaps", options->acceptGaps, "Exit 0 for `verified with gaps` too");
            return [options](Context& context) { return verifySubject(context, *options); };
        }};
}

} // namespace sextant::cli
