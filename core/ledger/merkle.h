// MerkleTree: the hash tree of RFC 6962 over the entries of a log, and its proofs.
// The tree is one thread's; the checks of proofs are pure.
#pragma once

#include "core/base/sha256.h"

#include <span>
#include <vector>

namespace sextant::ledger {

Digest leafHash(std::string_view entry);
Digest nodeHash(const Digest& left, const Digest& right);

class MerkleTree
{
public:
    void append(const Digest& leaf);
    std::uint64_t size() const { return m_levels.empty() ? 0 : m_levels.front().size(); }
    const Digest& leaf(std::uint64_t index) const { return m_levels.front()[index]; }

    /// The root over the first `size` leaves, at most size().
    Digest root(std::uint64_t size) const;
    Digest root() const { return root(size()); }

    /// That leaf `index` is in the tree of `size` leaves: index < size <= size().
    std::vector<Digest> inclusionProof(std::uint64_t index, std::uint64_t size) const;
    /// That the tree of `before` leaves begins the one of `after`: before <= after <= size().
    std::vector<Digest> consistencyProof(std::uint64_t before, std::uint64_t after) const;

private:
    Digest range(std::uint64_t begin, std::uint64_t end) const;
    void proveInclusion(std::uint64_t index, std::uint64_t begin, std::uint64_t end,
                        std::vector<Digest>& proof) const;
    void proveConsistency(std::uint64_t before, std::uint64_t begin, std::uint64_t end, bool known,
                          std::vector<Digest>& proof) const;

    std::vector<std::vector<Digest>> m_levels; // of complete subtrees: level k holds those of 2^k leaves
};

bool provesInclusion(std::span<const Digest> proof, std::uint64_t index, std::uint64_t size,
                     const Digest& leaf, const Digest& root);
bool provesConsistency(std::span<const Digest> proof, std::uint64_t before, std::uint64_t after,
                       const Digest& rootBefore, const Digest& rootAfter);

} // namespace sextant::ledger
