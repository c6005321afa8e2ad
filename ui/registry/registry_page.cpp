#include "ui/registry/registry_page.h"

#include "ui/registry/compare_versions.h"
#include "ui/registry/metric_choice.h"
#include "ui/registry/model_pane.h"
#include "ui/registry/models_list.h"
#include "ui/registry/version_inspector.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"
#include "ui/widgets/tab_strip.h"

#include <QHBoxLayout>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>

namespace sextant {

namespace {

const QString kModels = QStringLiteral("models");

QString metricKey(const Session& session, const std::string& model)
{
    return QString::fromStdString(session.info().path) + QLatin1Char('\n') + QString::fromStdString(model);
}

} // namespace

RegistryPage::RegistryPage(PageContext context, QWidget* parent)
    : Page(parent), m_context(std::move(context)), m_writer(new RegistryWriter(m_context.session, this)),
      m_models(new ModelsList), m_pane(new ModelPane), m_inspector(new VersionInspector(m_context))
{
    build();
    connectParts();
    addActions();
    addMetricActions();
    addCompareActions();
    addEditActions();
    updateState();
}

void RegistryPage::build()
{
    const auto& theme = Theme::of(this);
    m_splitter = new Splitter(Qt::Horizontal, QStringLiteral("registry"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_models);
    m_splitter->addWidget(m_pane);
    m_splitter->addWidget(m_inspector);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({theme.length("panel.masterList"), 10'000, theme.length("panel.inspector")});
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_state = new StatePanel);
    m_stack->addWidget(m_comparison = new CompareVersions(m_context));
    m_tabStack = new QStackedWidget;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(m_banner = new Banner);
    layout->addWidget(m_tabStack, 1);
    m_banner->hide();
    addTab(kModels, tr("Models"), m_stack, {});
    setFocusProxy(m_models);
}

QWidget* RegistryPage::buildBar()
{
    const auto& theme = Theme::of(this);
    auto* bar = new QWidget;
    bar->setFixedHeight(theme.length("bar.page"));
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 0);
    layout->setSpacing(theme.length("space.2"));
    layout->addWidget(new TextLabel(title(), Theme::Text::Title));
    layout->addSpacing(theme.length("space.2"));
    layout->addWidget(m_tabBar = new TabStrip(tr("Parts of the registry"), theme.length("bar.page")));
    layout->addStretch(1);
    auto add = [&](const QString& icon, const QString& text, const char* action) {
        auto* button = new QPushButton(text);
        if (!icon.isEmpty())
            button->setIcon(theme.icon(icon));
        connect(button, &QPushButton::clicked, this,
                [this, action] { m_context.actions.find(QLatin1String(action))->trigger(); });
        layout->addWidget(button);
        m_modelButtons.push_back(button);
    };
    add(QStringLiteral("scale"), tr("Model card…"), "registry.card");
    add(QStringLiteral("git-compare-arrows"), tr("Compare versions"), "registry.compare");
    add({}, tr("Request promotion…"), "registry.request");
    setControlRole(m_modelButtons.back(), ControlRole::Primary);
    return bar;
}

void RegistryPage::addTab(const QString& id, const QString& title, QWidget* tab,
                          std::function<void(const QString&)> open)
{
    m_tabs.push_back({id, std::move(open)});
    m_tabStack->addWidget(tab);
    m_tabBar->addTab(title);
}

void RegistryPage::setTabText(const QString& id, const QString& text)
{
    for (std::size_t i = 0; i < m_tabs.size(); ++i)
        if (m_tabs[i].id == id)
            m_tabBar->setText(static_cast<int>(i), text);
}

void RegistryPage::showTab(const QString& id)
{
    for (std::size_t i = 0; i < m_tabs.size(); ++i)
        if (m_tabs[i].id == id)
            m_tabBar->setCurrentIndex(static_cast<int>(i));
}

void RegistryPage::connectParts()
{
    connect(m_tabBar, &TabStrip::currentChanged, this, [this](int index) {
        m_tabStack->setCurrentIndex(index);
        for (auto* button : m_modelButtons)
            button->setVisible(index == 0);
        setFocusProxy(index == 0 ? static_cast<QWidget*>(m_models) : m_tabStack->widget(index));
        emit statusChanged();
    });
    connect(m_context.registry, &RegistryFeed::changed, this, &RegistryPage::updateState);
    connect(&m_context.session, &Session::stateChanged, this, [this] {
        if (!data())
            updateState();
    });
    connect(&m_context.session, &Session::storeChanged, this, [this] {
        m_checks.clear();
        m_banner->hide();
        m_stack->setCurrentWidget(m_state);
    });
    connect(&m_context.workspaces, &WorkspaceHistory::changed, this, &RegistryPage::updateModel);
    connect(m_models, &ModelsList::currentChanged, this, &RegistryPage::updateModel);
    connect(m_models, &ModelsList::opened, this,
            [this] { m_pane->versions().setFocus(Qt::ShortcutFocusReason); });
    connect(m_pane, &ModelPane::versionChanged, this, &RegistryPage::updateSelection);
    auto& versions = m_pane->versions();
    connect(&versions, &VersionsView::opened, this, &RegistryPage::openPrimary);
    connect(&versions, &VersionsView::runWanted, this, [this](const QString&) { openRun(); });
    connect(&versions, &VersionsView::metricMenuWanted, this, &RegistryPage::openMetricMenu);
    connect(&versions, &VersionsView::menuWanted, this, &RegistryPage::openVersionMenu);
    connect(&m_pane->history(), &HistoryView::verifyWanted, this,
            [this] { m_context.actions.find(QStringLiteral("registry.verify"))->trigger(); });
    connect(m_inspector, &VersionInspector::primaryWanted, this, &RegistryPage::openPrimary);
    connect(m_inspector, &VersionInspector::compareWanted, this,
            [this] { m_context.actions.find(QStringLiteral("registry.compareChampion"))->trigger(); });
    connect(m_inspector, &VersionInspector::menuWanted, this, [this](QWidget* anchor) {
        openVersionMenu(anchor->mapToGlobal(QPoint(0, anchor->height() + 2)));
    });
    connect(m_inspector, &VersionInspector::checked, this,
            [this](const std::string& model, std::int64_t version, const VersionCheck& check) {
                m_checks[{model, version}] = check;
                m_pane->model().setChecks(m_checks);
            });
}

void RegistryPage::updateState()
{
    const auto& feed = *m_context.registry;
    auto name = QString::fromStdString(m_context.session.info().name);
    auto ready = data() && !data()->entries.empty();
    if (!ready || m_stack->currentWidget() == m_state)
        m_stack->setCurrentIndex(ready ? 0 : 1);
    if (ready) {
        m_models->setRegistry(data());
        if (!m_wanted.first.empty())
            showVersion(std::string(m_wanted.first), m_wanted.second);
        updateModel();
    } else if (data() && !data()->whyNone.empty()) {
        m_state->showEmpty(QStringLiteral("package"), tr("%1 has no registry").arg(name),
                           QString::fromStdString(data()->whyNone));
    } else if (data()) {
        m_models->setRegistry(data());
        m_state->showEmpty(QStringLiteral("package"), tr("No model is registered in %1").arg(name),
                           tr("A model is registered from the run that made it"));
        m_state->setAction(tr("Go to Runs"), [this] { m_context.navigate(QStringLiteral("runs"), {}); });
    } else if (feed.error()) {
        m_state->showError(*feed.error());
        m_state->setAction(tr("Try again"), [this] { m_context.registry->refresh(); });
    } else if (m_context.session.state() != Session::State::Open) {
        m_state->showEmpty(QStringLiteral("database"), tr("No store is open"));
    } else {
        m_state->showLoading(tr("Reading the registry"), name);
    }
    if (data() && feed.error())
        say(*feed.error());
    if (!ready)
        updateModel(); // what was shown is not there any more
}

std::string RegistryPage::metricOf(const RegistryEntry& entry) const
{
    auto chosen = m_context.settings.value(QStringLiteral("registry/metrics")).toMap();
    auto found = chosen.find(metricKey(m_context.session, entry.model.name));
    return found == chosen.end() ? firstMetric(metricsOfVersions(*data(), entry))
                                 : toStdString(found->toString());
}

void RegistryPage::chooseMetric(const std::string& metric)
{
    const auto* entry = m_pane->entry();
    if (!entry)
        return;
    auto chosen = m_context.settings.value(QStringLiteral("registry/metrics")).toMap();
    chosen[metricKey(m_context.session, entry->model.name)] = QString::fromStdString(metric);
    m_context.settings.setValue(QStringLiteral("registry/metrics"), chosen);
    updateModel();
}

void RegistryPage::updateModel()
{
    const auto* entry = data() ? data()->find(m_models->current()) : nullptr;
    auto metric = entry ? metricOf(*entry) : std::string();
    const auto& directions = m_context.workspaces.current().directions;
    auto direction = directions.find(metric);
    m_pane->model().setChecks(m_checks);
    m_pane->setContent(data(), m_models->current(), metric,
                       direction == directions.end() ? 0 : direction->second);
    readObservations();
    updateSelection();
}

void RegistryPage::readObservations()
{
    std::pair now(data(), m_models->current());
    if (now == m_observedOf || !data() || now.second.empty())
        return;
    m_observedOf = now;
    m_context.jobs.start<std::vector<registry::Observation>>(
        {}, QStringLiteral("registry.observed"), this,
        [path = m_context.session.info().path, model = now.second](const Operation&) {
            return registry::observationsOf(path, model);
        },
        [this, model = now.second](Result<std::vector<registry::Observation>> seen) {
            if (seen) // what was seen is a help; without it the rest stands
                m_pane->setObservations(model, std::move(*seen));
        });
}

void RegistryPage::updateSelection()
{
    const auto* version = m_pane->currentVersion();
    m_inspector->showVersion(data(), m_pane->entry(), version, version && m_pane->isDeleted(version->version),
                             m_checks);
    updateActions();
    emit statusChanged();
}

void RegistryPage::showVersion(const std::string& model, std::int64_t version)
{
    m_wanted = {model, version};
    if (!data() || !data()->find(model))
        return;
    m_wanted = {};
    m_stack->setCurrentIndex(0);
    m_models->showModel(model);
    if (version > 0)
        m_pane->versions().showVersion(version);
}

void RegistryPage::open(const QString& subject)
{
    if (subject.isEmpty())
        return;
    if (subject.startsWith(QLatin1Char('/'))) {
        auto id = subject.section(QLatin1Char('/'), 1, 1);
        if (id == QLatin1String("register")) {
            showTab(kModels);
            return registerRun(toStdString(subject.section(QLatin1Char('/'), 2)));
        }
        showTab(id);
        for (const auto& tab : m_tabs)
            if (tab.id == id && tab.open)
                tab.open(subject.section(QLatin1Char('/'), 2));
        return;
    }
    showTab(kModels);
    auto name = toStdString(subject);
    auto version = versionOfSubject(name);
    if (version)
        showVersion(version->first, version->second);
    else
        showVersion(name, 0);
    m_pane->versions().setFocus(Qt::OtherFocusReason);
}

QWidget* RegistryPage::inspector()
{
    return m_inspector;
}

QStringList RegistryPage::status() const
{
    const auto& now = m_context.registry->data();
    if (!now || !now->whyNone.empty())
        return {};
    QStringList parts{counted(now->entries.size(), tr("1 model"), tr("%1 models")) + QLatin1String(", ") +
                      counted(now->versionCount(), tr("1 version"), tr("%1 versions"))};
    const auto& can = m_context.session.info().capabilities;
    if (can.stages && can.aliases)
        parts << tr("This store has stages and aliases");
    else if (can.stages)
        parts << tr("This store has stages and no aliases");
    else if (can.aliases)
        parts << tr("This store has aliases and no stages");
    if (auto chosen = m_pane->versions().chosen().size(); chosen > 1)
        parts << tr("%1 selected").arg(chosen);
    return parts;
}

bool RegistryPage::settled() const
{
    return !m_context.registry->reading() && (!m_tabSettled || m_tabSettled());
}

void RegistryPage::say(const Error& error)
{
    m_banner->showMessage(Banner::Kind::Error, QString::fromStdString(error.message),
                          QString::fromStdString(error.hint));
    m_banner->setToolTip(plainToolTip(QString::fromStdString(error.detail)));
    m_banner->setAction(tr("Close"), [this] { m_banner->hide(); });
    m_banner->show();
}

void RegistryPage::tell(const QString& headline, const QString& text)
{
    m_banner->showMessage(Banner::Kind::Info, headline, text);
    m_banner->setAction(tr("Close"), [this] { m_banner->hide(); });
    m_banner->show();
}

std::vector<Page::PaletteEntry> RegistryPage::paletteEntries(const QString& text, int limit)
{
    std::vector<PaletteEntry> found;
    if (!data())
        return found;
    for (const auto& entry : data()->entries) {
        if (found.size() >= static_cast<std::size_t>(std::max(0, limit)))
            break;
        auto name = oneLine(entry.model.name);
        if (!name.contains(text, Qt::CaseInsensitive))
            continue;
        found.push_back(
            {QStringLiteral("#"), icon(), name, ModelsModel::holderText(entry),
             ModelsModel::versionsText(entry),
             [this, model = QString::fromStdString(entry.model.name)] { m_context.navigate(id(), model); }});
    }
    return found;
}

void RegistryPage::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    auto bar = theme.length("bar.page");
    painter.fillRect(QRect(0, 0, width(), bar), theme.color("bg.2"));
    painter.fillRect(QRect(0, bar - 1, width(), 1), theme.color("border.hairline"));
}

} // namespace sextant
