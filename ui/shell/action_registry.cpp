#include "ui/shell/action_registry.h"

#include "ui/shell/page.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace sextant {

namespace {
constexpr char kReason[] = "sextantReason";
}

ActionRegistry::ActionRegistry(QWidget* window) : QObject(window), m_window(window) {}

QAction* ActionRegistry::add(QWidget* scope, const ActionSpec& spec, std::function<void()> run)
{
    if (find(spec.id))
        qFatal("The action %s is registered twice", qUtf8Printable(spec.id));
    auto* action = new QAction(scope);
    action->setObjectName(spec.id);
    action->setText(spec.text);
    if (!spec.icon.isEmpty())
        action->setIcon(Theme::current().icon(spec.icon));
    action->setShortcuts(spec.keys);
    const bool wide = scope == m_window || qobject_cast<Page*>(scope);
    action->setShortcutContext(wide ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut);
    action->setToolTip(tip(spec.text, spec.keys.value(0), spec.tip));
    scope->addAction(action);

    connect(action, &QAction::triggered, this, [this, id = spec.id, run = std::move(run)] {
        run();
        emit ran(id);
    });
    connect(action, &QObject::destroyed, this, [this, action] {
        std::erase_if(m_entries, [action](const Entry& entry) { return entry.action == action; });
        emit changed();
    });
    m_entries.push_back({spec, action});
    emit changed();
    return action;
}

void ActionRegistry::enable(QAction* action, bool enabled, const QString& whyNot)
{
    action->setEnabled(enabled);
    action->setProperty(kReason, enabled ? QString() : whyNot);
    const ActionSpec& own = spec(action);
    action->setToolTip(tip(own.text, own.keys.value(0), enabled || whyNot.isEmpty() ? own.tip : whyNot));
}

QString ActionRegistry::reason(const QAction* action)
{
    return action->property(kReason).toString();
}

QAction* ActionRegistry::find(const QString& id) const
{
    auto found = std::find_if(m_entries.begin(), m_entries.end(),
                              [&id](const Entry& entry) { return entry.spec.id == id; });
    return found == m_entries.end() ? nullptr : found->action;
}

const ActionSpec& ActionRegistry::spec(const QAction* action) const
{
    auto found = std::find_if(m_entries.begin(), m_entries.end(),
                              [action](const Entry& entry) { return entry.action == action; });
    static const ActionSpec none;
    return found == m_entries.end() ? none : found->spec;
}

std::vector<QAction*> ActionRegistry::all() const
{
    std::vector<QAction*> actions;
    for (const Entry& entry : m_entries)
        actions.push_back(entry.action);
    return actions;
}

QString ActionRegistry::tip(const QString& title, const QKeySequence& keys, const QString& sentence)
{
    QString text = QStringLiteral("<b>%1</b>").arg(title.toHtmlEscaped());
    if (!keys.isEmpty())
        text += QStringLiteral("&nbsp;&nbsp;<span>%1</span>")
                    .arg(keys.toString(QKeySequence::NativeText).toHtmlEscaped());
    if (!sentence.isEmpty())
        text += QStringLiteral("<br>%1").arg(sentence.toHtmlEscaped());
    return text;
}

} // namespace sextant
