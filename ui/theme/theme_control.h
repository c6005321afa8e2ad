// ThemeControl: puts a theme in force and changes it while the program runs: light, dark, or as the system
// is. One for the program, made after the QApplication. Also shows the ring of the keyboard focus around push
// buttons.
#pragma once

#include "ui/theme/theme.h"

#include <QObject>
#include <QPointer>

class QFocusFrame;

namespace sextant {

class ThemeControl final : public QObject
{
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark };

    explicit ThemeControl(Choice choice = Choice::System, QObject* parent = nullptr);
    /// With fonts of the program's own: the same drawing on every machine.
    ThemeControl(Choice choice, const Theme::Families& families, QObject* parent = nullptr);

    Choice choice() const { return m_choice; }
    void setChoice(Choice choice);
    Theme::Kind kind() const { return m_kind; }

signals:
    void changed();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void apply();
    void onFocusChanged(QWidget* now);

    Choice m_choice;
    Theme::Families m_families;
    Theme::Kind m_kind = Theme::Kind::Light;
    Theme::Kind m_system = Theme::Kind::Light;
    bool m_applying = false;
    QPointer<QFocusFrame> m_focusFrame;
};

} // namespace sextant
