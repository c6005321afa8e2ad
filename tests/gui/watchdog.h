// Watchdog: how long the GUI thread was busy at a stretch.
#pragma once

#include <QObject>
#include <QTimer>

#include <algorithm>

#include <time.h>

namespace sextant::test {

/// The longest time this thread computed between two turns of the event loop. Other threads and programs do
/// not count.
class Watchdog final : public QObject
{
public:
    Watchdog()
    {
        m_heart.setInterval(0);
        connect(&m_heart, &QTimer::timeout, this, [this] {
            const qint64 now = threadTime();
            m_longest = std::max(m_longest, now - m_before);
            m_before = now;
            ++m_turns;
        });
        restart();
        m_heart.start();
    }
    void restart()
    {
        m_longest = 0;
        m_turns = 0;
        m_before = threadTime();
    }
    int turns() const { return m_turns; }
    double longestMs() const { return double(m_longest) / 1e6; }

private:
    static qint64 threadTime()
    {
        timespec time;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    }
    QTimer m_heart;
    qint64 m_longest = 0, m_before = 0;
    int m_turns = 0;
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr double kMostMs = 500; // instrumented code is many times slower
#else
inline constexpr double kMostMs =
    100; // the bar is 50 on a quiet machine; tests also run where others share its caches
#endif

} // namespace sextant::test
