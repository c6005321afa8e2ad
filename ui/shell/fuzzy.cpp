#include "ui/shell/fuzzy.h"

#include <QString>

#include <algorithm>
#include <vector>

namespace sextant {

namespace {

constexpr int kLetter = 1;
constexpr int kBeside = 8;     // right after the letter matched before
constexpr int kWordStart = 10; // first letter of a word of the text
constexpr int kTextStart = 6;
constexpr int kWhole = 12; // the word stands in the text as it was typed
constexpr qsizetype kLongestText = 512;

bool startsWord(QStringView text, qsizetype at)
{
    if (at == 0)
        return true;
    const QChar before = text[at - 1], here = text[at];
    return !before.isLetterOrNumber() || (here.isUpper() && before.isLower()) ||
           (here.isDigit() && !before.isDigit());
}

bool same(QChar a, QChar b)
{
    return a == b || a.toCaseFolded() == b.toCaseFolded();
}

struct Placed
{
    int score = 0;
    std::vector<qsizetype> places;
};

/// The letters of `word` in order, starting at `from`, each at the best of the next places: greedy.
std::optional<Placed> placeFrom(QStringView word, QStringView text, qsizetype from)
{
    Placed placed;
    qsizetype at = from;
    for (qsizetype i = 0; i < word.size(); ++i) {
        while (at < text.size() && !same(text[at], word[i]))
            ++at;
        if (at == text.size())
            return {};
        placed.score += kLetter;
        if (startsWord(text, at))
            placed.score += kWordStart;
        if (at == 0)
            placed.score += kTextStart;
        if (!placed.places.empty() && placed.places.back() == at - 1)
            placed.score += kBeside;
        placed.places.push_back(at++);
    }
    if (placed.places.back() - placed.places.front() == word.size() - 1)
        placed.score += kWhole;
    // A match scattered over the text is worth less than a dense one.
    placed.score -=
        int(std::min<qsizetype>(placed.places.back() - placed.places.front() - word.size() + 1, 20));
    return placed;
}

std::optional<Placed> placeWord(QStringView word, QStringView text)
{
    std::optional<Placed> best;
    for (qsizetype from = 0; from < text.size(); ++from) {
        if (!same(text[from], word[0]))
            continue;
        auto placed = placeFrom(word, text, from);
        if (!placed)
            break;
        if (!best || placed->score > best->score)
            best = std::move(placed);
    }
    return best;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text)
{
    text = text.left(kLongestText);
    FuzzyMatch match;
    std::vector<bool> hit(std::size_t(text.size()), false);
    for (QStringView word : pattern.split(u' ', Qt::SkipEmptyParts)) {
        auto placed = placeWord(word, text);
        // Letters strewn over a text are chance, not a match.
        if (!placed || placed->score < int(word.size()) * 2)
            return {};
        match.score += placed->score;
        for (qsizetype place : placed->places)
            hit[std::size_t(place)] = true;
    }
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!hit[std::size_t(i)])
            continue;
        if (!match.ranges.isEmpty() && match.ranges.last().start + match.ranges.last().length == i)
            ++match.ranges.last().length;
        else
            match.ranges.append({i, 1});
    }
    // Of two equal matches the shorter text is the likelier one.
    if (match.score > 0)
        match.score -= int(text.size() / 16);
    return match;
}

} // namespace sextant
