#include "core/query/records.h"

#include "core/base/duration.h"
#include "core/query/free_text.h"

#include <algorithm>
#include <tuple>

namespace sextant {

namespace {

using Values = std::vector<Literal>;

Values ofText(std::string_view text)
{
    return text.empty() ? Values{} : Values{std::string(text)};
}

Values ofTime(EpochMs time)
{
    return isKnown(time) ? Values{static_cast<double>(time)} : Values{};
}

Values ofMap(const TagMap& map, std::string_view key)
{
    auto found = map.find(key);
    return found == map.end() ? Values{} : Values{found->second};
}

void addTags(Values& values, const TagMap& tags)
{
    for (const auto& [key, value] : tags)
        if (isSearchedTag(key))
            values.emplace_back(value);
}

template <class Names>
void addTexts(Values& values, const Names& names)
{
    for (const auto& name : names)
        values.emplace_back(std::string(name));
}

class RunFields final : public FieldSource
{
public:
    RunFields(const Run& run, const Experiment* experiment, SearchDialect dialect)
        : m_run(run), m_experiment(experiment), m_dialect(dialect)
    {
    }

    Values values(FieldKind kind, std::string_view key) const override
    {
        switch (kind) {
        case FieldKind::Metric:
            for (const auto& metric : m_run.metrics)
                if (metric.key == key)
                    return {metric.value};
            return {};
        case FieldKind::Param:
            return ofMap(m_run.params, key);
        case FieldKind::Tag:
            return ofMap(m_run.tags, key);
        case FieldKind::Dataset:
            return datasets(key);
        case FieldKind::Attribute:
            return attribute(key);
        case FieldKind::Anything:
            break;
        }
        Values all{m_run.info.name, m_run.info.id};
        if (m_experiment)
            all.emplace_back(m_experiment->name);
        for (const auto& [name, value] : m_run.params)
            all.emplace_back(value);
        addTags(all, m_run.tags);
        return all;
    }

private:
    Values datasets(std::string_view key) const
    {
        Values all;
        for (const auto& input : m_run.datasets) {
            auto value = key == "name"     ? input.dataset.name
                         : key == "digest" ? input.dataset.digest
                                           : input.context();
            if (key != "context" || !value.empty())
                all.emplace_back(std::move(value));
        }
        return all;
    }

    Values attribute(std::string_view key) const
    {
        const auto& info = m_run.info;
        if (key == "run_id")
            return ofText(info.id);
        if (key == "run_name")
            return m_dialect.namesAreTags() ? ofMap(m_run.tags, "mlflow.runName") : ofText(info.name);
        if (key == "user_id")
            return {info.userId};
        if (key == "status")
            return ofText(toText(info.status));
        if (key == "artifact_uri")
            return ofText(info.artifactUri);
        if (key == "start_time")
            return ofTime(info.startTime);
        if (key == "end_time")
            return ofTime(info.endTime);
        if (key == "duration")
            return ofTime(durationBetween(info.startTime, info.endTime));
        if (key == "lifecycle_stage")
            return ofText(toText(info.lifecycle));
        if (key == "experiment_id")
            return ofText(info.experimentId);
        if (key == "experiment_name" && m_experiment)
            return ofText(m_experiment->name);
        return {};
    }

    const Run& m_run;
    const Experiment* m_experiment;
    SearchDialect m_dialect;
};

class ExperimentFields final : public FieldSource
{
public:
    explicit ExperimentFields(const Experiment& experiment) : m_experiment(experiment) {}

    Values values(FieldKind kind, std::string_view key) const override
    {
        if (kind == FieldKind::Tag)
            return ofMap(m_experiment.tags, key);
        if (kind == FieldKind::Attribute)
            return attribute(key);
        Values all{m_experiment.name, m_experiment.id};
        addTags(all, m_experiment.tags);
        return kind == FieldKind::Anything ? all : Values{};
    }

private:
    Values attribute(std::string_view key) const
    {
        if (key == "name")
            return ofText(m_experiment.name);
        if (key == "experiment_id")
            return ofText(m_experiment.id);
        if (key == "creation_time")
            return ofTime(m_experiment.creationTime);
        if (key == "last_update_time")
            return ofTime(m_experiment.lastUpdateTime);
        if (key == "lifecycle_stage")
            return ofText(toText(m_experiment.lifecycle));
        return ofText(m_experiment.artifactLocation);
    }

    const Experiment& m_experiment;
};

class ModelFields final : public FieldSource
{
public:
    explicit ModelFields(const RegisteredModel& model) : m_model(model) {}

    Values values(FieldKind kind, std::string_view key) const override
    {
        if (kind == FieldKind::Tag)
            return ofMap(m_model.tags, key);
        Values aliases;
        for (const auto& [alias, version] : m_model.aliases)
            aliases.emplace_back(alias);
        if (kind == FieldKind::Attribute)
            return key == "alias" ? aliases : attribute(key);
        Values all{m_model.name, m_model.description};
        all.insert(all.end(), aliases.begin(), aliases.end());
        addTags(all, m_model.tags);
        return kind == FieldKind::Anything ? all : Values{};
    }

private:
    Values attribute(std::string_view key) const
    {
        if (key == "name")
            return ofText(m_model.name);
        if (key == "creation_timestamp")
            return ofTime(m_model.creationTime);
        if (key == "last_updated_timestamp")
            return ofTime(m_model.lastUpdatedTime);
        return ofText(m_model.description);
    }

