#include "ui/runs/runs_actions.h"

#include "ui/runs/filter_bar.h"
#include "ui/runs/filter_field.h"
#include "ui/runs/run_copy.h"
#include "ui/runs/runs_bar.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/runs_table_view.h"
#include "ui/shell/workspace_edits.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <QClipboard>
#include <QGuiApplication>

namespace sextant {

namespace {

constexpr std::size_t kCopiedAtOnce = 500; // more rows are written in a job
constexpr std::size_t kMostShown = 1000;   // open eyes by one command
constexpr std::size_t kMostPinned = 100;   // by one command: pinned rows leave room for the others

} // namespace

RunsActions::RunsActions(RunsPage& page, PageContext& context)
    : QObject(&page), m_page(page), m_context(context)
{
    addLooking();
    addVisibility();
    addFiltering();
    addGroups();
    addColumns();
    addLayout();
    addCopying();
    addWriting();
    fillMoreMenu();
    auto& table = page.table();
    connect(&table, &RunsTableView::menuRequested, this, &RunsActions::openRowMenu);
    connect(&table, &RunsTableView::dotClicked, this, &RunsActions::openColorMenu);
    connect(&table.header(), &RunsHeader::menuRequested, this, &RunsActions::openHeaderMenu);
    connect(&table.header(), &RunsHeader::eyeClicked, this, &RunsActions::openEyeMenu);
    connect(&context.session, &Session::unlockedChanged, this, &RunsActions::updateWriting);
    connect(&context.session, &Session::stateChanged, this, &RunsActions::updateWriting);
    updateWriting();
}

QAction* RunsActions::add(const char* id, const QString& text, const QString& tip, const char* icon,
                          const QList<QKeySequence>& keys, std::function<void()> run)
{
    ActionSpec spec{QLatin1String(id), text, tip, QLatin1String(icon), keys, m_page.title()};
    return m_context.actions.add(&m_page, spec, std::move(run));
}

QAction* RunsActions::addToTable(const char* id, const QString& text, const QString& tip, const char* icon,
                                 const QKeySequence& key, std::function<void()> run)
{
    return m_context.actions.add(&m_page.table(),
                                 {QLatin1String(id), text, tip, QLatin1String(icon), {key}, m_page.title()},
                                 std::move(run));
}

QAction* RunsActions::find(const char* id) const
{
    return m_context.actions.find(QLatin1String(id));
}

void RunsActions::addLooking()
{
    auto& page = m_page;
    auto change = [&page](const QString& what, Workspace next) {
        page.controller().change(what, std::move(next));
    };
    add("runs.open", tr("Open run"), tr("Shows everything the run logged."), "arrow-right", {}, [&page] {
        if (auto runs = page.chosenRuns(); !runs.empty())
            page.openRun(runs.front());
    });
    add("runs.pin", tr("Pin"), tr("Keeps the run on top through every sort and filter."), "pin",
        {QKeySequence(Qt::Key_P)}, [&page, change] {
            auto runs = page.table().selectedRuns(kMostPinned);
            if (auto all = page.table().selectedCount(); all > static_cast<int>(kMostPinned))
                page.tell(tr("The first %1 of %2 runs are pinned")
                              .arg(formatCount(kMostPinned), formatCount(static_cast<quint64>(all))),
                          {});
            if (runs.empty())
                runs = page.chosenRuns();
            if (!runs.empty())
                change(tr("pin runs"), withPinsToggled(page.controller().workspace(), runs));
        });
    add("runs.baseline", tr("Set as baseline"), tr("Shows how every run differs from this one."), "bookmark",
        {QKeySequence(Qt::Key_B)}, [&page, change] {
            if (auto runs = page.chosenRuns(); !runs.empty())
                change(tr("set baseline"), withBaselineToggled(page.controller().workspace(), runs.front()));
        });
    auto compare = [&page](const std::function<void(Workspace&)>& choose) {
        auto next = page.controller().workspace();
        choose(next);
        page.controller().change(tr("compare runs"), std::move(next));
        if (page.controller().context().navigate)
            page.controller().context().navigate(QStringLiteral("compare"), {});
    };
    add("runs.compare", tr("Compare runs"),
        tr("The selected runs beside each other; with one selected, the plotted ones."), "chart-spline",
        {QKeySequence(Qt::Key_C)}, [&page, compare] {
            auto runs = page.chosenRuns();
            compare([&](Workspace& next) {
                next.compare.source =
                    runs.size() > 1 ? CompareView::Source::Runs : CompareView::Source::Shown;
                next.compare.runs = runs.size() > 1 ? runs : std::vector<std::string>();
                next.compare.hidden.clear();
            });
        });
    add("runs.compareMatching", tr("Compare all that match"),
        tr("Every run that the filter lets through, also ones to come."), "chart-spline",
        {QKeySequence(Qt::SHIFT | Qt::Key_C)}, [compare] {
            compare([](Workspace& next) {
                next.compare.source = CompareView::Source::Filter;
                next.compare.filter = next.filter;
                next.compare.hidden.clear();
            });
        });
    add("runs.columns", tr("Choose columns…"), tr("Metrics, parameters, tags and attributes as columns."),
        "columns-3", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)}, [&page] { page.bar().openColumns(); });
    add("runs.experiments", tr("Choose experiments…"),
        tr("Shows the runs of one, several or all experiments."), "flask-conical",
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)}, [&page] { page.bar().openExperiments(); });
    add("runs.nested", tr("Nest child runs"), tr("Child runs under their parents, or all in one list."),
        "list-tree", {}, [&page, change] {
            auto next = page.controller().workspace();
            next.nested = !next.nested;
            change(next.nested ? tr("nest child runs") : tr("list all runs"), std::move(next));
        });
    add("runs.absoluteTimes", tr("Show times as dates, or how long ago"), tr("Of every column with times."),
        "clock", {}, [&page, change] {
            auto next = page.controller().workspace();
            next.absoluteTimes = !next.absoluteTimes;
            change(next.absoluteTimes ? tr("show dates") : tr("show how long ago"), std::move(next));
        });
    add("runs.newestFirst", tr("Sort newest first"), tr("Forgets every other order."), "arrow-down", {},
        [&page, change] {
            auto next = page.controller().workspace();
            next.order.clear();
            change(tr("sort newest first"), std::move(next));
        });
}

