#include "ui/widgets/number_painter.h"

#include <QLocale>

namespace sextant {

namespace {

int widestDigit(const QFontMetrics& metrics)
{
    int widest = 0;
    for (char digit = '0'; digit <= '9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(digit)));
    return widest;
}

int advance(const QFontMetrics& metrics, int digitWidth, QChar character)
{
    return character.isDigit() ? digitWidth : metrics.horizontalAdvance(character);
}

} // namespace

int tabularWidth(const QFontMetrics& metrics, const QString& number)
{
    const int digit = widestDigit(metrics);
    int width = 0;
    for (QChar character : number)
        width += advance(metrics, digit, character);
    return width;
}

void drawTabular(QPainter* painter, const QRect& rect, const QString& number, Qt::Alignment alignment)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const int digit = widestDigit(metrics);
    const int width = tabularWidth(metrics, number);
    if (width > rect.width()) {
        painter->drawText(rect, alignment | Qt::AlignVCenter,
                          metrics.elidedText(number, Qt::ElideRight, rect.width()));
        return;
    }
    int x = rect.x();
    if (alignment.testFlag(Qt::AlignRight))
        x = rect.right() + 1 - width;
    else if (alignment.testFlag(Qt::AlignHCenter))
        x += (rect.width() - width) / 2;
    const int baseline = rect.y() + (rect.height() + metrics.ascent() - metrics.descent()) / 2;
    for (QChar character : number) {
        const int cell = advance(metrics, digit, character);
        const int own = metrics.horizontalAdvance(character);
        painter->drawText(QPointF(x + (cell - own) / 2.0, baseline), QString(character));
        x += cell;
    }
}

QString counted(quint64 count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(formatCount(count));
}

QString formatCount(quint64 count)
{
    static const QLocale english(QLocale::English);
    return english.toString(count);
}

} // namespace sextant
