// What panels of the grid say to each other, and what the user does with them: zoom, crosshair, drag, resize,
// settings.
#include "ui/compare/curve_panel.h"
#include "ui/compare/curves_grid.h"

#include <QApplication>
#include <QScrollBar>

#include <algorithm>

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
    connect(panel, &CurvePanel::boardWanted, this, [this, metric](bool onBoard) {
        editBoard(onBoard ? tr("show panel on top") : tr("move panel to its section"),
                  [&](std::vector<ComparePanel>& panels) {
                      std::erase_if(panels, [&](const ComparePanel& other) {
                          return other.chart == "line" && other.metric == metric;
                      });
                      if (onBoard)
                          panels.push_back({"line", metric, 2, 6});
                  });
    });
    connect(panel, &CurvePanel::dragged, this,
            [this, panel](QPoint global, bool finished) { onDragged(panel, global, finished); });
    connect(panel, &CurvePanel::resized, this,
            [this, panel](QSize size, bool finished) { onResized(panel, size, finished); });
    connect(&panel->chart().panel(), &LinePanel::maximizeRequested, this,
            [this, metric] { maximize(m_maximized == metric ? std::string() : metric); });
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
    m_current = source->metric();
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

void CurvesGrid::maximize(const std::string& metric)
{
    auto before = m_maximized;
    m_maximized = metric;
    relayout();
    if (metric.empty() && !before.empty())
        if (const auto* item = m_layout.panel("line", before))
            verticalScrollBar()->setValue(item->rect.top() - 8);
    if (!metric.empty())
        m_current = metric;
}

void CurvesGrid::step(int by)
{
    auto maximized = !m_maximized.empty();
    CurveLayout all;
    if (maximized) {
        auto kept = std::exchange(m_maximized, {});
        relayout();
        all = m_layout;
        m_maximized = kept;
    } else {
        all = m_layout;
    }
    auto order = all.reading();
    std::erase_if(order, [](const CurveItem* item) { return item->chart != "line"; });
    if (order.empty())
        return;
    const auto& now = maximized ? m_maximized : m_current;
    auto place =
        std::find_if(order.begin(), order.end(), [&](const CurveItem* item) { return item->key == now; });
    auto index = place == order.end() ? (by > 0 ? 0 : static_cast<int>(order.size()) - 1)
                                      : std::clamp(static_cast<int>(place - order.begin()) + by, 0,
                                                   static_cast<int>(order.size()) - 1);
    const auto& target = *order[static_cast<std::size_t>(index)];
    m_current = target.key;
    if (maximized)
        return maximize(target.key);
    auto* bar = verticalScrollBar();
    if (target.rect.top() < bar->value() || target.rect.bottom() > bar->value() + viewport()->height())
        bar->setValue(target.rect.top() - 8);
    if (auto panel = m_panels.find(m_current); panel != m_panels.end())
        panel->second->setFocus(Qt::TabFocusReason);
}

CurvePanel* CurvesGrid::currentPanel() const
{
    for (auto* widget = QApplication::focusWidget(); widget; widget = widget->parentWidget())
        if (auto* panel = qobject_cast<CurvePanel*>(widget); panel && viewport()->isAncestorOf(panel))
            return panel;
    auto panel = m_panels.find(m_maximized.empty() ? m_current : m_maximized);
    if (panel != m_panels.end())
        return panel->second;
    auto inSight = panelsInSight();
    return inSight.empty() ? nullptr : inSight.front();
}

void CurvesGrid::editBoard(const QString& what, const std::function<void(std::vector<ComparePanel>&)>& edit)
{
    m_context.controller.change(what, [&](CompareView& view) {
        if (!view.arranged)
            view.panels = m_defaults;
        view.arranged = true;
        edit(view.panels);
    });
}

void CurvesGrid::moveCurrent(int by)
{
    auto* panel = currentPanel();
    if (!panel)
        return;
    m_current = panel->metric();
    editBoard(tr("move panel"), [&](std::vector<ComparePanel>& panels) {
        auto place = std::find_if(panels.begin(), panels.end(),
                                  [&](const ComparePanel& each) { return each.metric == m_current; });
        if (place == panels.end()) {
            panels.push_back({"line", m_current, 2, 6});
            return;
        }
        auto moved = *place;
        auto index =
            std::clamp(static_cast<int>(place - panels.begin()) + by, 0, static_cast<int>(panels.size()) - 1);
        panels.erase(place);
        panels.insert(panels.begin() + index, std::move(moved));
    });
}

void CurvesGrid::resizeCurrent(int columns, int rows)
{
    auto* panel = currentPanel();
    if (!panel)
        return;
    m_current = panel->metric();
    editBoard(tr("resize panel"), [&](std::vector<ComparePanel>& panels) {
        auto place = std::find_if(panels.begin(), panels.end(),
                                  [&](const ComparePanel& each) { return each.metric == m_current; });
        if (place == panels.end())
            place = panels.insert(panels.end(), {"line", m_current, 2, 6});
        place->columns = std::clamp(place->columns + columns, 1, CurveLayout::kColumns);
        place->rows = std::clamp(place->rows + rows, 3, 30);
    });
}

void CurvesGrid::onDragged(CurvePanel* panel, QPoint global, bool finished)
{
    if (!m_maximized.empty())
        return;
    auto place = viewport()->mapFromGlobal(global);
    auto* bar = verticalScrollBar();
    if (!finished) { // near the edges the page follows
        if (place.y() < 24)
            bar->setValue(bar->value() - 12);
        else if (place.y() > viewport()->height() - 24)
            bar->setValue(bar->value() + 12);
        return;
    }
    auto target = m_layout.boardPlace(place + QPoint(0, bar->value()));
    auto metric = panel->metric();
    m_current = metric;
    editBoard(tr("move panel"), [&](std::vector<ComparePanel>& panels) {
        auto from = std::find_if(panels.begin(), panels.end(),
                                 [&](const ComparePanel& each) { return each.metric == metric; });
        ComparePanel moved{"line", metric, 2, 6};
        auto at = target;
        if (from != panels.end()) {
            moved = *from;
            at -= from - panels.begin() < target ? 1 : 0;
            panels.erase(from);
        }
        if (target >= 0)
            panels.insert(panels.begin() + std::clamp(at, 0, static_cast<int>(panels.size())),
                          std::move(moved));
    });
}

void CurvesGrid::onResized(CurvePanel* panel, QSize size, bool finished)
{
    if (!m_maximized.empty())
        return;
    auto columns =
        std::clamp(qRound(double(size.width()) * CurveLayout::kColumns / std::max(1, viewport()->width())), 1,
                   CurveLayout::kColumns);
    auto rows = std::clamp(qRound(double(size.height()) / CurveLayout::kRow), 3, 30);
    if (!finished) { // the shape that it would take
        panel->resize(viewport()->width() * columns / CurveLayout::kColumns, rows * CurveLayout::kRow);
        panel->raise();
        return;
    }
    m_current = panel->metric();
    editBoard(tr("resize panel"), [&](std::vector<ComparePanel>& panels) {
        for (auto& each : panels)
            if (each.metric == m_current && each.chart == "line")
                each.columns = columns, each.rows = rows;
    });
    place();
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
