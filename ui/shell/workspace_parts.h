// What the readers and writers of saved views share.
#pragma once

#include "core/table/brush.h"

#include <QJsonArray>
#include <QJsonObject>

#include <string>

namespace sextant {

inline QString jsonText(const std::string& value)
{
    return QString::fromStdString(value);
}

inline std::string jsonBytes(const QJsonValue& value)
{
    return value.toString().toStdString();
}

QJsonObject columnToJson(const ColumnRef& column);
bool columnFromJson(const QJsonValue& value, ColumnRef& column);

QJsonArray brushesToJson(const std::vector<Brush>& brushes);
/// Those of a known shape; one a column.
std::vector<Brush> brushesFromJson(const QJsonArray& array);

template <class Range>
QJsonArray textsToJson(const Range& texts)
{
    QJsonArray array;
    for (const std::string& each : texts)
        array.append(jsonText(each));
    return array;
}

template <class Container>
Container textsFromJson(const QJsonValue& value)
{
    Container texts;
    for (const auto& each : value.toArray())
        if (each.isString())
            texts.insert(texts.end(), jsonBytes(each));
    return texts;
}

template <std::size_t N>
int indexOf(const char* const (&names)[N], const QJsonValue& value, int fallback)
{
    for (std::size_t i = 0; i < N; ++i)
        if (value.toString() == QLatin1String(names[i]))
            return int(i);
    return fallback;
}

} // namespace sextant
