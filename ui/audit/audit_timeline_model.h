// AuditTimelineModel: the entries of a log, newest first, and the place of the pin between them. Texts are
// made when a row is asked for: a log may have many thousands.
#pragma once

#include "ui/audit/audit_items_model.h"

namespace sextant {

class AuditTimelineModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum class Show { All, Promotions, Decisions, KeysAndRules, Problems };

    using QAbstractListModel::QAbstractListModel;

    void setAudit(AuditPtr audit);
    void setShown(Show show);
    Show shown() const { return m_show; }

    /// Null for the pin.
    const registry::AuditEntry* entry(int row) const;
    EntryText text(int row) const { return entryText(*m_audit, *entry(row)); }
    QString pinText() const;              // "Your pin, 198 entries, 30 Sep 2025"
    int rowOf(std::uint64_t entry) const; // −1: not shown
    quint64 shownEntries() const { return quint64(m_entries); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    bool shows(const registry::AuditEntry& entry) const;
    void fill();

    AuditPtr m_audit;
    Show m_show = Show::All;
    std::vector<int> m_rows; // into the audit's entries; −1: the pin
    std::size_t m_entries = 0;
};

} // namespace sextant
