// Walks over widgets for tests: what is open, what can be used, what has no name, what a reader is told.
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QApplication>
#include <QComboBox>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPointer>
#include <QTabBar>
#include <QToolButton>
#include <QToolTip>

namespace sextant::test {

/// Menus, pop-ups and dialogs that are in sight, but no tooltip.
inline QList<QWidget*> openPopups()
{
    QList<QWidget*> found;
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (widget->isVisible() && (widget->windowType() == Qt::Popup || widget->windowType() == Qt::Dialog))
            found << widget;
    return found;
}

inline QMenu* openMenu()
{
    for (QWidget* widget : openPopups())
        if (auto* menu = qobject_cast<QMenu*>(widget))
            return menu;
    return nullptr;
}

/// The entry of a menu whose text begins so.
inline QAction* entry(const QMenu* menu, const QString& text)
{
    for (QAction* action : menu ? menu->actions() : QList<QAction*>())
        if (action->text().startsWith(text))
            return action;
    return nullptr;
}

/// The tooltip over an entry of an open menu; empty when it has none.
inline QString tipAt(QMenu& menu, const QAction& action)
{
    QToolTip::hideText();
    const QPoint place = menu.actionGeometry(const_cast<QAction*>(&action)).center();
    QHelpEvent help(QEvent::ToolTip, place, menu.mapToGlobal(place));
    QApplication::sendEvent(&menu, &help);
    return QToolTip::text();
}

inline bool isInteractive(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
           qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractItemView*>(widget) ||
           qobject_cast<const QTabBar*>(widget) || qobject_cast<const QPlainTextEdit*>(widget) ||
           (qobject_cast<const QAbstractSlider*>(widget) && !widget->inherits("QScrollBar"));
}

/// Controls a screen reader could only call by their class.
inline QStringList unnamed(const QWidget& root)
{
    QStringList found;
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(&root) || !isInteractive(widget) || widget->inherits("QHeaderView") ||
            widget->objectName().startsWith("qt_"))
            continue;
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        // What stands inside a field, a view or a bar of tabs belongs to it.
        const QWidget* parent = widget->parentWidget();
        const bool owned = qobject_cast<const QLineEdit*>(parent) || qobject_cast<const QComboBox*>(parent) ||
                           qobject_cast<const QTabBar*>(parent) ||
                           qobject_cast<const QAbstractItemView*>(parent);
        if (!named && !owned)
            found << QString(widget->metaObject()->className()) + " in " + parent->metaObject()->className();
    }
    return found;
}

/// Everything in sight that is text: labels, buttons, names for readers.
inline QStringList textsOf(const QWidget& root)
{
    QStringList texts;
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(&root))
            continue;
        if (auto* label = qobject_cast<QLabel*>(widget))
            texts << label->text();
        if (auto* button = qobject_cast<QAbstractButton*>(widget))
            texts << button->text();
        texts << widget->accessibleName() << widget->accessibleDescription();
    }
    texts.removeAll(QString());
    return texts;
}

inline bool says(const QWidget& root, const QString& part)
{
    for (const QString& text : textsOf(root))
        if (text.contains(part))
            return true;
    return false;
}

template <class T>
T* named(const QWidget& root, const QString& name)
{
    for (T* widget : root.findChildren<T*>())
        if (widget->accessibleName() == name)
            return widget;
    return nullptr;
}

/// The one of its class that is in sight; null when none is.
template <class T>
T* inSight(const QWidget& root)
{
    for (T* widget : root.findChildren<T*>())
        if (widget->isVisible())
            return widget;
    return nullptr;
}

inline QAbstractButton* buttonNamed(const QWidget& root, const QString& text)
{
    for (auto* button : root.findChildren<QAbstractButton*>())
        if (button->text() == text || button->accessibleName() == text)
            return button;
    return nullptr;
}

} // namespace sextant::test
