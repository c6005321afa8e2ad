// AuditItems: the list of what was checked. Heads fold by click, Space or the arrows; Enter on an item that
// is about an entry asks for it. GUI thread only.
#pragma once

#include "ui/audit/audit_items_model.h"

#include <QListView>

namespace sextant {

class AuditItems final : public QListView
{
    Q_OBJECT
public:
    explicit AuditItems(AuditItemsModel& model, QWidget* parent = nullptr);

    /// Muted: what stands there is from before.
    void setStale(bool stale);
    bool isStale() const { return m_stale; }
    void goToNextProblem();

signals:
    void entryWanted(quint64 entry);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void open(const QModelIndex& index);
    void copy() const;

    AuditItemsModel& m_model;
    bool m_stale = false;
};

} // namespace sextant
