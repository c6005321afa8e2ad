// The actions and menus of the matrix of differences, and what leaves it as text.
#include "ui/compare/diff_bar.h"
#include "ui/compare/diff_tab.h"
#include "ui/compare/diff_view.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <QActionGroup>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QSaveFile>

namespace sextant {

QAction* DiffTab::addAction(const char* id, const QString& text, const QString& tip, const char* icon,
                            const QList<QKeySequence>& keys, std::function<void()> run)
{
    auto* action = m_context.page.actions.add(
        this, {QLatin1String(id), text, tip, QLatin1String(icon), keys, tr("Compare, diff")}, std::move(run));
    m_bar->addAction(action); // its keys work while a part of the bar has the focus, too
    return action;
}

void DiffTab::addActions()
{
    addAction("compare.diff.only", tr("Only differences"),
              tr("Leaves out fields that are the same in all runs."), "git-compare-arrows",
              {QKeySequence(Qt::Key_X)}, [this] {
                  auto on = !m_settings.onlyDifferences;
                  changeSettings(on ? tr("only differences") : tr("all fields"),
                                 [&](DiffSettings& settings) { settings.onlyDifferences = on; });
              });
    addAction("compare.diff.next", tr("Next difference"), tr("Down this run's column, then the next run's."),
              "arrow-down", {QKeySequence(Qt::Key_BracketRight)}, [this] { goToDifference(1); });
    addAction("compare.diff.previous", tr("Previous difference"),
              tr("Up this run's column, then the run's before."), "arrow-up",
              {QKeySequence(Qt::Key_BracketLeft)}, [this] { goToDifference(-1); });
    addAction("compare.diff.find", tr("Find field"), tr("A regular expression over the names of fields."),
              "search", {QKeySequence(Qt::Key_Slash), QKeySequence(QKeySequence::Find)},
              [this] { m_bar->focusSearch(); });
    addAction("compare.diff.deltas", tr("Numbers as differences"),
              tr("Writes how far each number is from the baseline's."), "hash", {QKeySequence(Qt::Key_D)},
              [this] {
                  changeSettings(tr("numbers as differences"),
                                 [](DiffSettings& settings) { settings.deltas = !settings.deltas; });
              });
    addAction("compare.diff.texts", tr("Compare texts side by side"),
              tr("This value beside the baseline's, line by line."), "file-text", {}, [this] {
                  if (m_view->currentIndex().isValid())
                      openTexts(m_view->currentIndex());
              });
    addAction("compare.diff.files", tr("Compare files with the baseline…"),
              tr("Texts that both runs have: requirements, configuration."), "file-code",
              {QKeySequence(Qt::Key_F)}, [this] {
                  if (const auto* run = m_view->currentRun())
                      openFiles(run->runId);
              });
    addAction("compare.diff.copy", tr("Copy"), tr("The selected cells as a table for a spreadsheet."), "copy",
              {QKeySequence(QKeySequence::Copy)}, [this] { copySelection(DiffTextFormat::Tsv); });
    addAction("compare.diff.copyMarkdown", tr("Copy as Markdown"),
              tr("The selected cells as a Markdown table."), "copy", {},
              [this] { copySelection(DiffTextFormat::Markdown); });
    addAction("compare.diff.copyCsv", tr("Copy as CSV"), tr("The selected cells as CSV."), "copy", {},
              [this] { copySelection(DiffTextFormat::Csv); });
}

QMenu* DiffTab::cellMenu(const QModelIndex& index)
{
    if (!m_model->content() || m_model->head(index.row()))
        return nullptr;
    if (!m_view->selectionModel()->isSelected(index))
        m_view->goTo(index);
    else
        m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    auto& actions = m_context.page.actions;
    auto* menu = m_model->run(index.column()) ? runMenu(index.column()) : new QMenu(this);
    auto* first = menu->actions().value(0);
    auto* texts = actions.find(QStringLiteral("compare.diff.texts"));
    menu->insertAction(first, texts);
    menu->insertSeparator(first);
    if (m_model->field(index.row()).kind == DifferenceKind::Metric)
        addDirections(menu, index.row());
    menu->addSeparator();
    for (auto id : {"compare.diff.copy", "compare.diff.copyMarkdown", "compare.diff.copyCsv"})
        menu->addAction(actions.find(QLatin1String(id)));
    return menu;
}

void DiffTab::addDirections(QMenu* menu, int row)
{
    menu->addSeparator();
    auto* group = new QActionGroup(menu);
    auto key = m_model->field(row).key;
    const std::pair<int, QString> choices[] = {
        {1, tr("Higher is better")}, {-1, tr("Lower is better")}, {0, tr("Neither is better")}};
    for (const auto& [direction, text] : choices) {
        auto* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_model->direction(row) == direction);
        group->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, key, direction = direction] { setDirection(key, direction); });
    }
}

