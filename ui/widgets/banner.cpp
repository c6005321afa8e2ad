#include "ui/widgets/banner.h"

#include "ui/theme/control_role.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace sextant {

namespace {

struct Look
{
    const char* foreground;
    const char* background;
    const char* icon;
};

Look look(Banner::Kind kind)
{
    switch (kind) {
    case Banner::Kind::Warning:
        return {"warning.fg", "warning.bg", "triangle-alert"};
    case Banner::Kind::Error:
        return {"error.fg", "error.bg", "circle-x"};
    case Banner::Kind::Info:
        break;
    }
    return {"info.fg", "info.bg", "info"};
}

} // namespace

Banner::Banner(QWidget* parent)
    : QWidget(parent), m_headline(new ElidedLabel(Theme::Text::BodyStrong, "info.fg", Qt::ElideMiddle, this)),
      m_text(new ElidedLabel(Theme::Text::Body, "text", Qt::ElideRight, this)),
      m_button(new QPushButton(this))
{
    setFixedHeight(32);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(34, 0, 10, 0);
    layout->setSpacing(6);
    layout->addWidget(m_headline);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    setSmall(m_button);
    m_button->setAccessibleName(tr("Act on this message"));
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_run)
            m_run();
    });
}

void Banner::showMessage(Kind kind, const QString& headline, const QString& text)
{
    m_kind = kind;
    m_headline->setText(oneSentence(headline));
    m_headline->setColorToken(look(kind).foreground);
    m_text->setText(oneSentence(text));
    setAccessibleName(m_headline->text() + QLatin1Char(' ') + m_text->text());
    setAction({}, {});
    update();
}

void Banner::setAction(const QString& text, std::function<void()> run)
{
    m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
    m_run = std::move(run);
}

void Banner::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(look(m_kind).background));
    theme.drawIcon(&painter, QRect(10, 0, 16, height()), QLatin1String(look(m_kind).icon), 16,
                   theme.color(look(m_kind).foreground));
}

} // namespace sextant
