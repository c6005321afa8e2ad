// Writing a log: killed at every step, by several processes at once, on a disk that fails.
#include "tests/ledger/ledger_world.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

namespace sextant::ledger {

namespace {

Act comment(const std::string& text)
{
    return {.kind = ActKind::Comment, .subject = version(5), .reason = text};
}

/// A folder that ends the process, or fails, before one of the writer's steps.
class FaultyStorage final : public LogStorage
{
public:
    enum class Fault { Die, Fail };
    FaultyStorage(std::string folder, int step, Fault fault)
        : m_inner(std::move(folder)), m_left(step), m_fault(fault)
    {
    }

    std::string name() const override { return m_inner.name(); }
    Result<std::vector<std::string>> list(const std::string& folder) override
    {
        SEXTANT_CHECK(step());
        return m_inner.list(folder);
    }
    Result<std::string> read(const std::string& path, std::size_t most) override
    {
        SEXTANT_CHECK(step());
        return m_inner.read(path, most);
    }
    Result<void> create(const std::string& path, std::string_view content) override
    {
        SEXTANT_CHECK(step());
        return m_inner.create(path, content);
    }
    Result<void> replace(const std::string& path, std::string_view content) override
    {
        SEXTANT_CHECK(step());
        return m_inner.replace(path, content);
    }
    Result<void> remove(const std::string& path) override
    {
        SEXTANT_CHECK(step());
        return m_inner.remove(path);
    }
    Result<std::unique_ptr<LogLock>> lock() override
    {
        SEXTANT_CHECK(step());
        return m_inner.lock();
    }

private:
    Result<void> step()
    {
        if (m_left-- > 0)
            return {};
        if (m_fault == Fault::Die)
            ::_exit(9);
        return fail(ErrorCode::Io, "The disk is gone");
    }

    FolderStorage m_inner;
    int m_left;
    Fault m_fault;
};

Result<std::uint64_t> appendWithFault(const LedgerWorld& world, int step, FaultyStorage::Fault fault)
{
    LogAccess access = world.access();
    access.storage = std::make_shared<FaultyStorage>(world.folder(), step, fault);
    SEXTANT_TRY(auto log, Log::open(access, {}));
    return log.append(comment("step " + std::to_string(step)), LedgerWorld::key("ann"));
}

void expectSound(const LedgerWorld& world, int step, std::uint64_t before)
{
    auto log = world.open();
    EXPECT_LE(log.pending(), 1u) << step;
    ASSERT_TRUE(log.resume(LedgerWorld::key("ann")));
    EXPECT_EQ(log.pending(), 0u);
    EXPECT_GE(log.state().size(), before);
    auto next = log.append(comment("after"), LedgerWorld::key("bob"));
    ASSERT_TRUE(next) << next.error().message;
    auto verification = world.verify(world.complete());
    EXPECT_EQ(verification.verdict, Standing::Passed) << step << "\n" << said(verification);
}

TEST(Log, KilledAtEveryStep)
{
    bool finished = false;
    int step = 0;
    for (; !finished && step < 60; ++step) {
        LedgerWorld world;
        auto before = world.open().state().size();
        auto child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0)
            ::_exit(appendWithFault(world, step, FaultyStorage::Fault::Die) ? 0 : 1);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFEXITED(status));
        finished = WEXITSTATUS(status) == 0;
        EXPECT_TRUE(finished || WEXITSTATUS(status) == 9) << step;
        expectSound(world, step, before);
    }
    EXPECT_TRUE(finished);
    EXPECT_GT(step, 8) << "there are steps to be killed at";
}

TEST(Log, FailingAtEveryStep)
{
    bool finished = false;
    for (int step = 0; !finished && step < 60; ++step) {
        LedgerWorld world;
        auto before = world.open().state().size();
        finished = appendWithFault(world, step, FaultyStorage::Fault::Fail).has_value();
        expectSound(world, step, before);
    }
    EXPECT_TRUE(finished);
}

TEST(Log, AnEntryWithoutCheckpointIsAGapUntilResumed)
{
    LedgerWorld world;
    auto head = world.read("checkpoint");
    world.request();
    world.write("checkpoint", head);
    EXPECT_TRUE(says(world.verify(), Standing::Gap, "1 entry is not under a checkpoint yet"));
    auto log = world.open();
    EXPECT_EQ(log.pending(), 1u);
    ASSERT_TRUE(log.resume(LedgerWorld::key("bob")));
    EXPECT_EQ(world.open().checkpoint().size, 2u) << "no request is lost";
}

