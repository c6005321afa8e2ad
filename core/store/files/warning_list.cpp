#include "core/store/files/warning_list.h"

#include "core/base/text.h"

namespace sextant::files {

namespace {
constexpr std::size_t kMostWarnings = 5000;
}

void WarningList::add(std::string where, std::string what)
{
    where = toUtf8(where);
    std::lock_guard lock(m_mutex);
    if (!m_places.insert(where).second)
        return;
    if (m_warnings.size() < kMostWarnings)
        m_warnings.push_back({std::move(where), std::move(what)});
    else
        ++m_beyond;
}

std::vector<StoreWarning> WarningList::all() const
{
    std::lock_guard lock(m_mutex);
    auto warnings = m_warnings;
    if (m_beyond > 0)
        warnings.push_back({"", std::to_string(m_beyond) + " more places could not be read as they should"});
    return warnings;
}

std::string Place::path(std::string_view below, std::string_view name) const
{
    std::string path = root;
    for (auto part : {experiment, entity, below, name})
        if (!part.empty())
            path.append("/").append(part);
    return path;
}

} // namespace sextant::files
