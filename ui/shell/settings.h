// Settings: what the program remembers for a user between starts, as typed values over one file. GUI thread
// only.
#pragma once

#include "ui/theme/theme_control.h"

#include <QByteArray>
#include <QDateTime>
#include <QSettings>
#include <QString>
#include <QStringList>

#include <vector>

namespace sextant {

/// A store that was opened before.
struct RecentStore
{
    QString path;
    QString name; // "mlflow.db"
    bool operator==(const RecentStore&) const = default;
};

class Settings
{
public:
    /// `folder`: where the files are kept; empty: the user's configuration folder for this program.
    explicit Settings(const QString& folder = {});

    QString folder() const { return m_folder; }

    ThemeControl::Choice theme() const;
    void setTheme(ThemeControl::Choice choice);

    std::vector<RecentStore> recentStores() const; // newest first, at most ten
    void addRecentStore(const RecentStore& store);
    void removeRecentStore(const QString& path);

    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    bool inspectorShown() const;
    void setInspectorShown(bool shown);

    /// Sizes of a splitter by its name; empty when never moved.
    QList<int> splitter(const QString& name) const;
    void setSplitter(const QString& name, const QList<int>& sizes);

    /// Ids of actions used last, newest first.
    QStringList recentActions() const;
    void addRecentAction(const QString& id);

    /// Anything small a page wants to remember for all stores.
    QVariant value(const QString& key, const QVariant& fallback = {}) const;
    void setValue(const QString& key, const QVariant& value);

private:
    QString m_folder;
    QSettings m_file;
};

} // namespace sextant
