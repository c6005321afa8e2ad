#include "core/registry/model_file.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace sextant::registry {

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 22;

std::string textAt(const YAML::Node& map, const std::string& key)
{
    auto value = map.IsMap() ? map[key] : YAML::Node();
    return value && value.IsScalar() ? value.Scalar() : std::string();
}

ModelFile fileOf(const YAML::Node& root)
{
    ModelFile file;
    file.mlflowVersion = textAt(root, "mlflow_version");
    file.modelId = textAt(root, "model_id");
    auto flavors = root["flavors"];
    if (!flavors || !flavors.IsMap())
        return file;
    for (const auto& flavor : flavors) {
        if (!flavor.first.IsScalar())
            continue;
        auto name = flavor.first.Scalar();
        if (name == "python_function")
            file.pythonVersion = textAt(flavor.second, "python_version");
        auto version = textAt(flavor.second, name + "_version");
        file.flavors.push_back({name, version.empty() ? textAt(flavor.second, "lib_version") : version});
    }
    if (file.flavors.size() > 1)
        std::erase_if(file.flavors,
                      [](const ModelFlavor& flavor) { return flavor.name == "python_function"; });
    return file;
}

} // namespace

Result<ModelFile> readModelFile(std::string_view text)
{
    auto corrupt = [](const std::string& why) {
        return fail(ErrorCode::Corrupt, "The MLmodel file can't be read", "Look at it with a text editor",
                    why);
    };
    if (text.size() > kMostBytes)
        return corrupt("larger than 4 MiB");
    try {
        auto root = YAML::Load(std::string(text));
        if (!root.IsMap())
            return corrupt("no map");
        return fileOf(root);
    } catch (const YAML::Exception& exception) {
        return corrupt(exception.what());
    }
}

} // namespace sextant::registry
