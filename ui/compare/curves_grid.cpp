#include "ui/compare/curves_grid.h"

#include "ui/charts/chart_panel.h"
#include "ui/charts/history_cache.h"
#include "ui/compare/curve_panel.h"
#include "ui/compare/parallel_panel.h"
#include "ui/compare/section_head.h"
#include "ui/widgets/store_text.h"

#include <QElapsedTimer>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace sextant {

namespace {

constexpr std::size_t kMostLines = 1'000; // in one panel
constexpr std::size_t kMostKept = 40;     // panels, in sight or not
constexpr int kSliceMs = 8;
constexpr int kBusyAtOnce =
    2; // panels: one reads while the other is prepared, so that the first is whole early
constexpr std::size_t kLeastBudget = 64'000'000; // bytes of histories
constexpr std::size_t kPointBytes = 24;
constexpr int kWakeMs = 60; // what is scrolled past within this time is never read

std::vector<ChartLine> linesOf(const CompareScene& scene)
{
    std::vector<ChartLine> lines;
    for (const auto& run : scene.runs) {
        if (!run.drawn() || lines.size() == kMostLines)
            continue;
        const auto* group = run.group < 0 ? nullptr : &scene.groups[static_cast<std::size_t>(run.group)];
        lines.push_back({run.runId, run.name, run.color, run.dash, run.baseline,
                         group ? group->label : CurvesGrid::tr("all runs"), false, run.baseline, run.shade,
                         group && run.shade < 0 ? group->color : -1});
    }
    return lines;
}

/// Where a dragged panel would come. Never takes the mouse.
class DropMark final : public QWidget
{
public:
    explicit DropMark(QWidget* parent) : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter(this).fillRect(rect(), Theme::of(this).color("accent"));
    }
};

} // namespace

CurvesGrid::CurvesGrid(CompareContext& context, QWidget* parent)
    : QAbstractScrollArea(parent), m_context(context), m_drop(new DropMark(viewport()))
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Curves"));
    viewport()->setAccessibleName(tr("Panels"));
    verticalScrollBar()->setSingleStep(CurveLayout::kRow);
    m_build.setSingleShot(true);
    m_wake.setSingleShot(true);
    m_wake.setInterval(kWakeMs);
    connect(&m_build, &QTimer::timeout, this, &CurvesGrid::build);
    connect(&m_wake, &QTimer::timeout, this, [this] {
        wakeNext();
        emit changed();
    });
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &CurvesGrid::wakeNext);
    connect(&context.histories, &HistoryCache::outdated, this, [this] {
        for (auto& [metric, panel] : m_panels)
            panel->chart().readAgain();
    });
}

CurvesGrid::~CurvesGrid() = default;

const std::vector<ComparePanel>& CurvesGrid::board() const
{
    const auto& view = m_context.controller.view();
    return view.arranged ? view.panels : m_defaults;
}

void CurvesGrid::setDefaults(std::vector<ComparePanel> panels)
{
    if (panels == m_defaults)
        return;
    m_defaults = std::move(panels);
    relayout();
}

void CurvesGrid::showScene(const CompareScenePtr& scene)
{
    auto metricsChanged = scene->metrics != m_scene->metrics;
    m_scene = scene;
    m_lines = linesOf(*scene);
    if (auto* parallel = parallelPanel())
        parallel->tab().showScene(scene);
    for (auto& [metric, panel] : m_panels)
        panel->chart().setLines(m_lines);
    if (metricsChanged)
        relayout();
    emit changed();
}

void CurvesGrid::takeView()
{
    relayout();
}

