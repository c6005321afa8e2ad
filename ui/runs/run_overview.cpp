#include "ui/runs/run_overview.h"

#include "ui/runs/artifact_model.h"
#include "ui/runs/cell_text_delegate.h"
#include "ui/widgets/fact_rows.h"
#include "ui/runs/note_view.h"
#include "ui/runs/run_writer.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/store_text.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QTreeView>

namespace sextant {

namespace {

constexpr int kNarrowestRest = 330;  // its buttons stay whole
constexpr int kRoomForHistory = 440; // and for names beside the figures
constexpr int kRoomForBounds = 340;

constexpr int kSliceMs = 100; // of reading at a time: others may want the store
constexpr std::size_t kMostAtOnce = 64;
const QString kLane = QStringLiteral("runs.facts");

using FactsPart = std::vector<std::pair<std::string, MetricFacts>>;

QTableView* makeTable(QAbstractItemModel* model, const QString& name)
{
    auto* view = new QTableView;
    view->setModel(model);
    view->setItemDelegate(new CellTextDelegate(view));
    view->setShowGrid(false);
    view->setFrameShape(QFrame::NoFrame);
    view->verticalHeader()->hide();
    view->verticalHeader()->setMinimumSectionSize(20);
    view->verticalHeader()->setDefaultSectionSize(Theme::of(view).length("row.table"));
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setTabKeyNavigation(false);
    view->setAccessibleName(name);
    view->horizontalHeader()->setHighlightSections(false);
    return view;
}

QString tagIn(const TagMap& tags, std::string_view key)
{
    auto found = tags.find(key);
    return found == tags.end() ? QString() : oneLine(found->second, 2000);
}

/// What stands in the place of an empty table.
TextLabel* absence(const QString& text)
{
    auto* label = new TextLabel(text, Theme::Text::Body, "text.muted");
    label->setContentsMargins(8, 0, 8, 0);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    label->hide();
    return label;
}

std::vector<Fact> codeFacts(const Run& run)
{
    std::vector<Fact> facts;
    auto add = [&](const QString& label, const QString& value, bool mono = false) {
        if (value.isEmpty())
            return;
        Fact fact;
        fact.label = label;
        fact.value = mono ? value.left(8) : value;
        fact.whole = value;
        fact.mono = mono;
        facts.push_back(std::move(fact));
    };
    add(RunOverview::tr("Source"), tagIn(run.tags, "mlflow.source.name"));
    add(RunOverview::tr("Kind"), tagIn(run.tags, "mlflow.source.type"));
    add(RunOverview::tr("Commit"), tagIn(run.tags, "mlflow.source.git.commit"), true);
    add(RunOverview::tr("Branch"), tagIn(run.tags, "mlflow.source.git.branch"));
    add(RunOverview::tr("Repository"), tagIn(run.tags, "mlflow.source.git.repoURL"));
    if (tagIn(run.tags, "mlflow.source.git.dirty").toLower() == QLatin1String("true")) {
        add(RunOverview::tr("Uncommitted"), RunOverview::tr("yes"));
        facts.back().remark = RunOverview::tr("the code differs from the commit");
        facts.back().remarkColor = "warning.fg";
    }
    add(RunOverview::tr("Artifacts"), oneLine(run.info.artifactUri));
    return facts;
}

} // namespace

RunOverview::RunOverview(const PageContext& context, ArtifactModel& artifacts, QWidget* parent)
    : QWidget(parent), m_context(context), m_artifacts(artifacts), m_metrics(new RunMetricsModel(this)),
      m_params(new RunParamsModel(this))
{
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildMetrics());
    splitter->addWidget(buildParams());
    splitter->addWidget(buildRest());
    splitter->setSizes({520, 390, 480});
    for (int part = 0; part < splitter->count(); ++part)
        splitter->setStretchFactor(part, 1);
    splitter->widget(2)->setMinimumWidth(kNarrowestRest);
    connect(splitter, &QSplitter::splitterMoved, this, &RunOverview::fitMetrics);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connect(&m_artifacts, &QAbstractItemModel::modelReset, this, [this] {
        m_openFiles->setEnabled(m_artifacts.files() > 0);
        auto files = counted(m_artifacts.files(), tr("1 file"), tr("%1 files"));
        m_artifactsDetail->setText(m_artifacts.files() == 0
                                       ? tr("none")
                                       : files + QLatin1String(", ") + formatSize(m_artifacts.bytes()));
    });
}

void RunOverview::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitMetrics();
}

/// Names come first: where there is little room, the lines and then the bounds give theirs.
void RunOverview::fitMetrics()
{
    auto room = m_metricsView->width();
    m_metricsView->setColumnHidden(RunMetricsModel::Line, room < kRoomForHistory);
    for (auto column : {RunMetricsModel::Lowest, RunMetricsModel::Highest})
        m_metricsView->setColumnHidden(column, room < kRoomForBounds);
}

