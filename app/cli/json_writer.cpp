#include "app/cli/json_writer.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>

namespace sextant::cli {

namespace {

bool isPlain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

void appendEscape(std::string& out, unsigned char c)
{
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        break;
    }
    constexpr char kDigits[] = "0123456789abcdef";
    out += "\\u00";
    out += kDigits[c >> 4];
    out += kDigits[c & 15];
}

void appendEscaped(std::string& out, std::string_view text)
{
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || isPlain(byte))
            out += c;
        else
            appendEscape(out, byte);
    }
}

void appendQuoted(std::string& out, std::string_view text)
{
    bool plain = true, ascii = true;
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        plain &= isPlain(byte);
        ascii &= byte < 0x80;
    }
    out += '"';
    if (plain)
        out += text;
    else if (ascii || isUtf8(text))
        appendEscaped(out, text);
    else
        appendEscaped(out, toUtf8(text));
    out += '"';
}

template <class T>
void appendChars(std::string& out, T value)
{
    char digits[32];
    auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

/// A number that has no fraction keeps one, so that readers see a double.
void appendFinite(std::string& out, double value)
{
    auto begin = out.size();
    appendChars(out, value);
    if (out.find_first_of(".e", begin) == std::string::npos)
        out += ".0";
}

std::string_view nonFiniteName(double value)
{
    return std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

} // namespace

void appendNumber(std::string& out, double value)
{
    if (std::isfinite(value)) {
        appendFinite(out, value);
        return;
    }
    out += '"';
    out += nonFiniteName(value);
    out += '"';
}

std::string numberText(double value)
{
    std::string out;
    if (std::isfinite(value))
        appendFinite(out, value);
    else
        out = nonFiniteName(value);
    return out;
}

JsonWriter::JsonWriter(Sink& sink, Layout layout)
    : m_sink(sink), m_breakDepth(layout == Layout::Lines ? 1 : 16)
{
}

void JsonWriter::newLine()
{
    m_sink.buffer() += '\n';
    if (m_breakDepth > 1)
        m_sink.buffer().append(static_cast<std::size_t>(m_depth) * 2, ' ');
}

void JsonWriter::next()
{
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (!m_first)
        m_sink.buffer() += ',';
    if (m_depth > 0 && m_depth <= m_breakDepth)
        newLine();
    m_first = false;
}

void JsonWriter::open(char bracket)
{
    next();
    m_sink.buffer() += bracket;
    ++m_depth;
    m_first = true;
}

void JsonWriter::close(char bracket)
{
    --m_depth;
    if (!m_first && m_depth < m_breakDepth)
        newLine();
    m_sink.buffer() += bracket;
    m_first = false;
    m_sink.passOn();
}

void JsonWriter::key(std::string_view name)
{
    next();
    appendQuoted(m_sink.buffer(), name);
    m_sink.buffer() += m_breakDepth > 1 ? ": " : ":";
    m_afterKey = true;
}

void JsonWriter::quotedKey(std::string_view ready)
{
    next();
    m_sink.buffer() += ready;
    m_sink.buffer() += ':';
    m_afterKey = true;
}

void JsonWriter::string(std::string_view text)
{
    next();
    appendQuoted(m_sink.buffer(), text);
}

void JsonWriter::integer(std::int64_t value)
{
    next();
    appendChars(m_sink.buffer(), value);
}

void JsonWriter::number(double value)
{
    next();
    appendNumber(m_sink.buffer(), value);
}

void JsonWriter::boolean(bool value)
{
    next();
    m_sink.buffer() += value ? "true" : "false";
}

void JsonWriter::null()
{
    next();
    m_sink.buffer() += "null";
}

void JsonWriter::time(EpochMs value)
{
    if (isKnown(value))
        integer(value);
    else
        null();
}

void JsonWriter::value(const nlohmann::ordered_json& document)
{
    using Kind = nlohmann::ordered_json::value_t;
    switch (document.type()) {
    case Kind::object:
        beginObject();
        for (const auto& [name, member] : document.items()) {
            key(name);
            value(member);
        }
        endObject();
        return;
    case Kind::array:
        beginArray();
        for (const auto& element : document)
            value(element);
        endArray();
        return;
    case Kind::string:
        string(document.get_ref<const std::string&>());
        return;
    case Kind::boolean:
        boolean(document.get<bool>());
        return;
    case Kind::number_float:
        number(document.get<double>());
        return;
    case Kind::number_integer:
    case Kind::number_unsigned:
        integer(document.get<std::int64_t>());
        return;
    default:
        null();
        return;
    }
}

void JsonWriter::finish()
{
    m_sink.buffer() += '\n';
    m_sink.passOn();
}

std::string JsonWriter::quoted(std::string_view text)
{
    std::string out;
    appendQuoted(out, text);
    return out;
}

} // namespace sextant::cli
