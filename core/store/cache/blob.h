// Blob files of the caches: arrays one after another, each aligned to eight bytes, so that a file read into
// memory is used in place. A file is whole or not there: written beside and renamed, and checked by a hash of
// every byte when read.
#pragma once

#include "core/table/frozen_array.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace sextant {

enum class BlobKind : std::uint32_t { Runs = 1, History = 2 };

/// Collects what is to be written. Arrays are referred to, not copied: they must live until `save`.
class BlobWriter
{
public:
    template <class T>
    void array(std::span<const T> items)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        number(items.size());
        add({reinterpret_cast<const char*>(items.data()), items.size_bytes()});
    }
    void text(std::string_view text) { array(std::span(text.data(), text.size())); }
    void number(std::uint64_t value);

    /// Writes to a file of another name first. False when that fails, a full disk included; nothing is left
    /// behind then.
    bool save(const std::string& file, BlobKind kind) const;

private:
    void add(std::string_view bytes);

    std::vector<std::string_view> m_parts;
    std::deque<std::uint64_t> m_numbers; // parts point here
    std::uint64_t m_size = 0;
};

/// Reads what a BlobWriter wrote, in the same order. After anything that does not fit `good()` is false and
/// all else empty.
class BlobReader
{
public:
    /// Empty when the file is missing, of another version, or damaged in any byte.
    static std::optional<BlobReader> open(const std::string& file, BlobKind kind);

    template <class T>
    FrozenArray<T> array()
    {
        static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
        auto bytes = take(number(), sizeof(T));
        return {m_memory, std::span(reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T))};
    }
    std::string_view text();
    std::uint64_t number();
    bool good() const { return m_good; }
    bool atEnd() const { return m_good && m_rest.empty(); }

private:
    std::string_view take(std::uint64_t count, std::size_t itemSize);

    std::shared_ptr<const void> m_memory;
    std::string_view m_rest;
    bool m_good = true;
};

} // namespace sextant
