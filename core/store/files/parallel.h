// A loop over many small files on several threads: as many as there are processors while the disk answers
// from memory, more when threads wait for it.
#pragma once

#include "core/base/operation.h"

#include <cstddef>
#include <functional>
#include <string_view>

namespace sextant::files {

inline constexpr unsigned kMostWorkers = 16;

/// Calls work(worker, item) for every item; `worker` is below kMostWorkers, and one worker is on one thread
/// at a time. Reports progress from the calling thread. False when the operation was cancelled.
bool forEachInParallel(std::size_t items, const Operation& operation, std::string_view activity,
                       const std::function<void(unsigned worker, std::size_t item)>& work);

} // namespace sextant::files
