// Clauses about versions and their runs: metrics, params, tags, data sets, version numbers, signature, files.
#include "core/registry/gates/clauses.h"
#include "core/registry/gates/semantic_version.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace sextant::registry {

namespace {

std::string nobody(const Facts& facts)
{
    return facts.championTarget.empty() ? "No champion is named to compare with"
                                        : "Nobody is at " + facts.championTarget + " to compare with";
}

/// Where a clause compares with a champion and there is none.
Seen withoutChampion(const Clause& clause, const World& world, const std::string& from,
                     const std::string& expected)
{
    if (!clause.withoutChampion)
        return missing(from, expected, nobody(world.facts));
    return seen(true, from, "no champion", expected, nobody(world.facts) + ", which this clause allows");
}

std::string championName(const World& world)
{
    return "the champion, version " + std::to_string(world.facts.champion->version);
}

std::string whyMissing(const VersionFacts& version, std::string_view part, const std::string& otherwise)
{
    auto why = version.missing.find(part);
    return why == version.missing.end() ? otherwise : why->second;
}

/// The metric's value; else why there is none.
Result<double> metricOf(const VersionFacts& version, const std::string& metric, const std::string& whose)
{
    auto found = version.metrics.find(metric);
    if (found == version.metrics.end())
        return fail(ErrorCode::NotFound,
                    whyMissing(version, "run", "The run of " + whose + " has no metric '" + metric + "'"));
    return found->second;
}

Seen judgeStored(const TagMap& values, const std::string& key, const Clause& clause,
                 const std::string& subject, const std::string& absent, const std::string& from)
{
    auto found = values.find(key);
    if (found == values.end())
        return missing(from, clause.bounds.any() ? describe(clause.bounds) : describe(clause.text), absent);
    return judgeText(found->second, clause, subject, from);
}

std::string textOfVersion(const Clause& clause, const Facts& facts, const VersionFacts& version)
{
    const auto& values = !clause.param.empty()            ? version.params
                         : clause.of == TagOwner::Version ? version.tags
                         : clause.of == TagOwner::Run     ? version.runTags
                                                          : facts.modelTags;
    auto found = values.find(clause.param.empty() ? clause.tag : clause.param);
    return found == values.end() ? std::string() : found->second;
}

bool isIncrease(const SemanticVersion& candidate, const SemanticVersion& champion, Increase least)
{
    if (compareVersions(candidate, champion) <= 0)
        return false;
    auto count = least == Increase::Major ? 1U : least == Increase::Minor ? 2U : 3U;
    return count == 3U || !std::equal(candidate.numbers.begin(), candidate.numbers.begin() + count,
                                      champion.numbers.begin());
}

/// The digests of the data sets that the clause is about.
std::set<std::string> digestsOf(const VersionFacts& version, const Clause& clause)
{
    std::set<std::string> digests;
    for (const auto& dataset : version.datasets)
        if ((clause.context.empty() || dataset.context == clause.context) &&
            (clause.dataset.empty() || dataset.name == clause.dataset) && !dataset.digest.empty())
            digests.insert(dataset.digest);
    return digests;
}

template <class Texts>
std::string joined(const Texts& texts, const char* between = ", ")
{
    std::string all;
    for (const auto& text : texts)
        all += (all.empty() ? "" : between) + text;
    return all;
}

std::string datasetSubject(const Clause& clause)
{
    return "data set" + (clause.dataset.empty() ? "" : " '" + clause.dataset + "'") +
           (clause.context.empty() ? "" : " of the context '" + clause.context + "'");
}

} // namespace

Seen seeMetric(const Clause& clause, const World& world)
{
    auto value = metricOf(world.facts.candidate, clause.metric, "the candidate");
    if (!value)
        return missing("metric", describe(clause.bounds), value.error().message);
    return judgeNumber({*value, clause.metric}, clause.bounds, "metric");
}

Seen seeChampionMetric(const Clause& clause, const World& world)
{
    auto expected = describe(clause.bounds);
    const auto& champion = world.facts.champion;
    if (!champion)
        return withoutChampion(clause, world, "champion", expected);
    auto mine = metricOf(world.facts.candidate, clause.metric, "the candidate");
    auto theirs = metricOf(*champion, clause.metric, championName(world));
    for (const auto* value : {&mine, &theirs}) {
        auto whose = value == &mine ? "the candidate" : championName(world);
        if (!*value)
            return missing("champion", expected, value->error().message);
        if (!std::isfinite(**value))
            return missing("champion", expected,
                           clause.metric + " of " + whose + " is " + numberText(**value) +
                               ", which is no number to compare");
    }
    auto result = [&] {
        constexpr auto kRounding = 4 * std::numeric_limits<double>::epsilon();
        if (!clause.ratio)
            return judgeNumber({*mine - *theirs, clause.metric + " minus the champion's",
                                kRounding * std::max(std::fabs(*mine), std::fabs(*theirs)), true},
                               clause.bounds, "champion");
        return judgeNumber({*mine / *theirs, clause.metric + " divided by the champion's",
                            kRounding * std::fabs(*mine / *theirs)},
                           clause.bounds, "champion");
    }();
    result.message += " (" + numberText(*mine) + ", champion " + numberText(*theirs) + ")";
    return result;
}

Seen seeParam(const Clause& clause, const World& world)
{
    auto absent = whyMissing(world.facts.candidate, "run", "The run has no parameter '" + clause.param + "'");
    return judgeStored(world.facts.candidate.params, clause.param, clause, clause.param, absent, "param");
}

