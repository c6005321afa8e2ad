// The settings of a curve panel: worked out from the levels page < section < panel, and which level decided.
#pragma once

#include "ui/charts/line_series.h"
#include "ui/shell/compare_view.h"

#include <QStringList>

namespace sextant {

enum class SettingsLevel { Default, Page, Section, Panel };

/// One kind of setting as menus name it.
enum class CurveField { X, Y, Smoothing, Band, Outliers };
inline constexpr CurveField kCurveFields[] = {CurveField::X, CurveField::Y, CurveField::Smoothing,
                                              CurveField::Band, CurveField::Outliers};

struct ResolvedCurve
{
    LineSettings settings;
    CurveChoice choice; // every field set
    SettingsLevel levels[std::size(kCurveFields)] = {};

    SettingsLevel level(CurveField field) const { return levels[static_cast<std::size_t>(field)]; }
};

/// What applies to a panel; an empty `metric` asks for a section, an empty section with it for the page.
ResolvedCurve resolveCurve(const CompareView& view, const std::string& section, const std::string& metric);

LineSettings toLineSettings(const CurveChoice& choice);
/// The fields in which `now` differs from `before`, for the level at which the change was made.
CurveChoice changedFields(const LineSettings& before, const LineSettings& now);
/// `changes` laid over `choice`.
void lay(CurveChoice& choice, const CurveChoice& changes);

QString fieldName(CurveField field);
/// "Step", "Logarithmic", "EMA, debiased 0.60", "mean ± std", "Keep".
QString fieldText(CurveField field, const CurveChoice& choice);
QString levelText(SettingsLevel level);

/// The choices of a field: their text, and what they set.
struct FieldOption
{
    QString text;
    CurveChoice choice;
};
std::vector<FieldOption> fieldOptions(CurveField field);
bool holds(const CurveChoice& resolved, CurveField field, const CurveChoice& option);

} // namespace sextant