    const RegisteredModel& m_model;
};

class VersionFields final : public FieldSource
{
public:
    explicit VersionFields(const ModelVersion& version) : m_version(version) {}

    Values values(FieldKind kind, std::string_view key) const override
    {
        if (kind == FieldKind::Tag)
            return ofMap(m_version.tags, key);
        if (kind == FieldKind::Attribute)
            return attribute(key);
        Values all{m_version.name, m_version.runId, m_version.source, m_version.description};
        addTexts(all, m_version.aliases);
        addTags(all, m_version.tags);
        return kind == FieldKind::Anything ? all : Values{};
    }

private:
    Values attribute(std::string_view key) const
    {
        Values aliases;
        addTexts(aliases, m_version.aliases);
        if (key == "alias")
            return aliases;
        if (key == "version_number")
            return {static_cast<double>(m_version.version)};
        if (key == "creation_timestamp")
            return ofTime(m_version.creationTime);
        if (key == "last_updated_timestamp")
            return ofTime(m_version.lastUpdatedTime);
        if (key == "name")
            return ofText(m_version.name);
        if (key == "run_id")
            return ofText(m_version.runId);
        if (key == "source_path")
            return ofText(m_version.source);
        if (key == "current_stage")
            return ofText(toText(m_version.stage));
        if (key == "status")
            return ofText(m_version.status);
        return ofText(key == "user_id" ? m_version.userId : m_version.description);
    }

    const ModelVersion& m_version;
};

class LoggedModelFields final : public FieldSource
{
public:
    LoggedModelFields(const LoggedModel& model, SearchDialect dialect) : m_model(model), m_dialect(dialect) {}

    Values values(FieldKind kind, std::string_view key) const override
    {
        switch (kind) {
        case FieldKind::Metric:
            return metric(key);
        case FieldKind::Param:
            return ofMap(m_model.params, key);
        case FieldKind::Tag:
            return ofMap(m_model.tags, key);
        case FieldKind::Attribute:
            return attribute(key);
        case FieldKind::Anything:
            break;
        default:
            return {};
        }
        Values all{m_model.name, m_model.id, m_model.modelType.value_or(""), m_model.sourceRunId};
        for (const auto& [name, value] : m_model.params)
            all.emplace_back(value);
        addTags(all, m_model.tags);
        return all;
    }

private:
    Values metric(std::string_view key) const
    {
        const LoggedModelMetric* latest = nullptr;
        auto rank = [](const LoggedModelMetric& metric) {
            return std::tuple(metric.step, metric.timestamp, metric.value);
        };
        for (const auto& metric : m_model.metrics)
            if (metric.key == key && (!latest || rank(*latest) < rank(metric)))
                latest = &metric;
        if (!latest)
            return {};
        Values values{latest->value}; // the latest first: it is what orders
        if (m_dialect.anyModelMetric())
            for (const auto& metric : m_model.metrics)
                if (metric.key == key)
                    values.emplace_back(metric.value);
        return values;
    }

    Values attribute(std::string_view key) const
    {
        if (key == "name")
            return ofText(m_model.name);
        if (key == "model_id")
            return ofText(m_model.id);
        if (key == "model_type")
            return m_model.modelType ? Values{*m_model.modelType} : Values{};
        if (key == "status")
            return m_dialect.modelStatusIsNumber() ? ofText(std::to_string(static_cast<int>(m_model.status)))
                                                   : ofText(toText(m_model.status));
        if (key == "status_number")
            return {static_cast<double>(m_model.status)};
        if (key == "source_run_id")
            return ofText(m_model.sourceRunId);
        if (key == "creation_timestamp")
            return ofTime(m_model.creationTime);
        if (key == "last_updated_timestamp")
            return ofTime(m_model.lastUpdatedTime);
        if (key == "experiment_id")
            return ofText(m_model.experimentId);
        if (key == "artifact_location")
            return ofText(m_model.artifactLocation);
        return ofText(key == "status_message" ? std::string_view(m_model.statusMessage)
                                              : toText(m_model.lifecycle));
    }

    const LoggedModel& m_model;
    SearchDialect m_dialect;
};

} // namespace

std::unique_ptr<FieldSource> fieldsOf(const Run& run, const Experiment* experiment, SearchDialect dialect)
{
    return std::make_unique<RunFields>(run, experiment, dialect);
}

std::unique_ptr<FieldSource> fieldsOf(const Experiment& experiment)
{
    return std::make_unique<ExperimentFields>(experiment);
}

std::unique_ptr<FieldSource> fieldsOf(const RegisteredModel& model)
{
    return std::make_unique<ModelFields>(model);
}

std::unique_ptr<FieldSource> fieldsOf(const ModelVersion& version)
{
    return std::make_unique<VersionFields>(version);
}

std::unique_ptr<FieldSource> fieldsOf(const LoggedModel& model, SearchDialect dialect)
{
    return std::make_unique<LoggedModelFields>(model, dialect);
}

} // namespace sextant
