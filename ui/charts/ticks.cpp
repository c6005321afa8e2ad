#include "ui/charts/ticks.h"

#include "ui/charts/value_text.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace sextant {
namespace {

constexpr int kMostTicks = 200;

/// The places k·step inside the range, computed from whole k so that no error adds up.
std::vector<double> multiples(AxisRange range, double step)
{
    std::vector<double> places;
    const double slack = 1e-9 * step;
    const double first = std::ceil((range.low - slack) / step);
    for (double k = first; k * step <= range.high + slack && places.size() < kMostTicks; ++k)
        places.push_back(k == 0 ? 0 : k * step);
    return places;
}

/// Decimals that tell multiples of `step` apart.
int stepDecimals(double step)
{
    for (int decimals = 0; decimals < 15; ++decimals) {
        const double scaled = step * std::pow(10, decimals);
        if (std::abs(scaled - std::round(scaled)) < 1e-6 * scaled)
            return decimals;
    }
    return 15;
}

QString minus(QString text)
{
    if (text.startsWith(QLatin1Char('-')))
        text[0] = QChar(0x2212);
    return text;
}

QString exponentText(double value, int digits)
{
    QString text = QString::number(value, 'e', digits);
    // "1e-05" as "1e-5".
    text.replace(QLatin1String("e+0"), QLatin1String("e+"))
        .replace(QLatin1String("e-0"), QLatin1String("e-"));
    return minus(text.replace(QLatin1String("e+"), QLatin1String("e")));
}

/// One way of writing for all labels of an axis.
class NumberLabels
{
public:
    NumberLabels(AxisRange range, double step)
    {
        const double largest = std::max(std::abs(range.low), std::abs(range.high));
        constexpr std::array<std::pair<double, const char*>, 4> units{
            {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}}};
        if (largest >= 1e15 || (largest < 1e-3 && largest > 0)) {
            m_exponent = true;
            const auto exponent = [](double size) {
                return static_cast<int>(std::floor(std::log10(size * (1 + 1e-9))));
            };
            const double digits = step / std::pow(10, exponent(step)); // 1, 2, 2.5 or 5
            m_decimals =
                std::clamp(exponent(largest) - exponent(step) + (digits > 2.2 && digits < 2.8 ? 1 : 0), 0, 8);
            return;
        }
        for (const auto& [size, suffix] : units) {
            if (largest >= 10 * size / (size > 1e3 ? 10 : 1) && stepDecimals(step / size) <= 2) {
                m_unit = size;
                m_suffix = QLatin1String(suffix);
                break;
            }
        }
        m_decimals = stepDecimals(step / m_unit);
    }

    QString operator()(double value) const
    {
        if (value == 0)
            return QStringLiteral("0");
        if (m_exponent)
            return exponentText(value, m_decimals);
        const QLocale locale(QLocale::English, QLocale::UnitedStates);
        return minus(locale.toString(value / m_unit, 'f', m_decimals)) + m_suffix;
    }

private:
    double m_unit = 1;
    int m_decimals = 0;
    QString m_suffix;
    bool m_exponent = false;
};

QString decadeText(double value, bool exponents)
{
    if (value == 0)
        return QStringLiteral("0");
    if (exponents)
        return exponentText(value, 0);
    return std::abs(value) >= 1e4 ? NumberLabels({0, std::abs(value)}, std::abs(value))(value)
                                  : minus(QString::number(value));
}

/// Labels of decades: plain numbers where all are near 1, else all with exponents.
std::vector<Tick> labelled(const std::vector<double>& places)
{
    bool exponents = false;
    for (double value : places)
        exponents |= value != 0 && (std::abs(value) < 0.009 || std::abs(value) > 2e6);
    std::vector<Tick> ticks;
    for (double value : places)
        ticks.push_back({value, decadeText(value, exponents)});
    return ticks;
}

std::vector<double> decadesOfOneSign(double low, double high, int count)
{
    const int first = static_cast<int>(std::ceil(std::log10(low) - 1e-9));
    const int last = static_cast<int>(std::floor(std::log10(high) + 1e-9));
    const int stride = std::max(1, (last - first + count - 1) / std::max(count, 1));
    std::vector<double> places;
    for (int decade = first; decade <= last; ++decade) {
        if (decade % stride == 0)
            places.push_back(std::pow(10, decade));
    }
    return places;
}

