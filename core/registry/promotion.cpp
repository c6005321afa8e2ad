#include "core/registry/promotion.h"

#include "core/base/number.h"

#include <array>

namespace sextant::registry {

std::string_view toText(PromotionState state)
{
    constexpr std::array<std::string_view, 7> kStates = {"open",     "ready",     "unfinished", "applied",
                                                         "rejected", "withdrawn", "expired"};
    return kStates[static_cast<std::size_t>(state)];
}

Result<std::pair<std::string, std::uint64_t>> parsePromotionId(std::string_view id)
{
    auto hash = id.rfind('#');
    auto number =
        hash == std::string_view::npos || hash == 0 ? std::nullopt : parseInteger(id.substr(hash + 1));
    if (!number || *number < 0)
        return fail(ErrorCode::InvalidArgument, "'" + std::string(id) + "' names no promotion",
                    "They are named MODEL#NUMBER; `sextant promotions list` shows them");
    return std::pair(std::string(id.substr(0, hash)), static_cast<std::uint64_t>(*number));
}

} // namespace sextant::registry
