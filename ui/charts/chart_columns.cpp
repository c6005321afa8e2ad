#include "ui/charts/chart_columns.h"

#include "ui/charts/value_text.h"

#include <algorithm>

namespace sextant {

QString ChartColumn::textAt(std::size_t row) const
{
    if (isMissing(row))
        return QStringLiteral("missing");
    return kind == Kind::Numbers ? valueText(values[row]) : categories.value(codes[row]);
}

int ChartTable::columnOf(const QString& name) const
{
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const ChartColumn& column) { return column.name == name; });
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

bool spansDecades(const ChartColumn& column)
{
    if (column.kind != ChartColumn::Kind::Numbers)
        return false;
    double low = std::numeric_limits<double>::infinity(), high = 0;
    for (double value : column.values) {
        if (!std::isfinite(value))
            continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    return low > 0 && std::isfinite(low) && high / 99.9 >= low;
}

bool LeftOut::admits(double value, bool logarithmic)
{
    if (isMissing(value))
        ++missing;
    else if (std::isnan(value))
        ++notANumber;
    else if (std::isinf(value))
        ++infinite;
    else if (logarithmic && !(value > 0))
        ++notPositive;
    else
        return true;
    return false;
}

QString LeftOut::text() const
{
    QStringList parts;
    const auto add = [&](int count, const char* what) {
        if (count > 0)
            parts << QStringLiteral("%1 %2").arg(groupedText(count), QString::fromLatin1(what));
    };
    add(missing, "missing");
    add(notANumber, "NaN");
    add(infinite, "infinite");
    if (notPositive > 0)
        parts << QStringLiteral("%1 ≤ 0 on a log axis").arg(groupedText(notPositive));
    return parts.isEmpty() ? QString() : parts.join(QStringLiteral(", ")) + QStringLiteral(" not drawn");
}

} // namespace sextant
