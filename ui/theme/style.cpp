#include "ui/theme/style.h"

#include "ui/theme/control_role.h"
#include "ui/theme/style_parts.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QBitmap>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QSlider>
#include <QSplitterHandle>
#include <QTabBar>
#include <QToolTip>

namespace sextant {

namespace {

template <class T>
const T& as(const QStyleOption* option)
{
    return *static_cast<const T*>(option);
}

bool isTip(const QWidget* widget)
{
    return widget && widget->inherits("QTipLabel");
}

} // namespace

SextantStyle::SextantStyle(Theme theme) : QProxyStyle(QStringLiteral("Fusion")), m_theme(std::move(theme)) {}

bool SextantStyle::translucentPopups()
{
    return QGuiApplication::platformName() != QLatin1String("xcb");
}

void SextantStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                 const QWidget* widget) const
{
    switch (element) {
    case PE_FrameFocusRect:
        return;
    case PE_PanelButtonCommand:
        return parts::pushButton(m_theme, as<QStyleOptionButton>(option), painter, widget);
    case PE_IndicatorCheckBox:
        if (controlRole(widget) == ControlRole::Switch)
            return parts::switchTrack(m_theme, *option, painter);
        return parts::checkBox(m_theme, *option, painter);
    case PE_IndicatorItemViewItemCheck:
        return parts::checkBox(m_theme, *option, painter);
    case PE_IndicatorRadioButton:
        return parts::radioButton(m_theme, *option, painter);
    case PE_PanelLineEdit:
        if (as<QStyleOptionFrame>(option).lineWidth > 0)
            parts::fieldFrame(m_theme, *option, painter, widget);
        return;
    case PE_FrameLineEdit:
        return parts::fieldFrame(m_theme, *option, painter, widget);
    case PE_PanelMenu:
        return parts::popupFrame(m_theme, option->rect, painter, translucentPopups());
    case PE_FrameMenu:
        return;
    case PE_PanelTipLabel:
        return parts::popupFrame(m_theme, option->rect, painter, translucentPopups());
    case PE_PanelItemViewItem:
    case PE_PanelItemViewRow:
        return parts::itemBackground(m_theme, as<QStyleOptionViewItem>(option), painter);
    case PE_IndicatorBranch:
        return parts::branch(m_theme, *option, painter);
    case PE_IndicatorTabClose:
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.x(), option->rect.bottom(), option->rect.width(), 1),
                          m_theme.color("border.hairline"));
        return;
    case PE_Frame:
    case PE_FrameGroupBox:
        parts::box(painter, option->rect, 0, {}, m_theme.color("border.hairline"));
        return;
    case PE_PanelScrollAreaCorner:
        return;
    case PE_IndicatorHeaderArrow:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void SextantStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        return parts::pushButton(m_theme, as<QStyleOptionButton>(option), painter, widget);
    case CE_PushButtonLabel:
        return parts::pushButtonLabel(m_theme, as<QStyleOptionButton>(option), painter, widget);
    case CE_ComboBoxLabel: {
        QStyleOptionComboBox combo = as<QStyleOptionComboBox>(option);
        const QRect rect = combo.rect.adjusted(10, 0, -26, 0);
        painter->setPen(m_theme.color(combo.state.testFlag(State_Enabled) ? "text" : "text.disabled"));
        if (!combo.editable)
            painter->drawText(
                rect, Qt::AlignVCenter | Qt::AlignLeft,
                painter->fontMetrics().elidedText(combo.currentText, Qt::ElideRight, rect.width()));
        return;
    }
    case CE_ProgressBar:
        return parts::progressBar(m_theme, as<QStyleOptionProgressBar>(option), painter);
    case CE_MenuItem:
        return parts::menuItem(m_theme, as<QStyleOptionMenuItem>(option), painter);
    case CE_MenuEmptyArea:
    case CE_MenuTearoff:
        return;
    case CE_HeaderSection:
        return parts::headerSection(m_theme, as<QStyleOptionHeader>(option), painter);
    case CE_HeaderLabel:
        return parts::headerLabel(m_theme, as<QStyleOptionHeader>(option), painter);
    case CE_HeaderEmptyArea: {
        QStyleOptionHeader header;
        header.rect = option->rect;
        header.orientation = Qt::Horizontal;
        return parts::headerSection(m_theme, header, painter);
    }
    case CE_TabBarTab:
        return parts::tab(m_theme, as<QStyleOptionTab>(option), painter);
    case CE_Splitter: {
        const QRect rect = option->rect;
        const bool upright = option->state.testFlag(State_Horizontal);
        const QRect line = upright ? QRect(rect.center().x(), rect.y(), 1, rect.height())
                                   : QRect(rect.x(), rect.center().y(), rect.width(), 1);
        painter->fillRect(
            line, m_theme.color(option->state.testFlag(State_MouseOver) ? "accent" : "border.hairline"));
        return;
    }
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void SextantStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                      QPainter* painter, const QWidget* widget) const
{
    switch (control) {
    case CC_ToolButton:
        return parts::toolButton(m_theme, *static_cast<const QStyleOptionToolButton*>(option), painter,
                                 widget);
    case CC_ComboBox:
        return parts::comboBox(m_theme, *static_cast<const QStyleOptionComboBox*>(option), painter, widget);
    case CC_ScrollBar:
        return parts::scrollBar(m_theme, *static_cast<const QStyleOptionSlider*>(option), painter, *this,
                                widget);
    case CC_Slider:
        return parts::slider(m_theme, *static_cast<const QStyleOptionSlider*>(option), painter, *this,
                             widget);
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

void SextantStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
        qobject_cast<QLineEdit*>(widget) || qobject_cast<QScrollBar*>(widget) ||
        qobject_cast<QSlider*>(widget) || qobject_cast<QTabBar*>(widget) ||
        qobject_cast<QSplitterHandle*>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto view = qobject_cast<QAbstractItemView*>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
    const bool popup = qobject_cast<QMenu*>(widget) || isTip(widget);
    if (popup && translucentPopups()) {
        widget->setWindowFlag(Qt::FramelessWindowHint);
        widget->setWindowFlag(Qt::NoDropShadowWindowHint);
        widget->setAttribute(Qt::WA_TranslucentBackground);
    }
    if (popup)
        widget->installEventFilter(this);
    if (isTip(widget)) {
        const int margin = parts::popupMargin();
        widget->setContentsMargins(margin + 8, margin + 4, margin + 8, margin + 4);
    }
}

bool SextantStyle::eventFilter(QObject* object, QEvent* event)
{
    auto* menu = qobject_cast<QMenu*>(object);
    // The panel of a menu, not its shadow, belongs where the menu was asked for.
    if (menu && event->type() == QEvent::Show && translucentPopups()) {
        const int margin = parts::popupMargin();
        menu->move(menu->pos() -
                   QPoint(margin, qobject_cast<QMenu*>(menu->parentWidget()) ? margin : margin - 4));
    }
    if (event->type() == QEvent::Resize && !translucentPopups())
        roundCorners(static_cast<QWidget*>(object));
    if (menu && event->type() == QEvent::ToolTip)
        return showReason(menu, static_cast<const QHelpEvent*>(event));
    return QProxyStyle::eventFilter(object, event);
}

bool SextantStyle::showReason(QMenu* menu, const QHelpEvent* event)
{
    // An entry that can be chosen says what it does by its text; one that can't has to say why.
    const QAction* action = menu->actionAt(event->pos());
    const bool silent = !action || action->isEnabled() || action->toolTip() == action->text();
    QToolTip::showText(event->globalPos(), silent ? QString() : action->toolTip(), menu);
    return true;
}

void SextantStyle::roundCorners(QWidget* popup)
{
    const int radius = qRound(Theme::current().number("radius.popup"));
    QBitmap mask(popup->size());
    mask.clear();
    QPainter painter(&mask);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::color1);
    painter.drawRoundedRect(popup->rect(), radius, radius);
    painter.end();
    popup->setMask(mask);
}

