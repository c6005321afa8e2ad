// Window: its actions and menus.
#include "ui/shell/palette.h"
#include "ui/shell/sheets.h"
#include "ui/shell/store_dialog.h"
#include "ui/shell/store_finder.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/window.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/label.h"
#include "ui/widgets/popup.h"

#include <QActionGroup>
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sextant {

void Window::addActions()
{
    m_actions.add(this,
                  {"palette.open",
                   tr("Go to run, column or action…"),
                   tr("Finds everything by a few letters."),
                   "search",
                   {QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)},
                   {}},
                  [this] { m_palette->openWith({}, m_setup.settings.recentActions()); });
    m_actions.add(this,
                  {"store.open",
                   tr("Open store…"),
                   tr("A database file or an mlruns folder."),
                   "folder-open",
                   {QKeySequence::Open},
                   {}},
                  [this] { chooseStore(); });
    m_actions.add(this,
                  {"store.refresh",
                   tr("Refresh"),
                   tr("Reads the store again. Changes are also found every few seconds."),
                   "refresh-cw",
                   {QKeySequence(Qt::Key_F5)},
                   {}},
                  [this] { m_session.refresh(); });
    m_actions.add(this,
                  {"store.reload",
                   tr("Read everything again"),
                   tr("Even what seems unchanged."),
                   "refresh-cw",
                   {QKeySequence(Qt::SHIFT | Qt::Key_F5)},
                   {}},
                  [this] { m_session.refresh(true); });
    m_actions.add(this, {"store.close", tr("Close store"), {}, "x", {}, {}}, [this] {
        m_session.close();
        showStart();
    });
    if (!m_setup.demo.isEmpty())
        m_actions.add(this, {"store.demo", tr("Open demo store"), {}, "flask-conical", {}, {}},
                      [this] { openStore(m_setup.demo); });
    m_actions.add(this,
                  {"store.unlock",
                   tr("Unlock writing…"),
                   tr("Lets names, tags and notes of runs be changed."),
                   "lock-open",
                   {},
                   {}},
                  [this] { openUnlock(m_top->lockAnchor()); });
    m_actions.add(this, {"store.warnings", tr("Show what could not be read"), {}, "triangle-alert", {}, {}},
                  [this] { m_warnings->openSheet(m_session.warnings()); });
    m_actions.add(this,
                  {"edit.undo",
                   tr("Undo"),
                   tr("Takes back the last change of the view. The store is not concerned."),
                   "undo-2",
                   {QKeySequence::Undo},
                   {}},
                  [this] { m_workspaces.undo(); });
    m_actions.add(this,
                  {"edit.redo",
                   tr("Redo"),
                   tr("Does again what was undone."),
                   "redo-2",
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)},
                   {}},
                  [this] { m_workspaces.redo(); });
}

void Window::addViewActions()
{
    m_actions
        .add(this,
             {"view.inspector",
              tr("Show inspector"),
              tr("What is selected, at the right."),
              "panel-right",
              {QKeySequence(Qt::CTRL | Qt::Key_I)},
              {}},
             [this] {
                 m_setup.settings.setInspectorShown(!m_setup.settings.inspectorShown());
                 updateInspector();
                 updateActions();
             })
        ->setCheckable(true);
    m_actions.add(this, {"view.nextPane", tr("Next pane"), {}, {}, {QKeySequence(Qt::Key_F6)}, {}},
                  [this] { focusNextPane(1); });
    m_actions.add(
        this, {"view.previousPane", tr("Previous pane"), {}, {}, {QKeySequence(Qt::SHIFT | Qt::Key_F6)}, {}},
        [this] { focusNextPane(-1); });
    const std::pair<ThemeControl::Choice, QString> themes[] = {
        {ThemeControl::Choice::System, tr("Theme: as the system")},
        {ThemeControl::Choice::Light, tr("Theme: light")},
        {ThemeControl::Choice::Dark, tr("Theme: dark")}};
    const char* const ids[] = {"theme.system", "theme.light", "theme.dark"};
    auto* group = new QActionGroup(this);
    for (const auto& [choice, text] : themes) {
        QAction* action = m_actions.add(this, {QLatin1String(ids[int(choice)]), text, {}, "image", {}, {}},
                                        [this, c = choice] {
                                            m_setup.theme.setChoice(c);
                                            m_setup.settings.setTheme(c);
                                        });
        action->setCheckable(true);
        action->setChecked(m_setup.theme.choice() == choice);
        group->addAction(action);
    }
    m_actions.add(this,
                  {"help.keys",
                   tr("Keys"),
                   tr("All keys on one sheet."),
                   "circle-help",
                   {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)},
                   {}},
                  [this] { m_keys->openSheet(); });
    m_actions.add(this, {"help.about", tr("About Sextant"), {}, "info", {}, {}}, [this] { m_about->open(); });
    m_actions.add(this, {"window.quit", tr("Quit"), {}, "x", {QKeySequence(Qt::CTRL | Qt::Key_Q)}, {}},
                  [this] { close(); });
}

