// CellPainter: draws the texts of table cells. Texts are elided and laid out once and cached; the digits of
// numbers all take the same width whatever the font. GUI thread only.
#pragma once

#include <QCache>
#include <QColor>
#include <QFont>
#include <QGlyphRun>
#include <QPainter>
#include <QRawFont>
#include <QStaticText>

namespace sextant {

class CellPainter
{
public:
    explicit CellPainter(const QFont& font);

    const QFont& font() const { return m_font; }

    /// Cut with … at the right when too long. Returns the width taken.
    int drawText(QPainter* painter, const QRect& rect, const QString& text, const QColor& color,
                 Qt::Alignment alignment);
    /// At the right edge of `rect`; one that does not fit is cut at the right with ….
    int drawNumber(QPainter* painter, const QRect& rect, const QString& text, const QColor& color);

    int textWidth(const QString& text) const;
    int numberWidth(const QString& text) const;

private:
    struct Laid
    {
        QStaticText text;
        int width = 0;
    };
    const Laid& laid(const QString& text, int width);
    bool glyphsFor(const QString& text, QList<quint32>& glyphs, QList<QPointF>& positions,
                   qreal& width) const;

    QFont m_font;
    QFontMetrics m_metrics;
    QRawFont m_raw;
    qreal m_digitWidth = 0;
    int m_baseline = 0; // from the top of a line to the baseline
    int m_height = 0;
    QCache<std::pair<QString, int>, Laid> m_cache;
};

} // namespace sextant
