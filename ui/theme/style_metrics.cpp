// SextantStyle: lengths, hints and places.
#include "ui/theme/control_role.h"
#include "ui/theme/style.h"
#include "ui/theme/style_parts.h"

#include <QComboBox>
#include <QMenu>
#include <QSlider>

namespace sextant {

namespace {

constexpr int kRing = 3; // what the focus ring needs around a check box, with its offset

int controlHeight(const Theme& theme, const QWidget* widget)
{
    return theme.length(isSmall(widget) ? "control.small" : "control.default");
}

QSize indicator(const Theme& theme, const QWidget* widget)
{
    if (controlRole(widget) == ControlRole::Switch)
        return {theme.length("control.switchWidth"), theme.length("control.switchHeight")};
    return {theme.length("control.checkbox"), theme.length("control.checkbox")};
}

} // namespace

int SextantStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
        return qobject_cast<const QMenu*>(widget) ? 0 : 1;
    case PM_MenuPanelWidth:
        return 0;
    case PM_MenuHMargin:
        return parts::popupMargin();
    case PM_MenuVMargin:
        return parts::popupMargin() + 4;
    case PM_SubMenuOverlap:
        return 2 * parts::popupMargin();
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
    case PM_LineEditIconSize:
        return m_theme.length("icon.default");
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
        return 0;
    case PM_SplitterWidth:
        return m_theme.length("panel.splitter");
    case PM_SliderThickness:
    case PM_SliderControlThickness:
        return 18;
    case PM_SliderLength:
        return m_theme.length("control.sliderHandle") + 4;
    case PM_IndicatorWidth:
    case PM_ExclusiveIndicatorWidth:
        return indicator(m_theme, widget).width();
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorHeight:
        return indicator(m_theme, widget).height();
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return m_theme.length("space.2");
    case PM_TabBarTabHSpace:
        return 20;
    case PM_TabBarTabVSpace:
        return 0;
    case PM_TabBarTabShiftVertical:
        return 0;
    case PM_HeaderMargin:
        return m_theme.length("space.2");
    case PM_HeaderMarkSize:
        return 14;
    case PM_ToolTipLabelFrameWidth:
        return 0;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return m_theme.length("space.2");
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return m_theme.length("space.3");
    case PM_TreeViewIndentation:
        return 20;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return kRing;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int SextantStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                            QStyleHintReturn* returnData) const
{
    switch (hint) {
    case SH_ComboBox_Popup:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_ToolTip_WakeUpDelay:
        return m_theme.length("motion.tooltipDelay");
    case SH_Menu_SubMenuPopupDelay:
        return 150;
    case SH_UnderlineShortcut:
        return 0;
    case SH_FocusFrame_AboveWidget:
        return 1;
    case SH_Widget_Animation_Duration:
        return m_theme.length("motion.hover");
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_TabBar_ElideMode:
        return Qt::ElideNone;
    case SH_Table_GridLineColor:
        return int(m_theme.color("border.hairline").rgb());
    case SH_MenuBar_AltKeyNavigation:
        return 0;
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_ScrollView_FrameOnlyAroundContents:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize SextantStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                     const QWidget* widget) const
{
    const int height = controlHeight(m_theme, widget);
    switch (type) {
    case CT_PushButton: {
        if (controlRole(widget) == ControlRole::Link)
            return {size.width() + 2, std::max(24, size.height())};
        const bool strong =
            controlRole(widget) == ControlRole::Primary || controlRole(widget) == ControlRole::Danger;
        // Fusion measures with the regular weight; the strong one is up to a tenth wider.
        return {size.width() + 22 + (strong ? size.width() / 10 : 0), height};
    }
    case CT_ToolButton: {
        const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        const bool iconOnly =
            !button || button->text.isEmpty() || button->toolButtonStyle == Qt::ToolButtonIconOnly;
        if (iconOnly)
            return {height, height};
        const int icon = button->icon.isNull() ? 0 : button->iconSize.width() + 6;
        QFont strong = button->font;
        strong.setWeight(QFont::DemiBold);
        const int text = QFontMetrics(controlRole(widget) == ControlRole::Segment ? strong : button->font)
                             .horizontalAdvance(button->text);
        const bool menu = button->features.testFlag(QStyleOptionToolButton::HasMenu);
        return {text + icon + 20 + (menu ? 18 : 0), height};
    }
    case CT_LineEdit:
        return {size.width() + 16, height};
    case CT_ComboBox:
        return {size.width() + 36, height};
    case CT_CheckBox:
    case CT_RadioButton: {
        const QSize mark = indicator(m_theme, widget);
        const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
        const int text =
            button && !button->text.isEmpty()
                ? m_theme.length("space.2") + button->fontMetrics.horizontalAdvance(button->text) + 2
                : 0;
        return {mark.width() + 2 * kRing + text,
                std::max(mark.height() + 2 * kRing, m_theme.length("control.small"))};
    }
    case CT_MenuItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (!item)
            break;
        if (item->menuItemType == QStyleOptionMenuItem::Separator)
            return {size.width(), item->text.isEmpty() ? 9 : 26};
        const auto pieces = item->text.split('\t');
        int width = QFontMetrics(item->font).horizontalAdvance(pieces[0]) + 60;
        if (pieces.size() > 1)
            width += QFontMetrics(m_theme.font(Theme::Text::Caption)).horizontalAdvance(pieces[1]) + 32;
        return {std::max(width, 160), m_theme.length("row.list")};
    }
    case CT_TabBarTab: {
        const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option);
        const QFontMetrics strong(m_theme.font(Theme::Text::BodyStrong));
        return {(tab ? strong.horizontalAdvance(tab->text) : size.width()) + 20, 32};
    }
    case CT_HeaderSection:
        return {size.width(), m_theme.length("row.header")};
    case CT_ItemViewItem:
        return {size.width(), std::max(size.height(), m_theme.length("row.list"))};
    case CT_ProgressBar:
        return {std::max(size.width(), 60), 12};
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect SextantStyle::subElementRect(SubElement element, const QStyleOption* option,
                                   const QWidget* widget) const
{
    const QRect all = option->rect;
    switch (element) {
    case SE_LineEditContents: {
        if (controlRole(widget) == ControlRole::Bare)
            return all;
        return all.adjusted(7, 1, -7, -1);
    }
    case SE_CheckBoxIndicator:
    case SE_RadioButtonIndicator: {
        const QSize mark = indicator(m_theme, widget);
        return {all.x() + kRing, all.y() + (all.height() - mark.height()) / 2, mark.width(), mark.height()};
    }
    case SE_CheckBoxContents:
    case SE_RadioButtonContents:
        return all.adjusted(kRing + indicator(m_theme, widget).width() + m_theme.length("space.2"), 0, 0, 0);
    case SE_CheckBoxClickRect:
    case SE_RadioButtonClickRect:
        return all;
    case SE_CheckBoxLayoutItem:
    case SE_RadioButtonLayoutItem:
        return all.adjusted(kRing, 0, 0, 0);
    case SE_PushButtonContents:
        return all;
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
        return all;
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect SextantStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                   SubControl subControl, const QWidget* widget) const
{
    const QRect all = option->rect;
    if (control == CC_ComboBox) {
        if (subControl == SC_ComboBoxEditField)
            return all.adjusted(9, 1, -26, -1);
        if (subControl == SC_ComboBoxArrow)
            return {all.right() - 25, all.y(), 26, all.height()};
        if (subControl == SC_ComboBoxListBoxPopup)
            return all;
    }
    if (control == CC_ScrollBar) {
        const auto& bar = *static_cast<const QStyleOptionSlider*>(option);
        const bool horizontal = bar.orientation == Qt::Horizontal;
        const int length = horizontal ? all.width() : all.height();
        const qint64 range = qint64(bar.maximum) - bar.minimum;
        int handle = length;
        if (range > 0)
            handle = std::clamp(int(qint64(bar.pageStep) * length / (range + bar.pageStep)),
                                std::min(32, length), length);
        const int start = sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition,
                                                  length - handle, bar.upsideDown);
        const auto place = [&](int from, int size) {
            return horizontal ? QRect(all.x() + from, all.y(), size, all.height())
                              : QRect(all.x(), all.y() + from, all.width(), size);
        };
        switch (subControl) {
        case SC_ScrollBarSlider:
            return place(start, handle);
        case SC_ScrollBarGroove:
            return all;
        case SC_ScrollBarSubPage:
            return place(0, start);
        case SC_ScrollBarAddPage:
            return place(start + handle, length - start - handle);
        default:
            return {};
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

} // namespace sextant
