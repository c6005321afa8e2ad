// FilterField: the line in which runs are filtered. Colours the words of the language, underlines the place
// of an error and offers completions below itself. What the text means is its owner's concern. GUI thread
// only.
#pragma once

#include "core/base/error.h"
#include "core/query/complete.h"

#include <QLineEdit>
#include <QPointer>

#include <functional>
#include <optional>

namespace sextant {

class CompletionPopup;

class FilterField final : public QLineEdit
{
    Q_OBJECT
public:
    using Completer = std::function<std::vector<Completion>(const std::string& text, std::size_t cursor)>;

    explicit FilterField(QWidget* parent = nullptr);
    ~FilterField() override;

    void setCompleter(Completer completer) { m_completer = std::move(completer); }
    /// Underlines this stretch (bytes of the text as UTF-8) and frames the field in red.
    void setErrorRange(std::optional<TextRange> range);
    void setInvalid(bool invalid);
    /// Replaces the text as one step that the field's own undo takes back. `finished`: it is to be applied at
    /// once.
    void replaceText(const QString& text, bool finished = true);

    CompletionPopup& popup();

signals:
    void edited(const QString& text);
    void committed(const QString& text); // Enter, or the field is left
    void leaveRequested();               // Esc, Down without a list: back to the table

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void colorWords();
    void offerCompletions(bool asked);
    void insertCompletion();
    bool popupKey(QKeyEvent* event);
    void dress();

    Completer m_completer;
    QPointer<CompletionPopup> m_popup; // a child of the window once it was open
    std::optional<TextRange> m_errorRange;
    bool m_composing = false;
    bool m_coloring = false;
};

} // namespace sextant
