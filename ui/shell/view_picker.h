// ViewPicker: the saved views of the store as a button of a page's bar: opens, saves, renames and deletes
// them, and copies the present view as a link. GUI thread only.
#pragma once

#include "ui/shell/open_view.h"
#include "ui/shell/page.h"
#include "ui/shell/saved_views.h"

class QLineEdit;
class QMenu;
class QPushButton;

namespace sextant {

class PickerButton;
class Popup;
class TextLabel;

class ViewPicker final : public QWidget
{
    Q_OBJECT
public:
    /// Its actions ("compare.saveView", …) work while `page` is visible. `context` outlives it.
    ViewPicker(PageContext& context, Page& page);

    const QString& current() const { return m_open.name(); } // empty: none is open
    void openView(const QString& name);
    void askName(bool rename);
    void askDelete();
    void copyLink();
    void pasteLink();
    /// The name asked for, or the consent asked for, as given.
    void accept(const QString& name);

private:
    enum class Asking { Save, Rename, Delete };
    void addActions(Page& page);
    void buildPopup();
    void ask(Asking what, const QString& button, const QString& note);
    void fillMenu();
    void update();
    QString store() const;
    void say(const Error& error);

    PageContext& m_context;
    SavedViews m_views;
    QString m_prefix;
    OpenView& m_open; // shared with the other pages
    PickerButton* m_button;
    QMenu* m_menu;
    Popup* m_popup = nullptr;
    QLineEdit* m_field = nullptr;
    QPushButton* m_accept = nullptr;
    TextLabel* m_note = nullptr;
    Asking m_asking = Asking::Save;
};

} // namespace sextant
