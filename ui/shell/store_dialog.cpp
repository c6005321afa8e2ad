#include "ui/shell/store_dialog.h"

#include "ui/shell/store_finder.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/label.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>

namespace sextant {

StoreDialog::StoreDialog(QWidget* parent, const QString& folder)
    : QFileDialog(parent, tr("Open store"), folder,
                  tr("MLflow stores (*.db *.sqlite *.sqlite3 *.db3);;All files (*)")),
      m_problem(new TextLabel({}, Theme::Text::Body, "error.fg", this))
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
    m_problem->setWordWrap(true);
    m_problem->hide();
    if (auto* grid = qobject_cast<QGridLayout*>(layout()))
        grid->addWidget(m_problem, grid->rowCount(), 0, 1, grid->columnCount());
    if (auto* name = findChild<QLineEdit*>(QStringLiteral("fileNameEdit")))
        connect(name, &QLineEdit::textChanged, this, [this, name] {
            setInError(name, false);
            say({});
        });
    const std::pair<const char*, QString> names[] = {
        {"lookInCombo", tr("Folder in view")},          {"fileNameEdit", tr("File or folder")},
        {"fileTypeCombo", tr("Kinds of files listed")}, {"sidebar", tr("Places")},
        {"listView", tr("Files and folders")},          {"treeView", tr("Files and folders")}};
    for (const auto& [part, name] : names)
        if (auto* widget = findChild<QWidget*>(QLatin1String(part)))
            widget->setAccessibleName(name);
    for (QAbstractButton* button : findChildren<QAbstractButton*>())
        if (button->accessibleName().isEmpty())
            button->setAccessibleName(button->text().isEmpty() ? button->toolTip() : button->text());
}

void StoreDialog::accept()
{
    const QStringList chosen = selectedFiles();
    const QFileInfo info(chosen.value(0));
    if (chosen.isEmpty() || !info.exists()) {
        if (auto* name = findChild<QLineEdit*>(QStringLiteral("fileNameEdit")))
            setInError(name, true);
        return say(chosen.isEmpty() ? tr("Choose a database or a folder")
                                    : tr("There is no file or folder %1").arg(chosen.front()));
    }
    if (!info.isReadable())
        return say(tr("You may not read %1").arg(info.filePath()));
    if (info.isDir() && storeAt(info.filePath()) == info.filePath() && !isStoreFolder(info.filePath())) {
        setDirectory(info.filePath());
        return;
    }
    emit storeChosen(storeAt(info.filePath()));
    QDialog::accept();
}

void StoreDialog::say(const QString& sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    if (auto* name = findChild<QLineEdit*>(QStringLiteral("fileNameEdit")))
        name->setAccessibleDescription(sentence);
}

} // namespace sextant
