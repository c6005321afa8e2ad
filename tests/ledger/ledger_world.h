// A log for tests with the people around it: ann asks, bob and cat approve, dan is the admin, wim a witness,
// eve nobody.
#pragma once

#include "core/ledger/folder_storage.h"
#include "core/ledger/log.h"
#include "tests/store/temporary_folder.h"

namespace sextant::ledger {

using test::TemporaryFolder;

inline constexpr const char* kOrigin = "risk-team/fraud";
inline constexpr const char* kChampion = "alias:champion";
inline constexpr const char* kRules =
    R"({"schema":"sextant.rules/1","targets":{"alias:champion":{"approvals":1,"gates":["better"]}}})";

class LedgerWorld
{
public:
    /// Begins a log in a folder that goes away with the object.
    explicit LedgerWorld(const std::string& rules = kRules);

    /// The same key for the same name, always.
    static PrivateKey key(const std::string& name);
    static TrustedKeys everybody();

    std::string folder() const { return m_folder / "log"; }
    std::string file(const std::string& path) const { return folder() + "/" + path; }
    LogAccess access(std::optional<std::string> pin = {}) const;
    Log open() const { return Log::open(access(), {}).value(); }

    /// Appends by a key of this name; the test fails when it is refused.
    std::uint64_t append(const std::string& who, Act act) const;
    /// The reason why it is refused; empty when it was appended.
    std::string refusal(const std::string& who, Act act) const;
    /// Writes an entry without asking whether it counts, as somebody with a key and no respect would.
    void force(const std::string& who, Act act) const;

    std::uint64_t request(const std::string& who = "ann", int version = 5, const std::string& author = "",
                          std::vector<std::string> from = {}) const;
    Act approval(std::uint64_t request, int version = 5) const;
    Act gate(std::uint64_t request, bool passed = true, int version = 5) const;
    Act transition(std::uint64_t request, int version = 5, std::vector<std::string> from = {}) const;
    /// Request, gate, approval and transition; the index of the last.
    std::uint64_t promote(int version = 5, std::vector<std::string> from = {}) const;

    Verification verify(VerifyOptions options = {}) const;
    /// With nothing left open: pinned to what is there, files and registry as the log says.
    VerifyOptions complete() const;

    std::string read(const std::string& path) const;
    void write(const std::string& path, const std::string& content) const;
    /// The file of an entry, as a path in the log.
    std::string entryPath(std::uint64_t index) const;

private:
    TemporaryFolder m_folder;
};

Subject version(int number);

/// The findings that did not pass, one in a line.
std::string said(const Verification& verification);
/// True when a finding of this standing holds the words.
bool says(const Verification& verification, Standing standing, const std::string& words);

} // namespace sextant::ledger
