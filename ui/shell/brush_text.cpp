#include "ui/shell/brush_text.h"

#include "ui/shell/workspace_parts.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace sextant {

namespace {

constexpr int kMostBrushes = 64;
constexpr int kMostValues = 10'000;
constexpr int kShownValues = 4;

QString tr(const char* text)
{
    return QCoreApplication::translate("Brush", text);
}

/// The digits there are, and no more: bounds were rounded when they were made.
QString boundText(double value)
{
    return formatNumber(QString::number(value, 'g', 6).toDouble());
}

QString numbersText(const Brush& brush)
{
    bool low = std::isfinite(brush.low), high = std::isfinite(brush.high);
    if (low && brush.low == std::numeric_limits<double>::denorm_min())
        return high ? tr("above 0, ≤ %1").arg(boundText(brush.high)) : tr("above 0");
    if (low && high)
        return tr("%1 to %2").arg(boundText(brush.low), boundText(brush.high));
    if (low || high)
        return low ? tr("≥ %1").arg(boundText(brush.low)) : tr("≤ %1").arg(boundText(brush.high));
    return tr("any number");
}

struct Flag
{
    const char* name;
    const char* text;
    bool Brush::*field;
};
constexpr Flag kFlags[] = {{"missing", QT_TRANSLATE_NOOP("Brush", "missing"), &Brush::missing},
                           {"nan", QT_TRANSLATE_NOOP("Brush", "NaN"), &Brush::notANumber},
                           {"negativeInfinity", QT_TRANSLATE_NOOP("Brush", "−Inf"), &Brush::negativeInfinity},
                           {"infinity", QT_TRANSLATE_NOOP("Brush", "Inf"), &Brush::positiveInfinity}};

} // namespace

QString brushTitle(const Brush& brush)
{
    return oneLine(brush.column.key, 80);
}

QString brushText(const Brush& brush)
{
    QStringList parts;
    if (brush.categorical) {
        for (const auto& value : brush.values)
            if (parts.size() < kShownValues)
                parts << (value.empty() ? tr("(empty)") : oneLine(value, 40));
        if (auto more = std::ssize(brush.values) - parts.size(); more > 0)
            parts << tr("%1 more").arg(more);
    } else if (brush.numbers) {
        parts << numbersText(brush);
    }
    for (const auto& flag : kFlags)
        if (brush.*flag.field)
            parts << tr(flag.text);
    return parts.isEmpty() ? tr("nothing") : parts.join(QStringLiteral(", "));
}

QJsonArray brushesToJson(const std::vector<Brush>& brushes)
{
    QJsonArray array;
    for (const auto& brush : brushes) {
        QJsonObject object = columnToJson(brush.column);
        if (brush.categorical)
            object["values"] = textsToJson(brush.values);
        if (brush.numbers)
            object["numbers"] = true;
        if (std::isfinite(brush.low))
            object["low"] = brush.low;
        if (std::isfinite(brush.high))
            object["high"] = brush.high;
        for (const auto& flag : kFlags)
            if (brush.*flag.field)
                object[QLatin1String(flag.name)] = true;
        array.append(object);
    }
    return array;
}

std::vector<Brush> brushesFromJson(const QJsonArray& array)
{
    std::vector<Brush> brushes;
    for (const auto& each : array) {
        const QJsonObject object = each.toObject();
        Brush brush;
        auto same = [&](const Brush& other) { return other.column == brush.column; };
        if (brushes.size() == kMostBrushes || !columnFromJson(object, brush.column) ||
            std::any_of(brushes.begin(), brushes.end(), same))
            continue;
        brush.categorical = object["values"].isArray();
        brush.values = textsFromJson<std::vector<std::string>>(object["values"]);
        brush.values.resize(std::min<std::size_t>(brush.values.size(), kMostValues));
        brush.numbers = object["numbers"].toBool();
        brush.low = object["low"].toDouble(brush.low);
        brush.high = object["high"].toDouble(brush.high);
        for (const auto& flag : kFlags)
            brush.*flag.field = object[QLatin1String(flag.name)].toBool();
        brushes.push_back(std::move(brush));
    }
    return brushes;
}

} // namespace sextant