Seen seeTag(const Clause& clause, const World& world)
{
    const auto& candidate = world.facts.candidate;
    auto subject = "The tag '" + clause.tag + "'";
    switch (clause.of) {
    case TagOwner::Version:
        return judgeStored(candidate.tags, clause.tag, clause, subject,
                           "The version has no tag '" + clause.tag + "'", "tag");
    case TagOwner::Run:
        return judgeStored(candidate.runTags, clause.tag, clause, subject,
                           whyMissing(candidate, "run", "The run has no tag '" + clause.tag + "'"), "tag");
    case TagOwner::Model:
        break;
    }
    return judgeStored(world.facts.modelTags, clause.tag, clause, subject,
                       "The model has no tag '" + clause.tag + "'", "tag");
}

Seen seeDataset(const Clause& clause, const World& world)
{
    auto subject = datasetSubject(clause);
    auto expected = clause.sameAsChampion ? "the champion's" : joined(clause.digests, " or ");
    const auto& champion = world.facts.champion;
    if (clause.sameAsChampion && !champion)
        return withoutChampion(clause, world, "dataset", expected);
    auto mine = digestsOf(world.facts.candidate, clause);
    if (mine.empty())
        return missing(
            "dataset", expected,
            whyMissing(world.facts.candidate, "run", "The run read no " + subject + " with a digest"));
    if (!clause.sameAsChampion) {
        bool known = std::all_of(mine.begin(), mine.end(), [&](const std::string& digest) {
            return std::find(clause.digests.begin(), clause.digests.end(), digest) != clause.digests.end();
        });
        return seen(known, "dataset", joined(mine), expected,
                    "The " + subject + " has the digest " + joined(mine) +
                        (known ? "" : ", asked for is " + expected));
    }
    auto theirs = digestsOf(*champion, clause);
    if (theirs.empty())
        return missing("dataset", expected,
                       "The run of " + championName(world) + " read no " + subject + " with a digest");
    return seen(mine == theirs, "dataset", joined(mine), joined(theirs),
                mine == theirs ? "The " + subject + " is the one of " + championName(world)
                               : "The " + subject + " is " + joined(mine) + ", " + championName(world) +
                                     " read " + joined(theirs));
}

Seen seeSemanticVersion(const Clause& clause, const World& world)
{
    static constexpr const char* kParts[] = {"", " in its minor number", " in its major number"};
    const auto& facts = world.facts;
    const std::string where =
        clause.param.empty() ? "the tag '" + clause.tag + "'" : "the parameter '" + clause.param + "'";
    auto read = [&](const VersionFacts& version, std::string& text) {
        text = textOfVersion(clause, facts, version);
        return parseSemanticVersion(text);
    };
    std::string mine, theirs;
    auto candidate = read(facts.candidate, mine);
    if (mine.empty())
        return missing("version", "a version number", "The candidate has no version number in " + where);
    if (!candidate)
        return seen(false, "version", mine, "MAJOR.MINOR.PATCH",
                    "'" + mine + "' in " + where + " is no version number");
    std::string expected =
        std::string("greater than the champion's") + kParts[static_cast<int>(clause.increase)];
    if (!facts.champion)
        return withoutChampion(clause, world, "version", expected);
    auto champion = read(*facts.champion, theirs);
    if (!champion)
        return missing("version", expected,
                       theirs.empty()
                           ? "There is no version number of " + championName(world) + " in " + where
                           : "'" + theirs + "' of " + championName(world) + " is no version number");
    expected = "> " + theirs + kParts[static_cast<int>(clause.increase)];
    bool greater = isIncrease(*candidate, *champion, clause.increase);
    return seen(greater, "version", mine, expected,
                "The version number is " + mine + ", the champion's is " + theirs +
                    (greater ? "" : ", which is not " + expected));
}

Seen seeSignature(const Clause& clause, const World& world)
{
    const std::string expected = "callers of the champion can call it";
    const auto& facts = world.facts;
    if (!facts.candidate.signature)
        return missing("signature", expected,
                       whyMissing(facts.candidate, "signature", "The candidate has no signature"));
    if (!facts.champion)
        return withoutChampion(clause, world, "signature", expected);
    if (!facts.champion->signature)
        return missing("signature", expected,
                       "Of " + championName(world) + ": " +
                           whyMissing(*facts.champion, "signature", "it has no signature"));
    auto problems = incompatibilities(*facts.candidate.signature, *facts.champion->signature);
    if (problems.empty())
        return seen(true, "signature", "compatible", expected,
                    "The signature takes and gives what that of " + championName(world) + " does");
    auto count = std::to_string(problems.size()) + (problems.size() == 1 ? " break" : " breaks");
    return seen(false, "signature", count, expected,
                "Against " + championName(world) + ", " + joined(problems, "; "));
}

Seen seeDigest(const Clause&, const World& world)
{
    const auto& version = world.facts.candidate;
    if (version.recorded.empty())
        return missing("digest", "as recorded",
                       "No digest of the model's files was recorded to compare with");
    if (version.files.empty())
        return missing("digest", version.recorded,
                       whyMissing(version, "files", "The digest of the model's files was not made"));
    bool same = version.files == version.recorded;
    return seen(same, "digest", version.files, version.recorded,
                same ? "The model's files are those that were recorded"
                     : "The model's files are not those that were recorded");
}

} // namespace sextant::registry
