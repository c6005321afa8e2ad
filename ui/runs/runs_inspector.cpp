#include "ui/runs/runs_inspector.h"

#include "core/base/number.h"
#include "ui/charts/run_colors.h"
#include "ui/runs/group_inspector.h"
#include "ui/runs/run_facts.h"
#include "ui/shell/workspace_edits.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/section.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>

namespace sextant {

namespace {

constexpr std::size_t kFirstMetrics = 5;
constexpr std::size_t kFirstParams = 3;
constexpr std::size_t kMostRows = 500; // beyond that the run's own page is the place
const QString kLinesLane = QStringLiteral("runs.inspector.lines");
const QString kArtifactsLane = QStringLiteral("runs.inspector.artifacts");

struct ArtifactTotals
{
    std::size_t files = 0;
    quint64 bytes = 0;
};

QPushButton* linkButton(QWidget* parent)
{
    auto* button = new QPushButton(parent);
    setControlRole(button, ControlRole::Link);
    setSmall(button);
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return button;
}

} // namespace

/// The run's colour beside its name.
class RunsInspector::Dot final : public QWidget
{
public:
    explicit Dot(QWidget* parent) : QWidget(parent) { setFixedSize(14, 20); }
    void show(int color, bool filled)
    {
        m_color = color;
        m_filled = filled;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const auto& theme = Theme::of(this);
        QPainter painter(this);
        paintColorDot(theme, &painter, QRectF(rect()).center(), theme.series(m_color), m_filled);
    }

private:
    int m_color = 0;
    bool m_filled = true;
};

RunsInspector::RunsInspector(const PageContext& context, RunsController& controller, HistoryCache& histories,
                             QWidget* parent)
    : QWidget(parent), m_context(context), m_controller(controller), m_histories(histories),
      m_stack(new QStackedWidget), m_empty(new StatePanel), m_group(new GroupInspector(controller))
{
    setAccessibleName(tr("Selected run"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_stack->addWidget(m_empty);
    m_empty->showEmpty(QStringLiteral("flask-conical"), tr("No run is selected"));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(buildBody(), 1);
    m_stack->addWidget(content);
    m_stack->addWidget(m_group);
    connect(m_group, &GroupInspector::bestWanted, this, &RunsInspector::bestOfGroupWanted);
    connect(&controller, &RunsController::arranged, this, [this] { refresh(false); });
    connect(&histories, &HistoryCache::outdated, this, [this] {
        if (!m_runId.empty())
            loadLines();
    });
    connect(&context.workspaces, &WorkspaceHistory::changed, this, [this] { refresh(false); });
}

QWidget* RunsInspector::buildHead()
{
    const auto& theme = Theme::of(this);
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(theme.length("space.3"), theme.length("space.2"), theme.length("space.3"),
                               theme.length("space.3"));
    column->setSpacing(2);
    m_dot = new Dot(head);
    m_name = new ElidedLabel(Theme::Text::Title);
    m_status = new BadgeLabel;
    m_id = new IdLabel(tr("run ID"));
    auto* first = new QHBoxLayout;
    first->setSpacing(6);
    first->addWidget(m_dot);
    first->addWidget(m_name, 1);
    first->addWidget(m_status);
    column->addLayout(first);
    column->addWidget(m_id);
    auto* open = new QPushButton(tr("Open run"));
    setControlRole(open, ControlRole::Primary);
    setSmall(open);
    auto* baseline = new QPushButton(tr("Set as baseline"));
    setSmall(baseline);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 6, 0, 0);
    buttons->setSpacing(theme.length("space.2"));
    buttons->addWidget(open);
    buttons->addWidget(baseline);
    buttons->addStretch(1);
    column->addLayout(buttons);
    connect(open, &QPushButton::clicked, this, [this] {
        if (m_context.navigate)
            m_context.navigate(QStringLiteral("run"), QString::fromStdString(m_runId));
    });
    connect(baseline, &QPushButton::clicked, this, [this] {
        m_controller.change(tr("set baseline"), withBaselineToggled(m_controller.workspace(), m_runId));
    });
    return head;
}

QWidget* RunsInspector::buildBody()
{
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto section = [&](const QString& title) {
        auto* made = new Section(title);
        column->addWidget(made);
        return made;
    };
    m_overview = section(tr("Overview"));
    m_metrics = section(tr("Metrics"));
    m_params = section(tr("Parameters"));
    m_tags = section(tr("Tags"));
    m_artifacts = section(tr("Artifacts"));
    column->addStretch(1);
    m_overview->body()->addWidget(m_overviewRows = new FactRows(112));
    m_metrics->body()->addWidget(m_metricRows = new FactRows(112));
    m_metrics->body()->addWidget(m_moreMetrics = linkButton(this));
    m_params->body()->addWidget(m_paramRows = new FactRows(138));
    m_params->body()->addWidget(m_moreParams = linkButton(this));
    m_tags->body()->addWidget(m_chips = new TagChips);
    m_artifacts->body()->addWidget(m_artifactText = new TextLabel({}, Theme::Text::Body, "text.muted"));
    m_artifactText->setWordWrap(true);
    m_artifacts->setOpen(false);
    connect(m_moreMetrics, &QPushButton::clicked, this, [this] {
        m_allMetrics = !m_allMetrics;
        refresh(false);
        loadLines();
    });
    connect(m_moreParams, &QPushButton::clicked, this, [this] {
        m_allParams = !m_allParams;
        refresh(false);
    });
    return scrollingColumn(inner);
}

void RunsInspector::showRun(const std::string& runId)
{
    if (runId == m_runId && m_groupKey.empty())
        return;
    m_groupKey.clear();
    m_runId = runId;
    refresh(true);
}

void RunsInspector::showGroup(const std::string& key)
{
    m_groupKey = key;
    refresh(false);
}

void RunsInspector::refresh(bool anotherRun)
{
    if (!m_groupKey.empty() && m_group->showGroup(m_groupKey))
        return m_stack->setCurrentIndex(2);
    auto table = m_controller.table();
    auto row = table && !m_runId.empty() ? table->find(m_runId).value_or(kNoRow) : kNoRow;
    m_stack->setCurrentIndex(row == kNoRow ? 0 : 1);
    if (row == kNoRow)
        return;
    const auto& workspace = m_controller.workspace();
    m_dot->show(runColor(m_runId, workspace.colors), workspace.shown.contains(m_runId));
    const auto name = oneLine(table->name(row));
    m_name->setText(name.trimmed().isEmpty() ? shortId(m_runId) : name);
    m_status->setBadge(Badge::status(table->status(row)));
    m_id->setId(QString::fromStdString(m_runId));
    m_overviewRows->setFacts(overviewOf(*table, row));
    fillMetrics(*table, row);
    fillParams(*table, row);
    auto tags = tagsOf(*table, row);
    m_tags->setDetail(formatCount(tags.size()));
    m_tags->setVisible(!tags.empty());
    tags.resize(std::min(tags.size(), std::size_t{60}));
    m_chips->setTags(std::move(tags));
    if (anotherRun) {
        loadLines();
        loadArtifacts();
    }
}

void RunsInspector::fillMetrics(const RunTable& table, RowIndex row)
{
    auto metrics = metricsOf(table, row);
    m_metrics->setVisible(!metrics.empty() || !table.complete());
    m_metrics->setDetail(tr("%1, last value").arg(formatCount(metrics.size())));
    m_moreMetrics->setVisible(metrics.size() > kFirstMetrics);
    m_moreMetrics->setText(m_allMetrics ? tr("Show fewer")
                                        : tr("Show all %1").arg(formatCount(metrics.size())));
    metrics.resize(std::min(metrics.size(), m_allMetrics ? kMostRows : kFirstMetrics));
    std::vector<Fact> facts;
    for (const auto& metric : metrics) {
        Fact fact;
        fact.label = oneLine(metric.key);
        fact.value = formatNumber(metric.value);
        fact.whole = QString::fromStdString(formatDouble(metric.value));
        fact.number = true;
        for (const auto& before : m_metricRows->facts()) {
            if (before.label == fact.label && before.whole == fact.whole)
                fact.line = before.line; // the same until its history says otherwise
        }
        facts.push_back(std::move(fact));
    }
    m_metricRows->setFacts(std::move(facts));
}

void RunsInspector::fillParams(const RunTable& table, RowIndex row)
{
    const auto& baselineId = m_controller.workspace().baseline;
    auto baseline = baselineId.empty() ? std::nullopt : table.find(baselineId);
    auto params = paramsOf(table, row, baseline);
    auto differing =
        std::count_if(params.begin(), params.end(), [](const ParamValue& param) { return param.differs; });
    auto count = formatCount(params.size());
    m_params->setDetail(
        differing > 0
            ? tr("%1, %2 differ from baseline").arg(count, formatCount(static_cast<quint64>(differing)))
            : count);
    m_params->setVisible(!params.empty());
    m_moreParams->setVisible(params.size() > kFirstParams);
    m_moreParams->setText(m_allParams ? tr("Show fewer") : tr("Show all %1").arg(count));
    std::stable_partition(params.begin(), params.end(),
                          [](const ParamValue& param) { return param.differs; });
    params.resize(std::min(
        params.size(), m_allParams ? kMostRows
                                   : std::max(kFirstParams, std::min<std::size_t>(
                                                                static_cast<std::size_t>(differing), 12))));
    std::vector<Fact> facts;
    for (const auto& param : params) {
        Fact fact;
        fact.label = oneLine(param.key);
        fact.value = param.value ? oneLine(*param.value) : QStringLiteral("—");
        fact.whole = param.value ? manyLines(*param.value, 2000) : QString();
        if (param.differs)
            fact.remark =
                param.baseline ? tr("was %1").arg(oneLine(*param.baseline, 60)) : tr("not in baseline");
        else if (param.value && param.value->empty())
            fact.remark = tr("empty");
        facts.push_back(std::move(fact));
    }
    m_paramRows->setFacts(std::move(facts));
}

void RunsInspector::loadLines()
{
    std::vector<HistoryKey> keys;
    auto table = m_controller.table();
    auto row = table ? table->find(m_runId) : std::nullopt;
    if (!row)
        return;
    auto metrics = metricsOf(*table, *row);
    metrics.resize(std::min(metrics.size(), m_allMetrics ? kMostRows : kFirstMetrics));
    for (const auto& metric : metrics)
        keys.push_back({m_runId, metric.key});
    m_histories.load(kLinesLane, this, keys, {}, [this, keys](Result<std::vector<HistoryPtr>> histories) {
        if (!histories || keys.empty() || keys.front().runId != m_runId)
            return; // the values stand without their lines
        auto work = [histories = *histories](const Operation& operation) -> Result<std::vector<Sparkline>> {
            std::vector<Sparkline> lines;
            for (const auto& history : histories) {
                if (operation.cancelled())
                    return cancelledError();
                lines.push_back(factsOf(*history).line);
            }
            return lines;
        };
        m_context.jobs.start<std::vector<Sparkline>>(
            {}, kLinesLane, this, work, [this, keys](Result<std::vector<Sparkline>> lines) {
                for (std::size_t i = 0; lines && i < keys.size(); ++i)
                    m_metricRows->setLine(oneLine(keys[i].metric), std::move((*lines)[i]));
            });
    });
}

void RunsInspector::loadArtifacts()
{
    m_artifacts->setDetail({});
    m_artifactText->setText(tr("Reading"));
    auto work = [run = m_runId](Store& store, const Operation&) -> Result<ArtifactTotals> {
        SEXTANT_TRY(auto artifacts, store.tracking->listArtifacts(run, {}, true));
        ArtifactTotals totals;
        for (const auto& artifact : artifacts) {
            totals.files += !artifact.isDirectory;
            totals.bytes += artifact.size;
        }
        return totals;
    };
    m_context.session.read<ArtifactTotals>(
        {}, kArtifactsLane, this, work, [this](Result<ArtifactTotals> totals) {
            if (!totals) {
                m_artifacts->setDetail(tr("not readable"));
                m_artifactText->setText(QString::fromStdString(totals.error().message));
                return;
            }
            auto files = totals->files == 1 ? tr("1 file") : tr("%1 files").arg(formatCount(totals->files));
            m_artifacts->setDetail(
                totals->files == 0 ? tr("none") : files + QLatin1String(", ") + formatSize(totals->bytes));
            m_artifactText->setText(totals->files == 0 ? tr("The run logged no files")
                                                       : tr("Open the run to see them"));
        });
}

void RunsInspector::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::of(this).color("bg.2"));
}

} // namespace sextant
