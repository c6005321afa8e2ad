// ModelsModel: the registered models that match a search, by name. GUI thread only.
#pragma once

#include "ui/shell/registry_data.h"

#include <QAbstractListModel>

namespace sextant {

class ModelsModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setRegistry(RegistryDataPtr registry);
    /// Each word must be in the name or in a tag ("key=value").
    void setSearch(const QString& text);

    const RegistryEntry& entry(int row) const
    {
        return m_data->entries[m_rows[static_cast<std::size_t>(row)]];
    }
    /// -1: not among those shown.
    int rowOf(std::string_view name) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    static QString versionsText(const RegistryEntry& entry);
    /// "Production v5", "champion v5", "no Production".
    static QString holderText(const RegistryEntry& entry);
    static QString pendingText(const RegistryEntry& entry); // empty when nothing waits

private:
    void search();

    RegistryDataPtr m_data;
    QString m_search;
    std::vector<std::size_t> m_rows; // into the entries
};

} // namespace sextant
