#include "ui/charts/export_dialog.h"

#include "ui/theme/control_role.h"
#include "ui/widgets/label.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace sextant {
namespace {

enum Format { Pdf, Svg, Png, ShownData, AllData };

struct Preset
{
    const char* name;
    QSizeF millimetres;
};
constexpr double kColumn = 85, kPage = 170;
const Preset kPresets[] = {{"One column", {kColumn, 60}},
                           {"Two columns", {kPage, 80}},
                           {"Square", {kColumn, kColumn}},
                           {"Slide, 16:9", {254, 143}}};

/// A sheet that shows the figure as large as it fits.
constexpr int kMargin = 16;

} // namespace

class ExportPreview : public QWidget
{
public:
    explicit ExportPreview(std::shared_ptr<const ChartPicture> picture, QWidget* parent)
        : QWidget(parent), m_picture(std::move(picture))
    {
        setMinimumSize(420, 300);
        setAccessibleName(QStringLiteral("Preview of the figure"));
    }

    void show(const ExportOptions& options)
    {
        m_options = options;
        m_image = {};
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Theme& theme = Theme::of(this);
        painter.fillRect(rect(), theme.color("bg.3"));
        const QSizeF room = size() - QSize(2 * kMargin, 2 * kMargin);
        const QSizeF shown = m_options.millimetres.scaled(room, Qt::KeepAspectRatio);
        const double ratio = devicePixelRatioF();
        if (m_image.isNull() || m_image.devicePixelRatio() != ratio || m_drawnFor != shown) {
            const double inches = m_options.millimetres.width() / kMillimetresPerInch;
            m_image = exportImage(*m_picture, m_options, shown.width() * ratio / inches);
            m_image.setDevicePixelRatio(ratio);
            m_drawnFor = shown;
        }
        const QPointF corner((width() - shown.width()) / 2, (height() - shown.height()) / 2);
        painter.drawImage(corner, m_image);
        painter.setPen(QPen(theme.color("border.hairline"), 1));
        painter.drawRect(QRectF(corner, shown));
    }
    void resizeEvent(QResizeEvent*) override { m_image = {}; }

private:
    std::shared_ptr<const ChartPicture> m_picture;
    ExportOptions m_options;
    QImage m_image;
    QSizeF m_drawnFor;
};

ExportDialog::ExportDialog(std::shared_ptr<const ChartPicture> picture, QWidget* parent)
    : QDialog(parent), m_picture(std::move(picture)), m_preview(new ExportPreview(m_picture, this))
{
    setWindowTitle(QStringLiteral("Export %1").arg(m_picture->title()));
    auto* layout = new QVBoxLayout(this);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(16);
    upper->addWidget(m_preview, 1);
    upper->addWidget(buildForm());
    layout->addLayout(upper, 1);
    m_problem = new TextLabel({}, Theme::Text::Small, "error.fg", this);
    m_problem->setWordWrap(true);
    m_problem->hide();
    layout->addWidget(m_problem);
    layout->addWidget(buildButtons());
    setOptions({});
    resize(820, 460);
}

