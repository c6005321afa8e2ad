#include "core/statistics/distributions.h"

#include <boost/math/distributions/complement.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sextant {

namespace {

namespace policies = boost::math::policies;

/// No exceptions, and double precision throughout, so that machines agree.
using Quiet = policies::policy<
    policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
    policies::overflow_error<policies::ignore_error>, policies::underflow_error<policies::ignore_error>,
    policies::evaluation_error<policies::ignore_error>, policies::promote_double<false>>;
using Student = boost::math::students_t_distribution<double, Quiet>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

} // namespace

double studentTail(double t, double degreesOfFreedom)
{
    if (std::isnan(t) || !(degreesOfFreedom > 0))
        return kNan;
    if (std::isinf(t))
        return 0;
    return 2 * boost::math::cdf(boost::math::complement(Student(degreesOfFreedom), std::abs(t)));
}

double studentQuantile(double confidence, double degreesOfFreedom)
{
    if (!(confidence > 0) || !(confidence < 1) || !(degreesOfFreedom > 0))
        return kNan;
    return boost::math::quantile(boost::math::complement(Student(degreesOfFreedom), (1 - confidence) / 2));
}

double normalTail(double z)
{
    if (std::isnan(z))
        return kNan;
    return std::erfc(std::abs(z) / std::sqrt(2.0));
}

double normalQuantile(double confidence)
{
    if (!(confidence > 0) || !(confidence < 1))
        return kNan;
    using Normal = boost::math::normal_distribution<double, Quiet>;
    return boost::math::quantile(boost::math::complement(Normal(0, 1), (1 - confidence) / 2));
}

double hypergeometricProbability(double k, double marked, double drawn, double total)
{
    if (!(total >= std::max(marked, drawn)) || !(total < 4294967296.0) || !(k >= 0))
        return kNan;
    using Hypergeometric = boost::math::hypergeometric_distribution<double, Quiet>;
    auto count = [](double value) { return static_cast<unsigned>(value); };
    return boost::math::pdf(Hypergeometric(count(marked), count(drawn), count(total)), k);
}

double smallSampleCorrection(double degreesOfFreedom)
{
    if (!(degreesOfFreedom > 1))
        return kNan;
    // tgamma_delta_ratio(a, b) is Γ(a) / Γ(a + b).
    auto half = degreesOfFreedom / 2;
    return 1 / (boost::math::tgamma_delta_ratio(half - 0.5, 0.5, Quiet()) * std::sqrt(half));
}

} // namespace sextant
