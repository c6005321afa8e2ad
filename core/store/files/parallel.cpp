#include "core/store/files/parallel.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace sextant::files {

namespace {

/// How often this thread has waited for the disk or for another thread.
long waitsOfThisThread()
{
#ifdef RUSAGE_THREAD
    rusage usage{};
    return getrusage(RUSAGE_THREAD, &usage) == 0 ? usage.ru_nvcsw : 0;
#else
    return 0;
#endif
}

class Team
{
public:
    Team(std::size_t items, const Operation& operation,
         const std::function<void(unsigned, std::size_t)>& work)
        : m_items(items), m_chunk(std::clamp<std::size_t>(items / 256, 1, 64)), m_operation(operation),
          m_work(work)
    {
    }

    void start(unsigned workers)
    {
        for (unsigned i = 0; i < workers; ++i)
            addWorker();
    }

    void wait(std::string_view activity)
    {
        std::unique_lock lock(m_mutex);
        while (m_running > 0) {
            m_ended.wait_for(lock, std::chrono::milliseconds(50));
            lock.unlock();
            m_operation.progress(activity, std::min(m_done.load(), m_items), m_items);
            lock.lock();
        }
    }

private:
    void addWorker()
    {
        std::lock_guard lock(m_mutex);
        if (m_threads.size() >= kMostWorkers)
            return;
        ++m_running;
        m_threads.emplace_back([this, worker = static_cast<unsigned>(m_threads.size())] { run(worker); });
    }

    void run(unsigned worker)
    {
        long waits = waitsOfThisThread();
        while (true) {
            auto begin = m_next.fetch_add(m_chunk);
            if (begin >= m_items || m_operation.cancelled())
                break;
            auto end = std::min(begin + m_chunk, m_items);
            for (auto item = begin; item < end && !m_operation.cancelled(); ++item)
                m_work(worker, item);
            m_done += end - begin;
            // A file that is not in memory makes its reader wait once at least; a folder of a run holds many.
            long now = waitsOfThisThread();
            if (2 * (now - waits) >= static_cast<long>(end - begin))
                addWorker();
            waits = now;
        }
        std::lock_guard lock(m_mutex);
        if (--m_running == 0)
            m_ended.notify_all();
    }

    const std::size_t m_items;
    const std::size_t m_chunk;
    const Operation& m_operation;
    const std::function<void(unsigned, std::size_t)>& m_work;
    std::atomic<std::size_t> m_next = 0;
    std::atomic<std::size_t> m_done = 0;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    unsigned m_running = 0;
    std::vector<std::jthread> m_threads;
};

} // namespace

bool forEachInParallel(std::size_t items, const Operation& operation, std::string_view activity,
                       const std::function<void(unsigned worker, std::size_t item)>& work)
{
    constexpr std::size_t kFewItems = 24;
    if (items <= kFewItems) {
        for (std::size_t item = 0; item < items && !operation.cancelled(); ++item)
            work(0, item);
        return !operation.cancelled();
    }
    {
        Team team(items, operation, work);
        team.start(std::clamp(std::thread::hardware_concurrency(), 2U, 8U));
        team.wait(activity);
    }
    return !operation.cancelled();
}

} // namespace sextant::files