void CurvesGrid::relayout()
{
    const auto& view = m_context.controller.view();
    if (m_maximized) {
        m_layout = {};
        m_layout.items.push_back({CurveItem::Kind::Panel, m_maximized->metric, sectionOf(m_maximized->metric),
                                  m_maximized->chart});
        m_layout.items.front().rect = viewport()->rect();
        m_layout.height = viewport()->height();
    } else {
        QRegularExpression search(QString::fromStdString(view.search),
                                  QRegularExpression::CaseInsensitiveOption);
        if (!search.isValid())
            search.setPattern({});
        m_layout = layOutCurves({m_scene->metrics, board(), view.folded, search, viewport()->width()});
    }
    verticalScrollBar()->setRange(0, std::max(0, m_layout.height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    place();
    emit changed();
}

void CurvesGrid::place()
{
    auto top = verticalScrollBar()->value();
    auto [first, last] = m_layout.within(top, top + viewport()->height());
    std::set<std::string> wanted, heads;
    auto missing = false, parallel = false;
    for (auto i = first; i < last; ++i) {
        const auto& item = m_layout.items[i];
        auto rect = item.rect.translated(0, -top);
        if (item.kind == CurveItem::Kind::Head) {
            placeHead(item, rect);
            heads.insert(item.key);
            continue;
        }
        parallel = parallel || item.chart != "line";
        if (item.chart == "line")
            wanted.insert(item.key);
        missing = !placeItem(item, rect) || missing;
    }
    for (auto head = m_heads.begin(); head != m_heads.end();) {
        if (heads.contains(head->first)) {
            ++head;
            continue;
        }
        head->second->deleteLater();
        head->second->hide();
        head = m_heads.erase(head);
    }
    for (auto& [metric, panel] : m_panels) {
        if (wanted.contains(metric) || panel->isHidden())
            continue;
        panel->hide();
        panel->chart().rest();
    }
    if (m_parallel && !parallel)
        m_parallel->hide();
    viewport()->update();
    m_wake.start();
    if (missing)
        m_build.start(0);
}

void CurvesGrid::placeHead(const CurveItem& item, const QRect& rect)
{
    auto& head = m_heads[item.key];
    if (!head) {
        head = new SectionHead(viewport());
        connect(head, &SectionHead::foldWanted, this, [this, key = item.key] {
            m_context.controller.replace([&](CompareView& view) {
                if (view.folded.erase(key) == 0)
                    view.folded.insert(key);
            });
        });
        connect(head, &SectionHead::menuWanted, this,
                [this, key = item.key](QPoint global) { emit sectionMenuWanted(key, global); });
    }
    head->showSection(oneLine(item.key, 120), item.count, item.folded);
    head->setGeometry(rect);
    head->show();
}

/// False when its widget is still to be made.
bool CurvesGrid::placeItem(const CurveItem& item, const QRect& rect)
{
    auto* frame = frameOf(item.id());
    if (!frame)
        return false;
    if (auto line = m_panels.find(item.key); item.chart == "line") {
        dress(line->second, item);
    } else {
        m_parallel->setOnBoard(item.board >= 0);
        m_parallel->tab().chartPanel().setMaximized(m_maximized == item.id());
    }
    frame->setGeometry(rect);
    if (frame->isHidden() && frame == m_parallel)
        m_parallel->tab().showScene(m_scene);
    frame->show();
    return true;
}

void CurvesGrid::build()
{
    QElapsedTimer clock;
    clock.start();
    auto top = verticalScrollBar()->value();
    auto [first, last] = m_layout.within(top, top + viewport()->height());
    for (auto i = first; i < last; ++i) {
        const auto& item = m_layout.items[i];
        if (item.kind != CurveItem::Kind::Panel || frameOf(item.id()))
            continue;
        if (clock.elapsed() >= kSliceMs)
            return m_build.start(0);
        if (item.chart != "line") {
            makeParallel();
            placeItem(item, item.rect.translated(0, -top));
            continue;
        }
        auto* panel = makePanel(item);
        m_panels[item.key] = panel;
        panel->setGeometry(item.rect.translated(0, -top));
        panel->show();
        m_wake.start();
    }
    trim();
    emit changed();
}

void CurvesGrid::wakeNext()
{
    m_waking = true;
    auto busy = 0;
    for (auto* panel : panelsInSight()) {
        panel->chart().wake();
        if (panel->chart().busy() && ++busy == kBusyAtOnce)
            break;
    }
    m_waking = false;
}

void CurvesGrid::trim()
{
    // The ones furthest from sight go first; at most one a slice, for a panel has many parts.
    for (auto panel = m_panels.begin(); panel != m_panels.end() && m_panels.size() > kMostKept; ++panel) {
        if (!panel->second->isHidden())
            continue;
        drop(panel);
        return m_build.start(0);
    }
}

void CurvesGrid::drop(std::map<std::string, CurvePanel*>::iterator panel)
{
    panel->second->deleteLater();
    m_panels.erase(panel);
}

void CurvesGrid::dress(CurvePanel* panel, const CurveItem& item)
{
    panel->setPlace(item.board >= 0);
    panel->setResolved(resolveCurve(m_context.controller.view(), item.section, item.key));
    panel->chart().panel().setMaximized(m_maximized == item.id());
    panel->chart().setLines(m_lines);
}

void CurvesGrid::highlightRun(const std::string& runId)
{
    m_hoveredRun = QString::fromStdString(runId);
    for (auto& [metric, panel] : m_panels)
        panel->canvas().setHoveredRun(m_hoveredRun);
    if (auto* parallel = parallelPanel())
        parallel->tab().highlightRun(runId);
}

std::vector<CurvePanel*> CurvesGrid::panelsInSight() const
{
    std::vector<CurvePanel*> panels;
    auto top = verticalScrollBar()->value();
    auto [first, last] = m_layout.within(top, top + viewport()->height());
    for (auto i = first; i < last; ++i) {
        auto panel = m_panels.find(m_layout.items[i].key);
        if (m_layout.items[i].kind == CurveItem::Kind::Panel && m_layout.items[i].chart == "line" &&
            panel != m_panels.end())
            panels.push_back(panel->second);
    }
    return panels;
}

bool CurvesGrid::settled() const
{
    auto panels = panelsInSight();
    auto* parallel = parallelPanel();
    return !m_build.isActive() && !m_wake.isActive() && (!parallel || parallel->tab().settled()) &&
           std::none_of(panels.begin(), panels.end(),
                        [](auto* panel) { return panel->chart().busy() || panel->chart().isWaiting(); });
}

std::size_t CurvesGrid::points() const
{
    std::size_t points = 0;
    for (auto* panel : panelsInSight())
        points += panel->chart().points();
    return points;
}

std::size_t CurvesGrid::leftOut() const
{
    auto drawn = static_cast<std::size_t>(std::count_if(m_scene->runs.begin(), m_scene->runs.end(),
                                                        [](const RunLook& run) { return run.drawn(); }));
    return drawn - std::min(drawn, m_lines.size());
}

void CurvesGrid::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    relayout();
}

void CurvesGrid::scrollContentsBy(int, int)
{
    place();
}

void CurvesGrid::showEvent(QShowEvent* event)
{
    QAbstractScrollArea::showEvent(event);
    place();
}

void CurvesGrid::hideEvent(QHideEvent* event)
{
    QAbstractScrollArea::hideEvent(event);
    m_build.stop();
    m_wake.stop();
    for (auto& [metric, panel] : m_panels)
        panel->chart().rest();
    m_context.histories.setBudget(HistoryCache::kBudget);
}

void CurvesGrid::limitHistories()
{
    // What is drawn shares its points with the cache: as much again is kept of what was in sight before.
    m_context.histories.setBudget(std::max(kLeastBudget, 2 * kPointBytes * points()));
}

bool CurvesGrid::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Paint) {
        paintBack(static_cast<QPaintEvent*>(event));
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void CurvesGrid::paintBack(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme.color("bg.1"));
    auto top = verticalScrollBar()->value();
    auto [first, last] = m_layout.within(top, top + viewport()->height());
    painter.setFont(theme.font(Theme::Text::SmallStrong));
    for (auto i = first; i < last; ++i) {
        const auto& item = m_layout.items[i];
        auto rect = item.rect.translated(0, -top);
        if (item.kind == CurveItem::Kind::Head || frameOf(item.id()))
            continue;
        painter.setPen(theme.color("text.muted"));
        painter.drawText(
            rect.adjusted(theme.length("space.3"), 0, -12, 0).left(), rect.top() + 20,
            painter.fontMetrics().elidedText(oneLine(item.key), Qt::ElideMiddle, rect.width() - 24));
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.color("border.hairline"));
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("border.hairline"));
    }
}

} // namespace sextant
