#include "core/table/code_tags.h"

#include <array>

namespace sextant {

namespace {

struct Known
{
    std::string_view key;
    DifferenceKind kind;
    std::string_view label;
};

// In the order they are shown.
constexpr std::array kKnown = {
    Known{"mlflow.source.git.commit", DifferenceKind::Code, "git commit"},
    Known{"mlflow.git.commit", DifferenceKind::Code, "git commit of the model's code"},
    Known{"mlflow.source.git.branch", DifferenceKind::Code, "git branch"},
    Known{"mlflow.git.branch", DifferenceKind::Code, "git branch of the model's code"},
    Known{"mlflow.source.git.dirty", DifferenceKind::Code, "uncommitted changes"},
    Known{"mlflow.git.dirty", DifferenceKind::Code, "uncommitted changes"},
    Known{"mlflow.source.git.diff", DifferenceKind::Code, "diff of uncommitted changes"},
    Known{"mlflow.git.diff", DifferenceKind::Code, "diff of uncommitted changes"},
    Known{"mlflow.source.git.repoURL", DifferenceKind::Code, "git repository"},
    Known{"mlflow.git.repo_url", DifferenceKind::Code, "git repository"},
    Known{"mlflow.source.name", DifferenceKind::Code, "source"},
    Known{"mlflow.source.type", DifferenceKind::Code, "kind of source"},
    Known{"mlflow.project.entryPoint", DifferenceKind::Code, "entry point"},
    Known{"mlflow.gitBranchName", DifferenceKind::Code, "git branch"},
    Known{"mlflow.gitRepoURL", DifferenceKind::Code, "git repository"},
    Known{"mlflow.project.env", DifferenceKind::Environment, "project environment"},
    Known{"mlflow.project.backend", DifferenceKind::Environment, "project backend"},
    Known{"mlflow.docker.image.uri", DifferenceKind::Environment, "docker image"},
    Known{"mlflow.docker.image.name", DifferenceKind::Environment, "docker image name"},
    Known{"mlflow.docker.image.id", DifferenceKind::Environment, "docker image id"},
};

} // namespace

CodeTag codeTagOf(std::string_view key)
{
    for (std::size_t i = 0; i < kKnown.size(); ++i)
        if (kKnown[i].key == key)
            return {kKnown[i].kind, std::string(kKnown[i].label), static_cast<int>(i)};
    constexpr auto last = static_cast<int>(kKnown.size());
    if (key.starts_with("mlflow.databricks."))
        return {DifferenceKind::Environment, {}, last};
    if (key.starts_with("mlflow.source.") || key.starts_with("mlflow.git."))
        return {DifferenceKind::Code, {}, last};
    return {};
}

} // namespace sextant
