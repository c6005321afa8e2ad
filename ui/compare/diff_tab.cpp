#include "ui/compare/diff_tab.h"

#include "ui/compare/diff_bar.h"
#include "ui/compare/diff_view.h"
#include "ui/compare/text_diff_view.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/state_panel.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace sextant {

namespace {

const QString kLane = QStringLiteral("compare.diff");

std::vector<RowIndex> rowsOf(const std::vector<RunLook>& runs)
{
    std::vector<RowIndex> rows;
    for (const auto& run : runs)
        rows.push_back(run.row);
    return rows;
}

/// Whether only the choice of folds lies between two settings.
bool sameContent(DiffSettings a, const DiffSettings& b)
{
    a.folded = b.folded;
    a.deltas = b.deltas;
    return a == b;
}

} // namespace

DiffTab::DiffTab(CompareContext& context, QWidget* parent)
    : CompareTab(parent), m_context(context), m_scene(std::make_shared<CompareScene>()),
      m_model(new DiffModel(this)), m_view(new DiffView(*m_model)), m_bar(new DiffBar),
      m_texts(new TextDiffView(context)), m_state(new StatePanel), m_stack(new QStackedWidget)
{
    build();
    connectBar();
    connectViews();
    addActions();
    m_settings = diffSettingsFromJson(m_context.controller.tabState(id()));
    m_bar->showSettings(m_settings);
    updateState();
}

