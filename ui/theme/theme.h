// Theme: the design tokens (resources/themes/tokens.json) as colours, lengths and fonts. The style owns the one in force;
// widgets ask Theme::of(this) when they paint and repaint on QEvent::PaletteChange. GUI thread only.
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPixmap>
#include <QWidget>

namespace sextant {

class Theme
{
public:
    enum class Kind { Light, Dark };
    enum class Text { Caption, CaptionStrong, Small, Body, BodyStrong, Title, Heading, Mono, Numeric };

    /// The theme of the application's style.
    static const Theme& of(const QWidget* widget);
    static const Theme& current();

    explicit Theme(Kind kind);

    Kind kind() const { return m_kind; }
    bool isDark() const { return m_kind == Kind::Dark; }

    /// A colour token: "bg.1", "text.muted", "stage.production.fg", "chart.grid". An unknown name is a programming error.
    QColor color(const char* token) const;
    /// Categorical chart colour, repeating after ten.
    QColor series(int index) const;
    /// A number token: "row.table", "bar.filter", "plot.line", "chart.rawOpacity".
    double number(const char* token) const;
    int length(const char* token) const { return qRound(number(token)); }
    QFont font(Text text) const;

    /// A Lucide icon tinted by a colour token; crisp at every scale.
    QIcon icon(const QString& name, const char* colorToken = "text") const;
    QPixmap pixmap(const QString& name, int size, const QColor& color, qreal scale) const;

private:
    Kind m_kind;
};

} // namespace sextant
