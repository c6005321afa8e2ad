// RunWriter: the writes the Runs pages can ask for. Each runs as a job and refreshes the snapshot; before,
// previewOf() says in one sentence what will change. Refused by the store until it is unlocked. GUI thread
// only.
#pragma once

#include "ui/shell/session.h"

#include <string>
#include <vector>

namespace sextant {

inline constexpr const char* kNoteTag = "mlflow.note.content";

struct RunEdit
{
    enum class Kind { Rename, SetTag, RemoveTag, SetNote, Delete, Restore };
    Kind kind = Kind::Rename;
    std::vector<std::string> runIds;
    std::string key;   // of a tag
    std::string value; // name, tag value or note
};

/// "Renames muon-s1 to muon-best in mlflow.db". `name` is that of the one run, `count` how many there are.
QString previewOf(const RunEdit& edit, const QString& name, const QString& store);

class RunWriter final : public QObject
{
    Q_OBJECT
public:
    RunWriter(Session& session, QObject* parent) : QObject(parent), m_session(session) {}

    void write(RunEdit edit);

signals:
    void written(const QString& what); // "Renamed 1 run"
    void failed(const sextant::Error& error);

private:
    Session& m_session;
};

} // namespace sextant
