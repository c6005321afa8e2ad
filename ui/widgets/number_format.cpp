#include "ui/widgets/number_format.h"

#include "core/table/columns.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace sextant {

namespace {

constexpr std::size_t kSample = 2048;
constexpr int kMostDecimals = 9;
constexpr QChar kMinus(0x2212);
constexpr QChar kDash(0x2014);

QString translate(const char* text, int count = -1)
{
    return QCoreApplication::translate("NumberFormat", text, nullptr, count);
}

/// Decimals that the shortest exact form of a value needs; more than `limit` counts as `limit`.
int decimalsNeeded(double value, int limit)
{
    std::array<char, 400> buffer;
    auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed).ptr;
    auto point = std::find(buffer.data(), end, '.');
    return point == end ? 0 : std::min(limit, static_cast<int>(end - point) - 1);
}

QString insertThousands(QString digits)
{
    auto first = digits.startsWith(kMinus) ? 1 : 0;
    for (auto at = digits.size() - 3; at > first; at -= 3)
        digits.insert(at, QLatin1Char(','));
    return digits;
}

QString twoDigits(qint64 value)
{
    return QString::number(value).rightJustified(2, QLatin1Char('0'));
}

struct Spread
{
    double typical = 0; // median of |v|, zeros left out
    double range = 0;   // of the middle 90 %
    int decimals = 0;   // that the data has
};

Spread spreadOf(std::span<const double> values)
{
    std::vector<double> sample;
    sample.reserve(std::min(values.size(), 2 * kSample));
    auto stride = std::max<std::size_t>(1, values.size() / kSample);
    for (std::size_t i = 0; i < values.size(); i += stride) {
        if (std::isfinite(values[i]))
            sample.push_back(values[i]);
    }
    Spread spread;
    if (sample.empty())
        return spread;
    std::sort(sample.begin(), sample.end());
    auto edge = sample.size() / 20;
    spread.range = sample[sample.size() - 1 - edge] - sample[edge];
    std::vector<double> sizes;
    for (auto value : sample) {
        if (value != 0)
            sizes.push_back(std::abs(value));
        if (spread.decimals < kMostDecimals)
            spread.decimals = std::max(spread.decimals, decimalsNeeded(value, kMostDecimals));
    }
    if (!sizes.empty()) {
        auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
        std::nth_element(sizes.begin(), middle, sizes.end());
        spread.typical = *middle;
    }
    return spread;
}

int decimalsFor(double typical)
{
    if (typical < 10)
        return typical < 0.01 && typical > 0 ? 2 - static_cast<int>(std::floor(std::log10(typical))) : 4;
    if (typical < 1000)
        return 2;
    return typical < 10000 ? 1 : 0;
}

} // namespace

NumberFormat chooseFormat(std::span<const double> values)
{
    auto spread = spreadOf(values);
    if (spread.typical >= 1e15 || (spread.typical > 0 && spread.typical < 1e-4))
        return {NumberFormat::Style::Scientific, 3};
    if (spread.decimals == 0)
        return {NumberFormat::Style::Fixed, 0};
    auto decimals = decimalsFor(spread.typical);
    // Values that lie close together need the digit in which they differ, and one more.
    if (spread.range > 0)
        decimals = std::max(
            decimals, std::min(1 - static_cast<int>(std::floor(std::log10(spread.range))), kMostDecimals));
    return {NumberFormat::Style::Fixed, std::min(decimals, spread.decimals)};
}

QString formatNumber(double value, const NumberFormat& format)
{
    if (isMissing(value))
        return QString(kDash);
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (std::isinf(value))
        return value > 0 ? QString(QChar(0x221E)) : QString(kMinus) + QChar(0x221E);
    auto scientific = format.style == NumberFormat::Style::Scientific || std::abs(value) >= 1e15;
    std::array<char, 400> buffer;
    auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                      scientific ? std::chars_format::scientific : std::chars_format::fixed, format.decimals)
            .ptr;
    auto text = QString::fromLatin1(buffer.data(), end - buffer.data());
    auto onlyZeros =
        std::all_of(text.cbegin(), text.cend(), [](QChar c) { return !c.isDigit() || c == u'0'; });
    if (onlyZeros && value != 0 &&
        !scientific) // a value that the column's decimals would turn into nought is not nought
        return formatNumber(value, {NumberFormat::Style::Scientific, 2});
    if (onlyZeros && text.startsWith(u'-'))
        text.remove(0, 1);
    text.replace(u'-', kMinus);
    return format.decimals == 0 && !scientific ? insertThousands(text) : text;
}

