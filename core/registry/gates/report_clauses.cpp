// Clauses about evidence: reports and the model card.
#include "core/registry/gates/clauses.h"
#include "core/registry/gates/json_path.h"

#include <algorithm>
#include <cmath>

namespace sextant::registry {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kDay = 86'400'000.0;

const ParsedReport* reportOf(const World& world, const std::string& kind)
{
    auto found = std::find_if(world.reports.begin(), world.reports.end(),
                              [&](const ParsedReport& report) { return report.fact->kind == kind; });
    return found == world.reports.end() ? nullptr : &*found;
}

std::string noReport(const std::string& kind)
{
    return "There is no " + kind + " report";
}

/// Null where there is none.
const Json& member(const Json& object, const char* key)
{
    static const Json kNull;
    auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() ? *found : kNull;
}

/// Empty where there is no list.
const Json& listIn(const Json& object, const char* key)
{
    static const Json kNone = Json::array();
    const auto& value = member(object, key);
    return value.is_array() ? value : kNone;
}

bool isText(const Json& value, const std::string& text)
{
    return value.is_string() && value.get_ref<const std::string&>() == text;
}

std::string shown(const Json& value)
{
    return value.is_string() ? value.get<std::string>()
                             : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string daysText(double days)
{
    auto whole = std::floor(days);
    return numberText(whole) + (whole == 1 ? " day" : " days");
}

/// Days at the moment of evaluation; else why it can't be told.
Result<double> ageOf(const ParsedReport& report, const Facts& facts)
{
    const auto& fact = *report.fact;
    if (!isKnown(fact.created))
        return fail(ErrorCode::NotFound, "The " + fact.kind + " report does not say when it was made");
    auto days = (static_cast<double>(facts.asOf) - static_cast<double>(fact.created)) / kDay;
    if (days < 0)
        return fail(ErrorCode::Corrupt,
                    "The " + fact.kind + " report is dated after this moment: " + formatIso(fact.created));
    return days;
}

Seen judgeAge(const ParsedReport& report, const World& world, double most)
{
    auto expected = "≤ " + numberText(most) + " days";
    auto age = ageOf(report, world.facts);
    if (!age)
        return age.error().code == ErrorCode::NotFound
                   ? missing("age", expected, age.error().message)
                   : seen(false, "age", formatIso(report.fact->created), expected, age.error().message);
    auto result =
        seen(*age <= most, "age", daysText(*age), expected,
             "The " + report.fact->kind + " report is " + daysText(*age) + " old, asked for is " + expected);
    result.number = *age;
    return result;
}

bool onlyWarns(const Json& check)
{
    const auto& severity = member(check, "severity");
    return isText(severity, "warn") || isText(severity, "warning") || isText(severity, "info");
}

struct CheckCount
{
    std::size_t all = 0, failed = 0;
    std::string undecided; // a check without a verdict
    std::string failedIds;
};

CheckCount countChecks(const Json& document)
{
    CheckCount count;
    for (const auto& check : listIn(document, "checks")) {
        if (onlyWarns(check))
            continue;
        ++count.all;
        const auto& passed = member(check, "passed");
        if (!passed.is_boolean())
            count.undecided = count.undecided.empty() ? shown(member(check, "id")) : count.undecided;
        else if (!passed.get<bool>()) {
            ++count.failed;
            count.failedIds += (count.failedIds.empty() ? "" : ", ") + shown(member(check, "id"));
        }
    }
    return count;
}

/// Judges a number found in a report, which may be undefined there.
Seen judgeValue(const Json& value, const std::string& subject, const Clause& clause, const std::string& from)
{
    auto expected = describe(clause.bounds);
    if (value.is_number())
        return judgeNumber({value.get<double>(), subject}, clause.bounds, from);
    if (value.is_null())
        return missing(from, expected, subject + " is undefined");
    if (value.is_string())
        return missing(from, expected,
                       subject + " is " + value.get<std::string>() + ", which is no number to compare");
    return missing(from, expected, subject + " is no number");
}

bool fits(const Json& disparity, const Clause& clause)
{
    auto is = [&](const char* key, const std::string& asked) {
        return asked.empty() || isText(member(disparity, key), asked);
    };
    const auto& attributes = listIn(disparity, "attributes");
    bool attribute = clause.attribute.empty() ||
                     std::any_of(attributes.begin(), attributes.end(),
                                 [&](const Json& one) { return isText(one, clause.attribute); });
    return attribute && is("metric", clause.metric) && is("method", clause.method) &&
           is("aggregate", clause.aggregate);
}

std::string disparityName(const Json& disparity)
{
    std::string name = shown(member(disparity, "metric"));
    for (const auto& attribute : listIn(disparity, "attributes"))
        name += ", " + shown(attribute);
    return name;
}

std::string groupName(const Json& group)
{
    std::string name;
    const auto& values = member(group, "group");
    if (values.is_object())
        for (const auto& [attribute, value] : values.items())
            name += (name.empty() ? "" : ", ") + attribute + " " + shown(value);
    return name;
}

std::string kindOr(const Clause& clause, const char* kind)
{
    return clause.report.empty() ? kind : clause.report;
}

bool isFilled(const Json* value)
{
    if (!value || value->is_null())
        return false;
    if (value->is_string()) {
        const auto& text = value->get_ref<const std::string&>();
        return text.find_first_not_of(" \t\r\n") != std::string::npos && text != "not provided";
    }
    return !value->is_structured() || !value->empty();
}

} // namespace

Seen seeCard(const Clause& clause, const World& world)
{
    auto expected = std::to_string(clause.fields.size()) +
                    (clause.fields.size() == 1 ? " field filled" : " fields filled");
    if (world.card.is_null())
        return missing("card", expected, "There is no model card");
    std::string empty;
    std::size_t filled = 0;
    for (const auto& field : clause.fields) {
        if (isFilled(atName(world.card, field)))
            ++filled;
        else
            empty += (empty.empty() ? "" : ", ") + field;
    }
    if (empty.empty())
        return seen(true, "card", std::to_string(filled) + " filled", expected,
                    "The model card is filled where it must be");
    auto result = missing("card", expected, "The model card does not say: " + empty);
    result.observed = std::to_string(filled) + " filled";
    return result;
}

Seen seeReport(const Clause& clause, const World& world)
{
    const auto& kind = clause.report;
    const std::string expected = clause.anyVerdict ? "there" : "passed";
    const auto* report = reportOf(world, kind);
    if (!report)
        return missing(kind, expected, noReport(kind));
    auto result =
        seen(true, kind, "there", expected, "There is a " + kind + " report, " + report->fact->name);
    if (!clause.anyVerdict) {
        auto count = countChecks(report->document);
        if (count.all == 0)
            return missing(kind, expected, "The " + kind + " report has no checks, and so no verdict");
        if (!count.undecided.empty())
            return missing(kind, expected,
                           "The check " + count.undecided + " of the " + kind + " report has no verdict");
        auto of = std::to_string(count.all) + (count.all == 1 ? " check" : " checks");
        result = count.failed == 0
                     ? seen(true, kind, "passed", expected, "The " + kind + " report passed its " + of)
                     : seen(false, kind, std::to_string(count.failed) + " of " + of + " failed", expected,
                            "The " + kind + " report failed: " + count.failedIds);
    }
    if (!clause.maxAgeDays || result.verdict != Verdict::Pass)
        return result;
    auto age = judgeAge(*report, world, *clause.maxAgeDays);
    return age.verdict == Verdict::Pass ? result : age;
}

Seen seeReportAge(const Clause& clause, const World& world)
{
    auto expected = "≤ " + numberText(*clause.maxAgeDays) + " days";
    const ParsedReport* chosen = clause.report.empty() ? nullptr : reportOf(world, clause.report);
    if (clause.report.empty())
        for (const auto& report : world.reports)
            if (!chosen || report.fact->created < chosen->fact->created || !isKnown(report.fact->created))
                chosen = &report;
    if (!chosen)
        return missing("age", expected,
                       clause.report.empty() ? "There is no report" : noReport(clause.report));
    return judgeAge(*chosen, world, *clause.maxAgeDays);
}

Seen seeReportValue(const Clause& clause, const World& world)
{
    auto expected = clause.bounds.any() ? describe(clause.bounds) : describe(clause.text);
    const auto* report = reportOf(world, clause.report);
    if (!report)
        return missing(clause.report, expected, noReport(clause.report));
    const auto* value = atPointer(report->document, clause.path);
    if (!value)
        return missing(clause.report, expected,
                       "The " + clause.report + " report has nothing at " + clause.path);
    if (clause.bounds.any())
        return judgeValue(*value, clause.path, clause, clause.report);
    if (value->is_null())
        return missing(clause.report, expected, clause.path + " is undefined");
    return judgeText(shown(*value), clause, clause.path, clause.report);
}

Seen seeDisparity(const Clause& clause, const World& world)
{
    auto kind = kindOr(clause, "fairness");
    auto expected = describe(clause.bounds);
    const auto* report = reportOf(world, kind);
    if (!report)
        return missing(kind, expected, noReport(kind));
    const Json* worst = nullptr;
    std::size_t count = 0;
    double room = 0;
    for (const auto& disparity : listIn(report->document, "disparities")) {
        if (!fits(disparity, clause))
            continue;
        ++count;
        const auto& value = member(disparity, "value");
        if (!value.is_number()) {
            const auto& why = member(disparity, "undefined");
            return missing(kind, expected,
                           disparityName(disparity) + " is undefined" +
                               (why.is_null() ? "" : ": " + shown(why)));
        }
        auto its = roomOf(value.get<double>(), clause.bounds);
        if (!worst || its < room) {
            worst = &disparity;
            room = its;
        }
    }
    if (!worst)
        return missing(kind, expected,
                       "The " + kind + " report has no " + clause.metric +
                           (clause.attribute.empty() ? "" : " by " + clause.attribute));
    auto result = judgeValue(member(*worst, "value"), disparityName(*worst), clause, kind);
    if (count > 1)
        result.message += ", the worst of " + std::to_string(count);
    return result;
}

Seen seeGroupSize(const Clause& clause, const World& world)
{
    auto kind = kindOr(clause, "fairness");
    auto expected = describe(clause.bounds);
    const auto* report = reportOf(world, kind);
    if (!report)
        return missing(kind, expected, noReport(kind));
    const Json* smallest = nullptr;
    for (const auto& group : listIn(report->document, "by_group")) {
        if (!clause.attribute.empty() && member(member(group, "group"), clause.attribute.c_str()).is_null())
            continue;
        const auto& count = member(group, "count");
        if (!count.is_number())
            return missing(kind, expected, "The group " + groupName(group) + " has no count");
        if (!smallest || count.get<double>() < member(*smallest, "count").get<double>())
            smallest = &group;
    }
    if (!smallest)
        return missing(kind, expected,
                       "The " + kind + " report has no groups" +
                           (clause.attribute.empty() ? "" : " by " + clause.attribute));
    return judgeValue(member(*smallest, "count"),
                      "The size of the smallest group, " + groupName(*smallest) + ",", clause, kind);
}

Seen seeDriftShare(const Clause& clause, const World& world)
{
    auto kind = kindOr(clause, "drift");
    auto expected = describe(clause.bounds);
    const auto* report = reportOf(world, kind);
    if (!report)
        return missing(kind, expected, noReport(kind));
    const auto& share = member(report->document, "share_of_drifted_columns");
    if (!report->document.contains("share_of_drifted_columns"))
        return missing(kind, expected, "The " + kind + " report has no share of drifted columns");
    auto result = judgeValue(share, "The share of drifted columns", clause, kind);
    const auto& columns = listIn(report->document, "columns");
    if (!columns.empty()) {
        auto drifted = std::count_if(columns.begin(), columns.end(),
                                     [](const Json& column) { return member(column, "drifted") == true; });
        result.message += " (" + std::to_string(drifted) + " of " + std::to_string(columns.size()) + ")";
    }
    return result;
}

Seen seeChecks(const Clause& clause, const World& world)
{
    const auto& kind = clause.report;
    auto bounds = clause.bounds;
    if (!bounds.any())
        bounds.atMost = 0;
    auto expected = clause.check.empty() ? describe(bounds) : std::string("passed");
    const auto* report = reportOf(world, kind);
    if (!report)
        return missing(kind, expected, noReport(kind));
    if (clause.check.empty()) {
        auto count = countChecks(report->document);
        if (count.all == 0)
            return missing(kind, expected, "The " + kind + " report has no checks");
        if (!count.undecided.empty())
            return missing(kind, expected,
                           "The check " + count.undecided + " of the " + kind + " report has no verdict");
        auto subject = "The number of failed checks among " + std::to_string(count.all);
        auto result = judgeNumber({static_cast<double>(count.failed), subject}, bounds, kind);
        result.message += count.failed ? ": " + count.failedIds : "";
        return result;
    }
    for (const auto& check : listIn(report->document, "checks")) {
        if (!isText(member(check, "id"), clause.check))
            continue;
        const auto& passed = member(check, "passed");
        if (!passed.is_boolean())
            return missing(kind, expected, "The check " + clause.check + " has no verdict");
        const auto& message = member(check, "message");
        return seen(passed.get<bool>(), kind, passed.get<bool>() ? "passed" : "failed", expected,
                    "The check " + clause.check + (passed.get<bool>() ? " passed" : " failed") +
                        (isFilled(&message) ? ": " + shown(message) : ""));
    }
    return missing(kind, expected, "The " + kind + " report has no check " + clause.check);
}

} // namespace sextant::registry
