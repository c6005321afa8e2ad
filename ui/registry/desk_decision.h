// DeskDecision: the foot of the desk, where one decides: the reason, what would happen in words, the buttons.
// Nothing is ever chosen beforehand. GUI thread only.
#pragma once

#include "ui/registry/desk_data.h"

#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace sextant {

class TextLabel;

/// What can be done with a promotion now, and why not.
struct DeskChoice
{
    QString primary; // text of the main button: "Approve and apply…"; empty: there is none
    bool canPrimary = false;
    bool showsReject = false, canReject = false;
    QString headline, text; // the preview sentence, strong first words
    bool isProblem = false; // why it is off
    QString whyNot;         // tooltip of what is disabled
    DeskWishKind kind = DeskWishKind::None;
};

/// Everything but the reason speaks for or against it here.
struct DeskSituation
{
    bool unlocked = false;
    QString whyNotWritable; // the store can't be
    QString storeName;
    int unseen = 0; // rows of evidence
    bool acting = false;
    qsizetype reason = 0; // characters
};
DeskChoice choiceOf(const DeskCase& made, const DeskSituation& situation);

inline constexpr qsizetype kLongestReason = 1'000;

class DeskDecision final : public QWidget
{
    Q_OBJECT
public:
    explicit DeskDecision(QWidget* parent = nullptr);

    void show(const DeskChoice& choice);
    QString reason() const;
    void clearReason();
    void focusReason();
    QPushButton* primary() const { return m_primary; }
    QPushButton* reject() const { return m_reject; }
    const DeskChoice& choice() const { return m_choice; }

signals:
    void reasonChanged();
    void primaryWanted();
    void rejectWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Preview;
    DeskChoice m_choice;
    QPlainTextEdit* m_reason;
    TextLabel* m_count;
    Preview* m_preview;
    QPushButton* m_reject;
    QPushButton* m_primary;
};

} // namespace sextant
