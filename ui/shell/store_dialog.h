// StoreDialog: chooses a file or a folder in one dialog. A folder that is a store is taken; any other one is
// entered. A name that leads nowhere is said in place. Opened with open(), answered by storeChosen(): nothing
// waits for it.
#pragma once

#include <QFileDialog>

namespace sextant {

class TextLabel;

class StoreDialog final : public QFileDialog
{
    Q_OBJECT
public:
    StoreDialog(QWidget* parent, const QString& folder);

signals:
    void storeChosen(const QString& path);

protected:
    void accept() override;

private:
    /// Below the name; empty: nothing is wrong.
    void say(const QString& sentence);

    TextLabel* m_problem;
};

} // namespace sextant
