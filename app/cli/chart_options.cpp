#include "app/cli/chart_options.h"

#include "app/cli/options.h"

#include "core/base/number.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace sextant::cli {

namespace {

constexpr double kLeast = 10, kMost = 2000; // millimetres a side

Result<double> numberIn(const std::string& text, double least, double most, const std::string& what)
{
    auto value = parseDouble(text);
    if (value && *value >= least && *value <= most)
        return *value;
    return fail(ErrorCode::InvalidArgument, "'" + text + "' is no " + what,
                "Write a number from " + formatDouble(least) + " to " + formatDouble(most));
}

/// "85x60mm", "3.3x2.4in"; millimetres without a unit.
Result<void> readSize(const std::string& text, ChartRequest& request)
{
    auto unwritten = [&] {
        return fail(ErrorCode::InvalidArgument, "'" + text + "' is no size of a figure",
                    "Write WIDTHxHEIGHT with its unit, 10 to 2,000 mm a side: 85x60mm, 3.3x2.4in");
    };
    std::string_view rest = text;
    double unit = 1;
    if (rest.ends_with("mm")) {
        rest.remove_suffix(2);
    } else if (rest.ends_with("in")) {
        rest.remove_suffix(2);
        unit = 25.4;
    }
    auto parts = split(rest, 'x');
    auto width = parts.size() == 2 ? parseDouble(parts[0]) : std::nullopt;
    auto height = parts.size() == 2 ? parseDouble(parts[1]) : std::nullopt;
    auto fits = [&](const auto& side) { return side && *side * unit >= kLeast && *side * unit <= kMost; };
    if (!fits(width) || !fits(height))
        return unwritten();
    request.widthMm = *width * unit;
    request.heightMm = *height * unit;
    return {};
}

/// "ema:0.6", "mean:11", "gaussian:3", "time-ema:0.6".
Result<Smoothing> readSmoothing(const std::string& text)
{
    if (text.empty() || text == "none")
        return Smoothing{};
    const std::pair<std::string_view, SmoothingKind> kinds[] = {
        {"ema", SmoothingKind::ExponentialAverage},
        {"time-ema", SmoothingKind::TimeWeightedAverage},
        {"mean", SmoothingKind::RunningMean},
        {"gaussian", SmoothingKind::Gaussian}};
    auto parts = split(text, ':');
    for (const auto& [name, kind] : kinds) {
        if (parts.front() != name || parts.size() > 2)
            continue;
        const auto scale = smoothingScale(kind);
        const auto amount = parts.size() == 2 ? parseDouble(parts[1]) : std::optional(scale.initial);
        if (amount && *amount >= 0 && *amount <= scale.maximum)
            return Smoothing{kind, *amount};
        return fail(ErrorCode::InvalidArgument, "'" + text + "' is no amount of smoothing",
                    "Write " + std::string(name) + ":NUMBER with at most " + formatDouble(scale.maximum));
    }
    return fail(ErrorCode::InvalidArgument, "'" + text + "' is no smoothing",
                "Write ema:0.6, time-ema:0.6, mean:11, gaussian:3 or none");
}

Result<BandKind> readBand(const ChartOptions& options)
{
    if (options.groupBy.empty()) {
        if (!options.band.empty() || options.members)
            return fail(ErrorCode::InvalidArgument, "A band needs groups of runs",
                        "Add --group-by params.NAME");
        return BandKind::None;
    }
    if (options.band == "stderr")
        return BandKind::StandardError;
    if (options.band == "ci")
        return BandKind::Confidence;
    return options.band == "minmax" ? BandKind::Extremes : BandKind::Deviation;
}

Result<std::string> readFormat(const std::string& output)
{
    if (output.empty())
        return "csv";
    const auto dot = output.rfind('.');
    std::string ending = dot == std::string::npos ? std::string() : foldCase(output.substr(dot + 1));
    for (const char* known : {"pdf", "svg", "png", "csv"})
        if (ending == known)
            return ending;
    return fail(ErrorCode::InvalidArgument, "The ending of " + output + " does not say what to write",
                "Name a file that ends in .pdf, .svg, .png or .csv");
}

} // namespace

void declareChartOptions(CLI::App& app, ChartOptions& options)
{
    addTexts(app, "--metric", "METRIC", options.metrics,
             "What to draw, a metric or an expression; may be repeated");
    addTexts(app, "--runs", "RUN[,RUN…]", options.runs,
             "These runs: ids, beginnings of ids, names; may be repeated");
    addRunChoice(app, options.choice);
    addTexts(app, "--group-by", "KEY", options.groupBy, "params.lr, tags.team, status; may be repeated");
    addChoice(app, "--band", options.band, {"std", "stderr", "ci", "minmax"},
              "Around the mean of a group, default std");
    addSwitch(app, "--members", options.members, "The runs of a group as thin lines behind their mean");
    addText(app, "--smoothing", "KIND:AMOUNT", options.smoothing,
            "ema:0.6, time-ema:0.6, mean:11, gaussian:3");
    addText(app, "--x", "AXIS", options.x, "step, relative, wall, or a metric; default step");
    addSwitch(app, "--log-y", options.logY, "A logarithmic y axis; linear around zero where it must be");
    addSwitch(app, "--clip-outliers", options.clip, "Leave the outermost 1 % out of the range and mark them");
    addText(app, "--size", "WxHmm|in", options.size, "Of the figure, default 85x60mm");
    addText(app, "--dpi", "NUMBER", options.dpi, "Dots per inch of a PNG, default 300");
    addChoice(app, "--style", options.style, {"paper", "screen"},
              "White with black words, or the window's; default paper");
    addChoice(app, "--font", options.font, {"sans", "serif"}, "Of a figure for paper, default sans");
    addText(app, "--font-size", "POINTS", options.fontSize, "4 to 24, default 8");
    addText(app, "--line-width", "POINTS", options.lineWidth, "0.1 to 10, default 1");
    addSwitch(app, "--every-point", options.everyPoint, "CSV with every point of every run");
}

Result<ChartRequest> chartRequest(const ChartOptions& options, const std::string& output)
{
    ChartRequest request;
    if (options.metrics.empty())
        return fail(ErrorCode::InvalidArgument, "Nothing says what to draw",
                    "Name a metric: --metric val/loss");
    for (const auto& metric : options.metrics)
        request.title += (request.title.empty() ? "" : ", ") + metric;
    SEXTANT_TRY(request.format, readFormat(output));
    SEXTANT_CHECK(readSize(options.size, request));
    SEXTANT_TRY(request.smoothing, readSmoothing(options.smoothing));
    SEXTANT_TRY(request.band, readBand(options));
    SEXTANT_TRY(auto points, numberIn(options.fontSize, 4, 24, "font size"));
    SEXTANT_TRY(request.lineWidth, numberIn(options.lineWidth, 0.1, 10, "line width"));
    SEXTANT_TRY(auto dots, numberIn(options.dpi, 20, 2400, "number of dots per inch"));
    request.fontSize = static_cast<int>(std::lround(points));
    request.dotsPerInch = static_cast<int>(std::lround(dots));
    request.axis = options.x == "step"       ? XAxis::Step
                   : options.x == "relative" ? XAxis::RelativeTime
                   : options.x == "wall"     ? XAxis::WallTime
                                             : XAxis::Metric;
    if (request.axis == XAxis::Metric)
        request.xMetric = options.x;
    request.onPaper = options.style == "paper";
    request.serif = options.font == "serif";
    request.logY = options.logY;
    request.clipOutliers = options.clip;
    request.showMembers = options.members;
    request.everyPoint = options.everyPoint;
    return request;
}

} // namespace sextant::cli
