#include "ui/charts/export_file.h"

#include <QBuffer>
#include <QFileInfo>
#include <QFontInfo>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>

namespace sextant {
namespace {

constexpr int kPageResolution = 1200; // of PDF, an inch
constexpr int kDrawResolution = 2540; // of SVG: a hundredth of a millimetre
constexpr double kMostPixels = 2e8;

double unitsPerInch(const ExportOptions& options)
{
    return options.onPaper ? 72 : 96;
}

void paintScaled(const ChartPicture& picture, const ExportOptions& options, QPainter& painter,
                 double resolution)
{
    const double scale = resolution / unitsPerInch(options);
    painter.scale(scale, scale);
    picture.paint(painter, QRectF({0, 0}, exportArea(options)), exportStyle(options));
}

bool writePdf(const ChartPicture& picture, const ExportOptions& options, QIODevice& device)
{
    QPdfWriter writer(&device);
    writer.setTitle(picture.title());
    writer.setCreator(QStringLiteral("Sextant"));
    writer.setResolution(kPageResolution);
    writer.setPageLayout(
        QPageLayout(QPageSize(options.millimetres, QPageSize::Millimeter, {}, QPageSize::ExactMatch),
                    QPageLayout::Portrait, {}));
    QPainter painter;
    if (!painter.begin(&writer))
        return false;
    paintScaled(picture, options, painter, kPageResolution);
    return painter.end();
}

bool writeSvg(const ChartPicture& picture, const ExportOptions& options, QIODevice& device)
{
    QSvgGenerator generator;
    generator.setOutputDevice(&device);
    generator.setTitle(picture.title());
    generator.setDescription(picture.note());
    generator.setResolution(kDrawResolution);
    const QSize size = (options.millimetres * kDrawResolution / kMillimetresPerInch).toSize();
    generator.setSize(size);
    generator.setViewBox(QRect({0, 0}, size));
    QPainter painter;
    if (!painter.begin(&generator))
        return false;
    paintScaled(picture, options, painter, kDrawResolution);
    return painter.end();
}

tl::unexpected<Error> notWritten(const QSaveFile& device, const QString& file)
{
    const bool denied =
        device.error() == QFileDevice::PermissionsError || device.error() == QFileDevice::OpenError;
    return fail(denied ? ErrorCode::PermissionDenied : ErrorCode::Io,
                "The file " + file.toStdString() + " could not be written",
                "Choose a folder that you may write to", device.errorString().toStdString());
}

Result<void> save(const QByteArray& bytes, const QString& file)
{
    QSaveFile device(file);
    if (!device.open(QIODevice::WriteOnly))
        return notWritten(device, file);
    if (device.write(bytes) != bytes.size() || !device.commit())
        return notWritten(device, file);
    return {};
}

bool fits(double side)
{
    return side >= kLeastExport && side <= kMostExport;
}

} // namespace

std::optional<ExportFormat> exportFormatOf(const QString& file)
{
    for (ExportFormat format : {ExportFormat::Pdf, ExportFormat::Svg, ExportFormat::Png})
        if (QFileInfo(file).suffix().compare(exportSuffix(format), Qt::CaseInsensitive) == 0)
            return format;
    return std::nullopt;
}

QString exportName(ExportFormat format)
{
    return exportSuffix(format).toUpper();
}

QString exportSuffix(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Pdf:
        return QStringLiteral("pdf");
    case ExportFormat::Svg:
        return QStringLiteral("svg");
    case ExportFormat::Png:
        break;
    }
    return QStringLiteral("png");
}

QSizeF exportArea(const ExportOptions& options)
{
    return options.millimetres / kMillimetresPerInch * unitsPerInch(options);
}

ChartStyle exportStyle(const ExportOptions& options)
{
    if (options.onPaper)
        return ChartStyle::paper(options.paper);
    ChartStyle style = ChartStyle::screen(Theme::current());
    for (QFont* font :
         {&style.font, &style.strongFont}) // in the painter's unit, whatever the device's resolution
        font->setPixelSize(QFontInfo(*font).pixelSize());
    return style;
}

QImage exportImage(const ChartPicture& picture, const ExportOptions& options, double dotsPerInch)
{
    const QSize size = (options.millimetres / kMillimetresPerInch * dotsPerInch).toSize().expandedTo({1, 1});
    QImage image(size, QImage::Format_RGB32);
    image.setDotsPerMeterX(static_cast<int>(std::lround(dotsPerInch / kMillimetresPerInch * 1000)));
    image.setDotsPerMeterY(image.dotsPerMeterX());
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintScaled(picture, options, painter, dotsPerInch);
    return image;
}

Result<QByteArray> exportBytes(const ChartPicture& picture, const ExportOptions& options)
{
    const QSizeF size = options.millimetres;
    const double pixels =
        size.width() * size.height() * std::pow(options.dotsPerInch / kMillimetresPerInch, 2);
    if (!fits(size.width()) || !fits(size.height()))
        return fail(ErrorCode::InvalidArgument,
                    "The size of the figure must lie between 10 and 2,000 mm a side",
                    "Try 85 x 60 mm, a column of a paper");
    if (options.format == ExportFormat::Png && (options.dotsPerInch < 20 || !(pixels <= kMostPixels)))
        return fail(ErrorCode::InvalidArgument, "The image would have too many or too few pixels",
                    "Choose 20 dots per inch or more and at most 200 million pixels");
    QBuffer device;
    device.open(QIODevice::WriteOnly);
    bool drawn = false;
    switch (options.format) {
    case ExportFormat::Pdf:
        drawn = writePdf(picture, options, device);
        break;
    case ExportFormat::Svg:
        drawn = writeSvg(picture, options, device);
        break;
    case ExportFormat::Png:
        drawn = exportImage(picture, options, options.dotsPerInch).save(&device, "PNG");
        break;
    }
    if (!drawn)
        return fail(ErrorCode::Io, "The figure could not be drawn", "Try a smaller one");
    return device.data();
}

Result<void> exportPicture(const ChartPicture& picture, const ExportOptions& options, const QString& file)
{
    SEXTANT_TRY(const QByteArray bytes, exportBytes(picture, options));
    return save(bytes, file);
}

Result<void> exportText(const QString& text, const QString& file)
{
    return save(text.toUtf8(), file);
}

} // namespace sextant
