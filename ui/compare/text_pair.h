// TextPair: two texts with their difference, as one value. Files of runs as texts: which both have, and their
// first part. Blocking; for jobs.
#pragma once

#include "core/base/operation.h"
#include "core/base/text_diff.h"
#include "core/store/open.h"

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace sextant {

inline constexpr std::size_t kMostTextCompared = 1'000'000; // bytes of each side

/// The difference holds views into the texts: made once, never copied.
struct TextPair
{
    std::string left, right;
    std::size_t leftSize = 0, rightSize = 0; // of the whole
    TextDiff difference;

    bool cut() const { return left.size() < leftSize || right.size() < rightSize; }
};

using TextPairPtr = std::shared_ptr<const TextPair>;

/// Compares at most kMostTextCompared bytes of each.
TextPairPtr compareTexts(std::string left, std::string right);

/// Paths of the text files that both runs have, by name and ending; the ones that say what a model needs come
/// first. Looks three folders deep and at no more than a thousand entries of a run. Errors: those of the
/// store.
Result<std::vector<std::string>> commonTextFiles(Store& store, const std::string& leftRun,
                                                 const std::string& rightRun, const Operation& operation);

/// Errors: those of the store; Io; InvalidArgument where one of them is no text.
Result<TextPairPtr> compareFiles(Store& store, const std::string& leftRun, const std::string& rightRun,
                                 const std::string& path);

} // namespace sextant
