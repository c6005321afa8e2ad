#include "ui/compare/curve_cascade.h"

#include "core/series/band.h"
#include "ui/widgets/store_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace sextant {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CurveSettings", text);
}

CurveChoice defaults()
{
    CurveChoice choice;
    choice.xAxis = 0;
    choice.xMetric = std::string();
    choice.yScale = 0;
    choice.smoothing = 0;
    choice.smoothingAmount = 0.6;
    choice.band = 0;
    choice.members = 0;
    choice.outliers = 0;
    return choice;
}

/// Whether a level says anything of a field.
bool says(const CurveChoice& choice, CurveField field)
{
    switch (field) {
    case CurveField::X:
        return choice.xAxis || choice.xMetric;
    case CurveField::Y:
        return choice.yScale.has_value();
    case CurveField::Smoothing:
        return choice.smoothing || choice.smoothingAmount;
    case CurveField::Band:
        return choice.band || choice.members;
    case CurveField::Outliers:
        break;
    }
    return choice.outliers.has_value();
}

template <class Map>
const CurveChoice* choiceOf(const Map& choices, const std::string& key)
{
    auto place = choices.find(key);
    return place == choices.end() ? nullptr : &place->second;
}

template <class T>
void take(std::optional<T>& field, const std::optional<T>& other)
{
    if (other)
        field = other;
}

QString bandText(int band)
{
    auto text = QString::fromStdString(describe(static_cast<BandKind>(band)));
    return text.isEmpty() ? tr("each run") : text;
}

QString smoothingText(int kind)
{
    switch (static_cast<SmoothingKind>(kind)) {
    case SmoothingKind::ExponentialAverage:
        return tr("EMA, debiased");
    case SmoothingKind::RunningMean:
        return tr("running mean");
    case SmoothingKind::Gaussian:
        return tr("Gaussian");
    case SmoothingKind::TimeWeightedAverage:
        return tr("EMA, time-weighted");
    case SmoothingKind::None:
        break;
    }
    return tr("none");
}

} // namespace

void lay(CurveChoice& choice, const CurveChoice& changes)
{
    take(choice.xAxis, changes.xAxis);
    take(choice.xMetric, changes.xMetric);
    take(choice.yScale, changes.yScale);
    take(choice.smoothing, changes.smoothing);
    take(choice.smoothingAmount, changes.smoothingAmount);
    take(choice.band, changes.band);
    take(choice.members, changes.members);
    take(choice.outliers, changes.outliers);
}

ResolvedCurve resolveCurve(const CompareView& view, const std::string& section, const std::string& metric)
{
    ResolvedCurve resolved;
    resolved.choice = defaults();
    auto add = [&](const CurveChoice* choice, SettingsLevel level) {
        if (!choice)
            return;
        lay(resolved.choice, *choice);
        for (auto field : kCurveFields)
            if (says(*choice, field))
                resolved.levels[static_cast<std::size_t>(field)] = level;
    };
    add(&view.settings, SettingsLevel::Page);
    add(choiceOf(view.sectionSettings, section), SettingsLevel::Section);
    if (!metric.empty())
        add(choiceOf(view.panelSettings, metric), SettingsLevel::Panel);
    resolved.settings = toLineSettings(resolved.choice);
    return resolved;
}

LineSettings toLineSettings(const CurveChoice& choice)
{
    LineSettings settings;
    settings.xMetric = choice.xMetric.value_or(std::string());
    settings.xAxis = settings.xMetric.empty() ? static_cast<XAxis>(choice.xAxis.value_or(0)) : XAxis::Metric;
    settings.band = static_cast<BandKind>(choice.band.value_or(0));
    settings.showMembers = choice.members.value_or(0) != 0;
    settings.clipOutliers = choice.outliers.value_or(0) != 0;
    settings.logY = choice.yScale.value_or(0) != 0;
    settings.symmetricY = choice.yScale.value_or(0) == 2;
    settings.smoothing = {static_cast<SmoothingKind>(choice.smoothing.value_or(0)),
                          choice.smoothingAmount.value_or(0.6)};
    return settings;
}

