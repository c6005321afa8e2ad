#include "core/base/text_diff.h"

#include "core/base/sequence_diff.h"

#include <algorithm>
#include <unordered_map>

namespace sextant {

namespace {

/// Gives equal texts one number.
class Numbering
{
public:
    std::vector<std::uint32_t> of(const std::vector<std::string_view>& texts)
    {
        std::vector<std::uint32_t> numbers;
        numbers.reserve(texts.size());
        for (auto text : texts)
            numbers.push_back(
                m_numbers.try_emplace(text, static_cast<std::uint32_t>(m_numbers.size())).first->second);
        return numbers;
    }

private:
    std::unordered_map<std::string_view, std::uint32_t> m_numbers;
};

/// Lines without their ends.
std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        auto end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(line);
    }
    return lines;
}

enum class Sort { Blank, Word, Sign };

/// Bytes beyond ASCII belong to words, so that no character is cut.
Sort sortOf(char c)
{
    auto byte = static_cast<unsigned char>(c);
    bool letter =
        (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
    if (letter || c == '_' || byte >= 0x80)
        return Sort::Word;
    return c == ' ' || c == '\t' ? Sort::Blank : Sort::Sign;
}

/// Words, stretches of blanks, and single signs.
std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> words;
    for (std::size_t begin = 0; begin < line.size();) {
        auto sort = sortOf(line[begin]);
        auto end = begin + 1;
        while (sort != Sort::Sign && end < line.size() && sortOf(line[end]) == sort)
            ++end;
        words.push_back(line.substr(begin, end - begin));
        begin = end;
    }
    return words;
}

/// The unmatched words as stretches of bytes; neighbours are joined.
std::vector<TextRange> rangesOf(const std::vector<std::string_view>& words,
                                const std::vector<bool>& unmatched)
{
    std::vector<TextRange> ranges;
    std::size_t at = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (unmatched[i]) {
            if (!ranges.empty() && ranges.back().begin + ranges.back().length == at)
                ranges.back().length += words[i].size();
            else
                ranges.push_back({at, words[i].size()});
        }
        at += words[i].size();
    }
    return ranges;
}

class SideBySide
{
public:
    SideBySide(TextDiff& diff, const TextDiffLimits& limits)
        : m_diff(diff), m_limits(limits), m_budget(limits.steps)
    {
    }

    void run()
    {
        Numbering numbering;
        auto left = numbering.of(m_diff.leftLines), right = numbering.of(m_diff.rightLines);
        auto unmatched = unmatchedItems(left, right, m_budget);
        m_diff.shortest = unmatched.shortest;
        std::size_t i = 0, j = 0;
        while (i < left.size() || j < right.size()) {
            auto endLeft = i, endRight = j;
            while (endLeft < left.size() && unmatched.left[endLeft])
                ++endLeft;
            while (endRight < right.size() && unmatched.right[endRight])
                ++endRight;
            addBlock(i, endLeft, j, endRight);
            i = endLeft;
            j = endRight;
            if (i < left.size() && j < right.size())
                m_diff.lines.push_back({DiffLine::Kind::Same, i++, j++, {}, {}});
        }
    }

private:
    /// Removed and added lines between two same ones stand beside each other as far as they go.
    void addBlock(std::size_t left, std::size_t leftEnd, std::size_t right, std::size_t rightEnd)
    {
        for (; left < leftEnd && right < rightEnd; ++left, ++right) {
            DiffLine line{DiffLine::Kind::Changed, left, right, {}, {}};
            markWords(line);
            m_diff.lines.push_back(std::move(line));
            ++m_diff.changed;
        }
        for (; left < leftEnd; ++left, ++m_diff.removed)
            m_diff.lines.push_back({DiffLine::Kind::Removed, left, {}, {}, {}});
        for (; right < rightEnd; ++right, ++m_diff.added)
            m_diff.lines.push_back({DiffLine::Kind::Added, {}, right, {}, {}});
    }

    void markWords(DiffLine& line)
    {
        auto left = m_diff.leftLines[*line.left], right = m_diff.rightLines[*line.right];
        auto leftWords = wordsOf(left), rightWords = wordsOf(right);
        if (std::max(leftWords.size(), rightWords.size()) > m_limits.wordsInLine) {
            line.leftWords = {{0, left.size()}};
            line.rightWords = {{0, right.size()}};
            return;
        }
        Numbering numbering;
        auto a = numbering.of(leftWords), b = numbering.of(rightWords);
        auto unmatched = unmatchedItems(a, b, m_budget);
        line.leftWords = rangesOf(leftWords, unmatched.left);
        line.rightWords = rangesOf(rightWords, unmatched.right);
    }

    TextDiff& m_diff;
    const TextDiffLimits& m_limits;
    std::size_t m_budget;
};

} // namespace

TextDiff diffTexts(std::string_view left, std::string_view right, const TextDiffLimits& limits)
{
    TextDiff diff;
    diff.leftLines = linesOf(left);
    diff.rightLines = linesOf(right);
    SideBySide(diff, limits).run();
    diff.lineEndsDiffer = diff.same() && left != right;
    return diff;
}

} // namespace sextant
