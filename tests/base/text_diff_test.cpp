// Differences of texts: small cases by hand, random ones against the rules of a difference, hostile ones in
// bounded work.
#include "core/base/sequence_diff.h"
#include "core/base/text_diff.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace sextant {
namespace {

/// "=a -b +c ~d>e": one word for each line of the view.
std::string print(const TextDiff& diff)
{
    std::string text;
    for (const auto& line : diff.lines) {
        text += text.empty() ? "" : " ";
        if (line.kind == DiffLine::Kind::Changed) {
            text += "~" + std::string(diff.leftLines[*line.left]) + ">" +
                    std::string(diff.rightLines[*line.right]);
            continue;
        }
        text += line.kind == DiffLine::Kind::Same ? "=" : line.kind == DiffLine::Kind::Removed ? "-" : "+";
        text += line.left ? diff.leftLines[*line.left] : diff.rightLines[*line.right];
    }
    return text;
}

std::string diffed(std::string_view left, std::string_view right)
{
    return print(diffTexts(left, right));
}

TEST(TextDiff, Lines)
{
    EXPECT_EQ(diffed("a\nb\nc\n", "a\nb\nc\n"), "=a =b =c");
    EXPECT_EQ(diffed("a\nb\nc\n", "a\nc\n"), "=a -b =c");
    EXPECT_EQ(diffed("a\nc\n", "a\nb\nc\n"), "=a +b =c");
    EXPECT_EQ(diffed("a\nb\nc\n", "a\nx\ny\nc\n"), "=a ~b>x +y =c");
    EXPECT_EQ(diffed("", "a\n"), "+a");
    EXPECT_EQ(diffed("a", ""), "-a");
    EXPECT_EQ(diffed("", ""), "");
    EXPECT_EQ(diffed("a\n\nb", "a\nb"), "=a - =b");
}

TEST(TextDiff, LineEndsAreNoDifferenceOfLines)
{
    auto diff = diffTexts("a\r\nb\r\n", "a\nb");
    EXPECT_TRUE(diff.same());
    EXPECT_TRUE(diff.lineEndsDiffer);
    EXPECT_FALSE(diffTexts("a\n", "a\n").lineEndsDiffer);
    EXPECT_FALSE(diffTexts("a\n", "b").lineEndsDiffer);
}

TEST(TextDiff, WordsWithinALine)
{
    auto diff = diffTexts("numpy==1.26.4\n", "numpy==1.27.0  # né\n");
    ASSERT_EQ(diff.lines.size(), 1u);
    std::string left, right;
    for (auto range : diff.lines[0].leftWords)
        left += "[" + std::string(diff.leftLines[0].substr(range.begin, range.length)) + "]";
    for (auto range : diff.lines[0].rightWords)
        right += "[" + std::string(diff.rightLines[0].substr(range.begin, range.length)) + "]";
    EXPECT_EQ(left, "[26][4]");
    EXPECT_EQ(right, "[27][0  # né]");
    auto unicode = diffTexts("größe", "grüße");
    EXPECT_EQ(unicode.lines[0].leftWords, (std::vector<TextRange>{{0, std::string_view("größe").size()}}));
}

/// The matched items are equal and in order; the number of unmatched ones is the least there can be.
void expectRight(const std::vector<std::uint32_t>& left, const std::vector<std::uint32_t>& right)
{
    std::size_t budget = 100'000'000;
    auto unmatched = unmatchedItems(left, right, budget);
    std::vector<std::uint32_t> a, b;
    for (std::size_t i = 0; i < left.size(); ++i)
        if (!unmatched.left[i])
            a.push_back(left[i]);
    for (std::size_t i = 0; i < right.size(); ++i)
        if (!unmatched.right[i])
            b.push_back(right[i]);
    ASSERT_EQ(a, b);
    std::vector<std::vector<std::size_t>> longest(left.size() + 1,
                                                  std::vector<std::size_t>(right.size() + 1));
    for (std::size_t i = 0; i < left.size(); ++i)
        for (std::size_t j = 0; j < right.size(); ++j)
            longest[i + 1][j + 1] =
                left[i] == right[j] ? longest[i][j] + 1 : std::max(longest[i][j + 1], longest[i + 1][j]);
    EXPECT_EQ(a.size(), longest[left.size()][right.size()]);
    EXPECT_TRUE(unmatched.shortest);
}

TEST(SequenceDiff, RandomSequencesMatchTheLongestCommonSubsequence)
{
    std::mt19937 random(5);
    for (int round = 0; round < 400; ++round) {
        auto letters = 1 + random() % 6;
        std::vector<std::uint32_t> left(random() % 40), right(random() % 40);
        for (auto& item : left)
            item = static_cast<std::uint32_t>(random() % letters);
        for (auto& item : right)
            item = static_cast<std::uint32_t>(random() % letters);
        expectRight(left, right);
    }
}

TEST(SequenceDiff, HostileInputStaysInBudgetAndRight)
{
    std::mt19937 random(6);
    std::vector<std::uint32_t> left(60'000), right(60'000);
    for (auto& item : left)
        item = static_cast<std::uint32_t>(random() % 3);
    for (auto& item : right)
        item = static_cast<std::uint32_t>(random() % 3);
    left[30'000] = right[20'000] = 77; // one line that both have once
    std::size_t budget = 3'000'000;
    auto unmatched = unmatchedItems(left, right, budget);
    EXPECT_FALSE(unmatched.shortest);
    EXPECT_FALSE(unmatched.left[30'000]);
    EXPECT_FALSE(unmatched.right[20'000]);
    EXPECT_EQ(std::count(unmatched.left.begin(), unmatched.left.end(), false),
              std::count(unmatched.right.begin(), unmatched.right.end(), false));
    std::size_t none = 0;
    EXPECT_FALSE(unmatchedItems({1, 2, 3}, {1, 4, 3}, none).left[0]);
}

TEST(TextDiff, HostileTexts)
{
    std::string zeros(200'000, '\0'), line(300'000, 'a'), words;
    for (int i = 0; i < 50'000; ++i)
        words += i % 2 ? "x " : "y ";
    auto longLines = diffTexts(words, words + "z");
    ASSERT_EQ(longLines.changed, 1u);
    EXPECT_EQ(longLines.lines[0].leftWords[0].length, words.size()) << "compared as a whole";
    EXPECT_EQ(diffTexts(zeros, line).changed, 1u);
    EXPECT_EQ(diffTexts("\xff\xfe\n", "\xff\xfe\n").same(), true);
    std::string many, other;
    for (int i = 0; i < 100'000; ++i) {
        many += std::to_string(i) + "\n";
        other += std::to_string(100'000 - i) + "\n";
    }
    auto reversed = diffTexts(many, other);
    EXPECT_FALSE(reversed.shortest);
    EXPECT_GE(reversed.lines.size(), 100'000u);
}

} // namespace
} // namespace sextant
