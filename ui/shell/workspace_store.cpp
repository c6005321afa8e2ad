#include "ui/shell/workspace_store.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace sextant {

namespace {
constexpr int kSaveAfterMs = 800;
constexpr qint64 kMostBytes = 32 << 20; // a file larger than this is none of ours
} // namespace

WorkspaceStore::WorkspaceStore(WorkspaceHistory& history, const QString& folder, QObject* parent)
    : QObject(parent), m_history(history), m_folder(folder)
{
    m_later.setSingleShot(true);
    m_later.setInterval(kSaveAfterMs);
    connect(&m_later, &QTimer::timeout, this, &WorkspaceStore::save);
    connect(&m_history, &WorkspaceHistory::changed, &m_later, qOverload<>(&QTimer::start));
}

WorkspaceStore::~WorkspaceStore()
{
    if (m_later.isActive())
        save();
}

QString WorkspaceStore::fileFor(const QString& folder, const QString& storeUri)
{
    const QByteArray hash = QCryptographicHash::hash(storeUri.toUtf8(), QCryptographicHash::Sha256).toHex();
    return folder + QStringLiteral("/workspaces/") + QString::fromLatin1(hash.left(32)) +
           QStringLiteral(".json");
}

std::optional<Workspace> WorkspaceStore::load(const QString& fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMostBytes)
        return {};
    auto workspace = workspaceFromJson(QJsonDocument::fromJson(file.readAll()).object());
    if (!workspace)
        return {};
    return std::move(*workspace);
}

void WorkspaceStore::open(const QString& storeUri)
{
    if (m_later.isActive())
        save();
    m_uri = storeUri;
    m_history.reset(storeUri.isEmpty() || m_folder.isEmpty()
                        ? Workspace{}
                        : load(fileFor(m_folder, storeUri)).value_or(Workspace{}));
    m_later.stop();
}

void WorkspaceStore::save()
{
    m_later.stop();
    if (m_uri.isEmpty() || m_folder.isEmpty())
        return;
    QDir().mkpath(m_folder + QStringLiteral("/workspaces"));
    QSaveFile file(fileFor(m_folder, m_uri));
    // How runs are looked at is convenience: a full disk must not disturb the work.
    if (!file.open(QIODevice::WriteOnly))
        return;
    QJsonObject object = toJson(m_history.current());
    object["store"] = m_uri;
    file.write(QJsonDocument(object).toJson(QJsonDocument::Compact));
    file.commit();
}

} // namespace sextant
