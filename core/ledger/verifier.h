// Verifier: the steps of a verification, one after the other. Part of verifyLog.
#pragma once

#include "core/ledger/verify.h"

namespace sextant::ledger {

class Verifier
{
public:
    Verifier(const LogFiles& files, const VerifyOptions& options, const Operation& operation)
        : m_files(files), m_options(options), m_operation(operation)
    {
    }

    Result<Verification> run();

private:
    struct SignedCheckpoint
    {
        Checkpoint checkpoint;
        Note note;
    };

    void say(Standing standing, std::string check, std::string message,
             std::optional<std::uint64_t> entry = {});

    void layEntriesOut();
    void readCheckpoint();
    void compareWithTree();
    void readPin();
    Result<void> replay();
    void checkSigner();
    void readWitnesses();
    void checkWitnessRule();
    void checkDigests();
    void reconcile();

    /// The checkpoint in a note whose lines are all by trusted keys; what is wrong is said.
    std::optional<SignedCheckpoint> signedCheckpoint(const std::string& text, const std::string& check,
                                                     const std::string& what);
    void takeCosignatures(const Note& note, std::uint64_t size, const std::string& what);
    void listDifference(const std::string& target, const std::set<std::string>& logged,
                        const std::set<std::string>& actual);

    const LogFiles& m_files;
    const VerifyOptions& m_options;
    const Operation& m_operation;
    Verification m_result;
    std::vector<const EntryFile*> m_entries; // one for each index, without holes
    MerkleTree m_tree;
    std::optional<SignedCheckpoint> m_checkpoint;
    std::optional<Replay> m_replay;
    std::map<std::uint64_t, std::set<std::string>> m_witnesses; // size -> persons who vouched for it
};

} // namespace sextant::ledger