void Window::updateActions()
{
    const bool open = m_session.state() == Session::State::Open;
    const QString noStore = tr("No store is open.");
    for (const char* id : {"store.refresh", "store.reload", "store.close"})
        m_actions.enable(m_actions.find(id), open, noStore);
    const Capabilities& can = m_session.info().capabilities;
    m_actions.enable(m_actions.find("store.unlock"), open && can.writable && !m_session.unlocked(),
                     !open                  ? noStore
                     : m_session.unlocked() ? tr("Writing is unlocked already.")
                                            : QString::fromStdString(can.whyNotWritable));
    m_actions.enable(m_actions.find("store.warnings"), !m_session.warnings().empty(),
                     tr("Nothing was skipped."));
    QAction* undo = m_actions.find("edit.undo");
    QAction* redo = m_actions.find("edit.redo");
    undo->setText(m_workspaces.undoText());
    redo->setText(m_workspaces.redoText());
    m_actions.enable(undo, m_workspaces.canUndo(), tr("There is nothing to take back."));
    m_actions.enable(redo, m_workspaces.canRedo(), tr("Nothing was undone."));
    QAction* inspector = m_actions.find("view.inspector");
    const bool has = currentPage() && currentPage()->inspector();
    inspector->setChecked(has && m_setup.settings.inspectorShown());
    m_actions.enable(inspector, has, open ? tr("This page has no inspector.") : noStore);
}

void Window::chooseStore()
{
    const QString last = m_setup.settings.value(QStringLiteral("openFolder"), QDir::currentPath()).toString();
    auto* dialog = new StoreDialog(this, last);
    connect(dialog, &StoreDialog::storeChosen, this, [this](const QString& path) {
        m_setup.settings.setValue(QStringLiteral("openFolder"), QFileInfo(path).absolutePath());
        openStore(path);
    });
    dialog->open();
}

void Window::openStoreMenu(QWidget* anchor)
{
    auto* menu = new QMenu(tr("Stores"), this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Theme& theme = Theme::of(this);
    QStringList listed;
    const auto add = [&](const QString& path, const QString& name, bool folder, bool current) {
        listed << path;
        QAction* action = menu->addAction(theme.icon(current  ? QStringLiteral("check")
                                                     : folder ? QStringLiteral("folder")
                                                              : QStringLiteral("database")),
                                          name + QLatin1Char('\t') + shortPath(QFileInfo(path).path()));
        connect(action, &QAction::triggered, this, [this, path, current] {
            if (!current)
                openStore(path);
        });
    };
    bool first = m_session.state() == Session::State::Open;
    for (const StoreInfo& info : m_session.opened()) {
        add(QString::fromStdString(info.path), QString::fromStdString(info.name),
            info.kind == StoreKind::Files, first);
        first = false;
    }
    if (!listed.isEmpty())
        menu->addSeparator();
    const auto before = listed.size();
    for (const RecentStore& store : m_setup.settings.recentStores())
        if (!listed.contains(store.path))
            add(store.path, store.name, QFileInfo(store.path).isDir(), false);
    if (listed.size() > before)
        menu->addSeparator();
    for (const char* id : {"store.open", "store.demo", "store.close"})
        if (QAction* action = m_actions.find(id))
            menu->addAction(action);
    menu->popup(anchor->mapToGlobal(QPoint(0, anchor->height() + 2)));
}

void Window::openSettingsMenu(QWidget* anchor)
{
    auto* menu = new QMenu(tr("Settings"), this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const char* id : {"theme.system", "theme.light", "theme.dark"})
        menu->addAction(m_actions.find(id));
    menu->addSeparator();
    for (const char* id : {"help.keys", "help.about", "window.quit"})
        menu->addAction(m_actions.find(id));
    menu->popup(anchor->mapToGlobal(QPoint(anchor->width(), anchor->height() - menu->sizeHint().height())));
}

void Window::openUnlock(QWidget* anchor)
{
    const Capabilities& can = m_session.info().capabilities;
    const QString name = QString::fromStdString(m_session.info().name);
    const QString text =
        m_session.unlocked()
            ? tr("Writing to %1 is unlocked until you close it or the program ends.").arg(name)
        : can.writable
            ? tr("Sextant has not changed a byte of %1. Unlocked, you can rename runs, edit tags and notes, "
                 "delete and restore runs, register models and move their aliases and stages; each change "
                 "shows what it does before it is made.")
                  .arg(name)
            : tr("%1 can't be written to. %2").arg(name, QString::fromStdString(can.whyNotWritable));
    auto* popup = new Popup(tr("Writing to the store"), this);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(16, 14, 16, 14);
    body->setSpacing(12);
    auto* label = new TextLabel(text, Theme::Text::Body, "text", popup);
    label->setWordWrap(true);
    label->setFixedWidth(340);
    body->addWidget(label);
    if (can.writable && !m_session.unlocked()) {
        auto* unlock = new QPushButton(tr("Unlock %1").arg(name), popup);
        setControlRole(unlock, ControlRole::Primary);
        connect(unlock, &QPushButton::clicked, this, [this, popup] {
            popup->close();
            m_session.unlock();
        });
        body->addWidget(unlock, 0, Qt::AlignLeft);
    }
    popup->body()->addLayout(body);
    popup->openBelow(anchor);
}

void Window::focusNextPane(int step)
{
    // A pane in which nothing takes the focus (an inspector without a selection) is passed over.
    QList<std::pair<QWidget*, QWidget*>> panes; // and the first widget in it
    for (QWidget* pane : std::initializer_list<QWidget*>{m_content->currentWidget(), m_inspectors, m_top})
        for (QWidget* widget = pane->nextInFocusChain(); pane->isVisible() && widget != pane;
             widget = widget->nextInFocusChain())
            if (pane->isAncestorOf(widget) && widget->isVisible() && widget->isEnabled() &&
                (widget->focusPolicy() & Qt::TabFocus)) {
                panes << std::pair(pane, widget);
                break;
            }
    if (panes.isEmpty())
        return;
    qsizetype current = 0;
    for (qsizetype i = 0; i < panes.size(); ++i)
        if (panes[i].first->isAncestorOf(focusWidget()))
            current = i;
    panes[(current + step + panes.size()) % panes.size()].second->setFocus(Qt::TabFocusReason);
}

} // namespace sextant
