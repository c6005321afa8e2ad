#include "ui/charts/chart_style.h"

#include <QFontDatabase>

namespace sextant {
namespace {

template <std::size_t N>
std::array<QColor, N> ramp(const Theme& theme, const char* prefix)
{
    std::array<QColor, N> colors;
    for (std::size_t index = 0; index < N; ++index)
        colors[index] =
            theme.color((QByteArray(prefix) + QByteArray::number(static_cast<int>(index))).constData());
    return colors;
}

/// The first family of those wished that there is.
QString family(const QStringList& wished, const QString& otherwise)
{
    for (const QString& name : wished)
        if (QFontDatabase::hasFamily(name))
            return name;
    return otherwise;
}

QFont paperFont(const PaperOptions& options, const Theme& theme)
{
    const QString plain = theme.font(Theme::Text::Body).family();
    QFont font(options.serif ? family({QStringLiteral("Latin Modern Roman"), QStringLiteral("CMU Serif"),
                                       QStringLiteral("Times New Roman"), QStringLiteral("Liberation Serif"),
                                       QStringLiteral("DejaVu Serif")},
                                      QStringLiteral("serif"))
                             : family({QStringLiteral("Helvetica"), QStringLiteral("Arial"),
                                       QStringLiteral("Liberation Sans"), QStringLiteral("Inter")},
                                      plain));
    font.setStyleHint(options.serif ? QFont::Serif : QFont::SansSerif);
    font.setPixelSize(options.fontSize);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

} // namespace

ChartStyle ChartStyle::screen(const Theme& theme)
{
    ChartStyle style;
    style.background = theme.color("bg.1");
    style.text = theme.color("text");
    style.mutedText = theme.color("text.muted");
    style.axis = theme.color("chart.axis");
    style.grid = theme.color("chart.grid");
    style.nonFinite = theme.color("chart.nonFinite");
    style.baseline = theme.color("chart.baseline");
    style.threshold = theme.color("chart.threshold");
    style.accent = theme.color("accent");
    style.categorical = ramp<10>(theme, "chart.categorical.");
    style.sequential = ramp<9>(theme, "chart.sequential.");
    style.diverging = ramp<9>(theme, "chart.diverging.");
    style.font = theme.font(Theme::Text::Caption);
    style.strongFont = theme.font(Theme::Text::CaptionStrong);
    style.line = theme.number("plot.line");
    style.thinLine = theme.number("plot.lineRaw");
    style.wideLine = theme.number("plot.lineHover");
    style.markerSize = theme.number("plot.marker");
    style.bandOpacity = theme.number("chart.bandOpacity");
    style.rawOpacity = theme.number("chart.rawOpacity");
    style.fadedOpacity = theme.number("chart.fadedOpacity");
    return style;
}

ChartStyle ChartStyle::paper(const PaperOptions& options)
{
    const Theme theme(Theme::Kind::Light);
    ChartStyle style = screen(theme);
    style.onPaper = true;
    style.background = Qt::white;
    style.text = style.mutedText = style.baseline = Qt::black;
    style.axis = QColor(0x40, 0x40, 0x40);
    style.grid = QColor(0xE0, 0xE0, 0xE0);
    style.font = style.strongFont = paperFont(options, theme);
    style.strongFont.setBold(true);
    style.line = options.lineWidth;
    style.thinLine = 0.6 * options.lineWidth;
    style.wideLine = 1.6 * options.lineWidth;
    style.hairline = 0.5;
    style.markerSize = 2.5 * options.lineWidth + 1.5;
    return style;
}

QColor ChartStyle::seriesColor(const QColor& color) const
{
    static const std::array<QColor, 10> light = ramp<10>(Theme(Theme::Kind::Light), "chart.categorical.");
    static const std::array<QColor, 10> dark = ramp<10>(Theme(Theme::Kind::Dark), "chart.categorical.");
    for (const auto* palette : {&light, &dark}) {
        const auto found = std::find_if(palette->begin(), palette->end(),
                                        [&](const QColor& one) { return one.rgb() == color.rgb(); });
        if (found != palette->end())
            return categorical[static_cast<std::size_t>(found - palette->begin())];
    }
    return color;
}

} // namespace sextant
