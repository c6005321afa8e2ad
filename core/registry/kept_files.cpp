#include "core/registry/kept_files.h"

#include "core/base/text.h"
#include "core/ledger/folder_storage.h"
#include "core/registry/card/card_store.h"

#include <algorithm>
#include <filesystem>

namespace sextant::registry {

using namespace ledger;

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 28;

/// Where the file of an input is kept; empty for inputs that are none.
std::string placeOf(const Act& act, const Subject& input)
{
    auto hex = toHex(input.digest);
    if (act.kind == ActKind::Gate) // other inputs are the request's evidence, and looked at there
        return input.name == "facts"    ? "facts/" + hex + ".json"
               : input.name == act.gate ? "gates/" + hex + ".json"
                                        : "";
    if (act.kind == ActKind::Card)
        return input.name == kCardInput ? std::string(kCardsFolder) + "/" + hex + ".json" : "";
    bool plain = !input.name.empty() && input.name.find('/') == std::string::npos && input.name != "..";
    return plain ? "reports/" + hex + "/" + input.name : std::string();
}

class KeptFiles
{
public:
    KeptFiles(Verification& verification, const std::string& folder)
        : m_verification(verification), m_storage(folder)
    {
    }

    void check(const Act& act)
    {
        for (const auto& input : act.inputs) {
            auto place = placeOf(act, input);
            if (place.empty())
                continue;
            auto content = m_storage.read(place, kMostBytes);
            auto what = "'" + toUtf8(input.name) + "' of entry " + std::to_string(act.index);
            bool definition = act.kind == ActKind::Gate && input.name == act.gate;
            if (!content && content.error().code == ErrorCode::NotFound && definition)
                continue; // gates that the rules do not bind are with whoever checked them
            if (!content)
                say(Standing::Gap, "The file " + what + " could not be checked: " + content.error().message,
                    act.index);
            else if (sha256(*content) != input.digest)
                say(Standing::Failed, "The file " + what + " is not the one that was signed", act.index);
            else
                ++m_good;
        }
    }

    void finish()
    {
        if (m_good > 0)
            say(Standing::Passed,
                m_good == 1 ? "1 file beside the log is the one that was signed"
                            : std::to_string(m_good) + " files beside the log are those that were signed",
                {});
        if (m_storage.read(kMarkFile, kMostBytes))
            m_verification.findings.push_back(
                {Standing::Gap,
                 "change",
                 {},
                 "A change was stopped half way: `sextant promotions resume` ends it"});
        m_verification.verdict = std::max(m_verification.verdict, worst(m_verification.findings));
        if (m_verification.verdict == Standing::Failed)
            m_verification.note.reset();
    }

private:
    void say(Standing standing, std::string message, std::optional<std::uint64_t> entry)
    {
        m_verification.findings.push_back({standing, "evidence", entry, std::move(message)});
    }

    Verification& m_verification;
    FolderStorage m_storage;
    std::size_t m_good = 0;
};

} // namespace

void checkKeptFiles(Verification& verification, const LogFiles& files, const std::string& logFolder)
{
    KeptFiles kept(verification, std::filesystem::path(logFolder).parent_path().string());
    for (const auto& entry : files.entries) {
        auto envelope = parseEnvelope(entry.content, entry.name);
        auto act = envelope ? parseAct(envelope->payload, entry.name) : Result<Act>(forward(envelope));
        if (act && (act->kind == ActKind::Request || act->kind == ActKind::Gate ||
                    act->kind == ActKind::Card || act->emergency))
            kept.check(*act);
    }
    kept.finish();
}

} // namespace sextant::registry
