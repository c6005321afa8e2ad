#include "core/query/fields.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace sextant {

namespace {

using enum Comparison;

constexpr Comparisons kNone{};
constexpr Comparisons kNumberOps{Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual};
constexpr Comparisons kTextOps{Equal, NotEqual, Like, ILike};
constexpr Comparisons kTextOrNullOps{Equal, NotEqual, Like, ILike, IsNull, IsNotNull};
constexpr Comparisons kTextOrListOps{Equal, NotEqual, Like, ILike, In, NotIn};
constexpr Comparisons kNominalOps{Equal, NotEqual, In, NotIn};

using enum ValueClass;

constexpr auto kRunAttributes = std::to_array<AttributeSpec>({
    {"run_id", "run_id", Text, kTextOrListOps, true, "the run's id"},
    {"run_name", "run_name", Text, kTextOps, true, "the run's name"},
    {"run name", "run_name", Text, kTextOps},
    {"Run name", "run_name", Text, kTextOps},
    {"Run Name", "run_name", Text, kTextOps},
    {"user_id", "user_id", Text, kTextOps, true, "who started it"},
    {"status", "status", Text, kTextOps, true, "RUNNING, FINISHED, FAILED…"},
    {"start_time", "start_time", Time, kNumberOps, true, "when it started"},
    {"created", "start_time", Time, kNumberOps, true},
    {"Created", "start_time", Time, kNumberOps, true},
    {"end_time", "end_time", Time, kNumberOps, true, "when it ended"},
    {"artifact_uri", "artifact_uri", Text, kTextOps, true, "where its files are"},
    {"duration", "duration", Duration, kNone, false, "from start to end"},
    {"lifecycle_stage", "lifecycle_stage", Text, kNone, false, "active or deleted"},
    {"experiment_id", "experiment_id", Text, kNone, false, "the experiment's id"},
    {"experiment_name", "experiment_name", Text, kNone, false, "the experiment's name"},
});

constexpr auto kExperimentAttributes = std::to_array<AttributeSpec>({
    {"name", "name", Text, kTextOps, true, "the experiment's name"},
    {"experiment_id", "experiment_id", Text, kNominalOps, true, "the experiment's id"},
    {"creation_time", "creation_time", Time, kNumberOps, true, "when it was made"},
    {"last_update_time", "last_update_time", Time, kNumberOps, true, "when it last changed"},
    {"lifecycle_stage", "lifecycle_stage", Text, kNone, false, "active or deleted"},
    {"artifact_location", "artifact_location", Text, kNone, false, "where its files are"},
});

constexpr auto kModelAttributes = std::to_array<AttributeSpec>({
    {"name", "name", Text, kTextOrListOps, true, "the model's name"},
    {"timestamp", "last_updated_timestamp", Time, kNone, true},
    {"last_updated_timestamp", "last_updated_timestamp", Time, kNone, true, "when it last changed"},
    {"creation_timestamp", "creation_timestamp", Time, kNone, true, "when it was made"},
    {"description", "description", Text, kNone, false, "its description"},
    {"alias", "alias", Text, kNone, false, "any of its aliases"},
});

constexpr auto kVersionAttributes = std::to_array<AttributeSpec>({
    {"name", "name", Text, kTextOrListOps, true, "the model's name"},
    {"version_number", "version_number", Integer, kNumberOps, true, "the version"},
    {"version", "version_number", Integer, kNone},
    {"run_id", "run_id", Text, kTextOrListOps, false, "the run it came from"},
    {"source_path", "source_path", Text, kTextOps, false, "where its files are"},
    {"creation_timestamp", "creation_timestamp", Time, kNone, true, "when it was made"},
    {"last_updated_timestamp", "last_updated_timestamp", Time, kNone, true, "when it last changed"},
    {"current_stage", "current_stage", Text, kNone, false, "None, Staging, Production, Archived"},
    {"stage", "current_stage", Text, kNone},
    {"alias", "alias", Text, kNone, false, "any of its aliases"},
    {"status", "status", Text, kNone, false, "READY…"},
    {"user_id", "user_id", Text, kNone, false, "who made it"},
    {"description", "description", Text, kNone, false, "its description"},
});

// MLflow's SQL stores search every column of their table, under the column's name too.
constexpr auto kLoggedModelAttributes = std::to_array<AttributeSpec>({
    {"name", "name", Text, kTextOrListOps, true, "the model's name"},
    {"model_id", "model_id", Text, kTextOrListOps, true, "the model's id"},
    {"model_type", "model_type", Text, kTextOrListOps, true, "its type"},
    {"status", "status", Text, kNominalOps, true, "PENDING, READY, FAILED"},
    {"source_run_id", "source_run_id", Text, kTextOrListOps, true, "the run that made it"},
    {"creation_timestamp", "creation_timestamp", Time, kNumberOps, true, "when it was made"},
    {"creation_time", "creation_timestamp", Time, kNumberOps, true},
    {"creation_timestamp_ms", "creation_timestamp", Time, kNumberOps, true},
    {"last_updated_timestamp", "last_updated_timestamp", Time, kNumberOps, true, "when it last changed"},
    {"last_updated_timestamp_ms", "last_updated_timestamp", Time, kNumberOps, true},
    {"experiment_id", "experiment_id", Text, kTextOrListOps, true, "the experiment's id"},
    {"artifact_location", "artifact_location", Text, kTextOrListOps, true, "where its files are"},
    {"status_message", "status_message", Text, kTextOrListOps, true, "what its status says"},
    {"lifecycle_stage", "lifecycle_stage", Text, kTextOrListOps, true, "active or deleted"},
});

constexpr auto kRunPrefixes = std::to_array<PrefixSpec>({
    {"metrics", FieldKind::Metric},
    {"metric", FieldKind::Metric},
    {"params", FieldKind::Param},
    {"param", FieldKind::Param},
    {"parameters", FieldKind::Param},
    {"parameter", FieldKind::Param},
    {"tags", FieldKind::Tag},
    {"tag", FieldKind::Tag},
    {"attributes", FieldKind::Attribute},
    {"attribute", FieldKind::Attribute},
    {"attr", FieldKind::Attribute},
    {"run", FieldKind::Attribute},
    {"datasets", FieldKind::Dataset},
    {"dataset", FieldKind::Dataset},
});
constexpr auto kExperimentPrefixes = std::to_array<PrefixSpec>({
    {"tags", FieldKind::Tag},
    {"tag", FieldKind::Tag},
    {"attributes", FieldKind::Attribute},
    {"attribute", FieldKind::Attribute},
});
constexpr auto kRegistryPrefixes = std::to_array<PrefixSpec>({
    {"tags", FieldKind::Tag},
    {"tag", FieldKind::Tag},
    {"attribute", FieldKind::Attribute},
});
constexpr auto kLoggedModelPrefixes = std::to_array<PrefixSpec>({
    {"metrics", FieldKind::Metric},
    {"params", FieldKind::Param},
    {"tags", FieldKind::Tag},
    {"attributes", FieldKind::Attribute},
});

constexpr std::array<std::string_view, 3> kDatasetKeys{"name", "digest", "context"};

std::size_t editDistance(std::string_view left, std::string_view right)
{
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j)
        row[j] = j;
    for (std::size_t i = 0; i < left.size(); ++i) {
        auto diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            auto changed = diagonal + (left[i] == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

} // namespace

const TargetSpec& specOf(FilterTarget target)
{
    static constexpr TargetSpec runs{kRunAttributes, kRunPrefixes, kTextOrNullOps, kTextOrNullOps, "run"};
    static constexpr TargetSpec experiments{kExperimentAttributes, kExperimentPrefixes, kNone, kTextOrNullOps,
                                            "experiment"};
    static constexpr TargetSpec models{kModelAttributes, kRegistryPrefixes, kNone, kTextOps,
                                       "registered model"};
    static constexpr TargetSpec versions{kVersionAttributes, kRegistryPrefixes, kNone, kTextOps,
                                         "model version"};
    static constexpr TargetSpec logged{kLoggedModelAttributes, kLoggedModelPrefixes, kTextOrListOps,
                                       kTextOrListOps, "logged model"};
    switch (target) {
    case FilterTarget::Experiments:
        return experiments;
    case FilterTarget::RegisteredModels:
        return models;
    case FilterTarget::ModelVersions:
        return versions;
    case FilterTarget::LoggedModels:
        return logged;
    case FilterTarget::Runs:
        break;
    }
    return runs;
}

const AttributeSpec* findAttribute(FilterTarget target, std::string_view name)
{
    auto attributes = specOf(target).attributes;
    auto found = std::ranges::find(attributes, name, &AttributeSpec::name);
    return found == attributes.end() ? nullptr : &*found;
}

FieldKind fieldKindOf(ColumnKind kind)
{
    switch (kind) {
    case ColumnKind::Metric:
        return FieldKind::Metric;
    case ColumnKind::Param:
        return FieldKind::Param;
    case ColumnKind::Tag:
        return FieldKind::Tag;
    case ColumnKind::Attribute:
        break;
    }
    return FieldKind::Attribute;
}

std::optional<FieldKind> findPrefix(FilterTarget target, std::string_view name)
{
    auto prefixes = specOf(target).prefixes;
    auto found = std::ranges::find(prefixes, name, &PrefixSpec::name);
    return found == prefixes.end() ? std::nullopt : std::optional(found->kind);
}

std::span<const std::string_view> datasetKeys()
{
    return kDatasetKeys;
}

Comparisons allowedOn(ValueClass valueClass)
{
    if (valueClass == Text)
        return {Equal, NotEqual, Like, NotLike, ILike,  NotILike,
                RLike, NotRLike, In,   NotIn,   IsNull, IsNotNull};
    return {Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, In, NotIn, IsNull, IsNotNull};
}

Comparisons portableOn(FilterTarget target, const Field& field)
{
    if (field.numeric || field.aspect != MetricAspect::Latest)
        return kNone;
    switch (field.kind) {
    case FieldKind::Metric:
        return kNumberOps;
    case FieldKind::Param:
        return specOf(target).params;
    case FieldKind::Tag:
        return specOf(target).tags;
    case FieldKind::Dataset:
        return kTextOrListOps;
    case FieldKind::Attribute: {
        auto spec = findAttribute(target, field.key);
        return spec ? spec->portable : kNone;
    }
    case FieldKind::Anything:
        break;
    }
    return kNone;
}

ValueClass classOf(FilterTarget target, const Field& field)
{
    if (field.kind == FieldKind::Metric || field.numeric)
        return Number;
    if (field.kind != FieldKind::Attribute)
        return Text;
    auto spec = findAttribute(target, field.key);
    return spec ? spec->valueClass : Text;
}

std::string_view toText(Comparison comparison)
{
    static constexpr std::array<std::string_view, 17> words{
        "=",         "!=",    "<",         "<=", ">",      ">=",      "LIKE",        "NOT LIKE", "ILIKE",
        "NOT ILIKE", "RLIKE", "NOT RLIKE", "IN", "NOT IN", "IS NULL", "IS NOT NULL", "CONTAINS"};
    return words[static_cast<std::size_t>(comparison)];
}

std::string_view toText(ValueClass valueClass)
{
    switch (valueClass) {
    case ValueClass::Text:
        return "text";
    case ValueClass::Time:
        return "time";
    case ValueClass::Duration:
        return "duration";
    default:
        return "number";
    }
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates)
{
    if (word.empty() || word.size() > 64)
        return {};
    std::string_view best;
    auto folded = foldCase(word);
    auto limit = word.size() <= 3 ? std::size_t{1} : std::size_t{2};
    for (auto candidate : candidates) {
        auto distance = editDistance(folded, foldCase(candidate));
        // A word cut short is near as well.
        if (distance > limit && folded.size() >= 4 && foldCase(candidate).starts_with(folded))
            distance = limit;
        if (distance > limit)
            continue;
        if (best.empty() || distance < limit)
            best = candidate;
        limit = std::min(limit, distance);
    }
    return best;
}

} // namespace sextant
