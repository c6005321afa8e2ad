// HistoryModel: what happened to a registered model, newest first: entries of its log, changes that were only
// seen, and what the store itself says. GUI thread only.
#pragma once

#include "core/registry/model_history.h"
#include "ui/registry/version_check.h"

#include <QAbstractListModel>

namespace sextant {

struct HistoryEvent
{
    enum class Source { Log, Observed, Store };
    Source source = Source::Store;
    EpochMs time = kNoTime;
    std::optional<std::uint64_t> entry; // of the log
    std::int64_t version = 0;           // 0: of the model as a whole
    QString icon;
    const char* tint = "text.muted";
    QString title, text;
    Evidence evidence = Evidence::Claimed;
    bool failed = false; // verifying the log found it wrong
};

/// All events of a model, newest first. Of what was observed only what no entry of the log tells of.
std::vector<HistoryEvent> historyOf(const RegistryEntry& entry,
                                    const std::vector<registry::Observation>& observations = {});

class HistoryModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum class Show { All, Log, Observed, Version };

    using QAbstractListModel::QAbstractListModel;

    void setEvents(std::vector<HistoryEvent> events);
    /// `version` for Show::Version.
    void setShown(Show show, std::int64_t version);
    const HistoryEvent& event(int row) const { return m_events[m_rows[static_cast<std::size_t>(row)]]; }
    std::size_t count(HistoryEvent::Source source) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    static QString timeText(EpochMs time);
    static QString placeText(const HistoryEvent& event); // "entry 213", "observed", "as the store says"

private:
    void arrange();

    std::vector<HistoryEvent> m_events;
    std::vector<std::size_t> m_rows;
    Show m_show = Show::All;
    std::int64_t m_version = 0;
};

} // namespace sextant
