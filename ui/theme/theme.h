// Theme: the design tokens (resources/themes/tokens.json) as colours, lengths and fonts. The style owns the
// one in force; widgets ask Theme::of(this) when they paint and repaint on QEvent::PaletteChange. GUI thread
// only.
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPixmap>
#include <QWidget>

#include <memory>

namespace sextant {

class Theme
{
public:
    enum class Kind { Light, Dark };
    enum class Text {
        Caption,
        CaptionStrong,
        Small,
        SmallStrong,
        Body,
        BodyStrong,
        Title,
        Heading,
        Mono,
        Numeric
    };

    /// Which font families are used: the system's, or the bundled ones (drawings that must not differ between
    /// machines).
    struct Families
    {
        QString ui, mono;
        static Families system();
        static Families bundled();
    };

    /// The theme of the application's style; the light one while another style is in force.
    static const Theme& of(const QWidget* widget);
    static const Theme& current();

    explicit Theme(Kind kind);
    Theme(Kind kind, const Families& families);

    Kind kind() const { return m_kind; }
    bool isDark() const { return m_kind == Kind::Dark; }

    /// A colour token: "bg.1", "text.muted", "stage.production.fg", "chart.grid", "chart.sequential.3".
    /// An unknown name is a programming error: it is reported and drawn in magenta.
    QColor color(const char* token) const;
    /// Categorical chart colour, repeating after ten.
    QColor series(int index) const;
    /// Dash pattern of a series in px (QPen wants line widths): solid for the first ten, then three more;
    /// empty is solid.
    QList<qreal> dash(int index) const;
    /// A number token: "row.table", "bar.filter", "plot.line", "chart.rawOpacity", "motion.fold".
    double number(const char* token) const;
    int length(const char* token) const { return qRound(number(token)); }
    bool hasColor(const QByteArray& token) const;
    bool hasNumber(const QByteArray& token) const;
    QFont font(Text text) const;

    /// A Lucide icon tinted by a colour token; crisp at every scale, follows a change of theme.
    QIcon icon(const QString& name, const char* colorToken = "text") const;
    QPixmap pixmap(const QString& name, int size, const QColor& color, qreal scale) const;
    /// Draws an icon of `size` in the middle of `rect`.
    void drawIcon(QPainter* painter, const QRect& rect, const QString& name, int size,
                  const QColor& color) const;

private:
    struct Tokens;
    Kind m_kind;
    Families m_families;
    std::shared_ptr<const Tokens> m_tokens;
};

} // namespace sextant