TEST(Log, ScratchOfADeadWriterIsSweptAway)
{
    LedgerWorld world;
    world.write("entries/.sextant-1-1", "half");
    EXPECT_EQ(world.verify(world.complete()).verdict, Standing::Gap);
    world.append("ann", comment("x"));
    EXPECT_EQ(world.verify(world.complete()).verdict, Standing::Passed);
}

TEST(Log, ManyProcessesLoseNothing)
{
    constexpr int kWriters = 4, kEach = 6;
    LedgerWorld world;
    std::vector<pid_t> children;
    for (int writer = 0; writer < kWriters; ++writer) {
        auto child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            int failed = 0;
            auto log = world.open();
            for (int i = 0; i < kEach; ++i)
                failed += !log.append(comment(std::to_string(writer) + "-" + std::to_string(i)),
                                      LedgerWorld::key(writer % 2 ? "ann" : "bob"));
            ::_exit(failed);
        }
        children.push_back(child);
    }
    for (auto child : children) {
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    auto verification = world.verify(world.complete());
    EXPECT_EQ(verification.entries, 1u + kWriters * kEach);
    EXPECT_EQ(verification.verdict, Standing::Passed) << said(verification);
}

TEST(Log, BeginsOnlyWhereNothingIs)
{
    LedgerWorld world;
    auto again = Log::start(world.access(), kRules, "", LedgerWorld::key("dan"));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::AlreadyExists);
    TemporaryFolder folder;
    LogAccess access{std::make_shared<FolderStorage>(folder / "new"), LedgerWorld::everybody(), kOrigin, {}};
    EXPECT_EQ(Log::start(access, kRules, "", LedgerWorld::key("ann")).error().code,
              ErrorCode::PermissionDenied);
    EXPECT_FALSE(Log::start(access, "{}", "", LedgerWorld::key("dan")));
    access.origin = "two words";
    EXPECT_EQ(Log::start(access, kRules, "", LedgerWorld::key("dan")).error().code,
              ErrorCode::InvalidArgument);
    EXPECT_EQ(Log::open(access, {}).error().code, ErrorCode::NotFound);
    EXPECT_FALSE(std::filesystem::exists(folder / "new/entries")) << "a refusal leaves nothing behind";
}

TEST(Log, GoesOnFromNoLogThatDoesNotVerify)
{
    LedgerWorld world;
    auto log = world.open();
    world.request();
    auto path = world.entryPath(1);
    world.write(path, world.read(path) + " ");
    auto refused = log.append(comment("x"), LedgerWorld::key("ann"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Corrupt);
    EXPECT_FALSE(Log::open(world.access(), {}));
}

TEST(Log, NeverGoesOnFromAnotherHistory)
{
    LedgerWorld world;
    auto head = world.read("checkpoint");
    world.append("ann", comment("seen"));
    auto log = world.open();
    std::filesystem::remove(world.file(world.entryPath(1)));
    world.write("checkpoint", head);
    world.append("ann", comment("another"));
    auto refused = log.append(comment("x"), LedgerWorld::key("ann"));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("another history"), std::string::npos) << refused.error().message;
}

TEST(Log, EveryEntryIsProven)
{
    LedgerWorld world;
    world.promote();
    auto log = world.open();
    auto keys = LedgerWorld::everybody().publicKeys();
    for (std::uint64_t i = 0; i < log.checkpoint().size; ++i) {
        auto proof = parseProof(formatProof(log.prove(i).value()), "It").value();
        EXPECT_TRUE(verifyProof(proof, log.entry(i).value(), keys)) << i;
    }
    EXPECT_EQ(log.prove(99).error().code, ErrorCode::NotFound);
    EXPECT_EQ(log.entry(99).error().code, ErrorCode::NotFound);
}

TEST(Log, TooMuchForOneEntryIsRefused)
{
    LedgerWorld world;
    EXPECT_NE(world.refusal("ann", comment(std::string(70'000, 'x'))), "");
    EXPECT_EQ(world.verify(world.complete()).verdict, Standing::Passed);
}

TEST(Log, CancelledWhileReading)
{
    LedgerWorld world;
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(Log::open(world.access(), {stop.get_token(), {}}).error().code, ErrorCode::Cancelled);
}

} // namespace

} // namespace sextant::ledger
