// Smoothing: the four ways to draw a noisy curve calmer, always computed over every point of it.
// In all of them a value that is not finite passes through unchanged (it stays a gap) and counts for nothing
// else.
#pragma once

#include "core/base/operation.h"
#include "core/series/x_values.h"

#include <span>
#include <string>
#include <vector>

namespace sextant {

enum class SmoothingKind {
    None = 0,
    ExponentialAverage = 1,
    RunningMean = 2,
    Gaussian = 3,
    TimeWeightedAverage = 4,
};

struct Smoothing
{
    SmoothingKind kind = SmoothingKind::None;
    double amount = 0.6; // weight, window or sigma: see the functions below
    bool operator==(const Smoothing&) const = default;
};

/// The amounts a control offers for a kind.
struct SmoothingScale
{
    double minimum;
    double maximum;
    double step;
    double initial;
    int decimals;
};
SmoothingScale smoothingScale(SmoothingKind kind);

/// "EMA 0.6", "mean of 11 points", "Gaussian over 3 points"; empty for None.
std::string describe(const Smoothing& smoothing);

/// TensorBoard's (tensorboard/webapp/widgets/line_chart_v2, classicSmoothing): a = a·w + (1 - w)·y over the
/// finite values, shown as a / (1 - w^n) after n of them; a series whose values are all equal stays as it is.
/// w in [0, 0.999].
std::vector<double> exponentialAverage(std::span<const double> values, double weight,
                                       std::stop_token stop = {});

/// The mean of the point itself and (window - 1) / 2 points on each side, fewer at the ends; an even window
/// counts as the next odd one.
std::vector<double> runningMean(std::span<const double> values, std::size_t window,
                                std::stop_token stop = {});

/// Weights exp(-d²/2σ²) over d points, cut at 4σ as scipy.ndimage.gaussian_filter1d does, and divided by the
/// weights of the finite points that are there: gaussian_filter1d(y·m)/gaussian_filter1d(m) with
/// mode="constant", m = 1 where finite.
std::vector<double> gaussianAverage(std::span<const double> values, double sigma, std::stop_token stop = {});

/// Weights & Biases' time-weighted EMA (their "Smooth line plots" page): w' = min(√w, 0.999) to the power of
/// 1000·Δx / xRange; a = a·w' + y, b = b·w' + 1, shown as a / b. Δx counts from the last finite point.
/// xRange 0: from the first to the last x. Independent of how densely a run logged.
std::vector<double> timeWeightedAverage(std::span<const double> values, const XValues& x, double weight,
                                        double xRange, std::stop_token stop = {});

/// The kind's function; the values themselves for None.
Result<std::vector<double>> smooth(std::span<const double> values, const XValues& x,
                                   const Smoothing& smoothing, double xRange, const Operation& operation);

} // namespace sextant
