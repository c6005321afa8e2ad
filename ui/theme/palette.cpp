#include "ui/theme/palette.h"

namespace sextant {

QPalette makePalette(const Theme& theme)
{
    struct RoleColor
    {
        QPalette::ColorRole role;
        const char* token;
        const char* disabled;
    };
    static constexpr RoleColor kRoles[] = {
        {QPalette::Window, "bg.2", "bg.2"},
        {QPalette::WindowText, "text", "text.disabled"},
        {QPalette::Base, "bg.1", "bg.2"},
        {QPalette::AlternateBase, "bg.2", "bg.2"},
        {QPalette::Text, "text", "text.disabled"},
        {QPalette::Button, "bg.1", "bg.2"},
        {QPalette::ButtonText, "text", "text.disabled"},
        {QPalette::BrightText, "text.onAccent", "text.disabled"},
        {QPalette::PlaceholderText, "text.muted", "text.disabled"},
        {QPalette::ToolTipBase, "bg.popup", "bg.popup"},
        {QPalette::ToolTipText, "text", "text.disabled"},
        {QPalette::Highlight, "selection.bg", "selection.inactive"},
        {QPalette::HighlightedText, "selection.text", "text.disabled"},
        {QPalette::Link, "accent.text", "text.disabled"},
        {QPalette::LinkVisited, "accent.text", "text.disabled"},
        {QPalette::Light, "bg.1", "bg.1"},
        {QPalette::Midlight, "bg.2", "bg.2"},
        {QPalette::Mid, "border.hairline", "border.hairline"},
        {QPalette::Dark, "border.control", "border.control"},
        {QPalette::Shadow, "border.strong", "border.strong"},
    };
    QPalette palette;
    for (const RoleColor& entry : kRoles) {
        palette.setColor(QPalette::Active, entry.role, theme.color(entry.token));
        palette.setColor(QPalette::Inactive, entry.role, theme.color(entry.token));
        palette.setColor(QPalette::Disabled, entry.role, theme.color(entry.disabled));
    }
    palette.setColor(QPalette::Inactive, QPalette::Highlight, theme.color("selection.inactive"));
    return palette;
}

} // namespace sextant
