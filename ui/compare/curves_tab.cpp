#include "ui/compare/curves_tab.h"

#include "core/series/expression.h"
#include "ui/compare/curve_panel.h"
#include "ui/compare/curves_bar.h"
#include "ui/compare/curves_grid.h"
#include "ui/shell/run_arrangement.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/check_list.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>

namespace sextant {

namespace {
constexpr std::size_t kFirstPanels = 5;
constexpr int kSearchWidth = 200;
} // namespace

CurvesTab::CurvesTab(CompareContext& context, QWidget* parent)
    : CompareTab(parent), m_context(context), m_bar(new CurvesBar(context)), m_grid(new CurvesGrid(context)),
      m_search(new SearchField(tr("Find metric (regex)"))),
      m_add(new BorderedButton(QStringLiteral("plus"), tr("Add panel…"))),
      m_metricList(new CheckList(tr("Panels"), tr("Find metric"), this)), m_empty(new StatePanel),
      m_stage(buildStage())
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_stage);
    layout->addWidget(m_grid, 1);
    layout->addWidget(m_empty, 1);
    m_empty->hide();
    m_stage->hide();
    m_search->setFixedWidth(kSearchWidth);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &CurvesTab::onSearch);
    connect(m_add, &QToolButton::clicked, this, &CurvesTab::openMetricList);
    connect(m_metricList, &CheckList::toggled, this, &CurvesTab::choosePanel);
    buildExpression();
    m_metricList->setNote(tr("On top; every metric has a panel in its section"));
    connect(m_grid, &CurvesGrid::runHovered, this, &CompareTab::runHovered);
    connect(m_grid, &CurvesGrid::runPicked, this, &CompareTab::runPicked);
    connect(m_grid, &CurvesGrid::changed, this, &CurvesTab::onChanged);
    connect(m_grid, &CurvesGrid::sectionMenuWanted, m_bar, &CurvesBar::openSectionMenu);
    connect(m_grid, &CurvesGrid::xMetricWanted, m_bar, &CurvesBar::pickMetricForPanel);
    addActions();
}

CurvesTab::~CurvesTab()
{
    m_grid->disconnect(this); // it says what changes until it is gone
}

QWidget* CurvesTab::buildStage()
{
    const auto& theme = Theme::of(this);
    auto* stage = new QWidget;
    auto* layout = new QHBoxLayout(stage);
    layout->setContentsMargins(theme.length("space.2"), 4, theme.length("space.2"), 4);
    auto* previous = new IconButton(QStringLiteral("arrow-left"), tr("Previous panel"));
    auto* next = new IconButton(QStringLiteral("arrow-right"), tr("Next panel"));
    auto* close = new IconButton(QStringLiteral("x"), tr("Show all panels"));
    m_stageName = new ElidedLabel(Theme::Text::Small, "text.muted");
    layout->addWidget(previous);
    layout->addWidget(next);
    layout->addWidget(m_stageName, 1);
    layout->addWidget(close);
    connect(previous, &QToolButton::clicked, this, [this] { m_grid->step(-1); });
    connect(next, &QToolButton::clicked, this, [this] { m_grid->step(1); });
    connect(close, &QToolButton::clicked, this, [this] { m_grid->maximize(std::nullopt); });
    return stage;
}

void CurvesTab::addActions()
{
    auto add = [this](const char* id, const QString& text, const QString& tip, const char* icon,
                      const QList<QKeySequence>& keys, std::function<void()> run) {
        m_context.page.actions.add(
            this, {QLatin1String(id), text, tip, QLatin1String(icon), keys, tr("Compare, curves")},
            std::move(run));
    };
    add("curves.maximize", tr("Maximise panel"), tr("One panel at full size, or all again."), "maximize-2",
        {QKeySequence(Qt::Key_Z), QKeySequence(Qt::Key_F11)}, [this] { toggleMaximized(); });
    add("curves.previous", tr("Previous panel"), tr("Steps through the panels."), "arrow-left",
        {QKeySequence(Qt::Key_BracketLeft)}, [this] { m_grid->step(-1); });
    add("curves.next", tr("Next panel"), tr("Steps through the panels."), "arrow-right",
        {QKeySequence(Qt::Key_BracketRight)}, [this] { m_grid->step(1); });
    add("curves.find", tr("Find metric"), tr("A regular expression over the names of metrics."), "search",
        {QKeySequence(Qt::Key_Slash), QKeySequence(Qt::CTRL | Qt::Key_F)},
        [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    add("curves.add", tr("Add panel…"), tr("Chooses metrics to show on top."), "plus", {},
        [this] { openMetricList(); });
    add("curves.expression", tr("Add expression…"),
        tr("A panel worked out from metrics: train/loss - val/loss."), "plus", {},
        [this] { openExpression(); });
    add("curves.moveBack", tr("Move panel back"), tr("One place towards the first panel."), "arrow-left",
        {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Left)}, [this] { m_grid->moveCurrent(-1); });
    add("curves.moveForward", tr("Move panel forward"), tr("One place towards the last panel."),
        "arrow-right", {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Right)},
        [this] { m_grid->moveCurrent(1); });
    add("curves.wider", tr("Make panel wider"), {}, "plus",
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Right)}, [this] { m_grid->resizeCurrent(1, 0); });
    add("curves.narrower", tr("Make panel narrower"), {}, "minus",
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Left)}, [this] { m_grid->resizeCurrent(-1, 0); });
    add("curves.taller", tr("Make panel taller"), {}, "plus",
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Down)}, [this] { m_grid->resizeCurrent(0, 1); });
    add("curves.lower", tr("Make panel lower"), {}, "minus",
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Up)}, [this] { m_grid->resizeCurrent(0, -1); });
    add("curves.syncZoom", tr("Zoom panels together"), tr("The same stretch of x in every panel."), "link",
        {}, [this] {
            m_context.controller.change(tr("zoom together"),
                                        [](CompareView& view) { view.syncZoom = !view.syncZoom; });
        });
    // Esc alone has no action: it closes what is open first.
    m_grid->installEventFilter(this);
}

