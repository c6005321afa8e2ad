#include "ui/shell/settings.h"

#include <QDir>
#include <QStandardPaths>

namespace sextant {

namespace {

constexpr std::size_t kRecentStores = 10;
constexpr int kRecentActions = 30;

QString defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/sextant");
}

} // namespace

Settings::Settings(const QString& folder)
    : m_folder(folder.isEmpty() ? defaultFolder() : folder),
      m_file(m_folder + QStringLiteral("/settings.ini"), QSettings::IniFormat)
{
}

ThemeControl::Choice Settings::theme() const
{
    const QString name = m_file.value("theme").toString();
    return name == "light"  ? ThemeControl::Choice::Light
           : name == "dark" ? ThemeControl::Choice::Dark
                            : ThemeControl::Choice::System;
}

void Settings::setTheme(ThemeControl::Choice choice)
{
    m_file.setValue("theme", choice == ThemeControl::Choice::Light  ? "light"
                             : choice == ThemeControl::Choice::Dark ? "dark"
                                                                    : "system");
}

std::vector<RecentStore> Settings::recentStores() const
{
    std::vector<RecentStore> stores;
    const QStringList flat = m_file.value("recentStores").toStringList();
    for (qsizetype i = 0; i + 1 < flat.size(); i += 2)
        stores.push_back({flat[i], flat[i + 1]});
    return stores;
}

void Settings::addRecentStore(const RecentStore& store)
{
    std::vector<RecentStore> stores = recentStores();
    std::erase_if(stores, [&store](const RecentStore& other) { return other.path == store.path; });
    stores.insert(stores.begin(), store);
    QStringList flat;
    for (std::size_t i = 0; i < std::min(stores.size(), kRecentStores); ++i)
        flat << stores[i].path << stores[i].name;
    m_file.setValue("recentStores", flat);
}

void Settings::removeRecentStore(const QString& path)
{
    QStringList flat;
    for (const RecentStore& store : recentStores())
        if (store.path != path)
            flat << store.path << store.name;
    m_file.setValue("recentStores", flat);
}

QByteArray Settings::geometry() const
{
    return m_file.value("window/geometry").toByteArray();
}

void Settings::setGeometry(const QByteArray& geometry)
{
    m_file.setValue("window/geometry", geometry);
}

bool Settings::inspectorShown() const
{
    return m_file.value("window/inspector", true).toBool();
}

void Settings::setInspectorShown(bool shown)
{
    m_file.setValue("window/inspector", shown);
}

QList<int> Settings::splitter(const QString& name) const
{
    QList<int> sizes;
    for (const QString& size : m_file.value("splitters/" + name).toStringList())
        sizes << size.toInt();
    return sizes;
}

void Settings::setSplitter(const QString& name, const QList<int>& sizes)
{
    QStringList texts;
    for (int size : sizes)
        texts << QString::number(size);
    m_file.setValue("splitters/" + name, texts);
}

QStringList Settings::recentActions() const
{
    return m_file.value("recentActions").toStringList();
}

void Settings::addRecentAction(const QString& id)
{
    QStringList ids = recentActions();
    ids.removeAll(id);
    ids.prepend(id);
    m_file.setValue("recentActions", QStringList(ids.mid(0, kRecentActions)));
}

QVariant Settings::value(const QString& key, const QVariant& fallback) const
{
    return m_file.value("pages/" + key, fallback);
}

void Settings::setValue(const QString& key, const QVariant& value)
{
    m_file.setValue("pages/" + key, value);
}

} // namespace sextant
