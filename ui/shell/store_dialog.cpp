#include "ui/shell/store_dialog.h"

#include "ui/shell/store_finder.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>

namespace sextant {

StoreDialog::StoreDialog(QWidget* parent, const QString& folder)
    : QFileDialog(parent, tr("Open store"), folder, tr("MLflow stores (*.db *.sqlite *.sqlite3 *.db3);;All files (*)"))
{
    setAttribute(Qt::WA_DeleteOnClose);
    // The system's dialogs choose either files or folders, never both.
    setOption(QFileDialog::DontUseNativeDialog);
    setFileMode(QFileDialog::AnyFile);
    setAcceptMode(QFileDialog::AcceptOpen);
    setLabelText(QFileDialog::FileName, tr("File or folder"));
    setOption(QFileDialog::ReadOnly); // for choosing, not for tidying
    setViewMode(QFileDialog::Detail);
    resize(820, 520);
    if (auto* files = findChild<QTreeView*>()) {
        const int widths[] = {280, 90, 110, 150};
        for (int column = 0; column < 4; ++column)
            files->header()->resizeSection(column, widths[column]);
    }
    for (QAbstractButton* button : findChildren<QAbstractButton*>())
        if (button->accessibleName().isEmpty())
            button->setAccessibleName(button->text().isEmpty() ? button->toolTip() : button->text());
}

void StoreDialog::accept()
{
    const QStringList chosen = selectedFiles();
    const QFileInfo info(chosen.value(0));
    if (chosen.isEmpty() || !info.exists())
        return;
    if (info.isDir() && storeAt(info.filePath()) == info.filePath() && !isStoreFolder(info.filePath())) {
        setDirectory(info.filePath());
        return;
    }
    emit storeChosen(storeAt(info.filePath()));
    QDialog::accept();
}

} // namespace sextant