QWidget* CurvesTab::bar()
{
    return m_bar;
}

QList<QWidget*> CurvesTab::pageBarWidgets()
{
    return {m_search, m_add};
}

void CurvesTab::showScene(const CompareScenePtr& scene)
{
    if (scene->table) {
        std::vector<RowIndex> rows;
        for (const auto& run : scene->runs)
            rows.push_back(run.row);
        if (!m_context.controller.view().arranged)
            m_grid->setDefaults(defaultPanels(
                firstMetrics(*scene->table, rows, m_context.page.workspaces.current(), kFirstPanels),
                rows.size() > 1));
    }
    m_grid->showScene(scene);
    m_bar->takeView();
    onChanged();
}

void CurvesTab::highlightRun(const std::string& runId)
{
    m_grid->highlightRun(runId);
}

void CurvesTab::workspaceChanged(const Workspace& before)
{
    const auto& was = before.compare;
    const auto& now = m_context.controller.view();
    if (was.panels != now.panels || was.arranged != now.arranged || was.search != now.search ||
        was.folded != now.folded || was.settings != now.settings ||
        was.sectionSettings != now.sectionSettings || was.panelSettings != now.panelSettings)
        m_grid->takeView();
    if (auto search = QString::fromStdString(now.search);
        was.search != now.search && m_search->text() != search && !isInError(m_search)) {
        const QSignalBlocker block(m_search);
        m_search->setText(search);
    }
    m_bar->takeView();
}

void CurvesTab::onSearch(const QString& text)
{
    QRegularExpression pattern(text);
    setInError(m_search, !pattern.isValid());
    m_search->setToolTip(pattern.isValid() ? QString()
                                           : tr("Not a regular expression: %1").arg(pattern.errorString()));
    if (pattern.isValid())
        m_context.controller.replace([&](CompareView& view) { view.search = toStdString(text); });
}

void CurvesTab::onChanged()
{
    const auto& scene = *m_context.controller.scene();
    const auto& layout = m_grid->layout();
    auto none = layout.items.empty();
    m_grid->setVisible(!none);
    m_empty->setVisible(none);
    if (none && scene.metrics.empty()) {
        m_empty->showEmpty(QStringLiteral("chart-spline"), tr("None of these runs has logged a metric"));
    } else if (none) {
        m_empty->showEmpty(QStringLiteral("search"), tr("No metric matches"),
                           tr("%1 metrics of %2 runs")
                               .arg(formatCount(scene.metrics.size()), formatCount(scene.runs.size())));
        m_empty->setAction(tr("Clear search"), [this] { m_search->clear(); });
    }
    const auto& maximized = m_grid->maximized();
    m_stage->setVisible(maximized && !none);
    m_stageName->setText(tr("[ and ] step through the panels, Esc shows all again"));
    m_bar->showPoints(m_grid->points(), !m_grid->settled(), m_grid->leftOut());
    emit statusChanged();
}

bool CurvesTab::settled() const
{
    return m_grid->settled();
}

QStringList CurvesTab::status() const
{
    const auto& layout = m_grid->layout();
    QStringList parts;
    parts << (m_grid->maximized()  ? tr("1 panel at full size")
              : layout.panels == 1 ? tr("1 panel")
                                   : tr("%1 panels").arg(formatCount(layout.panels)));
    if (auto left = m_grid->leftOut(); left > 0)
        parts << tr("The last %1 runs of the list are not drawn").arg(formatCount(left));
    if (auto points = m_grid->points(); points > 0)
        parts << tr("%1 points in sight, every point drawn").arg(formatCount(points));
    parts << (m_grid->zoomed() ? tr("Zoom: part of the range") : tr("Zoom: full range"));
    return parts;
}

