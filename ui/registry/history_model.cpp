#include "ui/registry/history_model.h"

#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace sextant {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("HistoryModel", text);
}

/// "Production", "alias champion".
QString targetText(const std::string& target)
{
    if (target.starts_with("alias:"))
        return tr("alias %1").arg(oneLine(target.substr(6), 60));
    return oneLine(target.starts_with("stage:") ? target.substr(6) : target, 60);
}

QString versionText(const std::string& subject)
{
    auto version = versionOfSubject(subject);
    return version ? QStringLiteral("v%1").arg(version->second) : oneLine(subject, 60);
}

QString fromText(const ledger::Act& act)
{
    QStringList names;
    for (const auto& subject : act.from)
        names << versionText(subject);
    return names.join(QLatin1String(", "));
}

QString movement(const ledger::Act& act)
{
    auto from = fromText(act);
    if (act.to.empty())
        return tr("%1 leaves %2").arg(from, targetText(act.target));
    return from.isEmpty()
               ? tr("%1 to %2").arg(versionText(act.to), targetText(act.target))
               : tr("%1 to %2, in place of %3").arg(versionText(act.to), targetText(act.target), from);
}

struct Look
{
    const char* icon;
    const char* tint;
    QString title;
};

Look lookOf(const ledger::Act& act)
{
    using ledger::ActKind;
    auto passed = act.passed.value_or(false);
    switch (act.kind) {
    case ActKind::Rules:
        return {"scale", "text.muted", tr("Rules set")};
    case ActKind::KeyAdded:
        return {"key-round", "text.muted", tr("Key added")};
    case ActKind::KeyRevoked:
        return {"key-round", "warning.fg", tr("Key revoked")};
    case ActKind::Request:
        return {"git-pull-request-arrow", "info.fg", tr("Request %1").arg(act.index)};
    case ActKind::Gate:
        return {passed ? "circle-check" : "circle-x", passed ? "success.fg" : "error.fg",
                passed ? tr("Gate passed") : tr("Gate failed")};
    case ActKind::Decision:
        return {passed ? "check" : "x", passed ? "success.fg" : "error.fg",
                passed ? tr("Approved") : tr("Rejected")};
    case ActKind::Withdrawal:
        return {"undo-2", "text.muted", tr("Withdrawn")};
    case ActKind::Comment:
        return {"file-text", "text.muted", tr("Comment")};
    case ActKind::Waiver:
        return {"triangle-alert", "warning.fg", tr("Gate waived")};
    case ActKind::Transition:
        return {act.emergency ? "triangle-alert" : "rocket", act.emergency ? "warning.fg" : "success.fg",
                act.emergency ? tr("Emergency") : tr("Applied")};
    case ActKind::Report:
        return {"chart-column", "text.muted", tr("Report")};
    case ActKind::Card:
        return {"file-text", "text.muted", tr("Model card")};
    case ActKind::Reconciliation:
        break;
    }
    return {"eye", "warning.fg", tr("Reconciled")};
}

QString wordsOf(const LoggedAct& logged)
{
    using ledger::ActKind;
    const auto& act = logged.act;
    auto person = oneLine(logged.person.empty() ? act.actor : logged.person, 60);
    auto reason = oneLine(act.reason, 300);
    switch (act.kind) {
    case ActKind::Request:
    case ActKind::Transition:
        return tr("%1, by %2").arg(movement(act), person);
    case ActKind::Gate:
    case ActKind::Waiver:
        return oneLine(act.gate, 80) + (reason.isEmpty() ? QString() : QLatin1String(": ") + reason);
    case ActKind::KeyAdded:
    case ActKind::KeyRevoked:
        return oneLine(act.keyLine, 120);
    default:
        return reason.isEmpty() ? person : person + QLatin1String(": ") + reason;
    }
}

HistoryEvent eventOf(const LoggedAct& logged, bool verifies)
{
    HistoryEvent event;
    auto look = lookOf(logged.act);
    event.source = HistoryEvent::Source::Log;
    event.time = logged.act.time;
    event.entry = logged.act.index;
    auto subject =
        versionOfSubject(logged.act.subject.name.empty() ? logged.act.to : logged.act.subject.name);
    event.version = subject ? subject->second : 0;
    event.icon = QLatin1String(look.icon);
    event.tint = look.tint;
    event.title = look.title;
    event.text = wordsOf(logged);
    event.failed = logged.standing == ledger::Standing::Failed;
    event.evidence = logged.person.empty() || event.failed ? Evidence::Claimed
                     : verifies                            ? Evidence::Verified
                                                           : Evidence::Recorded;
    return event;
}

HistoryEvent registered(const ModelVersion& version)
{
    HistoryEvent event;
    event.time = version.creationTime;
    event.version = version.version;
    event.icon = QStringLiteral("package");
    event.title = tr("Registered");
    event.text = version.description.empty()
                     ? QStringLiteral("v%1").arg(version.version)
                     : QStringLiteral("v%1: %2").arg(version.version).arg(oneLine(version.description, 300));
    return event;
}

HistoryEvent deleted(const ModelVersion& version)
{
    HistoryEvent event;
    event.time = version.lastUpdatedTime;
    event.version = version.version;
    event.icon = QStringLiteral("trash-2");
    event.title = tr("Deleted");
    event.text = tr("v%1, number is never reused").arg(version.version);
    return event;
}

