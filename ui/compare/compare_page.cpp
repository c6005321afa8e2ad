#include "ui/compare/compare_page.h"

#include "ui/charts/history_cache.h"
#include "ui/compare/compare_list.h"
#include "ui/compare/curves_tab.h"
#include "ui/compare/diff_tab.h"
#include "ui/compare/parallel_tab.h"
#include "ui/compare/scatter_tab.h"
#include "ui/compare/search_tabs.h"
#include "ui/compare/spread_tabs.h"
#include "ui/compare/statistics_tab.h"
#include "ui/shell/brush_chips.h"
#include "ui/shell/view_picker.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/tab_strip.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QStackedWidget>

namespace sextant {

namespace {
constexpr int kNarrowestTab = 360;
constexpr int kNarrowestBar = 520;
constexpr int kNarrowBar = 900; // below, buttons show their icons alone
constexpr int kSearchWidth = 200, kNarrowSearch = 120;

/// The bar of the page: gets narrower than its parts would like, which then say less.
class CompareBar final : public QWidget
{
public:
    QSize minimumSizeHint() const override { return {kNarrowestBar, QWidget::minimumSizeHint().height()}; }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QWidget::resizeEvent(event);
        const bool narrow = width() < kNarrowBar;
        for (auto* button : findChildren<BorderedButton*>()) {
            button->setToolButtonStyle(narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
            button->setToolTip(narrow ? button->text() : QString());
        }
        for (auto* field : findChildren<SearchField*>())
            field->setFixedWidth(narrow ? kNarrowSearch : kSearchWidth);
    }
};
} // namespace

ComparePage::ComparePage(PageContext context, HistoryCache& histories, QWidget* parent)
    : Page(parent), m_context(std::move(context)), m_controller(new CompareController(m_context, this)),
      m_compareContext(new CompareContext{m_context, *m_controller, histories}),
      m_list(new CompareList(m_context, *m_controller))
{
    build();
    addTab(new CurvesTab(*m_compareContext));
    addTab(new ParallelTab(*m_compareContext));
    addTab(new ScatterTab(*m_compareContext));
    addTab(new BarsTab(*m_compareContext));
    addTab(new BoxTab(*m_compareContext));
    addTab(new StatisticsTab(*m_compareContext));
    addTab(new HistogramTab(*m_compareContext));
    addTab(new ContourTab(*m_compareContext));
    addTab(new ImportanceTab(*m_compareContext));
    addTab(new DiffTab(*m_compareContext));
    addActions();
    connect(m_controller, &CompareController::sceneChanged, this, &ComparePage::updateScene);
    connect(m_controller, &CompareController::stateChanged, this, &ComparePage::updateState);
    connect(m_controller, &CompareController::workspaceChanged, this, [this](const Workspace& before) {
        syncTab();
        for (auto* tab : m_tabs)
            tab->workspaceChanged(before);
    });
    connect(m_list, &CompareList::runHovered, this,
            [this](const std::string& run) { highlight(run, m_list); });
    syncTab();
    updateState();
}

ComparePage::~ComparePage()
{
    // Tabs and list use the controller, which goes with the page's other children.
    delete m_outer;
    delete m_bars;
}

void ComparePage::build()
{
    m_bars = new QStackedWidget;
    m_bars->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_stack = new QStackedWidget;
    m_stack->setMinimumWidth(kNarrowestTab);
    m_splitter = new Splitter(Qt::Horizontal, QStringLiteral("compare"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_stack);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({Theme::of(this).length("panel.sideList"), 10'000});
    m_outer = new QStackedWidget;
    m_outer->addWidget(m_splitter);
    m_outer->addWidget(m_state = new StatePanel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(m_bars);
    layout->addWidget(new BrushChips(m_context));
    layout->addWidget(m_outer, 1);
}

QWidget* ComparePage::buildBar()
{
    const auto& theme = Theme::of(this);
    auto* bar = new CompareBar;
    bar->setFixedHeight(theme.length("bar.page"));
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 0);
    layout->setSpacing(theme.length("space.2"));
    m_tabBar = new TabStrip(tr("Ways to compare"), theme.length("bar.page"));
    layout->addWidget(m_tabBar);
    layout->addStretch(1);
    m_barWidgets = new QHBoxLayout;
    m_barWidgets->setSpacing(theme.length("space.2"));
    layout->addLayout(m_barWidgets);
    m_barWidgets->addWidget(new ViewPicker(m_context, *this));
    m_export = new BorderedButton(QStringLiteral("download"), tr("Export…"));
    layout->addWidget(m_export);
    connect(m_export, &QToolButton::clicked, this, &ComparePage::openExport);
    connect(m_tabBar, &TabStrip::currentChanged, this, [this](int index) {
        auto id = m_tabs[static_cast<std::size_t>(index)]->id().toStdString();
        if (id != m_controller->view().tab)
            m_controller->replace([&](CompareView& view) { view.tab = id; });
    });
    return bar;
}

void ComparePage::addTab(CompareTab* tab)
{
    m_tabs.push_back(tab);
    auto* bar = tab->bar() ? tab->bar() : new QWidget;
    bar->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // the widest one does not widen the window
    m_bars->addWidget(bar);
    tab->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding); // nor does the widest tab
    m_stack->addWidget(tab);
    for (auto* widget : tab->pageBarWidgets()) {
        m_barWidgets->addWidget(widget);
        widget->hide();
    }
    connect(tab, &CompareTab::runHovered, this, [this, tab](const std::string& run) { highlight(run, tab); });
    connect(tab, &CompareTab::runPicked, m_list, &CompareList::selectRun);
    connect(tab, &CompareTab::statusChanged, this, &Page::statusChanged);
    m_tabBar->addTab(tab->title());
}

CompareTab* ComparePage::tab(const QString& id) const
{
    auto found = std::find_if(m_tabs.begin(), m_tabs.end(), [&](const auto* tab) { return tab->id() == id; });
    return found == m_tabs.end() ? nullptr : *found;
}

CompareTab* ComparePage::currentTab() const
{
    return m_current;
}

void ComparePage::syncTab()
{
    if (m_tabs.empty())
        return;
    auto* wanted = tab(QString::fromStdString(m_controller->view().tab));
    wanted = wanted ? wanted : m_tabs.front();
    if (wanted == m_current)
        return;
    for (auto* other : m_tabs)
        for (auto* widget : other->pageBarWidgets())
            widget->setVisible(other == wanted);
    m_current = wanted;
    auto index = static_cast<int>(std::find(m_tabs.begin(), m_tabs.end(), wanted) - m_tabs.begin());
    m_tabBar->setCurrentIndex(index);
    m_bars->setCurrentIndex(index);
    m_bars->setVisible(wanted->bar());
    m_stack->setCurrentIndex(index);
    m_list->setVisible(wanted->showsRunList());
    updateScene();
}

void ComparePage::updateScene()
{
    m_list->showScene(m_controller->scene());
    if (m_current && isVisible())
        m_current->showScene(m_controller->scene());
    emit statusChanged();
}

void ComparePage::updateState()
{
    using State = CompareController::State;
    auto state = m_controller->state();
    auto goToRuns = [this] {
        if (m_context.navigate)
            m_context.navigate(QStringLiteral("runs"), {});
    };
    m_outer->setCurrentIndex(state == State::Ready ? 0 : 1);
    m_bars->setVisible(state == State::Ready && m_current && m_current->bar());
    m_export->setEnabled(state == State::Ready);
    switch (state) {
    case State::Ready:
        break;
    case State::NoStore:
        m_state->showEmpty(QStringLiteral("database"), tr("No store is open"));
        break;
    case State::Loading:
        m_state->showLoading(tr("Reading runs"), QString::fromStdString(m_context.session.info().name));
        break;
    case State::Failed:
        m_state->showError(m_controller->error());
        m_state->setAction(tr("Compare the runs plotted on the Runs page"), [this] {
            m_controller->change(tr("compare the plotted runs"),
                                 [](CompareView& view) { view.source = CompareView::Source::Shown; });
        });
        break;
    case State::NoRuns:
        if (m_controller->view().source == CompareView::Source::Filter)
            m_state->showEmpty(QStringLiteral("funnel"), tr("No run matches the filter of this view"),
                               QString::fromStdString(m_controller->view().filter));
        else
            m_state->showEmpty(QStringLiteral("chart-spline"), tr("No run is chosen for comparison"),
                               tr("Select runs on the Runs page and press C, or open their eyes"));
        m_state->setAction(tr("Go to Runs"), goToRuns);
        break;
    }
    emit statusChanged();
}

void ComparePage::highlight(const std::string& runId, const QObject* source)
{
    if (source != m_list)
        m_list->highlightRun(runId);
    if (m_current)
        m_current->highlightRun(runId);
}

void ComparePage::openExport()
{
    auto* menu = new QMenu(this);
    connect(menu, &QMenu::aboutToHide, menu, &QObject::deleteLater);
    for (auto& item : m_current ? m_current->exportItems() : std::vector<CompareTab::ExportItem>()) {
        auto* action = menu->addAction(item.text);
        connect(action, &QAction::triggered, this, item.run);
    }
    if (menu->isEmpty())
        menu->addAction(tr("Nothing to export here"))->setEnabled(false);
    menu->popup(m_export->mapToGlobal(QPoint(0, m_export->height() + 2)));
}

QStringList ComparePage::status() const
{
    const auto& scene = *m_controller->scene();
    if (!scene.table)
        return {};
    auto visible = scene.visibleCount();
    QStringList parts;
    if (visible == scene.found)
        parts << (visible == 1 ? tr("1 run") : tr("%1 runs").arg(formatCount(visible)));
    else
        parts << tr("%1 of %2 runs").arg(formatCount(visible), formatCount(scene.found));
    if (m_current)
        parts << m_current->status();
    return parts;
}

bool ComparePage::settled() const
{
    return !isVisible() ||
           (!m_context.session.reading() && !m_controller->busy() && (!m_current || m_current->settled()));
}

void ComparePage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_controller->setActive(true);
    updateScene();
}

void ComparePage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_controller->setActive(false);
}

void ComparePage::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    auto bar = theme.length("bar.page");
    painter.fillRect(QRect(0, 0, width(), m_bars->isVisible() ? bar + m_bars->height() : bar),
                     theme.color("bg.2"));
    painter.fillRect(QRect(0, bar - 1, width(), 1), theme.color("border.hairline"));
    if (m_bars->isVisible())
        painter.fillRect(QRect(0, bar + m_bars->height() - 1, width(), 1), theme.color("border.hairline"));
}

} // namespace sextant
