#include "core/store/histories.h"

namespace sextant {

Result<void> readHistories(TrackingStore& store, const std::string& metric,
                           std::span<const std::string> runIds, const Operation& operation,
                           const TakeHistory& take)
{
    if (auto* reader = dynamic_cast<HistoriesReader*>(&store))
        return reader->histories(metric, runIds, operation, take);
    for (std::size_t index = 0; index < runIds.size(); ++index) {
        if (operation.cancelled())
            return cancelledError();
        SEXTANT_TRY(auto history, store.history(runIds[index], metric, {operation.stop, {}}));
        take(index, std::move(history));
    }
    return {};
}

Result<bool> readsTogether(TrackingStore& store, const std::string& metric,
                           std::span<const std::string> runIds)
{
    auto* reader = dynamic_cast<HistoriesReader*>(&store);
    return reader ? reader->readsTogether(metric, runIds) : Result<bool>(false);
}

} // namespace sextant
