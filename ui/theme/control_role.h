// How a standard control is to be drawn where its class does not say it: primary and danger buttons, bordered
// tool buttons, segments, switches, fields in error. The style reads these marks.
#pragma once

#include <QWidget>

namespace sextant {

enum class ControlRole {
    Normal,
    Primary,  // the one main action of a place: filled with the accent
    Danger,   // can't be undone: outlined in red
    Bordered, // a tool button drawn like a push button
    Segment,  // one part of a segmented control
    Switch,   // a check box drawn as a switch
    Link,     // a push button drawn as accented text
    Bare,     // a field without frame, inside a frame of its own
};

void setControlRole(QWidget* widget, ControlRole role);
ControlRole controlRole(const QWidget* widget);

/// 24 px instead of 28.
void setSmall(QWidget* widget, bool small = true);
bool isSmall(const QWidget* widget);

/// Red frame on a field whose content can't be used. The text that says why stands beside it.
void setInError(QWidget* widget, bool inError);
bool isInError(const QWidget* widget);

} // namespace sextant
