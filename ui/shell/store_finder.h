// Finding stores where the user is, and telling which path of a folder is a store. Plain functions for jobs;
// they read names and a few bytes.
#pragma once

#include "ui/shell/session.h"

#include <QDateTime>
#include <QString>

#include <optional>
#include <vector>

namespace sextant {

struct FoundStore
{
    QString path, name, folder;
    bool isFolder = false;
    std::optional<std::size_t> runs; // active ones; none when they could not be listed
    QDateTime changed;
};

/// The path to open when the user points at `path`: a file as it is, of a folder the store in it.
QString storeAt(const QString& path);

/// Whether the folder itself is a file store.
bool isStoreFolder(const QString& folder);

/// Stores directly in `folder`, newest first, each of them opened to see that it is one.
std::vector<FoundStore> findStores(const QString& folder, const Session::Opener& opener,
                                   const Operation& operation);

/// "14 minutes ago", "3 days ago", then a date.
QString timeAgo(const QDateTime& time, const QDateTime& now);

} // namespace sextant
