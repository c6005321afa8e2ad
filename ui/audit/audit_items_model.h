// AuditItemsModel: what was checked, in groups: heads and items, the failing ones of each group first. A flat
// list; folded groups have no rows.
#pragma once

#include "ui/audit/audit_text.h"

#include <QAbstractListModel>

#include <memory>
#include <set>

namespace sextant {

using AuditPtr = std::shared_ptr<const registry::Audit>;

struct AuditItem
{
    CheckGroup group = CheckGroup::Log;
    std::optional<ledger::Standing> standing; // nothing: not recorded
    QString word, title, message;
    std::optional<std::uint64_t> entry;
};

struct AuditCounts
{
    int verified = 0, failed = 0, unchecked = 0, gaps = 0, unrecorded = 0;
    int checked() const { return verified + failed + unchecked + gaps; }
};

class AuditItemsModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setAudit(const AuditPtr& audit);
    const AuditCounts& counts() const { return m_counts; }
    void toggle(CheckGroup group);
    bool isFolded(CheckGroup group) const { return m_folded.contains(group); }

    /// Null for a head.
    const AuditItem* item(int row) const;
    CheckGroup group(int row) const;
    QString headDetail(CheckGroup group) const; // "4 items, 1 fails"
    /// The next row after `row` that fails or is a gap, going round; −1 when there is none.
    int nextProblem(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row
    {
        CheckGroup group;
        int item; // −1: the head
    };
    std::vector<Row> rowsNow() const;

    std::vector<AuditItem> m_items;
    std::vector<Row> m_rows;
    std::set<CheckGroup> m_folded;
    AuditCounts m_counts;
};

} // namespace sextant
