// How the user arranges the panels of the grid: one at full size, steps from one to the next, drag, resize.
#include "ui/compare/curve_panel.h"
#include "ui/compare/curves_grid.h"
#include "ui/compare/parallel_panel.h"

#include <QApplication>
#include <QScrollBar>

#include <algorithm>

namespace sextant {

namespace {

std::vector<ComparePanel>::iterator placeOf(std::vector<ComparePanel>& panels, const PanelId& id)
{
    return std::find_if(panels.begin(), panels.end(), [&](const ComparePanel& panel) {
        return panel.chart == id.chart && panel.metric == id.metric;
    });
}

} // namespace

GridPanel* CurvesGrid::frameOf(const PanelId& id) const
{
    if (id.chart != "line")
        return m_parallel;
    auto panel = m_panels.find(id.metric);
    return panel == m_panels.end() ? nullptr : panel->second;
}

void CurvesGrid::connectFrame(GridPanel* panel, const PanelId& id)
{
    connect(panel, &GridPanel::boardWanted, this, [this, id](bool onBoard) {
        auto text = onBoard              ? tr("show panel on top")
                    : id.chart == "line" ? tr("move panel to its section")
                                         : tr("remove panel");
        editBoard(text, [&](std::vector<ComparePanel>& panels) {
            if (auto place = placeOf(panels, id); place != panels.end())
                panels.erase(place);
            if (onBoard)
                panels.push_back(newPanel(id));
        });
    });
    connect(panel, &GridPanel::dragged, this,
            [this, id](QPoint global, bool finished) { onDragged(id, global, finished); });
    connect(panel, &GridPanel::resized, this,
            [this, id](QSize size, bool finished) { onResized(id, size, finished); });
}

void CurvesGrid::maximize(const std::optional<PanelId>& panel)
{
    auto before = m_maximized;
    m_maximized = panel;
    relayout();
    if (!panel && before)
        if (const auto* item = m_layout.panel(before->chart, before->metric))
            verticalScrollBar()->setValue(item->rect.top() - 8);
    if (panel)
        m_current = *panel;
}

void CurvesGrid::maximize(const std::string& metric)
{
    maximize(std::optional(PanelId{"line", metric}));
}

void CurvesGrid::step(int by)
{
    auto maximized = m_maximized.has_value();
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
    if (order.empty())
        return;
    const auto now = maximized ? *m_maximized : m_current;
    auto place =
        std::find_if(order.begin(), order.end(), [&](const CurveItem* item) { return item->id() == now; });
    auto last = static_cast<int>(order.size()) - 1;
    auto index = place == order.end() ? (by > 0 ? 0 : last)
                                      : std::clamp(static_cast<int>(place - order.begin()) + by, 0, last);
    const auto& target = *order[static_cast<std::size_t>(index)];
    m_current = target.id();
    if (maximized)
        return maximize(m_current);
    auto* bar = verticalScrollBar();
    if (target.rect.top() < bar->value() || target.rect.bottom() > bar->value() + viewport()->height())
        bar->setValue(target.rect.top() - 8);
    if (auto* panel = frameOf(m_current))
        panel->setFocus(Qt::TabFocusReason);
}

std::optional<PanelId> CurvesGrid::current() const
{
    for (auto* widget = QApplication::focusWidget(); widget; widget = widget->parentWidget()) {
        if (auto* panel = qobject_cast<CurvePanel*>(widget); panel && viewport()->isAncestorOf(panel))
            return PanelId{"line", panel->metric()};
        if (widget == m_parallel)
            return PanelId{"parallel", {}};
    }
    if (auto id = m_maximized.value_or(m_current); frameOf(id))
        return id;
    auto inSight = panelsInSight();
    return inSight.empty() ? std::nullopt : std::optional(PanelId{"line", inSight.front()->metric()});
}

CurvePanel* CurvesGrid::currentPanel() const
{
    auto id = current();
    return id && id->chart == "line" ? static_cast<CurvePanel*>(frameOf(*id)) : nullptr;
}

ParallelPanel* CurvesGrid::parallelPanel() const
{
    return m_parallel && !m_parallel->isHidden() ? m_parallel : nullptr;
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
    auto panel = current();
    if (!panel)
        return;
    m_current = *panel;
    editBoard(tr("move panel"), [&](std::vector<ComparePanel>& panels) {
        auto place = placeOf(panels, m_current);
        if (place == panels.end()) {
            panels.push_back(newPanel(m_current));
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
    auto panel = current();
    if (!panel)
        return;
    m_current = *panel;
    editBoard(tr("resize panel"), [&](std::vector<ComparePanel>& panels) {
        auto place = placeOf(panels, m_current);
        if (place == panels.end())
            place = panels.insert(panels.end(), newPanel(m_current));
        place->columns = std::clamp(place->columns + columns, 1, CurveLayout::kColumns);
        place->rows = std::clamp(place->rows + rows, 3, 30);
    });
}

void CurvesGrid::onDragged(const PanelId& id, QPoint global, bool finished)
{
    if (m_maximized)
        return;
    auto place = viewport()->mapFromGlobal(global);
    auto* bar = verticalScrollBar();
    if (!finished) { // near the edges the page follows
        if (place.y() < 24)
            bar->setValue(bar->value() - 12);
        else if (place.y() > viewport()->height() - 24)
            bar->setValue(bar->value() + 12);
        return showDrop(m_layout.boardPlace(place + QPoint(0, bar->value())));
    }
    showDrop(-1);
    auto target = m_layout.boardPlace(place + QPoint(0, bar->value()));
    m_current = id;
    editBoard(tr("move panel"), [&](std::vector<ComparePanel>& panels) {
        auto from = placeOf(panels, id);
        auto moved = newPanel(id);
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

void CurvesGrid::showDrop(int boardPlace)
{
    constexpr int kWidth = 3;
    const CurveItem* before = nullptr; // stands at the place
    const CurveItem* after = nullptr;  // stands last
    for (const auto& item : m_layout.items) {
        if (item.board < 0)
            continue;
        before = item.board == boardPlace ? &item : before;
        after = &item;
    }
    m_drop->setVisible(boardPlace >= 0);
    if (boardPlace < 0)
        return;
    auto place =
        before  ? QRect(before->rect.left(), before->rect.top(), kWidth, before->rect.height())
        : after ? QRect(after->rect.right() + 1 - kWidth, after->rect.top(), kWidth, after->rect.height())
                : QRect(0, 0, viewport()->width(), kWidth);
    m_drop->setGeometry(place.translated(0, -verticalScrollBar()->value()));
    m_drop->raise();
}

void CurvesGrid::onResized(const PanelId& id, QSize size, bool finished)
{
    auto* panel = frameOf(id);
    if (m_maximized || !panel)
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
    m_current = id;
    editBoard(tr("resize panel"), [&](std::vector<ComparePanel>& panels) {
        if (auto each = placeOf(panels, id); each != panels.end())
            each->columns = columns, each->rows = rows;
    });
    place();
}

} // namespace sextant
