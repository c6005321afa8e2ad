#include "ui/runs/artifact_model.h"

#include "ui/runs/cell_text_delegate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <algorithm>
#include <map>

namespace sextant {

QString artifactIcon(const std::string& name, bool folder)
{
    if (folder)
        return QStringLiteral("folder");
    auto dot = name.rfind('.');
    auto ending = dot == std::string::npos ? std::string() : name.substr(dot + 1);
    for (auto image : {"png", "jpg", "jpeg", "gif", "svg", "bmp", "webp"}) {
        if (ending == image)
            return QStringLiteral("image");
    }
    for (auto code : {"json", "py", "yaml", "yml", "patch", "diff", "xml", "html"}) {
        if (ending == code)
            return QStringLiteral("file-code");
    }
    for (auto model : {"pkl", "safetensors", "pt", "onnx", "h5", "joblib", "bin"}) {
        if (ending == model)
            return QStringLiteral("box");
    }
    return ending == "csv" || ending == "parquet" ? QStringLiteral("table-2") : QStringLiteral("file-text");
}

void ArtifactModel::setArtifacts(const std::vector<Artifact>& artifacts)
{
    beginResetModel();
    m_nodes.assign(1, Node{});
    m_nodes.front().folder = true;
    m_files = 0;
    std::map<std::string, std::size_t> folders{{std::string(), 0}};
    std::function<std::size_t(const std::string&)> folderOf = [&](const std::string& path) {
        if (auto found = folders.find(path); found != folders.end())
            return found->second;
        auto slash = path.rfind('/');
        auto parent = folderOf(slash == std::string::npos ? std::string() : path.substr(0, slash));
        m_nodes.push_back(
            {slash == std::string::npos ? path : path.substr(slash + 1), path, true, 0, parent, 0, {}});
        m_nodes[parent].children.push_back(m_nodes.size() - 1);
        return folders[path] = m_nodes.size() - 1;
    };
    for (const auto& artifact : artifacts) {
        if (artifact.isDirectory) {
            folderOf(artifact.path);
            continue;
        }
        auto slash = artifact.path.rfind('/');
        auto parent = folderOf(slash == std::string::npos ? std::string() : artifact.path.substr(0, slash));
        auto name = slash == std::string::npos ? artifact.path : artifact.path.substr(slash + 1);
        m_nodes.push_back({name, artifact.path, false, artifact.size, parent, 0, {}});
        m_nodes[parent].children.push_back(m_nodes.size() - 1);
        ++m_files;
        for (auto up = parent;; up = m_nodes[up].parent) {
            m_nodes[up].size += artifact.size;
            if (up == 0)
                break;
        }
    }
    for (auto& node : m_nodes) {
        std::sort(node.children.begin(), node.children.end(), [&](std::size_t a, std::size_t b) {
            return std::tuple(!m_nodes[a].folder, std::string_view(m_nodes[a].name)) <
                   std::tuple(!m_nodes[b].folder, std::string_view(m_nodes[b].name));
        });
        for (std::size_t i = 0; i < node.children.size(); ++i)
            m_nodes[node.children[i]].row = static_cast<int>(i);
    }
    endResetModel();
}

QModelIndex ArtifactModel::firstFile() const
{
    if (m_nodes.empty())
        return {};
    const auto firstIn = [this](std::size_t folder) {
        for (auto child : m_nodes[folder].children)
            if (!m_nodes[child].folder)
                return createIndex(m_nodes[child].row, 0, child);
        return QModelIndex();
    };
    auto found = firstIn(0);
    for (std::size_t i = 0; !found.isValid() && i < m_nodes.front().children.size(); ++i)
        found = firstIn(m_nodes.front().children[i]);
    return found;
}

QModelIndex ArtifactModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, m_nodes[nodeOf(parent)].children[static_cast<std::size_t>(row)]);
}

QModelIndex ArtifactModel::parent(const QModelIndex& child) const
{
    if (!child.isValid())
        return {};
    auto parent = m_nodes[nodeOf(child)].parent;
    return parent == 0 ? QModelIndex() : createIndex(m_nodes[parent].row, 0, parent);
}

int ArtifactModel::rowCount(const QModelIndex& parent) const
{
    if (m_nodes.empty() || parent.column() > 0)
        return 0;
    return static_cast<int>(m_nodes[nodeOf(parent)].children.size());
}

int ArtifactModel::columnCount(const QModelIndex&) const
{
    return 2;
}

QVariant ArtifactModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto& node = m_nodes[nodeOf(index)];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return index.column() == 0 ? oneLine(node.name) : formatSize(node.size);
    case Qt::DecorationRole:
        return index.column() == 0
                   ? QVariant(Theme::current().icon(artifactIcon(node.name, node.folder), "text.muted"))
                   : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(oneLine(node.path));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight)));
    case PathRole:
        return QString::fromStdString(node.path);
    case IsFolderRole:
        return node.folder;
    default:
        return {};
    }
}

QVariant ArtifactModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (section == 0 ? Qt::AlignLeft : Qt::AlignRight)));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Name") : tr("Size");
}

} // namespace sextant
