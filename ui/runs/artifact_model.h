// ArtifactModel: the files of a run as a tree, folders with the sum of what is in them. GUI thread only.
#pragma once

#include "core/store/tracking_store.h"

#include <QAbstractItemModel>

#include <memory>
#include <string>
#include <vector>

namespace sextant {

class ArtifactModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role { PathRole = Qt::UserRole, IsFolderRole };

    using QAbstractItemModel::QAbstractItemModel;

    void setArtifacts(const std::vector<Artifact>& artifacts);
    std::size_t files() const { return m_files; }
    quint64 bytes() const { return m_nodes.empty() ? 0 : m_nodes.front().size; }
    /// The first file, for the preview to begin with.
    QModelIndex firstFile() const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node
    {
        std::string name, path;
        bool folder = false;
        quint64 size = 0;
        std::size_t parent = 0;
        int row = 0;
        std::vector<std::size_t> children;
    };
    std::size_t nodeOf(const QModelIndex& index) const { return index.isValid() ? index.internalId() : 0; }

    std::vector<Node> m_nodes; // the first one is the root
    std::size_t m_files = 0;
};

/// Lucide icon of a file by its name.
QString artifactIcon(const std::string& name, bool folder);

} // namespace sextant
