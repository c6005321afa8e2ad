#include "ui/registry/desk_work.h"

#include "core/ledger/key_folder.h"
#include "core/registry/notify/notify.h"
#include "ui/registry/desk_reader.h"
#include "ui/widgets/store_text.h"

namespace sextant {

using namespace registry;
using Kind = DeskWish::Kind;

namespace {

struct Outcome
{
    std::string sentence, promotionId;
};

/// The verdicts that the rules want and nobody signed yet, where the gates pass now.
Result<int> signGates(Store& store, Promotions& promotions, std::uint64_t number, bool failingToo,
                      const ledger::PrivateKey& key, const Operation& operation)
{
    SEXTANT_TRY(auto promotion, promotions.find(number));
    SEXTANT_TRY(auto gates, evaluateGates(store, promotions, promotion, operation));
    int count = 0;
    for (const auto& gate : gates) {
        if (!gate.now || !gate.verdict ||
            (!failingToo && (gate.recorded.value_or(false) || !gate.now->allow)))
            continue;
        SEXTANT_CHECK(promotions.recordGate(number, *gate.verdict, key, operation));
        ++count;
    }
    return count;
}

Result<Outcome> approve(Store& store, Promotions& promotions, const DeskWish& wish,
                        const ledger::PrivateKey& key, const Operation& operation)
{
    SEXTANT_CHECK(signGates(store, promotions, wish.number, false, key, operation));
    SEXTANT_TRY(auto decided, promotions.decide(wish.number, true, wish.reason, key, operation));
    if (wish.kind == Kind::Approve)
        return Outcome{"Approved", decided.id()};
    auto applied = promotions.apply(wish.number, key, operation);
    if (!applied)
        return fail(applied.error().code, "Approved, but not applied: " + applied.error().message,
                    applied.error().hint);
    return Outcome{"Approved and applied: " + sentences(applied->change).front(), applied->id()};
}

Result<Outcome> perform(Store& store, Promotions& promotions, const DeskWish& wish,
                        const ledger::PrivateKey& key, const Operation& operation)
{
    auto told = [](const char* sentence, Result<Promotion> done) -> Result<Outcome> {
        if (!done)
            return tl::unexpected(done.error());
        return Outcome{sentence, done->id()};
    };
    switch (wish.kind) {
    case Kind::Approve:
    case Kind::ApproveAndApply:
        return approve(store, promotions, wish, key, operation);
    case Kind::Reject:
        return told("Rejected", promotions.decide(wish.number, false, wish.reason, key, operation));
    case Kind::Apply:
        return told("Applied", promotions.apply(wish.number, key, operation));
    case Kind::Comment:
        return told("Commented", promotions.comment(wish.number, wish.reason, key));
    case Kind::Withdraw:
        return told("Withdrawn", promotions.withdraw(wish.number, wish.reason, key));
    case Kind::Waive:
        return told("Waived", promotions.waive(wish.number, wish.gate, wish.reason, wish.until, key));
    case Kind::Gates: {
        SEXTANT_TRY(auto count, signGates(store, promotions, wish.number, true, key, operation));
        return Outcome{count == 0 ? "No gate could be evaluated; nothing was signed"
                                  : "The verdicts of " + std::to_string(count) + " gates are signed",
                       wish.model + "#" + std::to_string(wish.number)};
    }
    case Kind::Rollback: {
        SEXTANT_TRY(auto before, promotions.find(wish.number));
        return told("Asked for the previous holder again",
                    promotions.rollback(before.change.target, wish.reason, key, operation));
    }
    case Kind::Resume: {
        SEXTANT_TRY(auto number, promotions.resume(&key, operation));
        return Outcome{number ? "Completed what was stopped half way" : "There was nothing to complete",
                       number ? wish.model + "#" + std::to_string(*number) : std::string()};
    }
    case Kind::Request:
        return told("Asked for", promotions.request(wish.request, key, operation));
    case Kind::Emergency:
        return told("Applied as an emergency", promotions.emergency(wish.request, key, operation));
    case Kind::Begin:
        break;
    }
    return fail(ErrorCode::InvalidArgument, "There is no such act");
}

std::vector<const char*> eventsOf(Kind kind)
{
    switch (kind) {
    case Kind::Approve:
    case Kind::Reject:
        return {"decision"};
    case Kind::ApproveAndApply:
        return {"decision", "apply"};
    case Kind::Apply:
        return {"apply"};
    case Kind::Withdraw:
        return {"withdraw"};
    case Kind::Rollback:
        return {"rollback"};
    case Kind::Request:
        return {"request"};
    case Kind::Emergency:
        return {"emergency"};
    default:
        return {};
    }
}

/// Puts notices for webhooks on disk; why it could not is part of what is said, nothing more.
void tellOthers(Store& store, const Promotions& promotions, Kind kind, Outcome& outcome)
{
    auto id = parsePromotionId(outcome.promotionId);
    auto promotion = id ? promotions.find(id->second) : Result<Promotion>(fail(ErrorCode::NotFound, ""));
    if (!promotion || promotion->history.empty())
        return;
    const auto& last = promotion->history.back();
    for (const auto* event : eventsOf(kind)) {
        auto told = notify({.event = event,
                            .model = promotion->model,
                            .version = promotion->change.subject(),
                            .target = promotion->act.target,
                            .who = last.person,
                            .reason = last.act.reason,
                            .promotion = promotion->id(),
                            .store = store.tracking->info().uri});
        if (!told)
            outcome.sentence += "; others could not be told: " + told.error().message;
    }
}

Result<Outcome> act(Store& store, const DeskWish& wish, const std::string& keyName,
                    ledger::Secret& passphrase, const Operation& operation)
{
    auto key = ledger::KeyFolder(ledger::defaultKeyFolder()).open(keyName, passphrase);
    passphrase.wipe();
    if (!key)
        return forward(key);
    SEXTANT_TRY(auto access, promotionAccess(store));
    if (wish.kind == Kind::Begin) {
        NewRules rules{wish.rules, {}, {}, wish.reason};
        SEXTANT_CHECK(Promotions::setRules(access, wish.model, rules, *key, operation));
        return Outcome{"The log begins with its rules", {}};
    }
    SEXTANT_TRY(auto promotions, Promotions::open(access, wish.model, operation));
    SEXTANT_TRY(auto outcome, perform(store, promotions, wish, *key, operation));
    tellOthers(store, promotions, wish.kind, outcome);
    return outcome;
}

} // namespace

void DeskWork::readDesk()
{
    m_reading = true;
    m_session.read<DeskDataPtr>(
        tr("Reading promotions"), QStringLiteral("desk.read"), this,
        [](Store& store, const Operation& operation) { return sextant::readDesk(store, operation); },
        [this](Result<DeskDataPtr> data) {
            m_reading = false;
            if (data)
                emit deskRead(*data);
            else
                emit deskFailed(data.error());
        });
}

void DeskWork::readCase(const std::string& promotionId)
{
    m_readingCase = true;
    m_session.read<DeskCasePtr>(
        tr("Checking evidence and gates"), QStringLiteral("desk.case"), this,
        [promotionId](Store& store, const Operation& operation) {
            return sextant::readCase(store, promotionId, operation);
        },
        [this](Result<DeskCasePtr> made) {
            m_readingCase = false;
            if (made)
                emit caseRead(*made);
            else
                emit caseFailed(made.error());
        });
}

void DeskWork::act(DeskWish wish, const QString& keyName, ledger::Secret passphrase)
{
    if (m_acting)
        return;
    m_acting = true;
    auto secret = std::make_shared<ledger::Secret>(std::move(passphrase));
    m_session.read<Outcome>(
        tr("Signing"), {}, this,
        [wish = std::move(wish), name = toStdString(keyName), secret](Store& store,
                                                                      const Operation& operation) {
            return sextant::act(store, wish, name, *secret, operation);
        },
        [this](Result<Outcome> outcome) {
            m_acting = false;
            if (outcome)
                emit acted(QString::fromStdString(outcome->sentence), outcome->promotionId);
            else
                emit refused(outcome.error());
            m_session.refresh(true); // of several steps, the first ones may have been done
        });
}

void DeskWork::preview(const std::string& model, const PromotionRequest& request)
{
    using Preview = std::pair<QStringList, QString>;
    m_previewing = true;
    m_session.read<Preview>(
        {}, QStringLiteral("desk.preview"), this,
        [model, request](Store& store, const Operation&) -> Result<Preview> {
            Preview preview;
            if (!store.registry)
                return preview;
            SEXTANT_TRY(auto versions, store.registry->modelVersions(model));
            auto change =
                planChange(versions, model, request.version, request.target, request.archiveExisting);
            if (!change)
                preview.second = QString::fromStdString(change.error().message);
            else
                for (const auto& sentence : sentences(*change))
                    preview.first << oneLine(sentence, 200);
            return preview;
        },
        [this](Result<Preview> preview) {
            m_previewing = false;
            if (preview)
                emit previewed(preview->first, preview->second);
            else
                emit previewed({}, QString::fromStdString(preview.error().message));
        });
}

} // namespace sextant