void DiffTab::build()
{
    for (QWidget* page :
         {static_cast<QWidget*>(m_view), static_cast<QWidget*>(m_state), static_cast<QWidget*>(m_texts)})
        m_stack->addWidget(page);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

QWidget* DiffTab::bar()
{
    return m_bar;
}

void DiffTab::connectBar()
{
    connect(m_bar, &DiffBar::searched, this, [this](const QString& text) {
        changeSettings(
            tr("find field"), [&](DiffSettings& settings) { settings.search = text; }, false);
    });
    connect(m_bar, &DiffBar::kindPicked, this, [this](DiffKind kind) {
        changeSettings(tr("kind of field"), [&](DiffSettings& settings) { settings.kind = kind; });
    });
    connect(m_bar, &DiffBar::onlyDifferencesPicked, this, [this](bool on) {
        changeSettings(on ? tr("only differences") : tr("all fields"),
                       [&](DiffSettings& settings) { settings.onlyDifferences = on; });
    });
    connect(m_bar, &DiffBar::orderPicked, this, [this](DifferenceOrder order) {
        changeSettings(tr("order of fields"), [&](DiffSettings& settings) { settings.order = order; });
    });
    connect(m_bar, &DiffBar::deltasPicked, this, [this](bool on) {
        changeSettings(tr("numbers as differences"), [&](DiffSettings& settings) { settings.deltas = on; });
    });
    connect(m_bar, &DiffBar::baselinePicked, this, [this](const std::string& run) {
        m_context.controller.changeWorkspace(tr("set baseline"),
                                             [&](Workspace& workspace) { workspace.baseline = run; });
    });
    connect(m_bar, &DiffBar::searchLeft, this, [this] { m_view->setFocus(Qt::TabFocusReason); });
}

void DiffTab::connectViews()
{
    connect(m_view, &DiffView::openRequested, this, &DiffTab::openTexts);
    connect(m_view, &DiffView::foldRequested, this, [this](int row, bool fold) {
        auto section = m_model->head(row)->section;
        changeSettings(fold ? tr("close section") : tr("open section"), [&](DiffSettings& settings) {
            if (fold)
                settings.folded.insert(section);
            else
                settings.folded.erase(section);
        });
    });
    auto open = [this](QMenu* menu, const QPoint& place) {
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(place);
    };
    connect(m_view, &DiffView::cellMenuRequested, this,
            [this, open](const QModelIndex& index, const QPoint& place) {
                if (auto* menu = cellMenu(index))
                    open(menu, place);
            });
    connect(m_view, &DiffView::headMenuRequested, this, [this, open](int column, const QPoint& place) {
        if (auto* menu = runMenu(column))
            open(menu, place);
    });
    connect(m_view, &DiffView::currentRunChanged, this, [this] {
        if (const auto* run = m_view->currentRun())
            emit runPicked(run->runId);
    });
    connect(m_texts, &TextDiffView::closed, this, &DiffTab::backToMatrix);
    connect(m_texts, &TextDiffView::busyChanged, this, &CompareTab::statusChanged);
}

void DiffTab::changeSettings(const QString& what, const std::function<void(DiffSettings&)>& edit,
                             bool undoable)
{
    auto next = m_settings;
    edit(next);
    if (undoable)
        m_context.controller.setTabState(id(), what, toJson(next));
    else
        m_context.controller.replace(
            [&](CompareView& view) { view.tabs[id().toStdString()] = toJson(next); });
}

void DiffTab::workspaceChanged(const Workspace&)
{
    auto next = diffSettingsFromJson(m_context.controller.tabState(id()));
    if (next == m_settings)
        return;
    auto before = std::exchange(m_settings, next);
    m_bar->showSettings(m_settings);
    m_remark.clear();
    if (!sameContent(before, m_settings))
        return refresh();
    m_model->fold(m_settings);
    if (before.deltas != m_settings.deltas)
        m_model->dress(m_runs, m_scene->directions, m_settings);
    emit statusChanged();
}

void DiffTab::showScene(const CompareScenePtr& scene)
{
    auto before = rowsOf(m_runs);
    auto table = m_scene->table;
    m_scene = scene;
    takeRuns();
    if (table == m_scene->table && before == rowsOf(m_runs) && (m_matrix || m_busy)) {
        if (m_model->content() && m_model->content()->matrix == m_matrix)
            m_model->dress(m_runs, m_scene->directions, m_settings);
        m_bar->showContent(m_model->content(), m_runs);
        return;
    }
    m_matrix.reset();
    refresh();
}

void DiffTab::takeRuns()
{
    m_runs.clear();
    for (const auto& run : m_scene->runs)
        if (run.drawn())
            m_runs.push_back(run);
    auto baseline =
        std::find_if(m_runs.begin(), m_runs.end(), [](const RunLook& run) { return run.baseline; });
    if (baseline != m_runs.end())
        std::rotate(m_runs.begin(), baseline, baseline + 1);
}

void DiffTab::refresh()
{
    m_error = {};
    if (!searchProblem(m_settings.search).isEmpty()) // what was found last stays
        return emit statusChanged();
    if (m_runs.size() < 2 || !m_scene->table->complete()) {
        m_context.page.jobs.cancelLane(kLane);
        m_busy = false;
        m_matrix.reset();
        m_model->clear();
        return updateState();
    }
    m_busy = true;
    DiffRequest request{m_scene->table, rowsOf(m_runs), m_settings, m_matrix};
    m_context.page.jobs.start<DiffContentPtr>(
        tr("Finding differences"), kLane, this,
        [request](const Operation& operation) { return makeDiffContent(request, operation); },
        [this](Result<DiffContentPtr> content) { onContent(std::move(content)); });
    updateState();
}

void DiffTab::onContent(Result<DiffContentPtr> content)
{
    m_busy = false;
    if (content) {
        m_matrix = (*content)->matrix;
        m_model->show(std::move(*content), m_runs, m_scene->directions, m_settings);
    } else if (content.error().code != ErrorCode::Cancelled) {
        m_error = content.error();
        m_model->clear();
    }
    updateState();
}

void DiffTab::updateState()
{
    m_bar->showContent(m_model->content(), m_runs);
    auto showState = [this](bool on) {
        if (!showsTexts() || on)
            m_stack->setCurrentWidget(on ? static_cast<QWidget*>(m_state) : m_view);
        emit statusChanged();
    };
    auto& controller = m_context.controller;
    if (m_runs.size() < 2 && m_scene->runs.size() >= 2) {
        m_state->showEmpty(QStringLiteral("eye-off"),
                           m_runs.empty() ? tr("All compared runs are hidden")
                                          : tr("All but one of the compared runs are hidden"),
                           tr("Differences need two runs"));
        m_state->setAction(tr("Show all compared runs"), [&controller] {
            controller.change(tr("show runs"), [](CompareView& view) { view.hidden.clear(); });
        });
    } else if (m_runs.size() < 2) {
        m_state->showEmpty(QStringLiteral("git-compare-arrows"),
                           m_runs.empty() ? tr("No run is compared") : tr("Only one run is compared"),
                           tr("Differences need two runs: select more on the Runs page and press C"));
        m_state->setAction(tr("Go to Runs"), [this] {
            if (m_context.page.navigate)
                m_context.page.navigate(QStringLiteral("runs"), {});
        });
    } else if (!m_error.message.empty()) {
        m_state->showError(m_error);
        m_state->setAction(tr("Try again"), [this] { refresh(); });
    } else if (!m_model->content()) {
        m_state->showLoading(m_scene->table->complete() ? tr("Finding differences") : tr("Reading runs"));
    } else if (m_model->rowCount() > 0) {
        return showState(false);
    } else if (m_settings.onlyDifferences && m_model->content()->count.constant > 0) {
        m_state->showEmpty(
            QStringLiteral("check"), tr("These runs do not differ here"),
            tr("%1 fields are the same in all %2 runs")
                .arg(formatCount(m_model->content()->count.constant), formatCount(m_runs.size())));
        m_state->setAction(tr("Show constant fields"), [this] {
            changeSettings(tr("all fields"),
                           [](DiffSettings& settings) { settings.onlyDifferences = false; });
        });
    } else {
        m_state->showEmpty(QStringLiteral("search"), tr("No field matches"),
                           m_settings.search.isEmpty() ? tr("These runs have no field of this kind")
                                                       : m_settings.search);
        m_state->setAction(tr("Show all kinds of fields"), [this] {
            changeSettings(tr("all kinds of fields"), [](DiffSettings& settings) {
                settings.search.clear(), settings.kind = DiffKind::All;
            });
        });
    }
    showState(true);
}

bool DiffTab::showsTexts() const
{
    return m_stack->currentWidget() == m_texts;
}

void DiffTab::backToMatrix()
{
    m_stack->setCurrentWidget(m_view);
    m_view->setFocus(Qt::TabFocusReason);
    updateState();
}

const RunLook* DiffTab::look(const std::string& runId) const
{
    auto found =
        std::find_if(m_runs.begin(), m_runs.end(), [&](const RunLook& run) { return run.runId == runId; });
    return found == m_runs.end() ? nullptr : &*found;
}

std::vector<std::string> DiffTab::chosenRuns() const
{
    const auto* run = m_view->currentRun();
    return run ? std::vector<std::string>{run->runId} : std::vector<std::string>{};
}

bool DiffTab::settled() const
{
    return !m_busy && !m_texts->busy() && (m_scene->runs.empty() || m_scene->table->complete());
}

QStringList DiffTab::status() const
{
    if (!m_model->content())
        return {};
    const auto& count = m_model->content()->count;
    QStringList parts{tr("%1 of %2 fields differ")
                          .arg(formatCount(count.differ), formatCount(count.differ + count.constant))};
    parts << (m_remark.isEmpty()
                  ? tr("Highlight: differs from baseline; underline: size and direction of the difference")
                  : m_remark);
    return parts;
}

void DiffTab::showEvent(QShowEvent* event)
{
    CompareTab::showEvent(event);
    if (!qobject_cast<QWidget*>(focusWidget()))
        m_view->setFocus(Qt::OtherFocusReason);
}

void DiffTab::goToDifference(int step)
{
    m_remark.clear();
    if (showsTexts()) {
        if (!m_texts->goToChange(step))
            m_remark = step > 0 ? tr("No further change in these texts") : tr("No change before this one");
    } else if (auto next = m_model->nextDifference(m_view->currentIndex(), step); next.isValid()) {
        m_view->setFocus(Qt::TabFocusReason);
        m_view->goTo(next);
    } else {
        m_remark = step > 0 ? tr("No further difference") : tr("No difference before this one");
    }
    emit statusChanged();
}

void DiffTab::openFiles(const std::string& runId)
{
    const auto* run = look(runId);
    if (!run || m_runs.empty() || run == &m_runs.front())
        return;
    m_stack->setCurrentWidget(m_texts);
    m_texts->showFiles(m_runs.front(), *run);
    m_texts->setFocus();
}

void DiffTab::openTexts(const QModelIndex& index)
{
    if (!m_model->content() || m_model->head(index.row()))
        return;
    const auto& differences = *m_model->content()->matrix->differences;
    const auto& runs = m_model->runs(); // not m_runs: other runs may be on their way
    auto row = m_model->matrixRow(index.row());
    std::size_t place = index.column() > DiffModel::FirstRun
                            ? static_cast<std::size_t>(index.column() - DiffModel::FirstRun)
                            : 0;
    for (std::size_t i = 1; place == 0 && i < runs.size(); ++i)
        if (!differences.equal(row, i, 0))
            place = i;
    place = std::max<std::size_t>(place, 1);
    m_stack->setCurrentWidget(m_texts);
    auto text = [&](std::size_t column) { return exactText(differences, row, column).toStdString(); };
    m_texts->showField(runs.front(), runs[place], m_model->index(index.row(), 0).data().toString(), text(0),
                       text(place));
}

} // namespace sextant
