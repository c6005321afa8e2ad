// Templates of gates and rules that come with the program, as texts: resources/gates and resources/rules.
#pragma once

#include <string_view>
#include <vector>

namespace sextant::registry {

struct Template
{
    std::string_view name; // "better-than-champion"
    std::string_view text; // JSON
};

const std::vector<Template>& gateTemplates();
const std::vector<Template>& rulesTemplates();
/// Null when there is none.
const Template* findTemplate(const std::vector<Template>& templates, std::string_view name);

} // namespace sextant::registry
