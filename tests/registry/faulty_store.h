// A store and a log's folder that end the process at the n-th step of writing, as a power cut does.
#pragma once

#include "core/ledger/folder_storage.h"
#include "core/store/registry_store.h"

#include <unistd.h>

namespace sextant::registry {

inline constexpr int kKilled = 77;

/// Counts down; negative from the beginning: never.
struct Fuse
{
    int left = -1;
    void step()
    {
        if (left-- == 0)
            ::_exit(kKilled);
    }
};

/// Steps before and after a call.
template <class Call>
auto between(Fuse& fuse, Call call)
{
    fuse.step();
    auto result = call();
    fuse.step();
    return result;
}

class FaultyStorage final : public ledger::LogStorage
{
public:
    FaultyStorage(const std::string& folder, Fuse& fuse) : m_storage(folder), m_fuse(fuse) {}

    std::string name() const override { return m_storage.name(); }
    Result<std::vector<std::string>> list(const std::string& folder) override
    {
        return m_storage.list(folder);
    }
    Result<std::string> read(const std::string& path, std::size_t most) override
    {
        return m_storage.read(path, most);
    }
    Result<void> create(const std::string& path, std::string_view content) override
    {
        return between(m_fuse, [&] { return m_storage.create(path, content); });
    }
    Result<void> replace(const std::string& path, std::string_view content) override
    {
        return between(m_fuse, [&] { return m_storage.replace(path, content); });
    }
    Result<void> remove(const std::string& path) override
    {
        return between(m_fuse, [&] { return m_storage.remove(path); });
    }
    Result<std::unique_ptr<ledger::LogLock>> lock() override { return m_storage.lock(); }

private:
    ledger::FolderStorage m_storage;
    Fuse& m_fuse;
};

class FaultyRegistry final : public RegistryStore
{
public:
    using Text = std::string;
    using Number = std::int64_t;

    FaultyRegistry(RegistryStore& store, Fuse& fuse) : m_store(store), m_fuse(fuse) {}

    Result<std::vector<RegisteredModel>> registeredModels() override { return m_store.registeredModels(); }
    Result<std::vector<ModelVersion>> modelVersions(const Text& n) override
    {
        return m_store.modelVersions(n);
    }
    Result<std::vector<ModelVersion>> deletedVersions(const Text& n) override
    {
        return m_store.deletedVersions(n);
    }
    Result<void> unlock() override { return m_store.unlock(); }
    Result<void> createModel(const Text& n, const Text& d, const TagMap& t) override
    {
        return m_store.createModel(n, d, t);
    }
    Result<void> describeModel(const Text& n, const Text& d) override { return m_store.describeModel(n, d); }
    Result<void> setModelTag(const Text& n, const Text& k, const Text& v) override
    {
        return between(m_fuse, [&] { return m_store.setModelTag(n, k, v); });
    }
    Result<void> deleteModelTag(const Text& n, const Text& k) override
    {
        return m_store.deleteModelTag(n, k);
    }
    Result<ModelVersion> createVersion(const NewVersion& v) override { return m_store.createVersion(v); }
    Result<void> describeVersion(const Text& n, Number v, const Text& d) override
    {
        return m_store.describeVersion(n, v, d);
    }
    Result<void> setVersionTag(const Text& n, Number v, const Text& k, const Text& value) override
    {
        return between(m_fuse, [&] { return m_store.setVersionTag(n, v, k, value); });
    }
    Result<void> deleteVersionTag(const Text& n, Number v, const Text& k) override
    {
        return m_store.deleteVersionTag(n, v, k);
    }
    Result<void> transition(const Text& n, Number v, Stage s, bool archive) override
    {
        return between(m_fuse, [&] { return m_store.transition(n, v, s, archive); });
    }
    Result<void> setAlias(const Text& n, const Text& a, Number v) override
    {
        return between(m_fuse, [&] { return m_store.setAlias(n, a, v); });
    }
    Result<void> deleteAlias(const Text& n, const Text& a) override { return m_store.deleteAlias(n, a); }
    Result<void> deleteVersion(const Text& n, Number v) override { return m_store.deleteVersion(n, v); }
    Result<ModelVersion> copyVersion(const Text& s, Number v, const Text& d) override
    {
        return m_store.copyVersion(s, v, d);
    }

private:
    RegistryStore& m_store;
    Fuse& m_fuse;
};

} // namespace sextant::registry
