#include "core/store/files/meta_yaml.h"

#include "core/base/number.h"
#include "core/base/text.h"

#include <algorithm>
#include <yaml-cpp/yaml.h>

namespace sextant::files {

namespace {

bool isNullWord(std::string_view word)
{
    return word.empty() || word == "null" || word == "~" || word == "Null" || word == "NULL";
}

std::string_view withoutTrailingBlanks(std::string_view text)
{
    auto last = text.find_last_not_of(" \t");
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

void appendCodePoint(std::string& text, std::uint32_t code)
{
    if (code < 0x80) {
        text.push_back(static_cast<char>(code));
    } else if (code < 0x800) {
        text.push_back(static_cast<char>(0xC0 | (code >> 6)));
        text.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    } else if (code < 0x10000) {
        text.push_back(static_cast<char>(0xE0 | (code >> 12)));
        text.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
        text.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    } else {
        text.push_back(static_cast<char>(0xF0 | (code >> 18)));
        text.push_back(static_cast<char>(0x80 | ((code >> 12) & 0x3F)));
        text.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
        text.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    }
}

} // namespace

/// Walks the lines of a block mapping. Every function returns false where the text is not what MLflow writes.
class MetaYamlScanner
{
public:
    MetaYamlScanner(MetaYaml& meta, std::string_view text) : m_meta(meta), m_text(text) {}

    bool run()
    {
        while (!m_text.empty()) {
            auto indent = m_text.find_first_not_of(' ');
            if (indent == std::string_view::npos)
                return false;
            bool nested = indent > 0;
            if (nested && (!m_inMap || (m_mapIndent != 0 && indent != m_mapIndent)))
                return false;
            m_mapIndent = nested ? indent : 0;
            m_inMap = m_inMap && nested;
            m_text.remove_prefix(indent);
            if (!entry(indent))
                return false;
        }
        return true;
    }

private:
    bool entry(std::size_t indent)
    {
        MetaYaml::Entry entry;
        entry.nested = indent > 0;
        if (!key(entry.key))
            return false;
        if (m_text.empty() || m_text.front() == '\n')
            return emptyValue(entry, indent);
        if (m_text.front() != ' ')
            return false;
        m_text.remove_prefix(std::min(m_text.find_first_not_of(' '), m_text.size()));
        return value(entry, indent);
    }

    bool key(std::string_view& key)
    {
        if (m_text.front() == '\'')
            return quoted(key) && takeColon();
        // "a:b: c" is a plain key with a colon in it.
        std::size_t end = 0;
        while (end < m_text.size() && m_text[end] != '\n' && !(m_text[end] == ':' && endsWord(end + 1)))
            ++end;
        if (end == m_text.size() || m_text[end] != ':' || end == 0 || !startsPlain(m_text.front()))
            return false;
        key = m_text.substr(0, end);
        m_text.remove_prefix(end + 1);
        return key.find(" #") == std::string_view::npos && key.find('\t') == std::string_view::npos;
    }

    bool takeColon()
    {
        if (m_text.empty() || m_text.front() != ':')
            return false;
        m_text.remove_prefix(1);
        return true;
    }

    /// "key:" and the line ends: null, or a map that follows.
    bool emptyValue(MetaYaml::Entry& entry, std::size_t indent)
    {
        if (!m_text.empty())
            m_text.remove_prefix(1);
        auto next = m_text.find_first_not_of(' ');
        bool deeper = next != std::string_view::npos && next > indent;
        if (deeper && (entry.nested || m_text[next] == '\n'))
            return false;
        if (!m_text.empty() && m_text.front() == '-')
            return false;
        entry.kind = deeper ? MetaYaml::Kind::Map : MetaYaml::Kind::Null;
        m_inMap = deeper || entry.nested;
        m_meta.m_entries.push_back(entry);
        return true;
    }

    bool value(MetaYaml::Entry& entry, std::size_t indent)
    {
        if (m_text.empty())
            return false;
        char first = m_text.front();
        bool taken = false;
        if (first == '\'' || first == '"') {
            entry.kind = MetaYaml::Kind::Quoted;
            taken = (first == '\'' ? quoted(entry.text) : doubleQuoted(entry.text)) && endLine();
        } else if (first == '[' || first == '{') {
            entry.kind = first == '[' ? MetaYaml::Kind::List : MetaYaml::Kind::Map;
            taken = m_text.substr(0, 2) == (first == '[' ? "[]" : "{}");
            m_text.remove_prefix(taken ? 2 : 0);
            taken = taken && endLine();
        } else {
            taken = plain(entry, indent);
        }
        if (taken)
            m_meta.m_entries.push_back(entry);
        return taken;
    }

