#include "app/cli/records.h"

#include "app/cli/csv_writer.h"
#include "app/cli/display.h"
#include "app/cli/json_writer.h"
#include "app/cli/text_table.h"

#include <set>

namespace sextant::cli {

namespace {

using Json = nlohmann::ordered_json;
using Kind = RecordField::Kind;

const Json& memberOf(const Json& object, const std::string& key)
{
    static const Json kNull;
    auto found = object.find(key);
    return found == object.end() ? kNull : *found;
}

/// Texts of a list joined; objects as JSON.
std::string listText(const Json& list)
{
    std::string text;
    for (const auto& element : list) {
        if (!text.empty())
            text += ", ";
        text += element.is_string() ? element.get<std::string>()
                                    : element.dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    return text;
}

std::string mapText(const Json& map)
{
    std::string text;
    for (const auto& [key, value] : map.items()) {
        text += text.empty() ? "" : ", ";
        text += key + "=" + (value.is_string() ? value.get<std::string>() : value.dump());
    }
    return text;
}

std::string displaySize(const Json& value)
{
    auto bytes = value.get<double>();
    constexpr const char* kUnits[] = {"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    for (; bytes >= 1000 && unit + 1 < std::size(kUnits); ++unit)
        bytes /= 1000;
    char text[32];
    std::snprintf(text, sizeof text, unit == 0 ? "%.0f %s" : "%.1f %s", bytes, kUnits[unit]);
    return text;
}

std::string tableText(const Json& value, Kind kind)
{
    if (value.is_null())
        return {};
    switch (kind) {
    case Kind::Time:
        return displayTime(value.get<std::int64_t>());
    case Kind::Map:
        return mapText(value);
    case Kind::List:
        return listText(value);
    case Kind::Number:
        return displayNumber(value.get<double>());
    case Kind::Size:
        return displaySize(value);
    default:
        return value.is_string() ? value.get<std::string>() : value.dump();
    }
}

void writeCell(CsvWriter& csv, const Json& value, Kind kind)
{
    if (value.is_null())
        csv.absent();
    else if (kind == Kind::Time)
        csv.time(value.get<std::int64_t>());
    else if (kind == Kind::List)
        csv.text(listText(value));
    else if (value.is_number_float())
        csv.number(value.get<double>());
    else
        csv.text(value.is_string() ? value.get<std::string>() : value.dump());
}

} // namespace

Json textOrNull(const std::string& text)
{
    return text.empty() ? Json() : Json(text);
}

Json timeOrNull(std::int64_t time)
{
    return isKnown(time) ? Json(time) : Json();
}

void RecordList::write(Sink& sink, Format format, std::size_t screenWidth) const
{
    if (format == Format::Csv)
        return writeCsv(sink);
    if (format == Format::Table)
        return writeTable(sink, screenWidth);
    JsonWriter json(sink, JsonWriter::Layout::Lines);
    json.beginArray();
    for (const auto& record : records)
        json.value(record);
    json.endArray();
    json.finish();
}

void RecordList::writeCsv(Sink& sink) const
{
    struct Column
    {
        const RecordField* field;
        std::string member; // of a map
    };
    std::vector<Column> columns;
    for (const auto& field : fields) {
        if (field.kind != Kind::Map) {
            columns.push_back({&field, {}});
            continue;
        }
        std::set<std::string> members;
        for (const auto& record : records) {
            for (const auto& [key, value] : memberOf(record, field.key).items())
                members.insert(key);
        }
        for (const auto& member : members)
            columns.push_back({&field, member});
    }
    CsvWriter csv(sink);
    for (const auto& [field, member] : columns)
        csv.text(field->kind == Kind::Map ? field->key + "." + member : field->key);
    csv.endRow();
    for (const auto& record : records) {
        for (const auto& [field, member] : columns) {
            const auto& value = memberOf(record, field->key);
            writeCell(csv, field->kind == Kind::Map && value.is_object() ? memberOf(value, member) : value,
                      field->kind);
        }
        csv.endRow();
    }
}

void RecordList::writeTable(Sink& sink, std::size_t screenWidth) const
{
    std::vector<TextTable::Column> columns;
    for (const auto& field : fields) {
        bool number = field.kind == Kind::Number || field.kind == Kind::Integer || field.kind == Kind::Size;
        if (!field.title.empty())
            columns.push_back(
                {field.title, number ? TextTable::Align::Right : TextTable::Align::Left,
                 field.kind == Kind::Text || field.kind == Kind::Map || field.kind == Kind::List});
    }
    TextTable table(std::move(columns));
    for (const auto& record : records) {
        std::vector<std::string> cells;
        for (const auto& field : fields) {
            if (!field.title.empty())
                cells.push_back(tableText(memberOf(record, field.key), field.kind));
        }
        table.addRow(std::move(cells));
    }
    if (table.rows() > 0)
        table.write(sink, screenWidth);
    sink.write(counted(records.size(), singular, plural) + "\n");
}

} // namespace sextant::cli
