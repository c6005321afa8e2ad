#include "ui/registry/models_model.h"

#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

namespace sextant {

namespace {

bool matches(const RegistryEntry& entry, const QStringList& words)
{
    return std::all_of(words.begin(), words.end(), [&](const QString& word) {
        auto has = [&](const std::string& text) {
            return QString::fromStdString(text).contains(word, Qt::CaseInsensitive);
        };
        return has(entry.model.name) ||
               std::any_of(entry.model.tags.begin(), entry.model.tags.end(),
                           [&](const auto& tag) { return has(tag.first + "=" + tag.second); });
    });
}

} // namespace

void ModelsModel::setRegistry(RegistryDataPtr registry)
{
    beginResetModel();
    m_data = std::move(registry);
    search();
    endResetModel();
}

void ModelsModel::setSearch(const QString& text)
{
    beginResetModel();
    m_search = text.simplified();
    search();
    endResetModel();
}

void ModelsModel::search()
{
    m_rows.clear();
    auto words = m_search.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (std::size_t i = 0; m_data && i < m_data->entries.size(); ++i)
        if (matches(m_data->entries[i], words))
            m_rows.push_back(i);
}

int ModelsModel::rowOf(std::string_view name) const
{
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        if (m_data->entries[m_rows[row]].model.name == name)
            return static_cast<int>(row);
    return -1;
}

int ModelsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString ModelsModel::versionsText(const RegistryEntry& entry)
{
    auto count = entry.versions.size();
    return count == 0 ? tr("no versions") : counted(count, tr("1 version"), tr("%1 versions"));
}

QString ModelsModel::holderText(const RegistryEntry& entry)
{
    if (const auto* version = entry.production())
        return tr("Production v%1").arg(version->version);
    if (const auto* version = entry.champion())
        return tr("champion v%1").arg(version->version);
    if (!entry.model.aliases.empty()) {
        const auto& [alias, version] = *entry.model.aliases.begin();
        return tr("%1 v%2").arg(oneLine(alias, 40)).arg(version);
    }
    return entry.versions.empty() ? QString() : tr("no Production");
}

QString ModelsModel::pendingText(const RegistryEntry& entry)
{
    auto count = entry.pending();
    return count == 0 ? QString() : tr("%1 pending").arg(formatCount(count));
}

QVariant ModelsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& shown = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return oneLine(shown.model.name);
    case Qt::AccessibleTextRole: {
        QStringList parts{oneLine(shown.model.name), versionsText(shown), holderText(shown),
                          pendingText(shown)};
        parts.removeAll(QString());
        return parts.join(QLatin1String(", "));
    }
    case Qt::ToolTipRole: {
        auto text = oneLine(shown.model.name, 2000);
        for (const auto& [key, value] : shown.model.tags)
            text += QLatin1Char('\n') + oneLine(key, 80) + QLatin1String(": ") + oneLine(value, 120);
        return plainToolTip(text);
    }
    default:
        return {};
    }
}

} // namespace sextant