QString numbersText(const std::vector<std::int64_t>& versions)
{
    QStringList numbers;
    for (auto version : versions)
        numbers << QStringLiteral("v%1").arg(version);
    return numbers.join(QLatin1String(", "));
}

/// What was seen and no entry of the log tells of; not what was there at the first look.
std::vector<registry::HistoryEvent> unlogged(const RegistryEntry& entry,
                                             const std::vector<registry::Observation>& observations)
{
    std::vector<registry::AuditEntry> entries;
    for (const auto& logged : entry.log ? entry.log->acts : std::vector<LoggedAct>()) {
        registry::AuditEntry told;
        told.index = logged.act.index;
        told.act = logged.act;
        told.person = logged.person;
        told.standing = logged.standing;
        entries.push_back(std::move(told));
    }
    auto merged = registry::mergedHistory(entry.model.name, entries, observations);
    std::erase_if(merged,
                  [](const registry::HistoryEvent& event) { return event.logged || event.what != "change"; });
    return merged;
}

HistoryEvent observed(const registry::HistoryEvent& seen)
{
    HistoryEvent event;
    event.source = HistoryEvent::Source::Observed;
    event.time = seen.time;
    event.version = !seen.to.empty() ? seen.to.front() : seen.from.empty() ? 0 : seen.from.front();
    event.icon = QStringLiteral("eye");
    event.tint = "warning.fg";
    event.title = tr("Seen, not logged");
    auto target = targetText(seen.target);
    auto from = numbersText(seen.from), to = numbersText(seen.to);
    event.text = from.isEmpty() ? tr("%1 to %2, author unknown").arg(to, target)
                 : to.isEmpty() ? tr("%1 leaves %2, author unknown").arg(from, target)
                                : tr("%1 from %2 to %3, author unknown").arg(target, from, to);
    return event;
}

} // namespace

std::vector<HistoryEvent> historyOf(const RegistryEntry& entry,
                                    const std::vector<registry::Observation>& observations)
{
    std::vector<HistoryEvent> events;
    for (const auto& version : entry.versions)
        events.push_back(registered(version));
    for (const auto& version : entry.deleted) {
        events.push_back(registered(version));
        events.back().text = QStringLiteral("v%1").arg(version.version);
        events.push_back(deleted(version));
    }
    for (const auto& seen : unlogged(entry, observations))
        events.push_back(observed(seen));
    std::vector<std::pair<EpochMs, HistoryEvent>> placed;
    for (auto& event : events)
        placed.emplace_back(event.time, std::move(event));
    auto latest = kNoTime;
    if (entry.log)
        for (const auto& logged : entry.log->acts) {
            latest = std::max(latest, logged.act.time); // the log's own order, whatever its clocks say
            placed.emplace_back(latest,
                                eventOf(logged, entry.log->verification.verdict != ledger::Standing::Failed));
        }
    std::stable_sort(placed.begin(), placed.end(), [](const auto& one, const auto& other) {
        return std::pair(one.first, one.second.entry) > std::pair(other.first, other.second.entry);
    });
    events.clear();
    for (auto& [time, event] : placed)
        events.push_back(std::move(event));
    return events;
}

void HistoryModel::setEvents(std::vector<HistoryEvent> events)
{
    beginResetModel();
    m_events = std::move(events);
    arrange();
    endResetModel();
}

void HistoryModel::setShown(Show show, std::int64_t version)
{
    if (show == m_show && version == m_version)
        return;
    beginResetModel();
    m_show = show;
    m_version = version;
    arrange();
    endResetModel();
}

void HistoryModel::arrange()
{
    m_rows.clear();
    for (std::size_t i = 0; i < m_events.size(); ++i) {
        const auto& event = m_events[i];
        if (m_show == Show::All || (m_show == Show::Log && event.source == HistoryEvent::Source::Log) ||
            (m_show == Show::Observed && event.source == HistoryEvent::Source::Observed) ||
            (m_show == Show::Version && event.version == m_version))
            m_rows.push_back(i);
    }
}

std::size_t HistoryModel::count(HistoryEvent::Source source) const
{
    return static_cast<std::size_t>(std::count_if(
        m_events.begin(), m_events.end(), [&](const HistoryEvent& event) { return event.source == source; }));
}

QString HistoryModel::timeText(EpochMs time)
{
    if (!isKnown(time))
        return QStringLiteral("—");
    auto moment = QDateTime::fromMSecsSinceEpoch(time);
    auto thisYear = moment.date().year() == QDate::currentDate().year();
    return QLocale::c().toString(moment, thisYear ? "dd MMM HH:mm" : "dd MMM yyyy");
}

QString HistoryModel::placeText(const HistoryEvent& event)
{
    switch (event.source) {
    case HistoryEvent::Source::Log:
        return tr("entry %1").arg(*event.entry);
    case HistoryEvent::Source::Observed:
        return tr("observed");
    case HistoryEvent::Source::Store:
        break;
    }
    return tr("store");
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& shown = event(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return QString(shown.title + QLatin1String("  ") + shown.text);
    case Qt::AccessibleTextRole:
        return QStringList{timeText(shown.time), shown.title, shown.text, placeText(shown),
                           shown.failed ? tr("does not verify") : Badge::evidence(shown.evidence).text}
            .join(QLatin1String(", "));
    case Qt::ToolTipRole:
        return plainToolTip(formatTime(shown.time) + QLatin1Char('\n') + shown.title + QLatin1String(": ") +
                            shown.text);
    default:
        return {};
    }
}

} // namespace sextant
