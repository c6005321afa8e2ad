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
    case Banner::Kind::Warning: return {"warning.fg", "warning.bg", "triangle-alert"};
    case Banner::Kind::Error: return {"error.fg", "error.bg", "circle-x"};
    case Banner::Kind::Info: break;
    }
    return {"info.fg", "info.bg", "info"};
}

} // namespace

Banner::Banner(QWidget* parent)
    : QWidget(parent), m_headline(new TextLabel({}, Theme::Text::BodyStrong, "info.fg", this)),
      m_text(new TextLabel({}, Theme::Text::Body, "text", this)), m_button(new QPushButton(this))
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
    m_headline->setText(headline);
    m_headline->setColorToken(look(kind).foreground);
    m_text->setText(text);
    setAccessibleName(headline + QLatin1Char(' ') + text);
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