void RunsActions::showFirst(int count)
{
    auto& model = m_page.controller().model();
    std::vector<std::string> runs;
    auto first = model.pinnedRows() - 1; // nextRun looks behind it
    for (int row = model.nextRun(first, 1); row >= 0 && runs.size() < static_cast<std::size_t>(count);
         row = model.nextRun(row, 1))
        runs.emplace_back(model.runId(row));
    m_page.controller().change(tr("show the first %1").arg(count),
                               withOnlyShown(m_page.controller().workspace(), runs));
}

void RunsActions::toggleShown()
{
    auto& model = m_page.controller().model();
    auto rows = m_page.table().selectedRows();
    if (rows.empty() && m_page.table().currentIndex().isValid())
        rows.push_back(m_page.table().currentIndex().row());
    if (rows.empty())
        return;
    const auto& table = *model.arrangement()->table;
    auto hides = std::any_of(rows.begin(), rows.end(), [&](int row) { return model.shown(row); });
    std::set<std::string> runs; // a group may be selected together with its runs
    std::size_t all = 0;
    for (auto row : rows) {
        for (auto run : model.runsAt(row)) {
            ++all;
            if (hides ? model.isShown(run) : runs.size() < kMostShown)
                runs.emplace(table.runId(run));
        }
    }
    if (!hides && all > kMostShown)
        m_page.tell(
            tr("The first %1 of %2 runs are shown in charts").arg(formatCount(kMostShown), formatCount(all)),
            model.groups() ? tr("Filter or group more finely to choose which")
                           : tr("Filter or select fewer to choose which"));
    m_page.controller().change(
        hides ? tr("hide runs in charts") : tr("show runs in charts"),
        withShown(m_page.controller().workspace(), {runs.begin(), runs.end()}, !hides));
}

