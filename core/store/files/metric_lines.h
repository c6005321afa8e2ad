// The lines of a metric file: "timestamp value step", and the older and newer forms of it.
// Lenient where a training loop is still writing: a line that can't be read is counted, the others stand.
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <type_traits>

namespace sextant::files {

struct MetricPoint
{
    EpochMs timestamp = 0;
    double value = 0;
    std::int64_t step = 0;
};

/// A line of a logged model's metric file: also names the run and the data.
struct ModelMetricPoint : MetricPoint
{
    std::string_view runId, datasetName, datasetDigest;
};

struct LineCounts
{
    std::uint64_t read = 0;
    std::uint64_t broken = 0; // complete lines that hold something else
    bool torn = false;        // the last line stops before its end
};

/// The greatest (step, timestamp, value) seen; the first of equals, and a NaN neither beats nor loses a tie:
/// Python's max().
class LatestPoint
{
public:
    void add(const MetricPoint& point)
    {
        if (!m_any || isLater(point))
            m_point = point;
        m_any = true;
    }
    bool any() const { return m_any; }
    const MetricPoint& point() const { return m_point; }

private:
    bool isLater(const MetricPoint& point) const
    {
        if (point.step != m_point.step)
            return point.step > m_point.step;
        if (point.timestamp != m_point.timestamp)
            return point.timestamp > m_point.timestamp;
        return point.value > m_point.value;
    }
    MetricPoint m_point;
    bool m_any = false;
};

/// One line of a run's metric without its line end: 2, 3 or 5 fields. As in the client, only a line of three
/// fields has a step: with a data set named it reads as 0. Names of data sets that hold blanks, which the
/// client can't read, are taken.
std::optional<MetricPoint> parseMetricLine(std::string_view line);

/// One line of a logged model's metric: 4 or 6 fields.
std::optional<ModelMetricPoint> parseModelMetricLine(std::string_view line);

/// Calls `take` for every point of a run's metric file in file order; one that returns false ends it.
template <class Take>
LineCounts forEachMetricPoint(std::string_view text, Take&& take);

/// The same for a logged model's metric file. Views last as long as `text`.
LineCounts forEachModelMetricPoint(std::string_view text,
                                   const std::function<void(const ModelMetricPoint&)>& take);

/// True when the unterminated last line `line` is a piece of what the lines before it are.
bool isTornLine(std::string_view line, bool earlierLinesHaveSteps);

template <class Take>
LineCounts forEachMetricPoint(std::string_view text, Take&& take)
{
    LineCounts counts;
    bool steps = false; // lines of three fields and more were seen
    while (!text.empty()) {
        auto end = text.find('\n');
        bool terminated = end != std::string_view::npos;
        auto line = text.substr(0, terminated ? end : text.size());
        text.remove_prefix(terminated ? end + 1 : text.size());
        if (!terminated && isTornLine(line, steps)) {
            counts.torn = true;
            break;
        }
        if (auto point = parseMetricLine(line)) {
            ++counts.read;
            if constexpr (std::is_same_v<decltype(take(*point)), bool>) {
                if (!take(*point))
                    return counts;
            } else {
                take(*point);
            }
            steps = steps || line.find(' ', line.find(' ') + 1) != std::string_view::npos;
        } else if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
            ++counts.broken;
        }
    }
    return counts;
}

} // namespace sextant::files
