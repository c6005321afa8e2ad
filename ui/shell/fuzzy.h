// Fuzzy matching for the palette: each word of the pattern must appear in the text as letters in order; the
// score prefers whole words, starts of words and letters side by side.
#pragma once

#include <QList>
#include <QStringView>

#include <optional>

namespace sextant {

struct FuzzyMatch
{
    int score = 0;
    struct Range
    {
        qsizetype start = 0, length = 0;
        bool operator==(const Range&) const = default;
    };
    QList<Range> ranges; // of the text, ascending, not touching
};

/// Ignores case. An empty pattern matches everything with score 0.
std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text);

} // namespace sextant
