// PaletteModel: the rows of the palette: sections and, in each, the entries that match, best first. GUI
// thread only.
#pragma once

#include "ui/shell/action_registry.h"
#include "ui/shell/fuzzy.h"
#include "ui/shell/page.h"

#include <QAbstractListModel>

namespace sextant {

/// One entry that can be chosen.
struct PaletteRow
{
    bool isSection = false;
    QString icon, title, detail, right;
    QStringList keys; // drawn as key caps
    QList<FuzzyMatch::Range> matched;
    bool enabled = true;
    int score = 0;
    std::function<void()> activate;
};

class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    using PageSource = std::function<std::vector<Page::PaletteEntry>(const QString& text, int limit)>;

    PaletteModel(ActionRegistry& actions, PageSource pages, QObject* parent = nullptr);

    /// Recently run actions come first among equals.
    void setRecent(const QStringList& actionIds) { m_recent = actionIds; }
    /// `query` with its prefix: `>` actions, `@` runs, `#` models, `:` columns, `?` keys.
    void search(const QString& query);
    int matches() const { return m_matches; }

    const PaletteRow& row(int index) const { return m_rows[std::size_t(index)]; }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// The first entry at or after (before) a row, -1 when there is none.
    int nextEntry(int from, int step) const;

private:
    std::vector<PaletteRow> actionRows(const QString& text, bool keysOnly) const;
    static std::vector<PaletteRow> pageRows(std::vector<Page::PaletteEntry>& entries, const QString& text,
                                            const QString& kind);
    void addSection(const QString& title, std::vector<PaletteRow> rows, std::size_t limit);

    ActionRegistry& m_actions;
    PageSource m_pages;
    QStringList m_recent;
    std::vector<PaletteRow> m_rows;
    int m_matches = 0;
};

} // namespace sextant