QWidget* RunOverview::heading(const QString& title, TextLabel** detail, QWidget* action, const char* inset)
{
    const auto& theme = Theme::of(this);
    auto* head = new QWidget;
    head->setFixedHeight(36);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(theme.length(inset), 0, theme.length("space.3"), 0);
    layout->setSpacing(theme.length("space.2"));
    layout->addWidget(new TextLabel(title, Theme::Text::Title));
    *detail = new TextLabel({}, Theme::Text::Small, "text.muted");
    layout->addWidget(*detail);
    layout->addStretch(1);
    if (action)
        layout->addWidget(action);
    return head;
}

QWidget* RunOverview::buildMetrics()
{
    auto* charts = new QPushButton(Theme::of(this).icon(QStringLiteral("chart-spline")), tr("Open charts"));
    setSmall(charts);
    connect(charts, &QPushButton::clicked, this, &RunOverview::chartsRequested);
    auto* panel = new QWidget;
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(heading(tr("Metrics"), &m_metricsDetail, m_openCharts = charts, "space.2"));
    layout->addWidget(m_metricsView = makeTable(m_metrics, tr("Metrics")), 1);
    layout->addWidget(m_noMetrics = absence(tr("The run logged no metrics")), 1);
    auto* header = m_metricsView->horizontalHeader();
    header->setSectionResizeMode(RunMetricsModel::Name, QHeaderView::Stretch);
    for (auto column :
         {RunMetricsModel::Last, RunMetricsModel::Lowest, RunMetricsModel::Highest, RunMetricsModel::Line})
        m_metricsView->setColumnWidth(column, column == RunMetricsModel::Line ? 92 : 84);
    connect(m_metricsView, &QTableView::clicked, this,
            [this](const QModelIndex& index) { m_metrics->toggle(index.row()); });
    return panel;
}

QWidget* RunOverview::buildParams()
{
    auto* find = new SearchField(tr("Find"));
    find->setAccessibleName(tr("Find parameter"));
    find->setFixedWidth(130);
    setSmall(find);
    connect(find, &QLineEdit::textChanged, m_params, &RunParamsModel::setSearch);
    auto* panel = new QWidget;
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(heading(tr("Parameters"), &m_paramsDetail, find, "space.2"));
    layout->addWidget(m_paramsView = makeTable(m_params, tr("Parameters")), 1);
    layout->addWidget(m_noParams = absence(tr("The run logged no parameters")), 1);
    m_paramsView->horizontalHeader()->setStretchLastSection(true);
    return panel;
}

QWidget* RunOverview::buildRest()
{
    const auto& theme = Theme::of(this);
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto padded = [&](QWidget* widget) {
        auto* box = new QHBoxLayout;
        box->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), theme.length("space.3"));
        box->addWidget(widget);
        column->addLayout(box);
    };
    m_editNote = new QPushButton(tr("Edit note…"));
    auto* addTag = new QPushButton(tr("Set tag…"));
    m_openFiles = new QPushButton(tr("Open files"));
    for (auto* button : {m_editNote, addTag, m_openFiles})
        setSmall(button);
    TextLabel* noteDetail = nullptr;
    column->addWidget(heading(tr("Note"), &noteDetail, m_editNote));
    padded(m_noteEmpty = new TextLabel(tr("The run has no note"), Theme::Text::Body, "text.muted"));
    padded(m_note = new NoteView);
    m_note->setHeightByText(320);
    column->addWidget(heading(tr("Tags"), &m_tagsDetail, addTag));
    padded(m_tags = new TagChips);
    column->addWidget(heading(tr("Data"), &m_dataDetail, nullptr));
    padded(m_data = new FactRows(170));
    TextLabel* codeDetail = nullptr;
    column->addWidget(heading(tr("Code"), &codeDetail, nullptr));
    padded(m_code = new FactRows(100));
    column->addWidget(heading(tr("Artifacts"), &m_artifactsDetail, m_openFiles));
    m_artifactView = new QTreeView;
    m_artifactView->setModel(&m_artifacts);
    m_artifactView->setHeaderHidden(true);
    m_artifactView->setUniformRowHeights(true);
    m_artifactView->setFrameShape(QFrame::NoFrame);
    m_artifactView->setMinimumHeight(180);
    m_artifactView->setAccessibleName(tr("Artifacts"));
    m_artifactView->header()->setStretchLastSection(false);
    auto* files = new QHBoxLayout;
    files->setContentsMargins(theme.length("space.1"), 0, theme.length("space.2"), 0);
    files->addWidget(m_artifactView);
    column->addLayout(files, 1);
    connect(&m_artifacts, &QAbstractItemModel::modelReset, m_artifactView, [this] {
        m_artifactView->header()->setSectionResizeMode(0, QHeaderView::Stretch);
        m_artifactView->setColumnWidth(1, 90);
    });
    connect(m_editNote, &QPushButton::clicked, this, &RunOverview::noteEditRequested);
    connect(addTag, &QPushButton::clicked, this, [this] { emit tagEditRequested({}, {}); });
    connect(m_openFiles, &QPushButton::clicked, this, [this] { emit artifactRequested({}); });
    connect(m_tags, &TagChips::tagClicked, this,
            [this](const QString& key, const QString& value) { emit tagEditRequested(key, value); });
    connect(m_artifactView, &QTreeView::activated, this, [this](const QModelIndex& index) {
        if (!index.data(ArtifactModel::IsFolderRole).toBool())
            emit artifactRequested(toStdString(index.data(ArtifactModel::PathRole).toString()));
    });
    auto* area = new QScrollArea;
    inner->setBackgroundRole(QPalette::Base);
    inner->setAutoFillBackground(true);
    area->viewport()->setBackgroundRole(QPalette::Base);
    area->setWidget(inner);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

