// PassphraseField: takes a passphrase and shows a dot for each character. What is typed is kept in memory of
// its own that is wiped, never in the text of a field. Typed and pasted at its end. GUI thread only.
#pragma once

#include "core/ledger/secret.h"

#include <QLineEdit>

namespace sextant {

class PassphraseField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit PassphraseField(QWidget* parent = nullptr);
    ~PassphraseField() override;

    bool isEmpty() const { return m_bytes.empty(); }
    /// The passphrase; the field is empty afterwards.
    ledger::Secret take();
    void wipe();

signals:
    void changed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void add(const QString& text);
    void removeLast();
    void showDots();

    std::vector<char> m_bytes; // UTF-8; never grows beyond what was reserved, so that no copy stays behind
};

} // namespace sextant
