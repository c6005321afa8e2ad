#include "ui/registry/registry_edit.h"

#include "ui/widgets/store_text.h"

namespace sextant {

namespace {

using Kind = RegistryEdit::Kind;

QString tr(const char* text)
{
    return RegistryWriter::tr(text);
}

QString stageText(Stage stage)
{
    auto word = toText(stage);
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

QString named(const RegistryEdit& edit)
{
    auto model = oneName(edit.model, 80);
    return edit.version > 0 ? tr("%1 v%2").arg(model).arg(edit.version) : model;
}

std::int64_t nextVersion(const RegistryEntry* entry)
{
    std::int64_t last = 0;
    if (entry) {
        for (const auto* list : {&entry->versions, &entry->deleted})
            if (!list->empty())
                last = std::max(last, list->front().version);
    }
    return last + 1;
}

/// The other versions of a stage.
std::vector<const ModelVersion*> othersIn(const RegistryEntry& entry, Stage stage, std::int64_t version)
{
    std::vector<const ModelVersion*> others;
    for (const auto& other : entry.versions)
        if (other.stage == stage && other.version != version)
            others.push_back(&other);
    return others;
}

QString numbersOf(const std::vector<const ModelVersion*>& versions)
{
    QStringList numbers;
    for (const auto* version : versions)
        numbers << QStringLiteral("v%1").arg(version->version);
    return numbers.join(QLatin1String(", "));
}

bool archives(const RegistryEdit& edit)
{
    return edit.archive && (edit.stage == Stage::Staging || edit.stage == Stage::Production);
}

QStringList aliasPreview(const RegistryEdit& edit, const RegistryEntry& entry)
{
    auto alias = oneName(edit.key, 80);
    auto held = entry.model.aliases.find(edit.key);
    if (edit.kind == Kind::RemoveAlias)
        return {tr("Alias %1 is taken off v%2 and names no version any more").arg(alias).arg(edit.version)};
    if (held == entry.model.aliases.end())
        return {tr("Alias %1 is set on v%2").arg(alias).arg(edit.version)};
    if (held->second == edit.version)
        return {};
    return {tr("Alias %1 moves from v%2 to v%3").arg(alias).arg(held->second).arg(edit.version)};
}

QStringList stagePreview(const RegistryEdit& edit, const RegistryEntry& entry, const ModelVersion& version)
{
    if (version.stage == edit.stage)
        return {};
    QStringList sentences{tr("v%1 moves from %2 to %3")
                              .arg(version.version)
                              .arg(stageText(version.stage), stageText(edit.stage))};
    auto others = othersIn(entry, edit.stage, version.version);
    if (!others.empty() && archives(edit))
        sentences << tr("%1 becomes Archived").arg(numbersOf(others));
    else if (!others.empty() && edit.stage != Stage::None && edit.stage != Stage::Archived)
        sentences << tr("%1 stays in %2 beside it").arg(numbersOf(others), stageText(edit.stage));
    return sentences;
}

QStringList deletePreview(const ModelVersion& version)
{
    QStringList aliases;
    for (const auto& alias : version.aliases)
        aliases << oneName(alias, 60);
    QStringList sentences{tr("v%1 is deleted for good; its number is never used again").arg(version.version)};
    if (!aliases.isEmpty())
        sentences << tr("Alias %1 goes with it").arg(aliases.join(QLatin1String(", ")));
    return sentences << tr("Its run and its files stay");
}

QString creationOf(const std::string& model, const RegistryData& data)
{
    return data.find(model) ? QString() : tr("Model %1 is created").arg(oneName(model, 80));
}

} // namespace

QStringList previewOf(const RegistryEdit& edit, const RegistryData& data, const QString& store)
{
    const auto* entry = data.find(edit.model);
    const auto* version = entry ? entry->version(edit.version) : nullptr;
    auto key = oneName(edit.key, 80);
    QStringList sentences;
    switch (edit.kind) {
    case Kind::Describe: {
        const auto& now = version ? version->description : entry ? entry->model.description : std::string();
        if (now != edit.value)
            sentences << (edit.value.empty() ? tr("The description of %1 is taken away").arg(named(edit))
                                             : tr("The description of %1 is replaced").arg(named(edit)));
        break;
    }
    case Kind::SetTag: {
        const auto* tags = version ? &version->tags : entry ? &entry->model.tags : nullptr;
        auto held = tags ? tags->find(edit.key) : TagMap::const_iterator();
        if (!tags || held == tags->end())
            sentences << tr("Tag %1 of %2 is set to “%3”").arg(key, named(edit), oneLine(edit.value, 80));
        else if (held->second != edit.value)
            sentences << tr("Tag %1 of %2 changes from “%3” to “%4”")
                             .arg(key, named(edit), oneLine(held->second, 80), oneLine(edit.value, 80));
        break;
    }
    case Kind::RemoveTag:
        sentences << tr("Tag %1 is removed from %2").arg(key, named(edit));
        break;
    case Kind::SetAlias:
    case Kind::RemoveAlias:
        if (entry)
            sentences = aliasPreview(edit, *entry);
        break;
    case Kind::ChangeStage:
        if (version)
            sentences = stagePreview(edit, *entry, *version);
        break;
    case Kind::DeleteVersion:
        if (version)
            sentences = deletePreview(*version);
        break;
    case Kind::CopyVersion:
        sentences
            << creationOf(edit.key, data)
            << tr("%1 v%2 is made from %3").arg(key).arg(nextVersion(data.find(edit.key))).arg(named(edit))
            << tr("Files are not copied; aliases and the stage stay behind");
        break;
    case Kind::Register:
        sentences << creationOf(edit.model, data)
                  << tr("%1 v%2 is made from the run %3")
                         .arg(oneName(edit.model, 80))
                         .arg(nextVersion(entry))
                         .arg(oneLine(edit.runName, 80));
        break;
    }
    sentences.removeAll(QString());
    if (!sentences.isEmpty())
        sentences.last() += tr(", in %1").arg(store);
    return sentences;
}

QString obstacleTo(const RegistryEdit& edit, const RegistryData& data)
{
    const auto* entry = data.find(edit.model);
    switch (edit.kind) {
    case Kind::SetTag:
        return edit.key.empty() ? tr("The tag needs a name") : QString();
    case Kind::SetAlias:
        if (edit.key.empty())
            return tr("The alias needs a name");
        if (edit.key == "latest")
            return tr("“latest” always names the newest version and can't be set");
        return {};
    case Kind::CopyVersion:
        return edit.key.empty() ? tr("The model it is copied to needs a name") : QString();
    case Kind::Register:
        return edit.model.empty()    ? tr("The model needs a name")
               : edit.source.empty() ? tr("The run logged no model")
                                     : QString();
    default:
        return entry ? QString() : tr("The model is not there any more");
    }
}

QStringList governedTargets(const RegistryEdit& edit, const RegistryData& data)
{
    QStringList governed;
    const auto* entry = data.find(edit.model);
    if (!entry || !entry->log)
        return governed;
    auto addAlias = [&](const std::string& alias) {
        if (entry->log->governs("alias:" + alias))
            governed << tr("alias %1").arg(oneName(alias, 60));
    };
    auto addStage = [&](Stage stage) {
        if ((stage == Stage::Staging || stage == Stage::Production) &&
            entry->log->governs("stage:" + std::string(toText(stage))))
            governed << stageText(stage);
    };
    const auto* version = entry->version(edit.version);
    if (edit.kind == Kind::SetAlias || edit.kind == Kind::RemoveAlias)
        addAlias(edit.key);
    if (edit.kind == Kind::ChangeStage || (edit.kind == Kind::DeleteVersion && version)) {
        if (edit.kind == Kind::ChangeStage)
            addStage(edit.stage);
        if (version && (edit.kind == Kind::DeleteVersion || version->stage != edit.stage))
            addStage(version->stage);
    }
    if (edit.kind == Kind::DeleteVersion && version)
        for (const auto& alias : version->aliases)
            addAlias(alias);
    governed.removeDuplicates();
    return governed;
}

namespace {

Result<qint64> writeEdit(RegistryStore& registry, const RegistryEdit& edit)
{
    auto none = [](Result<void> done) -> Result<qint64> {
        SEXTANT_CHECK(std::move(done));
        return 0;
    };
    switch (edit.kind) {
    case Kind::Describe:
        return none(edit.version > 0 ? registry.describeVersion(edit.model, edit.version, edit.value)
                                     : registry.describeModel(edit.model, edit.value));
    case Kind::SetTag:
        return none(edit.version > 0 ? registry.setVersionTag(edit.model, edit.version, edit.key, edit.value)
                                     : registry.setModelTag(edit.model, edit.key, edit.value));
    case Kind::RemoveTag:
        return none(edit.version > 0 ? registry.deleteVersionTag(edit.model, edit.version, edit.key)
                                     : registry.deleteModelTag(edit.model, edit.key));
    case Kind::SetAlias:
        return none(registry.setAlias(edit.model, edit.key, edit.version));
    case Kind::RemoveAlias:
        return none(registry.deleteAlias(edit.model, edit.key));
    case Kind::ChangeStage:
        return none(registry.transition(edit.model, edit.version, edit.stage, archives(edit)));
    case Kind::DeleteVersion:
        return none(registry.deleteVersion(edit.model, edit.version));
    case Kind::CopyVersion: {
        SEXTANT_TRY(auto made, registry.copyVersion(edit.model, edit.version, edit.key));
        return made.version;
    }
    case Kind::Register:
        break;
    }
    auto created = registry.createModel(edit.model, {}, {});
    if (!created && created.error().code != ErrorCode::AlreadyExists)
        return tl::unexpected(created.error());
    NewVersion version;
    version.model = edit.model;
    version.source = edit.source;
    version.runId = edit.runId;
    version.description = edit.value;
    SEXTANT_TRY(auto made, registry.createVersion(version));
    return made.version;
}

} // namespace

void RegistryWriter::write(RegistryEdit edit)
{
    m_session.read<qint64>(
        tr("Writing to the registry"), {}, this,
        [edit](Store& store, const Operation&) -> Result<qint64> {
            if (!store.registry)
                return fail(ErrorCode::Unsupported, "This store has no registry of models");
            return writeEdit(*store.registry, edit);
        },
        [this, edit](Result<qint64> made) {
            if (made)
                emit written(edit, *made);
            else
                emit failed(made.error());
            m_session.refresh(true);
        });
}

} // namespace sextant