QString formatNumber(double value)
{
    return formatNumber(value, chooseFormat({&value, 1}));
}

QString formatDifference(double difference, const NumberFormat& format)
{
    if (std::isnan(difference))
        return QString(kDash);
    if (difference == 0)
        return QStringLiteral("= 0");
    auto text = formatNumber(difference, format);
    return difference > 0 ? QLatin1Char('+') + text : text;
}

QString formatSize(quint64 bytes)
{
    if (bytes < 1000)
        return translate("%n byte(s)", static_cast<int>(bytes))
            .replace(QStringLiteral("byte(s)"),
                     bytes == 1 ? QStringLiteral("byte") : QStringLiteral("bytes"));
    static constexpr std::array kUnits = {"KB", "MB", "GB", "TB", "PB", "EB"};
    auto size = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    for (; size >= 999.5 && unit + 1 < kUnits.size(); ++unit)
        size /= 1000;
    return QString::number(size, 'f', size < 10 ? 1 : 0) + QLatin1Char(' ') + QLatin1String(kUnits[unit]);
}

QString formatTime(EpochMs time)
{
    if (!isKnown(time))
        return QString(kDash);
    auto moment = QDateTime::fromMSecsSinceEpoch(time);
    return moment.isValid() ? QLocale::c().toString(moment, QStringLiteral("d MMM yyyy HH:mm:ss"))
                            : QString(kDash);
}

QString formatRelativeTime(EpochMs time, EpochMs reference)
{
    if (!isKnown(time))
        return QString(kDash);
    auto seconds = (reference - time) / 1000;
    auto ago = [](qint64 count, const QString& unit) {
        return translate("%1 %2 ago").arg(count).arg(count == 1 ? unit : unit + QLatin1Char('s'));
    };
    if (seconds >= 0 && seconds < 60)
        return translate("just now");
    if (seconds >= 0 && seconds < 3600)
        return ago(seconds / 60, translate("minute"));
    if (seconds >= 0 && seconds < 24 * 3600)
        return ago(seconds / 3600, translate("hour"));
    auto day = QDateTime::fromMSecsSinceEpoch(time);
    auto sameYear = day.date().year() == QDateTime::fromMSecsSinceEpoch(reference).date().year();
    return QLocale::c().toString(day,
                                 sameYear ? QStringLiteral("d MMM HH:mm") : QStringLiteral("d MMM yyyy"));
}

QString formatDuration(EpochMs start, EpochMs end, DurationDetail detail)
{
    if (!isKnown(start) || !isKnown(end) || end < start)
        return QString(kDash);
    auto milliseconds = end - start;
    if (milliseconds < 10'000)
        return QString::number(static_cast<double>(milliseconds) / 1000, 'f', milliseconds < 1000 ? 2 : 1) +
               QLatin1Char('s');
    auto seconds = milliseconds / 1000, minutes = seconds / 60, hours = minutes / 60, days = hours / 24;
    QStringList parts;
    if (days > 0)
        parts << QString::number(days) + QLatin1Char('d');
    if (hours > 0)
        parts << QString::number(hours % 24) + QLatin1Char('h');
    if (minutes > 0)
        parts << (hours > 0 ? twoDigits(minutes % 60) : QString::number(minutes)) + QLatin1Char('m');
    parts << (minutes > 0 ? twoDigits(seconds % 60) : QString::number(seconds)) + QLatin1Char('s');
    if (detail == DurationDetail::Short)
        parts = parts.mid(0, 2);
    return parts.join(QLatin1Char(' '));
}

} // namespace sextant
