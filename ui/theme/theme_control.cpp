#include "ui/theme/theme_control.h"

#include "ui/theme/control_role.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/theme/style_parts.h"

#include <QApplication>
#include <QFocusFrame>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace sextant {

namespace {

Theme::Kind kindOf(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightnessF() < palette.color(QPalette::WindowText).lightnessF()
               ? Theme::Kind::Dark
               : Theme::Kind::Light;
}

/// The ring outside of a button; Qt moves it along with the button.
class FocusRing final : public QFocusFrame
{
public:
    using QFocusFrame::QFocusFrame;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Theme& theme = Theme::of(this);
        const qreal width = theme.number("border.focus");
        parts::box(&painter, rect(), theme.number("radius.control") + 3, {}, theme.color("focus.ring"),
                   width);
    }
};

} // namespace

ThemeControl::ThemeControl(Choice choice, QObject* parent)
    : ThemeControl(choice, Theme::Families::system(), parent)
{
}

ThemeControl::ThemeControl(Choice choice, const Theme::Families& families, QObject* parent)
    : QObject(parent), m_choice(choice), m_families(families), m_system(kindOf(QApplication::palette()))
{
    apply();
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { onFocusChanged(now); });
}

void ThemeControl::setChoice(Choice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

void ThemeControl::apply()
{
    m_applying = true;
    m_kind = m_choice == Choice::Light  ? Theme::Kind::Light
             : m_choice == Choice::Dark ? Theme::Kind::Dark
                                        : m_system;
    Theme theme(m_kind, m_families);
    const QPalette palette = makePalette(theme);
    QApplication::setFont(theme.font(Theme::Text::Body));
    if (auto style = qobject_cast<SextantStyle*>(QApplication::style()))
        style->setTheme(std::move(theme));
    else
        QApplication::setStyle(new SextantStyle(std::move(theme)));
    QApplication::setPalette(palette);
    m_applying = false;
    emit changed();
}

bool ThemeControl::eventFilter(QObject* object, QEvent* event)
{
    if (!m_applying && event->type() == QEvent::ThemeChange && m_choice == Choice::System && object == qApp) {
        // Our own palette hides the system's: take it off to look.
        m_applying = true;
        QApplication::setPalette(QPalette());
        m_system = kindOf(QApplication::palette());
        apply();
    }
    return QObject::eventFilter(object, event);
}

void ThemeControl::onFocusChanged(QWidget* now)
{
    const bool ringed = now && now->window()->testAttribute(Qt::WA_KeyboardFocusChange) &&
                        (qobject_cast<QPushButton*>(now) ||
                         (qobject_cast<QToolButton*>(now) && controlRole(now) == ControlRole::Bordered));
    if (!ringed) {
        if (m_focusFrame)
            m_focusFrame->setWidget(nullptr);
        return;
    }
    if (!m_focusFrame)
        m_focusFrame = new FocusRing(now);
    m_focusFrame->setWidget(now);
}

} // namespace sextant