std::vector<double> symmetricDecades(const AxisScale& scale, int count)
{
    const AxisRange range = scale.range();
    const double inner = scale.linearWithin();
    const double decades = scale.transform(range.high) - scale.transform(range.low);
    const int stride = std::max(1, static_cast<int>(std::ceil(decades / std::max(count, 1))));
    std::vector<double> places;
    for (int decade = 0; decade < 700; decade += stride) {
        const double size = inner * std::pow(10, decade);
        if (size > std::max(std::abs(range.low), std::abs(range.high)) * (1 + 1e-9))
            break;
        places.push_back(size);
        places.push_back(-size);
    }
    places.push_back(0);
    std::erase_if(places, [&](double value) { return value < range.low || value > range.high; });
    std::sort(places.begin(), places.end());
    return places;
}

template <std::size_t N>
double stepFrom(const std::array<double, N>& steps, double smallest)
{
    const auto found = std::lower_bound(steps.begin(), steps.end(), smallest);
    return found == steps.end() ? steps.back() : *found;
}

constexpr double kMinute = 60, kHour = 3600, kDay = 86400;

QString durationLabel(double seconds, double step)
{
    if (seconds == 0)
        return QStringLiteral("0");
    const auto in = [&](double unit, const char* name) {
        return minus(QString::number(seconds / unit, 'g', 6)) + QLatin1String(name);
    };
    if (step >= kDay)
        return in(kDay, " d");
    if (step >= kHour || (step >= kHour / 2 && std::abs(seconds) >= 2 * kHour))
        return in(kHour, " h");
    return step >= kMinute ? in(kMinute, " min") : in(1, " s");
}

QString momentLabel(const QDateTime& moment, double stepSeconds)
{
    const QLocale locale(QLocale::English, QLocale::UnitedStates);
    const QTime time = moment.time();
    if (stepSeconds >= 300 * kDay)
        return locale.toString(moment, QStringLiteral("yyyy"));
    if (stepSeconds >= 28 * kDay)
        return locale.toString(moment, QStringLiteral("MMM yyyy"));
    if (stepSeconds >= kDay || time == QTime(0, 0))
        return locale.toString(moment, QStringLiteral("d MMM"));
    if (stepSeconds >= kMinute)
        return locale.toString(moment, QStringLiteral("HH:mm"));
    return locale.toString(moment,
                           stepSeconds >= 1 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm:ss.zzz"));
}

QDateTime momentAt(double epochMs)
{
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(std::clamp(epochMs, -8e15, 8e15)));
}

std::vector<Tick> monthTicks(AxisRange epochMs, int months)
{
    std::vector<Tick> ticks;
    QDate date = momentAt(epochMs.low).date();
    date = QDate(date.year(), (date.month() - 1) / std::min(months, 12) * std::min(months, 12) + 1, 1);
    if (months > 12)
        date = QDate(date.year() / (months / 12) * (months / 12), 1, 1);
    for (; date.isValid() && ticks.size() < kMostTicks; date = date.addMonths(months)) {
        const QDateTime moment = date.startOfDay();
        const auto value = static_cast<double>(moment.toMSecsSinceEpoch());
        if (value > epochMs.high)
            break;
        if (value >= epochMs.low)
            ticks.push_back({value, momentLabel(moment, months >= 12 ? 365 * kDay : 30 * kDay)});
    }
    return ticks;
}

} // namespace

double linearStep(AxisRange range, int count, double smallestStep)
{
    const double raw = std::max(range.length() / std::max(count, 1), smallestStep);
    if (!(raw > 0) || !std::isfinite(raw))
        return 1;
    const double decade = std::pow(10, std::floor(std::log10(raw)));
    for (double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        const double step = factor * decade;
        // 2.5 of a unit that must stay whole is no step.
        if (step >= raw * (1 - 1e-9) &&
            (smallestStep <= 0 || std::abs(step / smallestStep - std::round(step / smallestStep)) < 1e-9))
            return step;
    }
    return 10 * decade;
}

