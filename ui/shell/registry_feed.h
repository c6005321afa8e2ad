// RegistryFeed: the newest RegistryData of the store in view. Reads it in jobs when the store changed: models
// first, their logs after them. GUI thread only.
#pragma once

#include "ui/shell/registry_data.h"
#include "ui/shell/session.h"

namespace sextant {

class RegistryFeed final : public QObject
{
    Q_OBJECT
public:
    RegistryFeed(Session& session, Jobs& jobs, QObject* parent = nullptr);

    /// Null until the first reading of the store in view.
    const RegistryDataPtr& data() const { return m_data; }
    /// Why the last reading failed; the data before it stays.
    const std::optional<Error>& error() const { return m_error; }
    bool reading() const { return m_reading; }
    /// When the data were read.
    QDateTime readAt() const { return m_readAt; }

    void refresh();
    /// Whether each reading is noted, so that changes made by others are known later. Off from the start.
    void setObserving(bool observing) { m_observing = observing; }

signals:
    void changed(); // data or error
    void recovered();

private:
    struct LogPlace
    {
        std::string model, folder;
        std::optional<Error> problem;
    };
    struct Reading
    {
        std::shared_ptr<RegistryData> data;
        std::vector<LogPlace> logs;
    };
    using LogStates = std::map<std::string, std::shared_ptr<const ModelLogState>>;

    static Result<Reading> read(Store& store, const RunTablePtr& runs, bool observing,
                                const Operation& operation);
    static LogStates readLogs(const std::vector<LogPlace>& places, const LogStates& known,
                              const Operation& operation);
    void onRead(Result<Reading> reading);
    void onLogs(const LogStates& logs);

    Session& m_session;
    Jobs& m_jobs;
    RegistryDataPtr m_data;
    std::optional<Error> m_error;
    QDateTime m_readAt;
    LogStates m_logs; // of the store in view, by model
    bool m_reading = false;
    bool m_observing = false;
};

} // namespace sextant
