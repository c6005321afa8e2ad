#include "ui/shell/rail.h"

#include "ui/theme/style_parts.h"

#include <QPainter>
#include <QVBoxLayout>

namespace sextant {

class Rail::Item final : public QAbstractButton
{
public:
    Item(const QString& pageId, const QString& icon, QWidget* parent)
        : QAbstractButton(parent), id(pageId), m_icon(icon)
    {
        const Theme& theme = Theme::of(this);
        setFixedSize(theme.length("bar.rail"), theme.length("bar.railItem"));
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }

    const QString id;
    QString name;
    int count = 0;

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        QStyleOption option;
        option.initFrom(this);
        const bool hover = option.state.testFlag(QStyle::State_MouseOver);
        const bool current = isCheckable() && isChecked();
        theme.drawIcon(&painter, rect().adjusted(0, 0, -1, 0), m_icon, theme.length("icon.rail"),
                       theme.color(current ? "accent.text"
                                   : hover ? "text"
                                           : "text.muted"));
        if (count > 0)
            paintCount(&painter, theme);
        if (current)
            painter.fillRect(QRect(0, 8, theme.length("bar.railMarker"), height() - 16),
                             theme.color("accent"));
        if (parts::keyboardFocus(option))
            parts::box(&painter, QRectF(rect()).adjusted(6, 4, -7, -4), theme.number("radius.control"), {},
                       theme.color("focus.ring"), theme.number("border.focus"));
    }

private:
    void paintCount(QPainter* painter, const Theme& theme)
    {
        const QString text = count > 99 ? QStringLiteral("99+") : QString::number(count);
        painter->setFont(theme.font(Theme::Text::CaptionStrong));
        const int height = 15;
        const int width = std::max(height, painter->fontMetrics().horizontalAdvance(text) + 8);
        const QRect disc(std::min(this->width() / 2 + 2, this->width() - 2 - width), 6, width, height);
        parts::box(painter, disc, height / 2.0, theme.color("accent"), {});
        painter->setPen(theme.color("text.onAccent"));
        painter->drawText(disc, Qt::AlignCenter, text);
    }

    QString m_icon;
};

Rail::Rail(QWidget* parent) : QWidget(parent), m_pages(new QVBoxLayout)
{
    setAccessibleName(tr("Pages"));
    setFixedWidth(Theme::of(this).length("bar.rail"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 4);
    layout->setSpacing(0);
    m_pages->setSpacing(0);
    layout->addLayout(m_pages);
    layout->addStretch(1);

    auto* help = new Item({}, QStringLiteral("circle-help"), this);
    help->setAccessibleName(tr("Keys"));
    help->setToolTip(tr("<b>Keys</b>&nbsp;&nbsp;F1"));
    connect(help, &QAbstractButton::clicked, this, &Rail::helpWanted);
    auto* settings = new Item({}, QStringLiteral("settings"), this);
    settings->setAccessibleName(tr("Settings"));
    settings->setToolTip(tr("<b>Settings</b>"));
    connect(settings, &QAbstractButton::clicked, this, [this, settings] { emit settingsWanted(settings); });
    layout->addWidget(help);
    layout->addWidget(settings);
}

void Rail::addPage(const QString& id, const QString& icon, const QString& tip, const QString& name)
{
    auto* item = new Item(id, icon, this);
    item->setCheckable(true);
    item->name = name;
    item->setAccessibleName(name);
    item->setToolTip(tip);
    connect(item, &QAbstractButton::clicked, this, [this, item] {
        setCurrent(item->id);
        emit picked(item->id);
    });
    m_items << item;
    m_pages->addWidget(item);
}

void Rail::setCurrent(const QString& pageId)
{
    for (Item* item : m_items)
        item->setChecked(item->id == pageId);
}

void Rail::setCount(const QString& pageId, int count, const QString& spoken)
{
    for (Item* item : m_items)
        if (item->id == pageId && item->count != count) {
            item->count = count;
            item->setAccessibleName(count > 0 ? spoken : item->name);
            item->update();
        }
}

void Rail::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.2"));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), theme.color("border.hairline"));
}

} // namespace sextant
