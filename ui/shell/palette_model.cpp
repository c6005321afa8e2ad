#include "ui/shell/palette_model.h"

#include "ui/widgets/key_cap.h"

#include <algorithm>

namespace sextant {

namespace {

constexpr int kMixedLimit = 5;   // entries of a section when everything is searched
constexpr int kAloneLimit = 200; // when a prefix names one kind
constexpr char kOwnAction[] = "palette.open";
constexpr int kRecencyBoost = 12; // of the action run last; older ones get less

} // namespace

PaletteModel::PaletteModel(ActionRegistry& actions, PageSource pages, QObject* parent)
    : QAbstractListModel(parent), m_actions(actions), m_pages(std::move(pages))
{
}

std::vector<PaletteRow> PaletteModel::actionRows(const QString& text, bool keysOnly) const
{
    std::vector<PaletteRow> rows;
    for (QAction* action : m_actions.all()) {
        const ActionSpec& spec = m_actions.spec(action);
        if ((keysOnly && spec.keys.isEmpty()) || (!keysOnly && spec.id == QLatin1String(kOwnAction)))
            continue;
        auto match = fuzzyMatch(text, action->text());
        if (!match)
            continue;
        PaletteRow row;
        row.icon = spec.icon.isEmpty() ? QStringLiteral("arrow-right") : spec.icon;
        row.title = action->text();
        row.detail = action->isEnabled() ? spec.context : ActionRegistry::reason(action);
        row.keys = keyNames(spec.keys.value(0));
        row.matched = match->ranges;
        row.enabled = action->isEnabled();
        const auto recency = m_recent.indexOf(spec.id);
        row.score = match->score + (recency >= 0 ? std::max(1, kRecencyBoost - int(recency)) : 0) -
                    (row.enabled ? 0 : 100);
        row.activate = [action] { action->trigger(); };
        rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const PaletteRow& a, const PaletteRow& b) { return a.score > b.score; });
    return rows;
}

std::vector<PaletteRow> PaletteModel::pageRows(std::vector<Page::PaletteEntry>& entries, const QString& text,
                                               const QString& kind)
{
    std::vector<PaletteRow> rows;
    for (Page::PaletteEntry& entry : entries) {
        if (entry.kind != kind)
            continue;
        PaletteRow row;
        row.icon = entry.icon;
        row.title = entry.title;
        row.detail = entry.detail;
        row.right = entry.right;
        if (auto match = fuzzyMatch(text, entry.title))
            row.matched = match->ranges;
        row.activate = std::move(entry.activate);
        rows.push_back(std::move(row));
    }
    return rows;
}

void PaletteModel::addSection(const QString& title, std::vector<PaletteRow> rows, std::size_t limit)
{
    m_matches += int(rows.size());
    if (rows.empty())
        return;
    PaletteRow section;
    section.isSection = true;
    section.title = title;
    m_rows.push_back(std::move(section));
    if (rows.size() > limit)
        rows.resize(limit);
    std::move(rows.begin(), rows.end(), std::back_inserter(m_rows));
}

void PaletteModel::search(const QString& query)
{
    beginResetModel();
    m_rows.clear();
    m_matches = 0;
    const QChar prefix = query.isEmpty() ? QChar() : query[0];
    const bool named = QStringLiteral(">@#:?").contains(prefix) && !prefix.isNull();
    const QString text = (named ? query.mid(1) : query).trimmed();
    const int limit = named ? kAloneLimit : kMixedLimit;
    if (!named || prefix == '>' || prefix == '?')
        addSection(prefix == '?' ? tr("Keys") : tr("Actions"), actionRows(text, prefix == '?'),
                   std::size_t(text.isEmpty() && !named ? 8 : limit));
    const std::pair<char, QString> kinds[] = {{'@', tr("Runs")}, {'#', tr("Models")}, {':', tr("Columns")}};
    std::vector<Page::PaletteEntry> entries;
    if (named ? prefix != '>' && prefix != '?' : !text.isEmpty())
        entries = m_pages(text, limit);
    for (const auto& [kind, title] : kinds)
        if (!named || prefix == QLatin1Char(kind))
            addSection(title, pageRows(entries, text, QString(QLatin1Char(kind))), std::size_t(limit));
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const PaletteRow& entry = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case Qt::AccessibleTextRole:
        return QStringList({entry.title, entry.detail, entry.keys.join(QLatin1Char('+'))})
            .join(QStringLiteral(", "));
    case Qt::ToolTipRole:
        return entry.isSection ? QString() : entry.title.toHtmlEscaped();
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const
{
    if (!index.isValid() || row(index.row()).isSection)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

int PaletteModel::nextEntry(int from, int step) const
{
    for (int at = from; at >= 0 && at < int(m_rows.size()); at += step)
        if (!m_rows[std::size_t(at)].isSection)
            return at;
    return -1;
}

} // namespace sextant
