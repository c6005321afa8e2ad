#include "core/registry/target.h"

#include "core/base/number.h"

namespace sextant::registry {

namespace {

constexpr std::string_view kStage = "stage:";
constexpr std::string_view kAlias = "alias:";

} // namespace

Result<Target> Target::parse(std::string_view text)
{
    if (text.starts_with(kAlias) && text.size() > kAlias.size())
        return of(std::string(text.substr(kAlias.size())));
    auto stage = text.starts_with(kStage) ? stageFrom(text.substr(kStage.size())) : std::nullopt;
    if (!stage || *stage == Stage::DeletedInternal)
        return fail(ErrorCode::InvalidArgument, "'" + std::string(text) + "' is no stage and no alias",
                    "Targets are written stage:Production and alias:champion");
    return of(*stage);
}

std::string Target::text() const
{
    return isStage() ? std::string(kStage) + std::string(toText(stage)) : std::string(kAlias) + alias;
}

std::string Target::words() const
{
    return isStage() ? std::string(toText(stage)) : "the alias " + alias;
}

std::string subjectName(const std::string& model, std::int64_t version)
{
    return model + "/" + std::to_string(version);
}

Result<std::int64_t> versionOf(const std::string& model, std::string_view subject)
{
    auto number = subject.size() > model.size() + 1 && subject.starts_with(model + "/")
                      ? parseInteger(subject.substr(model.size() + 1))
                      : std::nullopt;
    if (!number || *number <= 0)
        return fail(ErrorCode::InvalidArgument,
                    "'" + std::string(subject) + "' is no version of the model '" + model + "'");
    return *number;
}

} // namespace sextant::registry
