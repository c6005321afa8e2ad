// Words of the promotion desk: one place, so that inbox, head and buttons agree. Texts of stores and logs are
// made safe to show.
#pragma once

#include "ui/registry/desk_data.h"
#include "ui/widgets/badge.h"

#include <QString>

namespace sextant {

struct ColoredText
{
    QString text;
    const char* color = "text.muted";
};

/// "1 of 2", "2 gates fail", "Applied": how it stands, in the inbox.
ColoredText deskState(const DeskItem& item);
/// "14, to Production, 2 days ago".
QString deskLine(const registry::Promotion& promotion, EpochMs reference);
QString boxTitle(DeskBox box);

/// "Production", "alias champion".
QString deskTarget(const registry::Target& target);
Badge deskTargetBadge(const registry::Target& target);

Badge evidenceBadge(EvidenceState state);
QString evidenceIcon(const std::string& kind);
ColoredText reviewerState(DeskReviewer::Standing standing);
QString reviewerIcon(DeskReviewer::Standing standing);

/// An entry of the history: icon, colour, title.
struct ActText
{
    QString icon, title, detail;
    const char* color = "text.muted";
};
ActText actText(const registry::LoggedAct& logged, const std::string& model);

/// "Requests 3 and 4", joined as people do.
QString joinSentences(const std::vector<std::string>& sentences);
/// The first letter large.
QString capital(QString text);

} // namespace sextant
