// Passphrases from a terminal: nothing is shown while one is typed, and nothing of it stays in memory.
#include "app/cli/signing.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace sextant::cli {

namespace {

using ledger::Secret;

constexpr std::size_t kLongest = 1'024;
constexpr int kTurnMs = 100;
constexpr char kControlC = 3;
constexpr char kControlD = 4;
constexpr char kBackspace = 8;
constexpr char kDelete = 127;

/// Where the last character of a text begins: all bytes of its UTF-8.
std::size_t lastCharacter(std::string_view text)
{
    auto at = text.size();
    do {
        at -= at > 0;
    } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    return at;
}

/// The terminal of the process, silent while the object lives. Ctrl+C comes as a character, so that the
/// terminal is always put back as it was.
class SilentTerminal
{
public:
    SilentTerminal() : m_descriptor(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY))
    {
        m_ready = m_descriptor >= 0 && ::tcgetattr(m_descriptor, &m_before) == 0;
        if (!m_ready)
            return;
        auto silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
        m_ready = ::tcsetattr(m_descriptor, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal()
    {
        if (m_ready)
            ::tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

    bool ready() const { return m_ready; }
    void say(std::string_view text) const
    {
        // What can't be written to the terminal can't be answered there either.
        [[maybe_unused]] auto written = ::write(m_descriptor, text.data(), text.size());
    }
    /// One typed line; nothing when the user gave up.
    std::optional<Secret> line(const std::stop_token& stop) const
    {
        std::array<char, kLongest> typed{};
        std::size_t size = 0;
        bool entered = false;
        for (char c = 0;
             !entered && size < typed.size() && next(stop, c) && c != kControlC && c != kControlD;) {
            if (c == '\n' || c == '\r')
                entered = true;
            else if (c == kBackspace || c == kDelete)
                size = lastCharacter({typed.data(), size});
            else
                typed[size++] = c;
        }
        Secret secret(std::string_view(typed.data(), size));
        for (volatile char& c : typed)
            c = 0;
        say("\n");
        return entered ? std::optional(std::move(secret)) : std::nullopt;
    }

private:
    /// Waits in short turns, so that a polite kill ends it too and the terminal is put back.
    bool next(const std::stop_token& stop, char& c) const
    {
        pollfd waiting{m_descriptor, POLLIN, 0};
        while (!stop.stop_requested()) {
            auto ready = ::poll(&waiting, 1, kTurnMs);
            if (ready > 0 || (ready < 0 && errno != EINTR))
                return ready > 0 && ::read(m_descriptor, &c, 1) == 1;
        }
        return false;
    }

    int m_descriptor;
    termios m_before{};
    bool m_ready = false;
};

} // namespace

Result<ledger::Secret> readPassphrase(const Context& context, const std::string& keyName, bool isNew)
{
    if (const char* given = std::getenv("SEXTANT_PASSPHRASE"); given && *given)
        return Secret(given);
    auto stop = context.operation().stop;
    SilentTerminal terminal;
    if (!terminal.ready())
        return fail(ErrorCode::NotFound,
                    "There is no terminal to ask for the passphrase of the key " + keyName,
                    "Set SEXTANT_PASSPHRASE for this command");
    terminal.say((isNew ? "New passphrase for the key " : "Passphrase of the key ") + keyName + ": ");
    auto first = terminal.line(stop);
    if (!first)
        return cancelledError();
    if (isNew) {
        terminal.say("The same again: ");
        auto second = terminal.line(stop);
        if (!second)
            return cancelledError();
        if (first->view() != second->view())
            return fail(ErrorCode::InvalidArgument, "The two passphrases are not the same",
                        "Nothing was made; try again");
    }
    return std::move(*first);
}

} // namespace sextant::cli
