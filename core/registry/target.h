// Target: where a version of a model can be put: a stage or an alias, and how logs name it. A value.
#pragma once

#include "core/base/error.h"
#include "core/tracking/enums.h"

#include <string>
#include <string_view>

namespace sextant::registry {

struct Target
{
    enum class Kind { Stage, Alias };
    Kind kind = Kind::Stage;
    Stage stage = Stage::None; // of stages
    std::string alias;         // of aliases

    static Target of(Stage stage) { return {Kind::Stage, stage, {}}; }
    static Target of(std::string alias) { return {Kind::Alias, Stage::None, std::move(alias)}; }
    /// "stage:Production", "alias:champion". Error: InvalidArgument.
    static Result<Target> parse(std::string_view text);

    bool isStage() const { return kind == Kind::Stage; }
    /// As logs name it.
    std::string text() const;
    /// As a sentence names it: "Production", "the alias champion".
    std::string words() const;

    bool operator==(const Target&) const = default;
};

/// How a version is named in a log: "fraud/5".
std::string subjectName(const std::string& model, std::int64_t version);
/// The other way; names of models may hold a '/'. Error: InvalidArgument when it is no version of the model.
Result<std::int64_t> versionOf(const std::string& model, std::string_view subject);

} // namespace sextant::registry
