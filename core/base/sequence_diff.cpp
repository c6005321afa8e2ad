#include "core/base/sequence_diff.h"

#include <algorithm>
#include <unordered_map>

namespace sextant {

namespace {

using Items = std::vector<std::uint32_t>;

/// A part of each sequence.
struct Box
{
    std::size_t left = 0, leftEnd = 0, right = 0, rightEnd = 0;
};

/// A place in each.
struct Match
{
    std::size_t left = 0, right = 0;
};

class Matcher
{
public:
    Matcher(const Items& left, const Items& right, std::size_t& budget)
        : m_left(left), m_right(right), m_budget(budget)
    {
        m_result.left.assign(left.size(), true);
        m_result.right.assign(right.size(), true);
    }

    UnmatchedItems run() &&
    {
        match({0, m_left.size(), 0, m_right.size()}, true);
        return std::move(m_result);
    }

private:
    void keep(std::size_t left, std::size_t right)
    {
        m_result.left[left] = false;
        m_result.right[right] = false;
    }

    void trim(Box& box)
    {
        while (box.left < box.leftEnd && box.right < box.rightEnd && m_left[box.left] == m_right[box.right])
            keep(box.left++, box.right++);
        while (box.left < box.leftEnd && box.right < box.rightEnd &&
               m_left[box.leftEnd - 1] == m_right[box.rightEnd - 1])
            keep(--box.leftEnd, --box.rightEnd);
    }

    void match(Box box, bool mayAnchor)
    {
        trim(box);
        if (box.left == box.leftEnd || box.right == box.rightEnd || greedy(box))
            return;
        auto anchors = mayAnchor ? anchorsOf(box) : std::vector<Match>();
        if (anchors.empty()) {
            m_result.shortest = false;
            return;
        }
        anchors.push_back({box.leftEnd, box.rightEnd});
        for (const auto& anchor : anchors) {
            match({box.left, anchor.left, box.right, anchor.right}, false);
            if (anchor.left == box.leftEnd)
                break;
            keep(anchor.left, anchor.right);
            box.left = anchor.left + 1;
            box.right = anchor.right + 1;
        }
    }

    /// Myers 1986 with the whole trace kept; false when there are too many edits or the budget is spent.
    bool greedy(const Box& box)
    {
        constexpr long kMostEdits = 2'000; // the trace takes their square, 16 MB
        auto n = static_cast<long>(box.leftEnd - box.left), m = static_cast<long>(box.rightEnd - box.right);
        auto most = std::min(n + m, kMostEdits);
        std::vector<std::vector<std::int32_t>>
            trace; // for d edits: how far each diagonal -d, -d + 2, … d reaches
        for (long d = 0; d <= most; ++d) {
            auto cost = static_cast<std::size_t>(d) + 1;
            if (m_budget < cost)
                return false;
            m_budget -= cost;
            auto& reach = trace.emplace_back(static_cast<std::size_t>(d) + 1);
            for (long k = -d; k <= d; k += 2) {
                auto x = d == 0 ? 0 : startOf(trace[static_cast<std::size_t>(d) - 1], d, k);
                x += common(box, x, x - k, n, m);
                reach[static_cast<std::size_t>(k + d) / 2] = static_cast<std::int32_t>(x);
                if (x >= n && x - k >= m) {
                    walkBack(box, trace, k);
                    return true;
                }
            }
        }
        return false;
    }

    /// Where diagonal k begins after d edits: below diagonal k + 1 or right of k - 1, whichever is further.
    static long startOf(const std::vector<std::int32_t>& before, long d, long k)
    {
        auto reach = [&](long diagonal) -> long {
            return before[static_cast<std::size_t>(diagonal + d - 1) / 2];
        };
        if (k == -d || (k != d && reach(k - 1) < reach(k + 1)))
            return reach(k + 1);
        return reach(k - 1) + 1;
    }

    long common(const Box& box, long x, long y, long n, long m)
    {
        auto from = x;
        while (x >= 0 && y >= 0 && x < n && y < m &&
               m_left[box.left + static_cast<std::size_t>(x)] ==
                   m_right[box.right + static_cast<std::size_t>(y)]) {
            ++x;
            ++y;
        }
        auto cost = static_cast<std::size_t>(x - from);
        m_budget -= std::min(m_budget, cost);
        return x - from;
    }

    void walkBack(const Box& box, const std::vector<std::vector<std::int32_t>>& trace, long k)
    {
        for (auto d = static_cast<long>(trace.size()) - 1; d >= 0; --d) {
            long end = trace[static_cast<std::size_t>(d)][static_cast<std::size_t>(k + d) / 2];
            long begin = 0;
            auto diagonal = k;
            if (d > 0) {
                const auto& before = trace[static_cast<std::size_t>(d) - 1];
                begin = startOf(before, d, k);
                auto reach = [&](long other) -> long {
                    return before[static_cast<std::size_t>(other + d - 1) / 2];
                };
                bool down = k == -d || (k != d && reach(k - 1) < reach(k + 1));
                k += down ? 1 : -1;
            }
            for (auto x = begin; x < end; ++x)
                keep(box.left + static_cast<std::size_t>(x),
                     box.right + static_cast<std::size_t>(x - diagonal));
        }
    }

    /// Items that come once on each side, the longest list of them in the same order on both (patience).
    std::vector<Match> anchorsOf(const Box& box)
    {
        struct Seen
        {
            std::size_t left = 0, right = 0;
            std::uint32_t countLeft = 0, countRight = 0;
        };
        std::unordered_map<std::uint32_t, Seen> seen;
        for (auto i = box.left; i < box.leftEnd; ++i) {
            auto& item = seen[m_left[i]];
            item.left = i;
            ++item.countLeft;
        }
        for (auto i = box.right; i < box.rightEnd; ++i) {
            auto& item = seen[m_right[i]];
            item.right = i;
            ++item.countRight;
        }
        std::vector<Match> unique;
        for (auto i = box.left; i < box.leftEnd; ++i)
            if (const auto& item = seen[m_left[i]]; item.countLeft == 1 && item.countRight == 1)
                unique.push_back({i, item.right});
        return longestAscending(unique);
    }

    static std::vector<Match> longestAscending(const std::vector<Match>& matches)
    {
        std::vector<std::size_t> piles; // the match on top of each
        std::vector<std::size_t> below(matches.size());
        for (std::size_t i = 0; i < matches.size(); ++i) {
            auto pile = std::lower_bound(piles.begin(), piles.end(), i, [&](std::size_t a, std::size_t b) {
                return matches[a].right < matches[b].right;
            });
            below[i] = pile == piles.begin() ? i : *(pile - 1);
            pile == piles.end() ? piles.push_back(i) : void(*pile = i);
        }
        std::vector<Match> longest;
        if (piles.empty())
            return longest;
        for (auto i = piles.back();; i = below[i]) {
            longest.push_back(matches[i]);
            if (below[i] == i)
                break;
        }
        std::reverse(longest.begin(), longest.end());
        return longest;
    }

    const Items& m_left;
    const Items& m_right;
    std::size_t& m_budget;
    UnmatchedItems m_result;
};

} // namespace

UnmatchedItems unmatchedItems(const std::vector<std::uint32_t>& left, const std::vector<std::uint32_t>& right,
                              std::size_t& budget)
{
    return Matcher(left, right, budget).run();
}

} // namespace sextant
