// The change itself: compare, log, change, read back; and ending what was stopped in between.
#include "core/base/strict_json.h"
#include "core/registry/kept_files.h"
#include "core/registry/promotions.h"

#include <algorithm>

namespace sextant::registry {

using namespace ledger;

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kMarkSchema = "sextant.applying/1";
constexpr std::size_t kMostMarkBytes = 64 * 1024;

std::string join(const std::vector<std::string>& parts)
{
    std::string text;
    for (const auto& part : parts)
        text += (text.empty() ? "" : "; ") + part;
    return text;
}

/// Whether an error of appending can leave an entry behind.
bool mayHaveWritten(ErrorCode code)
{
    return code != ErrorCode::PermissionDenied && code != ErrorCode::Locked && code != ErrorCode::Corrupt &&
           code != ErrorCode::InvalidArgument;
}

} // namespace

Result<void> Promotions::readMark()
{
    m_mark.reset();
    auto text = besideLog()->read(kMarkFile, kMostMarkBytes);
    if (!text)
        return text.error().code == ErrorCode::NotFound ? Result<void>() : Result<void>(forward(text));
    // Whoever can write here can also delete it: what does not read is a mark of everything.
    Mark mark;
    if (auto document = parseStrictJson(*text, kMarkFile); document && document->is_object()) {
        mark.target =
            document->value("target", Json()).is_string() ? (*document)["target"].get<std::string>() : "";
        mark.size = document->value("size", Json()).is_number_unsigned()
                        ? (*document)["size"].get<std::uint64_t>()
                        : 0;
    }
    m_mark = mark;
    return {};
}

Result<void> Promotions::dropMark()
{
    SEXTANT_CHECK(besideLog()->remove(kMarkFile));
    m_mark.reset();
    return {};
}

/// The last change of the marked target, when it was logged after the mark was set.
const LoggedAct* Promotions::markedTransition() const
{
    if (!m_mark)
        return nullptr;
    for (auto logged = m_history.rbegin(); logged != m_history.rend(); ++logged) {
        if (logged->act.index < m_mark->size)
            break;
        if (logged->act.kind == ActKind::Transition && logged->counts &&
            (m_mark->target.empty() || logged->act.target == m_mark->target))
            return &*logged;
    }
    return nullptr;
}

/// Who is at a target that the log speaks of must be who the log says.
std::string Promotions::logDifference(const Replay& replay, const Change& change) const
{
    auto text = change.target.text();
    auto known = replay.holders().find(text);
    if (known == replay.holders().end() && !replay.rules().govern(text))
        return {};
    std::set<std::string> logged, actual;
    if (known != replay.holders().end())
        logged = known->second;
    for (const auto* versions : {&change.leave, &change.stay})
        for (auto version : *versions)
            actual.insert(subjectName(m_model, version));
    if (change.comes)
        logged.erase(subjectName(m_model, *change.comes));
    return logged == actual ? ""
                            : "the registry and the log do not agree about " + change.target.words() +
                                  " of " + m_model + ": it was changed outside the log";
}

std::vector<std::string> Promotions::changedSince(const Promotion& promotion, const Operation& operation)
{
    std::vector<std::string> all;
    auto versions = m_place.versions();
    if (!versions)
        return {versions.error().message};
    if (auto different = differenceSince(promotion.change, *versions); !different.empty())
        all.push_back(different);
    else if (auto outside = logDifference(m_replay, promotion.change); !outside.empty())
        all.push_back(outside);
    if (auto files = checkFiles(promotion, operation); !files)
        all.push_back(files.error().message);
    return all;
}