void RunsActions::addVisibility()
{
    auto& page = m_page;
    add("runs.hide", tr("Hide or show in charts"), tr("Only on this machine; the store is not changed."),
        "eye-off", {QKeySequence(Qt::Key_H)}, [this] { toggleShown(); });
    add("runs.showFirst10", tr("Show the first 10"), tr("Draws the first ten runs of the table."), "eye", {},
        [this] { showFirst(10); });
    add("runs.showFirst20", tr("Show the first 20"), tr("Draws the first twenty runs of the table."), "eye",
        {}, [this] { showFirst(20); });
    add("runs.showSelected", tr("Show only the selected"), tr("Draws the selected runs and no others."),
        "eye", {}, [&page] {
            auto runs = page.chosenRuns();
            runs.resize(std::min(runs.size(), kMostShown));
            page.controller().change(tr("show only the selected"),
                                     withOnlyShown(page.controller().workspace(), runs));
        });
    add("runs.showNone", tr("Show none"), tr("Draws no run."), "eye-off", {}, [&page] {
        page.controller().change(tr("show none"), withOnlyShown(page.controller().workspace(), {}));
    });
}

void RunsActions::addFiltering()
{
    auto& page = m_page;
    add("runs.filter", tr("Filter runs"), tr("MLflow's search language and more."), "funnel",
        {QKeySequence(Qt::Key_Slash), QKeySequence(Qt::CTRL | Qt::Key_F)},
        [&page] { page.filterBar().field().setFocus(Qt::ShortcutFocusReason); });
    add("runs.applyFix", tr("Apply the offered fix"), tr("Mends the filter as the line below it says."),
        "check", {QKeySequence(Qt::ALT | Qt::Key_Return), QKeySequence(Qt::ALT | Qt::Key_Enter)},
        [&page] { page.filterBar().applyRepair(); });
    add("runs.clearFilter", tr("Clear filter"), tr("Shows all runs of the experiments."), "x", {},
        [&page] { page.filterBar().field().replaceText({}); });
    using CellFilter = RunsPage::CellFilter;
    auto byCell = [&page](CellFilter how) {
        return [&page, how] {
            auto index = page.table().currentIndex();
            if (index.isValid())
                page.filterByCell(index.row(), index.column(), how);
        };
    };
    addToTable("runs.onlyThis", tr("Only this value"),
               tr("Filters by the value of the current cell, or by the group."), "funnel",
               QKeySequence(Qt::Key_Equal), byCell(CellFilter::Only));
    addToTable("runs.notThis", tr("Not this value"),
               tr("Leaves out runs with the value of the current cell."), "funnel",
               QKeySequence(Qt::Key_Exclam), byCell(CellFilter::Not));
    addToTable("runs.atLeastThis", tr("At least this"),
               tr("Only runs whose number is that of the current cell or greater."), "funnel",
               QKeySequence(Qt::Key_Greater), byCell(CellFilter::AtLeast));
    addToTable("runs.atMostThis", tr("At most this"),
               tr("Only runs whose number is that of the current cell or smaller."), "funnel",
               QKeySequence(Qt::Key_Less), byCell(CellFilter::AtMost));
}

void RunsActions::addLayout()
{
    auto& page = m_page;
    auto layout = [&page](Workspace::Layout wanted) {
        auto next = page.controller().workspace();
        next.layout = wanted;
        page.controller().change(tr("change layout"), std::move(next));
    };
    auto view = [&page](ViewType wanted) {
        auto next = page.controller().workspace();
        next.view = wanted;
        page.controller().change(tr("change view"), std::move(next));
    };
    add("runs.layoutTable", tr("Show the table alone"), tr("The whole page for the table."), "table-2", {},
        [layout] { layout(Workspace::Layout::Table); });
    add("runs.layoutSplit", tr("Show table and charts"),
        tr("Charts beside the table follow what is visible."), "columns-3", {},
        [layout] { layout(Workspace::Layout::Split); });
    add("runs.layoutCharts", tr("Show the charts alone"), tr("The whole page for the charts."),
        "chart-spline", {}, [layout] { layout(Workspace::Layout::Charts); });
    add("runs.viewActive", tr("Show active runs"), tr("Leaves out deleted runs."), "rows-3", {},
        [view] { view(ViewType::ActiveOnly); });
    add("runs.viewDeleted", tr("Show deleted runs"),
        tr("Only runs that were deleted and not yet removed for good."), "trash-2", {},
        [view] { view(ViewType::DeletedOnly); });
    add("runs.viewAll", tr("Show active and deleted runs"), tr("Every run of the experiments."), "rows-3", {},
        [view] { view(ViewType::All); });
}

