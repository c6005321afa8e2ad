// A table in a file, and the fairness report on it as a document.
#pragma once

#include "core/report/fairness/fairness.h"
#include "tests/store/temporary_folder.h"

#include <gtest/gtest.h>

namespace sextant::test {

using Json = nlohmann::ordered_json;

class FairnessWorld : public ::testing::Test
{
protected:
    FairnessWorld()
    {
        options.label = "y";
        options.prediction = "p";
        options.sensitive = {"sex"};
    }

    Result<Json> report(const std::string& csv)
    {
        options.data = folder.write("data.csv", csv);
        auto made = fairnessReport(options, {});
        if (!made)
            return forward(made);
        return toDocument(*made);
    }

    /// The disparity of all rows by these attributes.
    static Json disparity(const Json& report, const std::string& metric, const std::vector<std::string>& by,
                          const std::string& method = "between_groups", const Json& aggregate = nullptr,
                          const Json& control = nullptr)
    {
        for (const auto& one : report["disparities"])
            if (one["metric"] == metric && one["attributes"] == Json(by) && one["method"] == method &&
                one["aggregate"] == aggregate && one.value("control", Json()) == control)
                return one;
        ADD_FAILURE() << "no " << metric;
        return {};
    }

    static Json group(const Json& report, const Json& wanted)
    {
        for (const auto& one : report["by_group"])
            if (one["group"] == wanted)
                return one;
        ADD_FAILURE() << "no group " << wanted;
        return {};
    }

    TemporaryFolder folder;
    FairnessOptions options;
};

} // namespace sextant::test
