// Inequality of benefits (b = prediction - label + 1: 0, 1 or 2 a row) among persons and between groups, and
// differential fairness. Pure; any thread. Rows count, weights do not. Formulas: Speicher et al. 2018 and
// Foulds et al. 2018, as AIF360 documents them.
#pragma once

#include "core/report/fairness/disparities.h"

namespace sextant::fairness {

/// Generalized entropy of index alpha; 1: Theil's, 0: mean log deviation (infinite where a benefit is 0).
double generalizedEntropy(const Confusion& rows, double alpha);
double coefficientOfVariation(const Confusion& rows);

/// The same after giving every row its group's mean benefit.
double betweenGroupEntropy(const std::vector<Group>& groups, double alpha);

/// Smoothed empirical differential fairness with concentration 1, of the predictions or of the labels.
double differentialFairness(const std::vector<Group>& groups, bool ofLabels);

} // namespace sextant::fairness
