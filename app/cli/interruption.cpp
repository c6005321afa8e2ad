#include "app/cli/interruption.h"

#include <csignal>
#include <pthread.h>
#include <unistd.h>

namespace sextant::cli {

namespace {

sigset_t watchedSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

Interruption::Interruption()
{
    auto signals = watchedSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_waiter = std::thread([this, signals] {
        while (true) {
            int signal = 0;
            sigwait(&signals, &signal);
            if (m_over)
                return;
            if (!m_source.request_stop())
                _exit(128 + signal); // the second one: something does not listen
        }
    });
}

Interruption::~Interruption()
{
    m_over = true;
    pthread_kill(m_waiter.native_handle(), SIGTERM); // blocked there: it only ends the waiting
    m_waiter.join();
    auto signals = watchedSignals();
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

} // namespace sextant::cli
