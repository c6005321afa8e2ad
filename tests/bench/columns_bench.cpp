// Budgets of charts of columns: how long brushing 10,000 runs and drawing 100,000 dots hold the GUI thread at
// most, and what the drawing costs beside QPainter doing the same. Prints a line each; exits 1 when one is
// broken.
#include "tests/bench/measure.h"
#include "tests/gui/charts_columns_data.h"
#include "ui/charts/contour_chart.h"
#include "ui/charts/parallel_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/theme/theme_control.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>

#include <iostream>

namespace sextant {
namespace {

constexpr QSize kSize{1160, 640};
constexpr double kSliceLimit = 50; // ms

bench::Budgets g_budgets;

/// The longest that one look at the event loop takes until the chart is up to date, and all of them together.
struct Slices
{
    double longest = 0, total = 0;

    template <class Work>
    void add(const Work& work)
    {
        const double time = bench::timed(work);
        longest = std::max(longest, time);
        total += time;
    }
    void finish(ChartCanvas& chart)
    {
        while (!chart.isFinished())
            add([] { QApplication::processEvents(); });
    }
};

/// The same lines as paths, the plain way.
double pathsByPainter(ParallelChart& chart, const ChartTable& table, const std::vector<int>& rows)
{
    QImage image(kSize, QImage::Format_RGB32);
    return bench::timed([&] {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        for (int row : rows) {
            QPainterPath path;
            for (int axis = 0; axis < chart.axisCount(); ++axis) {
                const QPointF to = chart.placeAt(
                    axis, static_cast<double>(chart.axis(axis).shareOf(static_cast<std::size_t>(row))));
                if (axis == 0) {
                    path.moveTo(to);
                    continue;
                }
                const QPointF from = path.currentPosition(), third((to.x() - from.x()) / 3, 0);
                path.cubicTo(from + third, to - third, to);
            }
            painter.setPen(QPen(table.rows[static_cast<std::size_t>(row)].color, 1));
            painter.drawPath(path);
        }
    });
}

void brushing()
{
    const ChartTablePtr table = test::searchTable(10'000);
    ParallelChart chart;
    chart.resize(kSize);
    chart.show();
    Slices opening, moving;
    opening.add([&] { chart.setData(table, {0, 1, 2, 3, 5, 4}); });
    opening.add([&] { chart.repaint(); });
    opening.finish(chart);
    // A brush drawn over half of an axis, a step for each move of the mouse.
    constexpr int kMoves = 30;
    for (int move = 1; move <= kMoves; ++move) {
        moving.add([&] { chart.setBrush(4, BrushSpan{0.2, 0.2 + 0.5 * move / kMoves}); });
        moving.add([&] { QApplication::processEvents(); });
    }
    moving.finish(chart);
    g_budgets.atMost("B20", "10,000 runs in parallel, opening: longest slice", opening.longest, kSliceLimit,
                     "ms", "");
    g_budgets.atMost("B20", "10,000 runs in parallel, brushing: longest slice", moving.longest, kSliceLimit,
                     "ms", std::to_string(chart.rowsInside().size()) + " inside");

    Slices once;
    once.add([&] { chart.setBrush(4, BrushSpan{0.2, 0.8}); });
    once.add([&] { chart.repaint(); });
    once.finish(chart);
    const double painter = pathsByPainter(chart, *table, chart.rowsInside());
    // No bar: QPainter draws its paths at once, ours can be stopped between any two lines.
    std::cout << "     a brushed picture takes " << once.total / painter << " of QPainter's paths\n";
}

void dots()
{
    const ChartTablePtr table = test::searchTable(100'000);
    ScatterChart chart;
    chart.resize(kSize);
    chart.show();
    Slices opening;
    opening.add([&] { chart.setData(table, 1, 4, {true}); });
    opening.add([&] { chart.repaint(); });
    opening.finish(chart);
    Slices hovering;
    for (int place = 0; place < 100; ++place)
        hovering.add([&] { chart.rowNear(QPointF(10 * place, 5 * place)); });
    QImage image(kSize, QImage::Format_RGB32);
    const double painter = bench::timed([&] {
        QPainter by(&image);
        by.setRenderHint(QPainter::Antialiasing);
        by.setPen(Qt::NoPen);
        for (int row = 0; row < 100'000; ++row) {
            by.setBrush(table->rows[static_cast<std::size_t>(row)].color);
            by.drawEllipse(QPointF(row % kSize.width(), row / kSize.width() * 7), 2.1, 2.1);
        }
    });
    g_budgets.atMost("B21", "100,000 dots: longest slice", opening.longest, kSliceLimit, "ms", "");
    g_budgets.atMost("B21", "100,000 dots against QPainter's ellipses", opening.total / painter, 0.7,
                     "of its time", bench::milliseconds(opening.total, painter));
    g_budgets.atMost("B21", "nearest of 100,000 dots", hovering.total / 100, 5, "ms", "mean of 100");
}

void contours()
{
    const ChartTablePtr table = test::searchTable(10'000, false);
    ContourContentPtr content;
    const double made = bench::timed([&] { content = contourOf(table, 1, 5, 4, {true, false}); });
    ContourChart chart;
    chart.resize(kSize);
    chart.show();
    Slices opening;
    opening.add([&] { chart.setContent(content); });
    opening.add([&] { chart.repaint(); });
    opening.finish(chart);
    g_budgets.atMost("B22", "contour of 10,000 runs: longest slice", opening.longest, kSliceLimit, "ms",
                     std::to_string(content->triangles.size()) + " triangles, made in a job in " +
                         std::to_string(static_cast<int>(made)) + " ms");
}

} // namespace
} // namespace sextant

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const sextant::ThemeControl theme(sextant::ThemeControl::Choice::Light);
    sextant::brushing();
    sextant::dots();
    sextant::contours();
    return sextant::g_budgets.exitCode();
}