void RunsActions::copySelection(int format)
{
    auto& table = m_page.table();
    auto rows = table.selectedRows();
    if (rows.empty() && table.currentIndex().isValid())
        rows.push_back(table.currentIndex().row());
    if (rows.empty())
        return;
    auto request = copyRequest(m_page.controller().model(), rows, static_cast<CopyFormat>(format));
    if (rows.size() <= kCopiedAtOnce) {
        QGuiApplication::clipboard()->setText(copyRuns(request).value_or(QString()));
        return;
    }
    m_context.jobs.start<QString>(
        tr("Copying %1 rows").arg(formatCount(rows.size())), QStringLiteral("runs.copy"), this,
        [request = std::move(request)](const Operation& operation) { return copyRuns(request, operation); },
        [](Result<QString> text) {
            if (text)
                QGuiApplication::clipboard()->setText(*text);
        });
}

void RunsActions::addCopying()
{
    auto copy = [this](CopyFormat format) {
        return [this, format] { copySelection(static_cast<int>(format)); };
    };
    add("runs.copy", tr("Copy rows"), tr("The selected runs with the columns shown, for a spreadsheet."),
        "copy", {QKeySequence::Copy}, copy(CopyFormat::Tsv));
    add("runs.copyCsv", tr("Copy rows as CSV"), tr("The selected runs with the columns shown."), "copy", {},
        copy(CopyFormat::Csv));
    add("runs.copyMarkdown", tr("Copy rows as Markdown"),
        tr("The selected runs as a table for a README or a report."), "copy", {}, copy(CopyFormat::Markdown));
    add("runs.copyLatex", tr("Copy rows as LaTeX"), tr("The selected runs as a booktabs table for a paper."),
        "copy", {}, copy(CopyFormat::Latex));
    add("runs.copyIds", tr("Copy run IDs"), tr("One id on each line."), "copy", {}, [this] {
        QStringList ids;
        for (const auto& run : m_page.chosenRuns())
            ids << QString::fromStdString(run);
        QGuiApplication::clipboard()->setText(ids.join(QLatin1Char('\n')));
    });
}

void RunsActions::addWriting()
{
    auto& page = m_page;
    auto edit = [&page](RunEdit::Kind kind) {
        return [&page, kind] { page.startEdit({kind, page.chosenRuns(), {}, {}}); };
    };
    add("runs.rename", tr("Rename run…"), tr("Changes the name in the store."), "pencil",
        {QKeySequence(Qt::Key_F2)}, edit(RunEdit::Kind::Rename));
    add("runs.setTag", tr("Set tag…"), tr("Sets one tag on all selected runs."), "tag", {},
        edit(RunEdit::Kind::SetTag));
    add("runs.editNote", tr("Edit note…"), tr("The note of the run, in Markdown."), "file-text", {},
        edit(RunEdit::Kind::SetNote));
    add("runs.register", tr("Register model…"), tr("Makes a version of a registered model from the run."),
        "package", {}, [this] {
            if (auto runs = m_page.chosenRuns(); !runs.empty() && m_context.navigate)
                m_context.navigate(QStringLiteral("registry"),
                                   QStringLiteral("/register/%1").arg(QString::fromStdString(runs.front())));
        });
    add("runs.delete", tr("Delete runs…"), tr("Marks the selected runs as deleted; they can be restored."),
        "trash-2", {QKeySequence(Qt::Key_Delete)}, [&page] { page.confirmLifecycle(false); });
    add("runs.restore", tr("Restore runs…"), tr("Takes back the deletion of the selected runs."), "undo-2",
        {}, [&page] { page.confirmLifecycle(true); });
}

void RunsActions::updateWriting()
{
    const auto& session = m_context.session;
    auto why = session.state() != Session::State::Open ? tr("No store is open.")
               : session.info().capabilities.writable
                   ? tr("The store is open for reading; unlock it first (the badge in the top bar)")
                   : QString::fromStdString(session.info().capabilities.whyNotWritable);
    for (auto id :
         {"runs.rename", "runs.setTag", "runs.editNote", "runs.register", "runs.delete", "runs.restore"})
        m_context.actions.enable(find(id), session.unlocked(), why);
}

} // namespace sextant
