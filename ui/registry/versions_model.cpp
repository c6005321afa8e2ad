#include "ui/registry/versions_model.h"

#include "ui/widgets/store_text.h"

#include <QLocale>

#include <cmath>

namespace sextant {

void VersionsModel::setContent(RegistryDataPtr data, const std::string& model, const std::string& metric,
                               int direction)
{
    beginResetModel();
    m_data = std::move(data);
    m_entry = m_data ? m_data->find(model) : nullptr;
    m_metric = metric;
    m_direction = direction;
    fill();
    arrange();
    endResetModel();
}

void VersionsModel::setChecks(VersionChecks checks)
{
    m_checks = std::move(checks);
    if (!m_rows.empty())
        emit dataChanged(index(0, EvidenceColumn), index(rowCount() - 1, EvidenceColumn));
}

void VersionsModel::fill()
{
    m_rows.clear();
    m_championMetric = kMissing;
    if (!m_entry)
        return;
    const auto* column = m_data->runs && !m_metric.empty() ? m_data->runs->metric(m_metric) : nullptr;
    std::vector<double> values;
    auto add = [&](const ModelVersion& version, bool deleted) {
        Row row{&version, deleted, kNoRow, kMissing};
        if (m_data->runs && !version.runId.empty())
            row.run = m_data->runs->find(version.runId).value_or(kNoRow);
        if (column && row.run != kNoRow)
            row.metric = column->at(row.run);
        values.push_back(row.metric);
        m_rows.push_back(row);
    };
    for (const auto& version : m_entry->versions)
        add(version, false);
    for (const auto& version : m_entry->deleted)
        add(version, true);
    m_format = chooseFormat(values);
    const auto* champion = m_entry->champion();
    for (const auto& row : m_rows)
        if (row.version == champion)
            m_championMetric = row.metric;
}

void VersionsModel::arrange()
{
    auto up = m_sortOrder == Qt::AscendingOrder;
    auto number = [](double value) { return std::isnan(value) ? -HUGE_VAL : value; };
    auto before = [&](const Row& one, const Row& other) {
        switch (m_sortColumn) {
        case MetricValue:
        case Delta:
            if (isMissing(one.metric) != isMissing(other.metric))
                return isMissing(other.metric); // nothing comes last either way
            return up ? number(one.metric) < number(other.metric) : number(one.metric) > number(other.metric);
        case Created:
            return up ? one.version->creationTime < other.version->creationTime
                      : one.version->creationTime > other.version->creationTime;
        case StageColumn:
        case Aliases:
        case Run:
        case EvidenceColumn: {
            auto order = text(one, m_sortColumn).localeAwareCompare(text(other, m_sortColumn));
            return up ? order < 0 : order > 0;
        }
        default:
            return up ? one.version->version < other.version->version
                      : one.version->version > other.version->version;
        }
    };
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const Row& one, const Row& other) {
        return one.version->version > other.version->version;
    });
    std::stable_sort(m_rows.begin(), m_rows.end(), before);
}

void VersionsModel::sort(int column, Qt::SortOrder order)
{
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    auto before = persistentIndexList();
    std::vector<const ModelVersion*> versions;
    for (const auto& index : before)
        versions.push_back(row(index.row()).version);
    m_sortColumn = column;
    m_sortOrder = order;
    arrange();
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& row) {
            return row.version == versions[static_cast<std::size_t>(i)];
        });
        after << index(static_cast<int>(found - m_rows.begin()), before[i].column());
    }
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

int VersionsModel::rowOf(std::int64_t version) const
{
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        if (m_rows[row].version->version == version)
            return static_cast<int>(row);
    return -1;
}

VersionEvidence VersionsModel::evidence(int row) const
{
    return evidenceOf(*m_entry, *this->row(row).version, m_checks);
}

VersionsModel::DeltaKind VersionsModel::deltaKind(int row) const
{
    const auto& shown = this->row(row);
    const auto* champion = m_entry->champion();
    if (shown.deleted || !champion)
        return DeltaKind::None;
    if (shown.version == champion)
        return DeltaKind::Champion;
    auto difference = shown.metric - m_championMetric;
    if (isMissing(shown.metric) || isMissing(m_championMetric) || !std::isfinite(difference))
        return DeltaKind::None;
    if (m_direction == 0 || difference == 0)
        return DeltaKind::Neutral;
    return (difference > 0) == (m_direction > 0) ? DeltaKind::Better : DeltaKind::Worse;
}

