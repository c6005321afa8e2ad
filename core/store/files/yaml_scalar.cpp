#include "core/store/files/yaml_scalar.h"

#include <array>
#include <cstdint>
#include <re2/re2.h>

namespace sextant::files {

namespace {

constexpr std::size_t kBestWidth = 80;
constexpr std::size_t kIndent = 2;

std::size_t characterLength(std::string_view text)
{
    auto lead = static_cast<unsigned char>(text.front());
    std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return std::min(length, text.size());
}

std::uint32_t codePoint(std::string_view character)
{
    auto lead = static_cast<unsigned char>(character.front());
    if (character.size() == 1)
        return lead;
    std::uint32_t code = lead & (0xFFU >> (character.size() + 1));
    for (char c : character.substr(1))
        code = code << 6 | (static_cast<unsigned char>(c) & 0x3FU);
    return code;
}

bool isBreak(std::uint32_t code)
{
    return code == '\n' || code == '\r' || code == 0x85 || code == 0x2028 || code == 0x2029;
}

/// What libyaml takes for printable: nothing beyond the basic plane.
bool isPrintable(std::uint32_t code)
{
    return code == '\n' || (code >= 0x20 && code <= 0x7E) || (code >= 0xA0 && code <= 0xD7FF) ||
           (code >= 0xE000 && code <= 0xFFFD && code != 0xFEFF);
}

bool isBlankOrEnd(std::string_view rest)
{
    if (rest.empty())
        return true;
    auto code = codePoint(rest.substr(0, characterLength(rest)));
    return code == ' ' || code == '\t' || code == 0 || isBreak(code);
}

/// Words that a reader would take for something else than text (YAML 1.1 as PyYAML resolves it).
bool looksLikeOtherType(std::string_view text)
{
    static const RE2 kOther(
        "yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"
        "|[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
        "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)"
        "|[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-"
        "5]?[0-9])+"
        "|<<|=|~|null|Null|NULL|"
        "|[0-9]{4}-[0-9]{2}-[0-9]{2}"
        "|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \\t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?"
        "(?:[ \\t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?");
    return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), kOther);
}

struct Styles
{
    bool plain = true;
    bool single = true;
};

/// libyaml's yaml_emitter_analyze_scalar for block context.
Styles allowedStyles(std::string_view text)
{
    Styles allowed;
    bool indicators = text.starts_with("---") || text.starts_with("...");
    bool breaks = false, special = false, spaceBreak = false, breakSpace = false;
    bool previousSpace = false, previousBreak = false, afterBlank = true;
    bool outerBlank = false;
    for (std::size_t at = 0; at < text.size();) {
        auto length = characterLength(text.substr(at));
        auto code = codePoint(text.substr(at, length));
        bool first = at == 0, last = at + length == text.size();
        bool beforeBlank = isBlankOrEnd(text.substr(at + length));
        char ascii = code < 0x80 ? static_cast<char>(code) : 'x';
        if (first)
            indicators = indicators ||
                         std::string_view("#,[]{}&*!|>'\"%@`").find(ascii) != std::string_view::npos ||
                         ((ascii == '?' || ascii == ':' || ascii == '-') && beforeBlank);
        else
            indicators = indicators || (ascii == ':' && beforeBlank) || (ascii == '#' && afterBlank);
        special = special || !isPrintable(code);
        bool space = code == ' ', lineBreak = isBreak(code);
        breaks = breaks || lineBreak;
        outerBlank = outerBlank || ((first || last) && (space || lineBreak));
        breakSpace = breakSpace || (space && previousBreak);
        spaceBreak = spaceBreak || (lineBreak && previousSpace);
        previousSpace = space;
        previousBreak = lineBreak;
        afterBlank = space || code == '\t' || code == 0 || lineBreak;
        at += length;
    }
    allowed.plain = !outerBlank && !breakSpace && !spaceBreak && !special && !breaks && !indicators;
    allowed.single = !breakSpace && !spaceBreak && !special;
    return allowed;
}

