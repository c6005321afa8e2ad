// Interruption: Ctrl+C (and a polite kill) as a stop token; a second one ends the process at once. One at a
// time, made before other threads are.
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace sextant::cli {

class Interruption
{
public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    std::stop_token token() const { return m_source.get_token(); }

private:
    std::stop_source m_source;
    std::atomic<bool> m_over = false;
    std::thread m_waiter; // a signal handler may not touch a stop source, a thread that waits for signals may
};

} // namespace sextant::cli
