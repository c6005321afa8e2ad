// Numbers whose digits stand in columns: each digit takes the width of the widest, whatever the font does.
#pragma once

#include <QPainter>
#include <QString>

namespace sextant {

int tabularWidth(const QFontMetrics& metrics, const QString& number);

/// Draws on one line in the painter's font and pen. Elided at the right when too long.
void drawTabular(QPainter* painter, const QRect& rect, const QString& number,
                 Qt::Alignment alignment = Qt::AlignRight);

/// A count for people: "30,412".
QString formatCount(quint64 count);
/// "1 run" or "30,412 runs": `one` as it is, or `many` with the number for its %1.
QString counted(quint64 count, const QString& one, const QString& many);

} // namespace sextant
