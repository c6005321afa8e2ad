// How promotions are printed: as records for programs, in words for people.
#pragma once

#include "app/cli/context.h"
#include "core/registry/promotions.h"

namespace sextant::cli {

/// What an act would do, for --dry-run.
struct ActPreview
{
    std::vector<std::string> sentences;
    std::vector<std::string> obstacles; // why it would be refused
};

void printPromotions(Context& context, const std::vector<registry::Promotion>& promotions);
/// With gates, obstacles and history. `changed`: what is different in the registry since it was asked for.
void printPromotion(Context& context, const registry::Promotion& promotion,
                    const std::vector<std::string>& changed = {});
void printPreview(Context& context, const ActPreview& preview);

} // namespace sextant::cli
