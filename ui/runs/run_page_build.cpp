// The parts of RunPage put together, and its actions.
#include "ui/runs/artifact_model.h"
#include "ui/runs/artifact_preview.h"
#include "ui/runs/run_charts.h"
#include "ui/runs/run_overview.h"
#include "ui/runs/run_page.h"
#include "ui/runs/run_page_dot.h"
#include "ui/runs/run_versions.h"
#include "ui/runs/run_writer.h"
#include "ui/runs/runs_page.h"
#include "ui/shell/workspace_edits.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTreeView>

namespace sextant {

RunPage::RunPage(PageContext context, RunsPage& list, QWidget* parent)
    : Page(parent), m_context(std::move(context)), m_list(list),
      m_writer(new RunWriter(m_context.session, this)), m_artifacts(new ArtifactModel(this)),
      m_overview(new RunOverview(m_context, *m_artifacts)),
      m_charts(new RunCharts(m_context.session, m_context.jobs, list.histories()))
{
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_overview);
    m_stack->addWidget(m_charts);
    m_stack->addWidget(buildArtifacts());
    column->addWidget(m_stack, 1);
    m_outer = new QStackedWidget;
    m_outer->addWidget(content);
    m_outer->addWidget(m_state = new StatePanel);
    m_banner = new Banner;
    m_banner->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(m_banner);
    layout->addWidget(m_outer, 1);
    m_state->showEmpty(QStringLiteral("flask-conical"), tr("No run is open"));
    m_outer->setCurrentIndex(1);
    connectParts();
    addActions();
    updatePlace();
}

QWidget* RunPage::buildBar()
{
    const auto& theme = Theme::of(this);
    auto* bar = new QWidget;
    bar->setFixedHeight(theme.length("bar.page"));
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 0);
    auto* back = new IconButton(QStringLiteral("arrow-left"), tr("Back to the runs"));
    auto* runs = new QPushButton(tr("Runs"));
    setControlRole(runs, ControlRole::Link);
    auto goBack = [this] {
        if (m_context.navigate)
            m_context.navigate(QStringLiteral("runs"), QString::fromStdString(m_runId));
    };
    connect(back, &QToolButton::clicked, this, goBack);
    connect(runs, &QPushButton::clicked, this, goBack);
    m_crumb = new ElidedLabel(Theme::Text::Body, "text.muted", Qt::ElideMiddle);
    m_place = new TextLabel({}, Theme::Text::Small, "text.muted");
    m_previous = new IconButton(QStringLiteral("chevron-up"), tr("Previous run"));
    m_next = new IconButton(QStringLiteral("chevron-down"), tr("Next run"));
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    layout->addWidget(back);
    layout->addWidget(runs);
    layout->addWidget(new TextLabel(QStringLiteral("/"), Theme::Text::Body, "text.muted"));
    layout->addWidget(m_crumb, 1);
    layout->addWidget(m_place);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    return bar;
}

QWidget* RunPage::buildHead()
{
    const auto& theme = Theme::of(this);
    auto* head = new QWidget;
    head->setFixedHeight(100);
    auto* column = new QVBoxLayout(head);
    // The texts of the tabs, not their edges, stand below the name.
    constexpr int kTabPadding = 10;
    column->setContentsMargins(theme.length("space.4") - kTabPadding, theme.length("space.2"),
                               theme.length("space.4"), 0);
    column->setSpacing(2);
    auto* first = new QHBoxLayout;
    first->setContentsMargins(kTabPadding, 0, 0, 0);
    first->setSpacing(theme.length("space.2"));
    m_dot = new Dot(head);
    m_name = new ElidedLabel(Theme::Text::Heading);
    m_rename = new IconButton(QStringLiteral("pencil"), tr("Rename run…"));
    setSmall(m_rename);
    m_status = new BadgeLabel;
    m_idLabel = new IdLabel(tr("run ID"));
    auto* baseline = new QPushButton(theme.icon(QStringLiteral("bookmark")), tr("Set as baseline"));
    first->addWidget(m_dot);
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed); // the pencil stands beside it
    first->addWidget(m_name);
    first->addWidget(m_rename);
    first->addWidget(m_status);
    first->addWidget(m_idLabel, 1);
    first->addWidget(baseline);
    column->addLayout(first);
    auto* second = new QHBoxLayout;
    second->setContentsMargins(kTabPadding, 0, 0, 0);
    second->setSpacing(theme.length("space.3"));
    second->addWidget(m_line = new ElidedLabel(Theme::Text::Body, "text.muted"), 1);
    second->addWidget(m_versions = new RunVersions(m_context));
    column->addLayout(second);
    column->addStretch(1);
    m_tabs = new QTabBar;
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Parts of the run"));
    for (const auto& title : {tr("Overview"), tr("Metrics"), tr("Artifacts")})
        m_tabs->addTab(title);
    column->addWidget(m_tabs);
    connect(m_rename, &QToolButton::clicked, this, [this] {
        startEdit({RunEdit::Kind::Rename, {}, {}, {}});
    });
    connect(baseline, &QPushButton::clicked, this, [this] {
        m_context.workspaces.change(tr("set baseline"),
                                    withBaselineToggled(m_context.workspaces.current(), m_runId));
        if (!m_run.info.id.empty())
            present();
    });
    return head;
}