CurveChoice changedFields(const LineSettings& before, const LineSettings& now)
{
    CurveChoice changes;
    if (now.xAxis != before.xAxis || now.xMetric != before.xMetric) {
        changes.xMetric = now.xAxis == XAxis::Metric ? now.xMetric : std::string();
        changes.xAxis = now.xAxis == XAxis::Metric ? 0 : static_cast<int>(now.xAxis);
    }
    if (now.band != before.band)
        changes.band = static_cast<int>(now.band);
    if (now.showMembers != before.showMembers)
        changes.members = now.showMembers ? 1 : 0;
    if (now.clipOutliers != before.clipOutliers)
        changes.outliers = now.clipOutliers ? 1 : 0;
    if (now.logY != before.logY || now.symmetricY != before.symmetricY)
        changes.yScale = !now.logY ? 0 : now.symmetricY ? 2 : 1;
    if (now.smoothing != before.smoothing) {
        changes.smoothing = static_cast<int>(now.smoothing.kind);
        changes.smoothingAmount = now.smoothing.amount;
    }
    return changes;
}

QString fieldName(CurveField field)
{
    switch (field) {
    case CurveField::X:
        return tr("X");
    case CurveField::Y:
        return tr("Y");
    case CurveField::Smoothing:
        return tr("Smoothing");
    case CurveField::Band:
        return tr("Band");
    case CurveField::Outliers:
        break;
    }
    return tr("Outliers");
}

QString fieldText(CurveField field, const CurveChoice& choice)
{
    switch (field) {
    case CurveField::X:
        if (choice.xMetric && !choice.xMetric->empty())
            return oneLine(*choice.xMetric, 40);
        return choice.xAxis == 1 ? tr("Relative time") : choice.xAxis == 2 ? tr("Wall time") : tr("Step");
    case CurveField::Y:
        return choice.yScale == 2   ? tr("Symmetric log")
               : choice.yScale == 1 ? tr("Logarithmic")
                                    : tr("Linear");
    case CurveField::Smoothing:
        return smoothingText(choice.smoothing.value_or(0));
    case CurveField::Band:
        return bandText(choice.band.value_or(0));
    case CurveField::Outliers:
        break;
    }
    return choice.outliers.value_or(0) ? tr("Clip") : tr("Keep");
}

QString levelText(SettingsLevel level)
{
    switch (level) {
    case SettingsLevel::Panel:
        return tr("set for this panel");
    case SettingsLevel::Section:
        return tr("set for the section");
    case SettingsLevel::Page:
        return tr("set for the page");
    case SettingsLevel::Default:
        break;
    }
    return tr("default");
}

std::vector<FieldOption> fieldOptions(CurveField field)
{
    std::vector<FieldOption> options;
    auto add = [&](int count, std::optional<int> CurveChoice::*member) {
        for (int value = 0; value < count; ++value) {
            CurveChoice choice;
            choice.*member = value;
            if (field == CurveField::X)
                choice.xMetric = std::string();
            if (field == CurveField::Smoothing && value > 0)
                choice.smoothingAmount = smoothingScale(static_cast<SmoothingKind>(value)).initial;
            options.push_back({fieldText(field, choice), choice});
        }
    };
    switch (field) {
    case CurveField::X:
        add(3, &CurveChoice::xAxis);
        break;
    case CurveField::Y:
        add(3, &CurveChoice::yScale);
        break;
    case CurveField::Smoothing:
        add(5, &CurveChoice::smoothing);
        break;
    case CurveField::Band:
        add(5, &CurveChoice::band);
        break;
    case CurveField::Outliers:
        add(2, &CurveChoice::outliers);
        break;
    }
    return options;
}

bool holds(const CurveChoice& resolved, CurveField field, const CurveChoice& option)
{
    return fieldText(field, resolved) == fieldText(field, option);
}

} // namespace sextant
