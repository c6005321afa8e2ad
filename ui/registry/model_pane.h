// ModelPane: one registered model: its name, aliases and description, its versions, its history. GUI thread
// only.
#pragma once

#include "ui/registry/history_view.h"
#include "ui/registry/versions_view.h"

#include <QWidget>

namespace sextant {

class AliasChips;
class ElidedLabel;

class ModelPane final : public QWidget
{
    Q_OBJECT
public:
    explicit ModelPane(QWidget* parent = nullptr);

    void setContent(const RegistryDataPtr& registry, const std::string& model, const std::string& metric,
                    int direction);
    /// What was seen of the model in view since this installation looks at the store.
    void setObservations(const std::string& model, std::vector<registry::Observation> observations);
    const RegistryEntry* entry() const { return m_model.entry(); }
    const ModelVersion* currentVersion() const; // null: none; deleted ones too
    bool isDeleted(std::int64_t version) const;

    VersionsModel& model() { return m_model; }
    VersionsView& versions() { return *m_versions; }
    HistoryView& history() { return *m_history; }
    /// For pop-ups about the model.
    QWidget* head() const { return m_head; }

signals:
    void versionChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildHead();
    void divide();

    VersionsModel m_model;
    QWidget* m_head = nullptr;
    ElidedLabel* m_name = nullptr;
    AliasChips* m_aliases = nullptr;
    ElidedLabel* m_description = nullptr;
    ElidedLabel* m_outside = nullptr; // what was changed outside of the log
    VersionsView* m_versions;
    HistoryView* m_history;
    std::vector<registry::Observation> m_observations;
    std::string m_observed; // the model they are of
    bool m_logsRead = false;
};

} // namespace sextant
