// PassphrasePopup: asks for the passphrase of a key before something is signed, and says in words what will
// be. The passphrase is handed on once and never kept. GUI thread only.
#pragma once

#include "core/ledger/secret.h"
#include "ui/widgets/popup.h"

#include <functional>

class QComboBox;
class QPushButton;

namespace sextant {

class PassphraseField;

class PassphrasePopup final : public Popup
{
    Q_OBJECT
public:
    using Accept = std::function<void(const QString& keyName, ledger::Secret passphrase)>;

    struct Ask
    {
        QString title;    // "Approve request 14"
        QString sentence; // what will be signed
        QString verb;     // of the button
        QStringList keys; // of one's own; the first is chosen
        bool isDangerous = false;
    };
    /// `accept` is called once, after the popup has closed; not at all when it is left.
    PassphrasePopup(const Ask& ask, Accept accept, QWidget* parent);

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void finish();

    Accept m_accept;
    QComboBox* m_keys;
    PassphraseField* m_field;
    QPushButton* m_apply;
};

} // namespace sextant
