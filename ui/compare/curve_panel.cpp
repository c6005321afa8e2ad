#include "ui/compare/curve_panel.h"

#include "ui/widgets/store_text.h"

#include <algorithm>

namespace sextant {

CurvePanel::CurvePanel(PageContext& context, HistoryCache& histories, const std::string& metric,
                       const std::string& section, QWidget* parent)
    : CurvePanel(new MetricChart(context.session, context.jobs, histories, metric), metric, section, parent)
{
}

CurvePanel::CurvePanel(MetricChart* chart, const std::string& metric, const std::string& section,
                       QWidget* parent)
    : GridPanel(chart, parent), m_metric(metric), m_section(section), m_chart(chart)
{
    setFocusProxy(&canvas());
    m_chart->panel().setOffersMetrics(true);
    m_chart->panel().setOffersBands(true);
    connect(&m_chart->panel(), &LinePanel::xMetricWanted, this, &CurvePanel::xMetricWanted);
    addToMenu();
    connect(m_chart, &MetricChart::settingsChanged, this,
            [this](const LineSettings& now) { emit choiceMade(changedFields(m_resolved.settings, now)); });
}

void CurvePanel::addToMenu()
{
    auto* menu = m_chart->panel().menu();
    m_levels = menu->addMenu(tr("Where settings come from"));
    connect(m_levels, &QMenu::aboutToShow, this, &CurvePanel::fillLevels);
    m_toBoard = menu->addAction(tr("Show on top"));
    connect(m_toBoard, &QAction::triggered, this, [this] { emit boardWanted(!onBoard()); });
}

void CurvePanel::fillLevels()
{
    m_levels->clear();
    for (auto field : kCurveFields) {
        auto text =
            field == CurveField::Smoothing && m_resolved.settings.smoothing.kind != SmoothingKind::None
                ? QString::fromStdString(describe(m_resolved.settings.smoothing))
                : fieldText(field, m_resolved.choice);
        auto* line = m_levels->addAction(
            tr("%1 %2, %3").arg(fieldName(field), text, levelText(m_resolved.level(field))));
        line->setEnabled(false);
    }
    m_levels->addSeparator();
    auto decided = [&](SettingsLevel level) {
        return std::any_of(std::begin(kCurveFields), std::end(kCurveFields),
                           [&](CurveField field) { return m_resolved.level(field) == level; });
    };
    auto add = [&](const QString& text, bool enabled, auto&& run) {
        auto* action = m_levels->addAction(text);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, run);
    };
    auto ofPanel = decided(SettingsLevel::Panel), ofSection = decided(SettingsLevel::Section);
    auto section =
        m_section.empty() ? tr("metrics without a prefix") : oneLine(m_section, 40) + QLatin1Char('/');
    add(tr("Reset panel to section"), ofPanel, [this] { emit resetWanted(SettingsLevel::Section); });
    add(tr("Reset section and panel to page"), ofPanel || ofSection,
        [this] { emit resetWanted(SettingsLevel::Page); });
    add(tr("Use for all of %1").arg(section), ofPanel, [this] { emit spreadWanted(SettingsLevel::Section); });
    add(tr("Use for the whole page"), ofPanel || ofSection,
        [this] { emit spreadWanted(SettingsLevel::Page); });
}

void CurvePanel::setResolved(const ResolvedCurve& resolved)
{
    m_resolved = resolved;
    auto decided = [&](SettingsLevel level) {
        return std::any_of(std::begin(kCurveFields), std::end(kCurveFields),
                           [&](CurveField field) { return resolved.level(field) == level; });
    };
    m_chart->panel().setOrigin(decided(SettingsLevel::Panel)     ? tr("set for this panel")
                               : decided(SettingsLevel::Section) ? tr("set for the section")
                                                                 : QString());
    if (m_chart->panel().settings() != resolved.settings)
        m_chart->setSettings(resolved.settings);
}

void CurvePanel::setPlace(bool onBoard)
{
    setOnBoard(onBoard);
    m_toBoard->setText(onBoard ? tr("Move to its section") : tr("Show on top"));
}

} // namespace sextant
