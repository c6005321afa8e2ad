#include "core/registry/gates/model_signature.h"

#include "core/base/strict_json.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>

namespace sextant::registry {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostBytes = std::size_t{1} << 22;
constexpr JsonLimits kLimits{kMostBytes, 64};

std::string textAt(const Json& object, const char* key)
{
    auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>()
                                                                             : std::string();
}

bool isRequired(const Json& spec)
{
    auto required = spec.find("required");
    if (required != spec.end() && required->is_boolean())
        return required->get<bool>();
    auto optional = spec.find("optional"); // as older clients wrote it
    return optional == spec.end() || !optional->is_boolean() || !optional->get<bool>();
}

std::string typeOf(const Json& spec);

std::string objectType(const Json& properties)
{
    std::string text;
    if (properties.is_object())
        for (const auto& [name, spec] : properties.items())
            text += (text.empty() ? "" : ", ") + name + ": " + typeOf(spec) +
                    (spec.is_object() && !isRequired(spec) ? "?" : "");
    return "object(" + text + ")";
}

std::string typeOf(const Json& spec)
{
    if (spec.is_string())
        return spec.get<std::string>();
    if (!spec.is_object())
        return "unknown";
    auto type = textAt(spec, "type");
    if (type == "array")
        return "array(" + typeOf(spec.value("items", Json())) + ")";
    if (type == "map")
        return "map(" + typeOf(spec.value("values", Json())) + ")";
    if (type == "object")
        return objectType(spec.value("properties", Json()));
    if (type != "tensor")
        return type.empty() ? "unknown" : type;
    auto tensor = spec.value("tensor-spec", Json());
    auto shape = tensor.is_object() ? tensor.value("shape", Json::array()) : Json::array();
    std::string sizes;
    for (const auto& size : shape)
        sizes += (sizes.empty() ? "" : ", ") + size.dump(-1, ' ', false, Json::error_handler_t::replace);
    return "tensor(" + textAt(tensor, "dtype") + ", [" + sizes + "])";
}

Result<std::vector<SignatureField>> readFields(const YAML::Node& signature, const char* part)
{
    std::vector<SignatureField> fields;
    auto node = signature[part];
    if (!node || node.IsNull())
        return fields;
    if (!node.IsScalar())
        return fail(ErrorCode::Corrupt, std::string("The signature's ") + part + " are no text");
    SEXTANT_TRY(auto list, parseStrictJson(node.Scalar(), std::string("The signature's ") + part, kLimits));
    if (list.is_null())
        return fields;
    if (!list.is_array())
        return fail(ErrorCode::Corrupt, std::string("The signature's ") + part + " are no list");
    for (const auto& spec : list) {
        auto type = typeOf(spec);
        if (spec.is_object() && spec.contains("shape") && !spec["shape"].is_null())
            type = "array(" + type + ")"; // a parameter
        fields.push_back({textAt(spec, "name"), type, !spec.is_object() || isRequired(spec)});
    }
    return fields;
}

Result<ModelSignature> readFrom(const YAML::Node& document)
{
    auto signature = document.IsMap() ? document["signature"] : YAML::Node();
    if (!signature || !signature.IsMap())
        return fail(ErrorCode::NotFound, "The model has no signature",
                    "Log it with signature=infer_signature(…)");
    ModelSignature read;
    SEXTANT_TRY(read.inputs, readFields(signature, "inputs"));
    SEXTANT_TRY(read.outputs, readFields(signature, "outputs"));
    SEXTANT_TRY(read.params, readFields(signature, "params"));
    if (read.inputs.empty() && read.outputs.empty())
        return fail(ErrorCode::NotFound, "The model's signature names no inputs and no outputs");
    return read;
}

/// By name; what has none, by its place.
const SignatureField* partnerOf(const std::vector<SignatureField>& fields, const SignatureField& field,
                                std::size_t place)
{
    if (field.name.empty())
        return place < fields.size() && fields[place].name.empty() ? &fields[place] : nullptr;
    auto found = std::find_if(fields.begin(), fields.end(),
                              [&](const SignatureField& other) { return other.name == field.name; });
    return found == fields.end() ? nullptr : &*found;
}

std::string named(const char* kind, const SignatureField& field, std::size_t place)
{
    return std::string(kind) + " " +
           (field.name.empty() ? std::to_string(place + 1) : "'" + field.name + "'");
}

void compareInputs(const std::vector<SignatureField>& candidate, const std::vector<SignatureField>& champion,
                   const char* kind, std::vector<std::string>& problems)
{
    for (std::size_t i = 0; i < candidate.size(); ++i) {
        const auto& field = candidate[i];
        const auto* before = partnerOf(champion, field, i);
        if (!before && field.required)
            problems.push_back("the " + named(kind, field, i) + " is new and required");
        else if (before && before->type != field.type)
            problems.push_back("the " + named(kind, field, i) + " was " + before->type + " and is " +
                               field.type);
        else if (before && field.required && !before->required)
            problems.push_back("the " + named(kind, field, i) + " was optional and is required");
    }
    for (std::size_t i = candidate.size(); i < champion.size(); ++i)
        if (champion[i].name.empty())
            problems.push_back("the " + named(kind, champion[i], i) + ", known by its place, is gone");
}

} // namespace

Result<ModelSignature> readModelSignature(std::string_view mlmodel)
{
    if (mlmodel.size() > kMostBytes)
        return fail(ErrorCode::Corrupt, "The MLmodel file is too large");
    try {
        return readFrom(YAML::Load(std::string(mlmodel)));
    } catch (const std::exception& error) {
        return fail(ErrorCode::Corrupt, "The MLmodel file is no YAML", "Compare it with the run's artifacts",
                    error.what());
    }
}

std::vector<std::string> incompatibilities(const ModelSignature& candidate, const ModelSignature& champion)
{
    std::vector<std::string> problems;
    compareInputs(candidate.inputs, champion.inputs, "input", problems);
    compareInputs(candidate.params, champion.params, "parameter", problems);
    for (std::size_t i = 0; i < champion.outputs.size(); ++i) {
        const auto& field = champion.outputs[i];
        const auto* now = partnerOf(candidate.outputs, field, i);
        if (!now)
            problems.push_back("the " + named("output", field, i) + " is gone");
        else if (now->type != field.type)
            problems.push_back("the " + named("output", field, i) + " was " + field.type + " and is " +
                               now->type);
    }
    return problems;
}

} // namespace sextant::registry