    static bool startsPlain(char c)
    {
        return std::string_view("-?:,[]{}#&*!|>'\"%@` \t\n").find(c) == std::string_view::npos;
    }

    bool endsWord(std::size_t at) const
    {
        return at >= m_text.size() || m_text[at] == ' ' || m_text[at] == '\n';
    }

    bool plain(MetaYaml::Entry& entry, std::size_t indent)
    {
        bool minus = m_text.size() > 1 && m_text[0] == '-' && m_text[1] != ' ' && m_text[1] != '\n';
        if (!minus && !startsPlain(m_text.front()))
            return false;
        auto end = std::min(m_text.find('\n'), m_text.size());
        auto line = withoutTrailingBlanks(m_text.substr(0, end));
        for (std::size_t at = 0; at < line.size(); ++at)
            if ((line[at] == ':' && endsWord(at + 1)) || (line[at] == '#' && at > 0 && line[at - 1] == ' ') ||
                line[at] == '\t')
                return false;
        m_text.remove_prefix(std::min(end + 1, m_text.size()));
        auto next = m_text.find_first_not_of(' ');
        // A deeper or empty line continues the text.
        if (next != std::string_view::npos && (next > indent || m_text[next] == '\n'))
            return false;
        entry.kind = isNullWord(line) ? MetaYaml::Kind::Null : MetaYaml::Kind::Plain;
        entry.text = line;
        return true;
    }

    bool endLine()
    {
        auto end = std::min(m_text.find('\n'), m_text.size());
        if (m_text.substr(0, end).find_first_not_of(' ') != std::string_view::npos)
            return false;
        m_text.remove_prefix(std::min(end + 1, m_text.size()));
        return true;
    }

    /// A line end inside quotes: one is a blank, each further one a line end; blanks around them are dropped.
    void fold(std::string& text, std::size_t& at) const
    {
        while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
            text.pop_back();
        std::size_t lines = 0;
        for (; at < m_text.size() && (m_text[at] == ' ' || m_text[at] == '\t' || m_text[at] == '\n'); ++at)
            lines += m_text[at] == '\n' ? 1 : 0;
        text.append(lines == 1 ? 0 : lines - 1, '\n');
        if (lines == 1)
            text.push_back(' ');
    }

    bool quoted(std::string_view& result)
    {
        std::size_t end = 1;
        while (end < m_text.size() && m_text[end] != '\'' && m_text[end] != '\n')
            ++end;
        if (end < m_text.size() && m_text[end] == '\'' && m_text.substr(end + 1, 1) != "'") {
            result = m_text.substr(1, end - 1);
            m_text.remove_prefix(end + 1);
            return true;
        }
        std::string text;
        for (std::size_t at = 1; at < m_text.size();) {
            char c = m_text[at];
            if (c == '\n') {
                fold(text, at);
                continue;
            }
            if (c == '\'' && m_text.substr(at + 1, 1) != "'") {
                m_text.remove_prefix(at + 1);
                result = m_meta.keep(std::move(text));
                return true;
            }
            text.push_back(c);
            at += c == '\'' ? 2 : 1;
        }
        return false;
    }

    bool doubleQuoted(std::string_view& result)
    {
        std::string text;
        std::size_t kept = 0; // characters before this came from escapes and are not trimmed
        for (std::size_t at = 1; at < m_text.size();) {
            char c = m_text[at];
            if (c == '"') {
                m_text.remove_prefix(at + 1);
                result = m_meta.keep(std::move(text));
                return true;
            }
            if (c == '\n') {
                std::string tail = text.substr(kept);
                text.resize(kept);
                fold(tail, at);
                text += tail;
            } else if (c == '\\') {
                if (!escape(text, ++at))
                    return false;
                kept = text.size();
            } else {
                text.push_back(c);
                ++at;
            }
        }
        return false;
    }

