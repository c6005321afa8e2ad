// RegistryPage: its actions that change nothing in the store, and its menus.
#include "ui/registry/compare_versions.h"
#include "ui/registry/metric_choice.h"
#include "ui/registry/model_pane.h"
#include "ui/registry/models_list.h"
#include "ui/registry/registry_page.h"
#include "ui/registry/version_inspector.h"
#include "ui/widgets/store_text.h"

#include <QHeaderView>
#include <QListView>
#include <QMenu>
#include <QMetaMethod>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>

namespace sextant {

namespace {

constexpr std::size_t kMostInMenu = 40;
constexpr std::size_t kMostCompared = 12;

} // namespace

void RegistryPage::addActions()
{
    auto add = [this](const char* id, const QString& text, const QString& tip, const char* icon,
                      const QList<QKeySequence>& keys, std::function<void()> run) {
        m_context.actions.add(this, {QLatin1String(id), text, tip, QLatin1String(icon), keys, title()},
                              std::move(run));
    };
    add("registry.search", tr("Find model"), tr("By a part of its name or of a tag."), "search",
        {QKeySequence(Qt::Key_Slash), QKeySequence(Qt::CTRL | Qt::Key_F)}, [this] {
            showTab(QStringLiteral("models"));
            m_models->focusSearch();
        });
    add("registry.openRun", tr("Open the source run"), tr("The run that made the selected version."),
        "flask-conical", {QKeySequence(Qt::Key_R)}, [this] { openRun(); });
    add("registry.next", tr("Next version in the list"), {}, "chevron-down",
        {QKeySequence(Qt::Key_BracketRight)}, [this] { step(1); });
    add("registry.previous", tr("Previous version in the list"), {}, "chevron-up",
        {QKeySequence(Qt::Key_BracketLeft)}, [this] { step(-1); });
    add("registry.digest", tr("Read the files of this version"),
        tr("Makes the digest of its files, however large they are."), "hash", {},
        [this] { m_inspector->readFiles(); });
    add("registry.verify", tr("Verify log"), tr("Checks the log of this model on this machine, offline."),
        "shield-check", {QKeySequence(Qt::Key_V)}, [this] {
            const auto* entry = m_pane->entry();
            auto model = entry ? QString::fromStdString(entry->model.name) : QString();
            emit verifyWanted(model);
            m_context.navigate(QStringLiteral("audit"), model);
        });
    add("registry.card", tr("Model card…"), tr("What the version is for, and what it is not for."),
        "file-text", {}, [this] {
            if (const auto* version = m_pane->currentVersion())
                emit cardWanted(QString::fromStdString(version->name), version->version);
        });
    add("registry.request", tr("Request promotion…"),
        tr("Asks that the selected version takes an alias or a stage; reviewers decide."),
        "git-pull-request-arrow", {QKeySequence(Qt::Key_P)}, [this] {
            if (const auto* version = m_pane->currentVersion())
                emit promotionWanted(QString::fromStdString(version->name), version->version, {});
        });
}

void RegistryPage::addMetricActions()
{
    auto add = [this](const char* id, const QString& text, const QString& tip, const char* icon,
                      const QList<QKeySequence>& keys, std::function<void()> run) {
        m_context.actions.add(this, {QLatin1String(id), text, tip, QLatin1String(icon), keys, title()},
                              std::move(run));
    };
    add("registry.metric", tr("Choose the metric…"),
        tr("Which metric of the source runs stands beside the versions."), "chart-spline",
        {QKeySequence(Qt::Key_M)}, [this] {
            auto* header = m_pane->versions().horizontalHeader();
            openMetricMenu(header->mapToGlobal(
                QPoint(header->sectionViewportPosition(VersionsModel::MetricValue), header->height())));
        });
    add("registry.higher", tr("Higher is better for this metric"), {}, "arrow-up", {},
        [this] { setDirection(1); });
    add("registry.lower", tr("Lower is better for this metric"), {}, "arrow-down", {},
        [this] { setDirection(-1); });
    add("registry.noDirection", tr("No direction for this metric"), {}, "minus", {},
        [this] { setDirection(0); });
}

void RegistryPage::addCompareActions()
{
    auto add = [this](const char* id, const QString& text, const QString& tip, const char* icon,
                      const QList<QKeySequence>& keys, std::function<void()> run) {
        m_context.actions.add(this, {QLatin1String(id), text, tip, QLatin1String(icon), keys, title()},
                              std::move(run));
    };
    add("registry.compare", tr("Compare versions"),
        tr("The selected versions side by side; one alone with the champion."), "git-compare-arrows",
        {QKeySequence(Qt::Key_C)}, [this] { compare(m_pane->versions().chosen()); });
    add("registry.compareChampion", tr("Compare with the champion"),
        tr("The selected version beside the champion."), "git-compare-arrows", {}, [this] {
            if (const auto* version = m_pane->currentVersion())
                compare({version->version});
        });
    add("registry.onlyDifferences", tr("Show only differences"),
        tr("Leaves out what the versions have alike."), "rows-3", {QKeySequence(Qt::Key_X)},
        [this] { m_comparison->setOnlyDifferences(!m_comparison->model().onlyDifferences()); });
    add("registry.endComparison", tr("Back to the versions"), {}, "arrow-left",
        {QKeySequence(Qt::ALT | Qt::Key_Left)}, [this] { emit m_comparison->closed(); });
    connect(m_comparison, &CompareVersions::closed, this, [this] {
        if (m_stack->currentWidget() != m_comparison)
            return;
        m_stack->setCurrentIndex(0);
        m_pane->versions().setFocus(Qt::OtherFocusReason);
        updateActions();
    });
}

/// One alone is compared with the champion, or else with the version before it. The champion, or the oldest,
/// is what the others are compared with.
void RegistryPage::compare(std::vector<std::int64_t> versions)
{
    const auto* entry = m_pane->entry();
    if (!entry || versions.empty())
        return;
    const auto* champion = entry->champion();
    if (versions.size() == 1 && champion && champion->version != versions.front())
        versions.push_back(champion->version);
    for (const auto& other : entry->versions)
        if (versions.size() == 1 &&
            (other.version < versions.front() || other.version == entry->versions.back().version) &&
            other.version != versions.front())
            versions.push_back(other.version);
    if (versions.size() == 1 && entry->versions.size() > 1)
        versions.push_back(entry->versions.front().version);
    std::sort(versions.begin(), versions.end());
    if (champion)
        std::stable_partition(versions.begin(), versions.end(),
                              [&](std::int64_t version) { return version == champion->version; });
    std::vector<ModelVersion> compared;
    for (auto number : versions)
        if (const auto* version = entry->version(number); version && compared.size() < kMostCompared)
            compared.push_back(*version);
    if (compared.size() < 2)
        return;
    showTab(QStringLiteral("models"));
    m_comparison->compare(std::move(compared));
    m_stack->setCurrentWidget(m_comparison);
    m_comparison->setFocus(Qt::OtherFocusReason);
    updateActions();
}

void RegistryPage::updateActions()
{
    auto& actions = m_context.actions;
    auto enable = [&](const char* id, bool enabled, const QString& whyNot) {
        if (auto* action = actions.find(QLatin1String(id)))
            actions.enable(action, enabled, whyNot);
    };
    const auto* entry = m_pane->entry();
    const auto* version = m_pane->currentVersion();
    auto alive = version && !m_pane->isDeleted(version->version);
    auto none = entry ? tr("No version is selected.") : tr("No model is selected.");
    auto gone = version && !alive ? tr("This version was deleted.") : none;
    auto known = alive && data()->runs && data()->runs->find(version->runId);
    enable("registry.openRun", known, alive ? tr("Its run is not in this store.") : gone);
    enable("registry.request", alive, gone);
    auto written = isSignalConnected(QMetaMethod::fromSignal(&RegistryPage::cardWanted));
    enable("registry.card", alive && written,
           alive ? tr("A card is written on the command line: sextant cards edit") : gone);
    enable("registry.digest", alive, gone);
    auto several = alive && entry->versions.size() > 1;
    enable("registry.compare", several, alive ? tr("This model has one version only.") : gone);
    enable("registry.compareChampion", several, alive ? tr("This model has one version only.") : gone);
    auto comparing = m_stack->currentWidget() == m_comparison;
    enable("registry.onlyDifferences", comparing, tr("No versions are being compared."));
    enable("registry.endComparison", comparing, tr("No versions are being compared."));
    enable("registry.verify", entry && !entry->logRun.empty(),
           entry ? tr("This model has no log; one begins with the first request.") : none);
    for (const char* id : {"registry.metric", "registry.higher", "registry.lower", "registry.noDirection"})
        enable(id, entry, none);
    updateEditActions();
    const char* const ids[] = {"registry.card", "registry.compare", "registry.request"};
    for (std::size_t i = 0; i < m_modelButtons.size(); ++i)
        if (auto* action = actions.find(QLatin1String(ids[i]))) {
            m_modelButtons[i]->setEnabled(action->isEnabled());
            m_modelButtons[i]->setToolTip(action->toolTip());
        }
}

void RegistryPage::setDirection(int direction)
{
    const auto* entry = m_pane->entry();
    if (!entry)
        return;
    auto metric = metricOf(*entry);
    auto next = m_context.workspaces.current();
    if (direction == 0)
        next.directions.erase(metric);
    else
        next.directions[metric] = direction;
    m_context.workspaces.change(tr("direction of %1").arg(oneName(metric, 60)), std::move(next));
}

void RegistryPage::openMetricMenu(const QPoint& place)
{
    const auto* entry = m_pane->entry();
    if (!entry)
        return;
    auto* menu = new QMenu(tr("Metric of the source runs"), this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto choices = metricsOfVersions(*data(), *entry);
    auto current = metricOf(*entry);
    for (std::size_t i = 0; i < std::min(choices.size(), kMostInMenu); ++i) {
        auto* action =
            menu->addAction(oneName(choices[i].key, 80).replace(QLatin1Char('&'), QLatin1String("&&")), this,
                            [this, key = choices[i].key] { chooseMetric(key); });
        action->setCheckable(true);
        action->setChecked(choices[i].key == current);
    }
    if (choices.empty())
        menu->addAction(tr("The source runs have no metrics"))->setEnabled(false);
    menu->addSeparator();
    auto direction = m_context.workspaces.current().directions;
    auto now = direction.contains(current) ? direction[current] : 0;
    const std::pair<const char*, int> directions[] = {
        {"registry.higher", 1}, {"registry.lower", -1}, {"registry.noDirection", 0}};
    for (const auto& [id, value] : directions) {
        auto* original = m_context.actions.find(QLatin1String(id));
        auto* action = menu->addAction(original->text(), original, &QAction::trigger);
        action->setCheckable(true);
        action->setChecked(now == value);
        action->setEnabled(!choices.empty());
    }
    menu->popup(place);
}

void RegistryPage::openVersionMenu(const QPoint& place)
{
    if (!m_pane->currentVersion())
        return;
    auto* menu = new QMenu(tr("Version"), this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    for (const char* id :
         {"registry.openRun", "registry.compare", "registry.compareChampion", "registry.request",
          "registry.card", "", "registry.alias", "registry.stage", "registry.describe", "registry.tag", "",
          "registry.describeModel", "registry.tagModel", "", "registry.copy", "registry.delete"}) {
        if (!*id)
            menu->addSeparator();
        else if (auto* action = m_context.actions.find(QLatin1String(id)))
            menu->addAction(action);
    }
    menu->popup(place);
}

void RegistryPage::openRun()
{
    const auto* version = m_pane->currentVersion();
    if (version && data()->runs && data()->runs->find(version->runId))
        m_context.navigate(QStringLiteral("run"), QString::fromStdString(version->runId));
}

void RegistryPage::openPrimary()
{
    const auto* version = m_pane->currentVersion();
    const auto* request = version ? m_pane->entry()->openRequest(version->version) : nullptr;
    if (!request)
        return openRun();
    emit requestOpened(QString::fromStdString(version->name), request->act.index);
    open(
        QStringLiteral("/requests/%1/%2").arg(QString::fromStdString(version->name)).arg(request->act.index));
}

void RegistryPage::step(int by)
{
    auto& versions = m_pane->versions();
    auto row = versions.currentIndex().row() + by;
    if (row >= 0 && row < m_pane->model().rowCount())
        versions.setCurrentIndex(m_pane->model().index(row, 0));
}

} // namespace sextant
