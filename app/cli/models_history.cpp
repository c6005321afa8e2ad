// `sextant models history`: what happened to a registered model, by its log and by what was seen.
#include "app/cli/command.h"
#include "app/cli/options.h"
#include "app/cli/registry_change.h"
#include "core/registry/model_history.h"

namespace sextant::cli {

namespace {

using Kind = RecordField::Kind;
using Json = nlohmann::ordered_json;

struct HistoryOptions
{
    std::string model, keysFile;
};

/// The entries of the model's log; none without one.
Result<std::vector<registry::AuditEntry>> entriesOf(Context& context, const HistoryOptions& options)
{
    SEXTANT_TRY(auto* tracking, context.tracking());
    SEXTANT_TRY(auto* store, context.registry());
    auto subject = registry::auditSubject(*tracking, *store, options.model);
    if (!subject) {
        if (subject.error().code == ErrorCode::Unsupported)
            context.note("The log of this model is not on this machine: " + subject.error().message);
        else if (subject.error().code != ErrorCode::NotFound)
            return forward(subject);
        return std::vector<registry::AuditEntry>();
    }
    subject->files.clear(); // what happened is told without hashing files; `audit verify` does
    SEXTANT_TRY(auto audit, registry::auditLog(std::move(*subject), options.keysFile, context.operation()));
    if (audit.verification.verdict == ledger::Standing::Failed)
        context.note("The log of this model does not verify; `sextant audit verify` says why");
    return std::move(audit.entries);
}

Json recordOf(const registry::HistoryEvent& event)
{
    auto number = [](auto value) { return value ? Json(*value) : Json(); };
    return {{"time", timeOrNull(event.time)},
            {"evidence", event.logged ? "logged" : "seen, not logged"},
            {"what", event.what},
            {"target", textOrNull(event.target)},
            {"from", event.from},
            {"to", event.to},
            {"by", textOrNull(event.by)},
            {"reason", textOrNull(event.reason)},
            {"subject", textOrNull(event.subject)},
            {"entry", number(event.entry)},
            {"since", timeOrNull(event.since)},
            {"remark", textOrNull(event.remark)}};
}

Result<int> showHistory(Context& context, const HistoryOptions& options)
{
    SEXTANT_TRY(auto* store, context.registry());
    SEXTANT_TRY(auto* tracking, context.tracking());
    SEXTANT_CHECK(checkModelExists(*store, options.model));
    SEXTANT_TRY(auto versions, store->modelVersions(options.model));
    auto path = tracking->info().path;
    registry::observeRegistry(path, versions, options.model);
    SEXTANT_TRY(auto entries, entriesOf(context, options));
    SEXTANT_TRY(auto seen, registry::observationsOf(path, options.model));
    RecordList list{"event",
                    "events",
                    {{"time", "TIME", Kind::Time},
                     {"evidence", "EVIDENCE"},
                     {"what", "WHAT"},
                     {"target", "TARGET"},
                     {"from", "FROM", Kind::List},
                     {"to", "TO", Kind::List},
                     {"by", "BY"},
                     {"reason", "REASON"},
                     {"subject", ""},
                     {"entry", "", Kind::Integer},
                     {"since", "", Kind::Time},
                     {"remark", "REMARK"}},
                    {}};
    for (const auto& event : registry::mergedHistory(options.model, entries, seen))
        list.records.push_back(recordOf(event));
    list.write(context.sink(), context.format(), context.screenWidth());
    return kDone;
}

} // namespace

void addModelHistoryCommand(std::vector<Command>& commands)
{
    commands.push_back(
        {"models history",
         "NAME",
         "Lists what happened to the stages and aliases of a model, oldest first",
         "Entries of its log are \"logged\". MLflow keeps no history, so the changes between two readings "
         "of\n"
         "the registry, by this program on this machine, are kept from the first reading on: one that no\n"
         "entry tells of is \"seen, not logged\". `time` is then when it was seen, `since` the reading "
         "before.\n"
         "JSON: [{time, evidence, what, target, from[], to[], by, reason, subject, entry, since, remark}].",
         {"sextant models history breast-cancer-screening"},
         [](CLI::App& app) -> Action {
             auto options = std::make_shared<HistoryOptions>();
             addArgument(app, "NAME", options->model, "A registered model");
             addText(app, "--keys", "FILE", options->keysFile,
                     "Whom to trust; else the list that `keys trust` keeps");
             return [options](Context& context) { return showHistory(context, *options); };
         }});
}

} // namespace sextant::cli
