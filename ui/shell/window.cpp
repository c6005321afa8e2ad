#include "ui/shell/window.h"

#include "ui/shell/palette.h"
#include "ui/shell/rail.h"
#include "ui/shell/saved_views.h"
#include "ui/shell/sheets.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/state_panel.h"

#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPainter>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace sextant {

namespace {
constexpr int kNarrowestPage = 585; // with rail and inspector a window of 900; parts of pages give way
} // namespace

Window::Window(Setup setup, QWidget* parent)
    : QWidget(parent), m_setup(std::move(setup)), m_session(m_jobs, m_setup.opener), m_actions(this),
      m_workspaceStore(m_workspaces, m_setup.remembers ? m_setup.settings.folder() : QString())
{
    setWindowTitle(tr("Sextant"));
    setWindowIcon(Theme::of(this).icon(QStringLiteral("sextant-mark"), "accent"));
    setAcceptDrops(true);
    m_registry.setObserving(m_setup.remembers);
    addActions();
    addViewActions();
    build();
    connectSession();
}

Window::~Window()
{
    // Pages hold references to what is a member here and to pages before them, so they go first, the last one
    // before the others.
    while (!m_pages.isEmpty())
        delete m_pages.takeLast();
}

void Window::build()
{
    m_top = new TopBar(m_session, m_actions, m_setup.demo, this);
    m_rail = new Rail(this);
    m_banner = new Banner(this);
    m_splitter = new Splitter(Qt::Horizontal, QStringLiteral("window"), this);
    m_content = new QStackedWidget(this);
    m_inspectors = new QStackedWidget(this);
    m_start = new StartPage(m_setup.demo, this);
    m_state = new StatePanel(this);
    m_status = new StatusLine(m_session, m_jobs, this);
    m_palette = new CommandPalette(this, m_actions, [this](const QString& text, int limit) {
        std::vector<Page::PaletteEntry> all;
        if (m_session.table())
            for (Page* page : m_pages) {
                auto entries = page->paletteEntries(text, limit);
                std::move(entries.begin(), entries.end(), std::back_inserter(all));
            }
        return all;
    });
    m_keys = new KeySheet(this, m_actions);
    m_warnings = new WarningSheet(this);
    m_about = new AboutSheet(this);

    m_banner->hide();
    m_content->addWidget(m_start);
    m_content->addWidget(m_state);
    m_inspectors->setMinimumWidth(Theme::of(this).length("panel.inspectorMin"));
    m_content->setMinimumWidth(kNarrowestPage);
    auto* middle = new QWidget(this);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_content, 1);
    m_splitter->addWidget(middle);
    m_splitter->addWidget(m_inspectors);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    const QList<int> sizes = m_setup.settings.splitter(m_splitter->objectName());
    m_splitter->setSizes(sizes.size() == 2 ? sizes
                                           : QList<int>{10000, Theme::of(this).length("panel.inspector")});

    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(m_splitter, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_top);
    layout->addLayout(row, 1);
    layout->addWidget(m_status);

    connect(m_top, &TopBar::storeMenuWanted, this, &Window::openStoreMenu);
    connect(m_top, &TopBar::unlockWanted, this, &Window::openUnlock);
    connect(m_rail, &Rail::picked, this, [this](const QString& id) { navigate(id); });
    connect(m_rail, &Rail::helpWanted, m_keys, &KeySheet::openSheet);
    connect(m_rail, &Rail::settingsWanted, this, &Window::openSettingsMenu);
    connect(m_start, &StartPage::openWanted, this, &Window::chooseStore);
    connect(m_start, &StartPage::storePicked, this, &Window::openStore);
    connect(m_status, &StatusLine::warningsWanted, this,
            [this] { m_warnings->openSheet(m_session.warnings()); });
    connect(m_splitter, &QSplitter::splitterMoved, this,
            [this] { m_setup.settings.setSplitter(m_splitter->objectName(), m_splitter->sizes()); });
    connect(&m_actions, &ActionRegistry::ran, this,
            [this](const QString& id) { m_setup.settings.addRecentAction(id); });
}

