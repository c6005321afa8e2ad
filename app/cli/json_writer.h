// JsonWriter: writes one JSON document straight into a sink, without building it first.
// Text is UTF-8 (ill-formed bytes become U+FFFD), non-finite numbers are strings, unknown times are null.
#pragma once

#include "app/cli/sink.h"
#include "core/base/time.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>

namespace sextant::cli {

class JsonWriter
{
public:
    enum class Layout {
        Lines,    // a list with each element on a line of its own
        Indented, // for reading
    };

    JsonWriter(Sink& sink, Layout layout);

    void beginObject() { open('{'); }
    void endObject() { close('}'); }
    void beginArray() { open('['); }
    void endArray() { close(']'); }

    void key(std::string_view name);
    /// A key made ready by quoted(), for keys that are written many times.
    void quotedKey(std::string_view ready);

    void string(std::string_view text);
    void integer(std::int64_t value);
    void number(double value);
    void boolean(bool value);
    void null();
    void time(EpochMs value);
    void value(const nlohmann::ordered_json& document);

    void field(std::string_view name, std::string_view text)
    {
        key(name);
        string(text);
    }

    /// Ends the document with a new line.
    void finish();

    static std::string quoted(std::string_view text);

private:
    void open(char bracket);
    void close(char bracket);
    void next();
    void newLine();

    Sink& m_sink;
    int m_breakDepth; // elements down to this depth stand on lines of their own
    int m_depth = 0;
    bool m_first = true;
    bool m_afterKey = false;
};

/// A double as JSON: shortest decimal that reads back, or a string.
void appendNumber(std::string& out, double value);

/// "NaN", "Infinity", "-Infinity", or the shortest decimal: the same words in csv and tables.
std::string numberText(double value);

} // namespace sextant::cli
