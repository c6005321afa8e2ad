// Labels by text kind: the font and colour of the tokens, following the theme. ElidedLabel cuts what does not
// fit and shows the whole as tooltip; IdLabel shows an id in monospace, cut in the middle, with a button that
// copies it whole.
#pragma once

#include "ui/theme/theme.h"

#include <QLabel>

namespace sextant {

class IconButton;

/// A label in one of the theme's text kinds and a colour token. Never interprets markup.
class TextLabel : public QLabel
{
    Q_OBJECT
public:
    TextLabel(const QString& text, Theme::Text kind, const char* colorToken = "text",
              QWidget* parent = nullptr);

    void setColorToken(const char* token);

protected:
    void changeEvent(QEvent* event) override;

private:
    void dress();

    Theme::Text m_kind;
    QByteArray m_colorToken;
    bool m_dressing = false;
};

/// A text from outside as one line of a length for people: no line breaks, the middle of a very long one left
/// out.
QString oneSentence(const QString& text);

class ElidedLabel final : public QWidget
{
    Q_OBJECT
public:
    explicit ElidedLabel(Theme::Text kind = Theme::Text::Body, const char* colorToken = "text",
                         Qt::TextElideMode mode = Qt::ElideRight, QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const { return m_text; }
    void setColorToken(const char* token);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void explain();

    Theme::Text m_kind;
    QByteArray m_colorToken;
    Qt::TextElideMode m_mode;
    QString m_text;
};

class IdLabel final : public QWidget
{
    Q_OBJECT
public:
    /// `what` names the id: "run id".
    explicit IdLabel(const QString& what, QWidget* parent = nullptr);

    void setId(const QString& id);
    QString id() const;

private:
    ElidedLabel* m_label;
    IconButton* m_copy;
};

} // namespace sextant
