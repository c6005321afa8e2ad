#include "ui/runs/run_page.h"

#include "ui/charts/run_colors.h"
#include "ui/runs/artifact_model.h"
#include "ui/runs/artifact_preview.h"
#include "ui/runs/run_charts.h"
#include "ui/runs/run_edit_popup.h"
#include "ui/runs/run_overview.h"
#include "ui/runs/run_page_dot.h"
#include "ui/runs/run_versions.h"
#include "ui/runs/runs_page.h"
#include "ui/shell/workspace_edits.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTreeView>

namespace sextant {

namespace {

const QString kRunLane = QStringLiteral("run.load");
const QString kArtifactLane = QStringLiteral("run.artifacts");

} // namespace

void RunPage::open(const QString& subject)
{
    auto run = toStdString(subject);
    if (run.empty())
        return;
    auto another = run != m_runId;
    m_runId = run;
    if (another) {
        m_state->showLoading(tr("Reading the run"));
        m_outer->setCurrentIndex(1);
        m_artifacts->setArtifacts({});
        m_preview->show({}, {});
        m_banner->hide();
    }
    load();
    updatePlace();
}

void RunPage::load()
{
    if (m_runId.empty())
        return;
    m_loading = true;
    auto work = [run = m_runId](Store& store, const Operation&) { return store.tracking->run(run); };
    m_context.session.read<Run>(tr("Reading a run"), kRunLane, this, work, [this](Result<Run> run) {
        m_loading = false;
        if (!run) {
            m_state->showError(run.error());
            m_state->setAction(tr("Try again"), [this] { load(); });
            m_outer->setCurrentIndex(1);
            return;
        }
        m_run = std::move(*run);
        m_outer->setCurrentIndex(0);
        present();
        loadArtifacts();
    });
}

void RunPage::present()
{
    presentHead();
    const auto& workspace = m_context.workspaces.current();
    std::optional<TagMap> baseline;
    auto table = m_context.session.table();
    auto row = table && !workspace.baseline.empty() && workspace.baseline != m_runId
                   ? table->find(workspace.baseline).value_or(kNoRow)
                   : kNoRow;
    if (row != kNoRow) {
        baseline.emplace();
        for (const auto& column : table->data().params) {
            if (auto value = column.at(row))
                baseline->emplace(column.key, *value);
        }
    }
    m_overview->showRun(m_run, baseline);
    m_charts->showRun(m_run, runColor(m_runId, workspace.colors));
    m_tabs->setTabText(Metrics, tr("Metrics  %1").arg(formatCount(m_run.metrics.size())));
    emit statusChanged();
}

void RunPage::presentHead()
{
    const auto& info = m_run.info;
    auto name = oneLine(info.name, 300);
    m_name->setText(name);
    m_status->setBadge(Badge::status(info.status));
    m_idLabel->setId(QString::fromStdString(info.id));
    m_versions->setRun(info.id);
    m_dot->show(runColor(m_runId, m_context.workspaces.current().colors));
    QStringList line{tr("Started %1").arg(formatTime(info.startTime))};
    if (isKnown(info.endTime))
        line << tr("took %1").arg(formatDuration(info.startTime, info.endTime, DurationDetail::Full));
    if (!info.userId.empty())
        line << tr("by %1").arg(oneLine(info.userId));
    if (auto source = m_run.tags.find("mlflow.source.name"); source != m_run.tags.end())
        line << tr("from %1").arg(oneLine(source->second, 200));
    if (info.lifecycle == Lifecycle::Deleted)
        line << tr("deleted");
    m_line->setText(line.join(QLatin1String(", ")));
    auto experiment = tr("experiment %1").arg(QString::fromStdString(info.experimentId));
    if (auto table = m_context.session.table()) {
        for (const auto& known : table->data().experimentList) {
            if (known.id == info.experimentId)
                experiment = oneLine(known.name, 80);
        }
    }
    m_crumb->setText(experiment + QLatin1String("  /  ") + name);
}

void RunPage::loadArtifacts()
{
    m_listing = true;
    auto work = [run = m_runId](Store& store, const Operation&) {
        return store.tracking->listArtifacts(run, {}, true);
    };
    m_context.session.read<std::vector<Artifact>>(
        tr("Listing artifacts"), kArtifactLane, this, work, [this](Result<std::vector<Artifact>> artifacts) {
            m_listing = false;
            m_artifacts->setArtifacts(artifacts ? *artifacts : std::vector<Artifact>{});
            m_tabs->setTabText(Artifacts, artifacts
                                              ? tr("Artifacts  %1").arg(formatCount(m_artifacts->files()))
                                              : tr("Artifacts"));
            if (artifacts && artifacts->empty())
                m_preview->showNothing(tr("The run has no artifacts"));
            if (!artifacts) {
                m_banner->showMessage(Banner::Kind::Warning,
                                      QString::fromStdString(artifacts.error().message),
                                      QString::fromStdString(artifacts.error().hint));
                m_banner->setAction(tr("Close"), [this] { m_banner->hide(); });
                m_banner->show();
            }
        });
}

int RunPage::placeInView() const
{
    return m_list.controller().model().rowOf(m_runId);
}

void RunPage::updatePlace()
{
    auto& model = m_list.controller().model();
    auto row = placeInView();
    // In groups a run's place is its place among all runs, whether or not they are folded away.
    auto count = model.groups() ? static_cast<int>(model.arrangement()->rows.size())
                                : model.rowCount() - model.pinnedRows();
    auto place = row < 0 ? -1 : model.runPlace(row);
    m_place->setText(row < 0 || place < 0 ? QString()
                                          : tr("%1 of %2")
                                                .arg(formatCount(static_cast<quint64>(place) + 1),
                                                     formatCount(static_cast<quint64>(count))));
    m_previous->setEnabled(row >= 0 && model.nextRun(row, -1) >= 0);
    m_next->setEnabled(row >= 0 && model.nextRun(row, 1) >= 0);
    emit statusChanged();
}

void RunPage::step(int by)
{
    auto& model = m_list.controller().model();
    auto row = placeInView();
    if (auto next = row < 0 ? -1 : model.nextRun(row, by); next >= 0)
        open(QString::fromStdString(std::string(model.runId(next))));
}

void RunPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

QStringList RunPage::status() const
{
    QStringList parts;
    if (!m_place->text().isEmpty())
        parts << tr("Run %1 in view").arg(m_place->text());
    const auto& baseline = m_context.workspaces.current().baseline;
    auto table = m_context.session.table();
    if (auto row = table && !baseline.empty() ? table->find(baseline).value_or(kNoRow) : kNoRow;
        row != kNoRow && baseline != m_runId)
        parts << tr("Differences from %1").arg(oneName(table->name(row), 60));
    return parts;
}

bool RunPage::settled() const
{
    return !m_loading && !m_listing && !m_overview->loading() && m_charts->settled() && !m_preview->busy();
}

void RunPage::startEdit(const RunEdit& wanted)
{
    if (!m_context.session.unlocked()) {
        m_banner->showMessage(Banner::Kind::Error, tr("The store is open for reading only"),
                              tr("Unlock it with the badge in the top bar"));
        m_banner->setAction(tr("Close"), [this] { m_banner->hide(); });
        m_banner->show();
        return;
    }
    auto edit = wanted;
    edit.runIds = {m_runId};
    if (edit.kind == RunEdit::Kind::Rename)
        edit.value = m_run.info.name;
    if (auto note = m_run.tags.find(kNoteTag);
        note != m_run.tags.end() && edit.kind == RunEdit::Kind::SetNote)
        edit.value = note->second;
    if (auto tag = m_run.tags.find(edit.key); edit.kind == RunEdit::Kind::SetTag && tag != m_run.tags.end())
        edit.value = tag->second;
    auto* popup = new RunEditPopup(edit, oneLine(m_run.info.name, 60),
                                   QString::fromStdString(m_context.session.info().name), this);
    connect(popup, &RunEditPopup::accepted, m_writer, &RunWriter::write);
    popup->openBelow(m_name);
}

void RunPage::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    const int bar = theme.length("bar.page");
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    painter.fillRect(QRect(0, 0, width(), bar), theme.color("bg.2"));
    painter.fillRect(QRect(0, bar - 1, width(), 1), theme.color("border.hairline"));
    if (m_tabs->isVisible())
        painter.fillRect(QRect(0, m_tabs->mapTo(this, m_tabs->rect().bottomLeft()).y(), width(), 1),
                         theme.color("border.hairline"));
}

} // namespace sextant