void Window::connectSession()
{
    connect(&m_session, &Session::storeChanged, this, [this] {
        const QString path = QString::fromStdString(m_session.info().path);
        m_workspaceStore.open(path);
        if (m_linked && !path.isEmpty())
            m_workspaces.change(tr("open link"), *std::exchange(m_linked, {}));
        m_banner->hide();
        if (m_setup.remembers && !path.isEmpty() && path != m_setup.demo)
            m_setup.settings.addRecentStore({path, QString::fromStdString(m_session.info().name)});
    });
    connect(&m_session, &Session::stateChanged, this, &Window::updateContent);
    connect(&m_session, &Session::problem, this, &Window::showProblem);
    connect(&m_session, &Session::recovered, m_banner, &QWidget::hide);
    connect(&m_session, &Session::tableChanged, this, &Window::updateStatus);
    connect(&m_session, &Session::unlockedChanged, this, &Window::updateActions);
    connect(&m_workspaces, &WorkspaceHistory::historyChanged, this, &Window::updateActions);
    connect(&m_registry, &RegistryFeed::changed, this, [this] {
        const std::size_t waiting = m_registry.data() ? m_registry.data()->pending() : 0;
        m_rail->setCount(QStringLiteral("registry"), int(waiting), tr("Registry, %1 waiting").arg(waiting));
    });
}

PageContext Window::context()
{
    return {m_session,
            m_jobs,
            m_actions,
            m_workspaces,
            m_setup.settings,
            [this](const QString& pageId, const QString& subject) { navigate(pageId, subject); },
            &m_registry};
}

void Window::addPage(Page* page)
{
    m_pages << page;
    m_content->addWidget(page);
    if (QWidget* inspector = page->inspector(); inspector && !page->isAncestorOf(inspector))
        m_inspectors->addWidget(inspector);
    connect(page, &Page::statusChanged, this, [this, page] {
        if (page == currentPage())
            updateStatus();
    });
    if (page->icon().isEmpty())
        return;
    int place = 1;
    for (const Page* other : m_pages.mid(0, m_pages.size() - 1))
        place += other->icon().isEmpty() ? 0 : 1;
    const QKeySequence keys(Qt::CTRL | Qt::Key(Qt::Key_0 + place));
    m_actions.add(this,
                  {QStringLiteral("page.") + page->id(),
                   tr("Go to %1").arg(page->title()),
                   {},
                   page->icon(),
                   {keys},
                   {}},
                  [this, id = page->id()] { navigate(id); });
    m_rail->addPage(page->id(), page->icon(), ActionRegistry::tip(page->title(), keys, {}), page->title());
    if (m_currentPage.isEmpty())
        m_currentPage = page->id();
}

void Window::finish()
{
    m_rail->setCurrent(m_currentPage);
    if (!m_setup.remembers || !restoreGeometry(m_setup.settings.geometry()))
        resize(1440, 900);
    updateContent();
    updateActions();
    showStart();
}

void Window::showStart()
{
    if (!m_setup.remembers)
        return; // the same picture wherever it is drawn
    m_start->setRecent(m_setup.settings.recentStores());
    m_jobs.start<std::vector<FoundStore>>(
        {}, QStringLiteral("start.find"), this,
        [opener = m_setup.opener, folder = QDir::currentPath()](const Operation& operation)
            -> Result<std::vector<FoundStore>> { return findStores(folder, opener, operation); },
        [this](Result<std::vector<FoundStore>> found) {
            if (found)
                m_start->setFound(*found);
        });
}

Page* Window::page(const QString& id) const
{
    for (Page* page : m_pages)
        if (page->id() == id)
            return page;
    return nullptr;
}

Page* Window::currentPage() const
{
    return m_session.state() == Session::State::Open ? page(m_currentPage) : nullptr;
}

void Window::openLink(const QString& link)
{
    auto parsed = parseLink(link);
    if (!parsed)
        return tell(parsed.error());
    m_linked = std::move(parsed->workspace);
    if (m_session.state() == Session::State::Open &&
        QString::fromStdString(m_session.info().path) == parsed->storeUri)
        m_workspaces.change(tr("open link"), *std::exchange(m_linked, {}));
    else
        m_session.open(parsed->storeUri);
}

