#include "ui/runs/note_view.h"

#include "ui/theme/theme.h"

#include <QDesktopServices>
#include <QEvent>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextTable>

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
    dressHeadings();
    dressTables();
    fit();
}

/// A note is a part of a page: its headings are no larger than the page's own.
void NoteView::dressHeadings()
{
    for (auto block = document()->begin(); block.isValid(); block = block.next()) {
        if (auto level = block.blockFormat().headingLevel(); level > 0) {
            QTextCursor cursor(block);
            cursor.select(QTextCursor::BlockUnderCursor);
            QTextCharFormat format;
            format.setProperty(QTextFormat::FontSizeAdjustment, level == 1 ? 1 : 0);
            cursor.mergeCharFormat(format);
        }
    }
}

void NoteView::dressTables()
{
    const auto& theme = Theme::of(this);
    for (auto* frame : document()->rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table)
            continue;
        auto format = table->format();
        format.setBorder(1);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(theme.color("border.hairline"));
        format.setBorderCollapse(true);
        format.setCellSpacing(0);
        format.setCellPadding(theme.length("space.1"));
        format.setTopMargin(theme.length("space.2"));
        table->setFormat(format);
    }
}

void NoteView::changeEvent(QEvent* event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dressTables();
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
