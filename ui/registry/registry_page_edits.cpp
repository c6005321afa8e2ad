// RegistryPage: the changes it makes in the store, each asked for in place, with a preview.
#include "ui/registry/model_pane.h"
#include "ui/registry/models_list.h"
#include "ui/registry/registry_edit_popup.h"
#include "ui/registry/registry_page.h"
#include "ui/registry/run_models.h"
#include "ui/registry/version_inspector.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/store_text.h"

namespace sextant {

namespace {

const QString kRunLane = QStringLiteral("registry.runModels");

} // namespace

void RegistryPage::addEditActions()
{
    using Kind = RegistryEdit::Kind;
    auto add = [this](const char* id, const QString& text, const QString& tip, const char* icon,
                      const QList<QKeySequence>& keys, std::function<void()> run) {
        m_context.actions.add(this, {QLatin1String(id), text, tip, QLatin1String(icon), keys, title()},
                              std::move(run));
    };
    auto ofVersion = [this](Kind kind) {
        return [this, kind] {
            RegistryEdit edit;
            edit.kind = kind;
            startEdit(std::move(edit), true);
        };
    };
    auto ofModel = [this](Kind kind) {
        return [this, kind] {
            RegistryEdit edit;
            edit.kind = kind;
            startEdit(std::move(edit), false);
        };
    };
    add("registry.alias", tr("Set or remove alias…"), tr("An alias names one version of the model."), "tag",
        {QKeySequence(Qt::Key_A)}, ofVersion(Kind::SetAlias));
    add("registry.stage", tr("Change stage…"), tr("None, Staging, Production or Archived."), "rocket",
        {QKeySequence(Qt::Key_S)}, ofVersion(Kind::ChangeStage));
    add("registry.describe", tr("Describe version…"), tr("In Markdown."), "pencil",
        {QKeySequence(Qt::Key_F2)}, ofVersion(Kind::Describe));
    add("registry.tag", tr("Set or remove tag of version…"), {}, "tag", {QKeySequence(Qt::Key_T)},
        ofVersion(Kind::SetTag));
    add("registry.copy", tr("Copy version to another model…"),
        tr("As a new version there, made from this one."), "copy", {}, ofVersion(Kind::CopyVersion));
    add("registry.delete", tr("Delete version…"), tr("Its number is never used again."), "trash-2",
        {QKeySequence(Qt::Key_Delete)}, ofVersion(Kind::DeleteVersion));
    add("registry.describeModel", tr("Describe model…"), tr("In Markdown."), "pencil", {},
        ofModel(Kind::Describe));
    add("registry.tagModel", tr("Set or remove tag of model…"), {}, "tag", {}, ofModel(Kind::SetTag));
    connect(m_inspector, &VersionInspector::tagWanted, this, [this](const std::string& key, bool aboutModel) {
        RegistryEdit edit;
        edit.kind = Kind::SetTag;
        edit.key = key;
        const auto* version = m_pane->currentVersion();
        const auto& tags = aboutModel ? m_pane->entry()->model.tags : version->tags;
        edit.value = tags.contains(key) ? tags.at(key) : std::string();
        startEdit(std::move(edit), !aboutModel);
    });
    connect(m_writer, &RegistryWriter::failed, this, &RegistryPage::say);
    connect(m_writer, &RegistryWriter::written, this, [this](const RegistryEdit& edit, qint64 made) {
        m_banner->hide();
        if (made > 0) // shown once it was read
            m_wanted = {edit.kind == Kind::CopyVersion ? edit.key : edit.model, made};
    });
    connect(&m_context.session, &Session::unlockedChanged, this, &RegistryPage::updateActions);
}

QString RegistryPage::whyLocked() const
{
    const auto& can = m_context.session.info().capabilities;
    return m_context.session.unlocked() ? QString()
           : can.writable ? tr("The store is open for reading only; unlock it with the badge above.")
                          : QString::fromStdString(can.whyNotWritable);
}

void RegistryPage::updateEditActions()
{
    auto& actions = m_context.actions;
    const auto* version = m_pane->currentVersion();
    auto alive = version && !m_pane->isDeleted(version->version);
    auto locked = whyLocked();
    const auto& can = m_context.session.info().capabilities;
    auto enable = [&](const char* id, bool possible, const QString& whyNot) {
        actions.enable(actions.find(QLatin1String(id)), possible && locked.isEmpty(),
                       possible ? locked : whyNot);
    };
    auto gone = version ? tr("This version was deleted.") : tr("No version is selected.");
    for (const char* id : {"registry.describe", "registry.tag", "registry.copy", "registry.delete"})
        enable(id, alive, gone);
    enable("registry.alias", alive && can.aliases, alive ? tr("This store is older than aliases.") : gone);
    enable("registry.stage", alive && can.stages, alive ? tr("This store has no stages.") : gone);
    for (const char* id : {"registry.describeModel", "registry.tagModel"})
        enable(id, m_pane->entry(), tr("No model is selected."));
}

void RegistryPage::startEdit(RegistryEdit edit, bool ofVersion)
{
    const auto* entry = m_pane->entry();
    const auto* version = ofVersion ? m_pane->currentVersion() : nullptr;
    if (!entry || (ofVersion && (!version || m_pane->isDeleted(version->version))))
        return;
    edit.model = entry->model.name;
    edit.version = version ? version->version : 0;
    if (edit.kind == RegistryEdit::Kind::Describe)
        edit.value = version ? version->description : entry->model.description;
    if (edit.kind == RegistryEdit::Kind::ChangeStage)
        edit.stage = version->stage;
    if (edit.kind == RegistryEdit::Kind::SetAlias && version->aliases.size() == 1)
        edit.key = version->aliases.front();
    auto place = ofVersion ? m_pane->versions().rowRect() : QRect();
    ask(std::move(edit), {},
        ofVersion ? m_pane->versions().viewport()->mapToGlobal(place.bottomLeft())
                  : m_pane->head()->mapToGlobal(QPoint(12, m_pane->head()->height() - 8)));
}

void RegistryPage::ask(RegistryEdit edit, const std::vector<std::pair<QString, std::string>>& sources,
                       const QPoint& place)
{
    if (auto locked = whyLocked(); !locked.isEmpty())
        return tell(tr("Nothing was changed"), locked);
    auto* popup = new RegistryEditPopup(edit, data(), QString::fromStdString(m_context.session.info().name),
                                        sources, this);
    connect(popup, &RegistryEditPopup::accepted, m_writer, &RegistryWriter::write);
    connect(popup, &RegistryEditPopup::promotionWanted, this,
            [this, model = QString::fromStdString(edit.model), version = edit.version](
                const QString& target) { emit promotionWanted(model, version, target); });
    popup->openAt(place);
}

/// What a run offers to be registered is read first.
void RegistryPage::registerRun(const std::string& runId)
{
    if (auto locked = whyLocked(); !locked.isEmpty())
        return tell(tr("Nothing was registered"), locked);
    if (!data() || !data()->whyNone.empty())
        return tell(tr("Nothing was registered"), tr("This store has no registry."));
    m_context.session.read<RunModels>(
        tr("Looking for models of the run"), kRunLane, this,
        [runId](Store& store, const Operation&) { return modelsOfRun(*store.tracking, runId); },
        [this, runId](Result<RunModels> models) {
            if (!models)
                return say(models.error());
            RegistryEdit edit;
            edit.kind = RegistryEdit::Kind::Register;
            edit.model = m_models->current();
            edit.runId = runId;
            edit.runName = models->runName;
            std::vector<std::pair<QString, std::string>> sources;
            for (const auto& source : models->sources)
                sources.emplace_back(oneName(source.name, 60) + QLatin1String("  ") + oneName(source.uri, 60),
                                     source.uri);
            ask(std::move(edit), sources,
                mapToGlobal(QPoint(width() / 2 - 220, Theme::of(this).length("bar.page") + 24)));
        });
}

} // namespace sextant
