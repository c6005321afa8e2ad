// ExportDialog: a chart's way into a paper: format, size and style beside a preview, then a file or the
// clipboard. What goes wrong is said in the dialog. GUI thread only.
#pragma once

#include "ui/charts/export_file.h"

#include <QDialog>

#include <memory>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace sextant {

class ExportPreview;

class ExportDialog : public QDialog
{
    Q_OBJECT
public:
    ExportDialog(std::shared_ptr<const ChartPicture> picture, QWidget* parent = nullptr);

    ExportOptions options() const;
    void setOptions(const ExportOptions& options);

    /// Writes the chosen format; closes when that worked, else says why not.
    void writeTo(const QString& file);
    /// As an image, and as a table of what is shown for programs that take text.
    void copyToClipboard();
    QString problem() const;

private:
    QWidget* buildForm();
    QWidget* buildButtons();
    void chooseFile();
    void onChanged();
    void onPreset(int index);
    bool isData() const;

    std::shared_ptr<const ChartPicture> m_picture;
    ExportPreview* m_preview;
    QComboBox* m_format;
    QComboBox* m_preset;
    QDoubleSpinBox* m_width;
    QDoubleSpinBox* m_height;
    QComboBox* m_unit;
    QComboBox* m_style;
    QComboBox* m_font;
    QSpinBox* m_fontSize;
    QDoubleSpinBox* m_line;
    QSpinBox* m_resolution;
    QLabel* m_summary;
    QLabel* m_problem;
    bool m_quiet = false;
};

/// Shows the dialog; it deletes itself when closed.
ExportDialog* openExportDialog(std::shared_ptr<const ChartPicture> picture, QWidget* parent);

} // namespace sextant
