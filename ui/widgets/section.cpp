#include "ui/widgets/section.h"

#include "ui/theme/style_parts.h"

#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sextant {

class Section::Header final : public QAbstractButton
{
public:
    explicit Header(QWidget* parent) : QAbstractButton(parent)
    {
        setFixedHeight(32);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }

    QString detail;
    bool open = true;

    QSize sizeHint() const override { return {120, 32}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        QStyleOption option;
        option.initFrom(this);
        if (option.state.testFlag(QStyle::State_MouseOver))
            painter.fillRect(rect(), theme.color("hover"));
        theme.drawIcon(&painter, QRect(11, 0, 16, height()),
                       open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), 14,
                       theme.color("text.muted"));
        painter.setFont(theme.font(Theme::Text::SmallStrong));
        painter.setPen(theme.color("text.muted"));
        int x = 32;
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
        x += painter.fontMetrics().horizontalAdvance(text()) + 8;
        painter.setFont(theme.font(Theme::Text::Small));
        painter.drawText(QRect(x, 0, width() - x - 12, height()), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(detail, Qt::ElideRight, width() - x - 12));
        if (parts::keyboardFocus(option))
            parts::box(&painter, QRectF(rect()).adjusted(2, 2, -2, -2), theme.number("radius.control"), {},
                       theme.color("focus.ring"), 2);
    }
};

Section::Section(const QString& title, QWidget* parent)
    : QWidget(parent), m_header(new Header(this)), m_body(new QWidget(this)),
      m_bodyLayout(new QVBoxLayout(m_body))
{
    const int padding = Theme::of(this).length("space.3");
    m_bodyLayout->setContentsMargins(padding, 0, padding, padding);
    m_bodyLayout->setSpacing(4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 1);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_body);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setTitle(title);

    m_fold.setTargetObject(m_body);
    m_fold.setPropertyName("maximumHeight");
    m_fold.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_fold, &QPropertyAnimation::finished, this, [this] {
        m_body->setVisible(m_open);
        m_body->setMaximumHeight(QWIDGETSIZE_MAX);
    });
    connect(m_header, &QAbstractButton::clicked, this, [this] {
        setOpen(!m_open, true);
        emit toggled(m_open);
    });
}

void Section::setTitle(const QString& title)
{
    m_header->setText(title);
    m_header->setAccessibleName(title);
    m_header->update();
}

void Section::setDetail(const QString& detail)
{
    m_header->detail = detail;
    m_header->update();
}

void Section::setOpen(bool open, bool animated)
{
    if (open == m_open)
        return;
    m_open = open;
    m_header->open = open;
    m_header->setAccessibleDescription(open ? tr("Open") : tr("Folded"));
    m_header->update();
    m_fold.stop();
    if (!animated || !isVisible()) {
        m_body->setVisible(open);
        m_body->setMaximumHeight(QWIDGETSIZE_MAX);
        return;
    }
    const int full = m_body->sizeHint().height();
    m_body->setVisible(true);
    m_fold.setDuration(Theme::of(this).length("motion.fold"));
    m_fold.setStartValue(open ? 0 : m_body->height());
    m_fold.setEndValue(open ? full : 0);
    m_fold.start();
}

void Section::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(QRect(0, height() - 1, width(), 1), Theme::of(this).color("border.hairline"));
}

QWidget* scrollingColumn(QWidget* column)
{
    auto* area = new QScrollArea;
    area->setWidget(column);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    column->setAutoFillBackground(false);
    return area;
}

} // namespace sextant
