#include "ui/runs/note_view.h"

#include "ui/theme/theme.h"

#include <QDesktopServices>
#include <QTextBlock>
#include <QTextDocument>

namespace sextant {

namespace {

constexpr qsizetype kLongest = 200'000;

} // namespace

NoteView::NoteView(QWidget* parent) : QTextBrowser(parent)
{
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setReadOnly(true);
    setAccessibleName(tr("Note"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    viewport()->setAutoFillBackground(false);
    document()->setDefaultFont(Theme::of(this).font(Theme::Text::Body));
    document()->setDocumentMargin(0);
    connect(this, &QTextBrowser::anchorClicked, this, [](const QUrl& url) {
        if (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"))
            QDesktopServices::openUrl(url);
    });
}

void NoteView::setNote(const QString& markdown)
{
    document()->setMarkdown(markdown.left(kLongest),
                            QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                                QTextDocument::MarkdownNoHTML);
    fit();
}

void NoteView::setHeightByText(int limit)
{
    m_limit = limit;
    fit();
}

void NoteView::fit()
{
    if (m_limit == 0)
        return;
    document()->setTextWidth(viewport()->width());
    setFixedHeight(std::min(m_limit, static_cast<int>(document()->size().height()) + 4));
}

void NoteView::resizeEvent(QResizeEvent* event)
{
    QTextBrowser::resizeEvent(event);
    fit();
}

QVariant NoteView::loadResource(int, const QUrl&)
{
    return {}; // a note may name any file or address; none is opened for it
}

} // namespace sextant
