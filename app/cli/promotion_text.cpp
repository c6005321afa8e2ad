#include "app/cli/promotion_text.h"

#include "app/cli/display.h"

namespace sextant::cli {

using namespace registry;
using ledger::ActKind;
using ledger::Subject;

namespace {

using Kind = RecordField::Kind;
using Json = nlohmann::ordered_json;

std::string kindOf(const Promotion& promotion)
{
    return promotion.emergency ? "emergency" : promotion.rollbackOf ? "rollback" : "request";
}

std::string wordOf(const GateStanding& gate, EpochMs time)
{
    if (gate.passed && *gate.passed)
        return "passed";
    if (gate.waivedUntil)
        return *gate.waivedUntil > time ? "waived" : "waiver expired";
    return gate.passed ? "failed" : "not checked";
}

Json versionsOf(const Versions& versions)
{
    return Json(std::vector(versions.begin(), versions.end()));
}

Json recordOf(const Promotion& promotion)
{
    std::vector<std::string> approvers;
    for (const auto& [person, entry] : promotion.approvals)
        approvers.push_back(person);
    const auto& act = promotion.act;
    return {{"id", promotion.id()},
            {"kind", kindOf(promotion)},
            {"state", toText(promotion.state)},
            {"name", promotion.model},
            {"version", promotion.change.subject()},
            {"target", act.target},
            {"from_versions", versionsOf(promotion.change.leave)},
            {"to_version", promotion.change.comes ? Json(*promotion.change.comes) : Json()},
            {"reason", act.reason},
            {"requested_by", promotion.requester},
            {"requested_at", timeOrNull(act.time)},
            {"expires", act.expires ? Json(*act.expires) : Json()},
            {"author", textOrNull(act.author)},
            {"model_sha256", toHex(act.subject.digest)},
            {"approvals", approvers},
            {"approvals_needed", promotion.approvalsNeeded},
            {"obstacles", promotion.obstacles}};
}

Json gatesOf(const Promotion& promotion)
{
    auto gates = Json::array();
    for (const auto& gate : promotion.gates)
        gates.push_back({{"name", gate.name},
                         {"required", gate.required},
                         {"verdict", wordOf(gate, now())},
                         {"entry", gate.entry ? Json(*gate.entry) : Json()},
                         {"waived_until", gate.waivedUntil ? Json(*gate.waivedUntil) : Json()}});
    return gates;
}

Json inputsOf(const std::vector<Subject>& inputs)
{
    auto list = Json::array();
    for (const auto& input : inputs)
        list.push_back({{"name", input.name}, {"sha256", toHex(input.digest)}});
    return list;
}

Json historyOf(const Promotion& promotion)
{
    auto history = Json::array();
    for (const auto& logged : promotion.history) {
        const auto& act = logged.act;
        auto details = Json();
        if (act.kind == ActKind::Gate && !act.details.empty())
            details = Json::parse(act.details, nullptr, false);
        history.push_back({{"entry", act.index},
                           {"time", act.time},
                           {"kind", toText(act.kind)},
                           {"person", logged.person},
                           {"key_id", act.actor},
                           {"passed", act.passed ? Json(*act.passed) : Json()},
                           {"gate", textOrNull(act.gate)},
                           {"reason", textOrNull(act.reason)},
                           {"expires", act.expires ? Json(*act.expires) : Json()},
                           {"inputs", inputsOf(act.inputs)},
                           {"counts", logged.counts},
                           {"remark", textOrNull(logged.remark)},
                           {"leaf", toHex(logged.leaf)},
                           {"details", details}});
    }
    return history;
}

/// "approved: I looked at it".
std::string said(const ledger::Act& act)
{
    std::string text(toText(act.kind));
    if (act.kind == ActKind::Decision)
        text = act.passed.value_or(false) ? "approved" : "rejected";
    if (act.kind == ActKind::Gate)
        text = "gate " + act.gate + (act.passed.value_or(false) ? " passed" : " failed");
    if (act.kind == ActKind::Waiver)
        text = "gate " + act.gate + " waived" + (act.expires ? " until " + displayTime(*act.expires) : "");
    if (act.kind == ActKind::Transition)
        text = act.emergency ? "applied in an emergency" : "applied";
    return text + (act.reason.empty() ? "" : ": " + act.reason);
}

void writeWords(Sink& sink, const Promotion& promotion, const std::vector<std::string>& changed)
{
    auto line = [&](std::string title, const std::string& text) {
        title.resize(12, ' ');
        sink.write(title + printable(text) + "\n");
    };
    sink.write(printable(promotion.id()) + "  " + kindOf(promotion) + ", " +
               std::string(toText(promotion.state)) + "\n\n");
    for (const auto& sentence : sentences(promotion.change))
        line("", sentence);
    sink.write("\n");
    if (!promotion.emergency)
        line("approvals",
             std::to_string(promotion.approvals.size()) + " of " + std::to_string(promotion.approvalsNeeded));
    for (const auto& gate : promotion.gates)
        line("gate", gate.name + ": " + wordOf(gate, now()) + (gate.required ? "" : " (not required)"));
    for (const auto& input : promotion.act.inputs)
        line("evidence", input.name + "  sha256 " + toHex(input.digest).substr(0, 16) + "…");
    line("files", "sha256 " + toHex(promotion.act.subject.digest).substr(0, 16) + "…");
    if (promotion.act.expires)
        line("expires", displayTime(*promotion.act.expires));
    for (const auto* reasons : {&promotion.obstacles, &changed})
        for (const auto& reason : *reasons)
            line("missing", reason);
    sink.write("\n");
    for (const auto& logged : promotion.history)
        line("entry " + std::to_string(logged.act.index),
             displayTime(logged.act.time) + "  " + logged.person + " " + said(logged.act) +
                 (logged.counts ? "" : "  [does not count: " + logged.remark + "]"));
}

} // namespace

void printPromotions(Context& context, const std::vector<Promotion>& promotions)
{
    RecordList output{"promotion",
                      "promotions",
                      {{"id", "ID"},
                       {"kind", "KIND"},
                       {"state", "STATE"},
                       {"name", ""},
                       {"version", "VERSION", Kind::Integer},
                       {"target", "TARGET"},
                       {"from_versions", "FROM", Kind::List},
                       {"to_version", "", Kind::Integer},
                       {"reason", "REASON"},
                       {"requested_by", "BY"},
                       {"requested_at", "REQUESTED", Kind::Time},
                       {"expires", "", Kind::Time},
                       {"author", ""},
                       {"model_sha256", ""},
                       {"approvals", "APPROVED BY", Kind::List},
                       {"approvals_needed", "", Kind::Integer},
                       {"obstacles", "", Kind::List}},
                      {}};
    for (const auto& promotion : promotions) {
        auto record = recordOf(promotion);
        if (context.format() == Format::Json)
            record["gates"] = gatesOf(promotion);
        output.records.push_back(std::move(record));
    }
    output.write(context.sink(), context.format(), context.screenWidth());
}

void printPromotion(Context& context, const Promotion& promotion, const std::vector<std::string>& changed)
{
    if (context.format() == Format::Table)
        return writeWords(context.sink(), promotion, changed);
    if (context.format() == Format::Csv)
        return printPromotions(context, {promotion});
    auto record = recordOf(promotion);
    for (const auto& reason : changed)
        record["obstacles"].push_back(reason);
    record["gates"] = gatesOf(promotion);
    record["changes"] = sentences(promotion.change);
    record["evidence"] = inputsOf(promotion.act.inputs);
    record["rollback_of"] = promotion.rollbackOf ? Json(*promotion.rollbackOf) : Json();
    record["applied_by_entry"] = promotion.applied ? Json(*promotion.applied) : Json();
    record["history"] = historyOf(promotion);
    context.sink().write(record.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void printPreview(Context& context, const ActPreview& preview)
{
    if (context.format() == Format::Json) {
        Json document = {{"dry_run", true}, {"changes", preview.sentences}, {"obstacles", preview.obstacles}};
        context.sink().write(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
        return;
    }
    for (const auto& sentence : preview.sentences)
        context.sink().write(printable(sentence) + "\n");
    for (const auto& obstacle : preview.obstacles)
        context.sink().write("not now: " + printable(obstacle) + "\n");
}

} // namespace sextant::cli
