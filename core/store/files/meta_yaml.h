// MetaYaml: the mapping in a meta.yaml as MLflow writes it, flat but for one level of maps (tags, aliases).
// Parsed by hand, ten times faster than a YAML library; anything unusual goes to the library.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::files {

class MetaYaml
{
public:
    enum class Kind : std::uint8_t { Null, Plain, Quoted, List, Map };

    struct Entry
    {
        std::string_view key;
        std::string_view text; // of Plain and Quoted
        Kind kind = Kind::Null;
        bool nested = false; // belongs to the last map before it
    };

    /// False when the text is no YAML mapping. `text` must outlive the object's use.
    bool parse(std::string_view text);

    const std::vector<Entry>& entries() const { return m_entries; }
    bool has(std::string_view key) const { return find(key) != nullptr; }

    /// Null and missing are alike.
    std::optional<std::string_view> text(std::string_view key) const;
    std::optional<std::int64_t> integer(std::string_view key) const;
    std::string textOr(std::string_view key, std::string_view other = {}) const
    {
        return std::string(text(key).value_or(other));
    }

    /// The entries of a map.
    std::vector<Entry> children(std::string_view key) const;

private:
    friend class MetaYamlScanner;
    const Entry* find(std::string_view key) const;
    bool parseWithLibrary(std::string_view text);
    std::string_view keep(std::string text) { return m_kept.emplace_back(std::move(text)); }

    std::vector<Entry> m_entries;
    std::deque<std::string> m_kept; // texts that are not a piece of the file
};

} // namespace sextant::files
