// RecordList: a short list of objects (experiments, models, files) and how it is printed in each format.
#pragma once

#include "app/cli/sink.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace sextant::cli {

enum class Format { Table, Csv, Json };

struct RecordField
{
    enum class Kind { Text, Number, Integer, Size, Time, Map, List };

    std::string key;   // in JSON and csv; a map becomes one csv column for each of its keys
    std::string title; // in tables; empty: not shown there
    Kind kind = Kind::Text;
};

struct RecordList
{
    std::string singular, plural; // "experiment", "experiments"
    std::vector<RecordField> fields;
    std::vector<nlohmann::ordered_json> records; // objects

    void write(Sink& sink, Format format, std::size_t screenWidth) const;

private:
    void writeCsv(Sink& sink) const;
    void writeTable(Sink& sink, std::size_t screenWidth) const;
};

/// Null where the text is empty: the store has nothing there.
nlohmann::ordered_json textOrNull(const std::string& text);
nlohmann::ordered_json timeOrNull(std::int64_t time);

template <class Map>
nlohmann::ordered_json mapOf(const Map& map)
{
    auto object = nlohmann::ordered_json::object();
    for (const auto& [key, value] : map)
        object.get_ref<nlohmann::ordered_json::object_t&>().emplace_back(key, value); // a map's keys differ
    return object;
}

} // namespace sextant::cli
