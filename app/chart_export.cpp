// Drawing the figure of `sextant charts export`, without a display and with the bundled fonts.
#include "app/composition.h"
#include "app/gui.h"

#include "ui/charts/export_file.h"
#include "ui/charts/line_figure.h"
#include "ui/theme/theme_control.h"

#include <QApplication>

namespace sextant {

namespace {

LineSeries seriesOf(const cli::ChartRequest::Line& line, const Theme& theme)
{
    LineSeries one;
    one.runId = QString::fromStdString(line.runId);
    one.name = QString::fromStdString(line.name);
    one.color = theme.series(line.color);
    one.dash = theme.dash(line.dash * 10);
    one.curve = line.curve.raw;
    one.smoothed = line.curve.smoothed;
    one.band = line.band;
    one.member = line.member;
    for (const auto& hidden : line.hidden)
        one.hidden.push_back(seriesOf(hidden, theme));
    return one;
}

Result<LineFigureSource> sourceOf(const cli::ChartRequest& request, const Theme& theme)
{
    LineFigureSource source;
    source.title = QString::fromStdString(request.title);
    source.settings.xAxis = request.axis;
    source.settings.xMetric = request.xMetric;
    source.settings.logY = request.logY;
    source.settings.smoothing = request.smoothing;
    source.settings.band = request.band;
    source.settings.showMembers = request.showMembers;
    std::vector<CurvePtr> curves;
    for (const auto& line : request.lines) {
        source.series.push_back(seriesOf(line, theme));
        curves.push_back(line.curve.raw);
    }
    if (request.clipOutliers) {
        SEXTANT_TRY(auto clip, clipRange(curves, {0.01, 0.25, request.logY}));
        if (clip.clips())
            source.clip = AxisRange{clip.low, clip.high};
    }
    return source;
}

} // namespace

Result<std::string> exportChart(const cli::ChartRequest& request)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext&, const QString&) {}); // of a screen nobody needs
    int argumentCount = 1;
    char name[] = "sextant";
    char* arguments[] = {name, nullptr};
    QApplication application(argumentCount, arguments);
    describeApplication();
    ThemeControl theme(ThemeControl::Choice::Light, Theme::Families::bundled());
    SEXTANT_TRY(auto source, sourceOf(request, Theme::current()));
    const LineFigure figure(std::move(source));
    if (request.format == "csv")
        return figure.dataAsCsv(request.everyPoint).toStdString();
    ExportOptions options;
    options.format = request.format == "pdf"   ? ExportFormat::Pdf
                     : request.format == "svg" ? ExportFormat::Svg
                                               : ExportFormat::Png;
    options.millimetres = {request.widthMm, request.heightMm};
    options.dotsPerInch = request.dotsPerInch;
    options.onPaper = request.onPaper;
    options.paper = {request.serif, request.fontSize, request.lineWidth};
    SEXTANT_TRY(const auto bytes, exportBytes(figure, options));
    return bytes.toStdString();
}

} // namespace sextant