QWidget* ExportDialog::buildForm()
{
    auto* form = new QWidget(this);
    form->setFixedWidth(280);
    auto* layout = new QFormLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto combo = [&](const QStringList& items, const QString& name) {
        auto* made = new QComboBox(form);
        made->addItems(items);
        made->setAccessibleName(name);
        layout->addRow(name, made);
        connect(made, &QComboBox::currentIndexChanged, this, &ExportDialog::onChanged);
        return made;
    };
    const auto number = [&](double least, double most, double step, const QString& name) {
        auto* made = new QDoubleSpinBox(form);
        made->setRange(least, most);
        made->setSingleStep(step);
        made->setAccessibleName(name);
        layout->addRow(name, made);
        connect(made, &QDoubleSpinBox::valueChanged, this, &ExportDialog::onChanged);
        return made;
    };
    m_format = combo({QStringLiteral("PDF"), QStringLiteral("SVG"), QStringLiteral("PNG"),
                      QStringLiteral("CSV, as shown"), QStringLiteral("CSV, every point")},
                     QStringLiteral("Format"));
    QStringList presets;
    for (const Preset& preset : kPresets)
        presets << QString::fromLatin1(preset.name);
    m_preset = combo(presets << QStringLiteral("Other"), QStringLiteral("Size"));
    connect(m_preset, &QComboBox::activated, this, &ExportDialog::onPreset);
    m_unit = combo({QStringLiteral("mm"), QStringLiteral("in")}, QStringLiteral("Unit"));
    m_width = number(kLeastExport, kMostExport, 1, QStringLiteral("Width"));
    m_height = number(kLeastExport, kMostExport, 1, QStringLiteral("Height"));
    m_style =
        combo({QStringLiteral("Paper, white"), QStringLiteral("As on the screen")}, QStringLiteral("Style"));
    m_font = combo({QStringLiteral("Sans"), QStringLiteral("Serif")}, QStringLiteral("Font"));
    m_fontSize = new QSpinBox(form);
    m_fontSize->setRange(4, 24);
    m_fontSize->setSuffix(QStringLiteral(" pt"));
    m_fontSize->setAccessibleName(QStringLiteral("Font size"));
    layout->addRow(QStringLiteral("Font size"), m_fontSize);
    m_line = number(0.25, 5, 0.25, QStringLiteral("Line width"));
    m_line->setSuffix(QStringLiteral(" pt"));
    m_resolution = new QSpinBox(form);
    m_resolution->setRange(72, 1200);
    m_resolution->setSuffix(QStringLiteral(" dpi"));
    m_resolution->setAccessibleName(QStringLiteral("Resolution"));
    layout->addRow(QStringLiteral("Resolution"), m_resolution);
    m_summary = new TextLabel({}, Theme::Text::Small, "text.muted", form);
    m_summary->setWordWrap(true);
    layout->addRow(m_summary);
    for (QSpinBox* box : {m_fontSize, m_resolution})
        connect(box, &QSpinBox::valueChanged, this, &ExportDialog::onChanged);
    connect(m_unit, &QComboBox::currentIndexChanged, this, [this] { setOptions(options()); });
    return form;
}