class Writer
{
public:
    explicit Writer(std::size_t column) : m_column(column) {}
    void put(std::string_view character)
    {
        m_out.append(character);
        ++m_column;
        m_indented = false;
    }
    void putBreak(std::string_view character)
    {
        m_out.append(character);
        m_column = 0;
        m_indented = true;
    }
    void indent()
    {
        if (!m_indented || m_column > kIndent)
            putBreak("\n");
        m_out.append(kIndent - m_column, ' ');
        m_column = kIndent;
        m_indented = true;
    }
    bool beyondWidth() const { return m_column > kBestWidth; }
    std::string take() { return std::move(m_out); }

private:
    std::string m_out;
    std::size_t m_column;
    bool m_indented = false;
};

std::string writePlainOrSingle(std::string_view text, std::size_t column, bool quoted)
{
    Writer writer(column);
    if (quoted)
        writer.put("'");
    bool spaces = false, breaks = false;
    for (std::size_t at = 0; at < text.size();) {
        auto length = characterLength(text.substr(at));
        auto character = text.substr(at, length);
        bool inside = !quoted || (at != 0 && at + 1 != text.size());
        if (character == " ") {
            bool foldHere = !spaces && writer.beyondWidth() && inside && text.substr(at + 1, 1) != " ";
            foldHere ? writer.indent() : writer.put(character);
            spaces = true;
        } else if (isBreak(codePoint(character))) {
            if (!breaks && character == "\n")
                writer.putBreak("\n");
            writer.putBreak(character);
            breaks = true;
        } else {
            if (breaks)
                writer.indent();
            if (quoted && character == "'")
                writer.put("'");
            writer.put(character);
            spaces = breaks = false;
        }
        at += length;
    }
    if (quoted && breaks)
        writer.indent();
    if (quoted)
        writer.put("'");
    return writer.take();
}

std::string escaped(std::uint32_t code)
{
    static constexpr std::array<std::pair<std::uint32_t, char>, 15> kShort{{{0, '0'},
                                                                            {7, 'a'},
                                                                            {8, 'b'},
                                                                            {9, 't'},
                                                                            {10, 'n'},
                                                                            {11, 'v'},
                                                                            {12, 'f'},
                                                                            {13, 'r'},
                                                                            {27, 'e'},
                                                                            {'"', '"'},
                                                                            {'\\', '\\'},
                                                                            {0x85, 'N'},
                                                                            {0xA0, '_'},
                                                                            {0x2028, 'L'},
                                                                            {0x2029, 'P'}}};
    for (const auto& [value, letter] : kShort)
        if (value == code)
            return {'\\', letter};
    std::string text = code <= 0xFF ? "\\x" : code <= 0xFFFF ? "\\u" : "\\U";
    for (int shift = code <= 0xFF ? 4 : code <= 0xFFFF ? 12 : 28; shift >= 0; shift -= 4)
        text.push_back("0123456789ABCDEF"[(code >> shift) & 0xF]);
    return text;
}

std::string writeDouble(std::string_view text, std::size_t column)
{
    Writer writer(column);
    writer.put("\"");
    bool spaces = false;
    for (std::size_t at = 0; at < text.size();) {
        auto length = characterLength(text.substr(at));
        auto character = text.substr(at, length);
        auto code = codePoint(character);
        if (!isPrintable(code) || isBreak(code) || code == '"' || code == '\\') {
            for (char c : escaped(code))
                writer.put({&c, 1});
            spaces = false;
        } else if (code == ' ') {
            if (!spaces && writer.beyondWidth() && at != 0 && at + 1 != text.size()) {
                writer.indent();
                if (text.substr(at + 1, 1) == " ")
                    writer.put("\\");
            } else {
                writer.put(character);
            }
            spaces = true;
        } else {
            writer.put(character);
            spaces = false;
        }
        at += length;
    }
    writer.put("\"");
    return writer.take();
}

} // namespace

std::string yamlScalar(std::string_view text, std::size_t column)
{
    auto allowed = allowedStyles(text);
    if (!allowed.single)
        return writeDouble(text, column);
    bool plain = allowed.plain && !looksLikeOtherType(text);
    return writePlainOrSingle(text, column, !plain);
}

} // namespace sextant::files
