#include "ui/charts/chart_tooltip.h"

#include "ui/charts/value_text.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

constexpr int kPadding = 12, kSwatch = 26, kGap = 14, kRowHeight = 22, kHeadHeight = 30, kDistance = 14,
              kPinSize = 14;
constexpr int kLeastName = 90, kMostName = 200;

double largestShown(const std::vector<CrosshairRow>& rows)
{
    double largest = 0;
    for (const CrosshairRow& row : rows)
        for (double value : {row.point.value, row.shown()})
            if (std::isfinite(value))
                largest = std::max(largest, std::abs(value));
    return largest;
}

/// An arrow and a sign; colour says nothing here, as nobody said which direction is better.
QString deltaText(double delta, int decimals)
{
    if (std::isnan(delta))
        return QStringLiteral("—");
    if (delta == 0)
        return QStringLiteral("= 0");
    const QString text = fixedText(delta, decimals);
    return delta > 0 ? QStringLiteral("▲ +") + text : QStringLiteral("▼ ") + text;
}

QString spreadText(const BandPtr& band, std::size_t index, int decimals)
{
    if (!band)
        return {};
    const double low = band->low->value(index), high = band->high->value(index);
    if (std::isnan(low))
        return QStringLiteral("n < 2");
    if (band->kind == BandKind::Extremes)
        return QStringLiteral("%1 to %2").arg(fixedText(low, decimals), fixedText(high, decimals));
    return QStringLiteral("± %1").arg(fixedText((high - low) / 2, decimals));
}

QString countText(const BandPtr& band, std::size_t index)
{
    return band ? groupedText(band->counts[index]) : QString();
}

QString timeText(const CrosshairRow& row)
{
    return isKnown(row.point.time) ? durationText(row.elapsed) : QString();
}

void addHead(TooltipTable& table, const CrosshairReading& reading, XAxis axis, const CrosshairRow& row)
{
    const QString step = QStringLiteral("Step %1").arg(groupedText(row.point.step));
    const bool timed = isKnown(row.point.time);
    const QString moment = timed ? momentText(row.point.time) : QString();
    switch (axis) {
    case XAxis::Step:
        table.title = step;
        table.subtitle = timed ? QStringLiteral("%1, %2").arg(durationText(row.elapsed), moment) : QString();
        break;
    case XAxis::RelativeTime:
        table.title = durationText(reading.x);
        table.subtitle = timed ? QStringLiteral("%1, %2").arg(step.toLower(), moment) : QString();
        break;
    case XAxis::WallTime:
        table.title = timed ? moment : momentText(static_cast<EpochMs>(reading.x));
        table.subtitle = timed ? step.toLower() : QString();
        break;
    case XAxis::Metric:
        table.title = valueText(reading.x);
        table.subtitle = timed ? QStringLiteral("%1, %2").arg(step.toLower(), moment) : QString();
        break;
    }
}

} // namespace

QString TooltipTable::footer() const
{
    QStringList parts;
    if (moreAbove > 0)
        parts << QStringLiteral("+%1 more above").arg(moreAbove);
    if (moreBelow > 0)
        parts << QStringLiteral("+%1 more below").arg(moreBelow);
    return parts.join(QStringLiteral(", "));
}

QString TooltipTable::toText() const
{
    QStringList lines{subtitle.isEmpty() ? title : title + QStringLiteral(", ") + subtitle};
    for (const Row& row : rows) {
        QStringList cells;
        for (qsizetype index = 0; index < row.cells.size(); ++index)
            cells << columns[index + 1].toLower() + QLatin1Char(' ') + row.cells[index];
        lines << row.name + QStringLiteral(": ") + cells.join(QStringLiteral(", "));
    }
    if (!footer().isEmpty())
        lines << footer();
    return lines.join(QStringLiteral(". "));
}

