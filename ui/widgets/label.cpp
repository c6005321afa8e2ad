#include "ui/widgets/label.h"

#include "ui/widgets/icon_button.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>

namespace sextant {

TextLabel::TextLabel(const QString& text, Theme::Text kind, const char* colorToken, QWidget* parent)
    : QLabel(text, parent), m_kind(kind), m_colorToken(colorToken)
{
    setTextFormat(Qt::PlainText);
    dress();
}

void TextLabel::setColorToken(const char* token)
{
    m_colorToken = token;
    dress();
}

void TextLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    // The application's palette changed: ours, set for one role only, keeps the old colour.
    if (event->type() == QEvent::PaletteChange && !m_dressing)
        dress();
}

void TextLabel::dress()
{
    m_dressing = true;
    const Theme& theme = Theme::of(this);
    setFont(theme.font(m_kind));
    QPalette own = palette();
    // Text that can be selected is drawn with the other role.
    for (QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text}) {
        own.setColor(QPalette::Active, role, theme.color(m_colorToken.constData()));
        own.setColor(QPalette::Inactive, role, theme.color(m_colorToken.constData()));
        own.setColor(QPalette::Disabled, role, theme.color("text.disabled"));
    }
    setPalette(own);
    m_dressing = false;
}

QString oneSentence(const QString& text)
{
    constexpr qsizetype kLongest = 280;
    const QString line = text.simplified();
    if (line.size() <= kLongest)
        return line;
    return line.left(kLongest / 2) + QStringLiteral("…") + line.right(kLongest / 2 - 1);
}

ElidedLabel::ElidedLabel(Theme::Text kind, const char* colorToken, Qt::TextElideMode mode, QWidget* parent)
    : QWidget(parent), m_kind(kind), m_colorToken(colorToken), m_mode(mode)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    explain();
    updateGeometry();
    update();
}

void ElidedLabel::setColorToken(const char* token)
{
    m_colorToken = token;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics(Theme::of(this).font(m_kind));
    return {metrics.horizontalAdvance(m_text) + 1, metrics.height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    const QFontMetrics metrics(Theme::of(this).font(m_kind));
    return {std::min(sizeHint().width(), metrics.averageCharWidth() * 6), metrics.height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    explain();
}

void ElidedLabel::explain()
{
    setToolTip(sizeHint().width() > width() ? m_text.toHtmlEscaped() : QString());
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setFont(theme.font(m_kind));
    painter.setPen(theme.color(isEnabled() ? m_colorToken.constData() : "text.disabled"));
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_text, m_mode, width()));
}

IdLabel::IdLabel(const QString& what, QWidget* parent)
    : QWidget(parent), m_label(new ElidedLabel(Theme::Text::Mono, "text.muted", Qt::ElideMiddle, this)),
      m_copy(new IconButton(QStringLiteral("copy"), tr("Copy %1").arg(what), this))
{
    m_copy->setIconSize(QSize(14, 14));
    m_copy->setFixedSize(24, 24);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_label);
    layout->addWidget(m_copy);
    layout->addStretch(1);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_label->text()); });
    m_copy->setEnabled(false);
}

void IdLabel::setId(const QString& id)
{
    m_label->setText(id);
    m_copy->setEnabled(!id.isEmpty());
}

QString IdLabel::id() const
{
    return m_label->text();
}

} // namespace sextant
