// Measuring for benches: times and peak memory, and budgets printed as ratios of two measurements of one run.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

namespace sextant::bench {

/// Milliseconds that `work` takes.
template <class Work>
double timed(const Work& work)
{
    auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// The fastest of several runs: other programs on the machine only ever make it slower.
template <class Work>
double fastest(int runs, const Work& work)
{
    double best = timed(work);
    for (int i = 1; i < runs; ++i)
        best = std::min(best, timed(work));
    return best;
}

/// Bytes of memory in use, or the most that were since `forgetPeakMemory`.
inline double memoryInUse(const char* field)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(field))
            return std::stod(line.substr(line.find(':') + 1)) * 1024;
    return 0;
}
inline double memoryNow()
{
    return memoryInUse("VmRSS");
}
inline double peakMemory()
{
    return memoryInUse("VmHWM");
}
inline void forgetPeakMemory()
{
    std::ofstream("/proc/self/clear_refs") << "5";
}

/// Prints budgets and remembers whether all held.
class Budgets
{
public:
    /// `value` must be at most `limit`.
    void atMost(const char* id, const char* what, double value, double limit, const char* unit,
                const std::string& note)
    {
        bool holds = value <= limit;
        m_broken += !holds;
        std::printf("%-4s %-46s %8.4g %-22s (limit %g)  %s  %s\n", id, what, value, unit, limit,
                    holds ? "ok" : "BROKEN", note.c_str());
        std::fflush(stdout);
    }
    int exitCode() const { return m_broken == 0 ? 0 : 1; }

private:
    int m_broken = 0;
};

inline std::string milliseconds(double first, double second)
{
    char text[80];
    std::snprintf(text, sizeof text, "%.1f ms against %.1f ms", first, second);
    return text;
}

} // namespace sextant::bench
