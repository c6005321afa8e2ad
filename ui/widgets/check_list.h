// CheckList: a pop-up with a search field over any number of entries to tick, in groups with counts. Entries
// can be many thousands: only rows that match exist in the list, and rows are drawn, not made of widgets. GUI
// thread only.
#pragma once

#include "ui/widgets/popup.h"

#include <QAbstractListModel>
#include <QListView>

#include <optional>
#include <vector>

class QLabel;
class QToolButton;

namespace sextant {

class SearchField;
class TextLabel;

struct CheckEntry
{
    QString group;
    QString text;
    QString detail; // at the right, muted
    bool checked = false;
};

/// Rows: group heads (with how many of the group are ticked) and the entries that match the search.
class CheckListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { IsHeadRole = Qt::UserRole, DetailRole, EntryRole, MatchRole };

    using QAbstractListModel::QAbstractListModel;

    void setEntries(std::vector<CheckEntry> entries);
    const std::vector<CheckEntry>& entries() const { return m_entries; }
    /// Words in any order, each somewhere in the text; or one regular expression. False when that does not
    /// compile: then the list stays.
    bool search(const QString& text, bool regularExpression);
    void setChecked(int entry, bool checked);
    /// Entries that the search shows.
    std::vector<int> matching() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row
    {
        int entry; // of a head: the first of its group
        bool isHead;
        int matchAt = -1, matchLength = 0;
    };
    void rebuild();
    bool matches(const QString& text, Row& row) const;
    QString headDetail(const QString& group) const;

    std::vector<CheckEntry> m_entries;
    std::vector<Row> m_rows;
    QStringList m_words;
    std::optional<QRegularExpression> m_pattern;
};

class CheckList final : public Popup
{
    Q_OBJECT
public:
    /// `what`: "columns", for the placeholder and names.
    CheckList(const QString& name, const QString& placeholder, QWidget* parent);

    CheckListModel& model() { return m_model; }
    void setEntries(std::vector<CheckEntry> entries);
    /// Buttons below the list.
    QToolButton* addFooterButton(const QString& text);
    void setNote(const QString& note);

signals:
    void toggled(int entry, bool checked);
    /// Alt+Up / Alt+Down on an entry.
    void moveRequested(int entry, int by);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void toggleCurrent();
    void applySearch();
    bool listKey(QKeyEvent* event);

    CheckListModel m_model;
    SearchField* m_field;
    QToolButton* m_pattern;
    QListView* m_list;
    QWidget* m_footer;
    TextLabel* m_note;
};

} // namespace sextant
