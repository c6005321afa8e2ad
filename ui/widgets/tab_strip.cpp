#include "ui/widgets/tab_strip.h"

#include "ui/theme/theme.h"
#include "ui/widgets/picker_button.h"

#include <QMenu>
#include <QTabBar>

namespace sextant {

class TabStrip::Tabs final : public QTabBar
{
public:
    Tabs(const QString& name, int height) : m_height(height)
    {
        setAccessibleName(name);
        setDrawBase(false);
        setExpanding(false);
        setUsesScrollButtons(false);
    }
    int widthOf(int index) const { return tabSizeHint(index).width(); }

protected:
    QSize tabSizeHint(int index) const override { return {QTabBar::tabSizeHint(index).width(), m_height}; }
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }

private:
    int m_height;
};

TabStrip::TabStrip(const QString& name, int height, QWidget* parent)
    : QWidget(parent), m_tabs(new Tabs(name, height)), m_more(new PickerButton({}, this))
{
    m_tabs->setParent(this);
    auto* menu = new QMenu(m_more);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        for (const int index : hidden())
            menu->addAction(m_tabs->tabText(index), this, [this, index] { m_tabs->setCurrentIndex(index); });
    });
    m_more->setMenu(menu);
    m_more->hide();
    setFixedHeight(height);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        fit();
        emit currentChanged(index);
    });
}

void TabStrip::addTab(const QString& text)
{
    m_tabs->addTab(text);
    updateGeometry();
    fit();
}

void TabStrip::setText(int index, const QString& text)
{
    m_tabs->setTabText(index, text);
    updateGeometry();
    fit();
}

void TabStrip::setCurrentIndex(int index)
{
    m_tabs->setCurrentIndex(index);
}

int TabStrip::currentIndex() const
{
    return m_tabs->currentIndex();
}

QList<int> TabStrip::hidden() const
{
    QList<int> found;
    for (int index = 0; index < m_tabs->count(); ++index)
        if (!m_tabs->isTabVisible(index))
            found << index;
    return found;
}

QSize TabStrip::sizeHint() const
{
    int width = 0;
    for (int index = 0; index < m_tabs->count(); ++index)
        width += m_tabs->widthOf(index);
    return {width, height()};
}

QSize TabStrip::minimumSizeHint() const
{
    int widest = 0;
    for (int index = 0; index < m_tabs->count(); ++index)
        widest = std::max(widest, m_tabs->widthOf(index));
    return {widest + Theme::of(this).length("space.2") + m_more->sizeHint().width(), height()};
}

void TabStrip::fit()
{
    const int gap = Theme::of(this).length("space.2");
    const int current = m_tabs->currentIndex();
    const bool all = sizeHint().width() <= width();
    m_more->setValue(tr("%1 more").arg(m_tabs->count()));
    int room = all ? width() : width() - gap - m_more->sizeHint().width() - m_tabs->widthOf(current);
    QList<int> left;
    int used = 0;
    for (int index = 0; index < m_tabs->count(); ++index) {
        const int needed = index == current && !all ? 0 : m_tabs->widthOf(index);
        const bool shown = index == current || (left.isEmpty() && needed <= room);
        room -= shown ? needed : 0;
        used += shown ? m_tabs->widthOf(index) : 0;
        if (!shown)
            left << index;
    }
    for (int index = 0; index < m_tabs->count(); ++index)
        m_tabs->setTabVisible(index, !left.contains(index));
    m_tabs->setGeometry(0, 0, used, height());
    m_more->setVisible(!left.isEmpty());
    m_more->setValue(tr("%1 more").arg(left.size()));
    m_more->setGeometry(
        QRect(QPoint(used + gap, (height() - m_more->sizeHint().height()) / 2), m_more->sizeHint()));
}

void TabStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

} // namespace sextant
