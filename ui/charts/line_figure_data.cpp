// The numbers behind a line figure as CSV: RFC 4180, a line of names, numbers so that they read back exactly.
#include "ui/charts/line_figure.h"

#include "core/base/number.h"

#include <cmath>

namespace sextant {
namespace {

QString quoted(QString text)
{
    if (text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) ||
        text.contains(QLatin1Char('\n')) || text.contains(QLatin1Char('\r')))
        return QLatin1Char('"') + text.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
    return text;
}

QString number(double value)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (std::isinf(value))
        return value > 0 ? QStringLiteral("Infinity") : QStringLiteral("-Infinity");
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

class Table
{
public:
    explicit Table(const std::vector<LineSeries>& series)
        : m_smoothed(std::any_of(series.begin(), series.end(),
                                 [](const auto& one) { return one.smoothed != nullptr; })),
          m_bands(
              std::any_of(series.begin(), series.end(), [](const auto& one) { return one.band != nullptr; }))
    {
        m_text = QStringLiteral("name,run_id,x,step,timestamp,value");
        if (m_smoothed)
            m_text += QStringLiteral(",smoothed");
        if (m_bands)
            m_text += QStringLiteral(",low,high,n");
        m_text += QLatin1Char('\n');
    }

    void add(const LineSeries& one, std::size_t index)
    {
        const CurvePoint point = one.curve->point(index);
        QStringList cells{quoted(one.name), one.band ? QString() : quoted(one.runId), number(point.x)};
        cells << (one.band && one.curve->axis() != XAxis::Step ? QString() : QString::number(point.step));
        cells << (isKnown(point.time) ? QString::number(point.time) : QString()) << number(point.value);
        if (m_smoothed)
            cells << (one.smoothed ? number(one.smoothed->value(index)) : QString());
        if (m_bands && one.band)
            cells << number(one.band->low->value(index)) << number(one.band->high->value(index))
                  << QString::number(one.band->counts[index]);
        else if (m_bands)
            cells << QString() << QString() << QString();
        m_text += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
    }

    QString take() { return std::move(m_text); }

private:
    bool m_smoothed;
    bool m_bands;
    QString m_text;
};

} // namespace

QString LineFigure::dataAsCsv(bool everything) const
{
    const AxisRange x = m_source.window.x.value_or(fullRange(m_source.series));
    std::vector<LineSeries> lines;
    for (const LineSeries& one : m_source.series) {
        if (!everything || !one.band)
            lines.push_back(one);
        if (everything)
            lines.insert(lines.end(), one.hidden.begin(), one.hidden.end());
    }
    Table table(lines);
    for (const LineSeries& one : lines) {
        const std::size_t begin = everything ? 0 : one.curve->lowerBound(x.low);
        const std::size_t end = everything ? one.curve->size() : one.curve->upperBound(x.high);
        for (std::size_t index = begin; index < end; ++index)
            table.add(one, index);
    }
    return table.take();
}

} // namespace sextant
