// RegistryEdit: one change of the registry that the user asked for, what it does in words, and its writing.
// previewOf() stands before the button; nothing is written until the store is unlocked. GUI thread only.
#pragma once

#include "ui/shell/registry_data.h"
#include "ui/shell/session.h"

#include <QStringList>

namespace sextant {

struct RegistryEdit
{
    enum class Kind {
        Describe,    // `value`; version 0: of the model
        SetTag,      // `key`, `value`; version 0: of the model
        RemoveTag,   // `key`
        SetAlias,    // `key`
        RemoveAlias, // `key`
        ChangeStage, // `stage`, `archive`
        DeleteVersion,
        CopyVersion, // `key`: the model it goes to
        Register,    // `model`, `source`, `runId`, `value` as its description
    };
    Kind kind = Kind::Describe;
    std::string model;
    std::int64_t version = 0;
    std::string key, value;
    Stage stage = Stage::None;
    bool archive = true; // who is in the stage now
    std::string source, runId, runName;
};

/// What will change, a sentence each; empty when nothing would. `store` for the first one.
QStringList previewOf(const RegistryEdit& edit, const RegistryData& data, const QString& store);
/// Why it can't be done as it stands, a sentence; empty when it can.
QString obstacleTo(const RegistryEdit& edit, const RegistryData& data);
/// The targets the edit touches that the rules of the model's log govern: "alias champion", "Production".
QStringList governedTargets(const RegistryEdit& edit, const RegistryData& data);

class RegistryWriter final : public QObject
{
    Q_OBJECT
public:
    RegistryWriter(Session& session, QObject* parent) : QObject(parent), m_session(session) {}

    void write(RegistryEdit edit);

signals:
    void written(const sextant::RegistryEdit& edit, qint64 newVersion); // 0: none was made
    void failed(const sextant::Error& error);

private:
    Session& m_session;
};

} // namespace sextant
