#include "core/store/files/metric_lines.h"

#include "core/base/number.h"
#include "core/base/text.h"

#include <array>
#include <charconv>

namespace sextant::files {

namespace {

/// What almost every line is: "digits number digits".
bool parsePlain(std::string_view line, MetricPoint& point)
{
    const char* at = line.data();
    const char* end = at + line.size();
    auto timestamp = std::from_chars(at, end, point.timestamp);
    if (timestamp.ec != std::errc() || timestamp.ptr == end || *timestamp.ptr != ' ')
        return false;
    auto value = std::from_chars(timestamp.ptr + 1, end, point.value);
    bool extended = value.ptr[-1] == ')'; // "nan(text)", which Python refuses
    if (value.ec != std::errc() || value.ptr == end || *value.ptr != ' ' || extended)
        return false;
    auto step = std::from_chars(value.ptr + 1, end, point.step);
    return step.ec == std::errc() && (step.ptr == end || (*step.ptr == '\r' && step.ptr + 1 == end));
}

constexpr std::size_t kMostFields = 8;

/// The first words of a line; blanks inside the name of a data set make more than a line should have.
struct Fields
{
    std::array<std::string_view, kMostFields> words;
    std::size_t count = 0; // of all words, also those not kept
};

Fields splitFields(std::string_view line)
{
    Fields fields;
    while (true) {
        auto blank = line.find(' ');
        if (fields.count < kMostFields)
            fields.words[fields.count] = line.substr(0, blank);
        ++fields.count;
        if (blank == std::string_view::npos)
            return fields;
        line.remove_prefix(blank + 1);
    }
}

} // namespace

std::optional<MetricPoint> parseMetricLine(std::string_view line)
{
    MetricPoint point;
    if (parsePlain(line, point))
        return point;
    auto fields = splitFields(trim(line));
    if (fields.count < 2 || fields.count == 4)
        return std::nullopt;
    auto timestamp = parseInteger(fields.words[0]);
    auto value = parseDouble(fields.words[1]);
    if (!timestamp || !value)
        return std::nullopt;
    point = {*timestamp, *value, 0};
    if (fields.count == 2)
        return point;
    auto step = parseInteger(fields.words[2]);
    if (!step)
        return fields.count == 5 ? std::optional(point) : std::nullopt;
    if (fields.count != 5)
        point.step = *step;
    return point;
}

std::optional<ModelMetricPoint> parseModelMetricLine(std::string_view line)
{
    line = trim(line);
    auto fields = splitFields(line);
    if (fields.count < 4 || fields.count == 5)
        return std::nullopt;
    auto timestamp = parseInteger(fields.words[0]);
    auto value = parseDouble(fields.words[1]);
    auto step = parseInteger(fields.words[2]);
    if (!timestamp || !value || !step)
        return std::nullopt;
    ModelMetricPoint point{{*timestamp, *value, *step}, fields.words[3], {}, {}};
    if (fields.count > 4) {
        auto digestAt = line.rfind(' ') + 1;
        auto nameAt = static_cast<std::size_t>(fields.words[4].data() - line.data());
        point.datasetName = line.substr(nameAt, digestAt - 1 - nameAt);
        point.datasetDigest = line.substr(digestAt);
    }
    return point;
}

bool isTornLine(std::string_view line, bool earlierLinesHaveSteps)
{
    auto fields = splitFields(trim(line));
    if (fields.count == 2 && earlierLinesHaveSteps)
        return true;
    return !parseMetricLine(line).has_value();
}

LineCounts forEachModelMetricPoint(std::string_view text,
                                   const std::function<void(const ModelMetricPoint&)>& take)
{
    LineCounts counts;
    while (!text.empty()) {
        auto end = text.find('\n');
        bool terminated = end != std::string_view::npos;
        auto line = text.substr(0, terminated ? end : text.size());
        text.remove_prefix(terminated ? end + 1 : text.size());
        if (auto point = parseModelMetricLine(line)) {
            take(*point);
            ++counts.read;
        } else if (!terminated) {
            counts.torn = true;
        } else if (!trim(line).empty()) {
            ++counts.broken;
        }
    }
    return counts;
}

} // namespace sextant::files