std::vector<CompareTab::ExportItem> CurvesTab::exportItems()
{
    std::vector<ExportItem> items;
    if (auto* panel = m_grid->currentPanel()) {
        auto name = oneLine(panel->metric(), 60);
        items.push_back({tr("Copy image of %1").arg(name), [panel] { panel->chart().panel().copyImage(); }});
        items.push_back({tr("Export %1…").arg(name), [panel] { panel->chart().panel().openExport(); }});
        items.push_back({tr("Show %1 as table").arg(name), [panel] { panel->chart().panel().showTable(); }});
    }
    return items;
}

void CurvesTab::toggleMaximized()
{
    if (m_grid->maximized())
        return m_grid->maximize(std::nullopt);
    if (auto panel = m_grid->current())
        m_grid->maximize(panel);
}

void CurvesTab::openMetricList()
{
    m_metrics = m_context.controller.scene()->metrics;
    const auto& board = m_grid->board();
    std::vector<CheckEntry> entries;
    auto parallel = std::any_of(board.begin(), board.end(),
                                [](const ComparePanel& panel) { return panel.chart == "parallel"; });
    entries.push_back({tr("Runs"), tr("Parallel coordinates"), {}, parallel});
    for (const auto& metric : m_metrics) {
        auto on = std::any_of(board.begin(), board.end(), [&](const ComparePanel& panel) {
            return panel.chart == "line" && panel.metric == metric;
        });
        auto section = sectionOf(metric);
        entries.push_back({section.empty() ? tr("Metrics") : oneLine(section, 80), oneLine(metric), {}, on});
    }
    m_metricList->setEntries(std::move(entries));
    m_metricList->openBelow(m_add);
}

void CurvesTab::choosePanel(int entry, bool checked)
{
    // The first entry is parallel coordinates, then come the metrics.
    auto id = entry == 0 ? PanelId{"parallel", {}}
                         : PanelId{"line", m_metrics[static_cast<std::size_t>(entry) - 1]};
    putPanel(checked ? tr("add panel") : tr("remove panel"), id, checked);
}

void CurvesTab::putPanel(const QString& what, const PanelId& id, bool onBoard)
{
    m_context.controller.change(what, [&](CompareView& view) {
        if (!view.arranged)
            view.panels = m_grid->board();
        view.arranged = true;
        std::erase_if(view.panels, [&](const ComparePanel& panel) {
            return panel.chart == id.chart && panel.metric == id.metric;
        });
        if (onBoard)
            view.panels.push_back(newPanel(id));
    });
}

void CurvesTab::buildExpression()
{
    m_expressionPopup = new Popup(tr("Expression"), this);
    m_expression = new QLineEdit;
    m_expression->setMinimumWidth(360);
    m_expression->setPlaceholderText(QStringLiteral("train/loss - val/loss"));
    m_expression->setAccessibleName(tr("Expression over metrics"));
    m_expressionNote = new TextLabel({}, Theme::Text::Small, "text.muted");
    auto* button = new QPushButton(tr("Add panel"));
    setControlRole(button, ControlRole::Primary);
    auto* row = new QHBoxLayout;
    row->addWidget(m_expression, 1);
    row->addWidget(button);
    m_expressionPopup->body()->addLayout(row);
    m_expressionPopup->body()->addWidget(m_expressionNote);
    connect(button, &QPushButton::clicked, this, &CurvesTab::addExpression);
    connect(m_expression, &QLineEdit::returnPressed, this, &CurvesTab::addExpression);
    auto* footer = m_metricList->addFooterButton(tr("Expression…"));
    connect(footer, &QToolButton::clicked, this, [this] {
        m_metricList->hide();
        openExpression();
    });
}

void CurvesTab::openExpression()
{
    setInError(m_expression, false);
    m_expressionNote->setText(tr("+ − * / ( ), abs, exp, log, log10, sqrt, min, max; joined by step"));
    m_expressionPopup->openBelow(m_add);
    m_expression->setFocus();
}

void CurvesTab::addExpression()
{
    auto text = toStdString(m_expression->text().simplified());
    auto parsed = MetricExpression::parse(text, m_context.controller.scene()->metrics);
    setInError(m_expression, !parsed);
    if (!parsed) {
        m_expressionNote->setText(QString::fromStdString(
            parsed.error().message + (parsed.error().hint.empty() ? "" : ". " + parsed.error().hint)));
        return;
    }
    m_expressionPopup->hide();
    putPanel(tr("add panel"), {"line", text}, true);
}

bool CurvesTab::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        if (object == m_search && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
        if (m_grid->maximized()) {
            m_grid->maximize(std::nullopt);
            return true;
        }
    }
    return CompareTab::eventFilter(object, event);
}

} // namespace sextant
