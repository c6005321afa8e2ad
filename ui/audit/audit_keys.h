// AuditKeys: whom a verification trusts: the file, and each key with its roles, its person and until when it
// is valid. GUI thread only.
#pragma once

#include "ui/audit/audit_items_model.h"
#include "ui/widgets/popup.h"

#include <QAbstractTableModel>

namespace sextant {

class AuditKeysModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Roles, Person, Id, Valid, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void setAudit(const AuditPtr& audit);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        QString cells[Columns];
    };
    std::vector<Row> m_rows;
};

class AuditKeys final : public Popup
{
    Q_OBJECT
public:
    explicit AuditKeys(const AuditPtr& audit, QWidget* parent);

signals:
    void fileWanted();
    void ownWanted();

private:
    AuditKeysModel m_model;
};

} // namespace sextant
