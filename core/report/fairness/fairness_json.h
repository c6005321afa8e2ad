// The figures of a fairness report as its document has them. Part of the report.
#pragma once

#include "core/report/fairness/disparities.h"

#include <nlohmann/json.hpp>

namespace sextant::fairness {

/// The groups by some columns, of all rows or of one stratum of the control columns.
struct Slice
{
    std::vector<std::string> attributes;
    std::vector<std::pair<std::string, std::string>> control; // empty: all rows
    std::vector<Group> groups;
    std::vector<std::vector<std::string>> values; // of each group: of the attributes
    Confusion overall;
    bool weighted = false; // intervals and tests count rows, so there are none
};

std::string joined(const std::vector<std::string>& names); // "sex, race"
std::string groupName(const std::vector<std::string>& attributes, const std::vector<std::string>& values);
nlohmann::ordered_json pairsJson(const std::vector<std::pair<std::string, std::string>>& pairs);

/// Count, every rate, and where they apply `undefined`, `library` and `intervals`.
nlohmann::ordered_json figuresJson(const Confusion& confusion, bool weighted);
void addGroups(const Slice& slice, nlohmann::ordered_json& byGroup);

nlohmann::ordered_json disparityJson(const Slice& slice, std::string_view metric, std::string_view method,
                                     std::string_view aggregate, const Disparity& disparity,
                                     const std::string& privileged);
/// fairlearn's disparities, between groups and to the overall figure.
void addDisparities(const Slice& slice, nlohmann::ordered_json& disparities);

/// What the numbers mean, by name.
nlohmann::ordered_json fairnessConventions();

} // namespace sextant::fairness
