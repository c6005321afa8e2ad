// Words for what a log says and for what a verification found: one place, so that list, timeline and tooltips
// agree. Texts of the log are made safe to show.
#pragma once

#include "core/registry/audit.h"

#include <QString>

namespace sextant {

/// How an entry reads, in the timeline.
struct EntryText
{
    QString icon;
    const char* color = "text.muted";
    QString title;  // "Request 11 approved"
    QString detail; // the reason, or what changed
    QString who;    // "Mira Kovač"
    QString keyId;  // short
    QString state;  // "Signed"
    const char* stateColor = "text.muted";
    QString stateIcon;
};
EntryText entryText(const registry::Audit& audit, const registry::AuditEntry& entry);

/// "v5" for "fraud/5" where the log is of the model fraud.
QString subjectText(const std::string& subject, const std::string& model);
/// "Production", "alias champion".
QString targetText(const std::string& target);
/// "a4c1…09".
QString shortDigest(const Digest& digest);

/// "Fails", "Gap", "Not checked", "Verified".
QString standingWord(ledger::Standing standing, const std::string& check);
/// "Against your pin" for "pin".
QString checkTitle(const ledger::Finding& finding);

enum class CheckGroup { Registry, Log, Signatures, Files, Unrecorded };
CheckGroup groupOf(const std::string& check);
QString groupTitle(CheckGroup group);

/// What the log can't tell, each a title and a sentence.
std::vector<std::pair<QString, QString>> unrecorded(const registry::Audit& audit);

/// The whole verdict as plain text, to be pasted into a report.
QString verdictReport(const registry::Audit& audit);

} // namespace sextant
