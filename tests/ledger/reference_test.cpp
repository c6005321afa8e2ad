// The reference modules of the formats, in Go: what they make is read here, and what is made here they
// accept.
#include "core/base/encoding.h"
#include "core/base/text.h"
#include "core/ledger/envelope.h"
#include "tests/ledger/ledger_world.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace sextant::ledger {

namespace {

constexpr std::uint64_t kLargest = 40; // as in reference/main.go

int runs(const std::string& line)
{
    return std::system((line + " 2>&1").c_str());
}

MerkleTree referenceTree()
{
    MerkleTree tree;
    for (std::uint64_t i = 0; i < kLargest; ++i)
        tree.append(leafHash("entry " + std::to_string(i)));
    return tree;
}

class Reference : public testing::Test
{
protected:
    /// Builds the program once. Where its modules can't be had there is nothing to compare with.
    static void SetUpTestSuite()
    {
        std::string build = std::string("cd '") + SEXTANT_REFERENCE_FOLDER + "' && '" + SEXTANT_GO + "' ";
        s_built = runs(build + "mod download") == 0;
        if (s_built) {
            ASSERT_EQ(runs(build + "build -buildvcs=false -o '" + SEXTANT_REFERENCE_PROGRAM + "' ."), 0);
        }
    }
    void SetUp() override
    {
        if (!s_built)
            GTEST_SKIP() << "the reference modules can't be had here";
    }

    int reference(const std::string& verb)
    {
        return runs(std::string("'") + SEXTANT_REFERENCE_PROGRAM + "' " + verb + " '" +
                    m_folder.path().string() + "'");
    }
    std::string read(const std::string& name) { return test::contentOf(m_folder / name); }

    TemporaryFolder m_folder;
    static inline bool s_built = false;
};

TEST_F(Reference, WhatItMakesIsReadHere)
{
    ASSERT_EQ(reference("make"), 0);
    auto key = PublicKey::parse(read("theirs.key"));
    ASSERT_TRUE(key) << key.error().message;
    auto note = parseNote(read("theirs.note"), "It");
    ASSERT_TRUE(note) << note.error().message;
    EXPECT_EQ(checkNote(*note, std::vector{*key}).fitting.size(), 1u);
    EXPECT_EQ(formatNote(*note), read("theirs.note"));

    auto envelope = parseEnvelope(read("theirs.dsse"), "It");
    ASSERT_TRUE(envelope) << envelope.error().message;
    auto signer = PublicKey::fromBytes("go", fromHex(read("theirs.public")).value()).value();
    EXPECT_TRUE(verify(*envelope, envelope->signatures.at(0), signer));
    EXPECT_EQ(envelope->payload, "{\"a\": \"ü\"}");
}

TEST_F(Reference, ItsTreeAndProofsAreOurs)
{
    ASSERT_EQ(reference("make"), 0);
    auto tree = referenceTree();
    auto text = read("theirs.tree");
    std::size_t lines = 0;
    for (auto line : split(trim(text), '\n')) {
        auto words = split(line, ' ');
        auto size = std::stoull(std::string(words.at(1))), other = std::stoull(std::string(words.at(2)));
        std::vector<Digest> hashes;
        for (std::size_t i = 3; i < words.size(); ++i)
            hashes.push_back(digestFromHex(words[i]).value());
        ++lines;
        if (words[0] == "root") {
            EXPECT_EQ(tree.root(size), hashes.at(0)) << line;
        } else if (words[0] == "record") {
            EXPECT_EQ(tree.inclusionProof(other, size), hashes) << line;
            EXPECT_TRUE(provesInclusion(hashes, other, size, tree.leaf(other), tree.root(size))) << line;
        } else {
            EXPECT_EQ(tree.consistencyProof(other, size), hashes) << line;
            EXPECT_TRUE(provesConsistency(hashes, other, size, tree.root(other), tree.root(size))) << line;
        }
    }
    EXPECT_EQ(lines, kLargest * (kLargest + 1) + kLargest);
}

TEST_F(Reference, ItAcceptsWhatIsMadeHere)
{
    auto key = LedgerWorld::key("ann");
    auto tree = referenceTree();
    m_folder.write("ours.key", key.publicKey().text() + "\n");
    auto checkpoint = signCheckpoint({kOrigin, tree.size(), tree.root()}, key).value();
    ASSERT_TRUE(
        addCosignature(checkpoint, LedgerWorld::key("wim"), 1'700'000'000'000)); // a line it does not know
    m_folder.write("ours.note", formatNote(checkpoint));
    std::string text;
    auto put = [&](const char* kind, std::uint64_t size, std::uint64_t other,
                   const std::vector<Digest>& hashes) {
        text += std::string(kind) + " " + std::to_string(size) + " " + std::to_string(other);
        for (const auto& hash : hashes)
            text += " " + toHex(hash);
        text += "\n";
    };
    for (std::uint64_t size = 1; size <= kLargest; ++size) {
        put("root", size, 0, {tree.root(size)});
        for (std::uint64_t other = 0; other < size; ++other) {
            put("record", size, other, tree.inclusionProof(other, size));
            put("tree", size, other + 1, tree.consistencyProof(other + 1, size));
        }
    }
    m_folder.write("ours.tree", text);
    LedgerWorld world;
    m_folder.write("ours.dsse", world.open().entry(0).value());
    m_folder.write("ours.public", toHex(LedgerWorld::key("dan").publicKey().bytes()));
    EXPECT_EQ(reference("check"), 0);
    text.replace(text.size() - 3, 1, text[text.size() - 3] == '0' ? "1" : "0");
    m_folder.write("ours.tree", text);
    EXPECT_NE(reference("check"), 0) << "it does look";
}

} // namespace

} // namespace sextant::ledger
