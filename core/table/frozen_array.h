// FrozenArray: an immutable array that shares ownership of its memory, be it a vector or a part of a loaded
// file.
#pragma once

#include <memory>
#include <span>
#include <vector>

namespace sextant {

template <class T>
class FrozenArray
{
public:
    FrozenArray() = default;
    explicit FrozenArray(std::vector<T> items)
    {
        auto owned = std::make_shared<const std::vector<T>>(std::move(items));
        m_items = *owned;
        m_owner = std::move(owned);
    }
    FrozenArray(std::shared_ptr<const void> owner, std::span<const T> items)
        : m_owner(std::move(owner)), m_items(items)
    {
    }

    std::size_t size() const { return m_items.size(); }
    bool empty() const { return m_items.empty(); }
    const T& operator[](std::size_t index) const { return m_items[index]; }
    const T* data() const { return m_items.data(); }
    auto begin() const { return m_items.begin(); }
    auto end() const { return m_items.end(); }
    operator std::span<const T>() const { return m_items; }
    std::span<const T> span() const { return m_items; }

private:
    std::shared_ptr<const void> m_owner;
    std::span<const T> m_items;
};

} // namespace sextant
