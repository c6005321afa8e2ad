// The tree of RFC 6962 against its published roots, and its proofs for every pair of sizes.
#include "core/base/encoding.h"
#include "core/ledger/merkle.h"

#include <gtest/gtest.h>

namespace sextant::ledger {

namespace {

std::vector<std::string> classicLeaves()
{
    std::vector<std::string> leaves;
    for (const char* hex :
         {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"})
        leaves.push_back(fromHex(hex).value());
    return leaves;
}

MerkleTree treeOf(std::size_t size)
{
    MerkleTree tree;
    for (std::size_t i = 0; i < size; ++i)
        tree.append(leafHash("leaf " + std::to_string(i)));
    return tree;
}

TEST(Merkle, PublishedRoots)
{
    const std::map<std::size_t, std::string> kRoots = {
        {0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
        {2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
        {3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
        {4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
        {7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
        {8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"}};
    MerkleTree tree;
    for (const auto& leaf : classicLeaves())
        tree.append(leafHash(leaf));
    for (const auto& [size, root] : kRoots)
        EXPECT_EQ(toHex(tree.root(size)), root) << size;
    EXPECT_EQ(tree.root(), tree.root(8));
}

TEST(Merkle, EveryInclusionIsProvenAndNothingElse)
{
    constexpr std::uint64_t kMost = 33;
    auto tree = treeOf(kMost);
    for (std::uint64_t size = 1; size <= kMost; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            auto proof = tree.inclusionProof(index, size);
            auto root = tree.root(size);
            EXPECT_TRUE(provesInclusion(proof, index, size, tree.leaf(index), root))
                << index << " of " << size;
            EXPECT_FALSE(provesInclusion(proof, index, size, leafHash("other"), root));
            EXPECT_FALSE(provesInclusion(proof, index + 1, size, tree.leaf(index), root));
            EXPECT_FALSE(provesInclusion(proof, size, size, tree.leaf(index), root));
            for (std::size_t i = 0; i < proof.size(); ++i) {
                auto torn = proof;
                torn[i][7] ^= 1;
                EXPECT_FALSE(provesInclusion(torn, index, size, tree.leaf(index), root));
            }
            proof.push_back(root);
            EXPECT_FALSE(provesInclusion(proof, index, size, tree.leaf(index), root)) << "longer than needed";
        }
    }
}

TEST(Merkle, EveryConsistencyIsProvenAndNothingElse)
{
    constexpr std::uint64_t kMost = 33;
    auto tree = treeOf(kMost);
    for (std::uint64_t after = 0; after <= kMost; ++after) {
        for (std::uint64_t before = 0; before <= after; ++before) {
            auto proof = tree.consistencyProof(before, after);
            auto first = tree.root(before), second = tree.root(after);
            EXPECT_TRUE(provesConsistency(proof, before, after, first, second)) << before << " to " << after;
            auto other = second;
            other[0] ^= 1;
            EXPECT_EQ(provesConsistency(proof, before, after, first, other), before == 0 && after > 0)
                << "an empty log begins every other";
            if (before > 0) {
                EXPECT_FALSE(provesConsistency(proof, before, after, other, second));
            }
            for (std::size_t i = 0; i < proof.size(); ++i) {
                auto torn = proof;
                torn[i][31] ^= 128;
                EXPECT_FALSE(provesConsistency(torn, before, after, first, second));
            }
            EXPECT_FALSE(provesConsistency(proof, after + 1, after, first, second));
        }
    }
}

} // namespace

} // namespace sextant::ledger
