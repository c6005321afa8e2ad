// Figures in files: opened again, they are vector, of the size asked for, and hold their words.
// With SEXTANT_PICTURES=FOLDER the files are kept to be looked at.
#include "tests/gui/charts_data.h"
#include "ui/charts/export_dialog.h"
#include "ui/charts/line_figure.h"
#include "ui/charts/line_panel.h"
#include "ui/charts/line_paths.h"
#include "ui/theme/theme_control.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QMimeData>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

namespace sextant {
namespace {

using namespace test;

QByteArray contentOf(const QString& file)
{
    QFile device(file);
    return device.open(QIODevice::ReadOnly) ? device.readAll() : QByteArray();
}

/// Two groups as means with bands.
LineFigureSource groups(std::size_t points)
{
    LineFigureSource source;
    source.title = QStringLiteral("val/loss");
    source.settings.band = BandKind::Deviation;
    for (int group = 0; group < 3; ++group) {
        LineSeries mean;
        std::vector<CurvePtr> curves;
        for (int seed = 0; seed < 4; ++seed) {
            mean.hidden.push_back(makeSeries(group, QStringLiteral("g%1-s%2").arg(group).arg(seed),
                                             lossHistory(points, static_cast<unsigned>(10 * group + seed),
                                                         2.8 + 0.15 * group + 0.02 * seed, 10)));
            curves.push_back(mean.hidden.back().curve);
        }
        mean.band = *makeBand(curves, BandKind::Deviation);
        mean.curve = mean.band->mean;
        mean.name = QStringLiteral("lr = 1e-%1, n = 4").arg(group + 2);
        mean.color = Theme::current().series(group);
        mean.dash = Theme::current().dash(10 * group);
        source.series.push_back(std::move(mean));
    }
    return source;
}

LineFigureSource runs(int count, std::size_t points)
{
    LineFigureSource source;
    source.title = QStringLiteral("train/loss");
    source.series = lossSeries(count, points);
    return source;
}

class ChartsExportTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_theme = std::make_unique<ThemeControl>(ThemeControl::Choice::Light, Theme::Families::bundled());
    }
    void pdfIsVectorOfTheSize();
    void svgHoldsWordsAndLines();
    void pngHasItsDots();
    void longRunsStaySmall();
    void decimationKeepsExtremes();
    void paperIsTheSameInBothThemes();
    void unwritablePlaces();
    void sizesThatCantBe();
    void dataReadsBack();
    void everyPointOfHiddenRuns();
    void dialogWritesAndSaysWhatFails();
    void dialogKeepsSizesInBothUnits();
    void panelOffersIt();

private:
    QString place(const QString& name)
    {
        const QString folder = qEnvironmentVariable("SEXTANT_PICTURES");
        if (!folder.isEmpty())
            QDir().mkpath(folder);
        return (folder.isEmpty() ? m_folder.path() : folder) + QLatin1Char('/') + name;
    }
    std::unique_ptr<ThemeControl> m_theme;
    QTemporaryDir m_folder;
};

void ChartsExportTest::pdfIsVectorOfTheSize()
{
    const QString file = place(QStringLiteral("band.pdf"));
    QVERIFY(exportPicture(LineFigure(groups(500)), {}, file));
    const QByteArray pdf = contentOf(file);
    QVERIFY(pdf.startsWith("%PDF-1."));
    const auto box = QRegularExpression(QStringLiteral("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+)"))
                         .match(QString::fromLatin1(pdf));
    QVERIFY(box.hasMatch());
    QVERIFY(std::abs(box.captured(1).toDouble() - 85 / 25.4 * 72) < 1);
    QVERIFY(std::abs(box.captured(2).toDouble() - 60 / 25.4 * 72) < 1);
    QCOMPARE(pdf.count("/Type /Page\n"), 1);
    QVERIFY(pdf.contains("/FontFile2") || pdf.contains("/FontFile3") ||
            pdf.contains("/Type /Font")); // words are words
    QVERIFY(!pdf.contains("/Subtype /Image"));
    ExportOptions serif;
    serif.paper = {true, 9, 0.75};
    serif.millimetres = {170, 80};
    QVERIFY(exportPicture(LineFigure(runs(6, 2000)), serif, place(QStringLiteral("runs-serif.pdf"))));
}

void ChartsExportTest::svgHoldsWordsAndLines()
{
    const QString file = place(QStringLiteral("band.svg"));
    ExportOptions options;
    options.format = ExportFormat::Svg;
    QVERIFY(exportPicture(LineFigure(groups(500)), options, file));
    const QString svg = QString::fromUtf8(contentOf(file));
    QVERIFY(svg.contains(QStringLiteral("width=\"85mm\"")) &&
            svg.contains(QStringLiteral("height=\"60mm\"")));
    QVERIFY(svg.contains(QStringLiteral("val/loss")) && svg.contains(QStringLiteral("lr = 1e-2, n = 4")));
    QVERIFY(svg.contains(QStringLiteral("<polyline")) || svg.contains(QStringLiteral("<path")));
    QVERIFY(!svg.contains(QStringLiteral("<image")));
    QVERIFY(QSvgRenderer(file).isValid());
}

