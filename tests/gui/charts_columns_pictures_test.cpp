// Draws every chart of columns in the situations that matter, in both themes and at two scales, and checks
// what can be checked in pixels. With SEXTANT_PICTURES=FOLDER the pictures are kept to be looked at.
#include "tests/gui/charts_columns_data.h"
#include "ui/charts/contour_chart.h"
#include "ui/charts/histogram_chart.h"
#include "ui/charts/parallel_chart.h"
#include "ui/charts/row_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/theme/theme_control.h"

#include <QBuffer>
#include <QDir>
#include <QPainter>
#include <QTest>
#include <QtSvg/QSvgGenerator>

namespace sextant {
namespace {

using namespace test;

class ChartsColumnsPicturesTest : public QObject
{
    Q_OBJECT

private slots:
    void situations_data();
    void situations();
    void vectorsKeepTheirShapes();
};

struct Situation
{
    std::unique_ptr<ChartCanvas> chart;
    QSize size{420, 280};
};

std::unique_ptr<ChartCanvas> scatter(const ChartTablePtr& table, int x, int y,
                                     const ScatterSettings& settings)
{
    auto chart = std::make_unique<ScatterChart>();
    chart->setData(table, x, y, settings);
    if (x > 0 && y > 0) // the first column is of categories
        chart->setFit(fitScatter(*table, x, y, settings));
    return chart;
}

std::unique_ptr<ParallelChart> parallel(const ChartTablePtr& table)
{
    auto chart = std::make_unique<ParallelChart>();
    chart->setData(table, {0, 1, 2, 3, 5, 4});
    return chart;
}

std::unique_ptr<ChartCanvas> rows(RowContentPtr content)
{
    auto chart = std::make_unique<RowChart>();
    chart->setContent(std::move(content));
    return chart;
}

std::unique_ptr<ChartCanvas> histogram(HistogramContentPtr content)
{
    auto chart = std::make_unique<HistogramChart>();
    chart->setContent(std::move(content));
    return chart;
}

std::unique_ptr<ChartCanvas> contour(ContourContentPtr content)
{
    auto chart = std::make_unique<ContourChart>();
    chart->setContent(std::move(content));
    return chart;
}

RowContentPtr importance()
{
    return importanceContent(
        {{QStringLiteral("lr"), 0.82, 0.05, -0.71, QStringLiteral("−0.71, p < 1e-15")},
         {QStringLiteral("optimizer"), 0.21, 0.04, kUndefined, QStringLiteral("categories")},
         {QStringLiteral("a.parameter.with.a.rather.long.name.indeed"), 0.06, 0.02, 0.12,
          QStringLiteral("0.12, p = 0.04")},
         {QStringLiteral("dropout"), -0.01, 0.01, 0.02, QStringLiteral("0.02, p = 0.8")}},
        QStringLiteral("random forest of 200 trees, out-of-bag R² 0.83, n = 300"));
}

ChartTablePtr gridTable()
{
    auto table = std::make_shared<ChartTable>();
    table->columns.resize(3);
    const char* names[] = {"lr", "batch_size", "val/loss"};
    for (std::size_t column = 0; column < 3; ++column)
        table->columns[column].name = QString::fromLatin1(names[column]);
    for (int x = 0; x < 7; ++x)
        for (int y = 0; y < 5; ++y) {
            table->rows.push_back(
                {QString::number(x), QStringLiteral("run %1 %2").arg(x).arg(y), Qt::blue, {}, -1});
            table->columns[0].values.push_back(std::pow(10, -4 + x * 0.5));
            table->columns[1].values.push_back(16 << y);
            table->columns[2].values.push_back(2 + 0.1 * std::pow(x - 3.2, 2) + 0.07 * std::pow(y - 2, 2));
        }
    return table;
}

Situation situation(const QString& name)
{
    Situation one;
    if (name == QLatin1String("parallel-few")) {
        auto chart = parallel(searchTable(12, false));
        chart->setBrush(5, BrushSpan{0, 0.4});
        one = {std::move(chart), {1000, 250}};
    } else if (name == QLatin1String("parallel-odd")) {
        auto chart = parallel(searchTable(300));
        chart->setColors(ParallelChart::Colors::ByLastAxis);
        one = {std::move(chart), {1000, 300}};
    } else if (name == QLatin1String("parallel-many")) {
        auto chart = parallel(searchTable(10'000));
        chart->setBrush(1, BrushSpan{0.5, 0.62});
        one = {std::move(chart), {1000, 300}};
    } else if (name == QLatin1String("scatter")) {
        one = {scatter(searchTable(300), 1, 4, {true, false, true, true}), {520, 340}};
    } else if (name == QLatin1String("scatter-many")) {
        one = {scatter(searchTable(100'000), 1, 4, {true, false, true, false}), {520, 340}};
    } else if (name == QLatin1String("scatter-category")) {
        one = {scatter(searchTable(200), 0, 4, {false, false, true, true}), {520, 340}};
    } else if (name == QLatin1String("scatter-categories")) {
        one = {scatter(searchTable(200), 0, 0, {false, false, true, true}), {520, 340}};
    } else if (name == QLatin1String("bars")) {
        one.chart = rows(barContent(*searchTable(30), 4, {}));
    } else if (name == QLatin1String("bars-groups")) {
        one.chart = rows(barContent(*searchTable(30), 4, {true, ErrorKind::Confidence, RowOrder::AsGiven}));
    } else if (name == QLatin1String("boxes")) {
        one.chart = rows(boxContent(*searchTable(100), 4, false));
    } else if (name == QLatin1String("counts")) {
        one.chart = rows(countContent(*searchTable(100), 0));
    } else if (name == QLatin1String("importance")) {
        one = {rows(importance()), {760, 220}};
    } else if (name == QLatin1String("histogram")) {
        one.chart = histogram(histogramOf(searchTable(2000), 4, false));
    } else if (name == QLatin1String("histogram-log")) {
        auto table = std::make_shared<ChartTable>(*searchTable(2000));
        table->groups.clear();
        one.chart = histogram(histogramOf(table, 1, true));
    } else if (name == QLatin1String("contour")) {
        one = {contour(contourOf(searchTable(250), 1, 2, 4, {true, true})), {520, 340}};
    } else if (name == QLatin1String("contour-grid")) {
        one = {contour(contourOf(gridTable(), 0, 1, 2, {true, true})), {520, 340}};
    }
    return one;
}

void ChartsColumnsPicturesTest::situations_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<double>("scale");
    for (const char* name : {"parallel-few", "parallel-odd", "parallel-many", "scatter", "scatter-many",
                             "scatter-category", "scatter-categories", "bars", "bars-groups", "boxes",
                             "counts", "importance", "histogram", "histogram-log", "contour", "contour-grid"})
        for (bool dark : {false, true})
            for (double scale : {1.0, 2.0})
                QTest::addRow("%s-%s-%g", name, dark ? "dark" : "light", scale)
                    << QString::fromLatin1(name) << dark << scale;
}

int pixelsUnlike(const QImage& image, const QColor& color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixel(x, y) != color.rgb();
    return count;
}

void ChartsColumnsPicturesTest::situations()
{
    QFETCH(QString, name);
    QFETCH(bool, dark);
    QFETCH(double, scale);
    ThemeControl control(dark ? ThemeControl::Choice::Dark : ThemeControl::Choice::Light,
                         Theme::Families::bundled());
    const Situation one = situation(name);
    const QImage image = one.chart->render(one.size, scale);
    QCOMPARE(image.size(), one.size * scale);
    // Something is drawn, on the ground of the theme, and not all over.
    const QColor ground = Theme::current().color("bg.1");
    QCOMPARE(image.pixelColor(0, 0), ground);
    const int drawn = pixelsUnlike(image, ground), all = image.width() * image.height();
    QVERIFY2(drawn > all / 50 && drawn < all * 9 / 10, qPrintable(QString::number(drawn)));
    QVERIFY(!one.chart->note().isEmpty());
    QVERIFY(one.chart->table().rows > 0);
    if (const QString folder = qEnvironmentVariable("SEXTANT_PICTURES"); !folder.isEmpty()) {
        QDir().mkpath(folder);
        QVERIFY(image.save(
            QStringLiteral("%1/chart-%2.png").arg(folder, QString::fromLatin1(QTest::currentDataTag()))));
    }
}

void ChartsColumnsPicturesTest::vectorsKeepTheirShapes()
{
    ThemeControl control(ThemeControl::Choice::Dark, Theme::Families::bundled());
    for (const char* name :
         {"parallel-few", "scatter", "bars-groups", "boxes", "histogram", "contour-grid"}) {
        const Situation one = situation(QString::fromLatin1(name));
        QByteArray bytes;
        QBuffer buffer(&bytes);
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(one.size);
        QPainter painter(&generator);
        const auto picture = one.chart->picture();
        QVERIFY(picture);
        picture->paint(painter, QRectF(QPointF(0, 0), one.size), ChartStyle::paper({}));
        painter.end();
        QVERIFY2(!bytes.contains("<image"), name); // shapes, not a raster
        QVERIFY2(bytes.contains("<text"), name);
        // Dark grounds have no place on paper.
        QVERIFY(!bytes.contains(Theme::current().color("bg.1").name().toUtf8()));
        QVERIFY(picture->dataAsCsv(false).count(QLatin1Char('\n')) > 1);
    }
}

} // namespace
} // namespace sextant

QTEST_MAIN(sextant::ChartsColumnsPicturesTest)
#include "charts_columns_pictures_test.moc"
