// AuditTimeline: the log as a line of events with its head: as of when, how many entries, which are shown.
// GUI thread only.
#pragma once

#include "ui/audit/audit_timeline_model.h"

#include <QWidget>

class QListView;

namespace sextant {

class ElidedLabel;
class PickerButton;

class AuditTimeline final : public QWidget
{
    Q_OBJECT
public:
    explicit AuditTimeline(QWidget* parent = nullptr);

    void setAudit(const AuditPtr& audit);
    void showEntry(std::uint64_t index);
    void setShown(AuditTimelineModel::Show show);
    AuditTimelineModel& model() { return m_model; }
    QListView& list() { return *m_list; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    QWidget* buildHead();
    void describe();

    AuditTimelineModel m_model;
    AuditPtr m_audit;
    ElidedLabel* m_title;
    ElidedLabel* m_count;
    PickerButton* m_show;
    QListView* m_list;
};

} // namespace sextant
