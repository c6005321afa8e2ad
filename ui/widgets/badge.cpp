#include "ui/widgets/badge.h"

#include "ui/theme/style_parts.h"

#include <QPainter>
#include <QPainterPath>

namespace sextant {

namespace {

constexpr int kBadgeIcon = 12;
constexpr int kGap = 4;

bool isBare(const Badge& badge)
{
    return badge.look == Badge::Look::Plain || badge.look == Badge::Look::Mark;
}

QFont badgeFont(const Theme& theme, const Badge& badge)
{
    if (badge.look == Badge::Look::Plain)
        return theme.font(Theme::Text::Small);
    if (badge.look == Badge::Look::Mark)
        return theme.font(Theme::Text::CaptionStrong);
    return theme.font(badge.look == Badge::Look::Outlined ? Theme::Text::Caption
                                                          : Theme::Text::CaptionStrong);
}

int iconSize(const Theme& theme, const Badge& badge)
{
    return isBare(badge) ? theme.length("icon.small") : kBadgeIcon;
}

int padding(const Theme& theme, const Badge& badge)
{
    return isBare(badge) ? 0 : theme.length("badge.paddingX");
}

Badge filled(const QString& icon, const QString& text, const char* foreground, const char* background)
{
    return {icon, text, foreground, background, Badge::Look::Filled};
}

} // namespace

Badge Badge::neutral(const QString& icon, const QString& text)
{
    return filled(icon, text, "text.muted", "bg.3");
}

Badge Badge::success(const QString& text)
{
    return filled(QStringLiteral("circle-check"), text, "success.fg", "success.bg");
}

Badge Badge::info(const QString& text)
{
    return filled(QStringLiteral("info"), text, "info.fg", "info.bg");
}

Badge Badge::warning(const QString& text)
{
    return filled(QStringLiteral("triangle-alert"), text, "warning.fg", "warning.bg");
}

Badge Badge::error(const QString& text)
{
    return filled(QStringLiteral("circle-x"), text, "error.fg", "error.bg");
}

Badge Badge::stage(Stage stage)
{
    const QString word = QString::fromUtf8(toText(stage).data(), qsizetype(toText(stage).size()));
    switch (stage) {
    case Stage::Staging:
        return filled(QStringLiteral("circle-dot"), word, "stage.staging.fg", "stage.staging.bg");
    case Stage::Production:
        return filled(QStringLiteral("rocket"), word, "stage.production.fg", "stage.production.bg");
    case Stage::Archived:
        return filled(QStringLiteral("archive"), word, "stage.archived.fg", "stage.archived.bg");
    default:
        return {QStringLiteral("circle"), word, "stage.none.fg", "stage.none.bg", Look::Outlined};
    }
}

Badge Badge::alias(const QString& name)
{
    return {QStringLiteral("tag"), name, "text", "bg.1", Look::Outlined};
}

Badge Badge::protectedAlias(const QString& name)
{
    return {QStringLiteral("lock"), name, "text", "bg.1", Look::Outlined};
}

Badge Badge::evidence(Evidence evidence)
{
    switch (evidence) {
    case Evidence::Verified:
        return {QStringLiteral("shield-check"), QObject::tr("Verified"), "evidence.verified", "", Look::Mark};
    case Evidence::Recorded:
        return {QStringLiteral("hash"), QObject::tr("Recorded"), "evidence.recorded", "", Look::Mark};
    case Evidence::Claimed:
        return {QStringLiteral("quote"), QObject::tr("Claimed"), "evidence.claimed", "", Look::Mark};
    case Evidence::Missing:
        break;
    }
    return {QStringLiteral("circle-dashed"), QObject::tr("Missing"), "evidence.missing", "", Look::Mark};
}

Badge Badge::pending(const QString& text)
{
    return filled(QStringLiteral("arrow-right"), text, "info.fg", "info.bg");
}

Badge Badge::chip(const QString& text)
{
    return {{}, text, "text", "bg.1", Look::Outlined};
}

Badge Badge::status(RunStatus status)
{
    switch (status) {
    case RunStatus::Finished:
        return {QStringLiteral("circle-check"), QObject::tr("Finished"), "success.fg", "", Look::Plain};
    case RunStatus::Failed:
        return {QStringLiteral("circle-x"), QObject::tr("Failed"), "error.fg", "", Look::Plain};
    case RunStatus::Killed:
        return {QStringLiteral("circle-stop"), QObject::tr("Killed"), "text.muted", "", Look::Plain};
    case RunStatus::Scheduled:
        return {QStringLiteral("clock"), QObject::tr("Scheduled"), "text.muted", "", Look::Plain};
    case RunStatus::Running:
        break;
    }
    return {QStringLiteral("loader-circle"), QObject::tr("Running"), "info.fg", "", Look::Plain};
}

int badgeWidth(const Theme& theme, const Badge& badge)
{
    const int icon = badge.icon.isEmpty() ? 0 : iconSize(theme, badge) + (badge.text.isEmpty() ? 0 : kGap);
    return 2 * padding(theme, badge) + icon +
           QFontMetrics(badgeFont(theme, badge)).horizontalAdvance(badge.text);
}

int paintBadge(const Theme& theme, QPainter* painter, const QRect& rect, const Badge& badge)
{
    const int width = std::min(badgeWidth(theme, badge), rect.width());
    const int height = theme.length("badge.height");
    const QRect box(rect.x(), rect.y() + (rect.height() - height) / 2, width, height);
    const QColor foreground = theme.color(badge.foreground);
    if (badge.look == Badge::Look::Filled)
        parts::box(painter, box, theme.number("radius.badge"), theme.color(badge.background), {});
    else if (badge.look == Badge::Look::Outlined)
        parts::box(painter, box, theme.number("radius.badge"), theme.color(badge.background),
                   theme.color("border.control"));

    int x = box.x() + padding(theme, badge);
    const int right = box.right() + 1 - padding(theme, badge);
    if (!badge.icon.isEmpty()) {
        const int size = iconSize(theme, badge);
        theme.drawIcon(painter, QRect(x, box.y(), size, height), badge.icon, size, foreground);
        x += size + kGap;
    }
    painter->save();
    painter->setFont(badgeFont(theme, badge));
    painter->setPen(foreground);
    const QString text = painter->fontMetrics().elidedText(badge.text, Qt::ElideRight, right - x + 1);
    painter->drawText(QRect(x, box.y(), right - x + 1, height), Qt::AlignVCenter | Qt::AlignLeft, text);
    painter->restore();
    return width;
}

namespace {
constexpr qreal kDotCut = 1.6;
} // namespace

void paintColorDot(const Theme& theme, QPainter* painter, const QPointF& center, const QColor& color,
                   bool filled, const QColor& ring, int dash)
{
    const qreal size = theme.number("colourDot");
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (ring.isValid()) {
        painter->setBrush(ring);
        painter->drawEllipse(center, size / 2 + 1.5, size / 2 + 1.5);
    }
    if (filled) {
        QPainterPath dot, cuts;
        dot.addEllipse(center, size / 2, size / 2);
        for (int cut = 0; cut < (dash == 3 ? 1 : dash); ++cut)
            cuts.addRect(center.x() - kDotCut / 2 + (dash == 2 ? cut - 0.5 : 0) * size * 0.4,
                         center.y() - size, kDotCut, 2 * size);
        if (dash == 3)
            cuts.addRect(center.x() - size, center.y() - kDotCut / 2, 2 * size, kDotCut);
        cuts.setFillRule(Qt::WindingFill);
        painter->setBrush(color);
        painter->drawPath(dot.subtracted(cuts));
    } else {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(color, 2));
        painter->drawEllipse(center, size / 2 - 1, size / 2 - 1);
    }
    painter->restore();
}

BadgeLabel::BadgeLabel(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

BadgeLabel::BadgeLabel(Badge badge, QWidget* parent) : BadgeLabel(parent)
{
    setBadge(std::move(badge));
}

void BadgeLabel::setBadge(Badge badge)
{
    m_badge = std::move(badge);
    setAccessibleName(m_badge.text);
    updateGeometry();
    update();
}

QSize BadgeLabel::sizeHint() const
{
    const Theme& theme = Theme::of(this);
    return {badgeWidth(theme, m_badge), theme.length("badge.height")};
}

void BadgeLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBadge(Theme::of(this), &painter, rect(), m_badge);
}

} // namespace sextant