QWidget* ExportDialog::buildButtons()
{
    auto* buttons = new QWidget(this);
    auto* layout = new QHBoxLayout(buttons);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* copy = new QPushButton(QStringLiteral("Copy to clipboard"), buttons);
    auto* cancel = new QPushButton(QStringLiteral("Cancel"), buttons);
    auto* write = new QPushButton(QStringLiteral("Export…"), buttons);
    setControlRole(write, ControlRole::Primary);
    write->setDefault(true);
    connect(copy, &QPushButton::clicked, this, &ExportDialog::copyToClipboard);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(write, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    layout->addWidget(copy);
    layout->addStretch();
    layout->addWidget(cancel);
    layout->addWidget(write);
    return buttons;
}

bool ExportDialog::isData() const
{
    return m_format->currentIndex() >= ShownData;
}

ExportOptions ExportDialog::options() const
{
    ExportOptions options;
    options.format = static_cast<ExportFormat>(std::min(m_format->currentIndex(), int(Png)));
    const double unit = m_width->suffix() == QStringLiteral(" in") ? kMillimetresPerInch : 1;
    options.millimetres = QSizeF(m_width->value(), m_height->value()) * unit;
    options.dotsPerInch = m_resolution->value();
    options.onPaper = m_style->currentIndex() == 0;
    options.paper = {m_font->currentIndex() == 1, m_fontSize->value(), m_line->value()};
    return options;
}

void ExportDialog::setOptions(const ExportOptions& options)
{
    m_quiet = true;
    const bool inches = m_unit->currentIndex() == 1;
    const double unit = inches ? kMillimetresPerInch : 1;
    const QSizeF size = options.millimetres;
    for (auto [box, side] : {std::pair(m_width, size.width()), std::pair(m_height, size.height())}) {
        box->setSuffix(inches ? QStringLiteral(" in") : QStringLiteral(" mm"));
        box->setDecimals(inches ? 2 : 1);
        box->setRange(kLeastExport / unit, kMostExport / unit);
        box->setSingleStep(inches ? 0.1 : 1);
        box->setValue(side / unit);
    }
    if (!isData())
        m_format->setCurrentIndex(static_cast<int>(options.format));
    m_resolution->setValue(options.dotsPerInch);
    m_style->setCurrentIndex(options.onPaper ? 0 : 1);
    m_font->setCurrentIndex(options.paper.serif ? 1 : 0);
    m_fontSize->setValue(options.paper.fontSize);
    m_line->setValue(options.paper.lineWidth);
    m_quiet = false;
    onChanged();
}

void ExportDialog::onPreset(int index)
{
    if (index >= static_cast<int>(std::size(kPresets)))
        return;
    ExportOptions next = options();
    next.millimetres = kPresets[index].millimetres;
    setOptions(next);
}

void ExportDialog::onChanged()
{
    if (m_quiet)
        return;
    const ExportOptions now = options();
    const bool asText = isData(), paper = now.onPaper && !asText;
    for (QWidget* control :
         {static_cast<QWidget*>(m_font), static_cast<QWidget*>(m_fontSize), static_cast<QWidget*>(m_line)})
        control->setEnabled(paper);
    for (QWidget* control :
         {static_cast<QWidget*>(m_preset), static_cast<QWidget*>(m_unit), static_cast<QWidget*>(m_width),
          static_cast<QWidget*>(m_height), static_cast<QWidget*>(m_style)})
        control->setEnabled(!asText);
    m_resolution->setEnabled(!asText && now.format == ExportFormat::Png);
    int preset = static_cast<int>(std::size(kPresets));
    for (int index = preset; index-- > 0;)
        if ((kPresets[index].millimetres - now.millimetres).isNull() ||
            (std::abs(kPresets[index].millimetres.width() - now.millimetres.width()) < 0.2 &&
             std::abs(kPresets[index].millimetres.height() - now.millimetres.height()) < 0.2))
            preset = index;
    const QSignalBlocker blocker(m_preset);
    m_preset->setCurrentIndex(preset);
    m_summary->setText(m_picture->note());
    m_problem->hide();
    m_preview->show(now);
}

void ExportDialog::chooseFile()
{
    const QString suffix = isData() ? QStringLiteral("csv") : exportSuffix(options().format);
    auto* dialog = new QFileDialog(this, windowTitle(), {},
                                   QStringLiteral("%1 file (*.%2)").arg(suffix.toUpper(), suffix));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    QString name = m_picture->title();
    for (QChar& character : name)
        if (!character.isLetterOrNumber() && character != QLatin1Char('_') && character != QLatin1Char('.'))
            character = QLatin1Char('-');
    dialog->selectFile(QStringLiteral("%1.%2").arg(name.left(80), suffix));
    connect(dialog, &QFileDialog::fileSelected, this, &ExportDialog::writeTo);
    dialog->open();
}

void ExportDialog::writeTo(const QString& file)
{
    const Result<void> written =
        isData() ? exportText(m_picture->dataAsCsv(m_format->currentIndex() == AllData), file)
                 : exportPicture(*m_picture, options(), file);
    if (written) {
        accept();
        return;
    }
    const Error& error = written.error();
    m_problem->setText(QString::fromStdString(error.message + (error.hint.empty() ? "" : ". " + error.hint)));
    m_problem->show();
}

void ExportDialog::copyToClipboard()
{
    auto* copied = new QMimeData;
    if (!isData())
        copied->setImageData(exportImage(*m_picture, options(), options().dotsPerInch));
    copied->setText(m_picture->dataAsCsv(m_format->currentIndex() == AllData));
    QApplication::clipboard()->setMimeData(copied);
}

QString ExportDialog::problem() const
{
    return m_problem->isVisibleTo(const_cast<ExportDialog*>(this)) ? m_problem->text() : QString();
}

ExportDialog* openExportDialog(std::shared_ptr<const ChartPicture> picture, QWidget* parent)
{
    auto* dialog = new ExportDialog(std::move(picture), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

} // namespace sextant
