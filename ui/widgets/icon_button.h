// IconButton: a 28 px button with an icon alone. Its text is the accessible name and the tooltip.
#pragma once

#include <QToolButton>

namespace sextant {

class IconButton final : public QToolButton
{
    Q_OBJECT
public:
    IconButton(const QString& icon, const QString& text, QWidget* parent = nullptr);
    /// Follows an action: icon, text, tooltip, enabled, checked.
    explicit IconButton(QAction* action, QWidget* parent = nullptr);

    void setIconName(const QString& icon);
};

/// A tool button drawn like a push button, with icon, text and, with a menu, a chevron.
class BorderedButton final : public QToolButton
{
    Q_OBJECT
public:
    BorderedButton(const QString& icon, const QString& text, QWidget* parent = nullptr);
};

} // namespace sextant