void Window::openStore(const QString& uri)
{
    if (isViewLink(uri))
        return openLink(uri);
    m_linked.reset();
    m_banner->hide();
    m_session.open(uri);
}

void Window::navigate(const QString& pageId, const QString& subject)
{
    if (pageId == QLatin1String("store"))
        return openStore(subject);
    Page* next = page(pageId);
    if (!next)
        return;
    m_currentPage = pageId;
    if (!next->icon().isEmpty())
        m_rail->setCurrent(pageId);
    next->open(subject);
    updateContent();
    if (next->isVisible() && !next->isAncestorOf(focusWidget()))
        next->setFocus(Qt::OtherFocusReason);
}

void Window::updateContent()
{
    QWidget* shown = m_start;
    switch (m_session.state()) {
    case Session::State::Closed:
        break;
    case Session::State::Opening:
        m_state->showLoading(tr("Opening %1").arg(m_session.openingUri().section(QLatin1Char('/'), -1)));
        shown = m_state;
        break;
    case Session::State::Failed:
        m_state->showError(m_session.error());
        m_state->setAction(tr("Try again"), [this] { openStore(m_session.openingUri()); });
        shown = m_state;
        break;
    case Session::State::Open:
        if (Page* current = page(m_currentPage))
            shown = current;
        break;
    }
    if (m_content->currentWidget() != shown)
        m_content->setCurrentWidget(shown);
    const QString name = QString::fromStdString(m_session.info().name);
    setWindowTitle(m_session.state() == Session::State::Open ? tr("%1 – Sextant").arg(name) : tr("Sextant"));
    updateInspector();
    updateStatus();
    updateActions();
}

void Window::updateInspector()
{
    Page* current = currentPage();
    QWidget* inspector = current ? current->inspector() : nullptr;
    const bool shown = inspector && m_setup.settings.inspectorShown();
    const bool inside = inspector && current->isAncestorOf(inspector);
    m_inspectors->setVisible(shown && !inside);
    if (inside)
        inspector->setVisible(shown);
    else if (inspector)
        m_inspectors->setCurrentWidget(inspector);
}

void Window::updateStatus()
{
    QStringList parts;
    if (Page* current = currentPage())
        parts = current->status();
    else if (m_session.state() == Session::State::Closed)
        parts = QStringList{tr("No store open")};
    m_status->setParts(parts);
}

void Window::showProblem(const Error& error)
{
    if (m_session.state() == Session::State::Open) // else the page says it
        tell(error);
}

void Window::tell(const Error& error)
{
    m_banner->showMessage(Banner::Kind::Error, QString::fromStdString(error.message),
                          QString::fromStdString(error.hint));
    m_banner->setToolTip(QString::fromStdString(error.detail).toHtmlEscaped());
    m_banner->setAction(tr("Close"), [this] { m_banner->hide(); });
    m_banner->show();
}

bool Window::settled() const
{
    const Page* current = currentPage();
    return m_jobs.idle() && !m_session.reading() && m_session.state() != Session::State::Opening &&
           (!current || current->settled());
}

void Window::closeEvent(QCloseEvent* event)
{
    if (m_setup.remembers) {
        m_setup.settings.setGeometry(saveGeometry());
        m_workspaceStore.save();
    }
    event->accept();
}

namespace {

QString droppedPath(const QMimeData* data)
{
    for (const QUrl& url : data->urls())
        if (url.isLocalFile())
            return url.toLocalFile();
    return {};
}

} // namespace

void Window::dragEnterEvent(QDragEnterEvent* event)
{
    if (droppedPath(event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    m_start->setDropping(true);
}

void Window::dragLeaveEvent(QDragLeaveEvent*)
{
    m_start->setDropping(false);
}

void Window::dropEvent(QDropEvent* event)
{
    m_start->setDropping(false);
    const QString path = droppedPath(event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    openStore(storeAt(path));
}

void Window::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), Theme::of(this).color("bg.2"));
}

} // namespace sextant
