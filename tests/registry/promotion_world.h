// A store with the model "fraud" and three versions, each with a run by zoe, and the people of LedgerWorld:
// ann asks, bob and cat approve, dan is the admin, eve and uma may not.
#pragma once

#include "core/registry/promotions.h"
#include "core/store/open.h"
#include "tests/ledger/ledger_world.h"

namespace sextant::registry {

inline constexpr const char* kModel = "fraud";

class PromotionWorld
{
public:
    enum class Kind { Database, Folders };
    explicit PromotionWorld(Kind kind);

    /// The store, opened anew.
    Store open() const { return openStore(m_uri).value(); }
    const std::string& uri() const { return m_uri; }

    static ledger::PrivateKey key(const std::string& name) { return ledger::LedgerWorld::key(name); }
    static PromotionAccess access(const Store& store);
    /// The promotions as somebody who comes anew sees them; `store` must live as long.
    static Result<Promotions> promotions(const Store& store)
    {
        return Promotions::open(access(store), kModel, {});
    }

    /// Begins the log.
    void rules(const std::string& json = {}) const;
    /// Asks as ann, approves as bob; the number.
    std::uint64_t approved(std::int64_t version, const Target& target) const;
    /// The same and applies as bob.
    std::uint64_t promoted(std::int64_t version, const Target& target) const;

    /// Versions at a target, as the store says: "2" or "1,3".
    std::string at(const Target& target) const;
    ModelVersion version(std::int64_t number) const;
    std::string tag(const std::string& key) const; // of the model
    /// As `audit verify --store` does, pinned to what is there.
    ledger::Verification verify() const;
    std::string logFolder() const;
    std::string modelFile(std::int64_t version) const;

    const test::TemporaryFolder& folder() const { return m_folder; }

private:
    test::TemporaryFolder m_folder;
    std::string m_uri;
};

inline const Target kProduction = Target::of(Stage::Production);
inline const Target kStaging = Target::of(Stage::Staging);
inline const Target kChampionAlias = Target::of(std::string("champion"));

/// The message of a failed result; empty when it succeeded.
template <class T>
std::string refusal(const Result<T>& result)
{
    return result ? std::string() : result.error().message;
}

} // namespace sextant::registry
