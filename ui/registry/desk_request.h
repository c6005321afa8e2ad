// DeskRequest: "Request promotion": which version goes where, why, on which evidence; says in words what
// would change, and is signed. Where a model has no log yet it begins one. GUI thread only.
#pragma once

#include "ui/registry/desk_work.h"
#include "ui/shell/page.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace sextant {

class PassphraseField;
class TextLabel;

class DeskRequest final : public QDialog
{
    Q_OBJECT
public:
    struct Start
    {
        QString model;
        qint64 version = 0;
        QString target; // "alias:champion"
    };
    DeskRequest(PageContext& context, DeskWork& work, const Start& start, QWidget* parent);

    QComboBox& models() { return *m_model; }
    QComboBox& versions() { return *m_version; }
    QComboBox& targets() { return *m_target; }
    void addEvidence(const QStringList& files);
    QString preview() const;

signals:
    void requested();

protected:
    void done(int result) override;

private:
    void build();
    QWidget* buildEvidence();
    void fillModel();
    void changed();
    void update();
    void accept() override;
    void showProblem(const QString& text);
    const RegistryEntry* entry() const;
    bool begins() const; // the model has no log
    Result<registry::PromotionRequest> wanted() const;
    Result<std::vector<registry::Evidence>> readEvidence() const;

    PageContext& m_context;
    DeskWork& m_work;
    QTimer m_wait; // until the fields rest
    bool m_filling = false;
    bool m_possible = false;
    QComboBox* m_model;
    QComboBox* m_version;
    QComboBox* m_target;
    QPlainTextEdit* m_reason;
    QListWidget* m_evidence;
    QPushButton* m_remove = nullptr;
    QComboBox* m_key;
    PassphraseField* m_passphrase;
    TextLabel* m_count;
    TextLabel* m_preview;
    TextLabel* m_problem;
    QPushButton* m_ask;
};

} // namespace sextant
