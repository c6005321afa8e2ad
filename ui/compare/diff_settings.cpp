#include "ui/compare/diff_settings.h"

#include "ui/shell/workspace_parts.h"

namespace sextant {

namespace {

constexpr const char* kKinds[] = {"all", "params", "metrics", "tags", "code", "data"};
constexpr const char* kOrders[] = {"variation", "key"};
constexpr const char* kSections[] = {"metrics", "params", "code", "tags"};

} // namespace

DiffKind kindOf(DifferenceKind kind)
{
    switch (kind) {
    case DifferenceKind::Metric:
        return DiffKind::Metrics;
    case DifferenceKind::Param:
        return DiffKind::Params;
    case DifferenceKind::Tag:
        return DiffKind::Tags;
    case DifferenceKind::Data:
        return DiffKind::Data;
    case DifferenceKind::Code:
    case DifferenceKind::Environment:
        break;
    }
    return DiffKind::Code;
}

QJsonObject toJson(const DiffSettings& settings)
{
    QJsonArray folded;
    for (auto section : settings.folded)
        folded.append(QLatin1String(kSections[static_cast<std::size_t>(section)]));
    return {{QStringLiteral("kind"), QLatin1String(kKinds[static_cast<std::size_t>(settings.kind)])},
            {QStringLiteral("search"), settings.search},
            {QStringLiteral("onlyDifferences"), settings.onlyDifferences},
            {QStringLiteral("order"), QLatin1String(kOrders[static_cast<std::size_t>(settings.order)])},
            {QStringLiteral("deltas"), settings.deltas},
            {QStringLiteral("folded"), folded}};
}

DiffSettings diffSettingsFromJson(const QJsonObject& object)
{
    DiffSettings settings;
    settings.kind = static_cast<DiffKind>(indexOf(kKinds, object.value(QStringLiteral("kind")), 0));
    settings.search = object.value(QStringLiteral("search")).toString();
    settings.onlyDifferences = object.value(QStringLiteral("onlyDifferences")).toBool(true);
    settings.order = static_cast<DifferenceOrder>(indexOf(kOrders, object.value(QStringLiteral("order")), 0));
    settings.deltas = object.value(QStringLiteral("deltas")).toBool();
    for (const auto& each : object.value(QStringLiteral("folded")).toArray())
        if (auto section = indexOf(kSections, each, -1); section >= 0)
            settings.folded.insert(static_cast<DifferenceSection>(section));
    return settings;
}

} // namespace sextant
