// Writing a chart's picture into a file: PNG, SVG or PDF, at a size of paper.
#pragma once

#include "core/base/error.h"
#include "ui/charts/chart_picture.h"
#include "ui/charts/chart_style.h"

#include <QImage>
#include <QSizeF>

namespace sextant {

enum class ExportFormat { Pdf, Svg, Png };

struct ExportOptions
{
    ExportFormat format = ExportFormat::Pdf;
    QSizeF millimetres{85, 60}; // one column of a paper
    int dotsPerInch = 300;      // of PNG
    bool onPaper = true;        // else as on the screen, in its theme
    PaperOptions paper;
    bool operator==(const ExportOptions&) const = default;
};

inline constexpr double kLeastExport = 10, kMostExport = 2000; // millimetres a side
inline constexpr double kMillimetresPerInch = 25.4;

/// By the ending of a file's name.
std::optional<ExportFormat> exportFormatOf(const QString& file);
/// "PDF", "pdf".
QString exportName(ExportFormat format);
QString exportSuffix(ExportFormat format);

/// The picture's area in its own units, points of paper or pixels of a screen (96 to an inch).
QSizeF exportArea(const ExportOptions& options);
ChartStyle exportStyle(const ExportOptions& options);

QImage exportImage(const ChartPicture& picture, const ExportOptions& options, double dotsPerInch);

/// The content of a file. Error: InvalidArgument for a size that can't be.
Result<QByteArray> exportBytes(const ChartPicture& picture, const ExportOptions& options);

/// Writes the whole file or nothing. Errors: as above, Io and PermissionDenied.
Result<void> exportPicture(const ChartPicture& picture, const ExportOptions& options, const QString& file);

/// The same for text.
Result<void> exportText(const QString& text, const QString& file);

} // namespace sextant