QString VersionsModel::requestText(int row) const
{
    const auto* request = m_entry->openRequest(this->row(row).version->version);
    if (!request)
        return {};
    auto needed = m_entry->log->verification.state->rules().of(request->act.target).approvals;
    return tr("%1 of %2").arg(request->approvals.size()).arg(needed);
}

bool VersionsModel::isProtected(const std::string& alias) const
{
    return m_entry && m_entry->log && m_entry->log->governs("alias:" + alias);
}

int VersionsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString VersionsModel::dateText(EpochMs time)
{
    return isKnown(time) ? QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(time), "dd MMM yyyy")
                         : QStringLiteral("—");
}

QString VersionsModel::deletedText(const ModelVersion& version)
{
    return isKnown(version.lastUpdatedTime)
               ? tr("Deleted %1, number is never reused").arg(dateText(version.lastUpdatedTime))
               : tr("Deleted, number is never reused");
}

QString VersionsModel::text(const Row& row, int column) const
{
    const auto& version = *row.version;
    if (row.deleted && column == StageColumn)
        return deletedText(version);
    if (row.deleted && column != Version && column != Created)
        return {};
    switch (column) {
    case Version:
        return QStringLiteral("v%1").arg(version.version);
    case StageColumn:
        return QString::fromUtf8(toText(version.stage).data(),
                                 static_cast<qsizetype>(toText(version.stage).size()));
    case Aliases: {
        QStringList names;
        for (const auto& alias : version.aliases)
            names << oneLine(alias, 60);
        return names.join(QLatin1String(", "));
    }
    case Run:
        return row.run != kNoRow       ? oneLine(m_data->runs->name(row.run))
               : version.runId.empty() ? tr("no run")
                                       : shortId(version.runId);
    case MetricValue:
        return m_metric.empty() ? QString() : formatNumber(row.metric, m_format);
    case Delta:
        return m_entry->champion() == row.version ? tr("champion")
               : isMissing(row.metric) || isMissing(m_championMetric)
                   ? QString()
                   : formatDifference(row.metric - m_championMetric, m_format);
    case EvidenceColumn:
        return evidenceOf(*m_entry, version, m_checks).badge().text;
    case Created:
        return dateText(version.creationTime);
    default:
        return {};
    }
}

QString VersionsModel::spoken(int row, int column) const
{
    const auto& shown = this->row(row);
    auto said = text(shown, column);
    if (column == Delta && deltaKind(row) == DeltaKind::Better)
        return tr("%1, better than the champion").arg(said);
    if (column == Delta && deltaKind(row) == DeltaKind::Worse)
        return tr("%1, worse than the champion").arg(said);
    if (auto request = column == StageColumn && !shown.deleted ? requestText(row) : QString();
        !request.isEmpty())
        return tr("%1, %2 approvals").arg(said, request);
    return said;
}

QVariant VersionsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& shown = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(shown, index.column());
    case Qt::AccessibleTextRole:
        return spoken(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return index.column() == MetricValue || index.column() == Delta || index.column() == Created
                   ? int(Qt::AlignRight | Qt::AlignVCenter)
                   : int(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (index.column() == EvidenceColumn && !shown.deleted)
            return plainToolTip(evidence(index.row()).why);
        if (index.column() == Created && isKnown(shown.version->creationTime))
            return plainToolTip(formatTime(shown.version->creationTime));
        if (index.column() == Aliases && !shown.deleted) {
            QStringList names;
            for (const auto& alias : shown.version->aliases)
                names << oneLine(alias, 300);
            return plainToolTip(names.join(QLatin1Char('\n')));
        }
        return plainToolTip(text(shown, index.column()));
    default:
        return {};
    }
}

QVariant VersionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == MetricValue || section == Delta || section == Created
                   ? int(Qt::AlignRight | Qt::AlignVCenter)
                   : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == MetricValue && !m_metric.empty())
        return plainToolTip(oneLine(m_metric, 2000) + QLatin1Char('\n') +
                            tr("Of the source runs; right click chooses another"));
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[ColumnCount] = {tr("Ver."), tr("Stage"),      tr("Aliases"),  tr("Run"),
                                         {},         tr("Δ champion"), tr("Evidence"), tr("Created")};
    return section == MetricValue ? (m_metric.empty() ? tr("Metric") : oneName(m_metric, 60))
                                  : titles[section];
}

Qt::ItemFlags VersionsModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace sextant
