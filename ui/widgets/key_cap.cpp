#include "ui/widgets/key_cap.h"

#include "ui/theme/style_parts.h"

#include <QPainter>

namespace sextant {

namespace {
constexpr int kHeight = 18;
constexpr int kPadding = 5;
constexpr int kGap = 4;

int capWidth(const QFontMetrics& metrics, const QString& key)
{
    return std::max(kHeight, metrics.horizontalAdvance(key) + 2 * kPadding);
}
} // namespace

QStringList keyNames(const QKeySequence& keys)
{
    QString text = keys.toString(QKeySequence::NativeText);
    if (text.isEmpty())
        return {};
    // The plus key itself follows a plus.
    const bool plus = text.endsWith(QLatin1Char('+'));
    if (plus)
        text.chop(text.size() > 1 ? 2 : 1);
    QStringList names = text.split(QLatin1Char('+'), Qt::SkipEmptyParts);
    if (plus)
        names << QStringLiteral("+");
    return names;
}

int keyCapsWidth(const Theme& theme, const QStringList& keys)
{
    const QFontMetrics metrics(theme.font(Theme::Text::Caption));
    int width = 0;
    for (const QString& key : keys)
        width += capWidth(metrics, key) + kGap;
    return std::max(0, width - kGap);
}

int paintKeyCaps(const Theme& theme, QPainter* painter, const QRect& rect, const QStringList& keys)
{
    painter->save();
    painter->setFont(theme.font(Theme::Text::Caption));
    const QFontMetrics metrics = painter->fontMetrics();
    int x = rect.x();
    for (const QString& key : keys) {
        const QRect cap(x, rect.y() + (rect.height() - kHeight) / 2, capWidth(metrics, key), kHeight);
        parts::box(painter, cap, theme.number("radius.badge"), theme.color("bg.2"),
                   theme.color("border.hairline"));
        painter->setPen(theme.color("text.muted"));
        painter->drawText(cap, Qt::AlignCenter, key);
        x += cap.width() + kGap;
    }
    painter->restore();
    return std::max(0, x - rect.x() - kGap);
}

KeyCapLabel::KeyCapLabel(const QStringList& keys, QWidget* parent) : QWidget(parent), m_keys(keys)
{
    setAccessibleName(keys.join(QLatin1Char('+')));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize KeyCapLabel::sizeHint() const
{
    return {keyCapsWidth(Theme::of(this), m_keys), kHeight};
}

void KeyCapLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintKeyCaps(Theme::of(this), &painter, rect(), m_keys);
}

} // namespace sextant
