// The search through packed texts against looking at each text.
#include "core/query/pool_search.h"

#include <gtest/gtest.h>
#include <random>

namespace sextant {
namespace {

TextPool packed(const std::vector<std::string>& texts)
{
    std::vector<std::uint64_t> offsets{0};
    std::vector<char> bytes;
    for (const auto& text : texts) {
        bytes.insert(bytes.end(), text.begin(), text.end());
        offsets.push_back(bytes.size());
    }
    return {FrozenArray(std::move(offsets)), FrozenArray(std::move(bytes))};
}

std::vector<RowIndex> found(const std::vector<std::string>& texts, std::string_view piece, std::size_t count)
{
    RowSet rows(texts.size());
    addRowsHolding(packed(texts), piece, count, rows);
    return rows.list();
}

std::vector<RowIndex> expected(const std::vector<std::string>& texts, std::string_view piece,
                               std::size_t count)
{
    std::vector<RowIndex> rows;
    for (RowIndex row = 0; row < std::min(count, texts.size()); ++row)
        if (texts[row].find(piece) != std::string::npos)
            rows.push_back(row);
    return rows;
}

TEST(PoolSearch, FindsNothingAcrossTwoTexts)
{
    EXPECT_EQ(found({"run-7", "77", "run-777", ""}, "777", 4), (std::vector<RowIndex>{2}));
    EXPECT_EQ(found({"ab", "cd"}, "bc", 2), std::vector<RowIndex>{});
}

TEST(PoolSearch, HandlesNoTextsAndLongPieces)
{
    EXPECT_EQ(found({}, "a", 0), std::vector<RowIndex>{});
    EXPECT_EQ(found({"", "", ""}, "a", 3), std::vector<RowIndex>{});
    EXPECT_EQ(found({"short"}, "longer than all of it", 1), std::vector<RowIndex>{});
    EXPECT_EQ(found({std::string(200, 'x')}, std::string(200, 'x'), 1), (std::vector<RowIndex>{0}));
}

TEST(PoolSearch, AgreesWithLookingAtEachText)
{
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::string> texts(random() % 60);
        for (auto& text : texts)
            for (auto left = random() % 40; left > 0; --left)
                text += "aab\xC3"[random() % 4]; // few letters, so that pieces overlap and end at borders
        for (std::size_t size = 1; size < 6; ++size) {
            std::string piece;
            while (piece.size() < size)
                piece += "ab"[random() % 2];
            auto count = random() % 3 == 0 ? texts.size() / 2 : texts.size();
            EXPECT_EQ(found(texts, piece, count), expected(texts, piece, count)) << piece;
        }
    }
}

} // namespace
} // namespace sextant