QMenu* DiffTab::runMenu(int column)
{
    const auto* run = m_model->run(column);
    if (!run)
        return nullptr;
    const auto& theme = Theme::of(this);
    auto id = run->runId;
    auto isBaseline = run->baseline;
    auto* menu = new QMenu(this);
    auto add = [&](const char* icon, const QString& text, std::function<void()> what) {
        connect(menu->addAction(theme.icon(QLatin1String(icon)), text), &QAction::triggered, this,
                std::move(what));
    };
    add("arrow-right", tr("Open run"), [this, id] {
        if (m_context.page.navigate)
            m_context.page.navigate(QStringLiteral("run"), QString::fromStdString(id));
    });
    add("bookmark", isBaseline ? tr("No baseline") : tr("Set as baseline"),
        [this, id] { m_context.controller.toggleBaseline(id); });
    if (column != DiffModel::FirstRun)
        add("file-code", tr("Compare files with the baseline…"), [this, id] { openFiles(id); });
    menu->addSeparator();
    add("eye-off", tr("Hide run"), [this, id] { m_context.controller.setHidden({id}, true); });
    add("minus", tr("Remove from comparison"), [this, id] { removeRun(id); });
    return menu;
}

void DiffTab::setDirection(const std::string& metric, int direction)
{
    auto what = direction == 0 ? tr("clear direction of %1") : tr("set direction of %1");
    m_context.controller.changeWorkspace(what.arg(oneLine(metric, 60)), [&](Workspace& workspace) {
        if (direction == 0)
            workspace.directions.erase(metric);
        else
            workspace.directions[metric] = direction;
    });
}

void DiffTab::removeRun(const std::string& runId)
{
    m_context.controller.change(tr("remove run"), [&](CompareView& view) {
        view.source = CompareView::Source::Runs;
        view.runs.clear();
        for (const auto& run : m_scene->runs)
            if (run.runId != runId)
                view.runs.push_back(run.runId);
    });
}

void DiffTab::write(DiffCopy copy, DiffTextFormat format, const QString& what,
                    std::function<void(const QString&)> done)
{
    m_context.page.jobs.start<QString>(
        what, QStringLiteral("compare.diff.write"), this,
        [copy = std::move(copy), format](const Operation& operation) {
            return diffText(copy, format, operation);
        },
        [done = std::move(done)](Result<QString> text) {
            if (text)
                done(*text);
        });
}

void DiffTab::copySelection(DiffTextFormat format)
{
    if (!m_model->content() || m_model->rowCount() == 0)
        return;
    auto selection = m_view->selectionModel()->selection();
    auto copy = selection.isEmpty() ? copyOf(*m_model) : copyOf(*m_model, selection);
    auto fields = copy.rows.size(), runs = copy.columns.size();
    write(std::move(copy), format, tr("Copying differences"), [this, fields, runs](const QString& text) {
        QGuiApplication::clipboard()->setText(text);
        m_remark =
            (fields == 1 ? tr("Copied 1 field of ") : tr("Copied %1 fields of ").arg(formatCount(fields))) +
            (runs == 1 ? tr("1 run") : tr("%1 runs").arg(formatCount(runs)));
        emit statusChanged();
    });
}

std::vector<CompareTab::ExportItem> DiffTab::exportItems()
{
    if (!m_model->content() || m_model->rowCount() == 0)
        return {};
    auto copyAll = [this](DiffTextFormat format) {
        return [this, format] {
            write(copyOf(*m_model), format, tr("Copying differences"),
                  [](const QString& text) { QGuiApplication::clipboard()->setText(text); });
        };
    };
    return {{tr("Copy table for a spreadsheet"), copyAll(DiffTextFormat::Tsv)},
            {tr("Copy table as Markdown"), copyAll(DiffTextFormat::Markdown)},
            {tr("Copy table as CSV"), copyAll(DiffTextFormat::Csv)},
            {tr("Save table as CSV…"), [this] { saveCsv(); }}};
}

void DiffTab::saveCsv()
{
    auto* dialog = new QFileDialog(this, tr("Save differences"), QStringLiteral("differences.csv"),
                                   tr("CSV files (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& name) {
        write(copyOf(*m_model), DiffTextFormat::Csv, tr("Saving differences"),
              [this, name](const QString& text) {
                  QSaveFile file(name);
                  auto bytes = text.toUtf8();
                  auto saved =
                      file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
                  m_remark = saved ? tr("Saved %1").arg(name)
                                   : tr("%1 can't be written: %2").arg(name, file.errorString());
                  emit statusChanged();
              });
    });
    dialog->open();
}

} // namespace sextant
