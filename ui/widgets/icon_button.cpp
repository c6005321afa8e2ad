#include "ui/widgets/icon_button.h"

#include "ui/theme/control_role.h"
#include "ui/theme/theme.h"

#include <QAction>

namespace sextant {

IconButton::IconButton(const QString& icon, const QString& text, QWidget* parent) : QToolButton(parent)
{
    setIconName(icon);
    setText(text);
    setToolTip(text);
    setAccessibleName(text);
    setToolButtonStyle(Qt::ToolButtonIconOnly);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
}

IconButton::IconButton(QAction* action, QWidget* parent) : QToolButton(parent)
{
    setDefaultAction(action);
    setAccessibleName(action->text());
    setToolButtonStyle(Qt::ToolButtonIconOnly);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    connect(action, &QAction::changed, this, [this, action] { setAccessibleName(action->text()); });
}

void IconButton::setIconName(const QString& icon)
{
    setIcon(Theme::of(this).icon(icon, "text.muted"));
}

BorderedButton::BorderedButton(const QString& icon, const QString& text, QWidget* parent)
    : QToolButton(parent)
{
    setControlRole(this, ControlRole::Bordered);
    if (!icon.isEmpty())
        setIcon(Theme::of(this).icon(icon));
    setText(text);
    setAccessibleName(text);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::TabFocus);
}

} // namespace sextant