std::vector<Tick> linearTicks(AxisRange range, int count, double smallestStep)
{
    const double step = linearStep(range, count, smallestStep);
    const NumberLabels label(range, step);
    std::vector<Tick> ticks;
    for (double value : multiples(range, step))
        ticks.push_back({value, label(value)});
    return ticks;
}

std::vector<Tick> logTicks(const AxisScale& scale, int count)
{
    const AxisRange range = scale.range();
    if (scale.kind() == AxisScale::Kind::SymmetricLogarithmic)
        return labelled(symmetricDecades(scale, count));
    if (!(range.low > 0))
        return {};
    // 1, 2, 5 only where they have the room of a decade's label each.
    const double decades = std::log10(range.high / range.low);
    if (decades * 3 > count || decades > 3)
        return labelled(decadesOfOneSign(range.low, range.high, count));
    std::vector<double> finer;
    for (int decade = static_cast<int>(std::floor(std::log10(range.low))); decade <= std::log10(range.high);
         ++decade) {
        for (double factor : {1.0, 2.0, 5.0}) {
            const double value = factor * std::pow(10, decade);
            if (value >= range.low * (1 - 1e-9) && value <= range.high * (1 + 1e-9))
                finer.push_back(value);
        }
    }
    return finer.size() < 3 ? linearTicks(range, count) : labelled(finer);
}

std::vector<Tick> durationTicks(AxisRange seconds, int count)
{
    static constexpr std::array<double, 22> kSteps{
        1,        2,           5,           10,           15,           30,
        kMinute,  2 * kMinute, 5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute,
        kHour,    2 * kHour,   3 * kHour,   6 * kHour,    12 * kHour,   kDay,
        2 * kDay, 5 * kDay,    7 * kDay,    14 * kDay};
    const double smallest = seconds.length() / (std::max(count, 1) + 0.5);
    const double step = smallest <= kSteps.front()  ? linearStep(seconds, count)
                        : smallest >= kSteps.back() ? kDay * linearStep({0, seconds.length() / kDay}, count)
                                                    : stepFrom(kSteps, smallest);
    std::vector<Tick> ticks;
    for (double value : multiples(seconds, step))
        ticks.push_back({value, durationLabel(value, step)});
    return ticks;
}

std::vector<Tick> momentTicks(AxisRange epochMs, int count)
{
    static constexpr std::array<double, 21> kSteps{
        0.001,        0.01,         0.1,          1,       2,           5,
        10,           15,           30,           kMinute, 2 * kMinute, 5 * kMinute,
        10 * kMinute, 15 * kMinute, 30 * kMinute, kHour,   2 * kHour,   3 * kHour,
        6 * kHour,    12 * kHour,   kDay};
    const double smallest = epochMs.length() / 1000 / (std::max(count, 1) + 0.5);
    if (smallest > 10 * kDay) {
        for (int months : {1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200})
            if (smallest <= months * 30.5 * kDay)
                return monthTicks(epochMs, months);
        return linearTicks(epochMs, count);
    }
    const double step = smallest <= kDay ? stepFrom(kSteps, smallest) : std::ceil(smallest / kDay) * kDay;
    const double length = step * 1000;
    // Aligned to the local midnight before the range; a change of the clocks moves them with it by going
    // through QDateTime.
    const QDateTime midnight = momentAt(epochMs.low).date().startOfDay();
    std::vector<Tick> ticks;
    bool dated = false;
    const auto origin = static_cast<double>(midnight.toMSecsSinceEpoch());
    for (double place : multiples({epochMs.low - origin, epochMs.high - origin}, length)) {
        QDateTime moment = momentAt(origin + place);
        if (step >= kDay)
            moment =
                midnight.date().addDays(static_cast<qint64>(std::llround(place / kDay / 1000))).startOfDay();
        ticks.push_back({static_cast<double>(moment.toMSecsSinceEpoch()), momentLabel(moment, step)});
        dated |= step >= kDay || moment.time() == QTime(0, 0);
    }
    if (!dated && !ticks.empty()) // times alone say nothing without a day
        ticks.front().label.prepend(momentLabel(momentAt(ticks.front().value), kDay) + QLatin1Char(' '));
    return ticks;
}

} // namespace sextant
