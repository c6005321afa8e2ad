#include "ui/registry/alias_chips.h"

#include "ui/registry/row_painting.h"
#include "ui/widgets/store_text.h"

#include <QPainter>

namespace sextant {

namespace {
constexpr int kGap = 8;
} // namespace

AliasChips::AliasChips(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void AliasChips::setBadges(std::vector<Badge> badges)
{
    m_badges = std::move(badges);
    QStringList names;
    for (const auto& badge : m_badges)
        names << badge.text;
    setAccessibleName(tr("Aliases"));
    setAccessibleDescription(names.join(QLatin1String(", ")));
    setToolTip(plainToolTip(names.join(QLatin1Char('\n'))));
    updateGeometry();
    update();
}

QSize AliasChips::sizeHint() const
{
    const auto& theme = Theme::of(this);
    auto width = 0;
    for (const auto& badge : m_badges)
        width += badgeWidth(theme, badge) + kGap;
    return {width, theme.length("badge.height") + 2};
}

void AliasChips::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    auto area = rect();
    for (std::size_t i = 0; i < m_badges.size(); ++i) {
        auto left = m_badges.size() - i;
        auto room = left > 1 ? 36 : 0;
        if (i > 0 && badgeWidth(theme, m_badges[i]) > area.width() - room) {
            paintText(&painter, area, tr("+%1 more").arg(left), theme.font(Theme::Text::Small),
                      theme.color("text.muted"));
            return;
        }
        area.setLeft(area.left() + paintBadge(theme, &painter, area.adjusted(0, 0, -room, 0), m_badges[i]) +
                     kGap);
    }
}

} // namespace sextant
