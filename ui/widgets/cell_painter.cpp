#include "ui/widgets/cell_painter.h"

#include <cmath>

namespace sextant {

namespace {

constexpr int kCachedTexts = 4096;

/// Characters of numbers that stand in a digit's cell or keep their own width; anything else is drawn as
/// text.
bool isNumberCharacter(QChar character)
{
    return character.isDigit() || character == u'.' || character == u',' || character == u'-' ||
           character == u'+' || character == u'e' || character == QChar(0x2212);
}

} // namespace

CellPainter::CellPainter(const QFont& font)
    : m_font(font), m_metrics(font), m_raw(QRawFont::fromFont(font)), m_baseline(m_metrics.ascent()),
      m_height(m_metrics.height()), m_cache(kCachedTexts)
{
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        m_digitWidth = std::max(m_digitWidth, QFontMetricsF(font).horizontalAdvance(QChar(digit)));
}

const CellPainter::Laid& CellPainter::laid(const QString& text, int width)
{
    auto key = std::pair(text, width);
    if (auto* found = m_cache.object(key))
        return *found;
    auto shown = text;
    auto advance = m_metrics.horizontalAdvance(text);
    if (advance > width) {
        shown = m_metrics.elidedText(text, Qt::ElideRight, width);
        advance = m_metrics.horizontalAdvance(shown);
    }
    auto* laid = new Laid{QStaticText(shown), advance};
    laid->text.setTextFormat(Qt::PlainText);
    laid->text.setPerformanceHint(QStaticText::AggressiveCaching);
    laid->text.prepare({}, m_font);
    m_cache.insert(key, laid);
    return *laid;
}

int CellPainter::drawText(QPainter* painter, const QRect& rect, const QString& text, const QColor& color,
                          Qt::Alignment alignment)
{
    if (text.isEmpty() || rect.width() <= 0)
        return 0;
    const auto& line = laid(text, rect.width());
    auto left = alignment & Qt::AlignRight     ? rect.right() + 1 - line.width
                : alignment & Qt::AlignHCenter ? rect.left() + (rect.width() - line.width) / 2
                                               : rect.left();
    painter->setFont(m_font);
    painter->setPen(color);
    painter->drawStaticText(left, rect.top() + (rect.height() - m_height) / 2, line.text);
    return line.width;
}

bool CellPainter::glyphsFor(const QString& text, QList<quint32>& glyphs, QList<QPointF>& positions,
                            qreal& width) const
{
    if (!std::all_of(text.cbegin(), text.cend(), isNumberCharacter))
        return false;
    glyphs = m_raw.glyphIndexesForString(text);
    if (glyphs.size() != text.size() || glyphs.contains(0U))
        return false;
    auto advances = m_raw.advancesForGlyphIndexes(glyphs);
    width = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        auto cell = text[i].isDigit() ? m_digitWidth : advances[i].x();
        positions.append({width + (cell - advances[i].x()) / 2, 0});
        width += cell;
    }
    return true;
}

int CellPainter::drawNumber(QPainter* painter, const QRect& rect, const QString& text, const QColor& color)
{
    QList<quint32> glyphs;
    QList<QPointF> positions;
    qreal width = 0;
    if (!glyphsFor(text, glyphs, positions, width) || width > rect.width())
        return drawText(painter, rect, text, color, Qt::AlignRight);
    QGlyphRun run;
    run.setRawFont(m_raw);
    run.setGlyphIndexes(glyphs);
    run.setPositions(positions);
    painter->setPen(color);
    painter->drawGlyphRun(
        {rect.right() + 1 - width, qreal(rect.top() + (rect.height() - m_height) / 2 + m_baseline)}, run);
    return static_cast<int>(std::ceil(width));
}

int CellPainter::textWidth(const QString& text) const
{
    return m_metrics.horizontalAdvance(text);
}

int CellPainter::numberWidth(const QString& text) const
{
    QList<quint32> glyphs;
    QList<QPointF> positions;
    qreal width = 0;
    return glyphsFor(text, glyphs, positions, width) ? static_cast<int>(std::ceil(width)) : textWidth(text);
}

} // namespace sextant
