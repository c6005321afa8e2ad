// `sextant audit …`: what a log proves, and what it does not.
#include "app/cli/audit.h"
#include "app/cli/command.h"
#include "app/cli/display.h"
#include "app/cli/options.h"
#include "app/cli/signing.h"

#include "core/base/number.h"
#include "core/ledger/act.h"
#include "core/ledger/folder_storage.h"

#include <filesystem>

namespace sextant::cli {

namespace {

using Kind = RecordField::Kind;
using namespace ledger;
using Json = nlohmann::ordered_json;

struct LogOptions
{
    std::string folder, origin, rulesFile, file, target;
    std::string index;
    SigningOptions signing;
};

constexpr std::size_t kMostRules = 64 * 1024;
constexpr const char* kBuiltInRules = R"({"schema":"sextant.rules/1","targets":{"*":{}}})";

/// What a command that wrote says of the log.
int printLog(Context& context, const Log& log, const std::string& folder)
{
    RecordList list{
        "log",
        "logs",
        {{"log", "LOG"}, {"origin", "ORIGIN"}, {"entries", "ENTRIES", Kind::Integer}, {"root", "ROOT"}},
        {}};
    const auto& checkpoint = log.checkpoint();
    list.records.push_back({{"log", folder},
                            {"origin", checkpoint.origin},
                            {"entries", checkpoint.size},
                            {"root", toHex(checkpoint.root)}});
    list.write(context.sink(), context.format(), context.screenWidth());
    return kDone;
}

Result<int> startLog(Context& context, const LogOptions& options)
{
    if (options.signing.key.empty())
        return fail(ErrorCode::InvalidArgument,
                    "A log begins with a signature: name an admin's key with --key",
                    "`sextant keys list` shows yours");
    SEXTANT_TRY(auto trusted, readTrustedKeys(options.signing.keysFile));
    std::string rules = kBuiltInRules;
    if (!options.rulesFile.empty()) {
        SEXTANT_TRY(rules, readTextFile(options.rulesFile, kMostRules));
    }
    SEXTANT_TRY(auto key, openKey(context, options.signing.key));
    LogAccess access{std::make_shared<FolderStorage>(options.folder), std::move(trusted), options.origin, {}};
    SEXTANT_TRY(auto log, Log::start(access, rules, options.signing.reason, key));
    SEXTANT_CHECK(keepPin(log.checkpoint().origin, log.note()));
    return printLog(context, log, options.folder);
}

Result<int> recordFile(Context& context, const LogOptions& options)
{
    SEXTANT_TRY(auto content, readTextFile(options.file, std::size_t{1} << 30));
    SEXTANT_TRY(auto opened, openLogForWriting(context, options.folder, options.signing));
    auto name = std::filesystem::path(options.file).filename().string();
    SEXTANT_CHECK(opened.log.append(
        {.kind = ActKind::Report, .subject = {name, sha256(content)}, .reason = options.signing.reason},
        opened.key));
    SEXTANT_CHECK(keepPin(opened.log.checkpoint().origin, opened.log.note()));
    return printLog(context, opened.log, options.folder);
}

Result<int> witnessLog(Context& context, const LogOptions& options)
{
    SEXTANT_TRY(auto opened, openLogForWriting(context, options.folder, options.signing));
    SEXTANT_CHECK(opened.log.witness(opened.key, now()));
    SEXTANT_CHECK(keepPin(opened.log.checkpoint().origin, opened.log.note()));
    return printLog(context, opened.log, options.folder);
}

Result<int> proveEntry(Context& context, const LogOptions& options)
{
    auto index = parseInteger(options.index);
    if (!index || *index < 0)
        return fail(ErrorCode::InvalidArgument, "'" + options.index + "' is no number of an entry",
                    "They count from 0");
    SEXTANT_TRY(auto trusted, readTrustedKeys(options.signing.keysFile));
    SEXTANT_TRY(auto log,
                Log::open({std::make_shared<FolderStorage>(options.folder), std::move(trusted), {}, {}},
                          context.operation()));
    SEXTANT_TRY(auto entry, log.entry(static_cast<std::uint64_t>(*index)));
    SEXTANT_TRY(auto proof, log.prove(static_cast<std::uint64_t>(*index)));
    auto stem = options.target + "/entry-" + std::to_string(*index);
    SEXTANT_CHECK(writeTextFile(stem + ".json", entry));
    SEXTANT_CHECK(writeTextFile(stem + ".tlog-proof", formatProof(proof)));
    context.sink().write(stem + ".json\n" + stem + ".tlog-proof\n");
    return kDone;
}

Json recordOf(const EntryFile& entry, const Judgement& judgement)
{
    const auto& act = judgement.act;
    std::string remark;
    for (const auto& finding : judgement.findings)
        remark += (remark.empty() ? "" : "; ") + finding.message;
    Json actor, subject, kind = "unreadable", digest, time, target, reason;
    if (act) {
        kind = toText(act->kind);
        actor = act->actor;
        subject = act->subject.name;
        digest = toHex(act->subject.digest);
        time = act->time;
        target = textOrNull(act->target);
        reason = textOrNull(act->reason);
    }
    return {{"index", entry.index},
            {"time", time},
            {"kind", kind},
            {"actor", actor},
            {"subject", subject},
            {"target", target},
            {"reason", reason},
            {"sha256", digest},
            {"counts", judgement.counts ? "yes" : "no"},
            {"remark", textOrNull(remark)},
            {"leaf", toHex(entry.leaf)}};
}

Result<int> listLog(Context& context, const LogOptions& options)
{
    SEXTANT_TRY(auto trusted, readTrustedKeys(options.signing.keysFile));
    FolderStorage storage(options.folder);
    SEXTANT_TRY(auto files, readLogFiles(storage, context.operation()));
    SEXTANT_TRY(auto note, parseNote(files.checkpoint.value_or(""), "The checkpoint"));
    SEXTANT_TRY(auto checkpoint, parseCheckpoint(note.text, "The checkpoint"));
    Replay replay(checkpoint.origin, std::move(trusted));
    RecordList list{"entry",
                    "entries",
                    {{"index", "INDEX", Kind::Integer},
                     {"time", "CLAIMED TIME", Kind::Time},
                     {"kind", "KIND"},
                     {"actor", "BY"},
                     {"subject", "SUBJECT"},
                     {"target", "TARGET"},
                     {"reason", "REASON"},
                     {"sha256", ""},
                     {"counts", "COUNTS"},
                     {"remark", "REMARK"},
                     {"leaf", ""}},
                    {}};
    for (const auto& entry : files.entries)
        list.records.push_back(recordOf(entry, replay.take(entry.content, entry.leaf)));
    list.write(context.sink(), context.format(), context.screenWidth());
    return kDone;
}

Command startCommand()
{
    return {"audit start",
            "FOLDER ORIGIN",
            "Begins a log in an empty folder",
            "Its first entry holds the rules: who may ask, who must agree, which gates must pass. An admin\n"
            "signs it.",
            {"SEXTANT_PASSPHRASE='four words are better' sextant audit start log risk-team/fraud "
             "--key ann"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<LogOptions>();
                addArgument(app, "FOLDER", options->folder, "Where the log is to be");
                addArgument(app, "ORIGIN", options->origin, "The log's name for ever, like risk-team/fraud");
                addText(app, "--rules", "FILE", options->rulesFile,
                        "The rules as JSON; else one approver who did not ask");
                addSigning(app, options->signing);
                return [options](Context& context) { return startLog(context, *options); };
            }};
}

Command recordCommand()
{
    return {"audit record",
            "FOLDER FILE",
            "Records the digest of a file in a log, as evidence",
            "The file itself stays where it is.",
            {"SEXTANT_PASSPHRASE='four words are better' sextant audit record log ann.key --key ann --reason "
             "'checked by phone'"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<LogOptions>();
                addArgument(app, "FOLDER", options->folder, "The log");
                addArgument(app, "FILE", options->file, "A report, a data card, a list of keys …");
                addSigning(app, options->signing);
                return [options](Context& context) { return recordFile(context, *options); };
            }};
}

Command witnessCommand()
{
    return {"audit witness",
            "FOLDER",
            "Signs a log's checkpoint as a witness, with the time",
            "From then on the log can't be cut or rewritten before this point without it being seen.",
            {"SEXTANT_PASSPHRASE='four words are better' sextant audit witness log --key ann"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<LogOptions>();
                addArgument(app, "FOLDER", options->folder, "The log");
                addSigning(app, options->signing);
                return [options](Context& context) { return witnessLog(context, *options); };
            }};
}

Command proveCommand()
{
    return {
        "audit prove",
        "FOLDER INDEX DIR",
        "Writes one entry and the proof that it is in the log, for somebody who has not the log",
        "Two small files: entry-N.json and entry-N.tlog-proof. `sextant audit verify` reads them.",
        {"sextant audit prove log 1 proofs", "sextant audit verify proofs/entry-1.tlog-proof --accept-gaps"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<LogOptions>();
            addArgument(app, "FOLDER", options->folder, "The log");
            addArgument(app, "INDEX", options->index, "The entry, counted from 0");
            addArgument(app, "DIR", options->target, "Where to write the files");
            addText(app, "--keys", "FILE", options->signing.keysFile,
                    "Whom to trust; else the list that `keys trust` keeps");
            return [options](Context& context) { return proveEntry(context, *options); };
        }};
}

Command logCommand()
{
    return {"audit log",
            "FOLDER",
            "Lists the entries of a log: who did what, and whether it counts",
            "JSON: [{index, time, kind, actor, subject, target, reason, sha256, counts, remark, leaf}]. "
            "Times are claims.",
            {"sextant audit log log --format table"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<LogOptions>();
                addArgument(app, "FOLDER", options->folder, "The log");
                addText(app, "--keys", "FILE", options->signing.keysFile,
                        "Whom to trust; else the list that `keys trust` keeps");
                return [options](Context& context) { return listLog(context, *options); };
            }};
}

} // namespace

void addAuditCommands(std::vector<Command>& commands)
{
    commands.push_back(startCommand());
    commands.push_back(recordCommand());
    commands.push_back(witnessCommand());
    commands.push_back(logCommand());
    commands.push_back(auditVerifyCommand());
    commands.push_back(proveCommand());
}

} // namespace sextant::cli
