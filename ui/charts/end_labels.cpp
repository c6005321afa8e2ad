#include "ui/charts/end_labels.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

constexpr double kGap = 6, kSwatch = 15, kTextGap = 5;
constexpr double kWidest = 110;

/// The last finite value that can be seen.
std::optional<double> lastShown(const LineSeries& one, double x)
{
    const CurvePtr& curve = one.line();
    for (std::size_t index = curve ? curve->upperBound(x) : 0; index-- > 0;)
        if (std::isfinite(curve->value(index)))
            return curve->value(index);
    return std::nullopt;
}

} // namespace

int endLabelRoom(const std::vector<LineSeries>& series, const QFontMetricsF& metrics)
{
    double widest = 0;
    for (const LineSeries& one : series)
        if (!one.endLabel.isEmpty())
            widest = std::max(widest, std::min(metrics.horizontalAdvance(one.endLabel), kWidest));
    return widest > 0 ? static_cast<int>(std::ceil(widest + kGap + kSwatch + 2 * kTextGap)) : 0;
}

std::vector<EndLabel> placeEndLabels(const std::vector<LineSeries>& series, const PlotFrame& frame,
                                     double lineHeight)
{
    std::vector<EndLabel> labels;
    for (std::size_t index = 0; index < series.size(); ++index) {
        const auto value =
            series[index].endLabel.isEmpty() ? std::nullopt : lastShown(series[index], frame.x.range().high);
        if (value)
            labels.push_back({index, frame.y.toPixel(*value)});
    }
    std::stable_sort(labels.begin(), labels.end(), [](const auto& a, const auto& b) { return a.y < b.y; });
    const double half = lineHeight / 2, top = frame.plot.top() - half / 2,
                 bottom = frame.plot.top() + frame.plot.height() + half / 2;
    const auto fitting = static_cast<std::size_t>(std::max((bottom - top) / lineHeight, 1.0));
    if (labels.size() > fitting)
        labels.resize(fitting);
    double least = top + half;
    for (EndLabel& label : labels) {
        label.y = std::max(label.y, least);
        least = label.y + lineHeight;
    }
    double most = bottom - half;
    for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
        label->y = std::min(label->y, most);
        most = label->y - lineHeight;
    }
    return labels;
}

void paintEndLabels(QPainter& painter, const std::vector<LineSeries>& series, const PlotFrame& frame,
                    const QColor& textColor, double right)
{
    const QFontMetricsF metrics(painter.font());
    const double left = frame.plot.left() + frame.plot.width() + kGap;
    for (const EndLabel& label : placeEndLabels(series, frame, metrics.height())) {
        const LineSeries& one = series[label.series];
        QPen pen(one.color, 2, Qt::SolidLine, Qt::FlatCap);
        pen.setDashPattern(one.dash.isEmpty() ? QList<qreal>{100, 1} : one.dash);
        painter.setPen(pen);
        painter.drawLine(QPointF(left, label.y), QPointF(left + kSwatch, label.y));
        painter.setPen(textColor);
        const QRectF box(left + kSwatch + kTextGap, label.y - metrics.height() / 2,
                         right - left - kSwatch - kTextGap, metrics.height());
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(one.endLabel, Qt::ElideRight, box.width()));
    }
}

} // namespace sextant
