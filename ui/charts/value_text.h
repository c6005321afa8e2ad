// Numbers and times as charts and their tables write them: true minus signs, thousands separated, no more
// digits than help.
#pragma once

#include "core/base/time.h"

#include <QString>

namespace sextant {

/// "12,345"; with a true minus sign.
QString groupedText(std::int64_t value);

/// Six significant digits: "0.123457", "2.8689", "411,927", "1.2e-07"; "NaN", "Inf", "−Inf".
QString valueText(double value);

/// With a fixed number of decimals, or as valueText where that would show nothing ("0.00") or run over.
QString fixedText(double value, int decimals);

/// A number of a known size, such as a correlation: always with these decimals, and no minus before 0.
QString roundedText(double value, int decimals);

/// The decimals that show about five significant digits of the largest of the values of one column.
int decimalsFor(double largestMagnitude);

/// "38 s", "12m 05s", "2h 04m", "3d 02h".
QString durationText(double seconds);

/// "17 Nov 16:34", in local time; with the year unless it is this one.
QString momentText(EpochMs time);

/// "NaN", "Inf", "−Inf".
QString nonFiniteText(double value);

} // namespace sextant
