// A thousand single bytes changed by chance anywhere in a log: every one is told, none ends the program.
#include "tests/ledger/ledger_world.h"

#include <gtest/gtest.h>

#include <random>

namespace sextant::ledger {

namespace {

constexpr int kChanges = 1'000;
constexpr std::uint64_t kSeed = 20'260'101;

std::vector<std::string> filesOf(const LedgerWorld& world)
{
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(world.folder()))
        if (entry.is_regular_file())
            paths.push_back(std::filesystem::relative(entry.path(), world.folder()).string());
    std::sort(paths.begin(), paths.end());
    return paths;
}

class Tampering : public testing::Test
{
protected:
    Tampering()
    {
        m_world.promote(4);
        EXPECT_TRUE(m_world.open().witness(LedgerWorld::key("wim"), now()));
        m_world.promote(5, {"fraud/4"});
        m_complete = m_world.complete();
        m_paths = filesOf(m_world);
    }

    LedgerWorld m_world;
    VerifyOptions m_complete;
    std::vector<std::string> m_paths;
};

TEST_F(Tampering, AThousandBytes)
{
    std::mt19937_64 random(kSeed);
    ASSERT_EQ(m_world.verify(m_complete).verdict, Standing::Passed) << said(m_world.verify(m_complete));
    for (int i = 0; i < kChanges; ++i) {
        const auto& path = m_paths[random() % m_paths.size()];
        auto whole = m_world.read(path);
        auto torn = whole;
        auto at = random() % torn.size();
        torn[at] = static_cast<char>(torn[at] ^ static_cast<char>(1 + random() % 255));
        m_world.write(path, torn);
        auto verification = m_world.verify(m_complete);
        EXPECT_NE(verification.verdict, Standing::Passed) << path << " at " << at;
        EXPECT_TRUE(path.starts_with("witnessed/") || verification.verdict == Standing::Failed)
            << path << " at " << at;
        m_world.write(path, whole);
    }
    EXPECT_EQ(m_world.verify(m_complete).verdict, Standing::Passed);
}

TEST_F(Tampering, BytesTakenAndPutIn)
{
    std::mt19937_64 random(kSeed);
    for (int i = 0; i < 200; ++i) {
        const auto& path = m_paths[random() % m_paths.size()];
        auto whole = m_world.read(path);
        auto torn = whole;
        auto at = random() % torn.size();
        if (i % 2)
            torn.erase(at, 1 + random() % 40);
        else
            torn.insert(at, 1 + random() % 40, static_cast<char>(random()));
        m_world.write(path, torn);
        EXPECT_NE(m_world.verify(m_complete).verdict, Standing::Passed) << path << " at " << at;
        m_world.write(path, whole);
    }
}

} // namespace

} // namespace sextant::ledger
