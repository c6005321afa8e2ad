#include "ui/charts/value_text.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

/// English words and separators everywhere, as the rest of the program has them.
QLocale english()
{
    return QLocale(QLocale::English, QLocale::UnitedStates);
}

QString trueMinus(QString text)
{
    if (text.startsWith(QLatin1Char('-')))
        text[0] = QChar(0x2212);
    return text;
}

} // namespace

QString groupedText(std::int64_t value)
{
    return trueMinus(english().toString(static_cast<qlonglong>(value)));
}

QString nonFiniteText(double value)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    return value > 0 ? QStringLiteral("Inf") : QStringLiteral("−Inf");
}

QString valueText(double value)
{
    if (!std::isfinite(value))
        return nonFiniteText(value);
    const double magnitude = std::abs(value);
    if (magnitude >= 1e15 || (magnitude > 0 && magnitude < 1e-4))
        return trueMinus(QString::number(value, 'g', 5));
    if (magnitude == std::floor(magnitude))
        return groupedText(static_cast<std::int64_t>(value));
    const int whole = magnitude < 1 ? 0 : static_cast<int>(std::floor(std::log10(magnitude))) + 1;
    QString text = english().toString(value, 'f', std::max(6 - whole, magnitude >= 1e5 ? 0 : 1));
    while (text.contains(QLatin1Char('.')) &&
           (text.endsWith(QLatin1Char('0')) || text.endsWith(QLatin1Char('.')))) {
        const bool point = text.endsWith(QLatin1Char('.'));
        text.chop(1);
        if (point)
            break;
    }
    return trueMinus(text);
}

QString roundedText(double value, int decimals)
{
    if (!std::isfinite(value))
        return nonFiniteText(value);
    const double scale = std::pow(10, decimals), rounded = std::round(value * scale) / scale;
    return trueMinus(QString::number(rounded == 0 ? 0 : rounded, 'f', decimals));
}

QString fixedText(double value, int decimals)
{
    if (!std::isfinite(value))
        return nonFiniteText(value);
    const double magnitude = std::abs(value);
    if (magnitude >= 1e15 || (magnitude > 0 && magnitude < 0.5 * std::pow(10, -decimals)))
        return trueMinus(QString::number(value, 'g', 4));
    return trueMinus(english().toString(value, 'f', decimals));
}

int decimalsFor(double largestMagnitude)
{
    if (!(largestMagnitude > 0) || !std::isfinite(largestMagnitude))
        return 4;
    const int whole = static_cast<int>(std::floor(std::log10(largestMagnitude))) + 1;
    return std::clamp(5 - std::max(whole, 1), 0, 4);
}

QString durationText(double seconds)
{
    const QString sign = seconds < 0 ? QStringLiteral("−") : QString();
    const double size = std::abs(seconds);
    if (size < 10)
        return sign + QString::number(size, 'g', 3) + QStringLiteral(" s");
    if (!(size < 1e12))
        return sign + QString::number(size, 'g', 3) + QStringLiteral(" s");
    const auto whole = static_cast<qlonglong>(size);
    const auto two = [](qlonglong value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    if (whole < 60)
        return sign + QStringLiteral("%1 s").arg(whole);
    if (whole < 3600)
        return sign + QStringLiteral("%1m %2s").arg(QString::number(whole / 60), two(whole % 60));
    if (whole < 86400)
        return sign + QStringLiteral("%1h %2m").arg(QString::number(whole / 3600), two(whole / 60 % 60));
    return sign + QStringLiteral("%1d %2h").arg(groupedText(whole / 86400), two(whole / 3600 % 24));
}

QString momentText(EpochMs time)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(time);
    if (!moment.isValid())
        return QString::number(time);
    const bool thisYear = moment.date().year() == QDate::currentDate().year();
    return english().toString(moment,
                              thisYear ? QStringLiteral("d MMM HH:mm") : QStringLiteral("d MMM yyyy HH:mm"));
}

} // namespace sextant
