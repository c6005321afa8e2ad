#include "ui/shell/store_finder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace sextant {

namespace {

constexpr int kMostCandidates = 12;
constexpr char kSqliteMagic[] = "SQLite format 3";

bool isSqlite(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.read(15) == QByteArray(kSqliteMagic, 15);
}

/// Stops the reading as soon as the list of runs is known: their values are of no interest here.
std::optional<std::size_t> countRuns(TrackingStore& store, const Operation& operation)
{
    std::optional<std::size_t> counted;
    std::stop_source enough;
    std::stop_callback unwanted(operation.stop, [&enough] { enough.request_stop(); });
    Operation listing;
    listing.stop = enough.get_token();
    const auto table = store.runs({}, listing, [&](const RunTablePtr& list) {
        counted = list->size();
        enough.request_stop();
    });
    return table ? (*table)->size() : counted;
}

} // namespace

bool isStoreFolder(const QString& folder)
{
    // A file store has folders of experiments, each with a meta.yaml.
    const QDir dir(folder);
    for (const QString& name : dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name).mid(0, 64))
        if (QFile::exists(dir.filePath(name + QStringLiteral("/meta.yaml"))))
            return true;
    return false;
}

QString storeAt(const QString& path)
{
    const QFileInfo info(path);
    if (!info.isDir() || isStoreFolder(path))
        return path;
    const QDir dir(path);
    for (const char* name : {"mlflow.db", "mlruns"})
        if (dir.exists(QLatin1String(name)))
            return dir.filePath(QLatin1String(name));
    return path;
}

std::vector<FoundStore> findStores(const QString& folder, const Session::Opener& opener,
                                   const Operation& operation)
{
    QDir dir(folder);
    QFileInfoList candidates;
    for (const QFileInfo& info :
         dir.entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::Readable, QDir::Time)) {
        const QString suffix = info.suffix().toLower();
        const bool database = info.isFile() && (suffix == "db" || suffix == "sqlite" || suffix == "sqlite3");
        const bool runs = info.isDir() && (info.fileName() == "mlruns" || info.fileName() == "runs");
        if ((database && isSqlite(info.filePath())) || (runs && isStoreFolder(info.filePath())))
            candidates << info;
        if (candidates.size() == kMostCandidates)
            break;
    }
    std::vector<FoundStore> found;
    for (const QFileInfo& info : candidates) {
        if (operation.cancelled())
            break;
        auto store = opener(info.absoluteFilePath().toStdString());
        if (!store)
            continue; // some other program's database
        found.push_back({info.absoluteFilePath(), info.fileName(), info.absolutePath(), info.isDir(),
                         countRuns(*store->tracking, operation), info.lastModified()});
    }
    return found;
}

QString timeAgo(const QDateTime& time, const QDateTime& now)
{
    const qint64 minutes = time.secsTo(now) / 60;
    const auto counted = [](qint64 count, const QString& one, const QString& many) {
        return count == 1 ? one : many.arg(count);
    };
    if (minutes < 1)
        return QObject::tr("just now");
    if (minutes < 60)
        return counted(minutes, QObject::tr("1 minute ago"), QObject::tr("%1 minutes ago"));
    if (minutes < 48 * 60)
        return counted(minutes / 60, QObject::tr("1 hour ago"), QObject::tr("%1 hours ago"));
    if (minutes < 60 * 24 * 60)
        return QObject::tr("%1 days ago").arg(minutes / (24 * 60));
    return time.date().toString(QStringLiteral("d MMM yyyy"));
}

} // namespace sextant
