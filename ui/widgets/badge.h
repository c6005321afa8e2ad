// Badges, alias chips, evidence marks and status words: always a shape and a word, never a colour alone.
// One painter for widgets and delegates.
#pragma once

#include "core/tracking/enums.h"
#include "ui/theme/theme.h"

namespace sextant {

/// How far a statement was checked. Verified: recomputed now, on this machine.
enum class Evidence { Verified, Recorded, Claimed, Missing };

struct Badge
{
    enum class Look { Filled, Outlined, Plain, Mark }; // Plain, Mark: icon and word without a box

    QString icon; // may be empty
    QString text;
    const char* foreground = "text.muted";
    const char* background = "bg.3"; // Filled only
    Look look = Look::Filled;

    static Badge neutral(const QString& icon, const QString& text);
    static Badge success(const QString& text);
    static Badge info(const QString& text);
    static Badge warning(const QString& text);
    static Badge error(const QString& text);
    static Badge stage(Stage stage);
    static Badge alias(const QString& name);
    /// An alias that the rules of a log protect.
    static Badge protectedAlias(const QString& name);
    static Badge evidence(Evidence evidence);
    /// "1 pending", "1 of 2": a request under way.
    static Badge pending(const QString& text);
    static Badge chip(const QString& text); // a tag: "phase: ablation"
    static Badge status(RunStatus status);
};

int badgeWidth(const Theme& theme, const Badge& badge);
/// Draws the badge at the left of `rect`, in its middle; a text too long for `rect` is elided. Returns the
/// width used.
int paintBadge(const Theme& theme, QPainter* painter, const QRect& rect, const Badge& badge);

/// The dot of a run: filled when it is plotted, a ring when hidden; `ring` (bg.1 on selected rows) may be
/// invalid. A run whose line has dash 1, 2 or 3 has a dot cut into two, three or four pieces.
void paintColorDot(const Theme& theme, QPainter* painter, const QPointF& center, const QColor& color,
                   bool filled, const QColor& ring = {}, int dash = 0);

/// A badge as a widget.
class BadgeLabel final : public QWidget
{
    Q_OBJECT
public:
    explicit BadgeLabel(QWidget* parent = nullptr);
    explicit BadgeLabel(Badge badge, QWidget* parent = nullptr);

    void setBadge(Badge badge);
    const Badge& badge() const { return m_badge; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Badge m_badge;
};

} // namespace sextant