QWidget* RunPage::buildArtifacts()
{
    m_tree = new QTreeView;
    m_tree->setModel(m_artifacts);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setAccessibleName(tr("Artifacts"));
    m_tree->header()->setStretchLastSection(false);
    m_preview = new ArtifactPreview(m_context.session);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_tree);
    splitter->addWidget(m_preview);
    splitter->setSizes({420, 900});
    splitter->setStretchFactor(1, 1);
    return splitter;
}

void RunPage::connectParts()
{
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_overview, &RunOverview::chartsRequested, this, [this] { showTab(Metrics); });
    connect(m_overview, &RunOverview::noteEditRequested, this, [this] {
        startEdit({RunEdit::Kind::SetNote, {}, {}, {}});
    });
    connect(m_overview, &RunOverview::tagEditRequested, this, [this](const QString& key, const QString&) {
        startEdit({RunEdit::Kind::SetTag, {}, toStdString(key), {}});
    });
    connect(m_overview, &RunOverview::artifactRequested, this, [this](const std::string& path) {
        showTab(Artifacts);
        if (!path.empty())
            m_preview->show(m_runId, path);
    });
    connect(m_artifacts, &QAbstractItemModel::modelReset, m_tree, [this] {
        m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
        m_tree->setColumnWidth(1, 90);
        if (m_artifacts->rowCount() <= 3)
            m_tree->expandToDepth(0);
        if (auto first = m_artifacts->firstFile(); first.isValid())
            m_tree->setCurrentIndex(first);
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                if (index.isValid() && !index.data(ArtifactModel::IsFolderRole).toBool())
                    m_preview->show(
                        m_runId,
                        toStdString(index.siblingAtColumn(0).data(ArtifactModel::PathRole).toString()));
            });
    connect(m_writer, &RunWriter::failed, this, [this](const Error& error) {
        m_banner->showMessage(Banner::Kind::Error, QString::fromStdString(error.message),
                              QString::fromStdString(error.hint));
        m_banner->setAction(tr("Close"), [this] { m_banner->hide(); });
        m_banner->show();
    });
    connect(m_writer, &RunWriter::written, this, [this] { load(); });
    connect(&m_context.session, &Session::tableChanged, this, [this] {
        if (isVisible() && m_run.info.status == RunStatus::Running)
            load();
        updatePlace();
    });
    connect(&m_context.session, &Session::storeChanged, this, [this] {
        m_runId.clear();
        m_run = {};
        m_state->showEmpty(QStringLiteral("flask-conical"), tr("No run is open"));
        m_outer->setCurrentIndex(1);
    });
    connect(&m_list.controller(), &RunsController::arranged, this, &RunPage::updatePlace);
}

void RunPage::addActions()
{
    auto add = [this](const char* name, const QString& text, const QString& tip, const char* symbol,
                      const QList<QKeySequence>& keys, std::function<void()> run) {
        m_context.actions.add(this, {QLatin1String(name), text, tip, QLatin1String(symbol), keys, title()},
                              std::move(run));
    };
    add("run.previous", tr("Previous run"), tr("The run above in the table."), "chevron-up",
        {QKeySequence(Qt::Key_BracketLeft)}, [this] { step(-1); });
    add("run.next", tr("Next run"), tr("The run below in the table."), "chevron-down",
        {QKeySequence(Qt::Key_BracketRight)}, [this] { step(1); });
    add("run.back", tr("Back to the runs"), tr("The table, with this run selected."), "arrow-left",
        {QKeySequence(Qt::ALT | Qt::Key_Left)}, [this] {
            if (m_context.navigate)
                m_context.navigate(QStringLiteral("runs"), QString::fromStdString(m_runId));
        });
    add("run.overview", tr("Show overview"), tr("Metrics, parameters, note, data and code."), "info", {},
        [this] { showTab(Overview); });
    add("run.metrics", tr("Show charts of the run"), tr("Every metric as a chart."), "chart-spline", {},
        [this] { showTab(Metrics); });
    add("run.artifacts", tr("Show artifacts"), tr("The files the run logged."), "folder", {}, [this] {
        showTab(Artifacts);
        m_tree->setFocus(Qt::ShortcutFocusReason);
    });
    add("run.rename", tr("Rename this run…"), tr("Changes the name in the store."), "pencil",
        {QKeySequence(Qt::Key_F2)}, [this] {
            startEdit({RunEdit::Kind::Rename, {}, {}, {}});
        });
    auto* registering = m_context.actions.add(
        this,
        {QStringLiteral("run.register"),
         tr("Register model…"),
         tr("Makes a version of a registered model from this run."),
         QStringLiteral("package"),
         {},
         title()},
        [this] {
            m_context.navigate(QStringLiteral("registry"),
                               QStringLiteral("/register/%1").arg(QString::fromStdString(m_runId)));
        });
    auto allow = [this, registering] {
        m_context.actions.enable(
            registering, m_context.session.unlocked(),
            tr("The store is open for reading; unlock it first (the badge in the top bar)"));
    };
    connect(&m_context.session, &Session::unlockedChanged, this, allow);
    allow();
    add("run.editNote", tr("Edit the note…"), tr("The note of the run, in Markdown."), "file-text", {},
        [this] {
            startEdit({RunEdit::Kind::SetNote, {}, {}, {}});
        });
}

} // namespace sextant
