#include "core/registry/gates/clauses.h"

#include "core/base/number.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace sextant::registry {

Seen seen(bool passed, std::string from, std::string observed, std::string expected, std::string message)
{
    return {passed ? Verdict::Pass : Verdict::Fail,
            std::move(from),
            std::move(observed),
            std::move(expected),
            std::move(message),
            {}};
}

Seen missing(std::string from, std::string expected, std::string message)
{
    return {Verdict::Missing, std::move(from), {}, std::move(expected), std::move(message), {}};
}

std::string numberText(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "Infinity" : "-Infinity";
    char text[32];
    std::snprintf(text, sizeof text, "%.12g", value);
    return text;
}

double roomOf(double value, const Bounds& bounds)
{
    auto at = bounds.absolute ? std::fabs(value) : value;
    auto room = std::numeric_limits<double>::infinity();
    for (const auto& low : {bounds.atLeast, bounds.above})
        room = low ? std::min(room, at - (*low - bounds.tolerance)) : room;
    for (const auto& high : {bounds.atMost, bounds.below})
        room = high ? std::min(room, *high + bounds.tolerance - at) : room;
    return bounds.equals ? std::min(room, bounds.tolerance - std::fabs(at - *bounds.equals)) : room;
}

namespace {

/// Bounds of decimal numbers, on binary ones: `slack` is what rounding may have moved the value.
bool isWithin(const Quantity& quantity, const Bounds& bounds)
{
    auto at = bounds.absolute ? std::fabs(quantity.value) : quantity.value;
    auto slack = quantity.slack;
    if (bounds.tolerance > 0) // adding it rounds again
        slack += 4 * std::numeric_limits<double>::epsilon() * (std::fabs(at) + bounds.tolerance);
    auto tolerance = bounds.tolerance;
    return (!bounds.atLeast || at >= *bounds.atLeast - tolerance - slack) &&
           (!bounds.above || at > *bounds.above - tolerance + slack) &&
           (!bounds.atMost || at <= *bounds.atMost + tolerance + slack) &&
           (!bounds.below || at < *bounds.below + tolerance - slack) &&
           (!bounds.equals || std::fabs(at - *bounds.equals) <= tolerance + slack);
}

} // namespace

Seen judgeNumber(const Quantity& quantity, const Bounds& bounds, std::string from)
{
    auto expected = describe(bounds);
    auto text = numberText(quantity.value);
    if (!std::isfinite(quantity.value))
        return missing(std::move(from), expected,
                       quantity.subject + " is " + text + ", which is no number to compare");
    if (quantity.isSigned && quantity.value > 0)
        text.insert(0, "+");
    bool passed = isWithin(quantity, bounds);
    auto result =
        seen(passed, std::move(from), text, expected,
             quantity.subject + " is " + text + (passed ? ", as asked: " : ", asked for is ") + expected);
    result.number = quantity.value;
    return result;
}

std::string describe(const TextRule& rule)
{
    std::vector<std::string> parts;
    if (rule.equals)
        parts.push_back("'" + *rule.equals + "'");
    if (!rule.oneOf.empty()) {
        std::string list;
        for (const auto& text : rule.oneOf)
            list += (list.empty() ? "one of '" : ", '") + text + "'";
        parts.push_back(list);
    }
    if (!rule.matches.empty())
        parts.push_back("matches " + rule.matches);
    std::string all;
    for (const auto& part : parts)
        all += (all.empty() ? "" : " and ") + part;
    return all.empty() ? "not empty" : all;
}

Seen judgeText(const std::string& value, const Clause& clause, const std::string& subject, std::string from)
{
    if (clause.bounds.any()) {
        auto number = parseDouble(value);
        if (!number)
            return seen(false, std::move(from), value, describe(clause.bounds),
                        subject + " is '" + value + "', which is no number");
        return judgeNumber({*number, subject}, clause.bounds, std::move(from));
    }
    const auto& rule = clause.text;
    if (value.empty())
        return missing(std::move(from), describe(rule), subject + " is empty");
    bool passed =
        (!rule.equals || value == *rule.equals) &&
        (rule.oneOf.empty() || std::find(rule.oneOf.begin(), rule.oneOf.end(), value) != rule.oneOf.end()) &&
        (rule.matches.empty() || RE2::FullMatch(value, RE2(rule.matches, RE2::Quiet)));
    return seen(passed, std::move(from), value, describe(rule),
                subject + " is '" + value + "'" + (passed ? "" : ", asked for is " + describe(rule)));
}

} // namespace sextant::registry
