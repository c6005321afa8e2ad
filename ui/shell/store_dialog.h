// StoreDialog: chooses a file or a folder in one dialog. A folder that is a store is taken; any other one is entered.
// Opened with open(), answered by storeChosen(): nothing waits for it.
#pragma once

#include <QFileDialog>

namespace sextant {

class StoreDialog final : public QFileDialog
{
    Q_OBJECT
public:
    StoreDialog(QWidget* parent, const QString& folder);

signals:
    void storeChosen(const QString& path);

protected:
    void accept() override;
};

} // namespace sextant
