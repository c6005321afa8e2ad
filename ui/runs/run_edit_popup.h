// RunEditPopup: changes a name, a tag or a note where it stands. Says in one sentence what will be written,
// and where, before anything is; Esc leaves it as it was. GUI thread only.
#pragma once

#include "ui/runs/run_writer.h"
#include "ui/widgets/popup.h"

class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace sextant {

class TextLabel;

class RunEditPopup final : public Popup
{
    Q_OBJECT
public:
    /// `runName` and `storeName` for the preview; the edit's value is what stands there now.
    RunEditPopup(RunEdit edit, const QString& runName, const QString& storeName, QWidget* parent);

    static QString titleOf(RunEdit::Kind kind);

signals:
    void accepted(const sextant::RunEdit& edit);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void buildFields();
    void update();
    void turnToRemoval(); // asked once more, with its own preview
    void accept();
    RunEdit current() const;

    RunEdit m_edit;
    QString m_runName, m_storeName;
    QLineEdit* m_key = nullptr;
    QLineEdit* m_value = nullptr;
    QPlainTextEdit* m_note = nullptr;
    TextLabel* m_preview;
    QPushButton* m_apply;
    QPushButton* m_remove = nullptr;
};

} // namespace sextant
