#include "ui/runs/artifact_preview.h"

#include "ui/runs/cell_text_delegate.h"
#include "ui/runs/note_view.h"
#include "ui/theme/control_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTableView>
#include <QUrl>

namespace sextant {

namespace {

const QString kLane = QStringLiteral("runs.preview");

/// The rows of a CSV file as they stand.
class CsvModel final : public QAbstractTableModel
{
public:
    CsvModel(std::vector<QStringList> rows, QObject* parent)
        : QAbstractTableModel(parent), m_rows(std::move(rows))
    {
        for (const auto& row : m_rows)
            m_columns = std::max(m_columns, static_cast<int>(row.size()));
    }
    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() || m_rows.empty() ? 0 : static_cast<int>(m_rows.size()) - 1;
    }
    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : m_columns;
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        const auto& row = m_rows[static_cast<std::size_t>(index.row()) + 1];
        if (role == Qt::DisplayRole)
            return row.value(index.column()).left(200);
        return role == Qt::ToolTipRole ? QVariant(plainToolTip(row.value(index.column()))) : QVariant();
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (role != Qt::DisplayRole)
            return {};
        return orientation == Qt::Vertical
                   ? QVariant(section + 1)
                   : QVariant(m_rows.empty() ? QString() : m_rows.front().value(section).left(80));
    }

private:
    std::vector<QStringList> m_rows;
    int m_columns = 0;
};

/// As large as there is room, never larger than it is.
class FittedImage final : public QWidget
{
public:
    void setImage(QImage image)
    {
        m_image = std::move(image);
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        auto room = rect().adjusted(12, 12, -12, -12);
        auto size = m_image.width() > room.width() || m_image.height() > room.height()
                        ? m_image.size().scaled(room.size(), Qt::KeepAspectRatio)
                        : m_image.size();
        QPainter painter(this);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(QRect(room.topLeft() + QPoint((room.width() - size.width()) / 2, 0), size),
                          m_image);
    }

private:
    QImage m_image;
};

} // namespace

Result<void> copyFile(const QString& from, const QString& to)
{
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, "The file can't be read", "See whether it is still there and may be read");
    QSaveFile target(to); // what was there before stays until the copy is whole
    bool written = target.open(QIODevice::WriteOnly);
    while (written && !source.atEnd()) {
        auto part = source.read(1 << 20);
        written = !part.isEmpty() && target.write(part) == part.size();
    }
    if (!written || !target.commit())
        return fail(ErrorCode::Io, "The copy could not be written",
                    "See whether there is room and you may write there");
    return {};
}

ArtifactPreview::ArtifactPreview(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session),
      m_title(new ElidedLabel(Theme::Text::BodyStrong, "text", Qt::ElideMiddle)),
      m_detail(new TextLabel({}, Theme::Text::Small, "text.muted")),
      m_save(new QPushButton(tr("Save a copy…"))), m_folder(new QPushButton(tr("Open folder"))),
      m_stack(new QStackedWidget), m_state(new StatePanel), m_text(new QPlainTextEdit),
      m_table(new QTableView), m_markdown(new NoteView), m_image(new FittedImage)
{
    const auto& theme = Theme::of(this);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(theme.length("space.3"), theme.length("space.2"), theme.length("space.3"),
                             theme.length("space.2"));
    head->setSpacing(theme.length("space.2"));
    head->addWidget(m_title, 1);
    head->addWidget(m_detail);
    head->addWidget(m_folder);
    head->addWidget(m_save);
    setSmall(m_save);
    setSmall(m_folder);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_stack, 1);
    m_text->setReadOnly(true);
    m_text->setFont(theme.font(Theme::Text::Mono));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->document()->setDocumentMargin(theme.length("space.3"));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(tr("Content of the file"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setItemDelegate(new CellTextDelegate(m_table));
    m_table->verticalHeader()->setDefaultSectionSize(theme.length("row.tableCompact"));
    m_table->setAccessibleName(tr("Rows of the file"));
    m_markdown->document()->setDocumentMargin(theme.length("space.3"));
    m_image->setAccessibleName(tr("Image"));
    for (QWidget* page : {static_cast<QWidget*>(m_state), static_cast<QWidget*>(m_text),
                          static_cast<QWidget*>(m_table), static_cast<QWidget*>(m_markdown), m_image})
        m_stack->addWidget(page);
    connect(m_save, &QPushButton::clicked, this, &ArtifactPreview::saveCopy);
    connect(m_folder, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_file).absolutePath())); });
    show({}, {});
}

