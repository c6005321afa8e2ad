// The probability distributions that tests and intervals rest on. NaN goes in, NaN comes out; nothing throws.
#pragma once

namespace sextant {

/// Two-sided tail of Student's t: P(|T| >= |t|).
double studentTail(double t, double degreesOfFreedom);

/// The t that leaves (1 - confidence) / 2 in each tail.
double studentQuantile(double confidence, double degreesOfFreedom);

/// Two-sided tail of the standard normal: P(|Z| >= |z|).
double normalTail(double z);

/// The z that leaves (1 - confidence) / 2 in each tail.
double normalQuantile(double confidence);

/// P(k marked ones among `drawn` of `total`, of which `marked` are marked); counts below 2^32.
double hypergeometricProbability(double k, double marked, double drawn, double total);

/// Hedges' exact correction of a standardised difference for small samples: Γ(m/2) / (√(m/2) Γ((m-1)/2)).
double smallSampleCorrection(double degreesOfFreedom);

} // namespace sextant
