#include "core/store/files/run_writer.h"

#include "core/store/files/file_writing.h"
#include "core/store/files/yaml_scalar.h"
#include "core/store/tag_rules.h"

namespace sextant::files {

namespace {

constexpr const char* kRunNameTag = "mlflow.runName";
constexpr auto kAnyLength = std::string_view::npos;

} // namespace

std::string RunWriter::folder() const
{
    return m_layout.root() + "/" + m_run.experimentPath + "/" + m_run.info.id;
}

Result<void> RunWriter::requireActive() const
{
    if (m_run.info.lifecycle == Lifecycle::Active)
        return {};
    return fail(ErrorCode::InvalidArgument,
                "The run " + m_run.info.id + " must be in 'active' lifecycle_stage", "Restore the run first");
}

KeyFiles RunWriter::tags() const
{
    return {folder(), "tags"};
}

Result<void> RunWriter::rewriteMeta(const std::string& newName, std::optional<Lifecycle> stage,
                                    std::optional<EpochMs> deletedTime)
{
    std::vector<MetaChange> changes;
    if (!newName.empty())
        changes.push_back({"run_name", yamlScalar(newName, std::string_view("run_name: ").size())});
    if (stage)
        changes.push_back({"lifecycle_stage", std::string(toText(*stage))});
    // The client keeps this key only in the file of a run that it deletes.
    changes.push_back(
        {"deleted_time", deletedTime ? std::optional(std::to_string(*deletedTime)) : std::nullopt});
    return changeMeta(folder(), changes);
}

Result<void> RunWriter::setTag(const std::string& key, const std::string& value)
{
    SEXTANT_CHECK(checkTagKey(key, kAnyLength));
    SEXTANT_CHECK(checkTagValue(value));
    SEXTANT_CHECK(requireActive());
    SEXTANT_CHECK(tags().write(key, value));
    // The name of a run is kept twice; without a text the client leaves the first as it is.
    return key == kRunNameTag ? rewriteMeta(value, {}, {}) : Result<void>();
}

Result<void> RunWriter::deleteTag(const std::string& key)
{
    SEXTANT_CHECK(requireActive());
    SEXTANT_CHECK(checkTagKey(key, kAnyLength));
    SEXTANT_TRY(bool isTag, tags().remove(key));
    if (!isTag)
        return fail(ErrorCode::NotFound, "No tag with name: " + key + " in run with id " + m_run.info.id,
                    "`sextant runs show` lists the tags of the run");
    return {};
}

Result<void> RunWriter::rename(const std::string& name)
{
    SEXTANT_CHECK(checkRunName(name));
    SEXTANT_CHECK(requireActive());
    SEXTANT_CHECK(tags().write(kRunNameTag, name));
    return rewriteMeta(name, {}, {});
}

Result<void> RunWriter::setLifecycle(Lifecycle stage)
{
    return rewriteMeta({}, stage, stage == Lifecycle::Deleted ? std::optional(now()) : std::nullopt);
}

} // namespace sextant::files