TooltipTable tooltipTable(const CrosshairReading& reading, const std::vector<LineSeries>& series,
                          const QString& stressedRun, int mostRows)
{
    TooltipTable table;
    if (reading.rows.empty())
        return table;
    const auto stressed =
        std::find_if(reading.rows.begin(), reading.rows.end(), [&](const CrosshairRow& row) {
            return !stressedRun.isEmpty() && series[row.series].runId == stressedRun;
        });
    const CrosshairRow& head = stressed == reading.rows.end() ? reading.rows.front() : *stressed;
    addHead(table, reading, series[head.series].curve->axis(), head);

    const bool smoothed = std::any_of(reading.rows.begin(), reading.rows.end(),
                                      [](const auto& row) { return row.smoothed.has_value(); });
    const bool steps = std::any_of(reading.rows.begin(), reading.rows.end(),
                                   [&](const auto& row) { return row.point.step != head.point.step; });
    const bool bands = std::any_of(reading.rows.begin(), reading.rows.end(),
                                   [&](const auto& row) { return series[row.series].band != nullptr; });
    const auto baseline = std::find_if(reading.rows.begin(), reading.rows.end(),
                                       [&](const auto& row) { return series[row.series].baseline; });
    const bool deltas = baseline != reading.rows.end() && reading.rows.size() > 1;
    table.columns << QStringLiteral("Run, by value");
    if (smoothed)
        table.columns << QStringLiteral("Smoothed");
    table.columns << (smoothed ? QStringLiteral("Raw") : QStringLiteral("Value"));
    if (bands)
        table.columns << QStringLiteral("Spread") << QStringLiteral("n");
    if (steps)
        table.columns << QStringLiteral("Step");
    table.columns << (deltas ? QStringLiteral("Δ baseline") : QStringLiteral("Time"));

    const int decimals = decimalsFor(largestShown(reading.rows));
    const int total = static_cast<int>(reading.rows.size());
    const int place = stressed == reading.rows.end() ? 0 : static_cast<int>(stressed - reading.rows.begin());
    const int first = std::clamp(place - mostRows / 2, 0, std::max(total - mostRows, 0));
    const int last = std::min(first + mostRows, total);
    table.moreAbove = first;
    table.moreBelow = total - last;
    for (int index = first; index < last; ++index) {
        const CrosshairRow& row = reading.rows[static_cast<std::size_t>(index)];
        const LineSeries& one = series[row.series];
        TooltipTable::Row line{one.color,
                               one.dash,
                               one.name,
                               {},
                               index == place && stressed != reading.rows.end(),
                               !std::isfinite(row.shown()),
                               deltas && &row == &*baseline};
        if (smoothed)
            line.cells << (row.smoothed ? fixedText(*row.smoothed, decimals) : QString());
        line.cells << fixedText(row.point.value, decimals);
        if (bands)
            line.cells << spreadText(one.band, row.point.index, decimals)
                       << countText(one.band, row.point.index);
        if (steps)
            line.cells << groupedText(row.point.step);
        line.cells << (!deltas         ? timeText(row)
                       : line.baseline ? QStringLiteral("baseline")
                                       : deltaText(row.shown() - baseline->shown(), decimals));
        table.rows.push_back(std::move(line));
    }
    return table;
}

ChartTooltip::ChartTooltip(QWidget* window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(QStringLiteral("Values at the crosshair"));
    hide();
}

ChartTooltip::Layout ChartTooltip::layOut() const
{
    const Theme& theme = Theme::of(this);
    const QFontMetrics caption(theme.font(Theme::Text::Caption)), body(theme.font(Theme::Text::SmallStrong));
    Layout layout;
    int name = caption.horizontalAdvance(m_table.columns.value(0));
    for (const auto& row : m_table.rows)
        name = std::max(name, body.horizontalAdvance(row.name) + 2);
    layout.widths.push_back(std::clamp(name, kLeastName, kMostName));
    int width = 2 * kPadding + kSwatch + layout.widths[0];
    for (qsizetype column = 1; column < m_table.columns.size(); ++column) {
        int widest = caption.horizontalAdvance(m_table.columns[column]);
        for (const auto& row : m_table.rows)
            widest = std::max(widest, body.horizontalAdvance(row.cells.value(column - 1)));
        layout.widths.push_back(widest + kGap);
        width += widest + kGap;
    }
    const int head = QFontMetrics(theme.font(Theme::Text::BodyStrong)).horizontalAdvance(m_table.title) + 12 +
                     QFontMetrics(theme.font(Theme::Text::Small)).horizontalAdvance(m_table.subtitle) +
                     2 * kPadding + kPinSize + 8;
    const int lines = static_cast<int>(m_table.rows.size()) + 1 + (m_table.footer().isEmpty() ? 0 : 1);
    if (head > width) {
        layout.widths[0] += head - width;
        width = head;
    }
    layout.size = QSize(width, kHeadHeight + lines * kRowHeight + 8);
    return layout;
}

void ChartTooltip::showTable(TooltipTable table, QPoint anchor)
{
    m_table = std::move(table);
    setAccessibleDescription(m_table.toText());
    const int shadow = Theme::of(this).length("popup.shadowBlur");
    const QSize box = layOut().size;
    const QSize room = parentWidget()->size();
    int x = anchor.x() + kDistance;
    if (x + box.width() > room.width() - 4)
        x = anchor.x() - kDistance - box.width();
    const int y = anchor.y() - box.height() / 3;
    const QPoint corner(std::clamp(x, 4, std::max(4, room.width() - box.width() - 4)),
                        std::clamp(y, 4, std::max(4, room.height() - box.height() - 4)));
    setGeometry(QRect(corner, box).adjusted(-shadow, -shadow, shadow, shadow));
    raise();
    show();
    update();
}

