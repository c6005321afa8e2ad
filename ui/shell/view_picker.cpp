#include "ui/shell/view_picker.h"

#include "ui/theme/control_role.h"
#include "ui/widgets/label.h"
#include "ui/widgets/picker_button.h"
#include "ui/widgets/popup.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

namespace sextant {

namespace {
constexpr int kFieldWidth = 280;
constexpr int kLongestName = 100;
} // namespace

ViewPicker::ViewPicker(PageContext& context, Page& page)
    : m_context(context), m_views(context.settings.folder()), m_prefix(page.id()),
      m_open(OpenView::of(context.workspaces)), m_button(new PickerButton(tr("View"))),
      m_menu(new QMenu(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_button->setMinimumWidth(144); // "View not saved" whole; the tabs beside it give way
    layout->addWidget(m_button);
    m_button->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &ViewPicker::fillMenu);
    connect(&context.workspaces, &WorkspaceHistory::changed, this, &ViewPicker::update);
    connect(&m_open, &OpenView::changed, this, &ViewPicker::update);
    connect(&context.session, &Session::storeChanged, &m_open, &OpenView::close);
    buildPopup();
    addActions(page);
    update();
}

void ViewPicker::addActions(Page& page)
{
    auto add = [&](const char* id, const QString& text, const QString& tip, const char* icon,
                   const QList<QKeySequence>& keys, auto run) {
        m_context.actions.add(
            &page, {m_prefix + QLatin1String(id), text, tip, QLatin1String(icon), keys, page.title()}, run);
    };
    add(".saveView", tr("Save view…"), tr("Keeps what this page shows under a name, on this machine."),
        "bookmark", {QKeySequence(Qt::CTRL | Qt::Key_S)}, [this] { askName(false); });
    add(".renameView", tr("Rename view…"), tr("Gives the open view another name."), "pencil", {},
        [this] { askName(true); });
    add(".deleteView", tr("Delete view…"), tr("Forgets the open view; the runs stay as they are."), "trash-2",
        {}, [this] { askDelete(); });
    add(".copyLink", tr("Copy link to this view"),
        tr("A line of text that another Sextant opens, with access to the same store."), "link", {},
        [this] { copyLink(); });
    add(".openLink", tr("Open link from the clipboard"), tr("A link copied from another Sextant."),
        "external-link", {}, [this] { pasteLink(); });
}

void ViewPicker::buildPopup()
{
    m_popup = new Popup(tr("View"), this);
    m_note = new TextLabel({}, Theme::Text::Small, "text.muted");
    m_field = new QLineEdit;
    m_field->setMaxLength(kLongestName);
    m_field->setMinimumWidth(kFieldWidth);
    m_field->setAccessibleName(tr("Name of the view"));
    m_field->setPlaceholderText(tr("Name of the view"));
    m_accept = new QPushButton(tr("Save"));
    setControlRole(m_accept, ControlRole::Primary);
    auto* row = new QHBoxLayout;
    row->addWidget(m_field, 1);
    row->addWidget(m_accept);
    m_popup->body()->addLayout(row);
    m_popup->body()->addWidget(m_note);
    connect(m_accept, &QPushButton::clicked, this, [this] { accept(m_field->text()); });
    connect(m_field, &QLineEdit::returnPressed, this, [this] { accept(m_field->text()); });
    connect(m_field, &QLineEdit::textChanged, this, [this] { setInError(m_field, false); });
}

QString ViewPicker::store() const
{
    return QString::fromStdString(m_context.session.info().path);
}

void ViewPicker::update()
{
    m_button->setValue(current().isEmpty() ? tr("not saved") : current());
    m_button->setModified(m_open.isModified());
    auto isOpen = !store().isEmpty();
    auto enable = [&](const char* id, bool enabled, const QString& why) {
        m_context.actions.enable(m_context.actions.find(m_prefix + QLatin1String(id)), enabled, why);
    };
    enable(".saveView", isOpen, tr("No store is open"));
    enable(".copyLink", isOpen, tr("No store is open"));
    enable(".renameView", !current().isEmpty(), tr("No saved view is open"));
    enable(".deleteView", !current().isEmpty(), tr("No saved view is open"));
}

void ViewPicker::fillMenu()
{
    m_menu->clear();
    auto names = m_views.names(store());
    for (const auto& name : names) {
        auto text = name;
        auto* action = m_menu->addAction(text.replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(name == current());
        connect(action, &QAction::triggered, this, [this, name] { openView(name); });
    }
    if (names.isEmpty())
        m_menu->addAction(tr("No view is saved yet"))->setEnabled(false);
    m_menu->addSeparator();
    for (const auto* id : {".saveView", ".renameView", ".deleteView", ".copyLink", ".openLink"})
        m_menu->addAction(m_context.actions.find(m_prefix + QLatin1String(id)));
}

void ViewPicker::openView(const QString& name)
{
    auto workspace = m_views.load(store(), name);
    if (!workspace)
        return say(workspace.error());
    m_open.open(name, *workspace);
    m_context.workspaces.change(tr("open view %1").arg(name), std::move(*workspace));
}

void ViewPicker::ask(Asking what, const QString& button, const QString& note)
{
    m_asking = what;
    m_field->setText(current());
    m_field->setReadOnly(what == Asking::Delete);
    m_field->selectAll();
    m_accept->setText(button);
    setControlRole(m_accept, what == Asking::Delete ? ControlRole::Danger : ControlRole::Primary);
    m_note->setText(note);
    m_popup->openBelow(m_button);
    if (what == Asking::Delete)
        m_popup->setFocus();
    else
        m_field->setFocus();
}

void ViewPicker::askName(bool rename)
{
    ask(rename ? Asking::Rename : Asking::Save, rename ? tr("Rename") : tr("Save"),
        rename ? tr("The view stays as it is") : tr("A view of the same name is replaced"));
}

void ViewPicker::askDelete()
{
    ask(Asking::Delete, tr("Delete"), tr("The file of the view goes; no run changes"));
}

void ViewPicker::accept(const QString& text)
{
    auto name = text.simplified();
    auto done = m_asking == Asking::Save     ? m_views.save(store(), name, m_context.workspaces.current())
                : m_asking == Asking::Rename ? m_views.rename(store(), current(), name)
                                             : m_views.remove(store(), current());
    if (!done) {
        setInError(m_field, true);
        m_note->setText(QString::fromStdString(done.error().message +
                                               (done.error().hint.empty() ? "" : ". " + done.error().hint)));
        return;
    }
    if (m_asking == Asking::Save)
        m_open.open(name, m_context.workspaces.current());
    else if (m_asking == Asking::Rename)
        m_open.rename(name);
    else
        m_open.close();
    m_popup->hide();
}

void ViewPicker::copyLink()
{
    if (!store().isEmpty())
        QGuiApplication::clipboard()->setText(toLink({store(), m_context.workspaces.current()}));
}

void ViewPicker::pasteLink()
{
    auto text = QGuiApplication::clipboard()->text();
    auto link = parseLink(text);
    if (!link)
        return say(link.error());
    if (link->storeUri == store())
        return m_context.workspaces.change(tr("open link"), std::move(link->workspace));
    if (m_context.navigate)
        m_context.navigate(QStringLiteral("store"), text);
}

void ViewPicker::say(const Error& error)
{
    emit m_context.session.problem(error);
}

} // namespace sextant
