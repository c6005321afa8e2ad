// HistoryView: the history of a registered model under its versions: a head with its counts, and the events.
// GUI thread only.
#pragma once

#include "ui/registry/history_model.h"

#include <QWidget>

class QListView;
class QPushButton;

namespace sextant {

class ElidedLabel;
class PickerButton;

class HistoryView final : public QWidget
{
    Q_OBJECT
public:
    explicit HistoryView(QWidget* parent = nullptr);

    /// Null: no model is in view.
    void setEntry(const RegistryEntry* entry, bool logsRead,
                  const std::vector<registry::Observation>& observations);
    /// What "only vN" stands for.
    void setVersion(std::int64_t version);
    HistoryModel& model() { return m_model; }
    QListView& view() { return *m_view; }
    PickerButton& picker() { return *m_show; }
    int wholeHeight() const;

signals:
    void verifyWanted();
    void versionWanted(std::int64_t version);

private:
    QWidget* buildHead();
    void updateHead(const RegistryEntry* entry, bool logsRead);
    void show(HistoryModel::Show what);

    HistoryModel m_model;
    QListView* m_view;
    ElidedLabel* m_counts = nullptr;
    PickerButton* m_show = nullptr;
    QPushButton* m_verify = nullptr;
    HistoryModel::Show m_shown = HistoryModel::Show::All;
    std::int64_t m_version = 0;
};

} // namespace sextant