void ArtifactPreview::showNothing(const QString& why)
{
    show({}, {});
    m_state->showEmpty(QStringLiteral("file-text"), why);
}

void ArtifactPreview::show(const std::string& runId, const std::string& path)
{
    m_path = path;
    m_file.clear();
    m_title->setText(oneLine(path));
    m_detail->setText({});
    m_save->setEnabled(false);
    m_folder->setEnabled(false);
    m_stack->setCurrentWidget(m_state);
    m_busy = !path.empty();
    if (path.empty())
        return m_state->showEmpty(QStringLiteral("file-text"), tr("No file is chosen"));
    m_state->showLoading(tr("Reading %1").arg(oneLine(path, 80)));
    auto work = [runId, path](Store& store, const Operation&) -> Result<ArtifactContent> {
        SEXTANT_TRY(auto file, store.tracking->artifactFile(runId, path));
        return readArtifact(file, path);
    };
    m_session.read<ArtifactContent>(tr("Reading a file"), kLane, this, work,
                                    [this](Result<ArtifactContent> content) {
                                        m_busy = false;
                                        if (content)
                                            present(*content);
                                        else
                                            m_state->showError(content.error());
                                    });
}

void ArtifactPreview::present(const ArtifactContent& content)
{
    m_file = content.file;
    m_save->setEnabled(true);
    m_folder->setEnabled(true);
    auto whole = content.shown >= content.size || content.kind == ArtifactContent::Kind::Binary;
    m_detail->setText(whole ? formatSize(content.size)
                            : tr("first %1 of %2").arg(formatSize(content.shown), formatSize(content.size)));
    switch (content.kind) {
    case ArtifactContent::Kind::Text:
        m_text->setPlainText(content.text);
        m_stack->setCurrentWidget(m_text);
        break;
    case ArtifactContent::Kind::Table:
        presentTable(content.rows);
        break;
    case ArtifactContent::Kind::Markdown:
        m_markdown->setNote(content.text);
        m_stack->setCurrentWidget(m_markdown);
        break;
    case ArtifactContent::Kind::Image:
        static_cast<FittedImage*>(m_image)->setImage(content.image);
        m_detail->setText(tr("%1 × %2, %3")
                              .arg(content.image.width())
                              .arg(content.image.height())
                              .arg(formatSize(content.size)));
        m_stack->setCurrentWidget(m_image);
        break;
    case ArtifactContent::Kind::Binary:
        m_state->showEmpty(QStringLiteral("box"), tr("No preview for this kind of file"),
                           formatSize(content.size));
        break;
    }
}

void ArtifactPreview::presentTable(const std::vector<QStringList>& rows)
{
    auto* before = m_table->model();
    m_table->setModel(new CsvModel(rows, m_table));
    delete before;
    m_stack->setCurrentWidget(m_table);
    m_detail->setText(m_detail->text() + counted(rows.empty() ? 0 : rows.size() - 1, tr(", 1 row shown"),
                                                 tr(", %1 rows shown")));
}

void ArtifactPreview::saveCopy()
{
    auto* dialog = new QFileDialog(this, tr("Save a copy"), {}, {});
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(m_file).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this, from = m_file](const QString& to) {
        auto work = [from, to](Store&, const Operation&) -> Result<void> { return copyFile(from, to); };
        m_session.read<void>(tr("Copying a file"), {}, this, work, [this](Result<void> copied) {
            m_detail->setText(copied ? tr("Copy saved") : QString::fromStdString(copied.error().message));
        });
    });
    dialog->open();
}

} // namespace sextant
