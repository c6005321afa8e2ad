#include "core/base/child_process.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace sextant {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kTurnMs = 100; // how often a wish to cancel is looked at
constexpr int kSignalCode = 128;

class Descriptor
{
public:
    Descriptor() = default;
    explicit Descriptor(int value) : m_value(value) {}
    Descriptor(Descriptor&& other) noexcept : m_value(std::exchange(other.m_value, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(m_value, other.m_value);
        return *this;
    }
    ~Descriptor() { close(); }
    void close()
    {
        if (m_value >= 0)
            ::close(std::exchange(m_value, -1));
    }
    int get() const { return m_value; }

private:
    int m_value = -1;
};

struct Pipe
{
    Descriptor read, write;

    bool open()
    {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return false;
        read = Descriptor(ends[0]);
        write = Descriptor(ends[1]);
        return true;
    }
};

class Child
{
public:
    explicit Child(const ChildProcess& child) : m_child(child) {}
    ~Child()
    {
        if (m_pid > 0) { // left early: it must not go on alone
            ::kill(m_pid, SIGKILL);
            ::waitpid(m_pid, nullptr, 0);
        }
    }

    Result<void> start()
    {
        if (!m_in.open() || !m_out.open() || !m_err.open())
            return fail(ErrorCode::Io, "No program can be started now", {}, std::strerror(errno));
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, m_in.read.get(), STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, m_out.write.get(), STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, m_err.write.get(), STDERR_FILENO);
        std::vector<char*> arguments;
        for (const auto& argument : m_child.arguments)
            arguments.push_back(const_cast<char*>(argument.c_str()));
        arguments.push_back(nullptr);
        int problem = posix_spawnp(&m_pid, arguments[0], &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        m_in.read.close();
        m_out.write.close();
        m_err.write.close();
        ::fcntl(m_in.write.get(), F_SETFL, O_NONBLOCK);
        if (problem == 0)
            return {};
        m_pid = 0;
        return fail(problem == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                    "The program '" + m_child.arguments[0] + "' can't be started",
                    "Install it, or name its place", std::strerror(problem));
    }

    Result<ChildOutcome> finish(const Operation& operation)
    {
        auto end = Clock::now() + std::chrono::milliseconds(m_child.timeoutMs);
        if (m_child.input.empty())
            m_in.write.close();
        while (m_out.read.get() >= 0 || m_err.read.get() >= 0) {
            if (operation.cancelled())
                return cancelledError();
            if (Clock::now() >= end)
                return fail(ErrorCode::Io, "The program '" + m_child.arguments[0] + "' did not end in time");
            turn();
            if (m_outcome.output.size() > m_child.mostBytes || m_outcome.errors.size() > m_child.mostBytes)
                return fail(ErrorCode::Io, "The program '" + m_child.arguments[0] + "' wrote too much");
        }
        int status = 0;
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR)
            ;
        m_pid = 0;
        m_outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalCode + WTERMSIG(status);
        return std::move(m_outcome);
    }

private:
    void turn()
    {
        pollfd places[] = {
            {m_out.read.get(), POLLIN, 0}, {m_err.read.get(), POLLIN, 0}, {m_in.write.get(), POLLOUT, 0}};
        if (::poll(places, 3, kTurnMs) <= 0) // places that are closed are passed over
            return;
        if (places[0].revents)
            take(m_out.read, m_outcome.output);
        if (places[1].revents)
            take(m_err.read, m_outcome.errors);
        if (places[2].revents)
            give();
    }
    static void take(Descriptor& from, std::string& into)
    {
        char bytes[1 << 14];
        auto count = ::read(from.get(), bytes, sizeof bytes);
        if (count > 0)
            into.append(bytes, static_cast<std::size_t>(count));
        else if (count == 0 || errno != EINTR)
            from.close();
    }
    /// A program that does not read to the end is no mistake of ours.
    void give()
    {
        auto count =
            ::write(m_in.write.get(), m_child.input.data() + m_given, m_child.input.size() - m_given);
        if (count > 0)
            m_given += static_cast<std::size_t>(count);
        if (m_given == m_child.input.size() || (count < 0 && errno != EINTR && errno != EAGAIN))
            m_in.write.close();
    }

    const ChildProcess& m_child;
    Pipe m_in, m_out, m_err;
    pid_t m_pid = 0;
    std::size_t m_given = 0;
    ChildOutcome m_outcome;
};

/// Writing to a program that has ended must be an error and not the end of this one.
class NoPipeSignal
{
public:
    NoPipeSignal()
    {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &set, &m_before);
    }
    ~NoPipeSignal()
    {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGPIPE);
        timespec none = {};
        if (!sigismember(&m_before, SIGPIPE))
            while (sigtimedwait(&set, nullptr, &none) > 0)
                ;
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }

private:
    sigset_t m_before;
};

} // namespace

Result<ChildOutcome> runChild(const ChildProcess& child, const Operation& operation)
{
    if (child.arguments.empty() || child.arguments.front().empty())
        return fail(ErrorCode::InvalidArgument, "No program is named");
    Child process(child);
    SEXTANT_CHECK(process.start());
    NoPipeSignal quiet; // after the start: the program itself keeps its signals
    return process.finish(operation);
}

} // namespace sextant
