// Secret: a passphrase or the text of a private key in memory; wiped when the object goes, never copied,
// never printed.
#pragma once

#include <string_view>
#include <vector>

namespace sextant::ledger {

class Secret
{
public:
    Secret() = default;
    explicit Secret(std::string_view text) : m_bytes(text.begin(), text.end()) {}
    Secret(Secret&&) noexcept = default;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { wipe(); }

    std::string_view view() const { return {m_bytes.data(), m_bytes.size()}; }
    bool empty() const { return m_bytes.empty(); }
    void wipe();

private:
    std::vector<char> m_bytes;
};

} // namespace sextant::ledger
