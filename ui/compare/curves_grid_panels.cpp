// Panels of the grid as they are made, and what they say to each other: zoom, crosshair, stressed runs,
// settings.
#include "ui/compare/curve_panel.h"
#include "ui/compare/curves_grid.h"
#include "ui/compare/parallel_panel.h"

namespace sextant {

CurvePanel* CurvesGrid::makePanel(const CurveItem& item)
{
    auto* panel = new CurvePanel(m_context.page, m_context.histories, item.key, item.section, viewport());
    dress(panel, item);
    panel->canvas().setHoveredRun(m_hoveredRun);
    if (m_context.controller.view().syncZoom && m_window.x &&
        static_cast<int>(panel->chart().panel().settings().xAxis) == m_windowAxis)
        panel->canvas().setVisibleWindow({m_window.x, {}});
    connectCanvas(panel);
    auto metric = item.key;
    connect(panel, &CurvePanel::choiceMade, this, [this, metric](const CurveChoice& changes) {
        m_context.controller.change(tr("change panel"),
                                    [&](CompareView& view) { lay(view.panelSettings[metric], changes); });
    });
    connect(panel, &CurvePanel::xMetricWanted, this, [this, metric] { emit xMetricWanted(metric); });
    connect(panel, &CurvePanel::resetWanted, this,
            [this, panel](SettingsLevel level) { reset(panel, level); });
    connect(panel, &CurvePanel::spreadWanted, this,
            [this, panel](SettingsLevel level) { spread(panel, level); });
    connectFrame(panel, item.id());
    connect(&panel->chart().panel(), &LinePanel::maximizeRequested, this,
            [this, id = item.id()] { maximize(m_maximized == id ? std::nullopt : std::optional(id)); });
    panel->chart().setTurn([this] {
        if (!m_waking && !m_wake.isActive())
            m_next.start(0);
        return m_waking;
    });
    connect(&panel->chart(), &MetricChart::drawn, this, [this] {
        m_next.start(0);
        limitHistories();
        emit changed();
    });
    return panel;
}

void CurvesGrid::makeParallel()
{
    if (m_parallel)
        return;
    const PanelId id{"parallel", {}};
    m_parallel = new ParallelPanel(m_context, viewport());
    connectFrame(m_parallel, id);
    connect(m_parallel, &ParallelPanel::maximizeWanted, this,
            [this, id] { maximize(m_maximized == id ? std::nullopt : std::optional(id)); });
    auto& tab = m_parallel->tab();
    connect(&tab, &CompareTab::runHovered, this, [this](const std::string& run) {
        highlightRun(run);
        emit runHovered(run);
    });
    connect(&tab, &CompareTab::runPicked, this, &CurvesGrid::runPicked);
    connect(&tab, &CompareTab::statusChanged, this, &CurvesGrid::changed);
}

void CurvesGrid::connectCanvas(CurvePanel* panel)
{
    auto* canvas = &panel->canvas();
    connect(canvas, &LineCanvas::runHovered, this, [this](const QString& run) {
        highlightRun(run.toStdString());
        emit runHovered(run.toStdString());
    });
    connect(canvas, &LineCanvas::runClicked, this,
            [this](const QString& run) { emit runPicked(run.toStdString()); });
    connect(canvas, &LineCanvas::crosshairMoved, this, [this, panel](std::optional<double> x) {
        for (auto* other : panelsInSight())
            if (other != panel &&
                other->chart().panel().settings().xAxis == panel->chart().panel().settings().xAxis)
                other->canvas().setCrosshair(x);
    });
    connect(canvas, &LineCanvas::visibleWindowChanged, this,
            [this, panel](const ViewWindow& window) { syncWindow(panel, window); });
}

void CurvesGrid::syncWindow(CurvePanel* source, const ViewWindow& window)
{
    m_current = {"line", source->metric()};
    if (m_syncing || !m_context.controller.view().syncZoom)
        return;
    m_syncing = true;
    m_window = {window.x, {}};
    auto axis = source->chart().panel().settings().xAxis;
    m_windowAxis = static_cast<int>(axis);
    for (auto& [metric, panel] : m_panels) {
        if (panel == source || panel->chart().panel().settings().xAxis != axis)
            continue;
        // The same stretch of x; each keeps its own y.
        if (panel->canvas().visibleWindow().x != window.x)
            panel->canvas().setVisibleWindow(
                {window.x, window.x ? panel->canvas().visibleWindow().y : std::nullopt});
    }
    m_syncing = false;
    emit changed();
}

void CurvesGrid::reset(CurvePanel* panel, SettingsLevel level)
{
    m_context.controller.change(tr("reset panel"), [&](CompareView& view) {
        view.panelSettings.erase(panel->metric());
        if (level == SettingsLevel::Page)
            view.sectionSettings.erase(panel->section());
    });
}

void CurvesGrid::spread(CurvePanel* panel, SettingsLevel level)
{
    auto resolved = resolveCurve(m_context.controller.view(), panel->section(), panel->metric()).choice;
    m_context.controller.change(tr("use settings for all"), [&](CompareView& view) {
        auto inSection = [&](const auto& entry) { return sectionOf(entry.first) == panel->section(); };
        if (level == SettingsLevel::Page) {
            view.settings = resolved;
            view.sectionSettings.clear();
            view.panelSettings.clear();
            return;
        }
        view.sectionSettings[panel->section()] = resolved;
        std::erase_if(view.panelSettings, inSection);
    });
}

} // namespace sextant
