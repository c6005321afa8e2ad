// Histories of one metric of several runs, read together by stores for which that is cheaper than one after
// the other.
#pragma once

#include "core/store/tracking_store.h"

#include <functional>
#include <span>

namespace sextant {

using TakeHistory = std::function<void(std::size_t index, HistoryPtr history)>;

/// What such a store is besides a TrackingStore. The same rules hold: any one thread at a time.
class HistoriesReader
{
public:
    virtual ~HistoriesReader() = default;

    /// `take(i, history)` gets that of runIds[i], in any order, from one thread at a time. Where a reading
    /// had to start again, a later history replaces the one before.
    virtual Result<void> histories(const std::string& metric, std::span<const std::string> runIds,
                                   const Operation& operation, const TakeHistory& take) = 0;
    /// Reading these goes over every run of the metric: all others would cost next to nothing more.
    virtual Result<bool> readsTogether(const std::string&, std::span<const std::string>) { return false; }
};

/// The same of any store. Errors: as TrackingStore::history of one of them.
Result<void> readHistories(TrackingStore& store, const std::string& metric,
                           std::span<const std::string> runIds, const Operation& operation,
                           const TakeHistory& take);
Result<bool> readsTogether(TrackingStore& store, const std::string& metric,
                           std::span<const std::string> runIds);

} // namespace sextant
