#include "core/base/time.h"

#include "core/base/number.h"
#include "core/base/text.h"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace sextant {

namespace {

namespace chrono = std::chrono;

/// Takes exactly `count` digits off the front.
std::optional<int> takeDigits(std::string_view& text, std::size_t count)
{
    int value = 0;
    if (text.size() < count)
        return std::nullopt;
    auto [end, error] = std::from_chars(text.data(), text.data() + count, value);
    if (error != std::errc() || end != text.data() + count || text.front() == '-')
        return std::nullopt;
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char c)
{
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

/// ".123" and longer; digits beyond milliseconds are dropped.
std::optional<int> takeFraction(std::string_view& text)
{
    if (!take(text, '.') && !take(text, ','))
        return 0;
    int milliseconds = 0;
    int digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++digits)
        if (digits < 3)
            milliseconds = milliseconds * 10 + (text.front() - '0');
    for (int have = digits; have < 3; ++have)
        milliseconds *= 10;
    return digits > 0 ? std::optional(milliseconds) : std::nullopt;
}

/// "Z", "+01:00", "-0530" or nothing: minutes east of UTC.
std::optional<int> takeZone(std::string_view& text)
{
    if (text.empty() || take(text, 'Z') || take(text, 'z'))
        return 0;
    bool west = text.front() == '-';
    if (!take(text, '+') && !take(text, '-'))
        return std::nullopt;
    auto hours = takeDigits(text, 2);
    take(text, ':');
    auto minutes = text.empty() ? std::optional(0) : takeDigits(text, 2);
    if (!hours || !minutes || *hours > 14 || *minutes > 59)
        return std::nullopt;
    int offset = *hours * 60 + *minutes;
    return west ? -offset : offset;
}

/// "T21:04", "T21:04:11.5+01:00" as milliseconds from midnight UTC.
std::optional<EpochMs> takeClock(std::string_view& text)
{
    auto hour = takeDigits(text, 2);
    if (!hour || !take(text, ':'))
        return std::nullopt;
    auto minute = takeDigits(text, 2);
    auto second = take(text, ':') ? takeDigits(text, 2) : std::optional(0);
    if (!minute || !second || *hour > 24 || *minute > 59 || *second > 60)
        return std::nullopt;
    auto fraction = takeFraction(text);
    auto zone = takeZone(text);
    if (!fraction || !zone)
        return std::nullopt;
    return ((*hour * 60LL + *minute - *zone) * 60 + *second) * 1000 + *fraction;
}

} // namespace

std::string formatIso(EpochMs time)
{
    constexpr EpochMs day = 86'400'000;
    auto days = time / day - (time % day < 0 ? 1 : 0);
    if (days < -12'000'000 || days > 11'000'000) // the calendar's years end at ±32767
        return std::to_string(time) + " ms";
    auto rest = time - days * day;
    chrono::year_month_day date{chrono::sys_days{chrono::days{days}}};
    char buffer[48];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(rest / 3'600'000), static_cast<int>(rest / 60'000 % 60),
                  static_cast<int>(rest / 1000 % 60), static_cast<int>(rest % 1000));
    return buffer;
}

std::optional<EpochMs> parseIso(std::string_view text)
{
    text = trim(text);
    auto year = takeDigits(text, 4);
    if (!year || !take(text, '-'))
        return std::nullopt;
    auto month = takeDigits(text, 2);
    if (!month || !take(text, '-'))
        return std::nullopt;
    auto day = takeDigits(text, 2);
    if (!day)
        return std::nullopt;
    chrono::year_month_day date{chrono::year{*year}, chrono::month{static_cast<unsigned>(*month)},
                                chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok())
        return std::nullopt;
    EpochMs time = chrono::sys_days{date}.time_since_epoch().count() * 86'400'000LL;
    if (text.empty())
        return time;
    if (!take(text, 'T') && !take(text, ' '))
        return std::nullopt;
    auto clock = takeClock(text);
    return clock && text.empty() ? std::optional(time + *clock) : std::nullopt;
}

EpochMs now()
{
    return chrono::duration_cast<chrono::milliseconds>(chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace sextant