Result<std::uint64_t> Promotions::carryOut(Act act, const Change& change, const PrivateKey& key)
{
    Json mark = {{"schema", kMarkSchema}, {"target", act.target}, {"size", m_log.state().size()}};
    SEXTANT_CHECK(besideLog()->replace(kMarkFile, mark.dump() + "\n"));
    m_mark = {m_log.state().size(), act.target};
    auto emergency = act.emergency;
    auto index = append(std::move(act), key, [&](const Replay& replay) -> Result<void> {
        auto different = emergency ? "" : logDifference(replay, change);
        if (different.empty())
            return {};
        return fail(ErrorCode::PermissionDenied, "Nothing was changed: " + different,
                    "An admin takes it into the log: `sextant promotions reconcile " + m_model + "`");
    });
    if (!index) {
        if (!mayHaveWritten(index.error().code))
            SEXTANT_CHECK(dropMark());
        return index;
    }
    if (auto finished = finish(m_history[*index].act); !finished) {
        auto error = std::move(finished).error();
        error.message = "It stands in the log, and the registry does not have it yet: " + error.message;
        error.hint = "`sextant promotions resume " + m_model + "` goes on when that is mended" +
                     (error.hint.empty() ? "" : ". " + error.hint);
        return tl::unexpected(std::move(error));
    }
    return index;
}

Result<void> Promotions::finish(const Act& transition)
{
    SEXTANT_TRY(auto change, changeOf(transition, m_model));
    SEXTANT_TRY(auto versions, m_place.versions());
    auto progression = progressionOf(change, versions);
    if (progression == Progression::Elsewhere)
        return fail(ErrorCode::AlreadyExists, differenceSince(change, versions),
                    "It was changed outside the log: an admin takes that into the log with `sextant "
                    "promotions reconcile " +
                        m_model + "`");
    if (progression != Progression::After) {
        SEXTANT_CHECK(make(change, m_access.registry));
        SEXTANT_TRY(versions, m_place.versions());
        if (progressionOf(change, versions) != Progression::After)
            return fail(ErrorCode::Corrupt, "The registry does not read back as it was written",
                        "Another program may have changed it in the same moment");
    }
    SEXTANT_CHECK(dropMark());
    note(change.subject(), transition.index);
    return {};
}

Result<std::optional<std::uint64_t>> Promotions::finishMarked(const PrivateKey* key)
{
    if (m_log.pending() > 0) {
        if (!key)
            return fail(ErrorCode::PermissionDenied,
                        "The log has an entry that is not under its checkpoint yet: a key must sign it",
                        "Name yours with --key");
        SEXTANT_CHECK(m_log.resume(*key));
        note(0, 0);
    }
    if (!m_mark)
        return std::optional<std::uint64_t>();
    const auto* marked = markedTransition();
    if (!marked) { // stopped before its entry was there: nothing happened
        SEXTANT_CHECK(dropMark());
        return std::optional<std::uint64_t>();
    }
    auto number = marked->act.request.value_or(marked->act.index);
    SEXTANT_CHECK(finish(marked->act));
    return std::optional(number);
}

Result<Promotion> Promotions::apply(std::uint64_t number, const PrivateKey& key, const Operation& operation)
{
    SEXTANT_CHECK(unlock());
    SEXTANT_TRY(auto lock, besideLog()->lock());
    SEXTANT_CHECK(reload(operation));
    SEXTANT_TRY(auto finished, finishMarked(&key));
    SEXTANT_TRY(auto promotion, find(number));
    if (finished == number)
        return promotion;
    auto refuse = [&](const std::vector<std::string>& why) {
        return fail(ErrorCode::PermissionDenied, promotion.id() + " can't be applied: " + join(why),
                    "Nothing was changed");
    };
    if (!isPending(promotion.state) && promotion.obstacles.empty())
        return refuse({"it is " + std::string(toText(promotion.state)) + " already"});
    if (!promotion.obstacles.empty())
        return refuse(promotion.obstacles);
    if (auto changed = changedSince(promotion, operation); !changed.empty())
        return refuse(changed);
    Act act{.kind = ActKind::Transition, .subject = promotion.act.subject, .request = number};
    describe(promotion.change, act);
    SEXTANT_CHECK(carryOut(std::move(act), promotion.change, key));
    return find(number);
}