void ChartsExportTest::pngHasItsDots()
{
    ExportOptions options;
    options.format = ExportFormat::Png;
    options.dotsPerInch = 254;
    const QString file = place(QStringLiteral("band.png"));
    QVERIFY(exportPicture(LineFigure(groups(500)), options, file));
    const QImage image(file);
    QCOMPARE(image.size(), QSize(850, 600));
    QCOMPARE(image.dotsPerMeterX(), 10000);
    QCOMPARE(image.pixelColor(1, 1), QColor(Qt::white));
    options.onPaper = false;
    QVERIFY(exportPicture(LineFigure(runs(4, 300)), options, place(QStringLiteral("screen.png"))));
}

void ChartsExportTest::longRunsStaySmall()
{
    const QString file = place(QStringLiteral("long.pdf"));
    LineFigureSource source = runs(10, 10);
    for (unsigned run = 0; run < source.series.size(); ++run) {
        std::vector<double> values =
            noisyValues(200'000, run); // from 4 per column on, more of them add nothing
        for (std::size_t at = 999; at < values.size(); at += 10'000)
            values[at] = at % 3 == 0 ? kNaN : kInf;
        source.series[run].curve = makeSeries(0, {}, makeHistory(values)).curve;
    }
    QVERIFY(exportPicture(LineFigure(source), {}, file));
    QVERIFY2(QFileInfo(file).size() <= 200'000, qPrintable(QString::number(QFileInfo(file).size())));
}

void ChartsExportTest::decimationKeepsExtremes()
{
    std::vector<double> values = noisyValues(200'000, 5);
    values[77'777] = 90;
    values[123'456] = -70;
    values[150'000] = kNaN;
    const LineSeries one = makeSeries(0, QStringLiteral("spiky"), makeHistory(values));
    const PlotFrame frame = layOut({one}, {}, {}, {300, 200}, QFontMetricsF(QFont()));
    const int columns = columnsOf(frame);
    const auto pieces = linePaths(*one.curve, frame, columns);
    double top = 1e9, bottom = -1e9;
    std::size_t points = 0;
    for (const QPolygonF& piece : pieces) {
        points += static_cast<std::size_t>(piece.size());
        for (const QPointF& point : piece) {
            top = std::min(top, point.y());
            bottom = std::max(bottom, point.y());
        }
    }
    QVERIFY(std::abs(top - frame.y.toPixel(90)) <= 0.006); // a hundredth of a unit is the grain
    QVERIFY(std::abs(bottom - frame.y.toPixel(-70)) <= 0.006);
    QVERIFY(points < 5 * static_cast<std::size_t>(columns));
    QVERIFY(pieces.size() >= 2); // the NaN is a gap
}

void ChartsExportTest::paperIsTheSameInBothThemes()
{
    ExportOptions options;
    const LineFigureSource light = groups(200);
    const QImage first = exportImage(LineFigure(light), options, 150);
    m_theme.reset();
    m_theme = std::make_unique<ThemeControl>(ThemeControl::Choice::Dark, Theme::Families::bundled());
    const QImage second = exportImage(LineFigure(groups(200)), options, 150);
    m_theme.reset();
    m_theme = std::make_unique<ThemeControl>(ThemeControl::Choice::Light, Theme::Families::bundled());
    QCOMPARE(first, second);
}

void ChartsExportTest::unwritablePlaces()
{
    const LineFigure figure(runs(1, 10));
    for (const QString& file :
         {m_folder.filePath(QStringLiteral("no/such/folder/a.pdf")), m_folder.path(), QString()}) {
        const auto written = exportPicture(figure, {}, file);
        QVERIFY(!written);
        QVERIFY(
            QString::fromStdString(written.error().message).contains(QStringLiteral("could not be written")));
        QVERIFY(!written.error().hint.empty());
    }
}

void ChartsExportTest::sizesThatCantBe()
{
    const LineFigure figure(runs(1, 10));
    for (QSizeF size : {QSizeF(0, 60), QSizeF(85, 1e9), QSizeF(-4, 60)}) {
        ExportOptions options;
        options.millimetres = size;
        QCOMPARE(exportPicture(figure, options, place(QStringLiteral("never.pdf"))).error().code,
                 ErrorCode::InvalidArgument);
    }
    ExportOptions huge{ExportFormat::Png, {2000, 2000}, 1200};
    QVERIFY(!exportPicture(figure, huge, place(QStringLiteral("never.png"))));
    QVERIFY(!QFile::exists(place(QStringLiteral("never.png"))));
    // The smallest ones are drawn, whatever can be read of them; nothing and a single point too.
    ExportOptions tiny{ExportFormat::Png, {10, 10}, 100};
    QVERIFY(exportPicture(figure, tiny, place(QStringLiteral("tiny.png"))));
    QVERIFY(exportPicture(LineFigure({}), {}, place(QStringLiteral("empty.pdf"))));
    QVERIFY(exportPicture(LineFigure(runs(1, 1)), {}, place(QStringLiteral("point.pdf"))));
}

void ChartsExportTest::dataReadsBack()
{
    LineFigureSource source;
    source.series = {makeSeries(0, QStringLiteral("a, \"b\""),
                                makeHistory({0, 1, 2}, {10, 20, 30}, {0.1, kNaN, -kInf}),
                                {XAxis::Step, {SmoothingKind::RunningMean, 3}, kNoTime, 0})};
    source.window.x = AxisRange{1, 2};
    const LineFigure figure(std::move(source));
    const QStringList shown = figure.dataAsCsv(false).split(QLatin1Char('\n'));
    QCOMPARE(shown[0], QStringLiteral("name,run_id,x,step,timestamp,value,smoothed"));
    QCOMPARE(shown[1], QStringLiteral("\"a, \"\"b\"\"\",run0,1,1,20,NaN,NaN"));
    QCOMPARE(shown[2], QStringLiteral("\"a, \"\"b\"\"\",run0,2,2,30,-Infinity,-Infinity"));
    QCOMPARE(shown.size(), 4);
    QCOMPARE(figure.dataAsCsv(true).count(QLatin1Char('\n')), 4);
}

void ChartsExportTest::everyPointOfHiddenRuns()
{
    const LineFigure figure(groups(50));
    QCOMPARE(figure.dataAsCsv(false).count(QLatin1Char('\n')), 1 + 3 * 50);
    QCOMPARE(figure.dataAsCsv(true).count(QLatin1Char('\n')), 1 + 12 * 50);
    QVERIFY(figure.dataAsCsv(false).startsWith(
        QStringLiteral("name,run_id,x,step,timestamp,value,low,high,n\n")));
    QVERIFY(figure.note().contains(QStringLiteral("600 points")));
}

void ChartsExportTest::dialogWritesAndSaysWhatFails()
{
    ExportDialog dialog(std::make_shared<LineFigure>(groups(100)));
    dialog.show();
    dialog.writeTo(m_folder.filePath(QStringLiteral("none/of/this.pdf")));
    QVERIFY(dialog.isVisible());
    QVERIFY(dialog.problem().contains(QStringLiteral("could not be written")));
    if (const QString folder = qEnvironmentVariable("SEXTANT_PICTURES"); !folder.isEmpty())
        dialog.grab().save(folder + QStringLiteral("/dialog.png"));
    const QString file = m_folder.filePath(QStringLiteral("dialog.pdf"));
    dialog.writeTo(file);
    QVERIFY(!dialog.isVisible());
    QVERIFY(QFile::exists(file));
    dialog.copyToClipboard();
    const QMimeData* copied = QApplication::clipboard()->mimeData();
    QVERIFY(copied->hasImage());
    QVERIFY(copied->text().startsWith(QStringLiteral("name,run_id")));
}

void ChartsExportTest::dialogKeepsSizesInBothUnits()
{
    ExportDialog dialog(std::make_shared<LineFigure>(groups(100)));
    ExportOptions options{ExportFormat::Svg, {101.6, 50.8}, 600, true, {true, 10, 0.5}};
    dialog.setOptions(options);
    QCOMPARE(dialog.options(), options);
    auto* unit = dialog.findChildren<QComboBox*>().at(2);
    QCOMPARE(unit->accessibleName(), QStringLiteral("Unit"));
    unit->setCurrentIndex(1);
    QVERIFY(std::abs(dialog.options().millimetres.width() - 101.6) < 0.2);
    unit->setCurrentIndex(0);
    QVERIFY(std::abs(dialog.options().millimetres.height() - 50.8) < 0.2);
    for (QWidget* child : dialog.findChildren<QWidget*>())
        if (child->focusPolicy() != Qt::NoFocus && child->isEnabled() &&
            !qobject_cast<QAbstractButton*>(child) && !child->objectName().startsWith(QLatin1String("qt_")))
            QVERIFY2(!child->accessibleName().isEmpty(), child->metaObject()->className());
}

void ChartsExportTest::panelOffersIt()
{
    LinePanel panel(QStringLiteral("val/loss"));
    panel.setSeries(lossSeries(2, 100));
    QCOMPARE(panel.picture()->title(), QStringLiteral("val/loss"));
    const auto actions = panel.menu()->actions();
    QVERIFY(std::any_of(actions.begin(), actions.end(),
                        [](QAction* one) { return one->text() == QStringLiteral("Export…"); }));
    panel.openExport();
    QVERIFY(panel.findChild<ExportDialog*>());
    panel.findChild<ExportDialog*>()->close();
}

} // namespace
} // namespace sextant

QTEST_MAIN(sextant::ChartsExportTest)
#include "charts_export_test.moc"
