// ModelFile: what the MLmodel file of a model says of how it was made: the library, Python, MLflow. A value;
// pure.
#pragma once

#include "core/base/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace sextant::registry {

struct ModelFlavor
{
    std::string name;    // "sklearn"
    std::string version; // of the library; may be empty
};

struct ModelFile
{
    std::vector<ModelFlavor> flavors; // python_function left out where there is another
    std::string pythonVersion;
    std::string mlflowVersion;
    std::string modelId; // "m-…"; empty before MLflow 3
};

inline constexpr const char* kModelFileName = "MLmodel";

/// Errors: Corrupt.
Result<ModelFile> readModelFile(std::string_view text);

} // namespace sextant::registry
