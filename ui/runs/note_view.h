// NoteView: Markdown from a store, shown safely: markup of HTML stays text, nothing is fetched from anywhere,
// links open only when clicked and only to the web. GUI thread only.
#pragma once

#include <QTextBrowser>

namespace sextant {

class NoteView final : public QTextBrowser
{
    Q_OBJECT
public:
    explicit NoteView(QWidget* parent = nullptr);
    void setNote(const QString& markdown);
    /// As high as its text, up to `limit`.
    void setHeightByText(int limit);

    QVariant loadResource(int type, const QUrl& name) override;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    void dressHeadings();
    void dressTables();
    int m_limit = 0;
};

} // namespace sextant