QIcon SextantStyle::standardIcon(StandardPixmap pixmap, const QStyleOption* option,
                                 const QWidget* widget) const
{
    switch (pixmap) {
    case SP_LineEditClearButton:
        return m_theme.icon(QStringLiteral("x"), "text.muted");
    case SP_DirIcon:
        return m_theme.icon(QStringLiteral("folder"), "text.muted");
    case SP_FileIcon:
        return m_theme.icon(QStringLiteral("file-text"), "text.muted");
    case SP_FileDialogToParent:
        return m_theme.icon(QStringLiteral("arrow-up"), "text.muted");
    case SP_FileDialogBack:
    case SP_ArrowBack:
        return m_theme.icon(QStringLiteral("arrow-left"), "text.muted");
    case SP_ArrowForward:
        return m_theme.icon(QStringLiteral("arrow-right"), "text.muted");
    case SP_DriveHDIcon:
    case SP_ComputerIcon:
        return m_theme.icon(QStringLiteral("hard-drive"), "text.muted");
    case SP_MessageBoxInformation:
        return m_theme.icon(QStringLiteral("info"), "info.fg");
    case SP_MessageBoxWarning:
        return m_theme.icon(QStringLiteral("triangle-alert"), "warning.fg");
    case SP_MessageBoxCritical:
        return m_theme.icon(QStringLiteral("circle-x"), "error.fg");
    default:
        return QProxyStyle::standardIcon(pixmap, option, widget);
    }
}

} // namespace sextant
