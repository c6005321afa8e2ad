// How numbers, times and counts are written for people. Each column has one number of decimals, taken from
// its data.
#pragma once

#include "core/base/time.h"
#include "ui/widgets/number_painter.h"

#include <QString>

#include <span>

namespace sextant {

struct NumberFormat
{
    enum class Style { Fixed, Scientific };
    Style style = Style::Fixed;
    int decimals = 4;
    bool operator==(const NumberFormat&) const = default;
};

/// The format in which all these values can be told apart and compared at a glance. Missing and non-finite
/// ones do not count.
NumberFormat chooseFormat(std::span<const double> values);

/// "2.8689", "−0.04", "411,927", "1.5e−07", "NaN", "∞", "−∞"; "—" for a missing value.
QString formatNumber(double value, const NumberFormat& format);
/// A value that stands alone.
QString formatNumber(double value);
/// "+0.0124", "−0.0448", "= 0".
QString formatDifference(double difference, const NumberFormat& format);
/// "1.4 GB", "184 KB", "12 bytes".
QString formatSize(quint64 bytes);

/// "18 Nov 2025 21:04:11" in local time; "—" when unknown.
QString formatTime(EpochMs time);
/// "2 hours ago", "12 Nov", "12 Nov 2023".
QString formatRelativeTime(EpochMs time, EpochMs reference);

enum class DurationDetail { Short, Full };
/// Short: the two greatest units, "5h 41m"; full: "5h 41m 08s". "—" when either end is unknown.
QString formatDuration(EpochMs start, EpochMs end, DurationDetail detail);

} // namespace sextant