Result<Promotion> Promotions::emergency(const PromotionRequest& request, const PrivateKey& key,
                                        const Operation& operation)
{
    if (request.reason.empty())
        return fail(ErrorCode::InvalidArgument, "An emergency needs a reason: everybody will read it",
                    "Give one with --reason");
    SEXTANT_CHECK(unlock());
    SEXTANT_TRY(auto lock, besideLog()->lock());
    SEXTANT_CHECK(reload(operation));
    SEXTANT_CHECK(finishMarked(&key));
    SEXTANT_TRY(auto change, plan(request));
    // Who is there by the log leaves too, also where somebody else stands there by now.
    auto logged = m_replay.holders().find(change.target.text());
    if (logged != m_replay.holders().end() && change.comes && change.stay.empty())
        for (const auto& subject : logged->second)
            if (auto version = versionOf(m_model, subject); version && *version != *change.comes)
                change.leave.insert(*version);
    Act act{.kind = ActKind::Transition,
            .subject = {subjectName(m_model, change.subject()), {}},
            .reason = request.reason,
            .emergency = true};
    describe(change, act);
    SEXTANT_TRY(act.subject.digest, m_place.digestOf(act.subject.name, operation));
    SEXTANT_TRY(act.author, m_place.authorOf(act.subject.name));
    SEXTANT_TRY(act.inputs, keepEvidence(request.evidence));
    SEXTANT_TRY(auto number, carryOut(std::move(act), change, key));
    return find(number);
}

Result<std::optional<std::uint64_t>> Promotions::resume(const PrivateKey* key, const Operation& operation)
{
    SEXTANT_TRY(auto lock, besideLog()->lock());
    SEXTANT_CHECK(reload(operation));
    if (!m_mark && m_log.pending() == 0)
        return std::optional<std::uint64_t>();
    SEXTANT_CHECK(unlock());
    return finishMarked(key);
}

Result<std::vector<std::string>> Promotions::reconcile(const std::string& reason, const PrivateKey& admin,
                                                       const Operation& operation)
{
    if (reason.empty())
        return fail(ErrorCode::InvalidArgument, "This needs a reason: it is what is read years later",
                    "Give one with --reason");
    SEXTANT_CHECK(unlock());
    SEXTANT_TRY(auto lock, besideLog()->lock());
    SEXTANT_CHECK(reload(operation));
    SEXTANT_TRY(auto targets, acknowledge(reason, admin, operation));
    if (m_mark)
        SEXTANT_CHECK(dropMark());
    return targets;
}

Result<std::vector<std::string>> Promotions::acknowledge(const std::string& reason, const PrivateKey& admin,
                                                         const Operation& operation)
{
    SEXTANT_TRY(auto actual, m_place.holders());
    auto logged = m_replay.holders();
    std::set<std::string> targets;
    for (const auto* holders : {&logged, &actual})
        for (const auto& [target, subjects] : *holders)
            if (logged.contains(target) || m_replay.rules().govern(target))
                targets.insert(target);
    std::vector<std::string> different;
    for (const auto& target : targets) {
        if (logged[target] == actual[target])
            continue;
        different.push_back(target);
        Act act{.kind = ActKind::Reconciliation, .reason = reason, .target = target};
        for (const auto& subject : logged[target])
            if (!actual[target].contains(subject))
                act.from.push_back(subject);
        std::vector<std::string> came;
        std::set_difference(actual[target].begin(), actual[target].end(), logged[target].begin(),
                            logged[target].end(), std::back_inserter(came));
        if (came.empty()) {
            act.subject.name = act.from.front();
            SEXTANT_CHECK(append(act, admin));
        }
        for (const auto& subject : came) {
            // Files that are not here leave the digest out, and a gap in every verdict.
            act.subject = {subject, m_place.digestOf(subject, operation).value_or(Digest{})};
            act.to = subject;
            SEXTANT_CHECK(append(act, admin));
            act.from.clear();
        }
    }
    return different;
}

} // namespace sextant::registry
