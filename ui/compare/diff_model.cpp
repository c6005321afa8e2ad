#include "ui/compare/diff_model.h"

#include "ui/widgets/store_text.h"

#include <cmath>

namespace sextant {

namespace {

constexpr std::size_t kLongestText = 300; // of a cell, as drawn
constexpr qsizetype kShortCommit = 7;
constexpr qsizetype kShortDigest = 8;

bool isHexId(std::string_view text)
{
    auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    return text.size() >= 7 && text.size() <= 64 && std::all_of(text.begin(), text.end(), isHex);
}

bool isId(const DifferenceRow& row, std::string_view text)
{
    if (row.kind == DifferenceKind::Data)
        return row.key.starts_with("dataset.digest");
    return row.kind == DifferenceKind::Code && isHexId(text);
}

} // namespace

QString DiffModel::sectionTitle(DifferenceSection section)
{
    switch (section) {
    case DifferenceSection::Metrics:
        return tr("Metrics");
    case DifferenceSection::Parameters:
        return tr("Parameters");
    case DifferenceSection::CodeAndData:
        return tr("Code and data");
    case DifferenceSection::Tags:
        break;
    }
    return tr("Tags");
}

std::vector<std::uint32_t> DiffModel::entriesOf(const DiffContent& content) const
{
    std::vector<std::uint32_t> entries;
    for (std::size_t i = 0; i < content.sections.size(); ++i) {
        entries.push_back(kHead | static_cast<std::uint32_t>(i));
        if (!folded(content.sections[i]))
            entries.insert(entries.end(), content.sections[i].rows.begin(), content.sections[i].rows.end());
    }
    return entries;
}

void DiffModel::show(DiffContentPtr content, std::vector<RunLook> runs, std::map<std::string, int> directions,
                     const DiffSettings& settings)
{
    beginResetModel();
    m_content = std::move(content);
    m_runs = std::move(runs);
    m_directions = std::move(directions);
    m_settings = settings;
    m_entries = entriesOf(*m_content);
    endResetModel();
}

void DiffModel::dress(std::vector<RunLook> runs, std::map<std::string, int> directions,
                      const DiffSettings& settings)
{
    m_runs = std::move(runs);
    m_directions = std::move(directions);
    m_settings.deltas = settings.deltas;
    if (m_entries.empty())
        return;
    emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void DiffModel::fold(const DiffSettings& settings)
{
    if (!m_content || settings.folded == m_settings.folded)
        return;
    beginResetModel();
    m_settings.folded = settings.folded;
    m_entries = entriesOf(*m_content);
    endResetModel();
}

void DiffModel::clear()
{
    beginResetModel();
    m_content.reset();
    m_runs.clear();
    m_entries.clear();
    endResetModel();
}

const RunLook* DiffModel::run(int column) const
{
    auto place = static_cast<std::size_t>(column - FirstRun);
    return column >= FirstRun && place < m_runs.size() ? &m_runs[place] : nullptr;
}

int DiffModel::columnOf(std::string_view runId) const
{
    auto found =
        std::find_if(m_runs.begin(), m_runs.end(), [&](const RunLook& run) { return run.runId == runId; });
    return found == m_runs.end() ? -1 : FirstRun + static_cast<int>(found - m_runs.begin());
}

const DiffSection* DiffModel::head(int row) const
{
    auto entry = m_entries[static_cast<std::size_t>(row)];
    return entry & kHead ? &m_content->sections[entry & ~kHead] : nullptr;
}

const DifferenceRow& DiffModel::field(int row) const
{
    return m_content->matrix->differences->rows()[matrixRow(row)];
}

int DiffModel::rowOf(std::uint32_t matrixRow) const
{
    auto found = std::find(m_entries.begin(), m_entries.end(), matrixRow);
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

int DiffModel::direction(int row) const
{
    const auto& asked = field(row);
    auto found = asked.kind == DifferenceKind::Metric ? m_directions.find(asked.key) : m_directions.end();
    return found == m_directions.end() ? 0 : found->second;
}

Better DiffModel::better(const DifferenceRow& row) const
{
    auto found = row.kind == DifferenceKind::Metric ? m_directions.find(row.key) : m_directions.end();
    return found == m_directions.end() || found->second == 0 ? Better::Unsaid
           : found->second > 0                               ? Better::Higher
                                                             : Better::Lower;
}

void DiffModel::writeChange(DiffCell& cell, std::size_t row, std::size_t column) const
{
    const auto& matrix = *m_content->matrix;
    const auto& asked = matrix.differences->rows()[row];
    auto change = matrix.differences->change(row, column, 0, better(asked));
    cell.differs = change.differs;
    cell.verdict = change.verdict;
    if (!change.delta)
        return;
    if (auto largest = matrix.largest[row]; largest > 0)
        cell.change = std::clamp(*change.delta / largest, -1.0, 1.0);
    if (m_settings.deltas && column > 0 && asked.numeric)
        cell.text = formatDifference(*change.delta, matrix.formats[row]);
}

DiffCell DiffModel::cell(int row, int column) const
{
    const auto& matrix = *m_content->matrix;
    const auto& asked = field(row);
    auto place = static_cast<std::size_t>(column - FirstRun);
    auto value = matrix.differences->cell(matrixRow(row), place);
    DiffCell cell;
    cell.metric = asked.kind == DifferenceKind::Metric;
    switch (value.state) {
    case DifferenceCell::State::Missing:
        cell.text = QChar(0x2014);
        break;
    case DifferenceCell::State::Empty:
        cell.kind = DiffCell::Kind::Empty;
        cell.text = tr("empty");
        break;
    case DifferenceCell::State::Number:
        cell.kind = std::isfinite(value.number) ? DiffCell::Kind::Number : DiffCell::Kind::NotFinite;
        cell.text = cell.metric ? formatNumber(value.number, matrix.formats[matrixRow(row)])
                                : oneLine(value.text, kLongestText);
        break;
    case DifferenceCell::State::Text:
        cell.kind = DiffCell::Kind::Text;
        cell.mono = isId(asked, value.text);
        cell.text = oneLine(value.text, kLongestText);
        if (cell.mono)
            cell.text = cell.text.left(asked.kind == DifferenceKind::Data ? kShortDigest : kShortCommit);
        break;
    }
    if (place > 0)
        writeChange(cell, matrixRow(row), place);
    return cell;
}

QString DiffModel::exactText(int row, int column) const
{
    if (head(row))
        return {};
    const auto& asked = field(row);
    if (column == FieldColumn)
        return QString::fromStdString(asked.label);
    if (column == VariesColumn)
        return QString::number(asked.distinct);
    return sextant::exactText(*m_content->matrix->differences, matrixRow(row),
                              static_cast<std::size_t>(column - FirstRun));
}

QModelIndex DiffModel::nextDifference(const QModelIndex& from, int step) const
{
    if (!m_content || m_entries.empty() || m_runs.size() < 2)
        return {};
    auto rows = rowCount(), columns = static_cast<int>(m_runs.size()) - 1; // without the baseline
    auto total = static_cast<qint64>(rows) * columns;
    constexpr int kFirst = FirstRun + 1;
    auto place = from.isValid() && from.column() >= kFirst
                     ? static_cast<qint64>(from.column() - kFirst) * rows + from.row()
                 : from.isValid() ? from.row() - (step > 0 ? 1 : 0)
                                  : -1;
    const auto& differences = *m_content->matrix->differences;
    for (place += step; place >= 0 && place < total; place += step) {
        auto row = static_cast<int>(place % rows), column = static_cast<int>(place / rows);
        auto entry = m_entries[static_cast<std::size_t>(row)];
        if (!(entry & kHead) && !differences.equal(entry, static_cast<std::size_t>(column) + 1, 0))
            return index(row, column + kFirst);
    }
    return {};
}

int DiffModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int DiffModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FirstRun + static_cast<int>(m_runs.size());
}

QVariant DiffModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_content)
        return {};
    auto row = index.row(), column = index.column();
    if (role == Qt::AccessibleTextRole)
        return accessibleText(index);
    if (const auto* section = head(row)) {
        if (role == Qt::DisplayRole && column == FieldColumn)
            return sectionTitle(section->section);
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return column == FieldColumn    ? oneLine(field(row).label, kLongestText)
               : column == VariesColumn ? QString::number(field(row).distinct)
                                        : cell(row, column).text;
    case Qt::ToolTipRole:
        return plainToolTip(column < FirstRun ? fieldTip(row) : cellTip(row, column));
    case ExactTextRole:
        return exactText(row, column);
    default:
        return {};
    }
}

QVariant DiffModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto* look = run(section);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return look                     ? (section == FirstRun && role == Qt::AccessibleTextRole
                                               ? tr("%1, baseline").arg(look->name)
                                               : look->name)
               : section == FieldColumn ? tr("Field")
                                        : tr("Varies");
    if (role == Qt::ToolTipRole)
        return look ? plainToolTip(runTip(*look))
               : section == FieldColumn
                   ? QString()
                   : tr("How many different values the runs have; having none counts as one");
    return {};
}

} // namespace sextant
