#include "ui/registry/desk_decision.h"

#include "ui/registry/desk_text.h"
#include "ui/theme/control_role.h"
#include "ui/theme/style_parts.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextLayout>
#include <QVBoxLayout>

namespace sextant {

namespace {
constexpr int kReasonHeight = 64;
constexpr int kPreviewPadding = 10;
} // namespace

/// Strong first words, then the rest, wrapped, on a ground of its own.
class DeskDecision::Preview final : public QWidget
{
public:
    using QWidget::QWidget;

    void set(const QString& headline, const QString& text, bool isProblem)
    {
        m_headline = headline;
        m_text = text;
        m_isProblem = isProblem;
        setAccessibleName(headline + u' ' + text);
        setFixedHeight(heightFor(std::max(width(), 200)));
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const auto& theme = Theme::of(this);
        QPainter painter(this);
        parts::box(&painter, rect(), theme.number("radius.control"),
                   theme.color(m_isProblem ? "error.bg" : "bg.3"), {});
        painter.setPen(theme.color("text"));
        lay(width(), &painter, theme.color(m_isProblem ? "error.fg" : "text"));
    }
    void resizeEvent(QResizeEvent*) override { setFixedHeight(heightFor(width())); }

private:
    int heightFor(int width) { return lay(width, nullptr, {}) + 2 * kPreviewPadding; }

    int lay(int width, QPainter* painter, const QColor& strongColor)
    {
        const auto& theme = Theme::of(this);
        QTextLayout layout(m_headline + u' ' + m_text, theme.font(Theme::Text::Body));
        QTextLayout::FormatRange strong;
        strong.start = 0;
        strong.length = int(m_headline.size());
        strong.format.setFontWeight(QFont::DemiBold);
        if (strongColor.isValid())
            strong.format.setForeground(strongColor);
        layout.setFormats({strong});
        layout.beginLayout();
        qreal y = 0;
        for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width - 2 * kPreviewPadding);
            line.setPosition(QPointF(kPreviewPadding, y));
            y += 18;
        }
        layout.endLayout();
        if (painter)
            layout.draw(painter, QPointF(0, kPreviewPadding));
        return int(y);
    }

    QString m_headline, m_text;
    bool m_isProblem = false;
};

DeskDecision::DeskDecision(QWidget* parent)
    : QWidget(parent), m_reason(new QPlainTextEdit),
      m_count(new TextLabel({}, Theme::Text::Small, "text.muted")), m_preview(new Preview),
      m_reject(new QPushButton(tr("Reject…"))), m_primary(new QPushButton)
{
    const auto& theme = Theme::of(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(6);
    column->addWidget(new TextLabel(tr("Your decision"), Theme::Text::BodyStrong));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(tr("Reason (required)"));
    m_reason->setTabChangesFocus(true);
    m_reason->setFixedHeight(kReasonHeight);
    column->addWidget(m_reason);
    auto* below = new QHBoxLayout;
    below->addWidget(new TextLabel(tr("Reason, kept in the log for good"), Theme::Text::Small, "text.muted"));
    below->addStretch(1);
    below->addWidget(m_count);
    column->addLayout(below);
    column->addWidget(m_preview);
    auto* buttons = new QHBoxLayout;
    setControlRole(m_reject, ControlRole::Danger);
    m_reject->setIcon(theme.icon(QStringLiteral("x"), "danger"));
    setControlRole(m_primary, ControlRole::Primary);
    m_primary->setIcon(theme.icon(QStringLiteral("signature"), "text.onAccent"));
    m_reject->setAutoDefault(false);
    m_primary->setAutoDefault(false);
    buttons->addWidget(m_reject);
    buttons->addStretch(1);
    buttons->addWidget(m_primary);
    column->addSpacing(2);
    column->addLayout(buttons);
    connect(m_reason, &QPlainTextEdit::textChanged, this, &DeskDecision::reasonChanged);
    connect(m_primary, &QPushButton::clicked, this, &DeskDecision::primaryWanted);
    connect(m_reject, &QPushButton::clicked, this, &DeskDecision::rejectWanted);
    show(DeskChoice{});
}

void DeskDecision::show(const DeskChoice& choice)
{
    m_choice = choice;
    auto length = m_reason->toPlainText().size();
    m_count->setText(tr("%1 of %2").arg(formatCount(quint64(length)), formatCount(quint64(kLongestReason))));
    m_count->setColorToken(length > kLongestReason ? "error.fg" : "text.muted");
    m_preview->set(choice.headline, choice.text, choice.isProblem);
    m_primary->setVisible(!choice.primary.isEmpty());
    m_primary->setText(choice.primary);
    m_primary->setEnabled(choice.canPrimary);
    m_primary->setToolTip(choice.canPrimary ? QString() : choice.whyNot);
    m_reject->setVisible(choice.showsReject);
    m_reject->setEnabled(choice.canReject);
    m_reject->setToolTip(choice.canReject ? QString() : choice.whyNot);
}

QString DeskDecision::reason() const
{
    return m_reason->toPlainText().trimmed();
}

void DeskDecision::clearReason()
{
    m_reason->clear();
}

void DeskDecision::focusReason()
{
    m_reason->setFocus(Qt::ShortcutFocusReason);
}

void DeskDecision::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.2"));
    painter.fillRect(0, 0, width(), 1, theme.color("border.hairline"));
}

} // namespace sextant
