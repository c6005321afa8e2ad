#include "core/store/registry_rules.h"

#include "core/base/text.h"
#include "core/store/tag_rules.h"

#include <algorithm>
#include <charconv>

namespace sextant {
namespace {

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

bool looksLikeVersion(std::string_view alias)
{
    return alias.size() > 1 && (alias.front() == 'v' || alias.front() == 'V') &&
           std::all_of(alias.begin() + 1, alias.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool whole = error == std::errc() && end == text.data() + text.size() && number > 0;
    return whole ? std::optional(number) : std::nullopt;
}

constexpr std::string_view kModelScheme = "models:";

} // namespace

Result<void> checkModelName(std::string_view name)
{
    auto refuse = [&](std::string hint) {
        return fail(ErrorCode::InvalidArgument, "A model can't be named '" + toUtf8(name) + "'",
                    std::move(hint));
    };
    if (!isUtf8(name))
        return refuse("Convert the name to UTF-8 first");
    if (trim(name).empty())
        return refuse("Give it at least one character");
    if (name.find_first_of("/:%") != std::string_view::npos)
        return refuse("Names can't contain '/', ':' or '%'");
    if (name.starts_with("..") || name == ".")
        return refuse("Names may become folders, and must not mean another one");
    if (name.find('\0') != std::string_view::npos)
        return refuse("Names can't contain the character zero");
    return {};
}

Result<void> checkAlias(std::string_view alias)
{
    auto refuse = [&](std::string hint) {
        return fail(ErrorCode::InvalidArgument, "An alias can't be named '" + toUtf8(alias) + "'",
                    std::move(hint));
    };
    if (alias.empty() || !hasOnlyWordsAnd(alias, "-"))
        return refuse("Names may only contain alphanumerics, underscores (_), and dashes (-)");
    if (characters(alias) > kLongestAlias)
        return refuse("A name has at most " + std::to_string(kLongestAlias) + " characters");
    if (foldCase(alias) == "latest" || looksLikeVersion(alias))
        return refuse("MLflow reserves 'latest' and names like v1 for itself");
    return {};
}

Result<void> checkRegistryTag(std::string_view key, std::string_view value, std::size_t longestValue)
{
    SEXTANT_CHECK(checkTagKey(key));
    SEXTANT_CHECK(checkTagValue(value));
    if (auto length = characters(value); length > longestValue)
        return fail(ErrorCode::InvalidArgument,
                    "The value of the tag '" + std::string(key) + "' has " + std::to_string(length) +
                        " characters",
                    "This store takes at most " + std::to_string(longestValue));
    return {};
}

Result<void> checkModelTags(const TagMap& tags, std::size_t longestValue)
{
    for (const auto& [key, value] : tags)
        SEXTANT_CHECK(checkRegistryTag(key, value, longestValue));
    if (auto prompt = tags.find("mlflow.prompt.is_prompt"); prompt != tags.end() && prompt->second == "true")
        return fail(ErrorCode::InvalidArgument, "A prompt can't be made as a model",
                    "Make prompts with MLflow");
    return {};
}

Result<void> checkDescription(std::string_view text)
{
    if (!isUtf8(text))
        return fail(ErrorCode::InvalidArgument, "The description is not valid UTF-8",
                    "Convert it to UTF-8 first");
    return {};
}

Result<void> checkTransition(Stage stage, bool archiveExisting)
{
    if (stage == Stage::DeletedInternal)
        return fail(ErrorCode::InvalidArgument, "A version can't be moved to that stage",
                    "The stages are None, Staging, Production and Archived");
    if (archiveExisting && stage != Stage::Staging && stage != Stage::Production)
        return fail(ErrorCode::InvalidArgument,
                    "Other versions can't be archived because '" + std::string(toText(stage)) +
                        "' is not an active stage",
                    "The active stages are Staging and Production");
    return {};
}

tl::unexpected<Error> noSuchModel(const std::string& name)
{
    return fail(ErrorCode::NotFound, "There is no registered model '" + toUtf8(name) + "'",
                "`sextant models list` shows all");
}

tl::unexpected<Error> noSuchVersion(const std::string& name, std::int64_t version, bool wasDeleted)
{
    auto subject = "Version " + std::to_string(version) + " of the model '" + toUtf8(name) + "'";
    return fail(ErrorCode::NotFound, wasDeleted ? subject + " was deleted" : subject + " was not found",
                "`sextant models versions` lists the versions");
}

tl::unexpected<Error> isPromptNotModel(const std::string& name)
{
    return fail(ErrorCode::NotFound, "'" + toUtf8(name) + "' is a prompt, not a model",
                "Change prompts with MLflow");
}

tl::unexpected<Error> modelExists(const std::string& name)
{
    return fail(ErrorCode::AlreadyExists, "There is a registered model '" + toUtf8(name) + "' already",
                "Choose another name, or add a version to it");
}

tl::unexpected<Error> promptExists(const std::string& name)
{
    return fail(ErrorCode::AlreadyExists, "There is a prompt '" + toUtf8(name) + "' already",
                "A model and a prompt can't have the same name");
}

tl::unexpected<Error> storeIsLocked()
{
    return fail(ErrorCode::ReadOnly, "This store is open for reading only",
                "Unlock it before changing anything");
}

bool isModelSource(std::string_view source)
{
    return foldCase(source.substr(0, kModelScheme.size())) == kModelScheme;
}

Result<ModelSource> parseModelSource(std::string_view source)
{
    auto rest = source.substr(std::min(source.size(), kModelScheme.size()));
    while (rest.starts_with('/'))
        rest.remove_prefix(1);
    auto slash = rest.rfind('/');
    if (!rest.empty() && slash == std::string_view::npos && rest.find('@') == std::string_view::npos)
        return ModelSource{std::string(rest), {}, 0};
    if (slash != std::string_view::npos && slash > 0)
        if (auto version = wholeNumber(rest.substr(slash + 1)))
            return ModelSource{{}, std::string(rest.substr(0, slash)), *version};
    return fail(ErrorCode::InvalidArgument, "'" + toUtf8(source) + "' names no version of a model",
                "Write models:/NAME/VERSION, or models:/m-… for a logged model");
}

} // namespace sextant
