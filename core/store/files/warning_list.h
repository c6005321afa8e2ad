// WarningList: what a store had to skip, each place once. Any thread.
#pragma once

#include "core/store/store_info.h"

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace sextant::files {

class WarningList
{
public:
    void add(std::string where, std::string what);
    std::vector<StoreWarning> all() const;

private:
    mutable std::mutex m_mutex;
    std::vector<StoreWarning> m_warnings;
    std::unordered_set<std::string> m_places;
    std::size_t m_beyond = 0; // more than anyone reads; counted only
};

/// Where something is: a folder of the store and what is below it. The path is made only when a warning needs
/// it.
struct Place
{
    const std::string& root;
    std::string_view experiment; // "12" or ".trash/12"; may be empty
    std::string_view entity;     // run, or "models/m-…"; may be empty

    std::string path(std::string_view below = {}, std::string_view name = {}) const;
};

} // namespace sextant::files
