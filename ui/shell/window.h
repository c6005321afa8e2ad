// Window: puts the parts of the program together: bars, rail, pages, inspector, sheets. Only wires; what
// happens is done by the session, the pages and the actions. GUI thread only.
#pragma once

#include "ui/shell/page.h"
#include "ui/shell/workspace_store.h"

#include <QWidget>

class QMenu;
class QSplitter;
class QStackedWidget;

namespace sextant {

class AboutSheet;
class Banner;
class CommandPalette;
class KeySheet;
class Rail;
class StartPage;
class StatePanel;
class StatusLine;
class TopBar;
class WarningSheet;

class Window final : public QWidget
{
    Q_OBJECT
public:
    struct Setup
    {
        Settings& settings;
        ThemeControl& theme;
        Session::Opener opener;
        QString demo;          // URI of the demo store, may be empty
        bool remembers = true; // keeps geometry, workspaces and recent stores
    };
    explicit Window(Setup setup, QWidget* parent = nullptr);
    ~Window() override;

    /// What pages are made with; valid as long as the window.
    PageContext context();
    /// Takes the page over. Pages with an icon get a place in the rail, in this order.
    void addPage(Page* page);
    /// To be called once, after the last page.
    void finish();

    /// A store, or a link to a view of one.
    void openStore(const QString& uri);
    void navigate(const QString& pageId, const QString& subject = {});
    Page* currentPage() const;

    /// True when nothing is being read, loaded or animated.
    bool settled() const;
    Session& session() { return m_session; }
    ActionRegistry& actions() { return m_actions; }
    WorkspaceHistory& workspaces() { return m_workspaces; }
    RegistryFeed& registry() { return m_registry; }
    StatusLine& statusLine() { return *m_status; }
    CommandPalette& palette() { return *m_palette; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void addActions();
    void addViewActions();
    void connectSession();
    void updateContent();
    void updateActions();
    void updateInspector();
    void updateStatus();
    void showProblem(const Error& error);
    void tell(const Error& error);
    void openLink(const QString& link);
    void showStart();
    void chooseStore();
    void openStoreMenu(QWidget* anchor);
    void openSettingsMenu(QWidget* anchor);
    void openUnlock(QWidget* anchor);
    void focusNextPane(int step);
    Page* page(const QString& id) const;

    Setup m_setup;
    Jobs m_jobs; // outlives what starts jobs
    Session m_session;
    RegistryFeed m_registry{m_session, m_jobs};
    ActionRegistry m_actions;
    WorkspaceHistory m_workspaces;
    WorkspaceStore m_workspaceStore;

    TopBar* m_top = nullptr;
    Rail* m_rail = nullptr;
    Banner* m_banner = nullptr;
    QSplitter* m_splitter = nullptr;
    QStackedWidget* m_content = nullptr;
    QStackedWidget* m_inspectors = nullptr;
    StartPage* m_start = nullptr;
    StatePanel* m_state = nullptr;
    StatusLine* m_status = nullptr;
    CommandPalette* m_palette = nullptr;
    KeySheet* m_keys = nullptr;
    WarningSheet* m_warnings = nullptr;
    AboutSheet* m_about = nullptr;
    QList<Page*> m_pages;
    QString m_currentPage;
    std::optional<Workspace> m_linked; // to be shown once its store is there
};

} // namespace sextant
