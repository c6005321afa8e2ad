#include "core/ledger/merkle.h"

#include <bit>

namespace sextant::ledger {

namespace {

/// The largest power of two below `count`, which is 2 at least: where RFC 6962 splits.
std::uint64_t splitOf(std::uint64_t count)
{
    return std::bit_floor(count - 1);
}

} // namespace

Digest leafHash(std::string_view entry)
{
    thread_local Sha256 hash;
    hash.add(std::string_view("\0", 1));
    hash.add(entry);
    return hash.finish();
}

Digest nodeHash(const Digest& left, const Digest& right)
{
    thread_local Sha256 hash;
    hash.add("\1");
    hash.add(bytesOf(left));
    hash.add(bytesOf(right));
    return hash.finish();
}

void MerkleTree::append(const Digest& leaf)
{
    if (m_levels.empty())
        m_levels.emplace_back();
    m_levels.front().push_back(leaf);
    for (std::size_t level = 0; m_levels[level].size() % 2 == 0; ++level) {
        if (level + 1 == m_levels.size())
            m_levels.emplace_back();
        const auto& full = m_levels[level];
        m_levels[level + 1].push_back(nodeHash(full[full.size() - 2], full.back()));
    }
}

/// The hash over leaves [begin, end), which begin where a subtree of that size does.
Digest MerkleTree::range(std::uint64_t begin, std::uint64_t end) const
{
    auto count = end - begin;
    if (std::has_single_bit(count)) {
        auto level = static_cast<std::size_t>(std::countr_zero(count));
        return m_levels[level][begin >> level];
    }
    auto middle = begin + splitOf(count);
    return nodeHash(range(begin, middle), range(middle, end));
}

Digest MerkleTree::root(std::uint64_t size) const
{
    return size == 0 ? sha256({}) : range(0, size);
}

void MerkleTree::proveInclusion(std::uint64_t index, std::uint64_t begin, std::uint64_t end,
                                std::vector<Digest>& proof) const
{
    if (end - begin == 1)
        return;
    auto middle = begin + splitOf(end - begin);
    bool left = index < middle;
    proveInclusion(index, left ? begin : middle, left ? middle : end, proof);
    proof.push_back(left ? range(middle, end) : range(begin, middle));
}

std::vector<Digest> MerkleTree::inclusionProof(std::uint64_t index, std::uint64_t size) const
{
    std::vector<Digest> proof;
    proveInclusion(index, 0, size, proof);
    return proof;
}

/// RFC 6962 §2.1.2, SUBPROOF: `known` while the earlier root is the hash of this very range.
void MerkleTree::proveConsistency(std::uint64_t before, std::uint64_t begin, std::uint64_t end, bool known,
                                  std::vector<Digest>& proof) const
{
    if (before == end) {
        if (!known)
            proof.push_back(range(begin, end));
        return;
    }
    auto middle = begin + splitOf(end - begin);
    bool left = before <= middle;
    if (left)
        proveConsistency(before, begin, middle, known, proof);
    else
        proveConsistency(before, middle, end, false, proof);
    proof.push_back(left ? range(middle, end) : range(begin, middle));
}

std::vector<Digest> MerkleTree::consistencyProof(std::uint64_t before, std::uint64_t after) const
{
    std::vector<Digest> proof;
    if (before > 0 && before < after)
        proveConsistency(before, 0, after, true, proof);
    return proof;
}

/// RFC 9162 §2.1.3.2.
bool provesInclusion(std::span<const Digest> proof, std::uint64_t index, std::uint64_t size,
                     const Digest& leaf, const Digest& root)
{
    if (index >= size)
        return false;
    auto first = index, last = size - 1;
    auto hash = leaf;
    for (const auto& part : proof) {
        if (last == 0)
            return false;
        if (first % 2 == 1 || first == last) {
            hash = nodeHash(part, hash);
            for (; first % 2 == 0 && first != 0; first >>= 1, last >>= 1) {
            }
        } else {
            hash = nodeHash(hash, part);
        }
        first >>= 1;
        last >>= 1;
    }
    return last == 0 && hash == root;
}

/// RFC 9162 §2.1.4.2.
bool provesConsistency(std::span<const Digest> proof, std::uint64_t before, std::uint64_t after,
                       const Digest& rootBefore, const Digest& rootAfter)
{
    if (before > after)
        return false;
    if (before == after)
        return proof.empty() && rootBefore == rootAfter;
    if (before == 0)
        return proof.empty() && rootBefore == sha256({});
    bool whole = std::has_single_bit(before); // then the proof leaves out the earlier root itself
    if (!whole && proof.empty())
        return false;
    auto hashBefore = whole ? rootBefore : proof.front();
    auto hashAfter = hashBefore;
    auto first = before - 1, last = after - 1;
    for (; first % 2 == 1; first >>= 1, last >>= 1) {
    }
    for (const auto& part : proof.subspan(whole ? 0 : 1)) {
        if (last == 0)
            return false;
        if (first % 2 == 1 || first == last) {
            hashBefore = nodeHash(part, hashBefore);
            hashAfter = nodeHash(part, hashAfter);
            for (; first % 2 == 0 && first != 0; first >>= 1, last >>= 1) {
            }
        } else {
            hashAfter = nodeHash(hashAfter, part);
        }
        first >>= 1;
        last >>= 1;
    }
    return last == 0 && hashBefore == rootBefore && hashAfter == rootAfter;
}

} // namespace sextant::ledger