    bool escape(std::string& text, std::size_t& at) const
    {
        static constexpr std::string_view kNames = "0abtnvfre \"/\\";
        static constexpr std::string_view kCharacters{"\0\a\b\t\n\v\f\r\x1b \"/\\", 13};
        if (at >= m_text.size())
            return false;
        char name = m_text[at++];
        if (name == '\n') { // an escaped line end joins the lines
            at = std::min(m_text.find_first_not_of(' ', at), m_text.size());
            return true;
        }
        if (auto index = kNames.find(name); index != std::string_view::npos) {
            text.push_back(kCharacters[index]);
            return true;
        }
        std::size_t digits = name == 'x' ? 2 : name == 'u' ? 4 : name == 'U' ? 8 : 0;
        if (digits == 0 || at + digits > m_text.size())
            return named(text, name);
        std::uint32_t code = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            auto value = std::string_view("0123456789abcdef").find(static_cast<char>(m_text[at + i] | 0x20));
            if (value == std::string_view::npos)
                return false;
            code = code << 4 | static_cast<std::uint32_t>(value);
        }
        at += digits;
        if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
            return false;
        appendCodePoint(text, code);
        return true;
    }

    static bool named(std::string& text, char name)
    {
        std::uint32_t code = name == 'N'   ? 0x85
                             : name == '_' ? 0xA0
                             : name == 'L' ? 0x2028
                             : name == 'P' ? 0x2029
                                           : 0;
        if (code != 0)
            appendCodePoint(text, code);
        return code != 0;
    }

    MetaYaml& m_meta;
    std::string_view m_text;
    std::size_t m_mapIndent = 0;
    bool m_inMap = false;
};

bool MetaYaml::parse(std::string_view text)
{
    m_entries.clear();
    m_kept.clear();
    if (!isUtf8(text))
        return false;
    // Control characters and carriage returns never come from MLflow's writer.
    bool unusual = false;
    for (char c : text) // without a way out, so that the compiler does many at a time
        unusual |= (static_cast<unsigned char>(c) < 0x20) & (c != '\n');
    if (!unusual && MetaYamlScanner(*this, text).run())
        return !m_entries.empty();
    m_entries.clear();
    m_kept.clear();
    return parseWithLibrary(text);
}

bool MetaYaml::parseWithLibrary(std::string_view text)
{
    constexpr std::size_t kMostUnusualBytes = 1U << 20;
    if (text.size() > kMostUnusualBytes)
        return false;
    auto add = [this](const YAML::Node& key, const YAML::Node& value, bool nested) {
        Entry entry;
        entry.key = keep(key.IsScalar() ? key.Scalar() : std::string());
        entry.nested = nested;
        if (value.IsScalar()) {
            entry.text = keep(value.Scalar());
            bool isQuoted = value.Tag() == "!";
            entry.kind = isQuoted ? Kind::Quoted : isNullWord(entry.text) ? Kind::Null : Kind::Plain;
        } else {
            entry.kind = value.IsSequence() ? Kind::List : value.IsMap() ? Kind::Map : Kind::Null;
        }
        m_entries.push_back(entry);
    };
    try {
        auto document = YAML::Load(std::string(text));
        if (!document.IsMap())
            return false;
        for (const auto& pair : document) {
            add(pair.first, pair.second, false);
            if (pair.second.IsMap())
                for (const auto& child : pair.second)
                    add(child.first, child.second, true);
        }
    } catch (const std::exception&) {
        m_entries.clear();
        return false;
    }
    return !m_entries.empty();
}

const MetaYaml::Entry* MetaYaml::find(std::string_view key) const
{
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry)
        if (!entry->nested &&
            entry->key == key) // of a key that stands twice the last counts, as in the client
            return &*entry;
    return nullptr;
}

std::optional<std::string_view> MetaYaml::text(std::string_view key) const
{
    const auto* entry = find(key);
    if (!entry || (entry->kind != Kind::Plain && entry->kind != Kind::Quoted))
        return std::nullopt;
    return entry->text;
}

std::optional<std::int64_t> MetaYaml::integer(std::string_view key) const
{
    auto word = text(key);
    return word ? parseInteger(*word) : std::nullopt;
}

std::vector<MetaYaml::Entry> MetaYaml::children(std::string_view key) const
{
    std::vector<Entry> found;
    const auto* entry = find(key);
    if (!entry || entry->kind != Kind::Map)
        return found;
    for (++entry; entry != m_entries.data() + m_entries.size() && entry->nested; ++entry)
        found.push_back(*entry);
    return found;
}

} // namespace sextant::files
