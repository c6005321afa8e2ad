#include "ui/theme/control_role.h"

#include <QVariant>

namespace sextant {

namespace {
constexpr char kRole[] = "sextantRole";
constexpr char kSmall[] = "sextantSmall";
constexpr char kInError[] = "sextantInError";

void mark(QWidget* widget, const char* name, const QVariant& value)
{
    if (widget->property(name) == value)
        return;
    widget->setProperty(name, value);
    widget->updateGeometry();
    widget->update();
}
} // namespace

void setControlRole(QWidget* widget, ControlRole role)
{
    mark(widget, kRole, int(role));
}

ControlRole controlRole(const QWidget* widget)
{
    return widget ? ControlRole(widget->property(kRole).toInt()) : ControlRole::Normal;
}

void setSmall(QWidget* widget, bool small)
{
    mark(widget, kSmall, small);
}

bool isSmall(const QWidget* widget)
{
    return widget && widget->property(kSmall).toBool();
}

void setInError(QWidget* widget, bool inError)
{
    mark(widget, kInError, inError);
}

bool isInError(const QWidget* widget)
{
    return widget && widget->property(kInError).toBool();
}

} // namespace sextant
