#include "core/registry/gates/json_path.h"

#include "core/base/number.h"
#include "core/base/text.h"

namespace sextant::registry {

namespace {

using Json = nlohmann::ordered_json;

std::string unescaped(std::string_view part)
{
    std::string text;
    for (std::size_t i = 0; i < part.size(); ++i) {
        bool escape = part[i] == '~' && i + 1 < part.size();
        text += !escape ? part[i] : part[i + 1] == '0' ? '~' : '/';
        i += escape ? 1 : 0;
    }
    return text;
}

const Json* inside(const Json& value, const std::string& key)
{
    if (value.is_object()) {
        auto found = value.find(key);
        return found == value.end() ? nullptr : &*found;
    }
    if (!value.is_array() || key.empty() || key.size() > 9 ||
        key.find_first_not_of("0123456789") != std::string::npos || (key.size() > 1 && key[0] == '0'))
        return nullptr;
    auto index = static_cast<std::size_t>(parseInteger(key).value_or(0));
    return index < value.size() ? &value[index] : nullptr;
}

} // namespace

bool isJsonPointer(std::string_view pointer)
{
    if (!pointer.empty() && pointer.front() != '/')
        return false;
    for (std::size_t i = 0; i < pointer.size(); ++i)
        if (pointer[i] == '~' &&
            (i + 1 == pointer.size() || (pointer[i + 1] != '0' && pointer[i + 1] != '1')))
            return false;
    return true;
}

const Json* atPointer(const Json& document, std::string_view pointer)
{
    const Json* at = &document;
    if (pointer.empty())
        return at;
    for (auto part : split(pointer.substr(1), '/'))
        if (!(at = inside(*at, unescaped(part))))
            return nullptr;
    return at;
}

const Json* atName(const Json& document, std::string_view name)
{
    const Json* at = &document;
    for (auto part : split(name, '.'))
        if (!(at = inside(*at, std::string(part))))
            return nullptr;
    return at;
}

} // namespace sextant::registry