void RunOverview::showRun(const Run& run, const std::optional<TagMap>& baselineParams)
{
    m_runId = run.info.id;
    m_metrics->setMetrics(run.metrics);
    m_params->setParams(run.params, baselineParams);
    if (baselineParams) {
        m_paramsView->setColumnWidth(0, 150);
        m_paramsView->setColumnWidth(1, 120);
    } else {
        m_paramsView->setColumnWidth(0, 190);
    }
    m_metricsView->setVisible(!run.metrics.empty());
    m_noMetrics->setVisible(run.metrics.empty());
    m_openCharts->setEnabled(!run.metrics.empty());
    m_openCharts->setToolTip(run.metrics.empty() ? tr("The run logged no metrics") : QString());
    m_paramsView->setVisible(!run.params.empty());
    m_noParams->setVisible(run.params.empty());
    auto differing = m_params->differing();
    auto total = formatCount(static_cast<quint64>(m_params->total()));
    m_paramsDetail->setText(
        differing > 0 ? tr("%1, %2 differ").arg(total, formatCount(static_cast<quint64>(differing))) : total);
    auto note = run.tags.find(kNoteTag);
    auto hasNote = note != run.tags.end() && !note->second.empty();
    m_noteEmpty->setVisible(!hasNote);
    m_note->setVisible(hasNote);
    m_note->setNote(hasNote ? manyLines(note->second, 200'000) : QString());
    std::vector<TagChips::Tag> tags;
    for (const auto& [key, value] : run.tags) {
        if (!key.starts_with("mlflow.") && tags.size() < 300)
            tags.push_back({oneLine(key), oneLine(value)});
    }
    m_tagsDetail->setText(tags.empty() ? tr("none") : formatCount(tags.size()));
    m_tags->setTags(std::move(tags));
    std::vector<Fact> inputs;
    for (const auto& input : run.datasets) {
        Fact fact;
        fact.label = oneLine(input.dataset.name);
        fact.value = input.context().empty() ? QStringLiteral("—") : oneLine(input.context());
        fact.remark = oneLine(input.dataset.digest);
        fact.whole =
            oneLine(input.dataset.sourceType) + QLatin1String("\n") + manyLines(input.dataset.source, 1000);
        inputs.push_back(std::move(fact));
    }
    m_dataDetail->setText(inputs.empty()       ? tr("none recorded")
                          : inputs.size() == 1 ? tr("1 dataset")
                                               : tr("%1 datasets").arg(inputs.size()));
    m_data->setFacts(std::move(inputs));
    m_code->setFacts(codeFacts(run));
    updateMetricsDetail();
    m_loading = !run.metrics.empty();
    loadFacts();
}

void RunOverview::updateMetricsDetail()
{
    auto points = m_metrics->points();
    auto count = formatCount(m_metrics->keys().size());
    m_metricsDetail->setText(
        points > 0 ? count + QLatin1String(", ") + counted(points, tr("1 point"), tr("%1 points")) : count);
}

void RunOverview::loadFacts()
{
    std::vector<std::string> wanted;
    for (const auto& key : m_metrics->keys()) {
        if (wanted.size() < kMostAtOnce && !m_metrics->hasFacts(key))
            wanted.push_back(key);
    }
    m_loading = !wanted.empty();
    if (wanted.empty())
        return;
    auto work = [run = m_runId, wanted](Store& store, const Operation& operation) -> Result<FactsPart> {
        FactsPart part;
        QElapsedTimer timer;
        timer.start();
        for (const auto& key : wanted) {
            if (operation.cancelled())
                return cancelledError();
            SEXTANT_TRY(auto history, store.tracking->history(run, key, Operation{operation.stop, {}}));
            part.emplace_back(key, factsOf(*history));
            if (timer.elapsed() > kSliceMs)
                break;
        }
        return part;
    };
    m_context.session.read<FactsPart>(tr("Reading histories"), kLane, this, work,
                                      [this, run = m_runId](Result<FactsPart> part) {
                                          if (!part || run != m_runId || part->empty()) {
                                              m_loading = false;
                                              return;
                                          }
                                          for (auto& [key, facts] : *part)
                                              m_metrics->setFacts(key, std::move(facts));
                                          updateMetricsDetail();
                                          loadFacts();
                                      });
}

} // namespace sextant