void ChartTooltip::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const int shadow = theme.length("popup.shadowBlur");
    const QRect box = rect().adjusted(shadow, shadow, -shadow, -shadow);
    const Layout layout = layOut();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintShadow(painter, box);
    painter.setPen(QPen(theme.color("border.hairline"), 1));
    painter.setBrush(theme.color("bg.popup"));
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), theme.number("radius.popup"),
                            theme.number("radius.popup"));
    paintHead(painter, box);

    QRect line(box.left(), box.top() + kHeadHeight, box.width(), kRowHeight);
    painter.setFont(theme.font(Theme::Text::Caption));
    painter.setPen(theme.color("text.muted"));
    int x = line.left() + kPadding + kSwatch;
    for (qsizetype column = 0; column < m_table.columns.size(); ++column) {
        const int width = layout.widths[static_cast<std::size_t>(column)];
        painter.drawText(QRect(x, line.top(), width, kRowHeight),
                         (column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter,
                         m_table.columns[column]);
        x += width;
    }
    for (const auto& row : m_table.rows) {
        line.translate(0, kRowHeight);
        paintRow(painter, line, layout, row);
    }
    line.translate(0, kRowHeight);
    painter.setFont(theme.font(Theme::Text::Caption));
    painter.setPen(theme.color("text.muted"));
    painter.drawText(line.adjusted(kPadding + kSwatch, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     m_table.footer());
}

void ChartTooltip::paintShadow(QPainter& painter, QRect box) const
{
    const Theme& theme = Theme::of(this);
    const int blur = theme.length("popup.shadowBlur"), down = theme.length("popup.shadowY");
    const double strength =
        theme.number(theme.isDark() ? "popup.shadowOpacityDark" : "popup.shadowOpacityLight");
    painter.setPen(Qt::NoPen);
    // Rings of equal strength pile up to a soft edge.
    for (int ring = blur; ring > 0; ring -= 2) {
        painter.setBrush(QColor::fromRgbF(
            0, 0, 0, static_cast<float>(strength * 2 / blur * (1 - static_cast<double>(ring) / (blur + 2)))));
        const double radius = theme.number("radius.popup") + ring;
        painter.drawRoundedRect(QRectF(box).adjusted(-ring, -ring + down, ring, std::min(ring + down, blur)),
                                radius, radius);
    }
}

void ChartTooltip::paintHead(QPainter& painter, QRect box) const
{
    const Theme& theme = Theme::of(this);
    const QRect line(box.left() + kPadding, box.top() + 2, box.width() - 2 * kPadding, kHeadHeight - 2);
    painter.setFont(theme.font(Theme::Text::BodyStrong));
    painter.setPen(theme.color("text"));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_table.title);
    const int used = QFontMetrics(painter.font()).horizontalAdvance(m_table.title) + 10;
    painter.setFont(theme.font(Theme::Text::Small));
    painter.setPen(theme.color("text.muted"));
    painter.drawText(line.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_table.subtitle);
    const QRect pin(line.right() - kPinSize, line.top(), kPinSize, line.height());
    theme.drawIcon(&painter, pin, QStringLiteral("pin"), kPinSize,
                   theme.color(m_table.pinned ? "accent.text" : "text.muted"));
}

void ChartTooltip::paintRow(QPainter& painter, QRect line, const Layout& layout,
                            const TooltipTable::Row& row) const
{
    const Theme& theme = Theme::of(this);
    if (row.stressed || row.baseline)
        painter.fillRect(line.adjusted(1, 0, -1, 0), theme.color("bg.3"));
    QPen pen(row.color, 2, Qt::SolidLine, Qt::FlatCap);
    if (!row.dash.isEmpty())
        pen.setDashPattern(row.dash);
    painter.setPen(pen);
    const int middle = line.center().y();
    painter.drawLine(line.left() + kPadding, middle, line.left() + kPadding + kSwatch - 8, middle);

    painter.setFont(theme.font(row.stressed || row.baseline ? Theme::Text::SmallStrong : Theme::Text::Small));
    painter.setPen(theme.color("text"));
    int x = line.left() + kPadding + kSwatch;
    const QString name = painter.fontMetrics().elidedText(row.name, Qt::ElideMiddle, layout.widths[0]);
    painter.drawText(QRect(x, line.top(), layout.widths[0], line.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     name);
    x += layout.widths[0];
    for (qsizetype cell = 0; cell < row.cells.size(); ++cell) {
        const int width = layout.widths[static_cast<std::size_t>(cell) + 1];
        painter.setPen(theme.color(cell > 0 ? "text.muted" : row.odd ? "chart.nonFinite" : "text"));
        painter.drawText(QRect(x, line.top(), width, line.height()), Qt::AlignRight | Qt::AlignVCenter,
                         row.cells[cell]);
        x += width;
    }
}

} // namespace sextant
